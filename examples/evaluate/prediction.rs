//! A record in the shape that the evaluation's gold files have.

use bienban::model::{Extraction, FactRef, ItemKind, MeetingKind, OfficeFact, PartOfDay, Role};
use serde_json::{Value, json};

/// One line of predictions: the facts of one report, without positions in the text.
pub fn prediction(id: &str, record: &Extraction) -> Value {
    let meeting = &record.meeting;
    json!({
        "id": id,
        "meeting": {
            "kind": meeting.kind.map(kind),
            "date": meeting.date.map(|fact| fact.date.to_string()),
            "part_of_day": meeting.part_of_day.map(part_of_day),
            "session_number": meeting.session_number,
            "extended": meeting.extended,
            "term": meeting.term.map(|term| term.to_string()),
            "convener": meeting.convener.as_ref().map(|convener| &convener.name),
        },
        "people": record.people.iter().map(|person| json!({
            "name": person.name,
            "role": role(person.role),
            "positions": person.offices.iter().map(|office| json!({"title": title(office), "organization": office.organization})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "organizations": record.organizations.iter().map(|body| &body.name).collect::<Vec<_>>(),
        "places": record.places.iter().map(|place| &place.name).collect::<Vec<_>>(),
        "legal_documents": record.references.iter().map(|reference| json!({
            "type": reference.kind, "number": reference.number, "text": reference.text,
        })).collect::<Vec<_>>(),
        "figures": record.figures.iter().map(|figure| json!({
            "value": figure.value, "of": figure.ratio.map(|ratio| ratio.denominator), "unit": figure.unit, "text": figure.text,
            "indicator": figure.indicator,
        })).collect::<Vec<_>>(),
        "items": record.items.iter().map(|item| json!({
            "kind": item_kind(item.kind), "speaker": item.speaker.and_then(|speaker| name(record, speaker)), "text": item.text,
        })).collect::<Vec<_>>(),
    })
}

fn name(record: &Extraction, fact: FactRef) -> Option<&str> {
    match fact {
        FactRef::Person(at) => record.people.get(at as usize).map(|person| person.name.as_str()),
        FactRef::Organization(at) => record.organizations.get(at as usize).map(|body| body.name.as_str()),
        FactRef::Place(at) => record.places.get(at as usize).map(|place| place.name.as_str()),
        FactRef::Reference(at) => record.references.get(at as usize).map(|reference| reference.text.as_str()),
    }
}

fn kind(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Conference => "CONFERENCE",
        MeetingKind::WorkingSession => "WORKING_SESSION",
        MeetingKind::Plenary => "PLENARY",
        MeetingKind::Congress => "CONGRESS",
        MeetingKind::Ceremony => "CEREMONY",
        MeetingKind::Inspection => "INSPECTION",
        MeetingKind::Dialogue => "DIALOGUE",
    }
}

/// The title with the word for who only acts in it, which the records keep apart.
fn title(office: &OfficeFact) -> String {
    if office.acting { format!("quyền {}", office.title) } else { office.title.clone() }
}

fn part_of_day(part: PartOfDay) -> &'static str {
    match part {
        PartOfDay::Morning => "MORNING",
        PartOfDay::Noon => "NOON",
        PartOfDay::Afternoon => "AFTERNOON",
        PartOfDay::Evening => "EVENING",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Speaker => "SPEAKER",
        Role::Chair => "CHAIR",
        Role::Recipient => "RECIPIENT",
        Role::Attendee => "ATTENDEE",
        Role::Mentioned => "MENTIONED",
    }
}

fn item_kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Directive => "DIRECTIVE",
        ItemKind::Proposal => "PROPOSAL",
        ItemKind::Commitment => "COMMITMENT",
        ItemKind::Achievement => "ACHIEVEMENT",
        ItemKind::Shortcoming => "SHORTCOMING",
        ItemKind::Recognition => "RECOGNITION",
        ItemKind::Decision => "DECISION",
        ItemKind::Statement => "STATEMENT",
    }
}
