//! What is indexed of a meeting.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;
use tantivy::TantivyDocument;

use crate::model::{
    DatedFact, EntityId, EntityKind, EntityRef, Meeting, MeetingFigure, MeetingItem, ReportId, Role as Part,
};
use crate::text::{Abbreviations, Document, Typing};

use super::analysis::{Analysed, Word, words};
use super::block::{NAMES, place};
use super::days::day_range;
use super::filter::name_key;
use super::keys::{Keys, Role, hash};
use super::schema::{Fields, Unit, columns};
use super::vocabulary;

/// How often the words of a title count, compared with those of the body.
const TITLE_WEIGHT: usize = 3;
/// How often the words of a convener's name count.
const CONVENER_WEIGHT: usize = 2;
/// How often the words of an indicator count, compared with those of the sentence it stands in.
const INDICATOR_WEIGHT: usize = 3;
/// Most names kept of one entity.
const MAX_NAMES: usize = 12;

/// A meeting with everything that it is found by.
#[derive(Debug, Clone, Copy)]
pub struct MeetingDocument<'a> {
    /// The record.
    pub meeting: &'a Meeting,
    /// The reports behind it.
    pub texts: &'a [ReportText<'a>],
    /// Other names of entities that the record names, for the words of the meeting; entities without other names may be left out.
    pub names: &'a [EntityNames<'a>],
}

/// A report behind a meeting.
#[derive(Debug, Clone, Copy)]
pub struct ReportText<'a> {
    /// The report.
    pub report: &'a ReportId,
    /// Newspaper or portal.
    pub publisher: Option<&'a str>,
    /// The stored text.
    pub text: &'a str,
}

/// Names of one entity.
#[derive(Debug, Clone, Copy)]
pub struct EntityNames<'a> {
    /// Which.
    pub id: &'a EntityId,
    /// Names it goes by, most usual first; at most twelve are used.
    pub names: &'a [&'a str],
}

/// The documents of a meeting, its items and its figures. `sequence` tells this writing of the meeting from all others.
pub(super) fn block(
    fields: &Fields,
    abbreviations: &Abbreviations,
    input: &MeetingDocument<'_>,
    sequence: u64,
) -> Vec<TantivyDocument> {
    let maker = Maker { fields, abbreviations, input, sequence };
    let meeting = input.meeting;
    let mut documents = Vec::with_capacity(1 + meeting.items.len() + meeting.figures.len());
    documents.push(maker.meeting());
    documents.extend(meeting.items.iter().map(|item| maker.item(item)));
    documents.extend(meeting.figures.iter().enumerate().map(|(index, figure)| maker.figure(index, figure)));
    documents
}

/// The document of an entity's names.
pub(super) fn names(fields: &Fields, abbreviations: &Abbreviations, entity: &EntityNames<'_>) -> TantivyDocument {
    let mut keys = Keys { fields, abbreviations, document: TantivyDocument::default() };
    keys.named(entity.id);
    keys.document.add_u64(fields.column(columns::STANDS), NAMES);
    keys.document.add_u64(fields.column(columns::ENTITY), hash(entity.id.as_str()));
    for name in entity.names.iter().take(MAX_NAMES) {
        keys.name(Role::Named, name);
    }
    keys.document
}

struct Maker<'a> {
    fields: &'a Fields,
    abbreviations: &'a Abbreviations,
    input: &'a MeetingDocument<'a>,
    sequence: u64,
}

impl Maker<'_> {
    fn meeting(&self) -> TantivyDocument {
        let meeting = self.input.meeting;
        let mut keys = self.begin(Unit::Meeting, 0);
        keys.document.add_text(self.column(columns::MEETING), meeting.id.as_str());
        if let Some(kind) = meeting.kind {
            keys.code("kind", vocabulary::meeting_kind(kind));
            keys.document.add_u64(self.column(columns::KIND), kind as u64);
        }
        self.dates(&mut keys, columns::DATE, meeting.date.as_ref());
        keys.document.add_i64(self.column(columns::UPDATED), meeting.update_time.0);
        if let Some(number) = meeting.session_number {
            keys.document.add_i64(self.column(columns::SESSION), i64::from(number));
        }
        keys.code("extended", if meeting.extended { "true" } else { "false" });
        if let Some(term) = meeting.term {
            keys.code("term", &term.to_string());
        }
        if let Some(part) = meeting.part_of_day {
            keys.code("part_of_day", vocabulary::part_of_day(part));
        }
        keys.name(Role::Title, &meeting.title);
        meeting.venue.iter().for_each(|venue| keys.name(Role::Venue, venue));
        self.reports(&mut keys);
        self.meeting_entities(&mut keys);
        self.add_text(&mut keys.document, Unit::Meeting, self.meeting_text());
        keys.document
    }

    fn reports(&self, keys: &mut Keys<'_>) {
        let mut publishers: Vec<&str> = Vec::new();
        for report in self.input.texts {
            keys.code("report", report.report.as_str());
            publishers.extend(report.publisher.filter(|name| !name.trim().is_empty()));
        }
        publishers.sort_unstable();
        publishers.dedup();
        for publisher in publishers {
            keys.name(Role::Publisher, publisher);
            keys.document.add_text(self.column(columns::PUBLISHER), publisher);
        }
    }

    fn meeting_entities(&self, keys: &mut Keys<'_>) {
        let meeting = self.input.meeting;
        if let Some(convener) = &meeting.convener {
            keys.entity(Role::Convener, &convener.id);
            keys.document.add_text(self.column(columns::CONVENER), convener.id.as_str());
        }
        let mut once = Once::default();
        for participant in &meeting.participants {
            keys.entity(Role::Person, &participant.person.id);
            if participant.role != Part::Mentioned {
                keys.entity(Role::Participant, &participant.person.id);
            }
            self.facet(keys, &participant.person, &mut once);
        }
        let named = meeting.mentions.iter().map(|mention| &mention.entity);
        for entity in named.chain(meeting.references.iter().map(|reference| &reference.document)) {
            self.named(keys, entity, &mut once);
        }
        let mut spoke = Once::default();
        for item in &meeting.items {
            item.speaker.iter().filter(|s| spoke.add(&s.id)).for_each(|s| keys.entity(Role::Speaker, &s.id));
        }
        let mut addressed = Once::default();
        for addressee in meeting.items.iter().flat_map(|item| &item.addressees).filter(|a| addressed.add(&a.id)) {
            keys.entity(Role::Addressee, &addressee.id);
        }
    }

    fn item(&self, item: &MeetingItem) -> TantivyDocument {
        let mut keys = self.begin(Unit::Item, item.number);
        keys.code("kind", vocabulary::item_kind(item.kind));
        keys.document.add_u64(self.column(columns::KIND), item.kind as u64);
        self.dates(&mut keys, columns::DEADLINE, item.deadline.as_ref());
        let mut once = Once::default();
        if let Some(speaker) = &item.speaker {
            keys.entity(Role::Speaker, &speaker.id);
            self.named(&mut keys, speaker, &mut once);
        }
        for addressee in &item.addressees {
            keys.entity(Role::Addressee, &addressee.id);
            self.named(&mut keys, addressee, &mut once);
        }
        item.mentions.iter().for_each(|entity| self.named(&mut keys, entity, &mut once));

        let mut text = Analysed::default();
        text.add(&item.text, self.abbreviations);
        item.speaker.iter().for_each(|speaker| text.add(&speaker.display_name, self.abbreviations));
        self.add_text(&mut keys.document, Unit::Item, text);
        keys.document
    }

    fn figure(&self, index: usize, figure: &MeetingFigure) -> TantivyDocument {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let mut keys = self.begin(Unit::Figure, number);
        let fact = &figure.figure;
        keys.name(Role::Indicator, &fact.indicator);
        keys.name(Role::Quantity, &fact.unit);
        let subjects: Vec<&str> = match &fact.subject {
            Some(subject) => vec![subject],
            None => self.implied_subjects().collect(),
        };
        subjects.iter().for_each(|subject| keys.name(Role::Subject, subject));
        self.dates(&mut keys, columns::PERIOD, fact.period.as_ref());
        let upper = fact.upper.unwrap_or(fact.value);
        keys.document.add_f64(self.column(columns::VALUE[0]), fact.value.min(upper));
        keys.document.add_f64(self.column(columns::VALUE[1]), fact.value.max(upper));

        let mut text = Analysed::default();
        (0..INDICATOR_WEIGHT).for_each(|_| text.add(&fact.indicator, self.abbreviations));
        text.add(&fact.text, self.abbreviations);
        subjects.iter().for_each(|subject| text.add(subject, self.abbreviations));
        fact.comparison.iter().for_each(|comparison| text.add(&comparison.basis, self.abbreviations));
        // What the meeting was about tells figures apart that measure the same; it makes no hit by itself.
        text.add(&self.input.meeting.title, self.abbreviations);
        self.add_text(&mut keys.document, Unit::Figure, text);
        keys.document
    }

    /// What a figure without a subject is about: the place that the convener is named for.
    fn implied_subjects(&self) -> impl Iterator<Item = &str> {
        let meeting = self.input.meeting;
        let places = meeting.mentions.iter().filter(|mention| mention.entity.kind == EntityKind::Place);
        places.map(|mention| mention.entity.display_name.as_str()).filter(|place| {
            meeting.convener.as_ref().is_some_and(|convener| {
                let [convener, place] = [convener.display_name.as_str(), place]
                    .map(|name| name_key(name, Typing::Edited, self.abbreviations));
                !place.forms.is_empty() && convener.forms.ends_with(&format!(" {}", place.forms))
            })
        })
    }

    fn begin(&self, unit: Unit, number: u32) -> Keys<'_> {
        let mut keys =
            Keys { fields: self.fields, abbreviations: self.abbreviations, document: TantivyDocument::default() };
        let meeting = &self.input.meeting.id;
        keys.block(unit, meeting);
        keys.document.add_u64(self.column(columns::STANDS), place(unit, self.sequence, number));
        if unit == Unit::Meeting {
            keys.document.add_u64(self.column(columns::KEY), hash(meeting.as_str()));
        }
        keys
    }

    fn column(&self, name: &'static str) -> tantivy::schema::Field {
        self.fields.column(name)
    }

    fn dates(&self, keys: &mut Keys<'_>, names: [&'static str; 2], date: Option<&DatedFact>) {
        let Some(fact) = date else { return };
        match day_range(fact.date) {
            Some((first, last)) => {
                keys.document.add_i64(self.column(names[0]), first);
                keys.document.add_i64(self.column(names[1]), last);
            }
            // There is a date, if none that can be compared.
            None => keys.code(names[0], &fact.date.to_string()),
        }
    }

    fn add_text(&self, document: &mut TantivyDocument, unit: Unit, text: Analysed) {
        let fields = self.fields.text(unit);
        let text = text.into_string();
        document.add_text(fields.forms, &text);
        fields.bare.into_iter().for_each(|bare| document.add_text(bare, &text));
        document.add_text(fields.pairs, text);
    }

    /// Title and convener over body; other names of entities only where they bring words that the reports do not have.
    fn meeting_text(&self) -> Analysed {
        let meeting = self.input.meeting;
        let mut text = Analysed::default();
        let mut known: HashSet<String, FxBuildHasher> = HashSet::default();
        let mut add = |words: &[Word], times: usize| {
            known.extend(words.iter().map(|word| word.form.clone()));
            (0..times).for_each(|_| text.add_words(words));
        };
        let analyse = |text: &str| words(Document::new(text).text(), Typing::Edited, self.abbreviations);
        add(&analyse(&meeting.title), if self.has_headline() { TITLE_WEIGHT } else { 0 });
        meeting.convener.iter().for_each(|convener| add(&analyse(&convener.display_name), CONVENER_WEIGHT));
        meeting.venue.iter().for_each(|venue| add(&analyse(venue), 1));
        for report in self.input.texts {
            add(&analyse(report.text), 1);
        }
        for name in self.entity_names() {
            let words = analyse(name);
            if words.iter().any(|word| !known.contains(&word.form)) {
                known.extend(words.iter().map(|word| word.form.clone()));
                text.add_words(&words);
            }
        }
        text
    }

    /// True if the title is a headline: not merely the first sentence of a paragraph, which its report's text has anyway.
    fn has_headline(&self) -> bool {
        let title = self.input.meeting.title.trim();
        let first = self.input.texts.first().map_or("", |report| report.text.trim_start());
        match first.strip_prefix(title) {
            Some(rest) => rest.is_empty() || rest.starts_with(['\n', '\r']),
            None => !title.is_empty(),
        }
    }

    /// Every name of every entity that the record names.
    fn entity_names(&self) -> impl Iterator<Item = &str> {
        self.input.names.iter().flat_map(|entity| entity.names.iter().copied().take(MAX_NAMES))
    }

    /// An entity that is named, in the role of its kind.
    fn named(&self, keys: &mut Keys<'_>, entity: &EntityRef, once: &mut Once) {
        if !once.add(&entity.id) {
            return;
        }
        let role = match entity.kind {
            EntityKind::Person => Role::Person,
            EntityKind::Organization => Role::Organization,
            EntityKind::Place => Role::Place,
            EntityKind::LegalDocument => Role::LegalDocument,
        };
        keys.entity(role, &entity.id);
        self.facet_value(keys, entity);
    }

    fn facet(&self, keys: &mut Keys<'_>, entity: &EntityRef, once: &mut Once) {
        if once.add(&entity.id) {
            self.facet_value(keys, entity);
        }
    }

    fn facet_value(&self, keys: &mut Keys<'_>, entity: &EntityRef) {
        let column = match entity.kind {
            EntityKind::Person => columns::PERSON,
            EntityKind::Place => columns::PLACE,
            EntityKind::Organization | EntityKind::LegalDocument => return,
        };
        keys.document.add_text(self.column(column), entity.id.as_str());
    }
}

/// Lets each entity pass once.
#[derive(Default)]
struct Once(HashSet<EntityId, FxBuildHasher>);

impl Once {
    fn add(&mut self, id: &EntityId) -> bool {
        self.0.insert(id.clone())
    }
}
