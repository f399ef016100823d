//! `grpc.health.v1`: whether the service answers, as a whole (`""`) and service by service.

use tonic::server::NamedService;
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};

use super::Handlers;
use super::generated::pb::admin_service_server::AdminServiceServer;
use super::generated::pb::curation_service_server::CurationServiceServer;
use super::generated::pb::entity_service_server::EntityServiceServer;
use super::generated::pb::ingestion_service_server::IngestionServiceServer;
use super::generated::pb::meeting_service_server::MeetingServiceServer;
use super::generated::pb::search_service_server::SearchServiceServer;

/// Every name that health is told under.
pub const NAMES: [&str; 7] = [
    "",
    <IngestionServiceServer<Handlers> as NamedService>::NAME,
    <MeetingServiceServer<Handlers> as NamedService>::NAME,
    <EntityServiceServer<Handlers> as NamedService>::NAME,
    <SearchServiceServer<Handlers> as NamedService>::NAME,
    <CurationServiceServer<Handlers> as NamedService>::NAME,
    <AdminServiceServer<Handlers> as NamedService>::NAME,
];

/// The name under which the process tells that it lives: SERVING from its first moment to its last, however far answers have come. All other
/// names tell whether calls should be sent here.
pub const LIVENESS: &str = "liveness";

/// Tells clients whether to send calls here.
#[derive(Debug, Clone)]
pub struct Health(HealthReporter);

impl Health {
    /// Everything NOT_SERVING until [`Self::set_serving`] says otherwise.
    pub async fn new() -> Self {
        // A new reporter calls the whole server SERVING; nobody sees it before the next line.
        let health = Self(HealthReporter::new());
        health.set_serving(false).await;
        health.0.set_service_status(LIVENESS, ServingStatus::Serving).await;
        health
    }

    /// Tells the same of every name.
    pub async fn set_serving(&self, serving: bool) {
        let status = if serving { ServingStatus::Serving } else { ServingStatus::NotServing };
        for name in NAMES {
            self.0.set_service_status(name, status).await;
        }
    }

    /// The service that answers Check and Watch.
    #[must_use]
    pub fn server(&self) -> HealthServer<HealthService> {
        HealthServer::new(HealthService::from_health_reporter(self.0.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonic::Request;
    use tonic_health::pb::health_server::Health as _;
    use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus as Told};

    async fn check(health: &Health, name: &str) -> Told {
        let service = HealthService::from_health_reporter(health.0.clone());
        let request = Request::new(HealthCheckRequest { service: name.into() });
        service.check(request).await.unwrap().into_inner().status()
    }

    #[tokio::test]
    async fn nothing_serves_until_told() {
        let health = Health::new().await;
        for name in NAMES {
            assert_eq!(check(&health, name).await, Told::NotServing, "{name:?}");
        }
        health.set_serving(true).await;
        for name in NAMES {
            assert_eq!(check(&health, name).await, Told::Serving, "{name:?}");
        }
        health.set_serving(false).await;
        assert_eq!(check(&health, "").await, Told::NotServing);
        assert_eq!(check(&health, LIVENESS).await, Told::Serving);
    }
}
