//! Positions in a report's stored text.

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of Unicode code points (not bytes, not UTF-16 units) of a report's stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Index of the first code point.
    pub start: u32,
    /// Index one past the last code point; never below `start`.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an end before the start is lifted to the start, so that a span is never negative.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Number of code points.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// True for a span that covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` lies wholly within this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two spans share at least one code point.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text the span covers; shorter where the text ends early.
    #[must_use]
    pub fn quote(self, text: &str) -> &str {
        let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(self.start as usize);
        let Some(from) = offsets.next() else { return "" };
        let to = if self.is_empty() { Some(from) } else { offsets.nth(self.len() as usize - 1) };
        &text[from..to.unwrap_or(text.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_count_code_points_not_bytes() {
        let text = "😀 Bí thư";
        assert_eq!(Span::new(2, 4).quote(text), "Bí");
        assert_eq!(Span::new(5, 99).quote(text), "thư");
        assert_eq!(Span::new(3, 3).quote(text), "");
        assert_eq!(Span::new(99, 100).quote(text), "");
    }
}
