//! Corrections over what reports say: they show everywhere, leave no trace when taken back, and depend on the journal alone.

mod histories;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use bienban::journal::{Appended, Guard, Write};
use bienban::model::{
    CorrectionBody, CorrectionId, CorrectionState, Entity, EntityId, EntityKind, Evidence, FigureChange, Finite,
    ItemChange, MeetingChange, MeetingId, MentionSelector, Place, ReportId, Revision, Role, Spot, Statement,
};
use bienban::projection::{Snapshot, differing_tables, rebuild_differs};

use super::{House, answers, bearers, samples, with_samples};

impl House {
    async fn correct(&self, body: CorrectionBody) -> Revision {
        let guard = Guard { read_at: self.journal.head(), reports: Vec::new() };
        let (asked, said) = (Vec::new(), Statement { author: "Lan".into(), reason: "nhầm".into() });
        self.write(Write::Correct { body, said, request_id: None, asked, guard }).await
    }

    async fn merge(&self, source: &EntityId, target: &EntityId) -> Revision {
        self.correct(CorrectionBody::Merge { source: source.clone(), target: target.clone() }).await
    }

    async fn split(&self, source: &EntityId, mentions: Vec<MentionSelector>) -> (Revision, EntityId) {
        let entity = EntityId::of_split(source, &mentions);
        let body = CorrectionBody::Split { source: source.clone(), entity: entity.clone(), mentions };
        (self.correct(body).await, entity)
    }

    async fn revert(&self, correction: Revision) {
        let said = Statement { author: "Lan".into(), reason: "đúng rồi".into() };
        self.write(Write::RevertCorrection { correction, said, request_id: None }).await;
    }

    async fn write(&self, write: Write) -> Revision {
        let Appended { revision, .. } = self.journal.append(write).await.expect("appended");
        revision
    }

    async fn undelete(&self, id: &ReportId) {
        // Not there, or not deleted: nothing to do.
        let write = Write::UndeleteReport { id: id.clone(), request_id: None, expected: None };
        drop(self.journal.append(write).await);
    }

    async fn now(&self, dir: &str) -> std::sync::Arc<Snapshot> {
        self.project(&self.folder(dir), 5).await
    }
}

fn whole(report: &ReportId) -> MentionSelector {
    MentionSelector { report: report.clone(), place: None }
}

fn entity(snapshot: &Snapshot, id: &EntityId) -> Option<Entity> {
    snapshot.entity(id).expect("read")
}

/// The reports that mention an entity, with the meetings they tell of.
fn mentioned_in(snapshot: &Snapshot, id: &EntityId) -> BTreeMap<ReportId, MeetingId> {
    let mut found = BTreeMap::new();
    let visited = snapshot.visit_mentions(id, None, |_, mention| {
        found.insert(mention.evidence.report, mention.meeting);
        ControlFlow::Continue(())
    });
    visited.expect("read");
    found
}

fn of_kind(snapshot: &Snapshot, kind: EntityKind) -> Vec<Entity> {
    let mut found = Vec::new();
    let visited = snapshot.visit_entities(None, |entity| {
        if entity.kind == kind && entity.mention_count > 0 {
            found.push(entity);
        }
        ControlFlow::Continue(())
    });
    visited.expect("read");
    found
}

fn state(snapshot: &Snapshot, revision: Revision) -> CorrectionState {
    snapshot.correction(&CorrectionId::of(revision)).expect("read").expect("kept").1
}

/// Reports of one province, so that they have much in common.
fn few() -> Vec<bienban::journal::IncomingReport> {
    samples()
        .into_iter()
        .filter(|report| report.id.as_ref().is_some_and(|id| id.as_str().starts_with("bach-giang")))
        .collect()
}

/// Where the first item and the first figure of a meeting stand.
fn first_parts(snapshot: &Snapshot, meeting: &MeetingId) -> [Vec<Spot>; 2] {
    let meeting = snapshot.meeting(meeting).expect("read").expect("there");
    let spots = |words: &str, evidence: &[Evidence]| {
        let place = |span| Place { span, words: Place::digest(words) };
        evidence.iter().map(|told| Spot { report: told.report.clone(), place: place(told.span) }).collect()
    };
    let item = meeting.items.first().map(|item| spots(&item.text, &item.evidence));
    let figure = meeting.figures.first().map(|one| spots(&one.figure.text, &one.evidence));
    [item.unwrap_or_default(), figure.unwrap_or_default()]
}

/// Something else that a figure says.
fn other_value() -> Vec<FigureChange> {
    vec![FigureChange::Value(Finite::new(7.5).expect("a number")), FigureChange::Unit("xã".into())]
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_people_are_one_person_everywhere() {
    let house = with_samples().await;
    let before = house.now("p").await;
    let mut both = bearers(&before, "Vũ Khắc Ninh");
    let (source, target) = (both.pop().expect("two"), both.pop().expect("two"));
    let reports = [&source, &target].map(|one| mentioned_in(&before, &one.id));
    let people = before.counts().people;
    drop(before);
    let revision = house.merge(&source.id, &target.id).await;
    let after = house.now("p").await;

    assert_eq!(state(&after, revision), CorrectionState::Active);
    let merged = entity(&after, &source.id).expect("the old id leads on");
    assert_eq!(merged.id, target.id);
    assert_eq!(merged.mention_count, source.mention_count + target.mention_count);
    assert_eq!(bearers(&after, "Vũ Khắc Ninh").len(), 1);
    assert!(mentioned_in(&after, &source.id).is_empty());
    let all: BTreeMap<_, _> =
        reports.iter().flatten().map(|(report, meeting)| (report.clone(), meeting.clone())).collect();
    assert_eq!(mentioned_in(&after, &target.id), all);
    for tenure in source.tenures.iter().chain(&target.tenures) {
        assert!(
            merged.tenures.iter().any(|one| one.title == tenure.title && one.organization_id == tenure.organization_id)
        );
    }
    for meeting in reports[0].values() {
        let meeting = after.meeting(meeting).expect("read").expect("there");
        let part = meeting.participants.iter().find(|part| part.person.id == target.id).expect("at the meeting");
        assert!(part.decision.reasons[0].contains(&CorrectionId::of(revision).name()), "{:?}", part.decision);
    }
    assert_eq!(after.counts().people + 1, people);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_leaves_no_byte() {
    let house = House::new();
    for report in few() {
        house.put(report).await;
    }
    let plain = house.folder("plain");
    let before = house.project(&plain, 7).await;
    let mut corrections = Vec::new();
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::LegalDocument] {
        let all = of_kind(&before, kind);
        // The most mentioned one goes into the least mentioned one, the next out of its reports.
        let (first, second, last) = (&all[0], &all[1], &all[all.len() - 1]);
        corrections.push(CorrectionBody::Merge { source: first.id.clone(), target: last.id.clone() });
        let mentions: Vec<_> = mentioned_in(&before, &second.id).keys().take(2).map(whole).collect();
        let entity = EntityId::of_split(&second.id, &mentions);
        corrections.push(CorrectionBody::Split { source: second.id.clone(), entity: entity.clone(), mentions });
        corrections.push(CorrectionBody::Merge { source: entity, target: last.id.clone() });
    }
    let (meeting, report) = {
        let person = &of_kind(&before, EntityKind::Person)[0];
        let (report, meeting) = mentioned_in(&before, &person.id).pop_first().expect("mentioned");
        let [item, figure] = first_parts(&before, &meeting);
        let changes = vec![
            MeetingChange::Title("Họp khác".into()),
            MeetingChange::Date("2019-01-02".parse().ok()),
            MeetingChange::Convener(None),
            MeetingChange::Participant(person.id.clone(), Some(Role::Chair)),
            MeetingChange::Item(item, Some(vec![ItemChange::Speaker(Some(person.id.clone()))])),
            MeetingChange::Figure(figure, Some(other_value())),
        ];
        corrections.push(CorrectionBody::Meeting { meeting: meeting.clone(), reports: vec![report.clone()], changes });
        (meeting, report)
    };
    drop(before);
    let mut made = Vec::new();
    for body in corrections {
        made.push(house.correct(body).await);
    }
    let corrected = house.now("p").await;
    for revision in &made {
        assert_eq!(state(&corrected, *revision), CorrectionState::Active, "{revision:?}");
    }
    let record = corrected.meeting(&meeting).expect("read").expect("there");
    assert_eq!((record.title.as_str(), record.corrections.len()), ("Họp khác", 6));
    assert_eq!(record.reports[0].report, report);
    drop(corrected);
    // In an order of their own.
    made.sort_by_key(|revision| (revision.0 % 3, revision.0));
    for revision in made {
        house.revert(revision).await;
    }
    drop(house.now("p").await);
    let differing = differing_tables(&house.folder("p"), &plain).expect("compared");
    assert_eq!(differing, ["corrections", "meta"]);
    drop(house.project(&house.folder("rebuilt"), 1000).await);
    assert_eq!(rebuild_differs(&house.folder("p"), &house.folder("rebuilt")).expect("compared"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_takes_what_is_named_and_nothing_later() {
    let house = House::new();
    let mut all = samples();
    let last = all.pop().expect("samples");
    for report in &all {
        house.put(report.clone()).await;
    }
    let before = house.now("p").await;
    let body = of_kind(&before, EntityKind::Organization).into_iter().find(|body| body.meeting_count > 2).expect("one");
    let reports: Vec<ReportId> = mentioned_in(&before, &body.id).into_keys().collect();
    // One mention by its place, another report as a whole.
    let mut place = None;
    let visited = before.visit_mentions(&body.id, None, |_, mention| {
        if mention.evidence.report == reports[0] {
            place = Some(Place { span: mention.evidence.span, words: Place::digest(&mention.text) });
        }
        ControlFlow::Continue(())
    });
    visited.expect("read");
    assert!(place.is_some());
    drop(before);
    let by_place = MentionSelector { report: reports[0].clone(), place };
    let (revision, entity_id) = house.split(&body.id, vec![by_place, whole(&reports[1])]).await;
    let after = house.now("p").await;
    assert_eq!(state(&after, revision), CorrectionState::Active);
    let apart = entity(&after, &entity_id).expect("an entity of its own");
    assert_eq!((apart.kind, apart.parent), (EntityKind::Organization, body.parent.clone()));
    let taken = mentioned_in(&after, &entity_id);
    assert_eq!(taken.keys().collect::<Vec<_>>(), [&reports[0], &reports[1]]);
    let left = entity(&after, &body.id).expect("still there");
    assert_eq!(left.mention_count + apart.mention_count, body.mention_count);
    assert!(!mentioned_in(&after, &body.id).contains_key(&reports[1]));
    drop(after);

    // A report that comes later, or comes back with other words, is not among those named.
    house.put(last).await;
    let mut other = all.iter().find(|one| one.id.as_ref() == Some(&reports[1])).expect("a sample").clone();
    other.text = all.iter().find(|one| one.id.as_ref() == Some(&reports[2])).expect("a sample").text.clone();
    house.delete(reports[0].as_str()).await;
    let later = house.now("p").await;
    assert_eq!(mentioned_in(&later, &entity_id).keys().collect::<Vec<_>>(), [&reports[1]]);
    drop(later);
    house.delete(reports[1].as_str()).await;
    let gone = house.now("p").await;
    assert_eq!(state(&gone, revision), CorrectionState::Inapplicable);
    assert!(entity(&gone, &entity_id).is_none());
    drop(gone);
    house.undelete(&reports[1]).await;
    let back = house.now("p").await;
    assert_eq!(state(&back, revision), CorrectionState::Active);
    assert_eq!(mentioned_in(&back, &entity_id).keys().collect::<Vec<_>>(), [&reports[1]]);
    drop(back);
    drop(house.project(&house.folder("rebuilt"), 1000).await);
    assert_eq!(rebuild_differs(&house.folder("p"), &house.folder("rebuilt")).expect("compared"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_holds_for_reports_that_come_later() {
    let (late, early) = (House::new(), with_samples().await);
    let plain = early.now("p").await;
    let mut both = bearers(&plain, "Vũ Khắc Ninh");
    let (source, target) = (both.pop().expect("two").id, both.pop().expect("two").id);
    let bodies = of_kind(&plain, EntityKind::Organization);
    let (one, other) = (bodies[0].id.clone(), bodies[bodies.len() - 1].id.clone());
    drop(plain);
    let mut made = Vec::new();
    for (from, to) in [(&source, &target), (&one, &other)] {
        early.merge(from, to).await;
        made.push(late.merge(from, to).await);
    }
    let nothing = late.now("p").await;
    assert!(made.iter().all(|revision| state(&nothing, *revision) == CorrectionState::Inapplicable));
    drop(nothing);
    for report in samples() {
        late.put(report).await;
    }
    let (late, early) = (late.now("p").await, early.now("p").await);
    assert_eq!(state(&late, made[0]), CorrectionState::Active);
    assert_eq!(entity(&late, &source).expect("leads on").id, target);
    let (late, early) = (answers(&late), answers(&early));
    let differences: Vec<_> = late.symmetric_difference(&early).collect();
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_stays_corrected_whichever_reports_tell_of_it() {
    let house = with_samples().await;
    let (first, second) = ("bach-giang-tong-ket-2024-12-a", "bach-giang-tong-ket-2024-12-b");
    let [first, second] = [first, second].map(|id| ReportId::parse(id).expect("an id"));
    let meeting = house.now("p").await.meeting(&MeetingId::of_report(&first)).expect("read").expect("there").id;
    let changes = vec![MeetingChange::Venue(Some("Hội trường lớn".into())), MeetingChange::SessionNumber(Some(9))];
    let reports = vec![first.clone(), second.clone()];
    let revision = house.correct(CorrectionBody::Meeting { meeting: meeting.clone(), reports, changes }).await;
    let venue = async || {
        let snapshot = house.now("p").await;
        let found = snapshot.meeting(&meeting).expect("read");
        found.map(|meeting| (meeting.venue, meeting.corrections.len(), state(&snapshot, revision)))
    };
    let corrected = || Some((Some("Hội trường lớn".to_owned()), 2, CorrectionState::Active));
    assert_eq!(venue().await, corrected());
    house.delete(first.as_str()).await;
    assert_eq!(venue().await, corrected());
    house.delete(second.as_str()).await;
    assert_eq!(venue().await, None);
    assert_eq!(state(&*house.now("p").await, revision), CorrectionState::Inapplicable);
    for report in [&second, &first] {
        house.undelete(report).await;
        assert_eq!(venue().await, corrected(), "back with {report}");
    }
    house.revert(revision).await;
    let (left, marks, state) = venue().await.expect("there");
    assert!(left.as_deref() != Some("Hội trường lớn") && marks == 0);
    assert_eq!(state, CorrectionState::Reverted);
}

/// The record of a meeting, without what tells when it was written.
fn record(snapshot: &Snapshot, meeting: &MeetingId) -> Option<bienban::model::Meeting> {
    let found = snapshot.meeting(meeting).expect("read")?;
    let mut record = bienban::model::Meeting { revision: Revision(0), ..found };
    record.reports.iter_mut().for_each(|report| report.revision = Revision(0));
    Some(bienban::model::Meeting { create_time: record.update_time, ..record })
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_named_by_a_correction_comes_back_with_the_report() {
    let house = House::new();
    for report in few() {
        house.put(report).await;
    }
    let before = house.now("p").await;
    // Known from one report alone.
    let once = |kind| {
        let known = of_kind(&before, kind).into_iter().map(|one| (mentioned_in(&before, &one.id), one));
        known.filter(|(told, _)| told.len() == 1).map(|(mut told, one)| (told.pop_first().expect("one"), one))
    };
    let (report, meeting, person, body) = once(EntityKind::Person)
        .find_map(|((report, meeting), person)| {
            let record = before.meeting(&meeting).expect("read").expect("there");
            let item = record.items.first()?;
            let body = once(EntityKind::Organization).find(|((other, _), body)| {
                *other == report && record.convener.as_ref().is_none_or(|convener| convener.id != body.id)
            })?;
            let others = record.reports.len() == 1 && item.speaker.as_ref().is_none_or(|one| one.id != person.id);
            others.then_some((report, meeting, person.id, body.1.id))
        })
        .expect("one of the samples");
    let other = of_kind(&before, EntityKind::Organization).into_iter().find(|one| one.id != body).expect("another").id;
    let [item, _] = first_parts(&before, &meeting);
    drop(before);
    let changes = vec![
        MeetingChange::Convener(Some(body.clone())),
        MeetingChange::Item(item, Some(vec![ItemChange::Speaker(Some(person.clone()))])),
    ];
    let corrected = house
        .correct(CorrectionBody::Meeting { meeting: meeting.clone(), reports: vec![report.clone()], changes })
        .await;
    let said = record(&*house.now("p").await, &meeting).expect("there");
    assert_eq!(said.convener.as_ref().map(|one| &one.id), Some(&body));
    assert_eq!(said.items[0].speaker.as_ref().map(|one| &one.id), Some(&person));

    let merged = house.merge(&body, &other).await;
    house.revert(merged).await;
    assert_eq!(record(&*house.now("p").await, &meeting), Some(said.clone()), "a merge that was taken back");

    house.delete(report.as_str()).await;
    assert_eq!(record(&*house.now("p").await, &meeting), None);
    house.undelete(&report).await;
    let back = house.now("p").await;
    let now = record(&back, &meeting).expect("there");
    assert_eq!(now.convener.map(|convener| convener.id), Some(body));
    assert_eq!(now.items[0].speaker.as_ref().map(|speaker| &speaker.id), Some(&person));
    assert_eq!(state(&back, corrected), CorrectionState::Active);
}

/// A report of its own, by its day.
fn report(day: &str, text: &str) -> bienban::journal::IncomingReport {
    bienban::journal::IncomingReport {
        id: ReportId::parse(&format!("r{day}")).ok(),
        url: None,
        publisher: None,
        title: None,
        publish_date: day.parse().ok(),
        text: text.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_record_follows_people_to_the_ids_that_later_reports_give_them() {
    let house = House::new();
    let ordered = "yêu cầu các sở, ngành hoàn thành quy hoạch trước ngày 30-6-2024.";
    for (day, text) in [
        ("2024-05-10", format!("Sáng 10-5-2024, Tỉnh ủy Sơn Hà tổ chức hội nghị. Bí thư Tỉnh ủy Sơn Hà Đoàn Khắc Vĩnh {ordered}")),
        ("2024-04-01", format!("Sáng 1-4-2024, UBND phường An Lạc tổ chức hội nghị. Ông Tạ Hữu Nhân {ordered}")),
        (
            "2024-06-10",
            "Chiều 10-6-2024, UBND tỉnh Sơn Hà họp. Dự họp có ông Đoàn Khắc Vĩnh, Bí thư Tỉnh ủy Sơn Hà, nguyên Chủ tịch UBND \
             tỉnh Bạch Giang."
                .to_owned(),
        ),
    ] {
        house.put(report(day, &text)).await;
    }
    let [own, other] = ["r2024-05-10", "r2024-04-01"].map(|id| ReportId::parse(id).expect("an id"));
    let before = house.now("p").await;
    let person = bearers(&before, "Đoàn Khắc Vĩnh").pop().expect("known").id;
    let speaks = |meeting: &MeetingId| {
        let [item, _] = first_parts(&before, meeting);
        assert!(!item.is_empty(), "{meeting}");
        MeetingChange::Item(item, Some(vec![ItemChange::Speaker(Some(person.clone()))]))
    };
    let (meeting, elsewhere) = (MeetingId::of_report(&own), MeetingId::of_report(&other));
    let part = MeetingChange::Participant(person.clone(), Some(Role::Recipient));
    let corrections = [
        (meeting.clone(), vec![own], vec![part, speaks(&meeting)]),
        // No report of this one names the person.
        (elsewhere.clone(), vec![other], vec![speaks(&elsewhere)]),
    ];
    drop(before);
    for (meeting, reports, changes) in corrections {
        house.correct(CorrectionBody::Meeting { meeting, reports, changes }).await;
    }
    drop(house.now("p").await);
    let earlier =
        "Sáng 2-3-2020, UBND tỉnh Bạch Giang họp. Chủ tịch UBND tỉnh Bạch Giang Đoàn Khắc Vĩnh chủ trì cuộc họp.";
    house.put(report("2020-03-02", earlier)).await;
    let after = house.now("p").await;
    let now = entity(&after, &person).expect("leads on").id;
    assert_ne!(now, person, "known from elsewhere first");
    let record = after.meeting(&meeting).expect("read").expect("there");
    let role = record.participants.iter().find(|one| one.person.id == now).map(|one| one.role);
    assert_eq!(role, Some(Role::Recipient));
    for meeting in [&meeting, &elsewhere] {
        let record = after.meeting(meeting).expect("read").expect("there");
        assert_eq!(record.items[0].speaker.as_ref().map(|one| &one.id), Some(&now), "{meeting}");
    }
    drop(after);
    drop(house.project(&house.folder("rebuilt"), 1000).await);
    assert_eq!(rebuild_differs(&house.folder("p"), &house.folder("rebuilt")).expect("compared"), None);
}
