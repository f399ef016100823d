//! `backup`: copies the journal.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Args;
use data_encoding::HEXLOWER;
use indicatif::ProgressBar;
use ring::digest::{Context, SHA256};
use tempfile::NamedTempFile;

use super::client::{MAX_ANSWER_BYTES, Target};
use super::failure::{Failure, Verdict};
use super::progress;
use crate::grpc::generated::pb;
use crate::journal::{Journal as _, JournalCopy, SqliteJournal};
use crate::server;
use pb::admin_service_client::AdminServiceClient;
use pb::backup_journal_response::Part;

/// Copy the journal into a file, consistently, also while the server takes reports.
///
/// Asks a server, whose token must have the scope admin; with --data-dir reads a folder, whether or not a server runs on it. A file that is there is not
/// overwritten. `bienban restore` makes a journal of the file; nothing else is needed.
#[derive(Debug, Args)]
pub struct Options {
    /// Where to put the copy; - for standard output.
    file: PathBuf,
    /// Copy out of this data folder, and ask no server.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

/// Copies and tells.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let mut output = Output::new(&options.file)?;
    let revision = match &options.data_dir {
        Some(folder) => from_folder(folder, &mut output).await?,
        None => from_server(&options.target, &mut output).await?,
    };
    let (bytes, sha256) = output.finish()?;
    eprintln!("{bytes} bytes up to revision {revision}, SHA-256 {sha256}");
    Ok(Verdict::Good)
}

async fn from_folder(data_dir: &Path, output: &mut Output) -> Result<u64, Failure> {
    let dir = server::journal_dir(data_dir);
    if !dir.is_dir() {
        return Err(Failure::Usage(anyhow!("{} has no journal; name the right --data-dir", data_dir.display())));
    }
    let journal = SqliteJournal::open_read_only(&dir).map_err(Failure::failed)?;
    let mut copy: JournalCopy = journal.copy().await.map_err(Failure::failed)?;
    let bar = progress::bar(Some(copy.size()), "bytes");
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = copy.read(&mut piece).map_err(Failure::failed)?;
        if read == 0 {
            bar.finish_and_clear();
            return Ok(copy.head().0);
        }
        output.put(&piece[..read], &bar)?;
    }
}

async fn from_server(target: &Target, output: &mut Output) -> Result<u64, Failure> {
    let channel = target.connect_for_streams().await?;
    let mut client = AdminServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER_BYTES);
    let mut parts = client.backup_journal(pb::BackupJournalRequest {}).await?.into_inner();
    let (mut revision, mut bar) = (0, None::<ProgressBar>);
    while let Some(response) = parts.message().await? {
        match response.part {
            Some(Part::Head(head)) => {
                revision = head.revision;
                bar = Some(progress::bar(u64::try_from(head.size_bytes).ok(), "bytes"));
            }
            Some(Part::Chunk(piece)) => output.put(&piece, bar.get_or_insert_with(ProgressBar::hidden))?,
            Some(Part::End(end)) => {
                bar.iter().for_each(ProgressBar::finish_and_clear);
                output.expect(&end.sha256)?;
                return Ok(u64::try_from(revision).unwrap_or_default());
            }
            None => {}
        }
    }
    Err(Failure::Failed(anyhow!("the copy has no end: it is not whole")))
}

/// Where the copy goes: a file that comes into being whole or not at all, or standard output.
struct Output {
    to: To,
    digest: Context,
    bytes: u64,
}

enum To {
    File { beside: NamedTempFile, path: PathBuf },
    Standard(io::Stdout),
}

impl Output {
    fn new(path: &Path) -> Result<Self, Failure> {
        let to = if path == Path::new("-") {
            To::Standard(io::stdout())
        } else {
            if path.exists() {
                return Err(Failure::Usage(anyhow!("{} is there already, and is not overwritten", path.display())));
            }
            let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let beside = NamedTempFile::new_in(folder).with_context(|| folder.display().to_string());
            To::File { beside: beside.map_err(Failure::Usage)?, path: path.to_owned() }
        };
        Ok(Self { to, digest: Context::new(&SHA256), bytes: 0 })
    }

    fn put(&mut self, piece: &[u8], bar: &ProgressBar) -> Result<(), Failure> {
        match &mut self.to {
            To::File { beside, .. } => beside.write_all(piece),
            To::Standard(out) => out.write_all(piece),
        }
        .context("the copy cannot be written")
        .map_err(Failure::Failed)?;
        self.digest.update(piece);
        self.bytes += piece.len() as u64;
        bar.inc(piece.len() as u64);
        Ok(())
    }

    /// Compares with the digest that the server made.
    fn expect(&self, sha256: &str) -> Result<(), Failure> {
        if self.sha256() == sha256 {
            return Ok(());
        }
        Err(Failure::Failed(anyhow!("the copy came damaged: its SHA-256 is not the one that the server tells")))
    }

    fn sha256(&self) -> String {
        HEXLOWER.encode(self.digest.clone().finish().as_ref())
    }

    fn finish(self) -> Result<(u64, String), Failure> {
        let told = (self.bytes, self.sha256());
        let put = || -> io::Result<()> {
            match self.to {
                To::Standard(mut out) => out.flush(),
                To::File { beside, path } => {
                    beside.as_file().sync_all()?;
                    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
                    let folder = folder.unwrap_or(Path::new(".")).to_owned();
                    beside.persist_noclobber(&path)?;
                    File::open(folder)?.sync_all()
                }
            }
        };
        put().context("the copy cannot be put in place").map_err(Failure::Failed)?;
        Ok(told)
    }
}
