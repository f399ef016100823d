//! Callers that ask a server as fast as it answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bienban::grpc::generated::pb;
use pb::search_service_client::SearchServiceClient;
use tokio::task::JoinSet;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::server::Server;

/// How some calls went.
#[derive(Debug, Default)]
pub struct Driven {
    /// How many calls the server sent away for load. What they cost is in the processor time of the others.
    pub refused: usize,
    /// How long each answer took, the shortest first once the calls are over.
    waits: Vec<Duration>,
    /// Processor time of the server for all of them.
    used: Duration,
    /// How long they took together, by the clock.
    spent: Duration,
}

impl Driven {
    /// These calls and those after them.
    pub fn join(mut self, other: Self) -> Self {
        self.waits.extend(other.waits);
        self.waits.sort_unstable();
        Self {
            refused: self.refused + other.refused,
            waits: self.waits,
            used: self.used + other.used,
            spent: self.spent + other.spent,
        }
    }

    /// Processor time of the server for one call.
    pub fn cpu(&self) -> Duration {
        self.used / u32::try_from(self.waits.len()).expect("few").max(1)
    }

    /// Calls answered a second, all callers together.
    pub fn rate(&self) -> f64 {
        self.waits.len() as f64 / self.spent.as_secs_f64()
    }

    /// How long the slowest but this part of the calls took at most.
    pub fn quantile(&self, part: f64) -> Duration {
        let at = (self.waits.len() as f64 * part) as usize;
        self.waits.get(at.min(self.waits.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// What each call asks.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The queries, taken in turn.
    pub queries: Arc<Vec<String>>,
    /// With snippets.
    pub snippets: bool,
}

impl Asked {
    fn request(&self, number: usize) -> pb::SearchMeetingsRequest {
        let query = self.queries[number % self.queries.len()].clone();
        pb::SearchMeetingsRequest { query, omit_snippets: !self.snippets, ..Default::default() }
    }
}

/// Calls for some seconds, after as many to warm up: a server that has just started still maps its files.
pub async fn drive(server: &Server, asked: &Asked, callers: usize, seconds: f64) -> Driven {
    let channels = connections(server, callers).await;
    run(&channels, asked, seconds).await;
    let (begun, cpu) = (Instant::now(), server.cpu());
    let driven = run(&channels, asked, seconds).await;
    Driven { spent: begun.elapsed(), used: server.cpu() - cpu, ..driven }
}

async fn connections(server: &Server, callers: usize) -> Vec<Channel> {
    let mut channels = Vec::with_capacity(callers);
    for _ in 0..callers {
        channels.push(server.connect().await);
    }
    channels
}

async fn run(channels: &[Channel], asked: &Asked, seconds: f64) -> Driven {
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut callers = JoinSet::new();
    for (first, channel) in channels.iter().enumerate() {
        let (asked, channel, step) = (asked.clone(), channel.clone(), channels.len());
        callers.spawn(async move { call(channel, &asked, (first, step), end).await });
    }
    callers.join_all().await.into_iter().fold(Driven::default(), Driven::join)
}

/// Calls one after the other. Who is sent away comes again when it was told to, as clients do.
async fn call(channel: Channel, asked: &Asked, (first, step): (usize, usize), end: Instant) -> Driven {
    let mut client = SearchServiceClient::new(channel);
    let mut driven = Driven::default();
    for number in (first..).step_by(step) {
        let begun = Instant::now();
        if begun >= end {
            break;
        }
        match client.search_meetings(asked.request(number)).await {
            Ok(_) => driven.waits.push(begun.elapsed()),
            Err(refusal) if refusal.code() == Code::ResourceExhausted => {
                driven.refused += 1;
                tokio::time::sleep(told_to_wait(&refusal)).await;
            }
            Err(other) => panic!("no answer and no refusal: {other}"),
        }
    }
    driven
}

/// When a refusal tells its caller to come again.
fn told_to_wait(refusal: &Status) -> Duration {
    refusal.get_details_retry_info().and_then(|info| info.retry_delay).unwrap_or_default()
}

/// Pages through all hits of one query; how long each page took.
pub async fn page_through(server: &Server, query: &str, pages: usize) -> Vec<Duration> {
    let mut client = SearchServiceClient::new(server.connect().await);
    let (mut waits, mut page_token) = (Vec::new(), String::new());
    for _ in 0..pages {
        let asked = pb::SearchMeetingsRequest {
            query: query.to_owned(),
            page_size: 100,
            omit_snippets: true,
            page_token: page_token.clone(),
            ..Default::default()
        };
        let begun = Instant::now();
        page_token = client.search_meetings(asked).await.expect("a page").into_inner().next_page_token;
        waits.push(begun.elapsed());
        if page_token.is_empty() {
            break;
        }
    }
    waits
}
