//! Sentences that carry no act.
//!
//! - lead-ins: they end in a colon ("Thủ tướng chỉ đạo:");
//! - that a meeting takes place: "Sáng 3-4, UBND xã **tổ chức** hội nghị …", "Kỳ họp **diễn ra** trong ba ngày";
//! - attendance: "**Đến dự có** …", "… **tham dự** hội nghị";
//! - biography: "Ông Lân **sinh năm** 1970, **quê** Mỹ Lâm", "Ông **từng là** …";
//! - visits, and topics without a word about them: "Hội nghị **thảo luận** về …".
//!
//! A frame with words of substance ("ông Lân cho biết …"), a figure with a result, or a decision outweighs these signs.

use std::ops::Range;

use super::cues::{Act, Lexicon, index};
use super::frames::Frame;
use crate::extract::Context;
use crate::model::ItemKind;

/// What a word of a sentence without act tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Held,
    Attend,
    Life,
    Visit,
    Topic,
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
        "none" => Sign::None,
        _ => return None,
    })
}

pub(super) fn is_background(
    context: &Context<'_>,
    lexicon: &Lexicon,
    tokens: &Range<usize>,
    frame: Option<&Frame>,
) -> bool {
    let all = &context.reading.tokens;
    if all.get(tokens.end - 1).is_some_and(|last| last.is(':')) {
        return true;
    }
    if context.structure.quote_at(tokens.start).is_some() {
        return false;
    }
    if frame.is_some_and(|frame| frame.act == Act::Topic) {
        return true;
    }
    let Some(sign) = first_sign(context, lexicon, tokens) else { return false };
    if frame.is_some() && sign != Sign::Life {
        return false;
    }
    let decided = decision_weight(context, lexicon, tokens);
    match sign {
        Sign::Life => frame.is_none_or(|frame| frame.act == Act::Say && decided < 10) && decided < 40,
        Sign::Held => decided < 40,
        Sign::Attend | Sign::Visit | Sign::Topic => decided < 30,
        Sign::None => false,
    }
}

fn first_sign(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> Option<Sign> {
    let all = &context.reading.tokens[..tokens.end];
    // What an event was is told early; later words belong to something else.
    let near = tokens.start..tokens.end.min(tokens.start + 40);
    near.clone()
        .find_map(|at| lexicon.background.longest(all, at).map(|(_, sign)| *sign))
        .filter(|sign| *sign != Sign::None)
}

/// How much a sentence speaks of a decision, a recognition or a result.
fn decision_weight(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> i32 {
    let all = &context.reading.tokens[..tokens.end];
    let (mut at, mut decision, mut praise) = (tokens.start, 0, 0);
    while at < tokens.end {
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
