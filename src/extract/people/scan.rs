//! The pass over the text that finds people, the offices given to them, and the short forms to be resolved.
//!
//! - **Honorific and name**: "ông Trần Văn Lân", "đồng chí Thiếu tướng, PGS.TS Lê An"; with one word it is a short form ("ông Lân"),
//!   with none a pronoun ("Ông nói").
//! - **Offices and name**: "Bí thư Thành ủy Trần Văn Lân", "Chủ tịch UBND tỉnh, ông Trần Văn Lân"; without a name the office is used as
//!   one ("Bí thư Thành ủy nhấn mạnh").
//! - **Name and offices**: "Trần Văn Lân, Bí thư Thành ủy", "ông Lân - Giám đốc Sở Y tế", "Lê An (Trưởng ban)".
//! - **Lists**: "các đồng chí: Trần Văn Lân, Bí thư …; Lê An, Phó Bí thư …", "các phó thủ tướng Trần Văn Lân, Lê An".
//! - **Taking and leaving**: "bầu ông Lân giữ chức Chủ tịch UBND tỉnh", "miễn nhiệm chức danh Chủ tịch UBND đối với ông Lân".

mod mentions;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::organizations::Named;
use super::lexicons::{Change, Honorific, Lexicons};
use super::names::{self, Surnames};
use super::offices::{Office, Offices};
use super::relatives::Relation;
use crate::text::{Case, Kind, Reading, WordKey};

/// A person found in the text, not yet with roles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// The name as first written.
    pub(super) name: Range<usize>,
    /// What the name says, word by word.
    pub(super) words: Vec<WordKey>,
    pub(super) gender: Option<Honorific>,
    pub(super) offices: Vec<Office>,
}

/// What a mention says of whom it means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Who {
    /// A person of the list, by full name.
    Person(usize),
    /// Honorific and the last words of a name.
    Short(Option<Honorific>, Vec<WordKey>),
    /// An honorific alone.
    Pronoun(Honorific),
    /// Offices used as a name.
    Offices(Vec<Office>),
}

/// A place where somebody is meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    /// One past the offices in apposition behind the name.
    pub(super) end: usize,
    pub(super) who: Who,
}

/// Everything the pass found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) people: Vec<Draft>,
    pub(super) mentions: Vec<Mention>,
    pub(super) by_name: FxHashMap<Vec<WordKey>, usize>,
}

pub(super) struct Scanner<'a> {
    pub(super) reading: &'a Reading,
    pub(super) offices: Offices<'a>,
    pub(super) lexicons: &'a Lexicons,
    pub(super) surnames: &'a Surnames,
    pub(super) found: Scan,
    /// The person named last in this sentence, who a following "giữ chức …" is about.
    pub(super) subject: Option<usize>,
    /// The subject of an earlier sentence, whom "ông" may mean.
    pub(super) before: Option<usize>,
    /// Who is named first in this sentence, whom an "ông" in the next may mean; `Some(None)` for somebody of whom no full name is known.
    pub(super) opening: Option<Option<usize>>,
    /// Something is handed to the person named last: the next sentence is rather about who got it.
    pub(super) handed: bool,
    /// The body that a person named next leads: "Tổ công tác số 2 do ông Lân làm tổ trưởng".
    pub(super) led: Named,
    /// Offices named without a holder in this sentence, whom a following "đối với ông …" gives.
    pub(super) open: Option<(Vec<Office>, Option<Change>)>,
    pub(super) change: Option<Change>,
    /// Who is given an office that one person holds, by title and body.
    pub(super) holders: FxHashMap<(String, String), usize>,
    /// Offices that a list of names shares: "các phó thủ tướng A, B".
    pub(super) shared: Option<Vec<Office>>,
    /// Offices whose holders are listed behind them, each with an honorific: "các phó chủ tịch gồm bà A, ông B".
    pub(super) gathered: Option<Vec<Office>>,
    /// Offices given to a list of people, each of whom has them: "đối với các ông A và B".
    pub(super) given: Option<Vec<Office>>,
    /// People of a list under one honorific, who may share the offices behind the last: "các đồng chí A và B, nguyên …".
    pub(super) group: Vec<usize>,
    /// People joined to each other, with offices of their own or without: "đồng chí A, Bí thư …, và đồng chí B, Chủ tịch …, được bầu làm …".
    pub(super) listed: Vec<usize>,
    /// What is told of a person by way of a relative: "ông Lân (em rể ông Hà) làm …".
    pub(super) relation: Option<Relation>,
    /// The body named last and where it ends: "Tổ công tác số 2 | của Chính phủ do ông Lân làm tổ trưởng".
    pub(super) body_before: Option<(usize, Named)>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(context: &'a Context<'_>, lexicons: &'a Lexicons) -> Self {
        Self {
            reading: context.reading,
            offices: Offices::new(&lexicons.titles, context.reading, &context.organizations, &context.places),
            lexicons,
            surnames: &lexicons.surnames,
            found: Scan::default(),
            subject: None,
            before: None,
            opening: None,
            handed: false,
            led: Named::default(),
            open: None,
            change: None,
            shared: None,
            gathered: None,
            given: None,
            holders: FxHashMap::default(),
            group: Vec::new(),
            listed: Vec::new(),
            relation: None,
            body_before: None,
        }
    }

    /// Reads the text sentence by sentence; sentences in lines that are bylines and the like are passed over.
    pub(super) fn scan(mut self, context: &Context<'_>) -> Scan {
        for sentence in &self.reading.sentences {
            if !goes_on(self.reading, sentence.tokens.start) {
                self.before = self.topic();
                self.opening = None;
                self.handed = false;
                self.subject = None;
                self.open = None;
                self.change = None;
                self.shared = None;
                self.gathered = None;
                self.given = None;
                self.group.clear();
                self.listed.clear();
                self.relation = None;
                self.led = Named::default();
            }
            if self.is_passed_over(context, sentence.line) {
                continue;
            }
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                at = self.step(at, sentence.tokens.end).max(at + 1);
            }
        }
        self.found
    }

    /// Whom an "ông" in the next sentence means: "ông Lân chê trách ông Hà" is about Lân, "bổ nhiệm ông Hà", "trao quyết định cho ông Hà" about Hà.
    fn topic(&self) -> Option<usize> {
        let last = self.subject.or(self.before);
        let moved = self.change.is_some() || self.handed;
        self.opening.filter(|_| !moved).unwrap_or(last)
    }

    fn is_passed_over(&self, context: &Context<'_>, line: usize) -> bool {
        use crate::model::SkipReason;
        if matches!(
            context.structure.lines.get(line).copied().flatten(),
            Some(SkipReason::Byline | SkipReason::Boilerplate)
        ) {
            return true;
        }
        // A line of nothing but names with a capital at every word: who wrote the report.
        let tokens = self.reading.lines[line].tokens.clone();
        tokens.len() <= 12
            && self.reading.tokens[tokens]
                .iter()
                .all(|t| matches!(t.kind, Kind::Word(Case::Title | Case::Upper) | Kind::Sign('-' | '–' | '.' | ',')))
    }

    /// Reads on from a token; tells where to go on.
    fn step(&mut self, at: usize, end: usize) -> usize {
        if !self.reading.tokens[at].is_word() {
            if let Some(next) = self.end_relation(at) {
                return next;
            }
            self.note_relation(at);
            if self.reading.tokens[at].is(';') {
                self.open = None;
                self.change = None;
            }
            return at + 1;
        }
        if let Some((next, change)) = self.lexicons.changes.longest(&self.reading.tokens, at) {
            return self.change(at, next, *change);
        }
        if self.reading.tokens[at].is_capital() && self.is_namesake(at) {
            return names::run(self.reading, at, |_| false).end;
        }
        let (offices, after) = self.offices.chain(at);
        if !offices.is_empty() {
            return self.with_offices(at, offices, after, end);
        }
        // "Bà Rịa": a place, not a lady.
        if let Some(place) = self.offices.place(at) {
            return place.tokens.end;
        }
        if let Some((next, honorific)) = self.lexicons.honorifics.longest(&self.reading.tokens, at) {
            return self.with_honorific(at, next, *honorific);
        }
        if let Some(body) = self.offices.body(at) {
            let end = body.tokens.end;
            // "Tổ công tác số 2 của Chính phủ": what it is of does not lead it.
            let owned = self.body_before.take().filter(|(end, _)| end + 1 == at && self.reading.word(*end) == "của");
            let named = owned.map_or_else(|| body.value.clone(), |(_, body)| body);
            if self.reading.word(end) == "do" && at > 0 && self.reading.word(at - 1) == "của" {
                self.led = self.team_before(end).unwrap_or_else(|| named.clone());
            } else if self.reading.word(end) == "do" {
                self.led = named.clone();
            }
            self.body_before = Some((end, named));
            return end;
        }
        if self.reading.word(at) == "do" && self.led.full.is_empty() {
            self.led = self.team_before(at).unwrap_or_default();
        }
        self.bare(at).unwrap_or(at + 1)
    }
}

/// Words before an office or honorific that make it general: "một Phó Chủ tịch", "chức danh Chủ tịch", "các ông".
fn is_general(word: &str) -> bool {
    matches!(
        word,
        "một"
            | "các"
            | "Các"
            | "hai"
            | "ba"
            | "những"
            | "mỗi"
            | "từng"
            | "danh"
            | "chức"
            | "số"
            | "nhiều"
            | "vị"
            | "quý"
            | "làm"
            | "là"
    )
}

/// True if a sentence only goes on behind a line broken at an abbreviation: "UBND TP.", "GS.TS.".
fn goes_on(reading: &Reading, start: usize) -> bool {
    start > 2
        && reading.tokens[start - 1].kind == Kind::Break
        && reading.tokens[start - 2].is('.')
        && matches!(reading.word(start - 3), "TP" | "TS" | "ThS" | "GS" | "PGS" | "BS" | "TX")
}

fn keys(reading: &Reading, name: Range<usize>) -> Vec<WordKey> {
    reading.tokens[name].iter().filter(|token| token.is_word()).map(|token| token.key).collect()
}
