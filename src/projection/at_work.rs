//! A value that all work is done on by one thread of its own.
//!
//! Work that goes from thread to thread leaves memory behind on each: an allocator keeps for a thread what it once needed. A writer of a projection needs
//! much for a moment with every batch, so that it stays where it is.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use super::ProjectionError;
use super::follow::crashed;

type Job<W> = Box<dyn FnOnce(&mut W) + Send>;

/// The value on its thread. Dropped, it waits for the work at hand: then whatever the value holds is free.
pub(super) struct AtWork<W> {
    /// Whoever gives it work waits for that, so there is never much in it. `None` once it has ended.
    jobs: Option<mpsc::Sender<Job<W>>>,
    thread: Option<JoinHandle<W>>,
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
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
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
        let job = move |value: &mut W| {
            // Whoever asked may be gone.
            let _ = tell.send(work(value));
        };
        let ended = || crashed("its thread ended in the middle of a batch");
        self.jobs.as_ref().and_then(|jobs| jobs.send(Box::new(job)).ok()).ok_or_else(ended)?;
        told.await.map_err(|_| ended())?
    }

    /// Ends the thread and gives the value back.
    ///
    /// # Errors
    /// If earlier work panicked.
    pub(super) async fn end(mut self) -> Result<W, ProjectionError> {
        let ended = || crashed("its thread ended in the middle of a batch");
        self.jobs = None;
        let thread = self.thread.take().ok_or_else(ended)?;
        let joined = spawn_blocking(move || thread.join()).await.map_err(crashed)?;
        joined.map_err(|_| ended())
    }
}

impl<W> Drop for AtWork<W> {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic was told to whoever waited for the work.
            drop(thread.join());
        }
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
    async fn what_it_held_is_free_once_it_is_gone() {
        let held = std::sync::Arc::new(());
        let value = AtWork::begin("value", std::sync::Arc::clone(&held)).expect("a thread");
        value.run(|_| Ok(())).await.expect("done");
        drop(value);
        assert_eq!(std::sync::Arc::strong_count(&held), 1);
    }

    #[tokio::test]
    async fn a_panic_is_told_to_whoever_waits_and_comes_later() {
        let value = AtWork::begin("value", ()).expect("a thread");
        assert!(value.run::<()>(|()| panic!("on purpose")).await.is_err());
        assert!(value.run(|()| Ok(())).await.is_err());
        assert!(value.end().await.is_err());
    }
}
