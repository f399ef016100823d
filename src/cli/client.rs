//! The way to a running server.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Request, Status};

use super::failure::Failure;

/// Most bytes of an answer that is read: full records can be large.
pub const MAX_ANSWER_BYTES: usize = 64 << 20;

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// A connection on which every call shows the token.
pub type Line = InterceptedService<Channel, Bearer>;

/// Which server, how to show oneself there, and how long to wait for it.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The server's address; https://HOST:PORT for TLS.
    #[arg(long, env = "BIENBAN_SERVER", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
    server: String,
    /// File with a token to show.
    #[arg(long, env = "BIENBAN_TOKEN_FILE", value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The authority that signs the server's certificate, as PEM, if it is not one that browsers know.
    #[arg(long, env = "BIENBAN_CA_FILE", value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// A certificate to show, as PEM.
    #[arg(long, env = "BIENBAN_CERT_FILE", value_name = "FILE", requires = "key_file")]
    cert_file: Option<PathBuf>,
    /// Its private key, as PEM.
    #[arg(long, env = "BIENBAN_KEY_FILE", value_name = "FILE", requires = "cert_file")]
    key_file: Option<PathBuf>,
    /// Longest time that a call may take, in seconds.
    #[arg(long, default_value_t = 30, value_name = "S")]
    timeout: u64,
}

/// Puts the token into each call.
#[derive(Debug, Clone)]
pub struct Bearer(Option<MetadataValue<Ascii>>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(shown) = &self.0 {
            request.metadata_mut().insert("authorization", shown.clone());
        }
        Ok(request)
    }
}

impl Target {
    /// Connects. Calls that have an answer are given up after the timeout; streams are not.
    ///
    /// # Errors
    /// If the address or a file is none, or nobody answers there.
    pub async fn connect(&self) -> Result<Line, Failure> {
        let endpoint = self.endpoint()?.timeout(Duration::from_secs(self.timeout));
        self.line(endpoint).await
    }

    /// Connects for streams, which may take any time.
    ///
    /// # Errors
    /// If the address or a file is none, or nobody answers there.
    pub async fn connect_for_streams(&self) -> Result<Line, Failure> {
        self.line(self.endpoint()?).await
    }

    async fn line(&self, endpoint: Endpoint) -> Result<Line, Failure> {
        let bearer = self.bearer()?;
        let channel = endpoint.connect().await.with_context(|| self.unreachable()).map_err(Failure::Failed)?;
        Ok(InterceptedService::new(channel, bearer))
    }

    fn bearer(&self) -> Result<Bearer, Failure> {
        let Some(path) = &self.token_file else { return Ok(Bearer(None)) };
        let token = read(path)?;
        let shown = format!("Bearer {}", String::from_utf8_lossy(&token).trim()).parse();
        let mut shown: MetadataValue<Ascii> =
            shown.with_context(|| format!("{} has no token", path.display())).map_err(Failure::Usage)?;
        shown.set_sensitive(true);
        Ok(Bearer(Some(shown)))
    }

    fn endpoint(&self) -> Result<Endpoint, Failure> {
        let uri = if self.server.contains("://") { self.server.clone() } else { format!("http://{}", self.server) };
        let secure = uri.starts_with("https://");
        let endpoint = Endpoint::from_shared(uri).with_context(|| format!("{:?} is no address", self.server));
        let endpoint = endpoint.map_err(Failure::Usage)?.connect_timeout(CONNECT).tcp_nodelay(true);
        if secure { endpoint.tls_config(self.tls()?).map_err(Failure::usage) } else { Ok(endpoint) }
    }

    fn tls(&self) -> Result<ClientTlsConfig, Failure> {
        let tls = match &self.ca_file {
            Some(path) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(read(path)?)),
            None => ClientTlsConfig::new().with_webpki_roots(),
        };
        match (&self.cert_file, &self.key_file) {
            (Some(cert), Some(key)) => Ok(tls.identity(Identity::from_pem(read(cert)?, read(key)?))),
            _ => Ok(tls),
        }
    }

    fn unreachable(&self) -> String {
        format!("no server answers at {} (start one with `bienban serve`)", self.server)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).with_context(|| path.display().to_string()).map_err(Failure::Usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(server: &str) -> Target {
        let server = server.to_owned();
        Target { server, token_file: None, ca_file: None, cert_file: None, key_file: None, timeout: 1 }
    }

    #[test]
    fn addresses_may_leave_out_the_scheme() {
        for good in ["127.0.0.1:50051", "http://[::1]:50051", "https://example.net"] {
            assert!(target(good).endpoint().is_ok(), "{good:?}");
        }
        for bad in ["a b", ""] {
            assert!(matches!(target(bad).endpoint(), Err(Failure::Usage(_))), "{bad:?}");
        }
    }
}
