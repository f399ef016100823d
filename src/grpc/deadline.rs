//! When callers stop waiting.

use std::future::Future;
use std::time::{Duration, Instant};

use tonic::metadata::MetadataMap;

use crate::service::ServiceError;
use crate::service::api::{Answer, Call};

/// The header in which clients say how long they wait, such as `250m` for 250 milliseconds.
const HEADER: &str = "grpc-timeout";

/// What is known of a call: its deadline, a little before the caller's own so that the answer still arrives, and never
/// later than `longest` from now.
pub(super) fn call(metadata: &MetadataMap, longest: Option<Duration>) -> Call {
    let asked = metadata.get(HEADER).and_then(|value| value.to_str().ok()).and_then(timeout).map(margin);
    let timeout = [asked, longest].into_iter().flatten().min();
    Call { deadline: timeout.and_then(|timeout| Instant::now().checked_add(timeout)), wait_for_room: false }
}

/// Work until the call's deadline. Work that itself waits until then still gets its word in: it is polled first.
pub(super) async fn within<T>(call: &Call, work: impl Future<Output = Answer<T>>) -> Answer<T> {
    match call.deadline {
        None => work.await,
        Some(deadline) => {
            tokio::time::timeout_at(deadline.into(), work).await.unwrap_or(Err(ServiceError::DeadlineExceeded))
        }
    }
}

/// Leaves time to answer before tonic's own timer, which knows no DEADLINE_EXCEEDED, cuts the call off.
fn margin(timeout: Duration) -> Duration {
    timeout - (timeout / 10).min(Duration::from_millis(100))
}

/// Reads `1H`, `2M`, `3S`, `4m`, `5u`, `6n`: at most eight digits and a unit.
fn timeout(text: &str) -> Option<Duration> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let fits = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = fits.then(|| digits.parse().ok())??;
    Some(match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_have_units() {
        assert_eq!(timeout("250m"), Some(Duration::from_millis(250)));
        assert_eq!(timeout("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for bad in ["", "m", "1", "1s", "-1S", "123456789S", "1é", "+1S"] {
            assert_eq!(timeout(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_shorter_wait_counts() {
        let mut metadata = MetadataMap::new();
        assert_eq!(call(&metadata, None).deadline, None);
        metadata.insert(HEADER, "1H".parse().unwrap());
        let deadline = call(&metadata, Some(Duration::from_secs(1))).deadline.unwrap();
        assert!(deadline <= Instant::now() + Duration::from_secs(1));
    }

    #[tokio::test]
    async fn late_work_is_a_deadline_exceeded() {
        let call = Call { deadline: Some(Instant::now()), wait_for_room: false };
        let answer = within(&call, std::future::pending::<Answer<()>>()).await;
        assert!(matches!(answer, Err(ServiceError::DeadlineExceeded)));
    }
}
