//! From a checked filter to a query of the index.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::model::Edtf;
use crate::text::{Document, Typing};

use super::analysis::words;
use super::block::OfMeeting;
use super::days::day_range;
use super::fields::{Place, place};
use super::filter::{Comparator, Filter, Literal, Test, name_key};
use super::index::Shared;
use super::keys::{Role, any_term, code_term, entity_prefix, entity_term, name_word_term, unit_term, whole_name_term};
use super::named::OfEntities;
use super::query::exclusion::Excluded;
use super::schema::Unit;

/// A query for the documents of a unit that pass a filter. It scores nothing.
pub(super) fn compile(filter: &Filter, unit: Unit, shared: &Shared) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Compiler { unit, shared }.filter(filter), 0.0))
}

/// A query for all documents of a unit. It scores nothing.
pub(super) fn all_of(unit: Unit, shared: &Shared) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(exact(unit_term(&shared.fields, unit)), 0.0))
}

struct Compiler<'a> {
    unit: Unit,
    shared: &'a Shared,
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
        if on_meeting { Box::new(OfMeeting::new(query, unit_term(&self.shared.fields, self.unit))) } else { query }
    }

    fn code(&self, field: &'static str, literal: &Literal) -> Box<dyn Query> {
        let value = match literal {
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
        any(vec![exact(entity_term(fields, role, text)), Box::new(named)])
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
        let mut terms: Vec<Term> = words(document.text(), Typing::Hasty, &self.shared.abbreviations)
            .iter()
            .map(|word| {
                let form = word.is_marked().then_some(word.form.as_str());
                name_word_term(&self.shared.fields, role, form, &word.bare())
            })
            .collect();
        if terms.len() > 1 {
            return Box::new(PhraseQuery::new(terms));
        }
        match terms.pop() {
            Some(term) => exact(term),
            None => Box::new(EmptyQuery),
        }
    }

    /// Holds if some day of the stored date fits.
    fn days(&self, columns: [&'static str; 2], comparator: Comparator, literal: &Literal) -> Box<dyn Query> {
        let [first, last] = columns.map(|name| self.shared.fields.column(name));
        let date: Edtf = match literal {
            Literal::Date(date) => *date,
            _ => return Box::new(ExistsQuery::new(columns[0].to_owned(), false)),
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
