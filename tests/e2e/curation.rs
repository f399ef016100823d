//! What people know better than the reports.

use bienban::grpc::generated::pb;
use pb::correction::Statement;
use tonic::Code;

use crate::common::program::{self, Served, told};
use crate::common::{self, CurationServiceClient, Refusal, TestServer, text};

pub(crate) const REPORTS: [(&str, &str); 3] = [
    (
        "r1",
        "Sáng 5-8-2023, UBND phường An Lạc tổ chức hội nghị giao ban. Ông Trần Văn Mẫu, Chủ tịch UBND phường An Lạc, \
         yêu cầu các tổ dân phố báo cáo trước ngày 15-8.",
    ),
    (
        "r2",
        "Chiều 6-9-2023, UBND phường Bến Đò tổ chức hội nghị về vệ sinh môi trường. Bà Lê Thị Thử, Phó Chủ tịch UBND \
         phường Bến Đò, đề nghị người dân phân loại rác.",
    ),
    (
        "r3",
        "Sáng 7-10-2023, UBND phường An Lạc tổ chức hội nghị về cây xanh. Ông Trần Văn Mẫu, Chủ tịch UBND phường An \
         Lạc, cho biết phường đã trồng 120 cây.",
    ),
];

pub(crate) async fn with_reports() -> TestServer {
    let server = TestServer::start().await;
    for (id, content) in REPORTS {
        server.ingest(text(id, content)).await.expect("kept");
    }
    server
}

async fn entity(server: &TestServer, name: &str) -> Result<pb::Entity, tonic::Status> {
    let min_revision = server.revision().await;
    let request = pb::GetEntityRequest { name: name.into(), min_revision, ..Default::default() };
    server.entities().get_entity(request).await.map(tonic::Response::into_inner)
}

/// The one that words mean.
pub(crate) async fn meant(server: &TestServer, query: &str) -> String {
    let min_revision = server.revision().await;
    let request = pb::LookupEntitiesRequest { query: query.into(), min_revision, ..Default::default() };
    let found = server.entities().lookup_entities(request).await.expect("candidates").into_inner();
    found.candidates[0].entity.clone().expect("an entity").name
}

pub(crate) async fn meeting(server: &TestServer, report: &str) -> pb::Meeting {
    let min_revision = server.revision().await;
    let request = pb::GetReportRequest { name: format!("reports/{report}"), min_revision, ..Default::default() };
    let name = server.ingestion().get_report(request).await.expect("kept").into_inner().meeting;
    let request = pb::GetMeetingRequest { name, min_revision, ..Default::default() };
    server.meetings().get_meeting(request).await.expect("read").into_inner()
}

fn merge(source: &str, target: &str) -> pb::MergeEntitiesRequest {
    pb::MergeEntitiesRequest {
        source: source.into(),
        target: target.into(),
        author: "Lan".into(),
        reason: "một phường, hai tên".into(),
        ..Default::default()
    }
}

pub(crate) fn revert(name: &str) -> pb::RevertCorrectionRequest {
    let (author, reason) = ("Lan".into(), "nhầm".into());
    pb::RevertCorrectionRequest { name: name.into(), author, reason, ..Default::default() }
}

#[tokio::test]
async fn a_merge_shows_everywhere_and_a_revert_takes_every_byte_back() {
    let server = with_reports().await;
    let (source, target) = (meant(&server, "UBND phường Bến Đò").await, meant(&server, "UBND phường An Lạc").await);
    let before = (meeting(&server, "r2").await, entity(&server, &source).await.expect("known"));
    let untouched = (meeting(&server, "r1").await, entity(&server, &target).await.expect("known"));

    let checked = pb::MergeEntitiesRequest { validate_only: true, ..merge(&source, &target) };
    let checked = server.curation().merge_entities(checked).await.expect("right").into_inner();
    let would = checked.correction.expect("as it would be");
    assert_eq!((would.name.as_str(), would.revision, server.revision().await), ("", 0, 3));

    let merged = server.curation().merge_entities(merge(&source, &target)).await.expect("merged").into_inner();
    let correction = merged.correction.expect("kept");
    assert_eq!((correction.name.as_str(), correction.revision, merged.revision), ("corrections/c4", 4, 4));
    assert_eq!(correction.state(), pb::CorrectionState::Active);
    let said = pb::EntityMerge { source: source.clone(), target: target.clone() };
    assert_eq!(correction.statement, Some(Statement::Merge(said)));
    let led = entity(&server, &source).await.expect("leads on");
    assert_eq!((&led.name, &led.redirected_from), (&target, &source));
    assert_eq!(led.mention_count, before.1.mention_count + untouched.1.mention_count);
    assert_eq!(merged.entity.expect("the target").mention_count, led.mention_count);
    assert_eq!(meant(&server, "UBND phường Bến Đò").await, target);
    let after = meeting(&server, "r2").await;
    assert_eq!(after.convener.expect("one").name, target);
    assert_ne!(after.etag, before.0.etag);
    let office = &after.participants[0].offices[0];
    assert_eq!(office.organization_entity, target);
    let tenures = pb::ListTenuresRequest { parent: target.clone(), ..Default::default() };
    let tenures = server.entities().list_tenures(tenures).await.expect("tenures").into_inner();
    assert_eq!(tenures.tenures.len(), 2, "{tenures:?}");

    // What cannot be is refused, and changes nothing.
    let person = meant(&server, "Trần Văn Mẫu").await;
    for (source, target) in [(&source, &target), (&target, &source), (&target, &target), (&person, &target)] {
        let refused = server.curation().merge_entities(merge(source, target)).await.expect_err("refused");
        assert_eq!((refused.code(), Refusal::of(&refused).reason.as_str()), (Code::FailedPrecondition, "CANNOT_MERGE"));
    }
    let unknown = server.curation().merge_entities(merge("entities/org-x", &target)).await.expect_err("unknown");
    assert_eq!(Refusal::of(&unknown).reason, "ENTITY_NOT_FOUND");
    let silent = pb::MergeEntitiesRequest { author: " ".into(), reason: "x".repeat(2001), ..merge(&source, &target) };
    let silent = server.curation().merge_entities(silent).await.expect_err("nobody answers for it");
    assert_eq!(
        (silent.code(), Refusal::of(&silent).fields),
        (Code::InvalidArgument, vec!["author".into(), "reason".into()])
    );
    assert_eq!(server.revision().await, 4);

    let reverted = server.curation().revert_correction(revert(&correction.name)).await.expect("reverted").into_inner();
    let ended = reverted.correction.expect("still known");
    assert_eq!(
        (ended.state(), ended.reversion.as_ref().map(|end| end.revision)),
        (pb::CorrectionState::Reverted, Some(5))
    );
    assert_eq!((meeting(&server, "r2").await, entity(&server, &source).await.expect("back")), before);
    assert_eq!((meeting(&server, "r1").await, entity(&server, &target).await.expect("there")), untouched);
    let again = server.curation().revert_correction(revert(&correction.name)).await.expect("as it is").into_inner();
    assert_eq!((again.correction, server.revision().await), (Some(ended), 5));
    let missing = server.curation().revert_correction(revert("corrections/c1")).await.expect_err("a report");
    assert_eq!(Refusal::of(&missing).reason, "CORRECTION_NOT_FOUND");
}

/// Others hold the ids that they were once given: filters understand them as calls for the entity do.
#[tokio::test]
async fn filters_follow_the_ids_of_merged_entities() {
    let server = with_reports().await;
    let (source, target) = (meant(&server, "UBND phường Bến Đò").await, meant(&server, "UBND phường An Lạc").await);
    let (one, other) = (meant(&server, "Lê Thị Thử").await, meant(&server, "Trần Văn Mẫu").await);
    for (source, target) in [(&source, &target), (&one, &other)] {
        server.curation().merge_entities(merge(source, target)).await.expect("merged");
    }
    let min_revision = server.revision().await;
    let mut found = Vec::new();
    for (body, person) in [(&target, &other), (&source, &one)] {
        let filter = format!("convener = \"{body}\" AND participant = {person}");
        let list = pb::ListMeetingsRequest { filter: filter.clone(), min_revision, ..Default::default() };
        let list = server.meetings().list_meetings(list).await.expect("a list").into_inner().meetings.len();
        let search = pb::SearchMeetingsRequest { filter, min_revision, ..Default::default() };
        let hits = server.search().search_meetings(search).await.expect("hits").into_inner().hits.len();
        let filter = format!("speaker = \"{person}\"");
        let search = pb::SearchItemsRequest { filter, min_revision, ..Default::default() };
        let items = server.search().search_items(search).await.expect("hits").into_inner().hits.len();
        let filter = format!("person = \"{person}\" AND organization = \"{body}\"");
        let tenures = pb::ListTenuresRequest { parent: target.clone(), filter, min_revision, ..Default::default() };
        let tenures = server.entities().list_tenures(tenures).await.expect("tenures").into_inner().tenures.len();
        found.push((list, hits, items, tenures));
    }
    let filter = format!("participant = {other} OR participant = entities/{}x", &other["entities/".len()..]);
    let search = pb::SearchMeetingsRequest { filter, min_revision, ..Default::default() };
    let warnings = server.search().search_meetings(search).await.expect("hits").into_inner().warnings;
    assert!(warnings.len() == 1 && warnings[0].contains("x;"), "only the slip is told: {warnings:?}");
    let (list, hits, items, tenures) = found[0];
    assert!((list, hits) == (3, 3) && items > 0 && tenures > 0, "{found:?}");
    assert_eq!(found[0], found[1]);
}

#[tokio::test]
async fn mentions_are_split_off_by_report_and_by_place() {
    let server = with_reports().await;
    let person = meant(&server, "Trần Văn Mẫu").await;
    let request = pb::ListMentionsRequest { parent: person.clone(), ..Default::default() };
    let mentions = server.entities().list_mentions(request).await.expect("mentions").into_inner().mentions;
    let place = mentions.iter().filter_map(|one| one.evidence.clone()).find(|at| at.report == "reports/r3");
    let place = place.expect("in the third report");
    let split = |mentions: Vec<pb::MentionChoice>| pb::SplitEntityRequest {
        name: person.clone(),
        mentions,
        author: "Lan".into(),
        reason: "trùng tên".into(),
        request_id: "split".into(),
        ..Default::default()
    };
    let all = |report: &str| pb::MentionChoice { report: format!("reports/{report}"), ..Default::default() };
    for (mentions, reason) in [
        (vec![all("r2")], "CANNOT_SPLIT"),
        (vec![pb::MentionChoice { start_offset: 0, end_offset: 2, ..all("r1") }], "CANNOT_SPLIT"),
        (vec![all("r1"), all("r3")], "CANNOT_SPLIT"),
        (vec![all("r9")], "REPORT_NOT_FOUND"),
        (vec![], "REQUIRED_FIELD"),
    ] {
        let refused = server.curation().split_entity(split(mentions)).await.expect_err("refused");
        assert_eq!(Refusal::of(&refused).reason, reason);
    }
    let here = pb::MentionChoice {
        report: place.report.clone(),
        start_offset: place.start_offset,
        end_offset: place.end_offset,
    };
    let made = server.curation().split_entity(split(vec![here.clone()])).await.expect("split").into_inner();
    let apart = made.entity.clone().expect("a new one");
    assert!(apart.name != person && apart.display_name == "Trần Văn Mẫu" && apart.mention_count > 0, "{apart:?}");
    assert_eq!(meeting(&server, "r3").await.participants[0].person.clone().expect("one").name, apart.name);
    assert_eq!(meeting(&server, "r1").await.participants[0].person.clone().expect("one").name, person);
    let full = entity(&server, &apart.name).await.expect("known");
    assert_eq!(full.tenures.len(), 1, "{full:?}");
    // The same request gets the same answer, also now that its mentions are elsewhere.
    let again = server.curation().split_entity(split(vec![here.clone()])).await.expect("the same").into_inner();
    assert_eq!((again.correction, again.entity), (made.correction.clone(), made.entity));
    let other = server.curation().split_entity(split(vec![all("r1")])).await.expect_err("another request");
    assert_eq!(Refusal::of(&other).reason, "REQUEST_ID_REUSED");

    // The report goes: the correction waits, and is not lost.
    let name = made.correction.expect("kept").name;
    let request = pb::DeleteReportRequest { name: "reports/r3".into(), ..Default::default() };
    server.ingestion().delete_report(request).await.expect("deleted");
    let state = async || {
        let min_revision = server.revision().await;
        let request = pb::GetCorrectionRequest { name: name.clone(), min_revision };
        server.curation().get_correction(request).await.expect("kept").into_inner().state()
    };
    assert_eq!(state().await, pb::CorrectionState::Inapplicable);
    assert_eq!(entity(&server, &apart.name).await.expect_err("gone").code(), Code::NotFound);
    let request = pb::UndeleteReportRequest { name: "reports/r3".into(), ..Default::default() };
    server.ingestion().undelete_report(request).await.expect("back");
    assert_eq!(state().await, pb::CorrectionState::Active);
    assert_eq!(entity(&server, &apart.name).await.expect("back").mention_count, apart.mention_count);
}

#[tokio::test]
async fn corrections_are_listed_page_by_page() {
    let server = with_reports().await;
    let (one, other) = (meant(&server, "UBND phường Bến Đò").await, meant(&server, "UBND phường An Lạc").await);
    for round in 0..3 {
        let made = server.curation().merge_entities(merge(&one, &other)).await.expect("merged").into_inner();
        if round < 2 {
            let name = made.correction.expect("kept").name;
            server.curation().revert_correction(revert(&name)).await.expect("reverted");
        }
    }
    let names = async |filter: &str, page_token: &str| {
        let (filter, page_token) = (filter.to_owned(), page_token.to_owned());
        let request = pb::ListCorrectionsRequest { page_size: 2, page_token, filter, ..Default::default() };
        let page = server.curation().list_corrections(request).await.expect("a page").into_inner();
        let names: Vec<_> = page.corrections.into_iter().map(|one| one.name).collect();
        (names, page.next_page_token)
    };
    let (first, token) = names("", "").await;
    assert_eq!(first, ["corrections/c8", "corrections/c6"]);
    assert_eq!(names("", &token).await, (vec!["corrections/c4".to_owned()], String::new()));
    assert_eq!(names("state = ACTIVE", "").await.0, ["corrections/c8"]);
    assert_eq!(names("state = REVERTED AND statement = MERGE AND author = \"Lan\"", "").await.0.len(), 2);
    assert!(names("statement = SPLIT", "").await.0.is_empty());
    let request = pb::ListCorrectionsRequest { filter: "reason = 1".into(), ..Default::default() };
    let refused = server.curation().list_corrections(request).await.expect_err("no such field");
    assert_eq!(Refusal::of(&refused).reason, "INVALID_FILTER");
}

#[tokio::test]
async fn corrections_survive_a_kill_and_a_rebuild() {
    let folder = common::folder();
    let mut served = Served::start(folder.path(), &[]);
    let channel = common::connect(&served.address).await;
    for (id, content) in REPORTS {
        let mut client = common::IngestionServiceClient::new(channel.clone());
        client.ingest_report(text(id, content)).await.expect("kept");
    }
    let request =
        pb::ListEntitiesRequest { filter: "kind = ORGANIZATION".into(), min_revision: 3, ..Default::default() };
    let mut client = common::EntityServiceClient::new(channel.clone());
    let bodies = client.list_entities(request).await.expect("listed").into_inner().entities;
    let (source, target) = (bodies[bodies.len() - 1].name.clone(), bodies[0].name.clone());
    let mut client = CurationServiceClient::new(channel);
    client.merge_entities(merge(&source, &target)).await.expect("merged");
    served.kill();
    let data_dir = folder.path().to_str().expect("UTF-8");
    let verified = program::run(&["verify", "--data-dir", data_dir]);
    let value: serde_json::Value = serde_json::from_str(&told(&verified)).expect("JSON");
    assert_eq!((&value["journal"]["corrections"], &value["projection"]["equal"]), (&1.into(), &true.into()));
    let rebuilt = program::run(&["rebuild", "--data-dir", data_dir]);
    assert_eq!(rebuilt.status.code(), Some(0), "{}", program::complained(&rebuilt));
    let server = TestServer::start_in(folder).await;
    assert_eq!(entity(&server, &source).await.expect("leads on").name, target);
}
