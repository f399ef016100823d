//! Time, processor time and memory.

use std::time::Duration;

/// Processor time and memory of a process, from `/proc`.
#[derive(Debug, Clone, Copy)]
pub struct Process(pub u32);

impl Process {
    /// Processor time so far, user and system, to a hundredth of a second.
    pub fn cpu(self) -> Duration {
        const TICKS_PER_SECOND: u64 = 100;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap_or_default();
        let fields: Vec<u64> = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|n| n.parse().ok())
            .collect();
        Duration::from_millis(fields.iter().sum::<u64>() * 1000 / TICKS_PER_SECOND)
    }

    /// Waits until the process has no thread of this name any more.
    ///
    /// # Errors
    /// If there still is one after ten minutes.
    #[allow(clippy::disallowed_methods, reason = "nothing but a look tells when a thread of another process ends")]
    pub fn without_thread(self, name: &str) -> Result<(), String> {
        const LOOK: Duration = Duration::from_millis(20);
        for _ in 0..30_000 {
            let threads = std::fs::read_dir(format!("/proc/{}/task", self.0)).into_iter().flatten().flatten();
            let mut names = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("comm")).ok());
            if !names.any(|own| own.trim() == name) {
                return Ok(());
            }
            std::thread::sleep(LOOK);
        }
        Err(format!("the thread {name} does not end"))
    }

    /// Resident memory now and at most: all, and what is its own (the rest are pages of files).
    pub fn memory(self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap_or_default();
        let mib = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
        };
        format!("{} MiB resident ({} MiB its own), at most {} MiB", mib("VmRSS:"), mib("RssAnon:"), mib("VmHWM:"))
    }
}

/// Time of all cores so far that the host of this machine gave to others: the slowest calls may have waited for nothing else.
pub fn stolen() -> Duration {
    const TICKS_PER_SECOND: u64 = 100;
    const STOLEN: usize = 8;
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks = stat.split_whitespace().nth(STOLEN).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
}

/// Latencies of calls.
#[derive(Debug, Default)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    pub fn add(&mut self, one: Duration) {
        self.0.push(one);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Median, 99th percentile beside its limit, if it has one, and the slowest.
    pub fn told(&mut self, limit: Duration) -> String {
        self.0.sort();
        let at = |share: f64| {
            self.0.get((self.0.len() as f64 * share) as usize).or(self.0.last()).copied().unwrap_or_default()
        };
        let limit = if limit.is_zero() { String::new() } else { format!(" (limit {limit:?})") };
        format!("p50 {:?}, p99 {:?}{limit}, slowest {:?}", at(0.5), at(0.99), at(1.0))
    }
}
