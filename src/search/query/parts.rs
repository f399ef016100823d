//! Words, pairs, phrases, prefixes and groups of a query as index queries at a level.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query};

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
            if word.joined && index > 0 {
                clauses.push((Occur::Must, self.pair(&Pair { first: &run.words[index - 1], second: word })));
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
        let asked = level <= Level::Spelled && (pair.first.marked || pair.second.marked) && fields.has_positions();
        let term = |word: &QueryWord| Term::from_field_text(fields.forms, &word.form);
        asked.then(|| -> Box<dyn Query> { Box::new(PhraseQuery::new(vec![term(pair.first), term(pair.second)])) })
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
