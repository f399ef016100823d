//! People, the offices they are given, and the short forms that mean them.
//!
//! | file | grammar of |
//! |---|---|
//! | `names` | personal names |
//! | `offices` | titles with their organizations, chains of them |
//! | `scan` | how people are introduced, and the short forms found on the way |
//! | `coreference` | whom a short form means |
//! | `roles` | what part a person has in the meeting |

mod coreference;
mod lexicons;
pub(super) mod names;
mod offices;
mod roles;
mod scan;

pub(super) use offices::Titles;

use super::{Context, Found};
use crate::model::{Diagnostic, DiagnosticReason, OfficeFact, PersonFact};
use crate::text::{Reading, fold};
use offices::Office;

/// The people a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct People {
    /// Each person, in order of first mention, under the fullest name; roles and offices filled in.
    pub(super) facts: Vec<PersonFact>,
    /// Every mention in text order with the index of the person in `facts`: full names, short forms ("ông Nghị", "đồng chí", "ông"), and
    /// offices used as names ("Bí thư Thành ủy nhấn mạnh"). A mention covers name and honorific or, for the last, the office.
    pub(super) mentions: Vec<Found<usize>>,
    /// Short forms that could mean several people.
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {
    lexicons: lexicons::Lexicons,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { lexicons: lexicons::Lexicons::new() }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> People {
        let reading = context.reading;
        let scan = scan::Scanner::new(context, &self.lexicons).scan(context);
        let (parts, ambiguous) = coreference::resolve(reading, &scan.people, &scan.mentions);
        let roles = roles::roles(reading, &self.lexicons, &scan.people, &parts);
        let facts = scan.people.iter().zip(roles).map(|(draft, role)| PersonFact {
            name: reading.text(draft.name.clone()).to_owned(),
            role,
            offices: offices_of(reading, &draft.offices),
            spans: Vec::new(),
        });
        let diagnostics = ambiguous.iter().map(|short| Diagnostic {
            reason: DiagnosticReason::AmbiguousPerson,
            message: "several people of the report could be meant; the one named last is taken".to_owned(),
            span: Some(reading.span(scan.mentions[short.mention].tokens.clone())),
        });
        People {
            facts: facts.collect(),
            diagnostics: diagnostics.collect(),
            mentions: parts.into_iter().map(|part| Found { tokens: part.tokens, value: part.person }).collect(),
        }
    }
}

/// Each office once, in order of first mention; what any mention adds (its body, that it begins or is past) is kept.
fn offices_of(reading: &Reading, offices: &[Office]) -> Vec<OfficeFact> {
    let mut facts: Vec<(String, OfficeFact)> = Vec::new();
    for office in offices {
        let body = fold::spelling(&office.body.full);
        let same = facts.iter_mut().find(|(known, fact)| {
            fold::spelling(&fact.title) == office.title_key && (*known == body || known.is_empty() || body.is_empty())
        });
        if let Some((known, fact)) = same {
            fact.former |= office.former;
            fact.acting |= office.acting;
            fact.begins |= office.begins;
            fact.ends |= office.ends;
            if known.is_empty() && !body.is_empty() {
                fact.organization.clone_from(&office.body.full);
                *known = body;
            }
            continue;
        }
        facts.push((
            body,
            OfficeFact {
                title: reading.text(office.title.clone()).to_owned(),
                organization: office.body.full.clone(),
                text: reading.text(office.tokens.clone()).to_owned(),
                former: office.former,
                acting: office.acting,
                begins: office.begins,
                ends: office.ends,
                span: reading.span(office.tokens.clone()),
            },
        ));
    }
    facts.into_iter().map(|(_, fact)| fact).collect()
}
