//! What the index holds of a meeting.
//!
//! A meeting is several documents: the meeting, its items and its figures, always added and deleted together and in one segment. Each has a
//! place ([`columns::STANDS`], [`super::block`]) that its meeting is found by, so that what is known of the meeting (date, convener,
//! publishers …) is kept once and read from there.
//!
//! Each unit has text fields of its own, so that common words of long reports do not weigh on short items, and stands together in a
//! segment, so that its lists do not pay for the numbers of other documents.
//!
//! Beside them there is one document for each entity: its names. Documents of meetings carry ids only.

use rustc_hash::FxHashMap;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::RAW_TOKENIZER_NAME;

use super::tokenizers::{self, PairSigns};

/// Raise it whenever the same documents would be indexed otherwise than before.
const VERSION: u32 = 8;

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Meetings.
    Meeting,
    /// Things said and decided.
    Item,
    /// Quantities.
    Figure,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Meeting, Self::Item, Self::Figure];

    /// What its keys and the names of its fields say.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Meeting => "m",
            Self::Item => "i",
            Self::Figure => "f",
        }
    }
}

/// The text fields of one unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextFields {
    /// Forms, typed words beside them.
    pub(super) forms: Field,
    /// What is kept of each form.
    kept: IndexRecordOption,
    /// Bare words. Where there is no such field, a bare word is any of its forms.
    pub(super) bare: Option<Field>,
    /// Pairs of bare words. How often a document has one is not kept: it is hardly ever more than once. Nor is how many it has: see
    /// [`Self::lengths`].
    pub(super) pairs: Field,
    /// How pairs are kept there.
    pub(super) signs: PairSigns,
}

impl TextFields {
    /// The field that tells how long documents are: they have as many pairs as words, but for one.
    pub(super) fn lengths(self) -> Field {
        self.bare.unwrap_or(self.forms)
    }

    /// True if the forms have positions.
    pub(super) fn has_positions(self) -> bool {
        self.kept.has_positions()
    }

    /// True if it is kept how often a document has each term of this field.
    pub(super) fn counts(self, field: Field) -> bool {
        if field == self.forms { self.kept.has_freq() } else { self.bare == Some(field) }
    }
}

/// The fields of the index.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    units: [TextFields; 3],
    /// Exact terms for filters, deletion and units; see [`super::keys`].
    pub(super) keys: Field,
    /// Words of names, each with the letter of its role; see [`super::keys`].
    pub(super) names: Field,
    columns: FxHashMap<&'static str, Field>,
}

impl Fields {
    /// The column of this name, one of [`columns`].
    pub(super) fn column(&self, name: &'static str) -> Field {
        self.columns[name]
    }

    /// The text fields of a unit.
    pub(super) fn text(&self, unit: Unit) -> TextFields {
        self.units[unit as usize]
    }
}

/// Names of the columns (fast fields).
pub(super) mod columns {
    /// What segments are sorted by: see [`crate::search::block`].
    pub(in crate::search) const STANDS: &str = "stands";
    /// The meeting's id; on meetings.
    pub(in crate::search) const MEETING: &str = "meeting";
    /// A hash of the meeting's id: with the number the last tie-break, the same in every index; on meetings.
    pub(in crate::search) const KEY: &str = "key";
    /// Kind of meeting or item, by its place in the published list.
    pub(in crate::search) const KIND: &str = "kind";
    /// First and last day of the meeting; on meetings.
    pub(in crate::search) const DATE: [&str; 2] = ["date_first", "date_last"];
    /// First and last day of a deadline; on items.
    pub(in crate::search) const DEADLINE: [&str; 2] = ["deadline_first", "deadline_last"];
    /// First and last day of a period; on figures.
    pub(in crate::search) const PERIOD: [&str; 2] = ["period_first", "period_last"];
    /// Lower and upper end of a value; on figures.
    pub(in crate::search) const VALUE: [&str; 2] = ["value_low", "value_high"];
    /// The N of "lần thứ N"; on meetings.
    pub(in crate::search) const SESSION: &str = "session";
    /// When the meeting's record last changed, microseconds; on meetings.
    pub(in crate::search) const UPDATED: &str = "updated";
    /// Id of the convener; on meetings.
    pub(in crate::search) const CONVENER: &str = "convener";
    /// Ids of places named.
    pub(in crate::search) const PLACE: &str = "place";
    /// Ids of people named.
    pub(in crate::search) const PERSON: &str = "person";
    /// Publishers of the reports; on meetings.
    pub(in crate::search) const PUBLISHER: &str = "publisher";
    /// What stands for the entity; on documents of entities.
    pub(in crate::search) const ENTITY: &str = "entity";
}

fn indexed(tokenizer: &str, option: IndexRecordOption, norms: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

fn text_fields(builder: &mut SchemaBuilder, unit: Unit) -> TextFields {
    use IndexRecordOption::{Basic, WithFreqs, WithFreqsAndPositions};
    let mut add = |name: &str, tokenizer: &str, option, norms| {
        builder.add_text_field(&format!("{}_{name}", unit.code()), indexed(tokenizer, option, norms))
    };
    // In a single sentence, words whose neighbours are neighbours there too stand in the same order: positions would tell no more.
    // Nor does a word often come twice there, but in a figure, whose indicator counts more than the rest.
    let kept = match unit {
        Unit::Meeting => WithFreqsAndPositions,
        Unit::Item => Basic,
        Unit::Figure => WithFreqs,
    };
    let is_long = unit == Unit::Meeting;
    let (signs, pairs) =
        if is_long { (PairSigns::LONG, tokenizers::PAIRS) } else { (PairSigns::SHORT, tokenizers::FEW_PAIRS) };
    TextFields {
        forms: add("forms", tokenizers::FORMS, kept, true),
        kept,
        // Sentences are so short that walking all forms of a word costs little.
        bare: is_long.then(|| add("bare", tokenizers::BARE, WithFreqs, true)),
        pairs: add("pairs", pairs, Basic, false),
        signs,
    }
}

/// The schema with its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let units = Unit::ALL.map(|unit| text_fields(&mut builder, unit));
    let keys = indexed(RAW_TOKENIZER_NAME, IndexRecordOption::Basic, false);
    // The version is part of a name, so that an index of another version has another schema.
    let keys = builder.add_text_field(&format!("keys_v{VERSION}"), keys);
    let names =
        builder.add_text_field("names", indexed(tokenizers::NAMES, IndexRecordOption::WithFreqsAndPositions, false));
    let mut columns = FxHashMap::default();
    let number = || NumericOptions::default() | FAST;
    for name in [columns::STANDS, columns::KEY, columns::KIND, columns::ENTITY] {
        columns.insert(name, builder.add_u64_field(name, number()));
    }
    for name in [columns::DATE, columns::DEADLINE, columns::PERIOD].into_iter().flatten() {
        columns.insert(name, builder.add_i64_field(name, number()));
    }
    for name in [columns::SESSION, columns::UPDATED] {
        columns.insert(name, builder.add_i64_field(name, number()));
    }
    for name in columns::VALUE {
        columns.insert(name, builder.add_f64_field(name, number()));
    }
    for name in [columns::MEETING, columns::CONVENER, columns::PLACE, columns::PERSON, columns::PUBLISHER] {
        let options = TextOptions::default().set_fast(RAW_TOKENIZER_NAME);
        columns.insert(name, builder.add_text_field(name, options));
    }
    (builder.build(), Fields { units, keys, names, columns })
}
