//! Entities as look-ups compare them: read where they lie, without what no comparison needs.
//!
//! A look-up reads some dozens of entities and answers with a handful. Evidence is most of a person's record, and is passed over.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ProjectionError;
use crate::model::{Alias, DatedFact, Edtf, Entity, EntityId, Span, Tenure};

/// What is wanted of an entity beside who it is and its names; everything else of it is left where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Its tenures, and since when it bears its names.
    All,
    /// Its tenures.
    Tenures,
    /// Nothing.
    Names,
}

/// A stored [`Alias`]; the fields are those of the alias, in their order. Dates stay as they are written.
#[derive(Deserialize)]
struct StoredAlias<'a> {
    name: &'a str,
    first_seen: Option<&'a [u8]>,
    last_seen: Option<&'a [u8]>,
    count: u64,
}

/// A stored [`Tenure`] likewise.
#[derive(Deserialize)]
struct StoredTenure<'a> {
    title: &'a [u8],
    organization: &'a [u8],
    organization_id: Option<&'a [u8]>,
    first_seen: Option<&'a [u8]>,
    last_seen: Option<&'a [u8]>,
    start: Option<DatedFact>,
    end: Option<DatedFact>,
    former_since: Option<&'a [u8]>,
    #[serde(rename = "evidence")]
    _evidence: PassedOver,
    reports: u64,
}

/// Evidence that is stepped over.
struct PassedOver;

impl<'de> Deserialize<'de> for PassedOver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Steps from one piece of evidence to the next.
        struct Steps;

        impl<'de> Visitor<'de> for Steps {
            type Value = PassedOver;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("evidence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<PassedOver, A::Error> {
                while all.next_element::<(&[u8], Span)>()?.is_some() {}
                Ok(PassedOver)
            }
        }

        deserializer.deserialize_seq(Steps)
    }
}

/// Reads a stored entity, as much of it as is wanted, and no evidence.
pub(super) fn read(bytes: &[u8], wanted: Wanted) -> Result<Entity, ProjectionError> {
    let mut deserializer = postcard::Deserializer::from_bytes(bytes);
    let read = EntityReader(wanted).deserialize(&mut deserializer);
    read.map_err(|source| ProjectionError::Decode { table: "entities", source })
}

/// Reads the fields of an [`Entity`], in their order.
struct EntityReader(Wanted);

impl<'de> DeserializeSeed<'de> for EntityReader {
    type Value = Entity;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entity, D::Error> {
        const FIELDS: usize = 11;
        deserializer.deserialize_tuple(FIELDS, self)
    }
}

impl<'de> Visitor<'de> for EntityReader {
    type Value = Entity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entity")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Entity, A::Error> {
        let wanted = self.0;
        let alias = |stored| alias(stored, wanted);
        Ok(Entity {
            id: next(&mut fields)?,
            kind: next(&mut fields)?,
            display_name: next(&mut fields)?,
            aliases: next_list(&mut fields, alias)?,
            parent: next(&mut fields)?,
            place: next(&mut fields)?,
            reference: next(&mut fields)?,
            mention_count: next(&mut fields)?,
            meeting_count: next(&mut fields)?,
            revision: next(&mut fields)?,
            tenures: if wanted == Wanted::Names { Vec::new() } else { next_list(&mut fields, tenure)? },
        })
    }
}

fn next<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(fields: &mut A) -> Result<T, A::Error> {
    fields.next_element()?.ok_or_else(|| A::Error::custom("a field is missing"))
}

/// The next field, a list: what is made of its entries.
fn next_list<'de, A, S, T>(
    fields: &mut A,
    make: impl FnMut(S) -> Result<T, postcard::Error>,
) -> Result<Vec<T>, A::Error>
where
    A: SeqAccess<'de>,
    S: Deserialize<'de>,
{
    let list = ListReader { make, stored: PhantomData };
    fields.next_element_seed(list)?.ok_or_else(|| A::Error::custom("a list is missing"))
}

struct ListReader<S, M> {
    make: M,
    stored: PhantomData<S>,
}

impl<'de, S, T, M> DeserializeSeed<'de> for ListReader<S, M>
where
    S: Deserialize<'de>,
    M: FnMut(S) -> Result<T, postcard::Error>,
{
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S, T, M> Visitor<'de> for ListReader<S, M>
where
    S: Deserialize<'de>,
    M: FnMut(S) -> Result<T, postcard::Error>,
{
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut entries: A) -> Result<Vec<T>, A::Error> {
        // What a damaged row says of its length is not believed.
        let mut list = Vec::with_capacity(entries.size_hint().unwrap_or(0).min(64));
        while let Some(stored) = entries.next_element()? {
            list.push((self.make)(stored).map_err(A::Error::custom)?);
        }
        Ok(list)
    }
}

fn text(bytes: &[u8]) -> Result<&str, postcard::Error> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| postcard::Error::DeserializeBadUtf8)
}

fn date(written: Option<&[u8]>) -> Result<Option<Edtf>, postcard::Error> {
    written.map(|bytes| text(bytes)?.parse().map_err(postcard::Error::custom)).transpose()
}

fn alias(stored: StoredAlias<'_>, wanted: Wanted) -> Result<Alias, postcard::Error> {
    let dated = wanted == Wanted::All;
    Ok(Alias {
        name: stored.name.to_owned(),
        first_seen: date(stored.first_seen.filter(|_| dated))?,
        last_seen: date(stored.last_seen.filter(|_| dated))?,
        count: stored.count,
    })
}

fn tenure(stored: StoredTenure<'_>) -> Result<Tenure, postcard::Error> {
    let id = |bytes| EntityId::parse(text(bytes)?).map_err(postcard::Error::custom);
    Ok(Tenure {
        title: text(stored.title)?.to_owned(),
        organization: text(stored.organization)?.to_owned(),
        organization_id: stored.organization_id.map(id).transpose()?,
        first_seen: date(stored.first_seen)?,
        last_seen: date(stored.last_seen)?,
        start: stored.start,
        end: stored.end,
        former_since: date(stored.former_since)?,
        evidence: Vec::new(),
        reports: stored.reports,
    })
}

#[cfg(test)]
mod tests {
    use super::super::table::encode;
    use super::*;
    use crate::model::{Basis, EntityKind, Evidence, PlaceFacts, ReferenceFacts, ReportId, Revision};

    #[test]
    fn all_but_the_evidence_is_read() {
        let day = |text: &str| text.parse::<Edtf>().ok();
        let evidence = Evidence { report: ReportId::parse("r-1").expect("id"), span: Span::new(3, 9) };
        let seen = Tenure {
            title: "Giám đốc".to_owned(),
            organization: "Sở Y tế".to_owned(),
            organization_id: EntityId::parse("org-1").ok(),
            first_seen: day("2021-05-06"),
            last_seen: day("2023-01"),
            start: day("2021-05").map(|date| DatedFact { date, basis: Basis::Stated, span: Some(Span::new(1, 2)) }),
            end: None,
            former_since: day("2024"),
            evidence: vec![evidence.clone(), evidence],
            reports: 4,
        };
        let alias = Alias { name: "Kiều Thế Lân".to_owned(), first_seen: day("2021"), last_seen: None, count: 7 };
        let place = PlaceFacts { code: "D769".to_owned(), successors: Vec::new(), ..PlaceFacts::default() };
        let entity = Entity {
            id: EntityId::parse("per-1").expect("id"),
            kind: EntityKind::Person,
            display_name: "Kiều Thế Lân".to_owned(),
            aliases: vec![alias],
            tenures: vec![seen.clone(), Tenure { evidence: Vec::new(), ..seen }],
            parent: EntityId::parse("org-2").ok(),
            place: Some(place),
            reference: Some(ReferenceFacts { kind: "Nghị quyết".to_owned(), ..ReferenceFacts::default() }),
            mention_count: 12,
            meeting_count: 3,
            revision: Revision(9),
        };
        let bytes = encode("entities", &entity).expect("written");
        let mut without = entity;
        without.tenures.iter_mut().for_each(|tenure| tenure.evidence.clear());
        assert_eq!(read(&bytes, Wanted::All).expect("read"), without);
        without.aliases.iter_mut().for_each(|alias| alias.first_seen = None);
        assert_eq!(read(&bytes, Wanted::Tenures).expect("read"), without);
        without.tenures.clear();
        assert_eq!(read(&bytes, Wanted::Names).expect("read"), without);
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end], Wanted::All).is_err(), "cut off at {end}");
        }
    }
}
