//! The text around the report: headlines, captions, bylines, boilerplate; and where quotations begin and end.
//!
//! A report is a sequence of lines. Most are paragraphs of its body; these are not:
//! - **date header**: "date 2021-12 Sáng 16-12, Thành ủy …": `date` and a year with month at the very beginning, put there by
//!   a collector. Only the header is passed over; the line goes on after it.
//! - **headline**: the first line, if it has no full stop and a gap or the body follows: "Phường An Lạc Tây họp bàn chống ngập".
//! - **section heading**: a short line without a final stop inside the body: "Thu ngân sách vượt kế hoạch".
//! - **caption**: a line with "Ảnh:" in it ("Quang cảnh buổi họp. Ảnh: LÊ MAI"), and the line before a lone "(Ảnh: …)"; a line that
//!   occurs twice (papers repeat captions); a short line without a stop that says who does what at the event ("Bí thư Quận ủy phát biểu tại
//!   hội nghị"); a paragraph of several sentences with a credit behind them is body; and, where the body is one block without gaps, the last block, set apart by a gap.
//! - **byline**: a short line of names only ("Mai Lan – Hà Thu", "VĂN MINH"), "Theo TTXVN", "Nguồn: …".
//! - **boilerplate**: "Bình luận (0)", "Xem thêm", a related-news box, an address, a line of nothing but date and hour ("08/05/2020 - 10:46").
//!
//! What is not recognised stays body: a missed caption costs less than a lost paragraph.

mod lines;
mod quotes;

use std::ops::Range;

use crate::model::SkipReason;
use crate::text::{Phrases, Reading};

pub(super) use quotes::Quote;

/// What each line is, and where words are quoted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Structure {
    /// Per line of the reading: why it is not part of the report's body, if it is not.
    pub(super) lines: Vec<Option<SkipReason>>,
    /// Index of the line that is the headline, if there is one.
    pub(super) headline: Option<usize>,
    /// Tokens of a "date 2021-12" header before the body begins; empty where there is none.
    pub(super) header: Range<usize>,
    /// Quotations in text order, outermost only.
    pub(super) quotes: Vec<Quote>,
}

impl Structure {
    /// The quotation that a token stands in.
    pub(super) fn quote_at(&self, token: usize) -> Option<&Quote> {
        self.quotes_from(token).first().filter(|quote| quote.tokens.start <= token)
    }

    /// The quotations that end behind a token.
    pub(super) fn quotes_from(&self, token: usize) -> &[Quote] {
        let at = self.quotes.partition_point(|quote| quote.tokens.end <= token);
        self.quotes.get(at..).unwrap_or_default()
    }
}

#[derive(Debug)]
pub(super) struct Recognizer {
    markers: Phrases<lines::Marker>,
    words: lines::Words,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { markers: lines::markers(), words: lines::Words::new() }
    }

    pub(super) fn read(&self, reading: &Reading) -> Structure {
        let header = header(reading);
        let (lines, headline) = lines::classify(reading, &header, &self.markers, &self.words);
        let quotes = quotes::find(reading, &lines);
        Structure { lines, headline, header, quotes }
    }
}

/// "date 2021-12", "date: 2021-12-16", at the very beginning.
fn header(reading: &Reading) -> Range<usize> {
    let tokens = &reading.tokens;
    let first = tokens.iter().take_while(|token| token.kind == crate::text::Kind::Break).count();
    if reading.word(first) != "date" {
        return 0..0;
    }
    let mut end = first + 1;
    end += usize::from(tokens.get(end).is_some_and(|token| token.is(':')));
    let digits = |at: usize, count: usize| {
        let word = reading.word(at);
        word.len() == count && word.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(end, 4) {
        return 0..0;
    }
    end += 1;
    while tokens.get(end).is_some_and(|token| token.is('-') && !token.spaced) && digits(end + 1, 2) {
        end += 2;
    }
    0..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, Option<SkipReason>)> {
        let reading = Reading::new(text);
        let structure = Recognizer::new().read(&reading);
        reading
            .lines
            .iter()
            .zip(structure.lines)
            .map(|(l, kind)| (reading.text(l.tokens.clone()).to_owned(), kind))
            .collect()
    }

    fn only_kinds(text: &str) -> Vec<Option<SkipReason>> {
        kinds(text).into_iter().map(|(_, kind)| kind).collect()
    }

    use SkipReason::{Boilerplate, Byline, Caption, Heading};

    #[test]
    fn a_plain_report_has_headline_lead_body_and_captions() {
        let text = "Phường An Lạc Tây bàn chống ngập\n\nSáng 3-4, UBND phường An Lạc Tây họp.\n\nÔng Lân cho biết đã nạo vét 5 km \
                    cống.\nÔng yêu cầu làm tiếp.\nBà Hà cảm ơn.\nMai Lan – Hà Thu\n\nQuang cảnh buổi họp.\nÔng Lân phát biểu - Ảnh: H.T";
        assert_eq!(
            only_kinds(text),
            [Some(Heading), None, None, None, None, Some(Byline), Some(Caption), Some(Caption)]
        );
    }

    #[test]
    fn paragraphs_set_apart_by_gaps_are_body() {
        let text = "Sáng 3-4, UBND phường họp bàn chống ngập.\n\nÔng Lân cho biết đã nạo vét 5 km cống.\n\nPhó Chủ tịch UBND phường \
                    Trần Lân phát biểu tại buổi họp\n\nÔng yêu cầu làm tiếp.\n\nXây dựng tuyến cống mới\n\nBà Hà cảm ơn phường.\n\nVĂN BÌNH";
        assert_eq!(only_kinds(text), [None, None, Some(Caption), None, Some(Heading), None, Some(Byline)]);
    }

    #[test]
    fn boxes_sources_and_comments_are_left_out() {
        let text = "Ông Lân nói đã làm xong.\nNguồn: https://example.org/a.html\nBình luận (0)\nXem thêm\nGiá vàng hôm nay tăng mạnh\n\
                    Thời tiết ngày mai";
        let skipped = [None, Some(Byline), Some(Boilerplate), Some(Boilerplate), Some(Boilerplate), Some(Boilerplate)];
        assert_eq!(only_kinds(text), skipped);
    }

    #[test]
    fn pages_of_portals_carry_stamps_and_credits() {
        let long = "Chiều 14/5, ông Trần Lân làm việc với phường An Lạc Tây về chống ngập. Cùng dự có bà Lê Thị Mơ, ông Hồ Văn Tám, bà Tạ \
                    Thị Hòa, ông Đinh Văn Sáu, ông Vũ Văn Ba, bà Chu Thị Tư và lãnh đạo các phòng, ban của quận, các phường trong quận. \
                    Ông Lân yêu cầu làm sớm, làm gọn, làm đủ. Ảnh: Mai Hà";
        let text =
            format!("Thứ Hai, ngày 12/05/2025 08:30 (GMT+7)\n{long}\nNgày đăng: 13/05/2025\nCác tin khác\nChợ Mới họp");
        let expected = [Some(Boilerplate), None, Some(Boilerplate), Some(Boilerplate), Some(Boilerplate)];
        assert_eq!(only_kinds(&text), expected);
    }

    #[test]
    fn repeated_lines_and_lone_credits_make_captions() {
        let text = "Ông Lân tại buổi làm việc với phường.\nÔng Lân nói đã xong.\nBà Hà tặng quà các cháu.\n(Ảnh: Mai).\nÔng Lân tại buổi \
                    làm việc với phường.";
        assert_eq!(only_kinds(text), [Some(Caption), None, Some(Caption), Some(Caption), Some(Caption)]);
    }

    #[test]
    fn lines_behind_the_author_are_captions() {
        let text = "Sáng 3-4, UBND phường An Lạc Tây họp.\nÔng Lân cho biết đã nạo vét 5 km cống.\nÔng yêu cầu làm tiếp.\nBà Hà cảm ơn \
                    phường.\nTổ 5 xin thêm đèn đường.\nTổ 6 đã dọn rác.\nMai Lan\nNhiều tuyến cống của phường đã được nạo vét.";
        assert_eq!(only_kinds(text)[5..], [None, Some(Byline), Some(Caption)]);
    }

    #[test]
    fn the_date_header_is_passed_over_alone() {
        let reading = Reading::new(" date 2021-12 Sáng 16-12, UBND phường họp.");
        let structure = Recognizer::new().read(&reading);
        assert_eq!(structure.lines, [None]);
        assert_eq!(reading.text(structure.header), "date 2021-12");
        assert!(header(&Reading::new("date palm 2021")).is_empty());
    }

    #[test]
    fn a_sentence_without_its_stop_stays_body() {
        let text = "Hội nghị bàn chống ngập.\nTính đến nay toàn phường đã có 25 khối và 4 cụm thi đua với\n254 đơn vị đăng ký.\n\
                    Cụ thể, Phòng Nội vụ và Phòng Y tế hợp nhất thành một phòng";
        assert_eq!(only_kinds(text), [None, None, None, None]);
    }
}
