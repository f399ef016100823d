//! `verify`: reads everything that is stored and tells what is wrong.

use std::path::Path;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::failure::{Failure, Verdict};
use super::print::{Page, Reader};
use super::progress;
use super::rebuild::{DataDir, catch_up, remove};
use crate::journal::{Journal, JournalError, SqliteJournal, Verification};
use crate::projection::{ProjectionOptions, rebuild_differs};
use crate::server::{self, Stores};

/// Check what is stored: that the journal is whole, and that what is derived from it equals a rebuild.
///
/// While a server runs on the folder only the journal is checked, beside it. Exit code 1 if anything is wrong.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    data: DataDir,
    /// Check the journal only.
    #[arg(long)]
    journal_only: bool,
    /// Print JSON, also on a terminal.
    #[arg(long)]
    json: bool,
}

/// What a comparison with a rebuild came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Comparison {
    /// Nothing differs.
    Equal,
    /// This table differs.
    Differs(String),
    /// There was no comparison, for this reason.
    Skipped(String),
}

/// Checks and tells.
pub async fn run(options: &Options) -> Result<Verdict, Failure> {
    let data_dir = options.data.existing()?;
    let (verification, comparison) = match server::open_journal(data_dir, Default::default()).await {
        Ok(journal) => {
            let verification = journal.verify().await.map_err(Failure::failed)?;
            journal.close().await.map_err(Failure::failed)?;
            (verification, compare(data_dir, options.journal_only).await?)
        }
        Err(error @ JournalError::Locked { .. }) => {
            let journal = SqliteJournal::open_read_only(&server::journal_dir(data_dir)).map_err(Failure::failed)?;
            (journal.verify().await.map_err(Failure::failed)?, Comparison::Skipped(error.to_string()))
        }
        Err(error) => return Err(Failure::failed(error)),
    };
    match Reader::of(options.json) {
        Reader::Person => page(&verification, &comparison).show()?,
        Reader::Program => Page::new().line(&value(&verification, &comparison).to_string()).show()?,
    }
    let well = verification.is_sound() && !matches!(comparison, Comparison::Differs(_));
    Ok(if well { Verdict::Good } else { Verdict::Bad })
}

async fn compare(data_dir: &Path, journal_only: bool) -> Result<Comparison, Failure> {
    let (stored, fresh) = (server::projection_dir(data_dir), data_dir.join("projection.check"));
    if journal_only {
        return Ok(Comparison::Skipped("not asked for".to_owned()));
    }
    if !stored.is_dir() {
        return Ok(Comparison::Skipped("nothing has been derived yet".to_owned()));
    }
    remove(&fresh)?;
    // What is stored may lack the newest entries after a crash; that is no fault.
    build(data_dir, &stored).await?;
    build(data_dir, &fresh).await?;
    let differs = rebuild_differs(&stored, &fresh).map_err(Failure::failed);
    remove(&fresh)?;
    Ok(differs?.map_or(Comparison::Equal, Comparison::Differs))
}

async fn build(data_dir: &Path, projection: &Path) -> Result<(), Failure> {
    let journal = server::open_journal(data_dir, Default::default()).await.map_err(Failure::failed)?;
    let options = ProjectionOptions::in_dir(projection.to_owned());
    let stores = Stores::open(Arc::clone(&journal), options).await.map_err(Failure::failed)?;
    let bar = progress::bar(Some(journal.head().0), "entries");
    let done = catch_up(stores, &bar).await;
    bar.finish_and_clear();
    done
}

fn page(verification: &Verification, comparison: &Comparison) -> Page {
    let Verification { entries, reports, corrections, faults, more_faults, .. } = verification;
    let all_faults = faults.len() as u64 + more_faults;
    let page = Page::new().line(&format!(
        "journal: {entries} entries, {reports} reports, {corrections} corrections, {all_faults} faults"
    ));
    let page = faults.iter().fold(page, |page, fault| {
        let at = fault.revision.map(|revision| format!("revision {}: ", revision.0)).unwrap_or_default();
        page.line(&format!("  {at}{}", fault.what))
    });
    page.line(&match comparison {
        Comparison::Equal => "projection: equal to a rebuild".to_owned(),
        Comparison::Differs(table) => format!("projection: differs from a rebuild in {table}; run `bienban rebuild`"),
        Comparison::Skipped(why) => format!("projection: not compared: {why}"),
    })
}

fn value(verification: &Verification, comparison: &Comparison) -> serde_json::Value {
    let Verification { head, entries, reports, corrections, faults, more_faults, .. } = verification;
    let faults: Vec<_> = faults.iter().map(|fault| json!({"revision": fault.revision, "what": fault.what})).collect();
    let compared = match comparison {
        Comparison::Equal => json!({"equal": true}),
        Comparison::Differs(table) => json!({"equal": false, "table": table}),
        Comparison::Skipped(why) => json!({"skipped": why}),
    };
    json!({
        "journal": {
            "head": head,
            "entries": entries,
            "reports": reports,
            "corrections": corrections,
            "faults": faults,
            "moreFaults": more_faults,
        },
        "projection": compared,
    })
}
