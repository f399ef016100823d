//! Whether words call somebody a man or a woman.

use crate::registry::words::Word;
use crate::text::fold;

/// A man or a woman.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "ông Lê Văn A".
    Man,
    /// "bà Lê Thị B".
    Woman,
}

impl Gender {
    /// Of whom an honorific of one word is said; most of more words, and "bác" and "cụ", are said of both.
    pub(super) fn of_honorific(words: &[Word]) -> Option<Self> {
        let [word] = words else { return None };
        let is_one_of = |all: [&str; 3]| all.into_iter().any(|own| word.is(own));
        match () {
            () if is_one_of(["ông", "anh", "chú"]) => Some(Self::Man),
            () if is_one_of(["bà", "chị", "cô"]) => Some(Self::Woman),
            () => None,
        }
    }

    /// What the middle name tells: men are called "Văn" and women "Thị". `None` for other names, which both may bear.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let words: Vec<&str> = fold::words(name).collect();
        let middle = words.get(1..words.len().checked_sub(1)?)?;
        let is = |word: &str, wanted: &str| fold::spelling(word) == fold::spelling(wanted);
        if middle.iter().any(|word| is(word, "thị")) {
            return Some(Self::Woman);
        }
        middle.first().filter(|word| is(word, "văn")).map(|_| Self::Man)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_names_tell() {
        for (name, gender) in [
            ("Tạ Văn Khiêm", Some(Gender::Man)),
            ("Tạ Thị Khiêm", Some(Gender::Woman)),
            ("Tạ Hoàng Thị Khiêm", Some(Gender::Woman)),
            ("Văn Thị Khiêm", Some(Gender::Woman)),
            ("Tạ Vân Khiêm", None),
            ("Tạ Văn", None),
            ("Văn Khiêm", None),
            ("Khiêm", None),
            ("", None),
        ] {
            assert_eq!(Gender::of_name(name), gender, "{name}");
        }
    }
}
