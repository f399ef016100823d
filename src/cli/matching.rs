//! `match`: joins a table with the entities of a server.

mod rows;

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::client::{MAX_ANSWER_BYTES, Target};
use super::failure::{Failure, Verdict};
use super::lookup::Kind;
use super::progress;
use crate::grpc::generated::pb;
use pb::entity_service_client::EntityServiceClient;
use pb::match_entities_response::Result as Outcome;
use rows::{Format, Output, Row, Rows};

/// Most rows on their way at once.
const AHEAD: usize = 256;

/// Look up each row of a table, and print the table with the entities found.
///
/// Takes CSV with a head, or JSON objects on lines, and prints the same with columns added: entity and entity_name (filled only where
/// a program may act on the match), score and matched of the best candidate, and error. A row that is refused gets its
/// error, and the rest goes on; the exit code is 1 then. All rows are answered from one state of the server.
#[derive(Debug, Args)]
pub struct Options {
    /// The table; - for standard input.
    #[arg(default_value = "-", value_name = "FILE")]
    path: PathBuf,
    /// The column (or field) with the words to look up.
    #[arg(long, value_name = "NAME")]
    column: String,
    /// The column with the date that the words speak of.
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// The date where the row has none: 2023-07-15, 2023-07, 2023.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DATE")]
    as_of: String,
    /// Only this kind.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// How the table is written; by the file's name, else CSV.
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    target: Target,
}

/// Looks up and prints.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let format = options.format.unwrap_or_else(|| Format::of(&options.path));
    let table = rows::open(&options.path, format).map_err(|error| unreadable(&options.path, &error))?;
    let head = table.head.clone();
    if format == Format::Csv && !head.iter().any(|name| name.trim_start_matches('\u{feff}') == options.column) {
        let names: Vec<_> = head.iter().collect();
        return Err(Failure::Usage(anyhow::anyhow!("the table has no column {:?}, only {names:?}", options.column)));
    }
    let channel = options.target.connect_for_streams().await?;
    let mut client = EntityServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER_BYTES);
    let bar = progress::bar(None, "rows");
    let (requests, asked) = mpsc::channel(AHEAD);
    let (sent, mut waiting) = mpsc::channel(4 * AHEAD);
    let fed = tokio::task::spawn_blocking(move || feed(table, &options, &requests, &sent));
    let mut answers = client.match_entities(ReceiverStream::new(asked)).await?.into_inner();
    let mut output = Output::begin(io::BufWriter::new(io::stdout()), format, &head).map_err(Failure::failed)?;
    let mut refused = 0;
    // Answers come in the order of the rows.
    while let Some(answer) = answers.message().await? {
        let Some(row) = waiting.recv().await else { break };
        let added = added(answer.result, &mut refused);
        match output.row(row, added) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Verdict::Good),
            written => written.map_err(Failure::failed)?,
        }
        bar.inc(1);
    }
    match output.finish() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(Failure::failed(error)),
        _ => {}
    }
    bar.finish_and_clear();
    let faults = fed.await.map_err(Failure::failed)?;
    tell(&bar, &faults);
    Ok(if refused == 0 && faults.is_empty() { Verdict::Good } else { Verdict::Bad })
}

/// Reads rows, keeps each for its answer, and sends what is to be looked up. Gives the rows that cannot be read; ends where nobody takes
/// rows any more.
fn feed(
    table: Rows,
    options: &Options,
    requests: &mpsc::Sender<pb::MatchEntitiesRequest>,
    sent: &mpsc::Sender<Row>,
) -> Vec<rows::Unreadable> {
    let head = table.head.clone();
    let mut faults = Vec::new();
    for row in table {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let date = options.date_column.as_ref().map(|column| Rows::text(&head, &row, column));
        let request = pb::MatchEntitiesRequest {
            query: Rows::text(&head, &row, &options.column),
            kind: options.kind.map_or(pb::EntityKind::Unspecified, Into::into).into(),
            as_of: date.filter(|date| !date.is_empty()).unwrap_or_else(|| options.as_of.clone()),
            max_candidates: 1,
            ..Default::default()
        };
        // The row first: its answer cannot come before it.
        if sent.blocking_send(row).is_err() || requests.blocking_send(request).is_err() {
            break;
        }
    }
    faults
}

/// The columns added to a row.
fn added(result: Option<Outcome>, refused: &mut u64) -> [String; rows::ADDED.len()] {
    let none = String::new;
    match result {
        Some(Outcome::Matched(found)) => {
            let best = found.candidates.into_iter().next().unwrap_or_default();
            let is_match = !found.entity.is_empty();
            let name = best.entity.filter(|_| is_match).map(|entity| entity.display_name).unwrap_or_default();
            let score = if best.matched.is_empty() { none() } else { format!("{:.2}", best.score) };
            [found.entity, name, score, best.matched, none()]
        }
        Some(Outcome::Error(error)) => {
            *refused += 1;
            [none(), none(), none(), none(), error.message]
        }
        None => [none(), none(), none(), none(), none()],
    }
}

fn tell(bar: &ProgressBar, faults: &[rows::Unreadable]) {
    for fault in faults {
        bar.suspend(|| eprintln!("line {}: {}", fault.line, fault.what));
    }
}

fn unreadable(path: &Path, error: &anyhow::Error) -> Failure {
    Failure::Usage(anyhow::anyhow!("{}: {error}", path.display()))
}
