//! The words for events, and which of them the report is about.

use std::ops::Range;

use super::details::Lead;
use crate::extract::Context;
use crate::extract::dates::Meaning;
use crate::model::MeetingKind;
use crate::text::{Phrases, Reading, Token, WordKey};

/// Words of an event's name at most, where the verb behind it counts.
const SUBJECT: usize = 16;

/// What a sitting still to come speaks for its kind: that it is spoken of at all.
pub(super) const PLANNED: u32 = 1;

/// A word for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Kind {
        kind: MeetingKind,
        weak: bool,
    },
    /// "phiên khai mạc": part of an event whose kind other words tell.
    Part,
    None,
}

/// What the words before an event tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Hold,
    At,
    Other,
}

/// The lexicons of events.
#[derive(Debug)]
pub(super) struct Lexicon {
    events: Phrases<Word>,
    cues: Phrases<Cue>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let cue = |value: &str| match value {
            "hold" => Some(Cue::Hold),
            "at" => Some(Cue::At),
            "other" => Some(Cue::Other),
            _ => None,
        };
        Self {
            events: Phrases::parse(include_str!("../lexicons/events.txt"), word).unwrap_or_default(),
            cues: Phrases::parse(include_str!("../lexicons/event_cues.txt"), cue).unwrap_or_default(),
        }
    }
}

fn word(value: &str) -> Option<Word> {
    let (kind, weak) = value.split_once(' ').map_or((value, false), |(kind, rest)| (kind, rest == "weak"));
    let kind = match kind {
        "conference" => MeetingKind::Conference,
        "session" => MeetingKind::WorkingSession,
        "plenary" => MeetingKind::Plenary,
        "congress" => MeetingKind::Congress,
        "ceremony" => MeetingKind::Ceremony,
        "inspection" => MeetingKind::Inspection,
        "dialogue" => MeetingKind::Dialogue,
        "opening" => return Some(Word::Part),
        "none" => return Some(Word::None),
        _ => return None,
    };
    Some(Word::Kind { kind, weak })
}

/// A mention of an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Event {
    pub(super) tokens: Range<usize>,
    pub(super) kind: MeetingKind,
    pub(super) cue: Option<Cue>,
    /// How much it speaks for its kind, in tenths.
    pub(super) weight: u32,
    pub(super) sentence: usize,
}

/// All mentions of events in text order.
pub(super) fn find(lexicon: &Lexicon, context: &Context<'_>, lead: &Lead) -> Vec<Event> {
    let reading = context.reading;
    let mut events: Vec<Event> = Vec::new();
    let mut named: Option<(WordKey, WordKey, MeetingKind)> = None;
    for (sentence, range) in reading.sentences.iter().enumerate() {
        let mut at = range.tokens.start;
        while at < range.tokens.end {
            let found = reading.tokens[at].is_word().then(|| lexicon.events.longest(&reading.tokens, at)).flatten();
            let Some((end, word)) = found.filter(|(end, _)| *end <= range.tokens.end) else {
                at += 1;
                continue;
            };
            if let Word::Kind { kind, weak } = *word
                && !in_name(context, at, end)
            {
                // "hội nghị tiếp xúc cử tri … chủ trì hội nghị": the short word means the event named in full before.
                let head = (reading.tokens[at].key, reading.tokens[at + usize::from(end > at + 1)].key);
                let kind = match named {
                    Some((first, second, told)) if end == at + 2 && head == (first, second) => told,
                    _ => kind,
                };
                if end > at + 2 && named.is_none() {
                    named = Some((head.0, head.1, kind));
                }
                // "phiên họp thứ tư của Đại hội": a part of the congress.
                let kind = if kind == MeetingKind::Plenary && is_of_congress(&reading.tokens[end..range.tokens.end]) {
                    MeetingKind::Congress
                } else if kind == MeetingKind::Plenary && is_of_conference(context, end) {
                    MeetingKind::Conference
                } else if kind == MeetingKind::WorkingSession && is_of_sitting(context, at..end, range.tokens.end) {
                    MeetingKind::Plenary
                } else {
                    kind
                };
                let cue = if is_series(context, kind, range.tokens.start, at..end)
                    || is_history(context, range.tokens.start, at)
                    || (kind == MeetingKind::Inspection
                        && weak
                        && is_left_to_others(reading, range.tokens.start, &(at..end)))
                    || is_supposed(&reading.tokens[..at])
                    || events
                        .last()
                        .is_some_and(|before| before.sentence == sentence && goes_on(&reading.tokens, before, at))
                {
                    Some(Cue::Other)
                } else {
                    cue(lexicon, &reading.tokens, at)
                        .or_else(|| opens(&reading.tokens, end, range.tokens.end).then_some(Cue::Hold))
                        .or_else(|| is_held(&reading.tokens, at..end, &range.tokens).then_some(Cue::Hold))
                        .or_else(|| is_verb_of_body(context, kind, at).then_some(Cue::Hold))
                        .or_else(|| is_dated(context, kind, range.tokens.start, at).then_some(Cue::Hold))
                };
                let before = cue != Some(Cue::Hold) && is_before(context, range.tokens.start);
                let planned = is_planned(context, kind, &range.tokens, at..end);
                let cue = if planned { Some(Cue::Other) } else { cue };
                let weight = if planned { PLANNED } else { weight(lead, sentence, cue, weak) };
                let weight = if before { weight.min(PLANNED) } else { weight };
                events.push(Event { tokens: at..end, kind, cue, weight, sentence });
            }
            at = end;
        }
    }
    events
}

/// "Sáng 5-8, | buổi tiếp xúc cử tri …": the subject right behind the day that opens the sentence.
fn is_dated(context: &Context<'_>, kind: MeetingKind, start: usize, at: usize) -> bool {
    if kind != MeetingKind::Dialogue {
        return false;
    }
    let comma = at.checked_sub(1).filter(|&comma| comma > start && context.reading.tokens[comma].is(','));
    let Some(comma) = comma else { return false };
    let from = context.dates.partition_point(|found| found.tokens.start < start);
    context.dates.get(from).is_some_and(|found| found.tokens.start <= start + 1 && found.tokens.end == comma)
}

/// "phiên họp sáng 3-5 (phiên thứ hai) | của Đại hội …".
fn is_of_congress(behind: &[Token]) -> bool {
    /// Words between the session and whose it is.
    const REACH: usize = 14;
    let words = ["của", "đại", "hội", "đồng"].map(WordKey::of);
    let near = &behind[..behind.len().min(REACH)];
    let starts =
        |at: usize| near[at..].iter().zip(&words[..3]).filter(|(token, word)| token.key == **word).count() == 3;
    let of = (0..near.len()).find(|&at| near[at].key == words[0]);
    of.is_some_and(|at| starts(at) && near.get(at + 3).is_none_or(|next| next.key != words[3]))
}

/// "phiên họp toàn thể | của hội nghị": a part of the conference.
fn is_of_conference(context: &Context<'_>, end: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let whole = if (word(end), word(end + 1)) == ("toàn", "thể") { end + 2 } else { end };
    (word(whole), word(whole + 1), word(whole + 2)) == ("của", "hội", "nghị")
        || (word(whole), word(whole + 1)) == ("hội", "nghị")
}

/// "phiên làm việc cuối cùng | của kỳ họp": a part of the sitting.
fn is_of_sitting(context: &Context<'_>, event: Range<usize>, limit: usize) -> bool {
    /// Words between: "thứ hai", "cuối cùng", "sáng nay".
    const BETWEEN: usize = 3;
    let word = |at: usize| context.reading.word(at);
    let part = (word(event.start), word(event.start + 1)) == ("phiên", "làm");
    part && (event.end..limit.min(event.end + BETWEEN))
        .any(|at| matches!((word(at), word(at + 1), word(at + 2)), ("của", "kỳ", "họp") | ("của", "Quốc", "hội")))
}

/// "kỳ họp thứ 8 của Quốc hội sẽ bàn", "kỳ họp tới", "trình Quốc hội thông qua tại kỳ họp thứ 3": a sitting still to come, which the report is about only
/// where it tells of nothing else.
fn is_planned(context: &Context<'_>, kind: MeetingKind, sentence: &Range<usize>, event: Range<usize>) -> bool {
    /// Words between the sitting and what it will do, and between what is handed in and the sitting.
    const REACH: usize = 12;
    let reading = context.reading;
    let pair = |at: usize| (reading.word(at), reading.word(at + 1));
    let behind = event.end..sentence.end.min(event.end + REACH);
    let will = |at: usize| matches!(pair(at), ("sẽ", _) | ("dự", "kiến") | ("sắp", "tới"));
    let numbered = reading.word(event.end) == "thứ";
    let next =
        matches!(reading.word(event.end), "tới" | "sau" | "sắp") || numbered && reading.word(event.end + 2) == "tới";
    let before = sentence.start.max(event.start.saturating_sub(REACH))..event.start;
    let bodies = &context.organizations.all;
    let names_body = |at: usize| bodies.binary_search_by_key(&at, |body| body.tokens.start).is_ok();
    let handed = |at: usize| {
        let compound =
            at > 0 && matches!(reading.word(at - 1), "chương" | "quy" | "quá" | "tờ" | "công" | "lộ" | "tiến");
        reading.word(at) == "trình" && !compound && names_body(at + 1)
    };
    kind == MeetingKind::Plenary && (next || numbered && behind.into_iter().any(will) || before.into_iter().any(handed))
}

/// "Trước đó, tại hội nghị …": another event, unless the report tells of no other.
fn is_before(context: &Context<'_>, start: usize) -> bool {
    matches!((context.reading.word(start), context.reading.word(start + 1)), ("Trước", "đó" | "đây"))
}

/// "có văn bản yêu cầu Sở Y tế | kiểm tra, xử lý", "đến viện | kiểm tra sức khỏe": what others are to look into, or nobody's visit.
fn is_left_to_others(reading: &Reading, start: usize, event: &Range<usize>) -> bool {
    /// Words between an order and what is ordered: whom it goes to.
    const ADDRESSEES: usize = 24;
    let pair = |at: usize| (reading.word(at), reading.word(at + 1));
    let floor = start.max(event.start.saturating_sub(ADDRESSEES));
    // "Sở Thông tin - Truyền thông".
    let joined = |at: &usize| reading.tokens[*at].is_word() || reading.tokens[*at].is('-');
    let mut clause = (floor..event.start).rev().take_while(joined);
    let ordered = clause.any(|at| match pair(at) {
        ("yêu", "cầu") | ("đề", "nghị") | ("giao", _) => true,
        // "ban chỉ đạo", "thực hiện sự chỉ đạo".
        ("chỉ", "đạo") => at == 0 || matches!(reading.word(at - 1), "bản" | "đã" | "vừa" | "và" | "cũng"),
        _ => false,
    });
    let before = event.start.checked_sub(1).map_or("", |before| reading.word(before));
    ordered
        || matches!(before, "khi" | "quan" | "cường" | "khai")
        || matches!(pair(event.end), ("sức", "khỏe" | "khoẻ") | ("hỏi" | "dò", _) | ("thông", "tin"))
}

/// "nếu có làm việc với Thanh tra, …": an event that may never be.
fn is_supposed(before: &[Token]) -> bool {
    /// Words between "nếu" and the event.
    const NEAR: usize = 3;
    let condition = WordKey::of("nếu");
    before.iter().rev().take(NEAR).take_while(|token| token.is_word()).any(|token| token.key == condition)
}

/// "chuẩn bị cho Hội nghị Trung ương 10; | Kỳ họp thứ 7": the next of a list of events that only are prepared.
fn goes_on(tokens: &[Token], before: &Event, at: usize) -> bool {
    /// Words of the name before.
    const NAME: usize = 10;
    let and = WordKey::of("và");
    let joined = at > 0 && (tokens[at - 1].is(';') || tokens[at - 1].is(',') || tokens[at - 1].key == and);
    let near = at.saturating_sub(before.tokens.end) <= NAME;
    before.cue == Some(Cue::Other) && joined && near && tokens[at].is_capital()
}

/// The cue that stands before an event, perhaps with "cuộc", "buổi" or an adverb between.
fn cue(lexicon: &Lexicon, tokens: &[Token], at: usize) -> Option<Cue> {
    (at.saturating_sub(1)..=at).rev().find_map(|end| {
        (1..=5).rev().filter_map(|back| end.checked_sub(back)).find_map(|start| {
            lexicon.cues.longest(&tokens[..end], start).filter(|(next, _)| *next == end).map(|(_, cue)| *cue)
        })
    })
}

/// True for a verb whose subject is a body: "UBND TP Bạch Giang | họp báo thường kỳ", "Đoàn ĐBQH tỉnh đã | tiếp xúc cử tri".
fn is_verb_of_body(context: &Context<'_>, kind: MeetingKind, at: usize) -> bool {
    let bodies = &context.organizations.all;
    let split = bodies.partition_point(|found| found.tokens.start < at);
    let adverb = matches!(context.reading.word(at.saturating_sub(1)), "đã" | "vừa" | "tiếp" | "có");
    let subject = at - usize::from(adverb && at > 0);
    kind == MeetingKind::Dialogue && bodies[..split].iter().rev().take(4).any(|found| found.tokens.end == subject)
}

/// True for the subject of a verb of taking place: "Đại hội Hội Nông dân huyện Ân Bình lần thứ VII khai mạc sáng 5-8".
fn opens(tokens: &[Token], end: usize, limit: usize) -> bool {
    let verbs = [["khai", "mạc"], ["bế", "mạc"], ["diễn", "ra"]].map(|verb| verb.map(WordKey::of));
    let reach = &tokens[end..limit.min(end + SUBJECT)];
    let clause = reach.iter().take_while(|token| !token.is(',') && !token.is(';')).count();
    let opened = |pair: &[Token]| verbs.iter().any(|verb| pair[0].key == verb[0] && pair[1].key == verb[1]);
    // "Kỳ họp thứ 8 dự kiến diễn ra ngày 24/6": a plan.
    let planned = WordKey::of("kiến");
    reach[..clause].windows(2).position(opened).is_some_and(|at| at == 0 || reach[at - 1].key != planned)
}

/// True for the subject of a sentence that says by whom it was held: "Lễ kỷ niệm 30 năm thành lập huyện được Huyện ủy, UBND huyện tổ chức".
fn is_held(tokens: &[Token], event: Range<usize>, sentence: &Range<usize>) -> bool {
    /// Words of those who hold it.
    const HOLDERS: usize = 24;
    let [passive, first, second] = ["được", "tổ", "chức"].map(WordKey::of);
    let behind = event.end..sentence.end.min(event.end + SUBJECT);
    let Some(by) = behind.into_iter().find(|&at| tokens[at].key == passive) else { return false };
    let reach = &tokens[by..sentence.end.min(by + HOLDERS)];
    let held = || reach.windows(2).any(|pair| pair[0].key == first && pair[1].key == second && !pair[0].is_capital());
    event.start == sentence.start && held()
}

/// True for a dialogue known by a name of its own: "tham dự | Đối thoại Sơn Hà lần thứ 18".
fn is_series(context: &Context<'_>, kind: MeetingKind, start: usize, event: Range<usize>) -> bool {
    let tokens = &context.reading.tokens;
    let named = |at: usize| tokens.get(at).is_some_and(|token| token.is_capital() && token.spaced);
    kind == MeetingKind::Dialogue && event.start > start && named(event.start) && named(event.end)
}

/// True for an event that a date with a month and year before it puts in the past: "Tháng 1/2018, tại hội nghị …".
fn is_history(context: &Context<'_>, sentence: usize, at: usize) -> bool {
    let index = context.dates.partition_point(|found| found.tokens.start < sentence);
    context.dates.get(index).is_some_and(|found| {
        let month = found.value.date.is_some_and(|date| !date.lacks_year() && !date.tells_days());
        found.tokens.start == sentence && found.value.meaning == Meaning::Plain && month && at <= found.tokens.end + 3
    })
}

fn weight(lead: &Lead, sentence: usize, cue: Option<Cue>, weak: bool) -> u32 {
    let place = if lead.is_headline(sentence) {
        8
    } else if lead.is_lead(sentence) {
        20
    } else {
        4
    };
    let told = match cue {
        Some(Cue::Hold) if lead.is_lead(sentence) => 30,
        Some(Cue::Hold) => 10,
        Some(Cue::At) => 20,
        Some(Cue::Other) => return 0,
        None => 0,
    };
    match (weak, told) {
        // A weak word speaks only in the lead, or where something tells that it is the event.
        (true, 0) if !lead.is_lead(sentence) => 0,
        (true, _) => (place + told) / 3,
        (false, _) => place + told,
    }
}

/// True if the word stands inside the name of a body or document.
fn in_name(context: &Context<'_>, at: usize, end: usize) -> bool {
    let inside = |range: &Range<usize>| range.start < at && end <= range.end;
    let bodies = &context.organizations.all;
    let split = bodies.partition_point(|found| found.tokens.start < at);
    let body = bodies[..split].iter().rev().take(4).any(|found| inside(&found.tokens));
    let documents = &context.references.mentions;
    let split = documents.partition_point(|found| found.tokens.start < at);
    // "Nghị quyết số 13, | Hội nghị lần thứ 5": of the session that passed it.
    let passed = |range: &Range<usize>| {
        range.end + 1 == at && context.reading.tokens[range.end].is(',') && context.reading.tokens[at].is_capital()
    };
    body || documents[..split].last().is_some_and(|found| inside(&found.tokens) || passed(&found.tokens))
}

/// The kind that most weight speaks for; `None` without any weight.
pub(super) fn kind(events: &[Event]) -> Option<MeetingKind> {
    // In order of specificity: what comes later is the general word and yields where the weights are equal.
    const KINDS: [MeetingKind; 7] = [
        MeetingKind::WorkingSession,
        MeetingKind::Inspection,
        MeetingKind::Conference,
        MeetingKind::Ceremony,
        MeetingKind::Plenary,
        MeetingKind::Congress,
        MeetingKind::Dialogue,
    ];
    // Many mentions of another event do not outweigh the one that the lead tells of: the strongest counts whole, the others together
    // as much again at most.
    let weight = |kind: MeetingKind| {
        let weights = || events.iter().filter(|event| event.kind == kind).map(|event| event.weight);
        let strongest = weights().max().unwrap_or(0);
        strongest + (weights().sum::<u32>() - strongest).min(strongest)
    };
    KINDS
        .into_iter()
        .map(|kind| (weight(kind), kind))
        .filter(|(weight, _)| *weight > 0)
        .max_by_key(|(weight, _)| *weight)
        .map(|(_, kind)| kind)
}

/// The mention that speaks most for a kind, the first of equals; one that is held here before one that is only spoken at.
pub(super) fn main(events: &[Event], kind: MeetingKind) -> Option<&Event> {
    events
        .iter()
        .rev()
        .filter(|event| event.kind == kind)
        .max_by_key(|event| event.weight + if event.cue == Some(Cue::Hold) { 12 } else { 0 })
}

/// True if the report speaks of a congress at all.
pub(super) fn speaks_of_congress(events: &[Event]) -> bool {
    events.iter().any(|event| event.kind == MeetingKind::Congress)
}
