//! Every place of a record that names an entity.

use std::collections::BTreeSet;

use crate::model::{EntityId, EntityRef, Meeting};

/// Calls `change` on every entity that a meeting's record names; stops at the first error.
pub(super) fn visit_mut<E>(
    meeting: &mut Meeting,
    change: &mut impl FnMut(&mut EntityRef) -> Result<(), E>,
) -> Result<(), E> {
    meeting.convener.iter_mut().try_for_each(&mut *change)?;
    meeting.participants.iter_mut().try_for_each(|p| change(&mut p.person))?;
    for item in &mut meeting.items {
        item.speaker.iter_mut().try_for_each(&mut *change)?;
        item.addressees.iter_mut().chain(&mut item.mentions).try_for_each(&mut *change)?;
    }
    meeting.references.iter_mut().try_for_each(|r| change(&mut r.document))?;
    meeting.mentions.iter_mut().try_for_each(|m| change(&mut m.entity))
}

/// Every entity that a meeting's record names.
pub(super) fn ids(meeting: &Meeting) -> BTreeSet<&EntityId> {
    let items = meeting.items.iter().flat_map(|item| item.speaker.iter().chain(&item.addressees).chain(&item.mentions));
    let people = meeting.participants.iter().map(|participant| &participant.person);
    let documents = meeting.references.iter().map(|reference| &reference.document);
    let named = meeting.mentions.iter().map(|mention| &mention.entity);
    let all = meeting.convener.iter().chain(people).chain(items).chain(documents).chain(named);
    all.map(|entity| &entity.id).collect()
}
