//! Where words are quoted.
//!
//! “…” and «…» open and close by their shape and may nest (“làm rõ ‘vướng mắc’ của dân”); only the outermost counts. The straight " opens where
//! a space, a bracket, a colon or nothing stands before it and a word follows closely, and closes otherwise. A quotation may
//! run over sentences and lines. One that opens while a straight one is open ends that one at the end of its line: papers
//! forget closing marks, and open anew with each paragraph.

use std::ops::Range;

use crate::model::SkipReason;
use crate::text::{Kind, Reading};

/// A quotation, marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Quote {
    /// Its tokens, from opening to closing mark.
    pub(in crate::extract) tokens: Range<usize>,
    /// False where no closing mark was found.
    pub(in crate::extract) closed: bool,
}

/// A quotation that stays open longer than this many sentences is taken to end with the line it began in.
const LONGEST: usize = 40;

pub(super) fn find(reading: &Reading, lines: &[Option<SkipReason>]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut open: Option<Open> = None;
    for (index, line) in reading.lines.iter().enumerate() {
        let skipped = lines[index].is_some();
        let mut inner = None;
        // A quotation in a caption or headline does not reach into the body.
        let state = if skipped { &mut inner } else { &mut open };
        for at in line.tokens.clone() {
            step(reading, at, index, state, &mut quotes);
        }
        if let Some(left) = inner {
            quotes.push(left.unclosed(reading, usize::MAX));
        }
    }
    if let Some(left) = open {
        quotes.push(left.unclosed(reading, usize::MAX));
    }
    quotes.sort_by_key(|quote| quote.tokens.start);
    quotes
}

struct Open {
    at: usize,
    line: usize,
    sign: char,
    depth: usize,
}

impl Open {
    /// The quotation as far as it surely goes: to the end of its line, or to where another begins.
    fn unclosed(&self, reading: &Reading, before: usize) -> Quote {
        Quote { tokens: self.at..reading.lines[self.line].tokens.end.min(before), closed: false }
    }
}

fn step(reading: &Reading, at: usize, line: usize, open: &mut Option<Open>, quotes: &mut Vec<Quote>) {
    let Kind::Sign(sign) = reading.tokens[at].kind else { return };
    match (direction(reading, at, sign, open.as_ref()), open.as_mut()) {
        (Some(Direction::Opens), None) => *open = Some(Open { at, line, sign, depth: 1 }),
        (Some(Direction::Opens), Some(outer)) if outer.sign == sign && (sign == '"' || outer.line != line) => {
            quotes.push(outer.unclosed(reading, at));
            *open = Some(Open { at, line, sign, depth: 1 });
        }
        (Some(Direction::Opens), Some(outer)) => outer.depth += usize::from(outer.sign == sign),
        (Some(Direction::Closes), Some(outer)) if closes(outer.sign, sign) => {
            outer.depth -= 1;
            if outer.depth == 0 {
                let too_long = reading.lines[line].sentences.end - reading.lines[outer.line].sentences.start > LONGEST;
                quotes.push(if too_long {
                    outer.unclosed(reading, at)
                } else {
                    Quote { tokens: outer.at..at + 1, closed: true }
                });
                *open = None;
            }
        }
        _ => {}
    }
}

enum Direction {
    Opens,
    Closes,
}

fn direction(reading: &Reading, at: usize, sign: char, open: Option<&Open>) -> Option<Direction> {
    match sign {
        '“' | '«' | '„' => Some(Direction::Opens),
        '”' | '»' => Some(Direction::Closes),
        '"' => {
            // A comma or stop right behind a mark closes with it, also where a space was typed before: ' ", ông Lân nói'.
            let next_is_close = reading.tokens.get(at + 1).is_some_and(|next| {
                !next.spaced
                    && !matches!(
                        next.kind,
                        Kind::Break | Kind::Sign(',' | '.' | ';' | '!' | '?' | ')' | ':' | '…' | '-' | '–')
                    )
            });
            let free_before = reading.tokens[at].spaced
                || at
                    .checked_sub(1)
                    .is_none_or(|b| matches!(reading.tokens[b].kind, Kind::Break | Kind::Sign('(' | ':' | '[' | '-')));
            Some(match open {
                // An open one is closed by the next mark unless that clearly opens.
                Some(open) if open.sign == '"' && !(free_before && next_is_close) => Direction::Closes,
                Some(_) if !free_before => Direction::Closes,
                _ if free_before || next_is_close => Direction::Opens,
                _ => return None,
            })
        }
        _ => None,
    }
}

/// Papers mix the shapes: “ may be closed by " and the other way round.
fn closes(opening: char, closing: char) -> bool {
    match opening {
        '«' => closing == '»',
        _ => closing != '»',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<(String, bool)> {
        let reading = Reading::new(text);
        let lines = vec![None; reading.lines.len()];
        find(&reading, &lines).into_iter().map(|quote| (reading.text(quote.tokens).to_owned(), quote.closed)).collect()
    }

    fn closed(text: &str) -> Vec<String> {
        quoted(text).into_iter().filter(|(_, closed)| *closed).map(|(text, _)| text).collect()
    }

    #[test]
    fn both_shapes_open_and_close() {
        assert_eq!(closed("Ông nói: “Làm ngay”, rồi về."), ["“Làm ngay”"]);
        assert_eq!(closed("Ông nói: \"Làm ngay\" - bà Hà nghe."), ["\"Làm ngay\""]);
        assert_eq!(closed("“Làm «thật» ngay”"), ["“Làm «thật» ngay”"]);
        assert_eq!(
            closed("\" Làm ngay.\nLàm đủ \", ông nói, \" Làm xong… \"- ông dặn."),
            ["\" Làm ngay.\nLàm đủ \"", "\" Làm xong… \""]
        );
        assert_eq!(closed("nạn \"cát tặc\" và \"xã hội đen\"."), ["\"cát tặc\"", "\"xã hội đen\""]);
    }

    #[test]
    fn quotations_run_over_lines() {
        assert_eq!(closed("“Câu một.\nCâu hai”, bà Hà nói."), ["“Câu một.\nCâu hai”"]);
    }

    #[test]
    fn an_unclosed_one_ends_with_its_line() {
        let found = quoted("Ông nói: \"Câu một.\nÔng Lân nói: \"Câu hai\".");
        assert_eq!(found, [("\"Câu một.".to_owned(), false), ("\"Câu hai\"".to_owned(), true)]);
        assert_eq!(quoted("Ông nói: “Câu một.\nHết."), [("“Câu một.".to_owned(), false)]);
    }
}
