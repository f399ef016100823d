//! Settings of the server: declared once (`settings`), read from flags, environment and a file, judged as a whole.
//!
//! ```text
//! flag --limits-calls ▷ variable BIENBAN_LIMITS_CALLS ▷ calls in [limits] of the file ▷ default
//! ```
//!
//! The first that is given counts. Every setting has a kind (`kinds`) that says what may be written and what it means to the
//! program, so that a setting that was read is a setting that can be used. serde would stop at the first mistake; here the
//! file is read as a tree with places (the `toml` crate) and judged against the table, so that all mistakes are told at once.

mod file;
mod kinds;
mod layers;
mod render;
mod settings;
mod whole;

pub use kinds::{Encoding, Kind, LogFormat, OtlpProtocol, Value};
pub use layers::{Effective, Layers, Origin};
pub use render::documented;
pub use settings::{
    Auth, Config, Limits, Log, ProjectionStore, SETTINGS, Server, Setting, Shutdown, TlsSettings, Traces, Web,
};

/// Largest bound on a report's text that can be set, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// Every mistake in the settings, each with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings cannot be used:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// What is in force where nothing is set.
    #[must_use]
    pub fn defaults() -> Self {
        let effective = Layers::default().read();
        // A test reads them: no default is a mistake.
        effective.map(|effective| effective.config).unwrap_or_else(|error| unreachable!("{error}"))
    }
}

#[cfg(test)]
mod tests;
