//! Words up to spelling, as numbers.

use super::letters::{Letter, Letters, tone_digit};

/// Identity of a word up to spelling (see [`super::fold::spelling`]): a 64-bit hash of its spelling form. Two different words of the
/// language collide with a probability of about 10⁻¹⁵, which no error budget here notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordKey(pub u64);

impl WordKey {
    /// The key of one word (or sign, or number) as [`super::tokenize`] gives it.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let letters = Letters::table();
        let mut form = Form::default();
        word.chars().for_each(|char| form.add(letters.get(char)));
        form.key()
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The spelling form of a word, taken in letter by letter and kept as its hash only: FNV-1a over characters with a final mix, see
/// <http://www.isthe.com/chongo/tech/comp/fnv/>.
#[derive(Debug)]
pub(super) struct Form {
    hash: u64,
    /// The hash before the last letter, to take back a final y.
    before: u64,
    last: Letter,
    /// What holds of any letter, and of any before the last.
    any: Letter,
    any_before: Letter,
}

const Y: u32 = 'y' as u32;
const I: u32 = 'i' as u32;
/// The hash of "qu".
const QU: u64 = step(step(OFFSET, 'q' as u32), 'u' as u32);

const fn step(hash: u64, char: u32) -> u64 {
    (hash ^ char as u64).wrapping_mul(PRIME)
}

impl Default for Form {
    fn default() -> Self {
        let none = Letter::default();
        Self { hash: OFFSET, before: OFFSET, last: none, any: none, any_before: none }
    }
}

impl Form {
    #[inline(always)]
    pub(super) fn add(&mut self, letter: Letter) {
        self.before = self.hash;
        self.hash = step(self.hash, letter.base());
        self.last = letter;
        self.any_before = self.any;
        self.any = self.any.or(letter);
    }

    #[inline(always)]
    pub(super) fn key(self) -> WordKey {
        let mut hash = self.hash;
        // A final y sounds and counts as i after consonants, and after "qu".
        let alone = self.before == OFFSET;
        if self.last.base() == Y && !alone && (self.any_before.is_consonant() || self.before == QU) {
            hash = step(self.before, I);
        }
        let tone = self.any.tone();
        if tone > 0 {
            hash = step(hash, tone_digit(tone));
        }
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        WordKey(mixed ^ (mixed >> 29))
    }
}
