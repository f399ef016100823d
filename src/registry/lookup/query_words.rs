//! Words of queries that are no names: honorifics, and what stands before a title.

use crate::registry::words::{Lexicon, Word};
use crate::text::fold;

const HONORIFICS: [&str; 36] = [
    "đồng chí",
    "đ c",
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "ngài",
    "giáo sư",
    "phó giáo sư",
    "tiến sĩ",
    "thạc sĩ",
    "luật sư",
    "bác sĩ",
    "kỹ sư",
    "kiến trúc sư",
    "nhà báo",
    "đại tướng",
    "thượng tướng",
    "trung tướng",
    "thiếu tướng",
    "đại tá",
    "thượng tá",
    "trung tá",
    "thiếu tá",
    "đại úy",
    "gs",
    "ts",
    "pgs",
    "ths",
    "bs",
    "vị",
    "đ chí",
    "cụ",
];
const FORMER: [&str; 4] = ["nguyên", "cựu", "cố", "nguyên là"];
const ACTING: [&str; 2] = ["quyền", "q"];
const HEAD_OF: [&str; 4] = ["người đứng đầu", "lãnh đạo cao nhất", "thủ trưởng", "người lãnh đạo"];

/// Short forms of titles that people type before a body, or alone where the title implies one. In reports they mean other things too.
const SHORT_TITLES: [(&str, &str); 14] = [
    ("tbt", "Tổng Bí thư"),
    ("ttg", "Thủ tướng"),
    ("ptt", "Phó Thủ tướng"),
    ("ptg", "Phó Thủ tướng"),
    ("ctn", "Chủ tịch nước"),
    ("ctqh", "Chủ tịch Quốc hội"),
    ("ct", "Chủ tịch"),
    ("bt", "Bí thư"),
    ("gd", "Giám đốc"),
    ("pgd", "Phó Giám đốc"),
    ("tgd", "Tổng Giám đốc"),
    ("cvp", "Chánh Văn phòng"),
    ("tb", "Trưởng Ban"),
    ("ptb", "Phó Trưởng Ban"),
];

/// The lexicons of queries; made once.
#[derive(Debug)]
pub(in crate::registry) struct QueryWords {
    honorifics: Lexicon<()>,
    former: Lexicon<()>,
    acting: Lexicon<()>,
    head_of: Lexicon<()>,
}

impl QueryWords {
    pub fn new() -> Self {
        Self {
            honorifics: lexicon(&HONORIFICS),
            former: lexicon(&FORMER),
            acting: lexicon(&ACTING),
            head_of: lexicon(&HEAD_OF),
        }
    }

    /// Number of words of the honorific or rank that the words begin with.
    pub fn honorific(&self, words: &[Word]) -> Option<usize> {
        // "Chu", "Vi" and "Cù" are family names, and hardly anybody leaves out the marks of "chú", "vị" and "cụ" alone.
        let is_name = |word: &Word| !word.marked && ["chu", "vi", "cu"].contains(&word.bare.as_str());
        size(&self.honorifics, words).filter(|size| *size > 1 || !words.first().is_some_and(is_name))
    }

    /// The same for "nguyên" and the like.
    pub fn former(&self, words: &[Word]) -> Option<usize> {
        size(&self.former, words)
    }

    /// The same for "quyền".
    pub fn acting(&self, words: &[Word]) -> Option<usize> {
        size(&self.acting, words)
    }

    /// The same for "người đứng đầu" and the like.
    pub fn head_of(&self, words: &[Word]) -> Option<usize> {
        size(&self.head_of, words)
    }
}

/// What a short form of a title stands for.
pub(super) fn short_title(bare: &str) -> Option<&'static str> {
    SHORT_TITLES.into_iter().find(|(short, _)| *short == bare).map(|(_, full)| full)
}

fn size(lexicon: &Lexicon<()>, words: &[Word]) -> Option<usize> {
    lexicon.longest(words).map(|(size, ())| size)
}

fn lexicon(phrases: &[&'static str]) -> Lexicon<()> {
    let mut all = Lexicon::default();
    for phrase in phrases {
        all.add(&fold::words(phrase).collect::<Vec<_>>(), ());
    }
    all
}
