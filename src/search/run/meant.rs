//! "Did you mean": for queries with a word that no document has, the same query with a near word that some document has.
//!
//! Near words come from the index's own dictionary, and only those count that a document has which is not deleted: nothing of a
//! withdrawn report is ever suggested. A candidate that stands beside the query's neighbouring words goes before one that does not.

use std::cmp::Reverse;

use tantivy::query::PhraseQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use super::super::analysis::{TYPED, bare_into, form_into, written};
use super::super::error::Result;
use super::super::query::any::AnyOf;
use super::super::query::levels::Level;
use super::super::query::meaning::QueryWord;
use super::Run;
use crate::text::{Document, fold, tokenize};

/// Most words of the dictionary looked at for one word of the query, per segment.
const MAX_LOOKED_AT: usize = 100_000;
/// Most words of a query that are mended.
const MOST_MENDED: usize = 3;
/// Documents of a word are counted up to this: what more have is frequent enough.
const ENOUGH: u64 = 1000;
/// Shorter words are near to too much.
const SHORTEST: usize = 3;

struct Candidate {
    bare: String,
    distance: usize,
    /// In how many documents it stands beside a neighbour of the query.
    beside: u64,
    frequency: u64,
}

/// One way to write a bare word.
struct Written {
    /// How far it is from what was typed.
    off: usize,
    /// In how many documents it stands beside a neighbour of the query, as that is spelt.
    beside: u64,
    frequency: u64,
    form: String,
}

impl Run<'_> {
    /// The query with its unknown words mended; `None` if there are none, or nothing is near.
    pub(super) fn meant(&self) -> Result<Option<String>> {
        let mut mended: Vec<(&QueryWord, String)> = Vec::new();
        for run in &self.builder.meaning.runs {
            for (at, word) in run.words.iter().enumerate() {
                if mended.len() == MOST_MENDED || !self.is_unknown(word)? {
                    continue;
                }
                self.deadline.check()?;
                let before = at.checked_sub(1).and_then(|before| run.words.get(before));
                if let Some(near) = self.near(word, before, run.words.get(at + 1))? {
                    mended.push((word, near));
                }
            }
        }
        Ok((!mended.is_empty()).then(|| replaced(self.request.query, &mended)))
    }

    fn is_unknown(&self, word: &QueryWord) -> Result<bool> {
        let short = word.bare.chars().count() < SHORTEST;
        if short || word.asks || word.joined || !word.bare.chars().all(|c| c.is_ascii_lowercase()) {
            return Ok(false);
        }
        Ok(self.any_alive(&self.builder.term(word, Level::Bare)?, 1)? == 0)
    }

    /// The best word near an unknown one, as it is most often written.
    fn near(&self, word: &QueryWord, before: Option<&QueryWord>, after: Option<&QueryWord>) -> Result<Option<String>> {
        let fields = self.snapshot.shared.fields.text(self.unit);
        let most = if word.bare.chars().count() < 6 { 1 } else { 2 };
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut bare = String::new();
        self.each_term(fields.bare.unwrap_or(fields.forms), |term| {
            bare.clear();
            bare_into(term, &mut bare);
            if let Some(distance) = distance(&word.bare, &bare, most)
                && !bare.starts_with(TYPED)
                && candidates.iter().all(|known| known.bare != bare)
            {
                candidates.push(Candidate { bare: bare.clone(), distance, beside: 0, frequency: 0 });
            }
        })?;
        for candidate in &mut candidates {
            candidate.frequency = self.any_alive(&self.builder.bare_word(&candidate.bare)?, ENOUGH)?;
            let pairs = [
                before.map(|before| fields.signs.sign(&before.bare, &candidate.bare)),
                after.map(|after| fields.signs.sign(&candidate.bare, &after.bare)),
            ];
            for pair in pairs.into_iter().flatten() {
                let term = Term::from_field_text(fields.pairs, &pair);
                candidate.beside += self.alive(&term, ENOUGH)?;
            }
        }
        candidates.sort_by(|a, b| {
            let order =
                |one: &Candidate| (one.beside == 0, one.distance, u64::MAX - one.beside, u64::MAX - one.frequency);
            order(a).cmp(&order(b)).then_with(|| a.bare.cmp(&b.bare))
        });
        match candidates.into_iter().find(|candidate| candidate.frequency > 0) {
            // Who types words without marks is given one without: which marks it would have is not known.
            Some(best) if !fold::has_marks(self.request.query) && (before.is_some() || after.is_some()) => {
                Ok(Some(best.bare))
            }
            Some(best) => self.written(&best.bare, word, (before, after)),
            None => Ok(None),
        }
    }

    /// How a bare word is written: nearest to what was typed where marks were, then as most documents have it beside the query's words, then
    /// anywhere.
    fn written(
        &self,
        bare: &str,
        typed: &QueryWord,
        (before, after): (Option<&QueryWord>, Option<&QueryWord>),
    ) -> Result<Option<String>> {
        let fields = self.snapshot.shared.fields.text(self.unit);
        let forms = fields.forms;
        let mut found: Vec<Written> = Vec::new();
        let mut letters = String::new();
        self.each_term(forms, |form| {
            letters.clear();
            bare_into(form, &mut letters);
            if letters == bare && !form.starts_with(TYPED) {
                let off = if typed.marked { distance(&typed.form, form, 9).unwrap_or(9) } else { 0 };
                if found.iter().all(|known| known.form != form) {
                    found.push(Written { off, beside: 0, frequency: 0, form: form.to_owned() });
                }
            }
        })?;
        for one in &mut found {
            one.frequency = self.alive(&Term::from_field_text(forms, &one.form), ENOUGH)?;
        }
        found.retain(|one| one.frequency > 0);
        if fields.has_positions() && found.len() > 1 {
            for one in &mut found {
                let neighbours =
                    [before.map(|word| (&word.form, &one.form)), after.map(|word| (&one.form, &word.form))];
                for (first, second) in neighbours.into_iter().flatten() {
                    let terms = vec![Term::from_field_text(forms, first), Term::from_field_text(forms, second)];
                    one.beside += self.count(&PhraseQuery::new(terms), ENOUGH)?;
                }
            }
        }
        let order = |one: &Written| (one.off, Reverse(one.beside), Reverse(one.frequency));
        found.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.form.cmp(&b.form)));
        Ok(found.first().map(|one| written(&one.form)))
    }

    /// Calls `take` with the terms of a field, also those that only deleted documents have.
    fn each_term(&self, field: Field, mut take: impl FnMut(&str)) -> Result<()> {
        for reader in self.snapshot.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().stream()?;
            for _ in 0..MAX_LOOKED_AT {
                if !stream.advance() {
                    break;
                }
                if let Ok(term) = std::str::from_utf8(stream.key()) {
                    take(term);
                }
            }
        }
        Ok(())
    }

    /// The same for a word that may stand under several terms.
    fn any_alive(&self, word: &AnyOf, bound: u64) -> Result<u64> {
        word.terms().iter().try_fold(0, |sum, term| Ok(sum + self.alive(term, bound)?))
    }

    /// Number of documents that have a term and are not deleted, counted up to a bound: the same however the index came about.
    fn alive(&self, term: &Term, bound: u64) -> Result<u64> {
        let mut count = 0;
        for reader in self.snapshot.searcher.segment_readers() {
            let index = reader.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
            while count < bound && postings.doc() != TERMINATED {
                let alive = reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc()));
                count += u64::from(alive);
                postings.advance();
            }
        }
        Ok(count)
    }
}

/// The query with words replaced, everything else as typed.
fn replaced(query: &str, mended: &[(&QueryWord, String)]) -> String {
    let document = Document::new(query);
    let text = document.text();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for token in tokenize(text).iter().filter(|token| token.is_word()) {
        let mut form = String::new();
        form_into(token.text(text), &mut form);
        if let Some((_, near)) = mended.iter().find(|(word, _)| word.form == form) {
            out.push_str(&text[at..token.start as usize]);
            out.push_str(near);
            at = token.end as usize;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Number of letters to put in, take out, change or swap with the next one to get from one word to the other; `None` above `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let mut cost = (row[j] + usize::from(a[i] != b[j])).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_swaps_once() {
        assert_eq!(distance("sahc", "sach", 1), Some(1));
        assert_eq!(distance("nghii", "nghi", 1), Some(1));
        assert_eq!(distance("hoi", "hop", 1), Some(1));
        assert_eq!(distance("hoi", "nghi", 1), None);
        assert_eq!(distance("", "a", 1), Some(1));
    }
}
