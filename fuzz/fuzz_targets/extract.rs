//! Any text is read without panic; all evidence lies inside it and says what the record says; what is found is in text order,
//! refers to what is there, and is no more than the text has room for.

#![no_main]

use std::sync::LazyLock;

use bienban::extract::{Extractor, Source};
use bienban::model::{Extraction, FactRef};
use bienban::text::{Document, tokenize};
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fuzz_target!(|text: &str| {
    let source = Source { text, title: None, published: "2023-12-06".parse().ok() };
    let record = EXTRACTOR.extract(source);
    let count = text.chars().count();
    for span in record.spans() {
        assert!(span.start <= span.end && span.end as usize <= count, "{span:?} of {count}");
    }
    order(&record);
    references(&record);
    quotes(text, &record);
    bounds(text, &record);
    assert_eq!(EXTRACTOR.extract(source), record, "the same text gives the same facts");
    let _ = EXTRACTOR.read_words(text);
});

fn order(record: &Extraction) {
    assert!(record.items.is_sorted_by_key(|item| item.span.start));
    assert!(record.figures.is_sorted_by_key(|figure| figure.span.start));
    assert!(record.account.sentences.is_sorted_by(|(a, _), (b, _)| a.end <= b.start));
}

fn references(record: &Extraction) {
    for item in &record.items {
        assert!(item.figures.iter().all(|&at| (at as usize) < record.figures.len()));
        for fact in item.speaker.iter().chain(&item.addressees).chain(&item.mentions) {
            let (at, len) = match fact {
                FactRef::Person(at) => (at, record.people.len()),
                FactRef::Organization(at) => (at, record.organizations.len()),
                FactRef::Place(at) => (at, record.places.len()),
                FactRef::Reference(at) => (at, record.references.len()),
            };
            assert!((*at as usize) < len, "{fact:?} of {len}");
        }
    }
}

/// Texts that need no normalising are quoted letter by letter.
fn quotes(text: &str, record: &Extraction) {
    if Document::new(text).text() != text {
        return;
    }
    for figure in &record.figures {
        assert_eq!(figure.span.quote(text), figure.text);
    }
    for named in [&record.meeting.convener, &record.meeting.venue].into_iter().flatten() {
        assert!(!named.name.is_empty() && !named.span.is_empty(), "{named:?}");
    }
}

/// No word gives rise to more than a few facts.
fn bounds(text: &str, record: &Extraction) {
    let words = tokenize(Document::new(text).text()).len();
    assert!(record.spans().count() <= 8 * words, "{} spans of {words} words", record.spans().count());
    assert!(record.meeting.title.chars().count() <= 300);
    let spans = |spans: &[bienban::model::Span]| assert!(!spans.is_empty() && spans.len() <= words);
    record.people.iter().for_each(|person| spans(&person.spans));
    record.organizations.iter().for_each(|body| spans(&body.spans));
    record.places.iter().for_each(|place| spans(&place.spans));
    record.references.iter().for_each(|reference| spans(&reference.spans));
}
