//! Administrative units of Viet Nam: what a name meant on a day, what belongs to what, and what followed.
//!
//! A unit that keeps its name and kind is one unit through every redrawing (Thành phố Hồ Chí Minh before and after
//! 2025-07-01; phường Lái Thiêu); what was divided, joined or renamed ends and names its successors.

mod name;
mod table;
mod time;

use rustc_hash::FxHashMap;

pub use self::name::PlaceName;
use self::name::highland;
pub(super) use self::name::unit_word;
use self::table::Table;
pub use self::table::{Kind, Level, Unit, UnitId};
use crate::model::{Edtf, EntityId, PlaceFacts};
use crate::text::fold;

/// The units with an index of their names. Made once, shared by all threads; about 5 MB.
#[derive(Debug)]
pub struct Gazetteer {
    table: Table,
    /// By name without marks and unit word.
    by_name: FxHashMap<String, Vec<UnitId>>,
    /// Names of units in spelling form, in the order of the table.
    spelled: Vec<String>,
    /// By unit (its oldest row), the units that it followed.
    predecessors: FxHashMap<UnitId, Vec<UnitId>>,
    /// By the first word of names, without marks: the number of words of the longest name that begins so, of all units and of provinces and
    /// districts alone.
    longest: FxHashMap<String, (usize, usize)>,
}

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This unit.
    One(UnitId),
    /// One of these, and nothing tells which; at least two.
    Several(Vec<UnitId>),
    /// No unit.
    None,
}

/// Most words of a name that begins with "Đắk".
const HIGHLAND_WORDS: usize = 4;

/// What narrows a name down.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope {
    /// The day or period spoken of.
    pub as_of: Option<Edtf>,
    /// The province it should lie in; a name that is nowhere in it is looked for elsewhere.
    pub province: Option<UnitId>,
    /// The district it should lie in, where the province alone does not tell.
    pub district: Option<UnitId>,
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::new()
    }
}

impl Gazetteer {
    /// Reads the built-in table; some ten milliseconds.
    #[must_use]
    pub fn new() -> Self {
        let table = Table::load();
        let mut by_name: FxHashMap<String, Vec<UnitId>> = FxHashMap::default();
        let mut longest: FxHashMap<String, (usize, usize)> = FxHashMap::default();
        let ids = (0..=u16::MAX).map(UnitId);
        let own = ids.zip(&table.units).map(|(id, unit)| (id, &unit.name));
        for (id, name) in own.chain(table.aliases.iter().map(|(id, name)| (*id, name))) {
            let bare = fold::unaccented(name);
            let joined = highland(&bare).filter(|joined| *joined != bare);
            let large = table.units[usize::from(id.0)].level < Level::Commune;
            let mut begins = |first: &str, words: usize| {
                let known = longest.entry(first.to_owned()).or_default();
                *known = (known.0.max(words), if large { known.1.max(words) } else { known.1 });
            };
            begins(bare.split(' ').next().unwrap_or_default(), bare.split(' ').count());
            if let Some(joined) = &joined {
                ["da", "dak", "dac", "krong"].into_iter().for_each(|first| begins(first, HIGHLAND_WORDS));
                begins(joined, 1);
            }
            for key in joined.into_iter().chain([bare]) {
                by_name.entry(key).or_default().push(id);
            }
        }
        let spelled = table.units.iter().map(|unit| fold::spelling(&unit.name)).collect();
        let predecessors = predecessors(&table);
        Self { table, by_name, spelled, longest, predecessors }
    }

    /// A unit. Ids come from this gazetteer alone, so that each has its unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.table.units[usize::from(id.0)]
    }

    /// The unit with this code, such as `D769`.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<UnitId> {
        self.table.by_code(code)
    }

    /// Every unit, in the order of the table.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        (0..=u16::MAX).map(UnitId).take(self.table.units.len())
    }

    /// Names that units have beside those they are shown under: "Đắc Lắc", "Sài Gòn".
    pub fn other_names(&self) -> impl Iterator<Item = (UnitId, &str)> {
        self.table.aliases.iter().map(|(unit, name)| (*unit, name.as_str()))
    }

    /// What a name means: "TP Thủ Đức", "Q.1", "quận 1", "tỉnh Bình Dương", "Bình Dương", also without marks. Of units of several
    /// sizes the largest is meant where no unit word stands before the name. A unit that does not exist in the period asked about is found
    /// where none is that does.
    #[must_use]
    pub fn find(&self, name: &str, scope: Scope) -> Found {
        let mut found = self.candidates(&PlaceName::parse(name), scope);
        if found.is_empty() {
            // "quan son" is huyện Quan Sơn: what looks like a unit word may be part of the name.
            found = self.candidates(&PlaceName::whole(name), scope);
        }
        match found.as_slice() {
            [] => Found::None,
            [one] => Found::One(*one),
            _ => Found::Several(found),
        }
    }

    /// The units a parsed name may mean in a scope, one row for each identity, in the order of the table.
    #[must_use]
    pub fn candidates(&self, name: &PlaceName, scope: Scope) -> Vec<UnitId> {
        let mut found: Vec<UnitId> = self.named(name).collect();
        let is_of_kind = |id: UnitId| name.kinds.contains(&self.unit(id).kind);
        // "thị trấn Cao Lãnh" was no ward that a later reform would make of it and its neighbours.
        found.retain(|id| name.kinds.is_empty() || is_of_kind(*id) || !self.begins_after(*id, scope.as_of));
        if name.kinds.is_empty() {
            keep_if_any(&mut found, |id| self.unit(id).level == Level::Province);
        }
        if let Some(province) = scope.province {
            keep_if_any(&mut found, |id| self.lies_in(id, province));
        }
        if !name.kinds.is_empty() {
            keep_if_any(&mut found, is_of_kind);
            // "thị xã Hồng Ngự" became a city, and the huyện beside it was never a town.
            keep_if_any(&mut found, |id| name.kinds.iter().any(|kind| kind.may_become(self.unit(id).kind)));
            // "TP Huế" was a city of a province until it became one of its own.
            keep_if_any(&mut found, |id| self.exists(id, scope.as_of));
        }
        if let Some(largest) = found.iter().map(|id| self.unit(*id).level).min() {
            found.retain(|id| self.unit(*id).level == largest);
        }
        if let Some(district) = scope.district {
            keep_if_any(&mut found, |id| {
                self.unit(id).parent.is_some_and(|p| self.identity(p) == self.identity(district))
            });
        }
        keep_if_any(&mut found, |id| self.exists(id, scope.as_of));
        self.distinct(found)
    }

    /// The level of the units that a parsed name may mean anywhere, without the work of finding out which: that of [`Self::candidates`].
    pub(super) fn level_of(&self, name: &PlaceName) -> Option<Level> {
        let level = |wanted: &dyn Fn(UnitId) -> bool| {
            self.named(name).filter(|id| wanted(*id)).map(|id| self.unit(id).level).min()
        };
        if name.kinds.is_empty() {
            return level(&|_| true);
        }
        let of_kind = |id: UnitId| name.kinds.contains(&self.unit(id).kind);
        level(&|id| of_kind(id) && self.exists(id, None))
            .or_else(|| level(&of_kind))
            .or_else(|| level(&|id| self.exists(id, None)))
            .or_else(|| level(&|_| true))
    }

    /// True if units have this name, without unit word and marks.
    pub(super) fn is_name(&self, bare: &str) -> bool {
        self.by_name.contains_key(bare) || highland(bare).is_some_and(|joined| self.by_name.contains_key(&joined))
    }

    /// The units with this name, spelt so where marks were typed, of the levels that its unit word may stand for.
    fn named<'a>(&'a self, name: &'a PlaceName) -> impl Iterator<Item = UnitId> + 'a {
        let joined = || self.by_name.get(&highland(&name.bare)?);
        let all = self.by_name.get(&name.bare).or_else(joined).map(Vec::as_slice).unwrap_or_default();
        let is_of_kind = |id: UnitId| {
            name.kinds.is_empty() || name.kinds.iter().any(|kind| levels(*kind).contains(&self.unit(id).level))
        };
        let is_spelled = |id: UnitId| name.spelling.as_ref().is_none_or(|spelling| self.is_spelled(id, spelling));
        all.iter().copied().filter(move |id| is_of_kind(*id) && is_spelled(*id))
    }

    /// Number of words of the longest name of a province or district that begins with this word, without marks; 0 where none does.
    pub(super) fn longest_large_beginning(&self, bare: &str) -> usize {
        self.longest.get(bare).map_or(0, |(_, large)| *large)
    }

    /// The same for all units.
    pub(super) fn longest_beginning(&self, bare: &str) -> usize {
        self.longest.get(bare).map_or(0, |(all, _)| *all)
    }

    /// The unit's name with its unit word: "phường Tân Phước", "Thành phố Hồ Chí Minh".
    #[must_use]
    pub fn display_name(&self, id: UnitId) -> String {
        let unit = self.unit(id);
        if unit.level == Level::Province && unit.kind == Kind::City {
            return format!("Thành phố {}", unit.name);
        }
        format!("{} {}", unit.kind.word(), unit.name)
    }

    /// The id of the unit's entity: equal for all rows of one unit.
    #[must_use]
    pub fn entity_id(&self, id: UnitId) -> EntityId {
        let code = &self.unit(self.identity(id)).code;
        // Old and new provinces share numbers; in lower case a letter more keeps them apart.
        let new = if code.starts_with('p') { "n" } else { "" };
        EntityId::parse(&format!("plc-{new}{}", code.to_ascii_lowercase()))
            .unwrap_or_else(|_| EntityId::derive("plc", &[code]))
    }

    /// The unit that an id names, as its newest row.
    #[must_use]
    pub fn of_entity(&self, id: &EntityId) -> Option<UnitId> {
        let code = id.as_str().strip_prefix("plc-")?;
        let mut letters = code.chars();
        let letter = letters.next()?;
        let upper = if letter == 'c' { 'c' } else { letter.to_ascii_uppercase() };
        let oldest = match code.strip_prefix("np") {
            Some(number) => self.by_code(&format!("p{number}"))?,
            None => self.by_code(&format!("{upper}{}", letters.as_str()))?,
        };
        let newest = self.unit(oldest).successors.iter().copied().find(|next| self.identity(*next) == oldest);
        (self.identity(oldest) == oldest).then(|| newest.unwrap_or(oldest))
    }

    /// What the gazetteer knows of the unit: bounds from the first to the last of its rows, and who followed.
    #[must_use]
    pub fn facts(&self, id: UnitId) -> PlaceFacts {
        let oldest = self.identity(id);
        let newest = self.of_entity(&self.entity_id(id)).unwrap_or(id);
        let first = self.under_other_names(oldest).next().unwrap_or(oldest);
        let mut successors: Vec<EntityId> =
            self.unit(oldest).successors.iter().map(|next| self.entity_id(*next)).collect();
        successors.dedup();
        if successors == [self.entity_id(id)] {
            successors.clear();
        }
        PlaceFacts {
            code: self.unit(oldest).code.clone(),
            valid_from: self.unit(first).from.map(Edtf::day),
            valid_until: self.unit(newest).until.map(Edtf::day),
            successors,
        }
    }

    fn is_spelled(&self, id: UnitId, spelled: &str) -> bool {
        // "Đăk", "Đắk", "Đắc" and "Đak" are one word.
        if ["đa", "đă", "krông"].iter().any(|first| spelled.starts_with(first)) {
            let bare = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).map(fold::bare).collect::<String>();
            let own = self.spelled.get(usize::from(id.0)).and_then(|own| highland(&bare(own)));
            if own.is_some() && own == highland(&bare(spelled)) {
                return true;
            }
        }
        self.spelled.get(usize::from(id.0)).is_some_and(|own| own == spelled)
            || self.table.aliases.iter().any(|(of, alias)| *of == id && fold::spelling(alias) == spelled)
    }

    /// One row for each identity, the last in the order of the table.
    fn distinct(&self, mut ids: Vec<UnitId>) -> Vec<UnitId> {
        let all = ids.clone();
        ids.retain(|id| !all.iter().any(|other| other > id && self.identity(*other) == self.identity(*id)));
        ids.dedup();
        ids
    }
}

/// For each unit, by its oldest row, the other units that named it as a successor.
fn predecessors(table: &Table) -> FxHashMap<UnitId, Vec<UnitId>> {
    let mut found: FxHashMap<UnitId, Vec<UnitId>> = FxHashMap::default();
    let identity = |id: UnitId| table.units[usize::from(id.0)].identity;
    for unit in &table.units {
        for next in unit.successors.iter().map(|next| identity(*next)).filter(|next| *next != unit.identity) {
            let before = found.entry(next).or_default();
            if !before.contains(&unit.identity) {
                before.push(unit.identity);
            }
        }
    }
    found
}

/// Levels at which units of this kind, or ones that were of this kind before they grew, stand.
fn levels(kind: Kind) -> &'static [Level] {
    match kind {
        Kind::City => &[Level::Province, Level::District],
        Kind::Province => &[Level::Province],
        Kind::UrbanDistrict | Kind::RuralDistrict | Kind::Town => &[Level::District],
        Kind::Ward | Kind::Commune | Kind::Township => &[Level::Commune],
        Kind::SpecialZone => &[Level::Commune, Level::District],
    }
}

/// Keeps what passes, unless nothing does.
fn keep_if_any(ids: &mut Vec<UnitId>, passes: impl Fn(UnitId) -> bool) {
    if ids.iter().any(|id| passes(*id)) {
        ids.retain(|id| passes(*id));
    }
}

#[cfg(test)]
mod tests;
