//! Meetings.

use super::{correction, date, diagnostic, entity, figure, home, item, mention, offset, revision, timestamp};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{
    EntityId, Meeting, MeetingKind, MeetingMention, MeetingReference, MeetingReport, MeetingSummary, OfficeFact,
    PartOfDay, Participant, ReportId, Term,
};
use crate::service::api::{MeetingRecord, Redirected, meeting_etag};

/// A meeting in the view it comes in, and from where it was reached.
pub(in crate::grpc) fn record(reached: Redirected<MeetingRecord>, quotes: &Quotes) -> pb::Meeting {
    let meeting = match reached.value {
        MeetingRecord::Basic(summary) => basic(*summary),
        MeetingRecord::Full(meeting) => full(*meeting, quotes),
    };
    pb::Meeting { redirected_from: reached.from.unwrap_or_default(), ..meeting }
}

/// A meeting in BASIC view.
pub(super) fn basic(meeting: MeetingSummary) -> pb::Meeting {
    let etag = meeting_etag(&meeting);
    pb::Meeting {
        name: meeting.id.name(),
        title: meeting.title,
        kind: meeting.kind.map_or(pb::MeetingKind::Unspecified, kind).into(),
        date: meeting.date.map(date::bare),
        part_of_day: meeting.part_of_day.map_or(pb::PartOfDay::Unspecified, part_of_day).into(),
        session_number: meeting.session_number.map_or(0, offset),
        extended: meeting.extended,
        term: meeting.term.as_ref().map(Term::to_string).unwrap_or_default(),
        convener: meeting.convener.map(entity::reference),
        venue: meeting.venue.unwrap_or_default(),
        reports: meeting.reports.iter().map(report_name).collect(),
        participant_count: offset(meeting.participant_count),
        item_count: offset(meeting.item_count),
        figure_count: offset(meeting.figure_count),
        revision: revision(meeting.revision),
        create_time: Some(timestamp(meeting.create_time)),
        update_time: Some(timestamp(meeting.update_time)),
        etag,
        corrections: meeting.corrections.iter().map(correction::corrected_field).collect(),
        ..Default::default()
    }
}

/// A meeting in FULL view.
pub(in crate::grpc) fn full(meeting: Meeting, quotes: &Quotes) -> pb::Meeting {
    let head = basic(meeting.summary());
    let first = meeting.reports.first().map(|first| &first.report);
    let id = &meeting.id;
    pb::Meeting {
        date: meeting.date.map(|fact| date::dated(fact, first, quotes)),
        reports: meeting.reports.iter().map(report).collect(),
        participants: meeting.participants.into_iter().map(|one| participant(one, quotes)).collect(),
        items: meeting.items.into_iter().map(|one| item::item(id, one, quotes)).collect(),
        figures: meeting.figures.into_iter().map(|one| figure::figure(one, quotes)).collect(),
        references: meeting.references.into_iter().map(|one| reference(one, quotes)).collect(),
        mentions: meeting.mentions.into_iter().map(|one| meeting_mention(one, quotes)).collect(),
        diagnostics: meeting
            .diagnostics
            .into_iter()
            .map(|(report, one)| diagnostic::diagnostic(&report, one, quotes))
            .collect(),
        ..head
    }
}

fn report_name(report: &ReportId) -> pb::MeetingReport {
    pb::MeetingReport { report: report.name(), ..Default::default() }
}

fn report(report: &MeetingReport) -> pb::MeetingReport {
    pb::MeetingReport {
        report: report.report.name(),
        report_revision: revision(report.revision),
        extractor_version: offset(report.extractor_version),
        account: Some(diagnostic::account(&report.account)),
    }
}

fn participant(participant: Participant, quotes: &Quotes) -> pb::Participant {
    let home = home(&participant.evidence);
    pb::Participant {
        person: Some(entity::reference(participant.person)),
        role: mention::participant_role(participant.role).into(),
        offices: participant
            .offices
            .into_iter()
            .map(|(fact, organization)| office(fact, organization.as_ref(), home, quotes))
            .collect(),
        evidence: quotes.all(&participant.evidence),
        decision: Some(mention::decision(participant.decision)),
    }
}

fn office(fact: OfficeFact, organization: Option<&EntityId>, home: Option<&ReportId>, quotes: &Quotes) -> pb::Office {
    pb::Office {
        title: fact.title,
        organization: fact.organization,
        organization_entity: entity::name(organization),
        text: fact.text,
        former: fact.former,
        acting: fact.acting,
        begins: fact.begins,
        ends: fact.ends,
        evidence: home.map(|report| quotes.at(report, fact.span)),
    }
}

fn reference(reference: MeetingReference, quotes: &Quotes) -> pb::Reference {
    let MeetingReference { document, fact, evidence } = reference;
    pb::Reference {
        document: Some(entity::reference(document)),
        r#type: fact.kind,
        number: fact.number.unwrap_or_default(),
        title: fact.title.unwrap_or_default(),
        issuer: fact.issuer.unwrap_or_default(),
        date: fact.date.map(|date| date::dated(date, home(&evidence), quotes)),
        text: fact.text,
        evidence: quotes.all(&evidence),
    }
}

fn meeting_mention(named: MeetingMention, quotes: &Quotes) -> pb::MeetingMention {
    pb::MeetingMention {
        entity: Some(entity::reference(named.entity)),
        evidence: quotes.all(&named.evidence),
        decision: Some(mention::decision(named.decision)),
    }
}

pub(super) fn kind(kind: MeetingKind) -> pb::MeetingKind {
    match kind {
        MeetingKind::Conference => pb::MeetingKind::Conference,
        MeetingKind::WorkingSession => pb::MeetingKind::WorkingSession,
        MeetingKind::Plenary => pb::MeetingKind::Plenary,
        MeetingKind::Congress => pb::MeetingKind::Congress,
        MeetingKind::Ceremony => pb::MeetingKind::Ceremony,
        MeetingKind::Inspection => pb::MeetingKind::Inspection,
        MeetingKind::Dialogue => pb::MeetingKind::Dialogue,
    }
}

pub(super) fn part_of_day(part: PartOfDay) -> pb::PartOfDay {
    match part {
        PartOfDay::Morning => pb::PartOfDay::Morning,
        PartOfDay::Noon => pb::PartOfDay::Noon,
        PartOfDay::Afternoon => pb::PartOfDay::Afternoon,
        PartOfDay::Evening => pb::PartOfDay::Evening,
    }
}
