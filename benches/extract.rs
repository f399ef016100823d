//! How fast reports are read: MB of UTF-8 text a second on one core, beside a plain UTF-8 check and the tantivy tokenizer on the
//! same texts in the same run; and whether hostile texts take longer, byte for byte, the longer they are.
//!
//!     cargo bench --bench extract
//!     BIENBAN_BENCH_ARTICLES=articles.jsonl cargo bench --bench extract
//!
//! The texts are those of `examples/reports`, or the `title` and `body` of the JSON lines that the variable names (the first
//! 16 MB). One `Extractor` reads them all; making it is measured apart. Told is the best of several rounds, in time of the
//! processor where the system tells it for a thread (Linux), so that other work on the machine counts little.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use bienban::extract::{Extractor, Source};
use tantivy::tokenizer::{SimpleTokenizer, TokenStream as _, Tokenizer as _};

/// Enough text for steady figures; reading more only takes longer.
const MOST: usize = 16 << 20;
/// Rounds over all texts.
const ROUNDS: usize = 7;
/// Least text in a round: few texts are read several times.
const LEAST: usize = 4 << 20;

/// What hostile texts repeat.
const HOSTILE: [&str; 22] = [
    "a",
    "hội ",
    "1",
    "1,",
    "\"",
    "“",
    "(",
    "[]",
    "\n",
    ", ",
    "NGUYỄN ",
    "A\n",
    "ông ",
    "Trần Văn Lân, ",
    "UBND ",
    "Ông Lân nói: \"",
    "ngày 3-4 ",
    "3/4/2020",
    "5,5 tỷ đồng ",
    "Nghị quyết 1, ",
    "<p>",
    "&amp;",
];
const SHORT: usize = 64 << 10;
const LONG: usize = 1 << 20;

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let trial = std::env::args().any(|argument| argument == "--test");
    let (rounds, least, long) = if trial { (1, 1, SHORT) } else { (ROUNDS, LEAST, LONG) };
    let extractor = Extractor::new();
    speed(&extractor, rounds, least);
    hostile(&extractor, rounds.min(3), long);
    let made = best(rounds, || drop(black_box(Extractor::new())));
    println!("\nmaking an extractor: {:.1} ms", made * 1e3);
}

/// Prints how many MB a second are read, checked and cut into tokens.
fn speed(extractor: &Extractor, rounds: usize, least: usize) {
    let texts = texts();
    let once: usize = texts.iter().map(String::len).sum();
    let times = least.div_ceil(once.max(1));
    let bytes = (once * times) as f64;
    let rate = |read: &dyn Fn(&str)| {
        let all = || (0..times).for_each(|_| texts.iter().for_each(|text| read(black_box(text))));
        bytes / best(rounds, all) / 1e6
    };
    let read = rate(&|text| drop(black_box(extractor.extract(Source { text, ..Source::default() }))));
    let cut = rate(&|text| _ = black_box(tokens(text)));
    let checked = rate(&|text| _ = black_box(std::str::from_utf8(text.as_bytes()).is_ok()));
    println!("{} texts, {:.1} MB", texts.len(), once as f64 / 1e6);
    for (what, rate) in [("extract", read), ("tantivy tokenizer", cut), ("UTF-8 check", checked)] {
        println!("{what:>20} {rate:>10.1} MB/s {:>8.1} times extract", rate / read);
    }
}

fn tokens(text: &str) -> usize {
    let mut tokenizer = SimpleTokenizer::default();
    let mut stream = tokenizer.token_stream(text);
    let mut count = 0;
    while stream.advance() {
        count += black_box(stream.token().text.len());
    }
    count
}

/// Prints the time a byte takes in a short and in a long text of one piece.
fn hostile(extractor: &Extractor, rounds: usize, long: usize) {
    println!("\nhostile texts, nanoseconds a byte: {} KB, {} KB, ratio", SHORT >> 10, long >> 10);
    for piece in HOSTILE {
        let per_byte = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let read = || drop(black_box(extractor.extract(Source { text: &text, ..Source::default() })));
            best(rounds, read) / text.len() as f64 * 1e9
        };
        let (short, long) = (per_byte(SHORT), per_byte(long));
        println!("{:>20} {short:>8.1} {long:>8.1} {:>6.2}", piece.escape_debug().to_string(), long / short);
    }
}

/// Seconds of the quickest round.
fn best(rounds: usize, run: impl Fn()) -> f64 {
    let round = || {
        let start = now();
        run();
        (now() - start).as_secs_f64()
    };
    (0..rounds).map(|_| round()).fold(f64::INFINITY, f64::min).max(1e-9)
}

/// Time that this thread had the processor; time on the wall where the system does not tell.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    // Giving up the processor makes the kernel bring its account up to date.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn texts() -> Vec<String> {
    let texts = match std::env::var_os("BIENBAN_BENCH_ARTICLES") {
        Some(path) => articles(Path::new(&path)),
        None => reports(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports")),
    };
    let mut total = 0;
    let within = |text: &String| {
        let room = total < MOST;
        total += text.len();
        room
    };
    texts.into_iter().take_while(within).collect()
}

fn articles(path: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(path).expect("BIENBAN_BENCH_ARTICLES names a readable file of JSON lines");
    let article = |line: &str| -> Option<String> {
        let article: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(format!("{}\n\n{}", article.get("title")?.as_str()?, article.get("body")?.as_str()?))
    };
    lines.lines().filter_map(article).collect()
}

fn reports(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("examples/reports is there");
    let mut paths: Vec<_> = files.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}
