//! How well a typed name fits a known one.

use super::reading::QueryReading;
use super::syllables::distance;
use crate::registry::keys::Naming;
use crate::text::fold;

/// How a typed name fits a known one, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same in every letter and mark, up to spelling.
    Equal,
    /// The same letters; marks were left out, wholly or in places.
    Unaccented,
    /// The same letters; a mark is wrong in a way that people get wrong.
    Misspelt,
    /// A letter is wrong, and what was typed is no syllable of the language.
    Slip,
    /// A letter or two are wrong, and what was typed could be another name; or a mark makes it another name.
    Near,
    /// The last words of the name, or family and given name without the middle.
    Part,
    /// The same with marks left out, where others were typed.
    PartUnaccented,
}

impl Fit {
    /// The score of a name that fits like this, where nobody else does.
    pub fn score(self) -> f64 {
        match self {
            Self::Equal => 0.98,
            Self::Unaccented => 0.96,
            Self::Misspelt => 0.92,
            Self::Slip => 0.88,
            Self::Near => 0.4,
            Self::Part => 0.45,
            Self::PartUnaccented => 0.43,
        }
    }

    /// True if a program may act on it, where nobody else fits as well.
    pub fn is_certain(self) -> bool {
        self <= Self::Slip
    }

    pub fn reason(self) -> &'static str {
        match self {
            Self::Equal => "the name, letter by letter",
            Self::Unaccented => "the name, marks left out",
            Self::Misspelt => "the name with a mark that is often written wrong",
            Self::Slip => "the name with a slip of the hand",
            Self::Near => "a name that is nearly the same",
            Self::Part => "part of the name",
            Self::PartUnaccented => "part of the name, marks left out",
        }
    }
}

/// How closely names fit what was typed: for a store that finds more bearers of a name than it can read.
#[derive(Debug)]
pub struct NameFits<'a>(Typed<'a>);

/// How closely a name fits; less is closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closeness(Fit);

impl<'a> NameFits<'a> {
    /// Of the name that was read; `None` where none was.
    #[must_use]
    pub fn of(reading: &'a QueryReading) -> Option<Self> {
        reading.name.as_ref().map(|name| Self(Typed::new(&name.text).with_marks(reading.has_marks)))
    }

    /// How closely the best of some names fits; `None` if none does.
    pub fn best<'n>(&self, names: impl Iterator<Item = &'n str>, naming: &Naming) -> Option<Closeness> {
        names.filter_map(|name| self.0.fit(name, naming)).min().map(Closeness)
    }
}

/// A name as typed, folded once to be compared with many.
#[derive(Debug)]
pub(super) struct Typed<'a> {
    text: &'a str,
    words: Vec<TypedWord<'a>>,
    /// Marks were typed somewhere in the text.
    has_marks: bool,
}

#[derive(Debug)]
struct TypedWord<'a> {
    text: &'a str,
    spelling: String,
    bare: String,
    marked: bool,
}

impl<'a> Typed<'a> {
    pub fn new(text: &'a str) -> Self {
        let word = |word: &'a str| TypedWord {
            text: word,
            spelling: fold::spelling(word),
            bare: fold::unaccented(word),
            marked: fold::has_marks(word),
        };
        Self { text, words: fold::words(text).map(word).collect(), has_marks: false }
    }

    /// The same in a text with marks, or without any.
    pub fn with_marks(self, has_marks: bool) -> Self {
        Self { has_marks, ..self }
    }

    /// How it fits a known name; `None` if it does not.
    pub fn fit(&self, known: &str, naming: &Naming) -> Option<Fit> {
        let typed = &self.words;
        // A given name names nobody for sure, even where a report told no more of somebody.
        let is_given = || match typed.as_slice() {
            [one] => naming.syllables.contains(&one.bare),
            // "Lê Văn", "Lê Thị": what a report left of a name.
            [_, middle] => ["van", "thi"].contains(&middle.bare.as_str()) && middle.spelling != fold::spelling("vân"),
            _ => false,
        };
        if self.text == known && !typed.is_empty() {
            return Some(if is_given() { Fit::Part } else { Fit::Equal });
        }
        let known: Vec<&str> = fold::words(known).collect();
        if typed.is_empty() || known.is_empty() {
            return None;
        }
        if known.len() == typed.len() && is_given() {
            return self.part(&known);
        }
        if typed.len() != known.len() {
            let joined = || fold::unaccented(&known.concat());
            // "Thuan" is a name, and "thuan" not "Thu An" run together.
            let run_together = |word: &TypedWord<'_>| word.bare.len() > 5 && !naming.syllables.contains(&word.bare);
            if typed.len() == 1 && run_together(&typed[0]) && typed[0].bare == joined() {
                return Some(Fit::Unaccented);
            }
            return self.part(&known);
        }
        let mut worst = Fit::Equal;
        let mut wrong = 0;
        for (at, (own, other)) in typed.iter().zip(&known).enumerate() {
            let fits = word_fit(own, other, at == 0, naming)?;
            wrong += usize::from(fits > Fit::Unaccented);
            worst = worst.max(fits);
        }
        // One wrong syllable is a slip, two are another name.
        (wrong < 2 || worst < Fit::Slip).then_some(worst).or((wrong == 2 && typed.len() > 2).then_some(Fit::Near))
    }
}

impl Typed<'_> {
    fn part(&self, known: &[&str]) -> Option<Fit> {
        let typed = self.words.as_slice();
        let same = |own: &TypedWord<'_>, other: &str| match own.marked {
            true => own.spelling == fold::spelling(other),
            false => own.has_letters_of(other),
        };
        if typed.len() > known.len() {
            return None;
        }
        let tail = &known[known.len() - typed.len()..];
        let is_tail = typed.iter().zip(tail).all(|(own, other)| same(own, other));
        let ends =
            typed.len() == 2 && known.len() > 2 && same(&typed[0], known[0]) && same(&typed[1], known[known.len() - 1]);
        // "ông Lan" is rather Lan than Lân; "ong Lan" may be either.
        let last = typed.last().zip(known.last());
        let marked = self.has_marks && last.is_some_and(|(own, other)| own.spelling != fold::spelling(other));
        (is_tail || ends).then_some(if marked { Fit::PartUnaccented } else { Fit::Part })
    }
}

impl TypedWord<'_> {
    /// True if the letters are the same, marks left out.
    fn has_letters_of(&self, other: &str) -> bool {
        self.bare.chars().eq(other.chars().flat_map(char::to_lowercase).map(fold::bare))
    }
}

fn word_fit(typed: &TypedWord<'_>, known: &str, family: bool, naming: &Naming) -> Option<Fit> {
    if typed.text == known {
        return Some(Fit::Equal);
    }
    let wanted = fold::spelling(known);
    if typed.spelling == wanted {
        return Some(Fit::Equal);
    }
    if typed.has_letters_of(known) {
        let spelled = &typed.spelling;
        let unmarked = leaves_marks_out(typed, &wanted);
        let other_name = family && naming.is_spelled_surname(spelled);
        return Some(match () {
            () if unmarked => Fit::Unaccented,
            // "Nguyển" is no family name, and the hook and the tilde sound alike in half the country.
            () if (family && !other_name) || hook_and_tilde(spelled) == hook_and_tilde(&wanted) => Fit::Misspelt,
            () => Fit::Near,
        });
    }
    let bare_wanted = fold::unaccented(known);
    let wrong = distance(&typed.bare, &bare_wanted, 2);
    match (wrong, naming.syllables.contains(&typed.bare)) {
        (1, false) => Some(Fit::Slip),
        (1 | 2, _) if bare_wanted.len() > 2 => Some(Fit::Near),
        _ => None,
    }
}

/// True if what was typed, in spelling form, is no more than the known word with marks left out. "Lân" is another name than "Lẫn"; "Đat" is
/// none: a syllable that ends in a stop has a tone.
fn leaves_marks_out(typed: &TypedWord<'_>, known: &str) -> bool {
    if !typed.marked {
        return true;
    }
    let spelled = typed.spelling.as_str();
    let stem = known.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = spelled.chars().count() == stem.chars().count()
        && spelled.chars().zip(stem.chars()).all(|(own, other)| own == other || own == fold::bare(other));
    letters && spelled.ends_with(['p', 't', 'c', 'h']) && !spelled.ends_with("nh")
}

/// A spelling form in which the tones hook (3) and tilde (4) are one.
fn hook_and_tilde(spelling: &str) -> String {
    spelling.strip_suffix('4').map_or_else(|| spelling.to_owned(), |stem| format!("{stem}3"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static NAMING: LazyLock<Naming> = LazyLock::new(Naming::new);

    #[test]
    fn names_fit_by_marks_letters_and_parts() {
        let fits = |typed: &str, known: &str| Typed::new(typed).fit(known, &NAMING);
        assert_eq!(fits("Nguyễn Văn Thuý", "Nguyễn Văn Thúy"), Some(Fit::Equal));
        assert_eq!(fits("nguyen van lan", "Nguyễn Văn Lân"), Some(Fit::Unaccented));
        assert_eq!(fits("Nguyễn Van Lan", "Nguyễn Văn Lân"), Some(Fit::Unaccented));
        assert_eq!(fits("Nguyển Văn Lân", "Nguyễn Văn Lân"), Some(Fit::Misspelt));
        assert_eq!(fits("Nguyên Văn Lân", "Nguyễn Văn Lân"), Some(Fit::Misspelt));
        assert_eq!(fits("Nguyễn Văn Lẫn", "Nguyễn Văn Lân"), Some(Fit::Near));
        assert_eq!(fits("Lê Văn Nguyên", "Lê Văn Nguyễn"), Some(Fit::Near));
        assert_eq!(fits("Lê Văn Đat", "Lê Văn Đạt"), Some(Fit::Unaccented));
        assert_eq!(fits("Ngyuen Van Lan", "Nguyễn Văn Lân"), Some(Fit::Slip));
        assert_eq!(fits("Nguyễn Văn Lann", "Nguyễn Văn Lân"), Some(Fit::Slip));
        assert_eq!(fits("Nguyễn Văn Loan", "Nguyễn Văn Lân"), Some(Fit::Near));
        assert_eq!(fits("Bích Châu", "Tô Thị Bích Châu"), Some(Fit::Part));
        assert_eq!(fits("Nguyễn Lân", "Nguyễn Văn Lân"), Some(Fit::Part));
        assert_eq!(fits("Lân", "Nguyễn Văn Lân"), Some(Fit::Part));
        assert_eq!(fits("Lân", "Lân"), Some(Fit::Part));
        assert_eq!(fits("lan", "Lân"), Some(Fit::Part));
        assert_eq!(fits("Brozek", "Brozek"), Some(Fit::Equal));
        assert_eq!(fits("Lê Văn", "Lê Văn"), Some(Fit::Part));
        assert_eq!(fits("Lê Vân", "Lê Vân"), Some(Fit::Equal));
        assert_eq!(fits("Trần Thị Hoa", "Nguyễn Văn Lân"), None);
    }
}
