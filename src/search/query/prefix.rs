//! Words by their beginning.

use tantivy::schema::Field;

use super::super::analysis::TYPED;
use super::super::error::Result;
use super::super::forms;
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
    /// The word typed before it, without marks: beside that one it is meant first of all.
    pub(super) after: Option<String>,
}

impl Stem {
    pub(super) fn of(word: &QueryWord) -> Self {
        let tone = word.form.chars().next_back().filter(|c| !c.is_alphanumeric());
        let letters = word.form.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Self { letters, tone, bare: word.bare.clone(), marked: word.marked, after: None }
    }

    /// The same behind a word.
    pub(super) fn behind(self, before: Option<&QueryWord>) -> Self {
        Self { after: before.filter(|word| !word.asks).map(|word| word.bare.clone()), ..self }
    }

    pub(super) fn is_too_short(&self) -> bool {
        self.bare.chars().nth(1).is_none()
    }

    /// True if a form begins so.
    pub(crate) fn begins(&self, form: &str) -> bool {
        form.starts_with(&self.letters) && self.tone.is_none_or(|tone| form.ends_with(tone))
    }

    /// The words of a field that begin so, by forms or by bare words, and how often they stand.
    pub(super) fn words(
        &self,
        searcher: &tantivy::Searcher,
        field: Field,
        by_forms: bool,
    ) -> Result<(Vec<String>, u64)> {
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
        Ok(most_frequent(found))
    }

    /// The bare words that begin so in a field of forms, and how often they stand.
    pub(super) fn bare_words(&self, searcher: &tantivy::Searcher, forms: Field) -> Result<(Vec<String>, u64)> {
        let found = forms::beginning(searcher, forms, &self.bare)?;
        Ok(most_frequent(found.into_iter().map(|(word, count)| (count, word)).collect()))
    }
}

/// The most frequent ones, and how often they stand together.
fn most_frequent(mut found: Vec<(u64, String)>) -> (Vec<String>, u64) {
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(MAX_EXPANSIONS);
    let postings = found.iter().map(|(count, _)| count).sum();
    (found.into_iter().map(|(_, word)| word).collect(), postings)
}
