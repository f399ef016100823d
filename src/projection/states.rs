//! What records were before corrections changed them, so that a correction that is taken back leaves no trace: a record that says the same as
//! before has the revision that it had before, and every other byte.
//!
//! What is told of an entity's name, or why a mention was decided so, is brought up to date only when a record is written; both differ without
//! the record saying anything else, so they are not looked at.

use redb::{ReadableTable as _, ReadableTableMetadata as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::table::{decode, encode};
use super::transaction::Tables;
use super::{ProjectionError, refs};
use crate::model::{Entity, EntityRef, Meeting, Revision, Timestamp};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Why records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// A report came, changed or went.
    Report,
    /// A correction came or was taken back.
    Correction,
}

/// A record as it was, oldest first.
#[derive(Debug, Serialize, Deserialize)]
struct State {
    digest: [u8; 32],
    record: Option<Vec<u8>>,
}

/// A record that has such a history.
pub(super) trait Stateful: Serialize + DeserializeOwned + Clone {
    /// First part of the key.
    const KIND: &'static str;
    /// The record without what does not count.
    fn bare(&self) -> Self;
}

impl Stateful for Meeting {
    const KIND: &'static str = "meetings/";

    fn bare(&self) -> Self {
        let mut bare = Self { revision: Revision(0), update_time: Timestamp(0), ..self.clone() };
        let mut nameless = |entity: &mut EntityRef| -> std::result::Result<(), std::convert::Infallible> {
            entity.display_name.clear();
            Ok(())
        };
        let Ok(()) = refs::visit_mut(&mut bare, &mut nameless);
        let decisions = bare.participants.iter_mut().map(|one| &mut one.decision);
        for decision in decisions.chain(bare.mentions.iter_mut().map(|one| &mut one.decision)) {
            decision.outcome = crate::model::Outcome::New;
            decision.reasons.clear();
        }
        bare
    }
}

impl Stateful for Entity {
    const KIND: &'static str = "entities/";

    fn bare(&self) -> Self {
        let mut bare = Self { revision: Revision(0), ..self.clone() };
        bare.tenures.iter_mut().for_each(|tenure| tenure.organization.clear());
        bare
    }
}

/// The record to write where it would say `now` and said `before`: the one that stands or stood, if that says the same. `None` stands for no
/// record.
pub(super) fn settled<R: Stateful>(
    tables: &mut Tables<'_>,
    cause: Cause,
    id: &str,
    before: Option<R>,
    now: Option<R>,
) -> Result<Option<R>> {
    let key = format!("{}{id}", R::KIND);
    if cause == Cause::Report {
        forget(tables, &key)?;
        return Ok(now);
    }
    let (was, is) = (digest(before.as_ref())?, digest(now.as_ref())?);
    if was == is {
        return Ok(before);
    }
    let mut states = load(tables, &key)?;
    let record = before.map(|before| encode(TABLE, &before)).transpose()?;
    states.push(State { digest: was, record });
    let settled = match states.iter().position(|state| state.digest == is) {
        Some(at) => {
            let record = states[at].record.as_ref().map(|record| decode(TABLE, record)).transpose()?;
            states.truncate(at);
            record
        }
        None => now,
    };
    store(tables, &key, &states)?;
    Ok(settled)
}

/// What the record says; all of no record say the same.
fn digest<R: Stateful>(record: Option<&R>) -> Result<[u8; 32]> {
    let Some(record) = record else { return Ok([0; 32]) };
    Ok(*blake3::hash(&encode(TABLE, &record.bare())?).as_bytes())
}

const TABLE: &str = "record_states";

fn load(tables: &Tables<'_>, key: &str) -> Result<Vec<State>> {
    Ok(tables.record_states.get(key)?.map(|bytes| decode(TABLE, bytes.value())).transpose()?.unwrap_or_default())
}

fn store(tables: &mut Tables<'_>, key: &str, states: &[State]) -> Result<()> {
    if states.is_empty() {
        return forget(tables, key);
    }
    tables.record_states.insert(key, encode(TABLE, &states)?.as_slice())?;
    Ok(())
}

fn forget(tables: &mut Tables<'_>, key: &str) -> Result<()> {
    if !tables.record_states.is_empty()? {
        tables.record_states.remove(key)?;
    }
    Ok(())
}
