//! The fields that searches filter by, and where the index keeps them.

use super::filter::{FieldList, FieldSpec, ValueKind};
use super::keys::Role;
use super::schema::{Unit, columns};
use super::vocabulary::{ITEM_KINDS, MEETING_KINDS, PARTS_OF_DAY};

/// What is known of a meeting, for a filter on its items or figures too.
macro_rules! of_meeting {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            FieldSpec::new("date", ValueKind::Date, "When the meeting was held."),
            FieldSpec::new("convener", ValueKind::Name, "Who holds the meeting."),
            FieldSpec::new("participant", ValueKind::Name, "A person who took part in the meeting, not only named."),
            FieldSpec::new("session_number", ValueKind::Number, "The N of \"lần thứ N\"."),
            FieldSpec::new("extended", ValueKind::Boolean, "Whether the meeting was \"mở rộng\"."),
            FieldSpec::new("term", ValueKind::Code, "Term of the body that meets, such as 2020-2025."),
            FieldSpec::new("part_of_day", ValueKind::Enumeration(&PARTS_OF_DAY), "Part of the day of the meeting."),
            FieldSpec::new("title", ValueKind::Text, "Words of the meeting's title."),
            FieldSpec::new("venue", ValueKind::Text, "Where the meeting was held."),
            FieldSpec::new("publisher", ValueKind::Text, "Newspaper or portal of a report behind the meeting."),
            FieldSpec::new("report", ValueKind::Code, "A report behind the meeting, reports/{report}."),
            FieldSpec::new("meeting", ValueKind::Code, "The meeting, meetings/{meeting}."),
        ]
    };
}

const PLACE: FieldSpec = FieldSpec::new("place", ValueKind::Name, "A place named.");
const ORGANIZATION: FieldSpec = FieldSpec::new("organization", ValueKind::Name, "A body named.");
const LEGAL_DOCUMENT: FieldSpec =
    FieldSpec::new("legal_document", ValueKind::Name, "A legal or policy document named.");
const PERSON: FieldSpec = FieldSpec::new("person", ValueKind::Name, "A person named.");
const SPEAKER: FieldSpec = FieldSpec::new("speaker", ValueKind::Name, "Whose words they are.");
const ADDRESSEE: FieldSpec =
    FieldSpec::new("addressee", ValueKind::Name, "To whom a directive or proposal is addressed.");
const MEETING_KIND: FieldSpec =
    FieldSpec::new("meeting_kind", ValueKind::Enumeration(&MEETING_KINDS), "Kind of the meeting.");

static MEETING_FIELDS: &[FieldSpec] = of_meeting![
    FieldSpec::new("kind", ValueKind::Enumeration(&MEETING_KINDS), "Kind of the meeting."),
    SPEAKER,
    ADDRESSEE,
    PERSON,
    PLACE,
    ORGANIZATION,
    LEGAL_DOCUMENT,
];

static ITEM_FIELDS: &[FieldSpec] = of_meeting![
    FieldSpec::new("kind", ValueKind::Enumeration(&ITEM_KINDS), "Kind of the item."),
    SPEAKER,
    ADDRESSEE,
    PERSON,
    PLACE,
    ORGANIZATION,
    LEGAL_DOCUMENT,
    FieldSpec::new("deadline", ValueKind::Date, "By when it is to be done."),
    MEETING_KIND,
];

static FIGURE_FIELDS: &[FieldSpec] = of_meeting![
    FieldSpec::new("indicator", ValueKind::Text, "What is counted."),
    FieldSpec::new("value", ValueKind::Number, "The number, in base units."),
    FieldSpec::new("unit", ValueKind::Text, "VND, USD, % or the counted thing."),
    FieldSpec::new("subject", ValueKind::Text, "Place or body the value is about."),
    FieldSpec::new("period", ValueKind::Date, "Time the value is for."),
    PERSON,
    PLACE,
    ORGANIZATION,
    LEGAL_DOCUMENT,
    MEETING_KIND,
];

/// The fields that a search for this unit may filter by.
#[must_use]
pub fn fields(unit: Unit) -> FieldList {
    FieldList::new(match unit {
        Unit::Meeting => MEETING_FIELDS,
        Unit::Item => ITEM_FIELDS,
        Unit::Figure => FIGURE_FIELDS,
    })
}

/// Where the index keeps a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Keys of codes under this name.
    Code(&'static str),
    /// Keys and words of names.
    Name(Role),
    /// Two columns of day numbers.
    Days([&'static str; 2]),
    /// Two columns of numbers, lower and upper end.
    Range([&'static str; 2]),
    /// One column of whole numbers.
    Whole(&'static str),
}

/// Where the index keeps a field of a unit, and whether on the meeting rather than on the unit's own document.
pub(super) fn place(unit: Unit, name: &str) -> Option<(Place, bool)> {
    let own = |place| Some((place, false));
    match (unit, name) {
        (_, "kind") => own(Place::Code("kind")),
        (_, "speaker") => own(Place::Name(Role::Speaker)),
        (_, "addressee") => own(Place::Name(Role::Addressee)),
        (_, "person") => Some((Place::Name(Role::Person), unit == Unit::Figure)),
        (_, "place") => Some((Place::Name(Role::Place), unit == Unit::Figure)),
        (_, "organization") => Some((Place::Name(Role::Organization), unit == Unit::Figure)),
        (_, "legal_document") => Some((Place::Name(Role::LegalDocument), unit == Unit::Figure)),
        (_, "meeting") => own(Place::Code("meeting")),
        (Unit::Item, "deadline") => own(Place::Days(columns::DEADLINE)),
        (Unit::Figure, "indicator") => own(Place::Name(Role::Indicator)),
        (Unit::Figure, "unit") => own(Place::Name(Role::Quantity)),
        (Unit::Figure, "subject") => own(Place::Name(Role::Subject)),
        (Unit::Figure, "value") => own(Place::Range(columns::VALUE)),
        (Unit::Figure, "period") => own(Place::Days(columns::PERIOD)),
        _ => place_on_meeting(name).map(|place| (place, unit != Unit::Meeting)),
    }
}

fn place_on_meeting(name: &str) -> Option<Place> {
    Some(match name {
        "meeting_kind" => Place::Code("kind"),
        "date" => Place::Days(columns::DATE),
        "convener" => Place::Name(Role::Convener),
        "participant" => Place::Name(Role::Participant),
        "session_number" => Place::Whole(columns::SESSION),
        "extended" => Place::Code("extended"),
        "term" => Place::Code("term"),
        "part_of_day" => Place::Code("part_of_day"),
        "title" => Place::Name(Role::Title),
        "venue" => Place::Name(Role::Venue),
        "publisher" => Place::Name(Role::Publisher),
        "report" => Place::Code("report"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_field_has_its_place() {
        for unit in Unit::ALL {
            for field in fields(unit).fields() {
                assert!(place(unit, field.name).is_some(), "{unit:?} {}", field.name);
            }
        }
    }
}
