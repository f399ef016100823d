//! Sentences that begin with what is to be done, or was: "Đồng thời, rà soát …", "Sở Y tế chủ động …". They go on with what came before.

use super::super::cues::{Lexicon, Noun, Weights, index};
use super::super::frames::Subject;
use super::super::speakers::is_event;
use super::super::{Past, topic_end};
use super::{ASKED, ATTAINED, PROMISED, PROPOSED, Statement};
use crate::extract::Context;
use crate::model::ItemKind;
use crate::text::{Case, Kind};

/// The weight of a beginning that asks others, whatever was promised before: "yêu cầu …", "đề nghị …".
const COMMAND: i32 = 28;

/// The least weight of a beginning that tells of what is to come: "sẽ …".
const PLANNED: i32 = 20;

/// The least weight of what is to be done on a condition.
const DUE: i32 = 10;

/// The weights of the first words behind connectives and bullets, where they are of the lexicon: the sentence has no subject of its own.
pub(super) fn opening(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> Option<Weights> {
    let all = &context.reading.tokens[..statement.tokens.end];
    let mut at = match statement.frame {
        Some(frame) if !frame.trailing && frame.subject != Subject::Unsaid => frame.end,
        _ => statement.tokens.start,
    };
    for _ in 0..3 {
        while all.get(at).is_some_and(|token| !token.is_word()) {
            at += 1;
        }
        match lexicon.connectives.longest(all, at) {
            Some((end, ())) => at = end,
            None => break,
        }
    }
    let topic = topic_end(context, at, statement.tokens.end).unwrap_or(at);
    let weights = |at: usize| lexicon.openings.longest(all, at).map(|(_, weights)| *weights);
    // "Thực hiện chỉ đạo của Chính phủ, Sở đã …": a phrase of no weight opens with somebody else's words.
    // "… thì làm sao quản lý được" asks back.
    let then = condition_end(context, statement, at).filter(|&then| context.reading.word(then) != "làm");
    let due = then.and_then(weights).filter(|weights| weights[ASKED] >= DUE);
    let tasked = || tasked_end(context, lexicon, statement, topic).and_then(weights);
    due.or_else(tasked).or_else(|| weights(topic)).filter(|weights| *weights != [0; 8])
}

/// "Nơi nào để xảy ra vi phạm thì | kiên quyết xử lý …", "Nếu không còn hiệu quả thì | mạnh dạn bỏ": one past the word behind a condition.
fn condition_end(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> Option<usize> {
    /// Tokens of a condition.
    const CONDITION: usize = 40;
    let word = |at: usize| context.reading.word(at);
    // "Trường hợp …", "Đối với những trường hợp …".
    let case = (at..at + 4).any(|at| matches!((word(at), word(at + 1)), ("Trường" | "trường", "hợp")));
    let opens = word(at) == "Nếu" || (at..at + 4).any(|at| word(at) == "nào") || case;
    let mut near = at..statement.tokens.end.min(at + CONDITION);
    opens.then(|| near.find(|&at| word(at) == "thì").map(|then| then + 1)).flatten()
}

/// "… yêu cầu các sở vào cuộc. | Sở Y tế cũng | chủ động …": behind what was asked, the end of the body that begins the sentence as the one to do it.
fn tasked_end(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, at: usize) -> Option<usize> {
    let end = doer_end(context, lexicon, statement, at)?;
    let word = |at: usize| context.reading.word(at);
    // "Ban Bí thư quản lý sẽ có …": told, not asked.
    let promises = statement.past.asked == Some(ItemKind::Commitment);
    let telling = (end..end + 4).any(|at| match word(at) {
        "sẽ" => !promises,
        word => matches!(word, "đã" | "đang" | "được" | "vừa"),
    });
    (!telling).then(|| end + usize::from(word(end) == "cũng"))
}

/// Behind what was asked or promised, the end of the body or units that a sentence begins with.
fn doer_end(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, at: usize) -> Option<usize> {
    let asked = matches!(statement.past.asked, Some(ItemKind::Directive | ItemKind::Proposal | ItemKind::Commitment));
    if !asked || statement.frame.is_some_and(|frame| !frame.trailing) {
        return None;
    }
    let all = &context.reading.tokens[..statement.tokens.end];
    let word = |at: usize| context.reading.word(at);
    let body = context.organization_at(at).map(|found| found.tokens.end);
    let noun = || {
        let found = lexicon.nouns.longest(all, at);
        // "các đơn vị chủ động …" are told what to do; "các đại biểu tập trung …" is told of them.
        let units = context.reading.small_word(at) == "các" && !matches!(word(at + 1), "đại" | "cử");
        let units = units && statement.past.asked != Some(ItemKind::Commitment);
        found.filter(|(_, noun)| **noun == Noun::Body || **noun == Noun::Crowd && units).map(|(end, _)| end)
    };
    let end = body.or_else(noun)?;
    // "các đơn vị liên quan", "cơ quan chức năng".
    let told = matches!((word(end), word(end + 1)), ("liên", "quan") | ("chức", "năng") | ("trực", "thuộc"));
    Some(end + 2 * usize::from(told))
}

/// "Đối với các hộ chưa có giấy: UBND huyện | xem xét …": where the body ends to which a matter is given.
fn assigned(context: &Context<'_>, statement: &Statement<'_>) -> Option<usize> {
    /// Tokens of a matter.
    const MATTER: usize = 30;
    let tokens = &statement.tokens;
    if !matches!(
        (context.reading.word(tokens.start), context.reading.word(tokens.start + 1)),
        ("Đối", "với") | ("Về", _)
    ) {
        return None;
    }
    let mut head = tokens.start..tokens.end.min(tokens.start + MATTER);
    let colon = head.find(|&at| context.reading.tokens[at].is(':'))?;
    context.organization_at(colon + 1).map(|found| found.tokens.end)
}

/// "… yêu cầu các sở vào cuộc. | Công an huyện mở đợt cao điểm …": right behind what was asked, a body and what it is to do, by whatever verb.
pub(super) fn tasks_another(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> bool {
    /// Words that tell how something stands, or go on with the name.
    const TELLING: [&str; 40] = [
        "đã",
        "đang",
        "được",
        "vừa",
        "sẽ",
        "là",
        "có",
        "không",
        "chưa",
        "còn",
        "vẫn",
        "bị",
        "nằm",
        "thuộc",
        "gồm",
        "chiếm",
        "đạt",
        "tăng",
        "giảm",
        "thì",
        "mà",
        "như",
        "trong",
        "của",
        "và",
        "do",
        "với",
        "tại",
        "ở",
        "năm",
        "rất",
        "luôn",
        "thường",
        "đều",
        "này",
        "hiện",
        "về",
        "khi",
        "mới",
        "trên",
    ];
    let reading = context.reading;
    let at = topic_end(context, statement.tokens.start, statement.tokens.end).unwrap_or(statement.tokens.start);
    // "Đại hội hiệp thương cử …": what a meeting does is told.
    let behind =
        matches!(statement.past.kind, Some(ItemKind::Directive | ItemKind::Proposal)) && !is_event(context, at);
    let end = assigned(context, statement);
    let end = end.or_else(|| behind.then(|| doer_end(context, lexicon, statement, at)).flatten());
    end.is_some_and(|end| {
        let lower = reading.tokens.get(end).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
        end < statement.tokens.end && lower && !(end..end + 2).any(|at| TELLING.contains(&reading.word(at)))
    })
}

/// True for a sentence of the same turn without a subject of its own, behind one that asked for something.
pub(super) fn goes_on_asking(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> bool {
    statement.is_listed(context)
        || matches!(statement.past.asked, Some(ItemKind::Directive | ItemKind::Proposal))
            && statement.frame.is_none()
            && opening(context, lexicon, statement).is_some_and(|weights| weights[ASKED] > 0)
}

/// A sentence without a subject of its own goes on with what came before: "Rà soát quy hoạch …" behind "yêu cầu …" is asked, "Thực hiện tốt
/// …" behind results is a result.
pub(super) fn continue_past(past: &Past, opening: &Weights, sums: &mut Weights) {
    match (past.asked, past.kind) {
        // Not "Tới đây sẽ …".
        (None, Some(ItemKind::Achievement)) if opening[PROMISED] < PLANNED => sums[ATTAINED] += 20,
        // "Tỉnh sẽ phục vụ nhà đầu tư. Chủ động hỗ trợ …": the promise goes on.
        (Some(ItemKind::Commitment), _) if opening[PROPOSED] == 0 && opening[ASKED] < COMMAND => {
            sums[PROMISED] += opening[ASKED].max(0) + opening[PROMISED] + 14;
        }
        (asked, _) => {
            for (sum, weight) in sums.iter_mut().zip(opening) {
                *sum += weight;
            }
            if let Some(asked) = asked {
                sums[index(asked)] += 14;
            }
        }
    }
}
