//! Who is who in the sample reports, as reviewed by hand: one entity for each person, one person for each entity.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use bienban::model::{EntityKind, MentionRole};
use bienban::projection::Snapshot;

use crate::with_samples;

/// Names that several people bear, with the reports that speak of each; every other name of the samples is borne by one. A report may be
/// listed with a reason to stand apart from others of the same person.
const SEVERAL: [(&str, &[&[&str]]); 1] = [(
    "Vũ Khắc Ninh",
    &[
        &["lam-chau-pccc-2025-03", "lam-chau-thach-ban-nong-thon-moi-2022-11"],
        &["son-ha-hdnd-2023-12", "son-ha-tai-chinh-2022-12", "son-ha-trien-khai-2026-01"],
    ],
)];

/// By name: the reports of each of its bearers.
fn bearers(snapshot: &Snapshot) -> BTreeMap<String, BTreeSet<BTreeSet<String>>> {
    let mut people = Vec::new();
    let visited = snapshot.visit_entities(None, |entity| {
        if entity.kind == EntityKind::Person {
            people.push(entity);
        }
        ControlFlow::Continue(())
    });
    visited.expect("read");
    let mut all: BTreeMap<String, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for person in people {
        let mut reports = BTreeSet::new();
        let visited = snapshot.visit_mentions(&person.id, None, |_, mention| {
            if matches!(mention.role, MentionRole::Participant(_)) {
                reports.insert(mention.evidence.report.to_string());
            }
            ControlFlow::Continue(())
        });
        visited.expect("read");
        all.entry(person.display_name).or_default().insert(reports);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_two_and_no_two_are_one() {
    let house = with_samples().await;
    let snapshot = house.project(&house.folder("p"), 1000).await;
    let mut faults = Vec::new();
    for (name, found) in bearers(&snapshot) {
        let reviewed = SEVERAL.iter().find(|(several, _)| *several == name).map(|(_, people)| {
            people.iter().map(|reports| reports.iter().map(|report| (*report).to_owned()).collect()).collect()
        });
        match reviewed {
            Some(wanted) if found == wanted => {}
            None if found.len() == 1 && name.contains(' ') => {}
            // A given name alone is nobody across reports.
            None if !name.contains(' ') => {}
            wanted => faults.push(format!("{name}: {found:?}, reviewed: {wanted:?}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
