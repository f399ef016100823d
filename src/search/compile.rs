//! From a checked filter to a query of the index.

use std::cell::RefCell;
use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    Bm25StatisticsProvider as _, BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::model::{Edtf, EntityId};
use crate::text::{Document, Typing};

use super::analysis::words;
use super::block::OfMeeting;
use super::days::day_range;
use super::error::Result;
use super::fields::{Place, place};
use super::filter::{Comparator, Filter, Literal, Test, name_key};
use super::in_name::{InName, NameWord};
use super::index::Shared;
use super::keys::{Role, any_term, code_term, entity_prefix, entity_term, name_word, unit_term, whole_name_term};
use super::named::OfEntities;
use super::query::exclusion::Excluded;
use super::request::{Link, OtherName, OtherNames, Rewrite};
use super::schema::Unit;
use super::stats::Statistics;

/// A query for the documents of a unit that pass a filter. It scores nothing.
pub(super) fn compile(filter: &Filter, unit: Unit, shared: &Shared) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(
        Compiler { unit, shared, names: None, told: RefCell::new(Ok(Vec::new())) }.filter(filter),
        0.0,
    ))
}

/// The same, where places are looked for as the units before and after them too; these are told.
pub(super) fn compile_filter(
    filter: &Filter,
    unit: Unit,
    shared: &Shared,
    names: Option<(&dyn OtherNames, &Statistics<'_>)>,
) -> Result<(Box<dyn Query>, Vec<Rewrite>)> {
    let compiler = Compiler { unit, shared, names, told: RefCell::new(Ok(Vec::new())) };
    let query = Box::new(ConstScoreQuery::new(compiler.filter(filter), 0.0));
    Ok((query, compiler.told.into_inner()?))
}

/// A query for all documents of a unit. It scores nothing.
pub(super) fn all_of(unit: Unit, shared: &Shared) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(exact(unit_term(&shared.fields, unit)), 0.0))
}

/// A query for the documents of a unit that name one of some entities, in whatever part; for figures, those of meetings that do. It
/// scores nothing.
pub(super) fn carries<'e>(unit: Unit, shared: &Shared, entities: impl Iterator<Item = &'e EntityId>) -> Box<dyn Query> {
    let terms: Vec<Box<dyn Query>> = entities.flat_map(|id| entity_terms(shared, id)).map(exact).collect();
    let named: Box<dyn Query> = Box::new(BooleanQuery::intersection(vec![
        all_of(if unit == Unit::Figure { Unit::Meeting } else { unit }, shared),
        any(terms),
    ]));
    let named = if unit == Unit::Figure { Box::new(OfMeeting::new(named, unit)) } else { named };
    Box::new(ConstScoreQuery::new(named, 0.0))
}

/// The keys that documents carry which name an entity.
pub(super) fn entity_terms(shared: &Shared, id: &EntityId) -> [Term; 5] {
    [Role::Convener, Role::Person, Role::Place, Role::Organization, Role::LegalDocument]
        .map(|role| entity_term(&shared.fields, role, id.as_str()))
}

struct Compiler<'a> {
    unit: Unit,
    shared: &'a Shared,
    names: Option<(&'a dyn OtherNames, &'a Statistics<'a>)>,
    /// Names that were looked for under others too, or why they could not be.
    told: RefCell<Result<Vec<Rewrite>>>,
}

fn exact(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn any(queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(queries))
}

impl Compiler<'_> {
    fn filter(&self, filter: &Filter) -> Box<dyn Query> {
        let each = |parts: &[Filter]| parts.iter().map(|part| self.filter(part)).collect();
        match filter {
            Filter::All(parts) => Box::new(BooleanQuery::intersection(each(parts))),
            Filter::Any(parts) => any(each(parts)),
            Filter::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, all_of(self.unit, self.shared)),
                (Occur::MustNot, Box::new(Excluded(self.filter(inner)))),
            ])),
            Filter::Test(test) => self.test(test),
        }
    }

    fn test(&self, test: &Test) -> Box<dyn Query> {
        // Every published field has its place (a test holds that).
        let Some((place, on_meeting)) = place(self.unit, test.field.name) else {
            return Box::new(EmptyQuery);
        };
        let query = match place {
            Place::Code(field) => self.code(field, &test.literal),
            Place::Name(role) => self.name(role, test.comparator, &test.literal),
            Place::Days(columns) => self.days(columns, test.comparator, &test.literal),
            Place::Range(columns) => self.range(columns, test.comparator, &test.literal),
            Place::Whole(column) => self.whole(column, test.comparator, &test.literal),
        };
        if !on_meeting {
            return query;
        }
        // Items name entities in the same keys.
        let is_of_items_too =
            matches!(place, Place::Name(Role::Person | Role::Place | Role::Organization | Role::LegalDocument));
        let query = if is_of_items_too {
            Box::new(BooleanQuery::intersection(vec![all_of(Unit::Meeting, self.shared), query]))
        } else {
            query
        };
        Box::new(OfMeeting::new(query, self.unit))
    }

    fn code(&self, field: &'static str, literal: &Literal) -> Box<dyn Query> {
        let value = match literal {
            // Every document has its meeting.
            Literal::Any if field == "meeting" => return all_of(self.unit, self.shared),
            Literal::Any => "*",
            Literal::Word(word) => word,
            Literal::Boolean(true) => "true",
            Literal::Boolean(false) => "false",
            // Ids are taken with or without their collection.
            Literal::Text(text) => text.rsplit_once('/').map_or(text.as_str(), |(_, id)| id),
            Literal::Number(_) | Literal::Date(_) | Literal::Time(..) => return Box::new(EmptyQuery),
        };
        exact(code_term(&self.shared.fields, field, value))
    }

    fn name(&self, role: Role, comparator: Comparator, literal: &Literal) -> Box<dyn Query> {
        let fields = &self.shared.fields;
        let Literal::Text(text) = literal else { return exact(any_term(fields, role)) };
        if let Some(id) = text.strip_prefix("entities/") {
            return exact(entity_term(fields, role, id));
        }
        if !role.is_of_entities() {
            return self.name_in(role, comparator, text);
        }
        let named = self.name_in(Role::Named, comparator, text);
        let named = OfEntities::new(named, fields.keys, entity_prefix(role));
        let mut ways: Vec<Box<dyn Query>> = vec![exact(entity_term(fields, role, text)), Box::new(named)];
        if role == Role::Place {
            ways.extend(self.before_and_after(text));
        }
        any(ways)
    }

    /// Documents that name a unit before or after the one that a text names.
    fn before_and_after(&self, text: &str) -> Vec<Box<dyn Query>> {
        let Some((names, statistics)) = self.names else { return Vec::new() };
        let others = match names.of(text, false) {
            Ok(others) => others,
            Err(error) => {
                *self.told.borrow_mut() = Err(error);
                return Vec::new();
            }
        };
        let others = others.into_iter().filter(|other| matches!(other.link, Link::Successor | Link::Predecessor));
        let way = |other: OtherName| {
            let term = entity_term(&self.shared.fields, Role::Place, other.entity.as_str());
            if statistics.doc_freq(&term).is_ok_and(|documents| documents == 0) {
                return None;
            }
            if let Ok(told) = &mut *self.told.borrow_mut() {
                let rewrite = Rewrite { from: text.to_owned(), to: other.name, link: other.link };
                if !told.contains(&rewrite) {
                    told.push(rewrite);
                }
            }
            Some(exact(term))
        };
        others.filter_map(way).collect()
    }

    /// Documents that have the name themselves.
    fn name_in(&self, role: Role, comparator: Comparator, text: &str) -> Box<dyn Query> {
        if comparator == Comparator::Has {
            return self.part_of_name(role, text);
        }
        let name = name_key(text, Typing::Hasty, &self.shared.abbreviations);
        exact(whole_name_term(&self.shared.fields, role, &name))
    }

    fn part_of_name(&self, role: Role, text: &str) -> Box<dyn Query> {
        let document = Document::new(text);
        let words: Vec<NameWord> = words(document.text(), Typing::Hasty, &self.shared.abbreviations)
            .iter()
            .map(|word| name_word(role, word.is_marked().then_some(word.form.as_str()), &word.bare()))
            .collect();
        if words.is_empty() {
            // Signs alone are a whole name or none.
            let name = name_key(text, Typing::Hasty, &self.shared.abbreviations);
            return exact(whole_name_term(&self.shared.fields, role, &name));
        }
        Box::new(InName::new(self.shared.fields.names, words))
    }

    /// Holds if some day of the stored date fits.
    fn days(&self, columns: [&'static str; 2], comparator: Comparator, literal: &Literal) -> Box<dyn Query> {
        let [first, last] = columns.map(|name| self.shared.fields.column(name));
        let date: Edtf = match literal {
            Literal::Date(date) => *date,
            // Those without a year have no days.
            _ => {
                let yearless = exact(code_term(&self.shared.fields, columns[0], "*"));
                return any(vec![Box::new(ExistsQuery::new(columns[0].to_owned(), false)), yearless]);
            }
        };
        let Some((from, to)) = day_range(date) else { return Box::new(EmptyQuery) };
        let at = Term::from_field_i64;
        match comparator {
            Comparator::Less => below(at(first, from), false),
            Comparator::LessOrEqual => below(at(first, to), true),
            Comparator::Greater => above(at(last, to), false),
            Comparator::GreaterOrEqual => above(at(last, from), true),
            Comparator::Equal | Comparator::Has => {
                Box::new(BooleanQuery::intersection(vec![below(at(first, to), true), above(at(last, from), true)]))
            }
        }
    }

    fn range(&self, columns: [&'static str; 2], comparator: Comparator, literal: &Literal) -> Box<dyn Query> {
        let [low, high] = columns.map(|name| self.shared.fields.column(name));
        let Literal::Number(value) = *literal else {
            return Box::new(ExistsQuery::new(columns[0].to_owned(), false));
        };
        compare([low, high], comparator, |field| Term::from_field_f64(field, value))
    }

    fn whole(&self, column: &'static str, comparator: Comparator, literal: &Literal) -> Box<dyn Query> {
        let field = self.shared.fields.column(column);
        let Literal::Number(value) = *literal else {
            return Box::new(ExistsQuery::new(column.to_owned(), false));
        };
        // Whole numbers next to a fraction: above 2.5 is above 2, below 2.5 is below 3.
        let (floor, ceiling) = (value.floor() as i64, value.ceil() as i64);
        let at = |number| Term::from_field_i64(field, number);
        match comparator {
            Comparator::Less => below(at(ceiling), false),
            Comparator::LessOrEqual => below(at(floor), true),
            Comparator::Greater => above(at(floor), false),
            Comparator::GreaterOrEqual => above(at(ceiling), true),
            Comparator::Equal | Comparator::Has if floor != ceiling => Box::new(EmptyQuery),
            Comparator::Equal | Comparator::Has => {
                Box::new(BooleanQuery::intersection(vec![below(at(floor), true), above(at(floor), true)]))
            }
        }
    }
}

/// Compares a stored range, lower and upper end, with one value.
fn compare([low, high]: [Field; 2], comparator: Comparator, at: impl Fn(Field) -> Term) -> Box<dyn Query> {
    match comparator {
        Comparator::Less => below(at(low), false),
        Comparator::LessOrEqual => below(at(low), true),
        Comparator::Greater => above(at(high), false),
        Comparator::GreaterOrEqual => above(at(high), true),
        Comparator::Equal | Comparator::Has => {
            Box::new(BooleanQuery::intersection(vec![below(at(low), true), above(at(high), true)]))
        }
    }
}

fn bound(term: Term, inclusive: bool) -> Bound<Term> {
    if inclusive { Bound::Included(term) } else { Bound::Excluded(term) }
}

fn below(term: Term, inclusive: bool) -> Box<dyn Query> {
    Box::new(RangeQuery::new(Bound::Unbounded, bound(term, inclusive)))
}

fn above(term: Term, inclusive: bool) -> Box<dyn Query> {
    Box::new(RangeQuery::new(bound(term, inclusive), Bound::Unbounded))
}
