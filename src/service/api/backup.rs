//! A copy of the journal on its way out.

use std::fmt;
use std::io::Read;

use tokio::sync::OwnedSemaphorePermit;

use crate::model::Revision;

/// A copy of the journal as it stood when it was asked for.
pub struct Backup {
    /// The last entry that is in it.
    pub head: Revision,
    /// How large it is.
    pub bytes: u64,
    /// Its bytes; reading them blocks.
    pub content: Box<dyn Read + Send>,
    /// Held until the copy has been handed out: one at a time.
    pub place: OwnedSemaphorePermit,
}

impl fmt::Debug for Backup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backup").field("head", &self.head).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
