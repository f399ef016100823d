//! What a transport may ask, and what it gets: one request and one answer per use case.
//!
//! Reads take `min_revision`: the answer stands at that revision of the journal or a later one, and the call waits for
//! it within its deadline. Writes answer with the revision they made.

mod backup;
mod changes;
mod curate;
mod pages;
mod rebuild;
mod records;
mod reports;
mod searches;
mod who;

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::error::ServiceError;
use crate::model::{Entity, Meeting, MeetingSummary, Mention, Report, Revision, Timestamp};

pub use crate::projection::Counts;
pub use crate::search::filter::ValueKind;
pub use crate::search::{
    Catalogue, CatalogueField, Explained, ExplainedWord, FacetField, FoundBy, Link, MatchTier, Rewrite, Step, Total,
    Unit, catalogue,
};
pub use backup::Backup;
pub use changes::{Change, ChangeBatch, Changed, Changes, RecordId, WatchChanges, WatchFrom, WatchProgress};
pub use curate::{
    CorrectMeeting, Curated, CuratedEntity, CuratedMeeting, FigureCorrection, GetCorrection, ItemCorrection,
    ListCorrections, MergeEntities, RevertCorrection, Said, SplitEntity, Uncurated, meeting_etag,
};
pub use pages::{
    BATCH_MAX, Entry, Evidenced, LIST_PAGE, LOOKUP_CANDIDATES, MATCH_CANDIDATES, Page, PageRequest, PageSizes,
    Redirected, SEARCH_PAGE, Texts,
};
pub use rebuild::{Rebuild, RebuildProgress, RebuildState, Rebuilding};
pub use records::{
    BatchGetMeetings, GetEntity, GetMeeting, Interpretation, ListEntities, ListMeetings, ListMentions, Lookup,
    LookupEntities, MeetingBatch, MeetingRecord,
};
pub use reports::{
    DeleteReport, ExtractMeeting, GetReport, IngestOutcome, IngestReport, Ingested, ListReports, UndeleteReport,
    report_etag,
};
pub use searches::{Facet, FacetValue, FigureHit, Highlight, Hit, ItemHit, Search, SearchPage, Snippet};
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
    /// The last rebuild since this process started, asked for or begun by itself.
    pub rebuild: Option<RebuildProgress>,
}
