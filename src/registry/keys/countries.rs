//! Words for countries: this one, behind the names of its bodies, and others, whose governments are called by their names.

use crate::registry::words::{self, Word, starts_with};

const COUNTRIES: &str = include_str!("countries.txt");

/// True for the name of another country.
pub(super) fn is_country(words: &[Word]) -> bool {
    let is = |name: &str| COUNTRIES.lines().any(|country| country == name);
    words.len() < 4 && is(&words::bare(words))
}

/// "nước Đức" is Đức.
pub(super) fn country_alone(words: &[Word]) -> &[Word] {
    match words.split_first() {
        Some((first, rest)) if first.is("nước") && is_country(rest) => rest,
        _ => words,
    }
}

/// Number of words if the words are one of the ends that mean the whole country.
pub(crate) fn country(words: &[Word]) -> Option<usize> {
    const ENDS: [(&str, usize); 4] = [("trung ương đảng", 3), ("trung ương", 2), ("việt nam", 2), ("toàn quốc", 2)];
    ENDS.into_iter().find(|(phrase, size)| words.len() == *size && starts_with(words, phrase)).map(|(_, size)| size)
}
