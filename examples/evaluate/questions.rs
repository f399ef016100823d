//! Whole questions over paragraphs: how high a paragraph that answers stands.

use std::collections::HashMap;
use std::io::BufRead as _;

use anyhow::{Context as _, Result};
use bienban::service::api::{PageRequest, Search};
use bienban::text::fold;
use serde_json::Value;

use crate::baseline::{Baseline, Kinds};
use crate::loaded::Loaded;

struct Question {
    text: String,
    /// Ids of the paragraphs that answer it.
    answers: Vec<String>,
}

/// Reads paragraphs and questions from standard input, and prints MRR@10 and the part of questions answered first and within
/// ten, of the service and of plain BM25. With `BIENBAN_MISSES` set, tells the questions that the service does not answer first.
pub async fn run() -> Result<()> {
    let (mut paragraphs, mut questions) = (Vec::new(), Vec::new());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if let Some(text) = line.get("question").and_then(Value::as_str) {
            let answers = line["paragraphs"].as_array().context("a question without paragraphs")?;
            let answers = answers.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            questions.push(Question { text: text.to_owned(), answers });
        } else {
            paragraphs.push(line);
        }
    }
    println!("{} paragraphs, {} questions", paragraphs.len(), questions.len());
    let unmarked: Vec<Question> = questions
        .iter()
        .map(|one| Question { text: fold::unaccented(&one.text), answers: one.answers.clone() })
        .collect();

    let loaded = Loaded::with(&paragraphs).await?;
    for (what, questions) in [("service, with marks", &questions), ("service, without marks", &unmarked)] {
        let mut score = Score::default();
        for question in questions {
            let found = ask(&loaded, &question.text).await.with_context(|| question.text.clone())?;
            score.add(question, &found);
        }
        score.print(what);
    }
    loaded.end().await?;

    let id = |paragraph: &Value| paragraph["id"].as_str().unwrap_or_default().to_owned();
    let ids: Vec<String> = paragraphs.iter().map(id).collect();
    let kinds = |syllables, pairs, folded| Kinds { syllables, pairs, folded };
    for (what, kinds, questions) in [
        ("BM25, syllables", kinds(true, false, false), &questions),
        ("BM25, pairs", kinds(false, true, false), &questions),
        ("BM25, syllables and pairs", kinds(true, true, false), &questions),
        ("BM25, folded syllables, without marks", kinds(true, false, true), &unmarked),
        ("BM25, folded pairs, without marks", kinds(false, true, true), &unmarked),
        ("BM25, folded both, without marks", kinds(true, true, true), &unmarked),
    ] {
        let baseline = Baseline::new(kinds, paragraphs.iter().map(|one| one["text"].as_str().unwrap_or_default()));
        let mut score = Score::default();
        for question in questions {
            let found: Vec<String> = baseline.best(&question.text).into_iter().map(|at| ids[at].clone()).collect();
            score.add(question, &found);
        }
        score.print(what);
    }
    Ok(())
}

/// Reports behind the first ten hits, in order; those of one meeting stand at one place.
async fn ask(loaded: &Loaded, question: &str) -> Result<Vec<String>> {
    let request = Search {
        query: question.to_owned(),
        page: PageRequest { size: 10, token: String::new() },
        min_revision: loaded.revision,
        omit_snippets: true,
        ..Default::default()
    };
    let found = loaded.api().search_meetings(&Loaded::call(), request).await?;
    let hits = found.page.entries.into_iter().flat_map(|entry| entry.value.value.reports);
    let found: Vec<String> = hits.map(|report| report.as_str().to_owned()).collect();
    Ok(found)
}

#[derive(Default)]
struct Score {
    questions: f64,
    reciprocal: f64,
    first: f64,
    within_ten: f64,
    misses: HashMap<String, usize>,
}

impl Score {
    fn add(&mut self, question: &Question, found: &[String]) {
        self.questions += 1.0;
        let rank = found.iter().take(10).position(|id| question.answers.contains(id));
        if let Some(rank) = rank {
            self.reciprocal += 1.0 / (rank as f64 + 1.0);
            self.first += f64::from(u8::from(rank == 0));
            self.within_ten += 1.0;
        }
        if rank != Some(0) {
            self.misses.insert(question.text.clone(), rank.map_or(0, |rank| rank + 1));
        }
    }

    fn print(&self, what: &str) {
        let part = |count: f64| count / self.questions.max(1.0);
        let (mrr, first, ten) = (part(self.reciprocal), part(self.first), part(self.within_ten));
        println!("{what:40} MRR@10 {mrr:.4}  first {first:.4}  within ten {ten:.4}");
        if std::env::var_os("BIENBAN_MISSES").is_some() && what.starts_with("service") {
            let mut misses: Vec<_> = self.misses.iter().collect();
            misses.sort();
            misses.iter().for_each(|(question, rank)| println!("    {rank}  {question}"));
        }
    }
}
