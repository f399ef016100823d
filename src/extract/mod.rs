//! The reader of meeting reports: text in, [`Extraction`] out. A pure function of text, metadata and [`VERSION`].
//!
//! One file per kind of thing recognised; each begins with its grammar in words. The order below is the order of reading: what
//! comes later may lean on what came before, never the other way round.
//!
//! | file | finds | leans on |
//! |---|---|---|
//! | `structure` | headlines, captions, bylines, boilerplate, quotations | – |
//! | `dates` | days, months, periods, terms, deadlines | – |
//! | `organizations`, `places` (with `localities`, `spelled`) | bodies and units by head word, list and name | – |
//! | `references` | legal and policy documents | `dates`, `organizations` |
//! | `people` | people, their offices and roles; short forms | `organizations`, `places`, `structure` |
//! | `figures` | quantities with indicator, period, comparison | `dates`, `references` |
//! | `meeting` | kind, date, session, term, convener, venue | all above |
//! | `items` (with `speakers`) | what was said and decided, by whom | all above |
//! | `words` | the same in short free text, for look-ups | `organizations`, `places`, `people` |
//! | `account` | what was and was not understood | all above |

mod account;
mod apposition;
mod begins;
mod body;
mod dateline;
mod dates;
mod figures;
mod items;
mod lexicon;
mod localities;
mod meeting;
mod organizations;
mod people;
mod places;
mod references;
#[cfg(test)]
mod robustness;
mod spelled;
mod stamp;
mod structure;
mod words;

pub use words::Words;

use std::ops::Range;

use crate::model::{Edtf, Extraction};
use crate::text::Reading;
use begins::Begins;

/// Version of the reader; raised with every change of what it finds, so that records read by an older one are known.
pub const VERSION: u32 = 52;

/// What a report is read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// The stored text.
    pub text: &'a str,
    /// Headline, where the caller gave one apart from the text.
    pub title: Option<&'a str>,
    /// When the report was published, as far as is known.
    pub published: Option<Edtf>,
}

/// The reader with its lexicons. Made once, shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    structure: structure::Recognizer,
    dates: dates::Recognizer,
    organizations: organizations::Recognizer,
    places: places::Recognizer,
    references: references::Recognizer,
    people: people::Recognizer,
    figures: figures::Recognizer,
    meeting: meeting::Recognizer,
    items: items::Recognizer,
    unmarked: words::Unmarked,
}

/// A thing found at a range of tokens.
#[derive(Debug, Clone, PartialEq)]
struct Found<T> {
    tokens: Range<usize>,
    value: T,
}

/// What a recogniser may look at: the text, its metadata, and all that was found before it.
#[derive(Debug)]
struct Context<'a> {
    reading: &'a Reading,
    source: Source<'a>,
    structure: structure::Structure,
    dates: Vec<Found<dates::DateExpression>>,
    organizations: organizations::Organizations,
    places: places::Places,
    references: references::References,
    people: people::People,
    figures: Vec<Found<crate::model::Figure>>,
    begins: AllBegins,
}

/// Where the mentions begin that the meeting and the items are told by; there once people are.
#[derive(Debug, Default)]
struct AllBegins {
    people: Begins,
    organizations: Begins,
    places: Begins,
    references: Begins,
}

impl<'a> Context<'a> {
    /// Nothing found yet.
    fn new(reading: &'a Reading, source: Source<'a>) -> Self {
        Self {
            reading,
            source,
            structure: structure::Structure::default(),
            dates: Vec::new(),
            organizations: organizations::Organizations::default(),
            places: places::Places::default(),
            references: references::References::default(),
            people: people::People::default(),
            figures: Vec::new(),
            begins: AllBegins::default(),
        }
    }

    fn mark_beginnings(&mut self) {
        let tokens = self.reading.tokens.len();
        self.begins = AllBegins {
            people: Begins::first(tokens, &self.people.mentions),
            organizations: Begins::first(tokens, &self.organizations.mentions),
            places: Begins::first(tokens, &self.places.mentions),
            references: Begins::first(tokens, &self.references.mentions),
        };
    }

    /// The mention of a person that begins at a token.
    fn person_at(&self, token: usize) -> Option<&Found<usize>> {
        self.people.mentions.get(self.begins.people.at(token)?)
    }

    /// The mention of a body that begins at a token.
    fn organization_at(&self, token: usize) -> Option<&Found<usize>> {
        self.organizations.mentions.get(self.begins.organizations.at(token)?)
    }

    /// The mention of a place that begins at a token.
    fn place_at(&self, token: usize) -> Option<&Found<usize>> {
        self.places.mentions.get(self.begins.places.at(token)?)
    }

    /// The mention of a document that begins last, at a token or before it.
    fn reference_up_to(&self, token: usize) -> Option<&Found<usize>> {
        let mentions = &self.references.mentions;
        mentions[..mentions.partition_point(|found| found.tokens.start <= token)].last()
    }

    /// The mention of a document that begins at a token.
    fn reference_at(&self, token: usize) -> Option<&Found<usize>> {
        self.references.mentions.get(self.begins.references.at(token)?)
    }
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// Loads the lexicons.
    #[must_use]
    pub fn new() -> Self {
        Self {
            structure: structure::Recognizer::new(),
            dates: dates::Recognizer::new(),
            organizations: organizations::Recognizer::new(),
            places: places::Recognizer::new(),
            references: references::Recognizer::new(),
            people: people::Recognizer::new(),
            figures: figures::Recognizer::new(),
            meeting: meeting::Recognizer::new(),
            items: items::Recognizer::new(),
            unmarked: words::Unmarked::new(),
        }
    }

    /// Reads a report. Never fails: what is not understood is told in the account and the diagnostics.
    #[must_use]
    pub fn extract(&self, source: Source<'_>) -> Extraction {
        let reading = Reading::new(source.text);
        let mut context = Context::new(&reading, source);
        context.structure = self.structure.read(&reading);
        context.dates = self.dates.read(&context);
        context.source.published = source.published.or_else(|| stamp::published(&context));
        context.organizations = self.organizations.read(&context);
        context.places = self.places.read(&context);
        context.references = self.references.read(&context);
        context.people = self.people.read(&context);
        context.mark_beginnings();
        let figures = self.figures.read(&context);
        context.figures = figures.figures;
        let mut meeting = self.meeting.read(&context);
        meeting.diagnostics.extend(figures.diagnostics);
        let items = self.items.read(&context, &meeting);
        account::assemble(context, meeting, items)
    }
}
