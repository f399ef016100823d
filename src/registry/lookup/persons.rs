//! Scores of people: by name, by office, by both, and by the report that the words stand in.

use super::context::QueryContext;
use super::gender::Gender;
use super::holders::by_office;
use super::names::{Fit, Typed};
use super::office_fit::{Asked, OfficeFit, office_fit};
use super::rank::{Fetched, Scored};
use super::reading::{OfficeReading, QueryReading};
use crate::model::{Entity, EntityId, Tenure};
use crate::registry::keys::{Family, Jurisdiction, Naming, Organization};
use crate::text::fold;

/// Of those who bear a name, one who is spoken of this much is meant by it: of forty reports that give the name, thirty-nine mean that person.
const OUTSHINES: f64 = 0.97;

/// A candidate with what speaks for it.
struct Person {
    entity: Entity,
    name: Option<(Fit, String)>,
    office: Option<OfficeFit>,
    /// The name typed is one word.
    one_word: bool,
    /// Named in the report that the words stand in.
    in_report: bool,
    /// Seen in an office in the place that the words say the person is from.
    from_there: bool,
    /// Seen in an office of another body that leads the place of the one asked about.
    beside: bool,
}

pub(super) fn score(
    reading: &QueryReading,
    context: &QueryContext,
    found: Vec<Fetched>,
    unread: usize,
    naming: &Naming,
) -> Vec<Scored> {
    let asked = AskedFor {
        reading,
        context,
        name: reading.name.as_ref().map(|name| Typed::new(&name.text).with_marks(reading.has_marks)),
        offices: reading.offices.iter().map(|office| Asked::new(office, reading.has_marks, naming)).collect(),
    };
    let mut people: Vec<Person> = Vec::with_capacity(found.len());
    people.extend(found.into_iter().filter_map(|one| person(one, &asked, naming)));
    match (&reading.name, reading.offices.is_empty()) {
        (Some(_), _) => by_name(people, unread, reading).into_iter().map(|one| called(one, reading.gender)).collect(),
        (None, false) => {
            let people = people.into_iter().filter_map(|person| Some((person.entity, person.office?)));
            by_office(people.collect(), reading, context)
        }
        (None, true) => Vec::new(),
    }
}

/// A candidate whom the words call a man or a woman: one whose name tells otherwise is hardly meant.
fn called(mut one: Scored, gender: Option<Gender>) -> Scored {
    let own = gender.and_then(|_| Gender::of_name(&one.entity.display_name));
    if own.is_some() && own != gender {
        one.score *= 0.5;
        one.certain = false;
        let reason = match own {
            Some(Gender::Woman) => "the name is a woman's, and the words call a man",
            _ => "the name is a man's, and the words call a woman",
        };
        one.reasons.push(reason.to_owned());
    }
    one
}

/// What every candidate is compared with, made ready once.
struct AskedFor<'a> {
    reading: &'a QueryReading,
    context: &'a QueryContext,
    name: Option<Typed<'a>>,
    offices: Vec<Asked<'a>>,
}

/// Takes a candidate up if its name fits, where a name was typed, else if an office fits.
fn person(found: Fetched, asked: &AskedFor<'_>, naming: &Naming) -> Option<Person> {
    let Fetched { entity, homes, .. } = found;
    let in_report = asked.context.people.iter().find(|person| person.id == entity.id);
    let name = match &asked.name {
        Some(typed) => Some(best_name(&entity, typed, naming)?),
        None => None,
    };
    let given = in_report.map(|person| person.offices.as_slice()).unwrap_or_default();
    let date = asked.context.date();
    let named = name.is_some();
    let fits = asked.offices.iter().filter_map(|office| office_fit(&entity, office, named, given, date, naming));
    let office =
        fits.min_by_key(|fit| (!fit.in_report, fit.untold, fit.former, fit.holding, fit.gap.unwrap_or(i32::MAX)));
    let from_there = asked.reading.from.as_ref().is_some_and(|site| naming.lies_in_any(&homes, site));
    let in_report = in_report.is_some();
    let of_body = |tenure: &Tenure, bodies: &[EntityId]| {
        tenure.organization_id.as_ref().is_some_and(|body| bodies.contains(body))
    };
    let beside = asked.offices.iter().any(|office| entity.tenures.iter().any(|tenure| of_body(tenure, &office.beside)));
    let one_word = asked.reading.name.as_ref().is_some_and(|name| !name.text.contains(' '));
    (named || office.is_some()).then_some(Person { one_word, in_report, from_there, beside, entity, name, office })
}

/// The name of a person that fits best, the one shown before others that fit as well.
fn best_name(entity: &Entity, typed: &Typed<'_>, naming: &Naming) -> Option<(Fit, String)> {
    let others = entity.aliases.iter().map(|alias| &alias.name).filter(|name| **name != entity.display_name);
    let names = std::iter::once(&entity.display_name).chain(others);
    let best = names.filter_map(|name| Some((typed.fit(name, naming)?, name))).min_by_key(|(fits, _)| *fits);
    best.map(|(fits, name)| (fits, name.clone()))
}

/// How near the name of a candidate is to what was typed; less is nearer.
type Nearness = (u8, Fit);

impl Person {
    /// Of guesses, those in the report go before all others: there "Văn Thọ" is part of a name, and elsewhere nearly another. A name of one word is that
    /// of somebody in the report, before all who are known by that word alone.
    fn nearness(&self) -> Option<Nearness> {
        let (fit, _) = self.name.as_ref()?;
        let group = match (fit, self.in_report) {
            (Fit::Part | Fit::PartUnaccented, true) if self.one_word => 0,
            (fit, false) if self.one_word && fit.is_certain() => 1,
            (fit, _) if fit.is_certain() => 0,
            (Fit::Part | Fit::PartUnaccented, true) => 1,
            (_, true) => 2,
            (_, false) => 3,
        };
        Some((group, *fit))
    }

    /// Seen in an office asked about, at the body that was typed with it.
    fn is_in_office(&self) -> bool {
        self.office.as_ref().is_some_and(|office| !office.untold)
    }
}

const ONLY_IN_OFFICE: &str = "the only one of the name in the office";

/// What tells several bearers of a name apart, among those whose names fit best.
struct Tellers {
    nearest: Option<Nearness>,
    in_report: usize,
    in_office: usize,
    from_there: usize,
    /// How much all of them are spoken of.
    weight: f64,
    /// An office was typed, a body, a place.
    office: bool,
    body: bool,
    place: bool,
    /// An office was typed that many bodies have, and none of them.
    any_body: bool,
    /// A body was typed by no more than its kind, as before the names of schools, which are those of people: "Trường THPT Lê Văn A".
    nameless_body: bool,
    /// Words that mean nothing known were typed too.
    leaves_words: bool,
}

impl Tellers {
    fn of(people: &[Person], unread: usize, reading: &QueryReading) -> Self {
        let nearest = people.iter().filter_map(Person::nearness).min();
        let best: Vec<&Person> = people.iter().filter(|person| person.nearness() == nearest).collect();
        // Others are spoken of no more than the least of these.
        let least = best.iter().map(|person| weight(person)).min_by(f64::total_cmp).unwrap_or_default();
        let of_others = least * f64::from(u32::try_from(unread).unwrap_or(u32::MAX));
        let count = |has: fn(&Person) -> bool| best.iter().filter(|person| has(person)).count();
        Self {
            nearest,
            in_report: count(|person| person.in_report),
            in_office: count(Person::is_in_office),
            from_there: count(|person| person.from_there),
            weight: best.iter().map(|person| weight(person)).sum::<f64>() + of_others,
            office: !reading.offices.is_empty(),
            body: reading.offices.iter().any(|office| office.organization.is_some() || is_of_state(office)),
            place: reading.from.is_some(),
            any_body: reading.offices.iter().any(|office| {
                let minister = ["Bộ trưởng", "Thứ trưởng"];
                office.organization.is_none() && !office.titles.iter().any(|title| minister.contains(&title.as_str()))
            }),
            nameless_body: reading.offices.iter().filter_map(|office| office.organization.as_ref()).any(is_nameless),
            leaves_words: reading.leaves_words,
        }
    }

    /// Why it is this person and no other of the name; `None` where nothing says so.
    fn reason(&self, person: &Person) -> Option<&'static str> {
        if person.nearness() != self.nearest {
            return None;
        }
        match () {
            () if person.in_report && self.in_report == 1 => Some("named in the report"),
            () if person.is_in_office() && self.in_office == 1 => Some(ONLY_IN_OFFICE),
            () if person.from_there && self.from_there == 1 => Some("the only one of the name with an office there"),
            () => None,
        }
    }

    /// True if something tells which of the people is meant.
    fn tell(&self) -> bool {
        self.in_report == 1 || self.in_office == 1 || self.from_there == 1
    }
}

/// People by the name typed, and by the office or the place typed with it.
fn by_name(people: Vec<Person>, unread: usize, reading: &QueryReading) -> Vec<Scored> {
    let tellers = Tellers::of(&people, unread, reading);
    people.into_iter().filter_map(|person| named(person, &tellers)).collect()
}

fn named(person: Person, tellers: &Tellers) -> Option<Scored> {
    let (fit, matched) = person.name.clone()?;
    let reason = tellers.reason(&person);
    let own = weight(&person);
    let is_best = person.nearness() == tellers.nearest;
    let is_in_office = person.is_in_office();
    let mut one = Scored {
        score: if is_best { fit.score() } else { fit.score() * 0.5 },
        certain: is_best && fit.is_certain(),
        matched,
        reasons: vec![fit.reason().to_owned()],
        entity: person.entity,
    };
    if let Some(office) = &person.office {
        one.reasons.push(format!("was seen as {}", office.text));
    }
    // "Bí thư Khang": of many committees' secretaries one of that given name is known, which is no reason to act.
    if reason == Some(ONLY_IN_OFFICE) && tellers.any_body && fit >= Fit::Part {
        one.score = 0.7;
        one.certain = false;
        one.reasons.push("the only one of the name known in such an office, of whatever body".to_owned());
        return Some(one);
    }
    if let Some(reason) = reason {
        // A name that is nearly the same stays a guess, whatever speaks for it.
        one.score = if fit == Fit::Near { one.score.max(0.7) } else { 0.95 };
        one.certain = fit != Fit::Near;
        one.reasons.push(reason.to_owned());
        return Some(one);
    }
    if tellers.tell() {
        one.score *= 0.3;
        one.certain = false;
        return Some(one);
    }
    if tellers.office && !is_in_office {
        let (factor, certain, reason) = match () {
            () if person.beside => (0.9, true, "was not seen in the office named, but in another that leads the place"),
            () if person.office.is_some() => (0.8, false, "no report tells of what body"),
            () if tellers.nameless_body => {
                (0.6, false, "was not seen in the office named, and may be whom a body is named after")
            }
            () if one.entity.tenures.is_empty() => (0.9, true, "no office of the person is known"),
            () if tellers.body => (0.6, false, "was not seen in the office named"),
            () => (0.85, true, "was not seen in the office named"),
        };
        one.score *= factor;
        one.certain &= certain;
        one.reasons.push(reason.to_owned());
    }
    if tellers.leaves_words {
        one.score *= 0.7;
        one.certain = false;
        one.reasons.push("more was typed than was understood".to_owned());
    }
    if tellers.place && !person.from_there {
        one.score *= 0.6;
        one.certain = false;
        one.reasons.push("was not seen in an office there".to_owned());
    }
    if tellers.weight > own && is_best {
        let share = own / tellers.weight;
        one.score *= share;
        one.certain &= share >= OUTSHINES;
        let reason =
            if share >= OUTSHINES { "others who bear the name are hardly spoken of" } else { "others bear the name" };
        one.reasons.push(reason.to_owned());
    }
    Some(one)
}

/// True for offices that are those of a state, though none was typed: whoever is known in others here is not meant.
fn is_of_state(office: &OfficeReading) -> bool {
    const OF_STATES: [&str; 3] = ["tong thong", "pho tong thong", "quoc vuong"];
    office.titles.iter().any(|title| OF_STATES.contains(&fold::unaccented(title).as_str()))
}

/// True for a school, a company or the like of which no more than the kind is told.
fn is_nameless(body: &Organization) -> bool {
    let own_name = matches!(body.family, Family::School | Family::Company | Family::Other);
    own_name && matches!(body.key.jurisdiction, Jurisdiction::Unknown(_))
}

/// How much a person is spoken of: who is named at more meetings is meant more often. Mentions would count one long report as many.
fn weight(person: &Person) -> f64 {
    f64::from(u32::try_from(person.entity.meeting_count.max(1)).unwrap_or(u32::MAX))
}
