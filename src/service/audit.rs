//! What the audit log is told. Who called stands in the span of the call around it; what a report says does not stand there.

use crate::journal::Appended;

/// A write, and what came of it: `action` is the method, `name` what it is about.
pub(super) fn written(action: &'static str, name: &str, appended: &Appended) {
    let (revision, outcome) = (appended.revision.0, appended.outcome);
    tracing::info!(target: "audit", action, name, revision, ?outcome);
}

/// The same of a correction; `author` is who answers for it, in the caller's words.
pub(super) fn corrected(action: &'static str, name: &str, author: &str, appended: &Appended) {
    let (revision, outcome) = (appended.revision.0, appended.outcome);
    tracing::info!(target: "audit", action, name, author, revision, ?outcome);
}

/// What whoever runs the service had done with all of it, as it stood at a revision.
pub(super) fn done(action: &'static str, revision: u64) {
    tracing::info!(target: "audit", action, revision);
}
