//! Handing out a copy of the journal.

use std::sync::Arc;

use super::api::{Answer, Backup};
use super::audit;
use super::error::ServiceError;
use super::live::Service;

impl Service {
    pub(super) async fn copy_journal(&self) -> Answer<Backup> {
        let place = Arc::clone(&self.backups).try_acquire_owned();
        let place = place.map_err(|_| ServiceError::Overloaded { retry_after: self.limits.retry_after })?;
        let journal = Arc::clone(&self.journal);
        // A task of its own: the place is taken for as long as the copy is made, also for a caller that has gone.
        let made = tokio::spawn(async move { (journal.copy().await, place) }).await;
        let (copy, place) = made.map_err(|panic| ServiceError::Internal(Box::new(panic)))?;
        let copy = copy.map_err(|error| self.refused(error))?;
        audit::done("backup_journal", copy.head().0);
        Ok(Backup { head: copy.head(), bytes: copy.size(), content: Box::new(copy), place })
    }
}
