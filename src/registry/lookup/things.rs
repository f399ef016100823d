//! Scores of organizations, places and documents.

use jiff::civil::Date;

use super::context::QueryContext;
use super::index::{How, name_key};
use super::rank::{Fetched, Scored};
use super::reading::{DocumentReading, QueryReading};
use crate::model::{Edtf, Entity, EntityId, EntityKind, ReferenceFact};
use crate::registry::gazetteer::UnitId;
use crate::registry::keys::{DocumentNumber, Jurisdiction, Naming};
use crate::registry::setting::Setting;
use crate::text::{Typing, fold};

/// Score of a unit that followed the one named.
const FOLLOWS: f64 = 0.05;

pub(super) fn score(
    reading: &QueryReading,
    context: &QueryContext,
    found: Vec<Fetched>,
    naming: &Naming,
) -> Vec<Scored> {
    let mut scored: Vec<Scored> = found
        .into_iter()
        .filter_map(|one| match one.entity.kind {
            EntityKind::Organization => organization(reading, context, one, naming),
            EntityKind::Place => place(reading, context, one, naming),
            EntityKind::LegalDocument => document(reading, one, naming),
            EntityKind::Person => None,
        })
        .collect();
    if let Some(wanted) = reading.document.as_ref().filter(|wanted| wanted.is_whole()) {
        exact_first(&mut scored, &wanted.key.entity_id());
    }
    share(&mut scored);
    scored
}

/// A number typed with its year or its code is that of one document, if it is known: no other of the number is meant.
fn exact_first(scored: &mut [Scored], id: &EntityId) {
    if !scored.iter().any(|one| one.entity.id == *id && one.certain) {
        return;
    }
    for one in scored.iter_mut().filter(|one| one.entity.id != *id && one.entity.kind == EntityKind::LegalDocument) {
        one.score = one.score.min(0.5);
        one.certain = false;
    }
}

/// Things that fit equally well share the probability.
fn share(scored: &mut [Scored]) {
    let scores: Vec<(EntityKind, f64)> = scored.iter().map(|one| (one.entity.kind, one.score)).collect();
    for one in scored.iter_mut().filter(|one| one.score > FOLLOWS) {
        let equals =
            scores.iter().filter(|(kind, score)| *kind == one.entity.kind && (*score - one.score).abs() < 0.02);
        let count = u32::try_from(equals.count()).unwrap_or(u32::MAX);
        if count > 1 {
            one.score /= f64::from(count);
            one.certain = false;
            one.reasons.push(format!("one of {count} that fit equally well"));
        }
    }
}

fn organization(reading: &QueryReading, context: &QueryContext, found: Fetched, naming: &Naming) -> Option<Scored> {
    let (dated, wanted) = (context.date().is_some(), context.kind);
    let entity = found.entity;
    let body = reading.organization.as_ref();
    let same = body.is_some_and(|body| body.key.entity_id() == entity.id);
    let several = body.is_some_and(|body| matches!(body.key.jurisdiction, Jurisdiction::Named(_)));
    let is_place = !reading.units.is_empty() && wanted != Some(EntityKind::Organization);
    let alias = equal_alias(reading, &found.called, naming);
    let (score, certain, reason) = match (found.how, body) {
        // "Quận 1" is the place before it is the administration there.
        _ if same && is_place => (0.6, false, "the administration of the place named"),
        (_, None) if is_place => {
            return alias.map(|alias| scored(entity, 0.6, false, alias, "an alias, but the words name a place"));
        }
        // Reports that named one of them did not tell it from the others either.
        _ if several && (same || found.how == How::Key) => {
            (0.5, false, "several units are called so; nothing tells which")
        }
        _ if several => {
            let reason = "an alias; several units are called so, and nothing tells which";
            return alias.map(|alias| scored(entity, 0.45, false, alias, reason));
        }
        _ if same => (0.97, true, "the body's key: what it is and where"),
        (How::Key, Some(body)) if !matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)) => {
            if reading.has_marks {
                (0.5, false, "the body's key, but other marks")
            } else {
                (0.95, true, "the body's key, marks left out")
            }
        }
        (How::Core | How::Key, Some(body)) => match body.key.jurisdiction {
            Jurisdiction::Unknown(_) => (0.45, false, "what the body is; nothing tells where"),
            _ => return alias.map(|alias| scored(entity, 0.3, false, alias, "an alias, but a body elsewhere")),
        },
        // The words, or the report they stand in, say where: a body of the name elsewhere is another.
        (_, Some(body)) if matches!(body.key.jurisdiction, Jurisdiction::Unit(_) | Jurisdiction::Central) => {
            // Of a unit that the gazetteer lacks there is no more than its name.
            if body.placed && body.site.as_ref().is_some_and(|site| site.unit().is_none()) {
                return alias.map(|alias| scored(entity, 0.9, true, alias, "an alias"));
            }
            // "UBND TP. Huế" without a date: a city of that name was part of a province, and is one now.
            if body.placed && !dated && body.key.jurisdiction != Jurisdiction::Central {
                return alias.map(|alias| {
                    scored(entity, 0.75, false, alias, "an alias; the unit meant may be another of the name")
                });
            }
            return alias.map(|alias| scored(entity, 0.3, false, alias, "an alias, but a body elsewhere"));
        }
        // Other units have bodies of the name, though reports may have named only one of them.
        (_, Some(_)) if alias.as_ref().is_some_and(|alias| is_unplaced(alias, naming)) => {
            return alias.map(|alias| scored(entity, 0.45, false, alias, "an alias; nothing tells where"));
        }
        // "Chủ tịch nước" is an institution, but whoever types the words mostly asks for a person.
        (_, None) if !reading.offices.is_empty() && wanted != Some(EntityKind::Organization) => {
            return alias.map(|alias| scored(entity, 0.3, false, alias, "an alias, but the words name an office"));
        }
        _ => return alias.map(|alias| scored(entity, 0.9, true, alias, "an alias")),
    };
    let matched = alias.unwrap_or_else(|| entity.display_name.clone());
    Some(scored(entity, score, certain, matched, reason))
}

/// True for the name of a body that each unit has one of, where it does not tell which.
fn is_unplaced(alias: &str, naming: &Naming) -> bool {
    let read = naming.organization(alias, Typing::Edited, &Setting::default());
    read.is_some_and(|body| !body.placed && matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)))
}

fn place(reading: &QueryReading, context: &QueryContext, found: Fetched, naming: &Naming) -> Option<Scored> {
    let entity = found.entity;
    let alias = equal_alias(reading, &found.called, naming);
    let unit = reading.units.contains(&entity.id);
    if !unit && reading.followers.contains(&entity.id) {
        let matched = entity.display_name.clone();
        return Some(scored(
            entity,
            FOLLOWS,
            false,
            matched,
            "followed the unit named, which does not exist at that time",
        ));
    }
    if !unit && reading.units.len() > 1 {
        return alias.map(|alias| scored(entity, 0.5, false, alias, "an alias, which several units bear"));
    }
    if !unit {
        return alias.map(|alias| scored(entity, 0.93, true, alias, "an alias"));
    }
    let certain = reading.units.len() == 1;
    let matched = alias.unwrap_or_else(|| entity.display_name.clone());
    let known = naming.gazetteer.of_entity(&entity.id);
    let reason = if known.is_some() { "a unit of the gazetteer" } else { "a unit known from reports" };
    let mut one = scored(entity, 0.97, certain, matched, reason);
    if let Some(unit) = known.filter(|unit| !naming.gazetteer.stands(*unit, context.date())) {
        one.reasons.push(format!("does not exist at that time; {}", afterwards(unit, context.date(), naming)));
    }
    Some(one)
}

/// What became of a unit that does not exist at a time. What it went into may have been divided in turn, and only some of that was its.
fn afterwards(unit: UnitId, as_of: Option<Edtf>, naming: &Naming) -> String {
    let gazetteer = &naming.gazetteer;
    let names =
        |units: &[UnitId]| units.iter().map(|next| gazetteer.display_name(*next)).collect::<Vec<_>>().join(", ");
    let (next, now) = (gazetteer.followed_by(unit), gazetteer.in_force(unit, as_of));
    let still = |unit: &UnitId| now.iter().any(|standing| gazetteer.identity(*standing) == *unit);
    if next.is_empty() || next.iter().all(still) {
        format!("its area is that of: {}", names(&now))
    } else {
        format!("it went into: {}; in their place stand: {}", names(&next), names(&now))
    }
}

fn document(reading: &QueryReading, found: Fetched, naming: &Naming) -> Option<Scored> {
    let entity = found.entity;
    let Some(wanted) = &reading.document else {
        let alias = equal_alias(reading, &found.called, naming)?;
        // There are laws of one name from several years.
        return Some(match reading.leaves_words {
            true => scored(entity, 0.6, false, alias, "an alias, the year left out"),
            false => scored(entity, 0.93, true, alias, "an alias"),
        });
    };
    let matched = entity.display_name.clone();
    let facts = entity.reference.clone()?;
    let number = facts.number.as_deref().and_then(DocumentNumber::parse)?;
    let issued = facts.date.and_then(Edtf::earliest).map(Date::year);
    let own_year = number.year.or(issued);
    if wanted.year.zip(own_year).is_some_and(|(wanted, own)| wanted != own) {
        return Some(scored(entity, 0.1, false, matched, "kind and number, but of another year"));
    }
    let same_code = !wanted.number.code.is_empty() && wanted.number.code == number.code;
    let fact = ReferenceFact {
        kind: facts.kind,
        number: facts.number,
        title: None,
        issuer: facts.issuer,
        date: None,
        text: matched.clone(),
        spans: Vec::new(),
    };
    let own = naming.document(&fact, Typing::Edited, &Setting::default()).issuer;
    // Of local bodies the code does not tell where they are, and the report may.
    let told = fact
        .issuer
        .as_deref()
        .map(|issuer| naming.issuer(issuer, &wanted.key.kind, Typing::Edited, &Setting::default()));
    let own = told.filter(|told| is_placed(told)).unwrap_or(own);
    if wanted.said.as_ref().is_some_and(|said| are_others(said, &own)) {
        return Some(scored(entity, 0.1, false, matched, "kind and number, but another issuer"));
    }
    let same_key = wanted.key.entity_id() == entity.id && wanted.has_issuer;
    let (score, certain, reason) =
        if same_key { (0.97, true, "kind, number and issuer") } else { compare(wanted, &own, same_code) };
    // "Công văn 675/UBND của UBND tỉnh Cà Mau", where no report tells of which administration it is.
    let untold = wanted.said.as_deref().is_some_and(is_placed) && !is_placed(&own);
    if certain && untold && !own.is_empty() {
        return Some(scored(entity, score.min(0.6), false, matched, "kind and number; no report tells of which place"));
    }
    if !wanted.has_issuer && own.is_empty() && number.year.is_some() && wanted.year == number.year {
        return Some(scored(entity, 0.85, true, matched, "kind, number and year; no report tells the issuer"));
    }
    // Of most issuers numbers begin anew each year: that of the year typed may be another one.
    if certain && !same_key && wanted.year.is_some() && own_year.is_none() {
        return Some(scored(entity, score.min(0.6), false, matched, "kind and number; no report tells of which year"));
    }
    Some(scored(entity, score, certain, matched, reason))
}

/// What issuers are; local ones are compared by that where nothing tells where they are, which was settled when the report was read.
fn kind_of_issuer(issuer: &str) -> &str {
    issuer.split('@').next().unwrap_or_default()
}

/// True for a local issuer of which it is known where it is.
fn is_placed(issuer: &str) -> bool {
    issuer.contains('@') && !issuer.contains("@?")
}

/// True if two issuers are known, and not one.
fn are_others(wanted: &str, issuer: &str) -> bool {
    let other_place = is_placed(wanted) && is_placed(issuer) && wanted != issuer;
    let coded = wanted.starts_with('#') || issuer.starts_with('#');
    let government = |issuer: &str| ["cp", "ttg"].contains(&issuer);
    let loosely_one = coded || government(wanted) && government(issuer);
    !issuer.is_empty() && (other_place || !loosely_one && kind_of_issuer(wanted) != kind_of_issuer(issuer))
}

/// True where what issued a document may be what is asked for.
fn is_of_issuer(wanted: &DocumentReading, issuer: &str) -> bool {
    let wanted = &wanted.key.issuer;
    kind_of_issuer(wanted) == kind_of_issuer(issuer) && !are_others(wanted, issuer)
}

fn compare(wanted: &DocumentReading, issuer: &str, same_code: bool) -> (f64, bool, &'static str) {
    match (wanted.has_issuer, issuer.is_empty()) {
        _ if same_code => (0.95, true, "kind, number and code"),
        (true, false) if is_of_issuer(wanted, issuer) => (0.93, true, "kind, number and issuer"),
        (true, false) => (0.1, false, "kind and number, but another issuer"),
        (true, true) => (0.5, false, "kind and number; the report does not tell the issuer"),
        (false, false) => (0.9, true, "kind and number; the only issuer known"),
        (false, true) => (0.55, true, "kind and number"),
    }
}

/// The names of an entity that the whole of the words may be, short forms spelt out and marks left out: what a store keeps under the key
/// [`QueryReading::whole`].
#[must_use]
pub fn called(entity: &Entity, reading: &QueryReading, naming: &Naming) -> Vec<String> {
    let names = std::iter::once(&entity.display_name).chain(entity.aliases.iter().map(|alias| &alias.name));
    names.filter(|name| name_key(name, naming, Typing::Edited) == reading.whole).cloned().collect()
}

/// The first of the names that the whole query is; marks are held to where they were typed.
fn equal_alias(reading: &QueryReading, called: &[String], naming: &Naming) -> Option<String> {
    let is_so_called = |name: &&String| {
        let same = || fold::spelling(&naming.expanded(name)) == fold::spelling(&reading.normalized);
        !reading.has_marks || **name == reading.text || same()
    };
    called.iter().find(is_so_called).cloned()
}

fn scored(entity: Entity, score: f64, certain: bool, matched: String, reason: &str) -> Scored {
    Scored { entity, score, certain, matched, reasons: vec![reason.to_owned()] }
}
