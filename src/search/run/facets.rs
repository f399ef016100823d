//! Counts all hits by their fields.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::DocAddress;
use tantivy::columnar::StrColumn;
use tantivy::query::Query;

use super::super::days::{day_number, day_of};
use super::super::error::Result;
use super::super::request::{Facet, FacetField, FacetValue, Step, Total};
use super::super::schema::Unit;
use super::super::searcher::Columns;
use super::super::vocabulary::{ITEM_KINDS, MEETING_KINDS};
use super::Run;

/// Most values of a facet that are told.
const MOST_VALUES: usize = 100;
/// Most times: a year by days.
const MOST_TIMES: usize = 366;
/// Hits counted at most; beyond that the counts are of the first so many.
const MOST_HITS: u64 = 1_000_000;

/// What one field counts: by number (kind, or the first day of a time), or by the places of texts in a segment's dictionary.
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
        FacetField::Date(_) | FacetField::Period(_) => {
            let (step, dates, of) = match field {
                FacetField::Period(step) => (step, &columns.period, doc),
                FacetField::Date(step) => (step, &columns.date, meeting),
                _ => return,
            };
            let (Some(first), Some(last)) = (dates[0].first(of), dates[1].first(of)) else { return };
            if let Some(begin) = beginning(step, first).filter(|begin| beginning(step, last) == Some(*begin)) {
                *counts.numbers.entry(begin).or_default() += 1;
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
        FacetField::Kind | FacetField::Date(_) | FacetField::Period(_) => None,
    }
}

/// The first day of the year, quarter, month or week that a day lies in, in days since [`EPOCH`]; `None` outside the calendar.
fn beginning(step: Step, day: i64) -> Option<u64> {
    let date = day_of(day)?;
    let first = match step {
        Step::Year => civil(date.year(), 1),
        Step::Quarter => civil(date.year(), (date.month() - 1) / 3 * 3 + 1),
        Step::Month => civil(date.year(), date.month()),
        Step::Week => return u64::try_from(day - i64::from(date.weekday().to_monday_zero_offset()) - EPOCH).ok(),
        Step::Day => return u64::try_from(day - EPOCH).ok(),
    };
    u64::try_from(day_number(first?) - EPOCH).ok()
}

fn civil(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

/// The day that counts begin with, so that they are not negative.
const EPOCH: i64 = -1_000_000;

/// A time as a filter takes it, in EDTF, which numbers quarters from 33 on.
fn time(step: Step, begin: u64) -> Option<String> {
    let day = i64::try_from(begin).ok()? + EPOCH;
    let date = day_of(day)?;
    Some(match step {
        Step::Year => format!("{:04}", date.year()),
        Step::Quarter => format!("{:04}-{}", date.year(), 33 + (date.month() - 1) / 3),
        Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Step::Week => format!("{date}/{}", day_of(day + 6)?),
        Step::Day => date.to_string(),
    })
}

fn facet(run: &Run<'_>, field: FacetField, counts: Counts, exact: bool) -> Result<Facet> {
    let mut values: Vec<FacetValue> = match field {
        FacetField::Kind => {
            let words: &[&str] = if run.unit == Unit::Item { &ITEM_KINDS } else { &MEETING_KINDS };
            let word = |kind: u64| usize::try_from(kind).ok().and_then(|kind| words.get(kind)).copied();
            let named = counts.numbers.into_iter().filter_map(|(kind, count)| Some((word(kind)?.to_owned(), count)));
            named.map(|(value, count)| FacetValue { value, count }).collect()
        }
        FacetField::Date(step) | FacetField::Period(step) => {
            let times = counts.numbers.into_iter();
            times.filter_map(|(begin, count)| Some(FacetValue { value: time(step, begin)?, count })).collect()
        }
        _ => texts(run, field, counts.texts)?,
    };
    if field.is_of_time() {
        values.sort_unstable_by(|a, b| b.value.cmp(&a.value));
    } else {
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    values.truncate(if field.is_of_time() { MOST_TIMES } else { MOST_VALUES });
    Ok(Facet { field, values, exact })
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
