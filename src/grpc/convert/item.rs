//! Things said and decided.

use super::{date, entity, home, offset};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{ItemKind, MeetingId, MeetingItem};

pub(super) fn item(meeting: &MeetingId, item: MeetingItem, quotes: &Quotes) -> pb::Item {
    pb::Item {
        name: format!("{}/items/{}", meeting.name(), item.number),
        kind: kind(item.kind).into(),
        speaker: item.speaker.map(entity::reference),
        addressees: item.addressees.into_iter().map(entity::reference).collect(),
        text: item.text,
        deadline: item.deadline.map(|deadline| date::dated(deadline, home(&item.evidence), quotes)),
        figure_indices: item.figures.into_iter().map(offset).collect(),
        mentions: item.mentions.into_iter().map(entity::reference).collect(),
        evidence: quotes.all(&item.evidence),
    }
}

pub(super) fn kind(kind: ItemKind) -> pb::ItemKind {
    match kind {
        ItemKind::Directive => pb::ItemKind::Directive,
        ItemKind::Proposal => pb::ItemKind::Proposal,
        ItemKind::Commitment => pb::ItemKind::Commitment,
        ItemKind::Achievement => pb::ItemKind::Achievement,
        ItemKind::Shortcoming => pb::ItemKind::Shortcoming,
        ItemKind::Recognition => pb::ItemKind::Recognition,
        ItemKind::Decision => pb::ItemKind::Decision,
        ItemKind::Statement => pb::ItemKind::Statement,
    }
}
