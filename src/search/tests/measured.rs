//! Figures are found by what they measure.

use super::*;
use crate::search::{FacetField, Step};

fn shelf() -> Searcher {
    let mut shelf = Shelf::new();
    let mut one = meeting("m-budget", "Hội nghị thu ngân sách năm 2023");
    let periods = ["2021", "2022", "2023-10/2023-12", "2023-11", "2022/2023"];
    one.figures = vec![
        figure("thu ngân sách", 8_598e9, "VND", Some("TP Bạch Giang")),
        figure("số doanh nghiệp", 120.0, "doanh nghiệp", None),
        figure("chi ngân sách", 4e9, "VND", None),
        figure("thu ngân sách", 9_000e9, "VND", Some("huyện Đông Trạch")),
        figure("sản lượng điện", 3.0, "kWh", None),
    ];
    for (figure, period) in one.figures.iter_mut().zip(periods) {
        figure.figure.period = dated(period);
    }
    one.items =
        vec![item(1, crate::model::ItemKind::Achievement, None, "Thu ngân sách đạt 8.598 tỉ với 120 doanh nghiệp.")];
    one.items[0].figures = vec![0, 1];
    shelf.put(&one, "");
    shelf.commit()
}

#[test]
fn the_sentence_and_the_title_alone_make_no_hit() {
    let searcher = shelf();
    let found = |query| ids(&searcher, Unit::Figure, &SearchRequest { query, ..Default::default() });
    let mut revenue = found("thu ngân sách");
    assert_eq!(revenue.len(), 3, "what measures something else in the same sentence is none: {revenue:?}");
    assert_eq!(revenue.pop().as_deref(), Some("m-budget/2"), "the title counts little");
    assert_eq!(found("doanh nghiệp"), ["m-budget/1"]);
    assert_eq!(found("hội nghị"), Vec::<String>::new());
    assert_eq!(found("thu ngân sách Đông Trạch")[0], "m-budget/3");
    assert_eq!(found("thu ngan sach dong trach")[0], "m-budget/3");
}

#[test]
fn periods_are_counted_where_they_lie_in_one() {
    let searcher = shelf();
    let facets = [Step::Year, Step::Quarter, Step::Month].map(FacetField::Period);
    let results = searcher.figures(&SearchRequest { facets: &facets, ..Default::default() }).expect("counted");
    let values = |at: usize| -> Vec<(&str, u64)> {
        results.facets[at].values.iter().map(|value| (value.value.as_str(), value.count)).collect()
    };
    assert_eq!(values(0), [("2023", 2), ("2022", 1), ("2021", 1)]);
    assert_eq!(values(1), [("2023-36", 2)]);
    assert_eq!(values(2), [("2023-11", 1)]);
    assert!(results.facets.iter().all(|facet| facet.exact));
}

#[test]
fn days_and_weeks_are_counted() {
    let mut shelf = Shelf::new();
    for (id, date) in [
        ("m-1", "2023-12-04"),
        ("m-2", "2023-12-10"),
        ("m-3", "2023-12-11"),
        ("m-4", "2023-12"),
        ("m-5", "2023-12-10/2023-12-11"),
    ] {
        let mut meeting = meeting(id, "Họp");
        meeting.date = dated(date);
        shelf.put(&meeting, "");
    }
    let searcher = shelf.commit();
    let facets = [Step::Week, Step::Day, Step::Month].map(FacetField::Date);
    let results = searcher.meetings(&SearchRequest { facets: &facets, ..Default::default() }).expect("counted");
    let values = |at: usize| -> Vec<(&str, u64)> {
        results.facets[at].values.iter().map(|value| (value.value.as_str(), value.count)).collect()
    };
    assert_eq!(values(0), [("2023-12-11/2023-12-17", 1), ("2023-12-04/2023-12-10", 2)]);
    assert_eq!(values(1), [("2023-12-11", 1), ("2023-12-10", 1), ("2023-12-04", 1)]);
    assert_eq!(values(2), [("2023-12", 5)]);
    for value in results.facets.iter().flat_map(|facet| &facet.values) {
        let filter = format!("date = \"{}\"", value.value);
        let found = passing(&searcher, Unit::Meeting, &filter).len() as u64;
        assert!(found >= value.count, "{}", value.value);
    }
}
