//! Handing over and taking back reports, and the preview of what would be read.

use super::api::{
    Answer, Call, DeleteReport, Evidenced, ExtractMeeting, IngestOutcome, IngestReport, Ingested, MeetingRecord,
    UndeleteReport, View,
};
use super::audit;
use super::draft::{ReportInput, check, check_request_id};
use super::error::{ServiceError, Violation, ViolationReason};
use super::live::{Service, now};
use super::working::blocking;
use crate::journal::{Appended, IncomingReport, JournalError, Outcome, Write};
use crate::model::{Meeting, MeetingId, Report, ReportDraft, ReportId, Revision, Timestamp};
use crate::projection::{Snapshot, preview};

impl Service {
    pub(super) async fn keep(&self, call: &Call, request: IngestReport) -> Answer<Ingested> {
        let IngestReport { report, request_id, etag, validate_only, view } = request;
        let id_given = !report.id.is_empty();
        let (draft, expected) = self.checked(report, &request_id, &etag)?;
        if validate_only {
            return Ok(validated(draft));
        }
        let incoming = IncomingReport { id: id_given.then(|| draft.id.clone()), ..IncomingReport::from(draft.clone()) };
        let write = Write::PutReport { report: incoming, request_id: given(request_id), expected };
        let appended = self.append(call, write).await?;
        audit::written("ingest_report", &appended.report.as_ref().unwrap_or(&draft.id).name(), &appended);
        let draft = ReportDraft { id: appended.report.clone().unwrap_or(draft.id), ..draft };
        let meeting = MeetingId::of_report(&draft.id);
        let record = match view {
            Some(view) => self.record(call, &meeting, appended.revision, view).await?,
            None => None,
        };
        let snapshot = self.projection.snapshot();
        let (revision, outcome) = (appended.revision, outcome(appended.outcome));
        let report = blocking(move || stored(&snapshot, draft, &appended)).await?;
        Ok(Ingested { report, revision, outcome, meeting, record })
    }

    /// Appends; where the call is willing to wait for room, tries again each time waiting writes were answered.
    async fn append(&self, call: &Call, write: Write) -> Answer<Appended> {
        let mut queue = self.journal.watch_queue();
        loop {
            // Seen before the attempt, so that what happens during it is not missed.
            queue.borrow_and_update();
            match self.journal.append(write.clone()).await {
                Err(JournalError::Overloaded) if call.wait_for_room => {}
                outcome => return outcome.map_err(|error| self.refused(error)),
            }
            let moved = match call.deadline {
                Some(deadline) => tokio::time::timeout_at(deadline.into(), queue.changed()).await,
                None => Ok(queue.changed().await),
            };
            match moved {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return Err(self.refused(JournalError::Closed)),
                Err(_) => return Err(ServiceError::DeadlineExceeded),
            }
        }
    }

    /// The draft and the revision the caller expects the stored report to be at, or everything that is wrong.
    fn checked(&self, input: ReportInput, request_id: &str, etag: &str) -> Answer<(ReportDraft, Option<Revision>)> {
        let mut faults: Vec<Violation> = check_request_id(request_id).into_iter().collect();
        let expected = parse_etag(etag).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        match check(input, self.limits.max_text_bytes) {
            Ok(draft) if faults.is_empty() => Ok((draft, expected)),
            Ok(_) => Err(ServiceError::Invalid(faults)),
            Err(more) => {
                faults.extend(more);
                Err(ServiceError::Invalid(faults))
            }
        }
    }

    /// The meeting's record once it stands at the revision; `None` where the deadline passes first: the report is kept all the same.
    async fn record(
        &self,
        call: &Call,
        id: &MeetingId,
        revision: Revision,
        view: View,
    ) -> Answer<Option<Evidenced<MeetingRecord>>> {
        let id = id.clone();
        let found = self.read(call, revision, move |snapshot| super::meetings::record(snapshot, &id, view)).await;
        match found {
            Ok((record, texts)) => Ok(Some(Evidenced { value: record.value, texts })),
            Err(
                ServiceError::RevisionNotReached { .. }
                | ServiceError::MeetingNotFound(_)
                | ServiceError::NotReady { .. },
            ) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn take_back(&self, request: DeleteReport) -> Answer<Report> {
        let expected = parse_etag(&request.etag).map_err(|fault| ServiceError::Invalid(vec![fault]))?;
        let write = Write::DeleteReport { id: request.id.clone(), request_id: None, expected };
        let appended = match self.journal.append(write).await {
            Ok(appended) => appended,
            Err(JournalError::NotFound { .. }) => return self.deleted_already(request.id).await,
            Err(error) => return Err(self.refused(error)),
        };
        audit::written("delete_report", &request.id.name(), &appended);
        let snapshot = self.projection.snapshot();
        let id = request.id.clone();
        let report = blocking(move || Ok(snapshot.report(&request.id)?)).await?;
        let time = appended.time;
        Ok(match report {
            Some(report) => {
                Report { revision: appended.revision, update_time: time, delete_time: Some(time), ..report }
            }
            // Deleted before it was ever read: only its envelope is known here.
            None => {
                let draft = ReportDraft {
                    id,
                    url: None,
                    publisher: None,
                    title: None,
                    publish_date: None,
                    text: String::new(),
                };
                Report {
                    draft,
                    revision: appended.revision,
                    create_time: time,
                    update_time: time,
                    delete_time: Some(time),
                }
            }
        })
    }

    pub(super) async fn bring_back(&self, call: &Call, request: UndeleteReport) -> Answer<Report> {
        let mut faults: Vec<Violation> = check_request_id(&request.request_id).into_iter().collect();
        let expected = parse_etag(&request.etag).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        if !faults.is_empty() {
            return Err(ServiceError::Invalid(faults));
        }
        let id = request.id;
        let write = Write::UndeleteReport { id: id.clone(), request_id: given(request.request_id), expected };
        let appended = self.append(call, write).await?;
        audit::written("undelete_report", &id.name(), &appended);
        // Its content is known from the records, so the answer waits for them.
        self.read(call, appended.revision, move |snapshot| {
            snapshot.report(&id)?.ok_or(ServiceError::ReportNotFound(id))
        })
        .await
    }

    /// Deleting a deleted report answers it as it stands; one that was never stored is not found.
    async fn deleted_already(&self, id: ReportId) -> Answer<Report> {
        let head = self.journal.head();
        self.read(&Call::default(), head, move |snapshot| snapshot.report(&id)?.ok_or(ServiceError::ReportNotFound(id)))
            .await
    }

    pub(super) async fn read_only(&self, request: ExtractMeeting) -> Answer<Evidenced<Meeting>> {
        let draft = check(request.report, self.limits.max_text_bytes).map_err(ServiceError::Invalid)?;
        let extractor = self.extractor.clone();
        let naming = self.projection.naming().clone();
        self.work(move || {
            let report = unstored(draft);
            let id = report.draft.id.clone();
            let text = report.draft.text.clone();
            let meeting = preview(&extractor, &naming, &report)
                .ok_or_else(|| ServiceError::Internal("a report tells of one meeting".into()))?;
            Ok(Evidenced { value: meeting, texts: [(id, text.into())].into() })
        })
        .await
    }
}

fn outcome(outcome: Outcome) -> IngestOutcome {
    match outcome {
        Outcome::Created => IngestOutcome::Created,
        Outcome::Updated => IngestOutcome::Updated,
        Outcome::Unchanged
        | Outcome::Replayed
        | Outcome::Deleted
        | Outcome::Undeleted
        | Outcome::Corrected
        | Outcome::Reverted => IngestOutcome::Unchanged,
    }
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The etag of a report whose content stands at a revision; see [`super::api::report_etag`].
pub(super) fn etag(revision: Revision) -> String {
    format!("\"r{}\"", revision.0)
}

/// The revision that an etag stands for.
pub(super) fn parse_etag(etag: &str) -> Result<Option<Revision>, Violation> {
    if etag.is_empty() {
        return Ok(None);
    }
    let number = etag.trim_matches('"').strip_prefix('r').and_then(|digits| digits.parse().ok());
    let fault = || {
        Violation::new(
            "etag",
            ViolationReason::InvalidField,
            "is not an etag of a report; take it from the report as read",
        )
    };
    number.map(|number| Some(Revision(number))).ok_or_else(fault)
}

fn unstored(draft: ReportDraft) -> Report {
    Report { draft, revision: Revision(0), create_time: Timestamp(0), update_time: Timestamp(0), delete_time: None }
}

fn validated(draft: ReportDraft) -> Ingested {
    let meeting = MeetingId::of_report(&draft.id);
    let time = now();
    let report = Report { create_time: time, update_time: time, ..unstored(draft) };
    Ingested { report, revision: Revision(0), outcome: IngestOutcome::Unchanged, meeting, record: None }
}

/// The report as the journal has it now; its first arrival is known once it was derived.
fn stored(snapshot: &Snapshot, draft: ReportDraft, appended: &Appended) -> Answer<Report> {
    let known = snapshot.report(&draft.id)?.filter(|report| report.delete_time.is_none());
    let create_time = match (&known, appended.outcome) {
        (Some(report), Outcome::Updated | Outcome::Unchanged | Outcome::Replayed) => report.create_time,
        _ => appended.time,
    };
    Ok(Report { draft, revision: appended.revision, create_time, update_time: appended.time, delete_time: None })
}

#[cfg(test)]
mod tests {
    use super::super::api::report_etag;
    use super::*;

    #[test]
    fn etags_round_trip() {
        let report = Report {
            revision: Revision(42),
            ..unstored(check(ReportInput { text: "x".into(), ..ReportInput::default() }, 9).unwrap())
        };
        assert_eq!(parse_etag(&report_etag(&report)), Ok(Some(Revision(42))));
        assert_eq!(parse_etag(""), Ok(None));
        for bad in ["r", "42", "\"x1\"", "r-1"] {
            assert!(parse_etag(bad).is_err(), "{bad}");
        }
    }
}
