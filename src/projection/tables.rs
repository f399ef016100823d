//! Every table of the records store.

use redb::TableDefinition;

use super::cast::Cast;
use super::packed::PackedId;
use super::reading::{ReportPeople, StoredReading};
use super::table::{DayOrder, Table};
use crate::model::{Entity, Meeting, MeetingSummary, Report};

/// Reports by id, deleted ones too.
pub(super) const REPORTS: Table<Report> = Table::new("reports");
/// Report ids by the revision of their last change.
pub(super) const REPORT_ORDER: TableDefinition<u64, &str> = TableDefinition::new("report_order");
/// What was read out of each report that is not deleted, with what it contributed to the other tables.
pub(super) const READINGS: Table<StoredReading> = Table::packed("readings");
/// Whom each of these reports names, under the ids they have now: what look-ups need of a reading.
pub(super) const REPORT_PEOPLE: Table<ReportPeople> = Table::new("report_people");
/// By earliest day and report: what decides which reports tell of one meeting.
pub(super) const MEETING_KEYS: TableDefinition<(i32, &str), &[u8]> = TableDefinition::new("meeting_keys");
/// Meetings by id.
pub(super) const MEETINGS: Table<Meeting> = Table::packed("meetings");
/// Heads of the same, for lists and hits.
pub(super) const SUMMARIES: Table<MeetingSummary> = Table::new("meeting_summaries");
/// Who and what each meeting's record names, in what part.
pub(super) const CASTS: Table<Cast> = Table::new("casts");
/// Ids that lead to a meeting of another id.
pub(super) const MEETING_REDIRECTS: TableDefinition<&str, &str> = TableDefinition::new("meeting_redirects");
/// Meetings by date, latest first.
pub(super) const MEETING_ORDER: TableDefinition<(DayOrder, &str), ()> = TableDefinition::new("meeting_order");
/// Meetings and entities by the revision of their last change and their name, vanished ones too; and why they changed. See
/// [`super::changes`].
pub(super) const RECORD_CHANGES: TableDefinition<(u64, &str), u8> = TableDefinition::new("record_changes");
/// The revision under which a meeting or an entity stands in [`RECORD_CHANGES`], where that is not the revision of its record.
pub(super) const RECORD_CHANGED: TableDefinition<&str, u64> = TableDefinition::new("record_changed");
/// What reports say of people, and where it is found, by name (see [`super::sayings`]).
pub(super) const BY_NAME: TableDefinition<&[u8], &[u8]> = TableDefinition::new("by_name");
/// What stands by an entity beside its record (see [`super::by_entity`]).
pub(super) const BY_ENTITY: TableDefinition<&[u8], &[u8]> = TableDefinition::new("by_entity");
/// Entities by id.
pub(super) const ENTITIES: Table<Entity> = Table::new("entities");
/// Keys that names are suggested under: kind, complement of the class, key, entity. See [`crate::registry::suggest`].
pub(super) const SUGGESTIONS: TableDefinition<SuggestionKey, &[u8]> = TableDefinition::new("suggestions");
/// Key of a row of the same.
pub(super) type SuggestionKey = (u8, u8, &'static str, PackedId);
/// Ids that lead to an entity of another id.
pub(super) const ENTITY_REDIRECTS: TableDefinition<PackedId, PackedId> = TableDefinition::new("entity_redirects");
/// What to call each entity that is no person; people's names stand by them (see [`super::shown`]).
pub(super) const ENTITY_NAMES: TableDefinition<&str, &str> = TableDefinition::new("entity_names");
/// Entities by number of mentions, most mentioned first (the number is stored as its complement).
pub(super) const ENTITY_ORDER: TableDefinition<(u64, PackedId), ()> = TableDefinition::new("entity_order");
/// Look-up keys (see [`crate::registry`]) and the entities that they may mean, most mentioned first: by the complement of the number of
/// binary digits of the number of mentions, so that a row moves only where that number doubles; under keys that lead to few all by 0. Under a key of names stand those names of
/// the entity, under one of an office all of them, line by line, so that bearers of a name can be told apart by its marks, and holders of an
/// office by their names, before any of them is read.
pub(super) const LOOKUP_KEYS: TableDefinition<LookupKey, &str> = TableDefinition::new("lookup_keys");
/// Key of a row of the same: look-up key, complement of the number of digits, entity.
pub(super) type LookupKey = (&'static str, u8, PackedId);
/// Corrections by their revision, reverted ones too.
pub(super) const CORRECTIONS: TableDefinition<u64, &[u8]> = TableDefinition::new("corrections");
/// Corrections and the reports in which they have an effect.
pub(super) const CORRECTION_EFFECTS: TableDefinition<(u64, &str), ()> = TableDefinition::new("correction_effects");
/// Ids that lead to another entity by a correction, after those of [`ENTITY_REDIRECTS`].
pub(super) const ENTITIES_MERGED: TableDefinition<PackedId, PackedId> = TableDefinition::new("entities_merged");
/// What reports say of entities that were merged into others, for when the merge is taken back.
pub(super) const DORMANT_ENTITIES: Table<Entity> = Table::new("dormant_entities");
/// What meetings and entities were before corrections changed them.
pub(super) const RECORD_STATES: TableDefinition<&str, &[u8]> = TableDefinition::new("record_states");
/// The checkpoint and the counts.
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
