//! Sittings: of an assembly, of a body under a high office, of the whole country.

use std::ops::Range;

use super::Finder;
use crate::extract::meeting::events::Event;
use crate::model::MeetingKind;
use crate::text::{Kind, fold};

impl Finder<'_> {
    /// "Thủ tướng chủ trì phiên họp thường kỳ của | Ủy ban …": an office that leads a body's sitting holds it for the body.
    pub(super) fn who_sits(self, sentence: usize, found: Range<usize>) -> Range<usize> {
        const BETWEEN: [&str; 15] = [
            "đầu",
            "tiên",
            "toàn",
            "thể",
            "lần",
            "thứ",
            "thường",
            "kỳ",
            "định",
            "trực",
            "tuyến",
            "bất",
            "phiên",
            "của",
            "họp",
        ];
        let minister = || self.ministers(found.start).is_some_and(|(office, _)| office == found);
        if self.recognizer.bodies.lone_office(self.context, found.start).is_none() && !minister() {
            return found;
        }
        let reading = self.context.reading;
        let limit = reading.sentences[sentence].tokens.end;
        let behind = self.events.iter().filter(|event| event.sentence == sentence && event.tokens.start >= found.end);
        let mut bodies = behind.filter_map(|event| {
            let joins =
                |at: &usize| BETWEEN.contains(&reading.word(*at)) || matches!(reading.tokens[*at].kind, Kind::Number);
            let at = (event.tokens.end..limit).find(|at| !joins(at))?;
            self.body(at)
        });
        bodies.next().unwrap_or(found)
    }

    /// A "kỳ họp" is held by an assembly or an inspection committee: the first that the report names, where another body was found.
    pub(super) fn sitting(self, main: &Event, found: Option<&Range<usize>>) -> Option<Range<usize>> {
        const SIT: [&str; 9] = [
            "hđnd",
            "thường trực hđnd",
            "thường trực hội đồng",
            "hội đồng",
            "quốc hội",
            "ủy ban thường vụ quốc hội",
            "ủy ban kiểm tra",
            "ubkt",
            "ubtvqh",
        ];
        let reading = self.context.reading;
        // "Thảo luận tại tổ sáng 22-5, đại biểu …": a part of the sitting.
        let [sitting, discussion] = [self.recognizer.words.sitting, self.recognizer.words.discussion];
        if ![sitting, discussion].contains(&reading.tokens[main.tokens.start].key) {
            return None;
        }
        let sits = |body: &Range<usize>| {
            let name = fold::spelling(reading.text(body.clone()));
            SIT.iter().any(|first| name.starts_with(&fold::spelling(first)))
        };
        if found.is_some_and(sits) {
            return None;
        }
        self.context.organizations.all.iter().map(|found| found.tokens.clone()).find(|body| sits(body))
    }

    /// "Hội nghị Trung ương 9", "hội nghị lần thứ 9 Ban Chấp hành Trung ương": the party's committee, by its own name where the report has it.
    pub(super) fn plenum(self, main: &Event) -> Option<Range<usize>> {
        const NEAR: usize = 7;
        let reading = self.context.reading;
        let word = |at: usize| reading.small_word(at);
        let near = main.tokens.start + 1..main.tokens.start + NEAR;
        let centre = near.into_iter().find(|&at| word(at) == "trung" && word(at + 1) == "ương")?;
        let between = |at: usize| {
            matches!(word(at), "hội" | "nghị" | "lần" | "thứ" | "ban" | "chấp" | "hành")
                || reading.tokens[at].kind == Kind::Number
        };
        // "hội nghị Trung ương Hội Luật gia" is the association's.
        let behind = reading.tokens.get(centre + 2)?;
        let party = behind.kind == Kind::Number
            || !behind.is_word()
            || matches!(word(centre + 2), "khóa" | "khoá" | "lần" | "đảng");
        let plenary = word(main.tokens.start) == "hội" && (main.tokens.start..centre).all(between) && party;
        let committee = |name: &str| fold::spelling(name).starts_with(&fold::spelling("ban chấp hành trung ương"));
        let bodies = &self.context.organizations.all;
        let named =
            || bodies.iter().map(|found| found.tokens.clone()).find(|body| committee(reading.text(body.clone())));
        plenary.then(|| named().unwrap_or(centre..centre + 2))
    }

    /// True for a conference of the whole country.
    pub(super) fn is_nationwide(self, main: &Event) -> bool {
        let words = (main.tokens.end..main.tokens.end + 4).map(|at| self.context.reading.word(at));
        main.kind == MeetingKind::Conference && words.clone().zip(words.skip(1)).any(|pair| pair == ("toàn", "quốc"))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};
    use crate::model::{MeetingFacts, MeetingKind};

    fn meeting(text: &str) -> MeetingFacts {
        Extractor::new().extract(Source { text, ..Source::default() }).meeting
    }

    #[test]
    fn who_is_led_into_a_sitting_sits() {
        for (text, convener) in [
            ("Sáng 5-8, Thủ tướng Lê Ân chủ trì phiên họp Chính phủ thường kỳ tháng 7.", Some("Chính phủ")),
            (
                "Sáng 5-8, Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam họp phiên thứ 9. Văn phòng trình Ban Thường vụ Đảng đoàn sau.",
                Some("Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam"),
            ),
            (
                "Ngày 5-8, Tổng Bí thư Lê Ân chủ trì họp Bộ Chính trị. Tham dự hội nghị có lãnh đạo các bộ.",
                Some("Bộ Chính trị"),
            ),
            (
                "Ngày 5-8, Phó Thủ tướng Lê Ân chủ trì phiên họp lần thứ 9 của Hội đồng Tiền lương.",
                Some("Hội đồng Tiền lương"),
            ),
            ("Ngày 5-8, Thủ tướng Lê Ân chủ trì cuộc họp về thủy lợi với Bộ Xây dựng.", Some("Thủ tướng")),
            (
                "Ngày 5-8, Chủ tịch TP Bạch Giang Lê Ân chủ trì buổi làm việc với Sở Xây dựng.",
                Some("Chủ tịch TP Bạch Giang"),
            ),
            (
                "Sáng 5-8, ông Lê Ân, Chánh Văn phòng Tỉnh ủy Sơn Hà, cho biết Thường trực Tỉnh ủy đã họp nghe báo cáo về lúa.",
                Some("Thường trực Tỉnh ủy"),
            ),
            (
                "Ngày 5-8, Thanh tra Sở Y tế Sơn Hà cho biết đã họp với Công ty Nước Xanh.",
                Some("Thanh tra Sở Y tế Sơn Hà"),
            ),
            ("Ngày 5-8, Hội Nông dân (HND) huyện Ân Bình tổ chức hội nghị.", Some("Hội Nông dân huyện Ân Bình")),
            (
                "Ngày 5-8, Ủy ban nhân dân (UBND) thành phố (TP) Bạch Giang tổ chức hội nghị.",
                Some("Ủy ban nhân dân thành phố Bạch Giang"),
            ),
            ("Tại hội nghị toàn quốc về du lịch ngày 5-8, Chủ tịch UBND tỉnh Sơn Hà Lê Ân kể về biển.", None),
            (
                "Thảo luận tại tổ sáng 5-8, Bí thư Tỉnh ủy Sơn Hà Lê Ân nói về đất. Quốc hội sẽ bàn tiếp.",
                Some("Quốc hội"),
            ),
        ] {
            assert_eq!(meeting(text).convener.map(|body| body.name).as_deref(), convener, "{text}");
        }
    }

    #[test]
    fn who_is_named_around_the_event() {
        for (text, convener) in [
            (
                "Chánh văn phòng UBND tỉnh Sơn Hà phê bình khi đến giờ làm việc vẫn vắng. Sáng 5-8, buổi làm việc giữa Tổ công tác của UBND tỉnh Sơn Hà với huyện Ân Bình bắt đầu.",
                "UBND tỉnh Sơn Hà",
            ),
            (
                "Mở đầu buổi làm việc với tỉnh Sơn Hà ngày 27/6, Thủ tướng Lê Ân hỏi về lúa. Buổi làm việc còn có sự tham gia của các Phó thủ tướng.",
                "Thủ tướng",
            ),
            (
                "Lễ kỷ niệm 50 năm thành lập huyện được Huyện ủy Ân Bình, UBND huyện tổ chức sáng 16/9. Sở Y tế cử đoàn dự.",
                "Huyện ủy Ân Bình",
            ),
            (
                "Lời nhắn được người đứng đầu Chính phủ đưa ra tại cuộc họp tổng kết công tác năm và triển khai nhiệm vụ năm 2018 của Tổng cục Thống kê sáng 22-1.",
                "Tổng cục Thống kê",
            ),
            ("Tối 30-11, tỉnh Sơn Hà đã long trọng tổ chức lễ công bố nghị quyết của Chính phủ.", "tỉnh Sơn Hà"),
            ("Sáng 3-2, huyện Ân Bình, tỉnh Sơn Hà đã tổ chức hội nghị về lúa.", "huyện Ân Bình"),
            (
                "Tại cuộc họp với báo chí chiều 27/3, Chánh văn phòng UBND tỉnh Sơn Hà Lê Văn Ân nói về rừng.",
                "UBND tỉnh Sơn Hà",
            ),
            (
                "Ngày 16-12 tại Gia Lai, Vinatan Lam Hải đã tổ chức lễ công bố quy hoạch. Thứ trưởng Bộ Y tế Lê Văn Ân dự.",
                "Vinatan Lam Hải",
            ),
            ("Sáng 24/11, Bộ trưởng Y tế Lê Văn Ân chủ trì cuộc họp về thuốc.", "Bộ Y tế"),
            (
                "Sáng 26/3, Bộ trưởng Y tế Lê Văn Ân chủ trì phiên làm việc đầu tiên của Ban Chỉ đạo Phòng, chống dịch.",
                "Ban Chỉ đạo Phòng, chống dịch",
            ),
            (
                "Sáng 4-1, Phó Chủ nhiệm Văn phòng Quốc hội Lê Văn Ân chủ trì họp báo. Trình bày tại họp báo, Thứ trưởng Bộ Y tế Lê Văn Hải nói về thuốc.",
                "Văn phòng Quốc hội",
            ),
            (
                "Giám đốc Sở Y tế Sơn Hà Lê Văn Hải nêu khó khăn tại cuộc họp về tình hình tháng 8 sáng 5-9 do Chủ tịch UBND tỉnh Lê Văn Ân chủ trì.",
                "UBND tỉnh",
            ),
            (
                "Bộ trưởng Bộ Y tế Lê Văn Ân nói về thuốc tại hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018 của Tổng cục Dân số.",
                "Tổng cục Dân số",
            ),
            ("Bộ trưởng Bộ Y tế Lê Văn Ân trả lời tại phiên chất vấn ở Quốc hội sáng 5-8.", "Quốc hội"),
            ("Sáng 5-8, Quốc hội thảo luận về thuốc. Bộ trưởng Bộ Y tế Lê Văn Ân giải trình.", "Quốc hội"),
            (
                "Tại buổi làm việc về giấy tờ sáng 5-8, sau khi nghe Sở Nội vụ báo cáo, Bí thư Thành ủy Bạch Giang Lê Văn Ân nói.",
                "Thành ủy Bạch Giang",
            ),
            (
                "Bộ trưởng Bộ Y tế Lê Văn Ân nói về thuốc. Tại cuộc họp về thuốc sáng 5-8, Bộ trưởng Lê Văn Ân yêu cầu Viện Dược báo cáo.",
                "Bộ Y tế",
            ),
            (
                "Sáng 5-8, Tổng Bí thư Lê Ân chủ trì họp Bộ Chính trị về công tác chuẩn bị cho Hội nghị Trung ương 10, Kỳ họp thứ 7 Quốc hội.",
                "Bộ Chính trị",
            ),
            (
                "Hội thảo về lúa diễn ra sáng 5-8 với sự tham gia của Bộ Y tế. Chủ tịch UBND tỉnh Sơn Hà Lê Văn Ân phát biểu.",
                "UBND tỉnh Sơn Hà",
            ),
            ("Sáng 27-11, tổ đại biểu Quốc hội TP. HCM tiếp xúc cử tri huyện Ân Bình.", "tổ đại biểu Quốc hội TP. HCM"),
        ] {
            assert_eq!(meeting(text).convener.map(|body| body.name).as_deref(), Some(convener), "{text}");
        }
    }

    #[test]
    fn the_partys_committee_holds_its_plenums() {
        for (text, convener) in [
            ("Hội nghị Trung ương 9 khóa XII họp hai ngày. Ban Bí thư báo cáo trước hội nghị.", "Trung ương"),
            (
                "Sáng 5-8, hội nghị lần thứ 9 Ban Chấp hành Trung ương Đảng khai mạc. Tổng Bí thư Lê Ân phát biểu.",
                "Ban Chấp hành Trung ương Đảng",
            ),
            (
                "Kiểm sát viên nêu vướng mắc tại hội nghị sơ kết 3 năm thành lập Sở Nông thôn Sơn Hà. Ngày 5-8, UBND tỉnh Sơn Hà đã tổ chức hội nghị này.",
                "UBND tỉnh Sơn Hà",
            ),
        ] {
            assert_eq!(meeting(text).convener.map(|body| body.name).as_deref(), Some(convener), "{text}");
        }
        let text = "Hội đồng khen thưởng bàn về lúa tại hội nghị gặp mặt Xuân Mậu Tuất 2018 vào sáng 10-3 ở Sơn Hà.";
        assert_eq!(meeting(text).date.map(|date| date.date.to_string()).as_deref(), Some("2018-03-10"));
    }

    #[test]
    fn an_assembly_that_discusses_sits() {
        for (text, kind) in [
            ("Sáng 5-8, Quốc hội thảo luận về dự án luật. Hội nghị hôm qua đã bàn.", MeetingKind::Plenary),
            ("Thảo luận tại hội trường chiều 5-8, đại biểu Lê Ân nêu ý kiến.", MeetingKind::Plenary),
            ("Sáng 5-8, Quốc hội bắt đầu phiên thảo luận về ngân sách.", MeetingKind::Plenary),
            (
                "Kỳ họp thứ nhất HĐND huyện Ân Bình ngày 5-7 đã bầu chủ tịch. Trước đó, tại hội nghị tổng kết công tác năm, ông Lê Ân nêu ý kiến.",
                MeetingKind::Plenary,
            ),
            ("Tại phiên họp toàn thể của hội nghị về lúa sáng 5-8, ông Lê Ân nêu ý kiến.", MeetingKind::Conference),
            (
                "Tại cuộc họp với báo chí chiều 5-8, ông Lê Ân, Chánh Văn phòng UBND tỉnh, trả lời.",
                MeetingKind::Dialogue,
            ),
        ] {
            assert_eq!(meeting(text).kind, Some(kind), "{text}");
        }
    }
}
