//! How far a subject reaches: over the level before it, to the place behind it, or a number in its stead.

use super::super::super::localities;
use super::super::super::people::names;
use super::super::name::Name;
use super::Grammar;
use crate::text::{Case, Kind, Reading};

impl Grammar {
    /// "Chính phủ | Lào", "Bộ Quốc phòng | nước Cộng hòa Dân chủ Nhân dân Lào": another state's.
    pub(super) fn of_state(&self, reading: &Reading, at: usize, name: &mut Name) {
        let leads = matches!(
            (reading.word(at), reading.word(at + 1)),
            ("Bộ" | "bộ", _)
                | ("Quốc" | "QUỐC" | "quốc", "hội")
                | ("Chính" | "CHÍNH" | "chính", "phủ")
                | ("Văn", "phòng")
        );
        let state = || self.localities.state(reading, name.end);
        if let Some((whole, _)) = leads.then(state).flatten() {
            name.grow(whole.end);
            name.complements += 1;
        }
    }

    /// "HĐQT | VinaTan", "Hội đồng thành viên | PVX": the board of a company that its brand alone names.
    pub(super) fn board_of(&self, reading: &Reading, at: usize, name: &mut Name) {
        let board = matches!(reading.word(name.end - 1), "HĐQT" | "HĐTV")
            || reading.small_word(at) == "hội" && matches!(reading.small_word(name.end - 1), "trị" | "viên");
        let brand = reading.tokens.get(name.end).is_some_and(|token| match token.kind {
            Kind::Word(Case::Upper | Case::Mixed) => token.spaced && token.end - token.start > 2,
            Kind::Word(Case::Title) => {
                let word = reading.word(name.end);
                token.spaced && word.is_ascii() && localities::is_highland_name(word)
            }
            _ => false,
        });
        let alone = !reading.tokens.get(name.end + 1).is_some_and(|next| next.is_capital() && next.spaced);
        if board
            && brand
            && alone
            && self.head(reading, name.end).is_none()
            && self.localities.known(reading, name.end).is_none()
        {
            name.grow(name.end + 1);
            name.complements += 1;
        }
    }

    /// "EVN | HANOI", "VNPT | VinaPhone": a company of a group, by two short forms.
    pub(super) fn branch(&self, reading: &Reading, at: usize, name: &mut Name) {
        let short = |at: usize| {
            let token = reading.tokens.get(at).filter(|token| token.spaced && token.end - token.start > 2);
            token.is_some_and(|token| matches!(token.kind, Kind::Word(Case::Upper | Case::Mixed)))
        };
        // "Viettel | Lâm Đồng", "Agribank | Gia Lai": its branch in a province.
        let branches = matches!(
            reading.word(at),
            "Viettel"
                | "VNPT"
                | "MobiFone"
                | "Agribank"
                | "BIDV"
                | "Vietcombank"
                | "VietinBank"
                | "Vietinbank"
                | "Eximbank"
        );
        if branches && self.localities.known(reading, name.end).is_some() && self.place(reading, name) {
            return;
        }
        let group = name.end == at + 1 && reading.tokens[at].kind == Kind::Word(Case::Upper);
        if group
            && short(name.end)
            && self.head(reading, name.end).is_none()
            && self.localities.known(reading, name.end).is_none()
        {
            name.grow(name.end + 1);
        }
    }

    /// "Trung tâm Phát triển | nguồn nhân lực chất lượng cao Đà Nẵng": small words of a centre's or an institute's name before its place.
    pub(super) fn until_place(&self, reading: &Reading, at: usize, from: usize, known: usize) -> usize {
        let head = matches!((reading.word(at), reading.word(at + 1)), ("Trung", "tâm") | ("Viện", _));
        let place = |at: usize| self.localities.known(reading, at).is_some();
        let end = || self.unit_ends.end(reading, from, known, place).filter(|&end| place(end));
        head.then(end).flatten().unwrap_or(known)
    }

    /// "Ban Chỉ đạo quốc gia về tìm kiếm, | quy tập và xác định danh tính hài cốt liệt sĩ (Ban Chỉ đạo 515)": its short form in brackets closes the name
    /// of a committee.
    pub(super) fn until_own_sign(&self, reading: &Reading, at: usize, known: usize) -> usize {
        const MOST: usize = 20;
        let word = |at: &usize| reading.tokens.get(*at).is_some_and(|token| token.is_word() || token.is(','));
        let open = known + (known..known + MOST).take_while(word).count();
        let same = |offset: usize| {
            reading.tokens.get(open + 1 + offset).map(|token| token.key) == Some(reading.tokens[at + offset].key)
        };
        let sign = reading.tokens.get(open).is_some_and(|token| token.is('('));
        if sign && same(0) && same(1) && same(2) { open } else { known }
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
        let committee = matches!(reading.small_word(at), "ủy" | "uỷ" | "ban" | "tiểu");
        let occasion = |at: usize| matches!(reading.word(at), "APEC" | "ASEAN" | "ASEM" | "WEF" | "Games" | "Vesak");
        let number = reading.tokens.get(name.end).is_some_and(|token| token.kind == Kind::Number && token.spaced);
        if committee && number && occasion(name.end - 1) {
            name.grow(name.end + 1);
        }
    }

    /// "Bảo tàng | Hà Nội", "Bảo tàng | tỉnh Gia Lai": known by its place alone.
    pub(super) fn museum(&self, reading: &Reading, at: usize, head_end: usize) -> Option<usize> {
        let museum = (reading.word(at), reading.word(at + 1)) == ("Bảo", "tàng") && head_end == at + 2;
        let place = || self.localities.at(reading, head_end, true).filter(|place| !place.name.is_empty());
        museum.then(place).flatten().map(|place| place.end())
    }

    /// "Đội CSGT | số 1", "Phòng Công chứng | số 3": one of several with the same work; no number of a house.
    pub(super) fn numbered(&self, reading: &Reading, at: usize, end: usize) -> usize {
        let unit = matches!(reading.small_word(at), "đội" | "tổ" | "trạm" | "phòng" | "trung");
        let number = || {
            reading.tokens.get(end + 1).is_some_and(|token| token.kind == Kind::Number && token.end - token.start <= 2)
        };
        let house = || {
            let next = reading.tokens.get(end + 2);
            next.is_some_and(|next| next.is('/') || next.is_capital() && !next.spaced)
                || matches!(reading.word(end + 2), "đường" | "phố" | "ngõ")
        };
        if unit && reading.word(end) == "số" && number() && !house() { end + 2 } else { end }
    }

    /// "Ban Chỉ đạo | 35 Tỉnh ủy", "Ban Chỉ đạo | 389", "Ban Quản lý dự án | 7": the number that a committee is known by.
    pub(super) fn code(&self, reading: &Reading, at: usize) -> Option<usize> {
        let project = at > 0 && matches!(reading.word(at - 1), "án" | "QLDA");
        let least = if project { 1 } else { 2 };
        let code = reading.tokens.get(at)?.kind == Kind::Number && (least..=3).contains(&reading.word(at).len());
        code.then_some(at + 1)
    }

    /// Passes over "(UBND)" behind a name spelled out.
    pub(super) fn skip_abbreviation(&self, reading: &Reading, name: &mut Name) {
        let at = name.end;
        let is = |offset: usize, sign: char| reading.tokens.get(at + offset).is_some_and(|t| t.is(sign));
        let upper = |offset: usize| {
            reading.tokens.get(at + offset).is_some_and(|t| matches!(t.kind, Kind::Word(Case::Upper | Case::Mixed)))
        };
        // "(UBND)", "(CQ-DN)".
        let close = if is(2, '-') && upper(3) { 4 } else { 2 };
        if is(0, '(') && upper(1) && is(close, ')') {
            let resumes = reading.tokens.get(at + close + 1).is_some_and(|t| t.is_word());
            if resumes {
                name.end = at + close + 1;
            }
        }
    }

    /// True if a surname with a middle name stands here: "Mai Thị Mơ".
    pub(super) fn is_whole_name(&self, reading: &Reading, at: usize) -> bool {
        self.localities
            .surnames
            .surname(reading, at)
            .is_some_and(|(end, _)| names::is_middle_name(reading.word(end)) && self.is_name_word(reading, end + 1))
    }

    /// True if a union's name follows words for the centre: "Ban Chấp hành Trung ương | Hội Luật gia".
    pub(super) fn is_of_union(&self, reading: &Reading, at: usize) -> bool {
        // "Văn phòng Trung ương | Đoàn".
        let youth = reading.word(at) == "Đoàn"
            && reading.tokens.get(at + 1).is_none_or(|next| !next.is_word() || next.is_capital());
        (reading.word(at) == "Hội" || youth) && matches!(reading.small_word(at - 1), "ương" | "tw" | "tư")
    }
}
