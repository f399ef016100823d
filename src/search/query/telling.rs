//! Some of the words of a query, weighed: what whole questions are answered by.
//!
//! A document fits if it carries a given share of the weight of the words that tell something. Its score is that of BM25 over words and
//! pairs of neighbours, times a bonus for the share it carries: a text that has a little of everything asked goes before one that
//! repeats a part of it. The constants are those that did best on two sets of questions that people asked over paragraphs, each
//! looked at in halves (`evaluate questions`); all of them lie on flat ground.
//!
//! Documents are found by the rarest words only: one that has none of them cannot carry the share, however many others it has.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::super::deadline::Deadline;
use super::any::AnyOf;

/// How soon a word that comes again counts no more.
const K1: f32 = 1.2;
/// How much long documents are held back.
const B: f32 = 0.45;
/// Rare words count a little more than BM25 has it: its weights are raised to this.
const RARITY: f32 = 1.15;
/// How much a pair of neighbours counts, compared with a word.
const PAIR: f32 = 0.55;
/// How much a word counts that only asks.
const ASKS: f32 = 0.5;
/// By how much the score of a document grows that carries all the weight.
const COVERAGE: f32 = 0.75;
/// After so many documents the clock is read.
const DOCUMENTS_BETWEEN_LOOKS: u32 = 512;

/// A word or pair with its weight.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    /// Where its documents are listed.
    pub(crate) word: AnyOf,
    /// What it adds to the score at most, but for [`K1`].
    score: f32,
    /// What it adds to the weight that a document carries.
    carries: f32,
}

impl Weighed {
    /// A word, or a part (0 to 1) of what it counts; `weight` is that of BM25.
    pub(crate) fn word(word: AnyOf, weight: f32, part: f32, asks: bool) -> Self {
        let weight = part * weight.powf(RARITY);
        let (score, carries) = if asks { (ASKS * weight, 0.0) } else { (weight, weight) };
        Self { word, score, carries }
    }

    /// A pair of neighbours; `weight` is that of BM25.
    pub(crate) fn pair(pair: AnyOf, weight: f32) -> Self {
        Self { word: pair, score: PAIR * weight, carries: 0.0 }
    }
}

/// Documents that carry a share of the weight of some words.
#[derive(Debug, Clone)]
pub(crate) struct Telling(Arc<Asked>);

#[derive(Debug)]
struct Asked {
    /// Rarest first. Those that only ask come last.
    words: Vec<Weighed>,
    pairs: Vec<Weighed>,
    /// The weight of all words together.
    whole: f32,
    /// The weight that a document must carry.
    least: f32,
    /// So many of the first words find every document that can carry enough.
    essential: usize,
    /// Where lengths of documents are kept.
    lengths: Field,
    /// Length of a document on average.
    average: f32,
    deadline: Deadline,
}

impl Telling {
    /// Documents that carry `share` (0 to 1) of the weight of `words`. `lengths` is the field that tells how long documents are,
    /// `average` how long they are on average.
    pub(crate) fn new(
        mut words: Vec<Weighed>,
        pairs: Vec<Weighed>,
        share: f32,
        (lengths, average): (Field, f32),
        deadline: Deadline,
    ) -> Self {
        words.sort_by(|a, b| b.carries.total_cmp(&a.carries).then_with(|| a.word.cmp(&b.word)));
        let whole: f32 = words.iter().map(|word| word.carries).sum();
        // Sums in another order may differ a little.
        let least = (share * whole * 0.999_99).max(f32::MIN_POSITIVE);
        let mut rest = whole;
        let mut essential = 0;
        while essential < words.len() && rest >= least {
            rest -= words[essential].carries;
            essential += 1;
        }
        let average = average.max(1.0);
        Self(Arc::new(Asked { words, pairs, whole, least, essential, lengths, average, deadline }))
    }
}

impl Query for Telling {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TellingWeight { asked: Arc::clone(&self.0), scored: scoring.is_scoring_enabled() }))
    }
}

struct TellingWeight {
    asked: Arc<Asked>,
    scored: bool,
}

impl TellingWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<TellingScorer> {
        let asked = Arc::clone(&self.asked);
        let lists = |terms: &[Weighed]| {
            terms.iter().map(|weighed| List::open(reader, &weighed.word)).collect::<tantivy::Result<Vec<_>>>()
        };
        let words = lists(&asked.words)?;
        let (pairs, lengths) = if self.scored {
            (lists(&asked.pairs)?, reader.get_fieldnorms_reader(asked.lengths).ok())
        } else {
            (Vec::new(), None)
        };
        let until_look = DOCUMENTS_BETWEEN_LOOKS;
        let mut scorer = TellingScorer { asked, words, pairs, lengths, boost, doc: 0, carried: 0.0, until_look };
        scorer.settle(0);
        Ok(scorer)
    }
}

impl Weight for TellingWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(reader, boost)?))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.open(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("it carries enough of the words", scorer.score()))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// The documents of one word or pair in a segment, under each of its terms. Asked for documents in rising order.
struct List(Vec<SegmentPostings>);

impl List {
    fn open(reader: &SegmentReader, word: &AnyOf) -> tantivy::Result<Self> {
        let mut lists = Vec::with_capacity(word.terms().len());
        for term in word.terms() {
            lists.extend(reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqs)?);
        }
        Ok(Self(lists))
    }

    /// The first document with it from one on.
    fn next(&mut self, from: DocId) -> DocId {
        let mut first = TERMINATED;
        for list in &mut self.0 {
            first = first.min(if list.doc() < from { list.seek(from) } else { list.doc() });
        }
        first
    }

    /// True if the document has it.
    fn has(&mut self, doc: DocId) -> bool {
        self.next(doc) == doc
    }

    /// How often the document has it.
    fn times(&mut self, doc: DocId) -> u32 {
        if !self.has(doc) {
            return 0;
        }
        self.0.iter().filter(|list| list.doc() == doc).map(SegmentPostings::term_freq).sum()
    }
}

struct TellingScorer {
    asked: Arc<Asked>,
    words: Vec<List>,
    pairs: Vec<List>,
    lengths: Option<FieldNormReader>,
    boost: Score,
    doc: DocId,
    /// The weight that the document carries.
    carried: f32,
    until_look: u32,
}

impl TellingScorer {
    /// Goes to the first document from `from` on that carries enough.
    fn settle(&mut self, from: DocId) -> DocId {
        let mut from = from;
        loop {
            let candidate = self.candidate(from);
            if candidate == TERMINATED || self.has_expired() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            if self.carries_enough(candidate) {
                self.doc = candidate;
                return candidate;
            }
            from = candidate + 1;
        }
    }

    /// The first document from `from` on that has one of the essential words.
    fn candidate(&mut self, from: DocId) -> DocId {
        let mut first = TERMINATED;
        for list in &mut self.words[..self.asked.essential] {
            first = first.min(list.next(from));
        }
        first
    }

    fn carries_enough(&mut self, doc: DocId) -> bool {
        let (mut carried, mut rest) = (0.0, self.asked.whole);
        for (word, list) in self.asked.words.iter().zip(&mut self.words) {
            if carried + rest < self.asked.least {
                return false;
            }
            rest -= word.carries;
            if list.has(doc) {
                carried += word.carries;
            }
        }
        self.carried = carried;
        carried >= self.asked.least
    }

    /// Reads the clock now and then. What was found so far is of no use then: the search looks at the clock itself and gives up.
    fn has_expired(&mut self) -> bool {
        self.until_look -= 1;
        if self.until_look > 0 {
            return false;
        }
        self.until_look = DOCUMENTS_BETWEEN_LOOKS;
        self.asked.deadline.has_passed()
    }

    /// The saturated frequency of a word or pair that stands in a document; 0 where it does not.
    fn frequency(list: &mut List, doc: DocId, held_back: f32) -> f32 {
        let frequency = list.times(doc) as f32;
        if frequency == 0.0 {
            return 0.0;
        }
        frequency * (K1 + 1.0) / (frequency + held_back)
    }
}

impl DocSet for TellingScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let essential = &self.words[..self.asked.essential];
        let lists = essential.iter().flat_map(|List(lists)| lists);
        lists.map(SegmentPostings::size_hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for TellingScorer {
    fn score(&mut self) -> Score {
        let length = self.lengths.as_ref().map_or(self.asked.average, |lengths| lengths.fieldnorm(self.doc) as f32);
        let held_back = K1 * (1.0 - B + B * length / self.asked.average);
        let asked = &self.asked;
        let words = asked.words.iter().zip(&mut self.words);
        let pairs = asked.pairs.iter().zip(&mut self.pairs);
        let sum: f32 =
            words.chain(pairs).map(|(one, list)| one.score * Self::frequency(list, self.doc, held_back)).sum();
        let share = if asked.whole > 0.0 { self.carried / asked.whole } else { 0.0 };
        self.boost * sum * (1.0 + COVERAGE * share)
    }
}
