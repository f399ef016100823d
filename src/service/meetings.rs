//! Reading meetings.

use super::api::{
    Answer, BatchGetMeetings, Call, Entry, Evidenced, GetMeeting, LIST_PAGE, ListMeetings, MeetingBatch, MeetingRecord,
    Page, Redirected, Texts, View,
};
use super::error::ServiceError;
use super::filters::led;
use super::live::{Service, texts};
use super::token::{self, Fingerprint};
use crate::model::MeetingId;
use crate::projection::Snapshot;
use crate::search::{Cursor, SearchRequest, Unit};

impl Service {
    pub(super) async fn one_meeting(
        &self,
        call: &Call,
        request: GetMeeting,
    ) -> Answer<Evidenced<Redirected<MeetingRecord>>> {
        self.read(call, request.min_revision, move |snapshot| {
            let (value, texts) = record(snapshot, &request.id, request.view)?;
            Ok(Evidenced { value, texts })
        })
        .await
    }

    pub(super) async fn several_meetings(&self, call: &Call, request: BatchGetMeetings) -> Answer<MeetingBatch> {
        self.read(call, request.min_revision, move |snapshot| {
            let mut texts = Texts::new();
            let mut meetings = Vec::with_capacity(request.ids.len());
            for id in &request.ids {
                let (meeting, its_texts) = record(snapshot, id, request.view)?;
                texts.extend(its_texts);
                meetings.push(meeting);
            }
            Ok(MeetingBatch { meetings, revision: snapshot.revision(), texts })
        })
        .await
    }

    /// A list of meetings is a search without words: the index knows every field and every order.
    pub(super) async fn page_of_meetings(&self, call: &Call, request: ListMeetings) -> Answer<Page<MeetingRecord>> {
        let fingerprint = Fingerprint::of("ListMeetings", &[&request.filter, &request.order_by]);
        let cursor: Option<Cursor> = token::decode(fingerprint, &request.page.token)?;
        let deadline = call.deadline;
        self.read(call, request.min_revision, move |snapshot| {
            let filter = led(&request.filter, snapshot)?;
            let asked = SearchRequest {
                filter: &filter,
                order_by: if request.order_by.trim().is_empty() { "date desc" } else { &request.order_by },
                page_size: LIST_PAGE.clamp(request.page.size),
                cursor: cursor.as_ref(),
                deadline,
                ..SearchRequest::default()
            };
            let results = snapshot.searcher().search(Unit::Meeting, &asked)?;
            let mut page =
                Page { entries: Vec::new(), more: results.more, revision: snapshot.revision(), texts: Texts::new() };
            for hit in results.hits {
                let (meeting, its_texts) = record(snapshot, &hit.meeting, request.view)?;
                page.texts.extend(its_texts);
                page.entries.push(Entry { value: meeting.value, cursor: token::encode(fingerprint, &hit.cursor) });
            }
            Ok(page)
        })
        .await
    }
}

/// A meeting in a view, with the texts its evidence points into.
pub(super) fn record(snapshot: &Snapshot, id: &MeetingId, view: View) -> Answer<(Redirected<MeetingRecord>, Texts)> {
    let not_found = || ServiceError::MeetingNotFound(id.clone());
    let redirected = |found: &MeetingId| (found != id).then(|| id.name());
    match view {
        View::Basic => {
            let summary = snapshot.summary(id)?.ok_or_else(not_found)?;
            let from = redirected(&summary.id);
            Ok((Redirected { value: MeetingRecord::Basic(Box::new(summary)), from }, Texts::new()))
        }
        View::Full => {
            let meeting = snapshot.meeting(id)?.ok_or_else(not_found)?;
            let texts = texts(snapshot, meeting.reports.iter().map(|told| &told.report))?;
            let from = redirected(&meeting.id);
            Ok((Redirected { value: MeetingRecord::Full(Box::new(meeting)), from }, texts))
        }
    }
}
