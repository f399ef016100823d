//! Deriving everything anew while answers go on.

use super::api::{Answer, Rebuilding};
use super::audit;
use super::error::ServiceError;
use super::live::{Service, now};

impl Service {
    pub(super) fn rebuild_all(&self) -> Answer<Rebuilding> {
        if !self.projection.watch().borrow().caught_up {
            // It is being built already.
            return Err(ServiceError::NotReady { retry_after: self.limits.retry_after });
        }
        audit::done("rebuild_projection", self.journal.head().0);
        Ok(Rebuilding::new(self.projection.rebuild(now()), std::sync::Arc::clone(&self.journal)))
    }
}
