//! What a quantity is about: indicator, period, subject, comparison.
//!
//! The words of the indicator are chosen in `indicator`.

use std::ops::Range;

use super::scan::Quantity;
use super::units::{Sort, Units};
use crate::extract::dates::{Calendar, DateExpression, Meaning};
use crate::extract::{Context, Found};
use crate::model::{Check, Comparison, DatedFact, Figure, Span};
use crate::text::{Phrases, Reading};

/// Words of an indicator or a basis at most.
pub(super) const LONGEST: usize = 16;
/// Bodies from the beginning that may tell the place a report is from.
const MOST_BODIES: usize = 64;

/// The parts that words play around a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    Tail,
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
    pub(super) parts: Phrases<Part>,
    pub(super) stops: Phrases<()>,
    /// Words by which what is counted goes on to be described: "vụ | bị phát hiện".
    pub(super) links: Phrases<()>,
    /// Indicators of a locality: "thu ngân sách", "GRDP", "hộ nghèo".
    local: Phrases<()>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let part = |value: &str| {
            Some(match value {
                "verb" => Part::Verb,
                "tail" => Part::Tail,
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
            links: Phrases::parse(include_str!("../lexicons/descriptions.txt"), |_| Some(())).unwrap_or_default(),
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
pub(super) fn settle(
    lexicon: &Lexicon,
    units: &Units,
    context: &Context<'_>,
    quantities: Vec<Quantity>,
) -> Vec<Found<Settled>> {
    let home = home(context);
    let offices = offices(context);
    let setting = Setting { lexicon, units, context, home: home.as_deref(), offices: &offices };
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
pub(super) struct Setting<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) context: &'a Context<'a>,
    /// Nouns that are counted.
    pub(super) units: &'a Units,
    /// The place that the report is from.
    home: Option<&'a str>,
    /// Where offices stand, in order.
    offices: &'a [Span],
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
                .is_some_and(|(_, part)| !matches!(part, Part::Plan | Part::Lead | Part::Noun | Part::Tail));
            let stop = self.lexicon.stops.longest(tokens, end).is_some();
            if !tokens[end].is_word() || ((verb || stop) && end > at) {
                break;
            }
            end += 1;
        }
        end.min(limit.max(at))
    }

    pub(super) fn date_at(self, at: usize) -> Option<usize> {
        let dates = &self.context.dates;
        let index = dates.partition_point(|found| found.tokens.start < at);
        dates.get(index).filter(|found| found.tokens.start == at).map(|found| found.tokens.end)
    }

    /// The date right behind the figure ("72% trong năm 2018"), else the nearest before it in its sentence, else the first behind it; never one
    /// that the figure is only compared with.
    fn period(self, quantity: &Quantity, bounds: &Range<usize>) -> Option<DatedFact> {
        let dates = &self.context.dates;
        let is_period = |found: &&Found<DateExpression>| {
            found.value.meaning != Meaning::Term && !self.is_compared(found.tokens.start)
        };
        let from = dates.partition_point(|found| found.tokens.start < bounds.start);
        let split = dates.partition_point(|found| found.tokens.start < quantity.tokens.start);
        let before = dates[from..split].iter().rev().take(8).find(is_period);
        let behind = dates[split..].iter().take_while(|found| found.tokens.start < bounds.end).take(8).find(is_period);
        let joins = |at: usize| matches!(self.reading().word(at), "trong" | "vào" | "của" | "đến" | "tới" | "ở");
        let right_behind = behind.filter(|found| (quantity.tokens.end..found.tokens.start).all(joins));
        let found = right_behind.or(before).or(behind)?;
        Calendar::new(self.context.source.published, None).resolve(self.reading(), found.tokens.clone(), &found.value)
    }

    /// True for a date that something is compared with: "so với (cùng kỳ) | năm 2021", "giảm 10% cùng kỳ | 2018".
    fn is_compared(self, date: usize) -> bool {
        const REACH: usize = 5;
        let word = |at: usize| self.reading().word(at);
        let from = date.saturating_sub(REACH);
        (from..date).any(|at| {
            let cue = matches!((word(at), word(at + 1)), ("so", "với") | ("cùng", "kỳ" | "kì"));
            cue && (at..date).all(|between| self.reading().tokens[between].is_word())
        })
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
        // "Giám đốc Sở Y tế cho biết có 3 xã …": the body of an office only tells who speaks.
        let body = last(&self.context.organizations.mentions).filter(|body| !self.is_office(body));
        let place = last(&self.context.places.mentions);
        let nearest = [body, place].into_iter().flatten().max_by_key(|tokens| tokens.end);
        if let Some(nearest) = nearest {
            return Some(self.reading().text(nearest).to_owned());
        }
        self.lexicon.is_local(indicator).then(|| self.home.map(str::to_owned)).flatten()
    }
}

impl Setting<'_> {
    /// True if the words belong to somebody's office.
    fn is_office(self, words: &Range<usize>) -> bool {
        let people = &self.context.people.mentions;
        let behind = people.partition_point(|found| found.tokens.start <= words.start);
        let used_as_name = people[..behind].last().is_some_and(|found| found.tokens.end >= words.end);
        let span = self.reading().span(words.clone());
        let behind = self.offices.partition_point(|office| office.start <= span.start);
        used_as_name || self.offices[..behind].last().is_some_and(|office| office.end >= span.end)
    }
}

/// Where offices stand, in order.
fn offices(context: &Context<'_>) -> Vec<Span> {
    let people = context.people.facts.iter();
    let mut spans: Vec<Span> = people.flat_map(|person| person.offices.iter().map(|office| office.span)).collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans
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
    pub(super) fn reading(self) -> &'a Reading {
        self.context.reading
    }
}
