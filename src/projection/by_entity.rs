//! What stands by an entity beside its record: its mentions and meetings, who holds its offices, what belongs to it, what is said of it.
//!
//! All of it is in one table, under the entity, so that a report that names somebody changes a page or two of it however many entities there
//! are. Records themselves stand apart, close together: look-ups read nothing but them.

use std::ops::{Bound, ControlFlow};

use redb::{Range, ReadableTable, StorageError};

use super::ProjectionError;
use super::key::{Bytes, Key, Rest, scan, scan_from};
use super::table::DayOrder;
use crate::model::EntityId;

/// The kinds of rows; a kind's number is part of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What to call a person, as text; other names stand in [`super::tables::ENTITY_NAMES`].
    Name = 0,
    /// Ids that lead to a person: [`EntityId`]s.
    Aliases = 1,
    /// Under which keys it is found beside those of its names, as the reports that name it say: [`crate::registry::lookup::IndexKey`]s.
    Keys = 2,
    /// By saying: those that speak of a person, for somebody known from one report with the day and id of that.
    Saying = 3,
    /// By id: entities that belong to it.
    Child = 4,
    /// By order of the date it was seen last, person, and number among the person's tenures: [`crate::model::Tenure`]s at it.
    Holder = 5,
    /// By order of the date and id: meetings that name it, each with the number of mentions, four bytes, lowest first.
    Meeting = 6,
    /// By order of the meeting's date, report, first code point and role: mentions of it.
    Mention = 7,
}

/// Where a mention stands among those of its entity.
pub(super) type MentionPlace<'k> = (DayOrder, &'k str, u32, u8);

/// Where a tenure stands among those at its body.
pub(super) type HolderPlace<'k> = (DayOrder, &'k str, u32);

/// What the keys of such rows of an entity begin with; the whole key where there is one row of a kind.
pub(super) fn key(entity: &str, part: Part) -> Key {
    Key::of_entity(entity).byte(part as u8)
}

pub(super) fn mention(entity: &str, (order, report, start, role): MentionPlace<'_>) -> Key {
    key(entity, Part::Mention).day(order).text(report).number(start).byte(role)
}

pub(super) fn mention_of(mut rest: Rest<'_>) -> Option<MentionPlace<'_>> {
    Some((rest.day()?, rest.text()?, rest.number()?, rest.byte()?))
}

pub(super) fn meeting(entity: &str, order: DayOrder, meeting: &str) -> Key {
    key(entity, Part::Meeting).day(order).text(meeting)
}

pub(super) fn meeting_of(mut rest: Rest<'_>) -> Option<(DayOrder, &str)> {
    Some((rest.day()?, rest.text()?))
}

pub(super) fn holder(body: &str, (order, person, number): HolderPlace<'_>) -> Key {
    key(body, Part::Holder).day(order).text(person).number(number)
}

pub(super) fn holder_of(mut rest: Rest<'_>) -> Option<HolderPlace<'_>> {
    Some((rest.day()?, rest.text()?, rest.number()?))
}

pub(super) fn child(parent: &EntityId, child: &str) -> Key {
    key(parent.as_str(), Part::Child).text(child)
}

/// Goes through rows of a kind from a place on, by what their keys say behind entity and kind, until `visit` breaks.
pub(super) fn visit(
    table: &impl ReadableTable<Bytes, Bytes>,
    (entity, part): (&str, Part),
    from: Bound<&Key>,
    mut visit: impl FnMut(Rest<'_>, &[u8]) -> Result<ControlFlow<()>, ProjectionError>,
) -> Result<(), ProjectionError> {
    let beginning = key(entity, part);
    let from = match from {
        Bound::Unbounded => Bound::Included(&beginning),
        bound => bound,
    };
    for row in scan_from(table, &beginning, from)? {
        let (key, value) = row?;
        if visit(Rest::behind(key.value(), &beginning), value.value())?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The mentions of an entity, latest first; what their keys say is read with [`place_of_mention`].
pub(super) fn mentions<'t>(
    table: &'t impl ReadableTable<Bytes, Bytes>,
    entity: &str,
) -> Result<Range<'t, Bytes, Bytes>, StorageError> {
    scan(table, &key(entity, Part::Mention))
}

/// Where a mention stands, from its whole key.
pub(super) fn place_of_mention<'k>(entity: &str, whole: &'k [u8]) -> Option<MentionPlace<'k>> {
    mention_of(Rest::behind(whole, &key(entity, Part::Mention)))
}

/// True if an entity belongs to this one.
pub(super) fn has_children(table: &impl ReadableTable<Bytes, Bytes>, id: &EntityId) -> Result<bool, ProjectionError> {
    Ok(scan(table, &key(id.as_str(), Part::Child))?.next().transpose()?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::table::day_order;

    #[test]
    fn keys_say_what_they_were_made_of() {
        for id in ["org-abcdefghijklmnopqrst", "per-abcdefghijklmnopqrs7", "plc-vn-01", "x"] {
            for order in [DayOrder::MIN, -20_000, 0, DayOrder::MAX] {
                let place = (order, "r-1", 7, 3);
                let made = mention(id, place);
                assert_eq!(place_of_mention(id, made.as_slice()), Some(place));
                let beginning = key(id, Part::Holder);
                let made = holder(id, (order, "per-x", 2));
                assert_eq!(holder_of(Rest::behind(made.as_slice(), &beginning)), Some((order, "per-x", 2)));
            }
        }
    }

    #[test]
    fn keys_stand_by_their_entity_in_the_order_of_what_they_say() {
        let order = |text: &str| day_order(text.parse().ok());
        let ids = ["org-abcdefghijklmnopqrst", "org-abcdefghijklmnopqrsu", "org-short", "org-shorter", "plc-vn-01"];
        let mut all: Vec<Key> = Vec::new();
        for id in ids {
            let late = (order("2024-05-01"), "r-2", 9, 0);
            let keys = [
                mention(id, late),
                mention(id, (order("2024-05-01"), "r-20", 1, 0)),
                mention(id, (order("2023"), "r-1", 1, 0)),
                mention(id, (order("2023"), "r-1", 1, 1)),
                mention(id, (DayOrder::MAX, "", 0, 0)),
            ];
            assert!(keys.is_sorted(), "{id}");
            all.extend(keys);
        }
        let whose =
            |key: &Key| ids.iter().position(|id| key.as_slice().starts_with(self::key(id, Part::Mention).as_slice()));
        all.sort();
        let owners: Vec<_> = all.iter().map(whose).collect();
        let mut runs = owners.clone();
        runs.dedup();
        assert_eq!(runs.len(), ids.len(), "{owners:?}");
    }
}
