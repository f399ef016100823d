//! What was typed, as a tree. Which fields there are is told by the caller; what words mean is not known here.

use std::ops::Range;

use super::super::error::SearchError;
use super::lex::{Lexeme, Lexer};
use super::{MAX_DEPTH, MAX_LENGTH};

/// A query as typed; ranges are bytes of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// Words side by side.
    Words(Range<usize>),
    /// Words in this order, without the quotes.
    Phrase(Range<usize>),
    /// Words that begin so, without the star.
    Prefix(Range<usize>),
    /// `field:value`.
    Field {
        /// The field.
        name: Range<usize>,
        /// The value, without quotes.
        value: Range<usize>,
        /// True if the value was quoted.
        quoted: bool,
    },
    /// Must not be there.
    Not(Box<Node>),
    /// All of them.
    All(Vec<Node>),
    /// At least one of them.
    Any(Vec<Node>),
}

/// A query as typed, with what was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// The parts, all of which are wanted.
    pub(crate) nodes: Vec<Node>,
    /// What was passed over and why, in English.
    pub(crate) warnings: Vec<String>,
}

/// Reads a query. `is_field` knows the names that may stand before a colon.
///
/// # Errors
/// [`SearchError::Query`] for a query that is too long or nested too deeply; nothing else is refused.
pub(crate) fn parse(text: &str, is_field: &dyn Fn(&str) -> bool) -> Result<Parsed, SearchError> {
    if text.chars().nth(MAX_LENGTH).is_some() {
        let message = format!("longer than {MAX_LENGTH} characters");
        return Err(SearchError::Query { position: MAX_LENGTH as u32, message });
    }
    let (mut lexemes, mut warnings) = Lexer::read(text, is_field);
    drop_unmatched(&mut lexemes, &mut warnings);
    let mut parser = Parser { text, lexemes: &lexemes, next: 0, warnings };
    let nodes = parser.sequence(0)?;
    Ok(Parsed { nodes, warnings: parser.warnings })
}

/// Passes over parentheses without a partner.
fn drop_unmatched(found: &mut Vec<(Lexeme, usize)>, warnings: &mut Vec<String>) {
    let mut open = Vec::new();
    let mut unmatched = Vec::new();
    for (index, (lexeme, _)) in found.iter().enumerate() {
        match lexeme {
            Lexeme::Open => open.push(index),
            Lexeme::Close if open.pop().is_none() => unmatched.push(index),
            _ => {}
        }
    }
    unmatched.extend(open);
    if unmatched.is_empty() {
        return;
    }
    warnings.push("a parenthesis has no partner; it was passed over".into());
    unmatched.sort_unstable();
    let mut index = 0;
    found.retain(|_| {
        let keep = unmatched.binary_search(&index).is_err();
        index += 1;
        keep
    });
}

struct Parser<'a> {
    text: &'a str,
    lexemes: &'a [(Lexeme, usize)],
    next: usize,
    warnings: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next).map(|(lexeme, _)| lexeme)
    }

    /// Parts up to the end or a closing parenthesis; words side by side become one run.
    fn sequence(&mut self, depth: usize) -> Result<Vec<Node>, SearchError> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut joins = false;
        while let Some(lexeme) = self.peek() {
            match lexeme {
                Lexeme::Close => break,
                Lexeme::And => {
                    self.next += 1;
                    joins = false;
                    continue;
                }
                _ => {}
            }
            let typed_word = matches!(lexeme, Lexeme::Word(_));
            let Some(node) = self.alternatives(depth)? else { continue };
            match (nodes.last_mut(), node) {
                (Some(Node::Words(run)), Node::Words(word)) if joins && typed_word => run.end = word.end,
                (_, Node::All(parts)) => nodes.extend(parts),
                (_, node) => nodes.push(node),
            }
            joins = typed_word;
        }
        Ok(nodes)
    }

    fn alternatives(&mut self, depth: usize) -> Result<Option<Node>, SearchError> {
        let mut parts: Vec<Node> = self.unit(depth)?.into_iter().collect();
        let mut several = false;
        while self.peek() == Some(&Lexeme::Or) {
            several = true;
            while self.peek() == Some(&Lexeme::Or) {
                self.next += 1;
            }
            parts.extend(self.unit(depth)?);
        }
        if several && parts.len() > 1 && parts.iter().any(|part| matches!(part, Node::Not(_))) {
            self.warnings.push("a negation beside OR was passed over".into());
            parts.retain(|part| !matches!(part, Node::Not(_)));
        } else if several && parts.len() < 2 {
            self.warnings.push("OR without words on both sides was passed over".into());
        }
        Ok(match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Node::Any(parts)),
        })
    }

    /// One part; `None` where none stands, in which case nothing is read but `AND`.
    fn unit(&mut self, depth: usize) -> Result<Option<Node>, SearchError> {
        let Some((lexeme, at)) = self.lexemes.get(self.next).cloned() else { return Ok(None) };
        if matches!(lexeme, Lexeme::Or | Lexeme::Close | Lexeme::And) {
            return Ok(None);
        }
        self.next += 1;
        Ok(match lexeme {
            Lexeme::Word(range) => Some(Node::Words(range)),
            Lexeme::Star(range) => Some(Node::Prefix(range)),
            Lexeme::Quoted(range) => Some(Node::Phrase(range)),
            Lexeme::Field { name, value, quoted } => Some(Node::Field { name, value, quoted }),
            Lexeme::Minus => self.negated(depth)?,
            Lexeme::Open => self.group(depth, at)?,
            Lexeme::Or | Lexeme::Close | Lexeme::And => None,
        })
    }

    fn negated(&mut self, depth: usize) -> Result<Option<Node>, SearchError> {
        // Several signs in a row are read in a loop: no depth to exhaust.
        let mut negative = true;
        while self.peek() == Some(&Lexeme::Minus) {
            self.next += 1;
            negative = !negative;
        }
        let inner = self.unit(depth)?;
        Ok(inner.map(|inner| if negative { Node::Not(Box::new(inner)) } else { inner }))
    }

    fn group(&mut self, depth: usize, at: usize) -> Result<Option<Node>, SearchError> {
        if depth == MAX_DEPTH {
            let position = u32::try_from(self.text[..at].chars().count()).unwrap_or(u32::MAX);
            let message = format!("parentheses are nested deeper than {MAX_DEPTH} levels");
            return Err(SearchError::Query { position, message });
        }
        let mut nodes = self.sequence(depth + 1)?;
        // Parentheses without a partner were taken out, so that a closing one stands here.
        self.next += 1;
        Ok(match nodes.len() {
            0 => None,
            1 => nodes.pop(),
            _ => Some(Node::All(nodes)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str, node: &Node) -> String {
        let list = |parts: &[Node]| parts.iter().map(|part| shape(text, part)).collect::<Vec<_>>().join(" ");
        match node {
            Node::Words(range) => text[range.clone()].to_owned(),
            Node::Phrase(range) => format!("\"{}\"", &text[range.clone()]),
            Node::Prefix(range) => format!("{}*", &text[range.clone()]),
            Node::Field { name, value, .. } => format!("{}:{}", &text[name.clone()], &text[value.clone()]),
            Node::Not(inner) => format!("-{}", shape(text, inner)),
            Node::All(parts) => format!("(and {})", list(parts)),
            Node::Any(parts) => format!("(or {})", list(parts)),
        }
    }

    fn read(text: &str) -> (Vec<String>, usize) {
        let parsed = parse(text, &|name| name == "kind").expect(text);
        (parsed.nodes.iter().map(|node| shape(text, node)).collect(), parsed.warnings.len())
    }

    fn clean(text: &str) -> Vec<String> {
        let (nodes, warnings) = read(text);
        assert_eq!(warnings, 0, "{text}");
        nodes
    }

    #[test]
    fn words_run_together_and_the_rest_stands_apart() {
        assert_eq!(clean("chuyển đổi số"), ["chuyển đổi số"]);
        assert_eq!(clean("a \"b c\" d e -f"), ["a", "\"b c\"", "d e", "-f"]);
        assert_eq!(clean("KH-ĐT và TP. HCM"), ["KH-ĐT và TP. HCM"]);
        assert_eq!(clean("kind:X giờ:phút kind:\"A B\""), ["kind:X", "giờ:phút", "kind:A B"]);
        assert_eq!(clean("hội ngh*"), ["hội", "ngh*"]);
        assert_eq!(clean("a AND b NOT c --d"), ["a", "b", "-c", "--d"]);
    }

    #[test]
    fn or_binds_neighbours() {
        assert_eq!(clean("a b OR c d"), ["a", "(or b c)", "d"]);
        assert_eq!(clean("(a b) OR \"c d\""), ["(or a b \"c d\")"]);
        assert_eq!(clean("(a OR b) -(c d)"), ["(or a b)", "-c d"]);
        assert_eq!(clean("(mở rộng) lần 2"), ["mở rộng", "lần 2"]);
    }

    #[test]
    fn faults_are_forgiven_with_a_warning() {
        assert_eq!(read("\"a b"), (vec!["a b".into()], 1));
        assert_eq!(read("a) (b"), (vec!["a) (b".into()], 1));
        assert_eq!(read("* a"), (vec!["a".into()], 1));
        assert_eq!(read("OR"), (vec![], 1));
        assert_eq!(read("a OR"), (vec!["a".into()], 1));
        assert_eq!(read("a OR -b"), (vec!["a".into()], 1));
        assert_eq!(read("kind: a"), (vec!["kind: a".into()], 1));
        assert_eq!(read("").0, Vec::<String>::new());
        assert_eq!(read("()").0, Vec::<String>::new());
    }

    #[test]
    fn too_much_is_refused_with_a_place() {
        let position = |text: &str| match parse(text, &|_| false) {
            Err(SearchError::Query { position, .. }) => position,
            other => panic!("{other:?}"),
        };
        assert_eq!(position(&"từ ".repeat(10_000)), 1000);
        assert_eq!(position(&format!("đ {}a{}", "(".repeat(20), ")".repeat(20))), 12);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,300}") {
            let _ = parse(&text, &|name| name.len() == 1);
        }

        #[test]
        fn no_mixture_of_signs_makes_it_panic(
            parts in proptest::collection::vec(
                prop::sample::select(vec![
                    "a", "đ", "(", ")", "OR", "AND", "-", "\"", "“", "”", ":", "*", " ", "kind:", "NOT", "|", "😀",
                ]),
                0..60,
            ),
        ) {
            let _ = parse(&parts.concat(), &|name| name == "kind" || name == "a");
        }
    }
}
