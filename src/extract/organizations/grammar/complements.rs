//! What may follow a body's own name: another body, a place, "Trung ương", "Việt Nam".

use super::super::super::localities::{self, Locality, Unit};
use super::super::heads::Head;
use super::super::name::{Body, Name};
use super::{DEEPEST, Grammar, Inside, is_company, is_rank};
use crate::text::{Kind, Reading};

impl Grammar {
    /// What may follow a body's own name: another body, a place, "Trung ương", "Việt Nam". `None` where no single body is meant.
    pub(super) fn complements(
        &self,
        reading: &Reading,
        name: &mut Name,
        depth: usize,
        out: &mut Vec<Body>,
    ) -> Option<()> {
        while name.complements < 3 {
            let at = name.end;
            if reading.tokens.get(at).is_none_or(|t| t.kind == Kind::Break) {
                break;
            }
            if let Some((end, generic)) = self.tail(reading, at) {
                if generic {
                    if let Some(()) = self.places_shared(reading, name) {
                        break;
                    }
                    return None;
                }
                name.grow(end);
                name.complements += 1;
                // "Tòa án nhân dân khu vực | 3", "Kho bạc Nhà nước khu vực | IX".
                if reading.word(end - 1) == "vực" && is_rank(reading, end) {
                    name.grow(end + 1);
                    self.province_behind(reading, name);
                }
                if self.is_of_union(reading, end) {
                    if !self.nested(reading, name, depth, out) {
                        name.grow(end + 1);
                    }
                    break;
                }
                continue;
            }
            if self.places_shared(reading, name).is_some() {
                break;
            }
            if self.pair_of_states(reading, name) {
                break;
            }
            if name.complements == 0 && depth < DEEPEST && self.nested(reading, name, depth, out) {
                break;
            }
            if !self.place(reading, name) {
                break;
            }
            self.between_states(reading, name);
            if self.numbers_shared(reading, name).is_some() {
                break;
            }
        }
        Some(())
    }

    /// "Hội Hữu nghị | Việt - Lào", "Ủy ban liên Chính phủ | Việt - Nga".
    fn pair_of_states(&self, reading: &Reading, name: &mut Name) -> bool {
        let dash = |at: usize| reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–')));
        let (first, second) = (name.end, name.end + 2);
        if !dash(first + 1) {
            return false;
        }
        let end = match (reading.word(first), reading.word(second)) {
            ("Việt", _) => self.localities.country(reading, second),
            (_, "Việt") => {
                self.localities.country(reading, first).filter(|&end| end == first + 1).map(|_| second + 1)
            }
            _ => None,
        };
        if let Some(end) = end {
            name.grow(end);
            name.complements += 1;
        }
        end.is_some()
    }

    /// "Hội Hữu nghị Việt Nam | - Lào".
    fn between_states(&self, reading: &Reading, name: &mut Name) {
        let dash = reading.tokens.get(name.end).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–')));
        let own = name.end > 1 && (reading.word(name.end - 2), reading.word(name.end - 1)) == ("Việt", "Nam");
        if let Some(end) = self.localities.country(reading, name.end + 1).filter(|_| dash && own) {
            name.grow(end);
        }
    }

    /// "Tòa án nhân dân khu vực 3 | - Lâm Hà": the province whose court it is.
    fn province_behind(&self, reading: &Reading, name: &mut Name) {
        let dash = name.end;
        let joined = reading.tokens.get(dash).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–')));
        let place = joined.then(|| self.localities.at(reading, dash + 1, true)).flatten();
        let large = |place: &Locality| matches!(place.unit, None | Some(Unit::Province | Unit::City));
        if let Some(place) = place.filter(large).filter(|place| !place.name.is_empty()) {
            name.grow(place.end());
            name.complements += 1;
        }
    }

    pub(super) fn nested(&self, reading: &Reading, name: &mut Name, depth: usize, out: &mut Vec<Body>) -> bool {
        let at = name.end;
        let Some((head_end, kind)) = self.head(reading, at) else { return false };
        // "Thành ủy | UBND TP": side by side; only a "Đảng ủy" is a government's.
        let level = name
            .pieces
            .first()
            .is_some_and(|head| matches!(reading.small_word(head.start), "thành" | "tỉnh" | "huyện" | "quận" | "thị"));
        let government = matches!(reading.word(at), "UBND" | "HĐND");
        if !reading.tokens[at].spaced || level && government {
            return false;
        }
        let from = out.len();
        let Some(inner) = self.name(reading, at, head_end, kind, Inside { depth: depth + 1, office: false }, out)
        else {
            out.truncate(from);
            // "Công đoàn | Tổng Công ty": the company the report is about.
            let company = is_company(reading, head_end) && self.generic(reading, at..head_end, kind, false).is_some();
            if company {
                name.grow(head_end);
                name.complements += 3;
            }
            return company;
        };
        let inner_nested = out.split_off(from);
        // "Tổ đại biểu | HĐND TP Bạch Giang": whose delegates they are is a body beside it.
        let beside = at > 1
            && matches!((reading.word(at - 2), reading.word(at - 1)), ("đại", "biểu"))
            && name.pieces.first().is_some_and(|head| matches!(reading.word(head.start), "Tổ" | "tổ"));
        out.push(Body {
            tokens: at..inner.end,
            pieces: inner.pieces.clone(),
            units: inner.units.clone(),
            place: inner.place.clone(),
            bare: inner.bare.clone(),
            fixed: kind == Head::Fixed,
            nested: !beside,
            whole: false,
            generic: false,
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

    pub(in crate::extract::organizations) fn place(&self, reading: &Reading, name: &mut Name) -> bool {
        let at = name.end;
        let found = self.localities.at(reading, at, true).or_else(|| self.localities.bare_unit(reading, at));
        let Some(found) = found else { return self.unknown_place(reading, name) };
        // "Chi bộ | khu phố 5", "Ban Công tác Mặt trận | ấp 3": only these are of hamlets.
        let cell = at > 1
            && (reading.word(at - 2).eq_ignore_ascii_case("chi") && reading.word(at - 1).eq_ignore_ascii_case("bộ")
                || (reading.word(at - 2), reading.word(at - 1)) == ("Mặt", "trận"));
        let administrative = found.unit.is_none_or(|unit| {
            unit.is_administrative()
                || matches!(unit, Unit::Region | Unit::Site)
                || (cell && unit == Unit::Hamlet && !found.name.is_empty())
        });
        if !administrative || !reading.tokens[at].spaced {
            return false;
        }
        // "Chủ tịch UBND phường | Lê Thị Mơ": behind an office three words with a surname are who holds it.
        let holder = name.office
            && found.unit == Some(Unit::Commune)
            && found.name.len() > 2
            && self.localities.surnames.surely_begins(reading, found.name.start);
        let found =
            if holder { Locality { name: found.unit_tokens.end..found.unit_tokens.end, ..found } } else { found };
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
    pub(super) fn unknown_place(&self, reading: &Reading, name: &mut Name) -> bool {
        let at = name.end;
        let tells_level = at > 1
            && (matches!(reading.word(at - 1), "UBND" | "HĐND" | "MTTQ")
                || (matches!(reading.small_word(at - 1), "ủy" | "uỷ" | "đoàn" | "dân" | "an")
                    && matches!(
                        reading.small_word(at - 2),
                        "huyện" | "quận" | "thị" | "thành" | "tỉnh" | "nhân" | "công"
                    )));
        // "Ban Quản lý Khu kinh tế | Mũi Ngà", "Ban Quản lý chợ | Tân Thới".
        let site = at > 2
            && matches!(
                (reading.small_word(at - 2), reading.small_word(at - 1)),
                ("kinh", "tế") | ("tế", "mở") | ("lý", "chợ") | ("công", "nghiệp")
            );
        if !(tells_level || site) || self.head(reading, at).is_some() {
            return false;
        }
        let capitals = self.localities.capitals(reading, at, 6);
        let run = self.localities.before_person(reading, capitals.clone(), 0);
        // "Bí thư Thành đoàn | Ngạc Thùy Linh": behind an office three words are rather who holds it, with a rare surname.
        if name.office && run == capitals && run.len() > 2 {
            return false;
        }
        // "Bộ trưởng Công an | Tô Lân": so are two with a common one.
        let head = name.pieces.first().map_or(at, |head| head.start);
        let led = head > 0 && matches!(reading.word(head - 1), "đốc" | "trưởng" | "thư" | "tịch");
        let held = name.office || led;
        if held && run == capitals && self.localities.surnames.surely_begins(reading, run.start) {
            return false;
        }
        let named = match run.len() {
            1 => localities::is_highland_name(reading.word(run.start)),
            length => length == 2 || length == 3,
        };
        if !named {
            return false;
        }
        name.place = Some(run.clone());
        name.grow(run.end);
        name.complements += 1;
        true
    }
}
