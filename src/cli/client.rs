//! The way to a running server.

use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tonic::transport::{Channel, Endpoint};

use super::failure::Failure;

/// Most bytes of an answer that is read: full records can be large.
pub const MAX_ANSWER_BYTES: usize = 64 << 20;

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Which server, and how long to wait for it.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The server's address.
    #[arg(long, env = "BIENBAN_SERVER", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
    server: String,
    /// Longest time that a call may take, in seconds.
    #[arg(long, default_value_t = 30, value_name = "S")]
    timeout: u64,
}

impl Target {
    /// Connects. Calls that have an answer are given up after the timeout; streams are not.
    ///
    /// # Errors
    /// If the address is none, or nobody answers there.
    pub async fn connect(&self) -> Result<Channel, Failure> {
        let endpoint = self.endpoint()?.timeout(Duration::from_secs(self.timeout));
        endpoint.connect().await.with_context(|| self.unreachable()).map_err(Failure::Failed)
    }

    /// Connects for streams, which may take any time.
    ///
    /// # Errors
    /// If the address is none, or nobody answers there.
    pub async fn connect_for_streams(&self) -> Result<Channel, Failure> {
        self.endpoint()?.connect().await.with_context(|| self.unreachable()).map_err(Failure::Failed)
    }

    fn endpoint(&self) -> Result<Endpoint, Failure> {
        if self.server.starts_with("https://") {
            return Err(Failure::Usage(anyhow::anyhow!("{}: only plain-text connections are supported", self.server)));
        }
        let uri = if self.server.contains("://") { self.server.clone() } else { format!("http://{}", self.server) };
        let endpoint = Endpoint::from_shared(uri).with_context(|| format!("{:?} is no address", self.server));
        Ok(endpoint.map_err(Failure::Usage)?.connect_timeout(CONNECT).tcp_nodelay(true))
    }

    fn unreachable(&self) -> String {
        format!("no server answers at {} (start one with `bienban serve`)", self.server)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(server: &str) -> Target {
        Target { server: server.to_owned(), timeout: 1 }
    }

    #[test]
    fn addresses_may_leave_out_the_scheme() {
        assert!(target("127.0.0.1:50051").endpoint().is_ok());
        assert!(target("http://[::1]:50051").endpoint().is_ok());
        for bad in ["https://example.net", "a b", ""] {
            assert!(matches!(target(bad).endpoint(), Err(Failure::Usage(_))), "{bad:?}");
        }
    }
}
