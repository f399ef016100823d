//! Who was in which office, and when.

use bienban::grpc::generated::pb;
use tonic::{Code, Status};

use crate::common::{Refusal, TestServer, samples};

const OFFICE: &str = "Chủ tịch UBND TP Bạch Giang";

async fn tenures(server: &TestServer, request: pb::ListTenuresRequest) -> Result<Vec<pb::OfficeTenure>, Status> {
    server.entities().list_tenures(request).await.map(|answer| answer.into_inner().tenures)
}

fn of_office(office: &str, as_of: &str) -> pb::ListTenuresRequest {
    pb::ListTenuresRequest {
        parent: "entities/-".into(),
        office: office.into(),
        as_of: as_of.into(),
        ..Default::default()
    }
}

fn names(tenures: &[pb::OfficeTenure]) -> Vec<String> {
    tenures.iter().filter_map(|one| one.person.as_ref()).map(|person| person.display_name.clone()).collect()
}

/// The holding of a person in a list.
fn holding(tenures: &[pb::OfficeTenure], name: &str) -> Option<pb::Holding> {
    let is_it = |one: &&pb::OfficeTenure| one.person.as_ref().is_some_and(|person| person.display_name == name);
    tenures.iter().find(is_it).map(pb::OfficeTenure::holding)
}

#[tokio::test]
async fn an_office_changes_hands() {
    let server = samples::served().await;
    let (first, second, third) = ("La Quý Hợi", "Kiều Thế Lân", "Tạ Thị Hồng Nhạn");
    use pb::Holding::{Contradicted, Held, NotObserved, Unspecified};
    for office in
        ["Chủ tịch UBND TP Bạch Giang", "chu tich ubnd tp bach giang", "chủ tịch Uỷ ban nhân dân thành phố Bạch Giang"]
    {
        for (date, expected) in [
            ("2019", [NotObserved, Contradicted, Contradicted]),
            ("2021-06-29", [Held, Held, Contradicted]),
            ("2022-06", [Contradicted, Held, Contradicted]),
            ("2024", [Contradicted, Held, Held]),
            ("2024-05-01/2025-12-31", [Contradicted, Contradicted, Held]),
            ("", [Unspecified; 3]),
        ] {
            let found = tenures(&server, of_office(office, date)).await.expect("tenures");
            let told = [first, second, third].map(|name| holding(&found, name));
            assert_eq!(told, expected.map(Some), "{office} {date}: {:?}", names(&found));
        }
    }
    let request = of_office(OFFICE, "2025");
    let held = pb::ListTenuresRequest { filter: "holding = HELD".into(), ..request };
    assert_eq!(names(&tenures(&server, held).await.expect("tenures")), [third]);
}

#[tokio::test]
async fn person_organization_and_office_tell_the_same() {
    let server = samples::served().await;
    let office = tenures(&server, of_office(OFFICE, "")).await.expect("tenures");
    for one in &office {
        let (person, tenure) = (one.person.clone().expect("a person"), one.tenure.clone().expect("a tenure"));
        assert!(!tenure.evidence.is_empty() && tenure.evidence.iter().all(|evidence| !evidence.quote.is_empty()));
        for parent in [person.name.clone(), tenure.organization_entity.clone()] {
            let request = pb::ListTenuresRequest { parent, page_size: 500, ..Default::default() };
            assert!(tenures(&server, request).await.expect("tenures").contains(one), "{}", person.display_name);
        }
        let request = pb::GetEntityRequest { name: person.name, ..Default::default() };
        let record = server.entities().get_entity(request).await.expect("a person").into_inner();
        assert!(record.tenures.contains(&tenure), "{tenure:?} {:?}", record.tenures);
    }
}

#[tokio::test]
async fn pages_hold_each_tenure_once_and_filters_narrow_them() {
    let server = samples::served().await;
    let known = tenures(&server, of_office(OFFICE, "")).await.expect("tenures");
    let body = known[0].tenure.as_ref().map(|tenure| tenure.organization_entity.clone()).expect("an organization");
    let list = |page_size, page_token, filter: &str| pb::ListTenuresRequest {
        parent: body.clone(),
        page_size,
        page_token,
        filter: filter.into(),
        ..Default::default()
    };
    let all = tenures(&server, list(0, String::new(), "")).await.expect("tenures");
    assert!(all.len() >= 3, "{:?}", names(&all));
    let (mut paged, mut token) = (Vec::new(), String::new());
    loop {
        let page = server.entities().list_tenures(list(1, token, "")).await.expect("a page").into_inner();
        assert!(page.tenures.len() <= 1);
        paged.extend(page.tenures);
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(paged, all);
    let last_seen = |one: &pb::OfficeTenure| one.tenure.as_ref().map(|tenure| tenure.last_seen.clone());
    assert!(all.iter().zip(&all[1..]).all(|(a, b)| last_seen(a) >= last_seen(b) || last_seen(b).is_none()));
    let leaders = tenures(&server, list(0, String::new(), "title = \"Chủ tịch\"")).await.expect("tenures");
    assert!(!leaders.is_empty() && leaders.len() < all.len());
    let ended = tenures(&server, list(0, String::new(), "end >= \"2023\"")).await.expect("tenures");
    assert!(names(&ended).contains(&"Kiều Thế Lân".to_owned()), "{:?}", names(&ended));
}

#[tokio::test]
async fn nothing_is_left_of_reports_that_were_deleted() {
    let server = samples::served().await;
    let asked = || of_office(OFFICE, "2024");
    assert!(holding(&tenures(&server, asked()).await.expect("tenures"), "La Quý Hợi").is_some());
    let mut min_revision = 0;
    for request in samples::requests() {
        if request.report.is_some_and(|report| report.text.contains("La Quý Hợi")) {
            let name = format!("reports/{}", request.report_id);
            let request = pb::DeleteReportRequest { name, ..Default::default() };
            min_revision = server.ingestion().delete_report(request).await.expect("deleted").into_inner().revision;
        }
    }
    let now = tenures(&server, pb::ListTenuresRequest { min_revision, ..asked() }).await.expect("tenures");
    assert_eq!(holding(&now, "La Quý Hợi"), None);
}

#[tokio::test]
async fn what_cannot_be_asked() {
    let server = samples::served().await;
    let place = pb::LookupEntitiesRequest {
        query: "Quận Cầu Giấy".into(),
        kind: pb::EntityKind::Place.into(),
        ..Default::default()
    };
    let found = server.entities().lookup_entities(place).await.expect("candidates").into_inner().candidates;
    let place = found.into_iter().find_map(|one| one.entity).expect("a place").name;
    let good = || of_office(OFFICE, "2024");
    let request = |change: &dyn Fn(&mut pb::ListTenuresRequest)| {
        let mut request = good();
        change(&mut request);
        request
    };
    type Case<'a> = (&'a str, pb::ListTenuresRequest, Code, &'a str, &'a [&'a str]);
    let invalid = Code::InvalidArgument;
    let cases: Vec<Case<'_>> = vec![
        ("unknown", request(&|q| q.parent = "entities/gone".into()), Code::NotFound, "ENTITY_NOT_FOUND", &[]),
        ("no parent", request(&|q| q.parent.clear()), invalid, "REQUIRED_FIELD", &["parent"]),
        ("a report", request(&|q| q.parent = "reports/x".into()), invalid, "INVALID_RESOURCE_NAME", &["parent"]),
        ("a place", request(&|q| q.parent = place.clone()), invalid, "INVALID_FIELD", &["parent"]),
        ("no office", request(&|q| q.office = " ".into()), invalid, "REQUIRED_FIELD", &["office"]),
        ("no organization", request(&|q| q.office = "Bí thư".into()), invalid, "INVALID_FIELD", &["office"]),
        ("no words", request(&|q| q.office = "😀😀".into()), invalid, "INVALID_FIELD", &["office"]),
        ("a megabyte", request(&|q| q.office = "x".repeat(1 << 20)), invalid, "INVALID_QUERY", &["office"]),
        ("many words", request(&|q| q.office = "x ".repeat(300)), invalid, "INVALID_QUERY", &["office"]),
        ("no such day", request(&|q| q.as_of = "2023-02-30".into()), invalid, "INVALID_DATE", &["as_of"]),
        ("no year", request(&|q| q.as_of = "XXXX-05".into()), invalid, "INVALID_DATE", &["as_of"]),
        ("page size", request(&|q| q.page_size = -1), invalid, "INVALID_FIELD", &["page_size"]),
        ("token", request(&|q| q.page_token = "x".into()), invalid, "INVALID_PAGE_TOKEN", &["page_token"]),
        ("filter", request(&|q| q.filter = "titel = x".into()), invalid, "INVALID_FILTER", &["filter"]),
        ("order", request(&|q| q.order_by = "title".into()), invalid, "INVALID_ORDER_BY", &["order_by"]),
        (
            "held when",
            request(&|q| {
                q.as_of.clear();
                q.filter = "holding = HELD".into();
            }),
            invalid,
            "INVALID_FILTER",
            &["filter"],
        ),
    ];
    for (what, request, code, reason, fields) in cases {
        let refusal = Refusal::of(&tenures(&server, request).await.expect_err(what));
        assert_eq!((refusal.code, refusal.reason.as_str()), (code, reason), "{what}");
        assert_eq!(refusal.fields, fields, "{what}");
    }
    let huge = pb::ListTenuresRequest { page_size: i32::MAX, ..good() };
    assert!(!tenures(&server, huge).await.expect("a page").is_empty());
    assert_eq!(tenures(&server, of_office("Bí thư Tỉnh ủy Không Đâu", "2024")).await.expect("none"), []);
}

#[tokio::test]
async fn several_entities_come_at_once() {
    let server = samples::served().await;
    let request = pb::ListEntitiesRequest { page_size: 20, view: pb::View::Full.into(), ..Default::default() };
    let listed = server.entities().list_entities(request).await.expect("a page").into_inner().entities;
    let names: Vec<String> = listed.iter().rev().map(|entity| entity.name.clone()).collect();
    let request = pb::BatchGetEntitiesRequest { names, view: pb::View::Full.into(), ..Default::default() };
    let batch = server.entities().batch_get_entities(request).await.expect("a batch").into_inner();
    assert!(batch.entities.iter().eq(listed.iter().rev()));
    assert!(batch.entities.iter().all(|entity| !entity.aliases.is_empty()));
    let request = pb::BatchGetEntitiesRequest {
        names: vec![listed[0].name.clone(), "entities/gone".into()],
        ..Default::default()
    };
    let refusal = Refusal::of(&server.entities().batch_get_entities(request).await.expect_err("one is gone"));
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::NotFound, "ENTITY_NOT_FOUND"));
    let many = vec![listed[0].name.clone(); 101];
    let request = pb::BatchGetEntitiesRequest { names: many, ..Default::default() };
    let refusal = Refusal::of(&server.entities().batch_get_entities(request).await.expect_err("too many"));
    assert_eq!(refusal.fields, ["names"]);
}
