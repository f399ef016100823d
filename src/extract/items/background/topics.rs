//! What is spoken of is named and nothing is said about it: "ông Lân đã báo cáo những tác động của hạn hán đến sản xuất".

use std::ops::Range;

use super::super::cues::Act;
use super::super::frames::{Frame, Subject};
use crate::extract::Context;

/// First words of what is only named: "các nguyên tắc", "những tác động", "một số nội dung", "tình hình", "quy chế".
const NOUNS: [&str; 12] = ["các", "những", "một", "về", "việc", "tình", "quy", "nội", "kết", "kế", "chương", "thực"];

/// Words that say something of something.
const PREDICATES: [&str; 36] = [
    "là", "đã", "đang", "sẽ", "được", "bị", "phải", "cần", "còn", "chưa", "không", "có", "đạt", "tăng", "giảm", "vẫn",
    "nên", "giúp", "do", "rất", "rằng", "khi", "nếu", "mà", "nhưng", "song", "vì", "gồm", "như", "hãy", "đều", "cũng",
    "thì", "gặp", "làm", "vượt",
];

/// True where a verb of saying is followed by nothing but a noun and what belongs to it.
pub(super) fn is_named(context: &Context<'_>, frame: &Frame, tokens: &Range<usize>) -> bool {
    /// Tokens of a name of what is spoken of.
    const LONGEST: usize = 45;
    let reading = context.reading;
    let rest = frame.end..tokens.end;
    let word = |at: usize| reading.word(at);
    let named = matches!(frame.subject, Subject::Person(_) | Subject::Organization(_));
    // "một số", not "một người".
    let noun = NOUNS.contains(&word(rest.start)) && (word(rest.start) != "một" || word(rest.start + 1) == "số");
    // "nhấn mạnh các nguyên tắc", not "nhấn mạnh việc thực thi nghiêm luật"; "cho biết tình trạng này đáng lo".
    let names = match (0..frame.end).rev().map(word).find(|word| !matches!(*word, "rõ" | "thêm" | "lên" | "ra" | "bật"))
    {
        Some("cáo" | "trình" | "đáp" | "thích" | "thiệu" | "bố") => true,
        Some("nêu" | "lời" | "tích" | "sẻ" | "tin" | "mạnh" | "lại" | "cập") => {
            !matches!(word(rest.start), "việc" | "tình" | "thực")
        }
        _ => false,
    };
    let says = |at: usize| PREDICATES.contains(&word(at)) || reading.tokens[at].is(':') || reading.tokens[at].is(';');
    let quoted =
        || context.structure.quotes_from(rest.start).first().is_some_and(|quote| quote.tokens.start < rest.end);
    let counted = || {
        let at = context.figures.partition_point(|figure| figure.tokens.start < rest.start);
        context.figures.get(at).is_some_and(|figure| figure.tokens.start < rest.end)
    };
    frame.act == Act::Say
        && !frame.trailing
        && frame.also.is_none()
        && named
        && names
        && noun
        && rest.len() <= LONGEST
        && !rest.clone().any(says)
        && !quoted()
        && !counted()
}
