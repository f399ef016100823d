//! When a page was put out, from its own text where the caller does not say.
//!
//! - a collector's header: "date 2021-12", "date: 2021-12-16";
//! - a line of the page that is no part of the report: "Ngày đăng: 08/07/2024 11:38", "Cập nhật lúc 7:30, 12/5/2025", "Thứ Hai, 12/05/2025".
//!   A line that says what the date is goes before one that does not: many pages carry the day they are looked at as well.

use super::Context;
use super::dates::Meaning;
use crate::model::{Edtf, SkipReason};
use crate::text::{Kind, WordKey};

/// Lines from either end of a text among which the date is looked for.
const NEAR: usize = 8;

/// The day or month of publication that the text carries.
pub(super) fn published(context: &Context<'_>) -> Option<Edtf> {
    header(context).or_else(|| line(context, true)).or_else(|| line(context, false))
}

fn header(context: &Context<'_>) -> Option<Edtf> {
    let header = context.structure.header.clone();
    let reading = context.reading;
    let first = header.clone().find(|&at| reading.tokens[at].kind == Kind::Number)?;
    reading.text(first..header.end).parse().ok()
}

/// The whole date in a line that is boilerplate, with or without a word that says that it is the day of publication.
fn line(context: &Context<'_>, labelled: bool) -> Option<Edtf> {
    let reading = context.reading;
    let labels = ["đăng", "nhật", "xuất", "bản", "tạo"].map(WordKey::of);
    let count = reading.lines.len();
    let near = (0..count).filter(|at| *at < NEAR || at + NEAR >= count);
    near.filter(|at| context.structure.lines[*at] == Some(SkipReason::Boilerplate)).find_map(|at| {
        let tokens = reading.lines[at].tokens.clone();
        let named = reading.tokens[tokens.clone()].iter().take(4).any(|token| labels.contains(&token.key));
        let from = context.dates.partition_point(|found| found.tokens.start < tokens.start);
        let found = context.dates[from..].iter().take_while(|found| found.tokens.start < tokens.end);
        let mut days = found.filter(|found| found.value.meaning == Meaning::Plain).filter_map(|found| found.value.date);
        (named == labelled).then(|| days.find(|date| date.as_day().is_some() && !date.lacks_year())).flatten()
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};

    fn date(text: &str) -> Option<String> {
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        record.meeting.date.map(|fact| fact.date.to_string())
    }

    #[test]
    fn the_page_tells_the_year() {
        let body = "UBND tỉnh họp giao ban\n\nChiều 3-10, UBND tỉnh Lâm Hà tổ chức cuộc họp giao ban với các huyện.\n";
        for (page, expected) in [
            (format!("Thứ Hai, 06/10/2025\n{body}"), "2025-10-03"),
            (format!("{body}\nNgày đăng: 04/10/2023 08:15\n"), "2023-10-03"),
            (format!("Thứ ba, 16/07/2024 -\nNgày đăng: 04/10/2023 08:15\n{body}"), "2023-10-03"),
            (format!("date 2022-10 {}", body.split_once("\n\n").map_or("", |(_, body)| body)), "2022-10-03"),
            (body.to_owned(), "XXXX-10-03"),
        ] {
            assert_eq!(date(&page).as_deref(), Some(expected), "{page}");
        }
    }
}
