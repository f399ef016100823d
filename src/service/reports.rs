//! Reading reports.

use std::ops::ControlFlow;

use super::api::{Answer, Call, Entry, GetReport, LIST_PAGE, ListReports, Page, Texts, View};
use super::error::ServiceError;
use super::filters::{self, Filter, Scan};
use super::live::Service;
use super::token::{self, Fingerprint};
use crate::model::{Report, Revision};

impl Service {
    pub(super) async fn one_report(&self, call: &Call, request: GetReport) -> Answer<Report> {
        self.read(call, request.min_revision, move |snapshot| {
            let report = snapshot.report(&request.id)?.ok_or(ServiceError::ReportNotFound(request.id))?;
            Ok(in_view(report, request.view))
        })
        .await
    }

    pub(super) async fn page_of_reports(&self, call: &Call, request: ListReports) -> Answer<Page<Report>> {
        filters::only_order(&request.order_by, "update_time desc")?;
        let filter = Filter::parse(&request.filter, &filters::REPORT)?;
        let deleted = if request.show_deleted { "deleted" } else { "" };
        let fingerprint = Fingerprint::of("ListReports", &[&request.filter, deleted]);
        let before: Option<Revision> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let deadline = call.deadline;
        self.read(call, request.min_revision, move |snapshot| {
            let (mut entries, mut more, mut scan) = (Vec::new(), false, Scan::until(deadline));
            snapshot.visit_reports(before, |report| {
                if !scan.go_on() {
                    return ControlFlow::Break(());
                }
                let wanted = (request.show_deleted || report.delete_time.is_none()) && filter.accepts(&report);
                if wanted && entries.len() == size {
                    more = true;
                    return ControlFlow::Break(());
                }
                if wanted {
                    let cursor = token::encode(fingerprint, &report.revision);
                    entries.push(Entry { value: in_view(report, request.view), cursor });
                }
                ControlFlow::Continue(())
            })?;
            scan.finish()?;
            Ok(Page { entries, more, revision: snapshot.revision(), texts: Texts::new() })
        })
        .await
    }
}

fn in_view(mut report: Report, view: View) -> Report {
    if view == View::Basic {
        report.draft.text = String::new();
    }
    report
}
