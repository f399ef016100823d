//! How closely the words of hits equal what was typed: each word as closely as the document has it anywhere, of those that count there.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use super::super::analysis::written;
use super::super::error::Result;
use super::super::query::any::AnyOf;
use super::super::query::levels::Level;
use super::super::query::meaning::QueryWord;
use super::super::request::{Explained, ExplainedWord, FoundBy, MatchTier};
use super::super::schema::Unit;
use super::Run;
use super::collect::Found;
use super::plan::{Plan, Stratum};

/// What a hit tells of its words.
pub(super) struct Told {
    /// That of its loosest word.
    pub(super) tier: MatchTier,
    pub(super) explained: Option<Explained>,
}

/// The hits of a page by address, with the place of each on the page.
struct Page {
    hits: Vec<(usize, DocAddress)>,
}

impl Run<'_> {
    /// What hits tell of their words. Words that a hit does not have at all do not count, nor, where not all words must stand in the text,
    /// those that it has more loosely than is asked: it is not found by them.
    pub(super) fn told(&self, plan: &Plan, found: &[Found]) -> Result<Vec<Told>> {
        let mut hits: Vec<(usize, DocAddress)> = found.iter().map(|found| found.address).enumerate().collect();
        hits.sort_unstable_by_key(|(_, address)| *address);
        let page = Page { hits };
        let by_strata = super::plan::by_relevance(self.order);
        let series = plan.strata.first().copied().filter(|stratum| matches!(stratum, Stratum::Own(_)));
        let stratum = |found: &Found| {
            if by_strata { plan.strata.get(usize::from(found.rank.stratum)).copied() } else { series }
        };
        let meaning = self.builder.meaning;
        let mut words: Vec<(&QueryWord, Vec<Option<MatchTier>>)> = Vec::new();
        // Of a word that can be written in one way only, a hit with all words as typed leaves no question.
        let all_as_typed = |at: usize| {
            let stratum = stratum(&found[at]);
            matches!(stratum, Some(Stratum::Neighbours(level) | Stratum::All(level)) if level <= Level::Spelled)
        };
        let free: usize = meaning.runs.iter().map(|run| run.words.len()).sum();
        for (place, word) in meaning.words().into_iter().enumerate().filter(|(_, word)| !word.joined) {
            let is_plain = place < free && word.typed.is_none() && !word.asks;
            let mut tiers = self.tiers_of_word(word, &page, |at| is_plain && all_as_typed(at))?;
            for (tier, found) in tiers.iter_mut().zip(found) {
                let asked = match stratum(found) {
                    Some(Stratum::Some(level, _) | Stratum::Own(level)) => loosest_at(level, word),
                    _ => MatchTier::Unaccented,
                };
                *tier = tier.filter(|tier| *tier <= asked);
            }
            words.push((word, tiers));
        }
        // Figures have words of their own, and those of their meeting's title: which of them a hit goes by is looked up.
        let renamed = if by_strata && self.unit != Unit::Figure {
            found.iter().map(|found| matches!(stratum(found), Some(Stratum::Renamed(_)))).collect()
        } else {
            self.renamed_hits(&page)?
        };
        let mut told = Vec::with_capacity(found.len());
        for (at, found) in found.iter().enumerate() {
            let loosest = words.iter().filter_map(|(_, tiers)| tiers[at]).max();
            let tier = if renamed[at] { MatchTier::OtherName } else { loosest.unwrap_or(MatchTier::Exact) };
            let explained = if self.request.explain {
                Some(self.explained(stratum(found), renamed[at], &words, at)?)
            } else {
                None
            };
            told.push(Told { tier, explained });
        }
        Ok(told)
    }

    /// How closely each hit has a word; it is known to have it exactly where `has_it` says so.
    fn tiers_of_word(
        &self,
        word: &QueryWord,
        page: &Page,
        has_it: impl Fn(usize) -> bool,
    ) -> Result<Vec<Option<MatchTier>>> {
        let mut tiers: Vec<Option<MatchTier>> =
            (0..page.hits.len()).map(|at| has_it(at).then_some(MatchTier::Exact)).collect();
        let mut left = page.hits.clone();
        left.retain(|(index, _)| tiers[*index].is_none());
        let levels = [
            (Level::Exact, MatchTier::Exact),
            (Level::Spelled, MatchTier::Spelling),
            (Level::Bare, MatchTier::Unaccented),
        ];
        for (level, tier) in levels {
            if left.is_empty() || (level == Level::Spelled && word.typed.is_none()) {
                continue;
            }
            let term = self.builder.term(word, level)?;
            self.with_term(&term, left.iter().copied(), |index| tiers[index] = Some(tier))?;
            left.retain(|(index, _)| tiers[*index].is_none());
        }
        Ok(tiers)
    }

    /// For each hit, whether it lacks a word of a name that has other names: then it goes by one of these.
    fn renamed_hits(&self, page: &Page) -> Result<Vec<bool>> {
        let mut renamed = vec![false; page.hits.len()];
        for name in &self.builder.renamed {
            for word in &self.builder.meaning.runs[name.run].words[name.words.clone()] {
                let tiers = self.tiers_of_word(word, page, |_| false)?;
                renamed.iter_mut().zip(tiers).for_each(|(renamed, tier)| *renamed |= tier.is_none());
            }
        }
        Ok(renamed)
    }

    fn explained(
        &self,
        stratum: Option<Stratum>,
        renamed: bool,
        words: &[(&QueryWord, Vec<Option<MatchTier>>)],
        at: usize,
    ) -> Result<Explained> {
        let found_by = match stratum {
            _ if self.builder.meaning.asks_for_fields_only() => FoundBy::Filter,
            _ if renamed => FoundBy::OtherName,
            Some(Stratum::Neighbours(_)) => FoundBy::Neighbours,
            Some(Stratum::Some(..)) => FoundBy::SomeWords,
            Some(Stratum::Renamed(_)) => FoundBy::OtherName,
            Some(Stratum::Own(_) | Stratum::All(_)) => FoundBy::AllWords,
            None if words.iter().all(|(word, tiers)| word.asks || tiers[at].is_some()) => FoundBy::AllWords,
            None => FoundBy::SomeWords,
        };
        let mut told = Vec::with_capacity(words.len());
        let (mut carried, mut whole) = (0.0, 0.0);
        for (word, tiers) in words {
            let level = if word.marked { Level::Spelled } else { Level::Bare };
            let weight = self.statistics.weight(&self.builder.term(word, level)?)?;
            if !word.asks {
                whole += weight;
                carried += if tiers[at].is_some() { weight } else { 0.0 };
            }
            told.push(ExplainedWord { word: shown(word), tier: tiers[at], weight, asks: word.asks });
        }
        let share = if whole > 0.0 { carried / whole } else { 1.0 };
        Ok(Explained { found_by, words: told, share })
    }

    /// Calls `has` for each of the documents, given in order of address, that has a word; again where it has several of its forms.
    fn with_term(
        &self,
        word: &AnyOf,
        documents: impl Iterator<Item = (usize, DocAddress)> + Clone,
        mut has: impl FnMut(usize),
    ) -> Result<()> {
        word.terms().iter().try_for_each(|term| self.with_one(term, documents.clone(), &mut has))
    }

    fn with_one(
        &self,
        term: &Term,
        documents: impl Iterator<Item = (usize, DocAddress)>,
        has: &mut impl FnMut(usize),
    ) -> Result<()> {
        let mut open: Option<(u32, Option<tantivy::postings::SegmentPostings>)> = None;
        for (index, address) in documents {
            if open.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
                let reader = self.snapshot.searcher.segment_reader(address.segment_ord);
                let postings = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?;
                open = Some((address.segment_ord, postings));
            }
            let Some((_, Some(postings))) = &mut open else { continue };
            let at = if postings.doc() < address.doc_id { postings.seek(address.doc_id) } else { postings.doc() };
            if at == address.doc_id {
                has(index);
            }
        }
        Ok(())
    }
}

/// How loosely a word may be had at a level.
fn loosest_at(level: Level, word: &QueryWord) -> MatchTier {
    match level {
        Level::Exact => MatchTier::Exact,
        Level::Spelled => MatchTier::Spelling,
        Level::Typed if word.marked => MatchTier::Spelling,
        Level::Typed | Level::Bare => MatchTier::Unaccented,
    }
}

/// A word as it was typed; a short form as itself.
fn shown(word: &QueryWord) -> String {
    word.typed.clone().unwrap_or_else(|| written(&word.form))
}
