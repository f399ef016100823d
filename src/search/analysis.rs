//! From text to the words that are indexed and searched, in three tiers.
//!
//! A word has a *form*: lower case, the tone moved to the end as a sign, final `y` after consonants as `i`. Words of equal
//! spelling (`ủy` = `uỷ`, `kĩ` = `kỹ`) have one form; words that differ in any mark have different ones. Its *bare* form has no
//! marks at all. Where one form can be written in two correct ways, the word as typed is kept too.
//!
//! A text is analysed once into an [`Analysed`] string; the index cuts it into the terms of each field by the tokenizers
//! in [`super::tokenizers`]. Queries are analysed by the same code, so that both sides agree by construction.
//!
//! Short forms ("UBND") are indexed as the words they stand for, and as typed.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{Abbreviations, Kind, Token, Typing, fold, tokenize};

/// Longest form kept, in bytes; longer words are cut.
const MAX_FORM: usize = 60;

/// Signs for the five tones, in the order of [`fold::split_tone`]; none of them occurs within a word.
const TONES: [char; 6] = ['\0', '`', '\'', '?', '~', '.'];

/// True for the sign of a tone.
pub(crate) fn is_tone(sign: char) -> bool {
    TONES[1..].contains(&sign)
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the analysed text that it covers; the words of a short form all cover the short form.
    pub(crate) bytes: Range<usize>,
    /// The form.
    pub(crate) form: String,
    /// The word as typed, where its form can be written otherwise, or where it belongs to a short form.
    pub(crate) typed: Option<String>,
    /// True for the second and later words of a short form.
    pub(crate) continues: bool,
    /// True if the word comes from a short form.
    pub(crate) expanded: bool,
}

impl Word {
    /// True if the word carries a Vietnamese mark, so that its marks are to be respected.
    pub(crate) fn is_marked(&self) -> bool {
        self.form.chars().any(|c| fold::bare(c) != c || TONES[1..].contains(&c))
    }

    /// The form without marks.
    pub(crate) fn bare(&self) -> String {
        let mut out = String::with_capacity(self.form.len());
        bare_into(&self.form, &mut out);
        out
    }
}

/// Appends the bare form of a form.
pub(crate) fn bare_into(form: &str, out: &mut String) {
    out.extend(form.chars().filter(|c| !is_tone(*c)).map(fold::bare));
}

/// Appends the form of a word.
pub(crate) fn form_into(word: &str, out: &mut String) {
    let from = out.len();
    let tone = fold::toneless_into(word, out);
    cut(out, from);
    if tone > 0 {
        out.push(TONES[tone as usize % TONES.len()]);
    }
}

fn cut(out: &mut String, from: usize) {
    if out.len() - from > MAX_FORM {
        let mut end = from + MAX_FORM;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
    }
}

/// A word as it is written, from its form: the tone goes back on its vowel, on the first of open `oa`, `oe`, `uy`.
pub(crate) fn written(form: &str) -> String {
    const COMBINING: [char; 6] = ['\0', '\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
    let letters: Vec<char> = form.trim_end_matches(&TONES[1..]).chars().collect();
    let sign = form.chars().next_back().and_then(|last| TONES[1..].iter().position(|tone| *tone == last));
    let (Some(sign), Some(place)) = (sign, tone_place(&letters)) else { return letters.into_iter().collect() };
    let mut out = String::with_capacity(form.len() + 2);
    for (at, letter) in letters.into_iter().enumerate() {
        out.push(letter);
        if at == place {
            out.push(COMBINING[sign + 1]);
        }
    }
    out.nfc().collect()
}

/// The letter that carries the tone of a syllable; `None` where there is no vowel.
fn tone_place(letters: &[char]) -> Option<usize> {
    let is_vowel = |c: &char| "aăâeêioôơuưy".contains(*c);
    let mut first = letters.iter().position(is_vowel)?;
    let mut end = first + letters[first..].iter().take_while(|c| is_vowel(c)).count();
    // The u of qu and the i of gi belong to the consonant, where another vowel follows.
    let glide =
        matches!((first.checked_sub(1).map(|at| letters[at]), letters[first]), (Some('q'), 'u') | (Some('g'), 'i'));
    if glide && end - first > 1 {
        first += 1;
    }
    if let Some(marked) = (first..end).rev().find(|at| "ăâêôơư".contains(letters[*at])) {
        return Some(marked);
    }
    let closed = end < letters.len();
    end -= first;
    Some(match end {
        1 => first,
        2 if !closed => first,
        _ => first + 1,
    })
}

/// True if words of this form are correctly written in more than one way: the tone of open `oa`, `oe`, `uy`, and `i`/`y` after
/// the consonants where both are in use.
fn is_ambiguous(form: &str) -> bool {
    let toneless = form.trim_end_matches(&TONES[1..]);
    if toneless.len() < form.len() && ["oa", "oe", "uy"].iter().any(|end| toneless.ends_with(end)) {
        return true;
    }
    matches!(toneless, "hi" | "ki" | "li" | "mi" | "si" | "ti" | "qui")
}

/// The words of a text in order. `typing` says how short forms in it are written. Linear in the length of the text.
pub(crate) fn words(text: &str, typing: Typing, abbreviations: &Abbreviations) -> Vec<Word> {
    let tokens = tokenize(text);
    let mut words = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(short) = abbreviations.at(text, &tokens, at, typing) {
            let bytes = token.start as usize..tokens[short.tokens.end - 1].end as usize;
            push_short_form(text, bytes, short.full, short.number, &mut words);
            at = short.tokens.end;
        } else {
            push_token(text, token, &mut words);
            at += 1;
        }
    }
    words
}

fn push_token(text: &str, token: &Token, words: &mut Vec<Word>) {
    let typed = token.text(text);
    match token.kind {
        Kind::Word(_) => words.push(word(typed, token.start as usize..token.end as usize)),
        Kind::Number => number_words(typed, token.start as usize, words),
        Kind::Sign(_) | Kind::Break => {}
    }
}

fn word(typed: &str, bytes: Range<usize>) -> Word {
    let mut form = String::with_capacity(typed.len() + 1);
    form_into(typed, &mut form);
    let typed = is_ambiguous(&form).then(|| typed.to_lowercase());
    Word { bytes, form, typed, continues: false, expanded: false }
}

fn push_short_form(text: &str, bytes: Range<usize>, full: &str, number: Option<Range<usize>>, words: &mut Vec<Word>) {
    let short_end = number.as_ref().map_or(bytes.end, |number| number.start);
    let short = bytes.start..short_end;
    let typed: String =
        text[short.clone()].chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    for (index, part) in fold::words(full).enumerate() {
        let mut form = String::with_capacity(part.len() + 1);
        form_into(part, &mut form);
        let typed = (index == 0).then(|| typed.clone());
        words.push(Word { bytes: short.clone(), form, typed, continues: index > 0, expanded: true });
    }
    if let Some(number) = number {
        number_words(&text[number.clone()], number.start, words);
    }
}

/// Numbers lose the stops between thousands ("8.598" is "8598"), keep a decimal comma, and fall apart at other signs ("16.12.2021").
fn number_words(typed: &str, start: usize, words: &mut Vec<Word>) {
    let plain = |form: String, bytes| Word { bytes, form, typed: None, continues: false, expanded: false };
    let (whole, fraction) = typed.split_once(',').unwrap_or((typed, ""));
    let mut groups = whole.split('.');
    let head = groups.next().unwrap_or_default();
    let thousands = !head.is_empty()
        && head.len() <= 3
        && whole.contains('.')
        && groups.all(|group| group.len() == 3)
        && !fraction.contains([',', '.']);
    if thousands || (!typed.contains('.') && !fraction.contains(',')) {
        let mut form: String = whole.chars().filter(char::is_ascii_digit).collect();
        if !fraction.is_empty() {
            form.push(',');
            form.push_str(fraction);
        }
        cut(&mut form, 0);
        words.push(plain(form, start..start + typed.len()));
        return;
    }
    let mut at = start;
    for part in typed.split(['.', ',']) {
        let mut form = part.to_owned();
        cut(&mut form, 0);
        words.push(plain(form, at..at + part.len()));
        at += part.len() + 1;
    }
}

/// The forms of a number as written.
pub(crate) fn number_forms(written: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::with_capacity(1);
    number_words(written, 0, &mut words);
    words.into_iter().map(|word| word.form)
}

/// Texts ready for the index: the words of all of them in one string, each word ended by a space, with a gap between texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analysed(String);

/// Stands before the typed word of an entry that is already there: same position.
pub(crate) const TYPED: char = '=';
/// A place that no phrase and no pair reaches over.
pub(crate) const GAP: char = '\n';

impl Analysed {
    /// Adds a text.
    pub(crate) fn add(&mut self, text: &str, abbreviations: &Abbreviations) {
        self.add_words(&words(text, Typing::Edited, abbreviations));
    }

    /// Adds words that were analysed before.
    pub(crate) fn add_words(&mut self, words: &[Word]) {
        for word in words {
            self.0.push_str(&word.form);
            self.0.push(' ');
            if let Some(typed) = &word.typed {
                self.0.push(TYPED);
                self.0.push_str(typed);
                self.0.push(' ');
            }
        }
        self.gap();
    }

    /// The string for the tokenizers.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    fn gap(&mut self) {
        self.0.push(GAP);
        self.0.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text, Typing::Edited, &Abbreviations::new()).into_iter().map(|word| word.form).collect()
    }

    fn form(word: &str) -> String {
        let mut out = String::new();
        form_into(word, &mut out);
        out
    }

    #[test]
    fn forms_are_written_with_the_tone_on_its_vowel() {
        for word in [
            "nghị",
            "quyết",
            "đường",
            "thủy",
            "hòa",
            "hoàn",
            "khuỷu",
            "quý",
            "giá",
            "già",
            "người",
            "ủy",
            "tỉnh",
            "gì",
            "quốc",
            "an",
            "toàn",
            "khoảng",
            "chuyển",
            "đổi",
            "thuế",
            "nước",
            "xã",
            "x",
        ] {
            let mut form = String::new();
            form_into(word, &mut form);
            let mut again = String::new();
            form_into(&written(&form), &mut again);
            assert_eq!(form, again, "{word}");
        }
        let mut form = String::new();
        form_into("thuỷ", &mut form);
        assert_eq!(written(&form), "thủy");
    }

    #[test]
    fn minimal_pairs_have_the_forms_they_should() {
        for (a, b) in [
            ("thủy", "thuỷ"),
            ("Hoà", "hòa"),
            ("tỉ", "tỷ"),
            ("kĩ", "Kỹ"),
            ("UỶ", "ủy"),
            ("quí", "quý"),
            ("khỏe", "khoẻ"),
        ] {
            assert_eq!(form(a), form(b), "{a} {b}");
        }
        for (a, b) in [
            ("dương", "đương"),
            ("dương", "đường"),
            ("má", "mà"),
            ("mà", "mả"),
            ("Hòa", "Hoa"),
            ("thủy", "thúy"),
            ("tai", "tay"),
            ("hai", "hay"),
            ("á", "A2"),
        ] {
            assert_ne!(form(a), form(b), "{a} {b}");
        }
    }

    #[test]
    fn bare_forms_meet() {
        let bare = |text: &str| words(text, Typing::Hasty, &Abbreviations::new())[0].bare();
        for (a, b) in [("thủy", "thuy"), ("đường", "duong"), ("kỹ", "ky"), ("lý", "ly"), ("H5", "h5")] {
            assert_eq!(bare(a), bare(b), "{a} {b}");
        }
        assert_eq!(bare("h5"), "h5");
    }

    #[test]
    fn typed_words_are_kept_where_spellings_differ() {
        let typed = |text: &str| words(text, Typing::Edited, &Abbreviations::new())[0].typed.clone();
        assert_eq!(typed("Thuỷ"), Some("thuỷ".into()));
        assert_eq!(typed("kỹ"), Some("kỹ".into()));
        assert_eq!(typed("UBND"), Some("ubnd".into()));
        assert_eq!(typed("đường"), None);
        assert_eq!(typed("thi"), None);
    }

    #[test]
    fn numbers_lose_their_stops() {
        assert_eq!(
            forms("8.598 tỉ, 103,26% 16.12.2021 1.234,5"),
            ["8598", "ti?", "103,26", "16", "12", "2021", "1234,5"]
        );
    }

    #[test]
    fn short_forms_become_words_in_their_place() {
        let found = words("tại Q1 và UBND", Typing::Edited, &Abbreviations::new());
        assert_eq!(
            found.iter().map(|w| w.form.as_str()).collect::<Vec<_>>(),
            ["tai.", "quân.", "1", "va`", "uy?", "ban", "nhân", "dân"]
        );
        assert_eq!(found[4].bytes, found[7].bytes);
    }

    #[test]
    fn long_words_are_cut_on_a_character() {
        assert!(form(&"đ".repeat(500)).len() <= MAX_FORM);
        assert!(form(&"á".repeat(500)).len() <= MAX_FORM + 1);
    }
}
