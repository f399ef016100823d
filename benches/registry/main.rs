//! What the registry costs as it grows: resolution for each mention, and lookups on a server of that size beside the least that a server and an
//! index can do.
//!
//!     cargo bench --bench registry -- 10000 100000 1000000
//!
//! For each size it fills a folder with the records of an invented country of about so many entities, starts the server on it and asks;
//! `--help` tells what can be chosen.

mod ask;
mod fill;
mod kinds;
mod meter;
mod people;
mod server;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bienban::model::{CorrectionBody, EntityKind};
use bienban::projection::Filler;
use bienban::registry::Naming;
use clap::Parser;
use kinds::Kind;
use people::Country;
use server::Server;

/// Mentions that a report of the country makes, about.
const MENTIONS: usize = 12;
/// Memory for pages while records are filled; the server has its default, or what `BIENBAN_PROJECTION_CACHE` says.
const CACHE: usize = 256 << 20;
type Fault = Box<dyn std::error::Error>;

/// What is measured.
#[derive(Debug, Parser)]
#[command(name = "registry")]
struct Options {
    /// How many entities, about.
    #[arg(default_values_t = [10_000])]
    sizes: Vec<usize>,
    /// How often each is named, about.
    #[arg(long, default_value_t = 10)]
    mentions: usize,
    /// Reports in one commit: a server that catches up takes 250 at most.
    #[arg(long, default_value_t = 500)]
    batch: usize,
    /// Where the folder goes that is filled.
    #[arg(long, default_value = env!("CARGO_TARGET_TMPDIR"))]
    dir: PathBuf,
    /// Keeps it, as `bienban-SIZE`, and asks what is found there; corrections are not tried on it.
    #[arg(long)]
    keep: bool,
    /// Looks up names of one kind and asks nothing else: for a profile.
    #[arg(long, value_enum)]
    only: Option<Kind>,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Fault> {
    let options = Options::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    for size in &options.sizes {
        if options.keep {
            measure(&options, *size, &options.dir.join(format!("bienban-{size}")), &runtime)?;
        } else {
            let folder = tempfile::tempdir_in(&options.dir)?;
            measure(&options, *size, folder.path(), &runtime)?;
            correct(folder.path())?;
        }
    }
    Ok(())
}

fn measure(options: &Options, size: usize, dir: &Path, runtime: &tokio::runtime::Runtime) -> Result<(), Fault> {
    println!("== {size} entities wanted, {} mentions for each", options.mentions);
    let reports = size * options.mentions / MENTIONS;
    // The rest are bodies, units and documents.
    let mut country = Country::new(size * 8 / 10, reports, &Naming::new());
    if !dir.join("journal").exists() {
        fill::records(&mut country, reports, options.batch, dir)?;
        runtime.block_on(fill::journal(reports, dir))?;
    }
    let server = Server::start(dir)?;
    runtime.block_on(ask::all(&server, &country, options.only, reports))
}

/// What it costs to merge two of a kind into one, and to take that back: those most mentioned, and two of few mentions.
fn correct(dir: &Path) -> Result<(), Fault> {
    let mut filler = Filler::open(&dir.join("projection"), CACHE)?;
    for kind in [EntityKind::Person, EntityKind::Organization] {
        let mut found = Vec::new();
        filler.snapshot()?.visit_entities(None, |entity| {
            if entity.kind == kind && entity.meeting_count > 1 {
                found.push((entity.id, entity.mention_count));
            }
            ControlFlow::Continue(())
        })?;
        for at in [0, found.len().saturating_sub(2)] {
            let [(target, _), (source, mentions)] = found.get(at..at + 2).ok_or("two of a kind")? else { continue };
            let merge = CorrectionBody::Merge { source: source.clone(), target: target.clone() };
            let start = Instant::now();
            drop(filler.correct(merge)?);
            let merged = start.elapsed();
            let start = Instant::now();
            filler.revert()?;
            println!("   merge of {mentions} mentions of {kind:?}: {merged:?}, taken back: {:?}", start.elapsed());
        }
    }
    Ok(())
}
