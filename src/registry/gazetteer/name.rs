//! Names of units, taken apart.

use super::Kind;
use crate::text::fold;

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

/// The unit word that a name begins with, by its words without marks and as written: its number of words and the kinds it allows.
pub(in crate::registry) fn unit_word<'a>(
    bare: &[&str],
    written: impl Fn(usize) -> &'a str,
) -> Option<(usize, &'static [Kind])> {
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
pub(super) fn highland(bare: &str) -> Option<String> {
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
