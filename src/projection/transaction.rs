//! All tables of one write transaction, and what they hold in the end.

use std::sync::Arc;

use redb::{ReadTransaction, ReadableTable as _, Table, WriteTransaction};

use super::hints::Hints;
use super::packed::PackedId;
use super::queue::Queued;
use super::table::DayOrder;
use super::{ProjectionError, tables};

type Bytes = &'static [u8];
type Text = &'static str;

/// All tables of one write transaction.
pub(super) struct Tables<'t> {
    pub(super) reports: Table<'t, Text, Bytes>,
    pub(super) report_order: Queued<'t, u64, Text>,
    pub(super) readings: Table<'t, Text, Bytes>,
    pub(super) report_people: Queued<'t, Text, Bytes>,
    pub(super) meeting_keys: Table<'t, (i32, Text), Bytes>,
    pub(super) meetings: Table<'t, Text, Bytes>,
    pub(super) summaries: Queued<'t, Text, Bytes>,
    pub(super) casts: Queued<'t, Text, Bytes>,
    pub(super) meeting_redirects: Table<'t, Text, Text>,
    pub(super) meeting_order: Queued<'t, (DayOrder, Text), ()>,
    pub(super) record_changes: Queued<'t, (u64, Text), u8>,
    pub(super) record_changed: Table<'t, Text, u64>,
    pub(super) by_name: Table<'t, Bytes, Bytes>,
    pub(super) by_entity: Table<'t, Bytes, Bytes>,
    pub(super) entities: Table<'t, Text, Bytes>,
    pub(super) suggestions: Queued<'t, tables::SuggestionKey, Bytes>,
    pub(super) entity_names: Table<'t, Text, Text>,
    pub(super) entity_redirects: Table<'t, PackedId, PackedId>,
    pub(super) entity_order: Queued<'t, (u64, PackedId), ()>,
    pub(super) corrections: Table<'t, u64, Bytes>,
    pub(super) correction_effects: Table<'t, (u64, Text), ()>,
    pub(super) entities_merged: Table<'t, PackedId, PackedId>,
    pub(super) dormant_entities: Table<'t, Text, Bytes>,
    pub(super) record_states: Table<'t, Text, Bytes>,
    pub(super) lookup_keys: Queued<'t, tables::LookupKey, Text>,
    pub(super) meta: Table<'t, Text, Bytes>,
    /// Learns the names that are written.
    pub(super) hints: Arc<Hints>,
}

impl<'t> Tables<'t> {
    pub(super) fn open(transaction: &'t WriteTransaction, hints: Arc<Hints>) -> Result<Self, ProjectionError> {
        Ok(Self {
            hints,
            reports: transaction.open_table(tables::REPORTS.definition())?,
            report_order: Queued::new(transaction.open_table(tables::REPORT_ORDER)?),
            readings: transaction.open_table(tables::READINGS.definition())?,
            report_people: Queued::new(transaction.open_table(tables::REPORT_PEOPLE.definition())?),
            meeting_keys: transaction.open_table(tables::MEETING_KEYS)?,
            meetings: transaction.open_table(tables::MEETINGS.definition())?,
            summaries: Queued::new(transaction.open_table(tables::SUMMARIES.definition())?),
            casts: Queued::new(transaction.open_table(tables::CASTS.definition())?),
            meeting_redirects: transaction.open_table(tables::MEETING_REDIRECTS)?,
            meeting_order: Queued::new(transaction.open_table(tables::MEETING_ORDER)?),
            record_changes: Queued::new(transaction.open_table(tables::RECORD_CHANGES)?),
            record_changed: transaction.open_table(tables::RECORD_CHANGED)?,
            by_name: transaction.open_table(tables::BY_NAME)?,
            by_entity: transaction.open_table(tables::BY_ENTITY)?,
            entities: transaction.open_table(tables::ENTITIES.definition())?,
            suggestions: Queued::new(transaction.open_table(tables::SUGGESTIONS)?),
            entity_names: transaction.open_table(tables::ENTITY_NAMES)?,
            entity_redirects: transaction.open_table(tables::ENTITY_REDIRECTS)?,
            entity_order: Queued::new(transaction.open_table(tables::ENTITY_ORDER)?),
            lookup_keys: Queued::new(transaction.open_table(tables::LOOKUP_KEYS)?),
            corrections: transaction.open_table(tables::CORRECTIONS)?,
            correction_effects: transaction.open_table(tables::CORRECTION_EFFECTS)?,
            entities_merged: transaction.open_table(tables::ENTITIES_MERGED)?,
            dormant_entities: transaction.open_table(tables::DORMANT_ENTITIES.definition())?,
            record_states: transaction.open_table(tables::RECORD_STATES)?,
            meta: transaction.open_table(tables::META)?,
        })
    }
}

impl Tables<'_> {
    /// Writes what has waited for the end of the batch.
    pub(super) fn write_queued(&mut self) -> Result<(), ProjectionError> {
        self.report_order.write()?;
        self.report_people.write()?;
        self.summaries.write()?;
        self.casts.write()?;
        self.meeting_order.write()?;
        self.record_changes.write()?;
        self.suggestions.write()?;
        self.entity_order.write()?;
        self.lookup_keys.write()
    }
}

/// A digest of each table's rows, by table name.
pub(super) fn digests(transaction: &ReadTransaction) -> Result<Vec<(String, blake3::Hash)>, ProjectionError> {
    macro_rules! digest {
        ($($name:literal: $definition:expr;)+) => {
            vec![$(($name.to_owned(), {
                let mut hasher = blake3::Hasher::new();
                for entry in transaction.open_table($definition)?.iter()? {
                    let (key, value) = entry?;
                    hasher.update(format!("{:?}", key.value()).as_bytes());
                    hasher.update(format!("{:?}", value.value()).as_bytes());
                }
                hasher.finalize()
            })),+]
        };
    }
    Ok(digest! {
        "reports": tables::REPORTS.definition();
        "report_order": tables::REPORT_ORDER;
        "readings": tables::READINGS.definition();
        "report_people": tables::REPORT_PEOPLE.definition();
        "meetings": tables::MEETINGS.definition();
        "casts": tables::CASTS.definition();
        "meeting_redirects": tables::MEETING_REDIRECTS;
        "meeting_order": tables::MEETING_ORDER;
        "by_name": tables::BY_NAME;
        "by_entity": tables::BY_ENTITY;
        "entities": tables::ENTITIES.definition();
        "suggestions": tables::SUGGESTIONS;
        "entity_redirects": tables::ENTITY_REDIRECTS;
        "entity_order": tables::ENTITY_ORDER;
        "lookup_keys": tables::LOOKUP_KEYS;
        "corrections": tables::CORRECTIONS;
        "correction_effects": tables::CORRECTION_EFFECTS;
        "entities_merged": tables::ENTITIES_MERGED;
        "dormant_entities": tables::DORMANT_ENTITIES.definition();
        "record_states": tables::RECORD_STATES;
        "meta": tables::META;
    })
}
