//! A task with a name, an owner, and an end that is always looked at.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::RunError;

/// A running task.
pub(super) struct Task<E> {
    name: &'static str,
    /// Away once the task has been joined.
    handle: Option<JoinHandle<Result<(), E>>>,
}

impl<E: Into<RunError>> Task<E> {
    pub(super) fn new(name: &'static str, handle: JoinHandle<Result<(), E>>) -> Self {
        Self { name, handle: Some(handle) }
    }

    /// Waits for the end and tells how it was; of a task that was joined before, that it is well. May be given up and
    /// taken up again.
    pub(super) async fn join(&mut self) -> Result<(), RunError> {
        let Some(handle) = &mut self.handle else { return Ok(()) };
        let ended = handle.await;
        self.handle = None;
        ended.map_err(|source| RunError::Task { task: self.name, source })?.map_err(Into::into)
    }

    /// Waits for the end of a task that should go on for ever.
    pub(super) async fn fault(&mut self) -> RunError {
        self.join().await.err().unwrap_or(RunError::Ended(self.name))
    }

    /// Joins the task if it ends within a time, and stops it if not.
    pub(super) async fn join_within(&mut self, time: Duration) -> Result<(), RunError> {
        if let Ok(ended) = timeout(time, self.join()).await {
            return ended;
        }
        if let Some(handle) = self.handle.take() {
            handle.abort();
        }
        Err(RunError::Stuck(self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_is_joined_once_and_may_be_asked_again() {
        let mut task = Task::new("t", tokio::spawn(async { Err::<(), _>(RunError::Ended("x")) }));
        assert!(matches!(task.fault().await, RunError::Ended("x")));
        assert!(task.join().await.is_ok());
        assert!(task.join_within(Duration::ZERO).await.is_ok());
    }

    #[tokio::test]
    async fn a_task_that_hangs_is_named() {
        let mut task = Task::new("t", tokio::spawn(std::future::pending::<Result<(), RunError>>()));
        assert!(matches!(task.join_within(Duration::ZERO).await, Err(RunError::Stuck("t"))));
    }
}
