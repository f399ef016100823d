//! Where in the projection's folder its stores lie.
//!
//! At first they lie in the folder itself. What is rebuilt while answers go on is built in a folder beside them, and the file `current` then names
//! that: from one moment to the next, so that whatever ends the process leaves either the old stores or the new ones. What is not in force is
//! deleted when it is no longer needed, and at every start.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::store::folder_error;
use super::{ProjectionError, store};

type Result<T> = std::result::Result<T, ProjectionError>;

/// The file that names the folder in force.
const CURRENT: &str = "current";
/// What names of such folders begin with.
const PREFIX: &str = "rebuilt-";

/// Where the stores of a projection's folder lie.
///
/// # Errors
/// If the folder cannot be read.
pub fn stored_in(dir: &Path) -> Result<PathBuf> {
    Ok(number(dir)?.map_or_else(|| dir.to_owned(), |number| numbered(dir, number)))
}

/// Where stores are built that are to take the place of those in force.
pub(super) fn next(dir: &Path) -> Result<PathBuf> {
    Ok(numbered(dir, number(dir)?.unwrap_or(0).saturating_add(1)))
}

/// Puts the stores at `place`, which [`next`] gave, in force.
pub(super) fn put_in_force(dir: &Path, place: &Path) -> Result<()> {
    let name = place.file_name().unwrap_or_default().as_encoded_bytes();
    let (new, current) = (dir.join("current.new"), dir.join(CURRENT));
    let write = || -> io::Result<()> {
        let mut file = File::create(&new)?;
        file.write_all(name)?;
        file.sync_all()?;
        fs::rename(&new, &current)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(|error| folder_error(&current, error))
}

/// Deletes what is not in force.
pub(super) fn tidy(dir: &Path) -> Result<()> {
    let number = number(dir)?;
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries.filter_map(io::Result::ok) {
        let (name, path) = (entry.file_name(), entry.path());
        let rebuilt = name.to_str().and_then(parse);
        if rebuilt.is_some() && rebuilt != number {
            store::remove_folder(&path)?;
        } else if number.is_some() && rebuilt.is_none() && name != CURRENT {
            let is_folder = path.is_dir();
            let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| folder_error(&path, error))?;
        }
    }
    Ok(())
}

fn numbered(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{PREFIX}{number}"))
}

fn parse(name: &str) -> Option<u64> {
    name.strip_prefix(PREFIX)?.parse().ok()
}

/// The number of the folder in force; none where the stores lie in the projection's folder itself. A file that names nothing is none: the journal
/// has it all.
fn number(dir: &Path) -> Result<Option<u64>> {
    let current = dir.join(CURRENT);
    match fs::read_to_string(&current) {
        Ok(name) => Ok(parse(name.trim())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(folder_error(&current, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_force_stays_and_the_rest_goes() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path();
        assert_eq!(stored_in(dir).expect("read"), dir);
        fs::write(dir.join("records.redb"), "old").expect("written");
        fs::create_dir(dir.join("index")).expect("made");
        let first = next(dir).expect("read");
        fs::create_dir(&first).expect("made");
        tidy(dir).expect("tidied");
        assert!(!first.exists() && dir.join("index").exists(), "nobody finished the rebuild");
        fs::create_dir(&first).expect("made");
        put_in_force(dir, &first).expect("in force");
        assert_eq!(stored_in(dir).expect("read"), first);
        tidy(dir).expect("tidied");
        assert!(first.exists() && !dir.join("records.redb").exists() && !dir.join("index").exists());
        let second = next(dir).expect("read");
        assert_ne!(first, second);
        fs::create_dir(&second).expect("made");
        put_in_force(dir, &second).expect("in force");
        tidy(dir).expect("tidied");
        assert!(second.exists() && !first.exists());
    }

    #[test]
    fn a_name_that_means_nothing_is_no_name() {
        let dir = tempfile::tempdir().expect("a folder");
        for name in ["", "elsewhere", "rebuilt-", "../rebuilt-1", "rebuilt--1"] {
            fs::write(dir.path().join(CURRENT), name).expect("written");
            assert_eq!(stored_in(dir.path()).expect("read"), dir.path(), "{name}");
        }
    }
}
