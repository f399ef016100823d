//! `serve`: runs the server until it is told to end.

mod load;
mod trial;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::failure::{Failure, Verdict};
use super::files;
use super::print::Page;
use crate::config::{Config, Layers};
use crate::server::{self, Running};
use crate::telemetry;

/// Run the server.
///
/// Prints its address on standard output as soon as it serves; everything else is logged to standard error. SIGTERM and SIGINT end it:
/// running calls may finish within --shutdown-drain. A second signal ends it at once; nothing acknowledged is lost by that.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    settings: Layers,
    /// Reports to hand over at the start: files and folders. Those that are stored already are left as they are.
    #[arg(long, num_args = 1.., value_name = "PATH")]
    load: Vec<PathBuf>,
}

/// Starts, loads, announces, and waits for the end.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let config = options.settings.read().map_err(Failure::usage)?.config;
    let telemetry = telemetry::install(&config.log, &config.traces).map_err(Failure::usage)?;
    let running = server::start(&config).await.map_err(Failure::failed)?;
    stop_on_signals(&running).map_err(Failure::failed)?;
    let plan = (!options.load.is_empty()).then(|| files::plan(&options.load));
    let loaded = plan.is_some();
    if let Some(plan) = plan {
        load::load(running.api(), plan).await;
    }
    if running.ready().await {
        announce(running.address(), loaded.then_some(&config)).show()?;
    }
    let ended = running.wait().await;
    // The exporter blocks while it sends the last traces.
    let _ = tokio::task::spawn_blocking(move || telemetry.end()).await;
    ended.map_err(Failure::failed)?;
    Ok(Verdict::Good)
}

/// From now on the first signal asks the server to end, and the second ends the process.
fn stop_on_signals(running: &Running) -> io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = running.stopper();
    tokio::spawn(async move {
        for again in [false, true] {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            if again {
                tracing::warn!(signal = name, "second signal: the process ends at once");
                std::process::exit(3);
            }
            tracing::info!(signal = name, "signal");
            stop();
        }
    });
    Ok(())
}

/// Where it listens, and calls to try on what was loaded.
fn announce(address: SocketAddr, loaded: Option<&Config>) -> Page {
    let page = Page::new().line(&format!("bienban serves on {address}"));
    let Some(config) = loaded else { return page };
    trial::calls(address, config).fold(page.line("Try:"), |page, call| page.line("").line(&call))
}
