//! Who was seen in which office of a body: the tenures of people, by organization.

use std::ops::{Bound, ControlFlow};

use redb::ReadableTable;

use super::apply::Tables;
use super::table::{DayOrder, day_order, decode, encode};
use super::{ProjectionError, tables};
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

    fn key<'a>(&'a self, organization: &'a EntityId) -> (&'a str, DayOrder, &'a str, u32) {
        (organization.as_str(), self.order, self.person.as_str(), self.number)
    }
}

/// Writes what a person's record says now in place of what it said before.
pub(super) fn replace(tables: &mut Tables<'_>, before: Option<&Entity>, after: Option<&Entity>) -> Result<()> {
    // The name of a body is told as it is when somebody asks.
    let nameless = |tenure: &Tenure| Tenure { organization: String::new(), ..tenure.clone() };
    let tenures = |entity: Option<&Entity>| -> Vec<Tenure> {
        entity.iter().flat_map(|entity| &entity.tenures).map(nameless).collect()
    };
    let Some(person) = after.or(before).map(|entity| &entity.id) else { return Ok(()) };
    let (old, new) = (tenures(before), tenures(after));
    if old == new {
        return Ok(());
    }
    for (number, tenure) in old.iter().enumerate() {
        if let Some(body) = &tenure.organization_id {
            tables.office_holders.remove(TenurePosition::of(person, number, tenure).key(body))?;
        }
    }
    for (number, tenure) in new.iter().enumerate() {
        if let Some(body) = &tenure.organization_id {
            let value = encode("office_holders", tenure)?;
            tables.office_holders.insert(TenurePosition::of(person, number, tenure).key(body), value.as_slice())?;
        }
    }
    Ok(())
}

/// Tenures at an organization, latest seen first, those after a position; until `visit` breaks.
pub(super) fn visit(
    table: &impl ReadableTable<tables::HolderKey, &'static [u8]>,
    organization: &EntityId,
    after: Option<&TenurePosition>,
    mut visit: impl FnMut(TenurePosition, Tenure) -> ControlFlow<()>,
) -> Result<()> {
    let from = after.map_or(Bound::Included((organization.as_str(), DayOrder::MIN, "", 0)), |position| {
        Bound::Excluded(position.key(organization))
    });
    for row in table.range::<(&str, DayOrder, &str, u32)>((from, Bound::Unbounded))? {
        let (key, value) = row?;
        let (owner, order, person, number) = key.value();
        if owner != organization.as_str() {
            break;
        }
        let Ok(person) = EntityId::parse(person) else { continue };
        let position = TenurePosition { order, person, number, organization: Some(organization.clone()) };
        if visit(position, decode("office_holders", value.value())?).is_break() {
            break;
        }
    }
    Ok(())
}
