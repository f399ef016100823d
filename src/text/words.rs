//! A few words, asked for often.

use super::key::WordKey;

/// A small set of words. Most words are told not to be in it by one bit, without a look at the list.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    bits: u64,
    keys: Vec<WordKey>,
}

impl WordSet {
    /// These words, equal up to spelling.
    #[must_use]
    pub fn new<const N: usize>(words: [&str; N]) -> Self {
        let keys = words.map(WordKey::of).to_vec();
        Self { bits: keys.iter().fold(0, |bits, key| bits | bit(*key)), keys }
    }

    /// Where the word stands in the list given to [`WordSet::new`].
    #[must_use]
    #[inline]
    pub fn position(&self, key: WordKey) -> Option<usize> {
        if self.bits & bit(key) == 0 {
            return None;
        }
        self.keys.iter().position(|known| *known == key)
    }

    /// True for a word of the set.
    #[must_use]
    #[inline]
    pub fn contains(&self, key: WordKey) -> bool {
        self.position(key).is_some()
    }
}

fn bit(key: WordKey) -> u64 {
    1 << (key.0 & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_up_to_spelling() {
        let words = WordSet::new(["để", "kỹ", "nếu"]);
        assert_eq!(words.position(WordKey::of("KĨ")), Some(1));
        assert!(words.contains(WordKey::of("Nếu")) && !words.contains(WordKey::of("khi")));
    }
}
