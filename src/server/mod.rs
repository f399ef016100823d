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

mod calls;
mod error;
mod gate;
mod running;
mod stores;
mod task;
mod transport;

use std::sync::Arc;

pub use error::{RunError, StartError};
pub use running::Running;
pub use stores::{Stores, journal_dir, open_journal, projection_dir};

use crate::config::Config;
use crate::grpc::{Health, Limits};
use crate::journal::SqliteOptions;
use crate::service::Api;
use crate::service::live::{self, Service};
use gate::{Closing, Places};
use running::{Ending, Life};
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
    let bind = |source| StartError::Bind { address: config.server.listen, source };
    let (listener, address) = transport::bind(config.server.listen).await.map_err(bind)?;
    let stores = Stores::open(journal, stores::projection_options(config)).await?;
    let api = service(&stores, config);
    let (health, closing, places) = (Health::new().await, Closing::default(), Places::new(config.limits.calls));
    let face = Face {
        api: Arc::clone(&api),
        health: health.clone(),
        limits: Limits::for_text(config.limits.text),
        places: places.clone(),
        closing: closing.clone(),
    };
    let transport = transport::serve(listener, face)?;
    tracing::info!(%address, data_dir = %config.server.data_dir.display(), "server started");
    let status = stores.projection.watch();
    let life = Life::new(stores, transport, Ending { health, closing, places, drain: config.shutdown.drain });
    Ok(Running::begin(address, api, status, life))
}

fn service(stores: &Stores, config: &Config) -> Arc<dyn Api> {
    let limits = live::Limits { max_text_bytes: config.limits.text, ..live::Limits::default() };
    let journal = Arc::clone(&stores.journal);
    Arc::new(Service::new(journal, stores.projection.clone(), Arc::clone(&stores.extractor), limits))
}
