//! How many of what there are.

use serde::{Deserialize, Serialize};

use crate::model::{Entity, EntityKind, Meeting};

/// Numbers of things at one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Reports that are not deleted.
    pub reports: u64,
    /// Reports that are.
    pub deleted_reports: u64,
    /// Meetings.
    pub meetings: u64,
    /// Things said and decided.
    pub items: u64,
    /// Quantities.
    pub figures: u64,
    /// People.
    pub people: u64,
    /// Organizations.
    pub organizations: u64,
    /// Places, the gazetteer's included.
    pub places: u64,
    /// Legal documents.
    pub legal_documents: u64,
    /// Mentions of all of these.
    pub mentions: u64,
}

/// Whether something comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl Counts {
    pub(super) fn meeting(&mut self, meeting: &Meeting, sign: Sign) {
        change(&mut self.meetings, 1, sign);
        change(&mut self.items, meeting.items.len(), sign);
        change(&mut self.figures, meeting.figures.len(), sign);
    }

    pub(super) fn entity(&mut self, entity: &Entity, sign: Sign) {
        let count = match entity.kind {
            EntityKind::Person => &mut self.people,
            EntityKind::Organization => &mut self.organizations,
            EntityKind::Place => &mut self.places,
            EntityKind::LegalDocument => &mut self.legal_documents,
        };
        change(count, 1, sign);
    }
}

/// Adds or takes away; a count never goes below zero.
pub(super) fn change(count: &mut u64, by: usize, sign: Sign) {
    let by = by as u64;
    *count = match sign {
        Sign::Plus => count.saturating_add(by),
        Sign::Minus => count.saturating_sub(by),
    };
}
