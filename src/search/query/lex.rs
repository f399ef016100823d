//! Cuts a query into words and signs.

use std::ops::Range;

/// A piece of a query; ranges are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lexeme {
    Word(Range<usize>),
    Star(Range<usize>),
    Quoted(Range<usize>),
    Field { name: Range<usize>, value: Range<usize>, quoted: bool },
    Open,
    Close,
    Minus,
    Or,
    And,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    found: Vec<(Lexeme, usize)>,
    warnings: Vec<String>,
    is_field: &'a dyn Fn(&str) -> bool,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

impl<'a> Lexer<'a> {
    /// The pieces of a query, each with its first byte, and what was passed over.
    pub(super) fn read(text: &'a str, is_field: &'a dyn Fn(&str) -> bool) -> (Vec<(Lexeme, usize)>, Vec<String>) {
        let mut lexer = Self { text, at: 0, found: Vec::new(), warnings: Vec::new(), is_field };
        lexer.run();
        (lexer.found, lexer.warnings)
    }

    fn run(&mut self) {
        while let Some(first) = self.text[self.at..].chars().next() {
            match first {
                c if c.is_whitespace() => self.at += c.len_utf8(),
                '(' => self.sign(Lexeme::Open, first),
                ')' => self.sign(Lexeme::Close, first),
                '|' => self.sign(Lexeme::Or, first),
                quote if is_quote(quote) => self.quoted(quote),
                '-' if self.begins_word() && self.negates() => self.sign(Lexeme::Minus, first),
                _ => self.word(),
            }
        }
    }

    fn sign(&mut self, lexeme: Lexeme, sign: char) {
        self.found.push((lexeme, self.at));
        self.at += sign.len_utf8();
    }

    /// True if the place is at the beginning, or behind a space or an opening parenthesis.
    fn begins_word(&self) -> bool {
        self.text[..self.at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(')
    }

    /// True if something that can be negated follows the sign here.
    fn negates(&self) -> bool {
        let next = self.text[self.at + 1..].chars().next();
        next.is_some_and(|c| c.is_alphanumeric() || c == '(' || is_quote(c))
    }

    fn quoted(&mut self, open: char) {
        let inside = self.at + open.len_utf8();
        match self.text[inside..].find(is_quote) {
            Some(length) => {
                self.found.push((Lexeme::Quoted(inside..inside + length), self.at));
                let close = self.text[inside + length..].chars().next().map_or(0, char::len_utf8);
                self.at = inside + length + close;
            }
            None => {
                self.warnings.push("a quotation mark is not closed; it was passed over".into());
                self.at = inside;
            }
        }
    }

    /// A run up to a space, quote or parenthesis: a word, a prefix, a field with its value, or an operator.
    fn word(&mut self) {
        let start = self.at;
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_quote(c);
        let end = self.text[start..].find(ends).map_or(self.text.len(), |length| start + length);
        let run = &self.text[start..end];
        self.at = end;
        match run {
            "OR" => self.found.push((Lexeme::Or, start)),
            "NOT" => self.found.push((Lexeme::Minus, start)),
            "AND" => self.found.push((Lexeme::And, start)),
            _ => match run.find(':').filter(|colon| (self.is_field)(&run[..*colon])) {
                Some(colon) => self.field(start..start + colon, end),
                None => self.plain(start, run),
            },
        }
    }

    fn plain(&mut self, start: usize, run: &str) {
        let stem = run.trim_end_matches('*');
        let range = start..start + stem.len();
        if stem.len() == run.len() {
            self.found.push((Lexeme::Word(range), start));
        } else if stem.chars().next_back().is_some_and(char::is_alphanumeric) {
            self.found.push((Lexeme::Star(range), start));
        } else {
            self.warnings.push("a lone * was passed over".into());
            if stem.chars().any(char::is_alphanumeric) {
                self.found.push((Lexeme::Word(range), start));
            }
        }
    }

    fn field(&mut self, name: Range<usize>, end: usize) {
        let value = name.end + 1..end;
        if !value.is_empty() {
            self.found.push((Lexeme::Field { name: name.clone(), value, quoted: false }, name.start));
            return;
        }
        let before = self.found.len();
        if let Some(quote) = self.text[end..].chars().next().filter(|c| is_quote(*c)) {
            self.quoted(quote);
        }
        let quoted = if self.found.len() > before { self.found.pop() } else { None };
        if let Some((Lexeme::Quoted(value), _)) = quoted {
            self.found.push((Lexeme::Field { name: name.clone(), value, quoted: true }, name.start));
        } else {
            self.warnings.push(format!("no value follows {}:", &self.text[name.clone()]));
            self.found.push((Lexeme::Word(name.clone()), name.start));
        }
    }
}
