//! Applies journal entries, one after the other, inside one transaction of the records store; then brings the index up to date.
//!
//! Every entry is applied in full before the next: what a batch leaves behind does not depend on where it began or ended.

use std::collections::BTreeSet;
use std::sync::Arc;

use redb::{Durability, ReadTransaction, ReadableDatabase as _, ReadableTable as _};

use super::counts::{Counts, Sign, change};
use super::curation::{Curation, Shift};
use super::entities::Deltas;
use super::people::People;
use super::reading::{Read, StoredReading, read_all};
use super::snapshot::Snapshot;
use super::states::Cause;
use super::store::{Checkpoint, Store, put_meta, read_counts};
use super::table::encode;
use super::transaction::Tables;
use super::unsure::Unsure;
use super::{ProjectionError, corrections, entities, meetings, tables};
use crate::extract::Extractor;
use crate::journal::{Entry, EntryBody};
use crate::model::{EntityId, Meeting, MeetingId, Report, ReportDraft, ReportId, Revision, Timestamp};
use crate::registry::keys::Naming;
use crate::search::{EntityNames, IndexWriter, MeetingDocument, ReportText, Settling};

/// The one owner of everything that changes.
pub(super) struct Writer {
    store: Store,
    index: IndexWriter,
    pub(super) naming: Arc<Naming>,
    extractor: Arc<Extractor>,
    threads: usize,
    unsure: Arc<Unsure>,
    /// The corrections that hold at the checkpoint.
    curation: Arc<Curation>,
    /// Commits are not synced: what is lost is derived again.
    pub(super) unsynced: bool,
}

/// What entries applied so far in this transaction leave to be done.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Meetings that came, changed or vanished.
    pub(super) meetings: BTreeSet<MeetingId>,
    /// Entities whose names came, changed or vanished.
    pub(super) entities: BTreeSet<EntityId>,
}

/// The entry being applied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) revision: Revision,
    pub(super) time: Timestamp,
}

impl Writer {
    pub(super) fn new(
        store: Store,
        extractor: Arc<Extractor>,
        naming: Arc<Naming>,
        index_heap: usize,
        threads: usize,
    ) -> Result<Self, ProjectionError> {
        let index = store.index.writer(index_heap)?;
        let curation = {
            let transaction = store.database.begin_read()?;
            let redirects = transaction.open_table(tables::ENTITY_REDIRECTS)?;
            Arc::new(corrections::load(&transaction.open_table(tables::CORRECTIONS)?, &redirects)?)
        };
        Ok(Self { store, index, naming, extractor, threads, unsure: Arc::default(), curation, unsynced: false })
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    pub(super) fn snapshot(&self) -> Result<Snapshot, ProjectionError> {
        self.store.snapshot()
    }

    /// The last entry that the records hold.
    pub(super) fn revision(&self) -> Result<Revision, ProjectionError> {
        Ok(self.store.checkpoint()?.map_or(Revision(0), |checkpoint| checkpoint.revision))
    }

    /// Applies entries that follow the checkpoint, commits records and index, and gives the new view.
    pub(super) fn commit(&mut self, entries: Vec<Entry>) -> Result<Snapshot, ProjectionError> {
        if let Some((revision, changes)) = self.commit_records(entries)? {
            self.update_index(changes, revision)?;
        }
        self.snapshot()
    }

    /// Applies entries and commits the records; what the index lacks now is told, and stands in the records for a restart that finds it so.
    pub(super) fn commit_records(
        &mut self,
        entries: Vec<Entry>,
    ) -> Result<Option<(Revision, Changes)>, ProjectionError> {
        let reads = read_all(&self.extractor, &self.naming, entries, self.threads);
        reads.iter().filter_map(|(_, read)| read.as_ref()).for_each(|read| self.unsure.count(&read.extraction));
        self.commit_reads(reads)
    }

    /// The same for entries whose reports have been read.
    pub(super) fn commit_reads(
        &mut self,
        reads: Vec<(Entry, Option<Read>)>,
    ) -> Result<Option<(Revision, Changes)>, ProjectionError> {
        let Some((Entry { revision, time, .. }, _)) = reads.last() else { return Ok(None) };
        let last = Checkpoint { revision: *revision, time: *time, versions: self.store.versions };
        let mut changes = Changes::default();
        let (extractor, mut curation) = (Arc::clone(&self.extractor), Arc::clone(&self.curation));
        self.transact(last, |naming, tables, counts| {
            let (changes, curation) = (&mut changes, &mut curation);
            let mut stage = Stage { naming, extractor: &extractor, tables, counts, changes, curation };
            reads.into_iter().try_for_each(|(entry, read)| apply(&mut stage, entry, read))
        })?;
        self.curation = curation;
        Ok(Some((last.revision, changes)))
    }

    /// Begins to tidy the index up, where that is worth it: for when no entries come.
    pub(super) fn settle(&mut self) -> Result<Option<Settling>, ProjectionError> {
        Ok(self.index.settle()?)
    }

    /// Gives room back that the records do not need, where nobody else reads them.
    pub(super) fn shrink(&mut self) -> Result<(), ProjectionError> {
        self.store.shrink()
    }

    /// What readings were unsure of.
    pub(super) fn unsure(&self) -> Arc<Unsure> {
        Arc::clone(&self.unsure)
    }

    /// Takes the place of another writer: counts on where that one counts, and reads with as many threads.
    pub(super) fn succeed(&mut self, other: &Self) {
        self.unsure = other.unsure();
        self.threads = other.threads;
    }

    /// Has what was committed without that synced.
    pub(super) fn sync(&self) -> Result<(), ProjectionError> {
        Ok(self.store.database.begin_write()?.commit()?)
    }

    /// Runs changes of the records and commits them with their checkpoint.
    pub(super) fn transact(
        &mut self,
        checkpoint: Checkpoint,
        work: impl FnOnce(&Naming, &mut Tables<'_>, &mut Counts) -> Result<(), ProjectionError>,
    ) -> Result<(), ProjectionError> {
        let mut transaction = self.store.database.begin_write()?;
        // Whatever ends the process, the next one need not go through all records to find out what is whole.
        transaction.set_quick_repair(true);
        if self.unsynced {
            transaction.set_durability(Durability::None)?;
        }
        {
            let mut tables = Tables::open(&transaction, self.store.hints())?;
            let mut counts = read_counts(&tables.meta)?;
            work(&self.naming, &mut tables, &mut counts)?;
            tables.write_queued()?;
            put_meta(&mut tables.meta, checkpoint, counts)?;
        }
        transaction.commit()?;
        self.store.make_room()
    }

    /// Writes the documents of what changed anew from the records, or takes them out where it has vanished.
    pub(super) fn update_index(&mut self, changes: Changes, revision: Revision) -> Result<(), ProjectionError> {
        let transaction = self.store.database.begin_read()?;
        self.update_names(&transaction, changes.entities)?;
        let stored = transaction.open_table(tables::MEETINGS.definition())?;
        let reports = transaction.open_table(tables::REPORTS.definition())?;
        for id in changes.meetings {
            match tables::MEETINGS.get(&stored, id.as_str())? {
                Some(meeting) => {
                    let ids = meeting.reports.iter().map(|report| &report.report);
                    let told: Vec<Report> = ids
                        .map(|id| tables::REPORTS.get(&reports, id.as_str()))
                        .collect::<Result<Vec<_>, _>>()?
                        .into_iter()
                        .flatten()
                        .collect();
                    self.put_document(&transaction, &meeting, &told)?;
                }
                None => self.index.delete_meeting(&id)?,
            }
        }
        self.index.commit(&revision.0.to_string())?;
        Ok(())
    }

    fn update_names(
        &mut self,
        transaction: &ReadTransaction,
        entities: impl IntoIterator<Item = EntityId>,
    ) -> Result<(), ProjectionError> {
        let stored = transaction.open_table(tables::ENTITIES.definition())?;
        for id in entities {
            match tables::ENTITIES.get(&stored, id.as_str())? {
                Some(entity) => {
                    let names: Vec<&str> = entities::names(&entity).collect();
                    self.index.put_entity(&EntityNames { id: &entity.id, names: &names })?;
                }
                None => self.index.delete_entity(&id)?,
            }
        }
        Ok(())
    }

    fn put_document(
        &mut self,
        transaction: &ReadTransaction,
        meeting: &Meeting,
        told: &[Report],
    ) -> Result<(), ProjectionError> {
        let texts: Vec<ReportText<'_>> = told
            .iter()
            .map(|report| ReportText {
                report: &report.draft.id,
                publisher: report.draft.publisher.as_deref(),
                text: &report.draft.text,
            })
            .collect();
        let entities = transaction.open_table(tables::ENTITIES.definition())?;
        let mut named = Vec::new();
        for id in super::refs::ids(meeting) {
            named.extend(tables::ENTITIES.get(&entities, id.as_str())?);
        }
        let names: Vec<Vec<&str>> =
            named.iter().map(|entity| entity.aliases.iter().map(|alias| alias.name.as_str()).collect()).collect();
        let names: Vec<EntityNames<'_>> =
            named.iter().zip(&names).map(|(entity, names)| EntityNames { id: &entity.id, names }).collect();
        Ok(self.index.put_meeting(&MeetingDocument { meeting, texts: &texts, names: &names })?)
    }

    /// Forgets the index and writes it anew from all records.
    pub(super) fn reindex(&mut self) -> Result<(), ProjectionError> {
        self.index.clear()?;
        let transaction = self.store.database.begin_read()?;
        let mut all = Changes::default();
        for row in transaction.open_table(tables::MEETINGS.definition())?.iter()? {
            all.meetings.extend(MeetingId::parse(row?.0.value()));
        }
        for row in transaction.open_table(tables::ENTITIES.definition())?.iter()? {
            all.entities.extend(EntityId::parse(row?.0.value()));
        }
        let revision = self.store.checkpoint()?.map_or(Revision(0), |checkpoint| checkpoint.revision);
        self.update_index(all, revision)
    }
}

/// What every entry of a batch is applied with.
pub(super) struct Stage<'a, 't> {
    pub(super) naming: &'a Naming,
    pub(super) extractor: &'a Extractor,
    pub(super) tables: &'a mut Tables<'t>,
    pub(super) counts: &'a mut Counts,
    pub(super) changes: &'a mut Changes,
    pub(super) curation: &'a mut Arc<Curation>,
}

fn apply(stage: &mut Stage<'_, '_>, entry: Entry, read: Option<Read>) -> Result<(), ProjectionError> {
    let now = Now { revision: entry.revision, time: entry.time };
    let Some(id) = entry.body.report().cloned() else { return corrections::apply(stage, now, entry.body) };
    let known = tables::REPORTS.get(&stage.tables.reports, id.as_str())?;
    if known.as_ref().is_some_and(|report| report.revision >= now.revision) {
        return Ok(());
    }
    let changed = |report: &Report| Report { revision: now.revision, update_time: now.time, ..report.clone() };
    match (entry.body, &known) {
        (EntryBody::ReportPut { draft }, _) => {
            let report = put(draft, known.as_ref(), now);
            apply_report(stage, now, known.as_ref(), &report, read)
        }
        (EntryBody::ReportDeleted { .. }, Some(report)) => {
            let deleted = Report { delete_time: Some(now.time), ..changed(report) };
            apply_report(stage, now, known.as_ref(), &deleted, None)
        }
        (EntryBody::ReportUndeleted { .. }, Some(report)) => {
            let back = Report { delete_time: None, ..changed(report) };
            // Its text is known from the records alone, so it is read here and not with those of the batch.
            let read = super::reading::read(stage.extractor, stage.naming, &back.draft);
            apply_report(stage, now, known.as_ref(), &back, Some(read))
        }
        _ => Ok(()),
    }
}

/// Applies what a report says now; `read` is what was read out of it, unless it is deleted.
fn apply_report(
    stage: &mut Stage<'_, '_>,
    now: Now,
    known: Option<&Report>,
    report: &Report,
    read: Option<Read>,
) -> Result<(), ProjectionError> {
    let (naming, tables) = (stage.naming, &mut *stage.tables);
    let id = report.draft.id.clone();
    count_report(stage.counts, known, report);
    store_report(tables, known, report)?;

    let old = tables::READINGS.get(&tables.readings, id.as_str())?;
    let (new, seeds) = read.map(|read| StoredReading::new(report, read)).unzip();
    let mut touched = BTreeSet::new();
    let mut people = People::regroup(naming, tables, &id, old.as_ref(), new.as_ref(), &mut touched)?;
    let former = Arc::clone(stage.curation);
    // Corrections mean people under the ids that they have now.
    let mut shift = Shift::default();
    if former.speaks_of(people.ids()) {
        people.write_redirects(tables)?;
        shift = corrections::follow(stage)?;
    }
    touched.extend(shift.reports);
    touched.extend(stage.curation.companions(&id));
    touched.remove(&id);
    let tables = &mut *stage.tables;
    let parted = old.as_ref().map(|reading| meetings::leave(tables, reading)).transpose()?;
    // What it says now is written with its meeting.
    if new.is_none() {
        tables.readings.remove(id.as_str())?;
        tables.report_people.remove(&id.as_str());
    }
    let joined = new.as_ref().map(|reading| meetings::join(tables, reading)).transpose()?;
    let groups = meetings::affected(tables, parted, joined.map(|companions| (&id, companions)), &touched)?;
    let mut deltas = Deltas::new(seeds.unwrap_or_default());
    deltas.touch(&shift.entities);
    let mut entry = Application {
        naming,
        tables,
        counts: &mut *stage.counts,
        changes: &mut *stage.changes,
        people: &mut people,
        deltas: &mut deltas,
        curation: stage.curation,
        former: &former,
        cause: Cause::Report,
        now,
    };
    meetings::rewrite(&mut entry, groups, old.as_ref(), new)?;
    entities::settle(&mut entry)
}

/// One entry while it is applied: what it reads and writes, and what it has found out.
pub(super) struct Application<'a, 't, 'n> {
    pub(super) naming: &'n Naming,
    pub(super) tables: &'a mut Tables<'t>,
    pub(super) counts: &'a mut Counts,
    pub(super) changes: &'a mut Changes,
    pub(super) people: &'a mut People<'n>,
    pub(super) deltas: &'a mut Deltas,
    /// The corrections that hold.
    pub(super) curation: &'a Curation,
    /// The corrections as they stood before the entry.
    pub(super) former: &'a Curation,
    pub(super) cause: Cause,
    pub(super) now: Now,
}

fn put(draft: ReportDraft, known: Option<&Report>, now: Now) -> Report {
    let create_time = known.filter(|report| report.delete_time.is_none()).map_or(now.time, |report| report.create_time);
    Report { draft, revision: now.revision, create_time, update_time: now.time, delete_time: None }
}

fn count_report(counts: &mut Counts, known: Option<&Report>, report: &Report) {
    let mut count = |report: &Report, sign| match report.delete_time {
        None => change(&mut counts.reports, 1, sign),
        Some(_) => change(&mut counts.deleted_reports, 1, sign),
    };
    if let Some(known) = known {
        count(known, Sign::Minus);
    }
    count(report, Sign::Plus);
}

fn store_report(tables: &mut Tables<'_>, known: Option<&Report>, report: &Report) -> Result<(), ProjectionError> {
    if let Some(known) = known {
        tables.report_order.remove(&known.revision.0);
    }
    let id = report.draft.id.as_str();
    tables.report_order.add(&report.revision.0, &id);
    tables.reports.insert(id, encode("reports", report)?.as_slice())?;
    Ok(())
}

pub(super) fn put_reading(tables: &mut Tables<'_>, reading: &StoredReading) -> Result<(), ProjectionError> {
    tables.readings.insert(reading.report.as_str(), tables::READINGS.encode(reading)?.as_slice())?;
    Ok(())
}

/// Reads the reading of a report that is known to have one.
pub(super) fn get_reading(tables: &Tables<'_>, id: &ReportId) -> Result<Option<StoredReading>, ProjectionError> {
    tables::READINGS.get(&tables.readings, id.as_str())
}
