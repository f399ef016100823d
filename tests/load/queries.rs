//! Queries made of the texts themselves.

use std::collections::HashMap;

use crate::reports::Article;

/// Number of queries of each kind.
const QUERIES: usize = 400;

/// Queries of several kinds.
pub struct Queries {
    /// Two or three neighbouring words of a headline: what people mostly type.
    pub usual: Vec<String>,
    /// The most frequent words, one each.
    pub common: Vec<String>,
    /// Two of the most frequent words.
    pub common_pairs: Vec<String>,
    /// Words of few headlines.
    pub rare: Vec<String>,
    /// Ten words joined by OR.
    pub any_of_ten: Vec<String>,
    /// Two letters and a star.
    pub prefixes: Vec<String>,
    /// Whole headlines.
    pub questions: Vec<String>,
}

impl Queries {
    /// Makes them; the same texts give the same ones.
    pub fn of(articles: &[Article]) -> Self {
        let step = (articles.len() / QUERIES).max(1);
        let titles: Vec<Vec<&str>> = articles.iter().step_by(step).map(|article| words(&article.title)).collect();
        let by_count = by_count(articles);
        let common: Vec<&str> = by_count.iter().take(40).copied().collect();
        let rare = by_count.iter().rev().step_by(7).take(QUERIES).map(|word| (*word).to_owned());
        let letters = |word: &str| word.chars().take(2).collect::<String>();
        Self {
            usual: titles.iter().enumerate().filter_map(|(n, title)| part(title, n, 2 + n % 2)).collect(),
            common_pairs: common.windows(2).map(|pair| pair.join(" ")).collect(),
            common: common.iter().map(|word| (*word).to_owned()).collect(),
            rare: rare.collect(),
            any_of_ten: titles.iter().filter(|title| title.len() >= 10).map(|title| title[..10].join(" OR ")).collect(),
            prefixes: common
                .iter()
                .filter(|word| word.chars().count() > 2)
                .map(|word| format!("{}*", letters(word)))
                .collect(),
            questions: titles.iter().filter(|title| title.len() > 4).map(|title| title.join(" ")).collect(),
        }
    }
}

/// Neighbouring words, from a place that the number decides.
fn part(words: &[&str], number: usize, count: usize) -> Option<String> {
    let places = (words.len() + 1).checked_sub(count).filter(|places| *places > 0)?;
    Some(words[number % places..][..count].join(" "))
}

/// Plain words: no sign means anything to either side's query language.
fn words(text: &str) -> Vec<&str> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| word.chars().nth(1).is_some()).collect()
}

/// The words of all headlines, most frequent first.
fn by_count(articles: &[Article]) -> Vec<&str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    articles.iter().flat_map(|article| words(&article.title)).for_each(|word| *counts.entry(word).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    counts.into_iter().map(|(word, _)| word).collect()
}
