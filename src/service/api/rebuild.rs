//! A rebuild that is under way, as those see it who asked for it.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

use super::Answer;
use crate::journal::Journal;
use crate::model::Revision;
use crate::service::ServiceError;

pub use crate::projection::{Rebuild, RebuildState};

/// Follows a rebuild, which goes on whether or not it is followed.
pub struct Rebuilding {
    rebuild: watch::Receiver<Option<Rebuild>>,
    journal: Arc<dyn Journal>,
    begun: bool,
}

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildProgress {
    /// How it stands.
    pub rebuild: Rebuild,
    /// The journal's last revision now: where it goes.
    pub head: Revision,
}

impl fmt::Debug for Rebuilding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rebuilding").field("rebuild", &*self.rebuild.borrow()).finish_non_exhaustive()
    }
}

impl Rebuilding {
    /// Follows this one.
    pub(in crate::service) fn new(rebuild: watch::Receiver<Option<Rebuild>>, journal: Arc<dyn Journal>) -> Self {
        Self { rebuild, journal, begun: false }
    }

    /// How it stands: at once the first time, then whenever it has gone on. May be given up and taken up again.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] where nobody rebuilds any more.
    pub async fn next(&mut self) -> Answer<RebuildProgress> {
        if self.begun {
            self.rebuild.changed().await.map_err(|error| ServiceError::Internal(Box::new(error)))?;
        }
        self.begun = true;
        let rebuild = *self.rebuild.borrow_and_update();
        let rebuild = rebuild.ok_or_else(|| ServiceError::Internal("a rebuild that was never asked for".into()))?;
        Ok(RebuildProgress { rebuild, head: self.journal.head() })
    }
}
