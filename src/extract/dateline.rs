//! The paper that a sentence is headed by: "(HT) - Chiều 14/10, …", "TTO - Sáng nay, …", "(BT) Sáng 5-8, …".

use std::ops::Range;

use crate::text::{Case, Kind, Reading};

/// Where a sentence begins behind the paper that tells it: "(HT) - | Chiều 14/10, …", "TTO - | Sáng nay, …".
pub(super) fn behind(reading: &Reading, tokens: &Range<usize>) -> usize {
    let Some(first) = reading.tokens[tokens.clone()].first() else { return tokens.start };
    // "SGGP", but not the "B" of a list.
    let short = first.kind == Kind::Word(Case::Upper) && first.end - first.start > 1;
    let name = behind_brackets(reading, tokens).or_else(|| short.then_some(tokens.start + 1));
    name.filter(|&at| at < tokens.end && is_dash(reading, at)).map_or(tokens.start, |dash| dash + 1)
}

/// One past the brackets that a sentence begins with, "(BT) | Sáng 5-8".
pub(super) fn behind_brackets(reading: &Reading, tokens: &Range<usize>) -> Option<usize> {
    /// Tokens of a paper's name with its brackets.
    const LONGEST: usize = 7;
    let head = &reading.tokens[tokens.start..tokens.end.min(tokens.start + LONGEST)];
    head.first().filter(|first| first.is('('))?;
    head.iter().position(|token| token.is(')')).map(|close| tokens.start + close + 1)
}

/// True for a dash of any length.
pub(super) fn is_dash(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–' | '—')))
}
