//! What is known of each character, looked up in one step.
//!
//! Vietnamese text is made of ASCII, Latin letters up to U+024F and the block U+1E00–U+1EFF; for these a table holds what the
//! standard library and [`super::fold`] say, so that reading costs one load a character. All others are asked one by one.

use std::sync::LazyLock;

use super::fold;

/// What is known of a character, packed: the base letter in the low 21 bits, the tone in the next three, flags above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter(u32);

const BASE: u32 = (1 << 21) - 1;
const TONE: u32 = 7 << 21;
const WORD: u32 = 1 << 24;
const ALPHABETIC: u32 = 1 << 25;
const UPPER: u32 = 1 << 26;
const CONSONANT: u32 = 1 << 27;
const SPACE: u32 = 1 << 28;
const START: u32 = 1 << 29;

impl Letter {
    fn of(char: char) -> Self {
        let lower =
            if char.is_ascii() { char.to_ascii_lowercase() } else { char.to_lowercase().next().unwrap_or(char) };
        let (base, tone) = fold::split_tone(lower);
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        let continues = char.is_alphanumeric() || unicode_normalization::char::is_combining_mark(char);
        let flags = flag(continues, WORD)
            | flag(char.is_alphanumeric(), START)
            | flag(char.is_alphabetic(), ALPHABETIC)
            | flag(char.is_uppercase(), UPPER)
            | flag("bcdđghklmnpqrstvx".contains(base), CONSONANT)
            | flag(char.is_whitespace(), SPACE);
        Self(u32::from(base) | u32::from(tone) << 21 | flags)
    }

    /// In lower case and without tone, as a code point.
    pub(super) fn base(self) -> u32 {
        self.0 & BASE
    }

    /// 0 none, 1 grave, 2 acute, 3 hook, 4 tilde, 5 dot; shifted, so that tones compare and none is zero.
    pub(super) fn tone(self) -> u32 {
        self.0 & TONE
    }

    /// A letter or digit, or a mark that belongs to the letter before it.
    pub(super) fn continues_word(self) -> bool {
        self.0 & WORD != 0
    }

    /// A letter or digit.
    pub(super) fn starts_word(self) -> bool {
        self.0 & START != 0
    }

    pub(super) fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    pub(super) fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    pub(super) fn is_consonant(self) -> bool {
        self.0 & CONSONANT != 0
    }

    pub(super) fn is_space(self) -> bool {
        self.0 & SPACE != 0
    }
}

/// The digit that stands for a tone, from [`Letter::tone`].
pub(super) fn tone_digit(tone: u32) -> u32 {
    u32::from('0') + (tone >> 21)
}

/// One past the last character of the first part of the table.
const LATIN_END: usize = 0x250;
/// The second part: first character and one past the last.
const ADDITIONAL: usize = 0x1E00;
const ADDITIONAL_END: usize = 0x1F00;

/// The table, made once.
pub(super) struct Letters(Vec<Letter>);

static TABLE: LazyLock<Letters> = LazyLock::new(|| {
    let chars = (0..LATIN_END as u32).chain(ADDITIONAL as u32..ADDITIONAL_END as u32).filter_map(char::from_u32);
    Letters(chars.map(Letter::of).collect())
});

impl Letters {
    pub(super) fn table() -> &'static Self {
        &TABLE
    }

    #[inline]
    pub(super) fn get(&self, char: char) -> Letter {
        let at = char as usize;
        let row = match at {
            0..LATIN_END => at,
            ADDITIONAL..ADDITIONAL_END => at - ADDITIONAL + LATIN_END,
            _ => usize::MAX,
        };
        self.0.get(row).copied().unwrap_or_else(|| Letter::of(char))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_slow_way_says() {
        for char in (0..0x2100).filter_map(char::from_u32) {
            assert_eq!(Letters::table().get(char), Letter::of(char), "{char:?}");
        }
    }

    #[test]
    fn letters_are_taken_apart() {
        let letter = Letters::table().get('Ễ');
        assert_eq!((letter.base(), tone_digit(letter.tone())), (u32::from('ê'), u32::from('4')));
        assert!(letter.is_upper() && letter.continues_word() && !letter.is_consonant());
    }
}
