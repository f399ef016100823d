//! Administrative units of Viet Nam: what a name meant on a day, what belongs to what, and what followed.
//!
//! A unit that keeps its name and kind is one unit through every redrawing (Thành phố Hồ Chí Minh before and after
//! 2025-07-01; phường Lái Thiêu); what was divided, joined or renamed ends and names its successors.

mod table;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use self::table::{Kind, Level, Unit, UnitId};
use self::table::{REFORM, Table};
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

/// A place name taken apart: the kinds its unit word allows, and the name proper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// Empty where no unit word stands before the name.
    pub kinds: &'static [Kind],
    /// The name without marks.
    pub bare: String,
    /// The name in spelling form, where marks were typed; they are then held to.
    pub spelling: Option<String>,
}

/// Most words of a name that begins with "Đắk".
const HIGHLAND_WORDS: usize = 4;

/// Unit words in spelling without marks, longest first, and the kinds each allows.
const UNIT_WORDS: [(&[&str], &[&str], &[Kind]); 19] = [
    (&["huyen", "dao"], &["huyện", "đảo"], &[Kind::RuralDistrict]),
    (&["thanh", "pho"], &["thành", "phố"], &[Kind::City]),
    (&["thi", "xa"], &["thị", "xã"], &[Kind::Town]),
    (&["thi", "tran"], &["thị", "trấn"], &[Kind::Township]),
    (&["dac", "khu"], &["đặc", "khu"], &[Kind::SpecialZone]),
    (&["thu", "do"], &["thủ", "đô"], &[Kind::City]),
    (&["t", "p"], &["t", "p"], &[Kind::City]),
    (&["t", "x"], &["t", "x"], &[Kind::Town]),
    (&["tinh"], &["tỉnh"], &[Kind::Province]),
    (&["quan"], &["quận"], &[Kind::UrbanDistrict]),
    (&["huyen"], &["huyện"], &[Kind::RuralDistrict]),
    (&["phuong"], &["phường"], &[Kind::Ward]),
    (&["xa"], &["xã"], &[Kind::Commune]),
    (&["tp"], &["tp"], &[Kind::City]),
    (&["tx"], &["tx"], &[Kind::Town]),
    (&["tt"], &["tt"], &[Kind::Township]),
    (&["q"], &["q"], &[Kind::UrbanDistrict]),
    (&["p"], &["p"], &[Kind::Ward]),
    (&["h"], &["h"], &[Kind::RuralDistrict]),
];

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
        if name.kinds.is_empty() {
            keep_if_any(&mut found, |id| self.unit(id).level == Level::Province);
        }
        if let Some(province) = scope.province {
            keep_if_any(&mut found, |id| self.lies_in(id, province));
        }
        if !name.kinds.is_empty() {
            keep_if_any(&mut found, |id| name.kinds.contains(&self.unit(id).kind));
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

    /// True if the unit exists on some day of the period; of no period asked about, if it exists today.
    #[must_use]
    pub fn exists(&self, id: UnitId, as_of: Option<Edtf>) -> bool {
        let unit = self.unit(id);
        let Some(period) = as_of else { return unit.until.is_none() };
        let begun = |last: Date| unit.from.is_none_or(|from| from <= last);
        let not_ended = |first: Date| unit.until.is_none_or(|until| first < until);
        period.latest().is_none_or(begun) && period.earliest().is_none_or(not_ended)
    }

    /// True if the unit, through every redrawing, exists on some day of the period; of no period asked about, if it exists today.
    #[must_use]
    pub fn stands(&self, id: UnitId, as_of: Option<Edtf>) -> bool {
        let oldest = self.identity(id);
        let later = self.unit(oldest).successors.iter().copied().filter(|next| self.identity(*next) == oldest);
        std::iter::once(oldest).chain(later).any(|row| self.exists(row, as_of))
    }

    /// The oldest row of the unit that this row goes on from: equal for all rows of one unit.
    #[must_use]
    pub fn identity(&self, id: UnitId) -> UnitId {
        self.unit(id).identity
    }

    /// The province that a unit belongs to: itself for a province.
    #[must_use]
    pub fn province_of(&self, id: UnitId) -> UnitId {
        self.ancestors(id).last().unwrap_or(id)
    }

    /// The unit and the units above it, smallest first.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> {
        std::iter::successors(Some(id), |id| self.unit(*id).parent)
    }

    /// The units that took over a unit's area, also where one of them is itself under the same name; empty for a unit that stands
    /// undivided.
    #[must_use]
    pub fn successors(&self, id: UnitId) -> &[UnitId] {
        &self.unit(id).successors
    }

    /// Other units that took over some of a unit's area, each as its oldest row; empty for one that goes on undivided.
    #[must_use]
    pub fn followed_by(&self, id: UnitId) -> Vec<UnitId> {
        let own = self.identity(id);
        let rows = [own, id];
        let next = rows.iter().flat_map(|row| &self.unit(*row).successors).map(|next| self.identity(*next));
        let mut found: Vec<UnitId> = next.filter(|next| *next != own).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Other units some of whose area a unit took over, each as its oldest row.
    #[must_use]
    pub fn follows(&self, id: UnitId) -> &[UnitId] {
        self.predecessors.get(&self.identity(id)).map_or(&[], Vec::as_slice)
    }

    /// The units that stand for a unit in a period: itself while it exists, else all that followed, and what followed them.
    #[must_use]
    pub fn in_force(&self, id: UnitId, as_of: Option<Edtf>) -> Vec<UnitId> {
        let (mut open, mut found) = (vec![id], Vec::new());
        // Successors begin after their predecessors end, so that the walk ends.
        while let Some(next) = open.pop() {
            if self.exists(next, as_of) || self.unit(next).successors.is_empty() {
                found.push(next);
            } else {
                open.extend(&self.unit(next).successors);
            }
        }
        found.sort_unstable();
        self.distinct(found)
    }

    /// The province in whose area a unit lies today.
    #[must_use]
    pub fn province_today(&self, id: UnitId) -> UnitId {
        let province = self.province_of(id);
        let today = self.in_force(province, None);
        self.identity(today.first().copied().unwrap_or(province))
    }

    /// True if the unit lies in the province, before or after the provinces were joined.
    #[must_use]
    pub fn lies_in(&self, id: UnitId, province: UnitId) -> bool {
        let own = self.identity(self.province_of(id));
        let wanted = self.identity(province);
        own == wanted
            || (self.unit(id).from == Some(REFORM) && self.province_today(province) == own)
            || (self.unit(province).from == Some(REFORM) && self.province_today(id) == wanted)
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
        let mut successors: Vec<EntityId> =
            self.unit(oldest).successors.iter().map(|next| self.entity_id(*next)).collect();
        successors.dedup();
        if successors == [self.entity_id(id)] {
            successors.clear();
        }
        PlaceFacts {
            code: self.unit(oldest).code.clone(),
            valid_from: self.unit(oldest).from.map(Edtf::day),
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

impl PlaceName {
    /// Takes a unit word off the front of a name; "Q1" and "P14" count as two words.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        let mut words: Vec<&str> = fold::words(name).collect();
        if let Some(first) = words.first().copied().filter(|first| is_glued(first)) {
            words.splice(0..1, [&first[..1], &first[1..]]);
        }
        let bare: Vec<String> = words.iter().take(3).map(|word| fold::unaccented(word)).collect();
        let bare: Vec<&str> = bare.iter().map(String::as_str).collect();
        match unit_word(&bare, |at| words.get(at).copied().unwrap_or_default()).filter(|(size, _)| *size < words.len())
        {
            Some((size, kinds)) => Self { kinds, ..Self::whole(&words[size..].join(" ")) },
            None => Self::whole(&words.join(" ")),
        }
    }

    /// A name that no unit word stands before.
    #[must_use]
    pub fn whole(name: &str) -> Self {
        let spelling = fold::has_marks(name).then(|| fold::spelling(name));
        Self { kinds: &[], bare: fold::unaccented(name), spelling }
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

/// The unit word that a name begins with, by its words without marks and as written: its number of words and the kinds it allows.
pub(super) fn unit_word<'a>(bare: &[&str], written: impl Fn(usize) -> &'a str) -> Option<(usize, &'static [Kind])> {
    let first = *bare.first()?;
    UNIT_WORDS.iter().find_map(|(plain, marked, kinds)| {
        let size = plain.len();
        let begins = plain[0] == first && bare.len() > size && bare.iter().zip(*plain).all(|(word, unit)| word == unit);
        let as_typed = |(at, unit): (usize, &&str)| {
            let word = written(at);
            !fold::has_marks(word) || fold::spelling(word) == fold::spelling(unit)
        };
        (begins && marked.iter().enumerate().all(as_typed)).then_some((size, *kinds))
    })
}

/// A name of the highlands that begins with "Đắk" or "Krông", without marks and spaces: "Đa Krông", "Đakrông" and "Đăk Rông" are one, "Đắc Mil"
/// and "Đắk Mil", "Krông Pắc" and "Krông Păk" too. `None` for other names.
fn highland(bare: &str) -> Option<String> {
    if let Some(rest) = bare.strip_prefix("krong ") {
        let rest = rest.strip_suffix('k').map_or_else(|| rest.to_owned(), |rest| format!("{rest}c"));
        return Some(format!("krong{}", rest.replace(' ', "")));
    }
    if !bare.starts_with("da") {
        return None;
    }
    let joined: String = bare.split(' ').collect();
    let rest = joined.strip_prefix("dak").or_else(|| joined.strip_prefix("dac")).filter(|rest| !rest.is_empty())?;
    Some(format!("dak{rest}"))
}

/// "Q1", "p14": a unit letter with its number.
fn is_glued(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| matches!(c, 'q' | 'Q' | 'p' | 'P'))
        && word.len() > 1
        && letters.all(|c| c.is_ascii_digit())
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
