//! How often one caller may call.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Refusal;

/// Calls between two looks at who has not called for long.
const SWEEP: usize = 10_000;

/// A bucket for each caller: so many calls a second, and so many at once. Callers that have been still are forgotten, so that memory is
/// bounded by those who call.
#[derive(Debug)]
pub struct Rate {
    limiter: DefaultKeyedRateLimiter<Arc<str>>,
    clock: DefaultClock,
}

impl Rate {
    /// So many calls a second for each, and that many at once.
    #[must_use]
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        let limiter = RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst));
        Self { limiter, clock: DefaultClock::default() }
    }

    /// Counts one call.
    ///
    /// # Errors
    /// With the time to come back, if it is one too many.
    pub fn count(&self, caller: &Arc<str>) -> Result<(), Refusal> {
        if self.limiter.len() > SWEEP {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(caller).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Refusal::RateLimited { retry_after: wait.max(Duration::from_millis(1)) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_a_bucket() {
        let one = NonZeroU32::MIN;
        let rate = Rate::new(one, one);
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        assert!(rate.count(&a).is_ok());
        assert!(
            matches!(rate.count(&a), Err(Refusal::RateLimited { retry_after }) if retry_after <= Duration::from_secs(1))
        );
        assert!(rate.count(&b).is_ok());
    }
}
