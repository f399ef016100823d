//! Other states: "Lào", "nước Cộng hòa Dân chủ Nhân dân Lào", "Vương quốc Campuchia". What is theirs is none of this country's bodies.

use std::ops::Range;

use super::{Known, Localities};
use crate::text::{Kind, Reading};

/// Most words of a state's full name before its short one.
const MOST_FORMAL: usize = 9;

impl Localities {
    /// The name of another state at a token, with the words of its form of government before it: from the first of these, and the country alone.
    pub(in crate::extract) fn state(&self, reading: &Reading, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        let formal = (at..at + MOST_FORMAL).take_while(|&at| is_formal(reading, at)).count();
        let from = (at..=at + formal).rev().find(|&from| self.country(reading, from).is_some())?;
        let end = self.country(reading, from)?;
        let (spaced, own) = (reading.tokens[at].spaced, reading.text(from..end) == "Việt Nam");
        (spaced && !own).then_some((at..end, from..end))
    }

    /// True where this country or a unit of it is named.
    pub(in crate::extract) fn names_this_country(&self, reading: &Reading, at: usize) -> bool {
        reading.word(at) == "Việt" && reading.word(at + 1) == "Nam"
            || self.known(reading, at).is_some_and(|(_, known)| matches!(known, Known::Province | Known::District))
    }

    /// The country that ends a body's name: "Bộ Quốc phòng | Lào".
    pub(in crate::extract) fn state_behind(&self, reading: &Reading, body: &Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 3;
        let last = body.end.checked_sub(LONGEST).unwrap_or(body.start).max(body.start + 1)..body.end;
        let mut countries = last.map(|at| (at, self.country(reading, at)));
        let (at, _) = countries.find(|(_, end)| *end == Some(body.end))?;
        (reading.text(at..body.end) != "Việt Nam").then_some(at..body.end)
    }
}

/// Words for the form of a state: "Cộng hòa Dân chủ Nhân dân".
fn is_formal(reading: &Reading, at: usize) -> bool {
    const WORDS: [&str; 16] = [
        "nước", "vương", "quốc", "cộng", "hòa", "hoà", "dân", "chủ", "nhân", "liên", "bang", "hồi", "giáo", "chdcnd",
        "chnd", "ch",
    ];
    reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Word(_)))
        && WORDS.contains(&reading.small_word(at))
}
