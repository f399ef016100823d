//! What organizations, places and legal documents are known by: keys that are equal across spelling and abbreviation.
//!
//! A key is a pure function of a name and of the report it stands in (its [`Setting`]), and the id of the entity is derived from the key: the
//! same thing gets the same id in whatever order reports arrive.

mod abroad;
mod countries;
mod cut;
mod document;
mod heads;
mod homes;
mod organization;
mod parents;
mod place;

pub(crate) use countries::country;
pub(in crate::registry) use document::LAWS;
pub use document::{DocumentKey, DocumentNumber};
pub(crate) use organization::trimmed;
pub use organization::{Organization, OrganizationKey, Parent};
pub use place::{Place, PlaceKey};

pub(crate) use self::countries::Countries;
use self::heads::Heads;
use super::gazetteer::{Gazetteer, Kind, Level, PlaceName, Scope, UnitId};
use super::lookup::{QueryWords, Syllables};
use super::names::Names;
use super::offices::Titles;
use super::setting::Setting;
use super::site::{Site, unit_word};
use super::words::{self, Word};
use crate::text::{Abbreviations, Typing, fold};

/// What kind of body an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Party committees and their boards.
    Committee,
    /// People's Committees and the government.
    Government,
    /// People's Councils and the National Assembly.
    Council,
    /// The Fatherland Front.
    Front,
    /// Unions and associations.
    Union,
    /// Departments, offices, boards of management.
    Department,
    /// Ministries.
    Ministry,
    /// Police.
    Police,
    /// Army.
    Army,
    /// Courts and procuracies.
    Court,
    /// Companies and banks.
    Company,
    /// Schools and universities.
    School,
    /// Anything else.
    Other,
}

impl Family {
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "committee" => Self::Committee,
            "government" => Self::Government,
            "council" => Self::Council,
            "front" => Self::Front,
            "union" => Self::Union,
            "department" => Self::Department,
            "ministry" => Self::Ministry,
            "police" => Self::Police,
            "army" => Self::Army,
            "court" => Self::Court,
            "company" => Self::Company,
            "school" => Self::School,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Where a body has its say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Jurisdiction {
    /// A unit, by its token: the code of its oldest row, or kind and name where the gazetteer does not know it.
    Unit(String),
    /// A place that is not in the gazetteer, or of which there are several, in spelling form.
    Named(String),
    /// The whole country.
    Central,
    /// Known by its name alone.
    Anywhere,
    /// Nothing tells; known by the report that names it, if there is one.
    Unknown(String),
}

impl Jurisdiction {
    /// The jurisdiction as part of a key.
    #[must_use]
    pub fn token(&self) -> String {
        match self {
            Self::Unit(code) => code.clone(),
            Self::Named(name) => format!("~{name}"),
            Self::Central => "vn".to_owned(),
            Self::Anywhere => "*".to_owned(),
            Self::Unknown(report) => format!("?{report}"),
        }
    }
}

/// Reads names of things. Holds the gazetteer and the lexicons; made once, shared by all threads.
#[derive(Debug)]
pub struct Naming {
    /// Administrative units.
    pub gazetteer: Gazetteer,
    pub(super) abbreviations: Abbreviations,
    pub(super) people: Names,
    pub(super) titles: Titles,
    pub(super) syllables: Syllables,
    pub(super) query_words: QueryWords,
    heads: Heads,
    pub(super) countries: Countries,
}

impl Default for Naming {
    fn default() -> Self {
        Self::new()
    }
}

/// One link of a chain of places such as "phường 5, quận 3".
#[derive(Debug)]
struct Link {
    name: PlaceName,
    level: Level,
}

impl Naming {
    /// Loads the lexicons.
    #[must_use]
    pub fn new() -> Self {
        Self {
            gazetteer: Gazetteer::new(),
            abbreviations: Abbreviations::new(),
            people: Names::new(),
            titles: Titles::new(),
            syllables: Syllables::new(),
            query_words: QueryWords::new(),
            heads: Heads::new(),
            countries: Countries::new(),
        }
    }

    /// Estimated share of the people that bears a full name, in spelling form. 1 for a given name alone: nobody is known by it.
    #[must_use]
    pub fn bearers(&self, name_key: &str) -> f64 {
        if name_key.contains(' ') { self.people.share(name_key) } else { 1.0 }
    }

    /// True for a name that nobody of this country has: it bears no mark, and some word of it can be no syllable, or the first of several is no family
    /// name; or it has a letter that the language lacks; or it stands behind the name of a country ("Nhật Kenji Morita"). Names of the highlands bear
    /// marks ("Ksor Phước", "H'Yim Kđoh").
    pub(super) fn is_foreign_name(&self, name: &str) -> bool {
        let is_foreign = |name: &str| {
            let mut words = fold::words(name).map(str::to_ascii_lowercase);
            let no_family = || {
                let first = fold::words(name).next().unwrap_or_default().to_ascii_lowercase();
                fold::words(name).nth(1).is_some() && !self.people.is_surname(&first)
            };
            name.is_ascii() && (words.any(|word| !self.syllables.contains(&word)) || no_family())
        };
        // "Thái Somchai": too long for a given name of the highlands.
        let ends_foreign = || {
            let last = fold::words(name).last().unwrap_or_default();
            last.len() > 4 && last.is_ascii() && !self.syllables.contains(&last.to_ascii_lowercase())
        };
        // "ä", "ø", "ñ" are letters of other languages.
        let has_other_letter = || name.chars().any(|letter| letter.is_alphabetic() && !fold::bare(letter).is_ascii());
        let behind_country = || {
            let words = self.split(name, Typing::Edited);
            let behind = self.countries.begins(&words).and_then(|size| words.get(size..));
            behind.is_some_and(|behind| !behind.is_empty() && is_foreign(&words::text(behind)))
        };
        is_foreign(name) || ends_foreign() || has_other_letter() || behind_country()
    }

    /// True if a word is a family name, or was typed without marks and may be one.
    pub(super) fn is_family_name(&self, word: &Word) -> bool {
        if word.marked { self.people.is_spelled_surname(&word.spelling) } else { self.people.is_surname(&word.bare) }
    }

    /// True if a word in spelling form is a family name.
    pub(super) fn is_spelled_surname(&self, spelling: &str) -> bool {
        self.people.is_spelled_surname(spelling)
    }

    /// Share of the people with this family name, without marks; 0 for other words.
    pub(super) fn surname_share(&self, bare: &str) -> f64 {
        self.people.surname_share(bare)
    }

    /// A name with its short forms spelt out.
    pub(super) fn expanded(&self, name: &str) -> String {
        words::text(&self.split(name, Typing::Edited))
    }

    /// The level of the smallest unit of a chain of places, if the words are one.
    pub(super) fn chain_of(&self, words: &[Word]) -> Option<Level> {
        self.chain(words, None)?.first().map(|link| link.level)
    }

    /// The words for a wider place behind a unit that lies nowhere in it, and never did: "Hà Nội" in "UBND quận 1 Hà Nội". `None` where each of the
    /// places that the words end with lies within the next.
    pub(super) fn astray(&self, words: &[Word], setting: &Setting) -> Option<String> {
        let at = (0..words.len()).find(|at| self.chain_of(&words[*at..]).is_some())?;
        let chain = self.chain(&words[at..], None)?;
        let (first, wider) = chain.split_first()?;
        // Of several units none is meant for sure, and the words behind tell apart what the table does not know.
        if !first.name.kinds.is_empty() && self.unit_of_chain(&chain, &[], setting).is_err() {
            return None;
        }
        let stray = wider.iter().position(|link| !self.gazetteer.may_lie_in(&first.name, &link.name))?;
        let left = wider.len() - stray;
        let begins = |from: &usize| self.chain(&words[*from..], None).is_some_and(|rest| rest.len() == left);
        (at + 1..words.len()).find(begins).map(|from| words::text(&words[from..]))
    }

    /// The unit that words end with, where that of a body read from them does not lie in it: "Phòng Nội vụ Đồng Văn | tỉnh Nghệ An" is not that of
    /// the district of the name elsewhere.
    pub(super) fn beyond(&self, words: &[Word], body: &Organization) -> Option<String> {
        let unit = body.site.as_ref().and_then(Site::unit)?;
        // Most words end with the unit itself.
        let own = self.gazetteer.display_name(unit);
        if own.rsplit(' ').next().is_some_and(|last| words.last().is_some_and(|word| word.is(last))) {
            return None;
        }
        let at = (0..words.len()).find(|at| self.chain_of(&words[*at..]).is_some())?;
        let chain = self.chain(&words[at..], None)?;
        let (last, before) = chain.split_last()?;
        if before.is_empty() || self.gazetteer.unit_may_lie_in(unit, &last.name) {
            return None;
        }
        let begins = |from: &usize| self.chain(&words[*from..], None).is_some_and(|rest| rest.len() == 1);
        (at + 1..words.len()).find(begins).map(|from| words::text(&words[from..]))
    }

    /// True if a name is that of a unit and nothing more.
    pub(super) fn is_place_name(&self, name: &str) -> bool {
        self.names_place(&self.split(name, Typing::Edited))
    }

    /// True for the name of this country and nothing more, with or without the form of its state.
    pub(super) fn is_own_country(&self, name: &str) -> bool {
        let words = self.split(name, Typing::Edited);
        let own = words.len().checked_sub(2).and_then(|at| Some((words.get(..at)?, words.get(at..)?)));
        own.is_some_and(|(form, name)| {
            country(name).is_some() && name[0].is("việt") && countries::is_form_of_state(form)
        })
    }

    pub(super) fn split(&self, name: &str, typing: Typing) -> Vec<Word> {
        words::split(name, &self.abbreviations, typing)
    }

    fn jurisdiction(&self, site: &Site) -> Jurisdiction {
        Jurisdiction::Unit(self.site_token(site))
    }

    /// Reads words as a unit of the gazetteer, within the report's scope.
    pub(super) fn known_site(&self, words: &[Word], setting: &Setting) -> Option<Site> {
        let chain = self.chain(words, None)?;
        self.unit_of_chain(&chain, &[], setting).ok().map(Site::Unit)
    }

    /// True if a chain cannot be meant in the report: it is about a province that the gazetteer does not know, and so are its units.
    fn is_elsewhere(&self, chain: &[Link], setting: &Setting) -> bool {
        let other_province = matches!(setting.province, Some(Site::Other(_)));
        other_province && chain.iter().all(|link| link.level > Level::Province && !link.name.kinds.is_empty())
    }

    /// Reads words as a chain of places, each within the next: "phường 5, quận 3". Only provinces and districts need no unit word.
    fn chain(&self, words: &[Word], above: Option<Level>) -> Option<Vec<Link>> {
        let Some(first) = words.first() else { return above.map(|_| Vec::new()) };
        let unit = unit_word(words);
        // No longer than the longest name that begins so.
        let most = match unit {
            Some((size, _)) => size + words.get(size).map_or(0, |name| self.gazetteer.longest_beginning(&name.bare)),
            None => self.gazetteer.longest_large_beginning(&first.bare),
        };
        (1..=words.len().min(most)).rev().find_map(|size| {
            let link = self.link(&words[..size], unit)?;
            if above.is_some_and(|below| link.level >= below) {
                return None;
            }
            let mut rest = self.chain(&words[size..], Some(link.level))?;
            rest.insert(0, link);
            Some(rest)
        })
    }

    /// Reads words as one place name, with the level of the largest unit it may mean.
    fn link(&self, words: &[Word], unit: Option<(usize, &'static [Kind])>) -> Option<Link> {
        if words.iter().skip(1).any(|word| word.apart) {
            return None;
        }
        let name = place_name(words, unit, |bare| self.gazetteer.is_name(bare))?;
        let level = self.gazetteer.level_of(&name)?;
        (!name.kinds.is_empty() || level < Level::Commune).then_some(Link { name, level })
    }

    /// The unit that a chain names, within the report's scope; `Err` with how many fit where not exactly one does.
    fn unit_of_chain(&self, chain: &[Link], kinds: &'static [Kind], setting: &Setting) -> Result<UnitId, usize> {
        let mut scope = setting.scope();
        for (index, link) in chain.iter().enumerate().rev() {
            let mut name = link.name.clone();
            if name.kinds.is_empty() && index == 0 {
                name.kinds = kinds;
            }
            let mut found = self.gazetteer.candidates(&name, scope);
            if found.is_empty() {
                found = self.gazetteer.candidates(&link.name, scope);
            }
            if name.kinds.is_empty() && found.iter().any(|id| self.gazetteer.unit(*id).level == Level::Commune) {
                // Not in the report's province, or only as a ward there: the larger unit elsewhere is meant.
                found = self.gazetteer.candidates(&link.name, Scope { province: None, district: None, ..scope });
            }
            match (found.as_slice(), index) {
                ([one], 0) => return Ok(*one),
                (_, 0) => return Err(found.len()),
                ([one], _) if self.gazetteer.unit(*one).level == Level::Province => {
                    scope = Scope { province: Some(*one), district: None, ..scope };
                }
                ([one], _) => {
                    scope = Scope { province: Some(self.gazetteer.province_of(*one)), district: Some(*one), ..scope };
                }
                _ => {}
            }
        }
        Err(0)
    }
}

/// Takes the unit word off a name already cut into words; `None` for names that are not known.
fn place_name(
    words: &[Word],
    unit: Option<(usize, &'static [Kind])>,
    is_known: impl Fn(&str) -> bool,
) -> Option<PlaceName> {
    let (size, kinds) = unit.filter(|(size, _)| *size < words.len()).unwrap_or((0, &[]));
    let name = &words[size..];
    let bare = words::bare(name);
    // Most words are no name: nothing more is made of them.
    is_known(&bare).then(|| {
        let spelling = name.iter().any(|word| word.marked).then(|| words::spelled(name));
        PlaceName { kinds, bare, spelling }
    })
}

/// Unit words that stand alone for the unit the report is about: "UBND tỉnh", "Công an huyện".
fn bare_unit(words: &[Word]) -> Option<(usize, Kind)> {
    const ALONE: [(&[&str], Kind); 9] = [
        (&["thành", "phố"], Kind::City),
        (&["thị", "xã"], Kind::Town),
        (&["thị", "trấn"], Kind::Township),
        (&["đặc", "khu"], Kind::SpecialZone),
        (&["tỉnh"], Kind::Province),
        (&["quận"], Kind::UrbanDistrict),
        (&["huyện"], Kind::RuralDistrict),
        (&["phường"], Kind::Ward),
        (&["xã"], Kind::Commune),
    ];
    ALONE.into_iter().find_map(|(phrase, kind)| {
        let start = words.len().checked_sub(phrase.len())?;
        let is_unit = words[start..].iter().zip(phrase).all(|(word, own)| word.is(own)) && !ends_word(words, start);
        is_unit.then_some((start, kind))
    })
}

/// True for a syllable of "Hải quan", "cơ quan" and, typed without marks, of "quân sự", "quản lý": no district.
fn ends_word(words: &[Word], at: usize) -> bool {
    const FIRST: [&str; 6] = ["hai", "co", "canh", "si", "lien", "tham"];
    const LAST: [&str; 8] = ["su", "doi", "khu", "chung", "doan", "ly", "tri", "trac"];
    let first = at > 0 && FIRST.contains(&&*words[at - 1].bare);
    let last = !words[at].marked && words.get(at + 1).is_some_and(|next| LAST.contains(&&*next.bare));
    words[at].bare == "quan" && (first || last)
}

#[cfg(test)]
mod tests;
