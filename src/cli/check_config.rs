//! `check-config`: judges the settings without starting anything.

use clap::Args;

use super::failure::{Failure, Verdict};
use super::print::Page;
use crate::config::Layers;
use crate::{server, telemetry};

/// Check the settings of `serve` without starting it: the file, the environment and the flags together.
///
/// Prints what would be in force, as a file of settings, and beside each setting where it comes from; or all mistakes, each with
/// its place (exit code 2). Files of certificates, tokens and keys are read too. Secrets are never printed: they stand in files of their own.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    settings: Layers,
}

/// Checks and prints.
pub fn run(options: &Options) -> Result<Verdict, Failure> {
    let effective = options.settings.read().map_err(Failure::usage)?;
    server::check_files(&effective.config).map_err(Failure::usage)?;
    telemetry::check(&effective.config.log, &effective.config.traces).map_err(Failure::usage)?;
    if effective.config.open_to_the_world() {
        eprintln!("warning: anybody who reaches {} may read and write; see [auth]", effective.config.server.listen);
    }
    Page::new().line(effective.render().trim_end()).show()?;
    Ok(Verdict::Good)
}
