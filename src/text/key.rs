//! Words up to spelling, as numbers.

use super::letters::{Letter, Letters};

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
    tone: u8,
    /// The last letter is held back until it is known not to be a final y.
    held: Option<Letter>,
    letters: u32,
    only_consonants: bool,
    is_qu: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self { hash: OFFSET, tone: 0, held: None, letters: 0, only_consonants: true, is_qu: true }
    }
}

impl Form {
    #[inline]
    pub(super) fn add(&mut self, letter: Letter) {
        self.tone = self.tone.max(letter.tone);
        let Some(previous) = self.held.replace(letter) else { return };
        self.hash(previous.base);
        self.letters += 1;
        self.only_consonants &= previous.is_consonant();
        self.is_qu &= matches!((self.letters, previous.base), (1, 'q') | (2, 'u'));
    }

    #[inline]
    fn hash(&mut self, char: char) {
        self.hash = (self.hash ^ u64::from(u32::from(char))).wrapping_mul(PRIME);
    }

    #[inline]
    pub(super) fn key(mut self) -> WordKey {
        if let Some(last) = self.held {
            // A final y sounds and counts as i after consonants, and after "qu".
            let counts_as_i =
                last.base == 'y' && self.letters > 0 && (self.only_consonants || (self.is_qu && self.letters == 2));
            self.hash(if counts_as_i { 'i' } else { last.base });
        }
        if self.tone > 0 {
            self.hash(char::from(b'0' + self.tone));
        }
        let mixed = (self.hash ^ (self.hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        WordKey(mixed ^ (mixed >> 29))
    }
}
