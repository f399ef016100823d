//! Where a body's name begins and ends.

mod complements;
mod head;
mod reach;

use std::ops::Range;
use std::sync::Arc;

use super::super::apposition::UnitEnds;
use super::super::localities::Localities;
use super::heads::{self, Head};
use super::name::{Body, Name};
use crate::text::{Case, Kind, Phrases, Reading, Token};

/// Depth of bodies in bodies: "Văn phòng | Ban Thường vụ | Đảng ủy | Công an | tỉnh X".
const DEEPEST: usize = 4;

/// What a name stands in.
#[derive(Debug, Clone, Copy)]
struct Inside {
    /// How many bodies, or the title of an office, stand around it.
    depth: usize,
    /// The title of an office stands right before it.
    office: bool,
}

#[derive(Debug)]
pub(super) struct Grammar {
    heads: Phrases<Head>,
    pub(super) fields: Phrases<bool>,
    pub(super) tails: Phrases<bool>,
    pub(super) localities: Arc<Localities>,
    pub(super) unit_ends: UnitEnds,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self {
            heads: heads::heads(),
            fields: heads::fields(),
            tails: heads::tails(),
            localities: Localities::shared(),
            unit_ends: UnitEnds::new(),
        }
    }

    /// The body or bodies named at a token, those inside its name behind it, and where to read on. Also where no body is named but its
    /// words must not be read again. Behind the title of an `office` less is asked of it: "bí thư | đảng ủy".
    pub(super) fn bodies(&self, reading: &Reading, at: usize, office: bool, out: &mut Vec<Body>) -> Option<usize> {
        reading.tokens.get(at)?;
        let (head_end, kind) = self.head(reading, at)?;
        let from = out.len();
        let inside = Inside { depth: usize::from(office), office };
        let Some(name) = self.name(reading, at, head_end, kind, inside, out) else {
            out.truncate(from);
            if let Some(body) = self.generic(reading, at..head_end, kind, office) {
                // "Phó Tổng Giám đốc | Tổng Công ty": the company whose report it is.
                out.push(Body { generic: !(office && is_company(reading, head_end)), ..body });
                return Some(head_end);
            }
            // "Bộ đội Biên phòng" as a force is no "đội Biên phòng" either.
            return (kind == Head::Seat && head_end - at > 2).then_some(head_end);
        };
        // "đại hội đảng bộ phường" is an event; the body is meant only where it has a name.
        let event = at > 0
            && matches!(reading.word(at - 1), "hội" | "Hội" | "biểu")
            && matches!(reading.word(head_end - 1), "bộ");
        if event && !reading.tokens[name.end - 1].is_capital() && out.len() == from {
            out.truncate(from);
            return Some(name.end);
        }
        // "(BTV)": the short form of a name spelled out, or of a paper.
        let short = name.end == at + 1
            && at > 0
            && reading.tokens[at - 1].is('(')
            && reading.tokens.get(name.end).is_some_and(|t| t.is(')'));
        if short {
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
            whole: kind == Head::Seat && name.complements == 0,
            generic: false,
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

    /// The words at a token that may close a name: where they end, and whether they say that no single body is meant. "TƯ" is short for the
    /// centre, "tư" of "tư vấn" is not.
    pub(super) fn tail(&self, reading: &Reading, at: usize) -> Option<(usize, bool)> {
        let (end, generic) = self.tails.longest(&reading.tokens, at)?;
        let small = end == at + 1 && reading.word(at) == "tư";
        (!small).then_some((end, *generic))
    }

    fn name(
        &self,
        reading: &Reading,
        at: usize,
        head_end: usize,
        kind: Head,
        inside: Inside,
        out: &mut Vec<Body>,
    ) -> Option<Name> {
        let depth = inside.depth;
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
            office: depth > 0,
            subject: head_end,
            complements: 0,
            list: None,
        };
        // "các tổ đại biểu HĐND": no single one.
        let several = at > 0 && matches!(reading.word(at - 1), "các" | "Các" | "những");
        if kind == Head::Of && several && reading.word(at).eq_ignore_ascii_case("tổ") {
            return None;
        }
        // "theo thống kê TP có …": a count, unless the office of statistics is meant.
        if kind == Head::Seat && !capital && !inside.office && reading.word(at) == "thống" {
            return None;
        }
        if kind == Head::Fixed {
            if self.is_of_union(reading, head_end) && !self.nested(reading, &mut name, depth, out) {
                name.grow(head_end + 1);
            }
            // "Ủy ban Pháp luật | Quốc hội".
            let committee = matches!(reading.word(at), "Ủy" | "Uỷ" | "Ban" | "ủy" | "uỷ" | "Hội");
            if committee && reading.word(head_end) == "Quốc" && reading.word(head_end + 1) == "hội" {
                name.grow(head_end + 2);
            }
            self.of_state(reading, at, &mut name);
            self.branch(reading, at, &mut name);
            return (capital || head_end - at > 1).then_some(name);
        }
        self.skip_abbreviation(reading, &mut name);
        let subject_capital = match kind {
            Head::Topic if self.lists_behind_colon(reading, at, &mut name) => true,
            Head::Topic | Head::Loose => {
                name.subject = name.end;
                let small = kind == Head::Loose && !capital && !inside.office;
                if small && self.fields.longest(&reading.tokens, name.end).is_none() {
                    return None;
                }
                // "Vụ VinaTan": a case, no department; departments are named by their work.
                let case = head_end == at + 1 && reading.word(at).eq_ignore_ascii_case("vụ") && depth == 0;
                if case && self.fields.longest(&reading.tokens, name.end).is_none() {
                    return None;
                }
                let steering = kind == Head::Topic && head_end > at + 1;
                let from = if steering { self.pass_level(reading, name.end) } else { name.end };
                // "Trưởng ban | Chỉ đạo 197": the number closes the name.
                let said = reading.tokens[at..head_end].iter().any(Token::is_capital);
                let found = self
                    .subject(reading, from, kind == Head::Topic && head_end == at + 1)
                    .or_else(|| steering.then(|| Some((self.code(reading, from)?, said))).flatten())
                    .or_else(|| steering.then(|| (self.until_own_sign(reading, at, from), said)))
                    .filter(|(end, _)| *end > from);
                // A ministry or department is known by the words of the lexicon or not at all.
                let free = inside.office && !matches!(reading.small_word(at), "bộ" | "sở");
                let unit = free.then(|| self.unit_of_office(reading, from, found.map(|(end, _)| end))).flatten();
                let known = unit.or(found.map(|(end, _)| end)).unwrap_or(name.end);
                let closed = self.until_short_form(reading, at, known).map(|end| (end, true));
                let trade =
                    || self.trade_of_union(reading, at, head_end).or_else(|| self.museum(reading, at, head_end));
                let trade = || trade().map(|end| (end, true));
                let (end, has_capital) = closed.or(unit.map(|end| (end, true))).or(found).or_else(trade)?;
                let end = if steering { self.until_own_sign(reading, at, end) } else { end };
                let end = self.until_country(reading, at, end);
                let end = if inside.office { end } else { self.until_place(reading, at, from, end) };
                let end = self.numbered(reading, at, end);
                if kind == Head::Loose && !inside.office && self.is_other_name(reading, at, name.end, end) {
                    return None;
                }
                if !capital && !has_capital && kind == Head::Topic {
                    return None;
                }
                name.grow(end);
                has_capital
            }
            Head::Proper | Head::Press => {
                // "Chủ tịch Tổng Công ty | Mai Thị Mơ": behind an office a whole name is who holds it.
                if depth > 0 && is_company(reading, head_end) && self.is_whole_name(reading, name.end) {
                    return None;
                }
                // "một | công ty Nhật Bản": of what country it is.
                let some = at > 0 && matches!(reading.word(at - 1), "một" | "hai" | "các" | "nhiều" | "những" | "vài");
                let country = self.localities.country(reading, name.end).filter(|_| some);
                if country.is_some_and(|end| !reading.tokens.get(end).is_some_and(Token::is_capital)) {
                    return None;
                }
                let proper = self.proper(reading, name.end, capital);
                // "Bệnh viện Đa khoa | tỉnh": known by its level.
                let level = reading.word(at) == "Bệnh" && self.localities.bare_unit(reading, head_end).is_some();
                let closed = self.until_short_form(reading, at, proper.unwrap_or(name.end));
                let mut end = closed.or(if level { Some(head_end) } else { proper })?;
                // "Báo Hải quan".
                if kind == Head::Press && capital && end == name.end + 1 && self.is_half_word(reading, name.end) {
                    end += 1;
                }
                // "hãng công nghệ Nhật Bản": of what country it is.
                let country = (name.end..end).find(|&at| reading.tokens[at].is_capital());
                let country = country.and_then(|at| self.localities.country(reading, at));
                if head_end == at + 1 && reading.word(at).eq_ignore_ascii_case("hãng") && country == Some(end) {
                    return None;
                }
                // "báo Lao Động": in small letters only before a title of two words.
                if kind == Head::Press && !capital && depth == 0 && !self.is_press_title(reading, head_end..end) {
                    return None;
                }
                if reading.word(at).eq_ignore_ascii_case("trường") {
                    // "Trường Thọ" is a place; a school of that name has its level before it.
                    if capital && head_end == at + 1 && end == head_end + 1 && reading.tokens[head_end].is_capital() {
                        return None;
                    }
                    // "Trường THPT Lê Lợi" is "trường Lê Lợi".
                    if head_end > at + 1 {
                        name.units.push(at + 1..head_end);
                    }
                }
                let company = reading.word(head_end - 1).eq_ignore_ascii_case("ty");
                // "Công ty TNHH VinaTan" is "công ty VinaTan".
                if !company && head_end > at + 2 && is_company(reading, at + 2) {
                    name.units.push(at + 2..head_end);
                }
                // "các Công ty Điện lực": no single one.
                let plain = company && (at > 0 && matches!(reading.word(at - 1), "các" | "Các"));
                if plain && self.fields.longest(&reading.tokens, head_end).is_some_and(|(field, _)| field >= end) {
                    return None;
                }
                name.grow(end);
                true
            }
            _ => true,
        };
        // "Trưởng Ban Văn hóa - Xã hội, | HĐND tỉnh": the council behind a comma is whose committee it is.
        let council = kind == Head::Part
            && depth > 0
            && reading.tokens.get(name.end).is_some_and(|t| t.is(','))
            && (reading.word(name.end + 1) == "HĐND"
                || reading.word(name.end + 1) == "Hội" && reading.word(name.end + 2) == "đồng");
        if council {
            name.end += 1;
            if !self.nested(reading, &mut name, depth, out) {
                name.end -= 1;
            }
        }
        if kind == Head::Part {
            self.board_of(reading, at, &mut name);
        }
        // "Bộ trưởng Bộ Công an | Tô Lân": a ministry is of no place, only of a state.
        let ministry = kind == Head::Topic
            && head_end == at + 1
            && reading.word(at).eq_ignore_ascii_case("bộ")
            && self.localities.known(reading, name.end).is_none()
            && self.tail(reading, name.end).is_none();
        if !(ministry || matches!(kind, Head::Proper | Head::Press))
            || self.localities.unit(reading, name.end).is_some()
            || self.heads_inside(reading, name.end)
        {
            self.complements(reading, &mut name, depth, out)?;
        }
        // "là | trung tâm dịch vụ tỉnh": what a place is.
        if kind == Head::Loose && !capital && at > 0 && reading.word(at - 1) == "là" && reading.word(at) == "trung" {
            return None;
        }
        // "các phòng Nội vụ | quận, huyện": those of many.
        if several && name.bare.is_some() && matches!(kind, Head::Topic | Head::Loose) {
            return None;
        }
        self.of_occasion(reading, at, &mut name);
        self.of_state(reading, at, &mut name);
        // "Bộ xây dựng dự thảo": a subject in small letters may be a verb, unless something closes the name.
        let open = reading.tokens.get(name.end).is_some_and(|t| t.kind == Kind::Word(Case::Lower));
        let complete = match kind {
            // "Cục nghệ thuật biểu diễn | yêu cầu": that word is nothing but a body.
            Head::Topic => {
                let bureau = capital && reading.word(at) == "Cục";
                subject_capital || name.complements > 0 || depth > 0 || !open || head_end - at > 1 || bureau
            }
            // "Thủ trưởng | Cơ quan Cảnh sát điều tra": whose seat it is needs no saying behind an office.
            // "Tư lệnh | BĐBP": so is a force behind its commander.
            Head::Seat => {
                let force = reading.tokens[at].kind == Kind::Word(Case::Upper);
                name.complements > 0 || (depth > 0 && capital && (head_end - at > 2 || force))
            }
            // A body behind it counts for three.
            Head::Of => name.complements >= 3,
            Head::Area | Head::Part => {
                depth > 0 || name.complements > 0 || reading.tokens[at..head_end].iter().any(Token::is_capital)
            }
            // "Phòng cảnh sát hình sự".
            Head::Loose => {
                let police = capital && reading.word(at) == "Phòng" && reading.word(head_end) == "cảnh";
                name.complements > 0 || subject_capital || (inside.office && capital) || police
            }
            _ => true,
        };
        complete.then_some(name)
    }

    /// "Đội Cấn", "Hội Vũ", "Đài Bắc", "Đoàn Lân": a street, a town, a person; what a body of such a word does is known by the lexicon or takes more
    /// than one word.
    fn is_other_name(&self, reading: &Reading, at: usize, from: usize, end: usize) -> bool {
        let head = matches!(reading.word(at), "Đoàn" | "Đội" | "Hội" | "Đài") && from == at + 1;
        let small = reading.tokens[from + 1..end].iter().all(|token| token.kind == Kind::Word(Case::Lower));
        head && small
            && reading.tokens[from].kind == Kind::Word(Case::Title)
            && self.fields.longest(&reading.tokens, from).is_none()
    }

    /// The end of a unit's subject right behind the title of its head, where it goes beyond the words of the lexicon.
    fn unit_of_office(&self, reading: &Reading, from: usize, known: Option<usize>) -> Option<usize> {
        // "phó trưởng ban | Ban Nội chính": the body's own head follows.
        let other = self.localities.surnames.begins(reading, from) || self.head(reading, from).is_some();
        if known.is_none() && other {
            return None;
        }
        let end = self.unit_ends.end(reading, from, known.unwrap_or(from), |at| {
            self.tail(reading, at).is_some()
                || self.localities.surnames.surely_begins(reading, at)
                || self.localities.known(reading, at).is_some()
                || self.localities.unit(reading, at).is_some_and(|(_, unit)| unit.is_administrative())
                || self.heads_inside(reading, at)
        })?;
        // "Sở Y tế, …" is whole; more of it is a name only where the body that it belongs to follows.
        let whole = known.is_some_and(
            |known| matches!(self.fields.longest(&reading.tokens, from), Some((end, true)) if end == known),
        );
        let sign = |sign: char| reading.tokens.get(end).is_some_and(|token| token.is(sign));
        let followed = sign(')') || sign(',') && self.head(reading, end + 1).is_some();
        (!whole || followed).then_some(end)
    }

    /// "xã Tân | Đoàn": the last word of a place's name that looks like a head.
    fn ends_place(&self, reading: &Reading, at: usize, end: usize) -> bool {
        let unit = |at: usize| self.localities.unit(reading, at).filter(|(_, unit)| unit.is_administrative());
        end == at + 1
            && at > 1
            && reading.tokens[at - 1].kind == Kind::Word(Case::Title)
            && reading.tokens[at].kind == Kind::Word(Case::Title)
            && unit(at - 2).is_some_and(|(end, _)| end + 1 == at)
    }

    /// True for two words or more, each with a capital: "Lao Động".
    fn is_press_title(&self, reading: &Reading, title: Range<usize>) -> bool {
        title.len() > 1
            && reading.tokens[title.clone()].iter().all(Token::is_capital)
            && !self.localities.surnames.surely_begins(reading, title.start)
    }
}

/// True behind the head words of companies: "Công ty", "Tổng Công ty", "Tập đoàn".
fn is_company(reading: &Reading, head_end: usize) -> bool {
    head_end > 1
        && matches!(
            (reading.small_word(head_end - 2), reading.small_word(head_end - 1)),
            ("công", "ty") | ("tập", "đoàn")
        )
}

/// A small number in digits or Roman letters.
fn is_rank(reading: &Reading, at: usize) -> bool {
    let word = reading.word(at);
    (1..=5).contains(&word.len())
        && (word.bytes().all(|b| b.is_ascii_digit()) || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')))
}
