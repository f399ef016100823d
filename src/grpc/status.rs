//! From what went wrong to what callers are told: one exhaustive map, spelt twice, as a gRPC status with google.rpc
//! details and as the error of one report in a stream.
//!
//! Callers get a reason, never a cause: the text of a driver stays in the status's source, for the log.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt as _};

use super::auth::Refusal;
use super::generated::pb::{self, ErrorReason};
use super::reason;
use crate::service::error::Cause;
use crate::service::{ServiceError, Violation, ViolationReason};

/// Everything callers are told about an error.
#[derive(Debug)]
struct Told {
    code: Code,
    reason: ErrorReason,
    message: String,
    metadata: HashMap<String, String>,
    violations: Vec<Violation>,
    /// What is not there: its kind and its name.
    missing: Option<(&'static str, String)>,
    retry_after: Option<Duration>,
    cause: Option<Cause>,
}

impl From<ServiceError> for Status {
    fn from(error: ServiceError) -> Self {
        tell(error).bounded().into_status()
    }
}

impl From<ServiceError> for pb::IngestError {
    fn from(error: ServiceError) -> Self {
        tell(error).bounded().into_ingest_error()
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        let told = |code, reason| Told::new(code, reason, message.as_str());
        let told = match refusal {
            Refusal::Unauthenticated(problem) => {
                told(Code::Unauthenticated, ErrorReason::Unauthenticated).with("problem", problem.name())
            }
            Refusal::PermissionDenied { principal, scope } => {
                let told = told(Code::PermissionDenied, ErrorReason::PermissionDenied).with("principal", &*principal);
                scope.into_iter().fold(told, |told, scope| told.with("scope", scope.name()))
            }
            Refusal::RateLimited { retry_after } => {
                told(Code::ResourceExhausted, ErrorReason::RateLimited).after(retry_after)
            }
        };
        told.into_status()
    }
}

impl From<ServiceError> for pb::MatchError {
    fn from(error: ServiceError) -> Self {
        let pb::IngestError { code, reason, message, localized_message, metadata, field_violations, .. } = error.into();
        Self { code, reason, message, localized_message, metadata, field_violations }
    }
}

/// Completes a status that tonic made before or beside a handler (message too large, not a message, no such method):
/// with the code that the caller's fault deserves, and a reason. Others are left as they are.
pub(super) fn complete(status: Status) -> Status {
    if !status.details().is_empty() {
        return status;
    }
    let (code, reason) = match status.code() {
        Code::OutOfRange | Code::ResourceExhausted => (Code::InvalidArgument, ErrorReason::RequestTooLarge),
        Code::Internal => (Code::InvalidArgument, ErrorReason::MalformedRequest),
        Code::Unimplemented => (Code::Unimplemented, ErrorReason::NotSupported),
        _ => return status,
    };
    let message = if status.message().is_empty() { "not supported" } else { status.message() };
    Told::new(code, reason, message).into_status()
}

/// When a client whose stream ended with the process or the connection may go on.
pub(super) const COME_BACK: Duration = Duration::from_secs(1);

/// What ends a stream with the process or the connection: with what the caller goes on from, under its key in the metadata.
pub(super) fn leaving(key: &str, value: impl Into<String>) -> Status {
    tell(ServiceError::ShuttingDown { retry_after: COME_BACK }).with(key, value).into_status()
}

/// How many requests of a stream were answered, those before all others: in the metadata of what ends it.
pub(super) const ANSWERED: &str = "answered";

/// The one map.
fn tell(error: ServiceError) -> Told {
    let message = error.to_string();
    let told = |code, reason| Told::new(code, reason, message.as_str());
    match error {
        ServiceError::Invalid(violations) => invalid(message, violations),
        ServiceError::ReportNotFound(id) => {
            told(Code::NotFound, ErrorReason::ReportNotFound).lacks("Report", id.name())
        }
        ServiceError::MeetingNotFound(id) => {
            told(Code::NotFound, ErrorReason::MeetingNotFound).lacks("Meeting", id.name())
        }
        ServiceError::EntityNotFound(id) => {
            told(Code::NotFound, ErrorReason::EntityNotFound).lacks("Entity", id.name())
        }
        ServiceError::CorrectionNotFound(id) => {
            told(Code::NotFound, ErrorReason::CorrectionNotFound).lacks("Correction", id.name())
        }
        ServiceError::CannotMerge { merged, target, .. } => told(Code::FailedPrecondition, ErrorReason::CannotMerge)
            .with("source", merged.name())
            .with("target", target.name()),
        ServiceError::CannotSplit { entity, field, .. } => {
            told(Code::FailedPrecondition, ErrorReason::CannotSplit).with("name", entity.name()).with("field", field)
        }
        ServiceError::RequestIdReused { request_id } => {
            let fault = Violation::new("request_id", ViolationReason::InvalidField, "was used for another request");
            Told { violations: vec![fault], ..told(Code::InvalidArgument, ErrorReason::RequestIdReused) }
                .with("field", "request_id")
                .with("request_id", request_id)
        }
        ServiceError::UrlTaken { url, report } => {
            told(Code::AlreadyExists, ErrorReason::UrlTaken).with("url", url).with("report", report.name())
        }
        ServiceError::EtagMismatch { name, current } => {
            told(Code::Aborted, ErrorReason::EtagMismatch).with("name", name).with("etag", current)
        }
        ServiceError::RevisionNotReached { wanted, reached } => {
            told(Code::DeadlineExceeded, ErrorReason::RevisionNotReached)
                .with("min_revision", wanted.0.to_string())
                .with("revision", reached.0.to_string())
                .after(CATCH_UP)
        }
        ServiceError::RevisionUnknown { wanted, head } => told(Code::FailedPrecondition, ErrorReason::RevisionUnknown)
            .with("min_revision", wanted.0.to_string())
            .with("revision", head.0.to_string()),
        ServiceError::DeadlineExceeded => told(Code::DeadlineExceeded, ErrorReason::DeadlineExceeded),
        ServiceError::Overloaded { retry_after } => {
            told(Code::ResourceExhausted, ErrorReason::Overloaded).after(retry_after)
        }
        ServiceError::ShuttingDown { retry_after } => {
            told(Code::Unavailable, ErrorReason::ShuttingDown).after(retry_after)
        }
        ServiceError::NotReady { retry_after } => told(Code::Unavailable, ErrorReason::NotReady).after(retry_after),
        ServiceError::Storage(cause) => {
            Told { cause: Some(cause), ..told(Code::Unavailable, ErrorReason::StorageUnavailable) }
        }
        ServiceError::Internal(cause) => Told { cause: Some(cause), ..told(Code::Internal, ErrorReason::Internal) },
    }
}

/// Most bytes of a sentence: in a header each may take three.
const MOST_TEXT: usize = 400;
/// Bytes of faults after which no further one is told. Many clients take 8 KiB of headers.
const MOST_VIOLATIONS: usize = 1_600;

/// Cuts a sentence that is too long.
fn shorten(text: &mut String) {
    if text.len() > MOST_TEXT {
        text.truncate(text.floor_char_boundary(MOST_TEXT));
        text.push('…');
    }
}

/// When to ask again for a revision that was not reached: a projection is seldom further behind than this.
const CATCH_UP: Duration = Duration::from_millis(500);

fn invalid(message: String, violations: Vec<Violation>) -> Told {
    let first = violations.first().cloned();
    let reason = first.as_ref().map_or(ErrorReason::InvalidField, |first| reason::of_violation(first.reason));
    let told = Told { violations, ..Told::new(Code::InvalidArgument, reason, message) };
    let Some(first) = first else { return told };
    match first.position {
        Some(position) => told.with("field", first.field).with("position", position.to_string()),
        None => told.with("field", first.field),
    }
}

impl Told {
    fn new(code: Code, reason: ErrorReason, message: impl Into<String>) -> Self {
        Self {
            code,
            reason,
            message: message.into(),
            metadata: HashMap::new(),
            violations: Vec::new(),
            missing: None,
            retry_after: None,
            cause: None,
        }
    }

    fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.metadata.insert(key.to_owned(), value.into());
        self
    }

    /// A resource is not there; its message is named `kind`.
    fn lacks(self, kind: &'static str, name: String) -> Self {
        Self { missing: Some((kind, name.clone())), ..self.with("name", name) }
    }

    fn after(self, delay: Duration) -> Self {
        Self { retry_after: Some(delay), ..self }
    }

    /// At most as much as clients take in the headers that end a call: what is echoed of a request may be as long as the request.
    fn bounded(mut self) -> Self {
        shorten(&mut self.message);
        let mut bytes = 0;
        let told = self.violations.iter_mut().take_while(|violation| {
            let room = bytes < MOST_VIOLATIONS;
            bytes += violation.field.len() + violation.description.len().min(MOST_TEXT);
            room
        });
        let told = told.map(|violation| shorten(&mut violation.description)).count();
        self.violations.truncate(told);
        self
    }

    fn into_status(self) -> Status {
        let mut details = ErrorDetails::with_error_info(reason::name(self.reason), reason::DOMAIN, self.metadata);
        if !self.violations.is_empty() {
            details.set_bad_request(self.violations.into_iter().map(field_violation).collect::<Vec<_>>());
        }
        if let Some((kind, name)) = self.missing {
            details.set_resource_info(kind, name, "", self.message.as_str());
        }
        if let Some(delay) = self.retry_after {
            details.set_retry_info(Some(delay));
        }
        if let Some(message) = reason::localized(self.reason) {
            details.set_localized_message(reason::LOCALE, message);
        }
        let mut status = Status::with_error_details(self.code, self.message, details);
        if let Some(cause) = self.cause {
            status.set_source(Arc::from(cause));
        }
        status
    }

    fn into_ingest_error(self) -> pb::IngestError {
        let field_violations = self.violations.into_iter().map(|violation| pb::FieldViolation {
            field: violation.field,
            reason: reason::of_violation(violation.reason).into(),
            description: violation.description,
        });
        pb::IngestError {
            code: self.code.into(),
            reason: self.reason.into(),
            message: self.message,
            localized_message: reason::localized(self.reason).unwrap_or_default().to_owned(),
            metadata: self.metadata,
            field_violations: field_violations.collect(),
            retry_delay: self.retry_after.and_then(|delay| delay.try_into().ok()),
        }
    }
}

fn field_violation(violation: Violation) -> FieldViolation {
    FieldViolation {
        reason: reason::name(reason::of_violation(violation.reason)).to_owned(),
        ..FieldViolation::new(violation.field, violation.description)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ReportId, Revision};

    fn info(status: &Status) -> (String, HashMap<String, String>) {
        let info = status.get_details_error_info().unwrap();
        assert_eq!(info.domain, "bienban.v1");
        (info.reason, info.metadata)
    }

    #[test]
    fn every_error_has_a_code_and_a_reason() {
        let report = ReportId::parse("r1").unwrap();
        let retry_after = Duration::from_secs(2);
        let cases = [
            (ServiceError::ReportNotFound(report.clone()), Code::NotFound, "REPORT_NOT_FOUND"),
            (ServiceError::RequestIdReused { request_id: "x".into() }, Code::InvalidArgument, "REQUEST_ID_REUSED"),
            (ServiceError::UrlTaken { url: "u".into(), report }, Code::AlreadyExists, "URL_TAKEN"),
            (
                ServiceError::EtagMismatch { name: "reports/r1".into(), current: "e".into() },
                Code::Aborted,
                "ETAG_MISMATCH",
            ),
            (
                ServiceError::RevisionNotReached { wanted: Revision(3), reached: Revision(2) },
                Code::DeadlineExceeded,
                "REVISION_NOT_REACHED",
            ),
            (
                ServiceError::RevisionUnknown { wanted: Revision(3), head: Revision(2) },
                Code::FailedPrecondition,
                "REVISION_UNKNOWN",
            ),
            (ServiceError::DeadlineExceeded, Code::DeadlineExceeded, "DEADLINE_EXCEEDED"),
            (ServiceError::Overloaded { retry_after }, Code::ResourceExhausted, "OVERLOADED"),
            (ServiceError::ShuttingDown { retry_after }, Code::Unavailable, "SHUTTING_DOWN"),
            (ServiceError::NotReady { retry_after }, Code::Unavailable, "NOT_READY"),
            (ServiceError::Storage("x".into()), Code::Unavailable, "STORAGE_UNAVAILABLE"),
            (ServiceError::Internal("x".into()), Code::Internal, "INTERNAL"),
        ];
        for (error, code, reason) in cases {
            let status = Status::from(error);
            assert_eq!((status.code(), info(&status).0.as_str()), (code, reason));
        }
    }

    #[test]
    fn violations_keep_path_reason_and_place() {
        let status = Status::from(ServiceError::Invalid(vec![
            Violation::new("filter", ViolationReason::InvalidFilter, "unknown field").at(4),
            Violation::new("page_size", ViolationReason::InvalidField, "must not be negative"),
        ]));
        let (reason, metadata) = info(&status);
        assert_eq!(reason, "INVALID_FILTER");
        assert_eq!((metadata["field"].as_str(), metadata["position"].as_str()), ("filter", "4"));
        let violations = status.get_details_bad_request().unwrap().field_violations;
        let told: Vec<_> = violations.iter().map(|v| (v.field.as_str(), v.reason.as_str())).collect();
        assert_eq!(told, [("filter", "INVALID_FILTER"), ("page_size", "INVALID_FIELD")]);
    }

    #[test]
    fn what_is_told_fits_into_the_headers_that_clients_take() {
        let size = |status: &Status| status.details().len() * 4 / 3 + status.message().len() * 3;
        let fault = |at: usize| {
            let told = format!("must be reports/…; got {:?}", "Ạ".repeat(at % 900));
            Violation::new(format!("names[{at}]"), ViolationReason::InvalidResourceName, told)
        };
        let many = Status::from(ServiceError::Invalid((0..1000).map(fault).collect()));
        let told = many.get_details_bad_request().unwrap().field_violations.len();
        assert!(told > 3 && size(&many) < 7 << 10, "{told} {}", size(&many));
        let long = Status::from(ServiceError::Invalid(vec![fault(899)]));
        assert_eq!(long.get_details_bad_request().unwrap().field_violations[0].field, "names[899]");
        let url = format!("https://bao.example/{}", "x".repeat(2000));
        let taken = Status::from(ServiceError::UrlTaken { url: url.clone(), report: ReportId::parse("r1").unwrap() });
        assert!(size(&taken) < 7 << 10, "{}", size(&taken));
        assert_eq!(info(&taken).1["url"], url);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let status = Status::from(ServiceError::ReportNotFound(ReportId::parse("r1").unwrap()));
        let missing = status.get_details_resource_info().unwrap();
        assert_eq!((missing.resource_type.as_str(), missing.resource_name.as_str()), ("Report", "reports/r1"));
    }

    #[test]
    fn causes_stay_in_the_house() {
        let status = Status::from(ServiceError::Storage("disk I/O error at /data/journal".into()));
        assert!(!status.message().contains("disk"));
        assert!(!String::from_utf8_lossy(status.details()).contains("disk"));
        let source = std::error::Error::source(&status).unwrap();
        assert_eq!(source.to_string(), "disk I/O error at /data/journal");
    }

    #[test]
    fn passing_errors_say_when_to_come_back() {
        let status = Status::from(ServiceError::Overloaded { retry_after: Duration::from_secs(2) });
        assert_eq!(status.get_details_retry_info().unwrap().retry_delay, Some(Duration::from_secs(2)));
        assert_eq!(status.get_details_localized_message().unwrap().locale, "vi");
        let error = pb::IngestError::from(ServiceError::Overloaded { retry_after: Duration::from_secs(2) });
        assert_eq!((error.code, error.reason(), error.retry_delay.unwrap().seconds), (8, ErrorReason::Overloaded, 2));
    }

    #[test]
    fn bare_statuses_are_completed() {
        let large = complete(Status::out_of_range("message length too large"));
        assert_eq!((large.code(), info(&large).0.as_str()), (Code::InvalidArgument, "REQUEST_TOO_LARGE"));
        let broken = complete(Status::internal("failed to decode"));
        assert_eq!((broken.code(), info(&broken).0.as_str()), (Code::InvalidArgument, "MALFORMED_REQUEST"));
        let unknown = complete(Status::unimplemented(""));
        assert_eq!((unknown.code(), info(&unknown).0.as_str()), (Code::Unimplemented, "NOT_SUPPORTED"));
        assert_eq!(complete(Status::cancelled("x")).code(), Code::Cancelled);
        let own = Status::from(ServiceError::Internal("x".into()));
        assert_eq!(complete(own).code(), Code::Internal);
    }
}
