//! How far a subject reaches: over the level before it, to the place behind it, or a number in its stead.

use super::super::name::Name;
use super::Grammar;
use crate::text::{Kind, Reading};

impl Grammar {
    /// "Chính phủ | Lào", "Bộ Quốc phòng | nước Cộng hòa Dân chủ Nhân dân Lào": another state's.
    pub(super) fn of_state(&self, reading: &Reading, at: usize, name: &mut Name) {
        let leads = matches!(
            (reading.word(at), reading.word(at + 1)),
            ("Bộ" | "bộ", _) | ("Quốc" | "QUỐC", "hội") | ("Chính" | "CHÍNH", "phủ") | ("Văn", "phòng")
        );
        let state = || self.localities.state(reading, name.end);
        if let Some((whole, _)) = leads.then(state).flatten() {
            name.grow(whole.end);
            name.complements += 1;
        }
    }

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

    /// "Ủy ban Quốc gia APEC | 2017", "Ban Tổ chức SEA Games | 31": the year or number of what a committee prepares.
    pub(super) fn of_occasion(&self, reading: &Reading, at: usize, name: &mut Name) {
        let committee = matches!(reading.word(at).to_lowercase().as_str(), "ủy" | "uỷ" | "ban" | "tiểu");
        let occasion = |at: usize| matches!(reading.word(at), "APEC" | "ASEAN" | "ASEM" | "WEF" | "Games" | "Vesak");
        let number = reading.tokens.get(name.end).is_some_and(|token| token.kind == Kind::Number && token.spaced);
        if committee && number && occasion(name.end - 1) {
            name.grow(name.end + 1);
        }
    }

    /// "Ban Chỉ đạo | 35 Tỉnh ủy", "Ban Chỉ đạo | 389": the number that a committee is known by.
    pub(super) fn code(&self, reading: &Reading, at: usize) -> Option<usize> {
        let code = reading.tokens.get(at)?.kind == Kind::Number && (2..=3).contains(&reading.word(at).len());
        code.then_some(at + 1)
    }
}
