//! Mentions, and why they mean what they are linked to.

use super::date;
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{Decision, Mention, MentionRole, Outcome, Role};

/// One mention.
pub(in crate::grpc) fn mention(mention: Mention, quotes: &Quotes) -> pb::Mention {
    let (role, participant_role) = mention_role(mention.role);
    pb::Mention {
        entity: mention.entity.name(),
        meeting: mention.meeting.name(),
        date: date::edtf(mention.date),
        role: role.into(),
        participant_role: participant_role.into(),
        text: mention.text,
        evidence: Some(quotes.evidence(&mention.evidence)),
    }
}

pub(super) fn decision(decision: Decision) -> pb::Decision {
    let outcome = match decision.outcome {
        Outcome::Known => pb::DecisionOutcome::Known,
        Outcome::New => pb::DecisionOutcome::New,
        Outcome::Ambiguous => pb::DecisionOutcome::Ambiguous,
    };
    pb::Decision { outcome: outcome.into(), reasons: decision.reasons }
}

pub(super) fn participant_role(role: Role) -> pb::ParticipantRole {
    match role {
        Role::Speaker => pb::ParticipantRole::Speaker,
        Role::Chair => pb::ParticipantRole::Chair,
        Role::Recipient => pb::ParticipantRole::Recipient,
        Role::Attendee => pb::ParticipantRole::Attendee,
        Role::Mentioned => pb::ParticipantRole::Mentioned,
    }
}

fn mention_role(role: MentionRole) -> (pb::MentionRole, pb::ParticipantRole) {
    let none = pb::ParticipantRole::Unspecified;
    match role {
        MentionRole::Participant(role) => (pb::MentionRole::Participant, participant_role(role)),
        MentionRole::Convener => (pb::MentionRole::Convener, none),
        MentionRole::OfficeOrganization => (pb::MentionRole::OfficeOrganization, none),
        MentionRole::Named => (pb::MentionRole::Named, none),
    }
}
