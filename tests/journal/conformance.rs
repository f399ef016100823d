//! What every journal must do. A store joins by implementing [`Harness`] and naming it to `conformance!`; a new case
//! is a function here and its name in that macro.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll, Waker};

use bienban::journal::{Appended, Clock, Entry, EntryBody, IncomingReport, Journal, JournalError, Outcome, Write};
use bienban::model::{ReportId, Revision, Timestamp};

/// One empty store. Opening it again after closing finds what was stored.
pub trait Harness {
    type Journal: Journal;
    fn open(&self, clock: Arc<dyn Clock>) -> impl Future<Output = Self::Journal>;
}

/// Makes one test of each case for a harness, given by an expression that makes a fresh one.
macro_rules! conformance {
    ($fresh:expr) => {
        conformance!(@cases $fresh;
            an_empty_journal_is_sound
            puts_can_be_conditional
            puts_create_update_or_change_nothing
            reports_are_known_by_id_then_url_then_text
            a_url_belongs_to_one_report
            deletions_can_be_conditional_and_undone
            a_deleted_report_comes_back_as_it_was
            corrections_are_kept_and_taken_back
            a_correction_holds_on_to_its_ground
            a_correction_is_known_by_what_was_asked
            a_request_id_is_answered_once
            request_ids_hold_over_restarts_and_refusals
            everything_put_comes_back
            reads_are_bounded
            time_never_goes_backwards
            concurrent_appends_leave_no_gap
            an_abandoned_append_still_happens
            followers_see_the_head_and_the_end
            closing_finishes_and_refuses
            random_operations_agree_with_the_model
        );
    };
    (@cases $fresh:expr; $($case:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                crate::conformance::$case(|| $fresh).await;
            }
        )*
    };
}

pub use crate::corrections::{
    a_correction_holds_on_to_its_ground, a_correction_is_known_by_what_was_asked,
    a_deleted_report_comes_back_as_it_was, corrections_are_kept_and_taken_back,
};
pub use crate::model::random_operations_agree_with_the_model;

/// A clock that goes on by one second at each look.
pub fn ticking() -> Arc<dyn Clock> {
    let seconds = AtomicI64::new(0);
    Arc::new(move || Timestamp(seconds.fetch_add(1, Ordering::Relaxed) * 1_000_000))
}

pub fn id(text: &str) -> ReportId {
    ReportId::parse(text).expect(text)
}

pub fn report(text: &str) -> IncomingReport {
    IncomingReport { id: None, url: None, publisher: None, title: None, publish_date: None, text: text.to_owned() }
}

pub fn named(name: &str, text: &str) -> IncomingReport {
    IncomingReport { id: Some(id(name)), ..report(text) }
}

pub fn at(url: &str, text: &str) -> IncomingReport {
    IncomingReport { url: Some(url.to_owned()), ..report(text) }
}

pub fn put(report: IncomingReport) -> Write {
    Write::PutReport { report, request_id: None, expected: None }
}

pub fn delete(name: &str, expected: Option<u64>) -> Write {
    Write::DeleteReport { id: id(name), request_id: None, expected: expected.map(Revision) }
}

/// The same write under a request id.
pub fn request(name: &str, write: Write) -> Write {
    let request_id = Some(name.to_owned());
    match write {
        Write::PutReport { report, expected, .. } => Write::PutReport { report, request_id, expected },
        Write::DeleteReport { id, expected, .. } => Write::DeleteReport { id, expected, request_id },
        Write::UndeleteReport { id, expected, .. } => Write::UndeleteReport { id, expected, request_id },
        Write::Correct { body, said, asked, guard, .. } => Write::Correct { body, said, request_id, asked, guard },
        Write::RevertCorrection { correction, said, .. } => Write::RevertCorrection { correction, said, request_id },
    }
}

/// Appends and gives revision and outcome.
pub async fn said(journal: &impl Journal, write: Write) -> (u64, Outcome) {
    let Appended { revision, outcome, .. } = journal.append(write).await.expect("appended");
    (revision.0, outcome)
}

pub async fn refused(journal: &impl Journal, write: Write) -> JournalError {
    journal.append(write).await.expect_err("refused")
}

pub async fn all(journal: &impl Journal) -> Vec<Entry> {
    journal.read(Revision(0), usize::MAX, usize::MAX).await.expect("read")
}

pub async fn assert_sound(journal: &impl Journal) {
    let verification = journal.verify().await.expect("verified");
    assert!(verification.is_sound(), "{verification:?}");
    assert_eq!(verification.head, journal.head());
    assert_eq!(verification.entries, journal.head().0);
}

pub async fn an_empty_journal_is_sound<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    assert_eq!(journal.head(), Revision(0));
    assert_eq!(all(&journal).await, []);
    assert_sound(&journal).await;
}

pub async fn puts_create_update_or_change_nothing<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let first = journal.append(put(named("a", "một"))).await.expect("appended");
    assert_eq!((first.revision, first.outcome, &first.report), (Revision(1), Outcome::Created, &Some(id("a"))));
    let again = journal.append(put(named("a", "một"))).await.expect("appended");
    assert_eq!(again, Appended { outcome: Outcome::Unchanged, ..first });
    assert_eq!(said(&journal, put(named("b", "một"))).await, (2, Outcome::Created));
    assert_eq!(said(&journal, put(named("a", "hai"))).await, (3, Outcome::Updated));
    assert_eq!(said(&journal, put(named("a", "hai"))).await, (3, Outcome::Unchanged));

    // Every field is content.
    let report = || named("a", "hai");
    let variants = [
        IncomingReport { url: Some("https://bao.example/1".into()), ..report() },
        IncomingReport { publisher: Some("Báo".into()), ..report() },
        IncomingReport { title: Some("Họp".into()), ..report() },
        IncomingReport { publish_date: "2024-07".parse().ok(), ..report() },
        report(),
    ];
    for (variant, revision) in variants.into_iter().zip(4..) {
        assert_eq!(said(&journal, put(variant)).await, (revision, Outcome::Updated));
    }
    assert_sound(&journal).await;
}

pub async fn puts_can_be_conditional<H: Harness>(fresh: impl Fn() -> H) {
    let journal = fresh().open(ticking()).await;
    let at = |expected, text| Write::PutReport {
        report: named("a", text),
        request_id: None,
        expected: Some(Revision(expected)),
    };
    assert!(matches!(refused(&journal, at(1, "x")).await, JournalError::Conflict { current: Revision(0), .. }));
    assert_eq!(said(&journal, put(named("a", "x"))).await, (1, Outcome::Created));
    assert_eq!(said(&journal, at(1, "y")).await, (2, Outcome::Updated));
    assert!(matches!(refused(&journal, at(1, "z")).await, JournalError::Conflict { current: Revision(2), .. }));
    assert_eq!(said(&journal, at(1, "y")).await, (2, Outcome::Unchanged));
}

pub async fn reports_are_known_by_id_then_url_then_text<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let put_as = async |report| journal.append(put(report)).await.expect("appended").report.expect("of a report");
    let url = "https://bao.example/1";
    assert_eq!(put_as(at(url, "một")).await, ReportId::derive(Some(url), "một"));
    assert_eq!(put_as(report("một")).await, ReportId::derive(None, "một"));
    let other = IncomingReport { id: Some(id("a")), ..at("https://bao.example/2", "hai") };
    assert_eq!(put_as(other).await, id("a"));
    assert_eq!(put_as(at("https://bao.example/2", "ba")).await, id("a"));
    assert_eq!(journal.head(), Revision(4));
    assert_sound(&journal).await;
}

pub async fn a_url_belongs_to_one_report<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let own = |name: &str, url: &str| put(IncomingReport { id: Some(id(name)), ..at(url, "một") });
    assert_eq!(said(&journal, own("a", "u1")).await, (1, Outcome::Created));
    let error = refused(&journal, own("b", "u1")).await;
    assert!(matches!(&error, JournalError::UrlTaken { url, report } if url == "u1" && *report == id("a")), "{error:?}");
    assert_eq!(journal.head(), Revision(1));

    // Held while deleted; free once the report has another.
    assert_eq!(said(&journal, delete("a", None)).await, (2, Outcome::Deleted));
    assert!(matches!(refused(&journal, own("b", "u1")).await, JournalError::UrlTaken { .. }));
    let back = journal.append(put(at("u1", "một"))).await.expect("appended");
    assert_eq!((back.report, back.outcome), (Some(id("a")), Outcome::Created));
    assert_eq!(said(&journal, own("a", "u2")).await, (4, Outcome::Updated));
    assert_eq!(said(&journal, own("b", "u1")).await, (5, Outcome::Created));
    assert!(matches!(refused(&journal, own("b", "u2")).await, JournalError::UrlTaken { .. }));
    assert_sound(&journal).await;
}

pub async fn deletions_can_be_conditional_and_undone<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    assert!(
        matches!(refused(&journal, delete("a", None)).await, JournalError::NotFound { report } if report == id("a"))
    );
    assert_eq!(said(&journal, put(named("a", "một"))).await, (1, Outcome::Created));
    let error = refused(&journal, delete("a", Some(2))).await;
    let JournalError::Conflict { report, expected, current } = error else { panic!("{error:?}") };
    assert_eq!((report, expected, current), (id("a"), Revision(2), Revision(1)));
    let deleted = journal.append(delete("a", Some(1))).await.expect("appended");
    assert_eq!((deleted.revision, deleted.outcome, deleted.report), (Revision(2), Outcome::Deleted, Some(id("a"))));
    for expected in [None, Some(1), Some(2)] {
        assert!(matches!(refused(&journal, delete("a", expected)).await, JournalError::NotFound { .. }));
    }
    // The same content as before the deletion is news again.
    assert_eq!(said(&journal, put(named("a", "một"))).await, (3, Outcome::Created));
    assert_eq!(said(&journal, put(named("a", "một"))).await, (3, Outcome::Unchanged));
    assert_eq!(all(&journal).await[1].body, EntryBody::ReportDeleted { id: id("a") });
    assert_sound(&journal).await;
}

pub async fn a_request_id_is_answered_once<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let one = || request("r1", put(named("a", "một")));
    let first = journal.append(one()).await.expect("appended");
    assert_eq!(said(&journal, request("r2", put(named("a", "hai")))).await, (2, Outcome::Updated));
    // A late retry does not bring old content back.
    assert_eq!(journal.append(one()).await.expect("replayed"), Appended { outcome: Outcome::Replayed, ..first });
    assert_eq!(journal.head(), Revision(2));

    for other in [put(named("a", "ba")), put(named("b", "một")), delete("a", None)] {
        let error = refused(&journal, request("r1", other)).await;
        assert!(matches!(&error, JournalError::RequestIdReused { request_id } if request_id == "r1"), "{error:?}");
    }
    // An answer without an entry of its own is remembered too.
    assert_eq!(said(&journal, request("r3", put(named("a", "hai")))).await, (2, Outcome::Unchanged));
    assert_eq!(said(&journal, put(named("a", "ba"))).await, (3, Outcome::Updated));
    assert_eq!(said(&journal, request("r3", put(named("a", "hai")))).await, (2, Outcome::Replayed));

    assert_eq!(said(&journal, request("r4", delete("a", Some(3)))).await, (4, Outcome::Deleted));
    assert_eq!(said(&journal, request("r4", delete("a", Some(3)))).await, (4, Outcome::Replayed));
    assert!(matches!(refused(&journal, request("r4", delete("a", None))).await, JournalError::RequestIdReused { .. }));
    assert_eq!(journal.head(), Revision(4));
    assert_sound(&journal).await;
}

pub async fn request_ids_hold_over_restarts_and_refusals<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    assert!(matches!(refused(&journal, request("r1", delete("a", None))).await, JournalError::NotFound { .. }));
    let first = journal.append(request("r2", put(named("a", "một")))).await.expect("appended");
    // Refused before, possible now: the refusal was not remembered.
    assert_eq!(said(&journal, request("r1", delete("a", None))).await, (2, Outcome::Deleted));
    journal.close().await.expect("closed");

    let journal = harness.open(ticking()).await;
    let again = journal.append(request("r2", put(named("a", "một")))).await.expect("replayed");
    assert_eq!(again, Appended { outcome: Outcome::Replayed, ..first });
    assert_eq!(said(&journal, request("r1", delete("a", None))).await, (2, Outcome::Replayed));
    assert_sound(&journal).await;
}

pub async fn everything_put_comes_back<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let texts = ["Sáng 5-8,\r\n\tUBND \"phường\" họp \\ 😀 \u{0} \u{feff} e\u{301}", &"ạ".repeat(1 << 20), " "];
    let mut expected = Vec::new();
    for (text, number) in texts.into_iter().zip(0_i64..) {
        let report = IncomingReport {
            id: None,
            url: Some(format!("https://bao.example/{number}?q='\"%00")),
            publisher: Some("Báo Bạch Giang".to_owned()),
            title: (number > 0).then(String::new),
            publish_date: "2023-12-06/2023-12-08".parse().ok(),
            text: text.to_owned(),
        };
        let appended = journal.append(put(report.clone())).await.expect("appended");
        let body = EntryBody::ReportPut { draft: report.into_draft(appended.report.expect("of a report")) };
        expected.push(Entry { revision: appended.revision, time: Timestamp(number * 1_000_000), body });
    }
    assert_eq!(all(&journal).await, expected);
    journal.close().await.expect("closed");
    let journal = harness.open(ticking()).await;
    assert_eq!(journal.head(), Revision(3));
    assert_eq!(all(&journal).await, expected);
    assert_sound(&journal).await;
}

pub async fn reads_are_bounded<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    for number in 0..10 {
        journal.append(put(report(&format!("{number}{}", "x".repeat(999))))).await.expect("appended");
    }
    let read = async |after, limit, max_bytes| {
        let entries = journal.read(Revision(after), limit, max_bytes).await.expect("read");
        entries.iter().map(|entry| entry.revision.0).collect::<Vec<_>>()
    };
    assert_eq!(read(0, 3, usize::MAX).await, [1, 2, 3]);
    assert_eq!(read(7, 9, usize::MAX).await, [8, 9, 10]);
    assert_eq!(read(0, 9, 0).await, [1], "at least one");
    let some = read(4, 9, 3500).await;
    assert!(some == [5, 6] || some == [5, 6, 7], "{some:?}");
    assert!(read(0, 0, usize::MAX).await.is_empty());
    for beyond in [10, 11, u64::MAX] {
        assert!(read(beyond, 9, 9).await.is_empty());
    }
}

pub async fn time_never_goes_backwards<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let backwards = || {
        let now = AtomicI64::new(100);
        Arc::new(move || Timestamp(now.fetch_sub(10, Ordering::Relaxed)))
    };
    for name in ["a", "b"] {
        let journal = harness.open(backwards()).await;
        for text in ["1", "2", "3"] {
            let appended = journal.append(put(named(name, text))).await.expect("appended");
            assert_eq!(appended.time, Timestamp(100));
        }
        assert_sound(&journal).await;
        journal.close().await.expect("closed");
    }
}

pub async fn concurrent_appends_leave_no_gap<H: Harness>(fresh: impl Fn() -> H) {
    const CALLERS: u64 = 32;
    const EACH: u64 = 8;
    let harness = fresh();
    let journal = Arc::new(harness.open(ticking()).await);
    let mut callers = tokio::task::JoinSet::new();
    for caller in 0..CALLERS {
        let journal = Arc::clone(&journal);
        callers.spawn(async move {
            let mut own = Vec::new();
            for number in 0..EACH {
                let write = put(report(&format!("{caller}/{number}")));
                let appended = journal.append(write).await.expect("appended");
                assert!(journal.head() >= appended.revision);
                own.push(appended);
            }
            assert!(own.is_sorted_by_key(|appended| appended.revision));
            own
        });
    }
    let mut appended = callers.join_all().await.concat();
    appended.sort_by_key(|appended| appended.revision);
    let revisions: Vec<u64> = appended.iter().map(|appended| appended.revision.0).collect();
    assert_eq!(revisions, (1..=CALLERS * EACH).collect::<Vec<_>>());
    for (entry, appended) in all(journal.as_ref()).await.iter().zip(&appended) {
        assert_eq!((entry.body.report(), entry.time), (appended.report.as_ref(), appended.time));
    }
    assert_sound(journal.as_ref()).await;
}

pub async fn an_abandoned_append_still_happens<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    {
        let mut append = pin!(journal.append(put(named("a", "một"))));
        let polled = append.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(polled, Poll::Pending | Poll::Ready(Ok(_))));
    }
    assert_eq!(said(&journal, put(named("b", "một"))).await, (2, Outcome::Created));
    assert_eq!(all(&journal).await[0].body.report(), Some(&id("a")));
}

pub async fn followers_see_the_head_and_the_end<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    let mut watch = journal.watch();
    let follower = tokio::spawn(async move {
        let mut seen = vec![watch.borrow_and_update().0];
        while watch.changed().await.is_ok() {
            seen.push(watch.borrow_and_update().0);
        }
        (seen, watch.borrow().0)
    });
    for text in ["1", "2", "3"] {
        journal.append(put(report(text))).await.expect("appended");
    }
    // A write that adds nothing wakes nobody.
    let mut quiet = journal.watch();
    quiet.mark_unchanged();
    journal.append(put(report("3"))).await.expect("appended");
    assert!(!quiet.has_changed().expect("open"));
    journal.close().await.expect("closed");
    let (seen, last) = follower.await.expect("followed");
    assert_eq!(last, 3);
    assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
}

pub async fn closing_finishes_and_refuses<H: Harness>(fresh: impl Fn() -> H) {
    let harness = fresh();
    let journal = harness.open(ticking()).await;
    // Handed over before the close, answered during it.
    let mut append = pin!(journal.append(put(named("a", "một"))));
    let polled = append.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    journal.close().await.expect("closed");
    let appended = match polled {
        Poll::Ready(answer) => answer,
        Poll::Pending => append.await,
    };
    assert_eq!(appended.expect("appended").revision, Revision(1));

    assert!(matches!(refused(&journal, put(report("hai"))).await, JournalError::Closed));
    assert!(matches!(journal.read(Revision(0), 1, 1).await, Err(JournalError::Closed)));
    assert!(matches!(journal.verify().await, Err(JournalError::Closed)));
    assert_eq!(journal.head(), Revision(1));
    journal.close().await.expect("closed already");

    let journal = harness.open(ticking()).await;
    assert_eq!(journal.head(), Revision(1));
    assert_eq!(said(&journal, put(report("hai"))).await, (2, Outcome::Created));
    assert_sound(&journal).await;
}
