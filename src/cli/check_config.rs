//! `check-config`: judges the settings without starting anything.

use clap::Args;

use super::failure::{Failure, Verdict};
use super::print::Page;
use crate::config::Layers;

/// Check the settings of `serve` without starting it: the file, the environment and the flags together.
///
/// Prints what would be in force, as a file of settings, and beside each setting where it comes from; or all mistakes, each with
/// its place (exit code 2). Secrets are never printed: they stand in files of their own.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    settings: Layers,
}

/// Checks and prints.
pub fn run(options: &Options) -> Result<Verdict, Failure> {
    let effective = options.settings.read().map_err(Failure::usage)?;
    Page::new().line(effective.render().trim_end()).show()?;
    Ok(Verdict::Good)
}
