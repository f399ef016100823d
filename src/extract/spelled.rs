//! When two names of a report are the same: their words in spelling form, abbreviations spelled out, "và" and signs left out.

use std::ops::Range;

use crate::text::{Phrases, Reading, WordKey, tokenize};

const ABBREVIATIONS: &str = include_str!("lexicons/abbreviations.txt");

/// Spells names out.
#[derive(Debug)]
pub(super) struct Spelled {
    short: Phrases<Vec<WordKey>>,
    and: WordKey,
}

impl Spelled {
    pub(super) fn new() -> Self {
        let short = super::lexicon::load(ABBREVIATIONS, |full| {
            Some(tokenize(full).iter().filter(|token| token.is_word()).map(|token| token.key).collect())
        });
        Self { short, and: WordKey::of("và") }
    }

    /// Appends the words of a range of tokens.
    pub(super) fn words_into(&self, reading: &Reading, range: Range<usize>, out: &mut Vec<WordKey>) {
        let tokens = &reading.tokens[..range.end];
        let mut at = range.start;
        while at < range.end {
            let short = self.short.longest(tokens, at).filter(|(end, _)| !is_word(reading, at..*end));
            if let Some((end, full)) = short {
                out.extend(full);
                at = end;
                continue;
            }
            let token = &tokens[at];
            if (token.is_word() || token.kind == crate::text::Kind::Number) && token.key != self.and {
                out.push(token.key);
            }
            at += 1;
        }
    }

    /// The words of a range of tokens.
    pub(super) fn words(&self, reading: &Reading, range: Range<usize>) -> Vec<WordKey> {
        let mut words = Vec::with_capacity(range.len());
        self.words_into(reading, range, &mut words);
        words
    }
}

/// True for the "tư" of "đầu tư", which is spelled as the short form "TƯ".
fn is_word(reading: &Reading, short: Range<usize>) -> bool {
    short.len() == 1 && matches!(reading.word(short.start), "tư" | "Tư")
}
