//! Memory of a process, and sizes of folders.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Anonymous resident memory of a process in bytes: what it has allocated and touched, without mapped files.
pub fn anonymous(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
}

/// Where the index of a server's records lies: in a folder that the file `current` names once they were built anew.
pub fn index_of(data_dir: &Path) -> PathBuf {
    let projection = data_dir.join("projection");
    let generation = std::fs::read_to_string(projection.join("current")).unwrap_or_default();
    projection.join(generation.trim()).join("index")
}

/// Bytes of all files in a folder, at any depth.
pub fn folder(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    entries
        .iter()
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => folder(&entry.path()),
            Ok(meta) => meta.len(),
            // Gone meanwhile.
            Err(_) => 0,
        })
        .sum()
}

/// Waits until nothing in a folder has changed for some seconds: the server merges segments when no reports come.
pub async fn settled(path: &Path) {
    let files = || {
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        let mut files: Vec<_> =
            entries.map(|entry| (entry.file_name(), entry.metadata().map_or(0, |meta| meta.len()))).collect();
        files.sort();
        files
    };
    let (mut before, mut since) = (files(), Instant::now());
    while since.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let now = files();
        if now != before {
            (before, since) = (now, Instant::now());
        }
    }
}

/// Makes the system forget what it holds of a folder's files in memory, so that the next start is a cold one.
pub fn forget(path: &Path) {
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            forget(&path);
            continue;
        }
        let done = std::process::Command::new("dd")
            .arg(format!("of={}", path.display()))
            .args(["oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"])
            .status();
        assert!(done.is_ok_and(|status| status.success()), "dd of GNU coreutils drops {}", path.display());
    }
}

/// Bytes of an index by part and field, largest first.
pub fn of_fields(index: &Path) -> Vec<(String, u64)> {
    let index = tantivy::Index::open_in_dir(index).expect("an index");
    let searcher = index.reader().expect("a reader").searcher();
    let mut sizes: HashMap<String, u64> = HashMap::new();
    for segment in searcher.space_usage().expect("sizes").segments() {
        let parts = [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("positions", segment.positions()),
            ("columns", segment.fast_fields()),
            ("lengths", segment.fieldnorms()),
        ];
        for (part, usage) in parts {
            for field in usage.fields() {
                let name = format!("{part} of {}", field.field_name());
                *sizes.entry(name).or_default() += field.total().get_bytes();
            }
        }
        *sizes.entry("stored fields".to_owned()).or_default() += segment.store().total().get_bytes();
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sizes
}
