//! Applies corrections, and tells how each stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use redb::ReadableTable;

use super::apply::{Application, Now, Stage};
use super::by_entity::{self, Part};
use super::changes::{self, RecordId};
use super::curation::{Curation, Ground, Shift};
use super::entities::{self, Deltas};
use super::packed::{PackedId, text};
use super::people::People;
use super::states::Cause;
use super::table::{decode, encode};
use super::transaction::Tables;
use super::{ProjectionError, meetings, tables};
use crate::journal::EntryBody;
use crate::model::{Correction, CorrectionBody, CorrectionId, EntityId, MeetingId, ReportId, Reversion, Revision};

type Result<T> = std::result::Result<T, ProjectionError>;

/// The corrections that hold, out of the table that has all.
pub(super) fn load(
    corrections: &impl ReadableTable<u64, &'static [u8]>,
    redirects: &impl ReadableTable<PackedId, PackedId>,
) -> Result<Curation> {
    let mut active = BTreeMap::new();
    for row in corrections.iter()? {
        let correction: Correction = decode("corrections", row?.1.value())?;
        if correction.reverted.is_none() {
            active.insert(correction.revision, correction.body);
        }
    }
    Curation::new(active, redirects)
}

/// Applies an entry that is about no report.
pub(super) fn apply(stage: &mut Stage<'_, '_>, now: Now, body: EntryBody) -> Result<()> {
    let mut active = stage.curation.active().clone();
    let correction = match body {
        EntryBody::Corrected { body, said } => {
            if stage.tables.corrections.get(now.revision.0)?.is_some() {
                return Ok(());
            }
            active.insert(now.revision, body.clone());
            let (id, create_time) = (CorrectionId::of(now.revision), now.time);
            Correction { id, revision: now.revision, create_time, body, said, reverted: None }
        }
        EntryBody::CorrectionReverted { correction, said } => {
            let Some(known) = get(&stage.tables.corrections, correction)? else { return Ok(()) };
            if known.reverted.is_some() {
                return Ok(());
            }
            active.remove(&correction);
            Correction { reverted: Some(Reversion { revision: now.revision, time: now.time, said }), ..known }
        }
        EntryBody::ReportPut { .. } | EntryBody::ReportDeleted { .. } | EntryBody::ReportUndeleted { .. } => {
            return Ok(());
        }
    };
    let value = encode("corrections", &correction)?;
    stage.tables.corrections.insert(correction.revision.0, value.as_slice())?;
    rewrite(stage, now, active)
}

/// Writes anew what other corrections make different.
fn rewrite(stage: &mut Stage<'_, '_>, now: Now, active: BTreeMap<Revision, CorrectionBody>) -> Result<()> {
    let next = Curation::new(active, &stage.tables.entity_redirects)?;
    let shift = next.shift_from(stage.curation, &*stage.tables)?;
    let mut seen = meetings_of(stage.tables, &shift.entities)?;
    write_redirects(stage.tables, &next)?;
    let former = std::mem::replace(stage.curation, Arc::new(next));
    let groups = meetings::affected(stage.tables, None, None, &shift.reports)?;
    let mut people = People::nobody(stage.naming);
    let mut deltas = Deltas::new(BTreeMap::new());
    deltas.touch(&shift.entities);
    let mut entry = Application {
        naming: stage.naming,
        tables: &mut *stage.tables,
        counts: &mut *stage.counts,
        changes: &mut *stage.changes,
        people: &mut people,
        deltas: &mut deltas,
        curation: stage.curation,
        former: &former,
        cause: Cause::Correction,
        now,
    };
    meetings::rewrite(&mut entry, groups, None, None)?;
    entities::settle(&mut entry)?;
    // Records show entities under their newest name and are found by all their names.
    seen.extend(meetings_of(stage.tables, &shift.entities)?);
    for id in seen {
        let stands = tables::MEETINGS.get(&stage.tables.meetings, id.as_str())?.map(|meeting| meeting.revision);
        changes::mark(stage.tables, &RecordId::Meeting(id.clone()), (stands, stands), now, Cause::Correction)?;
        stage.changes.meetings.insert(id);
    }
    Ok(())
}

/// Lets the corrections follow the ids that an entry about a report has just changed: what else is to be written anew.
pub(super) fn follow(stage: &mut Stage<'_, '_>) -> Result<Shift> {
    let next = Curation::new(stage.curation.active().clone(), &stage.tables.entity_redirects)?;
    let shift = next.shift_from(stage.curation, &*stage.tables)?;
    if !shift.entities.is_empty() {
        write_redirects(stage.tables, &next)?;
    }
    *stage.curation = Arc::new(next);
    Ok(shift)
}

fn write_redirects(tables: &mut Tables<'_>, curation: &Curation) -> Result<()> {
    let due = curation.redirects();
    let mut gone = Vec::new();
    for row in tables.entities_merged.iter()? {
        let id = row?.0.value();
        if EntityId::parse(&id).map_or(true, |id| !due.contains_key(&id)) {
            gone.push(id);
        }
    }
    for id in gone {
        tables.entities_merged.remove(id)?;
    }
    for (id, target) in due {
        tables.entities_merged.insert(text(&id), text(&target))?;
    }
    Ok(())
}

fn meetings_of(tables: &Tables<'_>, entities: &BTreeSet<EntityId>) -> Result<BTreeSet<MeetingId>> {
    let mut found = BTreeSet::new();
    for entity in entities {
        by_entity::visit(&tables.by_entity, (entity.as_str(), Part::Meeting), Bound::Unbounded, |rest, _| {
            found.extend(by_entity::meeting_of(rest).and_then(|(_, meeting)| MeetingId::parse(meeting).ok()));
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(found)
}

impl Ground for Tables<'_> {
    fn effects(&self, correction: Revision) -> Result<Vec<ReportId>> {
        effects(&self.correction_effects, correction, usize::MAX)
    }

    fn reports_of(&self, entity: &EntityId) -> Result<Vec<ReportId>> {
        let mut found = BTreeSet::new();
        by_entity::visit(&self.by_entity, (entity.as_str(), Part::Mention), Bound::Unbounded, |rest, _| {
            found.extend(by_entity::mention_of(rest).and_then(|(_, report, ..)| ReportId::parse(report).ok()));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found.into_iter().collect())
    }
}

/// Notes in which reports corrections have an effect.
pub(super) fn note_effects(
    tables: &mut Tables<'_>,
    report: &ReportId,
    old: &BTreeSet<Revision>,
    new: &BTreeSet<Revision>,
) -> Result<()> {
    for gone in old.difference(new) {
        tables.correction_effects.remove((gone.0, report.as_str()))?;
    }
    for come in new.difference(old) {
        tables.correction_effects.insert((come.0, report.as_str()), ())?;
    }
    Ok(())
}

/// Some reports in which a correction has an effect.
pub(super) fn effects(
    table: &impl ReadableTable<(u64, &'static str), ()>,
    correction: Revision,
    limit: usize,
) -> Result<Vec<ReportId>> {
    let mut found = Vec::new();
    for row in table.range::<(u64, &str)>((correction.0, "")..(correction.0.saturating_add(1), ""))?.take(limit) {
        found.extend(ReportId::parse(row?.0.value().1));
    }
    Ok(found)
}

/// True if a correction came or was taken back after a revision.
pub(super) fn moved_since(table: &impl ReadableTable<u64, &'static [u8]>, revision: Revision) -> Result<bool> {
    for row in table.iter()? {
        let correction: Correction = decode("corrections", row?.1.value())?;
        let last = correction.reverted.map_or(correction.revision, |end| end.revision);
        if last > revision {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The correction that a journal entry carries.
pub(super) fn get(table: &impl ReadableTable<u64, &'static [u8]>, revision: Revision) -> Result<Option<Correction>> {
    table.get(revision.0)?.map(|bytes| decode("corrections", bytes.value())).transpose()
}
