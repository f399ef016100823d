//! Copies a journal while it is written to, and puts such a copy back.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::{SqliteJournal, SqliteOptions, rows, schema, sync_folder};
use crate::journal::copy::JournalCopy;
use crate::journal::{Journal as _, JournalError, Verification};

/// What the folder of a copy begins with. Those of a process that was killed are removed at the next start.
const PREFIX: &str = "copy-";

/// Copies everything that is synced now into a file beside the journal. Writes go on meanwhile; the write-ahead log cannot shrink until
/// the copy is made.
pub(super) fn copy(connection: &mut Connection, dir: &Path) -> Result<JournalCopy, JournalError> {
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(dir)?;
    let path = schema::file(folder.path());
    let target =
        path.to_str().ok_or_else(|| JournalError::storage("the journal's folder has a name that is no text"))?;
    connection.execute("VACUUM INTO ?1", [target]).map_err(schema::failure)?;
    let copied = schema::open_reader(folder.path())?;
    let (head, _) = rows::tail(&copied).map_err(schema::failure)?;
    drop(copied);
    let file = File::open(&path)?;
    let bytes = file.metadata()?.len();
    Ok(JournalCopy { head, bytes, file, _folder: folder })
}

/// Removes copies that nobody reads any more.
pub(super) fn remove_copies(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX)) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

impl SqliteJournal {
    /// Makes a journal in `dir` out of a copy, read from `source`: examined as [`verify`](crate::journal::Journal::verify) does before it is put in place,
    /// so that there is a whole journal or none.
    ///
    /// # Errors
    /// [`JournalError::Exists`] if the folder is there and not empty, [`JournalError::Corrupt`] with the first fault if the copy is damaged,
    /// [`JournalError::NewerSchema`], [`JournalError::Storage`]. The folder is as it was then.
    pub async fn restore(source: &mut (dyn io::Read + Send), dir: &Path) -> Result<Verification, JournalError> {
        let there = match fs::read_dir(dir) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error.into()),
        };
        if there {
            return Err(JournalError::Exists { dir: dir.to_owned() });
        }
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let beside = tempfile::Builder::new().prefix("restore-").tempdir_in(parent)?;
        let mut file = File::create(schema::file(beside.path()))?;
        io::copy(source, &mut file)?;
        file.sync_all()?;
        drop(file);
        let verification = examine(beside.path()).await?;
        // An empty folder in its place gives way.
        fs::rename(beside.keep(), dir)?;
        sync_folder(dir)?;
        Ok(verification)
    }
}

/// Opens a journal as a server would, which brings an older one up to date, and examines it.
async fn examine(dir: &Path) -> Result<Verification, JournalError> {
    let journal = SqliteJournal::open(dir, SqliteOptions::default())?;
    let verified = journal.verify().await;
    journal.close().await?;
    let verification = verified?;
    match verification.faults.first() {
        None => Ok(verification),
        Some(fault) => Err(JournalError::Corrupt { revision: fault.revision, what: fault.what.clone() }),
    }
}
