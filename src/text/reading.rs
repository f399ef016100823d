//! A document cut into tokens, lines and sentences.

use std::ops::Range;

use super::document::Document;
use super::token::{Case, Kind, Token, tokenize};
use crate::model::Span;

/// A sentence, as a range of tokens without the line break that may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of the line it stands in.
    pub line: usize,
}

/// A line (a paragraph, headline or caption), as a range of tokens without its break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its tokens; never empty.
    pub tokens: Range<usize>,
    /// Its sentences.
    pub sentences: Range<usize>,
    /// True if an empty line, or the beginning of the text, stands before it.
    pub after_gap: bool,
}

/// A document with its tokens, sentences and lines.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The normalised text.
    pub document: Document,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences in text order.
    pub sentences: Vec<Sentence>,
    /// Its lines in text order.
    pub lines: Vec<Line>,
    /// The normalised text in small letters, each in its place: rules ask for words in small letters all the time.
    small: String,
}

impl Reading {
    /// Reads a stored text. Linear in its length.
    #[must_use]
    pub fn new(stored: &str) -> Self {
        let document = Document::new(stored);
        let tokens = tokenize(document.text());
        let (mut lines, mut sentences) = (Vec::new(), Vec::new());
        let (mut start, mut after_gap) = (0, true);
        for at in 0..=tokens.len() {
            if tokens.get(at).is_some_and(|token| token.kind != Kind::Break) {
                continue;
            }
            if start < at {
                let first_sentence = sentences.len();
                split_sentences(document.text(), &tokens, start..at, lines.len(), &mut sentences);
                lines.push(Line { tokens: start..at, sentences: first_sentence..sentences.len(), after_gap });
            }
            after_gap = tokens.get(at).is_some_and(|token| token.text(document.text()).matches('\n').nth(1).is_some());
            start = at + 1;
        }
        let small = in_small_letters(document.text(), &tokens);
        Self { document, tokens, sentences, lines, small }
    }

    /// The normalised text of a range of tokens, inner spaces as they stand.
    #[must_use]
    pub fn text(&self, tokens: Range<usize>) -> &str {
        let bytes = self.bytes(tokens);
        &self.document.text()[bytes]
    }

    /// The text of one token; empty past the end.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.document.text()))
    }

    /// As [`Reading::text`], in small letters; a capital whose small form is longer or shorter in UTF-8 stays (none of
    /// Vietnamese is).
    #[must_use]
    pub fn small_text(&self, tokens: Range<usize>) -> &str {
        &self.small[self.bytes(tokens)]
    }

    /// As [`Reading::word`], in small letters as [`Reading::small_text`].
    #[must_use]
    pub fn small_word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(&self.small))
    }

    /// Where a range of tokens stands in the stored text.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.document.span(self.bytes(tokens))
    }

    /// Index of the sentence that a token stands in; `None` for line breaks and past the end.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        self.sentences.get(at).filter(|sentence| sentence.tokens.contains(&token)).map(|_| at)
    }

    fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let Some(first) = self.tokens.get(tokens.start).filter(|_| !tokens.is_empty()) else { return 0..0 };
        let last = self.tokens.get(tokens.end - 1).unwrap_or(first);
        first.start as usize..last.end as usize
    }
}

/// The text with every word in small letters that take as many bytes.
fn in_small_letters(text: &str, tokens: &[Token]) -> String {
    let mut small = String::with_capacity(text.len());
    for token in tokens.iter().filter(|token| token.is_capital()) {
        small.push_str(&text[small.len()..token.start as usize]);
        for char in token.text(text).chars() {
            let mut lower = char.to_lowercase();
            small.push(
                lower.next().filter(|l| l.len_utf8() == char.len_utf8() && lower.next().is_none()).unwrap_or(char),
            );
        }
    }
    small.push_str(&text[small.len()..]);
    small
}

fn split_sentences(text: &str, tokens: &[Token], line: Range<usize>, number: usize, out: &mut Vec<Sentence>) {
    let mut start = line.start;
    let mut at = line.start;
    while at < line.end {
        if ends_sentence(text, tokens, &line, at) {
            let mut end = at + 1;
            // Closing quotes and brackets, and repeated stops, belong to the sentence they end.
            while end < line.end
                && !tokens[end].spaced
                && matches!(
                    tokens[end].kind,
                    Kind::Sign('"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.' | '!' | '?' | '…')
                )
            {
                end += 1;
            }
            out.push(Sentence { tokens: start..end, line: number });
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < line.end {
        out.push(Sentence { tokens: start..line.end, line: number });
    }
}

/// Words before a full stop that abbreviate: the stop does not end a sentence.
const SHORTENED: [&str; 22] = [
    "TP", "Tp", "T.P", "Q", "P", "H", "TX", "TT", "TS", "ThS", "Ths", "PGS", "GS", "BS", "KS", "CN", "NSND", "NSƯT",
    "ĐH", "Đ", "Tr", "St",
];

fn ends_sentence(text: &str, tokens: &[Token], line: &Range<usize>, at: usize) -> bool {
    let Kind::Sign(sign) = tokens[at].kind else { return false };
    match sign {
        '!' | '?' | '…' => starts_sentence(tokens, line, at + 1),
        '.' => {
            if !starts_sentence(tokens, line, at + 1) {
                return false;
            }
            let Some(before) = at.checked_sub(1).filter(|b| *b >= line.start).map(|b| &tokens[b]) else { return true };
            let word = before.text(text);
            // "Đông Á. Trước đó …": a word of one letter, no initial.
            let initial = || word.chars().count() == 1 && before.is_capital() && !matches!(word, "Á" | "Ý");
            let shortened = before.is_word() && (SHORTENED.contains(&word) || initial());
            let closes_line = at + 1 >= line.end;
            closes_line || !shortened || tokens[at].spaced
        }
        _ => false,
    }
}

/// True if a new sentence can begin at this token: at the end of the line, at a capital, a quote, a bullet, or a number after a space.
fn starts_sentence(tokens: &[Token], line: &Range<usize>, at: usize) -> bool {
    if at >= line.end {
        return true;
    }
    let mut next = at;
    while next < line.end
        && !tokens[next].spaced
        && matches!(tokens[next].kind, Kind::Sign('"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.' | '!' | '?' | '…'))
    {
        next += 1;
    }
    let Some(token) = tokens.get(next).filter(|_| next < line.end) else { return true };
    match token.kind {
        // "tốt.Ông": a space is missing; "TP.HCM", "U.S.A": not before capitals only.
        Kind::Word(Case::Title) => {
            token.spaced
                || at.checked_sub(2).is_some_and(|b| matches!(tokens[b].kind, Kind::Word(Case::Lower) | Kind::Number))
        }
        Kind::Word(Case::Upper | Case::Mixed) => token.spaced,
        Kind::Word(Case::Lower) => false,
        Kind::Number => token.spaced,
        Kind::Sign(sign) => matches!(sign, '"' | '“' | '‘' | '«' | '(' | '[' | '-' | '–' | '—' | '+' | '*' | '•'),
        Kind::Break => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let reading = Reading::new(text);
        reading.sentences.iter().map(|s| reading.text(s.tokens.clone()).to_owned()).collect()
    }

    #[test]
    fn stops_end_sentences_and_abbreviations_do_not() {
        assert_eq!(
            sentences(
                "Sáng 5.8, TP. Bạch Giang họp.Ông Lân nói: “Làm ngay.” PGS.TS. Hà dự. Đạt 8.598 tỉ. Kho Đông Á. Xong."
            ),
            [
                "Sáng 5.8, TP. Bạch Giang họp.",
                "Ông Lân nói: “Làm ngay.”",
                "PGS.TS. Hà dự.",
                "Đạt 8.598 tỉ.",
                "Kho Đông Á.",
                "Xong."
            ]
        );
    }

    #[test]
    fn lines_end_sentences_and_gaps_are_seen() {
        let reading = Reading::new("Tiêu đề\n\nCâu một\nCâu hai");
        assert_eq!(reading.lines.iter().map(|l| l.after_gap).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(reading.sentences.len(), 3);
        assert_eq!(reading.sentence_of(0), Some(0));
    }

    #[test]
    fn small_letters_stand_where_the_text_stands() {
        let reading = Reading::new("ĐẢNG ỦY xã Ðông Ạn, İzmir, TPHCM: Ểnh");
        let words = |word: fn(&Reading, usize) -> &str| {
            (0..reading.tokens.len()).map(|at| word(&reading, at)).collect::<Vec<_>>()
        };
        assert_eq!(
            words(Reading::small_word),
            ["đảng", "ủy", "xã", "đông", "ạn", ",", "İzmir", ",", "tphcm", ":", "ểnh"]
        );
        assert_eq!(words(Reading::word).concat().len(), words(Reading::small_word).concat().len());
        assert_eq!((reading.small_text(0..2), reading.small_word(99)), ("đảng ủy", ""));
    }

    #[test]
    fn an_empty_text_has_nothing() {
        let reading = Reading::new(" \n ");
        assert!(reading.sentences.is_empty() && reading.lines.is_empty());
        assert_eq!(reading.text(0..0), "");
    }
}
