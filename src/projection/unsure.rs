//! How often readings of reports were unsure, and of what, since the projection was opened.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{DiagnosticReason, Extraction};

/// Diagnostics by reason.
#[derive(Debug, Default)]
pub(super) struct Unsure(Mutex<BTreeMap<DiagnosticReason, u64>>);

impl Unsure {
    /// Counts what one reading was unsure of.
    pub(super) fn count(&self, reading: &Extraction) {
        if reading.diagnostics.is_empty() {
            return;
        }
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for diagnostic in &reading.diagnostics {
            *counts.entry(diagnostic.reason).or_default() += 1;
        }
    }

    /// The counts so far; reasons that never came are left out.
    pub(super) fn told(&self) -> Vec<(DiagnosticReason, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|(reason, count)| (*reason, *count)).collect()
    }
}
