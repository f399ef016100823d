//! On which thread a call's work is done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use tokio::task::{spawn_blocking, yield_now};

use super::api::{Answer, Call};
use super::brief::Brief;
use super::desk::Place;
use super::error::ServiceError;
use super::live::Service;
use crate::model::Revision;
use crate::projection::Snapshot;

impl Service {
    /// Works on a snapshot off the async threads.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        call: &Call,
        wanted: Revision,
        work: impl FnOnce(&Snapshot) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let snapshot = self.snapshot(call, wanted).await?;
        self.work(move || work(&snapshot)).await
    }

    /// Works on a snapshot for a question that a few rows answer, like [`Self::small`].
    pub(super) async fn glance<T: Send + 'static>(
        &self,
        call: &Call,
        wanted: Revision,
        work: impl FnOnce(&Snapshot) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let snapshot = self.snapshot(call, wanted).await?;
        self.small(&self.brief, move || work(&snapshot)).await
    }

    /// Works for a question that is small by its looks: where the call stands as long as such work has been short, else like [`Self::work`].
    pub(super) async fn small<T: Send + 'static>(
        &self,
        brief: &Arc<Brief>,
        work: impl FnOnce() -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let place = self.place().await?;
        let work = timed(brief, work);
        if !brief.is_short() {
            return blocking_at(place, work).await;
        }
        if !place.is_only() && !place.is_scarce() {
            // Whoever is at the door comes in first: the desk is to see how many there are, and this thread is not to come back to the door
            // only after all work is done. In overload the few who were let in wait for nobody.
            yield_now().await;
        }
        let _place = place;
        here(work)
    }

    /// Works for a caller off the async threads, once there is a place.
    ///
    /// # Errors
    /// [`ServiceError::Overloaded`] where too many wait for one.
    pub(super) async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
        blocking_at(self.place().await?, work).await
    }

    async fn place(&self) -> Answer<Place> {
        self.desk.place().await.ok_or(ServiceError::Overloaded { retry_after: self.limits.retry_after })
    }
}

/// Work whose time is noted.
fn timed<T, W: FnOnce() -> T>(brief: &Arc<Brief>, work: W) -> impl FnOnce() -> T + use<T, W> {
    let brief = Arc::clone(brief);
    move || {
        let begun = Instant::now();
        let answer = work();
        brief.took(begun.elapsed());
        answer
    }
}

async fn blocking_at<T: Send + 'static>(place: Place, work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    blocking(move || {
        let _place = place;
        work()
    })
    .await
}

/// Runs work that may wait for a disk off the async threads.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    // Traces tell the wait for a thread from the work.
    let span = tracing::info_span!("work");
    spawn_blocking(move || span.in_scope(work))
        .await
        .unwrap_or_else(|error| Err(ServiceError::Internal(Box::new(error))))
}

/// Runs work where the call stands. A fault in it ends this call alone, as it would on another thread.
fn here<T>(work: impl FnOnce() -> Answer<T>) -> Answer<T> {
    let span = tracing::info_span!("work");
    catch_unwind(AssertUnwindSafe(|| span.in_scope(work)))
        .unwrap_or_else(|_| Err(ServiceError::Internal("the work for this call panicked".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_error_of_its_call_on_every_thread() {
        let fault = || -> Answer<()> { panic!("a fault") };
        assert!(matches!(here(fault), Err(ServiceError::Internal(_))));
        assert!(matches!(blocking(fault).await, Err(ServiceError::Internal(_))));
        assert!(here(|| Ok(1)).is_ok_and(|one| one == 1));
    }
}
