//! Reports, and what became of those handed over.

use super::{meeting, revision, timestamp};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{MeetingId, Report};
use crate::service::api::{IngestOutcome, Ingested, Redirected, View, report_etag};

/// A report in a view.
pub(in crate::grpc) fn report(report: Report, view: View) -> pb::Report {
    let etag = report_etag(&report);
    let draft = report.draft;
    pb::Report {
        name: draft.id.name(),
        meeting: MeetingId::of_report(&draft.id).name(),
        url: draft.url.unwrap_or_default(),
        publisher: draft.publisher.unwrap_or_default(),
        title: draft.title.unwrap_or_default(),
        publish_date: draft.publish_date.map(|date| date.to_string()).unwrap_or_default(),
        text: if view == View::Full { draft.text } else { String::new() },
        revision: revision(report.revision),
        create_time: Some(timestamp(report.create_time)),
        update_time: Some(timestamp(report.update_time)),
        delete_time: report.delete_time.map(timestamp),
        etag,
    }
}

/// The answer to a single ingest.
pub(in crate::grpc) fn ingested(ingested: Ingested) -> pb::IngestReportResponse {
    let record = ingested.record.map(|record| {
        let reached = Redirected { value: record.value, from: None };
        meeting::record(reached, &Quotes::new(&record.texts))
    });
    pb::IngestReportResponse {
        report: Some(report(ingested.report, View::Basic)),
        revision: revision(ingested.revision),
        outcome: outcome(ingested.outcome).into(),
        meeting: ingested.meeting.name(),
        meeting_record: record,
    }
}

/// The answer to one report of a stream.
pub(in crate::grpc) fn ingested_in_stream(ingested: &Ingested) -> pb::IngestedReport {
    pb::IngestedReport {
        report: ingested.report.draft.id.name(),
        revision: revision(ingested.revision),
        outcome: outcome(ingested.outcome).into(),
        meeting: ingested.meeting.name(),
    }
}

fn outcome(outcome: IngestOutcome) -> pb::IngestOutcome {
    match outcome {
        IngestOutcome::Created => pb::IngestOutcome::Created,
        IngestOutcome::Updated => pb::IngestOutcome::Updated,
        IngestOutcome::Unchanged => pb::IngestOutcome::Unchanged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ReportDraft, ReportId, Revision, Timestamp};

    fn stored() -> Report {
        let draft = ReportDraft {
            id: ReportId::parse("r1").unwrap(),
            url: None,
            publisher: Some("Báo Mẫu".into()),
            title: None,
            publish_date: "2023-12".parse().ok(),
            text: "Sáng 5-8, phường họp.".into(),
        };
        Report { draft, revision: Revision(7), create_time: Timestamp(1), update_time: Timestamp(2), delete_time: None }
    }

    #[test]
    fn basic_view_leaves_the_text_out() {
        assert_eq!(report(stored(), View::Basic).text, "");
        assert_eq!(report(stored(), View::Full).text, "Sáng 5-8, phường họp.");
    }

    #[test]
    fn names_and_dates_are_texts() {
        let message = report(stored(), View::Basic);
        assert_eq!(message.name, "reports/r1");
        assert_eq!(message.publish_date, "2023-12");
        assert_eq!(message.url, "");
        assert_eq!(message.revision, 7);
        assert!(message.meeting.starts_with("meetings/m-"));
        assert!(message.delete_time.is_none());
    }
}
