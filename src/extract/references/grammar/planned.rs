//! Documents that there are none of yet: "kiến nghị ban hành nghị quyết về …".

use super::Grammar;
use crate::text::Kind;

/// Tokens before a document among which the words of its making are looked for.
const MAKING: usize = 6;
/// Tokens before these among which the wish for it is looked for.
const WISH: usize = 9;

impl Grammar<'_> {
    /// True for a document without number or quoted name that is only asked for: "sớm ban hành | nghị định về …", "kiến nghị để có | nghị
    /// quyết của Quốc hội".
    pub(super) fn is_planned(self, start: usize, end: usize) -> bool {
        let reading = self.context.reading;
        let quoted = self.is_sign(end, "“\"") || self.is_word(end, "về") && self.is_sign(end + 1, "“\"");
        if quoted || self.tokens()[start].is_capital() {
            return false;
        }
        let Some(sentence) = reading.sentence_of(start) else { return false };
        let first = reading.sentences[sentence].tokens.start;
        let back = |from: usize, most: usize| (first.max(from.saturating_sub(most))..from).rev();
        // "ban hành nghị quyết, | nghị định": of a list of what is asked for.
        let joins = |at: usize| {
            let token = &self.tokens()[at];
            matches!(token.kind, Kind::Sign(','))
                || matches!(reading.word(at), "và" | "hoặc" | "các" | "một" | "nghị" | "quyết" | "định" | "thị")
        };
        let Some(made) = back(start, MAKING).find(|&at| !joins(at)) else { return false };
        let makes = match reading.word(made) {
            "có" => true,
            "hành" => made > first && self.is_word(made - 1, "ban"),
            "dựng" => made > first && self.is_word(made - 1, "xây"),
            "thảo" => made > first && self.is_word(made - 1, "soạn"),
            _ => false,
        };
        let done = back(made, WISH).any(|at| matches!(reading.word(at), "đã" | "vừa" | "được"));
        let wished = back(made, WISH).any(|at| {
            let pair = (reading.word(at), reading.word(at + 1));
            matches!(pair.0, "sẽ" | "cần" | "sớm" | "nên" | "phải")
                || matches!(pair, ("kiến" | "đề", "nghị") | ("đề", "xuất") | ("nghiên", "cứu") | ("tham", "mưu"))
        });
        makes && wished && !done
    }
}
