//! Where a body's name begins and ends.

use std::ops::Range;

use super::super::lexicon;
use super::super::localities::{Localities, Unit};
use crate::text::{Case, Kind, Phrases, Reading, Token};

/// What a head word asks for; see `lexicons/heads.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Fixed,
    Area,
    Seat,
    Of,
    Part,
    Press,
    Topic,
    Loose,
    Proper,
    /// Looks like a head and is none.
    None,
}

fn head(value: &str) -> Option<Head> {
    Some(match value {
        "fixed" => Head::Fixed,
        "area" => Head::Area,
        "seat" => Head::Seat,
        "of" => Head::Of,
        "press" => Head::Press,
        "part" => Head::Part,
        "topic" => Head::Topic,
        "loose" => Head::Loose,
        "proper" => Head::Proper,
        "-" => Head::None,
        _ => return None,
    })
}

fn portfolio(value: &str) -> Option<bool> {
    match value {
        "portfolio" => Some(true),
        "word" => Some(false),
        _ => None,
    }
}

fn generic(value: &str) -> Option<bool> {
    match value {
        "generic" => Some(true),
        "word" => Some(false),
        _ => None,
    }
}

const HEADS: &str = include_str!("../lexicons/heads.txt");
const FIELDS: &str = include_str!("../lexicons/fields.txt");
const TAILS: &str = include_str!("../lexicons/tails.txt");

/// A body's name as it stands: where, and the pieces of text that make it up (more than one where brackets are left out or a head
/// is shared).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) tokens: Range<usize>,
    pub(super) pieces: Vec<Range<usize>>,
    /// The unit words of its places, left out where a place may be written with and without.
    pub(super) units: Vec<Range<usize>>,
    pub(super) fixed: bool,
    /// A place in its name without unit word: "Công an | Lâm Hà".
    pub(super) place: Option<Range<usize>>,
    /// A unit word that ends its name: "UBND | tỉnh".
    pub(super) bare: Option<Range<usize>>,
    /// True for a body named inside another's name.
    pub(super) nested: bool,
}

/// What a parse has come to.
struct Name {
    end: usize,
    pieces: Vec<Range<usize>>,
    units: Vec<Range<usize>>,
    place: Option<Range<usize>>,
    bare: Option<Range<usize>>,
    /// Where the subject begins, for heads shared by a list.
    subject: usize,
    complements: usize,
    /// A list of places that shares the name before it: the unit word, and the names behind the first.
    list: Option<(Range<usize>, Vec<Range<usize>>)>,
}

/// Depth of bodies in bodies: "Văn phòng | Ban Thường vụ | Đảng ủy | Công an | tỉnh X".
const DEEPEST: usize = 4;
/// Most words of a subject.
const LONGEST_SUBJECT: usize = 16;

#[derive(Debug)]
pub(super) struct Grammar {
    heads: Phrases<Head>,
    fields: Phrases<bool>,
    tails: Phrases<bool>,
    pub(super) localities: Localities,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self {
            heads: lexicon::load(HEADS, head),
            fields: lexicon::load(FIELDS, portfolio),
            tails: lexicon::load(TAILS, generic),
            localities: Localities::new(),
        }
    }

    /// The body or bodies named at a token, those inside its name behind it, and where to read on. Also where no body is named but its
    /// words must not be read again. Behind the title of an `office` less is asked of it: "bí thư | đảng ủy".
    pub(super) fn bodies(&self, reading: &Reading, at: usize, office: bool, out: &mut Vec<Body>) -> Option<usize> {
        reading.tokens.get(at)?;
        let (head_end, kind) = self.head(reading, at)?;
        let from = out.len();
        let Some(name) = self.name(reading, at, head_end, kind, usize::from(office), out) else {
            out.truncate(from);
            return None;
        };
        // "đại hội đảng bộ phường" is an event; the body is meant only where it has a name.
        let event = at > 0
            && matches!(reading.word(at - 1), "hội" | "Hội" | "biểu")
            && matches!(reading.word(head_end - 1), "bộ");
        if event && !reading.tokens[name.end - 1].is_capital() {
            out.truncate(from);
            return Some(name.end);
        }
        let nested = out.split_off(from);
        out.push(Body {
            tokens: at..name.end,
            pieces: name.pieces.clone(),
            units: name.units.clone(),
            place: name.place.clone(),
            bare: name.bare.clone(),
            fixed: kind == Head::Fixed,
            nested: false,
        });
        out.extend(nested);
        let mut end = name.end;
        if let Some((unit, others)) = &name.list {
            end = self.shared_places(at, &name, unit, others, out);
        } else if matches!(kind, Head::Topic | Head::Loose) {
            end = self.shared_head(reading, at..head_end, &name, out);
        }
        Some(end)
    }

    /// The head at a token.
    fn head(&self, reading: &Reading, at: usize) -> Option<(usize, Head)> {
        let (end, kind) = self.heads.longest(&reading.tokens, at)?;
        if *kind == Head::None || self.localities.closes_compound(reading, at) {
            return None;
        }
        // In a line of capitals only names that are clear by themselves are read.
        let shouted = reading.tokens[at].kind == Kind::Word(Case::Upper)
            && matches!(kind, Head::Topic | Head::Loose | Head::Proper)
            && reading
                .word(at)
                .chars()
                .any(|c| c.is_lowercase() || crate::text::fold::bare(c) != c || !"BQLTWHTXCĐ".contains(c));
        (!shouted).then_some((end, *kind))
    }

    fn name(
        &self,
        reading: &Reading,
        at: usize,
        head_end: usize,
        kind: Head,
        depth: usize,
        out: &mut Vec<Body>,
    ) -> Option<Name> {
        let capital = reading.tokens[at].is_capital();
        let person = head_end == at + 1
            && matches!(kind, Head::Topic | Head::Loose)
            && self.localities.surnames.begins(reading, at)
            && self.fields.longest(&reading.tokens, head_end).is_none();
        if person {
            return None;
        }
        let mut name = Name {
            end: head_end,
            pieces: std::iter::once(at..head_end).collect(),
            units: Vec::new(),
            place: None,
            bare: None,
            subject: head_end,
            complements: 0,
            list: None,
        };
        if kind == Head::Fixed {
            return (capital || head_end - at > 1).then_some(name);
        }
        self.skip_abbreviation(reading, &mut name);
        let subject_capital = match kind {
            Head::Topic | Head::Loose => {
                name.subject = name.end;
                let (end, has_capital) = self.subject(reading, name.end)?;
                if !capital && !has_capital && kind == Head::Topic {
                    return None;
                }
                name.grow(end);
                has_capital
            }
            Head::Proper | Head::Press => {
                if kind == Head::Press && !capital && depth == 0 {
                    return None;
                }
                let end = self.proper(reading, name.end, capital)?;
                name.grow(end);
                true
            }
            _ => true,
        };
        if !matches!(kind, Head::Proper | Head::Press)
            || self.localities.unit(reading, name.end).is_some()
            || self.heads_inside(reading, name.end)
        {
            self.complements(reading, &mut name, depth, out)?;
        }
        // "Bộ xây dựng dự thảo": a subject in small letters may be a verb, unless something closes the name.
        let open = reading.tokens.get(name.end).is_some_and(|t| t.kind == Kind::Word(Case::Lower));
        let complete = match kind {
            Head::Topic => subject_capital || name.complements > 0 || depth > 0 || !open || head_end - at > 1,
            Head::Seat => name.complements > 0,
            // A body behind it counts for three.
            Head::Of => name.complements >= 3,
            Head::Area | Head::Part => {
                depth > 0 || name.complements > 0 || reading.tokens[at..head_end].iter().any(Token::is_capital)
            }
            Head::Loose => name.complements > 0 || subject_capital,
            _ => true,
        };
        complete.then_some(name)
    }

    /// Passes over "(UBND)" behind a name spelled out.
    fn skip_abbreviation(&self, reading: &Reading, name: &mut Name) {
        let at = name.end;
        let is = |offset: usize, sign: char| reading.tokens.get(at + offset).is_some_and(|t| t.is(sign));
        let upper = reading.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Kind::Word(Case::Upper | Case::Mixed)));
        if is(0, '(') && upper && is(2, ')') {
            let resumes = reading.tokens.get(at + 3).is_some_and(|t| t.is_word());
            if resumes {
                name.end = at + 3;
            }
        }
    }

    /// The subject behind "Sở", "Ban Chỉ đạo": words of the lexicon and capitals, joined by dashes, commas and "và". Tells where it
    /// ends and whether it has a capital.
    fn subject(&self, reading: &Reading, from: usize) -> Option<(usize, bool)> {
        let mut end = from;
        let (mut has_capital, mut complete) = (false, false);
        if self.heads_inside(reading, from) || self.localities.known(reading, from).is_some() {
            return None;
        }
        while end - from < LONGEST_SUBJECT {
            let next = self.glue(reading, end, from, complete);
            if next > from
                && (self
                    .localities
                    .at(reading, next, true)
                    .is_some_and(|l| l.unit.is_some_and(|u| u.is_administrative()) || l.unit.is_none())
                    || self.heads_inside(reading, next))
            {
                break;
            }
            if let Some((field_end, portfolio)) = self.fields.longest(&reading.tokens, next) {
                // A portfolio is complete: only a capital or a joining word leads on from it.
                if end > from && next == end && complete && !reading.tokens[next].is_capital() {
                    break;
                }
                complete = *portfolio;
                has_capital |= reading.tokens[next].is_capital();
                end = field_end;
            } else if next == from && self.is_name_word(reading, next) && !self.localities_surname(reading, next) {
                has_capital = true;
                end = next + 1;
                // "Viện Dưỡng lão": a word of two syllables with one capital.
                let whole = reading.tokens[next].kind == Kind::Word(Case::Title) && reading.word(next).len() > 1;
                let second = reading.tokens.get(end).filter(|_| whole);
                if second.is_some_and(|t| t.kind == Kind::Word(Case::Lower)) && !is_function_word(reading.word(end)) {
                    end += 1;
                }
            } else if next == end && end > from && self.is_name_word(reading, next) {
                let run = self.localities.capitals(reading, next, 4);
                let own = self.localities.before_person(reading, run, 0);
                if own.is_empty() {
                    break;
                }
                has_capital = true;
                end = own.end;
            } else {
                break;
            }
        }
        (end > from).then_some((end, has_capital))
    }

    fn localities_surname(&self, reading: &Reading, at: usize) -> bool {
        let run = self.localities.capitals(reading, at, 5);
        self.localities.before_person(reading, run.clone(), 0).is_empty() && run.len() > 1
    }

    fn is_name_word(&self, reading: &Reading, at: usize) -> bool {
        reading
            .tokens
            .get(at)
            .is_some_and(|t| matches!(t.kind, Kind::Word(Case::Title | Case::Upper | Case::Mixed)) && t.spaced)
    }

    /// True if a body of its own begins here: "Sở Y tế và | UBND quận".
    fn heads_inside(&self, reading: &Reading, at: usize) -> bool {
        self.head(reading, at).is_some_and(|(end, kind)| match kind {
            Head::Topic | Head::Loose | Head::Proper | Head::Press => {
                reading.tokens[at].is_capital()
                    && self.subject_starts(reading, end)
                    && self.fields.longest(&reading.tokens, at).is_none()
            }
            Head::Seat => {
                self.fields.longest(&reading.tokens, at).is_none() || self.localities.at(reading, end, true).is_some()
            }
            _ => true,
        })
    }

    fn subject_starts(&self, reading: &Reading, at: usize) -> bool {
        self.fields.longest(&reading.tokens, at).is_some() || self.is_name_word(reading, at)
    }

    /// Where the subject may go on behind a dash, a comma or "và"; the same place where there is none of them.
    fn glue(&self, reading: &Reading, at: usize, from: usize, complete: bool) -> usize {
        let Some(token) = reading.tokens.get(at).filter(|_| at > from) else { return at };
        let joins = match token.kind {
            Kind::Sign('-' | '–' | '&') => self.fields.longest(&reading.tokens, at + 1).is_some(),
            Kind::Sign(',') => {
                self.fields.longest(&reading.tokens, at + 1).is_some_and(|_| !reading.tokens[at + 1].is_capital())
                    && reading.tokens[from].is_capital()
                    && self.list_closes_with_and(reading, at + 1)
            }
            Kind::Word(_) if reading.word(at) == "và" && !complete => {
                self.fields.longest(&reading.tokens, at + 1).is_some_and(|_| !reading.tokens[at + 1].is_capital())
            }
            _ => false,
        };
        if joins { at + 1 } else { at }
    }

    /// "Nghiên cứu, xây dựng | và phổ biến pháp luật": a comma joins only where the list goes on to "và" and a word of the lexicon.
    fn list_closes_with_and(&self, reading: &Reading, at: usize) -> bool {
        self.fields.longest(&reading.tokens, at).is_some_and(|(end, _)| {
            reading.word(end) == "và" && self.fields.longest(&reading.tokens, end + 1).is_some()
        })
    }

    /// A proper name behind "Công ty", "Trường": words of the lexicon, at most two other small words, then capitals and numbers.
    fn proper(&self, reading: &Reading, from: usize, capital: bool) -> Option<usize> {
        let mut at = from;
        let mut small = 0;
        while small < 3
            && let Some(token) = reading.tokens.get(at)
        {
            if token.is_capital() || token.kind == Kind::Number {
                break;
            }
            if let Some((end, _)) = self.fields.longest(&reading.tokens, at) {
                at = end;
            } else if capital && token.is_word() && !is_function_word(reading.word(at)) {
                small += 1;
                at += 1;
            } else {
                return None;
            }
        }
        let start = at;
        while let Some(token) = reading.tokens.get(at) {
            if at > start && token.is_word() && self.heads_inside(reading, at) {
                break;
            }
            if token.is_capital()
                && let Some((end, _)) = self.fields.longest(&reading.tokens, at).filter(|(end, _)| end - at > 1)
            {
                at = end;
                continue;
            }
            // "Hàng hải Việt Nam": a word of two syllables with one capital, before another name.
            let two = |offset: usize| reading.tokens.get(at + offset);
            if matches!(token.kind, Kind::Word(Case::Title))
                && two(1).is_some_and(|t| t.kind == Kind::Word(Case::Lower) && !is_function_word(reading.word(at + 1)))
                && (two(2).is_some_and(|t| t.is_capital() || t.kind == Kind::Number) && at == start
                    || (at > from && reading.tokens[at - 1].kind == Kind::Word(Case::Upper)))
            {
                at += 2;
                continue;
            }
            let joined = at > from && !token.spaced;
            let goes_on = match token.kind {
                Kind::Word(Case::Title | Case::Upper | Case::Mixed) => {
                    let person = at > start && self.localities_surname(reading, at) && at - start >= 1;
                    !joined && !person && at - from < LONGEST_SUBJECT
                }
                Kind::Number => {
                    at == from
                        && reading.word(at).len() <= 4
                        && !reading.tokens.get(at + 1).is_some_and(|t| t.is('/') || t.is('%'))
                }
                _ => false,
            };
            if goes_on {
                at += 1;
            } else if at > start
                && !token.is_capital()
                && let Some((end, _)) = self.fields.longest(&reading.tokens, at)
                && token.is_word()
                && reading.tokens.get(end).is_some_and(|t| t.is_capital() && t.spaced)
            {
                at = end;
            } else {
                break;
            }
        }
        (at > start).then_some(at)
    }

    /// What may follow a body's own name: another body, a place, "Trung ương", "Việt Nam". `None` where no single body is meant.
    fn complements(&self, reading: &Reading, name: &mut Name, depth: usize, out: &mut Vec<Body>) -> Option<()> {
        while name.complements < 3 {
            let at = name.end;
            if reading.tokens.get(at).is_none_or(|t| t.kind == Kind::Break) {
                break;
            }
            if let Some((end, generic)) = self.tails.longest(&reading.tokens, at) {
                if *generic {
                    if let Some(()) = self.places_shared(reading, name) {
                        break;
                    }
                    return None;
                }
                name.grow(end);
                name.complements += 1;
                continue;
            }
            if self.places_shared(reading, name).is_some() {
                break;
            }
            if name.complements == 0 && depth < DEEPEST && self.nested(reading, name, depth, out) {
                break;
            }
            if !self.place(reading, name) {
                break;
            }
        }
        Some(())
    }

    fn nested(&self, reading: &Reading, name: &mut Name, depth: usize, out: &mut Vec<Body>) -> bool {
        let at = name.end;
        let Some((head_end, kind)) = self.head(reading, at) else { return false };
        if !reading.tokens[at].spaced {
            return false;
        }
        let from = out.len();
        let Some(inner) = self.name(reading, at, head_end, kind, depth + 1, out) else {
            out.truncate(from);
            return false;
        };
        let inner_nested = out.split_off(from);
        out.push(Body {
            tokens: at..inner.end,
            pieces: inner.pieces.clone(),
            units: inner.units.clone(),
            place: inner.place.clone(),
            bare: inner.bare.clone(),
            fixed: kind == Head::Fixed,
            nested: true,
        });
        out.extend(inner_nested);
        name.pieces.extend(inner.pieces);
        name.units.extend(inner.units);
        name.bare = inner.bare;
        name.place = inner.place;
        name.end = inner.end;
        name.list = inner.list;
        name.complements += 3;
        name.join();
        true
    }

    fn place(&self, reading: &Reading, name: &mut Name) -> bool {
        let at = name.end;
        let found = self.localities.at(reading, at, true).or_else(|| self.localities.bare_unit(reading, at));
        let Some(found) = found else { return self.unknown_place(reading, name) };
        let administrative =
            found.unit.is_none_or(|unit| unit.is_administrative() || matches!(unit, Unit::Region | Unit::Site));
        if !administrative || !reading.tokens[at].spaced {
            return false;
        }
        // "thành phố (TP) Thủ Đức": the bracket is no part of the name.
        if let Some(open) = found.unit_tokens.clone().find(|&t| reading.tokens[t].is('(')) {
            name.grow(open);
            name.pieces.push(found.name.clone());
            name.end = found.end();
        } else {
            name.grow(found.end());
        }
        if found.unit.is_none() {
            name.place = Some(found.name.clone());
        }
        if found.name.is_empty() {
            name.bare = Some(found.unit_tokens.clone());
        } else if !found.unit_tokens.is_empty() {
            name.units.push(found.unit_tokens.clone());
        }
        name.complements += 1;
        true
    }

    /// The name behind a committee that tells its level, where the gazetteer does not know it: "Huyện ủy | Tân Sơn Hạ".
    fn unknown_place(&self, reading: &Reading, name: &mut Name) -> bool {
        let at = name.end;
        let tells_level = at > 1
            && matches!(reading.word(at - 1), "ủy" | "uỷ" | "đoàn")
            && matches!(reading.word(at - 2).to_lowercase().as_str(), "huyện" | "quận" | "thị" | "thành" | "tỉnh");
        if !tells_level {
            return false;
        }
        let run = self.localities.before_person(reading, self.localities.capitals(reading, at, 5), 0);
        if !(2..=3).contains(&run.len()) {
            return false;
        }
        name.place = Some(run.clone());
        name.grow(run.end);
        name.complements += 1;
        true
    }

    /// "các tỉnh A, B và C", "hai quận A và B": the first becomes the complement, the others are kept.
    fn places_shared(&self, reading: &Reading, name: &mut Name) -> Option<()> {
        let at = name.end;
        let counted = matches!(reading.word(at), "các" | "hai" | "ba" | "bốn" | "năm")
            || reading.tokens.get(at).is_some_and(|t| t.kind == Kind::Number);
        if !counted {
            return None;
        }
        let (unit_end, unit) = self.localities.unit(reading, at + 1).filter(|(_, u)| u.is_administrative())?;
        let names = self.list(reading, unit_end, unit);
        let (first, rest) = names.split_first()?;
        // "các tỉnh miền núi phía Bắc": one name.
        if rest.is_empty() && self.localities.is_country_or_region(reading, first) {
            name.grow(first.end);
            name.complements += 1;
            return Some(());
        }
        name.pieces.push(at + 1..unit_end);
        name.pieces.push(first.clone());
        name.units.push(at + 1..unit_end);
        name.end = first.end;
        name.complements += 1;
        name.list = Some((at + 1..unit_end, rest.to_vec()));
        Some(())
    }

    /// The names of a list behind one unit word.
    pub(super) fn list(&self, reading: &Reading, from: usize, unit: Unit) -> Vec<Range<usize>> {
        list(&self.localities, reading, from, unit)
    }

    fn shared_places(
        &self,
        at: usize,
        name: &Name,
        unit: &Range<usize>,
        others: &[Range<usize>],
        out: &mut Vec<Body>,
    ) -> usize {
        // The pieces up to the unit word are shared.
        let shared: Vec<_> = name.pieces.iter().take_while(|piece| piece.start < unit.start).cloned().collect();
        for other in others {
            let mut pieces = shared.clone();
            pieces.push(unit.clone());
            pieces.push(other.clone());
            out.push(Body {
                tokens: other.clone(),
                pieces,
                units: vec![unit.clone()],
                place: None,
                bare: None,
                fixed: false,
                nested: false,
            });
        }
        others.last().map_or(name.end, |last| last.end).max(at + 1)
    }

    /// "Sở Y tế, Xây dựng và Tài chính": further portfolios under the same head.
    fn shared_head(&self, reading: &Reading, head: Range<usize>, name: &Name, out: &mut Vec<Body>) -> usize {
        let first_is_portfolio = self
            .fields
            .longest(&reading.tokens, name.subject)
            .is_some_and(|(end, portfolio)| *portfolio && end <= name.end);
        let mut end = name.end;
        if !first_is_portfolio {
            return end;
        }
        loop {
            let joins = reading.tokens.get(end).is_some_and(|t| t.is(',') || t.is(';')) || reading.word(end) == "và";
            let at = end + 1;
            let next = self.fields.longest(&reading.tokens, at).filter(|(_, portfolio)| **portfolio);
            let Some((field_end, _)) = next.filter(|_| joins && reading.tokens[at].is_capital()) else { return end };
            if self.heads_inside(reading, at) {
                return end;
            }
            let mut further = Name {
                end: field_end,
                pieces: vec![head.clone(), at..field_end],
                units: Vec::new(),
                place: None,
                bare: None,
                subject: at,
                complements: 0,
                list: None,
            };
            self.place(reading, &mut further);
            end = further.end;
            out.push(Body {
                tokens: at..end,
                pieces: further.pieces,
                units: further.units,
                place: None,
                bare: None,
                fixed: false,
                nested: false,
            });
        }
    }
}

/// The names of a list behind one unit word: "A, B và C", "1, 3, 5".
pub(in crate::extract) fn list(
    localities: &Localities,
    reading: &Reading,
    from: usize,
    unit: Unit,
) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    // "các tỉnh: A, B".
    if reading.tokens.get(at).is_some_and(|t| t.is(':')) {
        at += 1;
    }
    while let Some(name) = localities.name(reading, at, unit) {
        at = name.end;
        names.push(name);
        let joins =
            reading.tokens.get(at).is_some_and(|t| t.is(',') || t.is(';')) || matches!(reading.word(at), "và" | "&");
        if !joins {
            break;
        }
        at += 1;
        if reading.word(at) == "và" {
            at += 1;
        }
    }
    names
}

impl Name {
    /// Lengthens the last piece to a token, or begins a new one where a bracket lies between.
    fn grow(&mut self, end: usize) {
        match self.pieces.last_mut() {
            Some(last) if last.end == self.end => last.end = end,
            _ => self.pieces.push(self.end..end),
        }
        self.end = end;
    }

    /// Joins pieces that lie side by side.
    fn join(&mut self) {
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match joined.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => joined.push(piece),
            }
        }
        self.pieces = joined;
    }
}

/// Small words that never stand inside a company's name.
fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 48] = [
        "của", "do", "tại", "ở", "và", "là", "đã", "được", "thuộc", "với", "cho", "có", "trên", "để", "đến", "từ",
        "này", "theo", "về", "trong", "cùng", "các", "những", "một", "ông", "bà", "anh", "chị", "thì", "mà", "nhưng",
        "sẽ", "đang", "cần", "phải", "khi", "nếu", "vào", "ra", "không", "bị", "như", "nói", "cũng", "đó", "trực",
        "hợp", "đồng",
    ];
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_are_well_formed() {
        assert_eq!(lexicon::refused(HEADS, head), Vec::<&str>::new());
        assert_eq!(lexicon::refused(FIELDS, portfolio), Vec::<&str>::new());
        assert_eq!(lexicon::refused(TAILS, generic), Vec::<&str>::new());
    }
}
