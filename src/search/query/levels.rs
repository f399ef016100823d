//! From the meaning of a query to index queries, level by level from strict to loose.

use std::cell::Cell;

use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query};

use super::super::analysis::TYPED;
use super::super::compile::{all_of, carries};
use super::super::deadline::Deadline;
use super::super::error::{Result, SearchError};
use super::super::index::Shared;
use super::super::request::MatchTier;
use super::super::schema::{TextFields, Unit};
use super::super::stats::Statistics;
use super::any::AnyOf;
use super::exclusion::Excluded;
use super::meaning::{Meaning, Part, QueryWord, Run};
use super::parts::{Pair, strictest};
use super::renamed::Renamed;
use super::telling::{Telling, Weighed};
use super::watched::Watched;

/// Most words, and most pairs, that a part of is enough; a whole pasted passage is found by its rarest ones.
const MOST_TELLING: usize = 24;

/// Searches that go through more entries of word lists than this look at the clock on the way. Others are over before.
const WATCHED: u64 = if cfg!(test) { 256 } else { 100_000 };

/// See [`Builder::share_of_loose`].
const LOOSE: f32 = 0.3;

/// How closely words must equal what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// As typed.
    Exact,
    /// Equal spelling; a word without marks has none in the text either.
    Spelled,
    /// Equal spelling where marks were typed; any marks where none were.
    Typed,
    /// Any marks.
    Bare,
}

/// The levels to try for a query, strict ones first, and how many of them respect what was typed.
pub(crate) fn levels(meaning: &Meaning, loosest: MatchTier) -> (Vec<Level>, usize) {
    let words = meaning.words();
    let marked = words.iter().any(|word| word.marked) || has_marked_prefix(&meaning.required);
    let plain = words.iter().any(|word| word.plain);
    match loosest {
        MatchTier::Exact => (vec![Level::Exact], 1),
        MatchTier::Spelling => (vec![Level::Spelled], 1),
        // A single word that needs no marks, as "Mai" or "BOT", is first of all that word. Of several, "bi thu" is no "bi" and "thu" apart.
        MatchTier::Unaccented | MatchTier::OtherName if !marked && words.len() == 1 && plain => {
            (vec![Level::Spelled, Level::Bare], 2)
        }
        MatchTier::Unaccented | MatchTier::OtherName if !marked => (vec![Level::Bare], 1),
        MatchTier::Unaccented | MatchTier::OtherName if !plain => (vec![Level::Spelled, Level::Bare], 1),
        // Nobody typed the marks of what a short form stands for.
        MatchTier::Unaccented | MatchTier::OtherName if !has_typed_marks(meaning) => {
            (vec![Level::Typed, Level::Bare], 1)
        }
        MatchTier::Unaccented | MatchTier::OtherName => (vec![Level::Spelled, Level::Typed, Level::Bare], 2),
    }
}

/// True if some words were typed with marks and others without, and these may have any.
pub(crate) fn is_mixed(meaning: &Meaning, loosest: MatchTier) -> bool {
    loosest >= MatchTier::Unaccented && has_typed_marks(meaning) && meaning.words().iter().any(|word| word.plain)
}

fn has_typed_marks(meaning: &Meaning) -> bool {
    meaning.words().into_iter().any(QueryWord::has_typed_marks) || has_marked_prefix(&meaning.required)
}

fn has_marked_prefix(parts: &[Part]) -> bool {
    parts.iter().any(|part| match part {
        Part::Prefix(stem) => stem.marked,
        Part::All(parts) | Part::Any(parts) => has_marked_prefix(parts),
        _ => false,
    })
}

/// Makes index queries of a meaning.
pub(crate) struct Builder<'a> {
    pub(crate) meaning: &'a Meaning,
    pub(crate) unit: Unit,
    pub(crate) shared: &'a Shared,
    pub(crate) searcher: &'a tantivy::Searcher,
    pub(crate) statistics: &'a Statistics<'a>,
    /// See [`is_mixed`].
    pub(crate) is_mixed: bool,
    /// What every hit must pass.
    pub(crate) filter: Option<Box<dyn Query>>,
    /// Names among the words that have other names here.
    pub(crate) renamed: Vec<Renamed>,
    /// Entries of word lists that may be gone through.
    pub(crate) most_postings: u64,
    /// How many of them a search has used.
    pub(crate) postings: Cell<u64>,
    /// When to give up.
    pub(crate) deadline: Deadline,
}

/// Hits with all words, and what they may have besides.
pub(crate) struct WordsAndPairs {
    pub(crate) words: Box<dyn Query>,
    pub(crate) pairs: Vec<Box<dyn Query>>,
    /// The pairs as they are spelt, where that is asked for: pairs alone are known without marks.
    pub(crate) spelt: Vec<Box<dyn Query>>,
}

/// A word that a hit is to carry.
pub(super) struct TellingWord {
    pub(super) word: AnyOf,
    /// How much it tells, as BM25 has it.
    pub(super) weight: f32,
    /// The part (0 to 1) of that which counts.
    pub(super) part: f32,
    pub(super) asks: bool,
}

/// Parts of a query, each with whether hits must have it.
pub(super) type Clauses = Vec<(Occur, Box<dyn Query>)>;

impl Builder<'_> {
    /// Hits with all words; where they are `ranked`, neighbours count for the order.
    pub(crate) fn all(&self, level: Level, ranked: bool) -> Result<Box<dyn Query>> {
        if self.lacks_a_word(level)? {
            return Ok(Box::new(EmptyQuery));
        }
        self.spend(self.rarest_of(self.meaning.runs.iter().flat_map(|run| &run.words), level)?)?;
        let mut clauses = self.frame(level)?;
        for run in &self.meaning.runs {
            self.words(run, level, &mut clauses)?;
            if !ranked {
                clauses.retain(|(occur, _)| *occur != Occur::Should);
                continue;
            }
            for pair in self.pairs(run).filter(|pair| !pair.is_joined()) {
                clauses.push((Occur::Should, self.pair(&pair)));
            }
        }
        if ranked {
            clauses.extend(self.pairs_with_beginnings(level)?.into_iter().map(|pair| (Occur::Should, pair)));
        }
        Ok(self.query(clauses))
    }

    /// Hits with all words, and the pairs of neighbours that they may have; `None` if some word stands nowhere.
    pub(crate) fn words_and_pairs(&self, level: Level) -> Result<Option<WordsAndPairs>> {
        if self.lacks_a_word(level)? {
            return Ok(None);
        }
        self.spend(self.rarest_of(self.meaning.runs.iter().flat_map(|run| &run.words), level)?)?;
        let (mut clauses, mut pairs, mut spelt) = (self.frame(level)?, self.pairs_with_beginnings(level)?, Vec::new());
        for run in &self.meaning.runs {
            self.words(run, level, &mut clauses)?;
            for pair in self.pairs(run).filter(|pair| !pair.is_joined()) {
                pairs.push(self.pair(&pair));
                spelt.extend(self.spelt_pair(&pair, level));
            }
        }
        Ok(Some(WordsAndPairs { words: self.query(clauses), pairs, spelt }))
    }

    /// Hits with all words, every one beside its neighbour; `None` if no words are side by side.
    pub(crate) fn neighbours(&self, level: Level) -> Result<Option<Box<dyn Query>>> {
        if self.lacks_a_word(level)? {
            return Ok(None);
        }
        let mut clauses = self.frame(level)?;
        let beginnings = self.pairs_with_beginnings(level)?;
        let mut several = !beginnings.is_empty();
        clauses.extend(beginnings.into_iter().map(|pair| (Occur::Must, pair)));
        for run in &self.meaning.runs {
            self.words(run, level, &mut clauses)?;
            for pair in self.pairs(run).filter(|pair| !pair.is_joined()) {
                several = true;
                clauses.push((Occur::Must, self.pair(&pair)));
                clauses.extend(self.silent_spelt_pair(&pair, level).map(|spelt| (Occur::Must, spelt)));
            }
        }
        Ok(several.then(|| self.query(clauses)))
    }

    /// Hits with all words, where in place of a name they may have another one of it.
    pub(crate) fn renamed(&self, level: Level) -> Result<Box<dyn Query>> {
        let mut clauses = self.frame(level)?;
        clauses.push((Occur::Must, all_of(self.unit, self.shared)));
        for (number, run) in self.meaning.runs.iter().enumerate() {
            let mut at = 0;
            for renamed in self.renamed.iter().filter(|renamed| renamed.run == number) {
                self.named(&run.part(at..renamed.words.start), level, &mut clauses)?;
                let mut name: Clauses = Vec::new();
                self.words(&run.part(renamed.words.clone()), level, &mut name)?;
                let others = carries(self.unit, self.shared, renamed.others.iter().map(|other| &other.entity));
                let phrases = renamed.phrases.iter().map(|phrase| self.phrase(phrase, Level::Spelled));
                let mut ways = phrases.collect::<Result<Vec<_>>>()?;
                ways.extend([self.query(name), others]);
                clauses.push((Occur::Must, Box::new(BooleanQuery::union(ways))));
                at = renamed.words.end;
            }
            self.named(&run.part(at..run.words.len()), level, &mut clauses)?;
        }
        Ok(self.query(clauses))
    }

    /// Words that stand beside a name; of figures, what is measured.
    fn named(&self, run: &Run, level: Level, clauses: &mut Clauses) -> Result<()> {
        if self.names_indicators() { self.own_run(run, level, clauses) } else { self.words(run, level, clauses) }
    }

    /// Hits that carry `share` (0 to 1) of the weight of the words.
    pub(crate) fn some(&self, level: Level, share: f32) -> Result<Box<dyn Query>> {
        let mut clauses = self.frame(level)?;
        clauses.push((Occur::Must, Box::new(self.telling(level, share)?)));
        if self.names_indicators() {
            clauses.push((Occur::Must, self.some_indicator(level)?));
            clauses.extend(self.years()?);
        }
        Ok(self.query(clauses))
    }

    fn telling(&self, level: Level, share: f32) -> Result<Telling> {
        let mut words = self.telling_words(level)?;
        words.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(b.part.total_cmp(&a.part)));
        words.dedup_by(|a, b| a.word == b.word);
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        words.truncate(MOST_TELLING);
        let mut pairs = Vec::new();
        for pair in self.meaning.runs.iter().flat_map(|run| self.pairs(run)) {
            let weight = self.pair_weight(&pair)?;
            pairs.push((weight, self.pair_term(&pair)));
        }
        pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        pairs.dedup();
        pairs.truncate(MOST_TELLING);
        for wanted in &words {
            self.spend(self.statistics.documents_with(&wanted.word)?)?;
        }
        let words =
            words.into_iter().map(|TellingWord { word, weight, part, asks }| Weighed::word(word, weight, part, asks));
        let pairs = pairs.into_iter().map(|(weight, pair)| Weighed::pair(pair, weight));
        let lengths = self.fields().lengths();
        let average = self.statistics.average_length(lengths)?;
        Ok(Telling::new(words.collect(), pairs.collect(), share, (lengths, average), self.deadline))
    }

    /// How much a pair tells: learnt where its words are.
    fn pair_weight(&self, pair: &Pair<'_>) -> Result<f32> {
        if !self.names_indicators() {
            return Ok(self.statistics.weight(&self.pair_term(pair))?);
        }
        let fields = self.shared.fields.text(Unit::Meeting);
        let term = Term::from_field_text(fields.pairs, &fields.signs.sign(&pair.first.bare, &pair.second.bare));
        Ok(self.statistics.weight_among(Unit::Meeting, &term)?)
    }

    /// The words that a hit is to carry.
    fn telling_words(&self, level: Level) -> Result<Vec<TellingWord>> {
        if self.names_indicators() {
            return self.words_of_indicators(level);
        }
        let words = self.meaning.runs.iter().flat_map(|run| &run.words);
        // At the exact level, a short form stands for all its words.
        let words = words.filter(|word| level != Level::Exact || !word.joined);
        let loose = self.share_of_loose(level);
        let mut wanted = Vec::new();
        for word in words {
            let loose = if word.plain { loose } else { 1.0 };
            let mut want = |term: AnyOf, part: f32| -> Result<()> {
                let weight = self.statistics.weight(&term)?;
                wanted.push(TellingWord { word: term, weight, part, asks: word.asks });
                Ok(())
            };
            want(self.term(word, level)?, loose)?;
            if loose < 1.0 {
                want(self.term(word, Level::Spelled)?, 1.0 - loose)?;
            }
        }
        Ok(wanted)
    }

    /// How often the rarest of some words stands: what a search for all of them goes through, times their number.
    pub(super) fn rarest_of<'w>(&self, words: impl Iterator<Item = &'w QueryWord>, level: Level) -> Result<u64> {
        let (mut rarest, mut number) = (u64::MAX, 0);
        for word in words.filter(|word| !word.asks) {
            rarest = rarest.min(self.statistics.documents_with(&self.term(word, level)?)?);
            number += 1;
        }
        Ok(if number == 0 { 0 } else { rarest.saturating_mul(number) })
    }

    /// Notes what a query goes through.
    ///
    /// # Errors
    /// [`SearchError::Query`] where all of it is too much: better refused than a burden on everybody.
    pub(super) fn spend(&self, postings: u64) -> Result<()> {
        let spent = self.postings.get().saturating_add(postings);
        if spent > self.most_postings {
            let message = "too costly: its words stand in too many places; leave out alternatives and prefixes, or make \
                           them longer, or add words that are rarer";
            return Err(SearchError::Query { position: 0, message: message.to_owned() });
        }
        self.postings.set(spent);
        Ok(())
    }

    /// True if the lists gone through are so long that the clock must be looked at within.
    fn is_costly(&self) -> bool {
        self.postings.get() > WATCHED
    }

    /// The part of a word's weight that a word without marks has in texts where it has some. Those who type marks mostly type all of
    /// them: a word without is meant so.
    fn share_of_loose(&self, level: Level) -> f32 {
        let words = || self.meaning.runs.iter().flat_map(|run| &run.words);
        let marked = words().filter(|word| word.has_typed_marks()).count();
        let plain = words().filter(|word| word.plain).count();
        if level == Level::Typed && marked >= plain { LOOSE } else { 1.0 }
    }

    /// The term of a word at a level, or all that it may stand under.
    pub(crate) fn term(&self, word: &QueryWord, level: Level) -> Result<AnyOf> {
        match level {
            Level::Exact => Ok(AnyOf::one(match &word.typed {
                Some(typed) => Term::from_field_text(self.fields().forms, &format!("{TYPED}{typed}")),
                None => Term::from_field_text(self.fields().forms, &word.form),
            })),
            Level::Spelled => Ok(AnyOf::one(Term::from_field_text(self.fields().forms, &word.form))),
            Level::Typed if word.marked => self.term(word, Level::Spelled),
            Level::Typed | Level::Bare => self.bare_word(&word.bare),
        }
    }

    /// The terms of a word with any marks.
    pub(crate) fn bare_word(&self, bare: &str) -> Result<AnyOf> {
        match self.fields().bare {
            Some(field) => Ok(AnyOf::one(Term::from_field_text(field, bare))),
            None => self.statistics.forms_of(self.fields().forms, bare),
        }
    }

    /// True if some word stands in no document, so that none has all words.
    fn lacks_a_word(&self, level: Level) -> Result<bool> {
        for word in self.meaning.runs.iter().flat_map(|run| &run.words) {
            if word.asks || (level == Level::Exact && word.joined) {
                continue;
            }
            if self.statistics.documents_with(&self.term(word, level)?)? == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn fields(&self) -> TextFields {
        self.shared.fields.text(self.unit)
    }

    /// Everything but the free words: phrases, groups, fields, exclusions, the filter.
    pub(super) fn frame(&self, level: Level) -> Result<Clauses> {
        let mut clauses: Clauses = Vec::new();
        if self.meaning.runs.is_empty() {
            // Words lie in fields of the unit; where there are none, the unit must be asked for.
            clauses.push((Occur::Must, all_of(self.unit, self.shared)));
        }
        if self.unit == Unit::Figure {
            clauses.extend(self.measured(level)?.map(|query| (Occur::Must, query)));
        }
        for part in &self.meaning.required {
            clauses.push((Occur::Must, self.part(part, level)?));
        }
        for part in &self.meaning.excluded {
            clauses.push((Occur::MustNot, Box::new(Excluded(self.part(part, strictest(level))?))));
        }
        if let Some(filter) = &self.filter {
            clauses.push((Occur::Must, filter.box_clone()));
        }
        Ok(clauses)
    }

    pub(super) fn query(&self, mut clauses: Clauses) -> Box<dyn Query> {
        if self.is_costly() && clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(Watched(self.deadline))));
        }
        if clauses.len() == 1
            && let Some((_, only)) = clauses.pop()
        {
            return only;
        }
        Box::new(BooleanQuery::new(clauses))
    }
}
