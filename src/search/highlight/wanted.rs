//! Which words and sequences of words are to be marked, and which of the places found are.

mod choice;

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Abbreviations, fold};

use super::super::analysis::form_into;
use super::super::query::meaning::{Meaning, Part, QueryWord, Run};
use super::super::query::prefix::Stem;
use super::scan::{Letters, TextWord, hash_of};
use choice::{choose_near, choose_whole, hit_at};

/// Everything that is to be marked.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    words: Vec<Word>,
    /// Sequences of words, by index.
    sequences: Vec<Sequence>,
    stems: Vec<(Stem, u32)>,
    /// The words that were typed, each once.
    typed: Vec<u32>,
    /// One bit per hash, to pass over most words at once.
    filter: u64,
    numbers: bool,
    /// True if marks were typed: then a word without is meant so.
    strict: bool,
}

#[derive(Debug)]
struct Word {
    hash: u64,
    form: String,
    bare: String,
    marked: bool,
}

#[derive(Debug)]
struct Sequence {
    words: Vec<u32>,
    /// True if only the whole sequence is marked; else each word, where possible beside its neighbour.
    whole: bool,
    /// Words of one short form: they are marked together or not at all.
    joined: Vec<Range<usize>>,
}

/// Short forms by the first word of their full form, without marks, each with the words that follow.
#[derive(Debug)]
pub(crate) struct ShortForms(FxHashMap<String, Vec<(Vec<String>, ShortForm)>>);

#[derive(Debug)]
enum ShortForm {
    /// "TP HCM", as its words.
    Words(Vec<String>),
    /// "Q": a single letter says too little but with its number, "Q.1", "Q1".
    Letter(String),
}

impl ShortForms {
    /// Made once from the table.
    pub(crate) fn new(abbreviations: &Abbreviations) -> Self {
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, ShortForm)>> = FxHashMap::default();
        for (short, full) in abbreviations.entries() {
            let mut words = fold::words(full).map(bare_of);
            let Some(first) = words.next() else { continue };
            let parts: Vec<String> = short.split(' ').map(str::to_owned).collect();
            let short = match parts.as_slice() {
                [letter] if letter.chars().nth(1).is_none() => ShortForm::Letter(letter.clone()),
                _ => ShortForm::Words(parts),
            };
            by_first.entry(first).or_default().push((words.collect(), short));
        }
        Self(by_first)
    }
}

/// A wanted word found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) at: TextWord,
    pub(super) word: u32,
    /// True if it is spelt as typed.
    pub(super) same: bool,
    /// True if its spelling may be meant: as typed, or of a word without marks in a query where none have any.
    pub(super) spelt: bool,
}

/// A place to mark: one word or several side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) first: TextWord,
    pub(super) last: TextWord,
    /// The words of the query that it shows.
    pub(super) words: Vec<u32>,
}

/// Most occurrences of wanted words looked at in a text.
const MOST_HITS: usize = 4000;

impl Wanted {
    /// `others` are other names of what is asked for.
    pub(super) fn of(meaning: &Meaning, others: &[Run], short_forms: &ShortForms) -> Self {
        let mut wanted = Self::default();
        for run in &meaning.runs {
            wanted.add_run(run, false, short_forms);
        }
        for part in &meaning.required {
            wanted.add_part(part, short_forms);
        }
        for other in others {
            wanted.add_run(other, true, short_forms);
        }
        wanted.strict = meaning.words().into_iter().any(QueryWord::has_typed_marks);
        wanted
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.stems.is_empty()
    }

    pub(super) fn has_numbers(&self) -> bool {
        self.numbers
    }

    /// False if no wanted word has the hash.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        // The bit spares most words of a text the list.
        self.filter & bit(hash) != 0 && self.words.iter().any(|word| word.hash == hash)
    }

    /// False if no wanted prefix begins the word.
    pub(super) fn may_begin(&self, written: &str, letters: &Letters) -> bool {
        let first = written.chars().next().and_then(|char| letters.letter(char));
        self.stems.iter().any(|(stem, _)| {
            let wanted = stem.bare.bytes().next().map(|byte| if byte == b'y' { b'i' } else { byte });
            first.is_some() && first == wanted
        })
    }

    /// Adds a hit for each wanted word that this is.
    pub(super) fn matches(&self, hash: u64, form: &str, bare: &str, at: TextWord, hits: &mut Vec<Hit>) {
        if hits.len() >= MOST_HITS {
            return;
        }
        for (index, word) in (0..).zip(&self.words) {
            if word.hash == hash && word.bare == bare {
                let same = word.form == form;
                hits.push(Hit { at, word: index, same, spelt: same || !(word.marked || self.strict) });
            }
        }
        for (stem, index) in &self.stems {
            if bare.starts_with(&stem.bare) {
                let spelt = !stem.marked || stem.begins(form);
                hits.push(Hit { at, word: *index, same: spelt, spelt });
            }
        }
    }

    fn add_part(&mut self, part: &Part, short_forms: &ShortForms) {
        match part {
            Part::Words(run) => self.add_run(run, false, short_forms),
            Part::Phrase(run) => self.add_run(run, true, short_forms),
            Part::Prefix(stem) => {
                // Its index lies behind those of the words; it is in no sequence.
                let index = STEMS + u32::try_from(self.stems.len()).unwrap_or_default();
                self.stems.push((stem.clone(), index));
            }
            Part::All(parts) | Part::Any(parts) => parts.iter().for_each(|part| self.add_part(part, short_forms)),
            Part::Filter(_) | Part::Not(_) => {}
        }
    }

    fn add_run(&mut self, run: &Run, whole: bool, short_forms: &ShortForms) {
        let words: Vec<u32> = run.words.iter().map(|word| self.add_word(word)).collect();
        if !whole {
            self.add_short_forms(run, short_forms);
        }
        let typed = words.iter().filter(|word| !self.typed.contains(word)).copied();
        let typed: Vec<u32> = typed.collect();
        self.typed.extend(typed);
        self.sequences.push(Sequence { words, whole, joined: joined(run) });
    }

    fn add_word(&mut self, word: &QueryWord) -> u32 {
        self.numbers |= word.form.starts_with(|c: char| c.is_ascii_digit());
        self.add(word.form.clone(), word.bare.clone(), word.marked)
    }

    fn add(&mut self, form: String, bare: String, marked: bool) -> u32 {
        let known = self.words.iter().position(|word| word.form == form && word.marked == marked);
        let index = known.unwrap_or_else(|| {
            let hash = hash_of(&bare);
            self.filter |= bit(hash);
            self.words.push(Word { hash, form, bare, marked });
            self.words.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    /// Where the query has the full form of a short form, the short form is marked too.
    fn add_short_forms(&mut self, run: &Run, short_forms: &ShortForms) {
        for (at, word) in run.words.iter().enumerate() {
            for (rest, short) in short_forms.0.get(&word.bare).into_iter().flatten() {
                let end = at + 1 + rest.len();
                let Some(typed) = run.words.get(at + 1..end) else { continue };
                if typed.iter().map(|word| &word.bare).ne(rest) {
                    continue;
                }
                match short {
                    ShortForm::Words(parts) => self.add_sequence(parts),
                    ShortForm::Letter(letter) => {
                        let number = run.words.get(end).map(|word| word.form.as_str());
                        if let Some(number) = number.filter(|form| form.starts_with(|c: char| c.is_ascii_digit())) {
                            self.add_sequence(&[letter.clone(), number.to_owned()]);
                            self.add_sequence(&[format!("{letter}{number}")]);
                        }
                    }
                }
            }
        }
    }

    fn add_sequence(&mut self, parts: &[String]) {
        let mut words = Vec::with_capacity(parts.len());
        for part in parts {
            let mut form = String::new();
            form_into(part, &mut form);
            words.push(self.add(form, bare_of(part), true));
        }
        self.sequences.push(Sequence { words, whole: true, joined: Vec::new() });
    }

    /// The places to mark, in order of the text, without overlap. Where marks are `respected`, words stand as typed, apart from spelling.
    pub(super) fn choose(&self, mut hits: Vec<Hit>, respected: bool) -> Vec<Place> {
        if respected {
            hits.retain(|hit| hit.same);
        } else {
            self.prefer_spelt(&mut hits);
        }
        let mut chosen: Vec<Hit> = hits.iter().filter(|hit| hit.word >= STEMS).copied().collect();
        for sequence in &self.sequences {
            if sequence.whole {
                choose_whole(&sequence.words, &hits, &mut chosen);
            } else {
                choose_near(&sequence.words, &sequence.without_torn(&hits), &mut chosen);
            }
        }
        chosen.sort_unstable_by_key(|hit| (hit.at.start, hit.word));
        let mut places: Vec<Place> = Vec::new();
        for hit in chosen {
            match places.last_mut() {
                // Words with one sign between them, and a word chosen twice, are one place.
                Some(place) if hit.at.first <= place.last.last + 1 => {
                    if hit.at.end > place.last.end {
                        place.last = hit.at;
                    }
                    place.words.push(hit.word);
                }
                _ => places.push(Place { first: hit.at, last: hit.at, words: vec![hit.word] }),
            }
        }
        places
    }

    /// Where the words that were typed first stand side by side, in their order and as typed: whatever else a text has, it shows no more of
    /// the query. Never for several runs or prefixes.
    pub(super) fn settled_by(&self, hits: &[Hit], respected: bool) -> Option<TextWord> {
        let fits = |hit: &Hit| if respected { hit.same } else { hit.spelt };
        let first = self.typed.first().filter(|_| self.stems.is_empty())?;
        self.sequences.iter().find(|sequence| sequence.words == self.typed)?;
        let stands = |number: u32, word: u32| {
            let from = hits.partition_point(|hit| hit.at.number < number);
            let at_number = hits[from..].iter().take_while(|hit| hit.at.number == number);
            at_number.into_iter().any(|hit| fits(hit) && hit.word == word)
        };
        let mut starts = hits.iter().filter(|hit| fits(hit) && hit.word == *first);
        let found =
            starts.find(|start| (start.at.number..).zip(&self.typed).all(|(number, word)| stands(number, *word)));
        found.map(|start| start.at)
    }

    /// Words found as typed are not marked where they stand with other marks. One that was typed without marks is looked for beside its
    /// neighbour first, with any: "giải" of "giải phóng" is meant by "giai phong", and not "giai" of "giai đoạn".
    fn prefer_spelt(&self, hits: &mut Vec<Hit>) {
        if hits.iter().all(|hit| hit.spelt) {
            return;
        }
        let slot = |word: u32| match word.checked_sub(STEMS) {
            Some(stem) => self.words.len() + stem as usize,
            None => word as usize,
        };
        let is_plain = |hit: &Hit| self.words.get(hit.word as usize).is_some_and(|word| !word.marked);
        let beside: Vec<bool> = hits.iter().map(|hit| is_plain(hit) && self.stands_beside(hit, hits)).collect();
        let fit = |hit: &Hit, beside: bool| match (beside, hit.spelt) {
            (true, true) => Fit::SpeltBeside,
            (true, false) => Fit::Beside,
            (false, true) => Fit::Spelt,
            (false, false) => Fit::None,
        };
        let mut best = vec![Fit::None; self.words.len() + self.stems.len()];
        for (hit, beside) in hits.iter().zip(&beside) {
            if let Some(best) = best.get_mut(slot(hit.word)) {
                *best = fit(hit, *beside).max(*best);
            }
        }
        let mut beside = beside.into_iter();
        hits.retain(|hit| {
            let beside = beside.next().unwrap_or_default();
            match best.get(slot(hit.word)) {
                Some(Fit::SpeltBeside | Fit::Spelt) => hit.spelt,
                Some(Fit::Beside) => beside,
                Some(Fit::None) | None => true,
            }
        });
    }

    /// True if a word stands beside one that is its neighbour in the query, with the marks that this was typed with.
    fn stands_beside(&self, hit: &Hit, hits: &[Hit]) -> bool {
        let is_meant = |number: Option<u32>, word: u32| {
            let neighbour = number.and_then(|number| hit_at(hits, number, word));
            neighbour.is_some_and(|found| found.spelt || self.words.get(word as usize).is_some_and(|word| !word.marked))
        };
        self.sequences.iter().filter(|sequence| !sequence.whole).any(|sequence| {
            sequence.words.windows(2).any(|pair| {
                (pair[0] == hit.word && is_meant(hit.at.number.checked_add(1), pair[1]))
                    || (pair[1] == hit.word && is_meant(hit.at.number.checked_sub(1), pair[0]))
            })
        })
    }
}

/// How well a place fits a word, the best one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// With other marks, and apart from its neighbours.
    None,
    /// As typed, apart from its neighbours.
    Spelt,
    /// With other marks beside a neighbour.
    Beside,
    /// As typed beside a neighbour.
    SpeltBeside,
}

/// The words of a run that belong to one short form each.
fn joined(run: &Run) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in run.words.iter().enumerate().filter(|(at, word)| word.joined && *at > 0) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => found.push(at - 1..at + 1),
        }
    }
    found
}

impl Sequence {
    /// The hits without those of words that only a short form brought in, where the others of it do not stand beside.
    fn without_torn<'h>(&self, hits: &'h [Hit]) -> Cow<'h, [Hit]> {
        if self.joined.is_empty() {
            return Cow::Borrowed(hits);
        }
        let is_joined = |at: usize| self.joined.iter().any(|group| group.contains(&at));
        let mut kept = Vec::new();
        for group in &self.joined {
            choose_whole(&self.words[group.clone()], hits, &mut kept);
        }
        let stands_alone =
            |hit: &&Hit| self.words.iter().enumerate().any(|(at, word)| *word == hit.word && !is_joined(at));
        let of_group = |hit: &&Hit| kept.contains(hit);
        Cow::Owned(hits.iter().filter(|hit| stands_alone(hit) || of_group(hit)).copied().collect())
    }
}

/// Indices of stems begin here; a query never has so many words.
const STEMS: u32 = 1 << 16;

fn bit(hash: u64) -> u64 {
    1 << (hash >> 58)
}

fn bare_of(word: &str) -> String {
    let (mut form, mut bare) = (String::new(), String::new());
    form_into(word, &mut form);
    super::super::analysis::bare_into(&form, &mut bare);
    bare
}
