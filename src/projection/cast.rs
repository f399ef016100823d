//! Who and what a meeting's record names, in what part: the record without its words, small enough to go through by the thousand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ProjectionError;
use super::table::encode;
use super::transaction::Tables;
use crate::model::{Edtf, EntityId, EntityKind, EntityRef, Meeting, Role};

/// Everybody and everything that a meeting's record names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cast {
    /// When the meeting was held.
    pub date: Option<Edtf>,
    /// Who and what, each once.
    pub members: Vec<Member>,
    /// Who addressed whom, as numbers of members.
    pub addressed: Vec<(u32, u32)>,
    /// Who has an office where, as numbers of members; offices called past are left out.
    pub offices: Vec<(u32, u32)>,
}

/// One entity that a meeting's record names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Which.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// A person who chaired, spoke, received or attended.
    pub took_part: bool,
    /// The organization that held the meeting.
    pub convened: bool,
}

impl Cast {
    /// The cast of a record.
    #[must_use]
    pub fn of(meeting: &Meeting) -> Self {
        let mut maker = Maker::default();
        maker.cast.date = meeting.date.map(|fact| fact.date);
        for participant in &meeting.participants {
            let person = maker.member(&participant.person);
            maker.cast.members[person as usize].took_part |= participant.role != Role::Mentioned;
            for (office, body) in &participant.offices {
                if let Some(body) = body.as_ref().filter(|_| !office.former) {
                    let body = maker.member_of(body, EntityKind::Organization);
                    maker.cast.offices.push((person, body));
                }
            }
        }
        if let Some(convener) = &meeting.convener {
            let convener = maker.member(convener);
            maker.cast.members[convener as usize].convened = true;
        }
        for item in &meeting.items {
            let speaker = item.speaker.as_ref().map(|speaker| maker.member(speaker));
            for addressee in &item.addressees {
                let addressee = maker.member(addressee);
                maker.cast.addressed.extend(speaker.map(|speaker| (speaker, addressee)));
            }
            maker.members(&item.mentions);
        }
        maker.members(meeting.references.iter().map(|reference| &reference.document));
        maker.members(meeting.mentions.iter().map(|named| &named.entity));
        maker.finish()
    }
}

#[derive(Default)]
struct Maker {
    cast: Cast,
    numbers: BTreeMap<EntityId, u32>,
}

impl Maker {
    fn member(&mut self, entity: &EntityRef) -> u32 {
        self.member_of(&entity.id, entity.kind)
    }

    fn members<'e>(&mut self, entities: impl IntoIterator<Item = &'e EntityRef>) {
        for entity in entities {
            self.member(entity);
        }
    }

    /// The number of a member, which is there from now on.
    fn member_of(&mut self, id: &EntityId, kind: EntityKind) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        // A record names far fewer than 2³² entities.
        let number = u32::try_from(self.cast.members.len()).unwrap_or(u32::MAX);
        self.cast.members.push(Member { id: id.clone(), kind, took_part: false, convened: false });
        self.numbers.insert(id.clone(), number);
        number
    }

    fn finish(mut self) -> Cast {
        for pairs in [&mut self.cast.addressed, &mut self.cast.offices] {
            pairs.sort_unstable();
            pairs.dedup();
        }
        self.cast
    }
}

/// Keeps the cast of a record.
pub(super) fn put(tables: &mut Tables<'_>, meeting: &Meeting) -> Result<(), ProjectionError> {
    tables.casts.put(&meeting.id.as_str(), &encode("casts", &Cast::of(meeting))?.as_slice());
    Ok(())
}

/// Takes out the cast of a record that goes.
pub(super) fn remove(tables: &mut Tables<'_>, meeting: &Meeting) {
    tables.casts.remove(&meeting.id.as_str());
}
