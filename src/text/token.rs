//! Words, numbers and signs of a text, found in one pass.

use super::fold;

/// Identity of a word up to spelling (see [`fold::spelling`]): a 64-bit hash of its spelling form. Two different words of the
/// language collide with a probability of about 10⁻¹⁵, which no error budget here notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordKey(pub u64);

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

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a over characters with a final mix; see <http://www.isthe.com/chongo/tech/comp/fnv/>.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn add(&mut self, char: char) {
        self.0 = (self.0 ^ u64::from(u32::from(char))).wrapping_mul(PRIME);
    }

    fn key(self) -> WordKey {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        WordKey(mixed ^ (mixed >> 29))
    }
}

impl WordKey {
    /// The key of one word (or sign, or number) as [`tokenize`] gives it.
    #[must_use]
    pub fn of(word: &str) -> Self {
        word_key(word)
    }
}

fn word_key(word: &str) -> WordKey {
    let mut hash = Hash(OFFSET);
    let mut tone = 0;
    // The last letter is held back until it is known not to be a final y.
    let mut held: Option<char> = None;
    let (mut letters, mut only_consonants, mut is_qu) = (0u32, true, true);
    for letter in word.chars() {
        let lower = if letter.is_ascii() {
            letter.to_ascii_lowercase()
        } else {
            letter.to_lowercase().next().unwrap_or(letter)
        };
        let (base, mark) = fold::split_tone(lower);
        tone = tone.max(mark);
        if let Some(previous) = held.replace(base) {
            hash.add(previous);
            letters += 1;
            only_consonants &= "bcdđghklmnpqrstvx".contains(previous);
            is_qu &= matches!((letters, previous), (1, 'q') | (2, 'u'));
        }
    }
    if let Some(last) = held {
        let counts_as_i = last == 'y' && letters > 0 && (only_consonants || (is_qu && letters == 2));
        hash.add(if counts_as_i { 'i' } else { last });
    }
    if tone > 0 {
        hash.add(char::from(b'0' + tone));
    }
    hash.key()
}

/// Cuts a normalised text into tokens; white space only shows in [`Token::spaced`]. Linear in the length of the text.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    let mut rest = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = rest.next() {
        if first == '\n' {
            let mut end = start + 1;
            while let Some((at, _)) = rest.next_if(|&(_, c)| c == '\n' || c == ' ') {
                end = at + 1;
            }
            tokens.push(token(text, start, end, Kind::Break, spaced));
            spaced = true;
            continue;
        }
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let (end, kind) = if first.is_ascii_digit() {
            (number_end(text, start, &mut rest), Kind::Number)
        } else if first.is_alphanumeric() {
            let end = word_end(text, &mut rest);
            (end, Kind::Word(case(&text[start..end])))
        } else {
            (start + first.len_utf8(), Kind::Sign(first))
        };
        tokens.push(token(text, start, end, kind, spaced));
        spaced = false;
    }
    tokens
}

type Rest<'a> = std::iter::Peekable<std::str::CharIndices<'a>>;

fn token(text: &str, start: usize, end: usize, kind: Kind, spaced: bool) -> Token {
    // Stored texts are bounded to a few MiB, so that positions fit; a larger text saturates instead of wrapping.
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Token { start: position(start), end: position(end), kind, key: word_key(&text[start..end]), spaced }
}

fn word_end(text: &str, rest: &mut Rest<'_>) -> usize {
    while rest.next_if(|&(_, c)| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)).is_some() {}
    rest.peek().map_or(text.len(), |&(at, _)| at)
}

fn number_end(text: &str, start: usize, rest: &mut Rest<'_>) -> usize {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    loop {
        let digits = match bytes.get(end) {
            Some(b'0'..=b'9') => 1,
            Some(b'.' | b',') if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => 2,
            _ => return end,
        };
        for _ in 0..digits {
            rest.next();
        }
        end += digits;
    }
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::Lower };
    let (mut upper, mut lower) = (0, 0);
    for letter in letters {
        if letter.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (first.is_uppercase(), upper, lower) {
        (false, 0, _) => Case::Lower,
        (true, 0, _) => Case::Title,
        (true, _, 0) => Case::Upper,
        _ => Case::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
