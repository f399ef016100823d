//! Words, pairs, phrases, prefixes and groups of a query as index queries at a level.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query};
use tantivy::schema::Field;

use super::super::analysis::bare_into;
use super::super::compile::{all_of, compile};
use super::super::error::Result;
use super::super::schema::TextFields;
use super::any::AnyOf;
use super::exclusion::Excluded;
use super::levels::{Builder, Clauses, Level};
use super::meaning::{Part, QueryWord, Run};
use super::prefix::Stem;

/// How much a pair of neighbouring words counts, compared with a word. Measured on questions that people asked over paragraphs
/// (`evaluate questions`): 1.2 is worse by a point.
const PAIR_WEIGHT: f32 = 0.5;

/// How much a word that begins as asked counts, compared with one that was asked for.
const PREFIX_WEIGHT: f32 = 0.5;

/// Of the words that begin as asked, so many are looked for beside the word before them.
const MOST_BESIDE: usize = 24;

impl Builder<'_> {
    pub(super) fn words(&self, run: &Run, level: Level, clauses: &mut Clauses) -> Result<()> {
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
            let Some(before) = index.checked_sub(1) else { continue };
            let pair = Pair { first: &run.words[before], second: word };
            if word.joined {
                clauses.push((Occur::Must, self.pair(&pair)));
            } else if word.named || self.are_meant_together(&pair, level) {
                clauses.push((Occur::Must, self.pair_term(&pair).silent()));
                clauses.extend(self.silent_spelt_pair(&pair, level).map(|spelt| (Occur::Must, spelt)));
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

    pub(super) fn pairs<'r>(&self, run: &'r Run) -> impl Iterator<Item = Pair<'r>> + use<'r> {
        run.words
            .windows(2)
            .filter(|pair| !pair[0].asks && !pair[1].asks)
            .map(|pair| Pair { first: &pair[0], second: &pair[1] })
    }

    /// The pairs of a run that are in no short form.
    pub(super) fn unjoined_pairs(&self, run: &Run) -> impl Iterator<Item = Box<dyn Query>> {
        self.pairs(run).filter(|pair| !pair.is_joined()).map(|pair| self.pair(&pair))
    }

    pub(super) fn pair(&self, pair: &Pair<'_>) -> Box<dyn Query> {
        let pair = self.pair_term(pair).query_by_lengths_of(self.fields().lengths());
        Box::new(BoostQuery::new(pair, PAIR_WEIGHT))
    }

    /// Two words side by side as they are spelt, at a level that asks for it; `None` where positions are not known: in a single sentence the
    /// words and their pair tell enough.
    pub(super) fn spelt_pair(&self, pair: &Pair<'_>, level: Level) -> Option<Box<dyn Query>> {
        let fields = self.fields();
        let is_spelt = pair.first.marked || pair.second.marked || self.is_mixed;
        let asked = level <= Level::Spelled && is_spelt && fields.has_positions();
        let term = |word: &QueryWord| Term::from_field_text(fields.forms, &word.form);
        asked.then(|| -> Box<dyn Query> { Box::new(PhraseQuery::new(vec![term(pair.first), term(pair.second)])) })
    }

    /// True for two words without marks beside others with some: they may be a word that has none, as "giao ban", but then they stand side
    /// by side; "tinh" here and "uy" there are no "tinh uy".
    fn are_meant_together(&self, pair: &Pair<'_>, level: Level) -> bool {
        let [first, second] = [pair.first, pair.second];
        self.is_mixed && level == Level::Spelled && [first, second].iter().all(|word| word.plain && !word.asks)
    }

    /// Two words side by side as they are spelt, without a score.
    pub(super) fn silent_spelt_pair(&self, pair: &Pair<'_>, level: Level) -> Option<Box<dyn Query>> {
        self.spelt_pair(pair, level).map(|spelt| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(spelt, 0.0)) })
    }

    pub(super) fn pair_term(&self, pair: &Pair<'_>) -> AnyOf {
        let TextFields { pairs, signs, .. } = self.fields();
        AnyOf::one(Term::from_field_text(pairs, &signs.sign(&pair.first.bare, &pair.second.bare)))
    }

    pub(super) fn part(&self, part: &Part, level: Level) -> Result<Box<dyn Query>> {
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
    pub(super) fn phrase(&self, run: &Run, level: Level) -> Result<Box<dyn Query>> {
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

    /// Words that begin so, the most frequent ones. They are one word to BM25: a rare one tells no more than what was typed.
    fn prefix(&self, stem: &Stem, level: Level) -> Result<Box<dyn Query>> {
        let (words, postings) = self.beginning(stem, level)?;
        self.spend(postings)?;
        if words.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let all = AnyOf::of(words.iter().flat_map(|(_, word)| word.terms().iter().cloned()).collect());
        let weight = PREFIX_WEIGHT * self.statistics.weight(&all)?;
        let weighed = |(_, word): &(String, AnyOf)| -> Result<Box<dyn Query>> {
            let own = self.statistics.weight(word)?.max(f32::MIN_POSITIVE);
            Ok(Box::new(BoostQuery::new(self.any(word), weight / own)))
        };
        Ok(Box::new(BooleanQuery::union(words.iter().map(weighed).collect::<Result<_>>()?)))
    }

    /// The words that begin so, the most frequent ones, each without marks and as its terms; and how often they stand.
    fn beginning(&self, stem: &Stem, level: Level) -> Result<(Vec<(String, AnyOf)>, u64)> {
        let fields = self.fields();
        let of_field = |word: String, field: Field| {
            let mut bare = String::with_capacity(word.len());
            bare_into(&word, &mut bare);
            (bare, AnyOf::one(Term::from_field_text(field, &word)))
        };
        if stem.marked && level != Level::Bare {
            let (words, postings) = stem.words(self.searcher, fields.forms, true)?;
            return Ok((words.into_iter().map(|word| of_field(word, fields.forms)).collect(), postings));
        }
        if let Some(field) = fields.bare {
            let (words, postings) = stem.words(self.searcher, field, false)?;
            return Ok((words.into_iter().map(|word| of_field(word, field)).collect(), postings));
        }
        let (words, postings) = stem.bare_words(self.searcher, fields.forms)?;
        let of_forms = |word: String| self.bare_word(&word).map(|terms| (word, terms));
        Ok((words.into_iter().map(of_forms).collect::<Result<_>>()?, postings))
    }

    /// For each beginning of a word that was typed behind another word: the two side by side.
    pub(super) fn pairs_with_beginnings(&self, level: Level) -> Result<Vec<Box<dyn Query>>> {
        let TextFields { pairs, signs, .. } = self.fields();
        let mut found: Vec<Box<dyn Query>> = Vec::new();
        for stem in self.meaning.required.iter().filter_map(Part::stem) {
            let Some(before) = &stem.after else { continue };
            let (mut words, _) = self.beginning(stem, level)?;
            words.truncate(MOST_BESIDE);
            let mut terms: Vec<Term> =
                words.iter().map(|(bare, _)| Term::from_field_text(pairs, &signs.sign(before, bare))).collect();
            terms.sort_unstable();
            terms.dedup();
            let pair = AnyOf::of(terms).query_by_lengths_of(self.fields().lengths());
            found.push(Box::new(BoostQuery::new(pair, PAIR_WEIGHT)));
        }
        Ok(found)
    }
}

/// What is excluded is excluded as it was typed, never more loosely.
pub(super) fn strictest(level: Level) -> Level {
    level.min(Level::Typed)
}

/// Two words side by side.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) first: &'a QueryWord,
    pub(super) second: &'a QueryWord,
}

impl Pair<'_> {
    /// True if the pair lies within a short form.
    pub(super) fn is_joined(self) -> bool {
        self.second.joined
    }
}
