//! What people say before a name, and reports mostly leave out: "đồng chí Nguyễn Văn An" asks for Nguyễn Văn An. Asked for as words,
//! "đồng" and "chí" are in "đồng bộ" and "chí ít", and "bà" beside any other name.

use super::super::analysis::{Word, written};

/// Common surnames: together those of nearly everybody. Left out are those that make a place or a market of "ông" and "bà".
const SURNAMES: [&str; 36] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "trương", "đinh", "lâm", "đoàn", "trịnh", "đào", "cao", "tô", "chu", "châu", "thái", "phùng", "vương",
    "tống", "quách", "lưu", "tăng", "đàm", "lương", "nông",
];
/// Those that are hardly another word without marks.
const CLEAR_WITHOUT_MARKS: [&str; 3] = ["nguyen", "pham", "huynh"];
/// What stands behind a surname in so many names that it shows that it is one.
const MIDDLE_NAMES: [&str; 2] = ["thi", "van"];

/// For each word of a run, whether it only addresses whoever is named behind it. `has_marks` tells whether the query has any.
pub(super) fn addresses(text: &str, words: &[Word], has_marks: bool) -> Vec<bool> {
    let mut found = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let length = Title::at(text, &words[at..], has_marks)
            .filter(|title| title.goes_before(text, &words[at + title.words()..], has_marks))
            .map_or(0, |title| title.words());
        found[at..at + length].fill(true);
        at += length.max(1);
    }
    found
}

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Title {
    /// "đồng chí", "đ/c".
    Comrade,
    /// "ông", "bà".
    Polite,
}

impl Title {
    fn at(text: &str, words: &[Word], has_marks: bool) -> Option<Self> {
        let (first, second) = (words.first()?, words.get(1)?);
        let is = |word: &Word, marked: &str, bare: &str| {
            !word.expanded && if has_marks { written(&word.form) == marked } else { word.bare() == bare }
        };
        let both = text.get(first.bytes.start..second.bytes.end).unwrap_or_default();
        let is_short = both.chars().count() == 3 && ["đ/c", "d/c"].contains(&both.to_lowercase().as_str());
        if is_short || (is(first, "đồng", "dong") && is(second, "chí", "chi")) {
            return Some(Self::Comrade);
        }
        (is(first, "ông", "ong") || is(first, "bà", "ba")).then_some(Self::Polite)
    }

    fn words(self) -> usize {
        if self == Self::Comrade { 2 } else { 1 }
    }

    /// True if a name of two words or more begins what follows.
    fn goes_before(self, text: &str, words: &[Word], has_marks: bool) -> bool {
        let [first, second, ..] = words else { return false };
        if first.expanded || second.expanded {
            return false;
        }
        let is_capital = |word: &Word| text[word.bytes.clone()].chars().next().is_some_and(char::is_uppercase);
        let is_clear = || {
            has_marks
                || CLEAR_WITHOUT_MARKS.contains(&first.bare().as_str())
                || MIDDLE_NAMES.contains(&second.bare().as_str())
        };
        match self {
            Self::Comrade => is_surname(first) || (is_capital(first) && is_capital(second)),
            Self::Polite => is_surname(first) && is_clear(),
        }
    }
}

fn is_surname(word: &Word) -> bool {
    if word.is_marked() {
        let written = written(&word.form);
        return SURNAMES.contains(&written.as_str());
    }
    let bare = word.bare();
    SURNAMES.iter().any(|surname| crate::text::fold::unaccented(surname) == bare)
}

#[cfg(test)]
mod tests {
    use super::super::super::analysis::words;
    use super::*;
    use crate::text::{Abbreviations, Typing, fold};

    fn left(query: &str) -> String {
        let words = words(query, Typing::Hasty, &Abbreviations::new());
        let addresses = addresses(query, &words, fold::has_marks(query));
        let left = words.iter().zip(addresses).filter(|(_, addresses)| !addresses);
        left.map(|(word, _)| &query[word.bytes.clone()]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_said_before_a_name_is_no_part_of_it() {
        for (query, name) in [
            ("đồng chí Đặng Văn Bình", "Đặng Văn Bình"),
            ("đ/c Lê Thị Hoà Bạch Giang", "Lê Thị Hoà Bạch Giang"),
            ("Đ/C nguyen van an", "nguyen van an"),
            ("ông Trần Văn Đường bà Lê Thị Hoà", "Trần Văn Đường Lê Thị Hoà"),
            ("bà lê thị hoà", "lê thị hoà"),
            ("dong chi le thi hoa", "le thi hoa"),
            ("ba le thi hoa", "le thi hoa"),
            ("đồng chí Y Lan Niê", "Y Lan Niê"),
        ] {
            assert_eq!(left(query), name, "{query}");
        }
    }

    #[test]
    fn what_is_part_of_a_name_or_says_more_stays() {
        for query in [
            "Bà Rịa Vũng Tàu",
            "phố Bà Triệu",
            "đường Ông Ích Khiêm",
            "Hai Bà Trưng",
            "đồng chí",
            "tình đồng chí đồng đội",
            "ba le đường",
            "ba vu viec ton dong",
            "đổng chí Lê Thị Hoà",
            "ông Chung",
        ] {
            assert_eq!(left(query), query, "{query}");
        }
    }
}
