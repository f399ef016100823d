//! The projection on a real journal: the sample reports in, records out; the same in any order, after deletions, and rebuilt.

mod corrections;
mod identity;
mod lookups;
mod samples;
mod upgrades;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use bienban::extract::Extractor;
use bienban::journal::{IncomingReport, Journal, SqliteJournal, SqliteOptions, Write};
use bienban::model::{Entity, EntityKind, MeetingId, ReportId, Revision};
use bienban::projection::{Projection, ProjectionOptions, Snapshot, rebuild_differs};
use proptest::prelude::*;
use samples::samples;

/// A journal with its projection, and the folder of both.
struct House {
    dir: tempfile::TempDir,
    journal: Arc<dyn Journal>,
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let journal = SqliteJournal::open(&dir.path().join("journal"), SqliteOptions::default()).expect("a journal");
        Self { dir, journal: Arc::new(journal) }
    }

    async fn put(&self, report: IncomingReport) {
        self.journal.append(Write::PutReport { report, request_id: None, expected: None }).await.expect("appended");
    }

    async fn delete(&self, id: &str) {
        let id = ReportId::parse(id).expect("an id");
        self.journal.append(Write::DeleteReport { id, request_id: None, expected: None }).await.expect("deleted");
    }

    fn folder(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    /// Derives everything into a folder, at most `batch` entries in a commit, and gives the last snapshot.
    async fn project(&self, dir: &Path, batch: usize) -> Arc<Snapshot> {
        let options = ProjectionOptions { batch_entries: batch, ..ProjectionOptions::in_dir(dir.to_owned()) };
        let extractor = Arc::new(Extractor::new());
        let (projection, writer) =
            Projection::open(Arc::clone(&self.journal), extractor, options).await.expect("opened");
        let writer = tokio::spawn(writer);
        let snapshot = projection.at_least(self.journal.head()).await.expect("the writer lives");
        writer.abort();
        let _ = writer.await;
        snapshot
    }
}

async fn with_samples() -> House {
    let house = House::new();
    for report in samples() {
        house.put(report).await;
    }
    house
}

fn meeting_of(snapshot: &Snapshot, report: &str) -> MeetingId {
    let id = MeetingId::of_report(&ReportId::parse(report).expect("an id"));
    snapshot.meeting(&id).expect("read").expect("a meeting").id
}

#[tokio::test(flavor = "multi_thread")]
async fn two_newspapers_tell_of_one_meeting() {
    let house = with_samples().await;
    let snapshot = house.project(&house.folder("p"), 1000).await;
    for pair in [
        "bach-giang-hdnd-2021-06",
        "dong-trach-sat-lo-2022-09",
        "son-ha-bi-thu-2023-10",
        "bach-giang-tong-ket-2024-12",
        "an-lac-dong-dai-hoi-2025-08",
    ] {
        assert_eq!(meeting_of(&snapshot, &format!("{pair}-a")), meeting_of(&snapshot, &format!("{pair}-b")), "{pair}");
    }
    assert_eq!(snapshot.counts().reports, samples().len() as u64);
    assert_eq!(snapshot.counts().meetings, samples().len() as u64 - 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_quotes_the_stored_text() {
    let house = with_samples().await;
    let snapshot = house.project(&house.folder("p"), 1000).await;
    let mut people = 0;
    snapshot
        .visit_entities(None, |entity| {
            if entity.kind == EntityKind::Person {
                people += 1;
                snapshot
                    .visit_mentions(&entity.id, None, |_, mention| {
                        let text = snapshot.text(&mention.evidence.report).expect("read").expect("stored");
                        assert!(mention.evidence.span.end as usize <= text.chars().count());
                        assert!(!mention.text.is_empty());
                        ControlFlow::Continue(())
                    })
                    .expect("read");
            }
            ControlFlow::Continue(())
        })
        .expect("read");
    assert!(people > 50, "{people}");
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_and_rebuilds_make_no_difference() {
    let house = with_samples().await;
    house.delete("bach-giang-tong-ket-2024-12-a").await;
    house.delete("son-ha-hdnd-2023-12").await;
    let mut again = samples();
    again.swap_remove(3);
    let mut changed = again.swap_remove(5);
    changed
        .text
        .push_str("\n\nÔng Từ Văn Thử, Chủ tịch UBND phường An Lạc Đông, cho biết phường đã trồng 120 cây xanh.");
    house.put(changed).await;
    for report in samples().into_iter().filter(|r| r.id.as_ref().is_some_and(|id| id.as_str() == "son-ha-hdnd-2023-12"))
    {
        house.put(report).await;
    }
    let (whole, single) = (house.folder("whole"), house.folder("single"));
    drop(house.project(&whole, 1000).await);
    drop(house.project(&single, 1).await);
    assert_eq!(rebuild_differs(&whole, &single).expect("compared"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_report_leaves_nothing_behind() {
    let (with, without) = (with_samples().await, House::new());
    let gone = "bach-giang-tong-ket-2024-12-a";
    for report in samples().into_iter().filter(|r| r.id.as_ref().is_some_and(|id| id.as_str() != gone)) {
        without.put(report).await;
    }
    with.delete(gone).await;
    let (with, without) = (with.project(&with.folder("p"), 7).await, without.project(&without.folder("p"), 1000).await);
    assert_eq!(answers(&with), answers(&without));
    let id = MeetingId::of_report(&ReportId::parse(gone).expect("an id"));
    let heir = with.meeting(&id).expect("read").expect("the other newspaper's meeting lives on");
    assert_eq!(heir.reports.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_keeps_every_name_it_had_while_a_report_tells_of_it() {
    let house = House::new();
    let told = samples().into_iter().find(|report| report.publish_date.is_some()).expect("a sample");
    let ids = ["first", "second", "third"].map(|id| ReportId::parse(id).expect("an id"));
    for id in &ids {
        house.put(IncomingReport { id: Some(id.clone()), url: None, ..told.clone() }).await;
    }
    let names = ids.each_ref().map(MeetingId::of_report);
    for (gone, lives) in [(0, 1), (1, 2)] {
        house.delete(ids[gone].as_str()).await;
        let snapshot = house.project(&house.folder("p"), 1).await;
        for name in &names[..=lives] {
            let found = snapshot.meeting(name).expect("read").map(|meeting| meeting.id);
            assert_eq!(found.as_ref(), Some(&names[lives]), "{name}");
        }
    }
    house.delete("third").await;
    let snapshot = house.project(&house.folder("p"), 1).await;
    assert!(names.iter().all(|name| snapshot.meeting(name).expect("read").is_none()));
}

/// The people of a full name.
fn bearers(snapshot: &Snapshot, name: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let visited = snapshot.visit_entities(None, |entity| {
        if entity.kind == EntityKind::Person && entity.display_name == name {
            found.push(entity);
        }
        ControlFlow::Continue(())
    });
    visited.expect("read");
    found
}

/// A report that never says which city its "UBND TP" is of stands apart: nothing in it carries a link.
#[tokio::test(flavor = "multi_thread")]
async fn a_career_is_one_person_and_namesakes_are_two() {
    let house = with_samples().await;
    let snapshot = house.project(&house.folder("p"), 1000).await;
    for name in ["Kiều Thế Lân", "Tạ Thị Hồng Nhạn", "Lục Văn Khoan", "Doãn Hữu Phác", "Triệu Thị Lệ Hằng"]
    {
        let meetings: Vec<u64> = bearers(&snapshot, name).iter().map(|person| person.meeting_count).collect();
        let most = meetings.iter().max().copied().unwrap_or_default();
        assert!(most >= 2 && 2 * most > meetings.iter().sum(), "{name}: {meetings:?}");
    }
    assert_eq!(bearers(&snapshot, "Vũ Khắc Ninh").len(), 2);
}

/// Everything that readers are told of entities and meetings, apart from revisions and times.
fn answers(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut entities = Vec::new();
    let visited = snapshot.visit_entities(None, |mut entity| {
        entity.revision = Revision(0);
        all.insert(format!("{entity:?}"));
        entities.push(entity.id);
        ControlFlow::Continue(())
    });
    visited.expect("read");
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::LegalDocument] {
        let visited = snapshot.visit_suggestions(kind, (0, u8::MAX), "", |entity, class, name| {
            all.insert(format!("{entity} {class} {name:?}"));
            ControlFlow::Continue(())
        });
        visited.expect("read");
    }
    for id in &entities {
        let mut last = None;
        let visited = snapshot.visit_casts(id, None, |meeting, cast| {
            let day = cast.date.and_then(bienban::model::Edtf::earliest);
            assert!(last.is_none_or(|last| day.is_none() || day <= last), "latest first");
            last = Some(day);
            let mut members: Vec<String> = cast.members.iter().map(|member| format!("{member:?}")).collect();
            members.sort();
            all.insert(format!("{id} {meeting} {:?} {members:?}", cast.date));
            ControlFlow::Continue(())
        });
        visited.expect("read");
        let visited = snapshot.visit_holders(id, None, |at, tenure| {
            all.insert(format!("{at:?} {tenure:?}"));
            ControlFlow::Continue(())
        });
        visited.expect("read");
    }
    let mut ids = Vec::new();
    snapshot
        .visit_meetings(None, |_, summary| {
            ids.push(summary.id);
            ControlFlow::Continue(())
        })
        .expect("read");
    for id in ids {
        let meeting = snapshot.meeting(&id).expect("read").expect("listed");
        let people: BTreeSet<String> =
            meeting.participants.iter().map(|p| format!("{:?} {:?}", p.person, p.role)).collect();
        all.insert(format!("{id} {} {people:?} {} {}", meeting.title, meeting.items.len(), meeting.figures.len()));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_makes_no_difference(order in Just((0..samples().len()).collect::<Vec<usize>>()).prop_shuffle()) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let (straight, shuffled) = (with_samples().await, House::new());
            let all = samples();
            for at in order {
                shuffled.put(all[at].clone()).await;
            }
            let one = answers(&*straight.project(&straight.folder("p"), 1000).await);
            let other = answers(&*shuffled.project(&shuffled.folder("p"), 5).await);
            let differences: Vec<_> = one.symmetric_difference(&other).collect();
            assert!(differences.is_empty(), "{differences:#?}");
        });
    }
}
