//! What operators see: log lines (lower-case events with fields, on standard error; never the text of a report), the audit log, metrics, traces.
//!
//! The audit log has one JSON object for each write, correction, copy of the journal and rebuild: who, what, which revision. Its events have the target [`AUDIT`];
//! who called stands in the span of the call around them.

mod metrics;
mod otlp;
mod traces;

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::Metadata;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::{Log, LogFormat, Traces};

pub use metrics::{Metrics, Sample, Store};
pub use otlp::OtlpError;
pub use traces::adopt;

/// The target of events for the audit log.
pub const AUDIT: &str = "audit";
/// The name of the span around a call.
const CALL: &str = "call";

/// What operators want to see cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter cannot be read.
    #[error("the log filter {filter:?} is not understood: {source}")]
    Filter {
        /// As given.
        filter: String,
        /// Why.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// The audit log cannot be written.
    #[error("the audit log {path} cannot be opened: {source}")]
    Audit {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Traces cannot be sent.
    #[error("traces cannot be sent: {0}")]
    Traces(#[from] OtlpError),
}

/// What was installed; to be ended last.
#[derive(Debug)]
#[must_use]
pub struct Telemetry(Option<traces::Sender>);

impl Telemetry {
    /// Sends what is left to send. Blocks for a moment.
    pub fn end(self) {
        if let Some(sender) = self.0 {
            sender.end();
        }
    }
}

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// Installs log, audit log and traces for the whole process. A second call changes nothing. Needs a runtime where traces are sent.
///
/// # Errors
/// If the settings cannot be followed.
pub fn install(log: &Log, traces: &Traces) -> Result<Telemetry, TelemetryError> {
    let mut layers = vec![lines(log)?];
    if let Some(path) = &log.audit_file {
        layers.push(audit(path)?);
    }
    let mut sender = None;
    if !traces.endpoint.is_empty() {
        let (sends, tracer) = traces::Sender::begin(traces)?;
        let ours = filter_fn(|what| what.is_span() && what.target().starts_with("bienban"));
        let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_filter(ours).with_filter(LevelFilter::INFO);
        layers.push(layer.boxed());
        sender = Some(sends);
    }
    if tracing_subscriber::registry().with(layers).try_init().is_err() {
        tracing::debug!("a subscriber was installed before");
    }
    Ok(Telemetry(sender))
}

/// Judges the settings without following them: the file of the audit log is not looked at. Needs a runtime where traces are sent.
///
/// # Errors
/// If the settings cannot be followed.
pub fn check(log: &Log, traces: &Traces) -> Result<(), TelemetryError> {
    lines(log)?;
    if !traces.endpoint.is_empty() {
        otlp::exporter(traces)?;
    }
    Ok(())
}

fn lines(log: &Log) -> Result<Boxed, TelemetryError> {
    let filter = EnvFilter::try_new(&log.filter);
    let filter = filter.map_err(|source| TelemetryError::Filter { filter: log.filter.clone(), source })?;
    // Colours are for terminals: in a file they are noise.
    let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let lines = fmt::layer().with_writer(io::stderr).with_ansi(colours);
    Ok(match log.format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).with_filter(filter).boxed(),
    })
}

/// Every event is one write at the end of the file, so that nothing is lost with the process and the file may be rotated by copying.
fn audit(path: &Path) -> Result<Boxed, TelemetryError> {
    let opened: io::Result<File> = OpenOptions::new().create(true).append(true).open(path);
    let file = opened.map_err(|source| TelemetryError::Audit { path: path.to_owned(), source })?;
    let layer = fmt::layer().json().flatten_event(true).with_span_list(false).with_level(false).with_target(false);
    Ok(layer.with_writer(Mutex::new(file)).with_filter(filter_fn(audited)).boxed())
}

/// Events of the audit log, and the spans of the calls around them.
fn audited(what: &Metadata<'_>) -> bool {
    what.target() == AUDIT || what.is_span() && what.name() == CALL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_filter_that_means_nothing_is_refused() {
        let config = Config::defaults();
        let log = Log { filter: "info,bienban=loudly".into(), ..config.log.clone() };
        assert!(install(&log, &config.traces).is_err());
        assert!(check(&log, &config.traces).is_err());
        assert!(check(&config.log, &config.traces).is_ok());
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused() {
        let config = Config::defaults();
        for (endpoint, is_one) in [("http://", false), ("http://a b", false), ("https://collector.example:4317", true)]
        {
            let traces = Traces { endpoint: endpoint.into(), ..config.traces.clone() };
            assert_eq!(check(&config.log, &traces).is_ok(), is_one, "{endpoint}");
        }
    }

    #[test]
    fn writes_stand_in_the_audit_log_with_who_made_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.jsonl");
        let subscriber = tracing_subscriber::registry().with(vec![audit(&path).unwrap()]);
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("call", principal = tracing::field::Empty);
            span.record("principal", "indexer");
            span.in_scope(|| {
                tracing::info!("not for the audit");
                tracing::info!(target: AUDIT, action = "ingest_report", revision = 7);
            });
        });
        let told = std::fs::read_to_string(path).unwrap();
        let line: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
        assert_eq!((line["action"].as_str(), line["revision"].as_i64()), (Some("ingest_report"), Some(7)));
        assert_eq!(line["span"]["principal"], "indexer");
    }
}
