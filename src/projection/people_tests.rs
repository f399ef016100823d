//! Who is who by rows is who is who in memory, whatever came and went before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use redb::{Database, ReadableTable as _};

use super::people::People;
use super::reading::{Read, Resolution, StoredReading};
use super::sayings;
use super::transaction::Tables;
use crate::model::{EntityId, Extraction, Report, ReportDraft, ReportId, Revision, Span, Timestamp};
use crate::registry::keys::Naming;
use crate::registry::offices::Rank;
use crate::registry::people::{Body, FacetOffice, Home, NameGroup, PersonFacet, Signature};
use crate::text::fold;

static NAMING: LazyLock<Naming> = LazyLock::new(Naming::new);

const NAMES: [&str; 3] = ["Nguyễn Văn Nam", "Khưu Bỉnh Khiêm", "Trần Thanh Hải"];
const DATES: [&str; 6] = ["", "2019-03-01", "2021-05", "2021-05-20", "2023-01-02", "2025-09-01"];

fn unit(province: &str, today: &str, unit: &str, level: u8) -> Home {
    Home::Unit { province: province.into(), province_today: today.into(), unit: unit.into(), level }
}

/// Offices in three provinces, two of them joined in 2025, in districts, a company, and of the country.
fn office(number: usize) -> FacetOffice {
    let (title, rank, body, home, governs) = match number {
        0 => ("Chủ tịch", Rank::Head, "ubnd", unit("P1", "P1", "P1", 0), true),
        1 => ("Bí thư", Rank::Head, "tinh uy", unit("P1", "P1", "P1", 0), true),
        2 => ("Chủ tịch", Rank::Head, "ubnd d1", unit("P1", "P1", "D1", 1), true),
        3 => ("Chủ tịch", Rank::Head, "ubnd d2", unit("P1", "P1", "D2", 1), true),
        4 => ("Phó Chủ tịch", Rank::Deputy, "ubnd 2", unit("P2", "P1", "P2", 0), true),
        5 => ("Giám đốc", Rank::Head, "so y te 3", unit("P3", "P3", "P3", 0), false),
        6 => ("Giám đốc", Rank::Head, "la xanh", Home::Body, false),
        7 => ("Bộ trưởng", Rank::Head, "bo y te", Home::Central, false),
        _ => ("Ủy viên", Rank::Member, "trung uong dang", Home::Central, false),
    };
    FacetOffice {
        title_key: fold::spelling(title),
        title: title.to_owned(),
        rank,
        body: Some(Body {
            id: EntityId::derive("org", &[body]),
            kind: body.split(' ').next().unwrap_or_default().to_owned(),
            untold: number == 6,
            home,
            governs,
        }),
        national: number > 6,
        former: number == 1,
        begins: number == 4,
        ends: false,
    }
}

fn facet(name: usize, offices: &BTreeSet<usize>, setting: usize, date: usize) -> PersonFacet {
    let mut offices: Vec<FacetOffice> = offices.iter().map(|number| office(*number)).collect();
    offices.sort();
    let setting = [None, Some(unit("P1", "P1", "P1", 0)), Some(unit("P1", "P1", "D1", 1))].into_iter().nth(setting);
    PersonFacet {
        name_key: fold::spelling(NAMES[name]),
        name: NAMES[name].to_owned(),
        date: DATES[date].parse().ok(),
        spans: vec![Span::new(0, 1); offices.len().max(1)],
        signature: Signature { offices, setting: setting.flatten() },
    }
}

fn reading(report: &ReportId, people: Vec<PersonFacet>) -> StoredReading {
    let draft = ReportDraft {
        id: report.clone(),
        url: None,
        publisher: None,
        title: None,
        publish_date: None,
        text: "Họp.".to_owned(),
    };
    let time = Timestamp(1);
    let report = Report { draft, revision: Revision(1), create_time: time, update_time: time, delete_time: None };
    let resolution = Resolution { people, ..Resolution::default() };
    let read = Read { extraction: Extraction::default(), resolution, seeds: BTreeMap::new() };
    StoredReading::new(&report, read).0
}

/// Whom each report means by each name, and the ids that lead to each person.
type Answers = (BTreeMap<(String, ReportId), EntityId>, BTreeMap<EntityId, EntityId>);

/// The reports that are found to speak of each person.
fn told_of(tables: &Tables<'_>, people: impl Iterator<Item = EntityId>) -> BTreeSet<(EntityId, ReportId)> {
    let mut told = BTreeSet::new();
    for person in people {
        for (saying, _, sight) in sayings::of_person(tables, &person).expect("read") {
            let sights = sight.map_or_else(|| sayings::sights(tables, &saying).expect("read"), |sight| vec![sight]);
            told.extend(sights.into_iter().map(|sight| (person.clone(), sight.report)));
        }
    }
    told
}

fn in_memory(told: &BTreeMap<ReportId, PersonFacet>) -> Answers {
    let mut groups: BTreeMap<String, NameGroup> = BTreeMap::new();
    for (report, facet) in told {
        let group = groups.entry(facet.name_key.clone()).or_insert_with(|| NameGroup::new(&facet.name_key));
        group.upsert(report, facet);
    }
    let (mut meant, mut led) = (BTreeMap::new(), BTreeMap::new());
    for (name, group) in &groups {
        for cluster in group.clusters(&NAMING) {
            for (report, _) in cluster.reports() {
                meant.insert((name.clone(), report.clone()), cluster.person.id.clone());
            }
            led.extend(cluster.person.aliases.iter().map(|alias| (alias.clone(), cluster.person.id.clone())));
        }
    }
    (meant, led)
}

fn by_rows(tables: &Tables<'_>, told: &BTreeMap<ReportId, PersonFacet>) -> Answers {
    let mut meant = BTreeMap::new();
    for (report, facet) in told {
        let mut people = People::of_one(&NAMING, &reading(report, Vec::new()));
        people.learn(tables, facet).expect("read");
        let (entity, _) = people.who(facet, report).expect("known");
        meant.insert((facet.name_key.clone(), report.clone()), entity.id);
    }
    let rows = tables.entity_redirects.iter().expect("read").map(|row| row.expect("read"));
    let id = |text: &str| EntityId::parse(text).expect("an id");
    let led = rows.map(|(alias, person)| (id(&alias.value()), id(&person.value()))).collect();
    (meant, led)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn rows_give_what_memory_gives(
        steps in prop::collection::vec(
            (0usize..14, prop::bool::weighted(0.8), 0usize..3, prop::collection::btree_set(0usize..9, 0..3), 0usize..3, 0usize..6),
            1..40,
        )
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::create(folder.path().join("records")).expect("a store");
        let transaction = database.begin_write().expect("begun");
        let mut tables = Tables::open(&transaction, Arc::default()).expect("opened");
        let mut told: BTreeMap<ReportId, PersonFacet> = BTreeMap::new();
        // Everybody whom a report ever meant.
        let mut known: BTreeSet<EntityId> = BTreeSet::new();
        for (report, put, name, offices, setting, date) in steps {
            let report = ReportId::parse(&format!("r{report}")).expect("an id");
            let old = told.get(&report).map(|facet| reading(&report, vec![facet.clone()]));
            let new = put.then(|| facet(name, &offices, setting, date));
            let now = new.clone().map(|facet| reading(&report, vec![facet]));
            let mut touched = BTreeSet::new();
            let before = by_rows(&tables, &told).0;
            let people = People::regroup(&NAMING, &mut tables, &report, old.as_ref(), now.as_ref(), &mut touched).expect("regrouped");
            people.write_redirects(&mut tables).expect("written");
            match new {
                Some(facet) => drop(told.insert(report.clone(), facet)),
                None => drop(told.remove(&report)),
            }
            // Every report that means another than before is told to be written anew.
            let after = by_rows(&tables, &told).0;
            known.extend(after.values().cloned());
            for (key, id) in &before {
                let moved = after.get(key).is_some_and(|now| now != id);
                prop_assert!(!moved || key.1 == report || touched.contains(&key.1), "{key:?} moved unseen");
            }
        }
        let (rows, memory) = (by_rows(&tables, &told), in_memory(&told));
        let meant: BTreeSet<_> = memory.0.iter().map(|((_, report), person)| (person.clone(), report.clone())).collect();
        known.extend(rows.0.values().cloned());
        prop_assert_eq!(rows.0, memory.0);
        prop_assert_eq!(rows.1, memory.1);
        prop_assert_eq!(told_of(&tables, known.into_iter()), meant);
    }
}
