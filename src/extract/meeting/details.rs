//! What the sentences about the meeting tell besides: number, "mở rộng", term, venue, title.

use std::ops::Range;

use super::Recognizer;
use super::events::{Cue, Event, PLANNED};
use crate::extract::Context;
use crate::extract::dates::Meaning;
use crate::model::{MeetingKind, NamedSpan, SkipReason, Term};
use crate::text::{Kind, Phrases, WordKey};

/// Sentences of the body that count as its lead.
const LEAD_SENTENCES: usize = 3;
/// Dates of one sentence among which its term is looked for.
const MOST_TERMS: usize = 32;
/// Characters of a title at most.
const TITLE: usize = 300;

/// Where the report begins: its headline and the first sentences of its body.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    headline: Range<usize>,
    /// The first sentences that are body, in order.
    pub(super) sentences: Vec<usize>,
}

impl Lead {
    pub(super) fn is_headline(&self, sentence: usize) -> bool {
        self.headline.contains(&sentence)
    }

    /// The sentences of the headline.
    pub(super) fn headline(&self) -> Range<usize> {
        self.headline.clone()
    }

    pub(super) fn is_lead(&self, sentence: usize) -> bool {
        self.sentences.contains(&sentence)
    }
}

/// Finds the beginning of a report. A lead set off by a gap is followed by the body's own first sentences, so both count.
pub(super) fn lead(context: &Context<'_>) -> Lead {
    let reading = context.reading;
    let skipped = |line: usize| context.structure.lines.get(line).copied().flatten();
    let headline =
        context.structure.headline.and_then(|line| reading.lines.get(line)).map(|line| line.sentences.clone());
    let body = |sentence: &usize| skipped(reading.sentences[*sentence].line).is_none();
    let mut sentences: Vec<usize> = (0..reading.sentences.len()).filter(body).take(LEAD_SENTENCES).collect();
    // The first sentence behind the first gap of the body begins the story again, after a lead of several sentences.
    let first_line = sentences.first().map(|sentence| reading.sentences[*sentence].line);
    if let Some(line) = first_line {
        let second = (line + 1..reading.lines.len().min(line + 4))
            .find(|line| reading.lines[*line].after_gap && skipped(*line).is_none());
        let first =
            second.map(|line| reading.lines[line].sentences.start).filter(|sentence| !sentences.contains(sentence));
        sentences.extend(first);
    }
    Lead { headline: headline.unwrap_or_default(), sentences }
}

/// The headline, or the first sentence of the body.
pub(super) fn title(context: &Context<'_>) -> String {
    let reading = context.reading;
    let cut = |text: &str| text.trim().chars().take(TITLE).collect::<String>();
    if let Some(title) = context.source.title.filter(|title| !title.trim().is_empty()) {
        return cut(title);
    }
    if let Some(line) = context.structure.headline.and_then(|line| reading.lines.get(line)) {
        return cut(reading.text(line.tokens.clone()));
    }
    let skipped = |line: usize| {
        matches!(
            context.structure.lines.get(line),
            Some(Some(SkipReason::Byline | SkipReason::Boilerplate | SkipReason::Caption))
        )
    };
    let first = reading.sentences.iter().find(|sentence| !skipped(sentence.line));
    let from = context.structure.header.end;
    first.map(|sentence| cut(reading.text(sentence.tokens.start.max(from)..sentence.tokens.end))).unwrap_or_default()
}

/// Events of the meeting's kind that are plainly the meeting: held, attended, or told of in the lead.
fn told<'a>(
    context: &'a Context<'_>,
    events: &'a [Event],
    kind: MeetingKind,
) -> impl Iterator<Item = (&'a Event, usize)> {
    events.iter().enumerate().filter(move |(_, event)| event.kind == kind && event.weight > 0).filter_map(
        move |(index, event)| {
            let meant = matches!(event.cue, Some(Cue::Hold | Cue::At)) || event.weight >= 8;
            let next =
                events.get(index + 1).filter(|next| next.sentence == event.sentence).map(|next| next.tokens.start);
            let end = next.unwrap_or(context.reading.sentences[event.sentence].tokens.end);
            meant.then_some((event, end))
        },
    )
}

/// Mentions of other events whose numbers are looked at.
const MOST_OTHERS: usize = 32;

/// The N of "lần thứ 4", "thứ 13", "kỳ 34", "lần thứ XI" behind the event word, else behind another mention of the same event by
/// name ("Đại hội Công đoàn … khóa XI", later "Đại hội Công đoàn … lần thứ XI").
pub(super) fn session_number(
    ordinals: &Phrases<u32>,
    context: &Context<'_>,
    events: &[Event],
    kind: MeetingKind,
) -> Option<u32> {
    // "báo cáo rút kinh nghiệm kỳ họp thứ 6", "chuẩn bị kỳ họp thứ 11": another event of the same kind.
    let other = |event: &Event| {
        let word = |back: usize| event.tokens.start.checked_sub(back).map_or("", |before| context.reading.word(before));
        matches!(word(1), "nghiệm" | "quả" | "trước" | "sau") || (word(2) == "chuẩn" && word(1) == "bị")
    };
    // What is prepared or looked back on has its own number: "chuẩn bị kỳ họp thứ 8 … Kỳ họp thứ 8 dự kiến diễn ra …".
    let sentence_end = |event: &Event| context.reading.sentences[event.sentence].tokens.end;
    let sits = kind == MeetingKind::Plenary;
    let others = events.iter().filter(|event| sits && event.kind == kind);
    let others: Vec<u32> = others
        .filter(|event| event.cue == Some(Cue::Other) || other(event))
        .take(MOST_OTHERS)
        .filter_map(|event| number_behind(ordinals, context, std::iter::once((event, sentence_end(event)))))
        .collect();
    let own = |number: &u32| !others.contains(number);
    let plain = |event: &Event| matches!(event.cue, Some(Cue::Hold | Cue::At));
    let mut meant = told(context, events, kind).filter(|(event, _)| !other(event));
    let told = meant.find_map(|(event, end)| {
        let number = number_behind(ordinals, context, std::iter::once((event, end)));
        number.filter(|number| plain(event) || own(number))
    });
    // A report of nothing but a sitting still to come.
    let only = events.iter().filter(|event| event.kind == kind).all(|event| event.weight <= PLANNED);
    let planned = events.iter().filter(|event| only && event.kind == kind && event.weight == PLANNED);
    told.or_else(|| number_behind(ordinals, context, namesakes(context, events, kind)).filter(own))
        .or_else(|| number_behind(ordinals, context, planned.map(|event| (event, sentence_end(event)))))
}

/// Mentions of the meeting's kind whose next two words, with a capital, are those of a mention that is plainly the meeting.
fn namesakes<'a>(
    context: &'a Context<'_>,
    events: &'a [Event],
    kind: MeetingKind,
) -> impl Iterator<Item = (&'a Event, usize)> {
    let tokens = &context.reading.tokens;
    let name = |event: &Event| {
        let words = tokens.get(event.tokens.end..event.tokens.end + 2)?;
        words[0].is_capital().then_some([words[0].key, words[1].key])
    };
    let main = super::events::main(events, kind).and_then(name);
    let same = events.iter().filter(move |event| event.kind == kind && main.is_some() && name(event) == main);
    same.map(|event| (event, context.reading.sentences[event.sentence].tokens.end))
}

fn number_behind<'a>(
    ordinals: &Phrases<u32>,
    context: &Context<'_>,
    mut mentions: impl Iterator<Item = (&'a Event, usize)>,
) -> Option<u32> {
    let reading = context.reading;
    let words = ["thứ", "lần", "kỳ", "ương", "nhiệm"].map(WordKey::of);
    mentions.find_map(|(event, end)| {
        let limit = end.min(event.tokens.end + 16);
        (event.tokens.end..limit).find_map(|at| {
            let before = &reading.tokens[at.checked_sub(1)?];
            if in_document(context, at) {
                return None;
            }
            // "Hội nghị Trung ương 9"; in words only behind "thứ": "lần thứ mười bốn".
            let central = at == event.tokens.end + 2 && before.key == words[3];
            let ranked = central || at > event.tokens.end && words[..3].contains(&before.key);
            let spoken =
                || ordinals.longest(&reading.tokens, at).filter(|_| before.key == words[0]).map(|(_, number)| *number);
            let number = number(reading.word(at)).or_else(spoken)?;
            // "kỳ họp 11" is rare; "khóa XI", "nhiệm kỳ 2020" are not the meeting's number.
            let term = at >= 2 && before.key == words[2] && reading.tokens[at - 2].key == words[4];
            let direct = at == event.tokens.end && reading.tokens[at - 1].key == words[2];
            ((ranked && !term) || direct).then_some(number)
        })
    })
}

/// True inside the name of a document: "quán triệt Nghị quyết Đại hội lần thứ VII".
fn in_document(context: &Context<'_>, at: usize) -> bool {
    // "Nghị quyết số 13, Hội nghị lần thứ 5": of the session that passed it.
    let passed = |end: usize| {
        let reading = context.reading;
        reading.tokens[end].is(',') && (reading.word(end + 1), reading.word(end + 2)) == ("Hội", "nghị") && at < end + 7
    };
    let inside = |end: usize| at < end || end < context.reading.tokens.len() && passed(end);
    context.reference_up_to(at).is_some_and(|found| inside(found.tokens.end))
}

/// "(mở rộng)" near the event word.
pub(super) fn is_extended(context: &Context<'_>, events: &[Event], kind: MeetingKind) -> bool {
    let reading = context.reading;
    let [open, wide] = ["mở", "rộng"].map(WordKey::of);
    told(context, events, kind).any(|(event, end)| {
        let limit = end.min(event.tokens.end + 16);
        (event.tokens.end..limit.saturating_sub(1)).any(|at| {
            let here = reading.tokens[at].key == open && reading.tokens[at + 1].key == wide;
            // "mở rộng quốc lộ" is a deed: the word of a meeting stands in brackets, behind its number, or right behind it.
            let before = at.checked_sub(1).map(|before| &reading.tokens[before]);
            here && (at == event.tokens.end
                || body_ends(context, at)
                || before.is_some_and(|token| {
                    token.is('(') || token.kind == Kind::Number || number(token.text(reading.document.text())).is_some()
                }))
        })
    })
}

/// True where a body's name ends: "cuộc họp Ban Chấp hành Hội Luật gia tỉnh | mở rộng".
fn body_ends(context: &Context<'_>, at: usize) -> bool {
    let bodies = &context.organizations.all;
    let split = bodies.partition_point(|found| found.tokens.start < at);
    bodies[..split].iter().rev().take(4).any(|found| found.tokens.end == at)
}

/// A small number in digits or Roman letters.
pub(super) fn number(word: &str) -> Option<u32> {
    if word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    roman(word)
}

fn roman(word: &str) -> Option<u32> {
    let digit = |byte| match byte {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        _ => None,
    };
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    let digits: Vec<i32> = word.bytes().map(digit).collect::<Option<_>>()?;
    let mut value = 0;
    for (index, digit) in digits.iter().enumerate() {
        // "IV": a digit before a greater one is taken away.
        let taken = digits.get(index + 1).is_some_and(|next| next > digit);
        value += if taken { -digit } else { *digit };
    }
    u32::try_from(value).ok().filter(|value| *value > 0)
}

/// The term that the lead tells.
pub(super) fn term(context: &Context<'_>, lead: &Lead, kind: Option<MeetingKind>) -> Option<Term> {
    let reading = context.reading;
    let [elect, choose, leave] = ["bầu", "cử", "thôi"].map(WordKey::of);
    // The name of a congress in the headline tells its term too.
    let headline = lead.headline.clone().filter(|_| kind == Some(MeetingKind::Congress));
    lead.sentences.iter().copied().chain(headline).find_map(|sentence| {
        let tokens = reading.sentences[sentence].tokens.clone();
        let from = context.dates.partition_point(|found| found.tokens.start < tokens.start);
        let terms = context.dates[from..].iter().take_while(|found| found.tokens.start < tokens.end).take(MOST_TERMS);
        // An election is of another body than the one that meets; an office that is left belongs to another body as well.
        let other = |at: usize| {
            let clause = (tokens.start..at).rev().take_while(|at| !reading.tokens[*at].is(';'));
            let key = |at: usize| reading.tokens[at].key;
            clause.into_iter().any(|at| key(at) == leave || (key(at) == elect && key(at + 1) == choose))
        };
        terms.filter(|found| found.value.meaning == Meaning::Term && !other(found.tokens.start)).find_map(|found| {
            let date = found.value.date?;
            Term::new(date.earliest()?.year(), date.latest()?.year())
        })
    })
}

/// The first term that the report names of those that begin in a year: a congress opens it.
pub(super) fn term_from(context: &Context<'_>, year: i16) -> Option<Term> {
    let terms = context.dates.iter().filter(|found| found.value.meaning == Meaning::Term);
    let mut terms = terms.filter_map(|found| {
        let date = found.value.date?;
        Term::new(date.earliest()?.year(), date.latest()?.year())
    });
    terms.find(|term| term.first() == year)
}

/// "tại Hội trường UBND tỉnh", "tại trụ sở Chính phủ": a building, or a place behind "tại" that is not the event.
pub(super) fn venue(
    recognizer: &Recognizer,
    context: &Context<'_>,
    lead: &Lead,
    main: Option<&Event>,
) -> Option<NamedSpan> {
    let reading = context.reading;
    let at_key = WordKey::of("tại");
    let sentences = main.map(|event| event.sentence).into_iter().chain(lead.sentences.iter().copied());
    for sentence in sentences {
        let tokens = reading.sentences[sentence].tokens.clone();
        for at in tokens.clone().filter(|at| reading.tokens[*at].key == at_key) {
            if let Some(end) = building(recognizer, context, at + 1) {
                let range = at + 1..end;
                return Some(NamedSpan { name: reading.text(range.clone()).to_owned(), span: reading.span(range) });
            }
        }
    }
    None
}

/// The end of a building's or place's name at a token.
fn building(recognizer: &Recognizer, context: &Context<'_>, at: usize) -> Option<usize> {
    let heads = [["hội", "trường"], ["trụ", "sở"], ["nhà", "văn"], ["trung", "tâm"], ["nhà", "hát"], ["công", "viên"]];
    let reading = context.reading;
    let is = |at: usize, word: &str| reading.tokens.get(at).is_some_and(|token| token.key == WordKey::of(word));
    let place = |at: usize| {
        let places = &context.places.mentions;
        let from = places.partition_point(|found| found.tokens.start < at);
        places[from..].iter().take_while(|found| found.tokens.start == at).map(|found| found.tokens.end).max()
    };
    if heads.iter().any(|[first, second]| is(at, first) && is(at + 1, second)) {
        let name = at + 2 + usize::from(is(at + 1, "văn"));
        let named = recognizer.bodies.at(context, name).map(|body| body.end).or_else(|| place(name));
        return Some(named.unwrap_or(name));
    }
    place(at)
}
