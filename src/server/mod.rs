//! The server: the one place that wires the rooms together, and its birth and death.
//!
//! ```text
//! birth   lock and open the journal ─▶ bind ─▶ open the projection ─▶ serve, NOT_SERVING ─▶ caught up: SERVING
//! death   a signal, or a task that ended ─▶ NOT_SERVING ─▶ streams read no more, running calls finish or are cut off
//!         at the deadline ─▶ close the journal ─▶ the projection's writer ends ─▶ the process ends
//! ```
//!
//! Three tasks run: the transport, the projection's writer, and the one that watches over both (`running`). Each is
//! joined before [`Running::wait`] returns.

mod access;
mod calls;
mod connection;
mod cork;
mod crowd;
mod error;
mod frames;
mod gate;
mod listen;
mod ops;
mod reload;
mod running;
mod sample;
mod sending;
mod stores;
mod task;
mod tls;
mod transport;
mod web;

use std::sync::Arc;

pub use access::AccessError;
pub use error::{RunError, StartError};
pub use running::Running;
pub use stores::{Stores, journal_dir, open_journal, projection_dir};
pub use tls::TlsError;

use crate::config::Config;
use crate::grpc::Health;
use crate::journal::SqliteOptions;
use crate::service::Api;
use crate::service::live::{self, Service};
use crate::telemetry::Metrics;
use access::Access;
use gate::{Closing, Places};
use reload::Watch;
use running::{Addresses, Ending, Life};
use sample::Sampler;
use tls::Tls;
use transport::Face;

/// Starts the server. It answers as soon as this returns, and is SERVING once its projection has caught up.
///
/// # Errors
/// If a store cannot be opened, or the address cannot be taken. Nothing is left running then.
pub async fn start(config: &Config) -> Result<Running, StartError> {
    let options = SqliteOptions { queue_writes: config.limits.write_queue, ..SqliteOptions::default() };
    let journal = open_journal(&config.server.data_dir, options).await?;
    match start_on(Arc::clone(&journal), config).await {
        Ok(running) => Ok(running),
        Err(error) => {
            // The lock on the folder ends with the journal, and the caller may go on living.
            if let Err(error) = journal.close().await {
                tracing::warn!(%error, "the journal did not close well");
            }
            Err(error)
        }
    }
}

async fn start_on(journal: stores::SharedJournal, config: &Config) -> Result<Running, StartError> {
    let tls = transport::tls_files(config).map(Tls::load).transpose()?.map(Arc::new);
    let access = Access::open(&config.auth)?;
    let listen = config.server.listen;
    let (listener, address) =
        listen::bind(listen).await.map_err(|source| StartError::Bind { address: listen, source })?;
    let ops = match config.server.ops_listen {
        Some(address) => Some(listen::bind(address).await.map_err(|source| StartError::BindOps { address, source })?),
        None => None,
    };
    let stores = Stores::open(journal, stores::projection_options(config)).await?;
    let api = service(&stores, config);
    let (health, closing, places) = (Health::new().await, Closing::default(), Places::new(config.limits.calls));
    let (metrics, gone) = (Metrics::new(), closing.gone.clone());
    let watch = Watch { every: config.server.reload, end: gone.clone(), metrics: metrics.clone() };
    let face = Face {
        api: Arc::clone(&api),
        health: health.clone(),
        keeper: Arc::clone(&access.keeper),
        tls: tls.clone(),
        places: places.clone(),
        closing: closing.clone(),
        metrics: metrics.clone(),
    };
    let transport = transport::serve(listener, face, config)?;
    access.keep(&watch);
    tls::keep(tls, watch);
    let ops = ops.map(|(listener, address)| {
        let sampler = Sampler::new(metrics, &stores, &config.server.data_dir);
        tokio::spawn(ops::serve(listener, health.clone(), sampler, gone.clone()));
        address
    });
    tracing::info!(%address, ops = ops.map(tracing::field::display), data_dir = %config.server.data_dir.display(), "server started");
    warn_of_openness(config);
    let status = stores.projection.watch();
    let life = Life::new(stores, transport, Ending { health, closing, places, drain: config.shutdown.drain });
    Ok(Running::begin(Addresses { api: address, ops }, api, status, life))
}

/// Reads every file that the settings name, and starts nothing.
///
/// # Errors
/// The first that cannot be used.
pub fn check_files(config: &Config) -> Result<(), StartError> {
    transport::tls_files(config).map(|files| files.check()).transpose()?;
    Access::open(&config.auth)?;
    Ok(())
}

fn warn_of_openness(config: &Config) {
    if config.open_to_the_world() {
        tracing::warn!(
            listen = %config.server.listen,
            "ANYBODY WHO REACHES THIS ADDRESS MAY READ AND WRITE: no tokens, keys or client certificates are configured; see [auth]"
        );
    }
}

fn service(stores: &Stores, config: &Config) -> Arc<dyn Api> {
    let reads = if config.limits.reads == 0 { live::reads_for_cores() } else { config.limits.reads };
    let watches = config.limits.watches;
    let limits = live::Limits { max_text_bytes: config.limits.text, reads, watches, ..live::Limits::default() };
    let journal = Arc::clone(&stores.journal);
    Arc::new(Service::new(journal, stores.projection.clone(), Arc::clone(&stores.extractor), limits))
}
