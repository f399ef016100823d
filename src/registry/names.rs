//! Vietnamese personal names: `family [middle …] given`, and how common they are.
//!
//! Three family names cover six in ten people, and "Văn" or "Thị" is the middle name of four in ten, so that a name alone says
//! little about who somebody is: "Nguyễn Văn Nam" has thousands of bearers, "Tô Thị Bích Châu" a handful. [`Names::share`] estimates which
//! share of the people bears a name, as the product of the shares of its parts, which are taken to be independent; the shares in
//! `names.txt` are rounded from published counts of family names and from common sense for the rest. They only weigh evidence, and an error by
//! a factor of three changes few decisions.

use rustc_hash::FxHashMap;

use crate::text::fold;

const NAMES: &str = include_str!("names.txt");

/// Share of the people that bears a part of a name which the table does not list.
const RARE_FAMILY: f64 = 0.002;
const RARE_MIDDLE: f64 = 0.004;
const RARE_GIVEN: f64 = 0.002;
/// Share of the people without a middle name.
const NO_MIDDLE: f64 = 0.05;

/// The tables of names.
#[derive(Debug, Default)]
pub(crate) struct Names {
    family: FxHashMap<String, f64>,
    middle: FxHashMap<String, f64>,
    given: FxHashMap<String, f64>,
    /// Family names without marks.
    bare_family: FxHashMap<String, f64>,
}

impl Names {
    pub fn new() -> Self {
        let mut names = Self::default();
        for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(part), Some(share), Some(words)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let Ok(share) = share.parse::<f64>() else { continue };
            let table = match part {
                "family" => &mut names.family,
                "middle" => &mut names.middle,
                _ => &mut names.given,
            };
            for word in words.split(' ') {
                table.insert(fold::spelling(word), share);
                if part == "family" {
                    let bare = names.bare_family.entry(fold::unaccented(word)).or_default();
                    *bare = bare.max(share);
                }
            }
        }
        names
    }

    /// True if a word without marks is that of a family name.
    pub fn is_surname(&self, bare: &str) -> bool {
        self.bare_family.contains_key(bare)
    }

    /// Share of the people with this family name, without marks; 0 for other words.
    pub fn surname_share(&self, bare: &str) -> f64 {
        self.bare_family.get(bare).copied().unwrap_or_default()
    }

    /// True if a word in spelling form is a family name.
    pub fn is_spelled_surname(&self, spelling: &str) -> bool {
        self.family.contains_key(spelling)
    }

    /// Estimated share of the people that bears this name, in spelling form.
    pub fn share(&self, name: &str) -> f64 {
        let words: Vec<&str> = name.split(' ').collect();
        let of = |table: &FxHashMap<String, f64>, word: &str, rare: f64| table.get(word).copied().unwrap_or(rare);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return 1.0 };
        let given = of(&self.given, last, RARE_GIVEN);
        if words.len() < 2 {
            return given;
        }
        let middle = words.get(1..words.len() - 1).unwrap_or_default();
        let middle: f64 = middle.iter().map(|word| of(&self.middle, word, RARE_MIDDLE)).product();
        let middle = if words.len() == 2 { NO_MIDDLE } else { middle };
        of(&self.family, first, RARE_FAMILY) * middle * given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_common() {
        let names = Names::new();
        let share = |name: &str| names.share(&fold::spelling(name));
        assert!(share("Nguyễn Văn Nam") > 20.0 * share("Nguyễn Thiện Nhân"));
        assert!(share("Nguyễn Thị Hoa") > 1000.0 * share("Tô Thị Bích Châu"));
        assert!(share("") <= 1.0 && share("Chung") < 0.1);
        assert!(names.is_surname("nguyen") && !names.is_surname("thu"));
    }
}
