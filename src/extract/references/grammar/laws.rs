//! Names of laws: where they begin and end.

use std::ops::Range;

use super::{Grammar, LONGEST_TITLE};
use crate::extract::references::{Naming, Type};
use crate::text::{Case, Kind};

impl Grammar<'_> {
    /// The end of a law's name that the lexicon has: "đất đai" in small letters too.
    pub(super) fn known_law(self, at: usize) -> Option<usize> {
        self.lexicons.laws.longest(self.tokens(), at).map(|(end, ())| end)
    }

    /// True where a law is named behind its type: "Luật | Đất đai", "luật | an ninh mạng", in a sentence also "Luật | sửa đổi …".
    pub(super) fn begins_law(self, start: usize, at: usize) -> bool {
        let Some(first) = self.tokens().get(at) else { return false };
        // "Trường Đại học | Luật Hà Nội", "Hiệp hội | Luật các nước".
        let bodies = &self.context.organizations.all;
        let split = bodies.partition_point(|found| found.tokens.start < start);
        let inside = bodies[..split].iter().rev().take(4).any(|found| found.tokens.end > start);
        let whole = self.is_word(at, "các") && self.known_law(at).is_none();
        let proper = self.tokens()[start].is_capital() && !self.heads_sentence(start) && first.is_word();
        !inside && !whole && (first.is_capital() || proper || self.known_law(at).is_some())
    }

    /// Where a law's name ends; some hold a comma: "Luật Phòng, chống tham nhũng", "Luật Xuất cảnh, nhập cảnh".
    pub(super) fn law_end(self, at: usize) -> usize {
        self.amended(at).unwrap_or_else(|| self.plain_end(at))
    }

    fn plain_end(self, at: usize) -> usize {
        const BEHIND: [&str; 17] = [
            "chống", "thể", "vệ", "nhập", "xuất", "quá", "khen", "chữa", "sử", "đối", "tố", "tạm", "an", "cư", "chăm",
            "cứu", "khắc",
        ];
        let known = self.known_law(at);
        // In small letters nothing but the lexicon tells where the name ends.
        if let Some(known) = known.filter(|_| !self.tokens()[at].is_capital()) {
            let goes_on = self.tokens().get(known).is_some_and(|next| match next.kind {
                // "luật giáo dục | ĐH", "luật đất đai | 2013".
                Kind::Word(Case::Upper) => true,
                Kind::Number => next.end - next.start == 4,
                _ => false,
            });
            return known + usize::from(goes_on);
        }
        let mut end = self.title_end(at).max(known.unwrap_or(at));
        while end > at
            && end - at < LONGEST_TITLE
            && self.is_sign(end, ",")
            && BEHIND.contains(&self.context.reading.word(end + 1))
        {
            end = self.title_end(end + 1).max(end + 1);
        }
        end
    }

    /// "Nhà ở | số 27/2023/QH15": the name of a law without its number, and the number.
    pub(super) fn law_number(self, name: Range<usize>, kind: Type) -> (Range<usize>, Option<Range<usize>>) {
        let mark = (name.start + 1..=name.end).find(|&at| self.is_word(at, "số"));
        match mark.and_then(|mark| Some((mark, self.number(mark + 1, true, kind)?))) {
            Some((mark, number)) if number.len() > 1 => (name.start..mark, Some(number)),
            _ => (name, None),
        }
    }

    /// "sửa đổi, bổ sung một số điều của | Luật Đất đai": a law that amends another holds its name.
    fn amended(self, at: usize) -> Option<usize> {
        const REACH: usize = 12;
        if !(self.is_word(at, "sửa") && self.is_word(at + 1, "đổi")) {
            return None;
        }
        let inner = (at + 2..at + REACH)
            .take_while(|&at| self.tokens().get(at).is_some_and(|token| token.is_word() || token.is(',')))
            .find_map(|at| {
                let (end, kind) = self.lexicons.types.longest(self.tokens(), at)?;
                (kind.naming == Naming::Law).then_some(end)
            })?;
        let end = self.plain_end(inner);
        (end > inner).then_some(end)
    }
}
