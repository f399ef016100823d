//! What metrics tell of the stores: looked at when somebody asks.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::stores::{SharedJournal, Stores, journal_dir, projection_dir};
use crate::journal::{Clock as _, SystemClock};
use crate::model::DiagnosticReason;
use crate::projection::{Counts, Projection, stored_in};
use crate::telemetry::{Metrics, Sample, Store};

/// Looks at the stores.
pub(super) struct Sampler {
    metrics: Metrics,
    journal: SharedJournal,
    projection: Projection,
    data_dir: PathBuf,
}

impl Sampler {
    pub(super) fn new(metrics: Metrics, stores: &Stores, data_dir: &Path) -> Self {
        let journal = SharedJournal::clone(&stores.journal);
        Self { metrics, journal, projection: stores.projection.clone(), data_dir: data_dir.to_owned() }
    }

    /// The text for Prometheus. Looks into folders, so it blocks.
    pub(super) fn render(&self) -> Result<String, std::fmt::Error> {
        let status = *self.projection.watch().borrow();
        let head = self.journal.head();
        let lag =
            status.behind_since.filter(|_| status.revision < head).map_or(0, |since| SystemClock.now().0 - since.0);
        let (records, index) = derived(&projection_dir(&self.data_dir));
        self.metrics.render(&Sample {
            journal_revision: revision(head.0),
            projection_revision: revision(status.revision.0),
            lag: Duration::from_micros(u64::try_from(lag).unwrap_or(0)),
            write_queue: self.journal.queued(),
            ready: status.caught_up,
            things: things(self.projection.snapshot().counts()),
            stored: vec![
                (Store::Journal, size(&journal_dir(&self.data_dir))),
                (Store::Records, records),
                (Store::Index, index),
            ],
            diagnostics: self.projection.unsure().into_iter().map(|(reason, n)| (name(reason), n)).collect(),
        })
    }
}

fn revision(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}

fn things(counts: Counts) -> Vec<(&'static str, u64)> {
    vec![
        ("report", counts.reports),
        ("deleted_report", counts.deleted_reports),
        ("meeting", counts.meetings),
        ("item", counts.items),
        ("figure", counts.figures),
        ("person", counts.people),
        ("organization", counts.organizations),
        ("place", counts.places),
        ("legal_document", counts.legal_documents),
        ("mention", counts.mentions),
    ]
}

/// As the API calls it.
fn name(reason: DiagnosticReason) -> &'static str {
    match reason {
        DiagnosticReason::NoMeeting => "NO_MEETING",
        DiagnosticReason::NoDate => "NO_DATE",
        DiagnosticReason::YearUnknown => "YEAR_UNKNOWN",
        DiagnosticReason::ConflictingDates => "CONFLICTING_DATES",
        DiagnosticReason::InconsistentFigure => "INCONSISTENT_FIGURE",
        DiagnosticReason::AmbiguousPerson => "AMBIGUOUS_PERSON",
        DiagnosticReason::UnknownSpeaker => "UNKNOWN_SPEAKER",
        DiagnosticReason::UnclosedQuote => "UNCLOSED_QUOTE",
        DiagnosticReason::Truncated => "TRUNCATED",
        DiagnosticReason::LowCoverage => "LOW_COVERAGE",
        DiagnosticReason::ConflictingReports => "CONFLICTING_REPORTS",
    }
}

/// Bytes of the records and of the index. Files lie beside the index's folder; what is being rebuilt counts to the records until it is in force.
fn derived(projection: &Path) -> (u64, u64) {
    let index = stored_in(projection).map_or(0, |place| size(&place.join("index")));
    (size(projection).saturating_sub(index), index)
}

/// Bytes of all files in a folder; files that go while it looks count nothing.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => size(&entry.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}
