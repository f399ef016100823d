//! Sentences that carry no act.
//!
//! - lead-ins: they end in a colon ("Thủ tướng chỉ đạo:");
//! - that a meeting takes place: "Sáng 3-4, UBND xã **tổ chức** hội nghị …", "Kỳ họp **diễn ra** trong ba ngày";
//! - attendance: "**Đến dự có** …", "… **tham dự** hội nghị";
//! - biography: "Ông Lân **sinh năm** 1970, **quê** Mỹ Lâm", "Ông **từng là** …";
//! - visits, and topics without a word about them: "Hội nghị **thảo luận** về …".
//!
//! A frame with words of substance ("ông Lân cho biết …"), a figure with a result, or a decision outweighs these signs.

mod topics;

use std::ops::Range;

use super::cues::{Act, Lexicon, index};
use super::frames::{Frame, Subject};
use super::inside;
use crate::extract::Context;
use crate::extract::dateline::is_dash;
use crate::model::ItemKind;
use crate::text::Token;

/// What a word of a sentence without act tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Held,
    Attend,
    Life,
    Visit,
    Topic,
    /// Points back to what was told, or forward to what will be.
    Again,
    /// Only looks like a sign: "thông tin trên địa bàn".
    None,
}

/// The sign of a line of the lexicon.
pub(super) fn sign(value: &str) -> Option<Sign> {
    Some(match value {
        "held" => Sign::Held,
        "attend" => Sign::Attend,
        "life" => Sign::Life,
        "visit" => Sign::Visit,
        "topic" => Sign::Topic,
        "again" => Sign::Again,
        "none" => Sign::None,
        _ => return None,
    })
}

/// Tokens of a sentence among which it is told what an event was; the second behind a day at its beginning.
const REACH: usize = 40;
const DATED_REACH: usize = 90;

/// Words before "đó là nội dung …" where it still opens its sentence.
const OPENING: usize = 3;

/// Tokens from the coming to what one comes for: "làm trưởng đoàn đã đến thăm, | chúc mừng …".
const COMING: usize = 10;

/// A frame without words around it, "- ông Lân cho hay.", may have this many tokens.
const BARE: usize = 4;

/// Words that name events, and pairs of words.
const EVENTS: [&str; 5] = ["họp", "lễ", "buổi", "phiên", "chuyến"];
const EVENTS_OF_TWO: [(&str, &[&str]); 18] = [
    ("hội", &["nghị", "thảo", "đàm", "thi", "chợ", "thao", "diễn", "báo", "trại", "xuân", "làng"]),
    ("đàm", &["phán"]),
    ("vòng", &["bán", "chung", "sơ", "loại"]),
    ("đại", &["hội"]),
    ("ngày", &["hội"]),
    ("dạ", &["hội"]),
    ("tọa", &["đàm"]),
    ("toạ", &["đàm"]),
    ("chương", &["trình"]),
    ("sự", &["kiện"]),
    ("diễn", &["đàn"]),
    ("kỳ", &["thi"]),
    ("trại", &["hè"]),
    ("tuần", &["lễ"]),
    ("khai", &["mạc"]),
    ("bế", &["mạc"]),
    ("giải", &["đấu", "bóng", "chạy", "vô", "marathon", "cờ", "quần", "thưởng", "báo", "việt"]),
    ("cuộc", &["đối", "gặp", "vận", "làm", "mít", "tiếp", "bầu", "diễn", "tọa", "toạ", "thi", "hội"]),
];

/// True unless the sign is "diễn ra" and no event is named around it: "các cuộc xung đột diễn ra ở nhiều nơi".
fn names_event(context: &Context<'_>, tokens: &Range<usize>, at: usize) -> bool {
    /// Tokens behind "diễn ra" among which an event may be named.
    const BEHIND: usize = 14;
    let word = |at: usize| context.reading.small_word(at);
    if word(at) != "diễn" && word(at + 1) != "diễn" {
        return true;
    }
    let of_two = |at: usize| {
        let begun = EVENTS_OF_TWO.iter().find(|(first, _)| *first == word(at));
        begun.is_some_and(|(_, second)| second.contains(&word(at + 1)))
    };
    (tokens.start..tokens.end.min(at + BEHIND)).any(|at| EVENTS.contains(&word(at)) || of_two(at))
}

/// Why a sentence carries no act; `None` where it may carry one. `life` is the person whose biography the sentence
/// before told; `floor` that somebody has the floor.
pub(super) fn sign_of(
    context: &Context<'_>,
    lexicon: &Lexicon,
    tokens: &Range<usize>,
    frame: Option<&Frame>,
    life: Option<usize>,
    floor: bool,
) -> Option<Sign> {
    let all = &context.reading.tokens;
    if all.get(tokens.end - 1).is_some_and(|last| last.is(':')) {
        return Some(Sign::Topic);
    }
    // "Chủ tịch UBND huyện Trần Văn Lân.": a caption inside the text.
    if context.person_at(tokens.start).is_some_and(|person| person.tokens.end + 1 >= tokens.end) {
        return Some(Sign::Topic);
    }
    if context.structure.quote_at(tokens.start).is_some() {
        // "… không?\n”, bà Hà nói.": what a question mark cut off from its quotation.
        let left = frame.is_some_and(|frame| closes_quote(context, tokens.start) && is_bare(all, frame, tokens));
        return left.then_some(Sign::Topic);
    }
    if frame.is_some_and(|frame| points_back(context, frame) || is_of_paper(context, frame)) {
        return Some(Sign::Again);
    }
    // "“…” – Ông Lân chia sẻ sau buổi lễ.": whose the quotation before is.
    let quoted = |frame: &Frame| frame.act == Act::Say && matches!(frame.subject, Subject::Person(_));
    if follows_quote(context, tokens.start) && frame.is_some_and(quoted) {
        return Some(Sign::Topic);
    }
    let empty = |frame: &Frame| is_empty(context, frame, tokens) || topics::is_named(context, frame, tokens);
    if let Some(frame) = frame.filter(|frame| frame.act == Act::Topic || is_bare(all, frame, tokens) || empty(frame)) {
        // "… đến dự và phát biểu chỉ đạo.": what follows is told of the meeting.
        let comes = |at: usize| lexicon.background.longest(all, at).is_some_and(|(_, sign)| *sign == Sign::Attend);
        let attends = !frame.trailing && (tokens.start..frame.end).any(comes);
        return Some(if attends { Sign::Attend } else { Sign::Topic });
    }
    // "… đến dự, chúc mừng Đại hội": a congratulation by all who came is part of coming.
    let crowd = frame.is_none_or(|frame| frame.act == Act::Praise && !matches!(frame.subject, Subject::Person(_)));
    if crowd && opens_with_attendance(context, tokens) {
        return Some(Sign::Attend);
    }
    let goes_on = || goes_on(context, tokens, life).then_some((tokens.start, Sign::Life));
    // "Tại cuộc họp do … chủ trì, Sở Y tế cho biết …": where it was said.
    let there = |at: usize, frame: &Frame| {
        at < frame.start && all[at..frame.start].iter().any(|token| token.is(',')) && opens_with_place(context, tokens)
    };
    let (at, sign) = first_sign(context, lexicon, tokens).or_else(goes_on)?;
    let spoken = frame.is_some_and(|frame| match frame.subject {
        Subject::Paper => false,
        // "Sở Y tế đề nghị tổ chức hội nghị": what a body says may tell of an event.
        Subject::Organization(_) | Subject::Body => frame.act != Act::Decide && (at >= frame.end || there(at, frame)),
        _ => true,
    });
    // "đến thăm, chúc mừng": what one comes for.
    let comes_for = |frame: &Frame| {
        let one = frame.start < at || frame.subject == Subject::Unsaid;
        frame.act == Act::Praise && one && (at..=at + COMING).contains(&frame.end)
    };
    let stands = match sign {
        Sign::Again => true,
        Sign::Visit | Sign::Attend if frame.is_some_and(comes_for) => true,
        Sign::None => false,
        _ if spoken => false,
        // "cơ sở đào tạo trình độ tiến sĩ": nobody's degree.
        Sign::Life if is_nobodys_degree(context, tokens.start, at) => false,
        // A career that goes on may tell of several posts.
        Sign::Life => frame.is_none() && told_weight(context, lexicon, tokens) < if life.is_some() { 90 } else { 60 },
        // "Hoạt động bơm hút diễn ra vào ban đêm": no meeting.
        Sign::Held if !names_event(context, tokens, at) => false,
        // "Tới đây sẽ tổ chức hội nghị …" from who has the floor: a plan.
        Sign::Held if floor && at > tokens.start && all[at - 1].key == lexicon.words.will => false,
        // "Quận sẽ mời bà con tham quan …".
        Sign::Visit if floor && all[tokens.start..at].iter().any(|token| token.key == lexicon.words.will) => false,
        Sign::Held => told_weight(context, lexicon, tokens) < 25,
        Sign::Attend | Sign::Visit => frame.is_none() && told_weight(context, lexicon, tokens) < 25,
        // "Qua thảo luận, hội nghị thống nhất …": what came of it is told.
        Sign::Topic if frame.is_some_and(|frame| frame.act == Act::Decide && frame.start > at) => false,
        Sign::Topic => told_weight(context, lexicon, tokens) < 25 && !is_asked_for(context, tokens.start..at),
    };
    stands.then_some(sign)
}

/// "Tại hội nghị …", "Cũng tại buổi làm việc …".
fn opens_with_place(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    (tokens.start..tokens.end.min(tokens.start + 3))
        .any(|at| matches!(context.reading.word(at), "Tại" | "tại" | "Trong"))
}

/// What a lead-in says of the list behind it: "… yêu cầu:" asks, as does "… nhấn mạnh một số nhiệm vụ trọng tâm:".
pub(super) fn leads_to(context: &Context<'_>, tokens: &Range<usize>, frame: Option<&Frame>) -> Option<ItemKind> {
    const TASKS: [[&str; 2]; 6] =
        [["nhiệm", "vụ"], ["công", "việc"], ["giải", "pháp"], ["yêu", "cầu"], ["trọng", "tâm"], ["cần", "thực"]];
    let reading = context.reading;
    if !reading.tokens.get(tokens.end.checked_sub(1)?)?.is(':') {
        return None;
    }
    let frame = frame?;
    let task = |at: usize| TASKS.iter().any(|pair| reading.word(at) == pair[0] && reading.word(at + 1) == pair[1]);
    match frame.act {
        Act::Order | Act::Ask => Some(ItemKind::Directive),
        Act::Propose => Some(ItemKind::Proposal),
        Act::Say | Act::Topic => (frame.end..tokens.end).any(task).then_some(ItemKind::Directive),
        _ => None,
    }
}

/// "… dự và chỉ đạo.": the verb ends the sentence, nothing is said.
fn is_empty(context: &Context<'_>, frame: &Frame, tokens: &Range<usize>) -> bool {
    // "Đề án đã được HĐND huyện thông qua.": all is told.
    let settled = frame.act == Act::Decide && frame.start > tokens.start + 1;
    // "các xã cần quan tâm trong chỉ đạo.": a noun behind what is asked.
    let asked = (frame.start..frame.end).any(|at| matches!(context.reading.word(at), "cần" | "phải"));
    !settled && !asked && !frame.trailing && frame.subject != Subject::Unsaid && tokens.end <= frame.end + 1
}

/// "trình độ …" behind words that name nobody.
fn is_nobodys_degree(context: &Context<'_>, start: usize, at: usize) -> bool {
    at > start && context.reading.word(at) == "trình" && about(context, &(start..at)).is_none()
}

/// True if a biography goes on: the sentence is about the same person.
fn goes_on(context: &Context<'_>, tokens: &Range<usize>, life: Option<usize>) -> bool {
    life.is_some() && about(context, tokens) == life
}

/// The person named first in a sentence.
pub(super) fn about(context: &Context<'_>, tokens: &Range<usize>) -> Option<usize> {
    inside(&context.people.mentions, tokens).first().map(|found| found.value)
}

/// "Dự Đại hội còn có … đến dự, chúc mừng", "Với sự tham gia của 304 đại biểu …": who was there, whatever else they came for.
fn opens_with_attendance(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 9;
    let word = |offset: usize| context.reading.word(tokens.start + offset);
    let near = tokens.start..tokens.end.min(tokens.start + REACH);
    let listed = |from: usize| near.clone().skip(from).any(|at| context.reading.word(at) == "có");
    match (word(0), word(1)) {
        ("Với", "sự") => matches!((word(2), word(3)), ("tham", "gia" | "dự") | ("có", "mặt")),
        // "Dự án này có …" is no attendance.
        ("Dự", next) => !matches!(next, "án" | "kiến" | "thảo" | "báo" | "toán") && listed(1),
        ("Tham" | "Đến" | "Tới" | "Cùng", "dự") => listed(2),
        _ => false,
    }
}

/// "Vừa qua, Báo Tin Hà đã phản ánh …": what the paper told before.
fn is_of_paper(context: &Context<'_>, frame: &Frame) -> bool {
    let Subject::Organization(body) = frame.subject else { return false };
    let paper = |name: &String| name.starts_with("Báo ") || name.starts_with("báo ");
    let told = (frame.start..frame.end).any(|at| context.reading.word(at) == "đã");
    told && matches!(frame.act, Act::Say | Act::Raise) && context.organizations.names.get(body).is_some_and(paper)
}

/// "ông Lân thẳng thắn nhìn nhận | như vậy tại hội nghị": what was said stands before.
fn points_back(context: &Context<'_>, frame: &Frame) -> bool {
    let word = |at: usize| context.reading.word(at);
    let so = matches!((word(frame.end), word(frame.end + 1)), ("như", "vậy" | "trên" | "thế"));
    so && matches!(word(frame.end + 2), "tại" | "trong" | "khi" | "ở" | "vào" | "với" | "trước")
}

/// The sentence is set off by a dash from a quotation that ends right before it.
fn follows_quote(context: &Context<'_>, start: usize) -> bool {
    let before = start.checked_sub(1).and_then(|before| context.structure.quote_at(before));
    before.is_some_and(|quote| quote.tokens.end == start) && is_dash(context.reading, start)
}

/// "Trung ương | cần nghiên cứu kỹ, | thảo luận …", not "những việc cần thảo luận".
fn is_asked_for(context: &Context<'_>, before: Range<usize>) -> bool {
    let noun = |at: usize| matches!(context.reading.word(at), "việc" | "đề" | "dung" | "gì");
    before.clone().any(|at| matches!(context.reading.word(at), "cần" | "phải") && at > before.start && !noun(at - 1))
}

/// The sentence begins with the mark that ends a quotation.
fn closes_quote(context: &Context<'_>, start: usize) -> bool {
    context.structure.quote_at(start).is_some_and(|quote| quote.tokens.end == start + 1)
}

fn is_bare(all: &[Token], frame: &Frame, tokens: &Range<usize>) -> bool {
    // "” - ông Lân nói": what was cut off from its quotation.
    let signs = || all[tokens.start..frame.start].iter().filter(|token| token.is_word()).count() == 0;
    frame.subject != Subject::Unsaid
        && (frame.start.saturating_sub(tokens.start) <= 1 || frame.start <= tokens.start + 3 && signs())
        && tokens.end.saturating_sub(frame.end) <= 1
        && frame.end.saturating_sub(frame.start) <= BARE + 2
}

/// The first sign of a sentence, and where it stands.
fn first_sign(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> Option<(usize, Sign)> {
    let all = &context.reading.tokens[..tokens.end];
    // What an event was is told early; later words belong to something else.
    // Behind a date the event may come after a list of who held it.
    let reach = if is_dated(context, tokens.start) { DATED_REACH } else { REACH };
    let mut near = tokens.start..tokens.end.min(tokens.start + reach);
    // "…, đó là một trong những nguyên nhân": what is pointed back to at the end is told before.
    let points_late = |at: usize| at > tokens.start + OPENING && matches!(context.reading.word(at), "đó" | "đây");
    let sign_at = |at: usize| {
        let found = lexicon.background.longest(all, at);
        found.filter(|(_, sign)| **sign != Sign::None && !(**sign == Sign::Again && points_late(at)))
    };
    let sign = near.find_map(|at| sign_at(at).map(|(_, sign)| (at, *sign)));
    // A long list of guests is closed by what they do: "… đã tới dự."
    let mut last = tokens.end.saturating_sub(8).max(tokens.start)..tokens.end;
    let closes = |at: usize| lexicon.background.longest(all, at).is_some_and(|(_, sign)| *sign == Sign::Attend);
    sign.or_else(|| last.find(|&at| closes(at)).map(|at| (at, Sign::Attend)))
}

/// True for a sentence that a day begins: "Sáng 15-3, …", "Ngày 3/11, …", also behind an occasion.
fn is_dated(context: &Context<'_>, start: usize) -> bool {
    /// Words of an occasion before the day: "Nhân kỷ niệm 66 năm Ngày truyền thống …, | ngày 28-2".
    const OCCASION: usize = 30;
    let occasion = context.reading.word(start) == "Nhân";
    let limit = start + if occasion { OCCASION } else { 2 };
    let from = context.dates.partition_point(|found| found.tokens.start < start);
    let mut near = context.dates[from..].iter().take_while(|found| found.tokens.start <= limit);
    let opens = |at: usize| !occasion || context.reading.tokens[at - 1].is(',');
    near.any(|found| opens(found.tokens.start) && found.value.date.is_some_and(crate::model::Edtf::tells_days))
}

/// True where words of a decision or an honour begin.
fn told(lexicon: &Lexicon, all: &[Token], at: usize) -> bool {
    lexicon
        .cues
        .longest(all, at)
        .is_some_and(|(_, weights)| weights[index(ItemKind::Decision)].max(weights[index(ItemKind::Recognition)]) > 0)
}

/// How much a sentence tells of a decision or an honour; what was only meant to be done ("để thông qua …") does not count.
fn told_weight(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> i32 {
    let all = &context.reading.tokens[..tokens.end];
    let (mut at, mut decision, mut praise) = (tokens.start, 0, 0);
    while at < tokens.end {
        // "tổ chức hội nghị công bố quyết định": what the event is for is not told as done.
        let purpose = at > tokens.start && lexicon.words.occasions.contains(all[at - 1].key) && told(lexicon, all, at);
        if lexicon.words.asides.contains(all[at].key) || purpose {
            break;
        }
        match lexicon.cues.longest(all, at) {
            Some((end, weights)) => {
                decision += weights[index(ItemKind::Decision)];
                praise += weights[index(ItemKind::Recognition)];
                at = end;
            }
            None => at += 1,
        }
    }
    decision.max(praise)
}
