//! Plain BM25 over syllables and over pairs of them: what a search for whole questions is measured against.

use std::collections::HashMap;

use bienban::text::{Kind, fold, tokenize};

/// Which words are compared, and how.
#[derive(Debug, Clone, Copy)]
pub struct Kinds {
    /// Single syllables count.
    pub syllables: bool,
    /// Pairs of neighbours count.
    pub pairs: bool,
    /// Marks are taken away on both sides.
    pub folded: bool,
}

/// An index of paragraphs.
pub struct Baseline {
    kinds: Kinds,
    /// For each term, the paragraphs that have it, with how often.
    postings: HashMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
}

/// How soon a word that comes again counts no more, and how much long paragraphs are held back: the usual values.
const K1: f64 = 1.2;
const B: f64 = 0.75;

impl Baseline {
    /// Indexes paragraphs.
    pub fn new<'a>(kinds: Kinds, paragraphs: impl Iterator<Item = &'a str>) -> Self {
        let mut made = Self { kinds, postings: HashMap::new(), lengths: Vec::new() };
        for (paragraph, text) in paragraphs.enumerate() {
            let mut counts: HashMap<String, f64> = HashMap::new();
            made.terms(text).into_iter().for_each(|term| *counts.entry(term).or_default() += 1.0);
            made.lengths.push(counts.values().sum());
            for (term, count) in counts {
                made.postings.entry(term).or_default().push((paragraph, count));
            }
        }
        made
    }

    /// Numbers of the ten paragraphs that fit best, best first.
    pub fn best(&self, question: &str) -> Vec<usize> {
        let all = self.lengths.len() as f64;
        let mean = self.lengths.iter().sum::<f64>() / all;
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for term in self.terms(question) {
            let Some(postings) = self.postings.get(&term) else { continue };
            let with = postings.len() as f64;
            let weight = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (paragraph, count) in postings {
                let held_back = K1 * (1.0 - B + B * self.lengths[*paragraph] / mean);
                *scores.entry(*paragraph).or_default() += weight * count * (K1 + 1.0) / (count + held_back);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(10).map(|(paragraph, _)| paragraph).collect()
    }

    fn terms(&self, text: &str) -> Vec<String> {
        let tokens = tokenize(text);
        let spelled = tokens.iter().filter(|token| matches!(token.kind, Kind::Word(_) | Kind::Number));
        let syllables: Vec<String> = spelled
            .map(|token| token.text(text))
            .map(|word| if self.kinds.folded { fold::unaccented(word) } else { word.to_lowercase() })
            .collect();
        let pairs = syllables.windows(2).map(|pair| format!("{} {}", pair[0], pair[1]));
        let pairs: Vec<String> = if self.kinds.pairs { pairs.collect() } else { Vec::new() };
        let mut terms = if self.kinds.syllables { syllables } else { Vec::new() };
        terms.extend(pairs);
        terms
    }
}
