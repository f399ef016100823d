//! What is asked, and what it takes.

use std::time::{Duration, Instant};

use bienban::grpc::generated::pb;
use clap::ValueEnum as _;
use tonic::transport::Channel;

use crate::Fault;
use crate::kinds::{Kind, plain};
use crate::meter::{self, Latencies};
use crate::people::{Country, Dice};
use crate::server::{Server, empty_calls, plain_queries};

/// Calls of each kind that are measured, one after the other.
pub const CALLS: usize = 16_000;
/// In so many rounds, so that whatever else the machine does meets empty calls and look-ups alike.
pub const ROUNDS: usize = 4;

type Entities = pb::entity_service_client::EntityServiceClient<Channel>;

/// What is asked of a registry of a million entities.
mod limit {
    use std::time::Duration;

    pub const LOOKUP: Duration = Duration::from_millis(5);
    pub const SUGGEST: Duration = Duration::from_millis(2);
    pub const LOOKUP_RATIO: f64 = 2.0;
    pub const OWN_MIB: u64 = 1024;
}

/// Asks everything, or names of one kind, and prints what it took.
///
/// # Errors
/// If a call is not answered.
pub async fn all(server: &Server, country: &Country, only: Option<Kind>, reports: usize) -> Result<(), Fault> {
    let address = server.address.split(' ').next().unwrap_or_default();
    let address = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let channel = Channel::from_shared(address)?.connect().await?;
    let mut admin = pb::admin_service_client::AdminServiceClient::new(channel.clone());
    let status = admin.get_status(pb::GetStatusRequest::default()).await?.into_inner();
    println!("   {:?}", status.counts);
    println!("   server just started: {}", server.process().memory());
    // Beside the calls nothing else is to take processor time.
    server.process().without_thread("hints")?;
    let plain = plain_queries(country)?;
    let mut entities = pb::entity_service_client::EntityServiceClient::new(channel.clone());
    let stolen = meter::stolen();
    let mut asked: Vec<Asked> =
        only.map_or_else(|| Kind::value_variants().to_vec(), |only| vec![only]).into_iter().map(Asked::new).collect();
    let (mut empty, calls) = (Duration::ZERO, CALLS / asked.len() / ROUNDS);
    for round in 0..ROUNDS {
        empty += empty_calls(server, channel.clone()).await?;
        for one in &mut asked {
            one.ask(server, &mut entities, country, round * calls..(round + 1) * calls, reports).await?;
        }
    }
    let empty = empty / ROUNDS as u32;
    println!("   empty call: {empty:?} of processor time; plain term query: {plain:?}");
    let mut all = Duration::ZERO;
    for one in asked.iter_mut() {
        all += one.told()?;
    }
    let mean = all / u32::try_from(asked.len())?;
    println!(
        "   lookups, mean of kinds: {mean:?} of processor time, {:.2} times an empty call and a plain term query (limit {:.2})",
        mean.as_secs_f64() / (empty + plain).as_secs_f64(),
        limit::LOOKUP_RATIO
    );
    if only.is_some() {
        return Ok(());
    }
    suggest(server, &mut entities, country).await?;
    relate(server, &mut entities, country).await?;
    println!("   taken by the host of this machine meanwhile: {:?}", meter::stolen() - stolen);
    println!("   server after all: {} (limit {} MiB its own)", server.process().memory(), limit::OWN_MIB);
    Ok(())
}

/// Look-ups of one kind, and what they took.
struct Asked {
    kind: Kind,
    calls: Latencies,
    cpu: Duration,
    found: usize,
    matched: usize,
}

impl Asked {
    fn new(kind: Kind) -> Self {
        Self { kind, calls: Latencies::default(), cpu: Duration::ZERO, found: 0, matched: 0 }
    }

    /// Asks for those of these numbers, one after the other.
    async fn ask(
        &mut self,
        server: &Server,
        entities: &mut Entities,
        country: &Country,
        numbers: std::ops::Range<usize>,
        reports: usize,
    ) -> Result<(), Fault> {
        let used = server.process().cpu();
        for number in numbers {
            let request = self.kind.request(country, number, reports);
            let start = Instant::now();
            let answer = entities.lookup_entities(request).await?.into_inner();
            self.calls.add(start.elapsed());
            self.found += usize::from(!answer.candidates.is_empty());
            self.matched += usize::from(answer.candidates.iter().any(|one| one.r#match));
        }
        self.cpu += server.process().cpu() - used;
        Ok(())
    }

    /// Prints them; gives the processor time of one.
    fn told(&mut self) -> Result<Duration, Fault> {
        let Self { kind, calls, cpu, found, matched } = self;
        let (told, number) = (calls.told(limit::LOOKUP), calls.len());
        let cpu = *cpu / u32::try_from(number)?;
        println!(
            "   lookup, {kind:?}: {told}; {cpu:?} of processor time; {found} of {number} found, {matched} matched"
        );
        Ok(cpu)
    }
}

/// Names as somebody types them: two letters and more, every second one without marks.
async fn suggest(server: &Server, entities: &mut Entities, country: &Country) -> Result<(), Fault> {
    let (mut calls, mut found) = (Latencies::default(), 0);
    let used = server.process().cpu();
    for number in 0..CALLS / 2 {
        let mut dice = Dice::new(number as u64 ^ 0x5566);
        let name = match dice.below(4) {
            0 => country.administration(&mut dice),
            _ => country.somebody(dice.below(country.people()), 0.9).name,
        };
        let prefix: String = name.chars().take(2 + dice.below(name.chars().count().saturating_sub(2))).collect();
        let prefix = if number.is_multiple_of(2) { prefix } else { plain(&prefix) };
        let start = Instant::now();
        let request = pb::SuggestEntitiesRequest { prefix, ..Default::default() };
        let answer = entities.suggest_entities(request).await?.into_inner();
        calls.add(start.elapsed());
        found += usize::from(!answer.suggestions.is_empty());
    }
    let cpu = (server.process().cpu() - used) / u32::try_from(calls.len())?;
    let told = calls.told(limit::SUGGEST);
    println!("   suggest: {told}; {cpu:?} of processor time; {found} of {} found", calls.len());
    Ok(())
}

/// Who meets whom, of bodies that meet often.
async fn relate(server: &Server, entities: &mut Entities, country: &Country) -> Result<(), Fault> {
    let (mut calls, mut most) = (Latencies::default(), 0);
    let used = server.process().cpu();
    for number in 0..100 {
        let mut dice = Dice::new(number ^ 0x7788);
        let query = country.administration(&mut dice);
        let found = entities.lookup_entities(pb::LookupEntitiesRequest { query, ..Default::default() }).await?;
        let Some(body) = found.into_inner().candidates.into_iter().find_map(|one| one.entity) else { continue };
        let start = Instant::now();
        let request = pb::ListRelatedEntitiesRequest { parent: body.name, ..Default::default() };
        let answer = entities.list_related_entities(request).await?.into_inner();
        calls.add(start.elapsed());
        most = most.max(answer.meeting_count);
    }
    let cpu = (server.process().cpu() - used) / u32::try_from(calls.len().max(1))?;
    println!(
        "   related: {}; {cpu:?} of processor time; at most {most} meetings gone through",
        calls.told(Duration::ZERO)
    );
    Ok(())
}
