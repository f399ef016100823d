//! What operators see: log lines (lower-case events with fields, on standard error; never the text of a report) and metrics.

mod metrics;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::LogFormat;

pub use metrics::{Metrics, Sample, Store};

/// The filter cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the log filter {filter:?} is not understood: {source}")]
pub struct FilterError {
    filter: String,
    #[source]
    source: tracing_subscriber::filter::ParseError,
}

/// Installs the subscriber for the whole process. A second call changes nothing.
///
/// # Errors
/// If the filter is not a list of levels and targets.
pub fn install(filter: &str, format: LogFormat) -> Result<(), FilterError> {
    let parsed = EnvFilter::try_new(filter).map_err(|source| FilterError { filter: filter.to_owned(), source })?;
    let builder = fmt().with_env_filter(parsed).with_writer(std::io::stderr);
    let outcome = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if outcome.is_err() {
        tracing::debug!("a subscriber was installed before");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_means_nothing_is_refused() {
        assert!(install("info,bienban=loudly", LogFormat::Text).is_err());
    }
}
