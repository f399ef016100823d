//! People, the offices they are given, and the short forms that mean them.
//!
//! | file | grammar of |
//! |---|---|
//! | `names` | personal names |
//! | `offices` (with `titles`) | titles with their organizations, chains of them |
//! | `scan` (with `mentions`) | how people are found in the text, with short forms on the way |
//! | `introductions` | what stands around a name |
//! | `joins` | what stands between an office and a name |
//! | `bare` | offices whose body the report names elsewhere |
//! | `changes` | offices taken up and left |
//! | `elsewhen` | which of them changed hands at another time |
//! | `coreference` | whom a short form means |
//! | `roles` | what part a person has in the meeting |

mod bare;
mod changes;
mod coreference;
mod elsewhen;
mod introductions;
mod joins;
mod lexicons;
pub(super) mod names;
mod offices;
mod relatives;
mod roles;
mod scan;

#[cfg(test)]
mod tests;

pub(super) use offices::Titles;

use std::ops::Range;

use super::words::Heard;
use super::{Context, Found};
use crate::model::{Diagnostic, DiagnosticReason, OfficeFact, PersonFact};
use crate::text::{Reading, fold};
use offices::Office;

/// The people a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct People {
    /// Each person under the fullest name, in order of first mention, those known only by a given name last; roles and offices filled in.
    pub(super) facts: Vec<PersonFact>,
    /// Every mention in text order with the index of the person in `facts`: full names, short forms ("ông Nghị", "đồng chí", "ông"), and
    /// offices used as names ("Bí thư Thành ủy nhấn mạnh"). A mention covers name and honorific or, for the last, the office.
    pub(super) mentions: Vec<Found<usize>>,
    /// Who chairs the meeting, as far as it is said: whom "chủ tọa kỳ họp" means.
    pub(super) chair: Option<usize>,
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
        let mut scan = scan::Scanner::new(context, &self.lexicons).scan(context);
        coreference::join_variants(reading, &mut scan);
        coreference::name_unknown(reading, &mut scan);
        let (parts, ambiguous) = coreference::resolve(reading, &scan.people, &scan.mentions);
        let roles = roles::roles(reading, &self.lexicons, &scan.people, &parts);
        coreference::lead_abroad(reading, &self.lexicons, &mut scan.people);
        bare::complete(reading, &self.lexicons, &context.organizations, &mut scan);
        elsewhen::tell_apart(context, scan.people.iter_mut().flat_map(|draft| &mut draft.offices));
        let facts = scan.people.iter().zip(roles.of).map(|(draft, role)| PersonFact {
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
            chair: roles.chair,
            diagnostics: diagnostics.collect(),
            mentions: parts.into_iter().map(|part| Found { tokens: part.tokens, value: part.person }).collect(),
        }
    }
}

impl Recognizer {
    /// What a short text says of one person: the first named, or the offices used as a name.
    pub(super) fn hear(&self, context: &Context<'_>) -> Heard {
        let reading = context.reading;
        let scan = scan::Scanner::new(context, &self.lexicons).scan(context);
        let mut heard = Heard::default();
        let first = reading.tokens.first().and_then(|_| self.lexicons.honorifics.longest(&reading.tokens, 0));
        heard.honorific = first.filter(|(_, honorific)| honorific.is_gender()).map(|(end, _)| 0..end);
        let mut offices: Vec<Office> = Vec::new();
        for mention in &scan.mentions {
            match &mention.who {
                scan::Who::Person(person) => {
                    let draft = &scan.people[*person];
                    heard.name = Some(draft.name.clone());
                    offices.extend(draft.offices.iter().cloned());
                    break;
                }
                scan::Who::Short(_, words) => {
                    heard.name = Some(mention.tokens.end - words.len()..mention.tokens.end);
                    heard.given_name_only = true;
                }
                scan::Who::Offices(held) => offices.extend(held.iter().cloned()),
                scan::Who::Pronoun(_) => {}
            }
        }
        heard.offices = offices_of(reading, &offices);
        heard
    }

    /// The words of a text that are honorifics or titles.
    pub(super) fn known_words(&self, reading: &Reading) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < reading.tokens.len() {
            let title = self.lexicons.titles.at(reading, at).map(|(end, _)| end);
            let end = title.or_else(|| self.lexicons.honorifics.longest(&reading.tokens, at).map(|(end, _)| end));
            found.extend(end.map(|end| at..end));
            at = end.unwrap_or(at + 1);
        }
        found
    }
}

/// An office of a person as it is told, its title and body also in spelling form.
struct Told<'a> {
    title: &'a str,
    body: String,
    changed: bool,
    fact: OfficeFact,
}

/// Each office once, in order of first mention; what any mention adds (its body, that it begins or is past) is kept.
fn offices_of(reading: &Reading, offices: &[Office]) -> Vec<OfficeFact> {
    let mut told: Vec<Told<'_>> = Vec::new();
    let member = [fold::spelling("UV"), fold::spelling("Ủy viên")];
    // Who chairs a session holds no office by it.
    let chair = fold::spelling("Chủ tọa");
    let government = fold::spelling("Chính phủ");
    for office in offices.iter().filter(|office| office.title_key != chair) {
        let full = if office.is_elsewhere(offices) {
            &office.body.written
        } else {
            office.pointed_back(offices).unwrap_or(&office.body.full)
        };
        let body = fold::spelling(full);
        let same = told.iter_mut().find(|Told { title, body: known, .. }| {
            // "UV BTV" beside "Ủy viên Ban Thường vụ".
            let is_member = |title: &str| member.iter().any(|member| member == title);
            let equal = *title == office.title_key || is_member(title) && is_member(&office.title_key);
            // The "Thủ tướng" of one who is the "Thủ tướng Lào" is no other.
            let implied = || office.of_state && (*known == government || body == government);
            equal && (*known == body || known.is_empty() || body.is_empty() || implied())
        });
        if let Some(Told { body: known, changed, fact, .. }) = same {
            *changed |= office.changed;
            fact.former |= office.former;
            fact.acting |= office.acting;
            fact.begins |= office.begins;
            fact.ends |= office.ends;
            fact.proposed &= office.proposed;
            if (known.is_empty() || *known == government) && !body.is_empty() {
                fact.organization.clone_from(full);
                *known = body;
            }
            continue;
        }
        let fact = OfficeFact {
            title: reading.text(office.title.clone()).to_owned(),
            organization: full.clone(),
            text: reading.text(office.tokens.clone()).to_owned(),
            former: office.former,
            acting: office.acting,
            begins: office.begins,
            ends: office.ends,
            proposed: office.proposed,
            span: reading.span(office.tokens.clone()),
        };
        told.push(Told { title: &office.title_key, body, changed: office.changed, fact });
    }
    // "phó bí thư" beside "phó bí thư thường trực Thành ủy" says nothing new, nor "Chủ tịch tỉnh" beside "Chủ tịch UBND tỉnh".
    let says_more = |short: &Told<'_>, long: &Told<'_>| {
        let longer =
            (short.body.is_empty() && long.title.len() > short.title.len() && long.title.starts_with(short.title))
                || (short.title == long.title
                    && long.body.len() > short.body.len()
                    && (is_unit_of(&short.body, &long.body) || is_of_state(&short.body, &long.body)));
        longer && !short.changed
    };
    let keep: Vec<bool> = told.iter().map(|one| !told.iter().any(|other| says_more(one, other))).collect();
    told.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(told, _)| told.fact).collect()
}

/// True if a body in spelling form is another's without its state: the "Quốc hội" of the "Chủ tịch Quốc hội Lào".
fn is_of_state(short: &str, long: &str) -> bool {
    ["Quốc hội", "Bộ "].iter().any(|body| short.starts_with(fold::spelling(body).as_str()))
        && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}

/// True if a body in spelling form is only the place of another: "tinh3" of "ubnd tinh3 lam2 ha".
fn is_unit_of(short: &str, long: &str) -> bool {
    !short.is_empty() && (long.ends_with(short) || long.contains(&format!(" {short} ")))
}
