//! From the meaning of a query to index queries, level by level from strict to loose.

use std::cell::Cell;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::text::fold;

use super::super::analysis::TYPED;
use super::super::compile::{all_of, carries, compile};
use super::super::deadline::Deadline;
use super::super::error::{Result, SearchError};
use super::super::index::Shared;
use super::super::keys::{Role, name_word_term};
use super::super::request::MatchTier;
use super::super::schema::{TextFields, Unit};
use super::super::stats::Statistics;
use super::any::AnyOf;
use super::exclusion::Excluded;
use super::meaning::{Meaning, Part, QueryWord, Run};
use super::prefix::Stem;
use super::renamed::Renamed;
use super::telling::{Telling, Weighed};

/// How much a pair of neighbouring words counts, compared with a word. Measured on questions that people asked over paragraphs
/// (`evaluate questions`): 1.2 is worse by a point.
const PAIR_WEIGHT: f32 = 0.5;

/// How much a word that begins as asked counts, compared with one that was asked for.
const PREFIX_WEIGHT: f32 = 0.5;

/// Most words, and most pairs, that a part of is enough; a whole pasted passage is found by its rarest ones.
const MOST_TELLING: usize = 24;

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
        MatchTier::Unaccented | MatchTier::OtherName if !marked => (vec![Level::Bare], 1),
        MatchTier::Unaccented | MatchTier::OtherName if !plain => (vec![Level::Spelled, Level::Bare], 1),
        MatchTier::Unaccented | MatchTier::OtherName => (vec![Level::Spelled, Level::Typed, Level::Bare], 2),
    }
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
    /// What every hit must pass.
    pub(crate) filter: Option<Box<dyn Query>>,
    /// Names among the words that have other names here.
    pub(crate) renamed: Vec<Renamed>,
    /// Entries of word lists that may yet be gone through.
    pub(crate) postings: Cell<u64>,
}

/// Hits with all words, and what they may have besides.
pub(crate) struct WordsAndPairs {
    pub(crate) words: Box<dyn Query>,
    pub(crate) pairs: Vec<Box<dyn Query>>,
}

type Clauses = Vec<(Occur, Box<dyn Query>)>;

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
            for pair in self.pairs(run).filter(|pair| !pair.joined) {
                clauses.push((Occur::Should, self.pair(&pair)));
            }
        }
        Ok(self.query(clauses))
    }

    /// Hits with all words, and the pairs of neighbours that they may have; `None` if some word stands nowhere.
    pub(crate) fn words_and_pairs(&self, level: Level) -> Result<Option<WordsAndPairs>> {
        if self.lacks_a_word(level)? {
            return Ok(None);
        }
        self.spend(self.rarest_of(self.meaning.runs.iter().flat_map(|run| &run.words), level)?)?;
        let (mut clauses, mut pairs) = (self.frame(level)?, Vec::new());
        for run in &self.meaning.runs {
            self.words(run, level, &mut clauses)?;
            pairs.extend(self.pairs(run).filter(|pair| !pair.joined).map(|pair| self.pair(&pair)));
        }
        Ok(Some(WordsAndPairs { words: self.query(clauses), pairs }))
    }

    /// Hits with all words, every one beside its neighbour; `None` if no words are side by side.
    pub(crate) fn neighbours(&self, level: Level) -> Result<Option<Box<dyn Query>>> {
        if self.lacks_a_word(level)? {
            return Ok(None);
        }
        let mut clauses = self.frame(level)?;
        let mut several = false;
        for run in &self.meaning.runs {
            self.words(run, level, &mut clauses)?;
            for pair in self.pairs(run).filter(|pair| !pair.joined) {
                several = true;
                clauses.push((Occur::Must, self.pair(&pair)));
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
                self.words(&run.part(at..renamed.words.start), level, &mut clauses)?;
                let mut name: Clauses = Vec::new();
                self.words(&run.part(renamed.words.clone()), level, &mut name)?;
                let others = carries(self.unit, self.shared, renamed.others.iter().map(|other| &other.entity));
                let phrases = renamed.phrases.iter().map(|phrase| self.phrase(phrase, Level::Spelled));
                let mut ways = phrases.collect::<Result<Vec<_>>>()?;
                ways.extend([self.query(name), others]);
                clauses.push((Occur::Must, Box::new(BooleanQuery::union(ways))));
                at = renamed.words.end;
            }
            self.words(&run.part(at..run.words.len()), level, &mut clauses)?;
        }
        Ok(self.query(clauses))
    }

    /// Hits that carry `share` (0 to 1) of the weight of the words.
    pub(crate) fn some(&self, level: Level, share: f32, deadline: Deadline) -> Result<Box<dyn Query>> {
        let mut clauses = self.frame(level)?;
        clauses.push((Occur::Must, Box::new(self.telling(level, share, deadline)?)));
        Ok(self.query(clauses))
    }

    fn telling(&self, level: Level, share: f32, deadline: Deadline) -> Result<Telling> {
        let words = self.meaning.runs.iter().flat_map(|run| &run.words);
        // At the exact level, a short form stands for all its words.
        let words = words.filter(|word| level != Level::Exact || !word.joined);
        let loose = self.share_of_loose(level);
        let mut terms: Vec<(AnyOf, bool, f32)> = Vec::new();
        for word in words {
            let loose = if word.plain { loose } else { 1.0 };
            terms.push((self.term(word, level)?, word.asks, loose));
            if loose < 1.0 {
                terms.push((self.term(word, Level::Spelled)?, word.asks, 1.0 - loose));
            }
        }
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)));
        terms.dedup_by(|a, b| a.0 == b.0);
        let words = self.rarest(terms, |(term, ..)| term)?;
        let mut pairs: Vec<AnyOf> =
            self.meaning.runs.iter().flat_map(|run| self.pairs(run)).map(|pair| self.pair_term(&pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let pairs = self.rarest(pairs, |term| term)?;
        for ((term, ..), _) in &words {
            self.spend(self.statistics.documents_with(term)?)?;
        }
        let words = words.into_iter();
        let words = words.map(|((term, asks, part), weight)| Weighed::word(term, weight, part, asks)).collect();
        let pairs = pairs.into_iter().map(|(term, weight)| Weighed::pair(term, weight)).collect();
        let lengths = self.fields().bare.unwrap_or(self.fields().forms);
        Ok(Telling::new(words, pairs, share, (lengths, self.statistics.average_length(lengths)?), deadline))
    }

    /// How often the rarest of some words stands: what a search for all of them goes through, times their number.
    fn rarest_of<'w>(&self, words: impl Iterator<Item = &'w QueryWord>, level: Level) -> Result<u64> {
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
    fn spend(&self, postings: u64) -> Result<()> {
        let Some(left) = self.postings.get().checked_sub(postings) else {
            let message = "too costly: its words stand in too many places; leave out alternatives and prefixes, or make                            them longer, or add words that are rarer";
            return Err(SearchError::Query { position: 0, message: message.to_owned() });
        };
        self.postings.set(left);
        Ok(())
    }

    /// The part of a word's weight that a word without marks has in texts where it has some. Those who type marks mostly type all of
    /// them: a word without is meant so.
    fn share_of_loose(&self, level: Level) -> f32 {
        let words = || self.meaning.runs.iter().flat_map(|run| &run.words);
        // What a short form stands for has marks that nobody typed.
        let typed = |word: &&QueryWord| !word.joined && word.typed.as_ref().is_none_or(|typed| fold::has_marks(typed));
        let marked = words().filter(|word| word.marked).filter(typed).count();
        let plain = words().filter(|word| word.plain).count();
        if level == Level::Typed && marked >= plain { LOOSE } else { 1.0 }
    }

    /// The rarest of some terms with their weights.
    fn rarest<T>(&self, terms: Vec<T>, term: impl Fn(&T) -> &AnyOf) -> Result<Vec<(T, f32)>> {
        let mut counted = Vec::with_capacity(terms.len());
        for one in terms {
            counted.push((self.statistics.documents_with(term(&one))?, one));
        }
        counted.sort_by_key(|(count, _)| *count);
        counted.truncate(MOST_TELLING);
        let weigh =
            |(_, one): (u64, T)| Ok((self.statistics.weight(term(&one))?, one)).map(|(weight, one)| (one, weight));
        counted.into_iter().map(weigh).collect()
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

    fn fields(&self) -> TextFields {
        self.shared.fields.text(self.unit)
    }

    /// Everything but the free words: phrases, groups, fields, exclusions, the filter.
    fn frame(&self, level: Level) -> Result<Clauses> {
        let mut clauses: Clauses = Vec::new();
        if self.meaning.runs.is_empty() {
            // Words lie in fields of the unit; where there are none, the unit must be asked for.
            clauses.push((Occur::Must, all_of(self.unit, self.shared)));
        }
        if self.unit == Unit::Figure {
            clauses.extend(self.measured(level).map(|query| (Occur::Must, query)));
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

    /// Figures of which some word names what is measured, or whose value it is: words of the meeting's title alone do not make a hit.
    fn measured(&self, level: Level) -> Option<Box<dyn Query>> {
        let words = self.meaning.words().into_iter().filter(|word| !word.asks);
        let terms = words.flat_map(|word| {
            let form = (word.marked && level != Level::Bare).then_some(word.form.as_str());
            [Role::Indicator, Role::Subject].map(|role| name_word_term(&self.shared.fields, role, form, &word.bare))
        });
        let terms: Vec<Box<dyn Query>> =
            terms.map(|term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) }).collect();
        (!terms.is_empty())
            .then(|| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(terms)), 0.0)) })
    }

    fn query(&self, mut clauses: Clauses) -> Box<dyn Query> {
        if clauses.len() == 1
            && let Some((_, only)) = clauses.pop()
        {
            return only;
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn words(&self, run: &Run, level: Level, clauses: &mut Clauses) -> Result<()> {
        for (index, word) in run.words.iter().enumerate() {
            if level == Level::Exact && word.joined {
                // The typed short form stands for all its words.
                continue;
            }
            let occur = if word.asks { Occur::Should } else { Occur::Must };
            // A word that comes again adds nothing to what must be there.
            if !run.words[..index].contains(word) {
                clauses.push((occur, self.word(word, level)?));
            }
            if word.joined && index > 0 {
                clauses.push((Occur::Must, self.pair(&Pair::of(&run.words[index - 1], word))));
            }
        }
        Ok(())
    }

    fn word(&self, word: &QueryWord, level: Level) -> Result<Box<dyn Query>> {
        Ok(self.any(&self.term(word, level)?))
    }

    fn any(&self, word: &AnyOf) -> Box<dyn Query> {
        word.query(word.terms().first().is_some_and(|term| self.fields().counts(term.field())))
    }

    fn pairs<'r>(&self, run: &'r Run) -> impl Iterator<Item = Pair<'r>> + use<'r> {
        run.words.windows(2).filter(|pair| !pair[0].asks && !pair[1].asks).map(|pair| Pair::of(&pair[0], &pair[1]))
    }

    fn pair(&self, pair: &Pair<'_>) -> Box<dyn Query> {
        weighted_pair(&self.pair_term(pair))
    }

    fn pair_term(&self, pair: &Pair<'_>) -> AnyOf {
        let TextFields { pairs, signs, .. } = self.fields();
        AnyOf::one(Term::from_field_text(pairs, &signs.sign(pair.first, pair.second)))
    }

    fn part(&self, part: &Part, level: Level) -> Result<Box<dyn Query>> {
        let each = |parts: &[Part]| parts.iter().map(|part| self.part(part, level)).collect::<Result<Vec<_>>>();
        Ok(match part {
            Part::Words(run) => {
                self.spend(self.rarest_of(run.words.iter(), level)?)?;
                let mut clauses = Vec::new();
                self.words(run, level, &mut clauses)?;
                self.query(clauses)
            }
            Part::Phrase(run) => {
                self.spend(self.rarest_of(run.words.iter(), level)?)?;
                self.phrase(run, level)?
            }
            Part::Prefix(stem) => self.prefix(stem, level)?,
            Part::Filter(filter) => compile(filter, self.unit, self.shared),
            Part::All(parts) => Box::new(BooleanQuery::intersection(each(parts)?)),
            Part::Any(parts) => Box::new(BooleanQuery::union(each(parts)?)),
            Part::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, all_of(self.unit, self.shared)),
                (Occur::MustNot, Box::new(Excluded(self.part(inner, strictest(level))?))),
            ])),
        })
    }

    /// A phrase: by positions where the forms are known and have positions, else by pairs.
    fn phrase(&self, run: &Run, level: Level) -> Result<Box<dyn Query>> {
        let forms = self.fields().forms;
        let plain = run.words.iter().any(|word| word.plain);
        let by_forms = matches!(level, Level::Exact | Level::Spelled) || (level == Level::Typed && !plain);
        if by_forms {
            let mut clauses: Clauses = Vec::new();
            if self.fields().has_positions() {
                let terms = run.words.iter().map(|word| Term::from_field_text(forms, &word.form)).collect();
                clauses.push((Occur::Must, Box::new(PhraseQuery::new(terms))));
            } else {
                self.words(run, Level::Spelled, &mut clauses)?;
            }
            // Pairs are rare: positions are only read where all of them are.
            clauses.extend(self.pairs(run).map(|pair| (Occur::Must, self.pair(&pair))));
            if level != Level::Exact {
                return Ok(self.query(clauses));
            }
            for word in run.words.iter().filter(|word| word.typed.is_some()) {
                clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(self.word(word, level)?, 0.0))));
            }
            return Ok(Box::new(BooleanQuery::new(clauses)));
        }
        let mut clauses: Clauses = Vec::new();
        self.words(run, level, &mut clauses)?;
        clauses.extend(self.pairs(run).map(|pair| (Occur::Must, self.pair(&pair))));
        Ok(self.query(clauses))
    }

    /// Words that begin so, the most frequent ones.
    fn prefix(&self, stem: &Stem, level: Level) -> Result<Box<dyn Query>> {
        let fields = self.fields();
        let (words, postings) = if stem.marked && level != Level::Bare {
            stem.words(self.searcher, fields.forms, true)?
        } else if let Some(bare) = fields.bare {
            stem.words(self.searcher, bare, false)?
        } else {
            let (words, postings) = stem.bare_words(self.searcher, fields.forms)?;
            (words.iter().map(|bare| self.bare_word(bare)).collect::<Result<Vec<_>>>()?, postings)
        };
        self.spend(postings)?;
        let words: Vec<Box<dyn Query>> = words.iter().map(|word| self.any(word)).collect();
        if words.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        Ok(Box::new(BoostQuery::new(Box::new(BooleanQuery::union(words)), PREFIX_WEIGHT)))
    }
}

fn weighted_pair(pair: &AnyOf) -> Box<dyn Query> {
    Box::new(BoostQuery::new(pair.query(false), PAIR_WEIGHT))
}

/// What is excluded is excluded as it was typed, never more loosely.
fn strictest(level: Level) -> Level {
    level.min(Level::Typed)
}

struct Pair<'a> {
    /// Two bare words.
    first: &'a str,
    second: &'a str,
    /// True if the pair lies within a short form.
    joined: bool,
}

impl<'a> Pair<'a> {
    fn of(first: &'a QueryWord, second: &'a QueryWord) -> Self {
        Self { first: &first.bare, second: &second.bare, joined: second.joined }
    }
}
