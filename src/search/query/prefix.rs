//! Words by their beginning.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::super::analysis::TYPED;
use super::super::error::Result;
use super::meaning::QueryWord;

/// Most words that a prefix is taken for; the most frequent ones win.
const MAX_EXPANSIONS: usize = 64;
/// Most words looked at for that, per segment.
const MAX_LOOKED_AT: usize = 20_000;

/// The beginning of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stem {
    /// Letters with vowel marks, without tone.
    letters: String,
    /// The tone sign, if one was typed.
    tone: Option<char>,
    /// The same without any marks.
    pub(crate) bare: String,
    /// True if any mark was typed.
    pub(crate) marked: bool,
}

impl Stem {
    pub(super) fn of(word: &QueryWord) -> Self {
        let tone = word.form.chars().next_back().filter(|c| !c.is_alphanumeric());
        let letters = word.form.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Self { letters, tone, bare: word.bare.clone(), marked: word.marked }
    }

    pub(super) fn is_too_short(&self) -> bool {
        self.bare.chars().nth(1).is_none()
    }

    /// True if a form begins so.
    pub(crate) fn begins(&self, form: &str) -> bool {
        form.starts_with(&self.letters) && self.tone.is_none_or(|tone| form.ends_with(tone))
    }

    /// A query for words that begin so, by forms or by bare words, and how often they stand.
    pub(super) fn query(
        &self,
        searcher: &tantivy::Searcher,
        field: Field,
        by_forms: bool,
    ) -> Result<(Box<dyn Query>, u64)> {
        let start = if by_forms { &self.letters } else { &self.bare };
        let mut found: Vec<(u64, String)> = Vec::new();
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().range().ge(start).into_stream()?;
            for _ in 0..MAX_LOOKED_AT {
                if !stream.advance() || !stream.key().starts_with(start.as_bytes()) {
                    break;
                }
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                if !term.starts_with(TYPED) && (!by_forms || self.begins(term)) {
                    let count = u64::from(stream.value().doc_freq);
                    match found.binary_search_by(|(_, known)| known.as_str().cmp(term)) {
                        Ok(at) => found[at].0 += count,
                        Err(at) => found.insert(at, (count, term.to_owned())),
                    }
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.truncate(MAX_EXPANSIONS);
        if found.is_empty() {
            return Ok((Box::new(EmptyQuery), 0));
        }
        let postings = found.iter().map(|(count, _)| count).sum();
        let terms = found.into_iter().map(|(_, term)| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, &term), IndexRecordOption::WithFreqs))
        });
        let union = BooleanQuery::union(terms.collect());
        Ok((Box::new(BoostQuery::new(Box::new(union), 0.5)), postings))
    }
}
