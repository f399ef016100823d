//! Offices in time: observed, never invented.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::facet::Signature;
use super::saying::Sight;
use crate::model::{Basis, DatedFact, Edtf, EntityId, Evidence, ReportId, Tenure};
use crate::registry::offices::Rank;

/// An office that reports show a person in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedOffice {
    /// The title in spelling form.
    pub title_key: String,
    /// How it stands to others of its body.
    pub rank: Rank,
    /// What is known of it; the name of the organization is left to [`ObservedOffice::tenure`].
    pub known: Tenure,
}

impl ObservedOffice {
    /// The tenure, with the name of its organization.
    #[must_use]
    pub fn tenure(&self, organization: &str) -> Tenure {
        Tenure { organization: organization.to_owned(), ..self.known.clone() }
    }
}

/// What is known of an office on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// Reports from that time, or from before and after it, show the person in it.
    Held,
    /// No report tells.
    NotObserved,
    /// A report says that it had not begun, or had ended.
    Contradicted,
}

/// The last day on which an office was seen, held or past; `None`, which comes before all days, where no report is dated.
fn latest(office: &ObservedOffice) -> Option<Date> {
    office.known.last_seen.or(office.known.former_since).and_then(Edtf::latest)
}

/// The offices of a person, latest seen first: of each saying its first and last sight, each with the number of reports that it stands for.
pub(super) fn observed<'a>(sights: impl Iterator<Item = (&'a Signature, &'a Sight, u64)>) -> Vec<ObservedOffice> {
    let mut offices: BTreeMap<(&str, Option<&EntityId>), Gathered> = BTreeMap::new();
    for (signature, one, reports) in sights {
        for (index, office) in signature.offices.iter().enumerate() {
            let id = office.body.as_ref().map(|body| &body.id);
            let gathered =
                offices.entry((&office.title_key, id)).or_insert_with(|| Gathered::new(&office.title, office.rank));
            let span = one.spans.get(index).copied().unwrap_or_default();
            let sight = OfficeSight { date: one.date, evidence: Evidence { report: one.report.clone(), span } };
            let list = if office.former { &mut gathered.former } else { &mut gathered.held };
            gathered.reports += if office.former { 0 } else { reports };
            list.push(sight.clone());
            if office.begins {
                gathered.begins.push(sight.clone());
            }
            if office.ends {
                gathered.ends.push(sight);
            }
        }
    }
    let mut all: Vec<ObservedOffice> =
        offices.into_iter().map(|((title_key, id), gathered)| gathered.finish(title_key, id)).collect();
    all.sort_by(|a, b| latest(b).cmp(&latest(a)).then_with(|| a.title_key.cmp(&b.title_key)));
    all
}

#[derive(Clone)]
struct OfficeSight {
    date: Option<Edtf>,
    evidence: Evidence,
}

/// Sights of one office.
struct Gathered {
    title: String,
    rank: Rank,
    held: Vec<OfficeSight>,
    former: Vec<OfficeSight>,
    begins: Vec<OfficeSight>,
    ends: Vec<OfficeSight>,
    reports: u64,
}

impl Gathered {
    fn new(title: &str, rank: Rank) -> Self {
        let none = Vec::new;
        Self { title: title.to_owned(), rank, held: none(), former: none(), begins: none(), ends: none(), reports: 0 }
    }

    fn finish(mut self, title_key: &str, id: Option<&EntityId>) -> ObservedOffice {
        for list in [&mut self.held, &mut self.former, &mut self.begins, &mut self.ends] {
            list.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        let dated = |list: &[OfficeSight]| list.iter().filter_map(|sight| sight.date).collect::<Vec<_>>();
        let held = dated(&self.held);
        let stated = |sight: &OfficeSight| {
            sight.date.map(|date| DatedFact {
                date,
                basis: Basis::InferredFromMeeting,
                span: Some(sight.evidence.span),
            })
        };
        let ends = [self.held.first(), self.held.last(), self.begins.first(), self.ends.last(), self.former.first()];
        let mut evidence: Vec<Evidence> = Vec::with_capacity(ends.len());
        for sight in ends.into_iter().flatten() {
            if !evidence.contains(&sight.evidence) {
                evidence.push(sight.evidence.clone());
            }
        }
        let known = Tenure {
            title: self.title,
            organization: String::new(),
            organization_id: id.cloned(),
            first_seen: held.first().copied(),
            last_seen: held.into_iter().max_by_key(|date| (date.latest(), *date)),
            start: self.begins.first().and_then(stated),
            end: self.ends.last().and_then(stated),
            former_since: dated(&self.former).first().copied(),
            evidence,
            reports: self.reports,
        };
        ObservedOffice { title_key: title_key.to_owned(), rank: self.rank, known }
    }
}

fn order(sight: &OfficeSight) -> (bool, Option<Date>, &ReportId) {
    let day = sight.date.and_then(Edtf::earliest);
    (day.is_none(), day, &sight.evidence.report)
}

/// What is known of an office on a date; on a longer time, whether on one of its days at least. Nothing is known on a date without a year.
#[must_use]
pub fn as_of(tenure: &Tenure, date: Edtf) -> Holding {
    if date.earliest().is_none() && date.latest().is_none() {
        return Holding::NotObserved;
    }
    // An interval without end, or without beginning.
    let (first, last) = (date.earliest().unwrap_or(Date::MIN), date.latest().unwrap_or(Date::MAX));
    let seen = tenure.first_seen.and_then(Edtf::earliest).zip(tenure.last_seen.and_then(Edtf::latest));
    // An end, or "nguyên", and a later sight of the same office is a second term: what was seen holds.
    let until =
        [tenure.end.map(|end| end.date), tenure.former_since].into_iter().flatten().filter_map(Edtf::earliest).min();
    let until = until.filter(|until| seen.is_none_or(|(_, seen)| seen <= *until));
    let from = tenure.start.and_then(|start| start.date.earliest());
    let from = from.filter(|from| seen.is_none_or(|(seen, _)| seen >= *from));
    let within = seen.is_some_and(|(start, end)| start <= last && first <= end);
    if within {
        return Holding::Held;
    }
    if until.is_some_and(|until| first > until) || from.is_some_and(|from| last < from) {
        return Holding::Contradicted;
    }
    // Between a stated start and the first sight, or the last sight and a stated end.
    let bridged = match (seen, from, until) {
        (Some((start, _)), Some(from), _) if from <= last && first <= start => true,
        (Some((_, end)), _, Some(until)) if tenure.end.is_some() && end <= last && first <= until => true,
        _ => false,
    };
    if bridged { Holding::Held } else { Holding::NotObserved }
}
