//! What stands between an office and the name of who holds it: a short form, a larger body, "là".

use super::scan::Scanner;
use crate::text::{Case, Kind};

impl Scanner<'_> {
    /// Passes over the short form of a body, or the body that it is of, in brackets before who holds the office: "Chủ tịch Tổng Công ty Đường
    /// thủy (Vinatan) | Lê An", "Trưởng phòng Dịch tễ (Cục Thú y) | Lê An".
    pub(super) fn pass_short_form(&self, at: usize) -> usize {
        let tokens = &self.reading.tokens;
        if !tokens.get(at).is_some_and(|token| token.is('(')) {
            return at;
        }
        let short = tokens.get(at + 1).is_some_and(|token| token.is_capital()).then_some(at + 2);
        let close = self.offices.body(at + 1).map(|body| body.tokens.end).or(short);
        let close = close.filter(|&close| tokens.get(close).is_some_and(|token| token.is(')')));
        let held =
            |from: usize| self.surnames.begins(self.reading, from) && self.full_name(from, true, false).is_some();
        close.map(|close| close + 1).filter(|&from| held(from)).unwrap_or(at)
    }

    /// Passes over what joins an office to who holds it: "Phó Chủ tịch UBND huyện phụ trách văn xã là | bà Lê Thị Mơ", "Bí thư Đảng ủy xã là | đồng
    /// chí Lê An".
    pub(super) fn pass_copula(&self, at: usize) -> usize {
        const MOST_WORK: usize = 8;
        let small =
            |at: &usize| self.reading.tokens.get(*at).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
        let charged = (self.reading.word(at), self.reading.word(at + 1)) == ("phụ", "trách");
        let is =
            (at..at + if charged { MOST_WORK } else { 1 }).take_while(small).find(|&at| self.reading.word(at) == "là");
        let held = |is: usize| {
            let (from, signed, _) = self.pass_honorifics(is + 1);
            !signed && from > is + 1 && self.full_name(from, false, true).is_some()
        };
        is.filter(|&is| held(is)).map_or(at, |is| is + 1)
    }

    /// Passes over the body that a unit is of, between a comma and who leads the unit: "Phó Vụ trưởng Vụ Pháp chế, Bộ Tư pháp | Lê An".
    pub(super) fn pass_parent(&self, at: usize) -> usize {
        let comma = self.reading.tokens.get(at).is_some_and(|token| token.is(','));
        let parent = comma.then(|| self.offices.body(at + 1)).flatten().map(|body| body.tokens.end);
        parent.filter(|&end| self.full_name(end, true, false).is_some()).unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};

    fn offices(text: &str) -> Vec<String> {
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        let office = |office: &crate::model::OfficeFact| format!("{} / {}", office.title, office.organization);
        record.people.iter().flat_map(|person| person.offices.iter().map(office)).collect()
    }

    #[test]
    fn holders_stand_behind_more_than_the_office() {
        for (text, expected) in [
            ("Phó Vụ trưởng Vụ Pháp chế, Bộ Tư pháp Lê Văn Ba nói.", vec!["Phó Vụ trưởng / Vụ Pháp chế"]),
            ("Bí thư Đảng ủy phường là đồng chí Lê Văn Ba.", vec!["Bí thư / Đảng ủy phường"]),
            ("Phó Chủ tịch UBND huyện phụ trách văn xã là bà Lê Thị Mơ.", vec!["Phó Chủ tịch / UBND huyện"]),
            (
                "HĐND bầu ông Lê Văn Ba, Giám đốc Sở Xây dựng và bà Hà Thị Mơ, Giám đốc Sở Y tế giữ chức Ủy viên UBND tỉnh.",
                vec!["Giám đốc / Sở Xây dựng", "Ủy viên / UBND tỉnh", "Giám đốc / Sở Y tế", "Ủy viên / UBND tỉnh"],
            ),
            (
                "Bà Lê Thị Mơ, UVBTV, Trưởng Ban Tổ chức Tỉnh ủy, dự.",
                vec!["UVBTV / Ban Thường vụ Tỉnh ủy", "Trưởng Ban / Ban Tổ chức Tỉnh ủy"],
            ),
            (
                "Chủ nhiệm Ủy ban Khoa học, Công nghệ và Môi trường Lê Văn Ba dự, cùng Ủy ban Pháp luật và Tư pháp. Chủ nhiệm Ủy ban Lê Văn Ba nói.",
                vec!["Chủ nhiệm / Ủy ban Khoa học, Công nghệ và Môi trường"],
            ),
            (
                "Thành ủy Bạch Giang và Quận ủy Sơn Trà họp. Ông Lê Văn Ba, Phó Bí thư, Chủ tịch UBND quận, dự.",
                vec!["Phó Bí thư / Quận ủy Sơn Trà", "Chủ tịch / UBND quận"],
            ),
            (
                "Tổng Công ty Điện lực Sơn Hà họp với Công ty Điện lực Phú Hải. Tổng Giám đốc Lê Văn Ba nói.",
                vec!["Tổng Giám đốc / Tổng Công ty Điện lực Sơn Hà"],
            ),
            (
                "Chánh Tòa Dân sự TAND tỉnh Lê Văn Ba; Giám đốc Chi nhánh Trung tâm Phát triển quỹ đất khu vực II Hà Văn Sáu.",
                vec![
                    "Chánh Tòa / Tòa Dân sự TAND tỉnh",
                    "Giám đốc / Chi nhánh Trung tâm Phát triển quỹ đất khu vực II",
                ],
            ),
            (
                "Ông Lê Văn Ba, Chủ tịch UBND tỉnh, chủ trì. Sau khi nghe Chánh Thanh tra tỉnh Hà Văn Sáu, Chủ tịch UBND tỉnh yêu cầu làm rõ.",
                vec!["Chủ tịch / UBND tỉnh", "Chánh Thanh tra / Thanh tra tỉnh"],
            ),
            ("Chị Lê Thị Mơ, Bí thư T.Ư Đoàn, dự.", vec!["Bí thư / T.Ư Đoàn"]),
            ("Chủ tịch Hội đồng Dân tộc Y Thanh Hà Niê K'đăm dự.", vec!["Chủ tịch / Hội đồng Dân tộc"]),
            (
                "Đoàn công tác của Chính phủ, do Bộ trưởng Nội vụ Lê Văn Ba làm trưởng đoàn, đã làm việc.",
                vec!["Bộ trưởng / Bộ Nội vụ", "trưởng đoàn / Đoàn công tác"],
            ),
            (
                "Chủ tịch HĐND tỉnh Y Sao Niê Ba dự. Có các đồng chí: Y Sao Niê Ba, Lê Văn Tám.",
                vec!["Chủ tịch / HĐND tỉnh"],
            ),
        ] {
            assert_eq!(offices(text), expected, "{text}");
        }
    }
}
