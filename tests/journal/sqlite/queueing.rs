//! Grouping, overload, and reading beside the writer. A clock that can be stopped holds the writer where it is, so
//! nothing here depends on timing.

use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use bienban::journal::{Appended, Journal, JournalError, SqliteJournal, SqliteOptions, Stats};
use bienban::model::{Revision, Timestamp};

use super::Folder;
use crate::conformance::{all, assert_sound, named, put, report};

type Append<'a> = Pin<Box<dyn Future<Output = Result<Appended, JournalError>> + Send + 'a>>;

/// A journal whose writer is held in the middle of its first batch until told to go on. The field order lets it go
/// before the journal is dropped, so that a failing test ends.
struct Held {
    go: Sender<()>,
    reached: Receiver<()>,
    journal: SqliteJournal,
}

fn held(folder: &Folder, options: SqliteOptions) -> Held {
    let ((tell, reached), (go, wait)) = (channel(), channel());
    let wait = Mutex::new(Some(wait));
    let clock = move || {
        if let Some(wait) = wait.lock().expect("lock").take() {
            tell.send(()).expect("told");
            wait.recv().expect("go");
        }
        Timestamp(0)
    };
    let options = SqliteOptions { clock: Arc::new(clock), ..options };
    Held { go, reached, journal: SqliteJournal::open(folder.path(), options).expect("opened") }
}

/// Hands a write over without waiting for its answer.
fn start<'a>(journal: &'a SqliteJournal, text: &str) -> Append<'a> {
    let mut append = journal.append(put(report(text)));
    match append.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Box::pin(std::future::ready(answer)),
        Poll::Pending => append,
    }
}

#[tokio::test]
async fn what_queues_up_during_a_commit_shares_the_next_one() {
    let folder = Folder::new();
    let Held { go, reached, journal } = &held(&folder, SqliteOptions::default());
    let first = start(journal, "first");
    reached.recv().expect("writer is in its batch");
    let others: Vec<Append<'_>> = (0..100).map(|number| start(journal, &number.to_string())).collect();
    assert_eq!(journal.stats(), Stats { answered: 0, commits: 0, queued: 100 });
    go.send(()).expect("go");
    assert_eq!(first.await.expect("appended").revision, Revision(1));
    for (append, due) in others.into_iter().zip(2..) {
        assert_eq!(append.await.expect("appended").revision, Revision(due));
    }
    assert_eq!(journal.stats(), Stats { answered: 101, commits: 2, queued: 0 });
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_recovers() {
    let folder = Folder::new();
    let bounds = [
        SqliteOptions { queue_writes: 3, ..SqliteOptions::default() },
        SqliteOptions { queue_bytes: 3500, ..SqliteOptions::default() },
    ];
    for (number, options) in bounds.into_iter().enumerate() {
        let Held { go, reached, journal } = &held(&folder, options);
        let text = |name: &str| format!("{number} {name} {}", "x".repeat(900));
        let first = start(journal, &text("first"));
        reached.recv().expect("writer is in its batch");
        let queued = ["a", "b", "c"].map(|name| start(journal, &text(name)));
        assert!(matches!(start(journal, &text("d")).await, Err(JournalError::Overloaded)));
        go.send(()).expect("go");
        first.await.expect("appended");
        for append in queued {
            append.await.expect("appended");
        }
        start(journal, &text("d")).await.expect("appended");
    }
}

#[tokio::test]
async fn batches_are_bounded() {
    let folder = Folder::new();
    let Held { go, reached, journal } = &held(&folder, SqliteOptions { batch_writes: 4, ..SqliteOptions::default() });
    let first = start(journal, "first");
    reached.recv().expect("writer is in its batch");
    let others: Vec<Append<'_>> = (0..9).map(|number| start(journal, &number.to_string())).collect();
    go.send(()).expect("go");
    first.await.expect("appended");
    for append in others {
        append.await.expect("appended");
    }
    assert_eq!(journal.stats().commits, 1 + 3);
}

#[tokio::test]
async fn dropping_finishes_what_is_queued() {
    let folder = Folder::new();
    let Held { go, reached, journal } = held(&folder, SqliteOptions::default());
    drop(start(&journal, "một"));
    reached.recv().expect("writer is in its batch");
    drop(start(&journal, "hai"));
    go.send(()).expect("go");
    drop(journal);
    assert_eq!(super::open(folder.path()).head(), Revision(2));
}

#[tokio::test]
async fn reading_only_works_beside_a_writer_and_alone() {
    let folder = Folder::new();
    assert!(matches!(SqliteJournal::open_read_only(folder.path()), Err(JournalError::Storage(_))));
    let journal = super::open(folder.path());
    journal.append(put(named("a", "một"))).await.expect("appended");
    let beside = SqliteJournal::open_read_only(folder.path()).expect("opened");
    assert_eq!(beside.head(), Revision(1));
    assert_sound(&beside).await;
    assert!(matches!(beside.append(put(report("hai"))).await, Err(JournalError::Closed)));
    assert!(beside.watch().changed().await.is_err());
    journal.append(put(named("b", "hai"))).await.expect("appended");
    assert_eq!(all(&beside).await, all(&journal).await);
    super::close(beside).await;
    super::close(journal).await;

    let alone = SqliteJournal::open_read_only(folder.path()).expect("opened");
    assert_eq!(alone.head(), Revision(2));
    assert_sound(&alone).await;
}
