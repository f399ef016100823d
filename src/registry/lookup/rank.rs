//! Candidates put in order, each with a score, what matched, why, and whether a program may act on it.

use rustc_hash::FxHashSet;

use super::context::QueryContext;
use super::index::How;
use super::persons;
use super::reading::QueryReading;
use super::things;
use crate::model::{Candidate, Entity, EntityId, EntityKind};
use crate::registry::keys::Naming;

/// An entity that a store found, and by what.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The entity.
    pub entity: Entity,
    /// The best way it was found.
    pub how: How,
    /// Of a person, where the words say where somebody is from: the places that the bodies of the person's offices lie in.
    pub homes: Vec<EntityId>,
    /// Those of its names that the whole of the words may be, marks left out; see [`super::called`].
    pub called: Vec<String>,
}

/// What a store found for a reading.
#[derive(Debug)]
pub struct Found<'a> {
    /// The words as they were read.
    pub reading: &'a QueryReading,
    /// What was read.
    pub fetched: Vec<Fetched>,
    /// How many others bear the name that was typed as closely as those that were read do, and are spoken of less.
    pub unread: usize,
}

/// A candidate before the decision.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub entity: Entity,
    /// Probability that this is meant.
    pub score: f64,
    /// Nothing but a better candidate stands against acting on it.
    pub certain: bool,
    pub matched: String,
    pub reasons: Vec<String>,
}

/// A candidate is acted on only above this score, and if no other comes near it.
const CERTAIN: f64 = 0.8;
const NEAR: f64 = 0.75;

/// A score with which somebody stands alone: under the whole name typed, and told by an office, a place or the report.
const SETTLED: f64 = 0.95;

/// Candidates of one query, of all the ways in which it is read.
#[derive(Debug)]
pub struct Ranking<'a> {
    context: &'a QueryContext,
    naming: &'a Naming,
    all: Vec<Scored>,
    /// A place that was typed and left out by some reading.
    left_out: Option<String>,
}

impl<'a> Ranking<'a> {
    /// Of nobody yet.
    #[must_use]
    pub fn new(context: &'a QueryContext, naming: &'a Naming) -> Self {
        Self { context, naming, all: Vec::new(), left_out: None }
    }

    /// Adds what was found for a reading; true if that settles whom the words mean, so that nobody needs to read them in other ways.
    pub fn add(&mut self, found: Found<'_>) -> bool {
        let reading = found.reading;
        let scored = scores(found, self.context, self.naming);
        let is_whole = reading.left_out.is_none() && reading.name.as_ref().is_some_and(|name| name.is_full);
        let settled = is_whole
            && scored.iter().filter(|one| one.score >= SETTLED * NEAR).count() == 1
            && scored.iter().any(|one| one.score >= SETTLED && one.certain && one.entity.kind == EntityKind::Person);
        self.left_out = self.left_out.take().or_else(|| reading.left_out.clone());
        self.all.extend(scored);
        settled
    }

    /// The candidates in order: best first, equal ones by number of mentions and id. A candidate counts as what fits it best, at most one is a match, and those
    /// that do not fit at all are left out.
    #[must_use]
    pub fn candidates(self) -> Vec<Candidate> {
        let Self { mut all, left_out, .. } = self;
        // "quận 1 Hà Nội" is neither that of another city for sure, nor anything of Hà Nội.
        if let Some(place) = left_out {
            for one in &mut all {
                one.score *= 0.6;
                one.certain = false;
                one.reasons
                    .push(format!("\"{place}\" was typed too, and no unit of the name before it is known there"));
            }
        }
        all.sort_by(|a, b| {
            let mentions = b.entity.mention_count.cmp(&a.entity.mention_count);
            b.score.total_cmp(&a.score).then(mentions).then_with(|| a.entity.id.cmp(&b.entity.id))
        });
        let mut seen: FxHashSet<EntityId> = FxHashSet::default();
        all.retain(|one| seen.insert(one.entity.id.clone()));
        let rival = all.get(1).map_or(0.0, |second| second.score);
        let first_only =
            all.first().is_some_and(|best| best.certain && best.score >= CERTAIN && rival < best.score * NEAR);
        all.into_iter()
            .enumerate()
            .map(|(at, one)| Candidate {
                entity: one.entity,
                score: one.score.clamp(0.0, 1.0),
                is_match: at == 0 && first_only,
                matched: one.matched,
                reasons: one.reasons,
            })
            .collect()
    }
}

fn scores(found: Found<'_>, context: &QueryContext, naming: &Naming) -> Vec<Scored> {
    let Found { reading, fetched, unread } = found;
    let wanted = fetched.into_iter().filter(|one| context.wants(one.entity.kind));
    let (people, things): (Vec<Fetched>, Vec<Fetched>) = wanted.partition(|one| one.entity.kind == EntityKind::Person);
    let mut all = persons::score(reading, context, people, unread, naming);
    all.extend(things::score(reading, context, things, naming));
    all
}
