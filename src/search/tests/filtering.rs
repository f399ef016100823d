//! Filters, facets and orders over the index.

use super::*;
use crate::search::{Facet, FacetField, SearchError, Step, Total};

fn shelf() -> Searcher {
    let mut shelf = Shelf::new();
    shelf.put_with(&rich(), "Sáng 6-12, Thành ủy Bạch Giang họp tại phường Đông Hải.", Some("Báo Mẫu"), &[]);
    let mut other = meeting("m-other", "UBND quận họp");
    other.kind = Some(MeetingKind::WorkingSession);
    other.date = dated("2022");
    other.items = vec![item(1, crate::model::ItemKind::Proposal, None, "Đề nghị quận cấp kinh phí.")];
    other.figures = vec![figure("thu ngân sách", 120e9, "VND", None), figure("hộ nghèo", 3.5, "%", None)];
    shelf.put_with(&other, "Quận họp.", Some("Cổng Mẫu"), &[]);
    shelf.put(&meeting("m-bare", "Không rõ"), "Không rõ ngày.");
    shelf.commit()
}

#[test]
fn meetings_pass_filters() {
    let searcher = shelf();
    for (filter, expected) in [
        ("date >= 2023-12-08", vec!["m-rich"]),
        ("date > 2023-12-08", vec![]),
        ("date = 2023", vec!["m-rich"]),
        ("date < 2023", vec!["m-other"]),
        ("date = 2022-05-05", vec!["m-other"]),
        ("NOT date:*", vec!["m-bare"]),
        ("date != 2023", vec!["m-bare", "m-other"]),
        ("kind = conference OR kind = WORKING_SESSION", vec!["m-other", "m-rich"]),
        ("convener = \"Thành uỷ Bạch Giang\"", vec!["m-rich"]),
        ("convener = \"thanh uy bach giang\"", vec!["m-rich"]),
        ("convener = \"Thánh ủy Bạch Giang\"", vec![]),
        ("convener : \"Bạch Giang\"", vec!["m-rich"]),
        ("convener : giang AND convener:thành", vec!["m-rich"]),
        ("participant = \"Lê Thị Hòa\"", vec!["m-rich"]),
        ("participant = \"Trần Văn Đường\"", vec![]),
        ("person = \"Trần Văn Đường\"", vec!["m-rich"]),
        ("place : \"Đông Hải\"", vec!["m-rich"]),
        ("place = \"P. Đông Hải\"", vec!["m-rich"]),
        ("speaker = \"Lê Thị Hoà\"", vec!["m-rich"]),
        ("addressee : \"ủy ban nhân dân\"", vec!["m-rich"]),
        ("session_number = 12", vec!["m-rich"]),
        ("session_number > 11.5 AND session_number < 12.5", vec!["m-rich"]),
        ("session_number = 12.5", vec![]),
        ("extended = true", vec!["m-rich"]),
        ("term = 2020-2025", vec!["m-rich"]),
        ("publisher = \"báo mẫu\"", vec!["m-rich"]),
        ("publisher:*", vec!["m-other", "m-rich"]),
        ("report = reports/r-m-bare", vec!["m-bare"]),
        ("meeting = meetings/m-other", vec!["m-other"]),
        ("title:\"ngân sách\"", vec!["m-rich"]),
    ] {
        assert_eq!(passing(&searcher, Unit::Meeting, filter), expected, "{filter}");
    }
}

#[test]
fn ids_do_as_well_as_names() {
    let id = entity(EntityKind::Organization, "Thành ủy Bạch Giang").id;
    let searcher = shelf();
    for filter in [format!("convener = {}", id.name()), format!("convener = {id}")] {
        assert_eq!(passing(&searcher, Unit::Meeting, &filter), ["m-rich"], "{filter}");
    }
}

#[test]
fn items_and_figures_pass_filters_of_their_own_and_of_their_meeting() {
    let searcher = shelf();
    for (unit, filter, expected) in [
        (Unit::Item, "kind = DIRECTIVE", vec!["m-rich/1"]),
        (Unit::Item, "speaker = \"Lê Thị Hoà\"", vec!["m-rich/1"]),
        (Unit::Item, "addressee:\"Đông Hải\"", vec!["m-rich/1"]),
        (Unit::Item, "deadline <= 2024-01-31", vec!["m-rich/1"]),
        (Unit::Item, "deadline:*", vec!["m-rich/1"]),
        (Unit::Item, "date = 2023-12", vec!["m-rich/1", "m-rich/2"]),
        (Unit::Item, "meeting_kind = WORKING_SESSION", vec!["m-other/1"]),
        (Unit::Item, "participant = \"Lê Thị Hoà\" AND -kind = DIRECTIVE", vec!["m-rich/2"]),
        (Unit::Item, "publisher = \"Cổng Mẫu\"", vec!["m-other/1"]),
        (Unit::Figure, "unit = VND AND value > 1000000000000", vec!["m-rich"]),
        (Unit::Figure, "value <= 3.5", vec!["m-other/1"]),
        (Unit::Figure, "subject = \"thành phố Bạch Giang\"", vec!["m-rich"]),
        (Unit::Figure, "indicator:\"ngân sách\" AND date = 2022", vec!["m-other"]),
    ] {
        assert_eq!(passing(&searcher, unit, filter), expected, "{filter}");
    }
}

#[test]
fn queries_and_filters_work_together() {
    let searcher = shelf();
    let search = |unit, query, filter| ids(&searcher, unit, &SearchRequest { query, filter, ..Default::default() });
    assert_eq!(search(Unit::Item, "báo cáo", "kind = DIRECTIVE"), ["m-rich/1"]);
    assert_eq!(search(Unit::Item, "báo cáo", "kind = PROPOSAL"), Vec::<String>::new());
    assert_eq!(search(Unit::Item, "kind:directive báo cáo", ""), ["m-rich/1"]);
    assert_eq!(search(Unit::Figure, "thu ngân sách", "date = 2022"), ["m-other"]);
    assert_eq!(search(Unit::Figure, "thu ngân sách", "unit = \"%\""), Vec::<String>::new());
}

#[test]
fn figures_can_be_sorted_by_value() {
    let searcher = shelf();
    let by = |order_by| ids(&searcher, Unit::Figure, &SearchRequest { order_by, ..Default::default() });
    assert_eq!(by("value"), ["m-other/1", "m-other", "m-rich"]);
    assert_eq!(by("value desc"), ["m-rich", "m-other", "m-other/1"]);
    assert_eq!(by("date")[2], "m-rich");
}

#[test]
fn facets_count_all_hits() {
    let searcher = shelf();
    let fields = [
        FacetField::Kind,
        FacetField::Convener,
        FacetField::Date(Step::Year),
        FacetField::Date(Step::Month),
        FacetField::Publisher,
        FacetField::Date(Step::Quarter),
    ];
    let request = SearchRequest { facets: &fields, page_size: 1, ..Default::default() };
    let results = searcher.meetings(&request).expect("found");
    assert_eq!(results.total, Total::Exact(3));
    assert!(results.facets.iter().all(|facet| facet.exact));
    let values = |facet: &Facet| facet.values.iter().map(|v| (v.value.clone(), v.count)).collect::<Vec<_>>();
    assert_eq!(values(&results.facets[0]), [("CONFERENCE".into(), 1), ("WORKING_SESSION".into(), 1)]);
    let convener = entity(EntityKind::Organization, "Thành ủy Bạch Giang").id.name();
    assert_eq!(values(&results.facets[1]), [(convener, 1)]);
    assert_eq!(values(&results.facets[2]), [("2023".into(), 1), ("2022".into(), 1)]);
    assert_eq!(values(&results.facets[3]), [("2023-12".into(), 1)]);
    assert_eq!(values(&results.facets[4]), [("Báo Mẫu".into(), 1), ("Cổng Mẫu".into(), 1)]);
    assert_eq!(values(&results.facets[5]), [("2023-36".into(), 1)]);
    assert_eq!(
        ids(&searcher, Unit::Meeting, &SearchRequest { filter: "date = \"2023-36\"", ..Default::default() }).len(),
        1
    );

    let fields = [FacetField::Kind, FacetField::Person, FacetField::Publisher];
    let request = SearchRequest { facets: &fields, ..Default::default() };
    let results = searcher.items(&request).expect("found");
    let total: u64 = results.facets[0].values.iter().map(|value| value.count).sum();
    assert_eq!((total, results.facets[1].values.len()), (3, 1));
    assert_eq!(values(&results.facets[2])[0], ("Báo Mẫu".into(), 2));
}

#[test]
fn unknown_fields_name_their_neighbours() {
    let request = SearchRequest { filter: "convenor = x", ..Default::default() };
    match shelf().meetings(&request) {
        Err(SearchError::Filter { position: 0, near, .. }) => assert_eq!(near, ["convener"]),
        other => panic!("{other:?}"),
    }
}
