//! `extract`: reads report files without a server.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, Verdict};
use super::files;
use super::print::{Json, Page, Reader};
use super::record;
use crate::config::MAX_TEXT_BYTES;
use crate::extract::Extractor;
use crate::grpc::{self, generated::pb};
use crate::model::{Report, Revision, Timestamp};
use crate::projection::preview;
use crate::registry::keys::Naming;
use crate::service::api::Evidenced;
use crate::service::draft::{self, ReportInput};

/// Read reports and print what they say, without a server: the meeting, its people, what was said and decided, figures.
///
/// Prints tables on a terminal, else one JSON object a report: the API's Meeting with all its evidence. Nothing is stored, and nobody
/// is recognised from other reports.
#[derive(Debug, Args)]
pub struct Options {
    /// Files and folders; - for standard input. What they may hold: `bienban help`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print JSON, also on a terminal.
    #[arg(long)]
    json: bool,
}

/// Reads and prints.
pub fn run(options: &Options) -> Result<Verdict, Failure> {
    let (reader, json) = (Reader::of(options.json), Json::new()?);
    let (extractor, naming) = (Extractor::new(), Naming::new());
    let mut verdict = Verdict::Good;
    for found in files::plan(&options.paths).read() {
        let read = found.map_err(|fault| fault.to_string()).and_then(|found| {
            meeting(&extractor, &naming, found.report).map_err(|what| format!("{}: {what}", found.place))
        });
        match read {
            Ok(meeting) if reader == Reader::Person => record::record(Page::new(), &meeting).line("").show()?,
            Ok(meeting) => Page::new().line(&json.value("Meeting", &meeting)?.to_string()).show()?,
            Err(what) => {
                eprintln!("{what}");
                verdict = Verdict::Bad;
            }
        }
    }
    Ok(verdict)
}

fn meeting(extractor: &Extractor, naming: &Naming, input: ReportInput) -> Result<pb::Meeting, String> {
    let draft = draft::check(input, MAX_TEXT_BYTES)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    let time = Timestamp(0);
    let report = Report { draft, revision: Revision(0), create_time: time, update_time: time, delete_time: None };
    let value = preview(extractor, naming, &report).ok_or("no record came of it")?;
    let texts = [(report.draft.id.clone(), report.draft.text.into())].into();
    Ok(grpc::meeting_message(Evidenced { value, texts }))
}
