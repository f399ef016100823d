//! Names as they are typed, in the order in which they are suggested.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use compact_str::CompactString;
use redb::ReadableTable;

use super::packed::{FIRST, text};
use super::table::{decode, encode};
use super::transaction::Tables;
use super::{ProjectionError, tables};
use crate::model::{Entity, EntityKind};
use crate::registry::keys::Naming;
use crate::registry::suggest::{Keyed, class, keys};

type Result<T> = std::result::Result<T, ProjectionError>;

/// A name under a key that begins as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub struct Suggested<'a> {
    /// The name, as written.
    pub name: &'a str,
    /// True if the key is of the name with its short forms spelt out.
    pub spelt: bool,
}

pub(super) fn kind_number(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        EntityKind::Place => 2,
        EntityKind::LegalDocument => 3,
    }
}

/// Writes the keys that an entity has now in place of those it had before. Most changes of an entity change none: its class doubles
/// seldom, and its names are soon known.
pub(super) fn replace(
    naming: &Naming,
    tables: &mut Tables<'_>,
    before: Option<&Entity>,
    after: Option<&Entity>,
) -> Result<()> {
    if before.zip(after).is_some_and(|(before, after)| is_same(before, after)) {
        return Ok(());
    }
    let rows = |entity: Option<&Entity>| -> BTreeMap<String, Keyed> {
        entity.filter(|entity| entity.mention_count > 0).map(|entity| keys(entity, naming)).unwrap_or_default()
    };
    let (old, new) = (rows(before), rows(after));
    let moved = before.zip(after).is_none_or(|(before, after)| class(before) != class(after));
    if let Some(entity) = before {
        for key in old.keys().filter(|key| moved || !new.contains_key(*key)) {
            tables.suggestions.remove(&(kind_number(entity.kind), !class(entity), key.as_str(), text(&entity.id)));
        }
    }
    if let Some(entity) = after {
        for (key, keyed) in new.iter().filter(|(key, keyed)| moved || old.get(*key) != Some(*keyed)) {
            let value = encode("suggestions", keyed)?;
            tables.hints.add_suggestion(kind_number(entity.kind), class(entity), key);
            let row = (kind_number(entity.kind), !class(entity), key.as_str(), text(&entity.id));
            if moved || !old.contains_key(key) {
                tables.suggestions.add(&row, &value.as_slice());
            } else {
                tables.suggestions.put(&row, &value.as_slice());
            }
        }
    }
    Ok(())
}

/// True if both have the same keys.
fn is_same(before: &Entity, after: &Entity) -> bool {
    let names = |entity: &Entity| entity.aliases.iter().map(|alias| alias.name.clone()).collect::<Vec<_>>();
    (before.mention_count > 0) == (after.mention_count > 0)
        && class(before) == class(after)
        && before.display_name == after.display_name
        && names(before) == names(after)
}

/// Names under keys that begin so in a class, or in those between two: whose, the class, and the name; those of the highest class first; until
/// `visit` breaks. Reads one row more for each class than it shows.
pub(super) fn visit(
    table: &impl ReadableTable<tables::SuggestionKey, &'static [u8]>,
    kind: EntityKind,
    (lowest, highest): (u8, u8),
    prefix: &str,
    mut visit: impl FnMut(&str, u8, Suggested<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let kind = kind_number(kind);
    let mut next = Some(!highest);
    while let Some(complement) = next.take().filter(|complement| !complement >= lowest) {
        for row in table.range::<(u8, u8, &str, CompactString)>((kind, complement, prefix, FIRST)..)? {
            let (row_key, value) = row?;
            let (own_kind, own_complement, key, id) = row_key.value();
            if own_kind != kind {
                break;
            }
            if own_complement != complement || !key.starts_with(prefix) {
                // Behind the prefix: on to the next class, or to the one that this row shows to be next.
                next = if own_complement == complement { complement.checked_add(1) } else { Some(own_complement) };
                break;
            }
            if visit(&id, !complement, decode("suggestions", value.value())?).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}
