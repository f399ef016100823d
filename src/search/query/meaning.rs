//! What a query means: words with their forms, short forms spelt out, phrases, fields checked against the unit's list.

use std::ops::Range;

use crate::text::{Abbreviations, Document, Phrases, Typing, fold, tokenize};

use super::super::analysis::{self, Word};
use super::super::error::SearchError;
use super::super::fields;
use super::super::filter::{self, Filter};
use super::super::request::Link;
use super::super::schema::Unit;
use super::honorifics::addresses;
use super::syntax::{Node, parse};
use super::{MAX_WORDS, prefix::Stem};

const QUESTION_WORDS: &str = include_str!("question_words.txt");

/// What a query asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning {
    /// Free words in runs; all wanted, but partial matches may be shown.
    pub(crate) runs: Vec<Run>,
    /// Parts that a hit must have.
    pub(crate) required: Vec<Part>,
    /// Parts that a hit must not have.
    pub(crate) excluded: Vec<Part>,
    /// What was passed over, in English.
    pub(crate) warnings: Vec<String>,
    /// Short forms that were spelt out.
    pub(crate) rewrites: Vec<Rewrite>,
}

/// Words side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Run {
    /// The words, never none.
    pub(crate) words: Vec<QueryWord>,
}

impl Run {
    /// Some of its words.
    pub(super) fn part(&self, words: Range<usize>) -> Self {
        Self { words: self.words[words].to_vec() }
    }
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// Its form.
    pub(crate) form: String,
    /// Without marks.
    pub(crate) bare: String,
    /// As typed, where that can differ from the form: the term is [`analysis::TYPED`] and this.
    pub(crate) typed: Option<String>,
    /// True if its marks are to be respected.
    pub(crate) marked: bool,
    /// True if it could have marks and has none.
    pub(crate) plain: bool,
    /// True for a word that only asks.
    pub(crate) asks: bool,
    /// True for the second and later words of a short form: the pair with the word before is wanted too.
    pub(crate) joined: bool,
    /// True for the second and later words of what a place is called: they stand behind the word before, or name something else.
    pub(crate) named: bool,
}

/// A part that a hit must, or must not, have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// Words, all of them.
    Words(Run),
    /// Words in this order.
    Phrase(Run),
    /// A word that begins so.
    Prefix(Stem),
    /// `field:value`.
    Filter(Filter),
    /// All of them.
    All(Vec<Part>),
    /// At least one of them.
    Any(Vec<Part>),
    /// Not this.
    Not(Box<Part>),
}

/// Words that were taken for others: a short form for what it stands for, or a name for another one too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// As typed.
    pub from: String,
    /// What it was taken for.
    pub to: String,
    /// Why.
    pub link: Link,
}

/// Gives queries their meaning.
pub(crate) struct Reader<'a> {
    pub(crate) unit: Unit,
    pub(crate) abbreviations: &'a Abbreviations,
    pub(crate) question_words: &'a QuestionWords,
}

/// The words that ask and do not tell.
#[derive(Debug)]
pub(crate) struct QuestionWords {
    with_marks: Phrases<()>,
    /// For queries without any marks: only those that are hardly anything else.
    without_marks: Phrases<()>,
}

impl QuestionWords {
    /// Reads the list.
    pub(crate) fn new() -> Self {
        let (mut with_marks, mut without_marks) = (Phrases::default(), Phrases::default());
        let lines = QUESTION_WORDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        for line in lines {
            with_marks.add(line, ());
            if line.contains(' ') || line == "ai" {
                without_marks.add(&fold::unaccented(line), ());
            }
        }
        Self { with_marks, without_marks }
    }
}

impl Reader<'_> {
    /// The meaning of a query.
    ///
    /// # Errors
    /// [`SearchError::Query`] if it is too long, too deep or has too many words; [`SearchError::Filter`] never: a field
    /// with an impossible value is a fault of the query, at its place.
    pub(crate) fn read(&self, query: &str) -> Result<Meaning, SearchError> {
        let fields = fields::fields(self.unit);
        let parsed = parse(query, &|name| fields.get(name).is_some())?;
        let mut state = State { reader: self, query, words: 0, rewrites: Vec::new(), warnings: parsed.warnings };
        let (mut runs, mut required, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_behind_words = false;
        for node in &parsed.nodes {
            match node {
                Node::Words(range) => runs.extend(state.words(range)?),
                Node::Not(inner) => excluded.extend(state.part(inner)?),
                Node::Prefix(range) => {
                    let before = runs.last().filter(|_| is_behind_words).and_then(|run: &Run| run.words.last());
                    required.extend(state.prefix(range.clone(), before)?);
                }
                other => required.extend(state.part(other)?),
            }
            is_behind_words = matches!(node, Node::Words(_));
        }
        let State { rewrites, mut warnings, .. } = state;
        if runs.is_empty() && required.is_empty() && excluded.is_empty() && !query.trim().is_empty() {
            warnings.push("the query has no words; hits are all that the filter lets through".into());
        }
        let mut meaning = Meaning { runs, required, excluded, warnings, rewrites };
        if meaning.runs.iter().all(|run| run.words.iter().all(|word| word.asks)) {
            meaning.runs.iter_mut().flat_map(|run| &mut run.words).for_each(|word| word.asks = false);
        }
        Ok(meaning)
    }
}

struct State<'a> {
    reader: &'a Reader<'a>,
    query: &'a str,
    words: usize,
    rewrites: Vec<Rewrite>,
    warnings: Vec<String>,
}

impl State<'_> {
    fn part(&mut self, node: &Node) -> Result<Option<Part>, SearchError> {
        Ok(match node {
            Node::Words(range) => self.words(range)?.map(Part::Words),
            Node::Phrase(range) => self.run(range.clone(), false)?.map(phrase_or_word),
            Node::Prefix(range) => self.prefix(range.clone(), None)?,
            Node::Field { name, value, quoted } => Some(self.field(name, value, *quoted)?),
            Node::Not(inner) => self.part(inner)?.map(|inner| Part::Not(Box::new(inner))),
            Node::All(nodes) => self.parts(nodes)?.map(Part::All),
            Node::Any(nodes) => self.parts(nodes)?.map(Part::Any),
        })
    }

    fn parts(&mut self, nodes: &[Node]) -> Result<Option<Vec<Part>>, SearchError> {
        let mut parts = Vec::with_capacity(nodes.len());
        for node in nodes {
            parts.extend(self.part(node)?);
        }
        Ok((!parts.is_empty()).then_some(parts))
    }

    /// Words that are neither quoted nor a beginning: a field that is nearly one is told.
    fn words(&mut self, range: &Range<usize>) -> Result<Option<Run>, SearchError> {
        let is_name = |name: &str| name.len() > 2 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
        for piece in self.query[range.clone()].split_whitespace() {
            let Some((name, _)) = piece.split_once(':').filter(|(name, value)| is_name(name) && !value.is_empty())
            else {
                continue;
            };
            let near: Vec<String> = fields::fields(self.reader.unit).near(name);
            if !near.is_empty() {
                let near = near.join(", ");
                self.warnings.push(format!("{name:?} is no field and was taken for a word; near: {near}"));
            }
        }
        self.run(range.clone(), true)
    }

    /// The words of a range; `None` if there are none. Of `free` words, those that only address somebody are passed over.
    fn run(&mut self, range: Range<usize>, free: bool) -> Result<Option<Run>, SearchError> {
        let start = range.start;
        let document = Document::new(&self.query[range]);
        let text = document.text();
        let found = analysis::words(text, Typing::Hasty, self.reader.abbreviations);
        self.words += found.len();
        if self.words > MAX_WORDS {
            let position = self.position(start);
            return Err(SearchError::Query { position, message: format!("more than {MAX_WORDS} words") });
        }
        self.note_rewrites(text, &found);
        let addresses = if free { self.pass_over_addresses(text, &found) } else { Vec::new() };
        let mut words: Vec<QueryWord> = found.into_iter().map(QueryWord::from).collect();
        self.mark_questions(text, &mut words);
        let mut addresses = addresses.into_iter();
        words.retain(|_| !addresses.next().unwrap_or_default());
        Ok((!words.is_empty()).then_some(Run { words }))
    }

    /// For each word, whether it only addresses whoever is named behind it; that it is passed over is told.
    fn pass_over_addresses(&mut self, text: &str, words: &[Word]) -> Vec<bool> {
        let addresses = addresses(text, words, fold::has_marks(self.query));
        let mut at = 0;
        while let Some(first) = addresses[at..].iter().position(|addresses| *addresses).map(|ahead| at + ahead) {
            at = first + addresses[first..].iter().take_while(|addresses| **addresses).count();
            let typed = &text[words[first].bytes.start..words[at - 1].bytes.end];
            let warning = format!("{typed:?} before a name was passed over");
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        addresses
    }

    fn note_rewrites(&mut self, text: &str, words: &[Word]) {
        let mut at = 0;
        while at < words.len() {
            let first = &words[at];
            at += 1;
            if !first.expanded {
                continue;
            }
            let mut to = first.form.clone();
            while words.get(at).is_some_and(|word| word.continues) {
                at += 1;
            }
            let typed = &text[first.bytes.clone()];
            let tokens = tokenize(&text[first.bytes.start..]);
            let rest = &text[first.bytes.start..];
            if let Some(short) = self.reader.abbreviations.at(rest, &tokens, 0, Typing::Hasty) {
                to = short.full.to_owned();
            }
            let rewrite = Rewrite { from: typed.to_owned(), to, link: Link::ShortForm };
            if !self.rewrites.contains(&rewrite) {
                self.rewrites.push(rewrite);
            }
        }
    }

    /// Marks the words that only ask. They are looked up as they are typed, so that "gì" is one and "gi" is not.
    fn mark_questions(&self, text: &str, words: &mut [QueryWord]) {
        let tokens = tokenize(text);
        let word_tokens: Vec<_> = tokens.iter().filter(|token| token.is_word()).copied().collect();
        if word_tokens.len() != words.len() {
            return;
        }
        let questions = self.reader.question_words;
        let list = if fold::has_marks(self.query) { &questions.with_marks } else { &questions.without_marks };
        let shouts = !self.query.chars().any(char::is_lowercase);
        // "AI" is not "ai".
        let is_name = |at: usize| {
            let typed = word_tokens[at].text(text);
            !shouts && typed.chars().nth(1).is_some() && !typed.chars().any(char::is_lowercase)
        };
        let mut at = 0;
        while at < words.len() {
            match list.longest(&word_tokens, at).filter(|_| !is_name(at)) {
                Some((end, ())) => {
                    words[at..end].iter_mut().for_each(|word| word.asks = true);
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// A beginning of a word, with the words that are typed in one with it; `before` is what stands before them.
    fn prefix(&mut self, range: Range<usize>, before: Option<&QueryWord>) -> Result<Option<Part>, SearchError> {
        let start = range.start;
        let Some(mut run) = self.run(range, false)? else { return Ok(None) };
        let Some(last) = run.words.pop() else { return Ok(None) };
        let stem = Stem::of(&last);
        if stem.is_too_short() {
            let message = "a prefix needs at least two letters before the *".to_owned();
            return Err(SearchError::Query { position: self.position(start), message });
        }
        let stem = Part::Prefix(stem.behind(run.words.last().or(before)));
        Ok(Some(if run.words.is_empty() { stem } else { Part::All(vec![Part::Words(run), stem]) }))
    }

    fn field(&self, name: &Range<usize>, value: &Range<usize>, quoted: bool) -> Result<Part, SearchError> {
        let (name_text, value_text) = (&self.query[name.clone()], &self.query[value.clone()]);
        let literal = if !quoted && value_text == "*" {
            value_text.to_owned()
        } else {
            format!("\"{}\"", value_text.replace('\\', "\\\\").replace('"', "\\\""))
        };
        let test = filter::parse(&format!("{name_text}:{literal}"), &fields::fields(self.reader.unit));
        match test {
            Ok(Some(test)) => Ok(Part::Filter(test)),
            Ok(None) => Err(self.fault(value.start, "a value is missing")),
            Err(SearchError::Filter { message, .. }) => Err(self.fault(value.start, &message)),
            Err(other) => Err(other),
        }
    }

    fn fault(&self, at: usize, message: &str) -> SearchError {
        SearchError::Query { position: self.position(at), message: message.to_owned() }
    }

    fn position(&self, byte: usize) -> u32 {
        u32::try_from(self.query[..byte].chars().count()).unwrap_or(u32::MAX)
    }
}

fn phrase_or_word(run: Run) -> Part {
    if run.words.len() > 1 { Part::Phrase(run) } else { Part::Words(run) }
}

impl Part {
    /// The beginning of a word that it is, or that it ends with.
    pub(super) fn stem(&self) -> Option<&Stem> {
        match self {
            Self::Prefix(stem) => Some(stem),
            Self::All(parts) => parts.last().and_then(Self::stem),
            _ => None,
        }
    }
}

impl QueryWord {
    /// True if whoever asks typed marks in the word: what a short form stands for has marks that nobody typed.
    pub(crate) fn has_typed_marks(&self) -> bool {
        self.marked && !self.joined && self.typed.as_ref().is_none_or(|typed| fold::has_marks(typed))
    }
}

impl From<Word> for QueryWord {
    fn from(word: Word) -> Self {
        // What a short form stands for has the marks it has, also where that is none.
        let marked = word.is_marked() || word.expanded || word.continues;
        let bare = word.bare();
        let plain = !marked && word.form.chars().any(|c| c.is_ascii_alphabetic());
        Self {
            marked,
            plain,
            bare,
            asks: false,
            joined: word.continues,
            named: false,
            typed: word.typed,
            form: word.form,
        }
    }
}

impl Meaning {
    /// True if no word, phrase or beginning of a word is looked for.
    pub(crate) fn asks_for_fields_only(&self) -> bool {
        self.runs.is_empty() && self.required.iter().all(|part| matches!(part, Part::Filter(_) | Part::Not(_)))
    }

    /// Every word that is looked for, also in phrases and groups; excluded ones are not.
    pub(crate) fn words(&self) -> Vec<&QueryWord> {
        fn of_part<'a>(part: &'a Part, out: &mut Vec<&'a QueryWord>) {
            match part {
                Part::Words(run) | Part::Phrase(run) => out.extend(&run.words),
                Part::All(parts) | Part::Any(parts) => parts.iter().for_each(|part| of_part(part, out)),
                Part::Prefix(_) | Part::Filter(_) | Part::Not(_) => {}
            }
        }
        let mut words: Vec<&QueryWord> = self.runs.iter().flat_map(|run| &run.words).collect();
        self.required.iter().for_each(|part| of_part(part, &mut words));
        words
    }
}

#[cfg(test)]
mod tests;
