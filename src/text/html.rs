//! Reports that come as HTML: the visible text, each character with the place of its source.

/// A visible character with the half-open range of code points of the stored text that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visible {
    pub(super) char: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The visible text of an HTML document or fragment; `None` where the text is not HTML.
pub(super) fn visible(_stored: &str) -> Option<Vec<Visible>> {
    None
}
