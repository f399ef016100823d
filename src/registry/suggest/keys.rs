//! Under which keys an entity is suggested, and how soon.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::KEY_BYTES;
use super::pieces::{Piece, plain, spelt};
use crate::model::{Edtf, Entity, EntityKind};
use crate::registry::keys::{LAWS, Naming};
use crate::text::{Typing, fold};

/// Most names of an entity that are suggested, most frequent first.
const MAX_NAMES: usize = 12;
/// Most words of a name that a key begins at.
const MAX_WORDS: usize = 12;

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Keyed {
    /// The name, as written.
    pub name: String,
    /// True if the key is of the name with its short forms spelt out.
    pub spelt: bool,
}

/// The keys of an entity. Of several names under one key the most frequent stands there.
#[must_use]
pub fn keys(entity: &Entity, naming: &Naming) -> BTreeMap<String, Keyed> {
    let mut all = BTreeMap::new();
    let at_most = if is_known_by_its_kind_alone(entity) { 1 } else { MAX_WORDS };
    let names = std::iter::once(&entity.display_name).chain(entity.aliases.iter().map(|alias| &alias.name));
    for name in names.take(MAX_NAMES) {
        let mut add = |pieces: &[Piece], spelt| {
            for key in suffixes(pieces).take(at_most) {
                all.entry(key).or_insert_with(|| Keyed { name: name.clone(), spelt });
            }
        };
        add(&plain(name), false);
        if entity.kind != EntityKind::Person
            && let Some(pieces) = spelt(name, &naming.abbreviations, Typing::Edited, false)
        {
            add(&pieces, true);
        }
    }
    all
}

/// True for documents that are neither numbered nor laws, "quyết định của Chủ tịch UBND tỉnh": who types a word from within means something else.
fn is_known_by_its_kind_alone(entity: &Entity) -> bool {
    entity.reference.as_ref().is_some_and(|document| {
        let kind = fold::spelling(&document.kind);
        document.number.is_none() && !LAWS.iter().any(|law| kind == fold::spelling(law))
    })
}

/// One key for each word.
pub(super) fn suffixes(pieces: &[Piece]) -> impl Iterator<Item = String> {
    (0..pieces.len().min(MAX_WORDS)).map(|from| {
        let mut key = String::with_capacity(KEY_BYTES + 8);
        for piece in &pieces[from..] {
            key.push_str(&piece.letters);
            // A space behind the last word too: "an " is then a prefix of "An" and not of "Anh".
            key.push(' ');
            if key.len() >= KEY_BYTES {
                break;
            }
        }
        cut(key)
    })
}

/// A key, or a prefix of one, at the length that keys have.
pub(super) fn cut(mut key: String) -> String {
    let mut end = key.len().min(KEY_BYTES);
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    key.truncate(end);
    key
}

/// The day that lateness is counted from.
const START: Date = date(2000, 1, 1);
/// Days after which something has to be seen twice as often to come as early.
const HALF_LIFE: u32 = 730;

/// How soon an entity comes: logarithm to base 2 of the number of its mentions, where a mention counts half as much as one two years
/// later. No clock decides: what counts less with time is less than all that was seen since.
#[must_use]
pub fn weight(entity: &Entity) -> f64 {
    // Counts fit a float up to 2⁵³.
    #[allow(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]
    let mentions = entity.mention_count as f64;
    (1.0 + mentions).log2() + f64::from(days(entity)) / f64::from(HALF_LIFE)
}

/// [`weight`] in whole numbers, the same on every machine: entities of a class come one after the other, a higher class first.
#[must_use]
pub fn class(entity: &Entity) -> u8 {
    let count = u128::from(entity.mention_count.min(1 << 30)) + 1;
    // ⌊4·log₂ n⌋ = ⌊log₂ n⁴⌋.
    let quarters = count.pow(4).ilog2() + 4 * days(entity) / HALF_LIFE;
    u8::try_from(quarters / 4).unwrap_or(u8::MAX)
}

/// Days from 2000 to the last day that the entity was seen; 0 where that is earlier or not known.
fn days(entity: &Entity) -> u32 {
    let last = entity.last_seen().and_then(Edtf::latest);
    last.and_then(|last| START.until(last).ok()).and_then(|span| u32::try_from(span.get_days()).ok()).unwrap_or(0)
}
