//! The term that an office is held for, and the words for a meeting behind who chairs it.

use super::Offices;
use crate::text::Kind;

impl Offices<'_> {
    /// Passes over "khóa XI", "nhiệm kỳ 2020-2025", "(khóa I)" behind an office.
    pub(super) fn pass_term(&self, at: usize) -> usize {
        let word = |offset: usize| self.reading.word(at + offset);
        match (word(0), word(1)) {
            // "chủ tọa kỳ họp, Chủ tịch HĐND tỉnh …".
            ("kỳ" | "phiên" | "cuộc" | "buổi", "họp") | ("hội", "nghị") | ("đại", "hội")
                if at > 0 && matches!(self.reading.word(at - 1), "tọa" | "toạ") =>
            {
                at + 2
            }
            // "(khóa XI), Phó Trưởng Ban …".
            ("(", "khóa" | "khoá" | "Khóa" | "Khoá" | "nhiệm") => {
                let closed = (at..at + 10).find(|&t| self.reading.tokens.get(t).is_some_and(|t| t.is(')')));
                closed.map_or(at, |close| close + 1)
            }
            ("khóa" | "khoá" | "Khóa" | "Khoá", _) => self.pass_term_years(self.pass_terms(at + 2)),
            ("nhiệm", "kỳ" | "kì") => self.pass_years(at + 2),
            _ => at,
        }
    }

    /// "khóa II, III và IV, …": further terms.
    fn pass_terms(&self, at: usize) -> usize {
        let roman = |at: usize| {
            let word = self.reading.word(at);
            !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
        };
        let mut at = at;
        while matches!(self.reading.word(at), "," | "và") && roman(at + 1) {
            at += 2;
        }
        at
    }

    fn pass_term_years(&self, at: usize) -> usize {
        let comma = usize::from(self.reading.tokens.get(at).is_some_and(|t| t.is(',')));
        if self.reading.word(at + comma) == "nhiệm" { self.pass_years(at + comma + 2) } else { at }
    }

    fn pass_years(&self, at: usize) -> usize {
        let years = (at..at + 3).take_while(|&t| {
            self.reading
                .tokens
                .get(t)
                .is_some_and(|t| t.kind == Kind::Number || matches!(t.kind, Kind::Sign('-' | '–')))
        });
        at + years.count()
    }
}
