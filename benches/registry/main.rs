//! What the registry costs as it grows: resolution for each mention, and lookups on a server of that size beside the least that a server and an
//! index can do.
//!
//!     cargo bench --bench registry -- 10000 100000 1000000
//!
//! For each size it fills a folder with the records of an invented country of about so many entities, ten mentions for each (`--mentions N`
//! for another number), starts the server on it and asks. The folder goes in `--dir` (by default the build folder) and is deleted afterwards;
//! with `--keep` it stays, as `bienban-SIZE`, the next run with the same asks what it finds there, and corrections are not tried on it.
//! `--batch N` puts so many reports into one commit instead of 500: a server that catches up takes 250 at most.
//! `--only KIND` looks up names of one kind and asks nothing else: for a profile.

mod meter;
mod people;

use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bienban::grpc::generated::pb;
use bienban::journal::{IncomingReport, Journal, SqliteJournal, SqliteOptions, Write};
use bienban::model::{CorrectionBody, EntityKind, ReportId};
use bienban::projection::Filler;
use bienban::registry::Naming;
use meter::{Latencies, Process};
use people::{Country, Dice};
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TEXT, Value as _};
use tantivy::{Index, TantivyDocument, Term, doc};
use tonic::transport::Channel;

/// Reports in one commit, unless told otherwise.
const BATCH: usize = 500;
/// Mentions that a report of the country makes, about.
const MENTIONS: usize = 12;
/// Memory for pages while records are filled; the server has its default, or what `BIENBAN_PROJECTION_CACHE` says.
const CACHE: usize = 256 << 20;
/// Calls of each kind that are measured, one after the other.
const CALLS: usize = 16_000;
/// In so many rounds, so that whatever else the machine does meets empty calls and look-ups alike.
const ROUNDS: usize = 4;

type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let mut sizes: Vec<usize> = Vec::new();
    let (mut mentions, mut batch, mut dir) = (10, BATCH, env!("CARGO_TARGET_TMPDIR").to_owned());
    let (mut keep, mut only) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--mentions" => mentions = arguments.next().ok_or("--mentions N")?.parse()?,
            "--batch" => batch = arguments.next().ok_or("--batch N")?.parse()?,
            "--dir" => dir = arguments.next().ok_or("--dir DIR")?,
            "--keep" => keep = true,
            "--only" => only = Some(arguments.next().and_then(|name| Kind::named(&name)).ok_or("--only KIND")?),
            "--bench" => {}
            size => sizes.push(size.parse()?),
        }
    }
    if sizes.is_empty() {
        sizes.push(10_000);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    for size in sizes {
        if keep {
            measure(size, (mentions, batch), &Path::new(&dir).join(format!("bienban-{size}")), only, &runtime)?;
        } else {
            let folder = tempfile::tempdir_in(&dir)?;
            measure(size, (mentions, batch), folder.path(), only, &runtime)?;
            correct(folder.path())?;
        }
    }
    Ok(())
}

fn measure(
    size: usize,
    (mentions, batch): (usize, usize),
    dir: &Path,
    only: Option<Kind>,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), Fault> {
    println!("== {size} entities wanted, {mentions} mentions for each");
    let reports = size * mentions / MENTIONS;
    // The rest are bodies, units and documents.
    let mut country = Country::new(size * 8 / 10, reports, &Naming::new());
    if !dir.join("journal").exists() {
        fill(&mut country, reports, batch, dir)?;
        runtime.block_on(journal(reports, dir))?;
    }
    let server = Server::start(dir)?;
    runtime.block_on(ask(&server, &country, only, reports))
}

/// What it costs to merge two of a kind into one, and to take that back: those most mentioned, and two of few mentions.
fn correct(dir: &Path) -> Result<(), Fault> {
    let mut filler = Filler::open(&dir.join("projection"), CACHE)?;
    for kind in [EntityKind::Person, EntityKind::Organization] {
        let mut found = Vec::new();
        filler.snapshot()?.visit_entities(None, |entity| {
            if entity.kind == kind && entity.meeting_count > 1 {
                found.push((entity.id, entity.mention_count));
            }
            ControlFlow::Continue(())
        })?;
        for at in [0, found.len().saturating_sub(2)] {
            let [(target, _), (source, mentions)] = found.get(at..at + 2).ok_or("two of a kind")? else { continue };
            let merge = CorrectionBody::Merge { source: source.clone(), target: target.clone() };
            let start = Instant::now();
            drop(filler.correct(merge)?);
            let merged = start.elapsed();
            let start = Instant::now();
            filler.revert()?;
            println!("   merge of {mentions} mentions of {kind:?}: {merged:?}, taken back: {:?}", start.elapsed());
        }
    }
    Ok(())
}

/// Writes the records, and prints what each tenth of them cost.
fn fill(country: &mut Country, reports: usize, batch: usize, dir: &Path) -> Result<(), Fault> {
    let mut filler = Filler::open(&dir.join("projection"), CACHE)?;
    let process = Process(std::process::id());
    let (begun, mut spent, mut cpu, mut last) = (Instant::now(), Duration::ZERO, Duration::ZERO, 0);
    let (mut mentions, mut told) = (0usize, 1);
    for first in (0..reports).step_by(batch.max(1)) {
        let told_now: Vec<_> = (first..(first + batch).min(reports)).map(|number| country.report(number)).collect();
        mentions +=
            told_now.iter().map(|(_, found)| 3 + found.references.len() + 2 * found.people.len()).sum::<usize>();
        let (start, used) = (Instant::now(), process.cpu());
        filler.apply(told_now)?;
        spent += start.elapsed();
        cpu += process.cpu() - used;
        if first + batch >= reports * told / 10 {
            let each = |time: Duration| time.as_secs_f64() * 1e6 / (mentions - last).max(1) as f64;
            println!(
                "   {mentions:>9} mentions: {:6.1} µs of processor time, {:6.1} µs in all for each",
                each(cpu),
                each(spent)
            );
            (spent, cpu, last, told) = (Duration::ZERO, Duration::ZERO, mentions, told + 1);
        }
    }
    filler.finish()?;
    println!("   filled in {:?}; filling {}", begun.elapsed(), process.memory());
    let records = dir.join("projection/records.redb");
    let bytes = std::fs::metadata(&records)?.len();
    println!("   records {} MiB on disk, {} of them used", bytes >> 20, used(&records)? >> 20);
    Ok(())
}

/// Bytes of a store that hold something: its file doubles when it is full, and shrinks only when the server has nothing else to do.
fn used(store: &Path) -> Result<u64, Fault> {
    let transaction = redb::Database::open(store)?.begin_write()?;
    let stats = transaction.stats()?;
    transaction.abort()?;
    Ok(stats.allocated_pages() * stats.page_size() as u64)
}

/// A journal of as many entries: the server takes records for its own only if its journal goes as far.
async fn journal(reports: usize, dir: &Path) -> Result<(), Fault> {
    let journal = Arc::new(SqliteJournal::open(&dir.join("journal"), SqliteOptions::default())?);
    let mut running = tokio::task::JoinSet::new();
    for number in 0..reports {
        let journal = Arc::clone(&journal);
        let report = IncomingReport {
            id: ReportId::parse(&format!("r{number}")).ok(),
            url: None,
            publisher: None,
            title: None,
            publish_date: None,
            text: "Họp.".to_owned(),
        };
        running
            .spawn(async move { journal.append(Write::PutReport { report, request_id: None, expected: None }).await });
        if running.len() == 512 {
            running.join_next().await.ok_or("running")???;
        }
    }
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    journal.close().await?;
    Ok(())
}

/// The server in a process of its own.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(dir: &Path) -> Result<Self, Fault> {
        use std::io::BufRead as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_bienban"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("bienban serves on ").ok_or("the server did not start")?.to_owned();
        Ok(Self { child, address })
    }

    fn process(&self) -> Process {
        Process(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn ask(server: &Server, country: &Country, only: Option<Kind>, reports: usize) -> Result<(), Fault> {
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
        only.map_or(Kind::ALL.to_vec(), |only| vec![only]).into_iter().map(Asked::new).collect();
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

type Entities = pb::entity_service_client::EntityServiceClient<Channel>;

/// What is asked of a registry of a million entities.
mod limit {
    use std::time::Duration;

    pub const LOOKUP: Duration = Duration::from_millis(5);
    pub const SUGGEST: Duration = Duration::from_millis(2);
    pub const LOOKUP_RATIO: f64 = 2.0;
    pub const OWN_MIB: u64 = 1024;
}

/// Processor time of the server for a call that does nothing.
async fn empty_calls(server: &Server, channel: Channel) -> Result<Duration, Fault> {
    let mut health = tonic_health::pb::health_client::HealthClient::new(channel);
    let used = server.process().cpu();
    for _ in 0..CALLS / ROUNDS {
        health.check(tonic_health::pb::HealthCheckRequest::default()).await?;
    }
    Ok((server.process().cpu() - used) / (CALLS / ROUNDS) as u32)
}

/// Processor time of a term query for a name among as many, ten best with what is stored of them.
fn plain_queries(country: &Country) -> Result<Duration, Fault> {
    let mut schema = Schema::builder();
    let (name, number) = (schema.add_text_field("name", TEXT | STORED), schema.add_u64_field("number", STORED));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 50 << 20)?;
    for person in 0..country.people() {
        writer.add_document(doc!(name => country.somebody(person, 0.0).name, number => person as u64))?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let process = Process(std::process::id());
    let queries: Vec<TermQuery> = (0..CALLS)
        .map(|at| {
            let given = country.somebody(Dice::new(at as u64).below(country.people()), 0.0).name.to_lowercase();
            let term = given.rsplit(' ').next().unwrap_or_default().to_owned();
            TermQuery::new(Term::from_field_text(name, &term), IndexRecordOption::Basic)
        })
        .collect();
    let used = process.cpu();
    let mut seen = 0;
    for query in &queries {
        for (_, address) in searcher.search(query, &TopDocs::with_limit(10).order_by_score())? {
            let document: TantivyDocument = searcher.doc(address)?;
            seen += document.get_first(number).and_then(|value| value.as_u64()).unwrap_or_default() & 1;
        }
    }
    std::hint::black_box(seen);
    Ok((process.cpu() - used) / CALLS as u32)
}

/// What is looked up.
#[derive(Debug, Clone, Copy)]
enum Kind {
    FullName,
    WithoutMarks,
    NameAndBody,
    OfficeAtDate,
    Body,
    GivenName,
    Slip,
    Unknown,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::FullName,
        Self::WithoutMarks,
        Self::NameAndBody,
        Self::OfficeAtDate,
        Self::Body,
        Self::GivenName,
        Self::Slip,
        Self::Unknown,
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| format!("{kind:?}") == name)
    }

    fn request(self, country: &Country, number: usize, reports: usize) -> pb::LookupEntitiesRequest {
        let mut dice = Dice::new(number as u64 ^ ((self as u64) << 32));
        let somebody = country.somebody(dice.below(country.people()), 0.9);
        let mut as_of = String::new();
        let query = match self {
            Self::FullName => somebody.name,
            Self::WithoutMarks => plain(&somebody.name),
            Self::NameAndBody => format!("{} {} {}", somebody.title, somebody.body, somebody.name),
            Self::OfficeAtDate => {
                as_of = "2025-05".to_owned();
                format!("{} {}", somebody.title, somebody.body)
            }
            Self::Body => country.administration(&mut dice),
            Self::GivenName => format!("ông {}", somebody.name.rsplit(' ').next().unwrap_or_default()),
            Self::Slip => {
                let mut letters: Vec<char> = plain(&somebody.name).chars().collect();
                let at = dice.below(letters.len().saturating_sub(1));
                letters.swap(at, at + 1);
                letters.into_iter().collect()
            }
            Self::Unknown => format!("Quách Khuyển {}", reports + number),
        };
        pb::LookupEntitiesRequest { query, as_of, ..Default::default() }
    }
}

fn plain(name: &str) -> String {
    bienban::text::fold::unaccented(name)
}
