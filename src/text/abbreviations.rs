//! Short forms of offices, bodies, documents and places, spelt out: "UBND" is "Ủy ban nhân dân", "Q.1" is "quận 1".
//!
//! The table is `abbreviations.txt`; it says there what a line means. In texts a short form must be written in capitals, as
//! it is listed; in what people type into a search box, small letters and letters without marks do as well, where
//! that cannot be a word of the language ("ubnd", "hdnd", "tphcm", but not "tư").

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::fold;
use super::token::{Case, Kind, Token, tokenize};

const TABLE: &str = include_str!("abbreviations.txt");

/// How a text was written, which decides what can be a short form in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// An edited text: short forms have capitals and marks.
    Edited,
    /// Typed in haste, as queries are.
    Hasty,
}

/// A short form found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm<'a> {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// What it stands for, as listed: "Ủy ban nhân dân".
    pub full: &'a str,
    /// Number glued to it, as bytes of the text: the "1" of "Q1", which follows the full form.
    pub number: Option<Range<usize>>,
}

/// The table of short forms.
#[derive(Debug, Clone)]
pub struct Abbreviations {
    entries: Vec<Entry>,
    /// Entries by the words of the short form in lower case, in the order of the table.
    by_words: FxHashMap<String, Vec<usize>>,
    /// The same without marks.
    by_bare_words: FxHashMap<String, Vec<usize>>,
    /// Most words of the short forms that begin with a word, as it is listed and without marks: most words begin none.
    beginning: FxHashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Entry {
    short: &'static str,
    full: &'static str,
    condition: Condition,
}

#[derive(Debug, Clone, Copy, Default)]
struct Condition {
    number: bool,
    stop_and_name: bool,
    name: bool,
}

impl Default for Abbreviations {
    fn default() -> Self {
        Self::new()
    }
}

impl Abbreviations {
    /// Reads the table. Takes well under a millisecond; keep the value.
    #[must_use]
    pub fn new() -> Self {
        let mut table = Self {
            entries: Vec::new(),
            by_words: FxHashMap::default(),
            by_bare_words: FxHashMap::default(),
            beginning: FxHashMap::default(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(shorts), Some(full)) = (columns.next(), columns.next()) else { continue };
            let condition = Condition::parse(columns.next().unwrap_or_default());
            for short in shorts.split(';') {
                table.add(Entry { short, full, condition });
            }
        }
        table
    }

    /// Every short form with what it stands for, as listed; also those that need company.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| (entry.short, entry.full))
    }

    /// The longest short form that begins at token `at` of a text.
    #[must_use]
    pub fn at(&self, text: &str, tokens: &[Token], at: usize, typing: Typing) -> Option<ShortForm<'_>> {
        if !self.may_begin(tokens.get(at)?, typing) {
            return None;
        }
        let longest = self.longest_beginning(tokens[at].text(text));
        let mut words: Vec<&Token> = Vec::with_capacity(longest);
        let mut found = None;
        let mut next = at;
        let mut listed = false;
        while let Some(token) = tokens.get(next).filter(|token| token.is_word() && words.len() < longest) {
            words.push(token);
            // Two short forms with a comma between are two, three as one entry of the table are its parts: "VH, TT & DL".
            if !listed || words.len() > 2 {
                found = self.lookup(text, &words, &tokens[next + 1..], typing).map(|full| (next + 1, full)).or(found);
            }
            next += 1;
            if let Some(sign) = tokens.get(next).filter(|sign| joins(sign) || sign.is(',')) {
                listed |= sign.is(',');
                next += 1;
            }
        }
        found
            .map(|(end, full)| ShortForm { tokens: at..end, full, number: None })
            .or_else(|| self.glued(text, tokens, at, typing))
    }

    /// A text with its short forms spelt out, in the form of [`fold::spelling`].
    #[must_use]
    pub fn expand(&self, text: &str) -> String {
        self.expand_typed(text, Typing::Edited)
    }

    /// The same for a text written in the given way.
    #[must_use]
    pub fn expand_typed(&self, text: &str, typing: Typing) -> String {
        let tokens = tokenize(text);
        let mut out = String::with_capacity(text.len() * 2);
        let mut push = |words: &str| {
            for word in fold::words(words) {
                if !out.is_empty() {
                    out.push(' ');
                }
                fold::spelling_into(word, &mut out);
            }
        };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some(short) = self.at(text, &tokens, at, typing) {
                push(short.full);
                push(short.number.map_or("", |number| &text[number]));
                at = short.tokens.end;
            } else {
                push(token.text(text));
                at += 1;
            }
        }
        out
    }

    fn add(&mut self, entry: Entry) {
        let words = entry.short.split(' ').map(str::to_lowercase).collect::<Vec<_>>().join(" ");
        let first = words.split(' ').next().unwrap_or_default();
        for first in [first.to_owned(), first.chars().map(fold::bare).collect()] {
            let longest = self.beginning.entry(first).or_default();
            *longest = (*longest).max(words.split(' ').count());
        }
        let index = self.entries.len();
        self.entries.push(entry);
        self.by_bare_words.entry(words.chars().map(fold::bare).collect()).or_default().push(index);
        self.by_words.entry(words).or_default().push(index);
    }

    /// Most words of the short forms that begin with a word; 0 for most words.
    fn longest_beginning(&self, word: &str) -> usize {
        // Short enough to need no room of its own, as nearly all words are.
        let mut key = CompactString::default();
        for letter in word.chars() {
            if letter.is_ascii() { key.push(letter.to_ascii_lowercase()) } else { key.extend(letter.to_lowercase()) }
        }
        self.beginning.get(key.as_str()).copied().unwrap_or(0)
    }

    /// Rules out most tokens without a look into the table.
    fn may_begin(&self, token: &Token, typing: Typing) -> bool {
        match token.kind {
            Kind::Word(Case::Lower) => typing == Typing::Hasty,
            Kind::Word(_) => true,
            _ => false,
        }
    }

    fn lookup(&self, text: &str, words: &[&Token], rest: &[Token], typing: Typing) -> Option<&'static str> {
        let mut key = String::with_capacity(16);
        for word in words {
            if !key.is_empty() {
                key.push(' ');
            }
            key.extend(word.text(text).chars().flat_map(char::to_lowercase));
        }
        let fits = |index: &&usize| {
            let entry = &self.entries[**index];
            entry.condition.holds(text, rest) && entry.is_written_by(text, words, typing)
        };
        let exact = self.by_words.get(&key).and_then(|indices| indices.iter().find(fits));
        let index = exact.or_else(|| {
            let hasty = typing == Typing::Hasty && !fold::has_marks(&key);
            let indices = hasty.then(|| self.by_bare_words.get(&key)).flatten()?;
            indices.iter().find(fits)
        })?;
        Some(self.entries[*index].full)
    }

    /// "Q1", "P12": a short form that wants a number, and the number in the same word.
    fn glued(&self, text: &str, tokens: &[Token], at: usize, typing: Typing) -> Option<ShortForm<'_>> {
        let token = tokens.get(at)?;
        let word = token.text(text);
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if letters.is_empty() || letters.len() == word.len() {
            return None;
        }
        let capitals = letters.chars().all(char::is_uppercase);
        let key: String = letters.chars().flat_map(char::to_lowercase).collect();
        let index = self.by_words.get(&key)?.iter().find(|index| self.entries[**index].condition.number)?;
        let start = token.start as usize + letters.len();
        (capitals || typing == Typing::Hasty).then(|| ShortForm {
            tokens: at..at + 1,
            full: self.entries[*index].full,
            number: Some(start..token.end as usize),
        })
    }
}

impl Entry {
    /// True if these words can be the short form: written as it is listed, or in capitals, or hastily.
    fn is_written_by(&self, text: &str, words: &[&Token], typing: Typing) -> bool {
        let listed = self.short.split(' ');
        let as_listed =
            words.iter().zip(listed).all(|(word, listed)| word.text(text) == listed || is_upper(word, text));
        as_listed
            || (typing == Typing::Hasty && (words.len() > 1 || !could_be_a_syllable(words[0].text(text), self.short)))
    }
}

impl Condition {
    fn parse(column: &str) -> Self {
        Self { number: column.contains('#'), stop_and_name: column.contains('.'), name: column.contains('N') }
    }

    fn is_none(self) -> bool {
        !(self.number || self.stop_and_name || self.name)
    }

    /// True if what follows the short form is what it needs.
    fn holds(self, text: &str, rest: &[Token]) -> bool {
        if self.is_none() {
            return true;
        }
        let stop = rest.first().is_some_and(|token| token.is('.') && !token.spaced);
        let rest = &rest[usize::from(stop)..];
        let is_name = |at: usize| rest.get(at).is_some_and(Token::is_capital);
        (self.number && begins_with_number(text, rest))
            || (self.stop_and_name && stop && is_name(0) && is_name(1))
            || (self.name && is_name(0))
    }
}

fn begins_with_number(text: &str, rest: &[Token]) -> bool {
    let skip = rest.iter().take_while(|token| token.is('-') || token.text(text).eq_ignore_ascii_case("số")).count();
    skip <= 2 && rest.get(skip).is_some_and(|token| token.kind == Kind::Number)
}

/// A sign that may stand between the words of a short form: "TP.HCM", "GD-ĐT", "GD & ĐT".
fn joins(token: &Token) -> bool {
    match token.kind {
        Kind::Sign('-' | '&') => true,
        Kind::Sign('.' | '/') => !token.spaced,
        _ => false,
    }
}

fn is_upper(token: &Token, text: &str) -> bool {
    match token.kind {
        Kind::Word(Case::Upper) => true,
        Kind::Word(Case::Title) => token.text(text).chars().nth(1).is_none(),
        _ => false,
    }
}

/// True if small letters spell what may be a word of its own: short, with a vowel ("tư"), or a single letter.
fn could_be_a_syllable(word: &str, short: &str) -> bool {
    let letters = word.chars().count();
    let vowel = word.chars().flat_map(char::to_lowercase).map(fold::bare).any(|c| "aeiouy".contains(c));
    // A single letter is taken for a short form only where its company was checked.
    (vowel && letters <= 2) || (letters == 1 && short.chars().count() != 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(text: &str) -> String {
        Abbreviations::new().expand(text)
    }

    fn hasty(text: &str) -> String {
        Abbreviations::new().expand_typed(text, Typing::Hasty)
    }

    #[test]
    fn bodies_and_places_are_spelt_out() {
        assert_eq!(expand("UBND TP.HCM họp"), fold::spelling("Ủy ban nhân dân Thành phố Hồ Chí Minh họp"));
        assert_eq!(expand("TP. HCM, TP HCM, TPHCM"), [fold::spelling("Thành phố Hồ Chí Minh").as_str(); 3].join(" "));
        assert_eq!(expand("Sở GD&ĐT và Sở GD-ĐT"), fold::spelling("Sở Giáo dục và Đào tạo và Sở Giáo dục và Đào tạo"));
        assert_eq!(expand("Sở GD & ĐT, Sở GD - ĐT"), [fold::spelling("Sở Giáo dục và Đào tạo").as_str(); 2].join(" "));
        assert_eq!(expand("Bộ VH, TT & DL"), fold::spelling("Bộ Văn hóa, Thể thao và Du lịch"));
        assert_eq!(expand("GD, ĐT"), fold::spelling("GD ĐT"), "a list of two");
        assert_eq!(expand("Ban Chấp hành T.Ư"), fold::spelling("Ban Chấp hành Trung ương"));
    }

    #[test]
    fn some_need_company() {
        assert_eq!(expand("NQ 98, KH số 19-KH/TU"), fold::spelling("Nghị quyết 98 Kế hoạch số 19 KH TU"));
        assert_eq!(expand("Q.1, Q1, P. Hiệp Bình, P.5"), fold::spelling("quận 1 quận 1 phường Hiệp Bình phường 5"));
        assert_eq!(expand("Vitamin P và Q. khác"), fold::spelling("Vitamin P và Q khác"));
        assert_eq!(expand("P. Chủ tịch"), fold::spelling("P Chủ tịch"));
    }

    #[test]
    fn edited_texts_need_capitals_and_hasty_ones_do_not() {
        assert_eq!(expand("thứ tư, tp"), fold::spelling("thứ tư tp"));
        assert_eq!(hasty("thứ tư"), fold::spelling("thứ tư"));
        assert_eq!(hasty("ubnd tphcm nq 98"), fold::spelling("Ủy ban nhân dân Thành phố Hồ Chí Minh Nghị quyết 98"));
        assert_eq!(hasty("hdnd q1 btv"), fold::spelling("Hội đồng nhân dân quận 1 Ban Thường vụ"));
        assert_eq!(hasty("qd 12"), fold::spelling("quyết định 12"));
        assert_eq!(hasty("q va p"), "q va p");
    }

    #[test]
    fn every_line_of_the_table_is_read_and_findable() {
        let table = Abbreviations::new();
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        assert_eq!(
            table.entries.len(),
            lines.map(|l| l.split('\t').next().map_or(0, |s| s.split(';').count())).sum::<usize>()
        );
        for entry in table.entries.iter().filter(|entry| entry.condition.is_none()) {
            let tokens = tokenize(entry.short);
            let found = table.at(entry.short, &tokens, 0, Typing::Edited);
            assert_eq!(found.map(|f| f.tokens), Some(0..tokens.len()), "{}", entry.short);
        }
    }

    #[test]
    fn the_place_of_a_short_form_is_told() {
        let (table, text) = (Abbreviations::new(), "tại TP.HCM và Q12");
        let tokens = tokenize(text);
        let found = table.at(text, &tokens, 1, Typing::Edited).expect("found");
        assert_eq!((found.tokens, found.full), (1..4, "Thành phố Hồ Chí Minh"));
        let glued = table.at(text, &tokens, 5, Typing::Edited).expect("found");
        assert_eq!(glued.number.map(|n| &text[n]), Some("12"));
    }
}
