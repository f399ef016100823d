//! What searches may become that are being typed.

use bienban::grpc::generated::pb;
use pb::SearchSuggestionKind as Kind;
use tonic::Code;

use crate::common::{Refusal, TestServer, samples, text};

async fn suggested(server: &TestServer, prefix: &str) -> Vec<pb::SearchSuggestion> {
    let min_revision = server.revision().await;
    let request = pb::SuggestSearchesRequest { prefix: prefix.into(), max_suggestions: 50, min_revision };
    server.search().suggest_searches(request).await.expect("suggestions").into_inner().suggestions
}

fn of(kind: Kind, found: &[pb::SearchSuggestion]) -> Vec<String> {
    found.iter().filter(|one| one.kind() == kind).map(|one| one.text.clone()).collect()
}

#[tokio::test]
async fn names_indicators_and_phrases_go_on_from_what_is_typed() {
    let server = TestServer::start().await;
    let mut request =
        text("r1", "Sáng 6/12/2023, Huyện ủy Đông Trạch họp bàn thu ngân sách. Thu ngân sách đạt 850 tỉ đồng.");
    request.report.as_mut().expect("a report").title =
        "Đông Trạch bàn giải pháp thu ngân sách, giữ đà giải ngân".into();
    server.ingest(request).await.expect("kept");
    for typed in ["thu ng", "thu ngân s", "THU NGAN SACH", "thu ngân sách"] {
        let found = suggested(&server, typed).await;
        let indicators = of(Kind::Indicator, &found);
        assert!(indicators.iter().any(|one| one.to_lowercase() == "thu ngân sách"), "{typed}: {found:?}");
        let phrases = of(Kind::Phrase, &found);
        // The same words are suggested once.
        assert!(phrases.iter().all(|one| one.starts_with("thu ngân sách")), "{typed}: {phrases:?}");
        for one in &found {
            let letters = one.text.chars().count() as i32;
            assert!(!one.highlights.is_empty(), "{one:?}");
            assert!(
                one.highlights.iter().all(|range| range.start_offset < range.end_offset && range.end_offset <= letters)
            );
        }
    }
    let found = suggested(&server, "giải ph").await;
    assert_eq!(of(Kind::Phrase, &found), ["giải pháp thu ngân sách"]);
    let found = suggested(&server, "đông tr").await;
    assert!(found.iter().any(|one| one.kind() == Kind::Entity && one.entity.is_some()), "{found:?}");
}

#[tokio::test]
async fn other_marks_are_suggested_only_where_nothing_has_those_typed() {
    let server = TestServer::start().await;
    let mut request = text("r1", "Sáng 6/12/2023, Huyện ủy Đông Trạch họp tại Vườn quốc gia Xuân Lộc bàn về giá xăng.");
    request.report.as_mut().expect("a report").title = "Đông Trạch bàn giá xăng dầu".into();
    server.ingest(request).await.expect("kept");
    let has = |found: &[pb::SearchSuggestion], words: &str| found.iter().any(|one| one.text.contains(words));
    let found = suggested(&server, "giá x").await;
    assert!(has(&found, "giá xăng") && !has(&found, "gia Xuân"), "{found:?}");
    let found = suggested(&server, "gia x").await;
    assert!(has(&found, "gia Xuân"), "{found:?}");
}

#[tokio::test]
async fn nothing_of_a_deleted_report_is_suggested() {
    let server = TestServer::start().await;
    let told = "Sáng 6/12/2023, Huyện ủy Đông Trạch họp. Sản lượng tôm hùm đạt 850 tấn.";
    let mut request = text("r1", told);
    request.report.as_mut().expect("a report").title = "Đông Trạch bàn nuôi tôm hùm".into();
    server.ingest(request).await.expect("kept");
    assert!(!suggested(&server, "tôm hù").await.is_empty());
    let request = pb::DeleteReportRequest { name: "reports/r1".into(), ..Default::default() };
    server.ingestion().delete_report(request).await.expect("deleted");
    for typed in ["tôm hù", "tom hu", "sản lượng t", "nuoi t"] {
        let found = suggested(&server, typed).await;
        assert!(found.iter().all(|one| !one.text.contains("tôm")), "{typed}: {found:?}");
    }
}

#[tokio::test]
async fn odd_beginnings_are_answered_and_empty_ones_refused() {
    let server = samples::served().await;
    for prefix in ["\"", "*", "(((", "- -", "a:b", "OR", "😀", "العربية", "n", "ngân\u{301}", "kind:"] {
        suggested(&server, prefix).await;
    }
    for (prefix, most) in [("", 0), ("  ", 0), ("ng", -1)] {
        let request = pb::SuggestSearchesRequest { prefix: prefix.into(), max_suggestions: most, ..Default::default() };
        let status = server.search().suggest_searches(request).await.expect_err("refused");
        assert_eq!(status.code(), Code::InvalidArgument, "{prefix:?}");
        assert!(!Refusal::of(&status).fields.is_empty(), "{prefix:?}");
    }
    let request = pb::SuggestSearchesRequest { prefix: "đ".repeat(201), ..Default::default() };
    assert_eq!(server.search().suggest_searches(request).await.expect_err("refused").code(), Code::InvalidArgument);
}
