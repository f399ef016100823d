//! What is known of each character, looked up in one step.
//!
//! Vietnamese text is made of ASCII, Latin letters up to U+024F, the block U+1E00–U+1EFF and general punctuation; for these a table
//! holds what the standard library and [`super::fold`] say, so that reading costs one load a character. All others are asked one by one.

use std::sync::LazyLock;

use super::fold;

/// What is known of a character, packed: the base letter in the low 21 bits, above it a bit for each tone, then flags. Of several letters
/// together ([`Letter::or`]) the bits tell what holds of any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letter(u32);

const BASE: u32 = (1 << 21) - 1;
/// The lowest of the five bits for tones: grave, acute, hook, tilde, dot.
const GRAVE: u32 = 1 << 21;
const TONES: u32 = 0b11111 * GRAVE;
const WORD: u32 = 1 << 26;
const SMALL: u32 = 1 << 27;
const CAPITAL: u32 = 1 << 28;
const NO_CONSONANT: u32 = 1 << 29;
const START: u32 = 1 << 30;

impl Letter {
    fn of(char: char) -> Self {
        let lower =
            if char.is_ascii() { char.to_ascii_lowercase() } else { char.to_lowercase().next().unwrap_or(char) };
        let (base, tone) = fold::split_tone(lower);
        let flag = |holds: bool, flag: u32| if holds { flag } else { 0 };
        let continues = char.is_alphanumeric() || unicode_normalization::char::is_combining_mark(char);
        let flags = flag(continues, WORD)
            | flag(char.is_alphanumeric(), START)
            | flag(char.is_alphabetic() && !char.is_uppercase(), SMALL)
            | flag(char.is_alphabetic() && char.is_uppercase(), CAPITAL)
            | flag(!"bcdđghklmnpqrstvx".contains(base), NO_CONSONANT);
        let tone = tone.checked_sub(1).map_or(0, |above| GRAVE << above);
        Self(u32::from(base) | tone | flags)
    }

    /// What holds of either.
    #[inline]
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// In lower case and without tone, as a code point; of one letter only.
    #[inline]
    pub(super) fn base(self) -> u32 {
        self.0 & BASE
    }

    /// 0 none, 1 grave, 2 acute, 3 hook, 4 tilde, 5 dot; of several letters the highest.
    #[inline]
    pub(super) fn tone(self) -> u32 {
        let tones = (self.0 & TONES) / GRAVE;
        u32::BITS - tones.leading_zeros()
    }

    /// A letter or digit, or a mark that belongs to the letter before it.
    #[inline]
    pub(super) fn continues_word(self) -> bool {
        self.0 & WORD != 0
    }

    /// A letter or digit.
    #[inline]
    pub(super) fn starts_word(self) -> bool {
        self.0 & START != 0
    }

    #[inline]
    pub(super) fn is_capital(self) -> bool {
        self.0 & CAPITAL != 0
    }

    /// Alphabetic, but no capital.
    #[inline]
    pub(super) fn is_small(self) -> bool {
        self.0 & SMALL != 0
    }

    /// Of several letters: all are consonants.
    #[inline]
    pub(super) fn is_consonant(self) -> bool {
        self.0 & NO_CONSONANT == 0
    }
}

/// The digit that stands for a tone, from [`Letter::tone`].
pub(super) fn tone_digit(tone: u32) -> u32 {
    u32::from('0') + tone
}

/// The parts of the table, each the first character and one past the last: Latin letters, those with marks of Vietnamese, and
/// general punctuation.
const LATIN: usize = 0x250;
const MARKED: (usize, usize) = (0x1E00, 0x1F00);
const SIGNS: (usize, usize) = (0x2000, 0x2040);

const ROWS: usize = LATIN + (MARKED.1 - MARKED.0) + (SIGNS.1 - SIGNS.0);

/// The table, made once.
pub(super) struct Letters([Letter; ROWS]);

static TABLE: LazyLock<Letters> = LazyLock::new(|| {
    let chars = (0..LATIN).chain(MARKED.0..MARKED.1).chain(SIGNS.0..SIGNS.1);
    let mut rows = [Letter::default(); ROWS];
    for (row, char) in rows.iter_mut().zip(chars.filter_map(|at| char::from_u32(u32::try_from(at).ok()?))) {
        *row = Letter::of(char);
    }
    Letters(rows)
});

impl Letters {
    pub(super) fn table() -> &'static Self {
        &TABLE
    }

    #[inline]
    pub(super) fn get(&self, char: char) -> Letter {
        let at = char as usize;
        if at < LATIN {
            return self.0[at];
        }
        match at {
            _ if at.wrapping_sub(MARKED.0) < MARKED.1 - MARKED.0 => self.0[at - MARKED.0 + LATIN],
            _ if at.wrapping_sub(SIGNS.0) < SIGNS.1 - SIGNS.0 => self.0[at - SIGNS.0 + LATIN + (MARKED.1 - MARKED.0)],
            _ => Letter::of(char),
        }
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
        assert!(letter.is_capital() && letter.continues_word() && !letter.is_consonant());
        let both = Letter::of('ả').or(Letter::of('B'));
        assert!(both.is_capital() && both.is_small() && !both.is_consonant());
        assert_eq!(both.or(Letter::of('è')).tone(), 3);
    }
}
