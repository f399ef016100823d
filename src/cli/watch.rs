//! `watch`: follows what changes on a server.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use backon::{BackoffBuilder as _, ExponentialBuilder};
use clap::Args;
use tokio::time::sleep;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::client::{Line, MAX_ANSWER_BYTES, Target};
use super::failure::{Failure, Verdict};
use super::print::{Json, Page, Reader, word};
use crate::grpc::generated::pb;
use pb::meeting_service_client::MeetingServiceClient;
use pb::record_change::Record;
use pb::watch_changes_response::Event;

/// Follow what changes in meetings and entities on a server.
///
/// Prints each record that changed, as it is now, and goes on when the server is restarted. In a pipe: JSON, one WatchChangesResponse a line. With a state
/// file the next run goes on where this one ended; what was printed after the last state kept is printed once more.
#[derive(Debug, Args)]
pub struct Options {
    /// File that keeps where to go on; made if it is not there.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Begin after this revision, where there is no state yet; 0 for everything there is.
    #[arg(long, default_value_t = 0, value_name = "REVISION")]
    after: i64,
    /// End once nothing more is waiting.
    #[arg(long)]
    once: bool,
    /// Print records with everything in them.
    #[arg(long)]
    full: bool,
    /// Print JSON, also on a terminal.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

/// How long to wait after each of the streams that may break one after the other without a word between them: not the same for all who follow,
/// so that they do not all come at once when the server is back.
fn waits() -> impl Iterator<Item = Duration> {
    let (first, longest) = (Duration::from_millis(200), Duration::from_secs(5));
    ExponentialBuilder::new().with_min_delay(first).with_max_delay(longest).with_max_times(10).with_jitter().build()
}

/// Follows and prints.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let mut token = options.state.as_deref().map(load).transpose()?.unwrap_or_default();
    let teller = Teller { reader: Reader::of(options.json), json: Json::new()? };
    let channel = options.target.connect_for_streams().await?;
    let mut waits_left = waits();
    loop {
        let before = token.clone();
        let Err(status) = follow(&options, channel.clone(), &teller, &mut token).await? else {
            return Ok(Verdict::Good);
        };
        if token != before {
            waits_left = waits();
        }
        let passes = matches!(status.code(), Code::Unavailable | Code::ResourceExhausted | Code::Unknown);
        let Some(wait) = waits_left.next().filter(|_| passes) else { return Err(status.into()) };
        let named = status.get_details_retry_info().and_then(|info| info.retry_delay).unwrap_or_default();
        sleep(wait.max(named)).await;
    }
}

/// One stream, from where the last one ended. How it broke, if it did.
async fn follow(
    options: &Options,
    channel: Line,
    teller: &Teller,
    token: &mut String,
) -> Result<Result<(), Status>, Failure> {
    let view = if options.full { pb::View::Full } else { pb::View::Basic };
    let after_revision = if token.is_empty() { options.after } else { 0 };
    let request = pb::WatchChangesRequest {
        resume_token: token.clone(),
        after_revision,
        view: view.into(),
        ..Default::default()
    };
    let mut client = MeetingServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER_BYTES);
    let mut events = match client.watch_changes(request).await {
        Ok(answer) => answer.into_inner(),
        Err(status) => return Ok(Err(status)),
    };
    loop {
        let response = match events.message().await {
            Ok(Some(response)) => response,
            Ok(None) => return Ok(Err(Status::unavailable("the server ended the stream"))),
            Err(status) => return Ok(Err(status)),
        };
        teller.tell(&response)?;
        if let Some(Event::Progress(progress)) = response.event {
            token.clone_from(&progress.resume_token);
            if let Some(path) = &options.state {
                keep(path, token)?;
            }
            if options.once && progress.caught_up {
                return Ok(Ok(()));
            }
        }
    }
}

/// Who prints.
struct Teller {
    reader: Reader,
    json: Json,
}

impl Teller {
    fn tell(&self, response: &pb::WatchChangesResponse) -> Result<(), Failure> {
        match self.reader {
            Reader::Program => {
                let value = self.json.value("WatchChangesResponse", response)?;
                Page::new().line(&value.to_string()).show()
            }
            Reader::Person => Page::new().line_if(line(response)).show(),
        }
    }
}

/// What people are told of an event.
fn line(response: &pb::WatchChangesResponse) -> Option<String> {
    match response.event.as_ref()? {
        Event::Change(change) => {
            let what = match &change.record {
                Some(Record::Meeting(meeting)) => meeting.title.clone(),
                Some(Record::Entity(entity)) => entity.display_name.clone(),
                None => change.moved_to.clone(),
            };
            let kind = word(change.kind().as_str_name(), "CHANGE_KIND_");
            Some(format!("{:>8}  {kind:<8} {}  {what}", change.revision, change.name))
        }
        Event::Reset(_) => Some("everything is told anew: forget what was told before".to_owned()),
        Event::Progress(_) => None,
    }
}

/// The token that a file keeps; nothing where there is no file yet.
fn load(path: &Path) -> Result<String, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Failure::Usage(anyhow::Error::new(error).context(path.display().to_string()))),
    }
}

/// Puts the token in place whole, so that a crash leaves the old or the new one.
fn keep(path: &Path, token: &str) -> Result<(), Failure> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let beside = PathBuf::from(name);
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        writeln!(file, "{token}")?;
        fs::rename(&beside, path)
    };
    write().with_context(|| path.display().to_string()).map_err(Failure::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_kept_and_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        assert_eq!(load(&path).expect("none"), "");
        for token in ["abc", "d"] {
            keep(&path, token).expect("kept");
            assert_eq!(load(&path).expect("one"), token);
        }
    }

    #[test]
    fn people_read_a_line_for_each_change() {
        let entity = pb::Entity { display_name: "Kiều Thế Lân".into(), ..Default::default() };
        let change = pb::RecordChange {
            name: "entities/per-x".into(),
            kind: pb::ChangeKind::Updated.into(),
            revision: 7,
            record: Some(Record::Entity(entity)),
            ..Default::default()
        };
        let response = pb::WatchChangesResponse { event: Some(Event::Change(change)) };
        assert_eq!(line(&response).expect("a line"), "       7  updated  entities/per-x  Kiều Thế Lân");
    }
}
