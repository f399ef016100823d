//! Answers evaluation sets: JSON lines on standard input, JSON lines on standard output.
//!
//!     cargo run --release --example evaluate -- extract < reports.jsonl > predictions.jsonl
//!     cargo run --release --example evaluate -- lookup --reports reports.jsonl < lookups.jsonl > answers.jsonl
//!     cargo run --release --example evaluate -- search --reports reports.jsonl < searches.jsonl > answers.jsonl
//!     cargo run --release --example evaluate -- people --reports reports.jsonl [given|reversed|shuffled] [why] > entities.txt
//!     cargo run --release --example evaluate -- questions < questions.jsonl
//!
//! Reports are `{"id", "published", "text"}` a line. `extract` writes what was found in each. `lookup` and `search` hand the
//! reports over to a fresh service in a folder of its own, and then answer each query. `people` prints who is who across the reports: every
//! entity, and for people the offices and the reports; equal for every order of reports. `questions` reads paragraphs, lines of
//! `{"id", "text"}`, and questions, lines of `{"question", "paragraphs": [id, …]}`, and tells how high the service and plain BM25
//! rank a paragraph that answers, with the marks of the questions and without.

mod answers;
mod baseline;
mod loaded;
mod people;
mod prediction;
mod questions;

use std::io::{BufRead as _, Write as _};

use anyhow::{Context as _, Result, bail};
use bienban::extract::{Extractor, Source};
use serde_json::Value;

use loaded::Loaded;

const USAGE: &str = "usage: evaluate extract | lookup --reports FILE | search --reports FILE | people --reports FILE \
                     [given|reversed|shuffled] [why] | questions";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["extract"] => extract(),
        [mode @ ("lookup" | "search"), "--reports", reports] => runtime()?.block_on(query(mode, reports)),
        ["people", "--reports", reports, rest @ ..] => {
            let (order, why) = match rest {
                [] => ("given", false),
                [order] => (*order, false),
                [order, "why"] => (*order, true),
                _ => bail!(USAGE),
            };
            let order = people::Order::parse(order).context(USAGE)?;
            runtime()?.block_on(people::print(reports, order, why))
        }
        ["questions"] => runtime()?.block_on(questions::run()),
        _ => bail!(USAGE),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn extract() -> Result<()> {
    let extractor = Extractor::new();
    each_line(|report| {
        let text = |key: &str| report.get(key).and_then(Value::as_str);
        let source = Source {
            text: text("text").unwrap_or_default(),
            title: None,
            published: text("published").and_then(|date| date.parse().ok()),
        };
        Ok(prediction::prediction(text("id").unwrap_or_default(), &extractor.extract(source)))
    })
}

async fn query(mode: &str, reports: &str) -> Result<()> {
    let loaded = Loaded::from(reports).await.with_context(|| format!("cannot load {reports}"))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let query: Value = serde_json::from_str(&line?)?;
        let answer = if mode == "lookup" {
            answers::lookup(&loaded, &query).await
        } else {
            answers::search(&loaded, &query).await
        };
        writeln!(out, "{}", answer.with_context(|| query.to_string())?)?;
    }
    out.flush()?;
    loaded.end().await
}

/// Answers each line of standard input with one of standard output.
fn each_line(mut answer: impl FnMut(&Value) -> Result<Value>) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&serde_json::from_str(&line?)?)?)?;
    }
    Ok(out.flush()?)
}
