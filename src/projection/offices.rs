//! The offices of people of whom, or of whose bodies, corrections speak.

use std::collections::BTreeMap;

use super::ProjectionError;
use super::apply::get_reading;
use super::curation::{Curation, Spot};
use super::meetings::words_of;
use super::sayings;
use super::transaction::Tables;
use crate::model::{EntityId, PersonFact, ReportId, Span};
use crate::registry::people::{ObservedOffice, Saying, Sight, Signature, observed_in};
use crate::text::fold;

type Result<T> = std::result::Result<T, ProjectionError>;

/// The offices that reports show a person in whom corrections leave to the person.
///
/// Where no correction speaks of any part of it, the offices are those of [`crate::registry::people::Person`].
pub(super) fn corrected(tables: &Tables<'_>, curation: &Curation, id: &EntityId) -> Result<Vec<ObservedOffice>> {
    let mut parts: Vec<(Signature, String, Vec<Sight>, u64)> = Vec::new();
    for own in std::iter::once(id.clone()).chain(curation.origins(id)) {
        let whole = curation.wholly(&own);
        if whole.as_ref().is_some_and(|whole| whole != id) {
            continue;
        }
        for (saying_id, saying, sight) in sayings::of_person(tables, &own)? {
            let is_whole = whole.is_some() && saying.signature.bodies().all(|body| curation.wholly(&body.id).is_some());
            let mut reports = None;
            let mut sights = match sight {
                Some(sight) => vec![sight],
                None if is_whole => {
                    reports = Some(saying.reports());
                    vec![saying.first.clone(), saying.last.clone()]
                }
                None => sayings::sights(tables, &saying_id)?,
            };
            if whole.is_none() {
                let mut left = Vec::with_capacity(sights.len());
                for sight in sights {
                    if is_of(tables, curation, (id, &own), &saying.name_key, &sight.report)? {
                        left.push(sight);
                    }
                }
                sights = left;
            }
            for (meant, sights) in by_meaning(tables, curation, &saying, sights) {
                let reports = reports.unwrap_or(sights.len() as u64);
                parts.push((meant, saying.name_key.clone(), sights, reports));
            }
        }
    }
    parts.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    Ok(observed_in(parts.iter().map(|(signature, _, sights, reports)| (signature, sights.as_slice(), *reports))))
}

/// True if corrections leave what a report says of a name to the first of these, where the registry puts it on the second.
fn is_of(
    tables: &Tables<'_>,
    curation: &Curation,
    (id, own): (&EntityId, &EntityId),
    name_key: &str,
    report: &ReportId,
) -> Result<bool> {
    let words = words_of(tables, report);
    let spans = spans(tables, curation, own, name_key, report)?;
    Ok(curation.place(own, &Spot { report, spans: &spans, words: &words }).0 == *id)
}

/// Sights of a saying by what they mean, where corrections put some of its bodies elsewhere.
fn by_meaning(
    tables: &Tables<'_>,
    curation: &Curation,
    saying: &Saying,
    sights: Vec<Sight>,
) -> BTreeMap<Signature, Vec<Sight>> {
    let mut meanings: BTreeMap<Signature, Vec<Sight>> = BTreeMap::new();
    if !saying.signature.bodies().any(|body| curation.takes_from(&body.id)) {
        if !sights.is_empty() {
            meanings.insert(saying.signature.clone(), sights);
        }
        return meanings;
    }
    for sight in sights {
        let report = sight.report.clone();
        let words = words_of(tables, &report);
        let mut meant = saying.signature.clone();
        for (index, office) in meant.offices.iter_mut().enumerate() {
            let span = sight.spans.get(index).copied().unwrap_or_default();
            if let Some(body) = &mut office.body {
                body.id = curation.place(&body.id, &Spot { report: &report, spans: &[span], words: &words }).0;
            }
        }
        meanings.entry(meant).or_default().push(sight);
    }
    meanings
}

/// Where a report names a person; only looked up where a correction may take mentions away.
fn spans(
    tables: &Tables<'_>,
    curation: &Curation,
    person: &EntityId,
    name_key: &str,
    report: &ReportId,
) -> Result<Vec<Span>> {
    if !curation.splits(person, report) {
        return Ok(Vec::new());
    }
    let Some(reading) = get_reading(tables, report)? else { return Ok(Vec::new()) };
    let of_name = |fact: &&PersonFact| fold::spelling(&fact.name) == name_key;
    Ok(reading.extraction.people.iter().filter(of_name).flat_map(|fact| fact.spans.clone()).collect())
}
