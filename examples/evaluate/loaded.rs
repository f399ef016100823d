//! A service with reports in it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use bienban::config::Config;
use bienban::model::Revision;
use bienban::server::{self, Running};
use bienban::service::Api;
use bienban::service::ServiceError;
use bienban::service::api::{Call, IngestReport};
use bienban::service::draft::ReportInput;
use serde_json::Value;

/// A running service in a folder that goes with it.
pub struct Loaded {
    running: Running,
    /// Answers stand here or later.
    pub revision: Revision,
    _folder: tempfile::TempDir,
}

impl Loaded {
    /// Starts a service and hands the reports of a file over, each under its own id.
    pub async fn from(reports: &str) -> Result<Self> {
        let text = std::fs::read_to_string(reports)?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let reports: Vec<Value> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        Self::with(&reports).await
    }

    /// Starts a service and hands reports over, each under its own id.
    pub async fn with(reports: &[Value]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let running = server::start(&config(folder.path())).await?;
        let mut revision = Revision(0);
        for report in reports {
            revision = ingest(&**running.api(), report).await?;
        }
        Ok(Self { running, revision, _folder: folder })
    }

    /// The service.
    pub fn api(&self) -> &Arc<dyn Api> {
        self.running.api()
    }

    /// A call that waits as long as a busy machine needs to read the reports.
    pub fn call() -> Call {
        Call { deadline: Some(Instant::now() + Duration::from_secs(15 * 60)), ..Default::default() }
    }

    /// Ends the service.
    pub async fn end(self) -> Result<()> {
        self.running.shutdown();
        Ok(self.running.wait().await?)
    }
}

fn config(folder: &std::path::Path) -> Config {
    let mut config = Config::defaults();
    config.server.data_dir = folder.to_owned();
    config.server.listen = ([127, 0, 0, 1], 0).into();
    config
}

async fn ingest(api: &dyn Api, line: &Value) -> Result<Revision> {
    let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let report =
        ReportInput { id: text("id"), publish_date: text("published"), text: text("text"), ..Default::default() };
    let request = IngestReport { report, ..Default::default() };
    match api.ingest(&Call::default(), request).await {
        Ok(kept) => Ok(kept.revision),
        Err(error @ ServiceError::Invalid(_)) => Err(error).with_context(|| text("id")),
        Err(error) => Err(error.into()),
    }
}
