//! Cuts an [`super::analysis::Analysed`] string into the terms of each field.
//!
//! - *forms*: every word's form with its position, and typed words as `=word` at the same position;
//! - *bare*: every word without marks;
//! - *pairs*: every two neighbouring words without marks, as one of a bounded number of signs;
//! - *names* (of another string: the letter of a role, then forms): `c:form`.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::analysis::{GAP, TYPED, bare_into};

/// Name of the tokenizer for forms.
pub(super) const FORMS: &str = "vi_forms";
/// Name of the tokenizer for bare words.
pub(super) const BARE: &str = "vi_bare";
/// Name of the tokenizer for pairs of long texts.
pub(super) const PAIRS: &str = "vi_pairs";
/// Name of the tokenizer for pairs of single sentences.
pub(super) const FEW_PAIRS: &str = "vi_few_pairs";

/// Name of the tokenizer for words of names.
pub(super) const NAMES: &str = "vi_names";

/// How pairs are kept: each has a sign, one of 2^`bits`, which others share.
///
/// Written out, the pairs of a language are so many that their dictionary and the lists of those met once would be as large as
/// everything else. Signs are as many as keep it unlikely that a document has a pair's sign without having the pair: a report of 500
/// words has 0.8 % of the signs of long texts, a sentence of 25 words 0.6 % of those of sentences. Pairs are only asked for together
/// with both of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PairSigns {
    bits: u32,
}

impl PairSigns {
    /// For reports.
    pub(super) const LONG: Self = Self { bits: 16 };
    /// For single sentences.
    pub(super) const SHORT: Self = Self { bits: 12 };

    /// The sign of two bare words.
    pub(super) fn sign(self, first: &str, second: &str) -> String {
        let mut sign = String::with_capacity(3);
        self.sign_into(first, second, &mut sign);
        sign
    }

    fn sign_into(self, first: &str, second: &str, sign: &mut String) {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let hash = first.bytes().chain([b'_']).chain(second.bytes()).fold(0xcbf2_9ce4_8422_2325, step);
        // The upper bits of a product by an odd number hang on all lower ones.
        let mut rest = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - self.bits);
        for _ in 0..self.bits.div_ceil(6) {
            sign.push(char::from(b'0' + u8::try_from(rest & 63).unwrap_or_default()));
            rest >>= 6;
        }
    }
}

/// How far positions jump at a gap.
const GAP_WIDTH: usize = 8;

/// Makes the tokenizers known to an index.
pub(super) fn register(manager: &TokenizerManager) {
    let pairs = [(PAIRS, Terms::Pairs(PairSigns::LONG)), (FEW_PAIRS, Terms::Pairs(PairSigns::SHORT))];
    for (name, terms) in [(FORMS, Terms::Forms), (BARE, Terms::Bare), (NAMES, Terms::Names)].into_iter().chain(pairs) {
        manager.register(
            name,
            TextAnalyzer::from(Cutter { terms, token: Token::default(), before: String::new(), word: String::new() }),
        );
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terms {
    Forms,
    Bare,
    Pairs(PairSigns),
    Names,
}

#[derive(Clone)]
struct Cutter {
    terms: Terms,
    /// Kept between texts, so that its buffer is not allocated again.
    token: Token,
    /// The bare word before, for pairs.
    before: String,
    /// The bare word at hand, for pairs.
    word: String,
}

struct Cut<'a> {
    cutter: &'a mut Cutter,
    entries: std::str::Split<'a, char>,
    /// Position of the next word.
    next: usize,
    /// What stands before the words of a name.
    role: &'a str,
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Cut<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        self.token.reset();
        self.before.clear();
        let mut entries = text.split(' ');
        let role = if self.terms == Terms::Names { entries.next().unwrap_or_default() } else { "" };
        Cut { cutter: self, entries, next: 0, role }
    }
}

impl TokenStream for Cut<'_> {
    fn advance(&mut self) -> bool {
        if self.cutter.terms == Terms::Names {
            return self.name_word();
        }
        while let Some(entry) = self.entries.next() {
            if entry.starts_with(GAP) {
                self.next += GAP_WIDTH;
                self.cutter.before.clear();
            } else if entry.starts_with(TYPED) {
                if self.cutter.terms == Terms::Forms {
                    // The typed word stands at the position of the word before it.
                    return self.give(entry, self.next.saturating_sub(1));
                }
            } else if !entry.is_empty() {
                let position = self.next;
                self.next += 1;
                if self.word(entry, position) {
                    return true;
                }
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.cutter.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.cutter.token
    }
}

impl Cut<'_> {
    /// Makes the term for a word; false where there is none yet (the first of a pair).
    fn word(&mut self, form: &str, position: usize) -> bool {
        let Cutter { terms, token, before, word } = &mut *self.cutter;
        match terms {
            Terms::Forms | Terms::Names => return self.give(form, position),
            Terms::Bare => {
                token.text.clear();
                bare_into(form, &mut token.text);
            }
            Terms::Pairs(signs) => {
                word.clear();
                bare_into(form, word);
                token.text.clear();
                signs.sign_into(before, word, &mut token.text);
                let first = before.is_empty();
                std::mem::swap(before, word);
                if first {
                    return false;
                }
            }
        }
        token.position = position;
        true
    }

    /// The form of the next word of a name.
    fn name_word(&mut self) -> bool {
        let Some(form) = self.entries.find(|entry| !entry.is_empty()) else { return false };
        let token = &mut self.cutter.token;
        token.text.clear();
        token.text.extend([self.role, ":", form]);
        token.position = self.next;
        self.next += 1;
        true
    }

    fn give(&mut self, term: &str, position: usize) -> bool {
        let token = &mut self.cutter.token;
        token.text.clear();
        token.text.push_str(term);
        token.position = position;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis::Analysed;
    use crate::text::Abbreviations;

    fn cut(name: &str, texts: &[&str]) -> Vec<(String, usize)> {
        let manager = TokenizerManager::new();
        register(&manager);
        let mut analysed = Analysed::default();
        texts.iter().for_each(|text| analysed.add(text, &Abbreviations::new()));
        let text = analysed.into_string();
        let mut analyzer = manager.get(name).expect("registered");
        let mut stream = analyzer.token_stream(&text);
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.text.clone(), token.position)));
        found
    }

    fn terms(name: &str, texts: &[&str]) -> Vec<String> {
        cut(name, texts).into_iter().map(|(term, _)| term).collect()
    }

    #[test]
    fn each_field_has_its_terms() {
        let text = ["Thuỷ lợi, UBND"];
        assert_eq!(terms(FORMS, &text), ["thuy?", "=thuỷ", "lơi.", "uy?", "=ubnd", "ban", "nhân", "dân"]);
        assert_eq!(terms(BARE, &text), ["thuy", "loi", "uy", "ban", "nhan", "dan"]);
        assert_eq!(
            terms(PAIRS, &text),
            signs(&[("thuy", "loi"), ("loi", "uy"), ("uy", "ban"), ("ban", "nhan"), ("nhan", "dan")])
        );
    }

    fn signs(pairs: &[(&str, &str)]) -> Vec<String> {
        pairs.iter().map(|(first, second)| PairSigns::LONG.sign(first, second)).collect()
    }

    #[test]
    fn signs_of_pairs_are_many_and_even() {
        for (signs, bits) in [(PairSigns::LONG, 16), (PairSigns::SHORT, 12)] {
            let pairs = 1 << bits;
            let distinct: std::collections::HashSet<String> =
                (0..pairs).map(|number| signs.sign(&format!("w{}", number / 7), &format!("v{number}"))).collect();
            // Of as many throws as there are signs, 1 - 1/e hit a new one.
            let share = distinct.len() as f64 / f64::from(pairs);
            assert!((0.60..0.67).contains(&share), "{share}");
            assert_ne!(signs.sign("a", "b"), signs.sign("b", "a"));
        }
    }

    #[test]
    fn names_are_cut_with_their_role() {
        let manager = TokenizerManager::new();
        register(&manager);
        let mut analyzer = manager.get(NAMES).expect("registered");
        let mut found = Vec::new();
        analyzer.token_stream("c thu? đưc'").process(&mut |token| found.push((token.text.clone(), token.position)));
        assert_eq!(
            found.iter().map(|(term, at)| (term.as_str(), *at)).collect::<Vec<_>>(),
            [("c:thu?", 0), ("c:đưc'", 1)]
        );
    }

    #[test]
    fn nothing_reaches_over_a_gap() {
        assert_eq!(terms(PAIRS, &["a b", "c d"]), signs(&[("a", "b"), ("c", "d")]));
        assert_eq!(
            cut(FORMS, &["a uỷ", "c"]),
            [("a".into(), 0), ("uy?".into(), 1), ("=uỷ".into(), 1), ("c".into(), 2 + GAP_WIDTH)]
        );
    }
}
