//! Cuts a filter into tokens with their places.

use super::{SearchError, fault};

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word: a field, a value or `*`.
    Text(String),
    /// A quoted value, without its quotes.
    Quoted(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=` or `:`.
    Comparator(&'static str),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `-` before a term.
    Minus,
    /// `AND`.
    And,
    /// `OR`.
    Or,
    /// `NOT`.
    Not,
}

/// A token with its place, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) at: u32,
    /// True if white space, or the beginning, stands before it.
    pub(super) spaced: bool,
}

const COMPARATORS: [&str; 7] = ["!=", "<=", ">=", "=", "<", ">", ":"];

/// The tokens of a filter.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, SearchError> {
    let mut lexer = Lexer { rest: text, at: 0, found: Vec::new() };
    loop {
        let before = lexer.at;
        lexer.skip_space();
        let spaced = lexer.at > before || before == 0;
        if lexer.rest.is_empty() {
            return Ok(lexer.found);
        }
        let at = lexer.at;
        let token = lexer.token()?;
        lexer.found.push(Placed { token, at, spaced });
    }
}

struct Lexer<'a> {
    rest: &'a str,
    at: u32,
    found: Vec<Placed>,
}

impl Lexer<'_> {
    fn skip_space(&mut self) {
        let trimmed = self.rest.trim_start();
        self.skip(self.rest.len() - trimmed.len());
    }

    fn skip(&mut self, bytes: usize) {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.at += u32::try_from(skipped.chars().count()).unwrap_or(u32::MAX);
        self.rest = rest;
    }

    fn token(&mut self) -> Result<Token, SearchError> {
        let after_comparator = matches!(self.found.last(), Some(Placed { token: Token::Comparator(_), .. }));
        if let Some(comparator) = COMPARATORS.iter().find(|comparator| self.rest.starts_with(**comparator)) {
            self.skip(comparator.len());
            return Ok(Token::Comparator(comparator));
        }
        match self.rest.chars().next() {
            Some('(') => Ok(self.sign(Token::Open)),
            Some(')') => Ok(self.sign(Token::Close)),
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some('“' | '”') => Err(fault(self.at, "typographic quotation mark; values are quoted with \"")),
            Some('-') if !after_comparator => Ok(self.sign(Token::Minus)),
            _ => Ok(self.word(after_comparator)),
        }
    }

    fn sign(&mut self, token: Token) -> Token {
        self.skip(1);
        token
    }

    fn quoted(&mut self, quote: char) -> Result<Token, SearchError> {
        let mut value = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((offset, char)) = chars.next() {
            match char {
                '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
                end if end == quote => {
                    self.skip(offset + end.len_utf8());
                    return Ok(Token::Quoted(value));
                }
                other => value.push(other),
            }
        }
        Err(fault(self.at, "the quotation mark is not closed"))
    }

    /// A bare word. Behind a comparator it may hold `:` (times of day), elsewhere that is a comparator.
    fn word(&mut self, is_value: bool) -> Token {
        let ends = |c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '"') || (!is_value && matches!(c, '=' | '<' | '>' | '!' | ':'))
        };
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        // A lone sign such as "!" still makes progress.
        let end = if end == 0 { self.rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let word = self.rest[..end].to_owned();
        self.skip(end);
        match word.as_str() {
            "AND" => Token::And,
            "OR" => Token::Or,
            "NOT" => Token::Not,
            _ => Token::Text(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Token> {
        tokens(text).expect(text).into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn tokens_of_a_filter() {
        assert_eq!(
            plain("date>=2023-01 AND -(kind = \"A \\\" B\")"),
            [
                Token::Text("date".into()),
                Token::Comparator(">="),
                Token::Text("2023-01".into()),
                Token::And,
                Token::Minus,
                Token::Open,
                Token::Text("kind".into()),
                Token::Comparator("="),
                Token::Quoted("A \" B".into()),
                Token::Close,
            ]
        );
        assert_eq!(plain("value = -5")[2], Token::Text("-5".into()));
    }

    #[test]
    fn places_count_code_points() {
        let found = tokens("địa = \"ở\" x").expect("lexes");
        assert_eq!(found.iter().map(|placed| placed.at).collect::<Vec<_>>(), [0, 4, 6, 10]);
        assert!(matches!(tokens("đ = \"x"), Err(SearchError::Filter { position: 4, .. })));
    }
}
