//! A name cut into words, each with its place in the name.

use crate::model::Span;
use crate::text::{Abbreviations, Typing, fold, tokenize};

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// In small letters, marks as written.
    pub text: String,
    /// In small letters without marks, `y` as `i`.
    pub letters: String,
    /// Where it stands in the name, in code points; all words of a short form stand where that stands.
    pub span: Span,
    /// It is what a short form stands for.
    pub of_short_form: bool,
}

impl Piece {
    fn new(word: &str, span: Span, of_short_form: bool) -> Self {
        let text = word.to_lowercase();
        let letters = text.chars().map(letter).collect();
        Self { text, letters, span, of_short_form }
    }
}

/// A letter as keys have it.
pub(super) fn letter(written: char) -> char {
    match fold::bare(written) {
        'y' => 'i',
        other => other,
    }
}

/// The words as they stand.
pub(super) fn plain(name: &str) -> Vec<Piece> {
    let places = Places::of(name);
    fold::words(name).map(|word| Piece::new(word, places.of_part(name, word), false)).collect()
}

/// The words with short forms spelt out; `None` if there are none. The last word may be kept as it stands: it may not be typed to its end.
pub(super) fn spelt(name: &str, abbreviations: &Abbreviations, typing: Typing, keep_last: bool) -> Option<Vec<Piece>> {
    let (tokens, places) = (tokenize(name), Places::of(name));
    let (mut out, mut at, mut any) = (Vec::new(), 0, false);
    while let Some(token) = tokens.get(at) {
        let short = abbreviations.at(name, &tokens, at, typing);
        match short.filter(|short| !(keep_last && short.tokens.end >= tokens.len())) {
            Some(short) => {
                let end = tokens.get(short.tokens.end.max(at + 1) - 1).map_or(token.end, |last| last.end);
                let span = places.span(token.start as usize, end as usize);
                let number = short.number.clone().map_or("", |number| &name[number]);
                out.extend(fold::words(short.full).chain(fold::words(number)).map(|word| Piece::new(word, span, true)));
                at = short.tokens.end.max(at + 1);
                any = true;
            }
            None => {
                let text = token.text(name);
                out.extend(fold::words(text).map(|word| Piece::new(word, places.of_part(name, word), false)));
                at += 1;
            }
        }
    }
    any.then_some(out)
}

/// From bytes to code points.
struct Places(Vec<u32>);

impl Places {
    fn of(name: &str) -> Self {
        let mut points = vec![0; name.len() + 1];
        let mut count = 0;
        for (at, _) in name.char_indices() {
            points[at] = count;
            count += 1;
        }
        points[name.len()] = count;
        Self(points)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let point = |at: usize| self.0.get(at).copied().unwrap_or_default();
        Span::new(point(start), point(end))
    }

    /// The place of a part that was cut out of the name.
    fn of_part(&self, name: &str, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(name.as_ptr() as usize);
        self.span(start, start + part.len())
    }
}
