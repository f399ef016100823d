//! When no entries come, the index is tidied up: searches are cheaper then, and what was deleted leaves the disk.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::search::Settling;

/// So long without an entry is a rest.
const REST: Duration = Duration::from_secs(2);

/// How far the tidying up is.
pub(super) enum Tidying {
    /// The last change was then.
    Changed(Instant),
    /// Under way.
    Under(Settling),
    /// There is nothing to do until something changes.
    Tidy,
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing has come for a while.
    Rest,
    /// The index lies on the disk in another way than readers see it.
    NewView,
}

impl Tidying {
    /// Something has changed.
    pub(super) fn changed(&mut self) {
        if !matches!(self, Self::Under(_)) {
            *self = Self::Changed(Instant::now());
        }
    }

    /// Waits until there is something to do. May be dropped and called again.
    pub(super) async fn due(&mut self) -> Due {
        loop {
            match self {
                Self::Changed(at) => {
                    sleep_until(*at + REST).await;
                    return Due::Rest;
                }
                Self::Under(settling) => {
                    let done = settling.done().await;
                    // Merging may have made more of one size; and what came to nothing is tried again.
                    *self = Self::Changed(Instant::now());
                    if done {
                        return Due::NewView;
                    }
                }
                Self::Tidy => std::future::pending().await,
            }
        }
    }
}
