//! How fast reports are read: MB of UTF-8 text a second on one core, beside a plain UTF-8 check and the tantivy tokenizer on the
//! same texts in the same run.
//!
//!     cargo bench --bench extract
//!     BIENBAN_BENCH_ARTICLES=articles.jsonl cargo bench --bench extract
//!
//! The texts are those of `examples/reports`, or the `title` and `body` of the JSON lines that the variable names (the first
//! 16 MB). One `Extractor` reads them all; making it is measured apart.

use std::hint::black_box;
use std::path::Path;

use bienban::extract::{Extractor, Source};
use criterion::{BatchSize, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use tantivy::tokenizer::{SimpleTokenizer, TokenStream as _, Tokenizer as _};

/// Enough text for steady figures; reading more only takes longer.
const MOST: usize = 16 << 20;

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

fn throughput(criterion: &mut Criterion) {
    let texts = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Bytes(bytes as u64)).sampling_mode(SamplingMode::Flat).sample_size(10);

    let extractor = Extractor::new();
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                black_box(extractor.extract(Source { text, ..Source::default() }));
            }
        });
    });
    group.bench_function("utf-8 scan", |bencher| {
        bencher.iter(|| {
            texts.iter().map(|text| std::str::from_utf8(black_box(text.as_bytes())).is_ok()).filter(|ok| *ok).count()
        });
    });
    group.bench_function("tantivy tokenizer", |bencher| {
        bencher.iter(|| {
            let mut tokenizer = SimpleTokenizer::default();
            texts
                .iter()
                .map(|text| {
                    let mut stream = tokenizer.token_stream(black_box(text));
                    let mut count = 0usize;
                    while stream.advance() {
                        count += black_box(stream.token().text.len());
                    }
                    count
                })
                .sum::<usize>()
        });
    });
    group.finish();

    criterion.bench_function("make an extractor", |bencher| {
        bencher.iter_batched(|| (), |()| black_box(Extractor::new()), BatchSize::PerIteration);
    });
}

criterion_group!(benches, throughput);
criterion_main!(benches);
