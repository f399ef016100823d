//! A copy of a journal as it stood at one moment, to be kept elsewhere.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};

use tempfile::TempDir;

use crate::model::Revision;

/// The copy, to be read from beginning to end. It is deleted when this is dropped.
pub struct JournalCopy {
    pub(super) head: Revision,
    pub(super) bytes: u64,
    pub(super) file: File,
    pub(super) _folder: TempDir,
}

impl fmt::Debug for JournalCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalCopy").field("head", &self.head).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl JournalCopy {
    /// The last entry that is in it.
    #[must_use]
    pub fn head(&self) -> Revision {
        self.head
    }

    /// How large it is, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes
    }
}

impl Read for JournalCopy {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}
