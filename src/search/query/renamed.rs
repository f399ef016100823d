//! Names among the words of a query that stand for something which has other names, or which was, or became, another unit.

use std::ops::Range;

use super::super::analysis::written;
use super::super::error::Result;
use super::super::request::{OtherName, OtherNames};
use super::meaning::{Meaning, Run};

/// Most words of a name, short forms spelt out.
const LONGEST: usize = 7;
/// Most words of a query in which names are looked for.
const MOST_WORDS: usize = 16;

/// A name in a query, and what else it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Renamed {
    /// In which run it stands.
    pub(crate) run: usize,
    /// Its words in the run.
    pub(crate) words: Range<usize>,
    /// The name as it is written.
    pub(crate) name: String,
    /// The other names, never none.
    pub(crate) others: Vec<OtherName>,
    /// The words of those that are looked for in texts too.
    pub(crate) phrases: Vec<Run>,
}

/// The names in the free words of a query, longest first at each place, none within another. Phrases are meant as they stand.
///
/// # Errors
/// As [`OtherNames::of`].
pub(crate) fn renamed(meaning: &Meaning, names: &dyn OtherNames) -> Result<Vec<Renamed>> {
    let mut found = Vec::new();
    let words: usize = meaning.runs.iter().map(|run| run.words.len()).sum();
    if words > MOST_WORDS {
        return Ok(found);
    }
    for (number, run) in meaning.runs.iter().enumerate() {
        let mut at = 0;
        while at < run.words.len() {
            match name_at(run, number, at, words, names)? {
                Some(name) => {
                    at = name.words.end;
                    found.push(name);
                }
                None => at += 1,
            }
        }
    }
    Ok(found)
}

fn name_at(run: &Run, number: usize, at: usize, all: usize, names: &dyn OtherNames) -> Result<Option<Renamed>> {
    let is_joined = |at: usize| run.words.get(at).is_some_and(|word| word.joined);
    for end in (at + 1..=run.words.len().min(at + LONGEST)).rev() {
        let words = &run.words[at..end];
        // A short form is not cut in two, and what asks is no name.
        if is_joined(at) || is_joined(end) || words.iter().any(|word| word.asks) {
            continue;
        }
        let name: Vec<String> = words.iter().map(|word| written(&word.form)).collect();
        let name = name.join(" ");
        let others = names.of(&name, words.len() == all)?;
        if !others.is_empty() {
            return Ok(Some(Renamed { run: number, words: at..end, name, others, phrases: Vec::new() }));
        }
    }
    Ok(None)
}
