//! What was stored once is read for ever.

use super::parts::*;
use super::*;
use crate::journal::Entry;
use crate::journal::stored::Sealed;
use crate::model::{FigureChange, Finite, ItemChange, ItemKind, ReportId, Spot, Timestamp};

fn said() -> Statement {
    Statement { author: "Lan".into(), reason: "nhầm \"người\"".into() }
}

fn id(text: &str) -> EntityId {
    EntityId::parse(text).expect(text)
}

/// Version 1 as it was first released: kind, payload, what it means. Never edit these.
fn version_1() -> Vec<(&'static str, &'static str, EntryBody)> {
    let report = |id: &str| ReportId::parse(id).expect(id);
    let corrected = |body| EntryBody::Corrected { body, said: said() };
    let place = Place { span: Span::new(3, 9), words: "00ff".into() };
    let mentions = vec![
        MentionSelector { report: report("a"), place: None },
        MentionSelector { report: report("b"), place: Some(place) },
    ];
    let changes = vec![
        MeetingChange::Title("Họp".into()),
        MeetingChange::Kind(Some(MeetingKind::WorkingSession)),
        MeetingChange::Date("2024-05-06".parse().ok()),
        MeetingChange::PartOfDay(Some(PartOfDay::Noon)),
        MeetingChange::SessionNumber(Some(7)),
        MeetingChange::Extended(true),
        MeetingChange::Term(Term::new(2020, 2025)),
        MeetingChange::Convener(Some(id("org-1"))),
        MeetingChange::Venue(Some("hội trường".into())),
        MeetingChange::Participant(id("per-1"), Some(Role::Chair)),
    ];
    let cleared = vec![
        MeetingChange::Kind(None),
        MeetingChange::Date(None),
        MeetingChange::Extended(false),
        MeetingChange::Participant(id("per-1"), None),
    ];
    let meeting = MeetingId::parse("m-1").expect("an id");
    vec![
        (
            "entities_merged",
            r#"{"source":"org-1","target":"org-2","author":"Lan","reason":"nhầm \"người\""}"#,
            corrected(CorrectionBody::Merge { source: id("org-1"), target: id("org-2") }),
        ),
        (
            "entity_split",
            r#"{"source":"org-1","entity":"org-3","mentions":[{"report":"a"},{"report":"b","place":{"start":3,"end":9,"words":"00ff"}}],"author":"Lan","reason":"nhầm \"người\""}"#,
            corrected(CorrectionBody::Split { source: id("org-1"), entity: id("org-3"), mentions }),
        ),
        (
            "meeting_corrected",
            r#"{"meeting":"m-1","reports":["a","b"],"changes":[{"field":"title","value":"Họp"},{"field":"kind","value":"working_session"},{"field":"date","value":"2024-05-06"},{"field":"part_of_day","value":"noon"},{"field":"session_number","value":"7"},{"field":"extended","value":"true"},{"field":"term","value":"2020-2025"},{"field":"convener","value":"org-1"},{"field":"venue","value":"hội trường"},{"field":"participants","value":"chair","person":"per-1"}],"author":"Lan","reason":"nhầm \"người\""}"#,
            corrected(CorrectionBody::Meeting {
                meeting: meeting.clone(),
                reports: vec![report("a"), report("b")],
                changes,
            }),
        ),
        (
            "meeting_corrected",
            r#"{"meeting":"m-1","reports":["a"],"changes":[{"field":"kind"},{"field":"date"},{"field":"extended"},{"field":"participants","person":"per-1"}],"author":"Lan","reason":"nhầm \"người\""}"#,
            corrected(CorrectionBody::Meeting { meeting, reports: vec![report("a")], changes: cleared }),
        ),
        (
            "correction_reverted",
            r#"{"correction":12,"author":"Lan","reason":"nhầm \"người\""}"#,
            EntryBody::CorrectionReverted { correction: Revision(12), said: said() },
        ),
    ]
}

#[test]
fn version_1_is_read_for_ever() {
    for (kind, payload, body) in version_1() {
        assert!(is_known(kind, 1) && !is_known(kind, 4) && !is_known(kind, 0));
        assert_eq!(decode(kind, 1, payload.as_bytes()), Ok(body.clone()));
        let sealed = Sealed::seal(&Entry { revision: Revision(3), time: Timestamp(5), body }).expect("sealed");
        assert_eq!((sealed.kind.as_slice(), sealed.payload.as_slice()), (kind.as_bytes(), payload.as_bytes()));
        assert!(sealed.report.is_empty());
    }
}

#[test]
fn version_2_of_a_meeting_is_read_for_ever() {
    // As it was first released. Never edit this.
    let payload = r#"{"meeting":"m-1","reports":["a"],"changes":[{"field":"title","value":"Họp"}],"items":[{"spots":[{"report":"a","place":{"start":3,"end":9,"words":"00ff"}}],"changes":[{"field":"kind","value":"directive"},{"field":"speaker","value":"per-1"},{"field":"deadline","value":"2024-05"}]},{"spots":[{"report":"a","place":{"start":30,"end":39,"words":"ff00"}}],"changes":[{"field":"speaker"},{"field":"deadline"}]},{"spots":[{"report":"a","place":{"start":50,"end":59,"words":"ff11"}}]}],"author":"Lan","reason":"nhầm \"người\""}"#;
    let spot = |start, end, words: &str| {
        let place = Place { span: Span::new(start, end), words: words.into() };
        vec![Spot { report: ReportId::parse("a").expect("an id"), place }]
    };
    let right = vec![
        ItemChange::Kind(ItemKind::Directive),
        ItemChange::Speaker(Some(id("per-1"))),
        ItemChange::Deadline("2024-05".parse().ok()),
    ];
    let none = vec![ItemChange::Speaker(None), ItemChange::Deadline(None)];
    let changes = vec![
        MeetingChange::Title("Họp".into()),
        MeetingChange::Item(spot(3, 9, "00ff"), Some(right)),
        MeetingChange::Item(spot(30, 39, "ff00"), Some(none)),
        MeetingChange::Item(spot(50, 59, "ff11"), None),
    ];
    let meeting = MeetingId::parse("m-1").expect("an id");
    let reports = vec![ReportId::parse("a").expect("an id")];
    let body = EntryBody::Corrected { body: CorrectionBody::Meeting { meeting, reports, changes }, said: said() };
    assert!(is_known(MEETING, 2) && !is_known(MERGED, 2));
    assert_eq!(decode(MEETING, 2, payload.as_bytes()), Ok(body.clone()));
    let sealed = Sealed::seal(&Entry { revision: Revision(3), time: Timestamp(5), body }).expect("sealed");
    assert_eq!((sealed.version, std::str::from_utf8(&sealed.payload)), (2, Ok(payload)));
}

#[test]
fn version_3_of_a_meeting_is_read_for_ever() {
    // As it was first released. Never edit this.
    let payload = r#"{"meeting":"m-1","reports":["a"],"changes":[],"items":[{"spots":[{"report":"a","place":{"start":50,"end":59,"words":"ff11"}}]}],"figures":[{"spots":[{"report":"a","place":{"start":3,"end":9,"words":"00ff"}}],"changes":[{"field":"indicator","value":"thu ngân sách"},{"field":"value","value":"8598000000000"},{"field":"upper","value":"0.1"},{"field":"unit","value":"VND"},{"field":"period","value":"2024-05"},{"field":"subject","value":"xã"}]},{"spots":[{"report":"a","place":{"start":3,"end":9,"words":"00ff"}}],"changes":[{"field":"upper"},{"field":"period"},{"field":"subject"}]},{"spots":[{"report":"a","place":{"start":3,"end":9,"words":"00ff"}}]}],"author":"Lan","reason":"nhầm \"người\""}"#;
    let spot = |start, end, words: &str| {
        let place = Place { span: Span::new(start, end), words: words.into() };
        vec![Spot { report: ReportId::parse("a").expect("an id"), place }]
    };
    let right = vec![
        FigureChange::Indicator("thu ngân sách".into()),
        FigureChange::Value(Finite::new(8_598_000_000_000.0).expect("a number")),
        FigureChange::Upper(Finite::new(0.1)),
        FigureChange::Unit("VND".into()),
        FigureChange::Period("2024-05".parse().ok()),
        FigureChange::Subject(Some("xã".into())),
    ];
    let none = vec![FigureChange::Upper(None), FigureChange::Period(None), FigureChange::Subject(None)];
    let changes = vec![
        MeetingChange::Item(spot(50, 59, "ff11"), None),
        MeetingChange::Figure(spot(3, 9, "00ff"), Some(right)),
        MeetingChange::Figure(spot(3, 9, "00ff"), Some(none)),
        MeetingChange::Figure(spot(3, 9, "00ff"), None),
    ];
    let meeting = MeetingId::parse("m-1").expect("an id");
    let reports = vec![ReportId::parse("a").expect("an id")];
    let body = EntryBody::Corrected { body: CorrectionBody::Meeting { meeting, reports, changes }, said: said() };
    assert!(is_known(MEETING, 3) && !is_known(MERGED, 3));
    assert_eq!(decode(MEETING, 3, payload.as_bytes()), Ok(body.clone()));
    let sealed = Sealed::seal(&Entry { revision: Revision(3), time: Timestamp(5), body }).expect("sealed");
    assert_eq!((sealed.version, std::str::from_utf8(&sealed.payload)), (3, Ok(payload)));
}

#[test]
fn every_value_has_a_name_that_leads_back() {
    let all = KINDS
        .map(|kind| MeetingChange::Kind(Some(kind)))
        .into_iter()
        .chain(PARTS.map(|part| MeetingChange::PartOfDay(Some(part))))
        .chain(ROLES.map(|role| MeetingChange::Participant(id("per-1"), Some(role))));
    for one in all {
        assert_eq!(changed(change(&one).expect("a field")), Ok(one));
    }
    for one in ItemKind::ALL.map(ItemChange::Kind) {
        assert_eq!(item_field(item_change(&one)), Ok(one));
    }
}

#[test]
fn what_is_no_value_is_told_without_quoting_it() {
    let form = |field: &str, value: &str| ChangeV1 { field: field.into(), value: Some(value.into()), person: None };
    for field in ["kind", "date", "part_of_day", "session_number", "term", "convener", "participants", "secret"] {
        let what = changed(form(field, "Secret")).expect_err("no value");
        assert!(!what.to_lowercase().contains("secret"), "{what}");
    }
    for field in ["kind", "speaker", "deadline", "secret"] {
        let form = PartChangeV2 { field: field.into(), value: Some("Secret".into()) };
        let what = item_field(form).expect_err("no value");
        assert!(!what.to_lowercase().contains("secret"), "{what}");
    }
    for field in ["value", "upper", "period", "secret"] {
        let form = PartChangeV2 { field: field.into(), value: Some("Secret".into()) };
        let what = figure_field(form).expect_err("no value");
        assert!(!what.to_lowercase().contains("secret"), "{what}");
    }
    let form = PartChangeV2 { field: "value".into(), value: Some("inf".into()) };
    assert!(figure_field(form).is_err());
}
