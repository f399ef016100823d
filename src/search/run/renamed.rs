//! Other names of what a query names: which of them something here goes by, and how they are told and shown.

use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider as _;

use crate::text::{Typing, fold};

use super::super::analysis::words;
use super::super::compile::entity_terms;
use super::super::error::Result;
use super::super::index::Shared;
use super::super::query::meaning::{Meaning, Part, QueryWord, Rewrite, Run};
use super::super::query::question::ends_as_question;
use super::super::query::renamed::{Renamed, renamed};
use super::super::request::{MatchTier, OtherName, SearchRequest};
use super::super::schema::Unit;
use super::super::stats::Statistics;
use super::plan::is_question;

/// The names in a query that have other names which some document goes by. None for a whole question, which says enough beside them.
pub(super) fn of(
    meaning: &Meaning,
    unit: Unit,
    request: &SearchRequest<'_>,
    shared: &Shared,
    statistics: &Statistics<'_>,
) -> Result<Vec<Renamed>> {
    let Some(names) = request.names.filter(|_| request.loosest_tier == MatchTier::OtherName) else {
        return Ok(Vec::new());
    };
    if ends_as_question(request.query) {
        return Ok(Vec::new());
    }
    let mut found = renamed(meaning, names)?;
    for name in &mut found {
        let mut kept = Vec::with_capacity(name.others.len());
        for other in std::mem::take(&mut name.others) {
            let mut documents = 0;
            for term in entity_terms(shared, &other.entity) {
                documents += statistics.doc_freq(&term)?;
            }
            let phrase = phrase(&other, shared);
            let has_words = other.telling && has_all(&phrase, unit, shared, statistics)?;
            if has_words {
                name.phrases.push(phrase);
            }
            if documents > 0 || has_words {
                kept.push(other);
            }
        }
        name.others = kept;
    }
    found.retain(|name| !name.others.is_empty());
    if is_question(request.query, meaning, &found) {
        found.clear();
    }
    let _ = unit;
    Ok(found)
}

fn phrase(other: &OtherName, shared: &Shared) -> Run {
    let words = words(&other.name, Typing::Edited, &shared.abbreviations);
    Run { words: words.into_iter().map(QueryWord::from).collect() }
}

/// True if each word stands in some document.
fn has_all(phrase: &Run, unit: Unit, shared: &Shared, statistics: &Statistics<'_>) -> Result<bool> {
    let forms = shared.fields.text(unit).forms;
    for word in &phrase.words {
        if statistics.doc_freq(&Term::from_field_text(forms, &word.form))? == 0 {
            return Ok(false);
        }
    }
    Ok(!phrase.words.is_empty())
}

/// What is told of them.
pub(super) fn rewrites(renamed: &[Renamed]) -> Vec<Rewrite> {
    let told = |name: &Renamed| {
        let from = name.name.clone();
        // The same words under another identity need no telling.
        let is_other = |other: &&OtherName| fold::spelling(&other.name) != fold::spelling(&name.name);
        name.others
            .iter()
            .filter(is_other)
            .map(|other| Rewrite { from: from.clone(), to: other.name.clone(), link: other.link })
            .collect::<Vec<_>>()
    };
    renamed.iter().flat_map(told).collect()
}

/// The query with the other names beside its words, for marking them in texts.
pub(super) fn shown(meaning: &Meaning, renamed: &[Renamed], shared: &Shared) -> Meaning {
    let mut shown = meaning.clone();
    for other in renamed.iter().flat_map(|name| &name.others) {
        let phrase = phrase(other, shared);
        if !phrase.words.is_empty() {
            shown.required.push(Part::Phrase(phrase));
        }
    }
    shown
}
