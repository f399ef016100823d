//! To whom a directive or proposal is addressed, as far as named.
//!
//! - behind the verb: "yêu cầu **Sở Y tế, Sở Xây dựng** và **UBND xã Mỹ Lâm** rà soát …", "đề nghị **ông Lân** báo cáo";
//! - at the beginning, before "cần" or "phải": "**Phường An Lạc Tây** cần phối hợp …".
//!
//! The list goes on over commas, "và", "cùng" and words like "lãnh đạo", and ends at the first other word. Unnamed groups ("các sở
//! ngành") are passed over.

use std::ops::Range;

use super::cues::{Act, Lexicon};
use super::frames::{Frame, Subject};
use super::{fact, inside, topic_end};
use crate::extract::{Context, Found};
use crate::model::FactRef;

/// A list is not followed further than this many tokens without a name.
const FARTHEST: usize = 6;

pub(super) fn find(
    context: &Context<'_>,
    lexicon: &Lexicon,
    tokens: &Range<usize>,
    frame: Option<&Frame>,
    speaker: Option<FactRef>,
) -> Vec<FactRef> {
    let mut all = Vec::new();
    let mut at = start(context, lexicon, tokens, frame);
    let mut since = 0;
    while at < tokens.end && since <= FARTHEST {
        if let Some((name, end)) = named(context, at) {
            if Some(name) != speaker && !all.contains(&name) {
                all.push(name);
            }
            (at, since) = (end, 0);
        } else if let Some(end) = filler(context, lexicon, at, tokens.end) {
            since += end - at;
            at = end;
        } else {
            break;
        }
    }
    all
}

/// Where the addressees would stand: behind a verb of asking, else at the beginning of the statement.
fn start(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>, frame: Option<&Frame>) -> usize {
    match frame {
        Some(frame) if !frame.trailing && (frame.act != Act::Say || frame.subject != Subject::Unsaid) => {
            let also =
                frame.also.and_then(|_| lexicon.verbs.longest(&context.reading.tokens[..tokens.end], frame.end + 1));
            also.map_or(frame.end, |(end, _)| end)
        }
        _ => topic_end(context, tokens.start, tokens.end).unwrap_or(tokens.start),
    }
}

fn named(context: &Context<'_>, at: usize) -> Option<(FactRef, usize)> {
    let first = |mentions: &[Found<usize>], make: fn(u32) -> FactRef| {
        inside(mentions, &(at..at + 1)).first().and_then(|found| Some((fact(make, found)?, found.tokens.end)))
    };
    first(&context.people.mentions, FactRef::Person)
        .or_else(|| first(&context.organizations.mentions, FactRef::Organization))
        .or_else(|| first(&context.places.mentions, FactRef::Place))
}

fn filler(context: &Context<'_>, lexicon: &Lexicon, at: usize, end: usize) -> Option<usize> {
    let tokens = &context.reading.tokens[..end];
    if tokens[at].is(',') || tokens[at].is('"') || tokens[at].is('“') {
        return Some(at + 1);
    }
    let connective = lexicon.connectives.longest(tokens, at).or_else(|| lexicon.fillers.longest(tokens, at));
    connective.map(|(end, ())| end).or_else(|| time_end(context, at).filter(|&time| time < end))
}

/// "trước ngày 30-9, | Sở Y tế …", "trong năm 2025, | UBND xã …": one past the comma behind a time.
fn time_end(context: &Context<'_>, at: usize) -> Option<usize> {
    let reading = context.reading;
    let opens = matches!(reading.word(at), "trước" | "Trước" | "trong" | "Trong" | "đến" | "Đến" | "từ" | "Từ");
    let from = context.dates.partition_point(|found| found.tokens.start < at);
    let date = context.dates.get(from).filter(|found| opens && found.tokens.start <= at + 2)?;
    reading.tokens.get(date.tokens.end).is_some_and(|next| next.is(',')).then_some(date.tokens.end + 1)
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};
    use crate::model::FactRef;

    fn addressees(text: &str) -> Vec<String> {
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        let name = |fact: &FactRef| match *fact {
            FactRef::Person(at) => record.people[at as usize].name.clone(),
            FactRef::Organization(at) => record.organizations[at as usize].name.clone(),
            FactRef::Place(at) => record.places[at as usize].name.clone(),
            FactRef::Reference(at) => record.references[at as usize].text.clone(),
        };
        record.items.iter().flat_map(|item| item.addressees.iter().map(name)).collect()
    }

    #[test]
    fn lists_behind_the_verb_and_subjects_before_it() {
        for (text, expected) in [
            ("Đồng thời, yêu cầu Sở Y tế và UBND xã Mỹ Lâm rà soát lại quy hoạch.", vec!["Sở Y tế", "UBND xã Mỹ Lâm"]),
            ("UBND xã Mỹ Lâm cần phối hợp với Sở Y tế rà soát quy hoạch.", vec!["UBND xã Mỹ Lâm"]),
            ("Cần rà soát lại quy hoạch của UBND xã Mỹ Lâm.", vec![]),
            ("Đồng thời, đề nghị trước ngày 30-9, Sở Y tế rà soát lại quy hoạch.", vec!["Sở Y tế"]),
            ("Về kinh phí, Sở Tài chính phải bố trí ngay.", vec!["Sở Tài chính"]),
        ] {
            assert_eq!(addressees(text), expected, "{text}");
        }
    }
}
