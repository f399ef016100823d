//! The commands of the program.
//!
//! `serve` runs the server; `ingest`, `search`, `lookup`, `match`, `watch` and `healthcheck` are clients of a running one; `backup` works with one or without; `extract`, `restore`,
//! `rebuild`, `verify` and `check-config` work without one. Tables for people on a terminal, JSON (the API's own messages) with `--json` or in a pipe; errors
//! on standard error; exit codes as `bienban --help` tells.

mod backup;
mod check_config;
mod client;
mod extract;
mod failure;
mod feed;
pub mod files;
mod healthcheck;
mod ingest;
mod lookup;
mod matching;
mod print;
mod progress;
mod rebuild;
mod record;
mod restore;
mod search;
mod serve;
mod token;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Failure, Verdict};

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  done, and the answer is no: a report was refused, a check found a fault, the server is not serving
  2  the command or a setting is wrong; nothing was done
  3  could not be done: no server, a folder in use by another process, a disk that fails

Files:
  A folder with index.json is read by that list; of another folder, every .txt, .html, .json and .jsonl file in it.
  Objects in .json and .jsonl have text (or body) and, if known, report_id, url, publisher, title, publish_date.
  - stands for standard input: JSON objects on lines, or one report as text.

Try:
  bienban serve --load examples/reports
  bienban extract examples/reports/son-ha-hdnd-2023-12.txt
  bienban search 'giải ngân vốn đầu tư công' --unit items --filter 'kind = DIRECTIVE'
  bienban lookup 'Bí thư Tỉnh ủy Sơn Hà' --as-of 2022-06
  bienban match people.csv --column name --kind person > joined.csv";

/// How long, at the end, work on other threads may take.
const LAST_WORK: std::time::Duration = std::time::Duration::from_secs(2);

/// Reads Vietnamese meeting reports, keeps them, and answers who, what and when over gRPC.
#[derive(Debug, Parser)]
#[command(name = "bienban", version, about, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Options),
    Ingest(ingest::Options),
    Search(search::Options),
    Lookup(lookup::Options),
    Match(matching::Options),
    Watch(watch::Options),
    Extract(extract::Options),
    Backup(backup::Options),
    Restore(restore::Options),
    Rebuild(rebuild::Options),
    Verify(verify::Options),
    CheckConfig(check_config::Options),
    Token(token::Options),
    Healthcheck(healthcheck::Options),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    let done = runtime().and_then(|runtime| {
        let done = runtime.block_on(run(command));
        // Work that nobody waits for any more does not hold the process up.
        runtime.shutdown_timeout(LAST_WORK);
        done
    });
    match done {
        Ok(verdict) => verdict.into(),
        Err(failure) => {
            eprintln!("bienban: {failure}");
            failure.into()
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::failed)
}

async fn run(command: Command) -> Result<Verdict, Failure> {
    match command {
        Command::Serve(options) => serve::run(options).await,
        Command::Ingest(options) => ingest::run(options).await,
        Command::Search(options) => search::run(options).await,
        Command::Lookup(options) => lookup::run(options).await,
        Command::Match(options) => matching::run(options).await,
        Command::Watch(options) => watch::run(options).await,
        Command::Extract(options) => extract::run(&options),
        Command::Backup(options) => backup::run(options).await,
        Command::Restore(options) => restore::run(&options).await,
        Command::Rebuild(options) => rebuild::run(&options).await,
        Command::Verify(options) => verify::run(&options).await,
        Command::CheckConfig(options) => check_config::run(&options),
        Command::Token(options) => token::run(&options),
        Command::Healthcheck(options) => healthcheck::run(options).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }
}
