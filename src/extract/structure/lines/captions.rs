//! Captions that the lines around them give away: repeated ones, those in a block at the end, those behind the author's name.

use rustc_hash::FxHashMap;

use super::{CAPTION_TOKENS, View};
use crate::model::SkipReason;

/// Lines that occur twice, five tokens or longer, are captions: papers repeat them below the picture and in the text.
pub(super) fn mark_repeated(view: &View<'_>, kinds: &mut [Option<SkipReason>]) {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let mut last = None;
    for (at, line) in view.reading.lines.iter().enumerate() {
        let tokens = view.tokens(line);
        if tokens.len() < 5 || tokens.len() > CAPTION_TOKENS {
            continue;
        }
        let text = view.reading.text(tokens).trim_end_matches('.');
        if let Some(first) = seen.insert(text, at) {
            kinds[first] = kinds[first].or(Some(SkipReason::Caption));
            kinds[at] = kinds[at].or(Some(SkipReason::Caption));
            last = Some(at);
        }
    }
    // Behind a repeated caption at the end stand further ones.
    if let Some(last) = last {
        mark_rest(view, last, &BEHIND_REPEATED, kinds);
    }
}

/// Where the body is one block without gaps, a last block of short lines after a gap holds the captions.
pub(super) fn mark_last_block(view: &View<'_>, kinds: &mut [Option<SkipReason>]) {
    let lines = &view.reading.lines;
    let Some(start) = lines.iter().rposition(|line| line.after_gap).filter(|&start| start > 0) else { return };
    let body = lines[..start].iter().rev().take_while(|line| !line.after_gap).count();
    let short = lines[start..].iter().all(|line| line.tokens.len() <= CAPTION_TOKENS && line.sentences.len() <= 2);
    if body >= 3 && short {
        for kind in &mut kinds[start..] {
            *kind = kind.or(Some(SkipReason::Caption));
        }
    }
}

/// Behind the author's name at the end of the body stand captions, a few short lines.
pub(super) fn mark_behind_author(view: &View<'_>, kinds: &mut [Option<SkipReason>]) {
    /// Lines of body before the name; where there are fewer, what follows is the body.
    const BODY: usize = 4;
    let Some(author) = kinds.iter().rposition(|kind| *kind == Some(SkipReason::Byline)) else { return };
    if body_before(kinds, author) >= BODY {
        mark_rest(view, author, &BEHIND_AUTHOR, kinds);
    }
}

/// What may stand behind a line and be captions to the end of the text.
struct Rest {
    /// More lines are body, perhaps under a heading that looks like the line before.
    lines: usize,
    /// Tokens of a line.
    tokens: usize,
}

const BEHIND_AUTHOR: Rest = Rest { lines: 6, tokens: CAPTION_TOKENS };
const BEHIND_REPEATED: Rest = Rest { lines: 4, tokens: 30 };

/// Takes the lines behind one for captions, where they are few beside the body, and short.
fn mark_rest(view: &View<'_>, at: usize, rest: &Rest, kinds: &mut [Option<SkipReason>]) {
    let behind = &view.reading.lines[at + 1..];
    let short = behind.iter().all(|line| line.tokens.len() <= rest.tokens && line.sentences.len() <= 1);
    if behind.len() <= rest.lines && behind.len() * 3 <= body_before(kinds, at) && short {
        for kind in &mut kinds[at + 1..] {
            *kind = kind.or(Some(SkipReason::Caption));
        }
    }
}

fn body_before(kinds: &[Option<SkipReason>], at: usize) -> usize {
    kinds[..at].iter().filter(|kind| kind.is_none()).count()
}
