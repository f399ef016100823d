//! Any query is answered or refused at a place inside it; the answer is no longer than wanted, best first, the same each time, and
//! its marks lie in the text.

#![no_main]

use std::sync::LazyLock;

use bienban::model::{ItemKind, Meeting, MeetingId, MeetingItem, ReportId, Revision, Timestamp};
use bienban::search::{
    Highlights, Index, MatchTier, MeetingDocument, ReportText, SearchError, SearchRequest, SearchResults, Searcher,
    Total, Unit,
};
use libfuzzer_sys::fuzz_target;

const TEXTS: [&str; 3] = [
    "Sáng 6-12, Thành ủy Bạch Giang họp tại phường Đông Hải, bàn chuyển đổi số và giải ngân vốn đầu tư công.",
    "UBND TP.HCM hop ve ngap nuoc; Sở TN&MT báo cáo 25/36 chỉ tiêu. Kỳ họp thứ 5 (mở rộng) 😀 العربية",
    "Ông Trần Văn Lân yêu cầu xã Mỹ Lâm hoàn thành trước ngày 30/6; hoà giải, hòa giải, kĩ thuật, kỹ thuật.",
];
const PAGE: usize = 2;

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| index().expect("an index in memory"));

fn index() -> Result<Searcher, SearchError> {
    let index = Index::in_memory()?;
    let mut writer = index.writer(15_000_000)?;
    for (number, text) in TEXTS.iter().enumerate() {
        let report = ReportId::parse(&format!("r{number}")).expect("an id");
        let texts = [ReportText { report: &report, publisher: Some("Báo Bạch Giang"), text }];
        writer.put_meeting(&MeetingDocument { meeting: &meeting(number, text), texts: &texts, names: &[] })?;
    }
    writer.commit("")?;
    index.reload()?;
    index.searcher()
}

fn meeting(number: usize, text: &str) -> Meeting {
    let item = MeetingItem {
        number: 1,
        kind: ItemKind::Directive,
        speaker: None,
        addressees: Vec::new(),
        text: text.to_owned(),
        deadline: None,
        figures: Vec::new(),
        mentions: Vec::new(),
        evidence: Vec::new(),
    };
    Meeting {
        id: MeetingId::parse(&format!("m{number}")).expect("an id"),
        title: text.chars().take(40).collect(),
        kind: None,
        date: None,
        part_of_day: None,
        session_number: Some(5),
        extended: true,
        term: None,
        convener: None,
        venue: None,
        reports: Vec::new(),
        participants: Vec::new(),
        items: vec![item],
        figures: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
        revision: Revision(1),
        create_time: Timestamp(0),
        update_time: Timestamp(0),
    }
}

fuzz_target!(|query: &str| {
    for unit in [Unit::Meeting, Unit::Item] {
        let request =
            SearchRequest { query, page_size: PAGE, loosest_tier: MatchTier::Unaccented, ..Default::default() };
        match SEARCHER.search(unit, &request) {
            Ok(results) => {
                hold(&results);
                let again = SEARCHER.search(unit, &request).expect("answered before");
                assert_eq!(again.hits, results.hits, "the same question has the same answer");
                TEXTS.iter().for_each(|text| marks(text, &results.highlighter.highlight(text, 60)));
                marks(query, &results.highlighter.highlight(query, 60));
            }
            Err(SearchError::Query { position, message }) => {
                assert!(position as usize <= query.chars().count() && !message.is_empty(), "{position}: {message}");
            }
            Err(other) => panic!("{other}"),
        }
    }
});

fn hold(results: &SearchResults) {
    let SearchResults { hits, total, more, .. } = results;
    assert!(hits.len() <= PAGE);
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score), "{hits:?}");
    let (Total::Exact(total) | Total::AtLeast(total)) = *total;
    assert!(total >= hits.len() as u64);
    assert!(!more || total > hits.len() as u64);
}

fn marks(text: &str, highlights: &Highlights) {
    let count = text.chars().count();
    assert!(highlights.spans.iter().all(|span| !span.is_empty() && span.end as usize <= count));
    assert!(highlights.spans.is_sorted_by(|a, b| a.end <= b.start), "{:?}", highlights.spans);
    assert!(highlights.snippet_span.end as usize <= count);
    let length = highlights.snippet.chars().count();
    for mark in &highlights.marks {
        assert!(mark.in_snippet.end as usize <= length, "{mark:?} of {length}");
        assert!(highlights.snippet_span.contains(mark.in_text), "{mark:?}");
    }
}
