//! A value that all work is done on by one thread of its own.
//!
//! Work that goes from thread to thread leaves memory behind on each: an allocator keeps for a thread what it once needed. A writer of a projection needs
//! much for a moment with every batch, so that it stays where it is.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use super::ProjectionError;
use super::follow::crashed;

type Job<W> = Box<dyn FnOnce(&mut W) + Send>;

/// The value on its thread. Dropped, it is closed at once where nothing is being done on it, else when that is done.
pub(super) struct AtWork<W> {
    jobs: Option<mpsc::Sender<Job<W>>>,
    thread: Option<JoinHandle<W>>,
    /// Jobs that are not done yet.
    pending: Arc<AtomicUsize>,
}

impl<W> Drop for AtWork<W> {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take().filter(|_| self.pending.load(Ordering::Acquire) == 0) {
            // What it panicked of was told to whoever waited for that.
            let _ = thread.join();
        }
    }
}

impl<W: Send + 'static> AtWork<W> {
    /// Gives a value a thread of this name.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn begin(name: &str, mut value: W) -> Result<Self, ProjectionError> {
        let (jobs, todo) = mpsc::channel::<Job<W>>();
        let work = move || {
            todo.into_iter().for_each(|job| job(&mut value));
            value
        };
        let thread = thread::Builder::new().name(name.to_owned()).spawn(work).map_err(crashed)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), pending: Arc::default() })
    }

    /// Does work on the value and waits for it. It is done to its end also where nobody waits any more.
    ///
    /// # Errors
    /// That of the work; and if this or earlier work panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut W) -> Result<T, ProjectionError> + Send + 'static,
    ) -> Result<T, ProjectionError> {
        let (tell, told) = oneshot::channel();
        let pending = Arc::clone(&self.pending);
        pending.fetch_add(1, Ordering::AcqRel);
        let job = move |value: &mut W| {
            let done = work(value);
            pending.fetch_sub(1, Ordering::AcqRel);
            // Whoever asked may be gone.
            let _ = tell.send(done);
        };
        let ended = || crashed("its thread ended in the middle of a batch");
        self.jobs.as_ref().ok_or_else(ended)?.send(Box::new(job)).map_err(|_| ended())?;
        told.await.map_err(|_| ended())?
    }

    /// Ends the thread and gives the value back.
    ///
    /// # Errors
    /// If earlier work panicked.
    pub(super) async fn end(mut self) -> Result<W, ProjectionError> {
        drop(self.jobs.take());
        let ended = || crashed("its thread ended in the middle of a batch");
        let thread = self.thread.take().ok_or_else(ended)?;
        let joined = spawn_blocking(move || thread.join()).await.map_err(crashed)?;
        joined.map_err(|_| ended())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_is_done_in_order_on_one_thread() {
        let list = AtWork::begin("list", Vec::new()).expect("a thread");
        for number in 0..3 {
            let push = move |list: &mut Vec<_>| {
                list.push((number, thread::current().id()));
                Ok(list.len())
            };
            assert_eq!(list.run(push).await.expect("done"), number + 1);
        }
        let list = list.end().await.expect("ended well");
        assert!(list.iter().all(|(_, thread)| *thread == list[0].1 && *thread != thread::current().id()));
        assert_eq!(list.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[tokio::test]
    async fn a_panic_is_told_to_whoever_waits_and_comes_later() {
        let value = AtWork::begin("value", ()).expect("a thread");
        assert!(value.run::<()>(|()| panic!("on purpose")).await.is_err());
        assert!(value.run(|()| Ok(())).await.is_err());
        assert!(value.end().await.is_err());
    }
}
