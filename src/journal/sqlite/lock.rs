//! One writing process for each folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::Path;

use crate::journal::{Holder, JournalError};

const FILE_NAME: &str = "LOCK";

/// Held while a journal is open for writing. The operating system gives the lock up with the process, however that
/// ends; the text of the file only tells people who it is.
#[derive(Debug)]
pub(super) struct FolderLock(File);

impl FolderLock {
    /// Takes the lock of an existing folder.
    pub(super) fn take(dir: &Path) -> Result<Self, JournalError> {
        let path = dir.join(FILE_NAME);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
        match file.try_lock() {
            Ok(()) => Self::sign(file),
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
                Err(JournalError::Locked { dir: dir.to_owned(), holder })
            }
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn sign(mut file: File) -> Result<Self, JournalError> {
        let since = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let holder = Holder { pid: std::process::id(), host: host(), since };
        file.set_len(0)?;
        file.write_all(&serde_json::to_vec(&holder).map_err(JournalError::storage)?)?;
        Ok(Self(file))
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // So that nobody is told of a holder that is gone; if it fails, the lock is free all the same.
        let _ = self.0.set_len(0);
    }
}

/// The machine's name, where the system tells it in a file.
fn host() -> String {
    ["/proc/sys/kernel/hostname", "/etc/hostname"]
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_was_first() {
        let dir = tempfile::tempdir().expect("folder");
        let first = FolderLock::take(dir.path()).expect("free");
        let Err(JournalError::Locked { holder: Some(holder), .. }) = FolderLock::take(dir.path()) else {
            panic!("expected a lock with a holder");
        };
        assert_eq!(holder.pid, std::process::id());
        drop(first);
        FolderLock::take(dir.path()).expect("free again");
    }
}
