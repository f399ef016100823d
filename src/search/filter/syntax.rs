//! From tokens to the tree of a filter. What the words mean is not known here.
//!
//! Grammar (the EBNF of AIP-160 without functions and nested members):
//! ```text
//! filter      = expression?
//! expression  = sequence ("AND" sequence)*
//! sequence    = factor+                      (side by side: AND)
//! factor      = term ("OR" term)*
//! term        = ("NOT" | "-")? simple
//! simple      = restriction | "(" expression ")"
//! restriction = word (comparator value)?
//! ```

use super::lex::{Placed, Token, tokens};
use super::{MAX_DEPTH, MAX_TESTS, SearchError, fault};

/// A filter as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Syntax {
    /// All hold.
    All(Vec<Syntax>),
    /// At least one holds.
    Any(Vec<Syntax>),
    /// It does not hold.
    Not(Box<Syntax>),
    /// A comparison.
    Restriction(Restriction),
}

/// `field op value`; without operator and value a bare word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Restriction {
    pub(super) field: String,
    pub(super) field_at: u32,
    /// Operator with its place; `None` for a bare word.
    pub(super) comparator: Option<(&'static str, u32)>,
    pub(super) value: String,
    pub(super) value_at: u32,
    /// True if the value was quoted, so that `*` in it is a character.
    pub(super) quoted: bool,
}

/// The tree of a filter; `None` for an empty one.
pub(super) fn parse(text: &str) -> Result<Option<Syntax>, SearchError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let end = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let mut parser = Parser { tokens: &tokens, next: 0, end, depth: 0, tests: 0 };
    let tree = parser.expression()?;
    match parser.peek() {
        None => Ok(Some(tree)),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    next: usize,
    end: u32,
    depth: usize,
    tests: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn at(&self) -> u32 {
        self.tokens.get(self.next).map_or(self.end, |placed| placed.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn unexpected(&self) -> SearchError {
        match self.peek() {
            None => fault(self.end, "the filter ends where a comparison should follow"),
            Some(Token::Close) => fault(self.at(), "a parenthesis is closed that was not opened"),
            Some(Token::Comparator(sign)) => fault(self.at(), format!("a field should stand before {sign:?}")),
            Some(Token::Quoted(_)) => fault(self.at(), "a value without field; write field = value"),
            Some(Token::And | Token::Or) => fault(self.at(), "a comparison should stand on both sides"),
            Some(_) => fault(self.at(), "a comparison such as field = value should stand here"),
        }
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, SearchError>) -> Result<T, SearchError> {
        if self.depth == MAX_DEPTH {
            return Err(fault(self.at(), format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self) -> Result<Syntax, SearchError> {
        let mut parts = self.sequence()?;
        while self.take(&Token::And) {
            parts.extend(self.sequence()?);
        }
        Ok(one_or(parts, Syntax::All))
    }

    fn sequence(&mut self) -> Result<Vec<Syntax>, SearchError> {
        let mut parts = vec![self.factor()?];
        while matches!(self.peek(), Some(Token::Text(_) | Token::Not | Token::Minus | Token::Open)) {
            parts.push(self.factor()?);
        }
        Ok(parts)
    }

    fn factor(&mut self) -> Result<Syntax, SearchError> {
        let mut parts = vec![self.term()?];
        while self.take(&Token::Or) {
            parts.push(self.term()?);
        }
        Ok(one_or(parts, Syntax::Any))
    }

    fn term(&mut self) -> Result<Syntax, SearchError> {
        if self.take(&Token::Not) || self.take(&Token::Minus) {
            return self.deeper(Self::term).map(|inner| Syntax::Not(Box::new(inner)));
        }
        let opened = self.at();
        if self.take(&Token::Open) {
            let inner = self.deeper(Self::expression)?;
            return match self.peek() {
                None => Err(fault(opened, "the parenthesis is not closed")),
                Some(Token::Close) => {
                    self.next += 1;
                    Ok(inner)
                }
                Some(_) => Err(self.unexpected()),
            };
        }
        self.restriction()
    }

    fn restriction(&mut self) -> Result<Syntax, SearchError> {
        self.tests += 1;
        if self.tests > MAX_TESTS {
            return Err(fault(self.at(), format!("more than {MAX_TESTS} comparisons")));
        }
        let field_at = self.at();
        let Some(Token::Text(field)) = self.peek().cloned() else { return Err(self.unexpected()) };
        self.next += 1;
        let comparator_at = self.at();
        let Some(&Token::Comparator(sign)) = self.peek() else {
            let (value, value_at) = (String::new(), field_at);
            let bare = Restriction { field, field_at, comparator: None, value, value_at, quoted: false };
            return Ok(Syntax::Restriction(bare));
        };
        self.next += 1;
        let value_at = self.at();
        let (value, quoted) = match self.peek().cloned() {
            Some(Token::Text(value)) => (value, false),
            Some(Token::Quoted(value)) => (value, true),
            _ => return Err(fault(value_at, format!("a value should follow {sign:?}; AND, OR and NOT are quoted"))),
        };
        self.next += 1;
        let comparator = Some((sign, comparator_at));
        Ok(Syntax::Restriction(Restriction { field, field_at, comparator, value, value_at, quoted }))
    }
}

fn one_or(mut parts: Vec<Syntax>, many: impl FnOnce(Vec<Syntax>) -> Syntax) -> Syntax {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(tree: &Syntax) -> String {
        let list = |parts: &[Syntax]| parts.iter().map(shape).collect::<Vec<_>>().join(" ");
        match tree {
            Syntax::All(parts) => format!("(and {})", list(parts)),
            Syntax::Any(parts) => format!("(or {})", list(parts)),
            Syntax::Not(inner) => format!("(not {})", shape(inner)),
            Syntax::Restriction(r) => match r.comparator {
                Some((sign, _)) => format!("{}{sign}{}", r.field, r.value),
                None => r.field.clone(),
            },
        }
    }

    fn read(text: &str) -> String {
        shape(&parse(text).expect(text).expect("not empty"))
    }

    fn fault_at(text: &str) -> u32 {
        match parse(text) {
            Err(SearchError::Filter { position, .. }) => position,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn or_binds_tighter_than_and() {
        assert_eq!(read("a=1 AND b=2 OR c=3"), "(and a=1 (or b=2 c=3))");
        assert_eq!(read("a=1 b=2 OR NOT c=3"), "(and a=1 (or b=2 (not c=3)))");
        assert_eq!(read("-(a=1 OR b:2) c>3"), "(and (not (or a=1 b:2)) c>3)");
        assert_eq!(read("((a=1))"), "a=1");
        assert_eq!(read("a.b = \"x y\""), "a.b=x y");
    }

    #[test]
    fn empty_filters_are_none() {
        assert_eq!(parse(" ").ok(), Some(None));
    }

    #[test]
    fn faults_have_a_place() {
        assert_eq!(fault_at("a=1 AND"), 7);
        assert_eq!(fault_at("a=1)"), 3);
        assert_eq!(fault_at("(a=1"), 0);
        assert_eq!(fault_at("= 1"), 0);
        assert_eq!(fault_at("a = AND"), 4);
        assert_eq!(fault_at("a = (b)"), 4);
        assert_eq!(fault_at("\"x\""), 0);
        assert_eq!(fault_at("OR a=1"), 0);
    }
}
