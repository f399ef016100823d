//! Every table of the records store.

use redb::TableDefinition;

use super::cast::Cast;
use super::reading::{ReportPeople, StoredReading};
use super::sayings::StoredSaying;
use super::table::{DayOrder, Table};
use crate::model::{Entity, Meeting, MeetingSummary, Report};
use crate::registry::lookup::IndexKey;

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
/// The revision under which a meeting or an entity stands in [`RECORD_CHANGES`].
pub(super) const RECORD_CHANGED: TableDefinition<&str, u64> = TableDefinition::new("record_changed");
/// What reports say of people, each with whom it speaks of (see [`super::sayings`]).
pub(super) const SAYINGS: Table<StoredSaying> = Table::new("sayings");
/// The reports of a saying: by saying, day and report.
pub(super) const SIGHTS: TableDefinition<(&str, i32, &str), &[u8]> = TableDefinition::new("sights");
/// Sayings by name and bucket.
pub(super) const SAYING_BUCKETS: TableDefinition<(&str, &str), ()> = TableDefinition::new("saying_buckets");
/// Sayings by name and home, and the day of their first report.
pub(super) const PERSON_HOMES: TableDefinition<(&str, i32, &str), ()> = TableDefinition::new("person_homes");
/// Ids that lead to a person.
pub(super) const PERSON_ALIASES: TableDefinition<&str, &[u8]> = TableDefinition::new("person_aliases");
/// Sayings by the person of whom they speak; for somebody known from one report with the day and id of that.
pub(super) const PERSON_SAYINGS: TableDefinition<(&str, &str), (i32, &str)> = TableDefinition::new("person_sayings");
/// Entities by id.
pub(super) const ENTITIES: Table<Entity> = Table::new("entities");
/// Under which keys an entity is found beside those of its names, as the reports that name it say.
pub(super) const ENTITY_KEYS: Table<Vec<IndexKey>> = Table::new("entity_keys");
/// Offices of people by the body, latest seen first: the same as stands in the people's own records.
pub(super) const OFFICE_HOLDERS: TableDefinition<HolderKey, &[u8]> = TableDefinition::new("office_holders");
/// Key of a tenure: body, order of the date it was seen last, person, number among the person's tenures.
pub(super) type HolderKey = (&'static str, DayOrder, &'static str, u32);
/// Keys that names are suggested under: kind, complement of the class, key, entity. See [`crate::registry::suggest`].
pub(super) const SUGGESTIONS: TableDefinition<SuggestionKey, &[u8]> = TableDefinition::new("suggestions");
/// Key of a row of the same.
pub(super) type SuggestionKey = (u8, u8, &'static str, &'static str);
/// Entities by the one they belong to.
pub(super) const ENTITY_CHILDREN: TableDefinition<(&str, &str), ()> = TableDefinition::new("entity_children");
/// Ids that lead to an entity of another id.
pub(super) const ENTITY_REDIRECTS: TableDefinition<&str, &str> = TableDefinition::new("entity_redirects");
/// What to call each entity: what records need of it most often.
pub(super) const ENTITY_NAMES: TableDefinition<&str, &str> = TableDefinition::new("entity_names");
/// Entities by number of mentions, most mentioned first (the number is stored as its complement).
pub(super) const ENTITY_ORDER: TableDefinition<(u64, &str), ()> = TableDefinition::new("entity_order");
/// Per entity and meeting, latest meeting first: the number of mentions.
pub(super) const ENTITY_MEETINGS: TableDefinition<(&str, DayOrder, &str), u32> =
    TableDefinition::new("entity_meetings");
/// Mentions by entity, latest meeting first, then report, position and ordinal.
pub(super) const MENTIONS: TableDefinition<MentionKey, &[u8]> = TableDefinition::new("mentions");
/// Key of a mention: entity, order of the meeting's date, report, first code point, role.
pub(super) type MentionKey = (&'static str, DayOrder, &'static str, u32, u8);
/// Look-up keys (see [`crate::registry`]) and the entities that they may mean, most mentioned first: by the complement of the number of
/// binary digits of the number of mentions, so that a row moves only where that number doubles. Under a key of names stand those names of
/// the entity, under one of an office all of them, line by line, so that bearers of a name can be told apart by its marks, and holders of an
/// office by their names, before any of them is read.
pub(super) const LOOKUP_KEYS: TableDefinition<LookupKey, &str> = TableDefinition::new("lookup_keys");
/// Key of a row of the same: look-up key, complement of the number of digits, entity.
pub(super) type LookupKey = (&'static str, u8, &'static str);
/// Corrections by their revision, reverted ones too.
pub(super) const CORRECTIONS: TableDefinition<u64, &[u8]> = TableDefinition::new("corrections");
/// Corrections and the reports in which they have an effect.
pub(super) const CORRECTION_EFFECTS: TableDefinition<(u64, &str), ()> = TableDefinition::new("correction_effects");
/// Ids that lead to another entity by a correction, after those of [`ENTITY_REDIRECTS`].
pub(super) const ENTITIES_MERGED: TableDefinition<&str, &str> = TableDefinition::new("entities_merged");
/// What reports say of entities that were merged into others, for when the merge is taken back.
pub(super) const DORMANT_ENTITIES: Table<Entity> = Table::new("dormant_entities");
/// What meetings and entities were before corrections changed them.
pub(super) const RECORD_STATES: TableDefinition<&str, &[u8]> = TableDefinition::new("record_states");
/// The checkpoint and the counts.
pub(super) const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
