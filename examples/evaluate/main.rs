//! Answers evaluation sets: JSON lines on standard input, JSON lines on standard output.
//!
//!     cargo run --release --example evaluate -- extract < reports.jsonl > predictions.jsonl
//!
//! `extract` reads `{"id", "published", "text"}` a line and writes what was found in each report.

mod prediction;

use std::io::{BufRead as _, Write as _};

use bienban::extract::{Extractor, Source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("extract") => extract(),
        _ => Err("usage: evaluate extract < reports.jsonl".into()),
    }
}

fn extract() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let report: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| report.get(key).and_then(|value| value.as_str());
        let source = Source {
            text: text("text").unwrap_or_default(),
            title: None,
            published: text("published").and_then(|date| date.parse().ok()),
        };
        let record = extractor.extract(source);
        writeln!(out, "{}", prediction::prediction(text("id").unwrap_or_default(), &record))?;
    }
    Ok(out.flush()?)
}
