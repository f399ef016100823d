//! How a person's name is written.
//!
//! A name is a run of two to six words with a capital: surname, middle names, given name: "Nguyễn Văn An", "Tôn Nữ Thị Ninh", "Lò A Páo",
//! "Trần A Hùng". The surname may have two syllables; in the highlands a name may begin with a particle: "Y Thanh Hà Niê",
//! "K' Lâm", "H'Mai Êban". Behind an honorific or an office any such run is a name ("ông Điểu Bảo"); without one it must begin with a
//! surname and have three words ("…; Hoàng Minh Lân, nguyên Bí thư").

use std::ops::Range;

use super::super::lexicon;
use crate::text::{Case, Kind, Phrases, Reading};

const SURNAMES: &str = include_str!("../lexicons/surnames.txt");

/// Most words of a name.
const LONGEST: usize = 6;

/// The surnames of the country.
#[derive(Debug)]
pub(in crate::extract) struct Surnames {
    phrases: Phrases<bool>,
}

impl Surnames {
    pub(in crate::extract) fn new() -> Self {
        Self { phrases: lexicon::load(SURNAMES, common) }
    }

    /// True if a person's name may begin at a token: a surname, and behind it another word with a capital; rare surnames only
    /// before two such words.
    pub(in crate::extract) fn begins(&self, reading: &Reading, at: usize) -> bool {
        let Some((end, common)) = self.surname(reading, at) else { return false };
        let needed = if common { 1 } else { 2 };
        (end..end + needed).all(|next| is_name_word(reading, next))
    }

    /// The same for common surnames only.
    pub(in crate::extract) fn begins_common(&self, reading: &Reading, at: usize) -> bool {
        self.surname(reading, at).is_some_and(|(end, common)| common && is_name_word(reading, end))
    }

    /// True where a person's name surely begins: a common surname, or a rare one before "Thị", "Văn" and the like.
    pub(in crate::extract) fn surely_begins(&self, reading: &Reading, at: usize) -> bool {
        self.surname(reading, at)
            .is_some_and(|(end, common)| is_name_word(reading, end) && (common || is_middle_name(reading.word(end))))
    }

    /// The surname at a token, with its end, and whether it is a common one.
    pub(in crate::extract) fn surname(&self, reading: &Reading, at: usize) -> Option<(usize, bool)> {
        if !reading.tokens.get(at)?.is_capital() {
            return None;
        }
        let (end, common) = self.phrases.longest(&reading.tokens, at)?;
        Some((end, *common))
    }
}

fn common(value: &str) -> Option<bool> {
    match value {
        "" => Some(true),
        "rare" => Some(false),
        _ => None,
    }
}

/// A word with a capital that a name may hold, on the same line and behind a space.
fn is_name_word(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| token.spaced && matches!(token.kind, Kind::Word(Case::Title)))
}

/// Middle names that hardly stand in other names.
pub(in crate::extract) fn is_middle_name(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "Văn", "Thị", "Hữu", "Đức", "Ngọc", "Xuân", "Quang", "Thanh", "Minh", "Đình", "Công", "Quốc", "Kim", "Hồng",
        "Trọng", "Tấn", "Thế", "Duy", "Viết", "Bá", "Mạnh", "Như", "Thu", "Huy",
    ];
    WORDS.contains(&word)
}

/// Head words of bodies that begin no person's name: "Thứ trưởng Bộ | Lê Văn Ba", "Giám đốc Khối Phê duyệt"; "Tập" only that of "Tập đoàn".
pub(in crate::extract) fn is_head_word(reading: &Reading, at: usize) -> bool {
    const WORDS: [&str; 26] = [
        "Ban",
        "Bộ",
        "Cục",
        "Vụ",
        "Viện",
        "Đảng",
        "Khối",
        "Hội",
        "Sở",
        "Phòng",
        "Tổng",
        "Uỷ",
        "Ủy",
        "Quận",
        "Huyện",
        "Tỉnh",
        "Toà",
        "Tòa",
        "Bệnh",
        "Xã",
        "Phường",
        "Tập",
        "Công",
        "Trung",
        "Chi",
        "Liên",
    ];
    let word = reading.word(at);
    WORDS.contains(&word) && (word != "Tập" || matches!(reading.word(at + 1), "đoàn" | "Đoàn"))
}

/// The run of name words that begins at a token, at most [`LONGEST`]; empty where none does. `stop` tells where something else than a
/// name begins.
pub(in crate::extract) fn run(reading: &Reading, at: usize, stop: impl Fn(usize) -> bool) -> Range<usize> {
    let mut end = at;
    let mut words = 0;
    while words < LONGEST {
        let Some(token) = reading.tokens.get(end) else { break };
        match token.kind {
            Kind::Word(Case::Title | Case::Mixed) if end == at => end += 1,
            Kind::Word(Case::Title) if token.spaced && !stop(end) => end += 1,
            Kind::Word(Case::Title) if !token.spaced && is_particle_mark(reading, end - 1) => end += 1,
            // "Ê Ban YPhu": the particle is written together with the name.
            Kind::Word(Case::Mixed) if token.spaced && reading.word(end).starts_with('Y') && !stop(end) => end += 1,
            Kind::Word(Case::Lower) if end > at && is_small_middle(reading, at, end) => end += 1,
            Kind::Word(Case::Lower) if is_small_tail(reading, at, end) => end += 1,
            // "K' Lâm", "H'Mai": the mark belongs to the particle before it, in "Niê K'đăm" also before small letters.
            Kind::Sign('\'' | '’')
                if end > at
                    && is_particle(reading, end)
                    && (is_name_start(reading, end + 1) || is_small_tail(reading, at, end + 1)) =>
            {
                end += 1;
                continue;
            }
            // "Park Eun-mi": two syllables of a given name.
            Kind::Sign('-') if end > at + 1 && is_second_syllable(reading, end) => end += 2,
            Kind::Sign('-' | '–') if end == at + 2 && is_korean(reading, at, end) => end += 2,
            _ => break,
        }
        words += 1;
    }
    at..end
}

fn is_particle(reading: &Reading, mark: usize) -> bool {
    !reading.tokens[mark].spaced && matches!(reading.word(mark - 1), "K" | "H" | "Y" | "A" | "R" | "M")
}

/// True for small letters behind the particle's mark in a later word of a name.
fn is_small_tail(reading: &Reading, at: usize, tail: usize) -> bool {
    let joined = reading.tokens.get(tail).is_some_and(|token| !token.spaced && token.kind == Kind::Word(Case::Lower));
    joined
        && tail > at + 2
        && matches!(reading.tokens[tail - 1].kind, Kind::Sign('\'' | '’'))
        && is_particle(reading, tail - 1)
}

/// True for a dash between two syllables of a foreign given name, the second in small letters.
fn is_second_syllable(reading: &Reading, dash: usize) -> bool {
    let joined = |at: usize| reading.tokens.get(at).is_some_and(|token| !token.spaced);
    let small = reading.tokens.get(dash + 1).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
    joined(dash) && joined(dash + 1) && small
}

/// "Nguyễn thị Mơ", "Jean de Roy": a middle name, or a particle of a foreign one, in small letters.
fn is_small_middle(reading: &Reading, at: usize, middle: usize) -> bool {
    const SURNAMES: [&str; 15] = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương",
        "Mai",
    ];
    let small = match reading.word(middle) {
        "thị" | "văn" => middle == at + 1 && SURNAMES.contains(&reading.word(at)),
        "de" | "von" | "bin" => reading.word(middle - 1).is_ascii(),
        _ => false,
    };
    let next = reading.tokens.get(middle + 1);
    small && next.is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Title))
}

/// "Park Eun - mi": a Korean name in a text that sets spaces around its dash.
fn is_korean(reading: &Reading, at: usize, dash: usize) -> bool {
    const SURNAMES: [&str; 39] = [
        "Kim", "Lee", "Park", "Choi", "Jung", "Jeong", "Chung", "Kang", "Cho", "Jo", "Yoon", "Yun", "Jang", "Chang",
        "Lim", "Im", "Han", "Oh", "Seo", "Suh", "Shin", "Kwon", "Hwang", "Ahn", "Song", "Yoo", "Hong", "Moon", "Ban",
        "Nam", "Noh", "Roh", "No", "Ro", "Ri", "Choe", "Baek", "Bae", "Hyon",
    ];
    const SYLLABLES: [&str; 68] = [
        "in", "un", "moo", "moon", "hye", "hyun", "hyon", "won", "jin", "ho", "soo", "su", "jun", "joon", "jung",
        "jong", "jeong", "il", "sik", "chul", "chol", "cheol", "kyu", "gyu", "hwan", "wha", "hwa", "kyung", "kyong",
        "young", "yong", "seok", "suk", "sok", "hee", "hui", "sung", "seong", "wook", "uk", "hyung", "gun", "geun",
        "min", "bok", "tae", "woo", "u", "jae", "sang", "hoon", "hun", "mi", "ju", "joo", "yun", "sun", "seon", "sook",
        "yeon", "eun", "ok", "hak", "dong", "gi", "ki", "gwon", "kwon",
    ];
    SURNAMES.contains(&reading.word(at)) && SYLLABLES.contains(&reading.word(dash + 1))
}

fn is_particle_mark(reading: &Reading, at: usize) -> bool {
    reading.tokens[at].is('\'') || reading.tokens[at].is('’')
}

fn is_name_start(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Word(Case::Title)))
}

/// Number of words in a run, apostrophes not counted.
pub(in crate::extract) fn words(reading: &Reading, run: &Range<usize>) -> usize {
    reading.tokens[run.clone()].iter().filter(|token| token.is_word()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_well_formed() {
        assert_eq!(lexicon::refused(SURNAMES, common), Vec::<&str>::new());
    }

    #[test]
    fn runs_of_name_words() {
        for (text, name) in [
            ("Nguyễn Văn An nói", "Nguyễn Văn An"),
            ("Tôn Nữ Thị Hòa, Bí thư", "Tôn Nữ Thị Hòa"),
            ("Trần A Hùng đã", "Trần A Hùng"),
            ("Lê Hữu Y (phường", "Lê Hữu Y"),
            ("H'Mai Êban dự", "H'Mai Êban"),
            ("K' Lâm dự", "K' Lâm"),
            ("Park Eun-mi nói", "Park Eun-mi"),
            ("Park Eun - mi nói", "Park Eun - mi"),
            ("Kim Anh - phó giám đốc", "Kim Anh"),
            ("Trần An - Bí thư", "Trần An"),
            ("Trần thị Mơ nói", "Trần thị Mơ"),
            ("Jean de Roy nói", "Jean de Roy"),
            ("Trần văn hóa", "Trần"),
            ("nói", ""),
        ] {
            let reading = Reading::new(text);
            assert_eq!(reading.text(run(&reading, 0, |_| false)), name, "{text}");
        }
    }

    #[test]
    fn surnames_begin_names() {
        let surnames = Surnames::new();
        for (text, begins) in [
            ("Nguyễn An", true),
            ("Công ty", false),
            ("Hà Thị Lan", true),
            ("Hà Giang", false),
            ("Nguyễn", false),
            ("nguyễn An", false),
        ] {
            assert_eq!(surnames.begins(&Reading::new(text), 0), begins, "{text}");
        }
    }
}
