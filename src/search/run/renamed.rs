//! Other names of what a query names: which of them something here goes by, and how they are told and shown.

use std::ops::Range;

use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider as _;

use crate::model::EntityKind;
use crate::text::{Typing, fold};

use super::super::analysis::{words, written};
use super::super::compile::entity_terms;
use super::super::error::Result;
use super::super::index::Shared;
use super::super::query::meaning::{Meaning, QueryWord, Rewrite, Run};
use super::super::query::question::ends_as_question;
use super::super::query::renamed::{Renamed, renamed};
use super::super::request::{MatchTier, OtherName, SearchRequest};
use super::super::schema::{TextFields, Unit};
use super::super::stats::Statistics;
use super::plan::is_question;

/// What of a query is known as a name.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The names that have other names which some document goes by.
    pub(super) renamed: Vec<Renamed>,
    /// Words of places, each by its run and its number there, that stand behind the word before.
    named: Vec<(usize, usize)>,
}

/// The names in a query. None of a whole question, which says enough beside them.
pub(super) fn of(
    meaning: &Meaning,
    unit: Unit,
    request: &SearchRequest<'_>,
    shared: &Shared,
    statistics: &Statistics<'_>,
) -> Result<Known> {
    let Some(names) = request.names.filter(|_| !ends_as_question(request.query)) else { return Ok(Known::default()) };
    let mut found = renamed(meaning, names)?;
    let mut named = Vec::new();
    for name in &mut found {
        let mut kept = Vec::with_capacity(name.others.len());
        let is_place = name.others.iter().any(|other| other.entity.kind() == Some(EntityKind::Place));
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
        // Figures tell of what is measured in words of their own.
        if is_place && unit != Unit::Figure {
            let words = &meaning.runs[name.run].words;
            let behind: Vec<usize> =
                proper_part(words, name.words.clone()).skip(1).filter(|at| !words[*at].joined).collect();
            // Where none stands so and nothing goes by another name either, words apart are better than nothing.
            let is_found_otherwise = request.loosest_tier == MatchTier::OtherName && !name.others.is_empty();
            if is_found_otherwise || all_stand_behind(words, &behind, unit, shared, statistics)? {
                named.extend(behind.into_iter().map(|at| (name.run, at)));
            }
        }
    }
    if request.loosest_tier != MatchTier::OtherName {
        found.clear();
    }
    found.retain(|name| !name.others.is_empty());
    if is_question(request.query, meaning, &found) {
        return Ok(Known::default());
    }
    Ok(Known { renamed: found, named })
}

/// Holds the words of places together.
pub(super) fn bind(meaning: &mut Meaning, known: &Known) {
    for (run, at) in &known.named {
        meaning.runs[*run].words[*at].named = true;
    }
}

/// What says of a place what it is.
const KINDS: [&[&str]; 9] = [
    &["thành", "phố"],
    &["thị", "xã"],
    &["thị", "trấn"],
    &["đặc", "khu"],
    &["tỉnh"],
    &["huyện"],
    &["quận"],
    &["phường"],
    &["xã"],
];

/// The words of a place's name without those that say what it is: "tỉnh Sơn Hà" is called Sơn Hà.
fn proper_part(words: &[QueryWord], name: Range<usize>) -> Range<usize> {
    let is = |word: &QueryWord, kind: &str| {
        if word.plain { fold::unaccented(kind) == word.bare } else { written(&word.form) == kind }
    };
    let own = &words[name.clone()];
    let begins = |kind: &&&[&str]| own.len() > kind.len() && own.iter().zip(**kind).all(|(word, kind)| is(word, kind));
    name.start + KINDS.iter().find(begins).map_or(0, |kind| kind.len())..name.end
}

/// True if some document has each of these words behind the one before.
fn all_stand_behind(
    words: &[QueryWord],
    behind: &[usize],
    unit: Unit,
    shared: &Shared,
    statistics: &Statistics<'_>,
) -> Result<bool> {
    let TextFields { pairs, signs, .. } = shared.fields.text(unit);
    for at in behind {
        let pair = signs.sign(&words[*at - 1].bare, &words[*at].bare);
        if statistics.doc_freq(&Term::from_field_text(pairs, &pair))? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
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

/// The other names, for marking them in texts.
pub(super) fn shown(renamed: &[Renamed], shared: &Shared) -> Vec<Run> {
    let others = renamed.iter().flat_map(|name| &name.others).map(|other| phrase(other, shared));
    others.filter(|phrase| !phrase.words.is_empty()).collect()
}
