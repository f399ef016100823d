//! Words, numbers and signs of a text, found in one pass.

use super::key::{Form, WordKey};
use super::letters::{Letter, Letters};

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// "hội".
    Lower,
    /// "Hội", also a single capital.
    Title,
    /// "UBND": all capitals, at least two.
    Upper,
    /// "TPHCMvà", "iPhone".
    Mixed,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A run of letters, possibly with digits after the first ("m2", "Q1").
    Word(Case),
    /// Digits, with inner full stops and commas ("8.598", "103,26"). Never ends in a sign.
    Number,
    /// One character that is none of the others.
    Sign(char),
    /// One or more line breaks.
    Break,
}

/// A piece of the normalised text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the normalised text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// What it says: equal for words of equal spelling; for numbers and signs by their characters.
    pub key: WordKey,
    /// True if white space stands before it.
    pub spaced: bool,
}

impl Token {
    /// The token's text.
    #[must_use]
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }

    /// True for a word that begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Word(Case::Title | Case::Upper | Case::Mixed))
    }

    /// True for any word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word(_))
    }

    /// True for this sign.
    #[must_use]
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a normalised text into tokens; white space only shows in [`Token::spaced`]. Linear in the length of the text.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let letters = Letters::table();
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let (mut start, mut spaced) = (0, true);
    while let Some(first) = text[start..].chars().next() {
        if first == ' ' {
            spaced = true;
            start += 1;
            continue;
        }
        let letter = letters.get(first);
        let (end, kind, key) = if letter.starts_word() && !first.is_ascii_digit() {
            word(letters, text, start, letter)
        } else if first.is_ascii_digit() {
            let end = number_end(text, start);
            (end, Kind::Number, WordKey::of(&text[start..end]))
        } else if first == '\n' {
            (break_end(text, start), Kind::Break, WordKey::of("\n"))
        } else if first.is_whitespace() {
            spaced = true;
            start += first.len_utf8();
            continue;
        } else {
            let mut form = Form::default();
            form.add(letter);
            (start + first.len_utf8(), Kind::Sign(first), form.key())
        };
        // Stored texts are bounded to a few MiB, so that positions fit; a larger text saturates instead of wrapping.
        let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        tokens.push(Token { start: position(start), end: position(end), kind, key, spaced });
        spaced = kind == Kind::Break;
        start = end;
    }
    tokens
}

/// End, case and key of the word that begins at `start` with the letter `first`, in one pass.
#[inline(always)]
fn word(letters: &Letters, text: &str, start: usize, first: Letter) -> (usize, Kind, WordKey) {
    let mut form = Form::default();
    form.add(first);
    // What holds of any letter but the first.
    let mut others = Letter::default();
    let mut rest = text[start..].chars();
    rest.next();
    let end = loop {
        let Some(char) = rest.next() else { break text.len() };
        let letter = letters.get(char);
        if !letter.continues_word() {
            break text.len() - rest.as_str().len() - char.len_utf8();
        }
        form.add(letter);
        others = others.or(letter);
    };
    let alphabetic = first.is_capital() || first.is_small();
    let case = if alphabetic { case(first, others) } else { case_behind(letters, &text[start..end]) };
    (end, Kind::Word(case), form.key())
}

/// The case of a word that begins with a digit or letter of no case ("½a", "中a"): that of the alphabetic rest.
#[cold]
fn case_behind(letters: &Letters, word: &str) -> Case {
    let mut letters =
        word.chars().map(|char| letters.get(char)).filter(|letter| letter.is_capital() || letter.is_small());
    letters.next().map_or(Case::Lower, |first| case(first, letters.fold(Letter::default(), Letter::or)))
}

/// The case of a word by its first alphabetic character and all others.
fn case(first: Letter, others: Letter) -> Case {
    match (first.is_capital(), others.is_capital(), others.is_small()) {
        (false, false, _) => Case::Lower,
        (true, false, _) => Case::Title,
        (true, true, false) => Case::Upper,
        _ => Case::Mixed,
    }
}

/// End of a run of line breaks and the spaces between them.
fn break_end(text: &str, start: usize) -> usize {
    let rest = text.as_bytes()[start..].iter();
    start + rest.take_while(|byte| matches!(byte, b'\n' | b' ')).count()
}

/// End of the number that begins at `start`: digits, and signs with a digit behind them.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    loop {
        match bytes.get(end) {
            Some(b'0'..=b'9') => end += 1,
            Some(b'.' | b',') if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => end += 2,
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|t| t.text(text)).collect()
    }

    #[test]
    fn words_numbers_and_signs() {
        assert_eq!(
            pieces("Sáng 16-12, TP.HCM: 8.598 tỉ (103,26%)."),
            ["Sáng", "16", "-", "12", ",", "TP", ".", "HCM", ":", "8.598", "tỉ", "(", "103,26", "%", ")", "."]
        );
        assert_eq!(pieces("5,7km2 19/KH-UBND\n\n m2"), ["5,7", "km2", "19", "/", "KH", "-", "UBND", "\n\n ", "m2"]);
    }

    #[test]
    fn keys_follow_spelling() {
        for (a, b) in [("ủy", "UỶ"), ("kỹ", "kĩ"), ("quy", "qui"), ("Hòa", "hoà"), ("tỷ", "tỉ")] {
            assert_eq!(WordKey::of(a), WordKey::of(b), "{a} {b}");
        }
        for (a, b) in [("thủy", "thuỵ"), ("mai", "may"), ("a", "á"), ("d", "đ"), ("ý", "í")] {
            assert_ne!(WordKey::of(a), WordKey::of(b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_on_character_bounds(text in "\\PC*") {
            let mut last = 0;
            for token in tokenize(&text) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
                last = token.end;
            }
        }

        #[test]
        fn keys_agree_with_spelling_forms(word in "[a-zA-ZđĐàáảãạăắâấêếôốơớưứyỳýỷỹỵ]{1,6}") {
            let same = fold::spelling(&word);
            prop_assert_eq!(WordKey::of(&word), WordKey::of(&word.to_uppercase()));
            prop_assert_eq!(fold::spelling(&word.to_uppercase()), same);
        }
    }
}
