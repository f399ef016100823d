//! What a transport may ask, and what it gets: one request and one answer per use case.
//!
//! Reads take `min_revision`: the answer stands at that revision of the journal or a later one, and the call waits for
//! it within its deadline. Writes answer with the revision they made.

mod backup;
mod changes;
mod curate;
mod rebuild;
mod who;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::draft::ReportInput;
use super::error::ServiceError;
use crate::model::{
    Candidate, Entity, EntityId, Evidence, LookupContext, Meeting, MeetingFigure, MeetingId, MeetingItem,
    MeetingSummary, Mention, Report, ReportId, Revision, Span, Timestamp,
};

pub use crate::projection::Counts;
pub use crate::search::filter::ValueKind;
pub use crate::search::{
    Catalogue, CatalogueField, Explained, ExplainedWord, FacetField, FoundBy, Link, MatchTier, Rewrite, Step, Total,
    Unit, catalogue,
};
pub use backup::Backup;
pub use changes::{Change, ChangeBatch, Changed, Changes, RecordId, WatchChanges, WatchFrom, WatchProgress};
pub use curate::{
    CorrectMeeting, Curated, CuratedEntity, CuratedMeeting, GetCorrection, ListCorrections, MergeEntities,
    RevertCorrection, Said, SplitEntity, Uncurated, meeting_etag,
};
pub use rebuild::{Rebuild, RebuildProgress, RebuildState, Rebuilding};
pub use who::{
    BatchGetEntities, EntityBatch, EntitySuggestion, Holding, ListRelated, ListTenures, Matcher, OfficeTenure,
    RelatedEntity, RelatedPage, RelationKind, SearchSuggestion, SearchSuggestions, Sightings, SuggestEntities,
    SuggestSearches, Suggested, Suggestions,
};

/// What every use case answers with.
pub type Answer<T> = Result<T, ServiceError>;

/// Everything bienban does for its callers. Implementations are shared between all calls.
///
/// Dropping the future of a read ends its work; a write that was handed to the journal is kept all the same.
#[async_trait]
pub trait Api: Send + Sync + 'static {
    /// Keeps a report, or says what is wrong with it. Synced to the journal when this returns.
    async fn ingest(&self, call: &Call, request: IngestReport) -> Answer<Ingested>;
    /// Reads a report and keeps nothing.
    async fn extract(&self, call: &Call, request: ExtractMeeting) -> Answer<Evidenced<Meeting>>;
    /// One report; a deleted one too.
    async fn get_report(&self, call: &Call, request: GetReport) -> Answer<Report>;
    /// Reports, page by page.
    async fn list_reports(&self, call: &Call, request: ListReports) -> Answer<Page<Report>>;
    /// Deletes a report. Deleting a deleted one changes nothing and answers it as it stands.
    async fn delete_report(&self, call: &Call, request: DeleteReport) -> Answer<Report>;
    /// Brings a deleted report back. One that is not deleted stays as it is and is answered.
    async fn undelete_report(&self, call: &Call, request: UndeleteReport) -> Answer<Report>;
    /// One meeting, also by an id that leads to it.
    async fn get_meeting(&self, call: &Call, request: GetMeeting) -> Answer<Evidenced<Redirected<MeetingRecord>>>;
    /// Several meetings at one revision, in the order asked; all of them or an error.
    async fn batch_get_meetings(&self, call: &Call, request: BatchGetMeetings) -> Answer<MeetingBatch>;
    /// Meetings, page by page.
    async fn list_meetings(&self, call: &Call, request: ListMeetings) -> Answer<Page<MeetingRecord>>;
    /// One entity, also by an id that leads to it.
    async fn get_entity(&self, call: &Call, request: GetEntity) -> Answer<Evidenced<Redirected<Entity>>>;
    /// Several entities at one revision, in the order asked; all of them or an error.
    async fn batch_get_entities(&self, call: &Call, request: BatchGetEntities) -> Answer<EntityBatch>;
    /// Entities, page by page.
    async fn list_entities(&self, call: &Call, request: ListEntities) -> Answer<Page<Entity>>;
    /// Whom words mean, best candidate first.
    async fn lookup_entities(&self, call: &Call, request: LookupEntities) -> Answer<Lookup>;
    /// Looks up rows of a table, all in one snapshot at this revision or a later one.
    async fn matcher(&self, call: &Call, min_revision: Revision) -> Answer<Arc<dyn Matcher>>;
    /// What a name may become that is being typed.
    async fn suggest_entities(&self, call: &Call, request: SuggestEntities) -> Answer<Suggestions>;
    /// Where an entity is mentioned, page by page.
    async fn list_mentions(&self, call: &Call, request: ListMentions) -> Answer<Page<Mention>>;
    /// Who was seen in which office, page by page.
    async fn list_tenures(&self, call: &Call, request: ListTenures) -> Answer<Page<OfficeTenure>>;
    /// Who and what is named together with an entity, page by page.
    async fn list_related(&self, call: &Call, request: ListRelated) -> Answer<RelatedPage>;
    /// Meetings that fit a query.
    async fn search_meetings(&self, call: &Call, request: Search) -> Answer<SearchPage<MeetingSummary>>;
    /// Things said and decided that fit a query.
    async fn search_items(&self, call: &Call, request: Search) -> Answer<SearchPage<ItemHit>>;
    /// Quantities that fit a query.
    async fn search_figures(&self, call: &Call, request: Search) -> Answer<SearchPage<FigureHit>>;
    /// What a search may become that is being typed.
    async fn suggest_searches(&self, call: &Call, request: SuggestSearches) -> Answer<SearchSuggestions>;
    /// Says that two entities are one. Shown by answers when this returns.
    async fn merge_entities(&self, call: &Call, request: MergeEntities) -> Answer<CuratedEntity>;
    /// Says that some mentions of an entity are of another one.
    async fn split_entity(&self, call: &Call, request: SplitEntity) -> Answer<CuratedEntity>;
    /// Says what is right in a meeting's record.
    async fn correct_meeting(&self, call: &Call, request: CorrectMeeting) -> Answer<CuratedMeeting>;
    /// One correction.
    async fn get_correction(&self, call: &Call, request: GetCorrection) -> Answer<Curated>;
    /// Corrections, page by page.
    async fn list_corrections(&self, call: &Call, request: ListCorrections) -> Answer<Page<Curated>>;
    /// Takes a correction back. One that was taken back stays so and is answered.
    async fn revert_correction(&self, call: &Call, request: RevertCorrection) -> Answer<Uncurated>;
    /// Changes of meetings and entities from a revision on.
    async fn watch_changes(&self, call: &Call, request: WatchChanges) -> Answer<Box<dyn Changes>>;
    /// A copy of the journal as it stands now.
    async fn backup(&self, call: &Call) -> Answer<Backup>;
    /// Derives everything anew from the journal while answers go on, unless that is under way.
    async fn rebuild(&self, call: &Call) -> Answer<Rebuilding>;
    /// How the service stands. Answers at once, also while it is not ready.
    async fn status(&self, call: &Call) -> Answer<ServiceStatus>;
}

/// What is known of a call beside its request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Call {
    /// When the caller stops waiting; `None` where it waits for ever.
    pub deadline: Option<Instant>,
    /// True for a report of a stream: wait for room in a full queue, since the stream slows its sender down, where a
    /// single call would be refused with [`ServiceError::Overloaded`].
    pub wait_for_room: bool,
}

/// How much of a record is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// What a list shows.
    #[default]
    Basic,
    /// Everything, with evidence.
    Full,
}

// --- pages ---------------------------------------------------------------------------------------------------------

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRequest {
    /// Most entries wanted; 0 where the caller does not care.
    pub size: u32,
    /// Where the page before ended; empty for the first page. Made by the service and opaque to everybody else.
    pub token: String,
}

/// Bounds of page sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    /// Where the caller names none.
    pub default: u32,
    /// Larger wishes are cut to this.
    pub max: u32,
}

/// Page sizes of lists.
pub const LIST_PAGE: PageSizes = PageSizes { default: 50, max: 500 };
/// Page sizes of searches.
pub const SEARCH_PAGE: PageSizes = PageSizes { default: 10, max: 100 };
/// Number of candidates of a lookup.
pub const LOOKUP_CANDIDATES: PageSizes = PageSizes { default: 10, max: 50 };
/// Number of candidates of a row of a table, where the caller names none.
pub const MATCH_CANDIDATES: u32 = 3;
/// Most names in one batch.
pub const BATCH_MAX: usize = 100;

impl PageSizes {
    /// The size to use for a wish.
    #[must_use]
    pub fn clamp(self, wish: u32) -> usize {
        (if wish == 0 { self.default } else { wish.min(self.max) }) as usize
    }
}

/// One page. The transport may cut it short where it would grow too large in bytes: each entry has its own cursor.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The entries.
    pub entries: Vec<Entry<T>>,
    /// True if more follow the last entry.
    pub more: bool,
    /// The snapshot that the page was read from.
    pub revision: Revision,
    /// Texts of the reports that the entries' evidence points into; left out where the view has no evidence.
    pub texts: Texts,
}

/// One entry of a page.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// The entry.
    pub value: T,
    /// The page token that goes on after it.
    pub cursor: String,
}

// --- evidence ------------------------------------------------------------------------------------------------------

/// Stored texts of reports, from which quotes are cut. Where one is missing (deleted meanwhile), quotes are empty.
pub type Texts = HashMap<ReportId, Arc<str>>;

/// A value with the texts that its evidence points into; none where the view has no evidence.
#[derive(Debug, Clone)]
pub struct Evidenced<T> {
    /// The value.
    pub value: T,
    /// The texts.
    pub texts: Texts,
}

/// A thing that may have been reached by an id that leads to it.
#[derive(Debug, Clone)]
pub struct Redirected<T> {
    /// The thing, under its own id.
    pub value: T,
    /// The id asked for, where it is another than the thing's own.
    pub from: Option<String>,
}

// --- reports -------------------------------------------------------------------------------------------------------

/// Asks to keep a report.
#[derive(Debug, Clone, Default)]
pub struct IngestReport {
    /// The report as the caller wrote it.
    pub report: ReportInput,
    /// Makes the request safe to repeat; empty for none.
    pub request_id: String,
    /// The etag that the stored report must have; empty for any.
    pub etag: String,
    /// Check everything, keep nothing.
    pub validate_only: bool,
    /// Answer with the meeting record in this view too, once it stands at the new revision.
    pub view: Option<View>,
}

/// What became of a report handed over.
#[derive(Debug, Clone)]
pub struct Ingested {
    /// The report as stored (or, when only validated, as it would be, with revision 0).
    pub report: Report,
    /// Revision of the journal entry that carries it.
    pub revision: Revision,
    /// What was done.
    pub outcome: IngestOutcome,
    /// The meeting it tells of.
    pub meeting: MeetingId,
    /// The meeting's record, where asked for and reached within the deadline.
    pub record: Option<Evidenced<MeetingRecord>>,
}

/// What an ingest did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IngestOutcome {
    /// The report is new, or came back after its deletion.
    Created,
    /// The content differs from the stored one and replaced it.
    Updated,
    /// The same content was stored already; nothing was written.
    Unchanged,
}

/// Asks what would be read out of a report.
#[derive(Debug, Clone, Default)]
pub struct ExtractMeeting {
    /// The report as the caller wrote it.
    pub report: ReportInput,
}

/// Asks for one report.
#[derive(Debug, Clone)]
pub struct GetReport {
    /// Which.
    pub id: ReportId,
    /// At least this revision.
    pub min_revision: Revision,
    /// Without the text, or with it. In `Basic` the answer's text may be left empty.
    pub view: View,
}

/// Asks for reports.
#[derive(Debug, Clone)]
pub struct ListReports {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest change first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// Without the text, or with it. In `Basic` the answers' texts may be left empty.
    pub view: View,
    /// Deleted ones too.
    pub show_deleted: bool,
}

/// Asks to delete a report.
#[derive(Debug, Clone)]
pub struct DeleteReport {
    /// Which.
    pub id: ReportId,
    /// The etag that it must have; empty for any.
    pub etag: String,
}

/// Asks to bring a deleted report back.
#[derive(Debug, Clone)]
pub struct UndeleteReport {
    /// Which.
    pub id: ReportId,
    /// The etag that the deleted report must have; empty for any.
    pub etag: String,
    /// Makes the request safe to repeat; empty for none.
    pub request_id: String,
}

/// The etag of a report at a revision of its content.
#[must_use]
pub fn report_etag(report: &Report) -> String {
    format!("\"r{}\"", report.revision.0)
}

// --- meetings ------------------------------------------------------------------------------------------------------

/// A meeting in the view asked for.
#[derive(Debug, Clone)]
pub enum MeetingRecord {
    /// What a list shows.
    Basic(Box<MeetingSummary>),
    /// Everything.
    Full(Box<Meeting>),
}

/// Asks for one meeting.
#[derive(Debug, Clone)]
pub struct GetMeeting {
    /// Which.
    pub id: MeetingId,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks for several meetings; at most [`BATCH_MAX`].
#[derive(Debug, Clone)]
pub struct BatchGetMeetings {
    /// Which.
    pub ids: Vec<MeetingId>,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Several meetings.
#[derive(Debug, Clone)]
pub struct MeetingBatch {
    /// In the order asked.
    pub meetings: Vec<Redirected<MeetingRecord>>,
    /// The snapshot they were read from.
    pub revision: Revision,
    /// Texts of the reports behind them.
    pub texts: Texts,
}

/// Asks for meetings.
#[derive(Debug, Clone)]
pub struct ListMeetings {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest date first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

// --- entities ------------------------------------------------------------------------------------------------------

/// Asks for one entity.
#[derive(Debug, Clone)]
pub struct GetEntity {
    /// Which.
    pub id: EntityId,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks for entities.
#[derive(Debug, Clone)]
pub struct ListEntities {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for most mentioned first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks whom or what words mean.
#[derive(Debug, Clone, Default)]
pub struct LookupEntities {
    /// The words, as somebody wrote them.
    pub query: String,
    /// What the caller knows beside them.
    pub context: LookupContext,
    /// Most candidates wanted; 0 where the caller does not care. See [`LOOKUP_CANDIDATES`].
    pub max_candidates: u32,
    /// At least this revision.
    pub min_revision: Revision,
}

/// Whom or what words may mean.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// How the words were read.
    pub interpretation: Interpretation,
    /// The snapshot it was answered from.
    pub revision: Revision,
}

/// How the words of a lookup were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interpretation {
    /// The words after normalisation, abbreviations spelt out.
    pub normalized: String,
    /// What each part was taken for, in English: `honorific "ông"`, `given name "Nghị"`.
    pub readings: Vec<String>,
}

/// Asks where an entity is mentioned.
#[derive(Debug, Clone)]
pub struct ListMentions {
    /// Whose mentions.
    pub entity: EntityId,
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest meeting first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
}

// --- search --------------------------------------------------------------------------------------------------------

/// Asks for what fits a query.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words as people type them; empty for everything that passes the filter.
    pub query: String,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for best match first.
    pub order_by: String,
    /// Which page.
    pub page: PageRequest,
    /// At least this revision.
    pub min_revision: Revision,
    /// What to count the hits by.
    pub facets: Vec<FacetField>,
    /// The loosest tier wanted; `None` for all.
    pub loosest_tier: Option<MatchTier>,
    /// No snippets wanted.
    pub omit_snippets: bool,
    /// Why each hit is one is wanted.
    pub explain: bool,
}

/// One page of hits.
#[derive(Debug, Clone)]
pub struct SearchPage<T> {
    /// The hits.
    pub page: Page<Hit<T>>,
    /// How many there are on all pages.
    pub total: Total,
    /// The counts asked for, in the order asked.
    pub facets: Vec<Facet>,
    /// What was ignored, in English: an unbalanced quote.
    pub warnings: Vec<String>,
    /// Short forms that were spelt out, and names that were looked for under others too.
    pub rewrites: Vec<Rewrite>,
    /// The query with near words for those that nothing has; empty where there are none.
    pub suggested_query: String,
}

/// One hit.
#[derive(Debug, Clone)]
pub struct Hit<T> {
    /// What fits.
    pub value: T,
    /// How well, comparable within one answer only.
    pub score: f64,
    /// How closely its words equal the query's.
    /// `None` where the query has no words.
    pub tier: Option<MatchTier>,
    /// Why it is a hit, where asked.
    pub explained: Option<Explained>,
    /// Where it fits, with words of the text.
    pub snippet: Option<Snippet>,
}

/// Words around a match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The words.
    pub text: String,
    /// What to mark in them, in order, without overlap.
    pub highlights: Vec<Highlight>,
}

/// One marked range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The range in the snippet.
    pub span: Span,
    /// The same words in a stored text, where they stand there.
    pub evidence: Option<Evidence>,
}

/// Hits counted by one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Most frequent first (years, quarters and months: latest first).
    pub values: Vec<FacetValue>,
    /// True if every hit was counted.
    pub exact: bool,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as a filter takes it.
    pub value: String,
    /// What to show.
    pub display_name: String,
    /// In how many hits.
    pub count: u64,
}

/// One thing said or decided, with its meeting.
#[derive(Debug, Clone)]
pub struct ItemHit {
    /// The meeting.
    pub meeting: MeetingSummary,
    /// The item.
    pub item: MeetingItem,
}

/// One quantity, with its meeting.
#[derive(Debug, Clone)]
pub struct FigureHit {
    /// The meeting.
    pub meeting: MeetingSummary,
    /// The figure.
    pub figure: MeetingFigure,
}

// --- status --------------------------------------------------------------------------------------------------------

/// How the service stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServiceStatus {
    /// True once answers have caught up with the journal as it stood at the start.
    pub ready: bool,
    /// The journal's last revision.
    pub head: Revision,
    /// The revision that answers stand at.
    pub projected: Revision,
    /// How long the oldest entry that answers lack has waited; zero where they lack none.
    pub lag: Duration,
    /// Version of the program.
    pub version: String,
    /// Version of the extractor.
    pub extractor_version: u32,
    /// Version of the stored records, registry and index.
    pub schema_version: u32,
    /// When this process started.
    pub start_time: Timestamp,
    /// How many of what there are.
    pub counts: Counts,
    /// The last rebuild that was asked for since this process started.
    pub rebuild: Option<RebuildProgress>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_sizes_are_bounded() {
        assert_eq!(LIST_PAGE.clamp(0), 50);
        assert_eq!(LIST_PAGE.clamp(7), 7);
        assert_eq!(LIST_PAGE.clamp(u32::MAX), 500);
    }
}
