//! [`Api`] as the live service answers it: each use case in the file of its noun.

use std::sync::Arc;

use async_trait::async_trait;

use super::api::{
    Answer, Api, Backup, BatchGetEntities, BatchGetMeetings, Call, Changes, CorrectMeeting, Curated, CuratedEntity,
    CuratedMeeting, DeleteReport, EntityBatch, Evidenced, ExtractMeeting, FigureHit, GetCorrection, GetEntity,
    GetMeeting, GetReport, IngestReport, Ingested, ItemHit, ListCorrections, ListEntities, ListMeetings, ListMentions,
    ListRelated, ListReports, ListTenures, Lookup, LookupEntities, Matcher, MeetingBatch, MeetingRecord, MergeEntities,
    OfficeTenure, Page, Rebuilding, Redirected, RelatedPage, RevertCorrection, Search, SearchPage, SearchSuggestions,
    ServiceStatus, SplitEntity, SuggestEntities, SuggestSearches, Suggestions, Uncurated, UndeleteReport, WatchChanges,
};
use super::live::Service;
use crate::model::{Entity, Meeting, MeetingSummary, Mention, Report, Revision};

#[async_trait]
impl Api for Service {
    async fn ingest(&self, call: &Call, request: IngestReport) -> Answer<Ingested> {
        self.keep(call, request).await
    }

    async fn extract(&self, _call: &Call, request: ExtractMeeting) -> Answer<Evidenced<Meeting>> {
        self.read_only(request).await
    }

    async fn get_report(&self, call: &Call, request: GetReport) -> Answer<Report> {
        self.one_report(call, request).await
    }

    async fn list_reports(&self, call: &Call, request: ListReports) -> Answer<Page<Report>> {
        self.page_of_reports(call, request).await
    }

    async fn delete_report(&self, _call: &Call, request: DeleteReport) -> Answer<Report> {
        self.take_back(request).await
    }

    async fn undelete_report(&self, call: &Call, request: UndeleteReport) -> Answer<Report> {
        self.bring_back(call, request).await
    }

    async fn get_meeting(&self, call: &Call, request: GetMeeting) -> Answer<Evidenced<Redirected<MeetingRecord>>> {
        self.one_meeting(call, request).await
    }

    async fn batch_get_meetings(&self, call: &Call, request: BatchGetMeetings) -> Answer<MeetingBatch> {
        self.several_meetings(call, request).await
    }

    async fn list_meetings(&self, call: &Call, request: ListMeetings) -> Answer<Page<MeetingRecord>> {
        self.page_of_meetings(call, request).await
    }

    async fn get_entity(&self, call: &Call, request: GetEntity) -> Answer<Evidenced<Redirected<Entity>>> {
        self.one_entity(call, request).await
    }

    async fn batch_get_entities(&self, call: &Call, request: BatchGetEntities) -> Answer<EntityBatch> {
        self.several_entities(call, request).await
    }

    async fn list_entities(&self, call: &Call, request: ListEntities) -> Answer<Page<Entity>> {
        self.page_of_entities(call, request).await
    }

    async fn lookup_entities(&self, call: &Call, request: LookupEntities) -> Answer<Lookup> {
        self.lookup(call, request).await
    }

    async fn matcher(&self, call: &Call, min_revision: Revision) -> Answer<Arc<dyn Matcher>> {
        self.snapshot_matcher(call, min_revision).await
    }

    async fn suggest_entities(&self, call: &Call, request: SuggestEntities) -> Answer<Suggestions> {
        self.suggest(call, request).await
    }

    async fn list_mentions(&self, call: &Call, request: ListMentions) -> Answer<Page<Mention>> {
        self.page_of_mentions(call, request).await
    }

    async fn list_tenures(&self, call: &Call, request: ListTenures) -> Answer<Page<OfficeTenure>> {
        self.page_of_tenures(call, request).await
    }

    async fn list_related(&self, call: &Call, request: ListRelated) -> Answer<RelatedPage> {
        self.page_of_related(call, request).await
    }

    async fn search_meetings(&self, call: &Call, request: Search) -> Answer<SearchPage<MeetingSummary>> {
        self.find_meetings(call, request).await
    }

    async fn search_items(&self, call: &Call, request: Search) -> Answer<SearchPage<ItemHit>> {
        self.find_items(call, request).await
    }

    async fn search_figures(&self, call: &Call, request: Search) -> Answer<SearchPage<FigureHit>> {
        self.find_figures(call, request).await
    }

    async fn suggest_searches(&self, call: &Call, request: SuggestSearches) -> Answer<SearchSuggestions> {
        self.suggest_for_search(call, request).await
    }

    async fn merge_entities(&self, call: &Call, request: MergeEntities) -> Answer<CuratedEntity> {
        self.merge(call, request).await
    }

    async fn split_entity(&self, call: &Call, request: SplitEntity) -> Answer<CuratedEntity> {
        self.split(call, request).await
    }

    async fn correct_meeting(&self, call: &Call, request: CorrectMeeting) -> Answer<CuratedMeeting> {
        self.correct_record(call, request).await
    }

    async fn get_correction(&self, call: &Call, request: GetCorrection) -> Answer<Curated> {
        self.one_correction(call, request).await
    }

    async fn list_corrections(&self, call: &Call, request: ListCorrections) -> Answer<Page<Curated>> {
        self.page_of_corrections(call, request).await
    }

    async fn revert_correction(&self, call: &Call, request: RevertCorrection) -> Answer<Uncurated> {
        self.take_correction_back(call, request).await
    }

    async fn watch_changes(&self, call: &Call, request: WatchChanges) -> Answer<Box<dyn Changes>> {
        self.watch(call, request).await
    }

    async fn backup(&self, _call: &Call) -> Answer<Backup> {
        self.copy_journal().await
    }

    async fn rebuild(&self, _call: &Call) -> Answer<Rebuilding> {
        self.rebuild_all()
    }

    async fn status(&self, _call: &Call) -> Answer<ServiceStatus> {
        Ok(self.stand())
    }
}
