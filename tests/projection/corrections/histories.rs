//! Histories of reports and corrections, made by chance: live and rebuilt records are the same, and what is taken back leaves nothing.

use proptest::prelude::*;

use super::*;

/// Something that happens to a journal; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Event {
    Put(usize),
    Change(usize, usize),
    Delete(usize),
    Undelete(usize),
    Merge(usize, usize),
    Split(usize, usize),
    Correct(usize, usize),
    Revert(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let number = || 0..1000_usize;
    prop_oneof![
        6 => number().prop_map(Event::Put),
        2 => (number(), number()).prop_map(|(a, b)| Event::Change(a, b)),
        2 => number().prop_map(Event::Delete),
        1 => number().prop_map(Event::Undelete),
        4 => (number(), number()).prop_map(|(a, b)| Event::Merge(a, b)),
        3 => (number(), number()).prop_map(|(a, b)| Event::Split(a, b)),
        3 => (number(), number()).prop_map(|(a, b)| Event::Correct(a, b)),
        3 => number().prop_map(Event::Revert),
    ]
}

type Pool = Vec<(Entity, Vec<ReportId>, [Vec<Spot>; 2])>;

/// Entities of the few reports, each with reports that name it and an item and a figure of the first.
async fn pool() -> Pool {
    let house = House::new();
    for report in few() {
        house.put(report).await;
    }
    let snapshot = house.project(&house.folder("p"), 1000).await;
    [EntityKind::Person, EntityKind::Organization]
        .into_iter()
        .flat_map(|kind| of_kind(&snapshot, kind))
        .map(|entity| {
            let reports: Vec<_> = mentioned_in(&snapshot, &entity.id).into_keys().collect();
            let parts = first_parts(&snapshot, &MeetingId::of_report(&reports[0]));
            (entity, reports, parts)
        })
        .collect()
}

/// The corrections made so far, and the entities that came into being by them.
#[derive(Default)]
struct Made {
    corrections: Vec<Revision>,
    apart: Vec<(EntityId, EntityKind, Vec<ReportId>)>,
}

async fn happen(house: &House, pool: &Pool, made: &mut Made, event: &Event) {
    let reports = few();
    let id_of = |number: usize| reports[number % reports.len()].id.clone().expect("named");
    let known: Vec<_> = pool
        .iter()
        .map(|(entity, named, _)| (entity.id.clone(), entity.kind, named.clone()))
        .chain(made.apart.iter().cloned())
        .collect();
    match event {
        // A report says what another one says, or less.
        Event::Change(a, b) => {
            let other = &reports[b % reports.len()].text;
            let kept = if b % 2 == 0 { other.len() } else { other.len() / 2 };
            let text = other.chars().take(kept).collect();
            house.put(bienban::journal::IncomingReport { text, ..reports[a % reports.len()].clone() }).await;
        }
        Event::Put(number) => house.put(reports[number % reports.len()].clone()).await,
        Event::Delete(number) => {
            let write = Write::DeleteReport { id: id_of(*number), request_id: None, expected: None };
            drop(house.journal.append(write).await);
        }
        Event::Undelete(number) => house.undelete(&id_of(*number)).await,
        Event::Merge(a, b) => {
            let (source, kind, _) = &known[known.len() - 1 - a % known.len()];
            let same: Vec<_> = known.iter().filter(|(_, one, _)| one == kind).collect();
            let target = &same[same.len() - 1 - b % same.len()].0;
            made.corrections.push(house.merge(source, target).await);
        }
        Event::Split(a, b) => {
            let (source, kind, named) = &known[known.len() - 1 - a % known.len()];
            let named: Vec<_> = named.iter().skip(b % named.len()).take(1 + b % 2).cloned().collect();
            let (revision, apart) = house.split(source, named.iter().map(whole).collect()).await;
            made.corrections.push(revision);
            made.apart.push((apart, *kind, named));
        }
        Event::Correct(a, b) => {
            let (person, named, [item, figure]) = &pool[a % pool.len()];
            let reports = named.iter().take(2).cloned().collect();
            let change = match b % 7 {
                0 => MeetingChange::Date("2020-02-02".parse().ok()),
                1 => MeetingChange::Participant(person.id.clone(), None),
                2 => MeetingChange::Item(item.clone(), None),
                3 => MeetingChange::Item(item.clone(), Some(vec![ItemChange::Speaker(Some(person.id.clone()))])),
                4 => MeetingChange::Figure(figure.clone(), None),
                5 => MeetingChange::Figure(figure.clone(), Some(other_value())),
                _ => MeetingChange::Title(format!("Họp {b}")),
            };
            let meeting = MeetingId::of_report(&named[0]);
            made.corrections
                .push(house.correct(CorrectionBody::Meeting { meeting, reports, changes: vec![change] }).await);
        }
        Event::Revert(number) => {
            if !made.corrections.is_empty() {
                house.revert(made.corrections[number % made.corrections.len()]).await;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    /// Entry by entry or rebuilt at once, the records are the same; and with all corrections taken back they say what the reports alone say.
    #[test]
    fn any_history_depends_on_the_journal_alone(events in proptest::collection::vec(event(), 10..30)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let pool = pool().await;
            let (house, plain) = (House::new(), House::new());
            for report in few() {
                house.put(report.clone()).await;
                plain.put(report).await;
            }
            let mut made = Made::default();
            for event in &events {
                happen(&house, &pool, &mut made, event).await;
                if matches!(event, Event::Put(_) | Event::Change(..) | Event::Delete(_) | Event::Undelete(_)) {
                    happen(&plain, &pool, &mut Made::default(), event).await;
                }
            }
            drop(house.project(&house.folder("live"), 1).await);
            drop(house.project(&house.folder("rebuilt"), 1000).await);
            let differing = differing_tables(&house.folder("live"), &house.folder("rebuilt")).expect("compared");
            assert_eq!(differing, Vec::<String>::new());
            for revision in made.corrections.into_iter().collect::<BTreeSet<_>>() {
                house.revert(revision).await;
            }
            let (left, due) = (answers(&*house.now("live").await), answers(&*plain.now("live").await));
            let differences: Vec<_> = left.symmetric_difference(&due).collect();
            assert!(differences.is_empty(), "{differences:#?}");
        });
    }
}
