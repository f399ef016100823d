//! Counts all hits by their fields.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::query::Query;
use tantivy::{DocAddress, DocId};

use super::super::days::day_of;
use super::super::error::Result;
use super::super::request::{Facet, FacetField, FacetValue, Total};
use super::super::schema::Unit;
use super::super::searcher::Columns;
use super::super::vocabulary::{ITEM_KINDS, MEETING_KINDS};
use super::Run;

/// Most values of a facet that are told.
const MOST_VALUES: usize = 100;
/// Hits counted at most; beyond that the counts are of the first so many.
const MOST_HITS: u64 = 1_000_000;

/// What one field counts: by number (kind, year, month), or by the places of texts in a segment's dictionary.
#[derive(Default)]
struct Counts {
    numbers: FxHashMap<u64, u64>,
    texts: FxHashMap<(u32, u64), u64>,
}

/// The total and the facets of a query's matches.
pub(super) fn count(run: &Run<'_>, query: &dyn Query) -> Result<(Total, Vec<Facet>)> {
    let fields = run.request.facets;
    let mut counts: Vec<Counts> = fields.iter().map(|_| Counts::default()).collect();
    let mut hits = 0;
    let take = |address: DocAddress| {
        hits += 1;
        let columns = &run.snapshot.segments[address.segment_ord as usize];
        for (field, counts) in fields.iter().zip(&mut counts) {
            add(*field, run.unit, columns, address, counts);
        }
        hits < MOST_HITS
    };
    run.each(query, take)?;
    let exact = hits < MOST_HITS;
    let total = if exact { Total::Exact(hits) } else { Total::AtLeast(hits) };
    let facets = fields.iter().zip(counts).map(|(field, counts)| facet(run, *field, counts, exact));
    Ok((total, facets.collect::<Result<_>>()?))
}

fn add(field: FacetField, unit: Unit, columns: &Columns, address: DocAddress, counts: &mut Counts) {
    let doc = address.doc_id;
    let meeting = columns.meeting_of(doc);
    let own = if unit == Unit::Item { doc } else { meeting };
    match field {
        FacetField::Kind => {
            if let Some(kind) = columns.kind.first(own) {
                *counts.numbers.entry(kind).or_default() += 1;
            }
        }
        FacetField::Year | FacetField::Quarter | FacetField::Month => {
            if let Some(number) = period(field, columns, meeting) {
                *counts.numbers.entry(number).or_default() += 1;
            }
        }
        _ => {
            let Some(column) = text_column(field, columns) else { return };
            let of = if matches!(field, FacetField::Convener | FacetField::Publisher) { meeting } else { own };
            for ord in column.term_ords(of) {
                *counts.texts.entry((address.segment_ord, ord)).or_default() += 1;
            }
        }
    }
}

fn text_column(field: FacetField, columns: &Columns) -> Option<&StrColumn> {
    match field {
        FacetField::Convener => columns.convener.as_ref(),
        FacetField::Place => columns.place.as_ref(),
        FacetField::Person => columns.person.as_ref(),
        FacetField::Publisher => columns.publisher.as_ref(),
        FacetField::Kind | FacetField::Year | FacetField::Quarter | FacetField::Month => None,
    }
}

/// The year, or year and quarter or month, that all days of the meeting's date lie in, as one number.
fn period(field: FacetField, columns: &Columns, meeting: DocId) -> Option<u64> {
    let number = |day: i64| -> Option<i64> {
        let date: Date = day_of(day)?;
        let month = i64::from(date.month());
        let part = match field {
            FacetField::Month => month,
            FacetField::Quarter => (month + 2) / 3,
            _ => 0,
        };
        Some(i64::from(date.year()) * 100 + part)
    };
    let (first, last) = (columns.date[0].first(meeting)?, columns.date[1].first(meeting)?);
    let (first, last) = (number(first)?, number(last)?);
    (first == last).then(|| u64::try_from(first).ok()).flatten()
}

fn facet(run: &Run<'_>, field: FacetField, counts: Counts, exact: bool) -> Result<Facet> {
    let mut values: Vec<FacetValue> = match field {
        FacetField::Kind => {
            let words: &[&str] = if run.unit == Unit::Item { &ITEM_KINDS } else { &MEETING_KINDS };
            let word = |kind: u64| usize::try_from(kind).ok().and_then(|kind| words.get(kind)).copied();
            let named = counts.numbers.into_iter().filter_map(|(kind, count)| Some((word(kind)?.to_owned(), count)));
            named.map(|(value, count)| FacetValue { value, count }).collect()
        }
        FacetField::Year => numbered(counts.numbers, |number| format!("{:04}", number / 100)),
        // EDTF numbers quarters from 33 on.
        FacetField::Quarter => numbered(counts.numbers, |number| format!("{:04}-{}", number / 100, 32 + number % 100)),
        FacetField::Month => numbered(counts.numbers, |number| format!("{:04}-{:02}", number / 100, number % 100)),
        _ => texts(run, field, counts.texts)?,
    };
    if matches!(field, FacetField::Year | FacetField::Quarter | FacetField::Month) {
        values.sort_unstable_by(|a, b| b.value.cmp(&a.value));
    } else {
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    values.truncate(MOST_VALUES);
    Ok(Facet { field, values, exact })
}

fn numbered(counts: FxHashMap<u64, u64>, show: impl Fn(u64) -> String) -> Vec<FacetValue> {
    counts.into_iter().map(|(number, count)| FacetValue { value: show(number), count }).collect()
}

fn texts(run: &Run<'_>, field: FacetField, counts: FxHashMap<(u32, u64), u64>) -> Result<Vec<FacetValue>> {
    let mut together: FxHashMap<String, u64> = FxHashMap::default();
    let mut text = String::new();
    for ((segment, ord), count) in counts {
        let Some(column) = text_column(field, &run.snapshot.segments[segment as usize]) else { continue };
        text.clear();
        if column.ord_to_str(ord, &mut text)? {
            *together.entry(text.clone()).or_default() += count;
        }
    }
    let is_entity = field != FacetField::Publisher;
    let shown = |text: String| if is_entity { format!("entities/{text}") } else { text };
    Ok(together.into_iter().map(|(text, count)| FacetValue { value: shown(text), count }).collect())
}
