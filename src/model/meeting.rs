//! Meetings as they are answered: one event, put together from one or more reports.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Account, CorrectedField, DatedFact, Decision, Diagnostic, EntityId, EntityRef, Figure, ItemKind, MeetingId,
    OfficeFact, ReferenceFact, ReportId, Revision, Span, Timestamp,
};

/// What kind of event a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MeetingKind {
    /// Hội nghị, hội thảo, tọa đàm.
    Conference,
    /// Buổi làm việc, cuộc họp, họp giao ban.
    WorkingSession,
    /// Kỳ họp, phiên họp of a standing body.
    Plenary,
    /// Đại hội.
    Congress,
    /// Lễ …
    Ceremony,
    /// Kiểm tra, khảo sát, thăm.
    Inspection,
    /// Đối thoại, tiếp xúc cử tri, họp báo.
    Dialogue,
}

/// Part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartOfDay {
    /// Sáng.
    Morning,
    /// Trưa.
    Noon,
    /// Chiều.
    Afternoon,
    /// Tối.
    Evening,
}

/// A person's part in a meeting; the first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Any attributed words.
    Speaker,
    /// Chủ trì, điều hành.
    Chair,
    /// Was given an award or an office.
    Recipient,
    /// Dự, tham dự.
    Attendee,
    /// Only named.
    Mentioned,
}

/// Term of office of a body, "nhiệm kỳ 2020-2025".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term {
    first: i16,
    last: i16,
}

impl Term {
    /// The term from one year to another; `None` unless 1930 ≤ first < last ≤ first + 10.
    #[must_use]
    pub fn new(first: i16, last: i16) -> Option<Self> {
        (1930 <= first && first < last && last - first <= 10 && last <= 2200).then_some(Self { first, last })
    }

    /// First year.
    #[must_use]
    pub fn first(self) -> i16 {
        self.first
    }

    /// Last year.
    #[must_use]
    pub fn last(self) -> i16 {
        self.last
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// Where a fact stands: a report and a range of its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The report.
    pub report: ReportId,
    /// The range in its stored text.
    pub span: Span,
}

/// A person at a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Who.
    pub person: EntityRef,
    /// The offices given, each with the entity of its organization where there is one.
    pub offices: Vec<(OfficeFact, Option<EntityId>)>,
    /// The strongest role that any report gives.
    pub role: Role,
    /// Every mention.
    pub evidence: Vec<Evidence>,
    /// Why it is this person: outcome and reasons.
    pub decision: Decision,
}

/// One thing said or decided at the meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingItem {
    /// Number of the item in the meeting's record, from 1; the last part of its resource name.
    pub number: u32,
    /// What kind of act.
    pub kind: ItemKind,
    /// Whose words.
    pub speaker: Option<EntityRef>,
    /// To whom.
    pub addressees: Vec<EntityRef>,
    /// The sentence.
    pub text: String,
    /// By when.
    pub deadline: Option<DatedFact>,
    /// Indices into the meeting's figures.
    pub figures: Vec<u32>,
    /// Entities the sentence names.
    pub mentions: Vec<EntityRef>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// A figure with where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeetingFigure {
    /// The quantity.
    pub figure: Figure,
    /// Where it stands, in every report that gives it.
    pub evidence: Vec<Evidence>,
}

/// A legal document named at the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingReference {
    /// The document across reports.
    pub document: EntityRef,
    /// As this report gives it.
    pub fact: ReferenceFact,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// An organization or place named in the reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMention {
    /// Which.
    pub entity: EntityRef,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
    /// Why it is this one.
    pub decision: Decision,
}

/// One report behind a meeting, with how well it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingReport {
    /// The report.
    pub report: ReportId,
    /// Revision of the text the facts were read from.
    pub revision: Revision,
    /// Version of the extractor that read it.
    pub extractor_version: u32,
    /// What was and was not understood.
    pub account: Account,
}

/// The record of one meeting.
///
/// Some facts hold spans without a report (a deadline, a period, an office): these stand in the report of the fact's
/// first evidence, and the meeting's own date in its first report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Identity.
    pub id: MeetingId,
    /// Headline of the first report.
    pub title: String,
    /// Kind of event; `None` where the report tells of none.
    pub kind: Option<MeetingKind>,
    /// When.
    pub date: Option<DatedFact>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// The N of "lần thứ N".
    pub session_number: Option<u32>,
    /// "(mở rộng)".
    pub extended: bool,
    /// Term of the body that meets.
    pub term: Option<Term>,
    /// Who holds it.
    pub convener: Option<EntityRef>,
    /// Where it is held: a place or an organization's building.
    pub venue: Option<String>,
    /// Reports behind it, first the one that names it.
    pub reports: Vec<MeetingReport>,
    /// People.
    pub participants: Vec<Participant>,
    /// Things said and decided.
    pub items: Vec<MeetingItem>,
    /// Quantities.
    pub figures: Vec<MeetingFigure>,
    /// Legal documents.
    pub references: Vec<MeetingReference>,
    /// Organizations and places.
    pub mentions: Vec<MeetingMention>,
    /// What was unsure or inconsistent, with the report it concerns.
    pub diagnostics: Vec<(ReportId, Diagnostic)>,
    /// Fields that say what people know better than the reports.
    pub corrections: Vec<CorrectedField>,
    /// Revision of the last journal entry that changed the record.
    pub revision: Revision,
    /// When its first report came in.
    pub create_time: Timestamp,
    /// When it last changed.
    pub update_time: Timestamp,
}

/// The head of a meeting's record: what lists and hits show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingSummary {
    /// Identity.
    pub id: MeetingId,
    /// Headline of the first report.
    pub title: String,
    /// Kind of event; `None` where the report tells of none.
    pub kind: Option<MeetingKind>,
    /// When.
    pub date: Option<DatedFact>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// The N of "lần thứ N".
    pub session_number: Option<u32>,
    /// "(mở rộng)".
    pub extended: bool,
    /// Term of the body that meets.
    pub term: Option<Term>,
    /// Who holds it.
    pub convener: Option<EntityRef>,
    /// Where it is held.
    pub venue: Option<String>,
    /// Reports behind it, first the one that names it.
    pub reports: Vec<ReportId>,
    /// Number of people.
    pub participant_count: u32,
    /// Number of things said and decided.
    pub item_count: u32,
    /// Number of quantities.
    pub figure_count: u32,
    /// Fields that say what people know better than the reports.
    pub corrections: Vec<CorrectedField>,
    /// Revision of the last journal entry that changed the record.
    pub revision: Revision,
    /// When its first report came in.
    pub create_time: Timestamp,
    /// When it last changed.
    pub update_time: Timestamp,
}

impl Meeting {
    /// The head of the record.
    #[must_use]
    pub fn summary(&self) -> MeetingSummary {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        MeetingSummary {
            id: self.id.clone(),
            title: self.title.clone(),
            kind: self.kind,
            date: self.date,
            part_of_day: self.part_of_day,
            session_number: self.session_number,
            extended: self.extended,
            term: self.term,
            convener: self.convener.clone(),
            venue: self.venue.clone(),
            reports: self.reports.iter().map(|r| r.report.clone()).collect(),
            participant_count: count(self.participants.len()),
            item_count: count(self.items.len()),
            figure_count: count(self.figures.len()),
            corrections: self.corrections.clone(),
            revision: self.revision,
            create_time: self.create_time,
            update_time: self.update_time,
        }
    }
}
