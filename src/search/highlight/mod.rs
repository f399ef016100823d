//! Marks the words of a query in a text, and cuts out the passage that shows most of them.
//!
//! One pass over the text finds its words and a cheap hash of each ([`scan`]); only words whose hash is wanted are looked at
//! closely. A query word that is found as typed is marked there only; else where it stands with other marks. Words that stand
//! beside their neighbour of the query are preferred to the same words elsewhere. Short forms are marked for what
//! they stand for, and the other way round.

mod scan;
mod snippet;
mod wanted;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::model::Span;
use crate::text::Document;

use super::query::meaning::{Meaning, Run};
pub(super) use scan::Letters;
use scan::{Scan, TextWord};
pub(super) use wanted::ShortForms;
use wanted::Wanted;

/// Marks the words of one query in texts. Cheap to share.
#[derive(Debug)]
pub struct Highlighter {
    wanted: Wanted,
    letters: Arc<Letters>,
}

/// A passage of a text with the query's words marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Highlights {
    /// The passage, in the words of the text; its beginning where nothing is marked.
    pub snippet: String,
    /// Where the passage stands in the stored text.
    pub snippet_span: Span,
    /// The marked places within the passage, in order, without overlap.
    pub marks: Vec<Mark>,
    /// All marked places in the stored text, in order, without overlap; at most a thousand.
    pub spans: Vec<Span>,
    /// How many different words of the query the passage shows: of several texts the one with most is shown.
    pub matched: u32,
}

/// One marked place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// In the passage, in code points.
    pub in_snippet: Span,
    /// In the stored text, in code points.
    pub in_text: Span,
}

/// After so many bytes of a text it is looked at whether more need be read for a snippet.
const STEP: usize = 1000;
/// Most marked places of a text.
const MOST_SPANS: usize = 1000;

impl Highlighter {
    /// `others` are other names of what is asked for: they are marked whole.
    pub(super) fn new(meaning: &Meaning, others: &[Run], short_forms: &ShortForms, letters: Arc<Letters>) -> Self {
        Self { wanted: Wanted::of(meaning, others, short_forms), letters }
    }

    /// True if the query has no words that could be marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The passage that [`Self::highlight`] cuts out, with its marks, and in `spans` those of the passage alone. Where a beginning of the
    /// text shows all words side by side, as typed, nothing behind it is read: no passage can show more. Where the marks typed are
    /// `respected`, words with other marks are not marked, for a hit that was not found by them.
    #[must_use]
    pub fn snippet(&self, stored: &str, length: u32, respected: bool) -> Highlights {
        let mut scan = Scan::new(&self.wanted, &self.letters);
        let mut found = if self.read_for_passage(&mut scan, stored, (length, respected)) {
            self.finish_stored(scan, stored, (length, respected))
        } else {
            self.mark_mended(stored, (length, respected))
        };
        found.spans = found.marks.iter().map(|mark| mark.in_text).collect();
        found
    }

    /// Reads as much of a stored text as its passage hangs on; false if it must be mended first.
    fn read_for_passage(&self, scan: &mut Scan<'_>, stored: &str, (length, respected): (u32, bool)) -> bool {
        let (mut end, mut known) = (0, 0);
        // One past the last code point that the passage may show.
        let mut enough = None;
        while end < stored.len() {
            end = stored.floor_char_boundary(end + STEP);
            if !scan.read(stored, end) {
                return false;
            }
            if enough.is_none() && scan.hits().len() > known {
                known = scan.hits().len();
                enough =
                    self.wanted.settled_by(scan.hits(), respected).map(|settled| settled.first.saturating_add(length));
            }
            // Behind that, words that the passage is rounded to.
            if enough.is_some_and(|enough| scan.points() > enough.saturating_add(length)) {
                return true;
            }
        }
        scan.close(stored);
        true
    }

    /// Marks the query's words in a stored text and cuts out a passage of about `length` code points.
    #[must_use]
    pub fn highlight(&self, stored: &str, length: u32) -> Highlights {
        let mut scan = Scan::new(&self.wanted, &self.letters);
        if !scan.read(stored, stored.len()) {
            return self.mark_mended(stored, (length, false));
        }
        scan.close(stored);
        self.finish_stored(scan, stored, (length, false))
    }

    fn finish_stored(&self, scan: Scan<'_>, stored: &str, size: (u32, bool)) -> Highlights {
        self.finish(scan, stored, size, |word| Span::new(word.first, word.last), |bytes| code_points(stored, bytes))
    }

    /// Where a text needs mending before it can be read, the way back is kept by the document.
    fn mark_mended(&self, stored: &str, size: (u32, bool)) -> Highlights {
        let document = Document::new(stored);
        let mut scan = Scan::new(&self.wanted, &self.letters);
        scan.read_mended(document.text());
        let span = |word: &TextWord| document.span(word.start..word.end);
        self.finish(scan, document.text(), size, span, |bytes| document.span(bytes))
    }

    fn finish(
        &self,
        scan: Scan<'_>,
        text: &str,
        (length, respected): (u32, bool),
        span_of: impl Fn(&TextWord) -> Span,
        span_of_bytes: impl Fn(Range<usize>) -> Span,
    ) -> Highlights {
        let (hits, apart) = scan.into_hits();
        let places = self.wanted.choose(hits, respected);
        let window = snippet::window(text, &places, length);
        // Letters whose marks stand apart are shown with them.
        let shown = |bytes: Range<usize>| {
            let part = &text[bytes];
            if apart { Cow::Owned(Document::new(part).text().to_owned()) } else { Cow::Borrowed(part) }
        };
        let length_of = |bytes: Range<usize>| u32::try_from(shown(bytes).chars().count()).unwrap_or(u32::MAX);
        let mut marks = Vec::with_capacity(window.places.len());
        let (mut before, mut at) = (0, window.bytes.start);
        for place in &places[window.places.clone()] {
            before += length_of(at..place.first.start);
            let end = before + length_of(place.first.start..place.last.end);
            let in_text = Span::new(span_of(&place.first).start, span_of(&place.last).end);
            marks.push(Mark { in_snippet: Span::new(before, end), in_text });
            (before, at) = (end, place.last.end);
        }
        let spans = places.iter().take(MOST_SPANS);
        Highlights {
            snippet: shown(window.bytes.clone()).into_owned(),
            snippet_span: span_of_bytes(window.bytes),
            marks,
            spans: spans.map(|place| Span::new(span_of(&place.first).start, span_of(&place.last).end)).collect(),
            matched: window.matched,
        }
    }
}

fn code_points(text: &str, bytes: Range<usize>) -> Span {
    let count = |part: &str| u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
    let start = count(&text[..bytes.start]);
    Span::new(start, start.saturating_add(count(&text[bytes])))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::super::query::meaning::{QuestionWords, Reader};
    use super::super::schema::Unit;
    use super::*;
    use crate::text::Abbreviations;

    fn highlighter(query: &str) -> Highlighter {
        highlighter_with(query, &[])
    }

    fn highlighter_with(query: &str, others: &[&str]) -> Highlighter {
        let (abbreviations, question_words) = (Abbreviations::new(), QuestionWords::new());
        let reader = Reader { unit: Unit::Meeting, abbreviations: &abbreviations, question_words: &question_words };
        let meaning = reader.read(query).expect(query);
        let others: Vec<Run> = others.iter().flat_map(|other| reader.read(other).expect(other).runs).collect();
        Highlighter::new(&meaning, &others, &ShortForms::new(&abbreviations), Arc::new(Letters::new()))
    }

    fn marked(query: &str, text: &str) -> Vec<String> {
        marked_by(&highlighter(query), text)
    }

    fn marked_by(highlighter: &Highlighter, text: &str) -> Vec<String> {
        let found = highlighter.highlight(text, 200);
        for mark in &found.marks {
            let (in_snippet, in_text) = (mark.in_snippet.quote(&found.snippet), mark.in_text.quote(text));
            assert_eq!(in_snippet.nfc().collect::<String>(), in_text.nfc().collect::<String>());
        }
        found.spans.iter().map(|span| span.quote(text).to_owned()).collect()
    }

    #[test]
    fn words_are_marked_as_typed() {
        assert_eq!(marked("thuỷ lợi", "Công trình Thủy lợi, thúy lợi"), ["Thủy lợi"]);
        assert_eq!(marked("thuy loi", "Công trình Thủy lợi"), ["Thủy lợi"]);
        assert_eq!(marked("thùy", "Thủy và Thúy"), ["Thủy", "Thúy"]);
        assert_eq!(marked("má", "má mà mả"), ["má"]);
    }

    #[test]
    fn neighbours_are_preferred() {
        assert_eq!(marked("chuyển đổi số", "Số liệu về chuyển đổi số, số 5"), ["chuyển đổi số"]);
        assert_eq!(marked("chuyển số", "chuyển rồi số"), ["chuyển", "số"]);
    }

    #[test]
    fn short_forms_are_marked_both_ways() {
        assert_eq!(
            marked("UBND quận 1", "Tại Q.1, Ủy ban nhân dân quận 1 và UBND"),
            ["Q.1", "Ủy ban nhân dân quận 1", "UBND"]
        );
        assert_eq!(marked("ủy ban nhân dân", "UBND xã họp"), ["UBND"]);
        assert_eq!(marked("thành phố hồ chí minh", "ở TP.HCM và Tp Hồ Chí Minh"), ["TP.HCM", "Tp Hồ Chí Minh"]);
    }

    #[test]
    fn words_of_a_short_form_are_marked_together() {
        assert_eq!(marked("UBND phố", "Nhân dân phố Ủy ban, UBND phường"), ["phố", "UBND"]);
        assert_eq!(marked("UBND dân", "Nghe dân ban đêm, rồi về UBND"), ["dân", "UBND"]);
    }

    #[test]
    fn other_marks_are_not_marked_in_a_hit_that_was_not_found_by_them() {
        let (typed, text) = ("thành phố họp", "Phó chủ tịch họp");
        let shown = |respected| {
            let found = highlighter(typed).snippet(text, 200, respected);
            found.spans.iter().map(|span| span.quote(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(true), ["họp"]);
        assert_eq!(shown(false), ["Phó", "họp"]);
        // A word typed without marks beside others with some is meant so, and in a hit that has all words as typed in any case.
        assert_eq!(marked("thu ngân sách", "thụ lý, rồi thu thuế; ngân sách"), ["thu", "ngân sách"]);
        assert_eq!(highlighter("hoa sen").snippet("Xuân Hoá tặng hoa sen", 200, true).spans.len(), 1);
        assert_eq!(highlighter("hoa sen").snippet("Xuân Hoá trồng sen", 200, false).spans.len(), 2);
    }

    /// Some type marks in a part of a query only: what stands beside its neighbour there is meant rather than a word that happens to have
    /// none.
    #[test]
    fn a_word_without_marks_is_first_of_all_that_beside_its_neighbour() {
        let text = "Bàn việc giải phóng mặt bằng giai đoạn hai qua xã Đông Hải";
        assert_eq!(marked("giai phong mat bang Đông Hải", text), ["giải phóng mặt bằng", "Đông Hải"]);
        assert_eq!(marked("Hoa Bình", "Hòa Bình có hoa đẹp, xã Hoa Bình"), ["Hoa Bình"]);
        assert_eq!(marked("Hoa Bình", "Hòa Bình có hoa đẹp"), ["Hòa Bình"]);
    }

    /// What a name is also called, or what is short for it, has marks that nobody typed.
    #[test]
    fn marks_that_nobody_typed_make_no_word_strict() {
        let text = "Thành phố Bạch Giang tinh giản biên chế, thời gian họp";
        let highlighter = highlighter_with("tinh gian bien che bach giang", &["tỉnh Bạch Giang"]);
        assert_eq!(marked_by(&highlighter, text), ["Bạch Giang tinh giản biên chế"]);
        assert_eq!(marked("ubnd dong hai", "UBND xã Đông Hải họp ở khu dong"), ["UBND", "Đông Hải"]);
    }

    #[test]
    fn phrases_are_marked_whole() {
        assert_eq!(marked("\"khu phố\" họp", "khu vực họp tại khu phố 3"), ["họp", "khu phố"]);
    }

    #[test]
    fn numbers_and_prefixes() {
        assert_eq!(marked("8598", "đạt 8.598 tỉ"), ["8.598"]);
        assert_eq!(marked("ngh*", "Hội nghị nghe"), ["nghị nghe"]);
        assert_eq!(marked("thô*", "Thơ viết về thôn, đường giao thông"), ["thôn", "thông"]);
    }

    #[test]
    fn stored_positions_hold_for_texts_that_need_mending() {
        let decomposed: String = "😀 Bí thư Thành ủy".nfd().collect();
        let found = highlighter("thành uỷ").highlight(&decomposed, 200);
        let quote: String = found.spans[0].quote(&decomposed).nfc().collect();
        assert_eq!(quote, "Thành ủy");
        let look_alike = highlighter("đảng bộ").highlight("x Ðảng bộ", 200);
        assert_eq!(look_alike.spans, [Span::new(2, 9)]);
        assert_eq!(look_alike.snippet, "x Đảng bộ");
    }

    #[test]
    fn marks_apart_from_their_letters_change_nothing_that_is_shown() {
        let composed = "Sáng 5-8, Thành uỷ họp. Phó Bí thư Thường trực nói về chuyển đổi số ở phường Đông. ".repeat(30);
        let apart: String = composed.nfd().collect();
        for query in ["chuyển đổi số", "thành ủy", "duong dong", "\"thường trực\"", "số 5"] {
            let highlighter = highlighter(query);
            let [one, other] = [&composed, &apart].map(|text| highlighter.snippet(text, 60, false));
            let shown = |found: &Highlights| {
                let marks = found.marks.iter().map(|mark| mark.in_snippet.quote(&found.snippet).to_owned());
                marks.collect::<Vec<_>>()
            };
            assert_eq!(shown(&one), shown(&other), "{query}");
            assert!(composed.contains(&other.snippet), "{query}: {}", other.snippet);
            for mark in &other.marks {
                let in_text: String = mark.in_text.quote(&apart).nfc().collect();
                assert_eq!(in_text, mark.in_snippet.quote(&other.snippet));
            }
        }
    }

    #[test]
    fn the_passage_shows_most_words() {
        let text = format!("họp {} Bàn về ngân sách quận. {}", "xa. ".repeat(100), "gần. ".repeat(100));
        let found = highlighter("họp ngân sách").highlight(&text, 100);
        assert!(found.snippet.contains("ngân sách"), "{}", found.snippet);
        assert!(found.snippet.chars().count() <= 120);
        assert_eq!(found.snippet_span.quote(&text), found.snippet);
        assert_eq!(found.matched, 2);
    }

    #[test]
    fn the_head_of_a_text_gives_the_passage_of_the_whole() {
        let rest = "Việc khác cũng được bàn. Ngân sách quận thiếu. ".repeat(100);
        for head in [
            "Họp về ngân sách quận, sáng nay. ",
            "Họp.\nĐại biểu nói: ngân sách quận tăng. ",
            "Hai việc. ",
            "Ngan sach quan. ",
            "Quận có ngân sách. ",
        ] {
            let text = format!("{head}{rest}");
            for query in ["ngân sách quận", "ngan sach", "quận", "sách ngân", "\"ngân sách\" họp"] {
                let highlighter = highlighter(query);
                let (whole, quick) = (highlighter.highlight(&text, 60), highlighter.snippet(&text, 60, false));
                assert_eq!((whole.snippet, whole.marks), (quick.snippet, quick.marks), "{query}: {head}");
            }
        }
    }

    #[test]
    fn a_text_without_the_words_gives_its_beginning() {
        let found = highlighter("không có").highlight("Hội nghị bàn việc khác.", 10);
        assert_eq!((found.snippet.as_str(), found.marks.len()), ("Hội nghị", 0));
        assert_eq!(highlighter("x").highlight("", 10), Highlights::default());
    }
}
