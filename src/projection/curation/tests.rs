use compact_str::CompactString;
use redb::backends::InMemoryBackend;
use redb::{Database, TableDefinition};

use super::*;

const REDIRECTS: TableDefinition<'_, PackedId, PackedId> = TableDefinition::new("redirects");

fn id(name: &str) -> EntityId {
    EntityId::parse(name).expect(name)
}

fn merge(source: &str, target: &str) -> CorrectionBody {
    CorrectionBody::Merge { source: id(source), target: id(target) }
}

fn split(source: &str, entity: &str, report: &str, place: Option<Place>) -> CorrectionBody {
    let report = ReportId::parse(report).expect("an id");
    let mentions = vec![MentionSelector { report, place }];
    CorrectionBody::Split { source: id(source), entity: id(entity), mentions }
}

fn curation(bodies: Vec<CorrectionBody>, redirects: &[(&str, &str)]) -> Curation {
    let database = Database::builder().create_with_backend(InMemoryBackend::new()).expect("a database");
    let transaction = database.begin_write().expect("a transaction");
    let mut table = transaction.open_table(REDIRECTS).expect("a table");
    for (from, to) in redirects {
        table.insert(CompactString::from(*from), CompactString::from(*to)).expect("inserted");
    }
    let active = bodies.into_iter().zip(1..).map(|(body, revision)| (Revision(revision), body)).collect();
    Curation::new(active, &table).expect("compiled")
}

/// Where a fact goes that stands at the first three code points of a report, and by which corrections.
fn placed(curation: &Curation, entity: &str, report: &str) -> (String, Vec<u64>) {
    let report = ReportId::parse(report).expect("an id");
    let spot = Spot { report: &report, spans: &[Span::new(0, 3)], words: &|_| "Lan".to_owned() };
    let (entity, used) = curation.place(&id(entity), &spot);
    (entity.to_string(), used.into_iter().map(|revision| revision.0).collect())
}

#[test]
fn merges_lead_on_and_never_in_a_circle() {
    let curation = curation(vec![merge("a", "b"), merge("b", "c"), merge("c", "a"), merge("x", "a")], &[]);
    assert_eq!(placed(&curation, "a", "r"), ("c".to_owned(), vec![1, 2]));
    assert_eq!(placed(&curation, "c", "r"), ("c".to_owned(), vec![]));
    assert_eq!(placed(&curation, "x", "r"), ("c".to_owned(), vec![4]));
    assert_eq!(curation.root(&id("a")), id("c"));
    assert_eq!(curation.merged_into(&id("c")), [id("a"), id("b"), id("x")]);
    assert!(curation.is_merged(&id("a")) && !curation.is_merged(&id("c")));
}

#[test]
fn corrections_are_gone_through_in_the_order_of_the_journal() {
    // What is split off may be merged later; what was merged before may be split off.
    let curation = curation(vec![merge("a", "b"), split("b", "n", "r", None), merge("n", "c")], &[]);
    assert_eq!(placed(&curation, "a", "r"), ("c".to_owned(), vec![1, 2, 3]));
    assert_eq!(placed(&curation, "b", "r"), ("c".to_owned(), vec![2, 3]));
    assert_eq!(placed(&curation, "b", "s"), ("b".to_owned(), vec![]));
    assert_eq!(curation.origins(&id("c")), [id("n"), id("b"), id("a")]);
}

#[test]
fn ids_of_now_are_meant() {
    let curation = curation(vec![merge("old", "b")], &[("old", "new")]);
    assert_eq!(placed(&curation, "new", "r"), ("b".to_owned(), vec![1]));
    assert!(curation.speaks_of([id("old")].iter()) && !curation.speaks_of([id("new")].iter()));
}

#[test]
fn a_place_means_the_words_that_stood_there() {
    let at = |start, words: &str| Some(Place { span: Span::new(start, start + 3), words: Place::digest(words) });
    for (place, taken) in [(at(0, "Lan"), true), (at(2, "Lan"), true), (at(3, "Lan"), false), (at(0, "Nam"), false)] {
        let curation = curation(vec![split("a", "n", "r", place.clone())], &[]);
        assert_eq!(placed(&curation, "a", "r").0 == "n", taken, "{place:?}");
    }
}
