//! What is measured, part by part.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bienban::search::{Index, SearchRequest};
use bienban::service::api::{Call, Search};

use crate::baseline::{Raw, RawTimes, in_process};
use crate::drive::{Asked, Driven, drive, page_through};
use crate::ingest::{ingest, visibility};
use crate::queries::Queries;
use crate::reports::Article;
use crate::server::Server;
use crate::tell::{Tale, mebibytes, time};
use crate::{Options, cpu, memory};

const MIB: u64 = 1 << 20;
/// Callers of a busy server.
const MANY: usize = 16;
/// How often searches and what they are held against are measured in turn, since a machine is not equally fast all the time.
const ROUNDS: u32 = 4;

/// Measures everything that the options name.
pub async fn run(options: &Options, articles: &[Article]) -> Tale {
    let temporary = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let data_dir = options.data_dir.clone().unwrap_or_else(|| temporary.path().join("data"));
    std::fs::create_dir_all(&data_dir).expect("a folder");
    let queries = Queries::of(articles);
    let mut tale = Tale::default();
    filling(options, &mut tale, articles, &data_dir).await;
    let has = |part: &str| options.parts.iter().any(|one| one == part);
    if has("open") {
        opening(&mut tale, &data_dir, &queries).await;
    }
    if has("searches") {
        searches(options, &mut tale, articles, &data_dir, &queries, temporary.path()).await;
    }
    if has("costly") {
        costly(options, &mut tale, &data_dir, queries).await;
    }
    if has("visible") {
        visible(options, &mut tale, articles, &data_dir).await;
    }
    tale
}

async fn filling(options: &Options, tale: &mut Tale, articles: &[Article], data_dir: &Path) {
    let server = Server::start(data_dir);
    let ingested = ingest(&server, articles, options.copies).await;
    let index_dir = memory::index_of(data_dir);
    memory::settled(&index_dir).await;
    server.stop();
    let index = memory::folder(&index_dir);
    let records = memory::folder(&data_dir.join("projection")) - index;
    tale.part("Reports");
    tale.plain("number", ingested.reports);
    tale.plain("text", mebibytes(ingested.bytes));
    tale.plain("handed over and found in", time(ingested.spent));
    tale.plain("anonymous memory while catching up", mebibytes(ingested.most_memory));
    tale.plain("records", mebibytes(records));
    tale.plain("index", mebibytes(index));
    tale.ratio("index / text", index as f64 / ingested.bytes as f64, 1.5);
    for (name, bytes) in memory::of_fields(&index_dir).into_iter().take(40) {
        tale.plain(&format!("  of this, {name}"), mebibytes(bytes));
    }
}

async fn opening(tale: &mut Tale, data_dir: &Path, queries: &Queries) {
    memory::forget(data_dir);
    let server = Server::start(data_dir);
    tale.part("Opening, with nothing of the folder in memory");
    tale.time("until SERVING, by the clock", server.opening, Duration::from_millis(250));
    tale.plain("processor time until then", time(server.cpu()));
    tale.plain("anonymous memory then", mebibytes(server.anonymous()));
    let driven = drive(&server, &asked(&queries.usual, true), MANY, 3.0).await;
    tale.refused(driven.refused);
    tale.memory("anonymous memory after searches by 16 callers", server.anonymous(), 96 * MIB);
    server.stop();
}

fn asked(queries: &[String], snippets: bool) -> Asked {
    Asked { queries: Arc::new(queries.to_vec()), snippets }
}

/// Calls of one kind, by one caller and by many.
#[derive(Default)]
struct Runs([Driven; 2]);

impl Runs {
    async fn of(server: &Server, asked: &Asked, seconds: f64) -> Self {
        Self([drive(server, asked, 1, seconds).await, drive(server, asked, MANY, seconds).await])
    }

    fn join(self, other: Self) -> Self {
        let ([one, many], [later_one, later_many]) = (self.0, other.0);
        Self([one.join(later_one), many.join(later_many)])
    }
}

/// Searches and what they are held against.
#[derive(Default)]
struct Round {
    /// Calls for nothing.
    empty: Runs,
    /// Calls for nothing for which the search is done in process.
    plain: Runs,
    /// Calls for hits without snippets.
    bare: Runs,
    /// Calls for hits with snippets.
    full: Runs,
    /// The index alone, in process.
    found: Duration,
    /// The whole answer without snippets, in process.
    answered: Duration,
}

impl Round {
    async fn of(data_dir: &Path, queries: &[String], seconds: f64) -> Self {
        let server = Server::start_plain(None);
        let empty = Runs::of(&server, &asked(queries, false), seconds).await;
        server.stop();
        let server = Server::start_plain(Some(data_dir));
        let plain = Runs::of(&server, &asked(queries, false), seconds).await;
        server.stop();
        let server = Server::start(data_dir);
        let bare = Runs::of(&server, &asked(queries, false), seconds).await;
        let full = Runs::of(&server, &asked(queries, true), seconds).await;
        server.stop();
        let found = in_process_search(data_dir, queries, seconds);
        Self { empty, plain, bare, full, found, answered: in_process_answers(data_dir, queries, seconds).await }
    }

    fn join(self, other: Self) -> Self {
        Self {
            empty: self.empty.join(other.empty),
            plain: self.plain.join(other.plain),
            bare: self.bare.join(other.bare),
            full: self.full.join(other.full),
            found: self.found + other.found,
            answered: self.answered + other.answered,
        }
    }
}

async fn searches(
    options: &Options,
    tale: &mut Tale,
    articles: &[Article],
    data_dir: &Path,
    queries: &Queries,
    temporary: &Path,
) {
    let (seconds, usual) = (options.seconds, &queries.usual);
    let mut all = Round::default();
    for _ in 0..ROUNDS {
        all = all.join(Round::of(data_dir, usual, seconds / f64::from(ROUNDS)).await);
    }
    let (found, answered) = (all.found / ROUNDS, all.answered / ROUNDS);
    let raw_folder = temporary.join("raw");
    std::fs::create_dir(&raw_folder).expect("a folder");
    let raw = Raw::build(articles, &raw_folder);
    let RawTimes { top, snippets } = raw.measure(usual, seconds);

    tale.part("Searches for two or three words of a headline, processor time of the server for a call");
    let (Runs([empty_one, empty_many]), Runs([bare_one, bare_many])) = (&all.empty, &all.bare);
    let Runs([full_one, full_many]) = &all.full;
    let Runs([plain_one, plain_many]) = &all.plain;
    let driven = [empty_one, empty_many, plain_one, plain_many, bare_one, bare_many, full_one, full_many];
    tale.refused(driven.iter().map(|driven| driven.refused).sum());
    tale.plain("empty call with 2 KB, 1 caller", time(empty_one.cpu()));
    tale.plain("empty call with 2 KB, 16 callers", time(empty_many.cpu()));
    tale.plain("search alone, in process", time(found));
    tale.plain("whole answer without snippets, in process", time(answered));
    tale.plain("tantivy: ten best of an AND over title and body", time(top));
    tale.plain("tantivy: the same with total, documents and its snippets", time(snippets));
    tale.plain("tantivy: bytes of its index", mebibytes(raw.bytes));
    let (in_one, in_many) = (answered + empty_one.cpu(), answered + empty_many.cpu());
    tale.beside("no snippets, 1 caller / (in process + empty)", bare_one.cpu(), in_one, 1.35);
    tale.beside("no snippets, 16 callers / (in process + empty)", bare_many.cpu(), in_many, 1.25);
    tale.beside("no snippets, 1 caller / both in one call", bare_one.cpu(), plain_one.cpu(), 1.35);
    tale.beside("no snippets, 16 callers / both in one call", bare_many.cpu(), plain_many.cpu(), 1.25);
    let (raw_one, raw_many) = (snippets + empty_one.cpu(), snippets + empty_many.cpu());
    tale.beside("snippets, total, 1 caller / (tantivy + empty)", full_one.cpu(), raw_one, 0.65);
    tale.beside("snippets, total, 16 callers / (tantivy + empty)", full_many.cpu(), raw_many, 0.65);
    tale.time("p50 of that, 1 caller, by the clock", full_one.quantile(0.5), Duration::from_millis(1));
    tale.time("p99 of that, 1 caller, by the clock", full_one.quantile(0.99), Duration::from_micros(2500));
    tale.plain("p99 of that, 16 callers, by the clock", time(full_many.quantile(0.99)));
    tale.plain("calls a second of that, 16 callers", format!("{:.0}", full_many.rate()));
}

/// Mean time of a search on this thread: what the index alone takes.
fn in_process_search(data_dir: &Path, queries: &[String], seconds: f64) -> Duration {
    let index = Index::open(&memory::index_of(data_dir)).expect("an index");
    let searcher = index.searcher().expect("a searcher");
    cpu::mean(seconds, |run| {
        let query = &queries[run % queries.len()];
        searcher.meetings(&SearchRequest { query, ..SearchRequest::default() }).expect("found").hits.len()
    })
}

/// Mean time of a whole answer without transport: search, records, tokens.
async fn in_process_answers(data_dir: &Path, queries: &[String], seconds: f64) -> Duration {
    let running = in_process(data_dir).await;
    let api = Arc::clone(running.api());
    let id = std::process::id();
    let answer_for = async |seconds: f64| {
        let end = Instant::now() + Duration::from_secs_f64(seconds);
        let mut calls = 0;
        while Instant::now() < end {
            let query = queries[calls % queries.len()].clone();
            let request = Search { query, omit_snippets: true, ..Search::default() };
            std::hint::black_box(api.search_meetings(&Call::default(), request).await.expect("an answer"));
            calls += 1;
        }
        calls
    };
    // As the calls do, which warm up for as long.
    answer_for(seconds).await;
    let begun = cpu::of_process(id);
    let calls = answer_for(seconds).await;
    let used = cpu::of_process(id) - begun;
    drop(api);
    running.shutdown();
    running.wait().await.expect("ends well");
    used / u32::try_from(calls).expect("few").max(1)
}

async fn costly(options: &Options, tale: &mut Tale, data_dir: &Path, queries: Queries) {
    let server = Server::start(data_dir);
    tale.part("Costly searches without snippets, 1 caller: processor time of the server, p50 and p99 by the clock");
    let kinds = [
        ("common words", &queries.common),
        ("two common words", &queries.common_pairs),
        ("rare words", &queries.rare),
        ("ten words joined by OR", &queries.any_of_ten),
        ("two letters and a star", &queries.prefixes),
        ("whole headlines", &queries.questions),
    ];
    for (name, queries) in kinds {
        let driven = drive(&server, &asked(queries, false), 1, options.seconds).await;
        tell(tale, name, &driven);
    }
    let mut pages = Vec::new();
    for query in queries.common_pairs.iter().take(3) {
        pages.extend(page_through(&server, query, 100).await);
    }
    pages.sort_unstable();
    let (middle, slow) = (pages[pages.len() / 2], pages[pages.len() * 99 / 100]);
    tale.plain(
        &format!("{} pages of 100, one after the other", pages.len()),
        format!("p50 {}, p99 {}", time(middle), time(slow)),
    );
    server.stop();
}

fn tell(tale: &mut Tale, name: &str, driven: &Driven) {
    tale.refused(driven.refused);
    let (middle, slow) = (driven.quantile(0.5), driven.quantile(0.99));
    tale.plain(name, format!("{}, p50 {}, p99 {}", time(driven.cpu()), time(middle), time(slow)));
}

async fn visible(options: &Options, tale: &mut Tale, articles: &[Article], data_dir: &Path) {
    let server = Server::start(data_dir);
    let delays = visibility(&server, articles, 20, options.seconds.max(10.0)).await;
    tale.part("Reports handed over at 20 a second");
    tale.plain("found after its acknowledgement, p50, by the clock", time(delays[delays.len() / 2]));
    tale.time("found at the latest", *delays.last().expect("some"), Duration::from_secs(1));
    tale.memory("anonymous memory meanwhile (96 MiB and the writer's 32)", server.anonymous(), 128 * MIB);
    server.stop();
}
