//! Which words begin a body's name.

use super::super::heads::Head;
use super::Grammar;
use crate::text::{Case, Kind, Reading};

impl Grammar {
    /// The head at a token.
    pub(in crate::extract::organizations) fn head(&self, reading: &Reading, at: usize) -> Option<(usize, Head)> {
        let (end, kind) = self.heads.longest(&reading.tokens, at)?;
        // "ngành Hải quan TP": all who do such work, no body.
        let trade = *kind == Head::Seat
            && (at > 0 && matches!(reading.word(at - 1), "ngành" | "Ngành") || reading.word(at) == "thuế");
        // "nghị trường HĐND": a word whose second part looks like a school.
        let compound = at > 0
            && reading.word(at) == "trường"
            && matches!(reading.word(at - 1), "nghị" | "thị" | "môi" | "hội" | "công" | "lập" | "chiến" | "nông");
        // "lực lượng công an xã": who do the work.
        let force =
            *kind == Head::Seat && !reading.tokens[at].is_capital() && at > 0 && reading.word(at - 1) == "lượng";
        // "các ban xây dựng Đảng của Tỉnh ủy": no single one.
        let several =
            *kind == Head::Part && !reading.tokens[at].is_capital() && at > 0 && reading.word(at - 1) == "các";
        // "4 Đảng bộ trực thuộc Trung ương": how many.
        let counted = *kind == Head::Area
            && at > 0
            && reading.tokens[at - 1].kind == Kind::Number
            && matches!(reading.word(end - 1), "bộ" | "Bộ");
        // "toàn Đảng bộ": all its members.
        let all = *kind == Head::Area && at > 0 && reading.word(at - 1) == "toàn";
        if *kind == Head::None
            || trade
            || compound
            || force
            || several
            || counted
            || all
            || self.ends_place(reading, at, end)
            || self.localities.closes_compound(reading, at)
        {
            return None;
        }
        // In a line of capitals only names that are clear by themselves are read.
        let shouted = reading.tokens[at].kind == Kind::Word(Case::Upper)
            && matches!(kind, Head::Topic | Head::Loose | Head::Proper)
            && reading
                .word(at)
                .chars()
                .any(|c| c.is_lowercase() || crate::text::fold::bare(c) != c || !"BQLTWHTXCĐ".contains(c));
        (!shouted).then_some((end, *kind))
    }
}
