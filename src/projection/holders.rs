//! Who was seen in which office of a body: the tenures of people, by organization.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use redb::ReadableTable;

use super::ProjectionError;
use super::by_entity::{self, Part};
use super::key::{Bytes, Key};
use super::table::{DayOrder, day_order, decode, encode};
use super::transaction::Tables;
use crate::model::{Entity, EntityId, Tenure};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Where a list of tenures goes on: the order of the date seen last, the person, the number among the person's tenures, the organization.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct TenurePosition {
    order: DayOrder,
    /// The person.
    pub person: EntityId,
    number: u32,
    organization: Option<EntityId>,
}

impl TenurePosition {
    /// The place of a person's tenure, the `number`th in the person's record.
    #[must_use]
    pub fn of(person: &EntityId, number: usize, tenure: &Tenure) -> Self {
        Self {
            order: day_order(tenure.last_seen.or(tenure.former_since)),
            person: person.clone(),
            number: u32::try_from(number).unwrap_or(u32::MAX),
            organization: tenure.organization_id.clone(),
        }
    }

    fn key(&self, organization: &EntityId) -> Key {
        by_entity::holder(organization.as_str(), (self.order, self.person.as_str(), self.number))
    }
}

/// Writes what a person's record says now in place of what it said before; rows that say the same stay.
pub(super) fn replace(tables: &mut Tables<'_>, before: Option<&Entity>, after: Option<&Entity>) -> Result<()> {
    let (old, new) = (rows(before)?, rows(after)?);
    for (body, position) in old.keys().filter(|key| !new.contains_key(*key)) {
        tables.by_entity.remove(position.key(body).as_slice())?;
    }
    for ((body, position), value) in new.iter().filter(|(key, value)| old.get(*key) != Some(*value)) {
        tables.by_entity.insert(position.key(body).as_slice(), value.as_slice())?;
    }
    Ok(())
}

/// The rows of a person's tenures, by body and place.
fn rows(person: Option<&Entity>) -> Result<BTreeMap<(EntityId, TenurePosition), Vec<u8>>> {
    let mut rows = BTreeMap::new();
    let Some(person) = person else { return Ok(rows) };
    for (number, tenure) in person.tenures.iter().enumerate() {
        let Some(body) = &tenure.organization_id else { continue };
        // The name of a body is told as it is when somebody asks.
        let nameless = Tenure { organization: String::new(), ..tenure.clone() };
        let position = TenurePosition::of(&person.id, number, tenure);
        rows.insert((body.clone(), position), encode("office_holders", &nameless)?);
    }
    Ok(rows)
}

/// Tenures at an organization, latest seen first, those after a position; until `visit` breaks.
pub(super) fn visit(
    table: &impl ReadableTable<Bytes, Bytes>,
    organization: &EntityId,
    after: Option<&TenurePosition>,
    mut visit: impl FnMut(TenurePosition, Tenure) -> ControlFlow<()>,
) -> Result<()> {
    let after = after.map(|position| position.key(organization));
    let from = after.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
    by_entity::visit(table, (organization.as_str(), Part::Holder), from, |rest, value| {
        let place = by_entity::holder_of(rest);
        let place = place.and_then(|(order, person, number)| Some((order, EntityId::parse(person).ok()?, number)));
        let Some((order, person, number)) = place else { return Ok(ControlFlow::Continue(())) };
        let position = TenurePosition { order, person, number, organization: Some(organization.clone()) };
        Ok(visit(position, decode("office_holders", value)?))
    })
}
