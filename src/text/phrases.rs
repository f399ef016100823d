//! A dictionary of word sequences.

use rustc_hash::FxHashMap;

use super::key::WordKey;
use super::token::{Token, tokenize};

/// Word sequences, each with a value, found longest first at a token. Equal spellings and any case are equal. A look-up costs one
/// hash probe per matched word, whatever the number of phrases.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    steps: FxHashMap<(u32, WordKey), u32>,
    values: Vec<Option<T>>,
    first: Firsts,
}

/// Which words may begin a phrase, as a set of bits chosen by the word's key: most words of a text begin none, and one look at a small
/// table says so.
#[derive(Debug, Clone)]
struct Firsts {
    bits: Vec<u64>,
    words: usize,
}

impl Firsts {
    /// Bits kept for each word: about one word in sixteen is looked up in vain.
    const SPARSE: usize = 16;

    fn may_hold(&self, key: WordKey) -> bool {
        let (at, bit) = self.place(key);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    fn place(&self, key: WordKey) -> (usize, u64) {
        // The number of bits is a power of two.
        let slot = key.0 & (self.bits.len() as u64 * 64 - 1);
        ((slot / 64) as usize, 1 << (slot % 64))
    }

    /// True if the table is too small for one word more.
    fn is_full(&self) -> bool {
        (self.words + 1) * Self::SPARSE > self.bits.len() * 64
    }

    fn add(&mut self, key: WordKey) {
        let (at, bit) = self.place(key);
        self.bits[at] |= bit;
        self.words += 1;
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { steps: FxHashMap::default(), values: vec![None], first: Firsts { bits: vec![0; 4], words: 0 } }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase, cut into tokens as a text is. A phrase added twice keeps its last value.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut node = 0;
        for token in tokenize(phrase) {
            let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            let entry = *self.steps.entry((node, token.key)).or_insert(next);
            if entry == next {
                self.values.push(None);
                if node == 0 {
                    self.add_first(token.key);
                }
            }
            node = entry;
        }
        if let Some(slot) = self.values.get_mut(node as usize).filter(|_| node != 0) {
            *slot = Some(value);
        }
    }

    fn add_first(&mut self, key: WordKey) {
        if self.first.is_full() {
            self.first = Firsts { bits: vec![0; self.first.bits.len() * 2], words: 0 };
            for &(_, known) in self.steps.keys().filter(|(node, _)| *node == 0) {
                self.first.add(known);
            }
        } else {
            self.first.add(key);
        }
    }

    /// The longest phrase that begins at token `at`: the index one past its last token, and its value.
    #[must_use]
    #[inline]
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        #[cfg(test)]
        work::add();
        tokens.get(at).filter(|token| self.first.may_hold(token.key))?;
        self.follow(tokens, at)
    }

    fn follow(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let mut node = 0;
        let mut found = None;
        for (index, token) in tokens.iter().enumerate().skip(at) {
            #[cfg(test)]
            work::add();
            let Some(&next) = self.steps.get(&(node, token.key)) else { break };
            node = next;
            if let Some(value) = &self.values[node as usize] {
                found = Some((index + 1, value));
            }
        }
        found
    }

    /// True if nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl<T> Phrases<T> {
    /// Reads a lexicon: a phrase a line, optionally a tab and a value; `#` begins a comment, empty lines are passed over.
    /// `value` makes the value from the text behind the tab (empty where there is none), or refuses the line.
    ///
    /// # Errors
    /// The first line that `value` refuses.
    pub fn parse<'a>(lexicon: &'a str, mut value: impl FnMut(&'a str) -> Option<T>) -> Result<Self, &'a str> {
        let mut phrases = Self::default();
        for line in lexicon.lines() {
            let content = line.split('#').next().unwrap_or_default().trim_end();
            if content.trim().is_empty() {
                continue;
            }
            let (phrase, rest) = content.split_once('\t').unwrap_or((content, ""));
            phrases.add(phrase.trim(), value(rest.trim()).ok_or(line)?);
        }
        Ok(phrases)
    }
}

/// Counts look-ups, so that tests can hold the reader to linear work without a clock.
#[cfg(test)]
pub(crate) mod work {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<u64> = const { Cell::new(0) };
    }

    pub(super) fn add() {
        STEPS.with(|steps| steps.set(steps.get() + 1));
    }

    /// Steps that this thread took during `run`.
    pub(crate) fn of(run: impl FnOnce()) -> u64 {
        let before = STEPS.with(Cell::get);
        run();
        STEPS.with(Cell::get) - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = Phrases::default();
        phrases.add("Bí thư", 1);
        phrases.add("Phó Bí thư", 2);
        phrases.add("Phó Bí thư Thường trực", 3);
        let tokens = tokenize("phó bí thư thường trực Thành ủy");
        assert_eq!(phrases.longest(&tokens, 0), Some((5, &3)));
        assert_eq!(phrases.longest(&tokens, 1), Some((3, &1)));
        assert_eq!(phrases.longest(&tokens, 2), None);
    }

    #[test]
    fn no_phrase_is_lost_among_many() {
        let mut phrases = Phrases::default();
        (0..500).for_each(|number| phrases.add(&format!("m{number} x"), number));
        assert!((0..500).all(|number| phrases.longest(&tokenize(&format!("m{number} x")), 0) == Some((2, &number))));
    }

    #[test]
    fn lexicons_have_comments_and_values() {
        let lexicon = "# heads\nkm2\tarea\nTP.HCM # city\n\n";
        let phrases = Phrases::parse(lexicon, Some).expect("parses");
        assert_eq!(phrases.longest(&tokenize("TP.HCM"), 0), Some((3, &"")));
        assert_eq!(phrases.longest(&tokenize("KM2"), 0), Some((1, &"area")));
    }
}
