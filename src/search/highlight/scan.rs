//! Finds the words of a text and a hash of each in one pass, and looks closely at those that may be wanted.

use crate::text::fold;

use super::super::analysis::{bare_into, form_into, number_forms};
use super::wanted::{Hit, Wanted};

/// What a character is to the scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Not part of a word.
    Sign,
    /// A letter or digit, as its bare letter.
    Letter(u8),
    /// Part of a word that cannot be wanted.
    Foreign,
    /// The text must be mended before it can be read.
    Odd,
}

/// Bare letters by character: made once, asked for every character.
#[derive(Debug)]
pub(crate) struct Letters {
    /// U+0000 to U+024F.
    latin: Vec<Class>,
    /// U+1E00 to U+1EFF.
    vietnamese: Vec<Class>,
}

const LATIN_END: u32 = 0x250;
const VIETNAMESE: std::ops::Range<u32> = 0x1E00..0x1F00;

impl Letters {
    pub(crate) fn new() -> Self {
        let classes = |range: std::ops::Range<u32>| {
            range.map(|code| char::from_u32(code).map_or(Class::Sign, class)).collect::<Vec<_>>()
        };
        Self { latin: classes(0..LATIN_END), vietnamese: classes(VIETNAMESE) }
    }

    fn class(&self, char: char) -> Class {
        let code = u32::from(char);
        if code < LATIN_END {
            self.latin[code as usize]
        } else if VIETNAMESE.contains(&code) {
            self.vietnamese[(code - VIETNAMESE.start) as usize]
        } else {
            class(char)
        }
    }
}

fn class(char: char) -> Class {
    // Đ has look-alikes; the rest of what needs mending is marks and characters without width, or markup.
    if matches!(char, '<' | 'Ð' | 'ð' | 'Ɖ' | 'ɖ' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(char, '\u{300}'..='\u{36F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    {
        return Class::Odd;
    }
    if !char.is_alphanumeric() {
        return Class::Sign;
    }
    let lower = char.to_lowercase().next().unwrap_or(char);
    match fold::bare(lower) {
        // i and y may stand for each other; the close look tells.
        'y' => Class::Letter(b'i'),
        ascii if ascii.is_ascii_alphanumeric() => Class::Letter(ascii as u8),
        _ => Class::Foreign,
    }
}

/// Hash of the bare letters of a word, `y` counted as `i`.
pub(super) fn hash_of(bare: &str) -> u64 {
    bare.bytes().fold(START, |hash, byte| step(hash, if byte == b'y' { b'i' } else { byte }))
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, letter: u8) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// A word of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TextWord {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// First code point.
    pub(super) first: u32,
    /// One past the last code point.
    pub(super) last: u32,
    /// How many words stand before it.
    pub(super) number: u32,
}

/// A pass over a text.
pub(super) struct Scan<'a> {
    wanted: &'a Wanted,
    letters: &'a Letters,
    hits: Vec<Hit>,
    form: String,
    bare: String,
}

impl<'a> Scan<'a> {
    pub(super) fn new(wanted: &'a Wanted, letters: &'a Letters) -> Self {
        Self { wanted, letters, hits: Vec::new(), form: String::new(), bare: String::new() }
    }

    /// Reads a stored text; false if it must be mended first.
    pub(super) fn read(&mut self, text: &str) -> bool {
        self.pass(text, true)
    }

    /// Reads a text that was mended.
    pub(super) fn read_mended(&mut self, text: &str) {
        self.pass(text, false);
    }

    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits
    }

    pub(super) fn into_hits(self) -> Vec<Hit> {
        self.hits
    }

    fn pass(&mut self, text: &str, stop_at_odd: bool) -> bool {
        let mut word = TextWord::default();
        let mut hash = START;
        let (mut inside, mut number) = (false, false);
        let mut point = 0;
        for (at, char) in text.char_indices() {
            let class = self.letters.class(char);
            match class {
                Class::Letter(letter) => {
                    if inside {
                        hash = step(hash, letter);
                    } else {
                        inside = true;
                        number = letter.is_ascii_digit();
                        (word.start, word.first) = (at, point);
                        hash = step(START, letter);
                    }
                }
                Class::Foreign => {
                    if !inside {
                        (inside, number) = (true, false);
                        (word.start, word.first) = (at, point);
                    }
                    hash = START;
                }
                Class::Odd if stop_at_odd => return false,
                Class::Sign | Class::Odd => {
                    let goes_on = number && inside && is_inner_sign(text, at);
                    if inside && !goes_on {
                        (word.end, word.last) = (at, point);
                        self.look(text, word, hash, number);
                        word.number += 1;
                        inside = false;
                    }
                }
            }
            point += 1;
        }
        if inside {
            (word.end, word.last) = (text.len(), point);
            self.look(text, word, hash, number);
        }
        true
    }

    fn look(&mut self, text: &str, word: TextWord, hash: u64, number: bool) {
        let written = &text[word.start..word.end];
        if number {
            self.number(written, word);
        } else if self.wanted.may_have(hash) || self.wanted.may_begin(written, self.letters) {
            self.form.clear();
            form_into(written, &mut self.form);
            self.bare.clear();
            bare_into(&self.form, &mut self.bare);
            self.wanted.matches(hash, &self.form, &self.bare, word, &mut self.hits);
        }
    }

    fn number(&mut self, written: &str, word: TextWord) {
        if !self.wanted.has_numbers() {
            return;
        }
        for form in number_forms(written) {
            self.wanted.matches(hash_of(&form), &form, &form, word, &mut self.hits);
        }
    }
}

impl Letters {
    /// The bare letter of a character, if it has one.
    pub(super) fn letter(&self, char: char) -> Option<u8> {
        match self.class(char) {
            Class::Letter(letter) => Some(letter),
            _ => None,
        }
    }
}

/// True for the stop or comma inside a number.
fn is_inner_sign(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    matches!(bytes[at], b'.' | b',') && at > 0 && digit(at - 1) && digit(at + 1)
}
