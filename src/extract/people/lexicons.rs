//! The lexicons that people are found with.

use std::ops::Range;

use super::super::lexicon;
use super::names::Surnames;
use super::offices::Titles;
use super::roles::{Cue, cue};
use crate::text::{Phrases, Reading, WordKey, tokenize};

const HONORIFICS: &str = include_str!("../lexicons/honorifics.txt");
const NAMESAKES: &str = include_str!("../lexicons/namesakes.txt");
const CHANGES: &str = include_str!("../lexicons/changes.txt");
const ROLES: &str = include_str!("../lexicons/roles.txt");

/// What a word before a name says of whom it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Honorific {
    Man,
    Woman,
    Either,
    Plural,
    Rank,
    None,
}

impl Honorific {
    fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "m" => Self::Man,
            "f" => Self::Woman,
            "x" => Self::Either,
            "p" => Self::Plural,
            "rank" => Self::Rank,
            "-" => Self::None,
            _ => return None,
        })
    }

    /// True for words that stand for one person also without a name.
    pub(super) fn is_gender(self) -> bool {
        matches!(self, Self::Man | Self::Woman | Self::Either)
    }

    /// True if two words may mean the same person.
    pub(super) fn fits(self, other: Self) -> bool {
        !matches!((self, other), (Self::Man, Self::Woman) | (Self::Woman, Self::Man))
    }
}

/// What a word says of an office that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It is taken up.
    Begins,
    /// It is left.
    Ends,
    /// It is left by the person named before.
    Leaves,
    /// The person named before leaves it, whoever is named behind "cho" takes it up.
    Hands,
    /// It is taken up by the person named before.
    Elected,
    /// Somebody is proposed for it.
    Proposes,
    /// The person named before is proposed for it.
    Proposed,
    /// It is the office of the person named before.
    Link,
    /// The same, right behind the name.
    Is,
    /// The same, in the past.
    Past,
}

fn change(value: &str) -> Option<Change> {
    Some(match value {
        "begins" => Change::Begins,
        "ends" => Change::Ends,
        "leaves" => Change::Leaves,
        "hands" => Change::Hands,
        "elected" => Change::Elected,
        "proposes" => Change::Proposes,
        "proposed" => Change::Proposed,
        "link" => Change::Link,
        "is" => Change::Is,
        "past" => Change::Past,
        _ => return None,
    })
}

#[derive(Debug)]
pub(super) struct Lexicons {
    pub(super) titles: Titles,
    pub(super) surnames: Surnames,
    pub(super) honorifics: Phrases<Honorific>,
    pub(super) namesakes: Phrases<()>,
    pub(super) changes: Phrases<Change>,
    pub(super) cues: Phrases<Cue>,
    historic: Vec<Vec<WordKey>>,
}

impl Lexicons {
    pub(super) fn new() -> Self {
        Self {
            titles: Titles::new(),
            surnames: Surnames::new(),
            honorifics: lexicon::load(HONORIFICS, Honorific::parse),
            namesakes: lexicon::load(NAMESAKES, |_| Some(())),
            changes: lexicon::load(CHANGES, change),
            cues: lexicon::load(ROLES, cue),
            historic: ["Hồ Chí Minh", "Nguyễn Ái Quốc", "Nguyễn Tất Thành", "Các Mác", "Lê Nin", "Tôn Đức Thắng"]
                .iter()
                .map(|name| tokenize(name).iter().map(|token| token.key).collect())
                .collect(),
        }
    }

    /// True for names that reports only remember.
    pub(super) fn is_historic(&self, reading: &Reading, name: &Range<usize>) -> bool {
        self.historic.iter().any(|known| {
            known.len() == name.len()
                && reading.tokens[name.clone()].iter().zip(known).all(|(token, key)| token.key == *key)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_are_well_formed() {
        assert_eq!(lexicon::refused(HONORIFICS, Honorific::parse), Vec::<&str>::new());
        assert_eq!(lexicon::refused(CHANGES, change), Vec::<&str>::new());
        assert_eq!(lexicon::refused(ROLES, cue), Vec::<&str>::new());
    }
}
