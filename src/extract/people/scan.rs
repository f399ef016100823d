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
    by_name: FxHashMap<Vec<WordKey>, usize>,
}

pub(super) struct Scanner<'a> {
    reading: &'a Reading,
    offices: Offices<'a>,
    lexicons: &'a Lexicons,
    surnames: &'a Surnames,
    found: Scan,
    /// The person named last in this sentence, who a following "giữ chức …" is about.
    subject: Option<usize>,
    /// The subject of an earlier sentence, whom "ông" may mean.
    before: Option<usize>,
    /// The body that a person named next leads: "Tổ công tác số 2 do ông Lân làm tổ trưởng".
    led: Named,
    /// Offices named without a holder in this sentence, whom a following "đối với ông …" gives.
    open: Option<(Vec<Office>, Option<Change>)>,
    change: Option<Change>,
    /// Who is given an office that one person holds, by title and body.
    holders: FxHashMap<(String, String), usize>,
    /// Offices that a list of names shares: "các phó thủ tướng A, B".
    shared: Option<Vec<Office>>,
    /// People of a list under one honorific, who may share the offices behind the last: "các đồng chí A và B, nguyên …".
    group: Vec<usize>,
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
            holders: FxHashMap::default(),
            group: Vec::new(),
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
                self.group.clear();
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
            if self.reading.word(end) == "do" {
                self.led = body.value.clone();
            }
            return end;
        }
        self.bare(at).unwrap_or(at + 1)
    }

    /// Offices that come before the name, or stand for it.
    fn with_offices(&mut self, at: usize, offices: Vec<Office>, after: usize, end: usize) -> usize {
        let plural = at > 0 && matches!(self.reading.word(at - 1), "các" | "Các" | "hai" | "ba" | "bốn");
        let (from, signed, honorific) = self.pass_honorifics(after);
        if let Some(name) = self.full_name(from, signed && honorific.is_none(), !signed || honorific.is_some()) {
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
        let split = offices.iter().take_while(|office| taken(office)).count();
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
            let end = self.person(at, name, gender, Vec::new());
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
            && self.reading.tokens.get(next).is_some_and(|t| t.is_word() && !t.is_capital() || t.is(':'))
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
        let sure = common || words > 3 || self.has_middle_name(&name) || !self.apposition(name.end, false).0.is_empty();
        if words < enough || !sure {
            return Some(name.end);
        }
        let offices = self.shared.clone().filter(|_| listed).unwrap_or_default();
        Some(self.person(at, name, None, offices))
    }

    /// The full name at a token: two words or more, beginning with a surname where `surname` asks for it.
    fn full_name(&self, at: usize, surname: bool, introduced: bool) -> Option<Range<usize>> {
        let stop = |next: usize| self.offices.is_title(next) || self.offices.body(next).is_some();
        if !introduced && (self.offices.body(at).is_some() || self.offices.place(at).is_some()) {
            return None;
        }
        let run = names::run(self.reading, at, stop);
        if self.offices.place(at).is_some_and(|place| place.tokens.end >= run.end) {
            return None;
        }
        let known = self.surnames.surname(self.reading, at);
        let fits = names::words(self.reading, &run) >= 2
            && (!surname || known.is_some())
            && !self.lexicons.is_historic(self.reading, &run);
        fits.then_some(run)
    }

    /// One word with a capital, or two where they end a known name.
    fn given_name(&self, at: usize) -> Option<Range<usize>> {
        if self.offices.body(at).is_some() || self.offices.place(at).is_some_and(|p| p.tokens.len() > 1) {
            return None;
        }
        let run = names::run(self.reading, at, |_| false);
        (names::words(self.reading, &run) == 1).then_some(run)
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
        if !self.group.is_empty() {
            self.group.push(index);
        }
        end
    }

    fn has_middle_name(&self, name: &Range<usize>) -> bool {
        (name.start + 1..name.end - 1).any(|at| is_middle_name(self.reading.word(at)))
    }

    fn ends_known_name(&self, words: &[WordKey]) -> bool {
        self.found.mentions.iter().rev().take(12).any(|mention| match mention.who {
            Who::Person(index) => {
                self.found.people[index].words.len() > 2 && self.found.people[index].words.ends_with(words)
            }
            _ => false,
        })
    }

    /// The offices behind a name and where they end; none where they lead on to the next name.
    fn apposition(&self, at: usize, has_offices: bool) -> (Vec<Office>, usize) {
        let nothing = (Vec::new(), at);
        let Some(token) = self.reading.tokens.get(at) else { return nothing };
        let (mut from, bracket) = match token.kind {
            Kind::Sign(',' | '-' | '–' | '—') => (at + 1, false),
            Kind::Sign('(') => (at + 1, true),
            Kind::Word(_) if self.reading.word(at) == "là" => (at + 1, false),
            Kind::Word(_) if self.reading.word(at) == "hiện" => (at, false),
            _ => return nothing,
        };
        // "(sinh năm 1967, …)", ", SN 1978, …": years are passed over.
        from = self.pass_words(from, &["hiện", "nay", "đang", "giữ", "là", "chức", "vụ", "với", "vai", "trò"]);
        let (mut offices, mut end) = self.offices.chain(from);
        if offices.is_empty() {
            return nothing;
        }
        if bracket {
            end += usize::from(self.reading.tokens.get(end).is_some_and(|t| t.is(')')));
        }
        if !bracket && self.leads_to_name(end) {
            // "A, Bí thư X, Chủ tịch Y B": the last office is the next person's, all of them where A has some already.
            let last = offices.pop();
            if has_offices || offices.is_empty() {
                return nothing;
            }
            end = last.map_or(end, |office| office.tokens.start.saturating_sub(1));
        }
        let closing = !bracket && self.reading.tokens.get(end).is_some_and(|t| t.is('-') || t.is('–'));
        (offices, end + usize::from(closing))
    }

    fn pass_words(&self, mut at: usize, words: &[&str]) -> usize {
        for _ in 0..MOST_RANKS {
            at += usize::from(words.contains(&self.reading.word(at)));
        }
        at
    }

    /// True if a name follows at once, with an honorific or without.
    fn leads_to_name(&self, at: usize) -> bool {
        let (from, signed, honorific) = self.pass_honorifics(at);
        let introduced = honorific.is_some();
        (!signed || (introduced && self.reading.tokens[at].is('-')))
            && self.full_name(from, !introduced, introduced).is_some()
    }

    /// Passes over a sign and honorifics: the next token, whether there was a sign, and the gender told.
    fn pass_honorifics(&self, at: usize) -> (usize, bool, Option<Honorific>) {
        let signed = self.reading.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Sign(',' | ':' | '-' | '–')));
        let (from, _, gender) = self.pass_ranks(at + usize::from(signed));
        (from, signed, gender)
    }

    /// Passes over honorifics and ranks: "đồng chí Thiếu tướng, PGS.TS".
    fn pass_ranks(&self, at: usize) -> (usize, bool, Option<Honorific>) {
        let (mut from, mut any, mut gender) = (at, false, None);
        for _ in 0..MOST_RANKS {
            let Some((end, honorific)) = self.lexicons.honorifics.longest(&self.reading.tokens, from) else { break };
            if matches!(honorific, Honorific::None | Honorific::Plural) {
                break;
            }
            if honorific.is_gender() {
                gender = Some(*honorific);
            }
            any = true;
            from = end;
            // "TS. Lê An", "Thiếu tướng, TS Lê An".
            let sign = self.reading.tokens.get(from).is_some_and(|t| t.is('.') || t.is(','));
            let next = self.lexicons.honorifics.longest(&self.reading.tokens, from + 1).is_some();
            let dotted = self.reading.tokens.get(from).is_some_and(|t| t.is('.') && !t.spaced);
            if sign && (next || dotted) {
                from += 1;
            }
            // The full stop of "TS." may have ended a line.
            if dotted && self.reading.tokens.get(from).is_some_and(|t| t.kind == Kind::Break) {
                from += 1;
            }
        }
        (from, any, gender)
    }

    /// "bầu", "bổ nhiệm", "miễn nhiệm", "giữ chức": what follows is taken up or left.
    fn change(&mut self, at: usize, next: usize, change: Change) -> usize {
        if matches!(change, Change::Begins | Change::Ends) {
            self.change = Some(change);
            // "điều động Phó Bí thư … giữ chức": whoever spoke before is not meant, but in "ông Lân được Quốc hội bầu".
            let passive = (at.saturating_sub(5)..at).any(|before| self.reading.word(before) == "được");
            self.subject = self.subject.filter(|_| passive);
            return next;
        }
        if change == Change::Elected {
            self.change = Some(Change::Begins);
        }
        // "Nguyên nhân là …": only right behind a name.
        let near = self.found.mentions.last().is_some_and(|mention| at <= mention.end + NEAR);
        let Some(subject) = self.subject.filter(|_| change != Change::Is || near) else { return next };
        let mut end = next + usize::from(self.reading.tokens.get(next).is_some_and(|t| t.is(':')));
        let (mut offices, after) = self.offices.chain(end);
        if offices.is_empty() {
            return next;
        }
        end = after;
        // "từng giữ các chức vụ: Bí thư …; Chủ tịch …".
        while let Some(joined) = self.joined_by_semicolon(end) {
            let (more, after) = self.offices.chain(joined);
            if more.is_empty() || offices.len() > MOST_OFFICES {
                break;
            }
            offices.extend(more);
            end = after;
        }
        if change == Change::Past {
            offices.iter_mut().for_each(|office| office.former = true);
        }
        self.give(subject, offices);
        end
    }

    /// Where an office goes on behind "(khóa XI);", "rồi": only in lists of one person's offices.
    fn joined_by_semicolon(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.reading.tokens.get(at)?.is('(') {
            at = (at..at + 6).find(|&t| self.reading.tokens.get(t).is_some_and(|t| t.is(')')))? + 1;
        }
        let joins =
            self.reading.tokens.get(at).is_some_and(|t| t.is(';') || t.is(',')) || self.reading.word(at) == "rồi";
        joins.then_some(at + 1)
    }

    /// The person named last whose name ends with these words.
    fn last_named(&self, words: &[WordKey]) -> Option<usize> {
        self.found.mentions.iter().rev().take(24).find_map(|mention| match mention.who {
            Who::Person(index) if self.found.people[index].words.ends_with(words) => Some(index),
            _ => None,
        })
    }

    /// Gives a person offices, taken up or left as the sentence says.
    fn give(&mut self, person: usize, offices: Vec<Office>) {
        let (change, led) = (self.change, self.led.clone());
        self.found.people[person].offices.extend(offices.into_iter().map(|office| {
            let body = if office.said || led.full.is_empty() { office.body.clone() } else { led.clone() };
            changed(Office { body, ..office }, change)
        }));
    }

    /// True if the name at a token is only remembered or borrowed: "ngày sinh …", "đường …", "Ảnh: …".
    fn is_namesake(&self, at: usize) -> bool {
        (at.saturating_sub(5)..at).any(|from| {
            self.lexicons.namesakes.longest(&self.reading.tokens, from).is_some_and(|(end, ())| {
                let gap = at.saturating_sub(end);
                end <= at
                    && (gap == 0
                        || (gap == 1
                            && matches!(self.reading.tokens[end].kind, Kind::Sign(':' | '-' | '–' | '"' | '“')))
                        || self.is_intro(end, at))
            })
        })
    }

    /// True if nothing but an honorific or a title lies between.
    fn is_intro(&self, from: usize, to: usize) -> bool {
        from < to
            && (self.lexicons.honorifics.longest(&self.reading.tokens, from).is_some_and(|(end, _)| end == to)
                || self.offices.office(from).is_some_and(|office| office.tokens.end == to))
    }

    fn push(&mut self, tokens: Range<usize>, who: Who) {
        self.found.mentions.push(Mention { end: tokens.end, tokens, who });
    }
}

/// True if an office named before is given to the person at a token: "đối với ông Lân", after "bổ nhiệm" also "cho ông Lân".
fn is_given(reading: &Reading, at: usize, change: Option<Change>) -> bool {
    match at.checked_sub(1).map(|before| reading.word(before)) {
        Some("với") => at > 1 && reading.word(at - 2) == "đối",
        Some("cho") => change.is_some(),
        _ => false,
    }
}

fn changed(office: Office, change: Option<Change>) -> Office {
    match change {
        Some(Change::Begins) => Office { begins: true, ..office },
        Some(Change::Ends) => Office { ends: true, ..office },
        _ => office,
    }
}

/// How many words may lie between a name and "là".
const NEAR: usize = 4;

/// Most offices of one list.
const MOST_OFFICES: usize = 48;

/// Most honorifics and ranks before one name.
const MOST_RANKS: usize = 6;

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

/// Middle names that hardly stand in other names.
fn is_middle_name(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "Văn", "Thị", "Hữu", "Đức", "Ngọc", "Xuân", "Quang", "Thanh", "Minh", "Đình", "Công", "Quốc", "Kim", "Hồng",
        "Trọng", "Tấn", "Thế", "Duy", "Viết", "Bá", "Mạnh", "Như", "Thu", "Huy",
    ];
    WORDS.contains(&word)
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
