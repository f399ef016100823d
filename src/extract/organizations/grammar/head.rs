//! Which words begin a body's name, and which stand for one by themselves.

use std::ops::Range;

use super::super::heads::Head;
use super::super::name::Body;
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
        // "Ban cán sự Đảng | Bộ Công Thương": no "đảng bộ".
        let caucus = at > 1 && reading.word(at) == "Bộ" && reading.word(at - 2) == "sự";
        // "Công văn số 4123/ | UBND-KT": who signs a document, in its number.
        let signs = at > 1
            && reading.tokens[at - 1].is('/')
            && !reading.tokens[at].spaced
            && reading.tokens[at - 2].kind == Kind::Number;
        if *kind == Head::None
            || signs
            || trade
            || compound
            || force
            || several
            || counted
            || all
            || self.ends_place(reading, at, end)
            || !caucus && self.localities.closes_compound(reading, at)
        {
            return None;
        }
        // In a line of capitals only names that are clear by themselves are read.
        let shouted = reading.tokens[at].kind == Kind::Word(Case::Upper)
            && matches!(kind, Head::Topic | Head::Loose | Head::Proper)
            && reading
                .word(at)
                .chars()
                .any(|c| c.is_lowercase() || crate::text::fold::bare(c) != c || !"BQLTWHTXCĐ".contains(c))
            && reading.word(at) != "CTCP"
            // "ĐH | Luật Sơn Hà".
            && !(reading.word(at) == "ĐH"
                && !matches!(reading.word(end), "Đảng" | "Đoàn" | "Việt")
                && reading.tokens.get(end).is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Title)));
        (!shouted).then_some((end, *kind))
    }

    /// A head of two words or more alone, with a capital: "Tổng Công ty", "Ban Chỉ đạo"; behind the title of an office also without,
    /// "Trưởng | ban chỉ đạo".
    pub(super) fn generic(&self, reading: &Reading, head: Range<usize>, kind: Head, office: bool) -> Option<Body> {
        let led = office && kind == Head::Topic;
        let stands = head.len() > 1
            && matches!(kind, Head::Topic | Head::Loose | Head::Proper)
            && (led || reading.tokens[head.start].kind == Kind::Word(Case::Title))
            && !reading.tokens.get(head.end).is_some_and(|next| {
                next.is_capital() && next.spaced && !self.localities.surnames.begins(reading, head.end)
            });
        stands.then(|| Body {
            tokens: head.clone(),
            pieces: std::iter::once(head).collect(),
            units: Vec::new(),
            place: None,
            bare: None,
            fixed: false,
            nested: false,
            whole: false,
            generic: true,
        })
    }
}
