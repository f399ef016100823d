//! How a place is written; used by `places` for every place and by `organizations` to cut the names of bodies.
//!
//! - **Unit word and name**: "tỉnh Lâm Hà", "TP. Bạch Giang", "quận 3", "phường 12", "KCN Bình An", "quốc lộ 1A". After province, city
//!   and district words the name is one of the gazetteer, a number, or a run of capitals that is no person's name
//!   ("UBND tỉnh | Nguyễn Văn An"); elsewhere any run of capitals.
//! - **Unit word alone**: "UBND tỉnh", "Công an TP": a place only inside a body's name, and only for administrative units.
//! - **Name alone**: a name of the gazetteer with capitals, not part of a longer run of capitals ("Thanh | Hòa Bình").
//! - **List**: "các phường Tân Hòa và Tân Lập", "3 tỉnh A, B, C": one unit word for several names.

mod names;
mod states;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::lexicon;
use super::people::names::Surnames;
use crate::text::{Case, Kind, Phrases, Reading, fold};

/// What a unit word introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Province,
    City,
    District,
    Commune,
    Hamlet,
    Site,
    Way,
    /// A way whose word is no part of the name: "trục đường".
    Road,
    Water,
    Region,
    /// A region whose word is no part of the name: "khu vực".
    Area,
    /// A compound that begins like a unit word and is none.
    None,
}

impl Unit {
    fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "province" => Self::Province,
            "city" => Self::City,
            "district" => Self::District,
            "commune" => Self::Commune,
            "hamlet" => Self::Hamlet,
            "site" => Self::Site,
            "way" => Self::Way,
            "road" => Self::Road,
            "water" => Self::Water,
            "region" => Self::Region,
            "area" => Self::Area,
            "-" => Self::None,
            _ => return None,
        })
    }

    /// True for units that have a committee of their own.
    pub(super) fn is_administrative(self) -> bool {
        matches!(self, Self::Province | Self::City | Self::District | Self::Commune)
    }
}

/// What a name of the gazetteer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Province,
    District,
    Region,
    Country,
    /// A name that is a place only behind a unit word.
    Unit,
    /// A country with a name that is also another word.
    Short,
}

impl Known {
    fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "province" => Self::Province,
            "district" => Self::District,
            "region" => Self::Region,
            "country" => Self::Country,
            "unit" => Self::Unit,
            "short" => Self::Short,
            _ => return None,
        })
    }
}

/// A place as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locality {
    /// The unit word; empty where there is none.
    pub(super) unit_tokens: Range<usize>,
    /// What the unit word introduces.
    pub(super) unit: Option<Unit>,
    /// The name; empty for a unit word alone.
    pub(super) name: Range<usize>,
}

impl Locality {
    /// From unit word to the end of the name.
    pub(super) fn tokens(&self) -> Range<usize> {
        let start = if self.unit_tokens.is_empty() { self.name.start } else { self.unit_tokens.start };
        start..self.end()
    }

    /// One past its last token.
    pub(super) fn end(&self) -> usize {
        if self.name.is_empty() { self.unit_tokens.end } else { self.name.end }
    }
}

const UNITS: &str = include_str!("lexicons/units.txt");
const COMPOUNDS: &str = include_str!("lexicons/compounds.txt");
const GAZETTEER: &str = include_str!("lexicons/gazetteer.txt");

/// The grammar of places.
#[derive(Debug)]
pub(super) struct Localities {
    units: Phrases<Unit>,
    names: Phrases<Known>,
    compounds: Phrases<()>,
    pub(super) surnames: Surnames,
}

impl Localities {
    /// The grammar, made once: several recognisers read by it, and one copy of its lexicons stays near the processor.
    pub(super) fn shared() -> Arc<Self> {
        static SHARED: LazyLock<Arc<Localities>> = LazyLock::new(|| Arc::new(Localities::new()));
        Arc::clone(&SHARED)
    }

    fn new() -> Self {
        Self {
            units: lexicon::load(UNITS, Unit::parse),
            names: lexicon::load(GAZETTEER, Known::parse),
            compounds: lexicon::load(COMPOUNDS, |_| Some(())),
            surnames: Surnames::new(),
        }
    }

    /// The unit word at a token, with its end. Compounds that only look like one give `None`.
    pub(super) fn unit(&self, reading: &Reading, at: usize) -> Option<(usize, Unit)> {
        let (end, unit) = self.units.longest(&reading.tokens, at)?;
        // "tàu | cao tốc Sao Mai": a train.
        let train = *unit == Unit::Way && at > 0 && matches!(reading.word(at - 1), "tàu" | "Tàu");
        (*unit != Unit::None && !train && !(end == at + 1 && self.closes_compound(reading, at))).then_some((end, *unit))
    }

    /// True for the second syllable of a word like "nhiệm vụ", "thành phố".
    pub(super) fn closes_compound(&self, reading: &Reading, at: usize) -> bool {
        at > 0
            && reading.tokens[at].spaced
            // "toàn quốc | Hội Cựu chiến binh": a capital begins a name.
            && (reading.tokens[at - 1].is_capital() || !reading.tokens[at].is_capital())
            && self.compounds.longest(&reading.tokens, at - 1).is_some_and(|(end, ())| end == at + 1)
    }

    /// A place with its unit word, or one of the gazetteer without, at a token. `inside` a body's name the surroundings of a bare name
    /// do not matter.
    pub(super) fn at(&self, reading: &Reading, at: usize, inside: bool) -> Option<Locality> {
        self.at_unit(reading, at, self.unit(reading, at), inside)
    }

    /// The same where the unit word at the token has been looked for already.
    pub(super) fn at_unit(
        &self,
        reading: &Reading,
        at: usize,
        unit: Option<(usize, Unit)>,
        inside: bool,
    ) -> Option<Locality> {
        let known = self.known(reading, at);
        // "Hồ Chí Minh" is no lake, "Cầu Giấy" no bridge.
        if known.is_none_or(|(_, known)| known != Known::Unit)
            && !self.begins_name(reading, at)
            && let Some(found) = self.with_unit(reading, at, unit)
        {
            return Some(found);
        }
        let (end, known) = known?;
        let free = match known {
            Known::Unit => false,
            Known::Short => !inside && self.stands_alone(reading, at..end, known),
            _ => inside || self.stands_alone(reading, at..end, known),
        };
        (free && !self.begins_person(reading, at..end)).then_some(Locality {
            unit_tokens: at..at,
            unit: None,
            name: at..end,
        })
    }

    /// "Cầu Giấy", "Sóc Sơn": a name of the gazetteer whose first word, with a capital, looks like a unit word.
    pub(super) fn begins_name(&self, reading: &Reading, at: usize) -> bool {
        let name = self.known(reading, at).filter(|(end, _)| *end > at + 1);
        name.is_some_and(|(_, known)| matches!(known, Known::Province | Known::District))
            && reading.tokens[at].is_capital()
            && self.unit(reading, at).is_some_and(|(end, unit)| end == at + 1 && !unit.is_administrative())
    }

    fn with_unit(&self, reading: &Reading, at: usize, unit: Option<(usize, Unit)>) -> Option<Locality> {
        if let Some(end) = short_unit_and_number(reading, at) {
            return Some(Locality { unit_tokens: at..at, unit: None, name: at..end });
        }
        let (from, unit) = unit?;
        let name = self.name(reading, from, unit)?;
        match unit {
            // "khu vực Cái Sâu", "tỉnh miền Trung", "biển Việt Nam", "bờ biển Quảng Trị": the word is no part of the name.
            _ if unit == Unit::Area
                || self.is_country_or_region(reading, &name)
                || self.is_coast(reading, at, &name) =>
            {
                Some(Locality { unit_tokens: at..at, unit: None, name })
            }
            Unit::Road => Some(Locality { unit_tokens: at..at, unit: Some(unit), name }),
            _ => Some(Locality { unit_tokens: at..from, unit: Some(unit), name }),
        }
    }

    /// "bờ biển Quảng Trị": the coast of a province.
    fn is_coast(&self, reading: &Reading, unit: usize, name: &Range<usize>) -> bool {
        reading.word(unit).eq_ignore_ascii_case("biển") && self.is_district(reading, name)
    }

    /// True for the name of a country or region.
    pub(super) fn is_country_or_region(&self, reading: &Reading, name: &Range<usize>) -> bool {
        self.known(reading, name.start)
            .is_some_and(|(end, known)| end == name.end && matches!(known, Known::Country | Known::Region))
    }

    /// True for the name of a province or a district.
    pub(super) fn is_district(&self, reading: &Reading, name: &Range<usize>) -> bool {
        self.known(reading, name.start)
            .is_some_and(|(end, known)| end == name.end && matches!(known, Known::Province | Known::District))
    }

    /// True if a country or a region is named at a token.
    pub(super) fn country(&self, reading: &Reading, at: usize) -> Option<usize> {
        self.known(reading, at).filter(|(_, known)| matches!(known, Known::Country | Known::Short)).map(|(end, _)| end)
    }

    /// A unit word that stands for the unit the report is about: "UBND tỉnh", "Công an TP".
    pub(super) fn bare_unit(&self, reading: &Reading, at: usize) -> Option<Locality> {
        let (end, unit) = self.unit(reading, at).filter(|(_, unit)| unit.is_administrative())?;
        // The stop of "UBND TP." may close a sentence.
        let end = end - usize::from(reading.tokens[end - 1].is('.'));
        Some(Locality { unit_tokens: at..end, unit: Some(unit), name: end..end })
    }

    /// A name of the gazetteer with a capital at every word.
    pub(super) fn known(&self, reading: &Reading, at: usize) -> Option<(usize, Known)> {
        if !reading.tokens.get(at)?.is_word() {
            return None;
        }
        let (end, known) = self.names.longest(&reading.tokens, at)?;
        let first = reading.tokens[at].is_capital();
        let last = reading.tokens[end - 1].is_capital();
        // "VN | Tan": a brand.
        let longer = || {
            reading.tokens.get(end).is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Title))
                && !self.surnames.begins(reading, end)
        };
        if end == at + 1 && reading.word(at) == "VN" && longer() {
            return None;
        }
        (*known == Known::Region || (first && last)).then_some((end, *known))
    }
}

/// "Q1", "P.14" and the like in one word: a capital q or p and up to two digits.
fn short_unit_and_number(reading: &Reading, at: usize) -> Option<usize> {
    let token = reading.tokens.get(at).filter(|token| token.is_capital() && token.end - token.start <= 3)?;
    let word = token.text(reading.document.text()).as_bytes();
    let fits = matches!(word, [b'Q' | b'P', digits @ ..] if (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit));
    fits.then_some(at + 1)
}

/// The surnames of most people of the country.
fn is_most_common(surname: &str) -> bool {
    const SURNAMES: [&str; 14] =
        ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Trương"];
    SURNAMES.contains(&surname)
}

/// Tokens looked through on each side for a name used as a person's.
const NEAR: usize = 2_000;

/// True if the report gives the same words an honorific: "ông Tạ Hòa", "đồng chí Tạ Hòa", "các đồng chí: Tạ Hòa, …".
pub(super) fn named_a_person(reading: &Reading, name: &Range<usize>) -> bool {
    let same = |at: usize| name.clone().zip(at..).all(|(a, b)| reading.tokens[a].key == reading.tokens[b].key);
    let from = name.start.saturating_sub(NEAR).max(1);
    let to = (name.end + NEAR).min(reading.tokens.len() - name.len() + 1);
    let comrade = |at: usize| {
        let colon = usize::from(reading.tokens[at - 1].is(':') && at > 2);
        reading.word(at - 1 - colon) == "chí" && matches!(reading.word((at - colon).wrapping_sub(2)), "đồng" | "Đồng")
    };
    // "Tập đoàn Hoàng Anh | Gia Lai": part of a name.
    let addressed = |at: usize| {
        let inside = at > 1 && reading.tokens[at - 1].is_capital() && reading.tokens[at - 2].is_capital();
        is_honorific(reading.word(at - 1)) && !inside
    };
    (from..to).any(|at| at != name.start && same(at) && (addressed(at) || comrade(at)))
}

/// True behind the words for roads, railways and stretches of land that are named by their two ends, and in lists of them.
fn names_line(reading: &Reading, from: usize, unit: Unit) -> bool {
    let word = reading.small_word(from - 1);
    match unit {
        Unit::Area => word == "vực",
        Unit::Water => word == "sông",
        _ => matches!(word, "tốc" | "lộ" | "sắt" | "thị" | "metro" | "số" | "tô" | "ôtô" | "trục" | "," | ";" | "và"),
    }
}

/// True for a name of two syllables in one word, as the languages of the highlands write them: "Krôngpa".
pub(super) fn is_highland_name(word: &str) -> bool {
    const VOWELS: &str = "aeiouy";
    let bare = fold::unaccented(word).to_lowercase();
    let mut groups = 0;
    let mut inside = false;
    for letter in bare.chars() {
        let vowel = VOWELS.contains(letter);
        groups += usize::from(vowel && !inside);
        inside = vowel;
    }
    groups > 1 && bare.len() > 4
}

fn is_apostrophe(reading: &Reading, at: usize) -> bool {
    reading.tokens[at].is('\'') || reading.tokens[at].is('’')
}

pub(super) fn is_honorific(word: &str) -> bool {
    ["ông", "bà", "anh", "chị", "em", "cháu", "cụ", "Ông", "Bà", "Anh", "Chị", "tiếng"].contains(&word)
}

fn introduces_country(word: &str) -> bool {
    const WORDS: [&str; 25] = [
        "nước",
        "tại",
        "ở",
        "sang",
        "từ",
        "Tại",
        "Ở",
        "với",
        "đi",
        "bạn",
        "và",
        ",",
        "của",
        "-",
        "–",
        "(",
        "giữa",
        "tới",
        "đến",
        "gồm",
        "như",
        "về",
        "trường",
        "phía",
        "khẩu",
    ];
    WORDS.contains(&word)
}
