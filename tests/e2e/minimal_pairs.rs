//! Words that differ in their marks only, over the wire: marks that are typed are respected, spellings of one word meet, and each hit says
//! how closely it has the words.

use bienban::grpc::generated::pb;
use pb::MatchTier;
use unicode_normalization::UnicodeNormalization as _;

use crate::common::{TestServer, samples, text};

/// Each group has the words that are alike without marks; equal spellings of one word stand together.
const GROUPS: [&[&[&str]]; 8] = [
    &[&["dương"], &["đương"], &["đường"], &["duong"]],
    &[&["má"], &["mà"], &["mả"], &["mã"], &["mạ"], &["ma"]],
    &[&["Hòa", "Hoà"], &["Hoa"], &["hóa", "hoá"]],
    &[&["thủy", "thuỷ"], &["thúy", "thuý"], &["thụy", "thuỵ"]],
    &[&["tỷ", "tỉ"], &["tì"], &["tí", "tý"]],
    &[&["tai"]],
    &[&["tay"]],
    &[&["đất", "ðất", "Ðất", "ɖất"], &["dất"]],
];

/// Each word in a report of its own, in a sentence and in an order.
fn reports() -> Vec<(String, pb::IngestReportRequest)> {
    let words = GROUPS.iter().flat_map(|group| group.iter().flat_map(|spellings| spellings.iter()));
    words
        .enumerate()
        .map(|(number, word)| {
            let body = format!(
                "Sáng nay, xã Số {number} họp nghe về {word}. Chủ tịch UBND xã yêu cầu các thôn báo cáo về {word} trước ngày 15/9."
            );
            ((*word).to_owned(), text(&format!("r{number}"), &body))
        })
        .collect()
}

/// What a hit shows: its report, how closely it has the word, and what is marked in it.
type Shown = (String, MatchTier, Vec<String>);

fn marked(snippet: Option<pb::Snippet>) -> Vec<String> {
    let Some(snippet) = snippet else { return Vec::new() };
    let letters: Vec<char> = snippet.text.chars().collect();
    let quote = |one: &pb::Highlight| letters[one.start_offset as usize..one.end_offset as usize].iter().collect();
    snippet.highlights.iter().map(quote).collect()
}

async fn meetings(server: &TestServer, query: &str, loosest: MatchTier) -> Vec<Shown> {
    let request = pb::SearchMeetingsRequest {
        query: query.into(),
        page_size: 100,
        loosest_tier: loosest.into(),
        ..Default::default()
    };
    let hits = server.search().search_meetings(request).await.expect(query).into_inner().hits;
    hits.into_iter()
        .map(|hit| {
            let tier = hit.match_tier();
            (hit.meeting.expect("a meeting").reports[0].report.clone(), tier, marked(hit.snippet))
        })
        .collect()
}

async fn items(server: &TestServer, query: &str, loosest: MatchTier) -> Vec<Shown> {
    let request = pb::SearchItemsRequest {
        query: query.into(),
        page_size: 100,
        loosest_tier: loosest.into(),
        ..Default::default()
    };
    let hits = server.search().search_items(request).await.expect(query).into_inner().hits;
    hits.into_iter()
        .map(|hit| {
            let tier = hit.match_tier();
            (hit.meeting.expect("a meeting").reports[0].report.clone(), tier, marked(hit.snippet))
        })
        .collect()
}

/// The reports of a group: those spelt as typed, those of equal spelling, and those that are alike without marks.
struct Expected {
    own: Vec<String>,
    equal: Vec<String>,
    alike: Vec<String>,
}

fn expected(all: &[(String, pb::IngestReportRequest)], group: &[&[&str]], typed: &str) -> Expected {
    let named = |words: Vec<&str>| -> Vec<String> {
        let of = all.iter().filter(|(word, _)| words.contains(&word.as_str()));
        of.map(|(_, report)| format!("reports/{}", report.report_id)).collect()
    };
    let same_letters = |word: &str| fold(word) == fold(typed);
    let spellings = group.iter().find(|spellings| spellings.contains(&typed)).copied().unwrap_or_default();
    let own = spellings.iter().copied().filter(|word| same_letters(word)).collect();
    let equal = spellings.iter().copied().filter(|word| !same_letters(word)).collect();
    let others = group.iter().filter(|others| !others.contains(&typed));
    Expected {
        own: named(own),
        equal: named(equal),
        alike: named(others.flat_map(|others| others.iter().copied()).collect()),
    }
}

/// A word in small letters, where letters that look like đ are đ.
fn fold(word: &str) -> String {
    word.nfc().collect::<String>().to_lowercase().replace(['ð', 'ɖ'], "đ")
}

fn check(typed: &str, hits: &[Shown], expected: &Expected) {
    let is_marked = !fold(typed).is_ascii();
    let reports = |tier: MatchTier| {
        let mut of: Vec<String> =
            hits.iter().filter(|(_, found, _)| *found == tier).map(|(report, ..)| report.clone()).collect();
        of.sort();
        of
    };
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(reports(MatchTier::Exact), sorted(expected.own.clone()), "{typed}: {hits:?}");
    assert_eq!(reports(MatchTier::Spelling), sorted(expected.equal.clone()), "{typed}: {hits:?}");
    assert_eq!(reports(MatchTier::Unaccented), sorted(expected.alike.clone()), "{typed}: {hits:?}");
    if is_marked {
        let right = expected.own.len() + expected.equal.len();
        let wrong = hits[..right].iter().filter(|(_, tier, _)| *tier == MatchTier::Unaccented);
        assert_eq!(wrong.count(), 0, "{typed}: no wrong one above a right one: {hits:?}");
    }
    for (report, _, marked) in hits {
        assert!(!marked.is_empty(), "{typed}: nothing is marked in {report}");
    }
}

#[tokio::test]
async fn marks_are_respected_and_spellings_meet() {
    let server = TestServer::start().await;
    let all = reports();
    let min_revision = samples::load_all(&server, all.iter().map(|(_, report)| report.clone()).collect()).await;
    let caught_up = pb::SearchMeetingsRequest { query: "họp".into(), min_revision, ..Default::default() };
    server.search().search_meetings(caught_up).await.expect("answers");
    for group in GROUPS {
        for typed in group.iter().flat_map(|spellings| spellings.iter().copied()) {
            let expected = expected(&all, group, typed);
            let decomposed: String = typed.nfd().collect();
            let shouted = typed.to_uppercase();
            for query in [typed, decomposed.as_str(), shouted.as_str()] {
                check(query, &meetings(&server, query, MatchTier::Unspecified).await, &expected);
                check(query, &items(&server, query, MatchTier::Unspecified).await, &expected);
            }
            for (loosest, wanted) in [
                (MatchTier::Exact, expected.own.len()),
                (MatchTier::Spelling, expected.own.len() + expected.equal.len()),
            ] {
                assert_eq!(meetings(&server, typed, loosest).await.len(), wanted, "{typed} at {loosest:?}");
                assert_eq!(items(&server, typed, loosest).await.len(), wanted, "{typed} at {loosest:?}");
            }
            for (report, _, marked) in meetings(&server, typed, MatchTier::Exact).await {
                assert!(marked.iter().all(|one| fold(one) == fold(typed)), "{typed} in {report}: {marked:?}");
            }
        }
    }
}
