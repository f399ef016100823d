//! Report files: what is named on the command line, turned into reports one by one.
//!
//! | what | read as |
//! |---|---|
//! | a folder with `index.json` | the reports its entries name: `file`, `report_id`, `url`, `publisher`, `title`, `publish_date` |
//! | another folder | every file of the kinds below in it and in its folders, in order of name |
//! | `.txt`, `.html`, `.htm`, or a file of any other name that was named itself | one report, the whole file its text |
//! | `.json` | one report as an object, or an array of them |
//! | `.jsonl`, `.ndjson` | one report as an object on each line |
//! | `-` | standard input: objects on lines if the first line is one, else one report |
//!
//! Objects have `text` (or `body`) and, if known, `report_id` (or `id`), `url`, `publisher`, `title`, `publish_date` (or
//! `published`). What cannot be read becomes a [`FileFault`] in its place and the rest goes on.

mod lines;
mod object;
mod plan;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

pub use object::Facts;
pub use plan::{Plan, plan};

use crate::service::draft::ReportInput;
use plan::Source;

/// Most bytes of one report's file or line. Far above what a server takes, so that it can tell the exact bound.
pub const MAX_BYTES: u64 = 64 << 20;

/// A report as found, with the place it was found at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundReport {
    /// Where it stands: a path, or a path and a line.
    pub place: String,
    /// The report, nothing checked.
    pub report: ReportInput,
}

/// Something named on the command line that is no report.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {what}")]
pub struct FileFault {
    /// Where: a path, or a path and a line.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

/// A report, or why there is none.
pub type Found = Result<FoundReport, FileFault>;

impl FileFault {
    fn new(place: impl Into<String>, what: impl ToString) -> Self {
        Self { place: place.into(), what: what.to_string() }
    }
}

impl Plan {
    /// Reads what was planned, one report at a time.
    pub fn read(self) -> impl Iterator<Item = Found> + Send {
        self.sources.into_iter().flat_map(|source| match source {
            Err(fault) => one(Err(fault)),
            Ok(Source::Whole(path, facts)) => one(whole(&path, facts)),
            Ok(Source::Objects(path)) => Box::new(objects(&path).into_iter()),
            Ok(Source::Lines(path)) => match File::open(&path) {
                Ok(file) => Box::new(lines::read(BufReader::new(file), path.display().to_string())),
                Err(error) => one(Err(FileFault::new(path.display().to_string(), error))),
            },
            Ok(Source::StandardInput) => standard_input(BufReader::new(io::stdin())),
        })
    }
}

type Many = Box<dyn Iterator<Item = Found> + Send>;

fn one(found: Found) -> Many {
    Box::new(std::iter::once(found))
}

/// A file that is one report.
fn whole(path: &Path, facts: Facts) -> Found {
    let place = path.display().to_string();
    let text = File::open(path)
        .map_err(|error| error.to_string())
        .and_then(text_of)
        .map_err(|what| FileFault::new(place.as_str(), what))?;
    Ok(FoundReport { place, report: facts.report(text) })
}

/// A file that holds one object, or an array of them.
fn objects(path: &Path) -> Vec<Found> {
    let place = path.display().to_string();
    let parsed = File::open(path)
        .map_err(|error| error.to_string())
        .and_then(text_of)
        .and_then(|text| object::one_or_more(&text));
    match parsed {
        Ok(reports) if reports.len() == 1 => {
            reports.into_iter().map(|report| Ok(FoundReport { place: place.clone(), report })).collect()
        }
        Ok(reports) => {
            let numbered = |(at, report)| Ok(FoundReport { place: format!("{place}[{at}]"), report });
            reports.into_iter().enumerate().map(numbered).collect()
        }
        Err(what) => vec![Err(FileFault::new(place, what))],
    }
}

fn standard_input(mut input: impl BufRead + Send + 'static) -> Many {
    const PLACE: &str = "standard input";
    match input.fill_buf() {
        Ok(begin) if begin.trim_ascii_start().starts_with(b"{") => Box::new(lines::read(input, PLACE.to_owned())),
        Ok(_) => one(match text_of(input) {
            Ok(text) => Ok(FoundReport { place: PLACE.to_owned(), report: Facts::default().report(text) }),
            Err(what) => Err(FileFault::new(PLACE, what)),
        }),
        Err(error) => one(Err(FileFault::new(PLACE, error))),
    }
}

/// All of a source as text, without the byte order mark that some editors put in front.
fn text_of(source: impl io::Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    decode(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("is longer than {} MiB", MAX_BYTES >> 20));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("is not UTF-8: the first byte that does not belong is at {at}")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

#[cfg(test)]
mod tests;
