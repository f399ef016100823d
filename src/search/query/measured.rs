//! What figures measure: their own indicator and the place or body that the value is about, apart from the title of their meeting, which
//! tells figures of one kind apart and makes none by itself.
//!
//! A year among the words is the year that the value is for, or that of the meeting where no period is told: "thu ngân sách năm 2024" finds the
//! revenue of 2024 whether or not its sentence repeats the year.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};

use super::super::compile::compile;
use super::super::error::Result;
use super::super::fields::fields;
use super::super::filter;
use super::super::in_name::{InName, NameWord};
use super::super::keys::{Role, name_word};
use super::super::schema::Unit;
use super::any::AnyOf;
use super::levels::{Builder, Clauses, Level, TellingWord};
use super::meaning::{Part, QueryWord, Run};

/// Where a figure's own words are kept.
const OWN: [Role; 2] = [Role::Indicator, Role::Subject];
/// Numbers of four digits between these are years.
const YEARS: std::ops::RangeInclusive<u32> = 1945..=2100;

/// The part of a word's weight that it has as a figure's own word; the rest it has wherever it stands.
const OWN_PART: f32 = 0.6;
/// What a figure of the year asked for has over others: about as much as a word that one report in twenty has.
const YEAR_SCORE: f32 = 3.0;

/// The year that a word of a query is.
fn year(word: &QueryWord) -> Option<u32> {
    let number = word.form.parse().ok().filter(|_| word.form.len() == 4)?;
    YEARS.contains(&number).then_some(number)
}

/// True for a number that is no year: a figure has it in its text.
fn is_number(word: &QueryWord) -> bool {
    word.form.starts_with(|first: char| first.is_ascii_digit()) && year(word).is_none()
}

/// True for the word before a year that says that it is one.
fn introduces_year(run: &Run, at: usize) -> bool {
    run.words[at].bare == "nam" && run.words.get(at + 1).is_some_and(|next| year(next).is_some())
}

/// True for a word that says when, not what.
fn is_time(run: &Run, at: usize) -> bool {
    year(&run.words[at]).is_some() || introduces_year(run, at)
}

/// The words of a run that say what.
fn without_time(run: &Run) -> Run {
    let words = (0..run.words.len()).filter(|at| !is_time(run, *at)).map(|at| run.words[at].clone());
    Run { words: words.collect() }
}

impl Builder<'_> {
    /// True if a search for figures names what they measure.
    pub(crate) fn names_indicators(&self) -> bool {
        fn any_word(part: &Part) -> bool {
            match part {
                Part::Words(run) | Part::Phrase(run) => !run.words.is_empty(),
                Part::All(parts) | Part::Any(parts) => parts.iter().any(any_word),
                Part::Prefix(_) | Part::Filter(_) | Part::Not(_) => false,
            }
        }
        let what = |run: &Run| (0..run.words.len()).any(|at| !is_time(run, at));
        self.unit == Unit::Figure && (self.meaning.runs.iter().any(what) || self.meaning.required.iter().any(any_word))
    }

    /// True if a value is looked for as it is written.
    pub(crate) fn tells_numbers(&self) -> bool {
        self.meaning.words().into_iter().any(is_number)
    }

    /// Figures that are named by all words.
    pub(crate) fn own(&self, level: Level, ranked: bool) -> Result<Box<dyn Query>> {
        let mut clauses = self.frame(level)?;
        for part in &self.meaning.required {
            clauses.extend(self.own_part(part, level)?.map(must));
        }
        for run in &self.meaning.runs {
            self.own_run(run, level, &mut clauses)?;
            if ranked {
                clauses.extend(self.unjoined_pairs(run).map(|pair| (Occur::Should, pair)));
            }
        }
        if !ranked {
            clauses.retain(|(occur, _)| *occur != Occur::Should);
        }
        Ok(self.query(clauses))
    }

    /// What the words of a run ask of a figure: it is named by all of them, and it is of their year.
    pub(super) fn own_run(&self, run: &Run, level: Level, clauses: &mut Clauses) -> Result<()> {
        let timeless = without_time(run);
        self.words(&timeless, level, clauses)?;
        for word in self.own_words(&timeless, level) {
            clauses.push(must(self.own_word(word, level)?.silent()));
        }
        for number in run.words.iter().filter_map(year) {
            clauses.push(must(self.of_year(number)?));
        }
        Ok(())
    }

    /// The words that figures are to carry, as their own or else in the title of their meeting. How much a word tells is learnt from whole
    /// reports: one that few indicators have may be in every text.
    pub(super) fn words_of_indicators(&self, level: Level) -> Result<Vec<TellingWord>> {
        let mut wanted = Vec::new();
        for run in self.meaning.runs.iter().map(without_time) {
            for word in run.words.iter().filter(|word| level != Level::Exact || !word.joined) {
                let weight = self.weight_in_reports(word)?;
                let mut want = |word_as: AnyOf, part| {
                    wanted.push(TellingWord { word: word_as, weight, part, asks: word.asks });
                };
                let own_part = if is_number(word) { 0.0 } else { OWN_PART };
                if own_part > 0.0 {
                    want(self.own_word(word, level)?, own_part);
                }
                want(self.term(word, level)?, 1.0 - own_part);
            }
        }
        Ok(wanted)
    }

    /// What the years of a query add to the score of figures of that time.
    pub(super) fn years(&self) -> Result<Clauses> {
        let years = self.meaning.runs.iter().flat_map(|run| run.words.iter().filter_map(year));
        years
            .map(|year| -> Result<(Occur, Box<dyn Query>)> {
                Ok((Occur::Should, Box::new(ConstScoreQuery::new(self.of_year(year)?, YEAR_SCORE))))
            })
            .collect()
    }

    fn weight_in_reports(&self, word: &QueryWord) -> Result<f32> {
        let fields = self.shared.fields.text(Unit::Meeting);
        let term = match fields.bare {
            Some(bare) if !word.marked => Term::from_field_text(bare, &word.bare),
            _ => Term::from_field_text(fields.forms, &word.form),
        };
        Ok(self.statistics.weight_among(Unit::Meeting, &term)?)
    }

    /// The terms that a word has as a figure's own.
    pub(super) fn own_word(&self, word: &QueryWord, level: Level) -> Result<AnyOf> {
        let mut terms = Vec::new();
        for role in OWN {
            terms.extend_from_slice(self.own_terms(role, word, level)?.terms());
        }
        Ok(AnyOf::of(terms))
    }

    /// Figures that the words alone make hits: some word is their own, or a number that they tell.
    pub(super) fn measured(&self, level: Level) -> Result<Option<Box<dyn Query>>> {
        let words = self.meaning.words().into_iter().filter(|word| !word.asks);
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for word in words {
            ways.push(self.own_word(word, level.max(Level::Typed))?.silent());
            if is_number(word) {
                ways.push(self.told(word));
            }
        }
        Ok((!ways.is_empty()).then(|| silent(Box::new(BooleanQuery::union(ways)))))
    }

    /// Figures whose indicator has some word that says what: the place alone makes no hit where more is asked.
    pub(super) fn some_indicator(&self, level: Level) -> Result<Box<dyn Query>> {
        let runs = self.meaning.runs.iter().map(without_time);
        let mut terms = Vec::new();
        for word in runs.flat_map(|run| run.words).filter(|word| !word.asks) {
            terms.extend_from_slice(self.own_terms(Role::Indicator, &word, level.max(Level::Typed))?.terms());
        }
        Ok(AnyOf::of(terms).silent())
    }

    /// Words as their own tell; a short form's words stand as they are at the exact level too.
    fn own_words<'r>(&self, run: &'r Run, level: Level) -> impl Iterator<Item = &'r QueryWord> + use<'r> {
        run.words.iter().filter(move |word| !word.asks && (level != Level::Exact || !word.joined))
    }

    /// The terms that a word has in names of a role.
    fn own_terms(&self, role: Role, word: &QueryWord, level: Level) -> Result<AnyOf> {
        let names = self.shared.fields.names;
        match own_name(role, word, level) {
            NameWord::Form(form) => Ok(AnyOf::one(Term::from_field_text(names, &form))),
            NameWord::Bare(bare) => self.statistics.forms_of(names, &bare),
        }
    }

    /// What a part asks of a figure's own words; `None` for nothing.
    fn own_part(&self, part: &Part, level: Level) -> Result<Option<Box<dyn Query>>> {
        let each = |parts: &[Part]| -> Result<Vec<Box<dyn Query>>> {
            let mut queries = Vec::with_capacity(parts.len());
            for part in parts {
                queries.push(match self.own_part(part, level)? {
                    Some(own) => own,
                    None => self.part(part, level)?,
                });
            }
            Ok(queries)
        };
        Ok(Some(match part {
            Part::Words(run) => {
                let mut words = Vec::new();
                for word in self.own_words(run, level) {
                    words.push(must(self.own_word(word, level)?.silent()));
                }
                self.query(words)
            }
            Part::Phrase(run) => {
                Box::new(BooleanQuery::union(OWN.map(|role| self.own_phrase(role, run, level)).into()))
            }
            Part::All(parts) => Box::new(BooleanQuery::intersection(each(parts)?)),
            Part::Any(parts) => Box::new(BooleanQuery::union(each(parts)?)),
            Part::Prefix(_) | Part::Filter(_) | Part::Not(_) => return Ok(None),
        }))
    }

    fn own_phrase(&self, role: Role, run: &Run, level: Level) -> Box<dyn Query> {
        let words = run.words.iter().map(|word| own_name(role, word, level)).collect();
        Box::new(InName::new(self.shared.fields.names, words))
    }

    /// Figures whose text has a number.
    fn told(&self, number: &QueryWord) -> Box<dyn Query> {
        let forms = self.shared.fields.text(self.unit).forms;
        AnyOf::one(Term::from_field_text(forms, &number.form)).silent()
    }

    /// Figures of a year: their own, or that of their meeting.
    fn of_year(&self, year: u32) -> Result<Box<dyn Query>> {
        let text = format!("period = {year} OR (NOT period:* AND date = {year})");
        let filter = filter::parse(&text, &fields(Unit::Figure))?;
        Ok(match filter {
            Some(filter) => compile(&filter, Unit::Figure, self.shared),
            None => Box::new(EmptyQuery),
        })
    }
}

/// A word as names of a role have it at a level.
fn own_name(role: Role, word: &QueryWord, level: Level) -> NameWord {
    let by_form = match level {
        Level::Exact | Level::Spelled => true,
        Level::Typed => word.marked,
        Level::Bare => false,
    };
    name_word(role, by_form.then_some(word.form.as_str()), &word.bare)
}

fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn must(query: Box<dyn Query>) -> <Clauses as IntoIterator>::Item {
    (Occur::Must, silent(query))
}
