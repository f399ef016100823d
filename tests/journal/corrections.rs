//! Cases of the conformance suite: reports that come back, and corrections.

use bienban::journal::{Appended, Entry, EntryBody, Guard, Journal, JournalError, Outcome, Write};
use bienban::model::{
    CorrectionBody, EntityId, MeetingChange, MeetingId, MentionSelector, Place, ReportId, Revision, Role, Span,
    Statement, Timestamp,
};

use crate::conformance::{Harness, all, assert_sound, delete, id, named, put, refused, request, said, ticking};

pub fn statement(reason: &str) -> Statement {
    Statement { author: "Lan".to_owned(), reason: reason.to_owned() }
}

pub fn correct(body: CorrectionBody, asked: &[&str], guard: Guard) -> Write {
    let asked = asked.iter().map(|part| (*part).to_owned()).collect();
    Write::Correct { body, said: statement("nhầm"), request_id: None, asked, guard }
}

fn entity(text: &str) -> EntityId {
    EntityId::parse(text).expect(text)
}

pub fn merge_at(source: &str, target: &str, guard: Guard) -> Write {
    let body = CorrectionBody::Merge { source: entity(source), target: entity(target) };
    correct(body, &["merge", source, target], guard)
}

/// A merge that nothing may have come before.
pub fn merge(source: &str, target: &str, read_at: u64) -> Write {
    merge_at(source, target, Guard { read_at: Revision(read_at), reports: Vec::new() })
}

pub fn revert(correction: u64) -> Write {
    Write::RevertCorrection { correction: Revision(correction), said: statement("đúng rồi"), request_id: None }
}

pub fn undelete(name: &str, expected: Option<u64>) -> Write {
    Write::UndeleteReport { id: id(name), request_id: None, expected: expected.map(Revision) }
}

/// True if the second write may come under the first one's request id.
pub fn same_request(first: &Write, second: &Write) -> bool {
    match (first, second) {
        (Write::Correct { asked, .. }, Write::Correct { asked: again, .. }) => asked == again,
        _ => first == second,
    }
}

pub async fn a_deleted_report_comes_back_as_it_was<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    assert!(matches!(refused(&journal, undelete("a", None)).await, JournalError::NotFound { .. }));
    assert_eq!(said(&journal, put(named("a", "một"))).await, (1, Outcome::Created));
    // Not deleted: nothing to do, whatever the caller believes.
    assert_eq!(said(&journal, undelete("a", Some(9))).await, (1, Outcome::Unchanged));
    assert_eq!(said(&journal, put(named("a", "hai"))).await, (2, Outcome::Updated));
    assert_eq!(said(&journal, delete("a", None)).await, (3, Outcome::Deleted));
    let error = refused(&journal, undelete("a", Some(2))).await;
    assert!(matches!(error, JournalError::Conflict { current: Revision(3), .. }), "{error:?}");
    let back = journal.append(undelete("a", Some(3))).await.expect("appended");
    assert_eq!((back.revision, back.outcome, back.report), (Revision(4), Outcome::Undeleted, Some(id("a"))));
    assert_eq!(said(&journal, undelete("a", None)).await, (4, Outcome::Unchanged));
    // It has its newest content, under its newest revision.
    assert_eq!(said(&journal, put(named("a", "hai"))).await, (4, Outcome::Unchanged));
    assert!(matches!(refused(&journal, delete("a", Some(2))).await, JournalError::Conflict { .. }));
    assert_eq!(said(&journal, delete("a", Some(4))).await, (5, Outcome::Deleted));
    assert_eq!(said(&journal, request("r1", undelete("a", None))).await, (6, Outcome::Undeleted));
    assert_eq!(said(&journal, delete("a", None)).await, (7, Outcome::Deleted));
    assert_eq!(said(&journal, request("r1", undelete("a", None))).await, (6, Outcome::Replayed));
    assert_eq!(all(&journal).await[3].body, EntryBody::ReportUndeleted { id: id("a") });
    journal.close().await.expect("closed");
    let journal = harness.open(ticking()).await;
    assert_eq!(said(&journal, undelete("a", None)).await, (8, Outcome::Undeleted));
    assert_eq!(said(&journal, put(named("a", "ba"))).await, (9, Outcome::Updated));
    assert_sound(&journal).await;
}

pub async fn corrections_are_kept_and_taken_back<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let place = Place { span: Span::new(2, 5), words: Place::digest("phường") };
    let report = |name: &str| ReportId::parse(name).expect(name);
    let bodies = [
        CorrectionBody::Merge { source: entity("org-a"), target: entity("org-b") },
        CorrectionBody::Split {
            source: entity("org-b"),
            entity: entity("org-c"),
            mentions: vec![
                MentionSelector { report: report("a"), place: None },
                MentionSelector { report: report("b"), place: Some(place) },
            ],
        },
        CorrectionBody::Meeting {
            meeting: MeetingId::of_report(&report("a")),
            reports: vec![report("a"), report("b")],
            changes: vec![
                MeetingChange::Title("Họp 😀 \"giao ban\"".to_owned()),
                MeetingChange::Date(None),
                MeetingChange::Participant(entity("per-a"), Some(Role::Chair)),
            ],
        },
    ];
    let mut expected = Vec::new();
    for (body, number) in bodies.into_iter().zip(1_u64..) {
        let guard = Guard { read_at: Revision(number - 1), reports: vec![report("a")] };
        let appended = journal.append(correct(body.clone(), &["x"], guard)).await.expect("appended");
        let time = Timestamp(i64::try_from(number - 1).expect("small") * 1_000_000);
        let due = Appended { revision: Revision(number), report: None, time, outcome: Outcome::Corrected };
        assert_eq!(appended, due);
        let body = EntryBody::Corrected { body, said: statement("nhầm") };
        expected.push(Entry { revision: Revision(number), time, body });
    }
    assert_eq!(all(&journal).await, expected);

    for none in [0, 4, u64::MAX] {
        let error = refused(&journal, revert(none)).await;
        assert!(matches!(error, JournalError::NoCorrection { correction } if correction.0 == none), "{error:?}");
    }
    assert_eq!(said(&journal, revert(2)).await, (4, Outcome::Reverted));
    assert_eq!(said(&journal, revert(2)).await, (4, Outcome::Unchanged));
    let error = refused(&journal, revert(4)).await;
    assert!(matches!(error, JournalError::NoCorrection { .. }), "a reversion is no correction: {error:?}");
    let body = EntryBody::CorrectionReverted { correction: Revision(2), said: statement("đúng rồi") };
    assert_eq!(all(&journal).await[3].body, body);
    journal.close().await.expect("closed");
    let journal = harness.open(ticking()).await;
    assert_eq!(said(&journal, revert(2)).await, (4, Outcome::Unchanged));
    assert_eq!(said(&journal, revert(1)).await, (5, Outcome::Reverted));
    assert_sound(&journal).await;
}

pub async fn a_correction_holds_on_to_its_ground<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    for (name, revision) in [("a", 1), ("b", 2)] {
        assert_eq!(said(&journal, put(named(name, "một"))).await, (revision, Outcome::Created));
    }
    let grounded = |read_at, reports: &[&str]| {
        let reports = reports.iter().map(|name| id(name)).collect();
        merge_at("org-a", "org-b", Guard { read_at: Revision(read_at), reports })
    };
    let moved = async |write| match refused(&journal, write).await {
        JournalError::Moved { changed } => changed.0,
        error => panic!("{error:?}"),
    };
    assert_eq!(moved(grounded(0, &["a", "b"])).await, 2);
    assert_eq!(moved(grounded(0, &["a"])).await, 1);
    // Other reports may come as they like.
    assert_eq!(said(&journal, grounded(0, &["c"])).await, (3, Outcome::Corrected));
    assert_eq!(moved(grounded(2, &[])).await, 3);
    assert_eq!(said(&journal, grounded(3, &["a", "b"])).await, (4, Outcome::Corrected));
    assert_eq!(said(&journal, revert(3)).await, (5, Outcome::Reverted));
    assert_eq!(moved(grounded(4, &[])).await, 5);
    assert_eq!(said(&journal, delete("a", None)).await, (6, Outcome::Deleted));
    assert_eq!(moved(grounded(5, &["a"])).await, 6);
    assert_eq!(said(&journal, grounded(5, &["b"])).await, (7, Outcome::Corrected));
    assert_sound(&journal).await;
}

pub async fn a_correction_is_known_by_what_was_asked<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let asked = |source: &str| ["merge", source, "org-b"].map(str::to_owned);
    assert_eq!(journal.answered("r1", &asked("org-a")).await.expect("looked up"), None);
    let first = journal.append(request("r1", merge("org-a", "org-b", 0))).await.expect("appended");
    // What was asked may mean something else by now, and its ground may have moved: it is the same request.
    let Write::Correct { body, said: why, asked: parts, .. } = merge("org-a", "org-b", 0) else { panic!("a merge") };
    let CorrectionBody::Merge { source, .. } = body else { panic!("a merge") };
    let body = CorrectionBody::Merge { source, target: entity("org-z") };
    let again =
        Write::Correct { body, said: why, request_id: Some("r1".to_owned()), asked: parts, guard: Guard::default() };
    let replayed = Appended { outcome: Outcome::Replayed, ..first.clone() };
    assert_eq!(journal.append(again).await.expect("replayed"), replayed);
    assert_eq!(journal.answered("r1", &asked("org-a")).await.expect("looked up"), Some(replayed));
    let error = journal.answered("r1", &asked("org-c")).await.expect_err("another");
    assert!(matches!(error, JournalError::RequestIdReused { .. }), "{error:?}");
    for other in [merge("org-c", "org-b", 1), revert(1), put(named("a", "một"))] {
        let error = refused(&journal, request("r1", other)).await;
        assert!(matches!(error, JournalError::RequestIdReused { .. }), "{error:?}");
    }
    assert_eq!(said(&journal, request("r2", revert(1))).await, (2, Outcome::Reverted));
    assert_eq!(said(&journal, request("r2", revert(1))).await, (2, Outcome::Replayed));
    // A reversion that finds its work done is remembered with the entry that did it.
    assert_eq!(said(&journal, request("r3", revert(1))).await, (2, Outcome::Unchanged));
    assert_eq!(said(&journal, request("r3", revert(1))).await, (2, Outcome::Replayed));
    assert_sound(&journal).await;
}
