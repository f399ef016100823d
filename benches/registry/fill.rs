//! Records and a journal of an invented country.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use bienban::journal::{IncomingReport, Journal, SqliteJournal, SqliteOptions, Write};
use bienban::model::{ReportId, Timestamp};
use bienban::projection::Filler;

use crate::meter::Process;
use crate::people::Country;
use crate::{CACHE, Fault};

/// Writes the records, and prints what each tenth of them cost.
///
/// # Errors
/// If they cannot be written.
pub fn records(country: &mut Country, reports: usize, batch: usize, dir: &Path) -> Result<(), Fault> {
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

/// A journal of as many entries, at the times that the records have: the server takes records for its own only if its journal has the entry
/// that they stand at.
pub async fn journal(reports: usize, dir: &Path) -> Result<(), Fault> {
    let time = AtomicI64::new(1);
    let clock = Arc::new(move || Timestamp(time.fetch_add(1, Ordering::Relaxed)));
    let options = SqliteOptions { clock, ..SqliteOptions::default() };
    let journal = Arc::new(SqliteJournal::open(&dir.join("journal"), options)?);
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
