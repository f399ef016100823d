//! Scores of people: by name, by office, by both, and by the report that the words stand in.

use jiff::civil::Date;

use super::context::{ContextOffice, QueryContext};
use super::index::{IndexKey, name_key};
use super::names::{Fit, Typed};
use super::rank::{Fetched, Scored};
use super::reading::{OfficeReading, QueryReading};
use crate::model::{Edtf, Entity, EntityId, Tenure};
use crate::registry::keys::{Jurisdiction, Naming, Organization, OrganizationKey, Parent};
use crate::registry::offices::Rank;
use crate::registry::people::{Holding, as_of};
use crate::registry::setting::Setting;
use crate::text::{Typing, fold};

/// Evidence this near to a date still tells who held an office, if nobody else was seen in it near that date.
const NEAR_DAYS: i32 = 92;

/// A candidate with what speaks for it.
struct Person {
    entity: Entity,
    name: Option<(Fit, String)>,
    office: Option<OfficeFit>,
    /// Named in the report that the words stand in.
    in_report: bool,
    /// Seen in an office in the place that the words say the person is from.
    from_there: bool,
    /// Seen in an office of another body that leads the place of the one asked about.
    beside: bool,
}

/// How a tenure fits an office asked about.
#[derive(Debug, Clone)]
struct OfficeFit {
    /// The report that the words stand in gives the office.
    in_report: bool,
    holding: Holding,
    /// Days between the date asked about and the nearest evidence.
    gap: Option<i32>,
    /// A report tells of taking it up at the date asked about.
    begins: bool,
    /// Only as a past office.
    former: bool,
    text: String,
    last: Option<Date>,
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
        name: reading.name.as_ref().map(|name| Typed::new(&name.text)),
        offices: reading.offices.iter().map(|office| Asked::new(office, naming)).collect(),
    };
    let people: Vec<Person> = found.into_iter().filter_map(|one| person(one, &asked, naming)).collect();
    match (&reading.name, reading.offices.is_empty()) {
        (Some(_), _) => by_name(people, unread, reading),
        (None, false) => by_office(people, reading, context),
        (None, true) => Vec::new(),
    }
}

/// What every candidate is compared with, made ready once.
struct AskedFor<'a> {
    reading: &'a QueryReading,
    context: &'a QueryContext,
    name: Option<Typed<'a>>,
    offices: Vec<Asked<'a>>,
}

/// An office asked about.
struct Asked<'a> {
    office: &'a OfficeReading,
    titles: Titles,
    body: Option<EntityId>,
    /// The bodies that lead the place of the body, where it is one of them: whoever is in one is often in another, at once or later.
    beside: Vec<EntityId>,
    /// The body's words in the form in which names are compared; `None` where none are typed.
    written: Option<IndexKey>,
}

impl<'a> Asked<'a> {
    fn new(office: &'a OfficeReading, naming: &Naming) -> Self {
        let body = office.organization.as_ref();
        Self {
            office,
            titles: Titles::of(std::slice::from_ref(office)),
            body: body.map(|body| body.key.entity_id()),
            beside: body.map(leading_beside).unwrap_or_default(),
            written: (!office.written.is_empty()).then(|| name_key(&office.written, naming, Typing::Hasty)),
        }
    }
}

/// Titles asked about, marks left out.
#[derive(Debug)]
pub struct Titles {
    /// An office was asked about without its title.
    any: bool,
    bare: Vec<String>,
}

impl Titles {
    /// Those of some offices.
    #[must_use]
    pub fn of(offices: &[OfficeReading]) -> Self {
        Self {
            any: offices.iter().any(|office| office.titles.is_empty()),
            bare: offices.iter().flat_map(|office| &office.titles).map(|title| fold::unaccented(title)).collect(),
        }
    }

    /// True if this is one of them.
    #[must_use]
    pub fn have(&self, title: &str) -> bool {
        self.any || self.bare.iter().any(|bare| fold::is_unaccented(title, bare))
    }
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
    let office = fits.min_by_key(|fit| (!fit.in_report, fit.former, fit.holding, fit.gap.unwrap_or(i32::MAX)));
    let from_there = asked.reading.from.as_ref().is_some_and(|site| naming.lies_in_any(&homes, site));
    let in_report = in_report.is_some();
    let of_body = |tenure: &Tenure, bodies: &[EntityId]| {
        tenure.organization_id.as_ref().is_some_and(|body| bodies.contains(body))
    };
    let beside = asked.offices.iter().any(|office| entity.tenures.iter().any(|tenure| of_body(tenure, &office.beside)));
    (named || office.is_some()).then_some(Person { in_report, from_there, beside, entity, name, office })
}

/// The name of a person that fits best, the one shown before others that fit as well.
fn best_name(entity: &Entity, typed: &Typed<'_>, naming: &Naming) -> Option<(Fit, String)> {
    let others = entity.aliases.iter().map(|alias| &alias.name).filter(|name| **name != entity.display_name);
    let names = std::iter::once(&entity.display_name).chain(others);
    let best = names.filter_map(|name| Some((typed.fit(name, naming)?, name))).min_by_key(|(fits, _)| *fits);
    best.map(|(fits, name)| (fits, name.clone()))
}

fn office_fit(
    entity: &Entity,
    asked: &Asked<'_>,
    named: bool,
    in_report: &[ContextOffice],
    date: Option<Edtf>,
    naming: &Naming,
) -> Option<OfficeFit> {
    let of_report = |tenure: &&Tenure| {
        asked.titles.have(&tenure.title)
            && (is_of(asked, tenure, naming)
                || ((named || !in_report.is_empty()) && is_inside(asked, tenure, naming))
                // Beside a name the title is enough where the report did not tell the body.
                || (named && tenure.organization_id.is_none() && !asked.titles.any))
    };
    let fits = entity.tenures.iter().filter(of_report).map(|tenure| {
        let holding = date.map_or(Holding::NotObserved, |date| as_of(tenure, date));
        let given = |office: &&ContextOffice| {
            office.organization == tenure.organization_id && naming.title_name(&office.title) == tenure.title
        };
        let given: Vec<&ContextOffice> = in_report.iter().filter(given).collect();
        // A report without a date shows nobody in an office at a time, but it says who is in it.
        let seen_past = tenure.first_seen.is_none();
        let former = if given.is_empty() { seen_past } else { given.iter().all(|office| office.past) };
        let fit = OfficeFit {
            in_report: !given.is_empty(),
            holding,
            gap: date.and_then(|date| gap(tenure, date)),
            begins: date.is_some_and(|date| tenure.start.is_some_and(|start| start.date.overlaps(date))),
            former,
            text: String::new(),
            last: tenure.last_seen.and_then(Edtf::latest),
        };
        (fit, tenure)
    });
    let (fit, tenure) =
        fits.min_by_key(|(fit, _)| (!fit.in_report, fit.former, fit.holding, fit.gap.unwrap_or(i32::MAX)))?;
    Some(OfficeFit { text: format!("{} {}", tenure.title, tenure.organization), ..fit })
}

/// True if a tenure that has the title asked about is of the body asked about, where one is named.
fn is_of(asked: &Asked<'_>, tenure: &Tenure, naming: &Naming) -> bool {
    let Some(body) = &asked.office.organization else { return true };
    (tenure.organization_id.is_some() && tenure.organization_id == asked.body)
        || is_kind_of(body, &tenure.organization, naming)
        // A unit that goes by the name of another before it: "UBND TP. Huế".
        || (body.placed && asked.written.as_ref() == Some(&name_key(&tenure.organization, naming, Typing::Edited)))
        || (asked.titles.any && is_part_of(body, &tenure.organization, naming))
}

/// True if a body belongs to the one asked about: "Ban Đô thị HĐND TP.HCM" to the council.
fn is_part_of(body: &Organization, name: &str, naming: &Naming) -> bool {
    let own = naming.organization(name, Typing::Edited, &Setting::default());
    own.is_some_and(|own| matches!(own.parent, Parent::Organization(above, _) if above.key == body.key))
}

/// The bodies that lead the place of a body, where it is one of them.
fn leading_beside(body: &Organization) -> Vec<EntityId> {
    const LEADING: [&str; 6] =
        ["cap uy", "dang uy", "ban thuong vu cap uy", "hoi dong nhan dan", "uy ban nhan dan", "doan dai bieu quoc hoi"];
    if !matches!(body.key.jurisdiction, Jurisdiction::Unit(_)) || !LEADING.contains(&body.bare_core.as_str()) {
        return Vec::new();
    }
    let id =
        |core: &str| OrganizationKey { core: core.to_owned(), jurisdiction: body.key.jurisdiction.clone() }.entity_id();
    LEADING.into_iter().map(id).collect()
}

/// True if the words begin the name of the body and leave out whose it is: in a report "Trưởng Ban Dân vận" is that of the "Ban Dân vận Tỉnh ủy".
fn is_inside(asked: &Asked<'_>, tenure: &Tenure, naming: &Naming) -> bool {
    let Some(body) = asked.office.organization.as_ref().filter(|body| !body.placed) else { return false };
    naming
        .organization(&tenure.organization, Typing::Edited, &Setting::default())
        .is_some_and(|own| own.bare_core.strip_prefix(&body.bare_core).is_some_and(|rest| rest.starts_with(' ')))
}

/// True if the words name a body of this kind without saying where: "Bí thư Thành ủy Lê Văn A".
fn is_kind_of(body: &Organization, name: &str, naming: &Naming) -> bool {
    matches!(body.key.jurisdiction, Jurisdiction::Unknown(_))
        && naming
            .organization(name, Typing::Edited, &Setting::default())
            .is_some_and(|own| own.bare_core == body.bare_core)
}

/// Days between a date and the nearest evidence of a tenure; 0 inside it.
fn gap(tenure: &Tenure, date: Edtf) -> Option<i32> {
    let (first, last) = (date.earliest()?, date.latest()?);
    let (start, end) = (tenure.first_seen?.earliest()?, tenure.last_seen?.latest()?);
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    Some(if last < start {
        days(last, start)
    } else if end < first {
        days(end, first)
    } else {
        0
    })
}

/// What tells several bearers of a name apart, among those whose names fit best.
struct Tellers {
    fit: Option<Fit>,
    in_report: usize,
    in_office: usize,
    from_there: usize,
    /// How much all of them are spoken of.
    weight: f64,
    /// An office was typed, a body, a place.
    office: bool,
    body: bool,
    place: bool,
    /// Words that mean nothing known were typed too.
    leaves_words: bool,
}

impl Tellers {
    fn of(people: &[Person], unread: usize, reading: &QueryReading) -> Self {
        let fit = people.iter().filter_map(|person| person.name.as_ref().map(|(fit, _)| *fit)).min();
        let best: Vec<&Person> = people.iter().filter(|person| person.name.as_ref().map(|n| n.0) == fit).collect();
        // Others are spoken of no more than the least of these.
        let least = best.iter().map(|person| weight(person)).min_by(f64::total_cmp).unwrap_or_default();
        let of_others = least * f64::from(u32::try_from(unread).unwrap_or(u32::MAX));
        let count = |has: fn(&Person) -> bool| best.iter().filter(|person| has(person)).count();
        Self {
            fit,
            in_report: count(|person| person.in_report),
            in_office: count(|person| person.office.is_some()),
            from_there: count(|person| person.from_there),
            weight: best.iter().map(|person| weight(person)).sum::<f64>() + of_others,
            office: !reading.offices.is_empty(),
            body: reading.offices.iter().any(|office| office.organization.is_some()),
            place: reading.from.is_some(),
            leaves_words: reading.leaves_words,
        }
    }

    /// Why it is this person and no other of the name; `None` where nothing says so.
    fn reason(&self, person: &Person) -> Option<&'static str> {
        if person.name.as_ref().map(|(fit, _)| *fit) != self.fit {
            return None;
        }
        match () {
            () if person.in_report && self.in_report == 1 => Some("named in the report"),
            () if person.office.is_some() && self.in_office == 1 => Some("the only one of the name in the office"),
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
    let is_best = Some(fit) == tellers.fit;
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
    if tellers.office && person.office.is_none() {
        let (factor, certain, reason) = match () {
            () if person.beside => (0.9, true, "was not seen in the office named, but in another that leads the place"),
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
        one.score *= own / tellers.weight;
        one.certain = false;
        one.reasons.push("others bear the name".to_owned());
    }
    Some(one)
}

/// How much a person is spoken of: who is named more is meant more often.
fn weight(person: &Person) -> f64 {
    let mentions = u32::try_from(person.entity.mention_count).unwrap_or(u32::MAX);
    f64::from(mentions).ln_1p() + 1.0
}

/// People by an office alone.
fn by_office(people: Vec<Person>, reading: &QueryReading, context: &QueryContext) -> Vec<Scored> {
    let people: Vec<(Entity, OfficeFit)> =
        people.into_iter().filter_map(|person| Some((person.entity, person.office?))).collect();
    let fits: Vec<OfficeFit> = people.iter().map(|(_, fit)| fit.clone()).collect();
    let one_at_a_time = reading.offices.iter().all(is_held_by_one);
    let placed = reading.offices.iter().all(|office| {
        office.organization.as_ref().is_some_and(|body| !matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)))
    });
    let past = reading.offices.iter().all(|office| office.former);
    people
        .into_iter()
        .map(|(entity, fit)| {
            let (score, certain, reason) = if fits.iter().any(|fit| fit.in_report && fit.former == past) {
                in_report(&fit, &fits, past)
            } else if past || context.date().is_none() {
                without_date(&fit, &fits, past)
            } else {
                at_date(&fit, &fits, one_at_a_time && placed)
            };
            Scored { entity, score, certain, matched: fit.text.clone(), reasons: vec![reason] }
        })
        .collect()
}

/// Offices that one person holds at a time: heads, and the first among deputies.
fn is_held_by_one(office: &OfficeReading) -> bool {
    office.rank == Rank::Head
        || office
            .titles
            .iter()
            .all(|title| fold::unaccented(title).ends_with("thuong truc") && office.rank == Rank::Deputy)
}

fn share(score: f64, among: usize) -> f64 {
    score / f64::from(u32::try_from(among.max(1)).unwrap_or(u32::MAX))
}

fn in_report(fit: &OfficeFit, fits: &[OfficeFit], past: bool) -> (f64, bool, String) {
    let meant = |fit: &&OfficeFit| fit.in_report && fit.former == past;
    let named = fits.iter().filter(meant).count();
    if meant(&fit) {
        (share(0.95, named), named == 1, format!("the report gives the office {}", fit.text))
    } else {
        (0.1, false, format!("was seen as {}, but the report gives the office to another", fit.text))
    }
}

fn without_date(fit: &OfficeFit, fits: &[OfficeFit], past: bool) -> (f64, bool, String) {
    let latest = fits.iter().filter_map(|fit| fit.last).max();
    let score = if past || fit.last == latest { share(0.6, if past { fits.len() } else { 1 }) } else { 0.3 };
    (score, false, format!("NOT_OBSERVED: was seen as {}, and no date is given", fit.text))
}

fn at_date(fit: &OfficeFit, fits: &[OfficeFit], one_at_a_time: bool) -> (f64, bool, String) {
    let held: Vec<&OfficeFit> = fits.iter().filter(|fit| fit.holding == Holding::Held).collect();
    if fit.holding == Holding::Contradicted {
        return (0.03, false, format!("CONTRADICTED: a report says that {} had ended or not begun", fit.text));
    }
    if !held.is_empty() {
        if fit.holding != Holding::Held {
            return (0.05, false, format!("NOT_OBSERVED: was seen as {} at another time", fit.text));
        }
        let taking_up = held.iter().filter(|fit| fit.begins).count();
        let reason = format!("HELD: reports show the person as {} then", fit.text);
        return match (held.len(), taking_up) {
            (1, _) if one_at_a_time => (0.95, true, reason),
            (1, _) => (0.7, false, format!("{reason}; others may have held it too")),
            // On the day of a change both are seen; who takes it up holds it.
            (_, 1) if fit.begins => (0.9, one_at_a_time, format!("{reason}, taking it up")),
            (_, 1) => (0.2, false, format!("{reason}, giving it up")),
            (many, _) => (share(0.8, many), false, format!("{reason}, as {} others", many - 1)),
        };
    }
    let near = |fit: &OfficeFit| fit.holding == Holding::NotObserved && fit.gap.is_some_and(|gap| gap <= NEAR_DAYS);
    let neighbours = fits.iter().filter(|fit| near(fit)).count();
    match fit.gap {
        Some(gap) if near(fit) && neighbours == 1 && one_at_a_time => {
            (0.85, true, format!("was seen as {} {gap} days from that date, and nobody else near it", fit.text))
        }
        Some(gap) => {
            let score = if near(fit) { share(0.6, neighbours) } else { 0.25 };
            (score, false, format!("NOT_OBSERVED: was seen as {}, {gap} days from that date", fit.text))
        }
        None => (0.15, false, format!("NOT_OBSERVED: was seen as {} at an unknown time", fit.text)),
    }
}
