//! Filters and orders of lists that are read from the records, in the filter language that searches use too.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;
use std::time::Instant;

use super::api::{Answer, Curated, Holding, OfficeTenure, RelatedEntity, RelationKind};
use super::error::{ServiceError, Violation, ViolationReason};
use crate::model::{
    CorrectionBody, CorrectionState, Edtf, Entity, EntityId, EntityKind, Mention, MentionRole, Report, Role, Timestamp,
};
use crate::projection::Snapshot;
use crate::search::SearchError;
use crate::search::filter::{self, FieldList, FieldSpec, Record, Value, ValueKind};
use crate::text::Abbreviations;

const KINDS: &[&str] = &["PERSON", "ORGANIZATION", "PLACE", "LEGAL_DOCUMENT"];
const MENTION_ROLES: &[&str] = &["PARTICIPANT", "CONVENER", "OFFICE_ORGANIZATION", "NAMED"];
const PARTICIPANT_ROLES: &[&str] = &["SPEAKER", "CHAIR", "RECIPIENT", "ATTENDEE", "MENTIONED"];

/// Fields of ListReports.
pub(super) static REPORT: FieldList = FieldList::new(&[
    FieldSpec::new("publisher", ValueKind::Text, "newspaper or portal"),
    FieldSpec::new("url", ValueKind::Code, "where it was published"),
    FieldSpec::new("publish_date", ValueKind::Date, "when it was published"),
    FieldSpec::new("create_time", ValueKind::Date, "day (UTC) on which it first came in"),
    FieldSpec::new("update_time", ValueKind::Date, "day (UTC) of its last change"),
]);
/// Fields of ListEntities.
pub(super) static ENTITY: FieldList = FieldList::new(&[
    FieldSpec::new("kind", ValueKind::Enumeration(KINDS), "what kind of thing it is"),
    FieldSpec::new("display_name", ValueKind::Text, "the name shown"),
    FieldSpec::new("parent", ValueKind::Code, "the body or unit it belongs to, entities/{entity}"),
    FieldSpec::new("mention_count", ValueKind::Number, "number of mentions"),
    FieldSpec::new("meeting_count", ValueKind::Number, "number of meetings"),
]);
/// Fields of ListMentions.
pub(super) static MENTION: FieldList = FieldList::new(&[
    FieldSpec::new("role", ValueKind::Enumeration(MENTION_ROLES), "in what part it is mentioned"),
    FieldSpec::new("participant_role", ValueKind::Enumeration(PARTICIPANT_ROLES), "a person's part in the meeting"),
    FieldSpec::new("date", ValueKind::Date, "date of the meeting"),
    FieldSpec::new("meeting", ValueKind::Code, "the meeting, meetings/{meeting}"),
    FieldSpec::new("report", ValueKind::Code, "the report, reports/{report}"),
]);

/// Fields of ListCorrections.
pub(super) static CORRECTION: FieldList = FieldList::new(&[
    FieldSpec::new("state", ValueKind::Enumeration(STATES), "how it stands"),
    FieldSpec::new("statement", ValueKind::Enumeration(STATEMENTS), "what it is about"),
    FieldSpec::new("author", ValueKind::Text, "who answers for it"),
    FieldSpec::new("create_time", ValueKind::Date, "day (UTC) on which it was made"),
]);
const STATES: &[&str] = &["ACTIVE", "INAPPLICABLE", "REVERTED"];
const STATEMENTS: &[&str] = &["MERGE", "SPLIT", "MEETING"];

/// Fields of ListTenures without a date.
pub(super) static TENURE: FieldList = FieldList::new(&[TITLE, ORGANIZATION, PERSON, FIRST, LAST, START, END, FORMER]);
/// Fields of ListTenures with one.
pub(super) static TENURE_AS_OF: FieldList = FieldList::new(&[
    FieldSpec::new("holding", ValueKind::Enumeration(HOLDINGS), "what is known on the date asked about"),
    TITLE,
    ORGANIZATION,
    PERSON,
    FIRST,
    LAST,
    START,
    END,
    FORMER,
]);

/// Fields of ListRelatedEntities.
pub(super) static RELATED: FieldList = FieldList::new(&[
    FieldSpec::new("kind", ValueKind::Enumeration(KINDS), "what kind of thing the related entity is"),
    FieldSpec::new("display_name", ValueKind::Text, "its name"),
    FieldSpec::new("relation", ValueKind::Enumeration(RELATIONS), "how they stand to each other at a meeting"),
    FieldSpec::new("meeting_count", ValueKind::Number, "number of meetings that name both"),
    FieldSpec::new("first_date", ValueKind::Date, "date of the first of these"),
    FieldSpec::new("last_date", ValueKind::Date, "date of the last"),
]);
const RELATIONS: &[&str] = &[
    "MET_WITH",
    "HELD_OFFICE_AT",
    "OFFICE_HELD_BY",
    "CONVENED",
    "CONVENED_BY",
    "ADDRESSED",
    "ADDRESSED_BY",
    "NAMED_WITH",
];

const HOLDINGS: &[&str] = &["HELD", "NOT_OBSERVED", "CONTRADICTED"];
const TITLE: FieldSpec = FieldSpec::new("title", ValueKind::Text, "the office without its organization");
const ORGANIZATION: FieldSpec = FieldSpec::new("organization", ValueKind::Name, "the organization");
const PERSON: FieldSpec = FieldSpec::new("person", ValueKind::Name, "the person");
const FIRST: FieldSpec = FieldSpec::new("first_seen", ValueKind::Date, "first evidence");
const LAST: FieldSpec = FieldSpec::new("last_seen", ValueKind::Date, "last evidence");
const START: FieldSpec = FieldSpec::new("start", ValueKind::Date, "when it began, where a report says so");
const END: FieldSpec = FieldSpec::new("end", ValueKind::Date, "when it ended, where a report says so");
const FORMER: FieldSpec = FieldSpec::new("former_since", ValueKind::Date, "first called a past office");

/// What filters compare names by; the same table for all.
pub(super) static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(Abbreviations::new);

/// A filter that has been checked; `None` within lets everything pass.
#[derive(Debug)]
pub(super) struct Filter(Option<filter::Filter>);

impl Filter {
    /// # Errors
    /// [`ServiceError::Invalid`] with the position of the fault.
    pub(super) fn parse(text: &str, fields: &FieldList) -> Answer<Self> {
        Ok(Self(filter::parse(text, fields)?))
    }

    pub(super) fn accepts(&self, record: &dyn Record) -> bool {
        self.0.as_ref().is_none_or(|filter| filter.matches(record, &ABBREVIATIONS))
    }
}

/// Where ids of entities stand in a filter, without their collection.
pub(super) fn entity_ids(filter: &str) -> impl Iterator<Item = Range<usize>> {
    const PREFIX: &str = "entities/";
    filter.match_indices(PREFIX).map(|(at, _)| {
        let start = at + PREFIX.len();
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        start..filter[start..].find(|c| !is_of_id(c)).map_or(filter.len(), |length| start + length)
    })
}

/// A filter in which entities that were found to be others stand under the ids that theirs lead to: callers hold the ids that they were once given.
pub(super) fn led<'f>(filter: &'f str, snapshot: &Snapshot) -> Answer<Cow<'f, str>> {
    let (mut out, mut done) = (String::new(), 0);
    for at in entity_ids(filter) {
        let Ok(id) = EntityId::parse(&filter[at.clone()]) else { continue };
        let led = snapshot.leads_to(&id)?;
        if led != id {
            out.push_str(&filter[done..at.start]);
            out.push_str(led.as_str());
            done = at.end;
        }
    }
    if done == 0 {
        return Ok(Cow::Borrowed(filter));
    }
    out.push_str(&filter[done..]);
    Ok(Cow::Owned(out))
}

/// Lists come in one order; a caller may name it.
///
/// # Errors
/// [`ServiceError::Invalid`] for any other.
pub(super) fn only_order(asked: &str, offered: &str) -> Answer<()> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if asked.trim().is_empty() || words(asked) == words(offered) {
        return Ok(());
    }
    Err(ServiceError::invalid("order_by", ViolationReason::InvalidOrderBy, format!("only {offered:?} is offered here")))
}

/// Looks at the clock now and then while a long list is gone through.
#[derive(Debug)]
pub(super) struct Scan {
    deadline: Option<Instant>,
    seen: u32,
    late: bool,
}

impl Scan {
    pub(super) fn until(deadline: Option<Instant>) -> Self {
        Self { deadline, seen: 0, late: false }
    }

    /// False once the deadline has passed.
    pub(super) fn go_on(&mut self) -> bool {
        self.seen += 1;
        if self.seen.is_multiple_of(256) {
            self.late = self.deadline.is_some_and(|deadline| Instant::now() > deadline);
        }
        !self.late
    }

    /// # Errors
    /// [`ServiceError::DeadlineExceeded`] if the scan was broken off.
    pub(super) fn finish(self) -> Answer<()> {
        if self.late { Err(ServiceError::DeadlineExceeded) } else { Ok(()) }
    }
}

impl From<SearchError> for ServiceError {
    fn from(error: SearchError) -> Self {
        let fault = |field: &str, reason, position: u32, message: String| {
            Self::Invalid(vec![Violation::new(field, reason, message).at(position)])
        };
        match error {
            SearchError::Filter { position, message, near } => {
                let hint = if near.is_empty() { String::new() } else { format!("; near: {}", near.join(", ")) };
                fault("filter", ViolationReason::InvalidFilter, position, message + &hint)
            }
            SearchError::Query { position, message } => {
                fault("query", ViolationReason::InvalidQuery, position, message)
            }
            SearchError::OrderBy { position, message } => {
                fault("order_by", ViolationReason::InvalidOrderBy, position, message)
            }
            SearchError::CursorMismatch => {
                Self::invalid("page_token", ViolationReason::PageTokenMismatch, "belongs to another request")
            }
            SearchError::CursorExpired => Self::invalid(
                "page_token",
                ViolationReason::PageTokenExpired,
                "the state it belongs to is gone; begin again without a token",
            ),
            SearchError::DeadlineExceeded => Self::DeadlineExceeded,
            SearchError::SchemaChanged | SearchError::Storage(_) => Self::Storage(Box::new(error)),
        }
    }
}

fn text(value: Option<&String>) -> Vec<Value> {
    value.map(|text| Value::Text(text.clone())).into_iter().collect()
}

fn date(value: Option<Edtf>) -> Vec<Value> {
    value.map(Value::Date).into_iter().collect()
}

fn day(time: Timestamp) -> Vec<Value> {
    let day = jiff::Timestamp::from_microsecond(time.0)
        .ok()
        .map(|time| Edtf::day(time.to_zoned(jiff::tz::TimeZone::UTC).date()));
    date(day)
}

fn code(text: impl Into<String>) -> Vec<Value> {
    vec![Value::Text(text.into())]
}

/// Counts fit a float up to 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "no count here comes near 2^53")]
fn number(count: u64) -> Vec<Value> {
    vec![Value::Number(count as f64, count as f64)]
}

impl Record for Report {
    fn field(&self, name: &str) -> Vec<Value> {
        match name {
            "publisher" => text(self.draft.publisher.as_ref()),
            "url" => text(self.draft.url.as_ref()),
            "publish_date" => date(self.draft.publish_date),
            "create_time" => day(self.create_time),
            "update_time" => day(self.update_time),
            _ => Vec::new(),
        }
    }
}

impl Record for Entity {
    fn field(&self, name: &str) -> Vec<Value> {
        match name {
            "kind" => code(entity_kind(self.kind)),
            "display_name" => code(self.display_name.as_str()),
            "parent" => self.parent.as_ref().map(|parent| Value::Text(parent.name())).into_iter().collect(),
            "mention_count" => number(self.mention_count),
            "meeting_count" => number(self.meeting_count),
            _ => Vec::new(),
        }
    }
}

impl Record for Mention {
    fn field(&self, name: &str) -> Vec<Value> {
        match name {
            "role" => code(match self.role {
                MentionRole::Participant(_) => "PARTICIPANT",
                MentionRole::Convener => "CONVENER",
                MentionRole::OfficeOrganization => "OFFICE_ORGANIZATION",
                MentionRole::Named => "NAMED",
            }),
            "participant_role" => match self.role {
                MentionRole::Participant(role) => code(participant_role(role)),
                _ => Vec::new(),
            },
            "date" => date(self.date),
            "meeting" => code(self.meeting.name()),
            "report" => code(self.evidence.report.name()),
            _ => Vec::new(),
        }
    }
}

impl Record for Curated {
    fn field(&self, name: &str) -> Vec<Value> {
        match name {
            "state" => code(match self.state {
                CorrectionState::Active => "ACTIVE",
                CorrectionState::Inapplicable => "INAPPLICABLE",
                CorrectionState::Reverted => "REVERTED",
            }),
            "statement" => code(match self.correction.body {
                CorrectionBody::Merge { .. } => "MERGE",
                CorrectionBody::Split { .. } => "SPLIT",
                CorrectionBody::Meeting { .. } => "MEETING",
            }),
            "author" => code(self.correction.said.author.as_str()),
            "create_time" => day(self.correction.create_time),
            _ => Vec::new(),
        }
    }
}

impl Record for OfficeTenure {
    fn field(&self, name: &str) -> Vec<Value> {
        let tenure = &self.tenure;
        match name {
            "holding" => self.holding.map_or_else(Vec::new, |holding| {
                code(match holding {
                    Holding::Held => "HELD",
                    Holding::NotObserved => "NOT_OBSERVED",
                    Holding::Contradicted => "CONTRADICTED",
                })
            }),
            "title" => code(tenure.title.as_str()),
            "organization" => {
                let id = tenure.organization_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
                vec![Value::Name { id, names: vec![tenure.organization.clone()] }]
            }
            "person" => vec![Value::entity(&self.person)],
            "first_seen" => date(tenure.first_seen),
            "last_seen" => date(tenure.last_seen),
            "start" => date(tenure.start.map(|start| start.date)),
            "end" => date(tenure.end.map(|end| end.date)),
            "former_since" => date(tenure.former_since),
            _ => Vec::new(),
        }
    }
}

impl Record for RelatedEntity {
    fn field(&self, name: &str) -> Vec<Value> {
        match name {
            "kind" => code(entity_kind(self.entity.kind)),
            "display_name" => code(self.entity.display_name.as_str()),
            "relation" => self.relations.iter().flat_map(|(kind, _)| code(relation(*kind))).collect(),
            "meeting_count" => number(self.seen.meetings),
            "first_date" => date(self.seen.first),
            "last_date" => date(self.seen.last),
            _ => Vec::new(),
        }
    }
}

fn entity_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PERSON",
        EntityKind::Organization => "ORGANIZATION",
        EntityKind::Place => "PLACE",
        EntityKind::LegalDocument => "LEGAL_DOCUMENT",
    }
}

fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::MetWith => "MET_WITH",
        RelationKind::HeldOfficeAt => "HELD_OFFICE_AT",
        RelationKind::OfficeHeldBy => "OFFICE_HELD_BY",
        RelationKind::Convened => "CONVENED",
        RelationKind::ConvenedBy => "CONVENED_BY",
        RelationKind::Addressed => "ADDRESSED",
        RelationKind::AddressedBy => "ADDRESSED_BY",
        RelationKind::NamedWith => "NAMED_WITH",
    }
}

fn participant_role(role: Role) -> &'static str {
    match role {
        Role::Speaker => "SPEAKER",
        Role::Chair => "CHAIR",
        Role::Recipient => "RECIPIENT",
        Role::Attendee => "ATTENDEE",
        Role::Mentioned => "MENTIONED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_offered_order_is_taken() {
        assert!(only_order("", "date desc").is_ok());
        assert!(only_order(" date  desc ", "date desc").is_ok());
        assert!(only_order("date", "date desc").is_err());
    }

    #[test]
    fn times_are_compared_by_day() {
        assert_eq!(day(Timestamp(1_700_000_000_000_000)), [Value::Date("2023-11-14".parse().unwrap())]);
    }
}
