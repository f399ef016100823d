//! `healthcheck`: asks a server whether it serves.

use clap::Args;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::client::Target;
use super::failure::{Failure, Verdict};
use super::print::Page;

/// Ask a server whether it serves (grpc.health.v1): exit code 0 if it does.
///
/// A server that has started but still builds its answers is not serving yet. For probes and scripts.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    target: Target,
    /// One service, such as bienban.v1.SearchService; the server as a whole if left out.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "NAME")]
    service: String,
}

/// Asks and tells.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let mut client = HealthClient::new(options.target.connect().await?);
    let status = match client.check(HealthCheckRequest { service: options.service.clone() }).await {
        Ok(answer) => answer.into_inner().status(),
        Err(status) if status.code() == Code::NotFound => {
            return Err(Failure::Usage(anyhow::anyhow!("the server has no service {:?}", options.service)));
        }
        Err(status) => return Err(status.into()),
    };
    Page::new().line(status.as_str_name()).show()?;
    Ok(if status == ServingStatus::Serving { Verdict::Good } else { Verdict::Bad })
}
