//! The stored forms of corrections and of what takes them back.

mod parts;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use self::parts::PartV2;
use super::{form, report_id};
use crate::journal::EntryBody;
use crate::model::{
    CorrectionBody, EntityId, MeetingChange, MeetingId, MeetingKind, MentionSelector, PartOfDay, Place, Revision, Role,
    Span, Statement, Term,
};

const MERGED: &str = "entities_merged";
const SPLIT: &str = "entity_split";
const MEETING: &str = "meeting_corrected";
const REVERTED: &str = "correction_reverted";

/// Two entities are one, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MergedV1 {
    source: String,
    target: String,
    author: String,
    reason: String,
}

/// Mentions are of another entity, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SplitV1 {
    source: String,
    entity: String,
    mentions: Vec<MentionV1>,
    author: String,
    reason: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MentionV1 {
    report: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<PlaceV1>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceV1 {
    start: u32,
    end: u32,
    /// Digest of the words there.
    words: String,
}

/// Fields of a meeting, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingV1 {
    meeting: String,
    reports: Vec<String>,
    changes: Vec<ChangeV1>,
    author: String,
    reason: String,
}

/// One field; without a value where the meeting has none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeV1 {
    field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The person, for `participants`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<String>,
}

/// Fields and items of a meeting, version 2.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingV2 {
    meeting: String,
    reports: Vec<String>,
    changes: Vec<ChangeV1>,
    items: Vec<PartV2>,
    author: String,
    reason: String,
}

/// Fields, items and figures of a meeting, version 3.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingV3 {
    meeting: String,
    reports: Vec<String>,
    changes: Vec<ChangeV1>,
    items: Vec<PartV2>,
    figures: Vec<PartV2>,
    author: String,
    reason: String,
}

/// A correction no longer holds, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RevertedV1 {
    correction: u64,
    author: String,
    reason: String,
}

type Encoded = Result<(&'static str, i64, Vec<u8>), serde_json::Error>;

pub(super) fn encode(body: &CorrectionBody, said: &Statement) -> Encoded {
    let Statement { author, reason } = said.clone();
    match body {
        CorrectionBody::Merge { source, target } => {
            let form = MergedV1 { source: source.to_string(), target: target.to_string(), author, reason };
            Ok((MERGED, 1, serde_json::to_vec(&form)?))
        }
        CorrectionBody::Split { source, entity, mentions } => {
            let mentions = mentions.iter().map(mention).collect();
            let form = SplitV1 { source: source.to_string(), entity: entity.to_string(), mentions, author, reason };
            Ok((SPLIT, 1, serde_json::to_vec(&form)?))
        }
        CorrectionBody::Meeting { meeting, reports, changes } => {
            let reports = reports.iter().map(ToString::to_string).collect();
            let items: Vec<PartV2> = changes.iter().filter_map(parts::item).collect();
            let figures: Vec<PartV2> = changes.iter().filter_map(parts::figure).collect();
            let (meeting, changes) = (meeting.to_string(), changes.iter().filter_map(change).collect());
            if !figures.is_empty() {
                let form = MeetingV3 { meeting, reports, changes, items, figures, author, reason };
                return Ok((MEETING, 3, serde_json::to_vec(&form)?));
            }
            if items.is_empty() {
                let form = MeetingV1 { meeting, reports, changes, author, reason };
                return Ok((MEETING, 1, serde_json::to_vec(&form)?));
            }
            let form = MeetingV2 { meeting, reports, changes, items, author, reason };
            Ok((MEETING, 2, serde_json::to_vec(&form)?))
        }
    }
}

pub(super) fn encode_reversion(correction: Revision, said: &Statement) -> Encoded {
    let Statement { author, reason } = said.clone();
    Ok((REVERTED, 1, serde_json::to_vec(&RevertedV1 { correction: correction.0, author, reason })?))
}

/// True for the kinds and versions that [`decode`] reads.
pub(super) fn is_known(kind: &str, version: i64) -> bool {
    (version == 1 && [MERGED, SPLIT, MEETING, REVERTED].contains(&kind))
        || ((2..=3).contains(&version) && kind == MEETING)
}

/// Takes out what [`is_known`].
pub(super) fn decode(kind: &str, version: i64, payload: &[u8]) -> Result<EntryBody, String> {
    let (body, said) = match (kind, version) {
        (MERGED, _) => {
            let MergedV1 { source, target, author, reason } = form(payload)?;
            let body = CorrectionBody::Merge { source: entity(&source)?, target: entity(&target)? };
            (body, Statement { author, reason })
        }
        (SPLIT, _) => {
            let SplitV1 { source, entity: other, mentions, author, reason } = form(payload)?;
            let mentions = mentions.into_iter().map(selector).collect::<Result<_, _>>()?;
            let body = CorrectionBody::Split { source: entity(&source)?, entity: entity(&other)?, mentions };
            (body, Statement { author, reason })
        }
        (MEETING, 1) => {
            let MeetingV1 { meeting, reports, changes, author, reason } = form(payload)?;
            (meeting_body(&meeting, &reports, changes, [Vec::new(), Vec::new()])?, Statement { author, reason })
        }
        (MEETING, 2) => {
            let MeetingV2 { meeting, reports, changes, items, author, reason } = form(payload)?;
            (meeting_body(&meeting, &reports, changes, [items, Vec::new()])?, Statement { author, reason })
        }
        (MEETING, _) => {
            let MeetingV3 { meeting, reports, changes, items, figures, author, reason } = form(payload)?;
            (meeting_body(&meeting, &reports, changes, [items, figures])?, Statement { author, reason })
        }
        _ => {
            let RevertedV1 { correction, author, reason } = form(payload)?;
            let said = Statement { author, reason };
            return Ok(EntryBody::CorrectionReverted { correction: Revision(correction), said });
        }
    };
    Ok(EntryBody::Corrected { body, said })
}

fn meeting_body(
    meeting: &str,
    reports: &[String],
    changes: Vec<ChangeV1>,
    [items, figures]: [Vec<PartV2>; 2],
) -> Result<CorrectionBody, String> {
    let meeting = MeetingId::parse(meeting).map_err(|_| "the meeting's id is not one".to_owned())?;
    let reports = reports.iter().map(|id| report_id(id)).collect::<Result<_, _>>()?;
    let items = items.into_iter().map(parts::item_changed);
    let figures = figures.into_iter().map(parts::figure_changed);
    let changes = changes.into_iter().map(changed).chain(items).chain(figures).collect::<Result<_, _>>()?;
    Ok(CorrectionBody::Meeting { meeting, reports, changes })
}

fn entity(text: &str) -> Result<EntityId, String> {
    EntityId::parse(text).map_err(|_| "the entity's id is not one".to_owned())
}

fn mention(selector: &MentionSelector) -> MentionV1 {
    MentionV1 { report: selector.report.to_string(), place: selector.place.as_ref().map(place_v1) }
}

fn place_v1(place: &Place) -> PlaceV1 {
    PlaceV1 { start: place.span.start, end: place.span.end, words: place.words.clone() }
}

fn place(form: PlaceV1) -> Place {
    Place { span: Span::new(form.start, form.end), words: form.words }
}

fn selector(mention: MentionV1) -> Result<MentionSelector, String> {
    Ok(MentionSelector { report: report_id(&mention.report)?, place: mention.place.map(place) })
}

/// One field of the meeting itself.
fn change(change: &MeetingChange) -> Option<ChangeV1> {
    let (value, person) = match change {
        MeetingChange::Title(title) => (Some(title.clone()), None),
        MeetingChange::Kind(kind) => (kind.map(|kind| kind_name(kind).to_owned()), None),
        MeetingChange::Date(date) => (date.map(|date| date.to_string()), None),
        MeetingChange::PartOfDay(part) => (part.map(|part| part_name(part).to_owned()), None),
        MeetingChange::SessionNumber(number) => (number.map(|number| number.to_string()), None),
        MeetingChange::Extended(extended) => (extended.then(|| "true".to_owned()), None),
        MeetingChange::Term(term) => (term.map(|term| term.to_string()), None),
        MeetingChange::Convener(convener) => (convener.as_ref().map(ToString::to_string), None),
        MeetingChange::Venue(venue) => (venue.clone(), None),
        MeetingChange::Participant(person, role) => {
            (role.map(|role| role_name(role).to_owned()), Some(person.to_string()))
        }
        MeetingChange::Item(..) | MeetingChange::Figure(..) => return None,
    };
    Some(ChangeV1 { field: change.field().name().to_owned(), value, person })
}

fn changed(form: ChangeV1) -> Result<MeetingChange, String> {
    let ChangeV1 { field, value, person } = form;
    let wrong = || format!("the value of {field} is not one");
    let text = value.as_deref();
    Ok(match field.as_str() {
        "title" => MeetingChange::Title(value.ok_or_else(wrong)?),
        "kind" => MeetingChange::Kind(optional(text, |name| named(&KINDS, name, kind_name)).ok_or_else(wrong)?),
        "date" => MeetingChange::Date(optional(text, |date| date.parse().ok()).ok_or_else(wrong)?),
        "part_of_day" => {
            MeetingChange::PartOfDay(optional(text, |name| named(&PARTS, name, part_name)).ok_or_else(wrong)?)
        }
        "session_number" => {
            MeetingChange::SessionNumber(optional(text, |number| number.parse().ok()).ok_or_else(wrong)?)
        }
        "extended" => MeetingChange::Extended(text == Some("true")),
        "term" => MeetingChange::Term(optional(text, term).ok_or_else(wrong)?),
        "convener" => MeetingChange::Convener(optional(text, |id| EntityId::parse(id).ok()).ok_or_else(wrong)?),
        "venue" => MeetingChange::Venue(value),
        "participants" => {
            let role = optional(text, |name| named(&ROLES, name, role_name)).ok_or_else(wrong)?;
            MeetingChange::Participant(entity(&person.ok_or_else(wrong)?)?, role)
        }
        _ => return Err("no meeting has such a field".to_owned()),
    })
}

/// `None` if there is a value and it is none.
fn optional<T>(text: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text {
        None => Some(None),
        Some(text) => read(text).map(Some),
    }
}

fn named<T: Copy>(all: &[T], name: &str, name_of: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|one| name_of(*one) == name)
}

fn term(text: &str) -> Option<Term> {
    let (first, last) = text.split_once('-')?;
    Term::new(first.parse().ok()?, last.parse().ok()?)
}

const KINDS: [MeetingKind; 7] = [
    MeetingKind::Conference,
    MeetingKind::WorkingSession,
    MeetingKind::Plenary,
    MeetingKind::Congress,
    MeetingKind::Ceremony,
    MeetingKind::Inspection,
    MeetingKind::Dialogue,
];

fn kind_name(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Conference => "conference",
        MeetingKind::WorkingSession => "working_session",
        MeetingKind::Plenary => "plenary",
        MeetingKind::Congress => "congress",
        MeetingKind::Ceremony => "ceremony",
        MeetingKind::Inspection => "inspection",
        MeetingKind::Dialogue => "dialogue",
    }
}

const PARTS: [PartOfDay; 4] = [PartOfDay::Morning, PartOfDay::Noon, PartOfDay::Afternoon, PartOfDay::Evening];

fn part_name(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "morning",
        PartOfDay::Noon => "noon",
        PartOfDay::Afternoon => "afternoon",
        PartOfDay::Evening => "evening",
    }
}

const ROLES: [Role; 5] = [Role::Speaker, Role::Chair, Role::Recipient, Role::Attendee, Role::Mentioned];

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Speaker => "speaker",
        Role::Chair => "chair",
        Role::Recipient => "recipient",
        Role::Attendee => "attendee",
        Role::Mentioned => "mentioned",
    }
}
