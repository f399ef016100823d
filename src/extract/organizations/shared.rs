//! One name for several bodies: "UBND các huyện A, B", "các sở Y tế, Xây dựng và Tài chính".

use std::ops::Range;

use super::super::localities::{Localities, Unit};
use super::grammar::Grammar;
use super::heads::Head;
use super::name::{Body, Name};
use crate::text::{Kind, Reading};

impl Grammar {
    /// "các tỉnh A, B và C", "hai quận A và B": the first becomes the complement, the others are kept.
    pub(super) fn places_shared(&self, reading: &Reading, name: &mut Name) -> Option<()> {
        let at = name.end;
        let counted = matches!(reading.word(at), "các" | "hai" | "ba" | "bốn" | "năm")
            || reading.tokens.get(at).is_some_and(|t| t.kind == Kind::Number);
        if !counted {
            return None;
        }
        let (unit_end, unit) = self.localities.unit(reading, at + 1).filter(|(_, u)| u.is_administrative())?;
        let names = list(&self.localities, reading, unit_end, unit);
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

    /// "UBND phường 3, 5, 12 và 15": the numbers behind the first.
    pub(super) fn numbers_shared(&self, reading: &Reading, name: &mut Name) -> Option<()> {
        let unit = name.units.last()?.clone();
        let numbered = name.end == unit.end + 1 && reading.tokens[unit.end].kind == Kind::Number;
        let (_, kind) = self.localities.unit(reading, unit.start).filter(|_| numbered)?;
        let names = list(&self.localities, reading, unit.end, kind);
        let numbers = names.iter().all(|name| name.len() == 1 && reading.tokens[name.start].kind == Kind::Number);
        if names.len() < 3 || !numbers {
            return None;
        }
        // The unit word becomes a piece of its own, so that it is not shared twice.
        let whole = name.pieces.pop()?;
        name.pieces.extend([whole.start..unit.start, unit.clone(), unit.end..whole.end]);
        name.list = Some((unit, names[1..].to_vec()));
        Some(())
    }

    pub(super) fn shared_places(
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
                whole: false,
                generic: false,
            });
        }
        others.last().map_or(name.end, |last| last.end).max(at + 1)
    }

    /// "các sở: Y tế, Xây dựng": takes the first portfolio of a list behind a colon.
    pub(super) fn lists_behind_colon(&self, reading: &Reading, at: usize, name: &mut Name) -> bool {
        let from = name.end + 1;
        let opens = at > 0
            && matches!(reading.word(at - 1), "các" | "Các")
            && reading.tokens.get(name.end).is_some_and(|token| token.is(':'))
            && reading.tokens.get(from).is_some_and(|token| token.is_capital());
        let field = self.fields.longest(&reading.tokens, from).filter(|(_, portfolio)| opens && **portfolio);
        let Some((end, _)) = field else { return false };
        name.subject = from;
        name.pieces.push(from..end);
        name.end = end;
        true
    }

    /// "Sở Y tế, Xây dựng và Tài chính": further portfolios under the same head.
    pub(super) fn shared_head(&self, reading: &Reading, head: Range<usize>, name: &Name, out: &mut Vec<Body>) -> usize {
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
            // "các sở: Y tế, Tài chính; Công an tỉnh": no department's work.
            let ministry = reading.word(head.start).eq_ignore_ascii_case("bộ");
            let other = !ministry && matches!(self.head(reading, at), Some((_, Head::Seat)));
            if other || self.heads_inside(reading, at) {
                return end;
            }
            let mut further = Name {
                end: field_end,
                pieces: vec![head.clone(), at..field_end],
                units: Vec::new(),
                place: None,
                bare: None,
                office: false,
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
                whole: false,
                generic: false,
            });
        }
    }
}

/// "Đảng ủy - HĐND - UBND | xã Tân Hòa", "HĐND, UBND tỉnh": the place behind the last is that of all.
pub(super) fn share_last_place(reading: &Reading, bodies: &mut [Body]) {
    for at in (1..bodies.len()).rev() {
        let (before, behind) = bodies.split_at_mut(at);
        let (Some(first), next) = (before.last_mut(), &behind[0]) else { continue };
        let joined = reading.tokens.get(first.tokens.end).is_some_and(|sign| {
            matches!(sign.kind, Kind::Sign(',' | '-' | '–')) || reading.word(first.tokens.end) == "và"
        });
        if !joined
            || !is_joint(reading, next.tokens.clone())
            || next.tokens.start != first.tokens.end + 1
            || !is_whole(reading, first)
        {
            continue;
        }
        let unit = next.units.last().or(next.bare.as_ref()).map(|unit| unit.start);
        let end = next.pieces.last().map(|piece| piece.end);
        if let Some(place) =
            unit.zip(end).map(|(start, end)| start..end).filter(|place| place.start > next.tokens.start)
        {
            first.pieces.push(place);
            first.units.clone_from(&next.units);
            first.bare.clone_from(&next.bare);
        }
    }
}

/// True for a committee's name without a place, whose place may be that of the next.
fn is_whole(reading: &Reading, body: &Body) -> bool {
    let plain = body.units.is_empty() && body.place.is_none() && body.bare.is_none() && !body.nested;
    plain && is_joint(reading, body.tokens.clone())
}

/// True for committees that every place has: its party's, its people's, its front's.
fn is_joint(reading: &Reading, name: Range<usize>) -> bool {
    match reading.word(name.start) {
        "HĐND" | "UBND" | "UBMTTQ" | "UBMTTQVN" | "MTTQ" => true,
        "Đảng" | "đảng" => matches!(reading.word(name.start + 1), "ủy" | "uỷ" | "bộ") && name.len() >= 2,
        "Thường" | "thường" => reading.word(name.start + 1) == "trực" && reading.word(name.start + 2) == "HĐND",
        "Ủy" | "Uỷ" => matches!(reading.word(name.start + 2), "MTTQ" | "nhân" | "Mặt"),
        "Hội" => reading.word(name.start + 1) == "đồng" && reading.word(name.start + 2) == "nhân",
        _ => false,
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
        // "quốc lộ 20, Quốc | lộ 1", "cầu Lạc, Thanh | tra Sở": half a word begins something else.
        if !names.is_empty() && localities.is_half(reading, &name) {
            break;
        }
        // "hầm Đèo Sao và 17 dự án": how many, behind a name in words.
        let number = |name: &Range<usize>| reading.tokens[name.start].kind == Kind::Number;
        if unit == Unit::Way && number(&name) && names.last().is_some_and(|last| !number(last)) {
            break;
        }
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
