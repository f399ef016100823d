use super::*;
use jiff::civil::date;

fn edtf(text: &str) -> Edtf {
    text.parse().expect(text)
}

#[test]
fn every_form_round_trips() {
    for text in [
        "2021-12-16",
        "2023-12",
        "2023",
        "2024-33",
        "2024-36",
        "2024-40",
        "XXXX-07-15",
        "XXXX-07",
        "2023-12-06/2023-12-08",
        "../2024-06-30",
        "2024-01-01/..",
        "2020/2025",
        "XXXX-02-29",
    ] {
        assert_eq!(edtf(text).to_string(), text);
    }
}

#[test]
fn impossible_dates_are_refused() {
    for text in [
        "2021-02-29",
        "2021-13",
        "2021-00-10",
        "21-12-16",
        "2021-12-16/2021-12-15",
        "../..",
        "",
        "XXXX",
        "9999",
        "2021-5-1",
        "2021-37",
        "2023-+2-06",
        "XXXX-+2",
    ] {
        assert!(text.parse::<Edtf>().is_err(), "{text}");
    }
}

#[test]
fn what_was_told_at_the_edge_of_the_years_is_read_again() {
    let (last, first) = (date(2200, 12, 31), date(1800, 1, 1));
    for told in [last.tomorrow(), first.yesterday()] {
        let told = Edtf::day(told.expect("a day"));
        let stored = postcard::to_stdvec(&told).expect("stored");
        assert_eq!(postcard::from_bytes(&stored), Ok(told));
    }
    for vague in ["XXXX-12-31", "XXXX-12-30/XXXX-12-31", "XXXX-12/.."] {
        assert_eq!(edtf(vague).in_year(2201), None, "{vague}");
        assert!(edtf(vague).in_year(2200).is_some(), "{vague}");
    }
    for text in ["1799-12-31", "2201", "2201-01", "2200-12-31/2201-01-01"] {
        assert!(text.parse::<Edtf>().is_err(), "{text}");
    }
}

#[test]
fn bounds_follow_precision() {
    assert_eq!(edtf("2024-02").latest(), Some(date(2024, 2, 29)));
    assert_eq!(edtf("2024-34").earliest(), Some(date(2024, 4, 1)));
    assert_eq!(edtf("2024-41").latest(), Some(date(2024, 12, 31)));
    assert_eq!(edtf("../2024").earliest(), None);
    assert_eq!(edtf("XXXX-07-15").earliest(), None);
}

#[test]
fn overlap_compares_intervals() {
    assert!(edtf("2023-12").overlaps(edtf("2023-12-16")));
    assert!(!edtf("2023-11").overlaps(edtf("2023-12-16")));
    assert!(edtf("XXXX-12-16").overlaps(edtf("2023")));
    assert!(!edtf("XXXX-12-16").overlaps(edtf("2023-11")));
    assert!(edtf("2024-01-01/..").overlaps(edtf("2025")));
    let over_new_year = edtf("XXXX-12-28/XXXX-01-03");
    for same in ["XXXX-12-28/XXXX-01-03", "XXXX-12-30", "XXXX-01", "2023-01-02", "2022-12"] {
        assert!(over_new_year.overlaps(edtf(same)) && edtf(same).overlaps(over_new_year), "{same}");
    }
    assert!(!over_new_year.overlaps(edtf("XXXX-02")) && !over_new_year.overlaps(edtf("2023-11")));
}

#[test]
fn forms_are_told_apart() {
    assert!(edtf("XXXX-07-15").tells_days() && edtf("2023-12-06/2023-12-08").tells_days());
    assert!(!edtf("2023-12").tells_days() && !edtf("2020/2025").tells_days());
    assert!(edtf("2020/2025").is_interval() && !edtf("2023").is_interval());
}

#[test]
fn years_complete_dates() {
    assert_eq!(edtf("XXXX-07-15").in_year(2023), Some(edtf("2023-07-15")));
    assert_eq!(edtf("XXXX-02-29").in_year(2023), None);
}
