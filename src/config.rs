//! Settings of the server: declared once, checked as a whole before anything starts.
//!
//! Every setting is a flag, an environment variable and has a default; `bienban serve --help` is their manual.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

/// Largest bound on a report's text that can be set, in KiB.
pub const MAX_TEXT_KIB: usize = 65_536;

/// Settings as they are given.
#[derive(Debug, Clone, Args)]
pub struct RawConfig {
    /// Folder that holds the journal and everything derived from it; made if it is not there.
    #[arg(long, env = "BIENBAN_DATA_DIR", default_value = "bienban-data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// Address to listen on; port 0 takes any free port.
    #[arg(long, env = "BIENBAN_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Largest report text taken, in KiB.
    #[arg(long, env = "BIENBAN_MAX_TEXT_KIB", default_value_t = 4096, value_name = "KIB")]
    pub max_text_kib: usize,
    /// Most writes that may wait for the disk; beyond, callers are told to try again later.
    #[arg(long, env = "BIENBAN_WRITE_QUEUE", default_value_t = 1024, value_name = "N")]
    pub write_queue: usize,
    /// Most calls worked on at once; beyond, callers are told to try again later.
    #[arg(long, env = "BIENBAN_MAX_CALLS", default_value_t = 1024, value_name = "N")]
    pub max_calls: usize,
    /// Shortest time between two commits of what is derived, in milliseconds: how soon a report can be found.
    #[arg(long, env = "BIENBAN_COMMIT_INTERVAL_MS", default_value_t = 100, value_name = "MS")]
    pub commit_interval_ms: u64,
    /// Longest time that running calls are given after a signal to stop, in seconds.
    #[arg(long, env = "BIENBAN_DRAIN_SECONDS", default_value_t = 20, value_name = "S")]
    pub drain_seconds: u64,
    /// Memory for pages of the records, in MiB.
    #[arg(long, env = "BIENBAN_CACHE_MIB", default_value_t = 32, value_name = "MIB")]
    pub cache_mib: usize,
    /// Memory for documents that wait to be indexed, in MiB; at least 15.
    #[arg(long, env = "BIENBAN_INDEX_HEAP_MIB", default_value_t = 32, value_name = "MIB")]
    pub index_heap_mib: usize,
    /// How log lines are written, on standard error.
    #[arg(long, env = "BIENBAN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Which log lines are written: a level, or targets with levels ("info,bienban=debug").
    #[arg(long, env = "BIENBAN_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Settings that have been checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of journal and projection.
    pub data_dir: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Largest report text, in bytes.
    pub max_text_bytes: usize,
    /// Most writes that wait.
    pub write_queue: usize,
    /// Most calls at once.
    pub max_calls: usize,
    /// Shortest time between commits of the projection.
    pub commit_interval: Duration,
    /// Longest time for running calls after a signal to stop.
    pub drain: Duration,
    /// Memory for pages of the records, in bytes.
    pub cache_bytes: usize,
    /// Memory for documents that wait to be indexed, in bytes.
    pub index_heap_bytes: usize,
}

/// Every mistake in the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings cannot be used:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl RawConfig {
    /// Checks all settings.
    ///
    /// # Errors
    /// All mistakes at once.
    pub fn check(&self) -> Result<Config, ConfigError> {
        let mut faults = Vec::new();
        let mut within = |name: &str, value: u64, low: u64, high: u64| {
            if !(low..=high).contains(&value) {
                faults.push(format!("{name} is {value}; it must lie between {low} and {high}"));
            }
        };
        within("max-text-kib", self.max_text_kib as u64, 1, MAX_TEXT_KIB as u64);
        within("write-queue", self.write_queue as u64, 1, 1_000_000);
        within("max-calls", self.max_calls as u64, 1, 1_000_000);
        within("commit-interval-ms", self.commit_interval_ms, 0, 60_000);
        within("drain-seconds", self.drain_seconds, 0, 3_600);
        within("cache-mib", self.cache_mib as u64, 1, 1_048_576);
        within("index-heap-mib", self.index_heap_mib as u64, 15, 4_096);
        if !faults.is_empty() {
            return Err(ConfigError(faults));
        }
        Ok(Config {
            data_dir: self.data_dir.clone(),
            listen: self.listen,
            max_text_bytes: self.max_text_kib << 10,
            write_queue: self.write_queue,
            max_calls: self.max_calls,
            commit_interval: Duration::from_millis(self.commit_interval_ms),
            drain: Duration::from_secs(self.drain_seconds),
            cache_bytes: self.cache_mib << 20,
            index_heap_bytes: self.index_heap_mib << 20,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        config: RawConfig,
    }

    fn parse(arguments: &[&str]) -> RawConfig {
        Line::parse_from([&["bienban"], arguments].concat()).config
    }

    #[test]
    fn defaults_are_usable() {
        let config = parse(&[]).check().expect("usable");
        assert_eq!(config.max_text_bytes, 4 << 20);
        assert_eq!(config.listen, SocketAddr::from(([127, 0, 0, 1], 50051)));
    }

    #[test]
    fn all_mistakes_are_told_together() {
        let ConfigError(faults) = parse(&["--max-text-kib", "0", "--index-heap-mib", "3"]).check().expect_err("faulty");
        assert_eq!(faults.len(), 2, "{faults:?}");
    }
}
