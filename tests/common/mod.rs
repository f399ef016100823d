//! A real server for a test: on a port of its own, in a folder of its own, with real clients.

pub mod answers;
pub mod authority;
pub mod evidence;
pub mod program;
pub mod raw;
pub mod samples;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bienban::config::Config;
use bienban::grpc::generated::pb;
use bienban::server::{self, Running};
use tempfile::TempDir;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

pub use pb::admin_service_client::AdminServiceClient;
pub use pb::curation_service_client::CurationServiceClient;
pub use pb::entity_service_client::EntityServiceClient;
pub use pb::ingestion_service_client::IngestionServiceClient;
pub use pb::meeting_service_client::MeetingServiceClient;
pub use pb::search_service_client::SearchServiceClient;

/// A running server with its folder.
pub struct TestServer {
    pub running: Running,
    pub channel: Channel,
    folder: Arc<TempDir>,
}

/// Settings for a folder.
pub fn config(data_dir: &Path) -> Config {
    let mut config = Config::defaults();
    config.server.data_dir = data_dir.to_owned();
    config.server.listen = ([127, 0, 0, 1], 0).into();
    config.limits.text = 256 << 10;
    config.limits.calls = 256;
    config.projection.commit_interval = Duration::ZERO;
    config.projection.cache = 4 << 20;
    config.projection.index_heap = 15 << 20;
    config
}

impl TestServer {
    /// A server on an empty folder.
    pub async fn start() -> Self {
        Self::start_with(folder(), |_| {}).await
    }

    /// A server on a folder.
    pub async fn start_in(folder: Arc<TempDir>) -> Self {
        Self::start_with(folder, |_| {}).await
    }

    /// A server on a folder, with settings of the test's own.
    pub async fn start_with(folder: Arc<TempDir>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(folder.path());
        change(&mut config);
        let running = server::start(&config).await.expect("starts");
        assert!(running.ready().await);
        let channel = connect(&running.address().to_string()).await;
        Self { running, channel, folder }
    }

    /// Ends the server and gives its folder back.
    pub async fn stop(self) -> Arc<TempDir> {
        drop(self.channel);
        self.running.shutdown();
        self.running.wait().await.expect("ends well");
        self.folder
    }

    /// Its folder.
    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    pub fn ingestion(&self) -> IngestionServiceClient<Channel> {
        IngestionServiceClient::new(self.channel.clone())
    }

    pub fn meetings(&self) -> MeetingServiceClient<Channel> {
        MeetingServiceClient::new(self.channel.clone()).max_decoding_message_size(64 << 20)
    }

    pub fn entities(&self) -> EntityServiceClient<Channel> {
        EntityServiceClient::new(self.channel.clone())
    }

    pub fn curation(&self) -> CurationServiceClient<Channel> {
        CurationServiceClient::new(self.channel.clone())
    }

    pub fn search(&self) -> SearchServiceClient<Channel> {
        SearchServiceClient::new(self.channel.clone())
    }

    pub fn admin(&self) -> AdminServiceClient<Channel> {
        AdminServiceClient::new(self.channel.clone())
    }

    /// Hands over one report.
    pub async fn ingest(&self, request: pb::IngestReportRequest) -> Result<pb::IngestReportResponse, Status> {
        self.ingestion().ingest_report(request).await.map(tonic::Response::into_inner)
    }

    /// The journal's last revision.
    pub async fn revision(&self) -> i64 {
        let status = self.admin().get_status(pb::GetStatusRequest {}).await.expect("status").into_inner();
        status.journal_revision
    }
}

/// An empty folder.
pub fn folder() -> Arc<TempDir> {
    Arc::new(tempfile::tempdir().expect("a folder"))
}

/// A connection to an address.
pub async fn connect(address: &str) -> Channel {
    Endpoint::from_shared(format!("http://{address}")).expect("an address").connect().await.expect("answers")
}

/// A request to keep a text.
pub fn text(id: &str, text: &str) -> pb::IngestReportRequest {
    let report = pb::Report { text: text.to_owned(), ..Default::default() };
    pb::IngestReportRequest { report: Some(report), report_id: id.to_owned(), ..Default::default() }
}

/// What a refused call tells: its code, its reason, and the faulty fields.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub reason: String,
    pub fields: Vec<String>,
}

impl Refusal {
    pub fn of(status: &Status) -> Self {
        let details = status.get_error_details();
        let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo in {status:?}"));
        assert_eq!(info.domain, "bienban.v1");
        let violations = details.bad_request().map(|request| request.field_violations.as_slice()).unwrap_or_default();
        let fields = violations.iter().map(|violation| violation.field.clone()).collect();
        Self { code: status.code(), reason: info.reason.clone(), fields }
    }
}
