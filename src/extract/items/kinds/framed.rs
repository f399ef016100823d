//! What the verb of a frame adds to the sums: "yêu cầu" asks, "cam kết" promises; a concession or a courtesy before the point adds nothing.

use super::super::cues::{Act, Lexicon, Weights, index};
use super::super::frames::Frame;
use super::{FAILED, HONOURED, STATED, Statement, words};
use crate::extract::Context;
use crate::model::ItemKind;

/// What a verb of saying adds to what is said, in tenths.
const SAID: i32 = 8;

/// What words behind a courtesy get as what is said, in tenths.
const COURTESY: i32 = 20;

pub(super) fn add(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, sums: &mut Weights) {
    let Some(frame) = statement.frame else { return };
    // "Hội nghị sẽ thảo luận, thông qua …": nothing is decided yet.
    let to_come = || (frame.start..frame.end).any(|at| context.reading.word(at) == "sẽ");
    if frame.act == Act::Decide && (words::is_expected(context, statement) || to_come()) {
        return;
    }
    // "Dù Bộ đã yêu cầu hoàn trả …, nhưng đến nay chưa xong": what was asked is granted, the point comes behind.
    if frame.asks() && concedes(context, lexicon, statement, frame) {
        return;
    }
    if is_courtesy(context, lexicon, statement, frame) {
        sums[STATED] += COURTESY;
        sums[HONOURED] = 0;
        return;
    }
    // "Bà Hà chỉ rõ các xã đã triển khai tốt": what is pointed out need not have failed.
    let points_out = context.reading.word(frame.end.saturating_sub(2)) == "chỉ";
    if frame.act == Act::Raise && points_out && !frame.trailing && sums[FAILED] <= 0 {
        sums[STATED] += SAID;
        return;
    }
    // Behind a quotation a second act makes an item of its own.
    let also = frame.also.filter(|_| !frame.trailing);
    for (kind, weight) in [Some(frame.act), also].into_iter().flatten().filter_map(weight_of) {
        sums[index(kind)] += weight;
    }
}

/// "ghi nhận các ý kiến của cử tri **và cho biết** …", "cảm ơn câu hỏi, cho rằng …": what is said counts.
fn is_courtesy(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, frame: &Frame) -> bool {
    /// Tokens of what is taken note of.
    const NEAR: usize = 16;
    let all = &context.reading.tokens[..statement.tokens.end];
    let word = |at: usize| context.reading.word(at);
    let opinion =
        |at: &usize| matches!((word(*at), word(at + 1)), ("ý" | "câu", _) | ("kiến", "nghị") | ("phản", "ánh"));
    let near = frame.end..all.len().min(frame.end + NEAR);
    let says = |at: usize| {
        let joins = all[at].key == lexicon.words.and || all[at].is(',');
        joins && lexicon.verbs.longest(all, at + 1).is_some_and(|(_, act)| *act == Act::Say)
    };
    frame.act == Act::Praise && !frame.trailing && near.clone().take(4).any(|at| opinion(&at)) && near.clone().any(says)
}

/// "Dù …, nhưng …": a sentence that begins with a concession and goes on to its point behind the frame.
fn concedes(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, frame: &Frame) -> bool {
    let granted = matches!(context.reading.word(statement.tokens.start), "Dù" | "Mặc" | "Tuy");
    let behind = &context.reading.tokens[frame.end.min(statement.tokens.end)..statement.tokens.end];
    granted && behind.iter().any(|token| lexicon.words.contrasts.contains(token.key))
}

/// What a reporting verb adds to which kind.
pub(super) fn weight_of(act: Act) -> Option<(ItemKind, i32)> {
    Some(match act {
        Act::Say => (ItemKind::Statement, SAID),
        Act::Order | Act::Ask => (ItemKind::Directive, 50),
        Act::Propose => (ItemKind::Proposal, 50),
        Act::Hope => (ItemKind::Directive, 25),
        Act::Promise => (ItemKind::Commitment, 50),
        Act::Praise => (ItemKind::Recognition, 50),
        Act::Admit => (ItemKind::Shortcoming, 45),
        Act::Raise => (ItemKind::Shortcoming, 30),
        Act::Decide => (ItemKind::Decision, 25),
        Act::Topic | Act::None => return None,
    })
}
