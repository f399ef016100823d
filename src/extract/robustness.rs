//! What the reader holds to on any text: no panic, evidence inside the text, facts in text order, work linear in the length.

use proptest::prelude::*;

use super::{Extractor, Source};
use crate::model::{Extraction, FactRef};
use crate::text::work;

fn read(text: &str) -> Extraction {
    thread_local! {
        static EXTRACTOR: Extractor = Extractor::new();
    }
    EXTRACTOR.with(|extractor| extractor.extract(Source { text, ..Source::default() }))
}

/// Panics where a record breaks a promise.
fn check(text: &str) {
    let record = read(text);
    let count = u32::try_from(text.chars().count()).expect("small");
    for span in record.spans() {
        assert!(span.start <= span.end && span.end <= count, "{span:?} of {count}");
    }
    assert!(record.items.is_sorted_by_key(|item| item.span.start));
    assert!(record.figures.is_sorted_by_key(|figure| figure.span.start));
    assert!(record.account.sentences.is_sorted_by_key(|(span, _)| span.start));
    for item in &record.items {
        assert!(item.figures.iter().all(|&at| (at as usize) < record.figures.len()));
        for fact in item.speaker.iter().chain(&item.addressees).chain(&item.mentions) {
            let (at, len) = match fact {
                FactRef::Person(at) => (at, record.people.len()),
                FactRef::Organization(at) => (at, record.organizations.len()),
                FactRef::Place(at) => (at, record.places.len()),
                FactRef::Reference(at) => (at, record.references.len()),
            };
            assert!((*at as usize) < len);
        }
    }
    assert!(record.people.iter().all(|person| !person.spans.is_empty()));
}

/// Pieces that the recognisers look at, put together at random: likelier to break them than random letters.
const PIECES: &str = "(ông |bà |đồng chí |Trần Văn Lân|Lò Thị Mây|, |\\. |: |; |\n|\n\n|“|”|\"|\\(|\\)|Bí thư |Phó Chủ tịch |UBND |HĐND |xã |phường |\
                      Mỹ Lâm |Thành ủy |Sở Y tế |và |cho biết |yêu cầu |theo |của |nghị quyết |số |12/NQ-HĐND |5,7 |8\\.598 |tỉ đồng|%|/|-|–|ngày |\
                      tháng |năm |3-4|2023|sáng |lần thứ |nhiệm kỳ |đạt |tăng |còn |chậm |Ảnh: |Nguồn: |date 2021-12 |<p>|</p>|&amp;|\\PC)";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,200}") {
        check(&text);
    }

    #[test]
    fn any_mixture_of_known_words_is_read_without_panic(pieces in prop::collection::vec(PIECES, 0..60)) {
        check(&pieces.concat());
    }
}

#[test]
fn odd_texts_are_read() {
    for text in [
        "",
        " ",
        "\n",
        ".",
        "\"",
        "“",
        "date 2021-12",
        "date 2021-12 ",
        ":",
        "-",
        "<p>",
        "<p></p>",
        "theo",
        "ông",
        "\u{301}",
        "đồng chí \"",
        "Ảnh:",
    ] {
        check(text);
    }
}

/// Whatever word a text begins or ends with, the words that a rule looks for before and behind it may be missing.
#[test]
fn every_beginning_and_end_of_a_report_is_read() {
    const TEXT: &str = "với ông Lê Văn An, bà Hà Thị Mơ nói hạn chế giờ làm không giúp giảm chi, lẽ ra phải rà soát; chẳng lẽ xã sẽ \
                        chờ? Tôi rất mong các xã cố gắng. Nhân kỷ niệm 60 năm thành lập huyện, ngày 3-4-2023, đoàn công tác do đồng \
                        chí Lò Thị Mây, Phó Chủ tịch UBND tỉnh làm trưởng đoàn đến thăm, chúc mừng UBND xã Mỹ Lâm. Báo cáo tại hội \
                        nghị nêu rõ: thu ngân sách đạt 9 tỉ đồng, chỉ hoàn thành 70% kế hoạch. (HT) - Chủ tịch Quốc hội yêu cầu Sở Y tế \
                        thực hiện Nghị quyết số 12/NQ-HĐND theo lộ trình năm học 2019-2020, thôi tham gia Ban Chấp hành.";
    let words: Vec<&str> = TEXT.split_whitespace().collect();
    for at in 0..words.len() {
        check(&words[at..].join(" "));
        check(&words[..at].join(" "));
    }
}

/// Twice the text is at most about twice the work, whatever it consists of.
#[test]
fn work_is_linear_on_hostile_texts() {
    for piece in [
        "a",
        "a ",
        "ông ",
        "Nguyễn ",
        "NGUYỄN ",
        "1",
        "1 ",
        "1.",
        "1,",
        ". ",
        "\"",
        "\" ",
        "“",
        "(",
        ",",
        "\n",
        "Ông Lân nói: \"",
        "UBND ",
        "Sở Y tế, ",
        "Phó Bí thư, ",
        "theo ông ",
        "Nghị quyết 1, ",
        "và ",
        "của ",
        "ngày 3-4 ",
        "5% ",
        "Bí thư Trần Lân ",
        "<p>",
        "</",
        "&amp;",
        "<p>&",
        "Ông Lân cho biết. ",
        "hội ",
        "[]",
        "A\n",
        "Trần Văn Lân, ",
        "phường Tân Phước, ",
        "Ban Chỉ đạo ",
        "3/4/2020",
        "3/4/2020 ",
        "5,5 tỷ đồng ",
        "25/36 ",
        "hội nghị ",
        "yêu cầu ",
        "đ\u{323}",
    ] {
        let work = |count: usize| {
            let text = piece.repeat(count);
            work::of(|| drop(read(&text)))
        };
        let (once, twice) = (work(2_000), work(4_000));
        assert!(twice <= once * 5 / 2 + 5_000, "{piece:?}: {once} steps, twice the text {twice}");
    }
}
