//! A fact told twice is one figure.
//!
//! Headline and lead tell again what the body tells; captions too. There a figure of the same value and unit is the same fact. In the
//! body two figures are one only where the same thing is counted in the same words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::setting::Settled;
use crate::extract::{Context, Found};
use crate::model::{Figure, SkipReason};
use crate::text::{Token, fold};

/// A figure that is told once.
struct Kept {
    /// Its place in the order of the text.
    order: usize,
    /// Headline, lead or caption tell it.
    summed_up: bool,
    found: Found<Figure>,
}

/// Drops repeated figures; the one in the body stays.
pub(super) fn once(context: &Context<'_>, figures: Vec<Found<Settled>>) -> Vec<Found<Figure>> {
    let mut seen: FxHashMap<(u64, String), Vec<Kept>> = FxHashMap::default();
    for (order, found) in figures.into_iter().enumerate() {
        let summary = is_summary(context, found.tokens.start);
        let figure = found.value.figure;
        let key = (figure.value.to_bits(), head(&figure.unit));
        let same = seen.entry(key).or_default();
        let again = |other: &Found<Figure>| {
            repeats(context, other, &figure, summary) || in_same_words(context, &other.tokens, &found.tokens)
        };
        // "7 người chết" of the headline is what the whole report is about.
        let headline = |other: &Kept| {
            let told = &other.found.value;
            other.summed_up && told.unit != "%" && told.unit == figure.unit && told.ratio == figure.ratio
        };
        match same.iter().position(|other| again(&other.found) || headline(other)) {
            // What the body says more exactly takes the place of the headline's word, in the order of the text.
            Some(at) if is_summary(context, same[at].found.tokens.start) && !summary => {
                let found = Found { tokens: found.tokens, value: figure };
                same[at] = Kept { order, summed_up: true, found };
            }
            Some(_) => {}
            None if same.len() < MOST_ALIKE => {
                let found = Found { tokens: found.tokens, value: figure };
                same.push(Kept { order, summed_up: summary, found });
            }
            None => {}
        }
    }
    let mut kept: Vec<Kept> = seen.into_values().flatten().collect();
    kept.sort_unstable_by_key(|kept| kept.order);
    kept.into_iter().map(|kept| kept.found).collect()
}

/// Figures of one value and unit that a report may tell of different things.
const MOST_ALIKE: usize = 32;

fn repeats(context: &Context<'_>, one: &Found<Figure>, other: &Figure, summary: bool) -> bool {
    let told = summary || is_summary(context, one.tokens.start);
    let unlike = |a: &Option<_>, b: &Option<_>| matches!((a, b), (Some(a), Some(b)) if a != b);
    if unlike(&one.value.ratio, &other.ratio) {
        return false;
    }
    // The same large number of the same thing is no accident, nor is the number of a place's wards.
    let large = one.value.value >= 1000.0 && one.value.unit != "%";
    let of_places = ["phường", "xã", "quận", "huyện", "tỉnh"].contains(&other.unit.as_str());
    // Nor is a measure told to the decimal: "4,3 ha".
    let exact = one.value.value.fract() != 0.0 && one.value.unit != "%";
    told || large
        || exact
        || of_places
        || fold::spelling(&one.value.indicator) == fold::spelling(&other.indicator)
            && one.value.subject == other.subject
            && one.value.period.map(|period| period.date) == other.period.map(|period| period.date)
}

/// True where the same words stand around both: a lead told in the words of the body. In one sentence they tell of two things: "giảm 50% thời
/// gian kiểm tra hồ sơ, giảm 50% thời gian kiểm tra thực tế".
fn in_same_words(context: &Context<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    const WORDS: usize = 4;
    if context.reading.sentence_of(one.start) == context.reading.sentence_of(other.start) {
        return false;
    }
    let tokens = &context.reading.tokens;
    let alike = |a: Range<usize>, b: Range<usize>| {
        let all = |at: &[Token]| at.iter().all(Token::is_word);
        match (tokens.get(a), tokens.get(b)) {
            (Some(a), Some(b)) => all(a) && all(b) && a.iter().zip(b).all(|(a, b)| a.key == b.key),
            _ => false,
        }
    };
    let before = |at: usize| at.saturating_sub(WORDS)..at;
    alike(one.end..one.end + WORDS, other.end..other.end + WORDS)
        || one.start >= WORDS && other.start >= WORDS && alike(before(one.start), before(other.start))
}

/// The first word of a unit: "hộ" of "hộ dân".
fn head(unit: &str) -> String {
    fold::words(unit).next().map(fold::spelling).unwrap_or_else(|| unit.to_owned())
}

/// True in the headline, in the lead behind it, and in captions.
fn is_summary(context: &Context<'_>, token: usize) -> bool {
    let reading = context.reading;
    let Some(line) = reading.sentence_of(token).map(|sentence| reading.sentences[sentence].line) else { return false };
    let skipped = context.structure.lines.get(line).copied().flatten();
    skipped.is_some_and(|reason| matches!(reason, SkipReason::Heading | SkipReason::Caption)) || is_lead(context, line)
}

/// The lead: the paragraph behind the headline, set off by an empty line from a body of several paragraphs.
fn is_lead(context: &Context<'_>, line: usize) -> bool {
    let lines = &context.reading.lines;
    let headline = context.structure.headline.unwrap_or(0);
    let gap = |line: usize| lines.get(line).is_some_and(|line| line.after_gap);
    line == headline || (line == headline + 1 && gap(line) && gap(line + 1) && lines.len() > headline + 3)
}
