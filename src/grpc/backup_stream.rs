//! BackupJournal: a copy of the journal, piece by piece.
//!
//! The response stream drives everything: the next piece is read when the one before it was taken.

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use futures_util::stream;
use ring::digest::{Context, SHA256};
use tokio::task::spawn_blocking;
use tokio_stream::Stream;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::convert;
use super::deadline::within;
use super::generated::pb;
use super::generated::pb::backup_journal_response::Part;
use super::status::COME_BACK;
use crate::service::ServiceError;
use crate::service::api::{Api, Backup, Call};

/// The responses of a stream.
pub(super) type BackupStream = Pin<Box<dyn Stream<Item = Result<pb::BackupJournalResponse, Status>> + Send>>;

/// Most bytes of a piece.
const PIECE: u64 = 1 << 20;

/// A copy that is being told.
struct Telling {
    copy: Backup,
    digest: Context,
}

/// How far it is told.
enum State {
    /// The copy is to be made, which may take minutes.
    Begin(Arc<dyn Api>, Call),
    Middle(Box<Telling>),
    Over,
}

/// The whole copy, unless the process ends before.
pub(super) fn pieces(api: Arc<dyn Api>, call: Call, shutdown: CancellationToken) -> BackupStream {
    Box::pin(stream::unfold((State::Begin(api, call), shutdown), |(state, shutdown)| async move {
        if matches!(state, State::Over) {
            return None;
        }
        let (told, state) = tokio::select! {
            biased;
            () = shutdown.cancelled() => (Err(ServiceError::ShuttingDown { retry_after: COME_BACK }.into()), State::Over),
            told = next(state) => told,
        };
        let told = told.map(|part| pb::BackupJournalResponse { part: Some(part) });
        Some((told, (state, shutdown)))
    }))
}

async fn next(state: State) -> (Result<Part, Status>, State) {
    match state {
        State::Begin(api, call) => match within(&call, api.backup(&call)).await {
            Ok(copy) => {
                let (revision, size_bytes) = (convert::revision(copy.head), convert::count(copy.bytes));
                let telling = Telling { copy, digest: Context::new(&SHA256) };
                (Ok(Part::Head(pb::BackupHead { revision, size_bytes })), State::Middle(Box::new(telling)))
            }
            Err(error) => (Err(error.into()), State::Over),
        },
        State::Middle(telling) => read_on(telling).await,
        State::Over => (Err(ServiceError::Internal("a stream that is over was asked".into()).into()), State::Over),
    }
}

async fn read_on(mut telling: Box<Telling>) -> (Result<Part, Status>, State) {
    let read = spawn_blocking(move || {
        let piece = piece(&mut telling);
        (telling, piece)
    });
    match read.await {
        Ok((telling, Ok(piece))) if piece.is_empty() => {
            let sha256 = HEXLOWER.encode(telling.digest.finish().as_ref());
            (Ok(Part::End(pb::BackupEnd { sha256 })), State::Over)
        }
        Ok((telling, Ok(piece))) => (Ok(Part::Chunk(piece)), State::Middle(telling)),
        Ok((_, Err(error))) => (Err(ServiceError::Storage(Box::new(error)).into()), State::Over),
        Err(panic) => (Err(ServiceError::Internal(Box::new(panic)).into()), State::Over),
    }
}

fn piece(telling: &mut Telling) -> io::Result<Vec<u8>> {
    let mut piece = Vec::new();
    (&mut telling.copy.content).take(PIECE).read_to_end(&mut piece)?;
    telling.digest.update(&piece);
    Ok(piece)
}
