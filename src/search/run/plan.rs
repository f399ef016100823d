//! Which sets of hits a search has, strict ones first.

use tantivy::query::{BooleanQuery, Occur, Query};

use super::super::error::Result;
use super::super::order::{By, SortField};
use super::super::query::exclusion::Excluded;
use super::super::query::levels::{Level, levels};
use super::super::query::meaning::Meaning;
use super::super::query::question::{self, telling_words};
use super::super::query::renamed::Renamed;
use super::super::request::MatchTier;
use super::Run;

/// Below so many hits, looser strata are added.
pub(super) const FEW: u64 = 10;
/// A query of so many words that tell something says enough by having all of them: then fewer hits are enough.
const MANY_WORDS: usize = 6;
/// Below so many hits with all of many words, looser strata are added.
const FEW_WITH_MANY_WORDS: u64 = 3;
/// The part of a question's weight that a hit must carry.
const SHARE_OF_QUESTION: f32 = 0.2;
/// Where the order is not by relevance, and of figures, a hit must carry so much at least: nothing else tells there which hits are poor.
const SHARE_IN_OTHER_ORDER: f32 = 0.4;

/// The part of the weight that figures must carry which not all words name.
const SHARE_OF_INDICATOR: f32 = 0.6;

/// A set of hits, ranked among themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stratum {
    /// Figures whose own indicator, place or body all words name.
    Own(Level),
    /// All words, every one beside its neighbour.
    Neighbours(Level),
    /// All words.
    All(Level),
    /// All words, with other names in place of those typed.
    Renamed(Level),
    /// Words that carry this share of the query's weight.
    Some(Level, f32),
}

/// The strata of a search, in order. Each has the hits that none before it has.
pub(super) struct Plan {
    pub(super) strata: Vec<Stratum>,
}

impl Plan {
    /// The strata whose hits together are all hits.
    pub(super) fn widest(&self) -> impl Iterator<Item = Stratum> {
        without_nested(&self.strata).into_iter()
    }

    /// The strata that together have all hits stricter than those at a place.
    fn stricter_than(&self, at: usize) -> Vec<Stratum> {
        without_nested(&self.strata[..at])
    }
}

impl Stratum {
    /// True if all hits of another stratum are hits of this one.
    fn has_all_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Own(own), Self::Own(level)) | (Self::Neighbours(own), Self::Neighbours(level)) => own >= level,
            (Self::All(own), Self::Neighbours(level) | Self::All(level))
            | (Self::Renamed(own), Self::Neighbours(level) | Self::All(level) | Self::Renamed(level)) => own >= level,
            _ => false,
        }
    }
}

/// Strata without those whose hits another one has, too.
fn without_nested(strata: &[Stratum]) -> Vec<Stratum> {
    // Figures go by other names only where all other words are their own.
    let of_figures = strata.iter().any(|stratum| matches!(stratum, Stratum::Own(_)));
    let has_all = |stratum: Stratum, other: Stratum| {
        let renamed = |stratum: Stratum| matches!(stratum, Stratum::Renamed(_));
        stratum.has_all_of(other) && !(of_figures && renamed(stratum) && !renamed(other))
    };
    let is_nested =
        |at: usize| strata.iter().enumerate().any(|(other, stratum)| other != at && has_all(*stratum, strata[at]));
    (0..strata.len()).filter(|at| !is_nested(*at)).map(|at| strata[at]).collect()
}

/// True if the query is a whole question. A name that was looked up counts as one word.
pub(super) fn is_question(query: &str, meaning: &Meaning, renamed: &[Renamed]) -> bool {
    question::is_question(query, meaning, in_names(renamed))
}

/// Number of words that are no words of their own, but belong to names.
fn in_names(renamed: &[Renamed]) -> usize {
    renamed.iter().map(|name| name.words.len().saturating_sub(1)).sum()
}

/// The part of the query's weight that a hit must carry; `None` where nothing but all words will do.
fn least_share(is_question: bool, meaning: &Meaning, renamed: &[Renamed]) -> Option<f32> {
    let asks = is_question || meaning.runs.iter().flat_map(|run| &run.words).any(|word| word.asks);
    match telling_words(meaning).saturating_sub(in_names(renamed)) {
        0 => None,
        _ if asks => Some(SHARE_OF_QUESTION),
        1 | 2 => None,
        3 | 4 => Some(0.6),
        _ => Some(0.4),
    }
}

pub(super) fn by_relevance(order: &[By]) -> bool {
    order.first().is_some_and(|by| by.field == SortField::Relevance)
}

impl Run<'_> {
    /// Decides which strata there are; only words that were typed loosely or that few texts have need a look at the index.
    pub(super) fn plan(&self) -> Result<Plan> {
        if !self.builder.names_indicators() {
            return self.plan_of_words();
        }
        if by_relevance(self.order) {
            return self.plan_of_indicators();
        }
        // A series has the figures that are named by the words, and no others.
        let (levels, _) = levels(self.builder.meaning, self.request.loosest_tier);
        for level in levels {
            if self.counted(Stratum::Own(level))? > 0 {
                return Ok(Plan { strata: vec![Stratum::Own(level)] });
            }
        }
        self.plan_of_words()
    }

    /// Figures that all words name; where they are few, those that carry enough of the words, as their own or by the title of their meeting.
    fn plan_of_indicators(&self) -> Result<Plan> {
        let meaning = self.builder.meaning;
        let (levels, respectful) = levels(meaning, self.request.loosest_tier);
        let (strict, widest) = (levels[respectful - 1], levels[levels.len() - 1]);
        let is_question = is_question(self.request.query, meaning, &self.builder.renamed);
        let share = least_share(is_question, meaning, &self.builder.renamed);
        if let Some(share) = share.filter(|_| is_question) {
            return self.plan_of_question(strict, widest, share.max(SHARE_IN_OTHER_ORDER));
        }
        if self.has_enough(Stratum::Own(strict))? {
            return Ok(Plan { strata: levels[..respectful].iter().copied().map(Stratum::Own).collect() });
        }
        let mut strata: Vec<Stratum> = levels.iter().copied().map(Stratum::Own).collect();
        strata.extend((!self.builder.renamed.is_empty()).then_some(Stratum::Renamed(widest)));
        // Numbers stand in no name.
        if share.is_none() || self.builder.tells_numbers() {
            strata.extend(levels.iter().copied().map(Stratum::All));
        }
        // Of many words, so few are those of the indicator that a hit may have less of all.
        let least = if telling_words(meaning) >= MANY_WORDS { SHARE_IN_OTHER_ORDER } else { SHARE_OF_INDICATOR };
        strata.extend(share.map(|share| Stratum::Some(strict, share.max(least))));
        Ok(Plan { strata })
    }

    fn plan_of_words(&self) -> Result<Plan> {
        let meaning = self.builder.meaning;
        let (levels, respectful) = levels(meaning, self.request.loosest_tier);
        let (strict, widest) = (levels[respectful - 1], levels[levels.len() - 1]);
        let is_question = is_question(self.request.query, meaning, &self.builder.renamed);
        let share = least_share(is_question, meaning, &self.builder.renamed);
        if let Some(share) = share
            && by_relevance(self.order)
            && is_question
        {
            return self.plan_of_question(strict, widest, share);
        }
        self.try_sieve(levels[0])?;
        let may_loosen = levels.len() > respectful;
        if (!may_loosen && share.is_none()) || self.has_enough(Stratum::All(strict))? {
            return Ok(self.plan_of_levels(&levels[..respectful]));
        }
        if may_loosen && by_relevance(self.order) {
            return self.plan_of_other_marks(&levels[..respectful], widest, share);
        }
        let mut plan = self.plan_of_levels(&levels);
        let Some(share) = share else { return Ok(plan) };
        if by_relevance(self.order) {
            plan.strata.push(Stratum::Some(strict, share));
        } else if self.counted(Stratum::All(widest))? == 0 {
            plan.strata.push(Stratum::Some(strict, share.max(SHARE_IN_OTHER_ORDER)));
        }
        Ok(plan)
    }

    /// Few hits have all words as they were typed. Of words with other marks only those side by side are likely the same, as when nothing at all has
    /// them as typed; scattered over a text, "lần", "thì" and "cụ" are no "lận", "thi" and "cử", and come after what has most of the words.
    fn plan_of_other_marks(&self, respectful: &[Level], widest: Level, share: Option<f32>) -> Result<Plan> {
        let mut plan = self.plan_of_levels(respectful);
        let strict = respectful.last().copied().unwrap_or(widest);
        let none_as_typed = self.counted(Stratum::All(strict))? == 0 && self.builder.renamed.is_empty();
        let some = share.map(|share| Stratum::Some(strict, share));
        let side_by_side = Stratum::Neighbours(widest);
        let [first, second] = if none_as_typed { [Some(side_by_side), some] } else { [some, Some(side_by_side)] };
        plan.strata.extend(first.into_iter().chain(second));
        plan.strata.push(Stratum::All(widest));
        plan.strata.extend((!self.builder.renamed.is_empty()).then_some(Stratum::Renamed(widest)));
        Ok(plan)
    }

    fn plan_of_levels(&self, levels: &[Level]) -> Plan {
        let neighbours = levels.first().map(|level| Stratum::Neighbours(*level));
        let renamed = levels.last().filter(|_| !self.builder.renamed.is_empty()).map(|level| Stratum::Renamed(*level));
        let all = levels.iter().map(|level| Stratum::All(*level));
        Plan { strata: neighbours.into_iter().chain(all).chain(renamed).collect() }
    }

    /// A question has one list of hits, and where that is short, another one without regard to marks.
    fn plan_of_question(&self, strict: Level, widest: Level, share: f32) -> Result<Plan> {
        let mut strata = vec![Stratum::Some(strict, share)];
        if widest != strict && !self.has_many(strata[0])? {
            strata.push(Stratum::Some(widest, share));
        }
        Ok(Plan { strata })
    }

    /// Finds the hits of the first two strata and their number in one walk, where relevance orders them and they are few.
    fn try_sieve(&self, level: Level) -> Result<()> {
        let begin = self.request.cursor.map_or(0, |cursor| cursor.rank.stratum);
        if begin > 1 || !by_relevance(self.order) {
            return Ok(());
        }
        let (after, bound) = (self.request.cursor.map(|cursor| cursor.rank), self.request.count_to.max(FEW));
        let sieved = self.sieve(level, self.request.page_size + 1, after, bound)?;
        let count = sieved.as_ref().map_or(bound, |sieved| sieved.count);
        self.counts.borrow_mut().push((Stratum::All(level), count));
        *self.sieved.borrow_mut() = sieved.map(|sieved| sieved.strata);
        Ok(())
    }

    fn has_many(&self, stratum: Stratum) -> Result<bool> {
        Ok(self.counted(stratum)? >= FEW)
    }

    /// True if hits are so many that looser ones are not looked for.
    fn has_enough(&self, stratum: Stratum) -> Result<bool> {
        let enough = if self.request.loosest_tier <= MatchTier::Spelling {
            // Whoever asks for what is written so has asked for nothing else, and a filter for a value that was counted changes nothing.
            1
        } else if telling_words(self.builder.meaning) >= MANY_WORDS {
            FEW_WITH_MANY_WORDS
        } else {
            FEW
        };
        Ok(self.counted(stratum)? >= enough)
    }

    /// Number of hits of a set, counted once as far as anyone asks.
    fn counted(&self, stratum: Stratum) -> Result<u64> {
        if let Some((_, count)) = self.counts.borrow().iter().find(|(counted, _)| *counted == stratum) {
            return Ok(*count);
        }
        let count = match self.set(stratum, false)? {
            Some(query) => self.count(&*query, self.bound())?,
            None => 0,
        };
        self.counts.borrow_mut().push((stratum, count));
        Ok(count)
    }

    fn bound(&self) -> u64 {
        if self.request.facets.is_empty() { self.request.count_to.max(FEW) } else { FEW }
    }

    /// Number of all hits, counted up to a bound.
    pub(super) fn counted_all(&self, plan: &Plan) -> Result<u64> {
        let mut widest = plan.widest();
        match (widest.next(), widest.next()) {
            (Some(only), None) => self.counted(only),
            _ => self.count(&*self.whole(plan, false)?, self.bound()),
        }
    }

    /// All documents of a set, those of stricter strata included; `None` if there are none.
    fn set(&self, stratum: Stratum, ranked: bool) -> Result<Option<Box<dyn Query>>> {
        match stratum {
            Stratum::Neighbours(level) => self.builder.neighbours(level),
            Stratum::All(level) => self.builder.all(level, ranked).map(Some),
            Stratum::Renamed(level) => self.builder.renamed(level).map(Some),
            Stratum::Own(level) => self.builder.own(level, ranked).map(Some),
            Stratum::Some(level, share) => self.builder.some(level, share).map(Some),
        }
    }

    /// The hits of a stratum: those of its set that stricter strata have not.
    pub(super) fn hits_of(&self, plan: &Plan, at: usize) -> Result<Option<Box<dyn Query>>> {
        let Some(stratum) = plan.strata.get(at) else { return Ok(None) };
        let Some(query) = self.set(*stratum, true)? else { return Ok(None) };
        let mut clauses = vec![(Occur::Must, query)];
        for before in plan.stricter_than(at) {
            let stricter = self.set(before, false)?;
            clauses.extend(
                stricter.map(|stricter| -> (Occur, Box<dyn Query>) { (Occur::MustNot, Box::new(Excluded(stricter))) }),
            );
        }
        Ok(match clauses.pop() {
            Some((_, only)) if clauses.is_empty() => Some(only),
            last => Some(Box::new(BooleanQuery::new(clauses.into_iter().chain(last).collect()))),
        })
    }

    /// All hits together.
    pub(super) fn whole(&self, plan: &Plan, ranked: bool) -> Result<Box<dyn Query>> {
        let mut sets = Vec::new();
        for stratum in plan.widest() {
            sets.extend(self.set(stratum, ranked)?);
        }
        Ok(match sets.pop() {
            Some(only) if sets.is_empty() => only,
            last => Box::new(BooleanQuery::union(sets.into_iter().chain(last).collect())),
        })
    }
}
