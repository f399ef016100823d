//! The pass over the text that finds people, the offices given to them, and the short forms to be resolved.
//!
//! - **Honorific and name**: "ông Trần Văn Lân", "đồng chí Thiếu tướng, PGS.TS Lê An"; with one word it is a short form ("ông Lân"),
//!   with none a pronoun ("Ông nói").
//! - **Offices and name**: "Bí thư Thành ủy Trần Văn Lân", "Chủ tịch UBND tỉnh, ông Trần Văn Lân"; without a name the office is used as
//!   one ("Bí thư Thành ủy nhấn mạnh").
//! - **Name and offices**: "Trần Văn Lân, Bí thư Thành ủy", "ông Lân - Giám đốc Sở Y tế", "Lê An (Trưởng ban)".
//! - **Lists**: "các đồng chí: Trần Văn Lân, Bí thư …; Lê An, Phó Bí thư …", "các phó thủ tướng Trần Văn Lân, Lê An".
//! - **Taking and leaving**: "bầu ông Lân giữ chức Chủ tịch UBND tỉnh", "miễn nhiệm chức danh Chủ tịch UBND đối với ông Lân".

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::organizations::Named;
use super::changes::{changed, is_given};
use super::lexicons::{Change, Honorific, Lexicons};
use super::names::{self, Surnames};
use super::offices::{Office, Offices};
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
    /// People of a list under one honorific, who may share the offices behind the last: "các đồng chí A và B, nguyên …".
    pub(super) group: Vec<usize>,
    /// People joined to each other, with offices of their own or without: "đồng chí A, Bí thư …, và đồng chí B, Chủ tịch …, được bầu làm …".
    pub(super) listed: Vec<usize>,
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
            led: Named::default(),
            open: None,
            change: None,
            shared: None,
            gathered: None,
            holders: FxHashMap::default(),
            group: Vec::new(),
            listed: Vec::new(),
            body_before: None,
        }
    }

    /// Reads the text sentence by sentence; sentences in lines that are bylines and the like are passed over.
    pub(super) fn scan(mut self, context: &Context<'_>) -> Scan {
        for sentence in &self.reading.sentences {
            if !goes_on(self.reading, sentence.tokens.start) {
                self.before = self.subject.or(self.before);
                self.subject = None;
                self.open = None;
                self.change = None;
                self.shared = None;
                self.gathered = None;
                self.group.clear();
                self.listed.clear();
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

    /// Offices that come before the name, or stand for it.
    fn with_offices(&mut self, at: usize, mut offices: Vec<Office>, after: usize, end: usize) -> usize {
        let plural = at > 0 && matches!(self.reading.word(at - 1), "các" | "Các" | "hai" | "ba" | "bốn");
        let (from, signed, honorific) = self.pass_honorifics(after);
        if signed && offices.len() == 1 && self.acts_for(at) {
            return after;
        }
        if let Some(name) = self.full_name(from, signed && honorific.is_none(), !signed || honorific.is_some()) {
            if name.start > from
                && let Some(office) = offices.last_mut().filter(|office| office.body.full.is_empty())
            {
                office.body = match self.offices.pointed_at(from) {
                    Some(body) => body.clone(),
                    None if name.start == from + 1 && !names::is_head_word(self.reading.word(from)) => {
                        let brand = self.reading.word(from).to_owned();
                        Named { written: brand.clone(), full: brand }
                    }
                    None => Named::default(),
                };
            }
            if plural {
                self.shared = Some(offices.clone());
            }
            let (taken, own) = self.held_by_others(offices, &name);
            let start = own.first().map_or(from, |office| office.tokens.start);
            if !taken.is_empty() {
                self.push(at..start, Who::Offices(taken));
            }
            return self.person(start.min(name.start), name, honorific, own);
        }
        if !signed && let Some(words) = self.given_name(from) {
            self.push(at..words.end, Who::Short(honorific, keys(self.reading, words.clone())));
            return words.end;
        }
        // "Các phó chủ tịch gồm bà A và ông B".
        if plural && self.reading.word(after) == "gồm" {
            self.gathered = Some(offices.clone());
        }
        self.open = Some((offices.clone(), self.change));
        let deputies = offices.iter().all(|office| office.deputy);
        let general = plural || deputies || (at > 0 && is_general(self.reading.word(at - 1)));
        if !general && after <= end {
            self.push(at..after, Who::Offices(offices));
        }
        after
    }

    /// The leading offices of a chain that somebody else is given already, apart from the rest: in "tiếp thu ý kiến của Bí thư Thành ủy,
    /// Phó Chủ tịch UBND Lê An nói" the Bí thư is not Lê An.
    fn held_by_others(&self, offices: Vec<Office>, name: &Range<usize>) -> (Vec<Office>, Vec<Office>) {
        let words = keys(self.reading, name.clone());
        let person = self.found.by_name.get(&words);
        let taken = |office: &Office| {
            let holder = self.holders.get(&(office.title_key.clone(), office.body.full.clone()));
            office.is_single() && holder.is_some_and(|holder| person != Some(holder))
        };
        let stands_for = offices.first().is_some_and(|office| self.acts_for(office.tokens.start));
        let split = offices.iter().take_while(|office| taken(office)).count().max(usize::from(stands_for));
        if split == 0 || split == offices.len() {
            return (Vec::new(), offices);
        }
        let mut taken = offices;
        let own = taken.split_off(split);
        (taken, own)
    }

    /// An honorific with a name, the last word of one, or nothing behind it.
    fn with_honorific(&mut self, at: usize, next: usize, honorific: Honorific) -> usize {
        if honorific == Honorific::None {
            return next;
        }
        let plural = honorific == Honorific::Plural;
        let mut from = next;
        if plural && self.reading.tokens.get(from).is_some_and(|t| t.is(':')) {
            from += 1;
        }
        let (from, _, further) = self.pass_ranks(from);
        let gender = if honorific.is_gender() { Some(honorific) } else { further };
        // "đồng chí Bí thư Thành ủy Trần Văn Lân", "Thiếu tướng, Giám đốc …".
        let comma =
            usize::from(honorific == Honorific::Rank && self.reading.tokens.get(from).is_some_and(|t| t.is(',')));
        let (offices, after) = self.offices.chain(from + comma);
        if !offices.is_empty() {
            return self.with_offices(at, offices, after, usize::MAX);
        }
        if let Some(name) = self.full_name(from, false, true) {
            // "các đồng chí Đại tá A và Đại tá B": a rank does not end the list.
            if !plural && honorific != Honorific::Rank {
                self.group.clear();
            }
            let listed = at > 0 && matches!(self.reading.word(at - 1), "gồm" | "," | "và");
            let offices = self.gathered.clone().filter(|_| listed).unwrap_or_default();
            let end = self.person(at, name, gender, offices);
            if plural && let Some(index) = self.subject {
                self.group.push(index);
            }
            return end;
        }
        if let Some(words) = self.given_name(from) {
            let keys = keys(self.reading, words.clone());
            self.subject = self.last_named(&keys).or(self.subject);
            self.push(at..words.end, Who::Short(gender, keys));
            return words.end;
        }
        let counted =
            at > 0 && (is_general(self.reading.word(at - 1)) || self.reading.tokens[at - 1].kind == Kind::Number);
        if honorific.is_gender()
            && !counted
            && self.reading.tokens.get(next).is_some_and(|t| {
                let told = at > 0 && self.reading.word(at - 1).eq_ignore_ascii_case("theo");
                t.is_word() && !t.is_capital() || t.is(':') || (told && t.is(','))
            })
        {
            self.subject = self.subject.or(self.before);
            self.push(at..next, Who::Pronoun(honorific));
        }
        next
    }

    /// A name without a word before it: a surname and two words more, or one more inside a list of people.
    fn bare(&mut self, at: usize) -> Option<usize> {
        let (_, common) = self.surnames.surname(self.reading, at)?;
        let follows_name = at > 0
            && matches!(self.reading.tokens[at - 1].kind, Kind::Word(Case::Title))
            && self.reading.sentence_of(at - 1) == self.reading.sentence_of(at);
        if follows_name && self.reading.sentences[self.reading.sentence_of(at)?].tokens.start + 1 != at {
            return None;
        }
        let listed = self.subject.is_some()
            && at > 0
            && (matches!(self.reading.word(at - 1), "," | ";" | "và" | ":" | "–" | "-"));
        let name = self.full_name(at, true, false)?;
        let words = names::words(self.reading, &name);
        let enough = if listed { 2 } else { 3 };
        let grouped = listed && !self.group.is_empty();
        let sure = common
            || grouped
            || words > 3
            || self.has_middle_name(&name)
            || !self.apposition(name.end, false).0.is_empty();
        if words < enough || !sure {
            return Some(name.end);
        }
        let offices = self.shared.clone().filter(|_| listed).unwrap_or_default();
        Some(self.person(at, name, None, offices))
    }

    /// A person by full name, with what stands before; reads the offices behind it.
    fn person(&mut self, at: usize, name: Range<usize>, gender: Option<Honorific>, mut offices: Vec<Office>) -> usize {
        if self.is_namesake(at) {
            return name.end;
        }
        let words = keys(self.reading, name.clone());
        // "ông Hoàng Ba" may be the end of a name that is known.
        let index = match self.found.by_name.get(&words) {
            Some(&index) => index,
            None if words.len() == 2 && self.ends_known_name(&words) => {
                self.push(at..name.end, Who::Short(gender, words));
                return name.end;
            }
            None => {
                self.found.people.push(Draft { name: name.clone(), words: words.clone(), gender, offices: Vec::new() });
                self.found.by_name.insert(words, self.found.people.len() - 1);
                self.found.people.len() - 1
            }
        };
        let (mut behind, end) = self.apposition(name.end, !offices.is_empty());
        let from_apposition = !behind.is_empty();
        offices.append(&mut behind);
        if let Some((open, change)) = self.open.take_if(|open| is_given(self.reading, at, open.1)) {
            let change = change.or(self.change);
            offices.extend(open.into_iter().map(|office| changed(office, change)));
        }
        if from_apposition && !self.group.is_empty() {
            for member in std::mem::take(&mut self.group) {
                if self.found.people[member].offices.is_empty() {
                    self.found.people[member].offices.clone_from(&offices);
                }
            }
        }
        for office in offices.iter().filter(|office| office.is_single()) {
            self.holders.entry((office.title_key.clone(), office.body.full.clone())).or_insert(index);
        }
        let draft = &mut self.found.people[index];
        draft.gender = draft.gender.or(gender);
        draft.offices.extend(offices);
        self.subject = Some(index);
        self.found.mentions.push(Mention { tokens: at..name.end, end, who: Who::Person(index) });
        // Only names joined to the list belong to it.
        let joined = at > 0 && matches!(self.reading.word(at - 1), "," | ";" | "và" | "cùng");
        if !joined {
            self.group.clear();
        } else if !self.group.is_empty() {
            self.group.push(index);
        }
        if !joined {
            self.listed.clear();
        }
        self.listed.push(index);
        end
    }

    fn push(&mut self, tokens: Range<usize>, who: Who) {
        self.found.mentions.push(Mention { end: tokens.end, tokens, who });
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
