//! Who meets whom, in which bodies, how often, when.

use std::collections::{BTreeMap, BTreeSet};

use bienban::grpc::generated::pb;
use pb::RelationKind as Kind;
use tonic::{Code, Status};

use crate::common::{Refusal, TestServer, samples};

fn of(parent: &str) -> pb::ListRelatedEntitiesRequest {
    pb::ListRelatedEntitiesRequest { parent: parent.into(), page_size: 500, ..Default::default() }
}

async fn related(
    server: &TestServer,
    request: pb::ListRelatedEntitiesRequest,
) -> Result<pb::ListRelatedEntitiesResponse, Status> {
    server.entities().list_related_entities(request).await.map(tonic::Response::into_inner)
}

/// The entity that a full name means most likely.
async fn who(server: &TestServer, name: &str) -> String {
    let request = pb::LookupEntitiesRequest { query: name.into(), ..Default::default() };
    let found = server.entities().lookup_entities(request).await.expect("candidates").into_inner().candidates;
    found.into_iter().next().and_then(|one| one.entity).expect(name).name
}

async fn all_meetings(server: &TestServer) -> Vec<pb::Meeting> {
    let request = pb::ListMeetingsRequest { page_size: 500, view: pb::View::Full.into(), ..Default::default() };
    server.meetings().list_meetings(request).await.expect("meetings").into_inner().meetings
}

fn name(entity: Option<&pb::EntityRef>) -> Option<String> {
    entity.map(|entity| entity.name.clone())
}

/// Who and what a record names, counted by hand.
fn cast(meeting: &pb::Meeting) -> BTreeSet<String> {
    let people = meeting.participants.iter().filter_map(|one| name(one.person.as_ref()));
    let offices = meeting.participants.iter().flat_map(|one| &one.offices);
    let offices = offices.map(|office| office.organization_entity.clone()).filter(|name| !name.is_empty());
    let items = meeting.items.iter().flat_map(|item| item.speaker.iter().chain(&item.addressees).chain(&item.mentions));
    let named = meeting.mentions.iter().filter_map(|one| name(one.entity.as_ref()));
    let documents = meeting.references.iter().filter_map(|one| name(one.document.as_ref()));
    let rest = items.chain(&meeting.convener).map(|entity| entity.name.clone());
    people.chain(offices).chain(named).chain(documents).chain(rest).collect()
}

/// People who took part.
fn took_part(meeting: &pb::Meeting) -> BTreeSet<String> {
    let present = |one: &&pb::Participant| one.role() != pb::ParticipantRole::Mentioned;
    meeting.participants.iter().filter(present).filter_map(|one| name(one.person.as_ref())).collect()
}

/// What is told of an entity's company is what the records say.
async fn check(server: &TestServer, meetings: &[pb::Meeting], id: &str) -> pb::ListRelatedEntitiesResponse {
    let (mut shared, mut met) = (BTreeMap::<String, i64>::new(), BTreeMap::<String, i64>::new());
    for meeting in meetings.iter().filter(|meeting| cast(meeting).contains(id)) {
        cast(meeting).into_iter().filter(|other| *other != id).for_each(|other| *shared.entry(other).or_default() += 1);
        let present = took_part(meeting);
        if present.contains(id) {
            present.into_iter().filter(|other| *other != id).for_each(|other| *met.entry(other).or_default() += 1);
        }
    }
    let answer = related(server, of(id)).await.expect("related");
    let found = &answer.related_entities;
    let told = found.iter().filter_map(|one| Some((name(one.entity.as_ref())?, one.meeting_count)));
    assert_eq!(told.collect::<BTreeMap<_, _>>(), shared, "{id}");
    let met_with = |one: &pb::RelatedEntity| {
        let relation = one.relations.iter().find(|relation| relation.kind() == Kind::MetWith)?;
        Some((name(one.entity.as_ref())?, relation.meeting_count))
    };
    assert_eq!(found.iter().filter_map(met_with).collect::<BTreeMap<_, _>>(), met, "{id}");
    assert!(found.windows(2).all(|pair| pair[0].meeting_count >= pair[1].meeting_count), "{id}");
    assert_eq!(answer.meeting_count, meetings.iter().filter(|one| cast(one).contains(id)).count() as i64);
    for one in found {
        assert!(one.first_date <= one.last_date && one.relations.iter().all(|r| r.meeting_count <= one.meeting_count));
        assert!(one.bodies.len() <= 5 && one.bodies.iter().all(|body| body.meeting_count <= one.meeting_count));
    }
    answer
}

#[tokio::test]
async fn counts_are_those_of_the_records() {
    let server = samples::served().await;
    let meetings = all_meetings(&server).await;
    for person in ["Kiều Thế Lân", "Tạ Thị Hồng Nhạn", "Doãn Hữu Phác", "Triệu Thị Lệ Hằng"] {
        let id = who(&server, person).await;
        check(&server, &meetings, &id).await;
    }
}

#[tokio::test]
async fn those_merged_are_met_as_one_and_as_before_when_that_is_taken_back() {
    let server = samples::served().await;
    let person = who(&server, "Kiều Thế Lân").await;
    let plain = all_meetings(&server).await;
    let before = check(&server, &plain, &person).await;
    let people = before.related_entities.iter().filter_map(|one| one.entity.clone());
    let mut people = people.filter(|entity| entity.kind() == pb::EntityKind::Person).map(|entity| entity.name);
    let (target, source) = (people.next().expect("one"), people.next_back().expect("another"));
    let meets = |meetings: &[pb::Meeting], who: [&String; 2]| {
        let with = |one: &&pb::Meeting| cast(one).contains(&person) && who.iter().any(|name| cast(one).contains(*name));
        meetings.iter().filter(with).count() as i64
    };
    let both = meets(&plain, [&source, &target]);
    let merge = pb::MergeEntitiesRequest {
        source: source.clone(),
        target: target.clone(),
        author: "Lan".into(),
        reason: "một người".into(),
        ..Default::default()
    };
    let merged = server.curation().merge_entities(merge).await.expect("merged").into_inner();
    let correction = merged.correction.expect("kept").name;
    related(&server, pb::ListRelatedEntitiesRequest { min_revision: merged.revision, ..of(&person) })
        .await
        .expect("up to date");
    let meetings = all_meetings(&server).await;
    for id in [&person, &target] {
        let now = check(&server, &meetings, id).await;
        assert!(now.related_entities.iter().all(|one| name(one.entity.as_ref()).as_ref() != Some(&source)));
    }
    assert_eq!(meets(&meetings, [&target, &target]), both);
    let led = related(&server, of(&source)).await.expect("leads on");
    assert_eq!(led.related_entities, related(&server, of(&target)).await.expect("related").related_entities);
    let revert = pb::RevertCorrectionRequest {
        name: correction,
        author: "Lan".into(),
        reason: "hai người".into(),
        ..Default::default()
    };
    let reverted = server.curation().revert_correction(revert).await.expect("reverted").into_inner();
    let request = pb::ListRelatedEntitiesRequest { min_revision: reverted.revision, ..of(&person) };
    let after = related(&server, request).await.expect("related");
    assert_eq!(after.related_entities, before.related_entities);
}

#[tokio::test]
async fn each_relation_has_its_mirror() {
    let server = samples::served().await;
    let person = who(&server, "Kiều Thế Lân").await;
    let mirror = |kind| match kind {
        Kind::HeldOfficeAt => Kind::OfficeHeldBy,
        Kind::OfficeHeldBy => Kind::HeldOfficeAt,
        Kind::Convened => Kind::ConvenedBy,
        Kind::ConvenedBy => Kind::Convened,
        Kind::Addressed => Kind::AddressedBy,
        Kind::AddressedBy => Kind::Addressed,
        other => other,
    };
    let mut kinds = BTreeSet::new();
    for one in related(&server, of(&person)).await.expect("related").related_entities {
        let other = name(one.entity.as_ref()).expect("an entity");
        let back = related(&server, of(&other)).await.expect("related").related_entities;
        let back =
            back.into_iter().find(|back| name(back.entity.as_ref()).as_ref() == Some(&person)).expect("mirrored");
        assert_eq!((back.meeting_count, &back.bodies), (one.meeting_count, &one.bodies), "{other}");
        let flat = |relations: &[pb::EntityRelation], turn: &dyn Fn(Kind) -> Kind| -> BTreeMap<i32, i64> {
            relations.iter().map(|one| (turn(one.kind()).into(), one.meeting_count)).collect()
        };
        assert_eq!(flat(&one.relations, &mirror), flat(&back.relations, &|kind| kind), "{other}");
        kinds.extend(one.relations.iter().map(|relation| relation.kind));
    }
    for kind in [Kind::MetWith, Kind::HeldOfficeAt, Kind::ConvenedBy, Kind::Addressed, Kind::NamedWith] {
        assert!(kinds.contains(&kind.into()), "{kind:?}");
    }
}

#[tokio::test]
async fn dates_and_filters_narrow_and_pages_hold_each_once() {
    let server = samples::served().await;
    let person = who(&server, "Kiều Thế Lân").await;
    let all = related(&server, of(&person)).await.expect("related");
    let years = ["2020", "2021", "2022", "2023", "2024", "2025", "2026"];
    let mut meetings = 0;
    for year in years {
        let one = related(&server, pb::ListRelatedEntitiesRequest { date: year.into(), ..of(&person) }).await;
        let one = one.expect("related");
        assert!(one.related_entities.iter().all(|one| one.first_date.starts_with(year)), "{year}");
        meetings += one.meeting_count;
    }
    assert_eq!(meetings, all.meeting_count);
    let people =
        pb::ListRelatedEntitiesRequest { filter: "kind = PERSON AND relation = MET_WITH".into(), ..of(&person) };
    let people = related(&server, people).await.expect("related").related_entities;
    assert!(!people.is_empty() && people.len() < all.related_entities.len());
    for order_by in ["", "last_date desc"] {
        let list = |page_size, page_token| pb::ListRelatedEntitiesRequest {
            order_by: order_by.into(),
            page_size,
            page_token,
            ..of(&person)
        };
        let whole = related(&server, list(500, String::new())).await.expect("related").related_entities;
        let (mut paged, mut token) = (Vec::new(), String::new());
        loop {
            let page = related(&server, list(7, token)).await.expect("a page");
            paged.extend(page.related_entities);
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(paged, whole, "{order_by}");
        let by_date = whole.windows(2).all(|pair| pair[0].last_date >= pair[1].last_date);
        assert_eq!(by_date, !order_by.is_empty());
    }
}

#[tokio::test]
async fn meetings_told_twice_count_once_and_deleted_ones_not_at_all() {
    let server = samples::served().await;
    let person = who(&server, "Doãn Hữu Phác").await;
    let on_the_day =
        |min_revision| pb::ListRelatedEntitiesRequest { date: "2023-10-12".into(), min_revision, ..of(&person) };
    let before = related(&server, on_the_day(0)).await.expect("related");
    assert_eq!(before.meeting_count, 1, "two newspapers, one meeting");
    let mut left = Vec::new();
    for report in ["a", "b"] {
        let name = format!("reports/son-ha-bi-thu-2023-10-{report}");
        let request = pb::DeleteReportRequest { name, ..Default::default() };
        let revision = server.ingestion().delete_report(request).await.expect("deleted").into_inner().revision;
        left.push(related(&server, on_the_day(revision)).await.expect("related"));
    }
    assert_eq!((left[0].meeting_count, left[1].meeting_count), (1, 0));
    assert!(left[0].related_entities.len() <= before.related_entities.len() && left[1].related_entities.is_empty());
}

#[tokio::test]
async fn what_cannot_be_asked() {
    let server = samples::served().await;
    let person = who(&server, "Kiều Thế Lân").await;
    let request = |change: &dyn Fn(&mut pb::ListRelatedEntitiesRequest)| {
        let mut request = of(&person);
        change(&mut request);
        request
    };
    type Case<'a> = (&'a str, pb::ListRelatedEntitiesRequest, Code, &'a str, &'a [&'a str]);
    let invalid = Code::InvalidArgument;
    let cases: Vec<Case<'_>> = vec![
        ("unknown", request(&|q| q.parent = "entities/gone".into()), Code::NotFound, "ENTITY_NOT_FOUND", &[]),
        ("no parent", request(&|q| q.parent.clear()), invalid, "REQUIRED_FIELD", &["parent"]),
        ("not a name", request(&|q| q.parent = "Lân".into()), invalid, "INVALID_RESOURCE_NAME", &["parent"]),
        ("no such day", request(&|q| q.date = "2023-02-30".into()), invalid, "INVALID_DATE", &["date"]),
        ("no year", request(&|q| q.date = "XXXX-05".into()), invalid, "INVALID_DATE", &["date"]),
        ("page size", request(&|q| q.page_size = -1), invalid, "INVALID_FIELD", &["page_size"]),
        ("token", request(&|q| q.page_token = "x".into()), invalid, "INVALID_PAGE_TOKEN", &["page_token"]),
        ("relation", request(&|q| q.filter = "relation = LOVES".into()), invalid, "INVALID_FILTER", &["filter"]),
        ("order", request(&|q| q.order_by = "display_name".into()), invalid, "INVALID_ORDER_BY", &["order_by"]),
    ];
    for (what, request, code, reason, fields) in cases {
        let refusal = Refusal::of(&related(&server, request).await.expect_err(what));
        assert_eq!((refusal.code, refusal.reason.as_str()), (code, reason), "{what}");
        assert_eq!(refusal.fields, fields, "{what}");
    }
    let huge = related(&server, request(&|q| q.page_size = i32::MAX)).await.expect("a page");
    assert!(huge.related_entities.len() <= 500);
}
