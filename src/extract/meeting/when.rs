//! When the meeting was held.
//!
//! Of the days that the headline and the first sentences name, the one that stands best: at the head of a sentence, with a part of the
//! day, beside a word for holding an event. "kể từ ngày 25-3", "đến ngày 8-7", birthdays and the dates of documents are other days.

use super::Recognizer;
use super::assembly::Session;
use super::details::Lead;
use super::diagnostic;
use super::events::{Cue, Event, PLANNED};
use crate::extract::dates::{Calendar, DateExpression, Meaning, Relative, evidence};
use crate::extract::{Context, Found, dateline};
use crate::model::{Basis, DatedFact, Diagnostic, DiagnosticReason, Edtf, MeetingKind, PartOfDay, Term};
use crate::text::WordKey;

/// Days of one sentence that are looked at.
const MOST_DATES: usize = 16;
/// Sentences from the beginning that may tell the day.
const REACH: usize = 8;

/// Day and part of the day.
#[derive(Debug, Clone, Default)]
pub(super) struct When {
    pub(super) date: Option<DatedFact>,
    pub(super) part_of_day: Option<PartOfDay>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a report has to do with a congress, or the first session of an assembly, whose year is the first of its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Congress {
    /// The meeting is one.
    pub(super) held: bool,
    /// One is spoken of.
    pub(super) spoken_of: bool,
    /// The term of the assembly that sits.
    pub(super) sitting: Option<Term>,
    /// The session of the National Assembly that sits, or about which its voters are met.
    pub(super) session: Option<Session>,
}

/// Finds the meeting's date.
pub(super) fn when(
    recognizer: &Recognizer,
    context: &Context<'_>,
    lead: &Lead,
    events: &[Event],
    congress: Congress,
    kind: MeetingKind,
) -> When {
    let candidates: Vec<(i32, &Found<DateExpression>)> = candidates(context, lead, events);
    // "sáng nay" tells a day only beside the day of publication.
    let today = context.source.published.is_some_and(|date| date.as_day().is_some());
    let known = |found: &Found<DateExpression>| today || found.value.date.is_some();
    let Some((score, best)) = candidates.iter().copied().rev().max_by_key(|(score, found)| (known(found), *score))
    else {
        return without_day(context);
    };
    let day = best;
    // A press conference tells of a session's days; its own is one.
    let best = if kind == MeetingKind::Dialogue { best } else { whole(context, best, &candidates) };
    let date = best.value.date.and_then(|date| complete(recognizer, context, best, date, congress));
    let date = date.or_else(|| {
        Calendar::new(context.source.published, None).resolve(context.reading, best.tokens.clone(), &best.value)
    });
    let Some(date) = date else {
        return When { part_of_day: best.value.part_of_day, ..without_day(context) };
    };
    let mut diagnostics = Vec::new();
    if date.date.lacks_year() {
        diagnostics.push(diagnostic(DiagnosticReason::YearUnknown, "nothing tells the year of the meeting", date.span));
    }
    let rival = candidates.iter().find(|(other, found)| {
        *other >= score - 1
            && found.value.date.is_some_and(|other| !other.overlaps(date.date))
            && found.tokens != best.tokens
    });
    if let Some((_, found)) = rival {
        let message = format!("the report also gives {}", context.reading.text(found.tokens.clone()));
        diagnostics.push(diagnostic(
            DiagnosticReason::ConflictingDates,
            &message,
            Some(context.reading.span(found.tokens.clone())),
        ));
    }
    let part_of_day = part_of_day(day, &candidates).or_else(|| part_elsewhere(context, events, day, kind));
    When { date: Some(date), part_of_day, diagnostics }
}

/// "diễn ra từ ngày 4 đến 6-7" beside "Sáng 4-7": the days of the whole event where the best day is one of them.
fn whole<'a>(
    context: &Context<'_>,
    best: &'a Found<DateExpression>,
    candidates: &[(i32, &'a Found<DateExpression>)],
) -> &'a Found<DateExpression> {
    let Some(day) = best.value.date.filter(|date| !date.is_interval()) else { return best };
    let held = |at: usize| {
        let verbs = ["ra", "chức", "họp", "việc"].map(WordKey::of);
        // "Trong 2 ngày 7 và 8-5".
        let within = at >= 2 && context.reading.tokens[at - 2].key == WordKey::of("trong");
        within || (at.saturating_sub(3)..at).any(|at| verbs.contains(&context.reading.tokens[at].key))
    };
    let holds = |found: &&Found<DateExpression>| {
        found.value.date.is_some_and(|date| date.is_interval() && date.overlaps(day)) && held(found.tokens.start)
    };
    candidates.iter().map(|(_, found)| *found).find(holds).unwrap_or(best)
}

/// The part of the day said with the date, or with another mention of the same day.
fn part_of_day(best: &Found<DateExpression>, candidates: &[(i32, &Found<DateExpression>)]) -> Option<PartOfDay> {
    let day = best.value.date.filter(|date| !date.is_interval());
    let same = |found: &&Found<DateExpression>| match (day, found.value.date) {
        (Some(day), Some(other)) => day == other || day.overlaps(other),
        _ => false,
    };
    best.value
        .part_of_day
        .or_else(|| candidates.iter().map(|(_, found)| *found).filter(same).find_map(|found| found.value.part_of_day))
}

/// The part of the day that another sentence tells with the same day and the same kind of event, be it under a picture: "… tại buổi làm việc
/// sáng 10/3."
fn part_elsewhere(
    context: &Context<'_>,
    events: &[Event],
    best: &Found<DateExpression>,
    kind: MeetingKind,
) -> Option<PartOfDay> {
    let day = best.value.date.filter(|date| !date.is_interval())?;
    let meets = |sentence: usize| {
        let from = events.partition_point(|event| event.sentence < sentence);
        events[from..].iter().take_while(|event| event.sentence == sentence).any(|event| event.kind == kind)
    };
    let same = |found: &&Found<DateExpression>| found.value.date.is_some_and(|date| date == day);
    let told = context.dates.iter().filter(same).filter(|found| found.value.part_of_day.is_some());
    let mut told = told.filter(|found| context.reading.sentence_of(found.tokens.start).is_some_and(meets));
    told.next().and_then(|found| found.value.part_of_day)
}

/// Without a day the publication date tells the month where the report was written about an event just held.
fn without_day(context: &Context<'_>) -> When {
    let date =
        context.source.published.map(|date| DatedFact { date, basis: Basis::InferredFromPublication, span: None });
    let missing = || diagnostic(DiagnosticReason::NoDate, "nothing tells the day of the meeting", None);
    let diagnostics = if date.is_some_and(|fact| fact.date.as_day().is_some()) { Vec::new() } else { vec![missing()] };
    When { date, part_of_day: None, diagnostics }
}

/// A date with its year: stated, from the publication date, or from the report's other dates.
fn complete(
    recognizer: &Recognizer,
    context: &Context<'_>,
    found: &Found<DateExpression>,
    date: Edtf,
    congress: Congress,
) -> Option<DatedFact> {
    let fact = |date, basis| DatedFact { date, basis, span: Some(context.reading.span(found.tokens.clone())) };
    if !date.lacks_year() {
        return Some(fact(date, Basis::Stated));
    }
    if let Some(published) = context.source.published.filter(|date| !date.lacks_year()) {
        let last = published.latest()?;
        let held = [last.year(), last.year() - 1].into_iter().filter_map(|year| date.in_year(year));
        let held = held.into_iter().find(|date| date.earliest().is_some_and(|first| first <= last));
        return held.map(|date| fact(date, Basis::InferredFromPublication));
    }
    let mut evidence = evidence(context, &recognizer.years, congress.spoken_of);
    if let Some(term) = congress.sitting {
        evidence.sits_since(term.first());
    }
    let sat = congress.session.and_then(|session| session.year_of(date));
    let year = sat.or_else(|| evidence.year_of(date, congress.held));
    match year.and_then(|year| date.in_year(year)) {
        Some(date) => Some(fact(date, Basis::InferredFromText)),
        None => Some(fact(date, Basis::Stated)),
    }
}

/// Days in the first sentences with how well they stand for the meeting's.
fn candidates<'a>(context: &'a Context<'_>, lead: &Lead, events: &[Event]) -> Vec<(i32, &'a Found<DateExpression>)> {
    let reading = context.reading;
    let mut out = Vec::new();
    let mut reach = REACH;
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let skipped = context.structure.lines.get(sentence.line).copied().flatten().is_some();
        if skipped && !lead.is_headline(index) {
            continue;
        }
        if reach == 0 {
            break;
        }
        reach -= 1;
        let from = context
            .dates
            .partition_point(|found| found.tokens.start < sentence.tokens.start.max(context.structure.header.end));
        let dates = context.dates[from..].iter().take_while(|found| found.tokens.start < sentence.tokens.end);
        for found in dates.take(MOST_DATES) {
            if is_day(&found.value)
                && let Some(score) = score(context, lead, events, index, found)
            {
                out.push((score, found));
            }
        }
    }
    out
}

fn is_day(expression: &DateExpression) -> bool {
    match expression.meaning {
        Meaning::Plain => expression.date.is_some_and(Edtf::tells_days),
        Meaning::Relative(relative) => matches!(relative, Relative::Today | Relative::Yesterday),
        _ => false,
    }
}

fn score(
    context: &Context<'_>,
    lead: &Lead,
    events: &[Event],
    sentence: usize,
    found: &Found<DateExpression>,
) -> Option<i32> {
    let reading = context.reading;
    let tokens = &reading.sentences[sentence].tokens;
    let key = |word: &str| WordKey::of(word);
    let before = |back: usize| {
        found.tokens.start.checked_sub(back).filter(|at| *at >= tokens.start).map(|at| reading.tokens[at].key)
    };
    let is_before = |words: &[&str]| words.iter().any(|word| before(1) == Some(key(word)));
    let interval = found.value.date.is_some_and(Edtf::is_interval);
    if is_before(&["sinh", "sn"]) || in_document(context, found) {
        return None;
    }
    if !interval && is_before(&["từ", "đến", "trước", "sau", "tới"]) {
        return None;
    }
    // "có hiệu lực vào ngày 15-7", "chậm nhất vào sáng 5-6".
    if ["lực", "nhất", "hạn"].iter().any(|word| before(2) == Some(key(word))) {
        return None;
    }
    let mut score = 0;
    // "Kỳ họp sẽ diễn ra từ ngày 8 đến ngày 10-12": what is made known.
    let ahead = ["sẽ", "kiến"].map(WordKey::of);
    if (tokens.start.max(found.tokens.start.saturating_sub(4))..found.tokens.start)
        .any(|at| ahead.contains(&reading.tokens[at].key))
    {
        score -= 3;
    }
    // "(BT) Sáng 5-8".
    let sign = dateline::behind_brackets(reading, tokens);
    let opening = sign.map_or(tokens.start, |at| at + usize::from(dateline::is_dash(reading, at)));
    if found.tokens.start <= opening + 1 || found.tokens.start <= context.structure.header.end {
        score += 4;
    }
    if found.value.part_of_day.is_some() {
        score += 2;
    }
    let near = |at: usize| at.abs_diff(found.tokens.start).min(at.abs_diff(found.tokens.end)) <= 14;
    let event = || events.iter().filter(|event| event.sentence == sentence && event.weight > PLANNED);
    // "cuộc họp | ngày 29-6".
    if event().any(|event| event.tokens.end == found.tokens.start) {
        score += 3;
    }
    score += event()
        .map(|event| if near(event.tokens.start) { 2 + i32::from(event.cue == Some(Cue::Hold)) } else { 1 })
        .max()
        .unwrap_or(0);
    if is_before(&["chức", "ra", "mạc", "họp", "vào"]) {
        score += 2;
    }
    if lead.is_lead(sentence) {
        score += 2;
    }
    if before(1) == Some(key("("))
        || reading.tokens.get(found.tokens.start.wrapping_sub(1)).is_some_and(|token| token.is('('))
    {
        score -= 3;
    }
    if found.value.date.is_none() {
        score -= 1;
    }
    if interval {
        score += 1;
    }
    Some(score)
}

/// True for the date of a document: inside its name, or right behind it where the document has it as its date.
fn in_document(context: &Context<'_>, found: &Found<DateExpression>) -> bool {
    context.reference_up_to(found.tokens.start).is_some_and(|mention| {
        let dated = context.references.facts.get(mention.value).is_some_and(|document| document.date.is_some());
        let behind = found.tokens.start <= mention.tokens.end + 1;
        found.tokens.end <= mention.tokens.end || (dated && behind)
    })
}
