//! `restore`: makes a journal of a copy.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::failure::{Failure, Verdict};
use super::print::Page;
use super::rebuild::remove;
use crate::journal::{JournalError, SqliteJournal};
use crate::server;

/// Make a journal of a copy that `bienban backup` made.
///
/// The copy is examined first. A journal that is there is not overwritten: move it away before. What was derived from another journal is removed; the server
/// derives everything anew when it starts.
#[derive(Debug, Args)]
pub struct Options {
    /// The copy; - for standard input.
    file: PathBuf,
    /// Folder to put the journal into; made if it is not there.
    #[arg(long, env = "BIENBAN_DATA_DIR", default_value = "bienban-data", value_name = "DIR")]
    data_dir: PathBuf,
}

/// Puts the copy in place and tells.
pub async fn run(options: &Options) -> Result<Verdict, Failure> {
    let mut source: Box<dyn Read + Send> = if options.file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(&options.file).with_context(|| options.file.display().to_string());
        Box::new(file.map_err(Failure::Usage)?)
    };
    let restored = SqliteJournal::restore(&mut *source, &server::journal_dir(&options.data_dir)).await;
    let whole = restored.map_err(|error| match error {
        JournalError::Exists { .. } => Failure::usage(error),
        error => Failure::failed(error),
    })?;
    remove(&server::projection_dir(&options.data_dir))?;
    let told = format!("{} entries, {} reports, {} corrections", whole.entries, whole.reports, whole.corrections);
    Page::new().line(&format!("restored: {told}")).show()?;
    Ok(Verdict::Good)
}
