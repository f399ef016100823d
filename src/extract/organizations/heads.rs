//! The words that bodies' names are made of.

use super::super::lexicon;
use crate::text::Phrases;

const HEADS: &str = include_str!("../lexicons/heads.txt");
const FIELDS: &str = include_str!("../lexicons/fields.txt");
const TAILS: &str = include_str!("../lexicons/tails.txt");

/// What a head word asks for; see `lexicons/heads.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Fixed,
    Area,
    Seat,
    Of,
    Part,
    Press,
    Topic,
    Loose,
    Proper,
    /// Looks like a head and is none.
    None,
}

fn head(value: &str) -> Option<Head> {
    Some(match value {
        "fixed" => Head::Fixed,
        "area" => Head::Area,
        "seat" => Head::Seat,
        "of" => Head::Of,
        "press" => Head::Press,
        "part" => Head::Part,
        "topic" => Head::Topic,
        "loose" => Head::Loose,
        "proper" => Head::Proper,
        "-" => Head::None,
        _ => return None,
    })
}

fn portfolio(value: &str) -> Option<bool> {
    match value {
        "portfolio" => Some(true),
        "word" => Some(false),
        _ => None,
    }
}

fn generic(value: &str) -> Option<bool> {
    match value {
        "generic" => Some(true),
        "word" => Some(false),
        _ => None,
    }
}

/// The words that a body's name may begin with.
pub(super) fn heads() -> Phrases<Head> {
    lexicon::load(HEADS, head)
}

/// The words of subjects; true for portfolios.
pub(super) fn fields() -> Phrases<bool> {
    lexicon::load(FIELDS, portfolio)
}

/// The words that may close a name; true where they say that no single body is meant.
pub(super) fn tails() -> Phrases<bool> {
    lexicon::load(TAILS, generic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_are_well_formed() {
        assert_eq!(lexicon::refused(HEADS, head), Vec::<&str>::new());
        assert_eq!(lexicon::refused(FIELDS, portfolio), Vec::<&str>::new());
        assert_eq!(lexicon::refused(TAILS, generic), Vec::<&str>::new());
    }
}
