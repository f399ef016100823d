//! What reports say of the bearers of a name, gathered by what they say.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::evidence::Seen;
use super::facet::{PersonFacet, Signature};
use crate::model::{Edtf, ReportId, Span};

/// Identity of what is said: equal for equal names and signatures. Those of one name begin alike, so that in an ordered store they lie side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SayingId(pub [u8; 12]);

impl SayingId {
    /// So many of its first bytes are those of every saying of the name.
    pub const OF_NAME: usize = 4;

    /// The identity of a signature under a name.
    #[must_use]
    pub fn of(name_key: &str, signature: &Signature) -> Self {
        // Signatures are sequences of known length, strings and numbers, which the encoding always takes.
        let said = postcard::to_stdvec(&(name_key, signature)).unwrap_or_default();
        let mut id = [0; 12];
        let (name, all) = id.split_at_mut(Self::OF_NAME);
        name.copy_from_slice(&Self::name_part(name_key));
        all.copy_from_slice(&blake3::hash(&said).as_bytes()[..all.len()]);
        Self(id)
    }

    /// What every saying of a name begins with; other names may share it.
    #[must_use]
    pub fn name_part(name_key: &str) -> [u8; Self::OF_NAME] {
        let [a, b, c, d, ..] = *blake3::hash(name_key.as_bytes()).as_bytes();
        [a, b, c, d]
    }
}

/// One report's facet, beside its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The report.
    pub report: ReportId,
    /// The name as written.
    pub name: String,
    /// Date of the meeting, or of publication.
    pub date: Option<Edtf>,
    /// Where the offices stand, in the order of the signature's.
    pub spans: Vec<Span>,
}

impl Sight {
    /// What a report's facet adds to its saying.
    #[must_use]
    pub fn of(report: &ReportId, facet: &PersonFacet) -> Self {
        Self { report: report.clone(), name: facet.name.clone(), date: facet.date, spans: facet.spans.clone() }
    }

    /// The first day it may be of; `None` comes last in the order of sights.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.date.and_then(Edtf::earliest)
    }

    /// By day, then report; those without a day last.
    pub(super) fn order(&self) -> (bool, Option<Date>, &ReportId) {
        let day = self.day();
        (day.is_none(), day, &self.report)
    }
}

/// All reports that say the same of bearers of a name. The reports themselves are kept beside it: its size does not grow with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// The full name in spelling form.
    pub name_key: String,
    /// What they say.
    pub signature: Signature,
    /// The name as they write it, each with the number of reports.
    pub names: BTreeMap<String, u64>,
    /// The first of them by date; one without a day only where none has one.
    pub first: Sight,
    /// The last of them by date; one without a day only where none has one.
    pub last: Sight,
}

impl Saying {
    /// What one report says.
    #[must_use]
    pub fn new(name_key: &str, signature: &Signature, sight: Sight) -> Self {
        Self {
            name_key: name_key.to_owned(),
            signature: signature.clone(),
            names: BTreeMap::from([(sight.name.clone(), 1)]),
            first: sight.clone(),
            last: sight,
        }
    }

    /// Its identity.
    #[must_use]
    pub fn id(&self) -> SayingId {
        SayingId::of(&self.name_key, &self.signature)
    }

    /// Number of reports.
    #[must_use]
    pub fn reports(&self) -> u64 {
        self.names.values().sum()
    }

    /// Adds a report that has not been counted.
    pub fn add(&mut self, sight: &Sight) {
        *self.names.entry(sight.name.clone()).or_default() += 1;
        if sight.order() < self.first.order() {
            self.first = sight.clone();
        }
        if is_later(sight, &self.last) {
            self.last = sight.clone();
        }
    }

    /// No longer counts a report; whether it was the first or last is left to the caller. False if none is left.
    pub fn discount(&mut self, name: &str) -> bool {
        if let Some(count) = self.names.get_mut(name) {
            *count = count.saturating_sub(1);
        }
        self.names.retain(|_, count| *count > 0);
        !self.names.is_empty()
    }

    /// First and last day of evidence.
    pub(super) fn seen(&self) -> Seen {
        let first = self.first.date?.earliest()?;
        let ends = [&self.first, &self.last].into_iter().filter_map(|sight| sight.date?.latest());
        Some((first, ends.max()?))
    }
}

/// True if a sight comes after another among those that have a day.
fn is_later(sight: &Sight, last: &Sight) -> bool {
    match (sight.day().is_some(), last.day().is_some()) {
        (true, false) => true,
        (false, true) => false,
        _ => sight.order() > last.order(),
    }
}

/// The last of these sights, as a saying keeps it.
pub(super) fn last<'a>(sights: impl Iterator<Item = &'a Sight>) -> Option<&'a Sight> {
    sights.reduce(|last, sight| if is_later(sight, last) { sight } else { last })
}
