//! How the service stands.

use std::time::Duration;

use super::api::{RebuildProgress, ServiceStatus};
use super::live::{Service, now};
use crate::projection::SCHEMA_VERSION;

impl Service {
    pub(super) fn stand(&self) -> ServiceStatus {
        let status = *self.projection.watch().borrow();
        let snapshot = self.projection.snapshot();
        let head = self.journal.head();
        ServiceStatus {
            ready: status.caught_up,
            head,
            projected: snapshot.revision(),
            lag: status
                .behind_since
                .map_or(Duration::ZERO, |since| Duration::from_micros(u64::try_from(now().0 - since.0).unwrap_or(0))),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            extractor_version: crate::extract::VERSION,
            schema_version: SCHEMA_VERSION,
            start_time: self.start_time,
            counts: snapshot.counts(),
            rebuild: self.projection.last_rebuild().map(|rebuild| RebuildProgress { rebuild, head }),
        }
    }
}
