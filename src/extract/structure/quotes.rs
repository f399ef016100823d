//! Where words are quoted.
//!
//! “…” and «…» open and close by their shape and may nest (“làm rõ ‘vướng mắc’ của dân”); only the outermost counts. The straight " opens where
//! a space, a bracket, a colon or nothing stands before it and a word follows closely, and closes otherwise. A quotation may
//! run over sentences and lines. One that opens while a straight one is open ends that one at the end of its line: papers
//! forget closing marks, and open anew with each paragraph. But where two closing marks follow in the same line, or one that is set closely
//! in a quotation whose own marks stand apart from the words, it is one inside the other: '" Ở đây có "cát tặc" hay không? "'.

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
    /// A straight quotation inside this straight one is open.
    holds: bool,
}

impl Open {
    /// The quotation as far as it surely goes: to the end of its line, or to where another begins.
    fn unclosed(&self, reading: &Reading, before: usize) -> Quote {
        Quote { tokens: self.at..reading.lines[self.line].tokens.end.min(before), closed: false }
    }
}

fn step(reading: &Reading, at: usize, line: usize, open: &mut Option<Open>, quotes: &mut Vec<Quote>) {
    let Kind::Sign(sign) = reading.tokens[at].kind else { return };
    if let Some(outer) = open.as_mut().filter(|outer| sign == '"' && outer.sign == sign) {
        if std::mem::take(&mut outer.holds) {
            return;
        }
        if is_inside(reading, at, line, outer) {
            outer.holds = true;
            return;
        }
    }
    match (direction(reading, at, sign, open.as_ref()), open.as_mut()) {
        (Some(Direction::Opens), None) => *open = Some(Open { at, line, sign, depth: 1, holds: false }),
        (Some(Direction::Opens), Some(outer)) if outer.sign == sign && (sign == '"' || outer.line != line) => {
            quotes.push(outer.unclosed(reading, at));
            *open = Some(Open { at, line, sign, depth: 1, holds: false });
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

/// True for a straight mark that opens a quotation inside the straight one that is open.
fn is_inside(reading: &Reading, at: usize, line: usize, outer: &Open) -> bool {
    /// Tokens behind it among which its closing mark is looked for.
    const REACH: usize = 24;
    if !opens_closely(reading, at) {
        return false;
    }
    let end = reading.lines[line].tokens.end;
    let mut marks = (at + 1..end).filter(|&mark| reading.tokens[mark].is('"'));
    let Some(first) = marks.next().filter(|&mark| mark <= at + REACH && !opens_closely(reading, mark)) else {
        return false;
    };
    let apart = |mark: usize| reading.tokens.get(mark + 1).is_some_and(|next| next.spaced);
    let own = apart(outer.at) && !reading.tokens[first].spaced;
    own || outer.line == line && marks.next().is_some_and(|mark| !opens_closely(reading, mark))
}

/// True where a straight mark stands apart from what is before and close to the word behind.
fn opens_closely(reading: &Reading, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| reading.tokens[before].kind);
    let free =
        reading.tokens[at].spaced || before.is_none_or(|kind| matches!(kind, Kind::Break | Kind::Sign('(' | ':')));
    free && reading.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.is_word())
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
            // '“Làm ngay ", ông nói': papers mix the shapes.
            let ends = reading.tokens.get(at + 1).is_none_or(|next| {
                matches!(next.kind, Kind::Break | Kind::Sign(',' | '.' | ';' | '!' | '?' | ')' | '-' | '–'))
            });
            Some(match open {
                Some(open) if open.sign == '“' && ends => Direction::Closes,
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
        assert_eq!(closed("“Làm ngay \", ông nói."), ["“Làm ngay \""]);
        assert_eq!(closed("nạn \"cát tặc\" và \"xã hội đen\"."), ["\"cát tặc\"", "\"xã hội đen\""]);
    }

    #[test]
    fn straight_ones_may_nest() {
        let text = "\" Kênh đã cạn.\nDân gọi đó là \"kênh chết\" từ lâu.\nPhải làm ngay \", ông nói.";
        assert_eq!(closed(text), [text.trim_end_matches(", ông nói.")]);
        assert_eq!(closed("Bà kể: \"Có \"cát tặc\" ở đây\"."), ["\"Có \"cát tặc\" ở đây\""]);
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
