//! How a command ends, and what people are told where it fails.

use std::fmt;
use std::process::ExitCode;

use tonic::Status;
use tonic_types::StatusExt as _;

/// How a command that was carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All is well.
    Good,
    /// The answer is no.
    Bad,
}

/// Why a command was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The caller's own doing.
    Usage(anyhow::Error),
    /// Something did not do its part.
    Failed(anyhow::Error),
}

impl Failure {
    /// The command or a setting is wrong.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::Usage(error.into())
    }

    /// Something did not do its part.
    pub fn failed(error: impl Into<anyhow::Error>) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let told = anyhow::anyhow!(tell(&status));
        if status.code() == tonic::Code::InvalidArgument { Self::Usage(told) } else { Self::Failed(told) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(error) | Self::Failed(error)) = self;
        write!(f, "{error:#}")
    }
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Good => Self::SUCCESS,
            Verdict::Bad => Self::from(1),
        }
    }
}

impl From<Failure> for ExitCode {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Usage(_) => Self::from(2),
            Failure::Failed(_) => Self::from(3),
        }
    }
}

/// Everything a status tells: reason and message, faulty fields, when to come back.
pub fn tell(status: &Status) -> String {
    let details = status.get_error_details();
    let reason = details.error_info().map_or_else(|| format!("{:?}", status.code()), |info| info.reason.clone());
    let mut text = format!("{reason}: {}", status.message());
    for violation in details.bad_request().map(|request| request.field_violations.as_slice()).unwrap_or_default() {
        text.push_str(&format!("\n  {}: {} ({})", violation.field, violation.description, violation.reason));
    }
    if let Some(position) = details.error_info().and_then(|info| info.metadata.get("position")) {
        text.push_str(&format!("\n  at character {position}"));
    }
    if let Some(delay) = details.retry_info().and_then(|info| info.retry_delay) {
        text.push_str(&format!("\n  try again in {delay:?}"));
    }
    if let Some(message) = details.localized_message() {
        text.push_str(&format!("\n  {}", message.message));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{ServiceError, Violation, ViolationReason};

    #[test]
    fn people_are_told_the_field_and_the_place() {
        let fault = Violation::new("filter", ViolationReason::InvalidFilter, "has no field \"knd\"").at(0);
        let told = tell(&ServiceError::Invalid(vec![fault]).into());
        let lines: Vec<_> = told.lines().collect();
        assert_eq!(lines[0], "INVALID_FILTER: filter: has no field \"knd\"");
        assert_eq!(lines[1], "  filter: has no field \"knd\" (INVALID_FILTER)");
        assert_eq!(lines[2], "  at character 0");
    }
}
