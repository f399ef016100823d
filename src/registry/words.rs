//! A name cut into words, short forms spelt out, each word in the two forms in which words are compared.

use std::borrow::Cow;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::text::{Abbreviations, Typing, fold, tokenize};

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As written, or as spelt out.
    pub text: CompactString,
    /// Equal for equal spellings.
    pub spelling: CompactString,
    /// In small letters without marks.
    pub bare: CompactString,
    /// True if it was typed with marks, which are then held to.
    pub marked: bool,
    /// True if a comma or semicolon stands before it.
    pub apart: bool,
    /// True if it was not typed, but stands for a short form that was.
    pub spelt_out: bool,
    /// True if it goes on with the short form that the word before it stands for, too.
    pub inner: bool,
}

impl Word {
    /// `room` is written over.
    fn new(text: &str, apart: bool, room: &mut String) -> Self {
        let mut folded = |write: fn(&str, &mut String)| {
            write(text, room);
            CompactString::from(room.as_str())
        };
        Self {
            text: text.into(),
            spelling: folded(fold::write_spelling),
            bare: folded(fold::write_unaccented),
            marked: fold::has_marks(text),
            apart,
            spelt_out: false,
            inner: false,
        }
    }

    /// True if the word is `marked`, or was typed without marks and is it otherwise.
    pub fn is(&self, marked: &str) -> bool {
        // Most words are told apart by their first letter, without folding the other.
        let first = marked.chars().next().map_or(' ', |letter| fold::bare(letter).to_ascii_lowercase());
        self.bare.starts_with(first)
            && if self.marked {
                self.spelling == fold::spelling(marked)
            } else {
                self.bare.chars().eq(marked.chars().flat_map(char::to_lowercase).map(fold::bare))
            }
    }

    /// The same for a word folded beforehand.
    pub fn equals(&self, other: &Form) -> bool {
        if self.marked { self.spelling == other.spelling } else { self.bare == other.bare }
    }
}

/// A word of a lexicon in the two forms in which words are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub spelling: String,
    pub bare: String,
}

impl Form {
    pub fn of(word: &str) -> Self {
        Self { spelling: fold::spelling(word), bare: fold::unaccented(word) }
    }
}

/// A lexicon of word sequences, found longest first. Words typed without marks are any word that differs in marks alone.
#[derive(Debug)]
pub(crate) struct Lexicon<T> {
    /// By the first word without marks; longest first.
    by_first: FxHashMap<String, Vec<(Vec<Form>, T)>>,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Lexicon<T> {
    pub fn add(&mut self, words: &[&str], value: T) {
        let Some(first) = words.first() else { return };
        let entries = self.by_first.entry(fold::unaccented(first)).or_default();
        let at = entries.partition_point(|(own, _)| own.len() >= words.len());
        entries.insert(at, (words.iter().map(|word| Form::of(word)).collect(), value));
    }

    /// The longest sequence that the words begin with: its length and value.
    pub fn longest(&self, words: &[Word]) -> Option<(usize, &T)> {
        let entries = self.by_first.get(words.first()?.bare.as_str())?;
        let begins =
            |own: &[Form]| own.len() <= words.len() && own.iter().zip(words).all(|(form, word)| word.equals(form));
        entries.iter().find(|(own, _)| begins(own)).map(|(own, value)| (own.len(), value))
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.by_first.values().flatten().map(|(_, value)| value)
    }
}

/// Cuts a name into words. What stands in brackets repeats the words before it ("Ủy ban nhân dân (UBND)") and is left out.
pub(crate) fn split(name: &str, abbreviations: &Abbreviations, typing: Typing) -> Vec<Word> {
    let name = without_brackets(name);
    let tokens = tokenize(&name);
    let (mut out, mut at, mut apart) = (Vec::with_capacity(tokens.len() + 4), 0, false);
    let mut room = String::with_capacity(32);
    while let Some(token) = tokens.get(at) {
        if let Some(short) = abbreviations.at(&name, &tokens, at, typing) {
            for (index, word) in fold::words(short.full).enumerate() {
                out.push(Word { spelt_out: true, inner: index > 0, ..Word::new(word, apart && index == 0, &mut room) });
            }
            if let Some(number) = short.number {
                out.push(Word::new(&name[number], false, &mut room));
            }
            at = short.tokens.end.max(at + 1);
            apart = false;
        } else {
            apart |= token.is(',') || token.is(';');
            for word in fold::words(token.text(&name)) {
                out.push(Word::new(word, std::mem::take(&mut apart), &mut room));
            }
            at += 1;
        }
    }
    out
}

fn without_brackets(name: &str) -> Cow<'_, str> {
    if !name.contains('(') {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut depth = 0usize;
    for letter in name.chars() {
        match letter {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// The spelling forms of words with one space between.
pub(crate) fn spelled(words: &[Word]) -> String {
    joined(words.iter().map(|word| word.spelling.as_str()))
}

/// The words without marks with one space between.
pub(crate) fn bare(words: &[Word]) -> String {
    joined(words.iter().map(|word| word.bare.as_str()))
}

/// The words as written with one space between.
pub(crate) fn text(words: &[Word]) -> String {
    joined(words.iter().map(|word| word.text.as_str()))
}

/// The words with one space between.
fn joined<'a>(words: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut out = String::with_capacity(words.clone().map(|word| word.len() + 1).sum());
    for (at, word) in words.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// True if the words begin with the words of a phrase.
pub(crate) fn starts_with(words: &[Word], phrase: &str) -> bool {
    let mut count = 0;
    let all = phrase.split(' ').all(|part| {
        let fits = words.get(count).is_some_and(|word| word.is(part));
        count += 1;
        fits
    });
    all && !phrase.is_empty()
}

/// A spelling form without marks. Tones are digits at the ends of words, which numbers never follow there.
pub(crate) fn unmarked(spelling: &str) -> String {
    let words = spelling.split(' ').map(|word| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if letters.is_empty() { word.to_owned() } else { letters.chars().map(fold::bare).collect() }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_spelt_out_and_brackets_left_out() {
        let table = Abbreviations::new();
        let read = |name: &str, typing| spelled(&split(name, &table, typing));
        let full = fold::spelling("Ủy ban nhân dân thành phố Thủ Đức");
        assert_eq!(read("UBND TP Thủ Đức", Typing::Edited), full);
        assert_eq!(read("Uỷ ban nhân dân (UBND) thành phố (TP) Thủ Đức", Typing::Edited), full);
        assert_eq!(bare(&split("ubnd tphcm", &table, Typing::Hasty)), "uy ban nhan dan thanh pho ho chi minh");
        assert_eq!(bare(&split("quận ủy Q.1", &table, Typing::Hasty)), "quan uy quan 1");
    }

    #[test]
    fn words_typed_without_marks_are_any_word_that_differs_in_marks_alone() {
        let table = Abbreviations::new();
        let words = split("thành uy", &table, Typing::Hasty);
        assert!(words[0].is("Thành") && !words[0].is("Thánh") && words[1].is("ủy"));
        assert!(starts_with(&words, "thành ủy") && !starts_with(&words, "thành ủy hà"));
    }
}
