//! Administrative units and named locations.
//!
//! Every place of the grammar in `localities`, once, under its fullest form: "TP.HCM" and "Thành phố Hồ Chí Minh" are one place, "Gia Lai" is
//! "tỉnh Gia Lai" where the report writes that somewhere. Places inside the names of bodies count ("UBND | TP Thủ Đức"), a unit word alone
//! does not ("UBND tỉnh"), nor does a place that is part of a person's name.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::localities::{Known, Localities, Locality, Unit, is_honorific};
use super::organizations::places_in_list;
use super::spelled::Spelled;
use super::{Context, Found};
use crate::text::{Case, Kind, Reading, WordKey};

/// The places a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Places {
    /// Fullest name of each place, in order of first mention.
    pub(super) names: Vec<String>,
    /// Every mention in text order, with the index of the place in `names`.
    pub(super) mentions: Vec<Found<usize>>,
}

/// Most names kept that begin with one word; more stand only in hostile texts.
const MOST: usize = 8;

#[derive(Debug)]
pub(super) struct Recognizer {
    localities: Arc<Localities>,
    spelled: Spelled,
    /// The two words of "thành phố".
    city: [WordKey; 2],
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { localities: Localities::shared(), spelled: Spelled::new(), city: ["thành", "phố"].map(WordKey::of) }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> Places {
        let reading = context.reading;
        let mut found = Vec::new();
        let mut inside = context.organizations.all.iter().peekable();
        let (mut at, mut body_end) = (0, 0);
        while at < reading.tokens.len() {
            while let Some(body) = inside.next_if(|body| body.tokens.start <= at) {
                body_end = body_end.max(body.tokens.end);
            }
            if !reading.tokens[at].is_word() {
                at += 1;
                continue;
            }
            // Inside a body's name, but not as its first words, surroundings do not matter.
            at = self.read_at(reading, at, body_end, &mut found).unwrap_or(at + 1);
        }
        let unknown = &context.organizations.places;
        found.extend(unknown.iter().map(|name| Locality {
            unit_tokens: name.start..name.start,
            unit: None,
            name: name.clone(),
        }));
        self.learn(reading, &mut found);
        found.sort_by_key(|place| place.name.start);
        found.dedup_by_key(|place| place.name.start);
        self.unite(reading, found)
    }

    /// Names that the report writes with a unit word are known where it writes them without: "TP Bạch Giang … Bạch Giang".
    fn learn(&self, reading: &Reading, found: &mut Vec<Locality>) {
        let mut learned: FxHashMap<WordKey, Vec<Range<usize>>> = FxHashMap::default();
        for place in found.iter() {
            // Also names behind bodies that tell their level: "Thành đoàn Bạch Giang … Bạch Giang".
            let administrative = place.unit.is_none_or(Unit::is_administrative);
            if administrative && place.name.len() > 1 && self.localities.known(reading, place.name.start).is_none() {
                let names = learned.entry(reading.tokens[place.name.start].key).or_default();
                if names.len() < MOST {
                    names.push(place.name.clone());
                }
            }
        }
        if learned.is_empty() {
            return;
        }
        let same = |name: &Range<usize>, at: usize| {
            name.clone().zip(at..).all(|(a, b)| {
                reading.tokens.get(b).is_some_and(|token| token.key == reading.tokens[a].key && token.is_capital())
            })
        };
        let taken: FxHashSet<usize> = found.iter().map(|place| place.name.start).collect();
        for at in 0..reading.tokens.len() {
            let Some(names) = learned.get(&reading.tokens[at].key).filter(|_| !taken.contains(&at)) else { continue };
            let Some(name) = names.iter().filter(|name| same(name, at)).max_by_key(|name| name.len()) else { continue };
            let bare = at..at + name.len();
            if self.localities.stands_alone(reading, bare.clone(), Known::Province) {
                found.push(Locality { unit_tokens: at..at, unit: None, name: bare });
            }
        }
    }

    /// "5 xã gồm: Tân An, Bình Hòa và Phú Mỹ", "lên phường gồm …": the names behind a unit word that tells of several.
    fn consisting(&self, reading: &Reading, word: Range<usize>, unit: Unit, out: &mut Vec<Locality>) -> Option<usize> {
        if reading.word(word.end) != "gồm" || !unit.is_administrative() {
            return None;
        }
        let names = places_in_list(&self.localities, reading, word.end + 1, unit);
        let end = names.last().filter(|_| names.len() > 1)?.end;
        // "6 quận, huyện gồm: …": which is which is not said.
        let several = self.is_second_unit(reading, word.start);
        out.extend(names.into_iter().map(|name| match several {
            true => Locality { unit_tokens: word.start..word.start, unit: None, name },
            false => Locality { unit_tokens: word.clone(), unit: Some(unit), name },
        }));
        Some(end)
    }

    fn read_at(&self, reading: &Reading, at: usize, body_end: usize, out: &mut Vec<Locality>) -> Option<usize> {
        if let Some(end) = self.localities.address(reading, at) {
            out.push(Locality { unit_tokens: at..at, unit: None, name: at..end });
            return Some(end);
        }
        // "ông Kim | Sóc Kha Nay": a word of a name that looks like one for a hamlet.
        let named =
            |at: usize| reading.tokens[at].is_capital() && self.localities.surnames.surname(reading, at).is_some();
        let unit = self.localities.unit(reading, at);
        let unit = unit.filter(|(_, unit)| {
            !(*unit == Unit::Hamlet
                && at > 1
                && reading.tokens[at].is_capital()
                && named(at - 1)
                && !named(at - 2)
                && is_honorific(reading.word(at - 2)))
        });
        if let Some(end) = unit.and_then(|(end, unit)| self.consisting(reading, at..end, unit, out)) {
            return Some(end);
        }
        // "Chủ tịch UBND phường | Lê Thị Mơ": the body ends with its unit word.
        if let Some((end, _)) = unit.filter(|(end, _)| *end == body_end) {
            return Some(end);
        }
        if let Some((from, _)) = unit.filter(|(_, unit)| unit.is_administrative() && self.is_second_unit(reading, at)) {
            // "các quận, huyện A, B": which is which is not said.
            let names = places_in_list(&self.localities, reading, from, Unit::District);
            if let Some(end) = names.last().map(|name| name.end).filter(|_| names.len() > 1) {
                let city = |name: &Range<usize>| {
                    self.localities.known(reading, name.start).is_some_and(|(_, k)| k == Known::Unit)
                };
                out.extend(names.into_iter().map(|name| match self.localities.unit(reading, name.start) {
                    Some((end, own)) if end < name.end => {
                        Locality { unit_tokens: name.start..end, unit: Some(own), name: end..name.end }
                    }
                    _ if city(&name) => Locality { unit_tokens: at..from, unit: Some(Unit::City), name },
                    _ => Locality { unit_tokens: at..at, unit: None, name },
                }));
                return Some(end);
            }
        }
        if let Some((from, unit)) = unit.filter(|(from, unit)| {
            // "đường Nguyễn Trãi, Trần Phú": streets are listed under one word also without "các".
            let street = matches!(unit, Unit::Way | Unit::Road) && !self.localities.begins_name(reading, at);
            street || is_plural(reading, at) || reading.tokens.get(*from).is_some_and(|t| t.kind == Kind::Number)
        }) {
            let streets = matches!(unit, Unit::Way | Unit::Road);
            let from = if streets { behind_examples(reading, from) } else { from };
            let mut names = places_in_list(&self.localities, reading, from, unit);
            if streets && !is_plural(reading, at) {
                // "đường Trần Phú, Hà Nội": where the street is.
                let elsewhere = names.iter().skip(1).position(|name| self.localities.is_district(reading, name));
                names.truncate(elsewhere.map_or(names.len(), |index| index + 1));
            }
            let Some(last) = names.last().map(|name| name.end) else { return Some(from) };
            let unit_tokens = if unit == Unit::Road { at..at } else { at..from };
            out.extend(names.into_iter().map(|name| {
                // "4 tỉnh: Lâm Hà, Sơn Tân": behind a colon the word says what they are.
                let told = unit == Unit::Province && reading.tokens[from].is(':');
                if told || self.localities.is_country_or_region(reading, &name) {
                    return Locality { unit_tokens: at..at, unit: None, name };
                }
                // "các tỉnh Lâm Hà, TP HCM": a name with a unit word of its own.
                let own = self.localities.unit(reading, name.start);
                if let Some((end, own)) =
                    own.filter(|(end, own)| !streets && *end < name.end && own.is_administrative())
                {
                    return Locality { unit_tokens: name.start..end, unit: Some(own), name: end..name.end };
                }
                Locality { unit_tokens: unit_tokens.clone(), unit: Some(unit), name }
            }));
            return Some(last);
        }
        let Some(place) = self.localities.at_unit(reading, at, unit, at < body_end) else {
            return unit.map(|(from, _)| from);
        };
        let end = place.end();
        out.push(place);
        Some(end)
    }

    /// True for the second of two unit words: "quận, | huyện", "xã/ | phường".
    fn is_second_unit(&self, reading: &Reading, at: usize) -> bool {
        let joined = at > 1 && matches!(reading.tokens[at - 1].kind, Kind::Sign(',' | '/'));
        let first = |at: usize| self.localities.unit(reading, at).filter(|(_, unit)| unit.is_administrative());
        joined
            && (at - 2..at - 1)
                .chain(at.saturating_sub(3)..at - 2)
                .any(|back| first(back).is_some_and(|(end, _)| end == at - 1))
    }

    fn unite(&self, reading: &Reading, found: Vec<Locality>) -> Places {
        let keys: Vec<(Vec<WordKey>, Vec<WordKey>)> = found.iter().map(|place| self.keys(reading, place)).collect();
        // The first form with a unit word for each name: provinces and cities before others.
        let mut with_unit: FxHashMap<&[WordKey], usize> = FxHashMap::default();
        for (index, (place, (_, name))) in found.iter().zip(&keys).enumerate() {
            if place.unit.is_some() {
                let slot = with_unit.entry(name).or_insert(index);
                if rank(found[*slot].unit) > rank(place.unit) {
                    *slot = index;
                }
            }
        }
        let mut places = Places::default();
        let mut index_of: FxHashMap<&[WordKey], usize> = FxHashMap::default();
        for (index, place) in found.iter().enumerate() {
            let full = if place.unit.is_none() { with_unit.get(keys[index].1.as_slice()).copied() } else { None };
            let full = full.unwrap_or(index);
            let slot = *index_of.entry(&keys[full].0).or_insert_with(|| {
                places.names.push(name(reading, &found[full]));
                places.names.len() - 1
            });
            let tokens = if is_plural(reading, place.unit_tokens.start) && place.name.start > place.unit_tokens.end {
                place.name.clone()
            } else {
                place.tokens()
            };
            places.mentions.push(Found { tokens, value: slot });
        }
        places
    }

    /// The words of unit and name, and of the name alone.
    fn keys(&self, reading: &Reading, place: &Locality) -> (Vec<WordKey>, Vec<WordKey>) {
        let name = self.spelled.words(reading, place.name.clone());
        let mut whole = Vec::with_capacity(name.len() + 1);
        whole.extend(place.unit.and_then(class).map(WordKey::of));
        whole.extend(&name);
        // A name that holds its unit word ("TP.HCM") is a city by itself; its name is what is behind.
        match name.strip_prefix(self.city.as_slice()) {
            Some(own) => ([&[WordKey::of("city")], own].concat(), own.to_vec()),
            None => (whole, name),
        }
    }
}

/// What tells places of one name apart: units of one class are the same place ("huyện đảo X" = "huyện X"), regions and roads have none.
fn class(unit: Unit) -> Option<&'static str> {
    Some(match unit {
        Unit::Province => "province",
        Unit::City => "city",
        Unit::District => "district",
        Unit::Commune => "commune",
        Unit::Hamlet => "hamlet",
        Unit::Site => "site",
        Unit::Way => "way",
        Unit::Water => "water",
        Unit::Road | Unit::Region | Unit::Area | Unit::None => return None,
    })
}

/// Which unit a bare name means first.
fn rank(unit: Option<Unit>) -> u8 {
    match unit {
        Some(Unit::Province) => 0,
        Some(Unit::City) => 1,
        Some(Unit::District) => 2,
        Some(Unit::Commune) => 3,
        Some(Unit::Way) => 9,
        _ => 5,
    }
}

/// "các tỉnh", "hai quận", "3 phường": a unit word for several names.
fn is_plural(reading: &Reading, unit: usize) -> bool {
    let Some(before) = unit.checked_sub(1) else { return false };
    reading.tokens[before].kind == Kind::Number
        || matches!(reading.word(before), "các" | "Các" | "hai" | "Hai" | "ba" | "Ba" | "bốn" | "những")
}

fn name(reading: &Reading, place: &Locality) -> String {
    let open = place.unit_tokens.clone().find(|&at| reading.tokens[at].is('('));
    let end = place.unit_tokens.end;
    // "ĐT.741".
    let stopped = end + 1 == place.name.start && reading.tokens[end].is('.') && !reading.tokens[end + 1].spaced;
    if place.unit_tokens.is_empty() || stopped || (end == place.name.start && open.is_none()) {
        return reading.text(place.tokens()).to_owned();
    }
    let unit = place.unit_tokens.start..open.unwrap_or(place.unit_tokens.end);
    format!("{} {}", reading.text(unit), reading.text(place.name.clone()))
}

/// "một số tuyến đường | đi bộ như Trần Phú, Lê Lợi": where the examples of a kind of streets begin, else the token itself.
fn behind_examples(reading: &Reading, at: usize) -> usize {
    const MOST: usize = 4;
    let small = |at: &usize| reading.tokens.get(*at).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
    let words = (at..at + MOST).take_while(small).count();
    let as_word = (at..at + words).find(|&at| matches!(reading.word(at), "như" | "gồm" | "là"));
    as_word.map_or(at, |as_word| as_word + 1)
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};

    fn names(text: &str) -> Vec<String> {
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        record.places.into_iter().map(|place| place.name).collect()
    }

    #[test]
    fn places_by_unit_list_and_gazetteer() {
        for (text, expected) in [
            ("UBND TP Thủ Đức họp tại phường An Khánh.", vec!["TP Thủ Đức", "phường An Khánh"]),
            ("các phường Lái Sung và Tân Phước", vec!["phường Lái Sung", "phường Tân Phước"]),
            ("2 quận Ba Đình và Tây Hồ", vec!["quận Ba Đình", "quận Tây Hồ"]),
            ("Gia Lai có rừng. Tỉnh Gia Lai họp.", vec!["Tỉnh Gia Lai"]),
            ("TP.HCM và thành phố Hồ Chí Minh", vec!["TP.HCM"]),
            ("trụ sở ở số 8-12 Lê Duẩn, quận 1", vec!["số 8-12 Lê Duẩn", "quận 1"]),
            ("giữa Mỹ và Pháp", vec!["Mỹ", "Pháp"]),
            ("UBND tỉnh họp, xã hội", vec![]),
            ("các quận, huyện Ba Đình, Đông Anh và Sóc Sơn", vec!["Ba Đình", "Đông Anh", "Sóc Sơn"]),
            ("UBND tỉnh, huyện Đông Anh chỉ đạo", vec!["huyện Đông Anh"]),
            (
                "cao tốc TP.HCM - Tân Lập - Mỹ Lộc, tuyến metro số 1 Tân Hòa - Suối Sao, ĐT.741",
                vec!["cao tốc TP.HCM - Tân Lập - Mỹ Lộc", "Tân Hòa - Suối Sao", "ĐT.741"],
            ),
            ("thủy điện Lam Sao 2 đã phát điện", vec!["thủy điện Lam Sao 2"]),
            ("tại Hội trường Thống Nhất và hội trường Thành ủy", vec!["Hội trường Thống Nhất"]),
            ("Từ Hà Nội đi hầm chui Tân Lập", vec!["Hà Nội", "hầm chui Tân Lập"]),
            ("tỉnh Hà Nam Ninh, tỉnh Gia Lai - Kon Tum cũ", vec!["tỉnh Hà Nam Ninh", "tỉnh Gia Lai - Kon Tum"]),
            ("dưới dãy Hoàng Liên Sơn, dãy núi Đá Bia", vec!["dãy Hoàng Liên Sơn", "dãy núi Đá Bia"]),
            ("tại sân vận động Tân Hòa và nhà hát Tân Lập", vec!["sân vận động Tân Hòa", "nhà hát Tân Lập"]),
            (
                "cao tốc Tân Hòa - Mỹ Lộc và Mỹ Lộc - Tân Hưng",
                vec!["cao tốc Tân Hòa - Mỹ Lộc", "cao tốc Mỹ Lộc - Tân Hưng"],
            ),
            ("tai nạn tại 3 tỉnh: Gia Lai, Lào Cai, Hà Giang", vec!["Gia Lai", "Lào Cai", "Hà Giang"]),
            (
                "hầm đường bộ Đèo Sao và 17 dự án; đường trục Bắc - Nam",
                vec!["hầm đường bộ Đèo Sao", "đường trục Bắc - Nam"],
            ),
            (
                "cao tốc Tân Hòa - Mỹ Lộc; Tân Lập - Hòa Bình; cao tốc Bắc - Nam phía Đông",
                vec!["cao tốc Tân Hòa - Mỹ Lộc", "cao tốc Tân Lập - Hòa Bình", "cao tốc Bắc - Nam phía Đông"],
            ),
            ("lưu vực sông Sao - Thái Bình, sông Mơ", vec!["sông Sao - Thái Bình", "sông Mơ"]),
            ("bên sông Lam Sao - Ảnh: HÀ NAM", vec!["sông Lam Sao"]),
            ("tuyến đường sắt đô thị Tân Hòa - Ga Tân Lập", vec!["Tân Hòa - Ga Tân Lập"]),
            ("khu vực Lam Hoan - Sao Hôm", vec!["Lam Hoan - Sao Hôm"]),
            ("Trưởng thôn Lê Văn Sáu và già làng Quàng Văn Ba", vec![]),
            ("chương trình nông thôn Quảng Trị", vec!["Quảng Trị"]),
            ("Quang cảnh. Ảnh: HÀ NAM", vec![]),
            ("họp tại Sóc Sơn, Hà Nội", vec!["Sóc Sơn", "Hà Nội"]),
            ("một số tuyến đường đi bộ như Lam Sao, Trần Cao Hà", vec!["Lam Sao", "Trần Cao Hà"]),
            ("trụ trì chùa Ba Vàng Thích Minh Tâm", vec!["chùa Ba Vàng"]),
            (
                "tại trạm thu phí BOT Tân Lập và khách sạn Hoa Sen",
                vec!["trạm thu phí BOT Tân Lập", "khách sạn Hoa Sen"],
            ),
            ("các tuyến đường Phù Lam Sao Hôm, Mai Sao", vec!["Phù Lam Sao Hôm", "Mai Sao"]),
            ("Bà Hồ Lan và ông Hồ Hương dự", vec![]),
            ("họp tại đường Lam Sao, Hà Nội", vec!["đường Lam Sao", "Hà Nội"]),
            ("nối quốc lộ 20, Quốc lộ 1", vec!["quốc lộ 20", "Quốc lộ 1"]),
            ("dự án ven sông Lam Sao", vec!["sông Lam Sao"]),
            ("tàu cá trên biển Quảng Trị", vec!["Quảng Trị"]),
            ("tại khu vực Trung tâm báo chí", vec![]),
            ("lập biên bản Công ty Lam Sao", vec![]),
            ("tại các huyện Phú Tân, Mỹ An, Lộc Điền", vec!["huyện Phú Tân", "huyện Mỹ An", "huyện Lộc Điền"]),
            ("theo quy định của Pháp luật; tàu cao tốc Sao Mai", vec![]),
            ("đồng chí Hồ Tám dự", vec![]),
            ("làm tuyến đường Vành đai 3", vec!["tuyến đường Vành đai 3"]),
            ("Thành đoàn Bạch Tân họp. Thanh niên Bạch Tân vui.", vec!["Bạch Tân"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
