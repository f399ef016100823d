//! How a name goes on from what was typed.

use std::cmp::Ordering;

use super::pieces::{Piece, letter};
use crate::model::Span;
use crate::text::fold;

/// How a name goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// False if a mark was typed that the name does not have there.
    pub marks: bool,
    /// The typed letters are those of the name, marks and all.
    pub exact: bool,
    /// The name begins with it.
    pub first: bool,
    /// It begins with the last word: the given name of a person.
    pub last: bool,
    /// It ends where a word ends.
    pub whole_word: bool,
    /// It is the whole name.
    pub whole: bool,
    /// The parts of the name that were typed, in order, without overlap, in code points.
    pub spans: Vec<Span>,
}

impl Fit {
    /// The most that a fit can be worth.
    pub const MOST: f64 = 4.75;

    /// What the fit is worth, in doublings of the number of mentions.
    #[must_use]
    pub fn worth(&self) -> f64 {
        let part = |is: bool, worth: f64| if is { worth } else { 0.0 };
        part(self.whole, 3.0)
            + part(self.first, 1.0)
            + part(self.last && !self.first, 0.5)
            + part(self.whole_word, 0.5)
            + part(self.exact, 0.25)
    }

    pub(super) fn by_closeness(&self, other: &Self) -> Ordering {
        self.marks.cmp(&other.marks).then(self.worth().total_cmp(&other.worth()))
    }
}

/// The best place of a name at which the typed words stand.
pub(super) fn best(typed: &[Piece], ends: bool, name: &[Piece]) -> Option<Fit> {
    let places = 0..name.len().checked_sub(typed.len())? + 1;
    // Of equals the first.
    places.rev().filter_map(|from| at(typed, ends, name, from)).max_by(Fit::by_closeness)
}

fn at(typed: &[Piece], ends: bool, name: &[Piece], from: usize) -> Option<Fit> {
    let own = name.get(from..from + typed.len())?;
    let (last, before) = typed.split_last()?;
    let whole_word = own.last()?.letters == last.letters;
    let begins = if ends { whole_word } else { own.last()?.letters.starts_with(&last.letters) };
    if !begins || before.iter().zip(own).any(|(typed, known)| typed.letters != known.letters) {
        return None;
    }
    let pairs = || typed.iter().zip(own);
    Some(Fit {
        marks: pairs().all(|(typed, known)| marks_agree(&typed.text, &known.text)),
        exact: pairs().all(|(typed, known)| known.text.starts_with(&typed.text)),
        first: from == 0,
        last: from + 1 == name.len(),
        whole_word,
        whole: whole_word && typed.len() == name.len(),
        spans: spans(typed, own),
    })
}

/// The typed parts of the words; of a short form always the whole.
fn spans(typed: &[Piece], own: &[Piece]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(own.len());
    for (typed, known) in typed.iter().zip(own) {
        let length = u32::try_from(typed.letters.chars().count()).unwrap_or(u32::MAX);
        let end = if known.of_short_form { known.span.end } else { known.span.end.min(known.span.start + length) };
        if spans.last().is_none_or(|last| last.end <= known.span.start) {
            spans.push(Span::new(known.span.start, end));
        }
    }
    spans
}

/// True if the name has every mark that was typed: a letter typed as ê is no e, and a tone is the word's, wherever it is written. Marks that
/// were not typed may come yet.
fn marks_agree(typed: &str, known: &str) -> bool {
    let tone = |word: &str| word.chars().map(|written| fold::split_tone(written).1).max().unwrap_or(0);
    let typed_tone = tone(typed);
    if typed_tone > 0 && typed_tone != tone(known) {
        return false;
    }
    typed.chars().zip(known.chars()).all(|(typed, known)| {
        let (typed, known) = (fold::split_tone(typed).0, fold::split_tone(known).0);
        typed == known || (fold::bare(typed) == typed && letter(typed) == letter(known))
    })
}
