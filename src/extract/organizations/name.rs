//! A body's name while it is read, and when it is.

use std::ops::Range;

/// A body's name as it stands: where, and the pieces of text that make it up (more than one where brackets are left out or a head
/// is shared).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) tokens: Range<usize>,
    pub(super) pieces: Vec<Range<usize>>,
    /// The unit words of its places, left out where a place may be written with and without.
    pub(super) units: Vec<Range<usize>>,
    pub(super) fixed: bool,
    /// A place in its name without unit word: "Công an | Lâm Hà".
    pub(super) place: Option<Range<usize>>,
    /// A unit word that ends its name: "UBND | tỉnh".
    pub(super) bare: Option<Range<usize>>,
    /// True for a body named inside another's name.
    pub(super) nested: bool,
    /// True for a force behind its commander, "Tư lệnh | BĐBP": the whole of it, no short form of a province's.
    pub(super) whole: bool,
    /// True for a head alone, "Tổng Công ty", "Ban Chỉ đạo": a body only where another mention says which.
    pub(super) generic: bool,
}

/// What a parse has come to.
pub(super) struct Name {
    pub(super) end: usize,
    pub(super) pieces: Vec<Range<usize>>,
    pub(super) units: Vec<Range<usize>>,
    pub(super) place: Option<Range<usize>>,
    pub(super) bare: Option<Range<usize>>,
    /// True behind the title of an office, and inside another name.
    pub(super) office: bool,
    /// Where the subject begins, for heads shared by a list.
    pub(super) subject: usize,
    pub(super) complements: usize,
    /// A list of places that shares the name before it: the unit word, and the names behind the first.
    pub(super) list: Option<(Range<usize>, Vec<Range<usize>>)>,
}

impl Name {
    /// Lengthens the last piece to a token, or begins a new one where a bracket lies between.
    pub(super) fn grow(&mut self, end: usize) {
        match self.pieces.last_mut() {
            Some(last) if last.end == self.end => last.end = end,
            _ => self.pieces.push(self.end..end),
        }
        self.end = end;
    }

    /// Joins pieces that lie side by side.
    pub(super) fn join(&mut self) {
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match joined.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => joined.push(piece),
            }
        }
        self.pieces = joined;
    }
}
