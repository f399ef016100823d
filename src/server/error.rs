//! How the server fails to start, and to run.

use std::io;
use std::net::SocketAddr;

use super::access::AccessError;
use super::tls::TlsError;
use crate::journal::JournalError;
use crate::projection::ProjectionError;

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The journal cannot be opened; another process may have it.
    #[error("cannot open the journal")]
    Journal(#[from] JournalError),
    /// What is derived from the journal cannot be opened.
    #[error("cannot open the projection")]
    Projection(#[from] ProjectionError),
    /// The address cannot be taken.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The port for those who run it cannot be taken, or serves no more.
    #[error("cannot listen on {address} for health and metrics")]
    BindOps {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// TLS cannot be had from the files named.
    #[error("TLS cannot be set up")]
    Tls(#[from] TlsError),
    /// Tokens or keys cannot be read.
    #[error("callers cannot be told apart")]
    Access(#[from] AccessError),
    /// The built-in description of the API cannot be read.
    #[error("cannot describe the API")]
    Reflection(#[from] tonic_reflection::server::Error),
}

/// Why a running server ended without being told to, or did not end well.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The projection's writer failed: answers would have stood still from then on.
    #[error("the projection stopped")]
    Projection(#[from] ProjectionError),
    /// Connections can no longer be taken.
    #[error("the transport stopped")]
    Transport(#[from] io::Error),
    /// The journal did not close well. Nothing acknowledged is lost.
    #[error("the journal did not close well")]
    Close(#[from] JournalError),
    /// A task ended that should not have.
    #[error("the task {0} ended unasked")]
    Ended(&'static str),
    /// A task panicked.
    #[error("the task {task} failed")]
    Task {
        /// Which.
        task: &'static str,
        /// How.
        #[source]
        source: tokio::task::JoinError,
    },
    /// A task did not end in time.
    #[error("the task {0} did not end in time")]
    Stuck(&'static str),
}
