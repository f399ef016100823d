//! What readers see: everything as it stood at one revision, whatever is written meanwhile.

mod who;

use std::ops::{Bound, ControlFlow};
use std::sync::Arc;

use redb::{Database, ReadOnlyTable, ReadTransaction, ReadableTableMetadata as _};

use super::counts::Counts;
use super::hints::Hints;
use super::packed::PackedId;
use super::reading::ReportPeople;
use super::store::Versions;
use super::table::{DayOrder, Table, decode};
use super::{ProjectionError, by_entity, corrections, tables};
use crate::model::{
    Correction, CorrectionBody, CorrectionId, CorrectionState, Edtf, EntityRef, Meeting, MeetingId, MeetingSummary,
    Mention, Report, ReportId, Revision, Timestamp,
};
use crate::search::Searcher;

type Result<T> = std::result::Result<T, ProjectionError>;

/// An immutable view of records and index at one revision. Cheap to share, never waits for the writer. Its methods read from disk:
/// call them off the async threads.
pub struct Snapshot {
    revision: Revision,
    time: Option<Timestamp>,
    versions: Versions,
    counts: Counts,
    records: Records,
    searcher: Searcher,
    hints: Arc<Hints>,
    /// Corrections lead some entities on to others.
    has_merges: bool,
    /// Kept open for as long as it is read.
    _database: Arc<Database>,
}

/// The tables of one read transaction.
struct Records {
    reports: ReadOnlyTable<&'static str, &'static [u8]>,
    report_order: ReadOnlyTable<u64, &'static str>,
    meetings: ReadOnlyTable<&'static str, &'static [u8]>,
    summaries: ReadOnlyTable<&'static str, &'static [u8]>,
    meeting_redirects: ReadOnlyTable<&'static str, &'static str>,
    meeting_order: ReadOnlyTable<(DayOrder, &'static str), ()>,
    entities: ReadOnlyTable<&'static str, &'static [u8]>,
    entity_names: ReadOnlyTable<&'static str, &'static str>,
    entity_redirects: ReadOnlyTable<PackedId, PackedId>,
    entities_merged: ReadOnlyTable<PackedId, PackedId>,
    corrections: ReadOnlyTable<u64, &'static [u8]>,
    correction_effects: ReadOnlyTable<(u64, &'static str), ()>,
    entity_order: ReadOnlyTable<(u64, PackedId), ()>,
    suggestions: ReadOnlyTable<tables::SuggestionKey, &'static [u8]>,
    casts: ReadOnlyTable<&'static str, &'static [u8]>,
    by_entity: ReadOnlyTable<&'static [u8], &'static [u8]>,
    report_people: ReadOnlyTable<&'static str, &'static [u8]>,
    readings: ReadOnlyTable<&'static str, &'static [u8]>,
    lookup_keys: ReadOnlyTable<tables::LookupKey, &'static str>,
    record_changes: ReadOnlyTable<(u64, &'static str), u8>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("revision", &self.revision)
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}

/// A stored [`Report`], as much of it as its text needs; the fields are those of the report, in their order.
#[derive(serde::Deserialize)]
struct StoredText<'a> {
    #[serde(borrow)]
    draft: StoredDraft<'a>,
    _revision: Revision,
    _create_time: Timestamp,
    _update_time: Timestamp,
    delete_time: Option<Timestamp>,
}

/// A stored [`crate::model::ReportDraft`] likewise. The text is kept as bytes: it is much longer than all else, and checked by quicker means.
#[derive(serde::Deserialize)]
struct StoredDraft<'a> {
    _id: &'a str,
    _url: Option<&'a str>,
    _publisher: Option<&'a str>,
    _title: Option<&'a str>,
    _publish_date: Option<Edtf>,
    text: &'a [u8],
}

/// Where a scan of mentions goes on: the sort key of the last one seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MentionPosition(pub(super) DayOrder, pub(super) String, pub(super) u32, pub(super) u8);

impl Snapshot {
    pub(super) fn new(
        at: Option<(Revision, Timestamp)>,
        counts: Counts,
        database: Arc<Database>,
        transaction: &ReadTransaction,
        searcher: Searcher,
        hints: Arc<Hints>,
        versions: Versions,
    ) -> Result<Self> {
        let records = Records {
            reports: transaction.open_table(tables::REPORTS.definition())?,
            report_order: transaction.open_table(tables::REPORT_ORDER)?,
            meetings: transaction.open_table(tables::MEETINGS.definition())?,
            summaries: transaction.open_table(tables::SUMMARIES.definition())?,
            meeting_redirects: transaction.open_table(tables::MEETING_REDIRECTS)?,
            meeting_order: transaction.open_table(tables::MEETING_ORDER)?,
            entities: transaction.open_table(tables::ENTITIES.definition())?,
            entity_names: transaction.open_table(tables::ENTITY_NAMES)?,
            entity_redirects: transaction.open_table(tables::ENTITY_REDIRECTS)?,
            suggestions: transaction.open_table(tables::SUGGESTIONS)?,
            casts: transaction.open_table(tables::CASTS.definition())?,
            by_entity: transaction.open_table(tables::BY_ENTITY)?,
            entities_merged: transaction.open_table(tables::ENTITIES_MERGED)?,
            corrections: transaction.open_table(tables::CORRECTIONS)?,
            correction_effects: transaction.open_table(tables::CORRECTION_EFFECTS)?,
            entity_order: transaction.open_table(tables::ENTITY_ORDER)?,
            report_people: transaction.open_table(tables::REPORT_PEOPLE.definition())?,
            readings: transaction.open_table(tables::READINGS.definition())?,
            lookup_keys: transaction.open_table(tables::LOOKUP_KEYS)?,
            record_changes: transaction.open_table(tables::RECORD_CHANGES)?,
        };
        let (revision, time) = at.unzip();
        Ok(Self {
            revision: revision.unwrap_or(Revision(0)),
            time,
            versions,
            counts,
            has_merges: !records.entities_merged.is_empty()?,
            records,
            searcher,
            hints,
            _database: database,
        })
    }

    /// The journal revision it stands at.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Which versions of the code made its records.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// How many of what there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// When the journal entry at that revision was written; nothing where there is none.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// The table of [`super::changes`].
    pub(super) fn record_changes(&self) -> &ReadOnlyTable<(u64, &'static str), u8> {
        &self.records.record_changes
    }

    /// The search index at the same revision.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// A report, deleted ones too.
    ///
    /// # Errors
    /// If the store fails; so all methods below.
    pub fn report(&self, id: &ReportId) -> Result<Option<Report>> {
        tables::REPORTS.get(&self.records.reports, id.as_str())
    }

    /// The stored text of a report that is not deleted.
    ///
    /// # Errors
    /// If the store fails.
    pub fn text(&self, id: &ReportId) -> Result<Option<Arc<str>>> {
        self.with_text(id, |text| Arc::from(text))
    }

    /// Reads the stored text of a report that is not deleted, where it lies: nothing is copied.
    ///
    /// # Errors
    /// If the store fails.
    pub fn with_text<T>(&self, id: &ReportId, read: impl FnOnce(&str) -> T) -> Result<Option<T>> {
        let Some(bytes) = self.records.reports.get(id.as_str())? else { return Ok(None) };
        let report: StoredText<'_> = decode("reports", bytes.value())?;
        if report.delete_time.is_some() {
            return Ok(None);
        }
        let text = simdutf8::basic::from_utf8(report.draft.text)
            .map_err(|_| ProjectionError::Decode { table: "reports", source: postcard::Error::DeserializeBadUtf8 })?;
        Ok(Some(read(text)))
    }

    /// Reports by last change, latest first, those changed before a revision; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_reports(
        &self,
        before: Option<Revision>,
        mut visit: impl FnMut(Report) -> ControlFlow<()>,
    ) -> Result<()> {
        let bound = before.map_or(Bound::Unbounded, |revision| Bound::Excluded(revision.0));
        for entry in self.records.report_order.range((Bound::Unbounded, bound))?.rev() {
            let Some(report) = tables::REPORTS.get(&self.records.reports, entry?.1.value())? else { continue };
            if visit(report).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The meeting that an id leads to: its record has its own id.
    ///
    /// # Errors
    /// If the store fails.
    pub fn meeting(&self, id: &MeetingId) -> Result<Option<Meeting>> {
        let Some(mut meeting) = self.follow_meeting(id, tables::MEETINGS, &self.records.meetings)? else {
            return Ok(None);
        };
        let mut refresh = |entity: &mut EntityRef| self.refresh(entity);
        super::refs::visit_mut(&mut meeting, &mut refresh)?;
        Ok(Some(meeting))
    }

    /// The head of the meeting that an id leads to.
    ///
    /// # Errors
    /// If the store fails.
    pub fn summary(&self, id: &MeetingId) -> Result<Option<MeetingSummary>> {
        let Some(mut summary) = self.follow_meeting(id, tables::SUMMARIES, &self.records.summaries)? else {
            return Ok(None);
        };
        if let Some(convener) = &mut summary.convener {
            self.refresh(convener)?;
        }
        Ok(Some(summary))
    }

    fn follow_meeting<V: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        id: &MeetingId,
        table: Table<V>,
        open: &ReadOnlyTable<&'static str, &'static [u8]>,
    ) -> Result<Option<V>> {
        // What is under its own id leads nowhere. A meeting that lost its name more than once is found step by step: each id leads to one that
        // stood when it was lost, so there is no way round in a circle.
        let mut at = id.as_str().to_owned();
        loop {
            if let Some(found) = table.get(open, &at)? {
                return Ok(Some(found));
            }
            match self.records.meeting_redirects.get(at.as_str())? {
                Some(target) => at = target.value().to_owned(),
                None => return Ok(None),
            }
        }
    }

    /// Meetings by date, latest first, those after a position; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_meetings(
        &self,
        after: Option<(DayOrder, &MeetingId)>,
        mut visit: impl FnMut(DayOrder, MeetingSummary) -> ControlFlow<()>,
    ) -> Result<()> {
        let bound = after.map_or(Bound::Unbounded, |(order, id)| Bound::Excluded((order, id.as_str())));
        for entry in self.records.meeting_order.range::<(DayOrder, &str)>((bound, Bound::Unbounded))? {
            let key = entry?.0;
            let (order, id) = key.value();
            let Some(mut summary) = tables::SUMMARIES.get(&self.records.summaries, id)? else { continue };
            if let Some(convener) = &mut summary.convener {
                self.refresh(convener)?;
            }
            if visit(order, summary).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Where and when a report plays that is not deleted, and whom it names.
    ///
    /// # Errors
    /// If the store fails.
    pub fn report_people(&self, id: &ReportId) -> Result<Option<ReportPeople>> {
        tables::REPORT_PEOPLE.get(&self.records.report_people, id.as_str())
    }

    /// What a report that is not deleted mentions.
    ///
    /// # Errors
    /// If the store fails.
    pub fn mentions_in(&self, report: &ReportId) -> Result<Vec<Mention>> {
        let reading = tables::READINGS.get(&self.records.readings, report.as_str())?;
        Ok(reading.into_iter().flat_map(|reading| reading.contributions).map(|made| made.mention).collect())
    }

    /// A correction, with how it stands.
    ///
    /// # Errors
    /// If the store fails.
    pub fn correction(&self, id: &CorrectionId) -> Result<Option<(Correction, CorrectionState)>> {
        let Some(revision) = id.revision() else { return Ok(None) };
        let Some(correction) = corrections::get(&self.records.corrections, revision)? else { return Ok(None) };
        let state = self.state(&correction)?;
        Ok(Some((correction, state)))
    }

    /// Corrections, latest first, those made before a revision; until `visit` breaks.
    ///
    /// # Errors
    /// If the store fails.
    pub fn visit_corrections(
        &self,
        before: Option<Revision>,
        mut visit: impl FnMut(Correction, CorrectionState) -> ControlFlow<()>,
    ) -> Result<()> {
        let bound = before.map_or(Bound::Unbounded, |revision| Bound::Excluded(revision.0));
        for entry in self.records.corrections.range((Bound::Unbounded, bound))?.rev() {
            let correction: Correction = decode("corrections", entry?.1.value())?;
            let state = self.state(&correction)?;
            if visit(correction, state).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn state(&self, correction: &Correction) -> Result<CorrectionState> {
        if correction.reverted.is_some() {
            return Ok(CorrectionState::Reverted);
        }
        let mut holds = !corrections::effects(&self.records.correction_effects, correction.revision, 1)?.is_empty();
        if let (false, CorrectionBody::Merge { source, .. }) = (holds, &correction.body) {
            // Nothing mentions it, but others belong to it.
            holds = by_entity::has_children(&self.records.by_entity, source)?;
        }
        Ok(if holds { CorrectionState::Active } else { CorrectionState::Inapplicable })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::encode;
    use super::*;
    use crate::model::ReportDraft;

    #[test]
    fn a_text_is_read_where_it_lies() {
        let draft = ReportDraft {
            id: ReportId::derive(None, "x"),
            url: Some("https://bao.example/1".into()),
            publisher: None,
            title: Some("Họp".into()),
            publish_date: "2024-05".parse().ok(),
            text: "Sáng nay phường họp.".into(),
        };
        let time = Timestamp(7);
        for delete_time in [None, Some(time)] {
            let report = Report {
                draft: draft.clone(),
                revision: Revision(3),
                create_time: time,
                update_time: time,
                delete_time,
            };
            let bytes = encode("reports", &report).expect("written");
            let stored: StoredText<'_> = decode("reports", &bytes).expect("read");
            assert_eq!((stored.draft.text, stored.delete_time), (draft.text.as_bytes(), delete_time));
        }
    }
}
