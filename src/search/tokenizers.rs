//! Cuts an [`super::analysis::Analysed`] string into the terms of each field.
//!
//! - *forms*: every word's form with its position, and typed words as `=word` at the same position;
//! - *bare*: every word without marks;
//! - *pairs*: every two neighbouring words without marks, as `first_second`;
//! - *names* (of another string: the letter of a role, then forms): `c:form` and, at the same position, `c~bare`.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::analysis::{GAP, TYPED, bare_into};

/// Name of the tokenizer for forms.
pub(super) const FORMS: &str = "vi_forms";
/// Name of the tokenizer for bare words.
pub(super) const BARE: &str = "vi_bare";
/// Name of the tokenizer for pairs.
pub(super) const PAIRS: &str = "vi_pairs";

/// Name of the tokenizer for words of names.
pub(super) const NAMES: &str = "vi_names";

/// Stands between the two words of a pair.
pub(super) const PAIR: char = '_';

/// How far positions jump at a gap.
const GAP_WIDTH: usize = 8;

/// Makes the tokenizers known to an index.
pub(super) fn register(manager: &TokenizerManager) {
    for (name, terms) in [(FORMS, Terms::Forms), (BARE, Terms::Bare), (PAIRS, Terms::Pairs), (NAMES, Terms::Names)] {
        manager.register(name, TextAnalyzer::from(Cutter { terms, token: Token::default(), before: String::new() }));
    }
}

/// Appends the pair of two bare words.
pub(super) fn pair_of(first: &str, second: &str) -> String {
    let mut pair = String::with_capacity(first.len() + 1 + second.len());
    pair.push_str(first);
    pair.push(PAIR);
    pair.push_str(second);
    pair
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terms {
    Forms,
    Bare,
    Pairs,
    Names,
}

#[derive(Clone)]
struct Cutter {
    terms: Terms,
    /// Kept between texts, so that its buffer is not allocated again.
    token: Token,
    /// The bare word before, for pairs; the form whose bare word is next, for names.
    before: String,
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
        let Cutter { terms, token, before } = &mut *self.cutter;
        match terms {
            Terms::Forms | Terms::Names => return self.give(form, position),
            Terms::Bare => {
                token.text.clear();
                bare_into(form, &mut token.text);
            }
            Terms::Pairs => {
                token.text.clear();
                token.text.push_str(before);
                token.text.push(PAIR);
                let from = token.text.len();
                bare_into(form, &mut token.text);
                let first = before.is_empty();
                before.clear();
                before.push_str(&token.text[from..]);
                if first {
                    return false;
                }
            }
        }
        token.position = position;
        true
    }

    /// The form of the next word of a name, then its bare word.
    fn name_word(&mut self) -> bool {
        let Cutter { token, before, .. } = &mut *self.cutter;
        token.text.clear();
        token.text.push_str(self.role);
        if before.is_empty() {
            let Some(form) = self.entries.find(|entry| !entry.is_empty()) else { return false };
            token.text.push(':');
            token.text.push_str(form);
            token.position = self.next;
            before.push_str(form);
        } else {
            token.text.push('~');
            bare_into(before, &mut token.text);
            token.position = self.next;
            before.clear();
            self.next += 1;
        }
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
        assert_eq!(terms(PAIRS, &text), ["thuy_loi", "loi_uy", "uy_ban", "ban_nhan", "nhan_dan"]);
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
            [("c:thu?", 0), ("c~thu", 0), ("c:đưc'", 1), ("c~duc", 1)]
        );
    }

    #[test]
    fn nothing_reaches_over_a_gap() {
        assert_eq!(terms(PAIRS, &["a b", "c d"]), ["a_b", "c_d"]);
        assert_eq!(
            cut(FORMS, &["a uỷ", "c"]),
            [("a".into(), 0), ("uy?".into(), 1), ("=uỷ".into(), 1), ("c".into(), 2 + GAP_WIDTH)]
        );
    }
}
