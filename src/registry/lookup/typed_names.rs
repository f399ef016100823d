//! Where people's names stand among typed words.

use crate::registry::keys::Naming;
use crate::registry::site::is_cased;
use crate::registry::words::Word;

impl Naming {
    /// Where a name of so many words begins that the words may end with, if anything stands before it.
    pub(super) fn name_behind(&self, words: &[Word], size: usize) -> Option<usize> {
        let at = words.len().checked_sub(size).filter(|at| *at > 0)?;
        let name = &words[at..];
        (self.may_be_name(name, is_cased(words)) || self.may_be_foreign_name(name)).then_some(at)
    }

    /// True if words may be a whole name of another language: two to four with capitals, of which one is no syllable of this one.
    pub(super) fn may_be_foreign_name(&self, words: &[Word]) -> bool {
        let capital = |word: &Word| !word.spelt_out && word.text.starts_with(char::is_uppercase);
        let foreign = |word: &Word| !self.syllables.contains(&word.bare);
        (2..=4).contains(&words.len()) && words.iter().all(capital) && words.iter().any(foreign)
    }

    /// Where names begin that the words may end with, the shortest first, if anything stands before them.
    pub(super) fn last_names(&self, words: &[Word]) -> impl Iterator<Item = usize> {
        let cased = is_cased(words);
        (1..words.len()).rev().filter(move |at| self.may_be_name(&words[*at..], cased))
    }

    /// True if words may be a whole name: two to five, first a family name; where capitals are typed, all with capitals.
    pub(super) fn may_be_name(&self, words: &[Word], cased: bool) -> bool {
        const COMMON: f64 = 0.005;
        // Of Buddhist clergy: "Thích Minh Khiêm".
        let of_clergy = words.first().is_some_and(|first| first.text == "Thích") && words.len() > 2;
        if !(2..=5).contains(&words.len())
            || !of_clergy && !self.is_family_name(&words[0])
            || words[1..].iter().any(|word| word.is("và"))
        {
            return false;
        }
        let capital = |word: &Word| word.text.starts_with(char::is_uppercase);
        // "Lê thị Hoa": some write the middle name small.
        let middle = |at: usize| at > 0 && at + 1 < words.len() && ["thị", "văn"].contains(&words[at].text.as_str());
        (words.iter().enumerate().all(|(at, word)| capital(word) || middle(at)) && capital(&words[0]))
            || (!cased && !words.iter().any(capital) && self.surname_share(&words[0].bare) >= COMMON)
    }
}
