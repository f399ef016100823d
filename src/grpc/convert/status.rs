//! How the service stands.

use super::{count, offset, revision, timestamp};
use crate::grpc::generated::pb;
use crate::service::api::{Counts, RebuildProgress, RebuildState, ServiceStatus};

/// The answer of GetStatus.
pub(in crate::grpc) fn status(status: ServiceStatus) -> pb::GetStatusResponse {
    pb::GetStatusResponse {
        ready: status.ready,
        journal_revision: revision(status.head),
        projected_revision: revision(status.projected),
        lag_revisions: count(status.head.0.saturating_sub(status.projected.0)),
        // A lag beyond what the wire can carry is no lag anybody measured.
        lag: Some(status.lag.try_into().unwrap_or_default()),
        version: status.version,
        extractor_version: offset(status.extractor_version),
        schema_version: offset(status.schema_version),
        start_time: Some(timestamp(status.start_time)),
        counts: Some(counts(status.counts)),
        rebuild: status.rebuild.map(rebuild),
    }
}

/// How a rebuild stands.
pub(in crate::grpc) fn rebuild(RebuildProgress { rebuild, head }: RebuildProgress) -> pb::Rebuild {
    let state = match rebuild.state {
        RebuildState::Running => pb::RebuildState::Running,
        RebuildState::Done => pb::RebuildState::Done,
        RebuildState::Failed => pb::RebuildState::Failed,
    };
    pb::Rebuild {
        state: state.into(),
        start_time: Some(timestamp(rebuild.start_time)),
        revision: revision(rebuild.revision),
        journal_revision: revision(head),
    }
}

fn counts(counts: Counts) -> pb::StatusCounts {
    pb::StatusCounts {
        reports: count(counts.reports),
        deleted_reports: count(counts.deleted_reports),
        meetings: count(counts.meetings),
        items: count(counts.items),
        figures: count(counts.figures),
        people: count(counts.people),
        organizations: count(counts.organizations),
        places: count(counts.places),
        legal_documents: count(counts.legal_documents),
        mentions: count(counts.mentions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Revision;
    use std::time::Duration;

    #[test]
    fn lag_is_the_distance_to_the_head() {
        let stands = ServiceStatus {
            head: Revision(9),
            projected: Revision(7),
            lag: Duration::from_millis(1500),
            ..Default::default()
        };
        let message = status(stands);
        assert_eq!(message.lag_revisions, 2);
        assert_eq!(message.lag.unwrap().nanos, 500_000_000);
    }
}
