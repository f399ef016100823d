//! The figures, each beside its limit.

use std::time::Duration;

/// Tells figures as they come, and whether all were within their limits.
#[derive(Debug, Default)]
pub struct Tale {
    over: u32,
}

impl Tale {
    /// Begins a part.
    pub fn part(&self, name: &str) {
        println!("\n{name}");
    }

    /// A figure without limit.
    pub fn plain(&self, what: &str, value: impl std::fmt::Display) {
        println!("  {what:<58} {value:>12}");
    }

    /// A figure beside what it is compared with and its limit.
    pub fn beside(&mut self, what: &str, value: Duration, beside: Duration, limit: f64) {
        let ratio = value.as_secs_f64() / beside.as_secs_f64();
        let shown = format!("{} / {}", time(value), time(beside));
        println!("  {what:<58} {shown:>19} = {ratio:5.2}  limit {limit:.2}  {}", self.verdict(ratio <= limit));
    }

    /// A time with its limit.
    pub fn time(&mut self, what: &str, value: Duration, limit: Duration) {
        println!("  {what:<58} {:>12}  limit {}  {}", time(value), time(limit), self.verdict(value <= limit));
    }

    /// A ratio with its limit.
    pub fn ratio(&mut self, what: &str, value: f64, limit: f64) {
        println!("  {what:<58} {value:>12.2}  limit {limit:.2}  {}", self.verdict(value <= limit));
    }

    /// An amount of memory with its limit, both in bytes.
    pub fn memory(&mut self, what: &str, value: u64, limit: u64) {
        let (shown, bound) = (mebibytes(value), mebibytes(limit));
        println!("  {what:<58} {shown:>12}  limit {bound}  {}", self.verdict(value <= limit));
    }

    /// Calls that the server sent away for load, where there were any: who measures what the others took must know.
    pub fn refused(&mut self, calls: usize) {
        if calls > 0 {
            self.over += 1;
            println!("  {calls} calls were refused as too many at once; what follows is of those that were answered");
        }
    }

    /// True if nothing was over its limit.
    pub fn all_within(&self) -> bool {
        self.over == 0
    }

    fn verdict(&mut self, within: bool) -> &'static str {
        if within {
            "within"
        } else {
            self.over += 1;
            "OVER"
        }
    }
}

/// A time in the unit that suits it.
pub fn time(value: Duration) -> String {
    match value.as_micros() {
        0..10_000 => format!("{} µs", value.as_micros()),
        10_000..10_000_000 => format!("{} ms", value.as_millis()),
        _ => format!("{} s", value.as_secs()),
    }
}

/// Bytes in MiB.
pub fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
