//! Finds the words of a text and a hash of each in one pass, and looks closely at those that may be wanted.

use unicode_normalization::UnicodeNormalization as _;

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
    /// A mark that stands apart from its letter, as some programs write them.
    Mark,
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

    /// The class of the character at a byte, and its length in bytes.
    #[inline]
    fn at(&self, text: &str, at: usize) -> (Class, usize) {
        // Nearly all characters are of one of three kinds, which need not be put together first.
        match text.as_bytes()[at..] {
            [first @ ..0x80, ..] => (self.latin[usize::from(first)], 1),
            [first @ 0xC2..0xC9, second, ..] => {
                (self.latin[usize::from(first & 0x1F) << 6 | usize::from(second & 0x3F)], 2)
            }
            [0xE1, second @ 0xB8..0xBC, third, ..] => {
                (self.vietnamese[usize::from(second & 0x03) << 6 | usize::from(third & 0x3F)], 3)
            }
            _ => text[at..].chars().next().map_or((Class::Sign, 1), |char| (self.class(char), char.len_utf8())),
        }
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
    // Đ has look-alikes; the rest of what needs mending is characters without width, or markup.
    if matches!(char, '<' | 'Ð' | 'ð' | 'Ɖ' | 'ɖ' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(char, '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    {
        return Class::Odd;
    }
    if matches!(char, '\u{300}'..='\u{36F}') {
        return Class::Mark;
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

/// A pass over a text, which may stop on the way and go on.
pub(super) struct Scan<'a> {
    wanted: &'a Wanted,
    letters: &'a Letters,
    hits: Vec<Hit>,
    at: At,
    /// True if some letter had a mark apart from it.
    apart: bool,
    form: String,
    bare: String,
}

/// How far a pass has come.
#[derive(Debug, Clone, Copy, Default)]
struct At {
    /// The next character, by bytes and by code points.
    byte: usize,
    point: u32,
    /// True inside a word: the one that is being read.
    inside: bool,
    word: TextWord,
    hash: u64,
    /// True if it begins with a digit.
    number: bool,
    /// True if some letter of it has a mark apart.
    apart: bool,
}

impl At {
    /// Goes on inside a word, or begins one.
    fn enter(&mut self, number: bool) {
        if !self.inside {
            (self.inside, self.number, self.apart, self.hash) = (true, number, false, START);
            (self.word.start, self.word.first) = (self.byte, self.point);
        }
    }
}

impl<'a> Scan<'a> {
    pub(super) fn new(wanted: &'a Wanted, letters: &'a Letters) -> Self {
        let (form, bare) = (String::new(), String::new());
        Self { wanted, letters, hits: Vec::new(), at: At::default(), apart: false, form, bare }
    }

    /// Reads a stored text on to a byte; false if it must be mended first.
    pub(super) fn read(&mut self, text: &str, end: usize) -> bool {
        self.pass(text, end, true)
    }

    /// Reads a text that was mended.
    pub(super) fn read_mended(&mut self, text: &str) {
        self.pass(text, text.len(), false);
        self.close(text);
    }

    /// Ends the text: its last word is one too.
    pub(super) fn close(&mut self, text: &str) {
        if self.at.inside {
            self.leave(text, self.at);
            self.at.inside = false;
        }
    }

    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Code points read so far.
    pub(super) fn points(&self) -> u32 {
        self.at.point
    }

    /// What was found, and whether some letters had their marks apart.
    pub(super) fn into_hits(self) -> (Vec<Hit>, bool) {
        (self.hits, self.apart)
    }

    fn pass(&mut self, text: &str, end: usize, stop_at_odd: bool) -> bool {
        let mut at = self.at;
        while at.byte < end {
            let (class, length) = self.letters.at(text, at.byte);
            match class {
                Class::Letter(letter) => {
                    at.enter(letter.is_ascii_digit());
                    at.hash = step(at.hash, letter);
                }
                Class::Foreign => {
                    at.enter(false);
                    at.hash = START;
                }
                Class::Mark if at.inside => {
                    at.apart = true;
                    self.apart = true;
                }
                Class::Mark | Class::Odd if stop_at_odd => return false,
                Class::Sign | Class::Mark | Class::Odd => {
                    if at.inside && !(at.number && is_inner_sign(text, at.byte)) {
                        self.leave(text, at);
                        at.word.number += 1;
                        at.inside = false;
                    }
                }
            }
            at.byte += length;
            at.point += 1;
        }
        self.at = at;
        true
    }

    /// A word has ended.
    fn leave(&mut self, text: &str, at: At) {
        let At { hash, number, apart, .. } = at;
        let word = TextWord { end: at.byte, last: at.point, ..at.word };
        let written = &text[word.start..word.end];
        if number {
            self.number(written, word);
        } else if self.wanted.may_have(hash) || self.wanted.may_begin(written, self.letters) {
            self.form.clear();
            if apart {
                form_into(&written.nfc().collect::<String>(), &mut self.form);
            } else {
                form_into(written, &mut self.form);
            }
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
