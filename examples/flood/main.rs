//! Floods a running server at four times what it can do, and tells how those fared who were let in.
//!
//!     bienban serve --load examples/reports
//!     cargo run --release --example flood -- 127.0.0.1:50051 [PID of the server [ROUNDS]]
//!
//! Three times, if not told otherwise: first a calm while: as many callers as cores, each calling again when it is answered; what they reach together is the capacity.
//! Then a flood: calls begin at four times that rate, whatever becomes of them. Of both are told the calls answered, their
//! latency, the refusals by reason (and whether they say when to come back) with their latency, and, where the PID is given, the server's memory and the
//! cores it kept busy; of each pair, the ratio of the latencies. Flood and server share the machine: what the flood itself takes, the server lacks.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use bienban::grpc::generated::pb;
use pb::search_service_client::SearchServiceClient;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tonic::transport::{Channel, Endpoint};
use tonic_types::StatusExt as _;

/// How long each part takes.
const WHILE: Duration = Duration::from_secs(10);
/// Connections, so that no single one is the bound.
const CONNECTIONS: usize = 8;
/// What is asked for, in turn.
const QUERIES: [&str; 6] = [
    "giai ngan dau tu cong",
    "ngân sách",
    "cai cach hanh chinh",
    "nông thôn mới",
    "phòng cháy",
    "ủy ban nhân dân tỉnh",
];

/// What became of a call.
type Outcome = (Duration, Result<(), String>);

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let server = arguments.next().unwrap_or_else(|| "127.0.0.1:50051".to_owned());
    let pid = arguments.next();
    let rounds = arguments.next().map_or(Ok(3), |rounds| rounds.parse::<usize>())?;
    let clients = Arc::new(connect(&server).await?);
    let pid = pid.as_deref();
    for _ in 0..rounds {
        let before = busy(pid);
        let (capacity, usual) = tell("calm", &calm(&clients).await, pid, before);
        let before = busy(pid);
        let (_, flooded) = tell("flood", &flood(&clients, 4.0 * capacity).await, pid, before);
        println!("p99 of the answered: {:.2} times as long", flooded.as_secs_f64() / usual.as_secs_f64());
    }
    Ok(())
}

async fn connect(server: &str) -> Result<Vec<SearchServiceClient<Channel>>> {
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        let endpoint = Endpoint::from_shared(format!("http://{server}"))?.tcp_nodelay(true);
        clients.push(SearchServiceClient::new(endpoint.connect().await.context("no server answers")?));
    }
    Ok(clients)
}

async fn one(clients: &[SearchServiceClient<Channel>], number: usize) -> Outcome {
    let mut client = clients[number % clients.len()].clone();
    let request = pb::SearchItemsRequest { query: QUERIES[number % QUERIES.len()].into(), ..Default::default() };
    let begun = Instant::now();
    let answer = client.search_items(request).await;
    let refusal = |status: tonic::Status| {
        let reason = status.get_details_error_info().map_or_else(|| format!("{:?}", status.code()), |info| info.reason);
        if status.get_details_retry_info().is_some() { reason } else { format!("{reason} without a time to come back") }
    };
    (begun.elapsed(), answer.map(drop).map_err(refusal))
}

async fn calm(clients: &Arc<Vec<SearchServiceClient<Channel>>>) -> Vec<Outcome> {
    let callers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let end = Instant::now() + WHILE;
    let callers: Vec<_> = (0..callers)
        .map(|caller| {
            let clients = Arc::clone(clients);
            tokio::spawn(async move {
                let mut outcomes = Vec::new();
                while Instant::now() < end {
                    outcomes.push(one(&clients, caller + outcomes.len()).await);
                }
                outcomes
            })
        })
        .collect();
    let mut outcomes = Vec::new();
    for caller in callers {
        outcomes.extend(caller.await.unwrap_or_default());
    }
    outcomes
}

async fn flood(clients: &Arc<Vec<SearchServiceClient<Channel>>>, rate: f64) -> Vec<Outcome> {
    let (sender, mut done) = mpsc::channel(1 << 20);
    let mut ticks = interval(Duration::from_millis(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (begun, mut number) = (Instant::now(), 0);
    while begun.elapsed() < WHILE {
        ticks.tick().await;
        while (number as f64) < begun.elapsed().as_secs_f64() * rate {
            number += 1;
            let (clients, sender) = (Arc::clone(clients), sender.clone());
            tokio::spawn(async move { sender.send(one(&clients, number).await).await });
        }
    }
    drop(sender);
    let mut outcomes = Vec::with_capacity(number);
    while let Some(outcome) = done.recv().await {
        outcomes.push(outcome);
    }
    outcomes
}

/// Prints the outcomes; calls answered in a second, and the longest that 99 of 100 of them took.
fn tell(name: &str, outcomes: &[Outcome], pid: Option<&str>, busy_before: f64) -> (f64, Duration) {
    let sorted = |well: bool| {
        let mut took: Vec<Duration> =
            outcomes.iter().filter(|(_, outcome)| outcome.is_ok() == well).map(|(took, _)| *took).collect();
        took.sort_unstable();
        took
    };
    let (answered, sent_away) = (sorted(true), sorted(false));
    let at = |of: &[Duration], share: f64| of.get((of.len() as f64 * share) as usize).copied().unwrap_or_default();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in outcomes.iter().filter_map(|(_, outcome)| outcome.as_ref().err()) {
        *refused.entry(reason).or_default() += 1;
    }
    let rate = answered.len() as f64 / WHILE.as_secs_f64();
    println!(
        "{name}: {} calls, {} answered ({rate:.0}/s), p50 {:.1?}, p99 {:.1?}; refused {refused:?}, p50 {:.1?}, p99 {:.1?}; {}, {:.2} cores",
        outcomes.len(),
        answered.len(),
        at(&answered, 0.5),
        at(&answered, 0.99),
        at(&sent_away, 0.5),
        at(&sent_away, 0.99),
        pid.and_then(memory).unwrap_or_default(),
        (busy(pid) - busy_before) / WHILE.as_secs_f64()
    );
    (rate, at(&answered, 0.99))
}

/// Processor time of the server so far, in seconds, in Linux's hundredths.
fn busy(pid: Option<&str>) -> f64 {
    let stat = pid.and_then(|pid| std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()).unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The server's memory now and at its largest, as Linux tells it.
fn memory(pid: &str) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    Some(lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", "))
}
