//! Completing dates: which year, which day.

use std::ops::Range;

use jiff::civil::Date;

use super::parser::{months_of, relative_to};
use super::{DateExpression, Meaning};
use crate::extract::Context;
use crate::model::{Basis, DatedFact, Edtf};
use crate::text::{Phrases, Reading, WordKey};

/// What is known of the time a report speaks from.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct Calendar {
    published: Option<Edtf>,
    meeting: Option<Edtf>,
}

impl Calendar {
    /// `published` as handed over with the report; `meeting` where it is known already.
    pub(in crate::extract) fn new(published: Option<Edtf>, meeting: Option<Edtf>) -> Self {
        Self { published, meeting: meeting.filter(|date| !date.lacks_year()) }
    }

    /// The date that an expression means, with its basis. A day of no year stays without one where nothing is known; an expression
    /// that is nothing without a known day gives `None`.
    pub(in crate::extract) fn resolve(
        self,
        reading: &Reading,
        tokens: Range<usize>,
        expression: &DateExpression,
    ) -> Option<DatedFact> {
        let fact = |date, basis| DatedFact { date, basis, span: Some(reading.span(tokens.clone())) };
        if let Some(date) = expression.date {
            if !date.lacks_year() {
                return Some(fact(date, Basis::Stated));
            }
            let completed = self.known().and_then(|(known, basis)| Some(fact(nearest_year(date, known)?, basis)));
            return Some(completed.unwrap_or(fact(date, Basis::Stated)));
        }
        let (known, basis) = match expression.meaning {
            Meaning::Relative(super::Relative::SameDay) => (self.meeting?, Basis::InferredFromMeeting),
            Meaning::Relative(_) => match self.published.filter(|date| date.as_day().is_some()) {
                Some(published) => (published, Basis::InferredFromPublication),
                None => self.known()?,
            },
            _ => self.known()?,
        };
        let date = match expression.meaning {
            Meaning::Relative(relative) => relative_to(relative, known),
            Meaning::Months { first, last } => months_of(known.earliest()?.year(), first, last),
            _ => None,
        }?;
        Some(fact(date, basis))
    }

    fn known(self) -> Option<(Edtf, Basis)> {
        let meeting = self.meeting.map(|date| (date, Basis::InferredFromMeeting));
        meeting.or(self.published.map(|date| (date, Basis::InferredFromPublication)))
    }
}

/// The date in the year that brings it nearest to a known one.
fn nearest_year(date: Edtf, known: Edtf) -> Option<Edtf> {
    let year = known.earliest().or(known.latest())?.year();
    (year - 1..=year + 1).filter_map(|year| date.in_year(year)).min_by_key(|candidate| distance(*candidate, known))
}

/// Days between two dates, 0 where they overlap.
fn distance(one: Edtf, other: Edtf) -> i32 {
    let days = |from: Option<Date>, to: Option<Date>| match (from, to) {
        (Some(from), Some(to)) => from.until(to).map_or(i32::MAX, |span| span.get_days()),
        _ => 0,
    };
    days(one.latest(), other.earliest()).max(days(other.latest(), one.earliest())).max(0)
}

/// What the report's other dates tell about the year it was written in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::extract) struct Evidence {
    /// Dates with a year and at least a half year's precision.
    anchors: Vec<Edtf>,
    /// Latest year that is only reported on ("năm 2018 đạt").
    reported: Option<i16>,
    /// Latest year that the meeting itself reviews ("tổng kết công tác năm 2018").
    reviewed: Option<i16>,
    /// Latest year that is planned for ("nhiệm vụ năm 2019").
    planned: Option<i16>,
    /// Day that still lies ahead ("từ nay đến tháng 3/2020", "sẽ bàn giao vào ngày 30-10-2018").
    bound: Option<Date>,
    /// Day that is told as past ("trước đó, tháng 8/2016").
    past: Option<Date>,
    /// Latest year in which a term or a stage begins.
    begun: Option<i16>,
    /// Latest year since which something holds.
    since: Option<i16>,
    /// First year of the term whose congress is held or prepared.
    congress: Option<i16>,
    /// Year of the anniversary of a document that the meeting reviews.
    document: Option<i16>,
}

/// Tokens around a date among which the word of its plan is looked for.
const NEAR: usize = 25;
/// Tokens around a date that are its clause.
const CLAUSE: usize = 14;

/// The parts that words play before a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Birth,
    Since,
    Bound,
    Until,
    Plan,
    Ahead,
    Review,
    AsOf,
    Past,
}

fn cue(value: &str) -> Option<Cue> {
    Some(match value {
        "birth" => Cue::Birth,
        "since" => Cue::Since,
        "bound" => Cue::Bound,
        "until" => Cue::Until,
        "plan" => Cue::Plan,
        "ahead" => Cue::Ahead,
        "review" => Cue::Review,
        "as-of" => Cue::AsOf,
        "past" => Cue::Past,
        _ => return None,
    })
}

/// Words that tell what a date is evidence of.
#[derive(Debug)]
pub(in crate::extract) struct Cues(Phrases<Cue>);

impl Cues {
    pub(in crate::extract) fn new() -> Self {
        Self(Phrases::parse(include_str!("../lexicons/years.txt"), cue).unwrap_or_default())
    }

    /// The cue that ends just before a token.
    fn before(&self, reading: &Reading, at: usize) -> Option<Cue> {
        (1..=4).rev().filter_map(|back| at.checked_sub(back)).find_map(|start| {
            self.0.longest(&reading.tokens[..at], start).filter(|(end, _)| *end == at).map(|(_, cue)| *cue)
        })
    }

    /// The word of planning that stands last before the date in its sentence; for a date that opens the sentence ("Trong năm 2018,
    /// hội đặt mục tiêu …") the first behind it.
    fn planned(&self, reading: &Reading, date: &Range<usize>) -> Option<Cue> {
        let tokens = &reading.sentences[reading.sentence_of(date.start)?].tokens;
        let planning = |at: usize| match self.0.longest(&reading.tokens, at) {
            Some((_, cue @ (Cue::Plan | Cue::Ahead | Cue::Review))) => Some(*cue),
            _ => None,
        };
        // A date late in a very long sentence has its plan near it.
        let start = tokens.start.max(date.start.saturating_sub(NEAR));
        let before = (start..date.start).rev().find_map(planning);
        let opens = date.start <= tokens.start + 1;
        before.or_else(|| (date.end..tokens.end.min(date.end + NEAR)).filter(|_| opens).find_map(planning))
    }

    /// True if the sentence tells of what came before the meeting.
    fn is_past(&self, reading: &Reading, at: usize) -> bool {
        let start = reading.sentence_of(at).map(|sentence| reading.sentences[sentence].tokens.start);
        start.and_then(|start| self.0.longest(&reading.tokens, start)).is_some_and(|(_, cue)| *cue == Cue::Past)
    }

    /// True if the clause of a date tells what is still to come: "đến 30-10-2018 sẽ bàn giao", "dự kiến xong trong quý I/2020";
    /// but not "sẽ bàn tình hình tháng 4/2019", where the date tells of a noun.
    fn is_ahead(&self, reading: &Reading, date: &Range<usize>) -> bool {
        let Some(sentence) = reading.sentence_of(date.start) else { return false };
        let tokens = &reading.sentences[sentence].tokens;
        let ahead = |at: usize| matches!(self.0.longest(&reading.tokens, at), Some((_, Cue::Ahead)));
        let start = tokens.start.max(date.start.saturating_sub(CLAUSE));
        let marked = date.start == tokens.start || {
            let before = &reading.tokens[date.start - 1];
            let marks = ["đến", "tới", "vào", "trong", "từ", "ngay", "kiến"].map(WordKey::of);
            !before.is_word() || marks.contains(&before.key)
        };
        marked && ((start..date.start).any(ahead) || (date.end..tokens.end.min(date.end + CLAUSE)).any(ahead))
    }
}

/// Gathers the evidence for the year of a report. `congress`: it speaks of a congress.
pub(in crate::extract) fn evidence(context: &Context<'_>, cues: &Cues, congress: bool) -> Evidence {
    let mut evidence = Evidence::default();
    let reading = context.reading;
    for (index, found) in context.dates.iter().enumerate() {
        let Some(date) = found.value.date.filter(|date| !date.lacks_year()) else { continue };
        let (Some(first), Some(last)) = (date.earliest(), date.latest()) else { continue };
        let before = cues.before(reading, found.tokens.start);
        match (found.value.meaning, before) {
            (_, Some(Cue::Birth)) => {}
            _ if in_document(context, &found.tokens) => {}
            (_, Some(Cue::Until)) if closes_years(context, index, first) => raise(&mut evidence.begun, first.year()),
            (Meaning::Term | Meaning::Stage, _) => {
                raise(&mut evidence.begun, first.year());
                if congress && found.value.meaning == Meaning::Term {
                    raise(&mut evidence.congress, first.year());
                }
            }
            (_, Some(Cue::Bound)) if spans_years(first, last) => {}
            (_, Some(Cue::Bound)) => lower(&mut evidence.bound, last),
            (_, Some(Cue::Since)) if date.as_day().is_none() => raise(&mut evidence.since, first.year()),
            (_, Some(Cue::Until)) if spans_years(first, last) => {}
            (_, Some(Cue::AsOf)) if spans_years(first, last) => raise(&mut evidence.reported, first.year()),
            // "10 năm thực hiện Chỉ thị số 3, ngày 10-4-2009": held ten years later.
            _ if anniversary(context, &found.tokens).is_some() => {
                let years = anniversary(context, &found.tokens).unwrap_or_default();
                raise(&mut evidence.document, first.year() + years);
            }
            _ if !spans_years(first, last) && cues.is_ahead(reading, &found.tokens) => lower(&mut evidence.bound, last),
            _ if !spans_years(first, last) => {
                if cues.is_past(reading, found.tokens.start) {
                    evidence.past = evidence.past.max(Some(first));
                }
                evidence.anchors.push(date);
            }
            _ if first.year() != last.year() => raise(&mut evidence.begun, first.year()),
            _ if names_document(context, &found.tokens) => {}
            _ => match cues.planned(reading, &found.tokens) {
                Some(Cue::Plan) => raise(&mut evidence.planned, first.year()),
                Some(Cue::Review) => raise(&mut evidence.reviewed, first.year()),
                Some(_) => {}
                None => raise(&mut evidence.reported, first.year()),
            },
        }
    }
    evidence
}

impl Evidence {
    /// The year in which a day or month without a year lies, where the report settles it. `congress`: it is the day of a congress.
    pub(in crate::extract) fn year_of(&self, date: Edtf, congress: bool) -> Option<i16> {
        if let Some(told) = self.anchors.iter().find(|anchor| anchor.as_day().is_some() && anchor.overlaps(date)) {
            return told.earliest().map(Date::year);
        }
        if congress && self.congress.is_some() {
            return self.congress;
        }
        let latest = self.anchors.iter().copied().max_by_key(|anchor| anchor.latest());
        let latest = latest.filter(|anchor| anchor.latest().is_some_and(|last| !self.is_stale(last.year())));
        if let Some(anchor) = latest {
            let year = anchor.latest()?.year();
            let candidates = (year - 1..=year + 1).filter_map(|year| date.in_year(year));
            // What is told with its day has mostly happened: a day behind it is likelier than one as far before it.
            let strain = |candidate: Edtf| {
                let days = distance(candidate, anchor);
                if candidate.latest() < anchor.earliest() { days + days / 2 } else { days }
            };
            let nearest = candidates.filter(|candidate| self.is_within(*candidate)).min_by_key(|c| strain(*c));
            return nearest?.earliest().map(Date::year);
        }
        if let Some(bound) = self.bound.filter(|bound| !self.is_stale(bound.year())) {
            let years = [bound.year(), bound.year() - 1];
            return years.into_iter().find(|year| date.in_year(*year).is_some_and(|date| self.is_within(date)));
        }
        self.year_reported(date).or(self.congress).or(self.document)
    }

    /// From whole years: a plan is for the running year, or late in the year for the next; a result is told in its own year's last
    /// months or in the year after.
    fn year_reported(&self, date: Edtf) -> Option<i16> {
        let month = date.in_year(2024)?.earliest()?.month();
        if let Some(reviewed) = self.reviewed.filter(|year| !self.is_stale(*year) || self.planned == Some(year + 1)) {
            return Some(if month <= 8 { reviewed + 1 } else { reviewed });
        }
        let year = self.reported.max(self.planned).filter(|year| !self.is_stale(*year))?;
        Some(match (self.planned == Some(year), self.reported == Some(year)) {
            // From October on plans are for the year to come.
            (true, false) if month >= 10 => year - 1,
            (true, _) => year,
            (false, _) if month <= 8 => year + 1,
            (false, _) => year,
        })
    }

    fn is_within(&self, date: Edtf) -> bool {
        self.bound.is_none_or(|bound| date.earliest().is_none_or(|first| first <= bound))
            && self.past.is_none_or(|past| date.latest().is_none_or(|last| last >= past))
    }

    /// True for a year that other years of the report leave behind: it belongs to a history or a biography.
    fn is_stale(&self, year: i16) -> bool {
        let later =
            [self.since, self.reported, self.reviewed, self.planned].into_iter().flatten().any(|other| year < other);
        later || self.begun.is_some_and(|begun| year < begun - 1)
    }
}

fn raise(slot: &mut Option<i16>, year: i16) {
    *slot = (*slot).max(Some(year));
}

fn lower(slot: &mut Option<Date>, day: Date) {
    *slot = Some(slot.map_or(day, |other| other.min(day)));
}

fn spans_years(first: Date, last: Date) -> bool {
    // A half year has at most 184 days, a year at least 365.
    first.until(last).is_ok_and(|span| span.get_days() > 200)
}

/// True inside the name of a document: "nghị quyết 03/2018" was not passed in March.
fn in_document(context: &Context<'_>, date: &Range<usize>) -> bool {
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    mentions[..split].last().is_some_and(|found| date.end <= found.tokens.end)
}

/// "từ năm 2005 đến | tháng 8/2012": the end of some years that are looked back on.
fn closes_years(context: &Context<'_>, index: usize, end: Date) -> bool {
    let before = index.checked_sub(1).and_then(|before| context.dates.get(before));
    before.is_some_and(|before| {
        let first = before.value.date.filter(|date| !date.lacks_year()).and_then(Edtf::earliest);
        before.tokens.end + 1 == context.dates[index].tokens.start
            && first.is_some_and(|first| end.year() - first.year() >= 2)
    })
}

/// True for the year of a document: inside its name, right behind it, or behind "ban hành".
fn names_document(context: &Context<'_>, date: &Range<usize>) -> bool {
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    let issued = |end: usize| {
        const REACH: usize = 5;
        date.start <= end + REACH
            && (end..date.start).any(|at| context.reading.word(at) == "ban" && context.reading.word(at + 1) == "hành")
    };
    mentions[..split].last().is_some_and(|found| date.start <= found.tokens.end + 1 || issued(found.tokens.end))
}

/// "tổng kết 10 năm thực hiện Chỉ thị số 3, ngày …": the number of years before the document's name.
fn anniversary(context: &Context<'_>, date: &Range<usize>) -> Option<i16> {
    let reading = context.reading;
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    let document = mentions[..split].last().filter(|found| date.start <= found.tokens.end + 2)?.tokens.start;
    let year = WordKey::of("năm");
    let at = (document.saturating_sub(6)..document).rev().find(|&at| reading.tokens[at].key == year)?;
    reading.word(at.checked_sub(1)?).parse().ok().filter(|years| (1..=50).contains(years))
}
