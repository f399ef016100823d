//! What names may become that are being typed.

use bienban::grpc::generated::pb;
use tonic::{Code, Status};

use crate::common::{Refusal, TestServer, samples, text};

fn typed(prefix: &str) -> pb::SuggestEntitiesRequest {
    pb::SuggestEntitiesRequest { prefix: prefix.into(), ..Default::default() }
}

async fn ask(server: &TestServer, request: pb::SuggestEntitiesRequest) -> Result<Vec<pb::EntitySuggestion>, Status> {
    server.entities().suggest_entities(request).await.map(|answer| answer.into_inner().suggestions)
}

async fn names(server: &TestServer, request: pb::SuggestEntitiesRequest) -> Vec<String> {
    let found = ask(server, request).await.expect("suggestions");
    found.into_iter().filter_map(|one| one.entity).map(|entity| entity.display_name).collect()
}

#[tokio::test]
async fn every_letter_of_a_name_leads_to_it() {
    let server = samples::served().await;
    let name = "Tạ Thị Hồng Nhạn";
    for whole in ["Tạ Thị Hồng Nhạn", "ta thi hong nhan", "hồng nhạn", "nhan"] {
        let letters: Vec<char> = whole.chars().collect();
        for length in 1..=letters.len() {
            let prefix: String = letters[..length].iter().collect();
            let request = pb::SuggestEntitiesRequest {
                kind: pb::EntityKind::Person.into(),
                max_suggestions: 50,
                ..typed(&prefix)
            };
            let found = names(&server, request).await;
            assert!(found.iter().any(|one| one == name), "{prefix:?}: {found:?}");
        }
    }
    let best = ask(&server, typed("hong nh")).await.expect("suggestions").remove(0);
    assert_eq!(best.entity.as_ref().map(|entity| entity.display_name.as_str()), Some(name));
    let marked = |range: &pb::TextRange| (range.start_offset, range.end_offset);
    assert_eq!(best.highlights.iter().map(marked).collect::<Vec<_>>(), [(7, 11), (12, 14)]);
    assert_eq!(best.detail, "Chủ tịch, UBND TP Bạch Giang");
    assert!(best.mention_count > 0 && best.last_seen.starts_with("2026"));
}

#[tokio::test]
async fn bodies_are_found_by_short_forms_and_long_ones() {
    let server = samples::served().await;
    for prefix in ["ubnd tp b", "UBND thành phố B", "ủy ban nhân dân tp bạch g", "uy ban nhan dan thanh pho bach giang"]
    {
        let request = pb::SuggestEntitiesRequest { kind: pb::EntityKind::Organization.into(), ..typed(prefix) };
        let found = names(&server, request).await;
        assert_eq!(found.first().map(String::as_str), Some("UBND TP Bạch Giang"), "{prefix}: {found:?}");
    }
    let places = pb::SuggestEntitiesRequest { kind: pb::EntityKind::Place.into(), ..typed("quận 1") };
    let found = ask(&server, places).await.expect("suggestions");
    assert!(
        !found.is_empty()
            && found.iter().all(|one| one.entity.as_ref().is_some_and(|e| e.kind() == pb::EntityKind::Place))
    );
    // Never named by a report, and known all the same.
    let remote = ask(&server, typed("Năm Căn")).await.expect("suggestions");
    assert!(remote.iter().any(|one| one.mention_count == 0 && !one.detail.is_empty()), "{remote:?}");
}

#[tokio::test]
async fn each_entity_comes_once_and_the_most_seen_first() {
    let server = samples::served().await;
    for prefix in ["t", "th", "ng", "b", "u", "n"] {
        let request = pb::SuggestEntitiesRequest { max_suggestions: 50, ..typed(prefix) };
        let found = ask(&server, request).await.expect("suggestions");
        let mut ids: Vec<_> = found.iter().filter_map(|one| one.entity.as_ref()).map(|one| one.name.clone()).collect();
        assert!(!ids.is_empty() && ids.len() <= 50, "{prefix}");
        assert_eq!(ask(&server, typed(prefix)).await.expect("suggestions").len(), ids.len().min(10), "{prefix}");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), found.len(), "{prefix}");
        let unseen = found.iter().position(|one| one.mention_count == 0).unwrap_or(found.len());
        assert!(found[unseen..].iter().all(|one| one.mention_count == 0), "{prefix}");
        for one in &found {
            let end = i32::try_from(one.text.chars().count()).expect("small");
            assert!(
                one.highlights.iter().all(|range| range.start_offset < range.end_offset && range.end_offset <= end)
            );
        }
    }
}

#[tokio::test]
async fn names_that_nobody_reports_any_more_vanish() {
    let server = samples::served().await;
    let report = text("zarathu", "Sáng 5-8-2024, ông Kiều Zarathu, Chủ tịch UBND TP Bạch Giang, chủ trì hội nghị.");
    let min_revision = server.ingest(report).await.expect("kept").revision;
    let asked = |min_revision| pb::SuggestEntitiesRequest { min_revision, ..typed("zarat") };
    assert_eq!(names(&server, asked(min_revision)).await, ["Kiều Zarathu"]);
    let request = pb::DeleteReportRequest { name: "reports/zarathu".into(), ..Default::default() };
    let min_revision = server.ingestion().delete_report(request).await.expect("deleted").into_inner().revision;
    assert_eq!(names(&server, asked(min_revision)).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_suggested() {
    let server = samples::served().await;
    let invalid = Code::InvalidArgument;
    let cases = [
        ("empty", typed(""), "REQUIRED_FIELD", "prefix"),
        ("blank", typed(" \t"), "REQUIRED_FIELD", "prefix"),
        ("long", typed(&"x".repeat(201)), "INVALID_QUERY", "prefix"),
        ("a megabyte", typed(&"x".repeat(1 << 20)), "INVALID_QUERY", "prefix"),
        ("kind", pb::SuggestEntitiesRequest { kind: 17, ..typed("n") }, "INVALID_FIELD", "kind"),
        (
            "number",
            pb::SuggestEntitiesRequest { max_suggestions: -1, ..typed("n") },
            "INVALID_FIELD",
            "max_suggestions",
        ),
        ("revision", pb::SuggestEntitiesRequest { min_revision: -1, ..typed("n") }, "INVALID_FIELD", "min_revision"),
    ];
    for (what, request, reason, field) in cases {
        let refusal = Refusal::of(&ask(&server, request).await.expect_err(what));
        assert_eq!((refusal.code, refusal.reason.as_str()), (invalid, reason), "{what}");
        assert_eq!(refusal.fields, [field], "{what}");
    }
    for nothing in ["😀", "...", "\u{0}", "qqqq", "\u{301}\u{301}", "а б в"] {
        assert_eq!(names(&server, typed(nothing)).await, Vec::<String>::new(), "{nothing:?}");
    }
    let many = pb::SuggestEntitiesRequest { max_suggestions: i32::MAX, ..typed("t") };
    assert!(ask(&server, many).await.expect("suggestions").len() <= 50);
}
