//! What an acknowledged write costs: appends by 1 and by 64 callers, beside the least a disk can do for durability, a
//! bare write and sync. Compare the rates of one run; they mean nothing across machines.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bienban::journal::{IncomingReport, Journal, SqliteJournal, SqliteOptions, Write};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// About the length of a newspaper's report, in bytes.
const TEXT: usize = 6000;

/// In the build folder: the temporary folder of many machines is memory, which syncs for nothing.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("folder")
}

fn write(number: u64) -> Write {
    let report = IncomingReport {
        id: None,
        url: Some(format!("https://bao.example/{number}")),
        publisher: Some("Báo Bạch Giang".to_owned()),
        title: None,
        publish_date: None,
        text: "Sáng 5-8, phường họp. ".repeat(TEXT / 25),
    };
    Write::PutReport { report, request_id: Some(format!("request {number}")), expected: None }
}

fn synced_write(criterion: &mut Criterion) {
    let folder = folder();
    let mut file = File::create(folder.path().join("file")).expect("file");
    let bytes = vec![b'x'; TEXT];
    file.write_all(&bytes).expect("written");
    let mut group = criterion.benchmark_group("journal");
    group.throughput(Throughput::Elements(1));
    group.bench_function("bare synced write", |bencher| {
        bencher.iter(|| {
            // In place, as in a write-ahead log that has grown to its size: no new blocks to account for.
            file.rewind().expect("rewound");
            file.write_all(&bytes).expect("written");
            file.sync_data().expect("synced");
        });
    });
    group.finish();
}

fn append(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("runtime");
    let mut group = criterion.benchmark_group("journal");
    for callers in [1, 64] {
        let folder = folder();
        let journal = Arc::new(SqliteJournal::open(folder.path(), SqliteOptions::default()).expect("opened"));
        let numbers = AtomicU64::new(0);
        group.throughput(Throughput::Elements(callers));
        group.bench_function(format!("append, {callers} callers"), |bencher| {
            bencher.iter(|| {
                let mut tasks = JoinSet::new();
                for _ in 0..callers {
                    let (journal, number) = (Arc::clone(&journal), numbers.fetch_add(1, Ordering::Relaxed));
                    tasks.spawn_on(
                        async move { journal.append(write(number)).await.expect("appended") },
                        runtime.handle(),
                    );
                }
                runtime.block_on(tasks.join_all())
            });
        });
        runtime.block_on(journal.close()).expect("closed");
    }
    group.finish();
}

criterion_group!(benches, synced_write, append);
criterion_main!(benches);
