//! A dictionary of word sequences.

use super::key::WordKey;
use super::token::{Token, tokenize};

/// Word sequences, each with a value, found longest first at a token. Equal spellings and any case are equal. A look-up costs one
/// probe of a table per matched word, whatever the number of phrases, and mostly one look at a bit where no phrase begins.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    steps: Steps,
    nodes: Vec<Node<T>>,
    first: Firsts,
}

/// Where a sequence of words leads to.
#[derive(Debug, Clone)]
struct Node<T> {
    value: Option<T>,
    /// True if longer phrases begin with these words.
    goes_on: bool,
}

/// From a node and a word to the next node: an open-addressed table, at most half full.
#[derive(Debug, Clone, Default)]
struct Steps {
    /// A power of two of them; those that lead to node 0 are free.
    slots: Vec<Step>,
    used: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Step {
    key: u64,
    from: u32,
    to: u32,
}

impl Steps {
    #[inline]
    fn get(&self, from: u32, key: WordKey) -> Option<u32> {
        let last = self.slots.len().checked_sub(1)?;
        let mut at = place(from, key);
        loop {
            let step = self.slots[at & last];
            if step.to == 0 {
                return None;
            }
            if step.key == key.0 && step.from == from {
                return Some(step.to);
            }
            at += 1;
        }
    }

    fn add(&mut self, step: Step) {
        if self.used * 2 >= self.slots.len() {
            let bigger = vec![Step::default(); (self.slots.len() * 2).max(8)];
            let known = std::mem::replace(&mut self.slots, bigger);
            known.into_iter().filter(|step| step.to != 0).for_each(|step| self.put(step));
        }
        self.put(step);
        self.used += 1;
    }

    fn put(&mut self, step: Step) {
        let last = self.slots.len() - 1;
        let mut at = place(step.from, WordKey(step.key)) & last;
        while self.slots[at].to != 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = step;
    }
}

/// Where a step is looked for first. Keys are hashes already; the node only has to tell equal words apart.
fn place(from: u32, key: WordKey) -> usize {
    ((key.0 >> 24) as usize).wrapping_add((from as usize).wrapping_mul(0x9E37_79B1))
}

/// Which words may begin a phrase: most words of a text begin none, and one look at a small table says so. A word has two bits, both in the
/// same piece of the table (a blocked Bloom filter).
#[derive(Debug, Clone)]
struct Firsts {
    bits: Vec<u64>,
    words: usize,
}

impl Firsts {
    /// Least room for each word, in bits: about one word in sixty is looked up in vain.
    const SPARSE: usize = 16;

    #[inline]
    fn may_hold(&self, key: WordKey) -> bool {
        let (at, both) = self.place(key);
        self.bits[at] & both == both
    }

    #[inline]
    fn place(&self, key: WordKey) -> (usize, u64) {
        // The number of pieces is a power of two, and at least one.
        let at = (key.0 >> 12) as usize & (self.bits.len() - 1);
        (at, 1 << (key.0 & 63) | 1 << (key.0 >> 6 & 63))
    }

    /// True if the table is too small for one word more.
    fn is_full(&self) -> bool {
        (self.words + 1) * Self::SPARSE > self.bits.len() * 64
    }

    fn add(&mut self, key: WordKey) {
        let (at, both) = self.place(key);
        self.bits[at] |= both;
        self.words += 1;
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        let root = Node { value: None, goes_on: false };
        Self { steps: Steps::default(), nodes: vec![root], first: Firsts { bits: vec![0; 4], words: 0 } }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase, cut into tokens as a text is. A phrase added twice keeps its last value.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut node = 0;
        for token in tokenize(phrase) {
            node = self.steps.get(node, token.key).unwrap_or_else(|| self.add_step(node, token.key));
        }
        if let Some(known) = self.nodes.get_mut(node as usize).filter(|_| node != 0) {
            known.value = Some(value);
        }
    }

    fn add_step(&mut self, from: u32, key: WordKey) -> u32 {
        let to = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node { value: None, goes_on: false });
        self.nodes[from as usize].goes_on = true;
        self.steps.add(Step { key: key.0, from, to });
        if from == 0 {
            self.add_first(key);
        }
        to
    }

    fn add_first(&mut self, key: WordKey) {
        if self.first.is_full() {
            self.first = Firsts { bits: vec![0; self.first.bits.len() * 2], words: 0 };
            for step in self.steps.slots.iter().filter(|step| step.to != 0 && step.from == 0) {
                self.first.add(WordKey(step.key));
            }
        } else {
            self.first.add(key);
        }
    }

    /// The longest phrase that begins at token `at`: the index one past its last token, and its value.
    #[must_use]
    #[inline(always)]
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        #[cfg(test)]
        work::add();
        tokens.get(at).filter(|token| self.first.may_hold(token.key))?;
        self.follow(tokens, at)
    }

    #[inline(never)]
    fn follow(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let mut found = None;
        let mut node = 0;
        for (index, token) in tokens.iter().enumerate().skip(at) {
            #[cfg(test)]
            work::add();
            let Some(next) = self.steps.get(node, token.key) else { break };
            node = next;
            let Node { value, goes_on } = &self.nodes[node as usize];
            if let Some(value) = value {
                found = Some((index + 1, value));
            }
            if !goes_on {
                break;
            }
        }
        found
    }

    /// True if nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.used == 0
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
