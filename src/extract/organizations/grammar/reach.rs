//! How far a subject reaches: over the level before it, to the place behind it, or a number in its stead.

use super::Grammar;
use crate::text::{Kind, Reading};

impl Grammar {
    /// "Trung tâm Phát triển | nguồn nhân lực chất lượng cao Đà Nẵng": small words of a centre's or an institute's name before its place.
    pub(super) fn until_place(&self, reading: &Reading, at: usize, from: usize, known: usize) -> usize {
        let head = matches!((reading.word(at), reading.word(at + 1)), ("Trung", "tâm") | ("Viện", _));
        let place = |at: usize| self.localities.known(reading, at).is_some();
        let end = || self.unit_ends.end(reading, from, known, place).filter(|&end| place(end));
        head.then(end).flatten().unwrap_or(known)
    }

    /// Passes over the level and "về" before a steering committee's subject: "Ban Chỉ đạo | Trung ương về | phòng, chống tham nhũng".
    pub(super) fn pass_level(&self, reading: &Reading, at: usize) -> usize {
        let level = self.tail(reading, at).filter(|(_, generic)| !generic).map(|(end, _)| end);
        let level = level.or_else(|| self.localities.bare_unit(reading, at).map(|unit| unit.end()));
        let about = level.unwrap_or(at);
        if reading.word(about) == "về" { about + 1 } else { at }
    }

    /// "Ban Chỉ đạo | 35 Tỉnh ủy", "Ban Chỉ đạo | 389": the number that a committee is known by.
    pub(super) fn code(&self, reading: &Reading, at: usize) -> Option<usize> {
        let code = reading.tokens.get(at)?.kind == Kind::Number && (2..=3).contains(&reading.word(at).len());
        code.then_some(at + 1)
    }
}
