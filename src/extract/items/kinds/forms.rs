//! What the form of a sentence tells: a question, a point of a list, a detail.

use super::Statement;
use crate::extract::Context;
use crate::model::ItemKind;
use crate::text::{Kind, Token};

/// "Thứ ba là hình thành chương trình giống": the next point of what was asked, unless it tells what has been.
pub(super) fn is_counted_on(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let word = |at: usize| context.reading.word(at);
    let start = statement.tokens.start;
    let number = |at: usize| {
        matches!(word(at), "nhất" | "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy" | "tám")
            || context.reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Number)
    };
    let ordinal = match (word(start), word(start + 1)) {
        ("Thứ", _) => number(start + 1),
        ("Một" | "Hai" | "Ba" | "Bốn" | "Năm" | "Sáu" | "Bảy" | "Tám", "là") => true,
        ("Nhiệm", "vụ") | ("Giải", "pháp") => word(start + 2) == "thứ" && number(start + 3),
        _ => false,
    };
    let told = |at: usize| matches!(word(at), "đã" | "đang" | "chưa" | "còn" | "vẫn" | "bị" | "sẽ");
    let asked = matches!(statement.past.asked, Some(kind) if statement.past.kind == Some(kind));
    asked && ordinal && statement.frame.is_none() && !statement.tokens.clone().any(told)
}

/// "Theo đó, năm xã được nâng cấp …" behind a decision: what was decided, point by point.
pub(super) fn goes_into_detail(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let at = statement.tokens.start;
    let pair = (context.reading.word(at), context.reading.word(at + 1));
    let joins = matches!(pair, ("Theo", "đó") | ("Cụ", "thể") | ("Trong", "đó") | ("Đồng", "thời") | ("Ngoài", "ra"));
    joins && statement.past.kind == Some(ItemKind::Decision)
}

/// True for a question.
pub(super) fn is_question(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    // "“Vì sao chậm?”, bà Hà hỏi": the question ends before who asks it.
    let end = statement.frame.filter(|frame| frame.trailing).map_or(statement.tokens.end, |frame| frame.start);
    let tokens = &context.reading.tokens[statement.tokens.start..end.max(statement.tokens.start)];
    let asked = |tokens: &[Token]| tokens.iter().rev().take(3).any(|token| token.is('?'));
    asked(tokens) || asked(&context.reading.tokens[statement.tokens.clone()])
}

/// "… có vi phạm quy định không.", "… có đạt hay không": what is not known.
pub(super) fn asks_whether(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let last = statement.tokens.clone().rev().find(|&at| context.reading.tokens[at].is_word());
    last.is_some_and(|last| {
        context.reading.word(last) == "không"
            && (statement.tokens.start..last).any(|at| context.reading.word(at) == "có")
    })
}

/// "Tuy nhiên, …", "Dù …, nhưng …": a sentence set against what came before.
pub(super) fn contrasts(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let start = statement.tokens.start;
    matches!(context.reading.word(start), "Tuy" | "Nhưng" | "Song" | "Dù" | "Mặc")
}
