//! Where the name of a place begins and ends, and when a name stands for a place by itself.

use std::ops::Range;

use super::{
    Known, Localities, Unit, introduces_country, is_apostrophe, is_highland_name, is_honorific, is_most_common,
    named_a_person, names_line,
};
use crate::text::{Case, Kind, Reading};

/// Most ends by which a line is named: "cao tốc Tân Hòa - Mỹ Lộc - Tân Hưng".
const MOST_ENDS: usize = 3;

impl Localities {
    /// The name behind a unit word.
    pub(in crate::extract) fn name(&self, reading: &Reading, from: usize, unit: Unit) -> Option<Range<usize>> {
        let mut from = from;
        let abbreviated = reading.tokens.get(from).is_some_and(|t| t.is('.')) && reading.tokens[from - 1].is_capital()
            || reading.tokens[from - 1].is('.');
        if abbreviated {
            from += usize::from(reading.tokens[from - 1].is_word());
            // A line broken behind the full stop of "TP.".
            let broken = reading.tokens.get(from).is_some_and(|t| t.kind == Kind::Break);
            if broken && self.known(reading, from + 1).is_some() {
                from += 1;
            }
        }
        // "huyện Mỹ | An": the name goes on behind a word that is a country's too.
        let longer = |end: usize| {
            reading.tokens.get(end).is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Title))
        };
        if let Some((end, known)) = self.known(reading, from)
            && !(known == Known::Short && longer(end))
            // "khu vực Cái Mép | Hạ": a part of what is known.
            && !(unit == Unit::Area
                && matches!(known, Known::Province | Known::District)
                && longer(end)
                && !self.surnames.begins(reading, end))
            && (unit.is_administrative() && unit != Unit::Commune || matches!(unit, Unit::Region | Unit::Area))
        {
            return (!self.begins_person(reading, from..end)).then_some(from..end);
        }
        // "Cảnh sát biển | Vùng 3": a force and its district, no sea.
        if unit == Unit::Water && reading.word(from) == "Vùng" {
            return None;
        }
        let lead = from;
        if let Some(end) = self.number(reading, from, unit) {
            // "tuyến metro số 1 | Tân Hòa - Tân Lập": its name stands behind its number.
            if unit != Unit::Road {
                return Some(from..end);
            }
            from = end;
        }
        // "QL", "ĐT" are followed by numbers; "Hồ" with a capital before two names is a surname.
        let before = &reading.tokens[from - 1];
        let short = unit == Unit::Way && before.kind == Kind::Word(Case::Upper);
        let called = from > 1 && (is_honorific(reading.word(from - 2)) || ends_title(reading.word(from - 2)));
        let unit_before = || {
            let level = self.unit(reading, from.max(2) - 2);
            level.is_some_and(|(end, unit)| end == from - 1 && unit.is_administrative())
                && reading.word(from - 1) == "Hồ"
        };
        let surname = unit == Unit::Water
            && before.is_capital()
            && (called || self.surnames.begins(reading, from - 1) || unit_before());
        if short || surname {
            return None;
        }
        let run = self.capitals(reading, from, if matches!(unit, Unit::Way | Unit::Road) { 4 } else { 6 });
        // "Trưởng thôn | Lê Văn Sáu".
        let led = unit == Unit::Hamlet
            && (from.saturating_sub(3)..from - 1).any(|at| matches!(reading.word(at), "trưởng" | "Trưởng"));
        let mut name = match unit {
            Unit::Hamlet if led => self.before_person(reading, run, 0),
            Unit::Province | Unit::City | Unit::District => self.before_person(reading, run, 0),
            // "đường Phù Đổng Thiên Vương": nobody is named right behind a street.
            Unit::Way | Unit::Road => run,
            // "chùa Ba Vàng Quảng Hà": rare surnames are more often part of such names; "trụ trì chùa Ba Vàng | Thích Minh Tâm".
            Unit::Site => {
                let monk = |at: usize| reading.word(at) == "Thích";
                let person = |at: &usize| monk(*at) || self.surnames.surely_begins(reading, *at);
                let end = (run.start + 1..run.end).find(person).unwrap_or(run.end);
                // "sân bay Buôn Ma Thuột": a name that is known is whole.
                let known = self.known(reading, run.start).map_or(end, |(known, _)| known.max(end));
                run.start..known
            }
            _ => self.before_person(reading, run, 1),
        };
        // "P. T", "tỉnh Khóa": one word, of one letter or behind the word for a large unit, is something else.
        let one = name.len() == 1 && !is_highland_name(reading.word(name.start));
        if one && (reading.word(name.start).len() == 1 || matches!(unit, Unit::Province | Unit::City | Unit::District))
        {
            return None;
        }
        // "hội trường Bộ Y tế": whose it is.
        if unit == Unit::Site && begins_body(reading.word(name.start)) {
            return None;
        }
        // "công viên Bảo | tồn", "khu vực Trung | tâm", "vùng Thủ | đô".
        if matches!(unit, Unit::Site | Unit::Area) && self.is_half(reading, &name) {
            return None;
        }
        // "Vườn quốc gia Lam Sao - Núi Bà".
        let park = unit == Unit::Site && reading.word(lead - 1) == "gia" && reading.word(lead - 2) == "quốc";
        let line = matches!(unit, Unit::Way | Unit::Road | Unit::Area | Unit::Water);
        if park || line && names_line(reading, lead, unit) {
            // "cao tốc TP.HCM - Tân Hòa": the name of a city is whole.
            let city = self.known(reading, from).filter(|_| name.is_empty());
            name = city.map_or(name, |(end, _)| from..end);
            for _ in 1..MOST_ENDS {
                name = self.line(reading, name);
            }
        }
        let numbered = match unit {
            Unit::Way => true,
            // "thủy điện Lam Sao 2".
            Unit::Site | Unit::Water | Unit::Hamlet => self.closes(reading, name.end + 1),
            _ => false,
        };
        if numbered && !name.is_empty() && self.number(reading, name.end, Unit::Commune).is_some() {
            name.end += 1;
        }
        (!name.is_empty()).then_some(name)
    }

    /// True if the name of a place is the beginning of a person's: "Chủ tịch HĐND thành phố | Đồng Văn | Hưng", and of a district's name with one word
    /// behind it that is no whole name, "Giám đốc Sở Xây dựng | Vũ Quang | Hùng".
    pub(super) fn begins_person(&self, reading: &Reading, place: Range<usize>) -> bool {
        let capital =
            |at: usize| reading.tokens.get(at).is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Title));
        if !capital(place.end) || self.surnames.surname(reading, place.start).is_none() {
            return false;
        }
        let middle = || {
            matches!(reading.word(place.end - 1), "Văn" | "Thị") && self.surnames.surely_begins(reading, place.start)
        };
        let one_more = || {
            let known = self.known(reading, place.start).is_some_and(|(_, known)| known == Known::District);
            place.len() == 2 && known && !capital(place.end + 1)
        };
        (middle() || one_more()) && !self.surnames.begins(reading, place.end)
    }

    /// True where nothing stands that a number before it could count.
    fn closes(&self, reading: &Reading, at: usize) -> bool {
        const WORDS: [&str; 20] = [
            "và", "đã", "đang", "sẽ", "được", "do", "của", "tại", "ở", "với", "cho", "là", "có", "từ", "về", "trên",
            "để", "theo", "vào", "thuộc",
        ];
        match reading.tokens.get(at).map(|token| token.kind) {
            None | Some(Kind::Break | Kind::Sign(_)) => true,
            Some(Kind::Word(Case::Lower)) => WORDS.contains(&reading.word(at)),
            _ => false,
        }
    }

    /// True for one syllable with a capital before a word without one: half a word, more often than a name.
    pub(in crate::extract) fn is_half(&self, reading: &Reading, name: &Range<usize>) -> bool {
        name.len() == 1
            && reading.tokens[name.start].is_word()
            && !is_highland_name(reading.word(name.start))
            && reading.tokens.get(name.end).is_some_and(|t| t.kind == Kind::Word(Case::Lower))
    }

    /// "khách sạn | số 4 Tôn Đức Thắng", "số 8-12 Lê Duẩn": a house in a street that is named after a person.
    pub(in crate::extract) fn address(&self, reading: &Reading, at: usize) -> Option<usize> {
        const MOST: usize = 6;
        if reading.word(at) != "số" {
            return None;
        }
        let number = |at: &usize| {
            reading.tokens.get(*at).is_some_and(|token| match token.kind {
                Kind::Number => reading.word(*at).len() <= 3,
                Kind::Sign('-' | '–' | '/') => true,
                Kind::Word(Case::Upper) => !token.spaced && token.end - token.start == 1,
                _ => false,
            })
        };
        let from = at + 1 + (at + 1..at + MOST).take_while(number).count();
        let begins = from > at + 1 && self.surnames.surely_begins(reading, from);
        let run = begins.then(|| self.capitals(reading, from, 4))?;
        ((2..=3).contains(&run.len())
            && !reading.tokens.get(run.end).is_some_and(|next| next.is_capital() && next.spaced))
        .then_some(run.end)
    }

    /// A line named by its ends: "cao tốc | Tân Hòa - Tân Lập".
    pub(super) fn line(&self, reading: &Reading, name: Range<usize>) -> Range<usize> {
        let dash = reading.tokens.get(name.end).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')));
        // "sông Lam Sao - Ảnh: …": who took the picture.
        if name.is_empty() || !dash || matches!(reading.word(name.end + 1), "Ảnh" | "Clip" | "Nguồn") {
            return name;
        }
        let run = self.before_person(reading, self.capitals(reading, name.end + 1, 4), 1);
        let end = self.known(reading, name.end + 1).map_or(run.end, |(end, _)| end.max(run.end));
        if end == name.end + 1 {
            return name;
        }
        // "cao tốc Bắc - Nam phía Đông": one of two.
        let side = reading.word(end) == "phía" && matches!(reading.word(end + 1), "Đông" | "Tây" | "Nam" | "Bắc");
        name.start..if side { end + 2 } else { end }
    }

    pub(super) fn number(&self, reading: &Reading, at: usize, unit: Unit) -> Option<usize> {
        let token = reading.tokens.get(at)?;
        let text = reading.word(at);
        let digits = token.kind == Kind::Number && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        let fits = match unit {
            Unit::District | Unit::Commune | Unit::Hamlet => text.len() <= 2,
            Unit::Way | Unit::Road => true,
            _ => false,
        };
        if !(digits && fits) {
            return None;
        }
        // "quốc lộ 1A", "vành đai 3"; not "đường 5 km", "xã 3.000 dân", "quận 12 người".
        let next = reading.tokens.get(at + 1);
        if let Some(next) = next
            && !next.spaced
            && next.is_word()
        {
            return (next.is_capital() && reading.word(at + 1).len() == 1).then_some(at + 2);
        }
        // "quốc lộ 1 A": a space before the letter.
        let letter = unit == Unit::Way
            && matches!(reading.word(at + 1), "A" | "B" | "C" | "D")
            && !reading.tokens.get(at + 2).is_some_and(|t| t.is_capital() || t.is('.') && !t.spaced);
        if letter {
            return Some(at + 2);
        }
        let counted = next.is_some_and(|t| t.is('%') || (t.is('/') && !t.spaced));
        (!counted).then_some(at + 1)
    }

    /// The run of words with a capital at a token: "Lái Sung", "A Roàng", "Chư M'ga".
    pub(in crate::extract) fn capitals(&self, reading: &Reading, from: usize, most: usize) -> Range<usize> {
        let mut end = from;
        let mut words = 0;
        while words < most
            && let Some(token) = reading.tokens.get(end)
        {
            let joined = end > from && !token.spaced;
            match token.kind {
                Kind::Word(Case::Title | Case::Mixed) if !joined || is_apostrophe(reading, end - 1) => end += 1,
                Kind::Sign('\'' | '’')
                    if end > from
                        && !token.spaced
                        && reading.tokens.get(end + 1).is_some_and(|t| t.is_word() && !t.spaced) =>
                {
                    // The word behind an apostrophe belongs to the name in any case: "M'gar".
                    end += 2;
                    continue;
                }
                _ => break,
            }
            words += 1;
        }
        from..end
    }

    /// The part of a run of capitals before a person's name begins; a surname within the first `keep` words is part of the place.
    pub(in crate::extract) fn before_person(&self, reading: &Reading, run: Range<usize>, keep: usize) -> Range<usize> {
        let last = run.end.saturating_sub(1);
        // "Bí thư Đảng ủy phường | Đào Ngọc Bích Vân", "Chủ tịch UBND tỉnh | Siu Hương": whom the report names so elsewhere.
        if (2..=5).contains(&run.len()) && named_a_person(reading, &run) {
            return run.start..run.start;
        }
        // "Cục Thuế tỉnh | Hồ Lân": no large unit has a name that begins so.
        if keep == 0 && run.len() == 2 && reading.word(run.start) == "Hồ" && reading.word(run.start + 1) != "Tây" {
            return run.start..run.start;
        }
        if keep == 0 && self.surnames.surely_begins(reading, run.start) {
            // "huyện Tạ Hòa": two words behind a unit word are a place, but with the surnames that most people have.
            let place = run.len() == 2 && !is_most_common(reading.word(run.start)) && !named_a_person(reading, &run);
            return if place { run } else { run.start..run.start };
        }
        // "Bạch Giang | Kiều Thế Lân": behind two words of a place a sure name counts more than a doubtful one before.
        let person = (run.start + 2..last)
            .find(|&at| self.surnames.surely_begins(reading, at))
            .or_else(|| (run.start + keep..last).find(|&at| self.surnames.begins(reading, at)));
        // "TP Bạch Giang": two words with a rare surname are more likely a place.
        let person = match person {
            Some(at) if at == run.start && run.len() == 2 => None,
            // "phường Phan Chu Trinh": a commune of one syllable is rarer than one named after a person.
            Some(at)
                if keep == 1
                    && at == run.start + 1
                    && run.len() == 3
                    && self.surnames.surname(reading, run.start).is_some_and(|(_, common)| common) =>
            {
                None
            }
            // "quận An Lạc | Hàng Quốc Dũng": most places have two words.
            Some(at) if at == run.start && run.len() > 3 => Some(at + 2),
            other => other,
        };
        run.start..person.unwrap_or(run.end)
    }

    /// "thép Dana - | Ý": behind a dash a country stands beside another, "Việt - Lào", "Việt Nam - Úc".
    fn is_brand_behind_dash(&self, reading: &Reading, at: usize) -> bool {
        let dash = at > 1 && matches!(reading.tokens[at - 1].kind, Kind::Sign('-' | '–'));
        let country = || {
            matches!(reading.word(at - 2), "Việt" | "Trung" | "Nhật" | "Hàn" | "Thái" | "Xô")
                || (at.saturating_sub(4)..at - 1)
                    .any(|from| self.known(reading, from).is_some_and(|(end, _)| end == at - 1))
        };
        dash && reading.tokens[at - 2].kind == Kind::Word(Case::Title) && !country()
    }

    /// True if a bare name of the gazetteer is not part of a longer name.
    pub(in crate::extract) fn stands_alone(&self, reading: &Reading, name: Range<usize>, known: Known) -> bool {
        let before = name.start.checked_sub(1).map(|at| &reading.tokens[at]).filter(|t| t.kind != Kind::Break);
        // "Ảnh: ĐÔNG HÒA": a pen name.
        let credited = name.start > 1 && reading.tokens[name.start - 1].is(':');
        if credited && matches!(reading.small_word(name.start - 2), "ảnh" | "bài" | "tin") {
            return false;
        }
        let sentence_start =
            reading.sentence_of(name.start).is_some_and(|s| reading.sentences[s].tokens.start + 1 == name.start);
        if let Some(before) = before {
            // "Từ Hà Nội": no surname at the head of a sentence.
            let from = sentence_start && reading.word(name.start - 1) == "Từ";
            let named = matches!(before.kind, Kind::Word(Case::Title))
                && !from
                && (!sentence_start || self.surnames.surname(reading, name.start - 1).is_some())
                && reading.tokens[name.start].spaced;
            if named || (before.is_word() && is_honorific(reading.word(name.start - 1))) {
                return false;
            }
        }
        let after = reading.tokens.get(name.end);
        let goes_on = after.is_some_and(|t| {
            matches!(t.kind, Kind::Word(Case::Title)) && t.spaced && !self.surnames.begins(reading, name.end)
        });
        if goes_on {
            return false;
        }
        match known {
            Known::Short => {
                before.is_some_and(|_| introduces_country(reading.word(name.start - 1)))
                    && !closes_word(reading.word(name.end))
                    && !self.is_brand_behind_dash(reading, name.start)
            }
            // A district of one syllable is more often another word.
            Known::District => name.len() > 1 && !(sentence_start && before.is_some_and(|b| b.is_capital())),
            _ => true,
        }
    }
}

/// First words of bodies that have halls and buildings.
fn begins_body(word: &str) -> bool {
    matches!(word, "Bộ" | "Sở" | "Tỉnh" | "Thành" | "Huyện" | "Trường" | "Công" | "Văn" | "Đảng" | "Quân" | "Ủy" | "Uỷ")
}

/// Second syllables of words whose first one is a country's name too: "Anh hùng Lao động", "Pháp luật", "Mỹ thuật".
fn closes_word(syllable: &str) -> bool {
    const SYLLABLES: [&str; 16] = [
        "hùng", "luật", "lý", "chế", "lệnh", "danh", "y", "thuật", "phẩm", "kiến", "thức", "chí", "nghĩa", "tưởng",
        "dài", "độ",
    ];
    SYLLABLES.contains(&syllable)
}

/// Last syllables of ranks and offices, behind which "Hồ" is a surname: "Đại tá Hồ Mơ", "luật sư Hồ Mơ".
fn ends_title(word: &str) -> bool {
    matches!(
        word,
        "chí"
            | "tá"
            | "tướng"
            | "úy"
            | "uý"
            | "sĩ"
            | "sỹ"
            | "biểu"
            | "sư"
            | "tri"
            | "đốc"
            | "tịch"
            | "thư"
            | "trưởng"
    )
}
