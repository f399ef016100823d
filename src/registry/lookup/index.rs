//! Under which keys entities are found.
//!
//! A store keeps an ordered table from key to ids. For a person there is one key for the full name, one for the given name, and one for each
//! office; other kinds have two or three. Wrong letters need none: a slip of the hand has some thirty syllables around it,
//! which are looked for one by one when the name itself is not known.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::office_fit::LEADING;
use super::reading::QueryReading;
use crate::model::{Entity, EntityId, EntityKind};
use crate::registry::keys::{DocumentKey, Jurisdiction, Naming, Organization, PlaceKey};
use crate::registry::words::{self, Word};
use crate::text::{Typing, fold};

/// A string under which a store finds entities. Letters, digits and signs in UTF-8; equal keys are equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndexKey(pub String);

impl IndexKey {
    /// True if it leads to few: names at a body, bodies by what and where they are, documents by number.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.0.starts_with("b:") || self.0.starts_with("d:") || is_of_member(&self.0)
    }
}

/// By what an entity was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is in the report that the words stand in.
    Context,
    /// By its identity.
    Identity,
    /// By its key, marks left out.
    Key,
    /// By a name or alias, marks left out.
    Name,
    /// By an office.
    Office,
    /// By what it is, without where it is.
    Core,
    /// It followed the unit named.
    Follower,
    /// By a given name.
    GivenName,
    /// By a name with a wrong letter.
    Slip,
}

impl How {
    /// True if many may be found so that are not meant.
    #[must_use]
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Core | Self::Follower | Self::GivenName | Self::Slip)
    }
}

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// Entities under a key.
    Key(IndexKey),
    /// This entity.
    Entity(EntityId),
}

fn key(sign: &str, text: &str) -> IndexKey {
    IndexKey(format!("{sign}:{text}"))
}

/// The key of a name: its words without marks, spaces left out, short forms spelt out.
pub(super) fn name_key(name: &str, naming: &Naming, typing: Typing) -> IndexKey {
    words_key(&naming.split(name, typing))
}

/// The same for a name already cut into words.
pub(super) fn words_key(words: &[Word]) -> IndexKey {
    let mut key = String::with_capacity(2 + words.iter().map(|word| word.bare.len()).sum::<usize>());
    key.push_str("n:");
    key.extend(words.iter().map(|word| word.bare.as_str()));
    IndexKey(key)
}

fn person_name_key(name: &str) -> IndexKey {
    key("n", &fold::unaccented(name).replace(' ', ""))
}

/// The key of an office.
fn office_key(title: &str, organization: &EntityId) -> IndexKey {
    key("o", &format!("{}|{organization}", fold::unaccented(title)))
}

/// True for the key of a name at a body.
#[must_use]
pub fn is_of_member(key: &str) -> bool {
    key.starts_with("n:") && key.contains(AT)
}

/// Between a name and a body; names have none.
const AT: char = '\n';

/// The key of a name at a body. It stands behind that of the name, so that a store writes both in one place.
fn member_key(name: &str, organization: &EntityId) -> IndexKey {
    key("n", &format!("{}{AT}{organization}", fold::unaccented(name).replace([' ', AT], "")))
}

/// Keys of an organization beside those of its aliases.
pub(crate) fn organization_keys(body: &Organization) -> Vec<IndexKey> {
    vec![key("b", &format!("{}|{}", body.bare_core, body.key.jurisdiction.token())), key("c", &body.bare_core)]
}

/// Keys of a place that is no unit, beside those of its aliases.
pub(crate) fn place_keys(_place: &PlaceKey) -> Vec<IndexKey> {
    Vec::new()
}

/// Keys of a document beside those of its aliases.
pub(crate) fn document_keys(document: &DocumentKey) -> Vec<IndexKey> {
    vec![key("d", &format!("{}|{}", words::unmarked(&document.kind), words::unmarked(&document.number)))]
}

/// Keys of an entity by its names and offices, each once, in order; a key of names with the names that it is of, one of an office with all of them,
/// in the order of their letters: which of them is used most changes with every report.
#[must_use]
pub fn index_keys(entity: &Entity, naming: &Naming) -> BTreeMap<IndexKey, Vec<String>> {
    let mut keys: BTreeMap<IndexKey, Vec<String>> = BTreeMap::new();
    let aliases = entity.aliases.iter().map(|alias| &alias.name);
    let names: BTreeSet<&String> = std::iter::once(&entity.display_name).chain(aliases).collect();
    let is_person = entity.kind == EntityKind::Person;
    for name in &names {
        let whole = if is_person { person_name_key(name) } else { name_key(name, naming, Typing::Edited) };
        let known = keys.entry(whole).or_default();
        if known.len() < MOST_NAMES {
            known.push((*name).clone());
        }
        if is_person {
            keys.entry(given_name_key(name)).or_default();
        }
    }
    for tenure in entity.tenures.iter().filter(|_| is_person) {
        let Some(id) = &tenure.organization_id else { continue };
        let holder = keys.entry(office_key(&tenure.title, id)).or_default();
        if holder.is_empty() {
            holder.extend(names.iter().take(MOST_NAMES).map(|name| (*name).clone()));
        }
        for name in &names {
            keys.entry(member_key(name, id)).or_default();
        }
    }
    keys.retain(|key, _| key.0.len() > 2);
    keys
}

/// Most names kept under one key: they differ in marks and signs alone.
const MOST_NAMES: usize = 16;

fn given_name_key(name: &str) -> IndexKey {
    let bare = fold::unaccented(name);
    key("g", bare.rsplit(' ').next().unwrap_or_default())
}

/// Where to look for what a query may mean, best first, each place once. Keys of given names and of cores may lead to many entities; a store reads as many of them as it can afford and loses only weak candidates by it.
#[must_use]
pub fn probes(reading: &QueryReading) -> Vec<(Probe, How)> {
    let mut all: Vec<(Probe, How)> = Vec::new();
    let mut add = |probe: Probe, how: How| {
        if !all.iter().any(|(own, _)| *own == probe) {
            all.push((probe, how));
        }
    };
    for id in &reading.context_people {
        add(Probe::Entity(id.clone()), How::Context);
    }
    if let Some(body) = &reading.organization {
        add(Probe::Entity(body.key.entity_id()), How::Identity);
        // Bodies of the kind elsewhere are worth a look only where nothing tells where.
        let hows: &[How] = match body.key.jurisdiction {
            Jurisdiction::Unknown(_) => &[How::Key, How::Core],
            _ => &[How::Key],
        };
        for (key, how) in organization_keys(body).into_iter().zip(hows) {
            add(Probe::Key(key), *how);
        }
    }
    for id in &reading.units {
        add(Probe::Entity(id.clone()), How::Identity);
    }
    for id in &reading.followers {
        add(Probe::Entity(id.clone()), How::Follower);
    }
    if let Some(document) = &reading.document {
        add(Probe::Entity(document.key.entity_id()), How::Identity);
        for key in document_keys(&document.key) {
            add(Probe::Key(key), How::Key);
        }
    }
    for office in &reading.offices {
        if let Some(body) = &office.organization {
            for title in &office.titles {
                add(Probe::Key(office_key(title, &body.key.entity_id())), How::Office);
            }
            if let Some(name) = &reading.name {
                add(Probe::Key(member_key(&name.text, &body.key.entity_id())), How::Name);
            }
        }
    }
    add(Probe::Key(reading.whole.clone()), How::Name);
    if let Some(name) = &reading.name {
        add(Probe::Key(person_name_key(&name.text)), How::Name);
        if !name.is_full {
            add(Probe::Key(given_name_key(&name.text)), How::GivenName);
        }
    }
    all.retain(|(probe, _)| !matches!(probe, Probe::Key(key) if key.0.len() <= 2));
    all
}

/// Keys of the bodies that offices may be of where the words do not tell where: "Giám đốc Sở Y tế", "Hiệu trưởng Trường THPT Hoa Sen". Of those
/// that lead a place there are as many as places.
#[must_use]
pub fn unplaced_bodies(reading: &QueryReading) -> Vec<IndexKey> {
    let bodies = reading.offices.iter().filter_map(|office| office.organization.as_ref());
    let is_unplaced = |body: &&Organization| matches!(body.key.jurisdiction, Jurisdiction::Unknown(_));
    let unplaced = bodies.filter(is_unplaced).filter(|body| !LEADING.contains(&body.bare_core.as_str()));
    unplaced.map(|body| key("c", &body.bare_core)).collect()
}

/// Where to look for those who hold the offices of a reading at a body.
pub fn holders_at<'a>(reading: &'a QueryReading, body: &'a EntityId) -> impl Iterator<Item = IndexKey> + 'a {
    let titles = reading.offices.iter().flat_map(|office| &office.titles);
    titles.map(move |title| office_key(title, body))
}

/// Where to look for a name that was not found, or not as typed: under the names that one wrong letter leads back to, of those that are known,
/// and under the given name. In steps, of which a later one is only worth its while where those before it found nobody: letters that are no
/// syllable are the likely slip, and beside one such a second wrong word would make it another name.
pub fn far_probes<'a>(
    reading: &QueryReading,
    naming: &'a Naming,
    is_known: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Vec<(Probe, How)>> + 'a {
    let name = reading.name.as_ref().filter(|name| name.may_be_full);
    let bare = name.map(|name| fold::unaccented(&name.text));
    let steps = if bare.is_some() { [true, false].as_slice() } else { &[] };
    let bare = bare.unwrap_or_default();
    steps.iter().map(move |slips| {
        let words: Vec<&str> = bare.split(' ').collect();
        let mut probes = Vec::new();
        for at in (0..words.len()).filter(|at| naming.syllables.contains(words[*at]) != *slips) {
            add_neighbours(&words, at, naming, &is_known, &mut probes);
        }
        if !slips {
            probes.push((Probe::Key(given_name_key(&bare)), How::GivenName));
        }
        probes
    })
}

/// Adds the known names in which one wrong letter of the word at a place is put right.
fn add_neighbours(
    words: &[&str],
    at: usize,
    naming: &Naming,
    is_known: impl Fn(&str) -> bool,
    probes: &mut Vec<(Probe, How)>,
) {
    let mut key = String::with_capacity(words.iter().map(|word| word.len()).sum::<usize>() + 4);
    for meant in naming.syllables.neighbours(words[at]) {
        if at == 0 && naming.surname_share(&meant) <= 0.0 {
            continue;
        }
        key.clear();
        key.push_str("n:");
        key.extend(words[..at].iter().copied());
        key.push_str(&meant);
        key.extend(words[at + 1..].iter().copied());
        if is_known(&key) {
            probes.push((Probe::Key(IndexKey(key.clone())), How::Slip));
        }
    }
}
