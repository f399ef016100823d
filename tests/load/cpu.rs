//! Processor time, from /proc.

use std::time::Duration;

/// Length of a tick in /proc/PID/stat; the same on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// What a process has used so far, all threads, those that have ended too.
pub fn of_process(id: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    // The name of the program, in brackets, may hold anything.
    let (_, rest) = stat.rsplit_once(')').expect("a name");
    let ticks: u32 =
        rest.split_whitespace().skip(11).take(2).map(|field| field.parse::<u32>().expect("a number")).sum();
    TICK * ticks
}

/// What this thread has used so far.
pub fn of_this_thread() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("schedstat");
    Duration::from_nanos(stat.split_whitespace().next().and_then(|field| field.parse().ok()).expect("a number"))
}

/// Runs work over and over on this thread for some seconds of its time; the mean time of one run.
pub fn mean<T>(seconds: f64, mut work: impl FnMut(usize) -> T) -> Duration {
    let begun = of_this_thread();
    let mut runs = 0;
    loop {
        for _ in 0..32 {
            std::hint::black_box(work(runs));
            runs += 1;
        }
        let used = of_this_thread() - begun;
        if used.as_secs_f64() >= seconds {
            return used / u32::try_from(runs).expect("few");
        }
    }
}
