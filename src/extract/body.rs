//! The body that is named at a token: as `organizations` found it, else by its shape.
//!
//! By shape a body is a run of capitalised words and abbreviations with the small words that bodies' names hold: "UBND huyện Ân Bình",
//! "Ban Thường vụ Tỉnh uỷ Hoà Sơn", "Sở Tài nguyên và Môi trường".

use std::ops::Range;

use super::Context;
use crate::text::{Kind, Phrases, Reading};

/// Tokens that a name may have at most.
const LONGEST: usize = 24;

/// Small words inside the names of bodies.
#[derive(Debug)]
pub(super) struct Bodies {
    inner: Phrases<()>,
}

impl Bodies {
    pub(super) fn new() -> Self {
        Self { inner: Phrases::parse(include_str!("lexicons/body_words.txt"), |_| Some(())).unwrap_or_default() }
    }

    /// The body whose name begins at a token: the longest that `organizations` found there, else by shape.
    pub(super) fn at(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        let mentions = &context.organizations.all;
        let first = mentions.partition_point(|found| found.tokens.start < at);
        let found =
            mentions[first..].iter().take_while(|found| found.tokens.start == at).map(|found| found.tokens.end).max();
        found.map(|end| at..end).or_else(|| self.by_shape(context.reading, at))
    }

    fn by_shape(&self, reading: &Reading, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        let mut last_name = at;
        while end < reading.tokens.len() && end - at < LONGEST {
            let token = &reading.tokens[end];
            match token.kind {
                _ if token.is_capital() => {
                    end += 1;
                    last_name = end;
                }
                Kind::Word(_) => match self.inner.longest(&reading.tokens, end) {
                    Some((next, ())) => {
                        end = next;
                        last_name = next;
                    }
                    None => break,
                },
                // "TP.HCM", "TN&MT", "Thừa Thiên - Huế", "Quận 1".
                Kind::Sign('.' | '&') if end > at && !token.spaced && is_tight_capital(reading, end + 1) => end += 1,
                Kind::Sign('-' | '–')
                    if end > at && reading.tokens.get(end + 1).is_some_and(|next| next.is_capital()) =>
                {
                    end += 1
                }
                Kind::Number if end > at && last_name == end && !reading.word(end).contains(['.', ',']) => {
                    end += 1;
                    last_name = end;
                }
                _ => break,
            }
        }
        let begins = reading.tokens.get(at)?.is_capital() || last_name > at + 1;
        (last_name > at && begins).then_some(at..last_name)
    }
}

fn is_tight_capital(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| token.is_capital() && !token.spaced)
}
