//! `ingest`: hands report files over to a server.

mod courier;

use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use serde_json::json;

use super::client::Target;
use super::failure::{Failure, Verdict};
use super::feed::feed;
use super::files;
use super::print::{Page, Reader, word};
use super::progress;
use crate::grpc::generated::pb;
use courier::{Courier, Settled};

/// Hand reports over to a server: files, folders, JSON lines, standard input.
///
/// Safe to repeat: a report that is stored already, with the same content, is not stored again. What a busy server sends back is
/// handed over again. Reports that are refused are told on standard error, and the rest goes on; the exit code is 1 then.
#[derive(Debug, Args)]
pub struct Options {
    /// Files and folders; - for standard input. What they may hold: `bienban help`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Most reports on their way at once.
    #[arg(long, default_value_t = 64, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    in_flight: u16,
    /// Print one JSON object a report, also on a terminal.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

/// Hands over and tells what became of it.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let plan = files::plan(&options.paths);
    let bar = progress::bar(plan.count(), "reports");
    let mut tally = Tally::new(Reader::of(options.json), bar.clone());
    let channel = options.target.connect_for_streams().await?;
    let courier = Courier::new(channel, usize::from(options.in_flight));
    let done = courier.deliver(feed(plan), |settled| tally.note(settled)).await;
    bar.finish_and_clear();
    tally.close()?;
    done.map(|()| tally.verdict())
}

/// What became of the reports so far.
struct Tally {
    reader: Reader,
    bar: ProgressBar,
    created: u64,
    updated: u64,
    unchanged: u64,
    refused: u64,
    revision: i64,
    /// The first failure to print, told at the end.
    unprinted: Option<Failure>,
}

impl Tally {
    fn new(reader: Reader, bar: ProgressBar) -> Self {
        Self { reader, bar, created: 0, updated: 0, unchanged: 0, refused: 0, revision: 0, unprinted: None }
    }

    fn note(&mut self, settled: Settled) {
        self.bar.inc(1);
        match settled {
            Settled::Kept(place, kept) => self.kept(&place, &kept),
            Settled::Refused(place, error) => self.refused(&place, &error),
            Settled::Unread(fault) => {
                self.refused += 1;
                self.print(&json!({"place": fault.place, "error": {"message": fault.what}}));
                self.complain(&fault.to_string());
            }
        }
    }

    fn kept(&mut self, place: &str, kept: &pb::IngestedReport) {
        self.revision = self.revision.max(kept.revision);
        match kept.outcome() {
            pb::IngestOutcome::Updated => self.updated += 1,
            pb::IngestOutcome::Unchanged => self.unchanged += 1,
            pb::IngestOutcome::Created | pb::IngestOutcome::Unspecified => self.created += 1,
        }
        let outcome = word(kept.outcome().as_str_name(), "INGEST_OUTCOME_");
        self.print(&json!({
            "place": place, "report": kept.report, "revision": kept.revision, "outcome": outcome, "meeting": kept.meeting,
        }));
    }

    fn refused(&mut self, place: &str, error: &pb::IngestError) {
        self.refused += 1;
        let reason = error.reason().as_str_name();
        let reason = reason.strip_prefix("ERROR_REASON_").unwrap_or(reason);
        self.print(&json!({"place": place, "error": {"reason": reason, "message": error.message}}));
        self.complain(&format!("{place}: {reason}: {}", error.message));
    }

    fn print(&mut self, line: &serde_json::Value) {
        if self.reader == Reader::Program
            && let Err(failure) = Page::new().line(&line.to_string()).show()
        {
            self.unprinted.get_or_insert(failure);
        }
    }

    fn complain(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    fn close(&mut self) -> Result<(), Failure> {
        if let Some(failure) = self.unprinted.take() {
            return Err(failure);
        }
        let Self { created, updated, unchanged, refused, revision, .. } = self;
        let summary = format!(
            "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused; the last revision is {revision}"
        );
        match self.reader {
            Reader::Person => Page::new().line(&summary).show(),
            Reader::Program => {
                eprintln!("{summary}");
                Ok(())
            }
        }
    }

    fn verdict(&self) -> Verdict {
        if self.refused == 0 { Verdict::Good } else { Verdict::Bad }
    }
}
