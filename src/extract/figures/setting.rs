//! What a quantity is about: indicator, period, subject, comparison.
//!
//! Counts carry their indicator behind the number ("264 vụ vi phạm"); money, shares and measures before it ("thu ngân sách đạt …"), and a
//! clause that only goes on ("…, đạt 103,26% so với dự toán") takes that of the figure before it.

use std::ops::Range;

use super::scan::Quantity;
use super::units::Sort;
use crate::extract::dates::{Calendar, DateExpression, Meaning};
use crate::extract::{Context, Found};
use crate::model::{Check, Comparison, DatedFact, Figure};
use crate::text::{Kind, Phrases, Reading};

/// Words of an indicator or a basis at most.
const LONGEST: usize = 16;
/// Bodies from the beginning that may tell the place a report is from.
const MOST_BODIES: usize = 64;

/// The parts that words play around a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Verb,
    Rise,
    Fall,
    Basis,
    Plan,
    Lead,
    Cut,
    Noun,
}

/// Words around a figure.
#[derive(Debug)]
pub(super) struct Lexicon {
    parts: Phrases<Part>,
    stops: Phrases<()>,
    /// Indicators of a locality: "thu ngân sách", "GRDP", "hộ nghèo".
    local: Phrases<()>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let part = |value: &str| {
            Some(match value {
                "verb" => Part::Verb,
                "rise" => Part::Rise,
                "fall" => Part::Fall,
                "basis" => Part::Basis,
                "plan" => Part::Plan,
                "lead" => Part::Lead,
                "cut" => Part::Cut,
                "noun" => Part::Noun,
                _ => return None,
            })
        };
        Self {
            parts: Phrases::parse(include_str!("../lexicons/indicators.txt"), part).unwrap_or_default(),
            stops: Phrases::parse(include_str!("../lexicons/no_units.txt"), |_| Some(())).unwrap_or_default(),
            local: Phrases::parse(include_str!("../lexicons/local_indicators.txt"), |_| Some(())).unwrap_or_default(),
        }
    }
}

impl Lexicon {
    /// True for an indicator that is told of a locality.
    fn is_local(&self, indicator: &str) -> bool {
        let reading = Reading::new(indicator);
        (0..reading.tokens.len()).any(|at| self.local.longest(&reading.tokens, at).is_some())
    }
}

/// Gives each quantity its surroundings.
pub(super) fn settle(lexicon: &Lexicon, context: &Context<'_>, quantities: Vec<Quantity>) -> Vec<Found<Settled>> {
    let home = home(context);
    let setting = Setting { lexicon, context, home: home.as_deref() };
    let mut out: Vec<Found<Settled>> = Vec::with_capacity(quantities.len());
    for quantity in quantities {
        let settled = setting.settle(&quantity, out.last());
        out.push(Found { tokens: quantity.tokens.clone(), value: settled });
    }
    out
}

/// A figure with what its checks need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settled {
    pub(super) figure: Figure,
    pub(super) sort: Sort,
    pub(super) decimals: u32,
    pub(super) sentence: Option<usize>,
}

#[derive(Clone, Copy)]
struct Setting<'a> {
    lexicon: &'a Lexicon,
    context: &'a Context<'a>,
    /// The place that the report is from.
    home: Option<&'a str>,
}

impl Setting<'_> {
    fn settle(self, quantity: &Quantity, previous: Option<&Found<Settled>>) -> Settled {
        let reading = self.reading();
        let sentence = reading.sentence_of(quantity.tokens.start);
        let bounds = sentence.map_or(quantity.tokens.clone(), |index| reading.sentences[index].tokens.clone());
        let previous = previous.filter(|previous| previous.value.sentence == sentence);
        let comparison = self.comparison(quantity, &bounds);
        let indicator = self.indicator(quantity, &bounds, previous);
        let figure = Figure {
            text: reading.text(quantity.tokens.clone()).to_owned(),
            subject: self.subject(quantity, &bounds, &indicator),
            indicator,
            value: quantity.value,
            upper: quantity.upper,
            unit: quantity.unit.clone(),
            qualifier: quantity.qualifier,
            period: self.period(quantity, &bounds),
            ratio: quantity.ratio,
            comparison,
            check: Check::NotCheckable,
            span: reading.span(quantity.tokens.clone()),
        };
        Settled { figure, sort: quantity.sort, decimals: quantity.decimals, sentence }
    }

    fn indicator(self, quantity: &Quantity, bounds: &Range<usize>, previous: Option<&Found<Settled>>) -> String {
        if quantity.sort == Sort::Count {
            return self.counted(quantity, bounds);
        }
        let told = self.clause_before(quantity.tokens.start, bounds);
        if !told.is_empty() {
            return self.reading().text(told).to_owned();
        }
        previous.map_or_else(String::new, |previous| previous.value.figure.indicator.clone())
    }

    /// The noun that is counted with what describes it: "vụ vi phạm".
    fn counted(self, quantity: &Quantity, bounds: &Range<usize>) -> String {
        let unit_at = quantity.tokens.end - unit_tokens(self.reading(), quantity);
        let end = self.phrase_end(quantity.tokens.end, bounds.end);
        self.reading().text(unit_at..end).to_owned()
    }

    /// The words of the clause before a number, without verbs, dates and lead-ins at its ends.
    fn clause_before(self, at: usize, bounds: &Range<usize>) -> Range<usize> {
        let tokens = &self.reading().tokens;
        let floor = bounds.start.max(at.saturating_sub(4 * LONGEST));
        let mut end = at;
        while let Some(start) = self.part_before(end, floor) {
            end = start;
        }
        let mut start = end;
        while start > floor && end - start < LONGEST && is_inner(tokens[start - 1].kind) {
            // The clause begins behind the verb of the one before, or behind a document's name.
            let part = self.part_ending(start);
            if part.is_some_and(|part| matches!(part, Part::Rise | Part::Fall | Part::Cut)) || self.ends_document(start)
            {
                break;
            }
            start -= 1;
        }
        while let Some((next, Part::Lead)) = self.lexicon.parts.longest(tokens, start).filter(|(next, _)| *next <= end)
        {
            start = next;
        }
        start..end
    }

    /// Where a verb, qualifier or date that ends at a token begins.
    fn part_before(self, end: usize, floor: usize) -> Option<usize> {
        let tokens = &self.reading().tokens;
        let date = self.date_ending(end).filter(|start| *start >= floor);
        date.or_else(|| {
            (1..=3).rev().filter_map(|back| end.checked_sub(back)).filter(|start| *start >= floor).find(|start| {
                self.lexicon
                    .parts
                    .longest(tokens, *start)
                    .is_some_and(|(next, part)| next == end && !matches!(part, Part::Plan | Part::Cut | Part::Noun))
            })
        })
    }

    /// The phrase that ends at a token and is no part of a longer one: not "tăng" in "tăng trưởng".
    fn part_ending(self, end: usize) -> Option<Part> {
        let tokens = &self.reading().tokens;
        (1..=3).rev().filter_map(|back| end.checked_sub(back)).find_map(|start| {
            self.lexicon.parts.longest(tokens, start).filter(|(next, _)| *next == end).map(|(_, part)| *part)
        })
    }

    fn ends_document(self, at: usize) -> bool {
        let documents = &self.context.references.mentions;
        let split = documents.partition_point(|found| found.tokens.start < at);
        documents[..split].last().is_some_and(|found| found.tokens.end == at)
    }

    fn date_ending(self, end: usize) -> Option<usize> {
        let dates = &self.context.dates;
        let index = dates.partition_point(|found| found.tokens.end < end);
        dates.get(index).filter(|found| found.tokens.end == end).map(|found| found.tokens.start)
    }

    /// "so với chỉ tiêu pháp lệnh năm 2021", "dự toán năm", behind a percentage.
    fn comparison(self, quantity: &Quantity, bounds: &Range<usize>) -> Option<Comparison> {
        if quantity.sort != Sort::Share || quantity.upper.is_some() {
            return None;
        }
        let tokens = &self.reading().tokens;
        let (next, part) = self.lexicon.parts.longest(tokens, quantity.tokens.end)?;
        let from = match part {
            Part::Basis => next,
            Part::Plan => quantity.tokens.end,
            _ => return None,
        };
        let end = self.phrase_end(from, bounds.end);
        let basis = self.reading().text(from..end).to_owned();
        let verb = (1..=3).filter_map(|back| quantity.tokens.start.checked_sub(back)).find_map(|at| {
            match self.lexicon.parts.longest(tokens, at) {
                Some((_, part @ (Part::Rise | Part::Fall))) => Some(*part),
                _ => None,
            }
        });
        let percent = if verb == Some(Part::Fall) { -quantity.value } else { quantity.value };
        (!basis.is_empty()).then_some(Comparison { basis, percent, change: verb.is_some(), implied_base: None })
    }

    /// The end of a noun phrase: up to a sign, a verb or a link. Dates belong to it.
    fn phrase_end(self, at: usize, limit: usize) -> usize {
        let tokens = &self.reading().tokens;
        let limit = limit.min(at + LONGEST);
        let mut end = at;
        while end < limit {
            if let Some(date) = self.date_at(end) {
                end = date;
                continue;
            }
            let verb = self
                .lexicon
                .parts
                .longest(tokens, end)
                .is_some_and(|(_, part)| !matches!(part, Part::Plan | Part::Lead | Part::Noun));
            let stop = self.lexicon.stops.longest(tokens, end).is_some();
            if !tokens[end].is_word() || ((verb || stop) && end > at) {
                break;
            }
            end += 1;
        }
        end.min(limit.max(at))
    }

    fn date_at(self, at: usize) -> Option<usize> {
        let dates = &self.context.dates;
        let index = dates.partition_point(|found| found.tokens.start < at);
        dates.get(index).filter(|found| found.tokens.start == at).map(|found| found.tokens.end)
    }

    /// The nearest date before the figure in its sentence, else the first behind it.
    fn period(self, quantity: &Quantity, bounds: &Range<usize>) -> Option<DatedFact> {
        let dates = &self.context.dates;
        let is_period = |found: &&Found<DateExpression>| found.value.meaning != Meaning::Term;
        let from = dates.partition_point(|found| found.tokens.start < bounds.start);
        let split = dates.partition_point(|found| found.tokens.start < quantity.tokens.start);
        let before = dates[from..split].iter().rev().take(8).find(is_period);
        let behind = dates[split..].iter().take_while(|found| found.tokens.start < bounds.end).take(8).find(is_period);
        let found = before.or(behind)?;
        Calendar::new(self.context.source.published, None).resolve(self.reading(), found.tokens.clone(), &found.value)
    }

    /// The place or body named last before the figure in its sentence; for an indicator of a locality the place, or else that of
    /// the body whose report it is.
    fn subject(self, quantity: &Quantity, bounds: &Range<usize>, indicator: &str) -> Option<String> {
        let last = |mentions: &[Found<usize>]| {
            let split = mentions.partition_point(|found| found.tokens.start < quantity.tokens.start);
            mentions[..split]
                .last()
                .filter(|found| found.tokens.start >= bounds.start)
                .map(|found| found.tokens.clone())
        };
        let body = last(&self.context.organizations.mentions);
        let place = last(&self.context.places.mentions);
        let nearest = [body, place].into_iter().flatten().max_by_key(|tokens| tokens.end);
        if let Some(nearest) = nearest {
            return Some(self.reading().text(nearest).to_owned());
        }
        self.lexicon.is_local(indicator).then(|| self.home.map(str::to_owned)).flatten()
    }
}

/// The place that the report is from: of its first body that has one in its name ("Huyện ủy Ân Bình"), else its first place.
fn home(context: &Context<'_>) -> Option<String> {
    let place_in = |body: &Range<usize>| {
        let places = &context.places.mentions;
        let from = places.partition_point(|found| found.tokens.start < body.start);
        places[from..].iter().take_while(|found| found.tokens.end <= body.end).last().map(|found| found.tokens.clone())
    };
    let from = context.structure.header.end;
    let mut bodies = context.organizations.mentions.iter().filter(|found| found.tokens.start >= from).take(MOST_BODIES);
    let place = bodies.find_map(|found| place_in(&found.tokens));
    let first = || context.places.mentions.first().map(|found| found.tokens.clone());
    place.or_else(first).map(|tokens| context.reading.text(tokens).to_owned())
}

impl<'a> Setting<'a> {
    fn reading(self) -> &'a Reading {
        self.context.reading
    }
}

fn is_inner(kind: Kind) -> bool {
    matches!(kind, Kind::Word(_) | Kind::Number | Kind::Sign('-' | '–' | '&' | '“' | '”' | '"'))
}

/// Number of tokens of the unit at the end of a quantity.
fn unit_tokens(reading: &Reading, quantity: &Quantity) -> usize {
    let text = reading.text(quantity.tokens.clone());
    let words = quantity.unit.split_whitespace().count();
    if text.ends_with(&quantity.unit) { words.min(quantity.tokens.len()) } else { 0 }
}
