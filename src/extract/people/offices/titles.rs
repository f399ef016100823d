//! The titles of offices, what they ask for, and the words before them.

use std::sync::Arc;

use crate::extract::apposition::UnitEnds;
use crate::extract::lexicon;
use crate::extract::localities::Localities;
use crate::text::{Phrases, Reading};

use super::is_word;

const FIELDS: &str = include_str!("../../lexicons/fields.txt");
const TITLES: &str = include_str!("../../lexicons/titles.txt");

/// What a title asks for; see `lexicons/titles.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::people) enum Title {
    Office,
    Unit,
    Member,
    Cabinet,
    State,
    Ministry,
    Deputy,
    Seat,
    /// A member, by an abbreviation, of this committee: "UVBTV".
    Of(&'static str),
    /// The head of such a unit, which may be named without this word: "Cục trưởng | Đường thủy nội địa".
    Led(&'static str),
}

fn title(value: &'static str) -> Option<Title> {
    Some(match value {
        "office" => Title::Office,
        "unit" => Title::Unit,
        "member" => Title::Member,
        "cabinet" => Title::Cabinet,
        "state" => Title::State,
        "ministry" => Title::Ministry,
        "deputy" => Title::Deputy,
        "seat" => Title::Seat,
        _ => {
            let led = || value.strip_prefix("led ").map(Title::Led);
            return value.strip_prefix("of ").map(Title::Of).or_else(led);
        }
    })
}

/// The titles of offices.
#[derive(Debug)]
pub(in crate::extract) struct Titles {
    pub(super) phrases: Phrases<Title>,
    pub(super) before: Phrases<Before>,
    pub(super) portfolios: Phrases<()>,
    pub(super) localities: Arc<Localities>,
    pub(super) unit_ends: UnitEnds,
}

/// What a word before a title says of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Former,
    Acting,
    New,
}

impl Titles {
    pub(in crate::extract) fn new() -> Self {
        let mut before = Phrases::default();
        for word in ["nguyên", "nguyên là", "cựu", "cố"] {
            before.add(word, Before::Former);
        }
        before.add("quyền", Before::Acting);
        before.add("Q.", Before::Acting);
        before.add("tân", Before::New);
        let portfolio = |value: &str| (value == "portfolio").then_some(());
        Self {
            phrases: lexicon::load(TITLES, title),
            before,
            portfolios: lexicon::load(FIELDS, portfolio),
            unit_ends: UnitEnds::new(),
            localities: Localities::shared(),
        }
    }

    /// The title at a token: its end and kind.
    pub(in crate::extract::people) fn at(&self, reading: &Reading, at: usize) -> Option<(usize, Title)> {
        // "Thay mặt tổ | đại biểu, ông Lân …": a body.
        let group = reading.word(at) == "đại" && at > 0 && reading.small_word(at - 1) == "tổ";
        self.phrases.longest(&reading.tokens, at).filter(|_| !group).map(|(end, kind)| (end, *kind))
    }

    /// Where a body's name may begin behind the title at a token; a head of a unit shares its last word.
    pub(in crate::extract) fn body_start(&self, reading: &Reading, at: usize) -> Option<usize> {
        let (end, kind) = self.at(reading, at)?;
        match kind {
            Title::Unit => Some(unit_start(reading, at, end)),
            Title::Seat => None,
            // "Thủ tướng | Chính phủ".
            Title::Cabinet if is_word(reading, end - 1, "chính phủ", 2) => Some(end - 2),
            _ => Some(end),
        }
    }
}

/// Where the word begins that title and unit share: the last one, or the two of "Công an", "Văn phòng", "Thanh tra", "Tiểu ban", "Thống kê".
pub(super) fn unit_start(reading: &Reading, at: usize, end: usize) -> usize {
    const TWO: [&str; 9] = ["an", "phòng", "tra", "ban", "quan", "cục", "kê", "toán", "môn"];
    const FIRST: [&str; 9] = ["công", "văn", "thanh", "tiểu", "cơ", "chi", "thống", "kiểm", "bộ"];
    let two = end - at > 2
        && TWO.iter().any(|word| reading.word(end - 1).eq_ignore_ascii_case(word))
        && FIRST.contains(&reading.small_word(end - 2));
    if two { end - 2 } else { end - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_well_formed() {
        assert_eq!(lexicon::refused(TITLES, title), Vec::<&str>::new());
    }
}
