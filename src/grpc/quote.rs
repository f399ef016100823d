//! Cuts quotes out of stored texts.
//!
//! Evidence counts code points and Rust counts bytes. A meeting has hundreds of ranges, so each text is walked once,
//! leaving a mark every few dozen code points; a quote then costs its own length.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::{Evidence, ReportId, Span};
use crate::service::api::Texts;

use super::convert::offset;
use super::generated::pb;

/// Code points between two marks: four bytes for this many characters of text, and on average half as many steps to an
/// offset.
const STRIDE: usize = 64;

/// The texts of an answer, ready to be quoted.
pub(super) struct Quotes<'a> {
    texts: HashMap<&'a ReportId, Marked<'a>>,
}

impl<'a> Quotes<'a> {
    /// Takes the texts; each is walked when its first quote is cut.
    pub(super) fn new(texts: &'a Texts) -> Self {
        Self { texts: texts.iter().map(|(report, text)| (report, Marked::new(text))).collect() }
    }

    /// A fact's evidence with its quote.
    pub(super) fn evidence(&self, evidence: &Evidence) -> pb::Evidence {
        self.at(&evidence.report, evidence.span)
    }

    /// All of a fact's evidence.
    pub(super) fn all(&self, evidence: &[Evidence]) -> Vec<pb::Evidence> {
        evidence.iter().map(|one| self.evidence(one)).collect()
    }

    /// A range of a report with its quote.
    pub(super) fn at(&self, report: &ReportId, span: Span) -> pb::Evidence {
        let quote = self.texts.get(report).map(|text| text.quote(span)).unwrap_or_default();
        pb::Evidence {
            report: report.name(),
            start_offset: offset(span.start),
            end_offset: offset(span.end),
            quote: quote.to_owned(),
        }
    }
}

/// A text with the byte offset of every [`STRIDE`]th code point.
struct Marked<'a> {
    text: &'a str,
    marks: OnceCell<Vec<usize>>,
}

impl<'a> Marked<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, marks: OnceCell::new() }
    }

    /// The words at a range; shorter where the text ends early.
    fn quote(&self, span: Span) -> &'a str {
        &self.text[self.byte(span.start)..self.byte(span.end)]
    }

    /// Byte offset of a code point; the text's end for those beyond it. Grows with `point`, always on a boundary.
    fn byte(&self, point: u32) -> usize {
        let point = point as usize;
        let marks = self.marks.get_or_init(|| self.text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect());
        let Some(&mark) = marks.get(point / STRIDE) else { return self.text.len() };
        let rest = &self.text[mark..];
        rest.char_indices().nth(point % STRIDE).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_equal_those_of_a_plain_walk() {
        let text: String = "Ủy ban 😀 nhân dân phường; ".repeat(20);
        let marked = Marked::new(&text);
        let length = u32::try_from(text.chars().count()).unwrap();
        for start in 0..length + 3 {
            for end in [start, start + 1, start + 63, start + 64, start + 65, length, length + 9] {
                let span = Span::new(start, end);
                assert_eq!(marked.quote(span), span.quote(&text), "{span:?}");
            }
        }
    }

    #[test]
    fn an_empty_text_has_empty_quotes() {
        assert_eq!(Marked::new("").quote(Span::new(0, 5)), "");
    }

    #[test]
    fn a_missing_text_gives_offsets_without_words() {
        let texts = Texts::new();
        let report = ReportId::derive(None, "x");
        let evidence = Quotes::new(&texts).at(&report, Span::new(3, 7));
        assert_eq!((evidence.start_offset, evidence.end_offset, evidence.quote.as_str()), (3, 7, ""));
        assert_eq!(evidence.report, report.name());
    }
}
