//! Decides what to read, without reading any report.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::object::{self, Facts, IndexEntry};
use super::{FileFault, text_of};

/// What to read, in order.
#[derive(Debug)]
pub struct Plan {
    pub(super) sources: Vec<Result<Source, FileFault>>,
}

/// One thing to read.
#[derive(Debug)]
pub(super) enum Source {
    /// A file that is one report, with what is known of it beside its text.
    Whole(PathBuf, Facts),
    /// A file that holds one object or an array.
    Objects(PathBuf),
    /// A file with an object on each line.
    Lines(PathBuf),
    /// Standard input.
    StandardInput,
}

impl Plan {
    /// How many reports there are to come, where that is known beforehand.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        let whole = |source: &Result<Source, FileFault>| matches!(source, Err(_) | Ok(Source::Whole(..)));
        self.sources.iter().all(whole).then_some(self.sources.len() as u64)
    }
}

/// Looks at what is named on the command line.
#[must_use]
pub fn plan(paths: &[PathBuf]) -> Plan {
    let mut sources = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Ok(Source::StandardInput));
        } else if path.is_dir() {
            folder(path, &mut sources);
        } else {
            sources.push(Ok(named(path).unwrap_or_else(|| Source::Whole(path.clone(), Facts::default()))));
        }
    }
    Plan { sources }
}

/// How a file is read, by its name; `None` for names that tell nothing.
fn named(path: &Path) -> Option<Source> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "txt" | "html" | "htm" => Source::Whole(path.to_owned(), Facts::default()),
        "json" => Source::Objects(path.to_owned()),
        "jsonl" | "ndjson" => Source::Lines(path.to_owned()),
        _ => return None,
    })
}

fn folder(path: &Path, sources: &mut Vec<Result<Source, FileFault>>) {
    let index = path.join("index.json");
    if index.is_file() {
        match entries(&index) {
            Ok(entries) => sources.extend(entries.into_iter().map(|entry| indexed(path, &index, entry))),
            Err(what) => sources.push(Err(FileFault::new(index.display().to_string(), what))),
        }
        return;
    }
    let listed = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut listed = match listed {
        Ok(listed) => listed,
        Err(error) => return sources.push(Err(FileFault::new(path.display().to_string(), error))),
    };
    listed.sort_by_key(fs::DirEntry::file_name);
    for entry in listed {
        // The entry's own type: a link to a folder above would lead round in circles.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folder(&entry.path(), sources),
            Ok(_) => sources.extend(named(&entry.path()).map(Ok)),
            Err(error) => sources.push(Err(FileFault::new(entry.path().display().to_string(), error))),
        }
    }
}

fn entries(index: &Path) -> Result<Vec<IndexEntry>, String> {
    let file = fs::File::open(index).map_err(|error| error.to_string())?;
    object::index(&text_of(file)?)
}

fn indexed(folder: &Path, index: &Path, entry: IndexEntry) -> Result<Source, FileFault> {
    let inside = Path::new(&entry.file).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside || entry.file.is_empty() {
        return Err(FileFault::new(
            index.display().to_string(),
            format!("the file {:?} does not lie in this folder", entry.file),
        ));
    }
    Ok(Source::Whole(folder.join(&entry.file), entry.facts))
}
