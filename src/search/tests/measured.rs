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

/// Values of three indicators over several years, told at meetings whose titles name another one.
fn years() -> Searcher {
    let mut shelf = Shelf::new();
    for (id, date, title, figures) in [
        (
            "m-22",
            "2022-12-28",
            "Ngành tài chính bàn thu ngân sách",
            vec![
                ("tổng thu ngân sách nhà nước", "2022", Some("tỉnh Sơn Hà")),
                ("chi ngân sách", "2022", Some("tỉnh Sơn Hà")),
                ("nợ thuế", "", None),
            ],
        ),
        (
            "m-24",
            "2024-01-12",
            "Sơn Hà giải ngân thu ngân sách",
            vec![("thu ngân sách", "2023", None), ("giải ngân", "2023", None), ("thư ngân sách", "2021", None)],
        ),
        ("m-25", "2025-06-10", "Họp", vec![("Thu ngân sách", "", Some("Đông Trạch"))]),
    ] {
        let mut one = meeting(id, title);
        one.date = dated(date);
        for (at, (indicator, period, subject)) in figures.into_iter().enumerate() {
            let mut told = figure(indicator, 10.0 + at as f64, "VND", subject);
            told.figure.period = if period.is_empty() { None } else { dated(period) };
            one.figures.push(told);
        }
        shelf.put(&one, "");
    }
    shelf.commit()
}

fn series(query: &str, order_by: &str) -> Vec<String> {
    ids(&years(), Unit::Figure, &SearchRequest { query, order_by, page_size: 50, ..Default::default() })
}

#[test]
fn a_series_has_the_indicator_and_nothing_else() {
    // Without a period comes last.
    assert_eq!(series("thu ngân sách", "period"), ["m-22", "m-24", "m-25"]);
    assert_eq!(series("\"thu ngân sách\"", "period desc"), ["m-24", "m-22", "m-25"]);
    assert_eq!(
        series("thu ngan sach", "period"),
        ["m-24/2", "m-22", "m-24", "m-25"],
        "any marks where none were typed"
    );
    assert_eq!(series("thu ngân sách Sơn Hà", "period"), ["m-22"]);
    assert_eq!(series("giải ngân", "value"), ["m-24/1"]);
    assert_eq!(series("(giải ngân) OR \"nợ thuế\"", "date"), ["m-22/2", "m-24/1"]);
    assert_eq!(series("thu ngân sách -\"nhà nước\"", "period"), ["m-24", "m-25"]);
    assert_eq!(series("thu ngân sách period:2022", "period"), ["m-22"]);
}

#[test]
fn what_the_words_name_goes_before_what_their_meeting_is_about() {
    let hits = series("giải ngân", "");
    assert_eq!(hits[0], "m-24/1", "{hits:?}");
    let hits = series("thu ngân sách", "");
    let mut first = hits[..3].to_vec();
    first.sort();
    assert_eq!(first, ["m-22", "m-24", "m-25"]);
    assert!(!hits.contains(&"m-22/2".to_owned()), "the title says nothing of what it measures: {hits:?}");
    let hits = series("chi ngân sách tỉnh Sơn Hà", "");
    assert_eq!(hits[0], "m-22/1", "{hits:?}");
    assert!(!hits.contains(&"m-22/2".to_owned()), "place and title are too little: {hits:?}");
    let mut once = hits.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), hits.len(), "{hits:?}");
}

#[test]
fn a_year_is_that_of_the_value() {
    assert_eq!(series("thu ngân sách 2022", "period"), ["m-22"]);
    assert_eq!(series("thu ngân sách năm 2023", "period"), ["m-24"]);
    assert_eq!(series("thu ngan sach nam 2025", "period"), ["m-25"], "the meeting's where no period is told");
    assert_eq!(series("thu ngân sách năm 2023", "")[0], "m-24");
}

#[test]
fn a_question_is_answered_by_what_the_words_name() {
    for question in [
        "Năm 2022 tổng thu ngân sách nhà nước của tỉnh Sơn Hà đạt bao nhiêu?",
        "tong thu ngan sach cua Son Ha la bao nhieu?",
    ] {
        assert_eq!(series(question, "")[0], "m-22", "{question}");
    }
}

#[test]
fn figures_are_found_by_the_number_they_tell_and_by_what_their_meeting_names() {
    let mut shelf = Shelf::new();
    let mut one = meeting("m-1", "Họp");
    one.figures = vec![figure("thu ngân sách", 8_598e9, "VND", None), figure("tỷ lệ hộ nghèo", 2.5, "%", None)];
    one.figures[0].figure.text = "8.598 tỉ đồng".into();
    one.mentions = vec![mention(EntityKind::Place, "tỉnh Sơn Hà")];
    shelf.put(&one, "");
    shelf.put(&meeting("m-2", "Khác"), "");
    let searcher = shelf.commit();
    let found = |query| ids(&searcher, Unit::Figure, &SearchRequest { query, ..Default::default() });
    assert_eq!(found("8.598 tỉ đồng"), ["m-1"]);
    assert_eq!(found("8598"), ["m-1"]);
    assert_eq!(found("thu ngân sách 8.598 tỉ đồng"), ["m-1"]);
    assert_eq!(passing(&searcher, Unit::Figure, "unit = \"%\""), ["m-1/1"]);
    assert_eq!(passing(&searcher, Unit::Figure, "unit:%"), ["m-1/1"]);
    let id = entity(EntityKind::Place, "tỉnh Sơn Hà").id;
    for filter in ["place = \"tinh son ha\"".to_owned(), format!("place = {}", id.name()), "place:*".into()] {
        assert_eq!(passing(&searcher, Unit::Figure, &filter), ["m-1", "m-1/1"], "{filter}");
    }
    for filter in ["indicator = \"Tỉ lệ hộ nghèo\"", "indicator = \"ti le ho ngheo\"", "indicator:\"tỉ lệ\""]
    {
        assert_eq!(passing(&searcher, Unit::Figure, filter), ["m-1/1"], "{filter}");
    }
    assert_eq!(passing(&searcher, Unit::Figure, "indicator = \"tỷ lê hộ nghèo\""), Vec::<String>::new());
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
