//! Any text is a date or is not; a date is printed as it is read, and its parts agree with each other.

#![no_main]

use bienban::model::Edtf;
use libfuzzer_sys::fuzz_target;

// Two dates, one a line.
fuzz_target!(|text: &str| {
    let mut dates = text.lines().filter_map(|line| {
        let date: Edtf = line.parse().ok()?;
        assert_eq!(date.to_string(), line, "what is read is the one way to write it");
        Some(date)
    });
    let Some(first) = dates.next() else { return };
    hold(first);
    let Some(second) = dates.next() else { return };
    hold(second);
    assert_eq!(first.overlaps(second), second.overlaps(first));
    if let Some(both) = Edtf::between(Some(first), Some(second)) {
        hold(both);
        assert!(both.is_interval());
        assert_eq!(both.earliest(), first.earliest());
        assert_eq!(both.latest(), second.latest());
    }
});

fn hold(date: Edtf) {
    assert_eq!(date.to_string().parse(), Ok(date));
    assert!(date.overlaps(date), "{date}");
    if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
        assert!(first <= last, "{date}");
        assert!(date.overlaps(Edtf::day(first)) && date.overlaps(Edtf::day(last)), "{date}");
        assert!(!date.lacks_year(), "{date}");
    }
    assert!(date.as_day().is_none() || date.as_day() == date.earliest() && date.earliest() == date.latest());
    if let Some(dated) = date.in_year(2024) {
        assert!(!dated.lacks_year() && date.overlaps(dated), "{date}");
    }
}
