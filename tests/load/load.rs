//! Load: the real server in a process of its own, every figure beside its limit and beside the least that could do the same,
//! measured in the same run on the same texts.
//!
//!     cargo bench --bench load -- --reports articles.jsonl.gz
//!
//! Reports are JSON lines with `id`, `title` and `body`. Times are processor times unless said otherwise, so that other work on
//! the machine does not show in them; each is the mean of a run of seconds.

mod baseline;
mod cpu;
mod drive;
mod ingest;
mod memory;
mod queries;
mod reports;
mod server;
mod stages;
mod tell;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// What is measured, and on what.
#[derive(Debug, Parser)]
#[command(name = "load")]
pub struct Options {
    /// Reports to ingest: JSON lines with `id`, `title` and `body`, also gzipped.
    #[arg(long, env = "BIENBAN_LOAD_REPORTS")]
    reports: Option<PathBuf>,
    /// Reads only so many of them.
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    take: usize,
    /// Ingests them so often, with other ids and another first line.
    #[arg(long, default_value_t = 1)]
    copies: usize,
    /// Keeps the folder of the server here and ingests only what it does not have yet; a temporary one otherwise.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Seconds that each measured run lasts.
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// Parts to measure.
    #[arg(long, value_delimiter = ',', default_value = "open,searches,costly,visible")]
    parts: Vec<String>,
    /// Serves empty answers instead: the child process that the baseline of an empty call is measured on. With `--data-dir` each
    /// search is done before, as in process.
    #[arg(long, hide = true)]
    serve_plain: bool,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    if options.serve_plain {
        runtime.block_on(baseline::serve_plain(options.data_dir.as_deref()));
        return ExitCode::SUCCESS;
    }
    let Some(path) = &options.reports else {
        println!("load: nothing measured; name a file of reports with --reports or BIENBAN_LOAD_REPORTS");
        return ExitCode::SUCCESS;
    };
    let articles = reports::read(path, options.take);
    if runtime.block_on(stages::run(&options, &articles)).all_within() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
