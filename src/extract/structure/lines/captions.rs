//! Captions that the lines around them give away: repeated ones, those in a block at the end, those behind the author's name.

use rustc_hash::FxHashMap;

use super::{CAPTION_TOKENS, View};
use crate::model::SkipReason;

/// A caption behind a repeated one may have this many tokens.
const SHORT_CAPTION_TOKENS: usize = 30;

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
    if let Some(last) = last {
        mark_behind(view, last, kinds);
    }
}

/// Behind a repeated caption at the end stand further ones.
fn mark_behind(view: &View<'_>, repeated: usize, kinds: &mut [Option<SkipReason>]) {
    /// Lines behind it; more of them are body.
    const LINES: usize = 4;
    let behind = &view.reading.lines[repeated + 1..];
    let body = kinds[..repeated].iter().filter(|kind| kind.is_none()).count();
    let short = behind.iter().all(|line| line.tokens.len() <= SHORT_CAPTION_TOKENS && line.sentences.len() <= 1);
    if behind.len() <= LINES && behind.len() * 3 <= body && short {
        for kind in &mut kinds[repeated + 1..] {
            *kind = kind.or(Some(SkipReason::Caption));
        }
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
    /// Lines behind the name; more of them are body under a heading that looks like one.
    const LINES: usize = 6;
    let Some(author) = kinds.iter().rposition(|kind| *kind == Some(SkipReason::Byline)) else { return };
    let behind = &view.reading.lines[author + 1..];
    let body = kinds[..author].iter().filter(|kind| kind.is_none()).count();
    let short = behind.iter().all(|line| line.tokens.len() <= CAPTION_TOKENS && line.sentences.len() <= 1);
    if body >= 4 && behind.len() <= LINES && behind.len() * 3 <= body && short {
        for kind in &mut kinds[author + 1..] {
            *kind = kind.or(Some(SkipReason::Caption));
        }
    }
}
