//! One report, one expected record: what the reader finds in the sample reports and in small texts about single habits of the genre.
//!
//! The record is shown as a person would check it against the text: facts with the words they stand on instead of positions. A change of the
//! reader shows as a change of these files, and is reviewed like code:
//!
//!     INSTA_UPDATE=always cargo test --test golden

use std::collections::BTreeMap;
use std::path::Path;

use bienban::extract::{Extractor, Source};
use bienban::model::{Edtf, Extraction, FactRef, Figure, Item, SentenceAccount, Span};
use serde_json::{Value, json};

#[test]
fn sample_reports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let published = published(&folder);
    let extractor = Extractor::new();
    insta::glob!("../../examples/reports", "*.txt", |path| check(&extractor, path, &published));
}

#[test]
fn small_texts() {
    let extractor = Extractor::new();
    insta::glob!("cases/*.txt", |path| check(&extractor, path, &BTreeMap::new()));
}

fn check(extractor: &Extractor, path: &Path, published: &BTreeMap<String, Edtf>) {
    let text = std::fs::read_to_string(path).expect("the report is readable");
    let file = path.file_name().expect("a file").to_string_lossy();
    let source = Source { text: &text, title: None, published: published.get(file.as_ref()).copied() };
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("record", shown(&text, &extractor.extract(source)));
    });
}

/// Publication dates of the sample reports by file name.
fn published(folder: &Path) -> BTreeMap<String, Edtf> {
    let index = std::fs::read_to_string(folder.join("index.json")).expect("the index is readable");
    let index: Value = serde_json::from_str(&index).expect("the index is JSON");
    let reports = index.as_array().or_else(|| index["reports"].as_array()).expect("a list of reports");
    let entry =
        |report: &Value| Some((report["file"].as_str()?.to_owned(), report["publish_date"].as_str()?.parse().ok()?));
    reports.iter().filter_map(entry).collect()
}

/// The record as a person would check it.
fn shown(text: &str, record: &Extraction) -> Value {
    let quote = |span: Span| span.quote(text).to_owned();
    let meeting = &record.meeting;
    json!({
        "meeting": {
            "title": meeting.title,
            "kind": meeting.kind.map(|kind| format!("{kind:?}")),
            "date": meeting.date.map(|fact| fact.date.to_string()),
            "part_of_day": meeting.part_of_day.map(|part| format!("{part:?}")),
            "session_number": meeting.session_number,
            "extended": meeting.extended,
            "term": meeting.term.map(|term| term.to_string()),
            "convener": meeting.convener.as_ref().map(|named| &named.name),
            "venue": meeting.venue.as_ref().map(|named| &named.name),
        },
        "people": record.people.iter().map(|person| json!({
            "name": person.name,
            "role": format!("{:?}", person.role),
            "offices": person.offices.iter().map(|office| {
                let marks = [(office.former, "former"), (office.acting, "acting"), (office.begins, "begins"), (office.ends, "ends")];
                let marks: Vec<_> = marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| *mark).collect();
                format!("{} | {} {}", office.title, office.organization, marks.join(" ")).trim_end().to_owned()
            }).collect::<Vec<_>>(),
            "mentions": person.spans.iter().map(|span| quote(*span)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "organizations": record.organizations.iter().map(|body| &body.name).collect::<Vec<_>>(),
        "places": record.places.iter().map(|place| &place.name).collect::<Vec<_>>(),
        "references": record.references.iter().map(|reference| json!({
            "text": reference.text,
            "kind": reference.kind,
            "number": reference.number,
            "issuer": reference.issuer,
            "date": reference.date.map(|fact| fact.date.to_string()),
        })).collect::<Vec<_>>(),
        "figures": record.figures.iter().map(figure).collect::<Vec<_>>(),
        "items": record.items.iter().map(|entry| item(record, entry)).collect::<Vec<_>>(),
        "diagnostics": record.diagnostics.iter().map(|diagnostic| {
            format!("{:?}: {}", diagnostic.reason, diagnostic.span.map(quote).unwrap_or_else(|| diagnostic.message.clone()))
        }).collect::<Vec<_>>(),
        "without_facts": record.account.sentences.iter().filter_map(|(span, state)| match state {
            SentenceAccount::Claimed => None,
            SentenceAccount::Skipped(reason) => Some(format!("{reason:?}: {}", quote(*span))),
            SentenceAccount::Unclaimed => Some(format!("Unclaimed: {}", quote(*span))),
        }).collect::<Vec<_>>(),
    })
}

fn figure(figure: &Figure) -> String {
    let mut shown = format!("{} = {} {}", figure.text, figure.value, figure.unit);
    if let Some(upper) = figure.upper {
        shown += &format!(" to {upper}");
    }
    if let Some(ratio) = figure.ratio {
        shown += &format!(" of {}", ratio.denominator);
    }
    if !figure.indicator.is_empty() {
        shown += &format!(" ({})", figure.indicator);
    }
    if let Some(period) = figure.period {
        shown += &format!(" in {}", period.date);
    }
    if let Some(comparison) = &figure.comparison {
        shown += &format!(" against {}", comparison.basis);
    }
    format!("{shown} [{:?}, {:?}]", figure.qualifier, figure.check)
}

fn item(record: &Extraction, item: &Item) -> Value {
    let name = |fact: &FactRef| match *fact {
        FactRef::Person(at) => record.people[at as usize].name.clone(),
        FactRef::Organization(at) => record.organizations[at as usize].name.clone(),
        FactRef::Place(at) => record.places[at as usize].name.clone(),
        FactRef::Reference(at) => record.references[at as usize].text.clone(),
    };
    json!({
        "kind": format!("{:?}", item.kind),
        "speaker": item.speaker.as_ref().map(name),
        "addressees": item.addressees.iter().map(name).collect::<Vec<_>>(),
        "deadline": item.deadline.map(|fact| fact.date.to_string()),
        "text": item.text,
    })
}
