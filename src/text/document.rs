//! The stored text made readable, with the way back.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::broken_lines;
use super::html::{self, Visible};
use super::plain::{all_plain, is_plain};
use crate::model::Span;

/// A stored text in normalised form: composed (NFC), without markup, control and zero-width characters, with plain spaces,
/// with the look-alikes of đ mended and lines joined that were broken behind an abbreviation. Positions in it are bytes; [`Document::span`] leads back to the stored text.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    map: Map,
}

#[derive(Debug, Clone)]
enum Map {
    /// The text is as stored; for every [`BLOCK`] bytes the number of code points before them.
    Same(Vec<u32>),
    /// Per byte the stored range of its character.
    Changed(Vec<(u32, u32)>),
}

impl Document {
    /// Normalises a stored text. Linear in its length.
    #[must_use]
    pub fn new(stored: &str) -> Self {
        if let Some(visible) = html::visible(stored) {
            return Self::changed(visible.into_iter());
        }
        if all_plain(stored) || is_nfc_quick(stored.chars()) == IsNormalized::Yes && !stored.chars().any(needs_mending)
        {
            return Self {
                text: broken_lines::mend(stored.to_owned()),
                map: Map::Same(code_points(stored.as_bytes())),
            };
        }
        let mut at = 0;
        Self::changed(stored.chars().map(move |char| {
            at += 1;
            Visible { char, start: at - 1, end: at }
        }))
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte range of the normalised text stands in the stored text. The range must lie on character bounds, as all
    /// token and sentence ranges do; an empty range gives an empty span.
    #[must_use]
    pub fn span(&self, bytes: Range<usize>) -> Span {
        match &self.map {
            Map::Same(points) => {
                let at = |byte: usize| {
                    let byte = byte.min(self.text.len());
                    let before = points.get(byte / BLOCK).copied().unwrap_or_default();
                    before + count(&self.text.as_bytes()[byte / BLOCK * BLOCK..byte])
                };
                Span::new(at(bytes.start), at(bytes.end))
            }
            Map::Changed(ranges) => {
                let start = ranges.get(bytes.start).or(ranges.last()).map_or(0, |range| range.0);
                let end = if bytes.is_empty() {
                    start
                } else {
                    ranges.get(bytes.end - 1).or(ranges.last()).map_or(0, |range| range.1)
                };
                Span::new(start, end)
            }
        }
    }

    fn changed(source: impl Iterator<Item = Visible>) -> Self {
        let mut builder = Builder::default();
        let mut source = source.filter_map(mended).peekable();
        let mut cluster: Vec<char> = Vec::with_capacity(4);
        while let Some(first) = source.next() {
            cluster.clear();
            cluster.push(first.char);
            let mut end = first.end;
            while let Some(mark) =
                source.next_if(|next| is_combining_mark(next.char) || canonical_combining_class(next.char) != 0)
            {
                cluster.push(mark.char);
                end = mark.end;
            }
            if cluster.len() == 1 && is_plain(cluster[0]) {
                builder.push(cluster[0], first.start, end);
            } else {
                cluster.iter().copied().nfc().for_each(|composed| builder.push(composed, first.start, end));
            }
        }
        Self { text: broken_lines::mend(builder.text), map: Map::Changed(builder.ranges) }
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    ranges: Vec<(u32, u32)>,
}

impl Builder {
    fn push(&mut self, char: char, start: u32, end: u32) {
        self.text.push(char);
        self.ranges.resize(self.text.len(), (start, end));
    }
}

/// Code points are counted ahead for blocks of this many bytes.
const BLOCK: usize = 64;

/// For every block of a text the number of code points before it, and for what may follow the last whole block.
fn code_points(text: &[u8]) -> Vec<u32> {
    let mut points = Vec::with_capacity(text.len() / BLOCK + 2);
    points.push(0);
    let mut before = 0;
    for block in text.chunks(BLOCK) {
        before += count(block);
        points.push(before);
    }
    points
}

/// Number of code points that begin in these bytes; at most the number of bytes, which is bounded.
fn count(bytes: &[u8]) -> u32 {
    // A byte that does not begin a character continues one.
    bytes.iter().map(|byte| u32::from(byte & 0xC0 != 0x80)).sum()
}

fn needs_mending(char: char) -> bool {
    match char {
        '\n' => false,
        ' '..='~' => false,
        _ => mended(Visible { char, start: 0, end: 0 }).is_none_or(|v| v.char != char),
    }
}

/// The character as it is read: `None` for characters without meaning, another one for look-alikes.
fn mended(visible: Visible) -> Option<Visible> {
    let char = match visible.char {
        '\u{00D0}' | '\u{0189}' | '\u{0110}' => 'Đ',
        '\u{00F0}' | '\u{0256}' | '\u{0111}' => 'đ',
        '\t' | '\u{00A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{000B}' | '\u{000C}' | '\u{0085}' => '\n',
        '\n' => '\n',
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
            return None;
        }
        '\u{2010}' | '\u{2011}' => '-',
        control if control.is_control() => return None,
        other => other,
    };
    Some(Visible { char, ..visible })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_kept_and_counted_in_code_points() {
        let document = Document::new("😀 Hội nghị");
        assert_eq!(document.text(), "😀 Hội nghị");
        let at = document.text().find("nghị").expect("there");
        assert_eq!(document.span(at..document.text().len()), Span::new(6, 10));
    }

    #[test]
    fn decomposed_text_is_composed_and_leads_back() {
        let stored: String = "Bí thư Thành ủy".nfd().collect();
        let document = Document::new(&stored);
        assert_eq!(document.text(), "Bí thư Thành ủy");
        let at = document.text().find("ủy").expect("there");
        let quote = document.span(at..at + "ủy".len()).quote(&stored).nfc().collect::<String>();
        assert_eq!(quote, "ủy");
    }

    #[test]
    fn look_alikes_and_invisible_characters_are_mended() {
        assert_eq!(Document::new("Ðảng\u{200B} bộ\u{00A0}x\r\ny").text(), "Đảng bộ x\ny");
    }

    #[test]
    fn plain_characters_need_no_mending() {
        for char in (0..0x3000).filter_map(char::from_u32).filter(|char| is_plain(*char)) {
            assert!(!needs_mending(char) && is_nfc_quick([char].into_iter()) == IsNormalized::Yes, "{char:?}");
        }
    }

    #[test]
    fn code_points_are_counted_over_blocks() {
        let text = "ủy ban ".repeat(50);
        let document = Document::new(&text);
        for (index, (at, char)) in text.char_indices().enumerate() {
            let index = u32::try_from(index).expect("small");
            assert_eq!(document.span(at..at + char.len_utf8()), Span::new(index, index + 1));
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(stored in "\\PC*") {
            let once = Document::new(&stored);
            let twice = Document::new(once.text());
            prop_assert_eq!(twice.text(), once.text());
        }

        #[test]
        fn spans_stay_inside_the_stored_text(stored in ".*") {
            let document = Document::new(&stored);
            let all = document.span(0..document.text().len());
            prop_assert!(all.end as usize <= stored.chars().count());
        }
    }
}
