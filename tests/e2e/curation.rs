//! What people know better than the reports.

use bienban::grpc::generated::pb;
use pb::correction::Statement;
use prost_types::FieldMask;
use tonic::Code;

use crate::common::program::{self, Served, told};
use crate::common::{self, CurationServiceClient, Refusal, TestServer, text};

const REPORTS: [(&str, &str); 3] = [
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

async fn with_reports() -> TestServer {
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
async fn meant(server: &TestServer, query: &str) -> String {
    let min_revision = server.revision().await;
    let request = pb::LookupEntitiesRequest { query: query.into(), min_revision, ..Default::default() };
    let found = server.entities().lookup_entities(request).await.expect("candidates").into_inner();
    found.candidates[0].entity.clone().expect("an entity").name
}

async fn meeting(server: &TestServer, report: &str) -> pb::Meeting {
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

fn revert(name: &str) -> pb::RevertCorrectionRequest {
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
async fn a_meeting_says_what_was_corrected() {
    let server = with_reports().await;
    let before = meeting(&server, "r1").await;
    let convener = meant(&server, "UBND phường Bến Đò").await;
    let person = before.participants[0].person.clone().expect("one").name;
    let request = |etag: &str, paths: &[&str]| pb::CorrectMeetingRequest {
        meeting: Some(pb::Meeting {
            name: before.name.clone(),
            etag: etag.into(),
            title: "Giao ban tháng 8".into(),
            date: Some(pb::Date { edtf: "2023-08-04".into(), ..Default::default() }),
            convener: Some(pb::EntityRef { name: convener.clone(), ..Default::default() }),
            ..Default::default()
        }),
        update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
        author: "Lan".into(),
        reason: "theo giấy mời".into(),
        ..Default::default()
    };
    let mut asked = request(&before.etag, &["title", "date", "convener"]);
    asked.participants = vec![pb::ParticipantCorrection {
        person: person.clone(),
        role: pb::ParticipantRole::Chair.into(),
        remove: false,
    }];
    let made = server.curation().correct_meeting(asked.clone()).await.expect("corrected").into_inner();
    let after = made.meeting.expect("there");
    assert_eq!(after, meeting(&server, "r1").await);
    let date = after.date.clone().expect("one");
    assert_eq!((date.edtf.as_str(), date.basis(), date.evidence), ("2023-08-04", pb::DateBasis::Corrected, None));
    assert_eq!(
        (after.title.as_str(), after.convener.clone().expect("one").name),
        ("Giao ban tháng 8", convener.clone())
    );
    assert_eq!(after.participants[0].role(), pb::ParticipantRole::Chair);
    let fields: Vec<_> = after.corrections.iter().map(|mark| (mark.field.as_str(), mark.correction.as_str())).collect();
    let by = "corrections/c4";
    assert_eq!(fields, [("title", by), ("date", by), ("convener", by), ("participants", by)]);
    // Evidence and items are what they were.
    assert_eq!((&after.items, &after.mentions), (&before.items, &before.mentions));
    // Found by what is right.
    let listed = pb::ListMeetingsRequest {
        filter: "date = \"2023-08-04\"".into(),
        min_revision: made.revision,
        ..Default::default()
    };
    let listed = server.meetings().list_meetings(listed).await.expect("listed").into_inner().meetings;
    assert_eq!(listed.iter().map(|one| &one.name).collect::<Vec<_>>(), [&before.name]);

    let stale = server.curation().correct_meeting(asked).await.expect_err("stale");
    assert_eq!((stale.code(), Refusal::of(&stale).reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    for (paths, fields) in [(&["items"][..], vec!["update_mask"]), (&[][..], vec!["update_mask"])] {
        let refused = server.curation().correct_meeting(request("", paths)).await.expect_err("refused");
        assert_eq!(
            (refused.code(), Refusal::of(&refused).fields),
            (Code::InvalidArgument, fields.iter().map(|f| (*f).into()).collect())
        );
    }
    let mut wrong = request("", &["convener"]);
    wrong.meeting.as_mut().expect("one").convener = Some(pb::EntityRef { name: person, ..Default::default() });
    let refused = server.curation().correct_meeting(wrong).await.expect_err("a person");
    assert_eq!(Refusal::of(&refused).fields, ["meeting.convener.name"]);
    assert_eq!(server.revision().await, 4);
    server.curation().revert_correction(revert(by)).await.expect("reverted");
    assert_eq!(meeting(&server, "r1").await, before);
}

#[tokio::test]
async fn a_figure_says_what_was_corrected_or_is_none() {
    let server = with_reports().await;
    let before = meeting(&server, "r3").await;
    let figure = before.figures[0].clone();
    assert_eq!((before.figures.len(), figure.value, figure.unit.as_str()), (1, 120.0, "cây"));
    let correct = async |right: pb::Figure, paths: &[&str], remove| {
        let figure = pb::FigureCorrection {
            place: Some(figure.evidence[0].clone()),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(right),
            remove,
            places: Vec::new(),
        };
        let asked = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: before.name.clone(), ..Default::default() }),
            figures: vec![figure],
            author: "Lan".into(),
            reason: "đếm lại".into(),
            ..Default::default()
        };
        server.curation().correct_meeting(asked).await.map(tonic::Response::into_inner)
    };
    let right = pb::Figure {
        value: 1_020.5,
        unit: "cây xanh".into(),
        subject: "phường An Lạc".into(),
        period: Some(pb::Date { edtf: "2023-09".into(), ..Default::default() }),
        ..Default::default()
    };
    let refused = correct(pb::Figure { upper: Some(7.0), ..right.clone() }, &["upper", "unit"], false).await;
    assert_eq!(Refusal::of(&refused.expect_err("below the value")).fields, ["figures[0].values.upper"]);
    let refused = correct(pb::Figure::default(), &["unit", "indicator"], false).await.expect_err("no unit");
    assert_eq!(Refusal::of(&refused).fields, ["figures[0].values.unit"]);

    let made = correct(right, &["value", "unit", "subject", "period"], false).await.expect("corrected");
    let after = made.meeting.expect("there");
    let (now, mark) = (&after.figures[0], &after.corrections[0]);
    assert_eq!((now.value, now.unit.as_str(), now.subject.as_str()), (1_020.5, "cây xanh", "phường An Lạc"));
    assert_eq!((&now.text, &now.indicator, &now.evidence), (&figure.text, &figure.indicator, &figure.evidence));
    let period = now.period.clone().expect("one");
    assert_eq!((period.edtf.as_str(), period.basis(), period.evidence), ("2023-09", pb::DateBasis::Corrected, None));
    assert_eq!((after.corrections.len(), mark.field.as_str()), (1, "figures"));
    let kept = made.correction.expect("kept");
    let Some(Statement::Meeting(said)) = &kept.statement else { panic!("{kept:?}") };
    assert_eq!(
        (said.figures[0].places.len(), said.figures[0].values.as_ref().map(|one| one.value)),
        (1, Some(1_020.5))
    );

    // Found by what is right, and no more by what was wrong.
    let found = async |filter: &str| {
        let min_revision = server.revision().await;
        let request = pb::SearchFiguresRequest { filter: filter.into(), min_revision, ..Default::default() };
        server.search().search_figures(request).await.expect("found").into_inner().hits.len()
    };
    assert_eq!((found("value = 1020.5 AND period = 2023-09").await, found("value = 120").await), (1, 0));

    correct(pb::Figure::default(), &[], true).await.expect("removed");
    let without = meeting(&server, "r3").await;
    assert!(without.figures.is_empty());
    let refused = correct(pb::Figure::default(), &[], true).await.expect_err("none is there");
    assert_eq!(Refusal::of(&refused).fields, ["figures[0].place"]);
    for number in [5, 4] {
        server.curation().revert_correction(revert(&format!("corrections/c{number}"))).await.expect("reverted");
    }
    assert_eq!(meeting(&server, "r3").await, before);
}

#[tokio::test]
async fn an_item_says_what_was_corrected_for_as_long_as_its_words_are_there() {
    let server = with_reports().await;
    let before = meeting(&server, "r1").await;
    let speaker = meant(&server, "Lê Thị Thử").await;
    let item = before.items[0].clone();
    assert_eq!((before.items.len(), item.kind()), (1, pb::ItemKind::Directive));
    let right = pb::Item {
        kind: pb::ItemKind::Proposal.into(),
        speaker: Some(pb::EntityRef { name: speaker.clone(), ..Default::default() }),
        ..Default::default()
    };
    let request = |etag: &str, paths: &[&str], remove| pb::CorrectMeetingRequest {
        meeting: Some(pb::Meeting { name: before.name.clone(), etag: etag.into(), ..Default::default() }),
        items: vec![pb::ItemCorrection {
            name: item.name.clone(),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(right.clone()),
            remove,
            places: Vec::new(),
        }],
        author: "Lan".into(),
        reason: "nghe băng ghi âm".into(),
        ..Default::default()
    };
    let refused = server.curation().correct_meeting(request("", &["kind"], false)).await.expect_err("of which record?");
    assert_eq!(Refusal::of(&refused).fields, ["meeting.etag"]);
    let asked = request(&before.etag, &["kind", "speaker", "deadline"], false);
    let made = server.curation().correct_meeting(asked).await.expect("corrected").into_inner();
    let is_right = |meeting: &pb::Meeting| {
        let item = &meeting.items[0];
        assert_eq!((item.kind(), item.deadline.clone()), (pb::ItemKind::Proposal, None));
        assert_eq!(item.speaker.clone().expect("one").display_name, "Lê Thị Thử");
        assert_eq!((meeting.corrections.len(), meeting.corrections[0].field.as_str()), (1, "items"));
    };
    is_right(&made.meeting.expect("there"));
    let correction = made.correction.expect("kept");
    let Some(Statement::Meeting(said)) = &correction.statement else { panic!("{correction:?}") };
    let place = &said.items[0].places[0];
    assert_eq!((place.start_offset, place.end_offset), (item.evidence[0].start_offset, item.evidence[0].end_offset));

    // Found by what is right, and no more by what was wrong.
    let found = async |filter: String| {
        let request = pb::SearchItemsRequest { filter, min_revision: server.revision().await, ..Default::default() };
        server.search().search_items(request).await.expect("found").into_inner().hits.len()
    };
    assert_eq!(found(format!("speaker = \"{speaker}\" AND kind = PROPOSAL AND date = \"2023-08-05\"")).await, 1);
    assert_eq!(found("kind = DIRECTIVE AND date = \"2023-08-05\"".into()).await, 0);

    // The words move, and the correction with them; the words go, and it waits.
    let (id, content) = REPORTS[0];
    let longer = content.replace(" Ông", " Hội nghị diễn ra trong nửa buổi sáng. Ông");
    server.ingest(text(id, &longer)).await.expect("kept");
    is_right(&meeting(&server, "r1").await);
    server.ingest(text(id, &content.replace("báo cáo", "gửi báo cáo"))).await.expect("kept");
    let other = meeting(&server, "r1").await;
    assert_eq!((other.items[0].kind(), other.corrections.len()), (pb::ItemKind::Directive, 0));
    let state = async || {
        let request = pb::GetCorrectionRequest { name: correction.name.clone(), min_revision: server.revision().await };
        server.curation().get_correction(request).await.expect("kept").into_inner().state()
    };
    assert_eq!(state().await, pb::CorrectionState::Inapplicable);
    server.ingest(text(id, content)).await.expect("kept");
    is_right(&meeting(&server, "r1").await);
    assert_eq!(state().await, pb::CorrectionState::Active);

    let etag = meeting(&server, "r1").await.etag;
    let made = server.curation().correct_meeting(request(&etag, &[], true)).await.expect("removed").into_inner();
    assert_eq!(made.meeting.expect("there").items, []);
    let etag = meeting(&server, "r1").await.etag;
    let refused = server.curation().correct_meeting(request(&etag, &["kind"], false)).await.expect_err("gone");
    assert_eq!(Refusal::of(&refused).fields, ["items[0].name"]);
    for name in [made.correction.expect("kept").name, correction.name.clone()] {
        server.curation().revert_correction(revert(&name)).await.expect("reverted");
    }
    let after = meeting(&server, "r1").await;
    assert_eq!((after.items, after.corrections), (before.items, before.corrections));
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
