//! Another version of the program finds what an earlier one derived.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use bienban::extract::Extractor;
use bienban::model::Revision;
use bienban::projection::{
    Projection, ProjectionError, ProjectionOptions, RebuildState, Versions, rebuild_differs, stored_in,
};
use bienban::service::api::{Api as _, Call, Changes, View, WatchChanges, WatchFrom};
use bienban::service::{Limits, Service, ServiceError};
use redb::ReadableTable as _;
use tokio::task::JoinHandle;

use super::{House, answers, samples, with_samples};

const OLDER_READER: Versions = Versions { extractor: Versions::CURRENT.extractor - 1, ..Versions::CURRENT };
const OLDER_REGISTRY: Versions = Versions { registry: Versions::CURRENT.registry - 1, ..Versions::CURRENT };

/// Makes a projection look as if other versions had derived it.
fn made_by(versions: Versions, dir: &Path) {
    const META: redb::TableDefinition<'_, &str, &[u8]> = redb::TableDefinition::new("meta");
    let database = redb::Database::open(stored_in(dir).expect("a folder").join("records.redb")).expect("opened");
    let transaction = database.begin_write().expect("a transaction");
    {
        let mut meta = transaction.open_table(META).expect("a table");
        let stored = meta.get("checkpoint").expect("read").expect("a checkpoint").value().to_vec();
        let (revision, time, _): (Revision, i64, Versions) = postcard::from_bytes(&stored).expect("a checkpoint");
        let stored = postcard::to_allocvec(&(revision, time, versions)).expect("encoded");
        meta.insert("checkpoint", stored.as_slice()).expect("written");
    }
    transaction.commit().expect("committed");
}

/// A house whose projection in `p` these versions derived, and what that answers.
async fn house_of(versions: Versions) -> (House, BTreeSet<String>) {
    let house = with_samples().await;
    let answered = answers(&*house.project(&house.folder("p"), 1000).await);
    made_by(versions, &house.folder("p"));
    (house, answered)
}

/// The projection in `p`, and its writer, which has not begun.
async fn open(house: &House) -> (Projection, impl Future<Output = ()> + Send + 'static) {
    let options = ProjectionOptions::in_dir(house.folder("p"));
    let journal = Arc::clone(&house.journal);
    let (projection, writer) = Projection::open(journal, Arc::new(Extractor::new()), options).await.expect("opened");
    (projection, async move { writer.await.expect("the writer lives") })
}

async fn built(projection: &Projection) {
    let mut rebuilds = projection.watch_rebuilds();
    let ended =
        |last: &Option<_>| last.is_some_and(|last: bienban::projection::Rebuild| last.state != RebuildState::Running);
    let last = rebuilds.wait_for(ended).await.expect("told").expect("a rebuild");
    assert_eq!(last.state, RebuildState::Done);
}

async fn ended(writer: JoinHandle<()>) {
    writer.abort();
    let _ = writer.await;
}

/// What is in force at last is what this version derives, whatever was there.
async fn is_anew(house: &House) {
    let fresh = house.folder("fresh");
    house.project(&fresh, 1000).await;
    assert_eq!(rebuild_differs(&house.folder("p"), &fresh).expect("compared"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_reader_found_is_answered_until_it_is_read_anew() {
    let (house, answered) = house_of(OLDER_READER).await;
    let (projection, writer) = open(&house).await;
    assert!(projection.watch().borrow().caught_up, "ready at once");
    let before = projection.snapshot();
    assert_eq!((before.versions(), before.revision()), (OLDER_READER, house.journal.head()));
    assert_eq!(answers(&before), answered);
    assert_eq!(projection.last_rebuild().map(|last| last.state), Some(RebuildState::Running));

    let mut late = samples().swap_remove(0);
    late.text.push_str("\nChiều cùng ngày, hội nghị bế mạc.");
    house.put(late).await;
    let writer = tokio::spawn(writer);
    assert!(projection.at_least(house.journal.head()).await.is_some());
    built(&projection).await;
    let after = projection.at_least(house.journal.head()).await.expect("the writer lives");
    assert_eq!(after.versions(), Versions::CURRENT);
    ended(writer).await;
    drop((before, after, projection));
    is_anew(&house).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_wait_where_only_another_registry_could_take_out_what_it_put_in() {
    let (house, _) = house_of(OLDER_REGISTRY).await;
    let head = house.journal.head();
    house.delete("bach-giang-hdnd-2021-06-a").await;
    let (projection, writer) = open(&house).await;
    let mut status = projection.watch();
    let writer = tokio::spawn(writer);
    loop {
        let snapshot = projection.snapshot();
        if snapshot.versions() != OLDER_REGISTRY {
            break;
        }
        assert_eq!(snapshot.revision(), head);
        status.changed().await.expect("the writer lives");
    }
    built(&projection).await;
    let after = projection.at_least(house.journal.head()).await.expect("the writer lives");
    assert_eq!(after.versions(), Versions::CURRENT);
    ended(writer).await;
    drop((after, projection));
    is_anew(&house).await;
}

#[test]
fn what_was_not_finished_is_begun_again() {
    let runtime = || tokio::runtime::Runtime::new().expect("a runtime");
    let (whole, process) = (runtime(), runtime());
    let (house, _) = whole.block_on(house_of(OLDER_READER));
    let versions = process.block_on(async {
        let (projection, writer) = open(&house).await;
        house.delete("bach-giang-hdnd-2024-04").await;
        // The old one goes on with the journal, and stays old.
        tokio::select! {
            snapshot = projection.at_least(house.journal.head()) => snapshot.expect("the writer lives").versions(),
            () = writer => unreachable!("it goes on for as long as the journal"),
        }
    });
    // Waits for what it was at.
    drop(process);
    whole.block_on(async {
        let (projection, writer) = open(&house).await;
        assert_eq!(projection.snapshot().versions(), versions);
        if versions != Versions::CURRENT {
            let writer = tokio::spawn(writer);
            built(&projection).await;
            ended(writer).await;
        }
        drop(projection);
        is_anew(&house).await;
    });
}

/// What a caller is told until it has caught up: whether it began anew, how many changes, and the last token.
async fn told(changes: &mut Box<dyn Changes>) -> (bool, usize, WatchFrom) {
    let (mut anew, mut count) = (false, 0);
    loop {
        let batch = changes.next().await.expect("told");
        anew |= batch.anew;
        count += batch.changes.len();
        if batch.progress.caught_up {
            return (anew, count, WatchFrom::Token(batch.progress.token));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_changes_is_told_everything_anew() {
    let (house, _) = house_of(OLDER_READER).await;
    let (projection, writer) = open(&house).await;
    let journal = Arc::clone(&house.journal);
    let service = Service::new(journal, projection.clone(), Arc::new(Extractor::new()), Limits::default());
    let watch = async |from: &WatchFrom| {
        let request = WatchChanges { from: from.clone(), meetings: true, entities: false, view: View::Basic };
        service.watch_changes(&Call::default(), request).await.expect("a stream")
    };

    let mut changes = watch(&WatchFrom::Revision(Revision(0))).await;
    let (anew, all, old) = told(&mut changes).await;
    assert!(!anew && all > 20, "{all}");
    assert!(matches!(told(&mut watch(&old).await).await, (false, 0, _)), "nothing has changed yet");

    let writer = tokio::spawn(writer);
    built(&projection).await;
    house.delete("bach-giang-hdnd-2024-04").await;
    assert!(projection.at_least(house.journal.head()).await.is_some());
    assert!(matches!(told(&mut changes).await, (true, told, _) if told >= all), "in the same stream");
    let (anew, again, new) = told(&mut watch(&old).await).await;
    assert!(anew && again >= all, "with a token from before");
    assert!(matches!(told(&mut watch(&new).await).await, (false, 0, _)), "with a new one");
    ended(writer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_derived_from_another_journal_is_not_taken_for_this_ones() {
    let (one, other) = (House::new(), House::new());
    for house in [&one, &other] {
        house.put(samples().swap_remove(0)).await;
        house.put(samples().swap_remove(1)).await;
    }
    drop(one.project(&one.folder("p"), 1000).await);
    let options = ProjectionOptions::in_dir(one.folder("p"));
    let refused = Projection::open(Arc::clone(&other.journal), Arc::new(Extractor::new()), options).await.map(drop);
    assert!(matches!(refused, Err(ProjectionError::OtherJournal { revision: 2 })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_to_wait_for_a_writer_that_has_ended() {
    let house = with_samples().await;
    let (projection, writer) = open(&house).await;
    let service = Service::new(Arc::clone(&house.journal), projection, Arc::new(Extractor::new()), Limits::default());
    let ask = async || {
        let request =
            WatchChanges { from: WatchFrom::Revision(Revision(0)), meetings: true, entities: true, view: View::Basic };
        service.watch_changes(&Call::default(), request).await.map(drop)
    };
    assert!(matches!(ask().await, Err(ServiceError::NotReady { .. })), "it has not caught up");
    drop(writer);
    assert!(matches!(ask().await, Err(ServiceError::ShuttingDown { .. })), "nor will it");
}
