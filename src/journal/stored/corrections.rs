//! The stored forms of corrections and of what takes them back.

use serde::{Deserialize, Serialize};

use super::{form, report_id};
use crate::journal::EntryBody;
use crate::model::{
    CorrectionBody, EntityId, ItemChange, ItemKind, MeetingChange, MeetingId, MeetingKind, MentionSelector, PartOfDay,
    Place, Revision, Role, Span, Spot, Statement, Term,
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
    items: Vec<ItemV2>,
    author: String,
    reason: String,
}

/// An item; without changes where it is none at all.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemV2 {
    spots: Vec<SpotV2>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<ItemChangeV2>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpotV2 {
    report: String,
    place: PlaceV1,
}

/// One field; without a value where the item has none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemChangeV2 {
    field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
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
            let items: Vec<ItemV2> = changes.iter().filter_map(item).collect();
            let (meeting, changes) = (meeting.to_string(), changes.iter().filter_map(change).collect());
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
    (version == 1 && [MERGED, SPLIT, MEETING, REVERTED].contains(&kind)) || (version == 2 && kind == MEETING)
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
            (meeting_body(&meeting, &reports, changes, Vec::new())?, Statement { author, reason })
        }
        (MEETING, _) => {
            let MeetingV2 { meeting, reports, changes, items, author, reason } = form(payload)?;
            (meeting_body(&meeting, &reports, changes, items)?, Statement { author, reason })
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
    items: Vec<ItemV2>,
) -> Result<CorrectionBody, String> {
    let meeting = MeetingId::parse(meeting).map_err(|_| "the meeting's id is not one".to_owned())?;
    let reports = reports.iter().map(|id| report_id(id)).collect::<Result<_, _>>()?;
    let changes =
        changes.into_iter().map(changed).chain(items.into_iter().map(item_changed)).collect::<Result<_, _>>()?;
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
        MeetingChange::Item(..) => return None,
    };
    Some(ChangeV1 { field: change.field().name().to_owned(), value, person })
}

/// One item.
fn item(change: &MeetingChange) -> Option<ItemV2> {
    let MeetingChange::Item(spots, right) = change else { return None };
    let spot = |spot: &Spot| SpotV2 { report: spot.report.to_string(), place: place_v1(&spot.place) };
    let changes = right.as_ref().map(|right| right.iter().map(item_change).collect());
    Some(ItemV2 { spots: spots.iter().map(spot).collect(), changes })
}

fn item_change(change: &ItemChange) -> ItemChangeV2 {
    let value = match change {
        ItemChange::Kind(kind) => Some(item_kind_name(*kind).to_owned()),
        ItemChange::Speaker(speaker) => speaker.as_ref().map(ToString::to_string),
        ItemChange::Deadline(date) => date.map(|date| date.to_string()),
    };
    ItemChangeV2 { field: change.field().to_owned(), value }
}

fn item_changed(form: ItemV2) -> Result<MeetingChange, String> {
    let spot = |spot: SpotV2| Ok::<_, String>(Spot { report: report_id(&spot.report)?, place: place(spot.place) });
    let spots = form.spots.into_iter().map(spot).collect::<Result<_, _>>()?;
    let changes = form.changes.map(|changes| changes.into_iter().map(item_field).collect::<Result<_, _>>());
    Ok(MeetingChange::Item(spots, changes.transpose()?))
}

fn item_field(form: ItemChangeV2) -> Result<ItemChange, String> {
    let ItemChangeV2 { field, value } = form;
    let wrong = || format!("the value of an item's {field} is not one");
    let text = value.as_deref();
    Ok(match field.as_str() {
        "kind" => {
            ItemChange::Kind(text.and_then(|name| named(&ItemKind::ALL, name, item_kind_name)).ok_or_else(wrong)?)
        }
        "speaker" => ItemChange::Speaker(optional(text, |id| EntityId::parse(id).ok()).ok_or_else(wrong)?),
        "deadline" => ItemChange::Deadline(optional(text, |date| date.parse().ok()).ok_or_else(wrong)?),
        _ => return Err("no item has such a field".to_owned()),
    })
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

fn item_kind_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Directive => "directive",
        ItemKind::Proposal => "proposal",
        ItemKind::Commitment => "commitment",
        ItemKind::Achievement => "achievement",
        ItemKind::Shortcoming => "shortcoming",
        ItemKind::Recognition => "recognition",
        ItemKind::Decision => "decision",
        ItemKind::Statement => "statement",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Entry;
    use crate::journal::stored::Sealed;
    use crate::model::{ReportId, Timestamp};

    fn said() -> Statement {
        Statement { author: "Lan".into(), reason: "nhầm \"người\"".into() }
    }

    fn id(text: &str) -> EntityId {
        EntityId::parse(text).expect(text)
    }

    /// Version 1 as it was first released: kind, payload, what it means. Never edit these.
    fn version_1() -> Vec<(&'static str, &'static str, EntryBody)> {
        let report = |id: &str| ReportId::parse(id).expect(id);
        let corrected = |body| EntryBody::Corrected { body, said: said() };
        let place = Place { span: Span::new(3, 9), words: "00ff".into() };
        let mentions = vec![
            MentionSelector { report: report("a"), place: None },
            MentionSelector { report: report("b"), place: Some(place) },
        ];
        let changes = vec![
            MeetingChange::Title("Họp".into()),
            MeetingChange::Kind(Some(MeetingKind::WorkingSession)),
            MeetingChange::Date("2024-05-06".parse().ok()),
            MeetingChange::PartOfDay(Some(PartOfDay::Noon)),
            MeetingChange::SessionNumber(Some(7)),
            MeetingChange::Extended(true),
            MeetingChange::Term(Term::new(2020, 2025)),
            MeetingChange::Convener(Some(id("org-1"))),
            MeetingChange::Venue(Some("hội trường".into())),
            MeetingChange::Participant(id("per-1"), Some(Role::Chair)),
        ];
        let cleared = vec![
            MeetingChange::Kind(None),
            MeetingChange::Date(None),
            MeetingChange::Extended(false),
            MeetingChange::Participant(id("per-1"), None),
        ];
        let meeting = MeetingId::parse("m-1").expect("an id");
        vec![
            (
                "entities_merged",
                r#"{"source":"org-1","target":"org-2","author":"Lan","reason":"nhầm \"người\""}"#,
                corrected(CorrectionBody::Merge { source: id("org-1"), target: id("org-2") }),
            ),
            (
                "entity_split",
                r#"{"source":"org-1","entity":"org-3","mentions":[{"report":"a"},{"report":"b","place":{"start":3,"end":9,"words":"00ff"}}],"author":"Lan","reason":"nhầm \"người\""}"#,
                corrected(CorrectionBody::Split { source: id("org-1"), entity: id("org-3"), mentions }),
            ),
            (
                "meeting_corrected",
                r#"{"meeting":"m-1","reports":["a","b"],"changes":[{"field":"title","value":"Họp"},{"field":"kind","value":"working_session"},{"field":"date","value":"2024-05-06"},{"field":"part_of_day","value":"noon"},{"field":"session_number","value":"7"},{"field":"extended","value":"true"},{"field":"term","value":"2020-2025"},{"field":"convener","value":"org-1"},{"field":"venue","value":"hội trường"},{"field":"participants","value":"chair","person":"per-1"}],"author":"Lan","reason":"nhầm \"người\""}"#,
                corrected(CorrectionBody::Meeting {
                    meeting: meeting.clone(),
                    reports: vec![report("a"), report("b")],
                    changes,
                }),
            ),
            (
                "meeting_corrected",
                r#"{"meeting":"m-1","reports":["a"],"changes":[{"field":"kind"},{"field":"date"},{"field":"extended"},{"field":"participants","person":"per-1"}],"author":"Lan","reason":"nhầm \"người\""}"#,
                corrected(CorrectionBody::Meeting { meeting, reports: vec![report("a")], changes: cleared }),
            ),
            (
                "correction_reverted",
                r#"{"correction":12,"author":"Lan","reason":"nhầm \"người\""}"#,
                EntryBody::CorrectionReverted { correction: Revision(12), said: said() },
            ),
        ]
    }

    #[test]
    fn version_1_is_read_for_ever() {
        for (kind, payload, body) in version_1() {
            assert!(is_known(kind, 1) && !is_known(kind, 3) && !is_known(kind, 0));
            assert_eq!(decode(kind, 1, payload.as_bytes()), Ok(body.clone()));
            let sealed = Sealed::seal(&Entry { revision: Revision(3), time: Timestamp(5), body }).expect("sealed");
            assert_eq!((sealed.kind.as_slice(), sealed.payload.as_slice()), (kind.as_bytes(), payload.as_bytes()));
            assert!(sealed.report.is_empty());
        }
    }

    #[test]
    fn version_2_of_a_meeting_is_read_for_ever() {
        // As it was first released. Never edit this.
        let payload = r#"{"meeting":"m-1","reports":["a"],"changes":[{"field":"title","value":"Họp"}],"items":[{"spots":[{"report":"a","place":{"start":3,"end":9,"words":"00ff"}}],"changes":[{"field":"kind","value":"directive"},{"field":"speaker","value":"per-1"},{"field":"deadline","value":"2024-05"}]},{"spots":[{"report":"a","place":{"start":30,"end":39,"words":"ff00"}}],"changes":[{"field":"speaker"},{"field":"deadline"}]},{"spots":[{"report":"a","place":{"start":50,"end":59,"words":"ff11"}}]}],"author":"Lan","reason":"nhầm \"người\""}"#;
        let spot = |start, end, words: &str| {
            let place = Place { span: Span::new(start, end), words: words.into() };
            vec![Spot { report: ReportId::parse("a").expect("an id"), place }]
        };
        let right = vec![
            ItemChange::Kind(ItemKind::Directive),
            ItemChange::Speaker(Some(id("per-1"))),
            ItemChange::Deadline("2024-05".parse().ok()),
        ];
        let none = vec![ItemChange::Speaker(None), ItemChange::Deadline(None)];
        let changes = vec![
            MeetingChange::Title("Họp".into()),
            MeetingChange::Item(spot(3, 9, "00ff"), Some(right)),
            MeetingChange::Item(spot(30, 39, "ff00"), Some(none)),
            MeetingChange::Item(spot(50, 59, "ff11"), None),
        ];
        let meeting = MeetingId::parse("m-1").expect("an id");
        let reports = vec![ReportId::parse("a").expect("an id")];
        let body = EntryBody::Corrected { body: CorrectionBody::Meeting { meeting, reports, changes }, said: said() };
        assert!(is_known(MEETING, 2) && !is_known(MERGED, 2));
        assert_eq!(decode(MEETING, 2, payload.as_bytes()), Ok(body.clone()));
        let sealed = Sealed::seal(&Entry { revision: Revision(3), time: Timestamp(5), body }).expect("sealed");
        assert_eq!((sealed.version, std::str::from_utf8(&sealed.payload)), (2, Ok(payload)));
    }

    #[test]
    fn every_value_has_a_name_that_leads_back() {
        let all = KINDS
            .map(|kind| MeetingChange::Kind(Some(kind)))
            .into_iter()
            .chain(PARTS.map(|part| MeetingChange::PartOfDay(Some(part))))
            .chain(ROLES.map(|role| MeetingChange::Participant(id("per-1"), Some(role))));
        for one in all {
            assert_eq!(changed(change(&one).expect("a field")), Ok(one));
        }
        for one in ItemKind::ALL.map(ItemChange::Kind) {
            assert_eq!(item_field(item_change(&one)), Ok(one));
        }
    }

    #[test]
    fn what_is_no_value_is_told_without_quoting_it() {
        let form = |field: &str, value: &str| ChangeV1 { field: field.into(), value: Some(value.into()), person: None };
        for field in ["kind", "date", "part_of_day", "session_number", "term", "convener", "participants", "secret"] {
            let what = changed(form(field, "Secret")).expect_err("no value");
            assert!(!what.to_lowercase().contains("secret"), "{what}");
        }
        for field in ["kind", "speaker", "deadline", "secret"] {
            let form = ItemChangeV2 { field: field.into(), value: Some("Secret".into()) };
            let what = item_field(form).expect_err("no value");
            assert!(!what.to_lowercase().contains("secret"), "{what}");
        }
    }
}
