//! Metrics in Prometheus' text form.
//!
//! One value per server, handed to those who count: nothing global. Every label comes from a closed set (methods of the API, gRPC codes,
//! reasons of `ErrorReason`), so that no caller can make the set of series grow.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime};

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Upper bounds of the latency histogram, in seconds: a lookup takes well below a millisecond, a wait for a revision many.
const LATENCY: [f64; 14] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0];

type Ratio = Gauge<f64, AtomicU64>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    method: &'static str,
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    method: &'static str,
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kept {
    store: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Thing {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Why {
    reason: &'static str,
}

/// What is kept on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// The truth.
    Journal,
    /// Records derived from it.
    Records,
    /// The search index.
    Index,
}

impl Store {
    fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::Records => "records",
            Self::Index => "index",
        }
    }
}

/// What is looked at when metrics are asked for.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// The journal's last revision.
    pub journal_revision: i64,
    /// The revision that answers stand at.
    pub projection_revision: i64,
    /// How long the oldest entry that answers lack has waited.
    pub lag: Duration,
    /// Writes that wait for the disk.
    pub write_queue: usize,
    /// True once answers have caught up with the journal as it stood at the start.
    pub ready: bool,
    /// Numbers of things, by kind.
    pub things: Vec<(&'static str, u64)>,
    /// Bytes on disk.
    pub stored: Vec<(Store, u64)>,
    /// What readings of reports were unsure of, since the start, by reason.
    pub diagnostics: Vec<(&'static str, u64)>,
}

/// Everything that is counted. Clones share it, and cost next to nothing: every call has one.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Told>);

#[derive(Debug)]
struct Told {
    counts: Counts,
    registry: Registry,
}

#[derive(Debug)]
struct Counts {
    calls: Family<Ended, Counter>,
    refused: Family<Refused, Counter>,
    latency: Family<Method, Histogram, fn() -> Histogram>,
    running: Gauge,
    connections: Gauge,
    connections_refused: Counter,
    connections_stalled: Counter,
    connections_abused: Counter,
    handshakes_failed: Counter,
    certificate_expiry: Ratio,
    reloads: Counter,
    reloads_failed: Counter,
    sampled: Sampled,
}

/// What is set from a sample.
#[derive(Debug, Default)]
struct Sampled {
    journal_revision: Gauge,
    projection_revision: Gauge,
    lag_revisions: Gauge,
    lag: Ratio,
    write_queue: Gauge,
    ready: Gauge,
    things: Family<Thing, Gauge>,
    stored: Family<Kept, Gauge>,
    diagnostics: Family<Why, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Everything at nought.
    #[must_use]
    pub fn new() -> Self {
        let counts = Counts {
            calls: Family::default(),
            refused: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(LATENCY)),
            running: Gauge::default(),
            connections: Gauge::default(),
            connections_refused: Counter::default(),
            connections_stalled: Counter::default(),
            connections_abused: Counter::default(),
            handshakes_failed: Counter::default(),
            certificate_expiry: Ratio::default(),
            reloads: Counter::default(),
            reloads_failed: Counter::default(),
            sampled: Sampled::default(),
        };
        let registry = counts.registered();
        Self(Arc::new(Told { counts, registry }))
    }

    /// The text that Prometheus reads.
    ///
    /// # Errors
    /// None are known: it is written to memory.
    pub fn render(&self, sample: &Sample) -> Result<String, std::fmt::Error> {
        self.0.counts.sampled.set(sample);
        let mut told = String::new();
        text::encode(&mut told, &self.0.registry)?;
        Ok(told)
    }

    /// A call begins.
    pub fn call_begins(&self) {
        self.0.counts.running.inc();
    }

    /// A call ended; `reason` where it ended with an error.
    pub fn call_ended(&self, method: &'static str, code: &'static str, reason: Option<&'static str>, took: Duration) {
        self.0.counts.running.dec();
        self.0.counts.calls.get_or_create(&Ended { method, code }).inc();
        if let Some(reason) = reason {
            self.0.counts.refused.get_or_create(&Refused { method, reason }).inc();
        }
        self.0.counts.latency.get_or_create(&Method { method }).observe(took.as_secs_f64());
    }

    /// A connection is open.
    pub fn connection_opened(&self) {
        self.0.counts.connections.inc();
    }

    /// It is no more.
    pub fn connection_closed(&self) {
        self.0.counts.connections.dec();
    }

    /// One too many.
    pub fn connection_refused(&self) {
        self.0.counts.connections_refused.inc();
    }

    /// A client did not take its answers.
    pub fn connection_stalled(&self) {
        self.0.counts.connections_stalled.inc();
    }

    /// A client did not greet, or sent too much beside calls.
    pub fn connection_abused(&self) {
        self.0.counts.connections_abused.inc();
    }

    /// A TLS handshake failed.
    pub fn handshake_failed(&self) {
        self.0.counts.handshakes_failed.inc();
    }

    /// The certificate in force expires then, in seconds since 1970.
    #[allow(clippy::cast_precision_loss, reason = "seconds fit into 52 bits")]
    pub fn certificate_expires(&self, at: i64) {
        self.0.counts.certificate_expiry.set(at as f64);
    }

    /// A changed file was taken up, or could not be.
    pub fn reloaded(&self, well: bool) {
        if well {
            self.0.counts.reloads.inc()
        } else {
            self.0.counts.reloads_failed.inc()
        };
    }
}

impl Counts {
    fn registered(&self) -> Registry {
        let mut all = Registry::with_prefix("bienban");
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        all.register("build", "The program", version);
        let started = Ratio::default();
        started.set(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64());
        all.register_with_unit("start_time", "When the server started, since 1970", Unit::Seconds, started);
        all.register("calls", "Calls that ended, by method and code", self.calls.clone());
        all.register("calls_refused", "Calls that ended with an error, by method and reason", self.refused.clone());
        let latency = self.latency.clone();
        all.register_with_unit(
            "call_duration",
            "From a call's first byte to the last of its answer",
            Unit::Seconds,
            latency,
        );
        all.register("calls_running", "Calls being worked on", self.running.clone());
        all.register("connections", "Open connections", self.connections.clone());
        let refused = self.connections_refused.clone();
        all.register("connections_refused", "Connections closed at once, for there were too many", refused);
        let stalled = self.connections_stalled.clone();
        all.register(
            "connections_stalled",
            "Connections closed because their client did not take its answers",
            stalled,
        );
        all.register(
            "connections_abused",
            "Connections closed because their client said no word of HTTP/2, or sent too much beside calls",
            self.connections_abused.clone(),
        );
        all.register("tls_handshakes_failed", "TLS handshakes that failed", self.handshakes_failed.clone());
        let expiry = self.certificate_expiry.clone();
        all.register_with_unit(
            "tls_certificate_expiry",
            "When the certificate expires, since 1970",
            Unit::Seconds,
            expiry,
        );
        all.register(
            "reloads",
            "Changed files of certificates, tokens or keys that were taken up",
            self.reloads.clone(),
        );
        let failed = self.reloads_failed.clone();
        all.register("reloads_failed", "Changed files that could not be used; the old ones stay in force", failed);
        self.sampled.register(&mut all);
        all
    }
}

impl Sampled {
    fn register(&self, all: &mut Registry) {
        all.register("journal_revision", "The journal's last revision", self.journal_revision.clone());
        all.register("projection_revision", "The revision that answers stand at", self.projection_revision.clone());
        let lag = self.lag_revisions.clone();
        all.register("projection_lag_revisions", "Entries of the journal that answers lack", lag);
        let lag = self.lag.clone();
        let help = "How long the oldest entry that answers lack has waited";
        all.register_with_unit("projection_lag", help, Unit::Seconds, lag);
        all.register("write_queue", "Writes that wait for the disk", self.write_queue.clone());
        all.register(
            "ready",
            "1 once answers have caught up with the journal as it stood at the start",
            self.ready.clone(),
        );
        all.register("things", "What there is, by kind", self.things.clone());
        all.register_with_unit("stored", "What is stored on disk", Unit::Bytes, self.stored.clone());
        let help = "What readings of reports were unsure of since the start, by reason";
        all.register("diagnostics", help, self.diagnostics.clone());
    }

    fn set(&self, sample: &Sample) {
        self.journal_revision.set(sample.journal_revision);
        self.projection_revision.set(sample.projection_revision);
        self.lag_revisions.set((sample.journal_revision - sample.projection_revision).max(0));
        self.lag.set(sample.lag.as_secs_f64());
        self.write_queue.set(i64::try_from(sample.write_queue).unwrap_or(i64::MAX));
        self.ready.set(i64::from(sample.ready));
        for (kind, count) in &sample.things {
            self.things.get_or_create(&Thing { kind }).set(i64::try_from(*count).unwrap_or(i64::MAX));
        }
        for (store, bytes) in &sample.stored {
            self.stored.get_or_create(&Kept { store: store.name() }).set(i64::try_from(*bytes).unwrap_or(i64::MAX));
        }
        for (reason, count) in &sample.diagnostics {
            self.diagnostics.get_or_create(&Why { reason }).set(i64::try_from(*count).unwrap_or(i64::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_told() {
        let metrics = Metrics::new();
        metrics.call_begins();
        let ended = |code, reason| metrics.call_ended("bienban.v1.X/Y", code, reason, Duration::from_millis(3));
        ended("OK", None);
        metrics.call_begins();
        ended("NOT_FOUND", Some("REPORT_NOT_FOUND"));
        let sample = Sample {
            journal_revision: 7,
            projection_revision: 5,
            lag: Duration::from_millis(500),
            stored: vec![(Store::Index, 9)],
            ..Sample::default()
        };
        let told = metrics.render(&sample).unwrap();
        for line in [
            "bienban_calls_total{method=\"bienban.v1.X/Y\",code=\"OK\"} 1",
            "bienban_calls_refused_total{method=\"bienban.v1.X/Y\",reason=\"REPORT_NOT_FOUND\"} 1",
            "bienban_call_duration_seconds_bucket{le=\"0.005\",method=\"bienban.v1.X/Y\"} 2",
            "bienban_calls_running 0",
            "bienban_projection_lag_revisions 2",
            "bienban_projection_lag_seconds 0.5",
            "bienban_stored_bytes{store=\"index\"} 9",
        ] {
            assert!(told.lines().any(|told| told == line), "{line} is not in\n{told}");
        }
    }
}
