//! The table of units, read from the data files beside this one.

use jiff::civil::{Date, date};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The day on which 63 provinces became 34 and the districts ended.
pub(super) const REFORM: Date = date(2025, 7, 1);

const UNITS: &str = include_str!("units.txt");
const OLDER: &str = include_str!("older.txt");

/// A unit of the table, by its row; rows may move when the table changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitId(pub(super) u16);

/// How large a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Quận, huyện, thị xã, thành phố of a province; until 2025-07-01.
    District,
    /// Phường, xã, thị trấn, đặc khu.
    Commune,
}

/// The word before a unit's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Thành phố.
    City,
    /// Tỉnh.
    Province,
    /// Quận.
    UrbanDistrict,
    /// Huyện.
    RuralDistrict,
    /// Thị xã.
    Town,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    SpecialZone,
}

impl Kind {
    /// The word as reports write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::City => "thành phố",
            Self::Province => "tỉnh",
            Self::UrbanDistrict => "quận",
            Self::RuralDistrict => "huyện",
            Self::Town => "thị xã",
            Self::Ward => "phường",
            Self::Commune => "xã",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
        }
    }

    /// True if a unit of this kind may be of the other one later: units grow. Only townships became communes, when districts ended.
    pub(super) fn may_become(self, later: Self) -> bool {
        match later {
            Self::RuralDistrict => self == Self::RuralDistrict,
            Self::Town => matches!(self, Self::RuralDistrict | Self::Town),
            Self::Township | Self::Commune => matches!(self, Self::Commune | Self::Township),
            _ => true,
        }
    }

    /// The kind alone, as a list.
    pub(crate) fn alone(self) -> &'static [Self] {
        match self {
            Self::City => &[Self::City],
            Self::Province => &[Self::Province],
            Self::UrbanDistrict => &[Self::UrbanDistrict],
            Self::RuralDistrict => &[Self::RuralDistrict],
            Self::Town => &[Self::Town],
            Self::Ward => &[Self::Ward],
            Self::Commune => &[Self::Commune],
            Self::Township => &[Self::Township],
            Self::SpecialZone => &[Self::SpecialZone],
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "TP" => Self::City,
            "T" => Self::Province,
            "Q" => Self::UrbanDistrict,
            "H" => Self::RuralDistrict,
            "TX" => Self::Town,
            "P" => Self::Ward,
            "X" => Self::Commune,
            "TT" => Self::Township,
            "ĐK" => Self::SpecialZone,
            _ => return None,
        })
    }
}

/// An administrative unit as it was between two days.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Level letter and official code, such as `D769`.
    pub code: String,
    /// How large it is.
    pub level: Level,
    /// The word before its name.
    pub kind: Kind,
    /// Its name without that word.
    pub name: String,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// First day, where the table bounds it.
    pub from: Option<Date>,
    /// First day after its end, where it ended.
    pub until: Option<Date>,
    /// Units that took over its area.
    pub successors: Vec<UnitId>,
    /// The oldest unit that this one goes on from under the same name and kind, or itself: what its entity is named by.
    pub identity: UnitId,
}

/// All units, and the other names of some of them.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) units: Vec<Unit>,
    pub(super) aliases: Vec<(UnitId, String)>,
    by_code: FxHashMap<String, UnitId>,
    /// Codes of successors as written, in the order of the units.
    written: Vec<Vec<String>>,
    /// Units that went on under another name.
    pub(super) renamed: Vec<(UnitId, String)>,
    /// Lines that could not be read; none, as a test holds.
    pub(super) faults: Vec<&'static str>,
}

impl Table {
    pub(super) fn load() -> Self {
        let mut table = Self::default();
        let mut parents = [None; 2];
        for line in UNITS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if table.read_unit(line, &mut parents).is_none() {
                table.faults.push(line);
            }
        }
        let mut no_parents = [None; 2];
        for line in OLDER.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let read = match line.strip_prefix('~') {
                Some(alias) => table.read_alias(alias),
                None => table.read_unit(line, &mut no_parents),
            };
            if read.is_none() {
                table.faults.push(line);
            }
        }
        table.link();
        table
    }

    pub(super) fn by_code(&self, code: &str) -> Option<UnitId> {
        self.by_code.get(code).copied()
    }

    fn read_alias(&mut self, line: &'static str) -> Option<()> {
        let (code, name) = line.split_once(' ')?;
        self.aliases.push((self.by_code(code)?, name.trim().to_owned()));
        Some(())
    }

    /// Reads a line; `above` holds the nearest province and district before it.
    fn read_unit(&mut self, line: &'static str, above: &mut [Option<UnitId>; 2]) -> Option<()> {
        const SIGNS: [char; 5] = ['<', '|', '^', '>', '='];
        let body = line.find(SIGNS).unwrap_or(line.len());
        let (head, tail) = line.split_at(body);
        let mut words = head.trim().splitn(3, ' ');
        let (code, kind, name) = (words.next()?, Kind::of_code(words.next()?)?, words.next()?);
        let letter = code.chars().next()?;
        let level = level(letter, kind)?;
        let id = UnitId(u16::try_from(self.units.len()).ok()?);
        let parent = match level {
            Level::Province => None,
            Level::District => above[0],
            Level::Commune if letter == 'c' => above[0],
            Level::Commune => above[1],
        };
        let mut unit = Unit {
            code: code.to_owned(),
            level,
            kind,
            name: name.to_owned(),
            parent,
            from: matches!(letter, 'p' | 'c').then_some(REFORM),
            until: matches!(letter, 'P' | 'D' | 'W').then_some(REFORM),
            successors: Vec::new(),
            identity: id,
        };
        let mut written = Vec::new();
        let mut rest = tail;
        while let Some(sign) = rest.chars().next() {
            let end = rest[1..].find(SIGNS).map_or(rest.len(), |at| at + 1);
            let value = rest[1..end].trim();
            match sign {
                '<' => unit.from = Some(value.parse().ok()?),
                '|' => unit.until = Some(value.parse().ok()?),
                '^' => unit.parent = Some(self.by_code(value)?),
                '=' => self.renamed.push((id, value.to_owned())),
                _ => written.extend(value.split(' ').map(|code| successor_code(letter, code))),
            }
            rest = &rest[end..];
        }
        if written.is_empty() && matches!(letter, 'P' | 'W') {
            written.push(successor_code(letter, &code[1..]));
        }
        match level {
            Level::Province => *above = [Some(id), None],
            Level::District => above[1] = Some(id),
            Level::Commune => {}
        }
        self.by_code.insert(code.to_owned(), id);
        self.units.push(unit);
        self.written.push(written);
        Some(())
    }

    /// Turns codes of successors into units, gives districts the successors of their wards, and finds which unit goes on as which.
    fn link(&mut self) {
        for (at, codes) in std::mem::take(&mut self.written).into_iter().enumerate() {
            self.units[at].successors = codes.iter().filter_map(|code| self.by_code(code)).collect();
        }
        let mut of_wards: FxHashMap<UnitId, Vec<UnitId>> = FxHashMap::default();
        for unit in self.units.iter().filter(|unit| unit.level == Level::Commune) {
            if let Some(parent) = unit.parent {
                of_wards.entry(parent).or_default().extend(&unit.successors);
            }
        }
        for (parent, mut successors) in of_wards {
            let unit = &mut self.units[usize::from(parent.0)];
            if unit.level == Level::District && unit.successors.is_empty() {
                successors.sort_unstable();
                successors.dedup();
                unit.successors = successors;
            }
        }
        self.link_identities();
    }

    /// A unit goes on as the successor of the same name and kind, if there is exactly one such pair, or one with the same code.
    fn link_identities(&mut self) {
        let mut before: FxHashMap<UnitId, Vec<UnitId>> = FxHashMap::default();
        for (at, unit) in self.units.iter().enumerate() {
            let Ok(at) = u16::try_from(at).map(UnitId) else { continue };
            for &next in &unit.successors {
                let new = &self.units[usize::from(next.0)];
                if (new.kind, new.level, &new.name) == (unit.kind, unit.level, &unit.name) {
                    before.entry(next).or_default().push(at);
                }
            }
        }
        for (next, olds) in before {
            let code = self.units[usize::from(next.0)].code[1..].to_owned();
            let same_code: Vec<UnitId> =
                olds.iter().copied().filter(|old| self.units[usize::from(old.0)].code[1..] == code).collect();
            if let [old] = if olds.len() == 1 { &olds } else { &same_code }[..] {
                self.units[usize::from(next.0)].identity = old;
            }
        }
        let renamed = std::mem::take(&mut self.renamed);
        for (old, code) in &renamed {
            if let Some(new) = self.by_code(code) {
                self.units[usize::from(old.0)].successors = vec![new];
                self.units[usize::from(old.0)].identity = new;
            }
        }
        self.renamed = renamed;
    }
}

fn level(letter: char, kind: Kind) -> Option<Level> {
    Some(match (letter, kind) {
        ('P' | 'p', _) => Level::Province,
        ('D', _) => Level::District,
        ('W' | 'c', _) => Level::Commune,
        ('O', Kind::Province) => Level::Province,
        ('O', Kind::Ward | Kind::Commune | Kind::Township | Kind::SpecialZone) => Level::Commune,
        ('O', _) => Level::District,
        _ => return None,
    })
}

/// Older units name their successors by full codes, units of the table by the number alone.
fn successor_code(letter: char, code: &str) -> String {
    match letter {
        'P' => format!("p{code}"),
        'D' | 'W' => format!("c{code}"),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let table = Table::load();
        assert_eq!(table.faults, Vec::<&str>::new());
        assert_eq!(table.units.iter().filter(|u| !u.code.starts_with('O')).count(), 14_149);
    }

    #[test]
    fn every_unit_has_a_parent_and_what_ended_has_successors() {
        let table = Table::load();
        for unit in &table.units {
            assert!(unit.parent.is_some() || unit.level == Level::Province, "{unit:?}");
            // Trường Sa and its like aside, nothing vanishes.
            assert!(!unit.successors.is_empty() || unit.until.is_none(), "{unit:?}");
            assert!(table.units[usize::from(unit.identity.0)].identity == unit.identity, "{unit:?}");
        }
    }

    #[test]
    fn a_unit_that_keeps_its_name_stays_the_same() {
        let table = Table::load();
        let unit = |code: &str| &table.units[usize::from(table.by_code(code).expect(code).0)];
        assert_eq!(unit("p79").identity, unit("P79").identity);
        assert_eq!(unit("p91").identity, unit("P89").identity);
        assert_ne!(unit("p91").identity, unit("P91").identity);
        assert_eq!(unit("O001").identity, unit("P46").identity);
        assert_eq!(unit("c25966").identity, unit("W25966").identity);
        assert_eq!(unit("D769").from, Some(date(2021, 1, 1)));
    }
}
