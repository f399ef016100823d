//! Sentences that begin with what is to be done, or was: "Đồng thời, rà soát …", "Sở Y tế chủ động …". They go on with what came before.

use super::super::Past;
use super::super::cues::{Lexicon, Noun, Weights, index};
use super::super::frames::Subject;
use super::{ASKED, ATTAINED, PROMISED, PROPOSED, Statement};
use crate::extract::Context;
use crate::model::ItemKind;

/// The weight of a beginning that asks others, whatever was promised before: "yêu cầu …", "đề nghị …".
const COMMAND: i32 = 28;

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
    let weights = |at: usize| lexicon.openings.longest(all, at).map(|(_, weights)| *weights);
    // "Thực hiện chỉ đạo của Chính phủ, Sở đã …": a phrase of no weight opens with somebody else's words.
    let tasked = tasked_end(context, lexicon, statement, at).and_then(weights);
    tasked.or_else(|| weights(at)).filter(|weights| *weights != [0; 8])
}

/// "… yêu cầu các sở vào cuộc. | Sở Y tế cũng | chủ động …": behind what was asked, the end of the body that begins the sentence as the one to do it.
fn tasked_end(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, at: usize) -> Option<usize> {
    let asked = matches!(statement.past.asked, Some(ItemKind::Directive | ItemKind::Proposal | ItemKind::Commitment));
    if !asked || statement.frame.is_some_and(|frame| !frame.trailing) {
        return None;
    }
    let all = &context.reading.tokens[..statement.tokens.end];
    let body = context.organization_at(at).map(|found| found.tokens.end);
    let noun = || {
        let found = lexicon.nouns.longest(all, at);
        // "các đơn vị chủ động …" are told what to do; "các đại biểu tập trung …" is told of them.
        let units =
            context.reading.word(at).to_lowercase() == "các" && !matches!(context.reading.word(at + 1), "đại" | "cử");
        let units = units && statement.past.asked != Some(ItemKind::Commitment);
        found.filter(|(_, noun)| **noun == Noun::Body || **noun == Noun::Crowd && units).map(|(end, _)| end)
    };
    let end = body.or_else(noun)?;
    let word = |at: usize| context.reading.word(at);
    // "các đơn vị liên quan", "cơ quan chức năng".
    let told = matches!((word(end), word(end + 1)), ("liên", "quan") | ("chức", "năng") | ("trực", "thuộc"));
    let end = end + 2 * usize::from(told);
    Some(end + usize::from(word(end) == "cũng"))
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
        (None, Some(ItemKind::Achievement)) => sums[ATTAINED] += 20,
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
