//! Which kind of act a sentence carries.
//!
//! Every word of the cue lexicon adds its weights; the verb of the frame adds more; what the sentence before was adds a little, most of it
//! where the sentence has no subject of its own ("Rà soát quy hoạch …" after "yêu cầu …"). Words before the frame ("Nhấn mạnh khó khăn, ông Lân
//! đề nghị …") count a third. The largest sum wins; below a threshold the sentence carries no act.

mod duties;
mod forms;
mod framed;
mod opening;
mod own;
mod rises;
mod words;

use std::ops::Range;

use super::cues::{Act, KINDS, Lexicon, Weights, index};
use super::frames::{Frame, Subject};
use super::speakers::Turn;
use super::standing;
use crate::extract::Context;
use crate::model::{FactRef, ItemKind};
use crate::text::Kind;

/// A sentence to be judged.
pub(super) struct Statement<'a> {
    pub(super) tokens: Range<usize>,
    pub(super) frame: Option<&'a Frame>,
    pub(super) turn: &'a Turn,
    pub(super) past: &'a super::Past,
    /// The speaker stands below those he speaks to.
    pub(super) subordinate: bool,
    /// The speaker leads them.
    pub(super) leading: bool,
    /// The speaker leads, but somebody above him speaks too.
    pub(super) outranked: bool,
}

impl Statement<'_> {
    /// True for a line of a list of what is asked: "- Các xã rà soát …" behind "… giao các nhiệm vụ sau:".
    fn is_listed(&self, context: &Context<'_>) -> bool {
        let bullet = || {
            context.reading.tokens.get(self.tokens.start).is_some_and(|token| match token.kind {
                Kind::Sign(sign) => matches!(sign, '-' | '–' | '+' | '•' | '*'),
                kind => kind == Kind::Number,
            })
        };
        self.past.listing && self.frame.is_none() && bullet()
    }
}

/// The least sum that makes an item of a sentence in nobody's turn, in tenths.
const LEAST: i32 = 8;

/// What a promise for the speaker's own body adds, in tenths.
const OWN_PROMISE: i32 = 22;

/// What the form of a task adds, "Bộ Tài chính chủ trì, phối hợp với …", in tenths.
const TASKED: i32 = 20;

/// What the threat of a punishment adds, in tenths.
const THREATENED: i32 = 26;

/// What the next of several points gets as the kind of those before, in tenths.
const COUNTED_ON: i32 = 22;

/// What one duty weighs, in tenths.
const ONE_DUTY: i32 = 28;

/// The least weight of a beginning that asks for something, in tenths.
const BIDS: i32 = 12;

/// A sum for failures below which a sentence does not tell of one, in tenths.
const FEW_FAILURES: i32 = 8;

/// A sum for failures below which the report's own account does not go on with them, in tenths.
const TOLD_ITSELF: i32 = 6;

/// A sum for decisions from which on what was done was decided, in tenths.
const SETTLED: i32 = 15;

/// What points of a decision get, in tenths.
const DETAIL: i32 = 10;

/// Words before a verb that still opens its sentence: "Trong đó, | lưu ý …".
const OPENING: usize = 4;

/// A sentence of fewer tokens has to tell something by its own words.
const FEW: usize = 8;

/// The kinds of a sentence's acts: none, one, or two where words behind a quotation add an act of another kind ("“…”, ông Lân nói và yêu
/// cầu …").
pub(super) fn decide(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> Vec<ItemKind> {
    let sums = sums(context, lexicon, statement);
    let Some(best) = (0..KINDS.len()).max_by_key(|&at| (sums[at], std::cmp::Reverse(at))) else { return Vec::new() };
    if sums[best] < LEAST {
        return Vec::new();
    }
    let mut kinds = vec![KINDS[best]];
    let second = statement.frame.and_then(|frame| second_act(context, lexicon, statement, frame));
    // "… và đề nghị nghiên cứu thêm" from one below.
    let upwards = second == Some(Act::Ask) && (statement.subordinate || statement.outranked);
    let second = if upwards { Some(Act::Propose) } else { second }.and_then(framed::weight_of);
    if let Some((kind, _)) = second.filter(|(kind, _)| *kind != ItemKind::Statement && *kind != kinds[0]) {
        kinds.push(kind);
    }
    kinds
}

/// A second act of the same speaker: "“…”, ông Lân nói **và yêu cầu** …", "biểu dương …; **đồng thời yêu cầu** …".
fn second_act(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, frame: &Frame) -> Option<Act> {
    if frame.trailing && frame.also.is_some() {
        return frame.also;
    }
    let all = &context.reading.tokens[..statement.tokens.end];
    (frame.end..statement.tokens.end).find_map(|at| {
        let likewise = lexicon.words.likewise == (all[at].key, all.get(at + 1)?.key);
        // "ghi nhận các ý kiến **và hứa** …", "biểu dương xã **và yêu cầu** …".
        let joined = || {
            let next = (all[at].key == lexicon.words.and).then(|| lexicon.verbs.longest(all, at + 1)).flatten();
            next.filter(|(_, act)| matches!(act, Act::Promise | Act::Order | Act::Ask) && frame.act == Act::Praise)
        };
        let (_, act) = likewise.then(|| lexicon.verbs.longest(all, at + 2)).flatten().or_else(joined)?;
        matches!(act, Act::Order | Act::Ask | Act::Propose | Act::Promise | Act::Praise).then_some(*act)
    })
}

fn sums(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> Weights {
    let opening =
        opening::opening(context, lexicon, statement).or_else(|| statement.is_listed(context).then_some([0; 8]));
    // "… nhấn mạnh: Tập trung tháo gỡ khó khăn …" bids by itself.
    let said = statement.frame.is_some_and(|frame| !frame.trailing && frame.subject != Subject::Unsaid);
    let bids = opening.is_some_and(|opening| opening[ASKED] >= BIDS) && (said || statement.past.asked.is_some());
    let mut sums = words::content(context, lexicon, statement, bids);
    framed::add(context, lexicon, statement, &mut sums);
    if let Some(opening) = opening {
        // "Hai bên thống nhất triển khai …" behind results: what is settled has a subject of its own.
        let settles = statement.frame.is_some_and(|frame| frame.act == Act::Decide && frame.subject != Subject::Unsaid);
        if !settles {
            opening::continue_past(statement.past, &opening, &mut sums);
        }
    }
    if let Some(asked) = statement.past.asked.filter(|_| forms::is_counted_on(context, statement)) {
        sums[index(asked)] += COUNTED_ON;
    }
    match statement.past.kind {
        // A few words that tell nothing themselves do not go on with anything.
        _ if statement.tokens.len() < FEW && sums.iter().all(|&sum| sum <= 0) => {}
        Some(ItemKind::Statement) | None => {}
        // "Mức lương tối thiểu sẽ tăng …" behind a result is none yet.
        Some(ItemKind::Achievement) if is_own_account(statement) && will_be(context, statement) => {}
        Some(ItemKind::Achievement) => sums[ATTAINED] += 8,
        // The report's own account goes on with nothing that it does not tell itself.
        Some(ItemKind::Shortcoming) if is_own_account(statement) && sums[FAILED] < TOLD_ITSELF => {}
        Some(previous) => sums[index(previous)] += 5,
    }
    if has_figure(context, statement) {
        sums[ATTAINED] += 4;
        sums[STATED] += 3;
        // "Bộ đội biên phòng đã làm trên 8.300 km đường": what was done is counted.
        if sums[FAILED] < FEW_FAILURES && sums[DECIDED] < SETTLED && counts_what_was_done(context, statement) {
            sums[ATTAINED] += 10;
        }
    }
    if statement.turn.speaker.is_some() || statement.turn.attributed {
        sums[STATED] += 12;
    }
    let tasked = statement.frame.is_none() && super::frames::is_tasked(context, &statement.tokens);
    if tasked {
        sums[ASKED] += TASKED;
    } else if opening::tasks_another(context, lexicon, statement) {
        sums[ASKED] += (TASKED - opening.map_or(0, |opening| opening[ASKED])).max(0);
    }
    let own = own::promises_for_own(context, statement) || own::says_will(context, statement);
    if own {
        sums[PROMISED] += OWN_PROMISE;
    }
    if statement.frame.is_none_or(|frame| !frame.asks()) && words::tells_cause(context, lexicon, statement) {
        // "Nguyên nhân do các dự án phải làm theo quy định mới …": what had to be is told.
        sums[ASKED] = sums[ASKED] * 3 / 10;
    }
    if statement.turn.attributed && statement.frame.is_none_or(|frame| frame.act != Act::Decide) {
        // Decisions are told by the report; in somebody's mouth they are mostly mentioned.
        sums[DECIDED] = sums[DECIDED] * 6 / 10;
    }
    if statement.leading && !statement.outranked && sums[ASKED] >= ONE_DUTY && forms::contrasts(context, statement) {
        // "Tuy nhiên, … vẫn phải bảo đảm bền vững" from who leads: what is asked is the point.
        sums[FAILED] = sums[FAILED] * 4 / 10;
    }
    if statement.turn.speaker.is_some() && !own && duties::threatens(context, statement) {
        sums[ASKED] += THREATENED;
        sums[FAILED] /= 3;
    }
    if forms::is_question(context, statement) {
        sums[STATED] += 25;
        sums[FAILED] /= 2;
        sums[ASKED] /= 2;
        sums[PROPOSED] /= 2;
    } else if forms::asks_whether(context, statement) {
        sums[STATED] += 12;
        sums[FAILED] /= 2;
    }
    let nobodys = is_own_account(statement);
    if nobodys && statement.frame.is_none() {
        // Nobody is asked by the report itself: "khiến chính quyền phải ra tòa" is told, not required.
        let goes_on = opening::goes_on_asking(context, lexicon, statement);
        sums[ASKED] = sums[ASKED] * if goes_on { 7 } else { 5 } / 10;
    }
    if statement.frame.is_some_and(|frame| frame.act == Act::Propose && frame.also.is_none()) {
        // "đề xuất các xã phải …": what has to be done is what is proposed.
        sums[PROPOSED] += std::mem::take(&mut sums[ASKED]).max(0);
    }
    if statement.frame.is_some_and(|frame| frame.subject == Subject::Paper) {
        // "Theo nghị định, hộ nghèo không phải nộp …": a rule is told, nobody is asked.
        let told = sums[ASKED] * 6 / 10;
        sums[ASKED] -= told;
        sums[STATED] += told;
    }
    if statement.frame.is_some_and(|frame| frame.act == Act::Hope && !frame.trailing) {
        // "mong các xã sẽ nỗ lực hơn nữa": what others will do is asked of them; "kỳ vọng sẽ sớm xong" asks nobody.
        let wished =
            statement.frame.is_some_and(|frame| (frame.start..frame.end).any(|at| context.reading.word(at) == "mong"));
        let promised = std::mem::take(&mut sums[PROMISED]).max(0);
        sums[if wished { ASKED } else { STATED }] += promised / 2;
    }
    if nobodys && statement.frame.is_none() && forms::goes_into_detail(context, statement) {
        sums[DECIDED] += DETAIL;
    }
    let promised = statement.past.asked == Some(ItemKind::Commitment);
    if nobodys && !promised && statement.frame.is_none_or(|frame| frame.act != Act::Promise) {
        // "Kỳ họp tới sẽ xem xét …" in the report's own voice: nobody promises.
        sums[STATED] += std::mem::take(&mut sums[PROMISED]).max(0) / 2;
    }
    if statement.leading && !statement.subordinate && wishes(context, statement) {
        // "Tôi mong các đồng chí …" from who leads them.
        sums[ASKED] = sums[ASKED].max(0) + std::mem::take(&mut sums[PROPOSED]).max(0);
    }
    // "Các hộ dân kiến nghị …. Đề nghị chủ đầu tư …": what people who are not named ask goes on.
    let crowds = nobodys
        && !tasked
        && statement.past.asked == Some(ItemKind::Proposal)
        && statement.frame.is_none_or(|frame| frame.subject == Subject::Unsaid && frame.act == Act::Ask);
    if crowds {
        sums[PROPOSED] = sums[PROPOSED].max(std::mem::take(&mut sums[ASKED]));
    }
    let by_verb =
        statement.frame.is_some_and(|frame| matches!(frame.act, Act::Order | Act::Ask) || frame.also.is_some());
    if statement.past.asked == Some(ItemKind::Proposal) && !by_verb && may_ask_upwards(context, statement) {
        // "Ông Lân kiến nghị …. Các xã cần …": who asks upwards goes on.
        sums[PROPOSED] = sums[PROPOSED].max(0) + std::mem::take(&mut sums[ASKED]).max(0);
    }
    if is_private_hope(context, statement) {
        sums[PROPOSED] = sums[PROPOSED].max(0) + std::mem::take(&mut sums[ASKED]).max(0);
    }
    if let Some(upwards) = asks_upwards(context, statement) {
        let (from, to) = if upwards { (ASKED, PROPOSED) } else { (PROPOSED, ASKED) };
        sums[to] = sums[to].max(0) + sums[from];
        sums[from] = 0;
        return sums;
    }
    let ordered = statement.frame.is_some_and(|frame| frame.act == Act::Order || frame.also == Some(Act::Order));
    if statement.subordinate && !ordered && plans(statement, opening.is_some()) {
        sums[PROMISED] = sums[PROMISED].max(0) + sums[ASKED];
        sums[ASKED] = 0;
    } else if !ordered && (statement.subordinate || statement.outranked && !asks_many(context, statement)) {
        sums[PROPOSED] = sums[PROPOSED].max(0) + sums[ASKED];
        sums[ASKED] = 0;
    }
    sums
}

/// "… sẽ …": told of what is to come.
fn will_be(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    statement.tokens.clone().any(|at| context.reading.word(at) == "sẽ")
}

/// Words of nobody: the report tells them itself.
fn is_own_account(statement: &Statement<'_>) -> bool {
    statement.turn.speaker.is_none() && !statement.turn.attributed
}

/// "Hiệp hội Vận tải mong Bộ sớm …": companies and associations lead nobody.
fn is_private_hope(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let Some(FactRef::Organization(body)) = statement.turn.speaker else { return false };
    let hopes = statement.frame.is_some_and(|frame| frame.act == Act::Hope);
    hopes && context.organizations.names.get(body as usize).is_some_and(|name| standing::is_private_body(name))
}

/// "tôi mong rằng …", with nobody above named as the one who should.
fn wishes(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let word = |at: usize| context.reading.word(at);
    let upwards = |at: usize| {
        matches!(
            (word(at), word(at + 1)),
            ("Chính", "phủ")
                | ("Quốc", "hội")
                | ("Trung", "ương")
                | ("cử", "tri")
                | ("Thủ", "tướng")
                | ("kiến", "nghị")
                | ("đề", "xuất")
        )
    };
    let others = |at: usize| {
        matches!(word(at), "các" | "tập" | "toàn" | "mỗi" | "bà" | "cán" | "anh" | "từng" | "rằng")
            || context.organization_at(at).is_some()
    };
    let mut tokens = statement.tokens.clone();
    // "Mong các đồng chí …", "nói: “Mong các đồng chí …".
    let opens = |at: usize| word(at) == "Mong" && others(at + 1);
    let mut inner = tokens.start + 1..tokens.end;
    (opens(tokens.start)
        || inner.any(|at| {
            opens(at) || word(at) == "mong" && matches!(word(at - 1), "tôi" | "Tôi" | "rất") && others(at + 1)
        }))
        && !tokens.any(upwards)
}

/// "đề nghị các xã …", "đề nghị đại biểu …": those who are asked are many, and below.
fn asks_many(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let asks = statement.frame.filter(|frame| frame.act == Act::Ask && !frame.trailing);
    asks.is_some_and(|frame| {
        matches!(
            context.reading.word(frame.end),
            "các" | "những" | "mỗi" | "từng" | "toàn" | "đại" | "cán" | "lãnh" | "bà" | "người" | "cử" | "anh"
        )
    })
}

/// A speaker below the government.
fn may_ask_upwards(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let Some(FactRef::Person(speaker)) = statement.turn.speaker else { return false };
    let level = context.people.facts.get(speaker as usize).and_then(standing::level_of);
    level.is_some_and(|level| level < standing::Level::Centre)
}

/// "Đồng thời thực hiện tốt công tác …" from a head of department who has asked for nothing: what the own side will do. `opens` where the
/// sentence has no subject of its own.
fn plans(statement: &Statement<'_>, opens: bool) -> bool {
    let asked = matches!(statement.past.asked, Some(ItemKind::Directive | ItemKind::Proposal));
    opens && !asked && statement.frame.is_none() && !statement.turn.crowd
}

const ASKED: usize = 0;
const PROPOSED: usize = 1;
const PROMISED: usize = 2;
const ATTAINED: usize = 3;
const FAILED: usize = 4;
const HONOURED: usize = 5;
const DECIDED: usize = 6;
const STATED: usize = 7;

/// "đề nghị Chính phủ …", "kiến nghị tỉnh …": whether what is asked of a body named right behind the verb goes to one above the speaker's;
/// `None` where no body is named, or one of the same level.
fn asks_upwards(context: &Context<'_>, statement: &Statement<'_>) -> Option<bool> {
    let frame = statement.frame.filter(|frame| frame.act == Act::Ask)?;
    let own = match statement.turn.speaker? {
        FactRef::Person(speaker) => standing::level_of(context.people.facts.get(speaker as usize)?)?,
        FactRef::Organization(body) => standing::level_of_body(context.organizations.names.get(body as usize)?)?,
        _ => return None,
    };
    let named = context.person_at(frame.end).and_then(|found| context.people.facts.get(found.value));
    let asked = match named {
        // "UBND tỉnh đề nghị ông Lân, Phó Chủ tịch Quốc hội, xem xét …".
        Some(person) => standing::level_of(person)?,
        None => standing::level_asked(context.reading, frame.end..statement.tokens.end)?,
    };
    (asked != own).then_some(asked > own)
}

fn has_figure(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let at = context.figures.partition_point(|figure| figure.tokens.start < statement.tokens.start);
    context.figures.get(at).is_some_and(|figure| figure.tokens.start < statement.tokens.end)
}

/// A figure stands behind "đã": "đơn vị đã xây 120 căn nhà".
fn counts_what_was_done(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let word = |at: usize| context.reading.word(at);
    let Some(done) = statement.tokens.clone().find(|&at| word(at) == "đã") else { return false };
    // "đã bị loại", "đã lan ra 18 xã": what came about.
    if matches!(word(done + 1), "bị" | "lỗ" | "lan" | "xảy" | "chết" | "mất") {
        return false;
    }
    let at = context.figures.partition_point(|figure| figure.tokens.start < done);
    context.figures.get(at).is_some_and(|figure| figure.tokens.start < statement.tokens.end)
}
