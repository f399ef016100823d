//! What a caller says is right in a meeting's record, checked as far as the request alone tells.

use prost_types::FieldMask;

use super::check::Faults;
use super::convert;
use super::curation::said;
use super::generated::pb;
use crate::model::{FigureChange, Finite, ItemChange, MeetingChange, Span, Term};
use crate::service::api::{CorrectMeeting, FigureCorrection, ItemCorrection};
use crate::service::{ServiceError, ViolationReason};

impl TryFrom<pb::CorrectMeetingRequest> for CorrectMeeting {
    type Error = ServiceError;

    fn try_from(request: pb::CorrectMeetingRequest) -> Result<Self, ServiceError> {
        let mut faults = Faults::default();
        let said = said(request.author, request.reason, request.request_id, request.validate_only);
        let Some(meeting) = request.meeting else {
            faults.note("meeting", ViolationReason::RequiredField, "must be set, with its name");
            return faults.finish(None);
        };
        let id = faults.meeting("meeting.name", &meeting.name);
        let mut changes = masked(&meeting, request.update_mask.as_ref(), &mut faults);
        for (at, part) in request.participants.iter().enumerate() {
            changes.extend(participant(at, part, &mut faults));
        }
        let people: Vec<&str> = request.participants.iter().map(|part| part.person.as_str()).collect();
        if (1..people.len()).any(|at| people[..at].contains(&people[at])) {
            faults.note("participants", ViolationReason::InvalidField, "must name each person once");
        }
        let items = request.items.iter().enumerate();
        let items: Vec<_> = items.filter_map(|(at, asked)| item(at, asked, &meeting.name, &mut faults)).collect();
        let figures = request.figures.iter().enumerate();
        let figures: Vec<_> = figures.filter_map(|(at, asked)| figure(at, asked, &mut faults)).collect();
        let says_more = !request.participants.is_empty() || !request.items.is_empty() || !request.figures.is_empty();
        if !says_more && request.update_mask.is_none_or(|mask| mask.paths.is_empty()) {
            let rule = "must name a field to correct, unless participants, items or figures are given";
            faults.note("update_mask", ViolationReason::RequiredField, rule);
        }
        faults.finish(id.map(|id| Self { id, etag: meeting.etag, changes, items, figures, said }))
    }
}

/// The changes that a mask names, each with the path of its value.
fn masked(meeting: &pb::Meeting, mask: Option<&FieldMask>, faults: &mut Faults) -> Vec<(String, MeetingChange)> {
    let mut changes: Vec<(String, MeetingChange)> = Vec::new();
    for path in mask.map(|mask| mask.paths.as_slice()).unwrap_or_default() {
        let field = format!("meeting.{path}");
        if changes.iter().any(|(_, known)| known.field().name() == path) {
            continue;
        }
        let Some(change) = value(meeting, path, &field, faults) else { continue };
        let field = match change {
            MeetingChange::Convener(_) => format!("{field}.name"),
            _ => field,
        };
        changes.push((field, change));
    }
    changes
}

fn value(meeting: &pb::Meeting, path: &str, field: &str, faults: &mut Faults) -> Option<MeetingChange> {
    let words = |text: &String| (!text.is_empty()).then(|| text.clone());
    Some(match path {
        "title" => MeetingChange::Title(meeting.title.clone()),
        "kind" => MeetingChange::Kind(convert::meeting_kind(faults.number(field, meeting.kind))),
        "date" => {
            let text = meeting.date.as_ref().map_or("", |date| date.edtf.as_str());
            MeetingChange::Date(faults.date("meeting.date.edtf", text))
        }
        "part_of_day" => MeetingChange::PartOfDay(convert::part_of_day_of(faults.number(field, meeting.part_of_day))),
        "session_number" => {
            let number = faults.size(field, meeting.session_number);
            MeetingChange::SessionNumber((number > 0).then_some(number))
        }
        "extended" => MeetingChange::Extended(meeting.extended),
        "term" => MeetingChange::Term(term(&meeting.term, field, faults)),
        "convener" => {
            let name = meeting.convener.as_ref().map_or("", |convener| convener.name.as_str());
            let id = (!name.is_empty()).then(|| faults.entity("meeting.convener.name", name));
            MeetingChange::Convener(id.flatten())
        }
        "venue" => MeetingChange::Venue(words(&meeting.venue)),
        _ => {
            let rule = format!("names {path:?}, which is no field that can be corrected");
            faults.note("update_mask", ViolationReason::InvalidField, rule);
            return None;
        }
    })
}

fn term(text: &str, field: &str, faults: &mut Faults) -> Option<Term> {
    if text.is_empty() {
        return None;
    }
    let years = text.split_once('-').and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    let term = years.and_then(|(first, last)| Term::new(first, last));
    if term.is_none() {
        faults.note(field, ViolationReason::InvalidField, "must be two years at most ten apart, such as 2020-2025");
    }
    term
}

fn participant(at: usize, part: &pb::ParticipantCorrection, faults: &mut Faults) -> Option<(String, MeetingChange)> {
    let field = format!("participants[{at}].person");
    let person = faults.entity(&field, &part.person);
    let role_field = format!("participants[{at}].role");
    let role = convert::role_of(faults.number(&role_field, part.role));
    if part.remove == role.is_some() {
        faults.note(&role_field, ViolationReason::InvalidField, "must be set, unless remove is");
        return None;
    }
    person.map(|person| (field, MeetingChange::Participant(person, role)))
}

fn item(at: usize, asked: &pb::ItemCorrection, meeting: &str, faults: &mut Faults) -> Option<ItemCorrection> {
    let field = format!("items[{at}]");
    let number = asked.name.strip_prefix(meeting).and_then(|rest| rest.strip_prefix("/items/")?.parse().ok());
    if number.is_none() {
        let rule = format!("must be {meeting}/items/…, as in the meeting's record");
        faults.note(&format!("{field}.name"), ViolationReason::InvalidResourceName, rule);
    }
    let none = pb::Item::default();
    let paths = paths(&field, asked.update_mask.as_ref(), asked.remove, faults)?;
    let values = asked.values.as_ref().unwrap_or(&none);
    let changes = paths.iter().filter_map(|path| item_value(values, path, &field, faults)).collect();
    let right = (!asked.remove).then_some(changes);
    number.map(|number| ItemCorrection { field, number, right })
}

/// The fields that are spoken of: none where the whole is no item or figure, else at least one.
fn paths<'a>(field: &str, mask: Option<&'a FieldMask>, remove: bool, faults: &mut Faults) -> Option<&'a [String]> {
    let paths = mask.map(|mask| mask.paths.as_slice()).unwrap_or_default();
    if paths.is_empty() == remove {
        return Some(paths);
    }
    let rule = "must name a field to correct, unless remove is set";
    faults.note(&format!("{field}.update_mask"), ViolationReason::InvalidField, rule);
    None
}

fn figure(at: usize, asked: &pb::FigureCorrection, faults: &mut Faults) -> Option<FigureCorrection> {
    let field = format!("figures[{at}]");
    let none = (pb::Evidence::default(), pb::Figure::default());
    let place = asked.place.as_ref().unwrap_or(&none.0);
    let report = faults.report(&format!("{field}.place.report"), &place.report);
    let span = match (u32::try_from(place.start_offset), u32::try_from(place.end_offset)) {
        (Ok(start), Ok(end)) if start < end => Some(Span::new(start, end)),
        _ => {
            let rule = "must be above start_offset, which must not be negative";
            faults.note(&format!("{field}.place.end_offset"), ViolationReason::InvalidField, rule);
            None
        }
    };
    let paths = paths(&field, asked.update_mask.as_ref(), asked.remove, faults)?;
    let values = asked.values.as_ref().unwrap_or(&none.1);
    let changes = paths.iter().filter_map(|path| figure_value(values, path, &field, faults)).collect();
    let right = (!asked.remove).then_some(changes);
    report.zip(span).map(|(report, span)| FigureCorrection { field, report, span, right })
}

fn figure_value(values: &pb::Figure, path: &str, field: &str, faults: &mut Faults) -> Option<FigureChange> {
    let mut number = |value: f64| {
        let number = Finite::new(value);
        if number.is_none() {
            let rule = "must be a number, and not infinite";
            faults.note(&format!("{field}.values.{path}"), ViolationReason::InvalidField, rule);
        }
        number
    };
    match path {
        "indicator" => Some(FigureChange::Indicator(values.indicator.clone())),
        "value" => number(values.value).map(FigureChange::Value),
        "upper" => match values.upper {
            None => Some(FigureChange::Upper(None)),
            Some(upper) => number(upper).map(|upper| FigureChange::Upper(Some(upper))),
        },
        "unit" => Some(FigureChange::Unit(values.unit.clone())),
        "period" => {
            let text = values.period.as_ref().map_or("", |date| date.edtf.as_str());
            Some(FigureChange::Period(faults.date(&format!("{field}.values.period.edtf"), text)))
        }
        "subject" => Some(FigureChange::Subject(Some(&values.subject).filter(|subject| !subject.is_empty()).cloned())),
        _ => {
            let rule = format!("names {path:?}, which is none of indicator, value, upper, unit, period and subject");
            faults.note(&format!("{field}.update_mask"), ViolationReason::InvalidField, rule);
            None
        }
    }
}

fn item_value(values: &pb::Item, path: &str, field: &str, faults: &mut Faults) -> Option<ItemChange> {
    match path {
        "kind" => {
            let field = format!("{field}.values.kind");
            let number = values.kind;
            let kind = convert::item_kind(faults.number(&field, number));
            if kind.is_none() && number == 0 {
                faults.note(&field, ViolationReason::RequiredField, "must be set");
            }
            kind.map(ItemChange::Kind)
        }
        "speaker" => {
            let name = values.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
            if name.is_empty() {
                return Some(ItemChange::Speaker(None));
            }
            faults.entity(&format!("{field}.values.speaker.name"), name).map(|id| ItemChange::Speaker(Some(id)))
        }
        "deadline" => {
            let text = values.deadline.as_ref().map_or("", |date| date.edtf.as_str());
            Some(ItemChange::Deadline(faults.date(&format!("{field}.values.deadline.edtf"), text)))
        }
        _ => {
            let rule = format!("names {path:?}, which is none of kind, speaker and deadline");
            faults.note(&format!("{field}.update_mask"), ViolationReason::InvalidField, rule);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::check::faulty_fields as faults;

    #[test]
    fn every_fault_of_a_correction_is_told() {
        let meeting = pb::Meeting {
            name: "meetings/m-1".into(),
            date: Some(pb::Date { edtf: "2024-02-30".into(), ..Default::default() }),
            kind: 99,
            session_number: -1,
            term: "2020".into(),
            convener: Some(pb::EntityRef { name: "meetings/m-1".into(), ..Default::default() }),
            ..Default::default()
        };
        let paths = ["kind", "date", "session_number", "term", "convener", "items"].map(str::to_owned).to_vec();
        let part = |person: &str, role, remove| pb::ParticipantCorrection { person: person.into(), role, remove };
        let request = pb::CorrectMeetingRequest {
            meeting: Some(meeting),
            update_mask: Some(FieldMask { paths }),
            participants: vec![part("entities/per-1", 0, false), part("entities/per-1", 2, true)],
            ..Default::default()
        };
        let expected = [
            "meeting.kind",
            "meeting.date.edtf",
            "meeting.session_number",
            "meeting.term",
            "meeting.convener.name",
            "update_mask",
            "participants[0].role",
            "participants[1].role",
            "participants",
        ];
        assert_eq!(faults(CorrectMeeting::try_from(request)), expected);
        assert_eq!(faults(CorrectMeeting::try_from(pb::CorrectMeetingRequest::default())), ["meeting"]);
        let nothing = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), ..Default::default() }),
            ..Default::default()
        };
        assert_eq!(faults(CorrectMeeting::try_from(nothing)), ["update_mask"]);
    }

    #[test]
    fn a_masked_field_without_value_is_cleared() {
        let request = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), etag: "e".into(), ..Default::default() }),
            update_mask: Some(FieldMask { paths: ["date", "venue", "date"].map(str::to_owned).to_vec() }),
            ..Default::default()
        };
        let asked = CorrectMeeting::try_from(request).unwrap();
        let changes: Vec<_> = asked.changes.into_iter().map(|(_, change)| change).collect();
        assert_eq!(changes, [MeetingChange::Date(None), MeetingChange::Venue(None)]);
        assert_eq!(asked.etag, "e");
    }

    #[test]
    fn every_fault_of_an_item_is_told() {
        let item = |name: &str, paths: &[&str], values: pb::Item, remove| pb::ItemCorrection {
            name: name.into(),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(values),
            remove,
            places: Vec::new(),
        };
        let request = |items| pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), etag: "e".into(), ..Default::default() }),
            items,
            ..Default::default()
        };
        let none = pb::Item::default;
        let wrong = pb::Item {
            kind: 99,
            speaker: Some(pb::EntityRef { name: "meetings/m-1".into(), ..Default::default() }),
            deadline: Some(pb::Date { edtf: "2024-13".into(), ..Default::default() }),
            ..none()
        };
        let items = vec![
            item("meetings/m-2/items/1", &["deadline"], none(), false),
            item("meetings/m-1/items/x", &[], none(), true),
            item("meetings/m-1/items/1", &[], none(), false),
            item("meetings/m-1/items/1", &["kind"], none(), true),
            item("meetings/m-1/items/1", &["kind", "speaker", "deadline", "text"], wrong, false),
            item("meetings/m-1/items/1", &["kind"], none(), false),
        ];
        let expected = [
            "items[0].name",
            "items[1].name",
            "items[2].update_mask",
            "items[3].update_mask",
            "items[4].values.kind",
            "items[4].values.speaker.name",
            "items[4].values.deadline.edtf",
            "items[4].update_mask",
            "items[5].values.kind",
        ];
        assert_eq!(faults(CorrectMeeting::try_from(request(items))), expected);
        let cleared = item("meetings/m-1/items/2", &["speaker", "deadline"], none(), false);
        let gone = item("meetings/m-1/items/3", &[], none(), true);
        let asked = CorrectMeeting::try_from(request(vec![cleared, gone])).unwrap();
        let right: Vec<_> = asked.items.into_iter().map(|item| (item.number, item.right)).collect();
        let none = vec![ItemChange::Speaker(None), ItemChange::Deadline(None)];
        assert_eq!(right, [(2, Some(none)), (3, None)]);
    }

    #[test]
    fn every_fault_of_a_figure_is_told() {
        let figure = |report: &str, end_offset, paths: &[&str], values: pb::Figure, remove| pb::FigureCorrection {
            place: Some(pb::Evidence { report: report.into(), start_offset: 3, end_offset, ..Default::default() }),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(values),
            remove,
            places: Vec::new(),
        };
        let request = |figures| pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: "meetings/m-1".into(), ..Default::default() }),
            figures,
            ..Default::default()
        };
        let none = pb::Figure::default;
        let wrong = pb::Figure {
            value: f64::NAN,
            upper: Some(f64::INFINITY),
            period: Some(pb::Date { edtf: "2024-13".into(), ..Default::default() }),
            ..none()
        };
        let figures = vec![
            figure("meetings/m-1", 9, &["value"], none(), false),
            figure("reports/a", 3, &["value"], none(), false),
            figure("reports/a", 9, &[], none(), false),
            figure("reports/a", 9, &["value"], none(), true),
            figure("reports/a", 9, &["value", "upper", "period", "ratio"], wrong, false),
            pb::FigureCorrection { remove: true, ..Default::default() },
        ];
        let expected = [
            "figures[0].place.report",
            "figures[1].place.end_offset",
            "figures[2].update_mask",
            "figures[3].update_mask",
            "figures[4].values.value",
            "figures[4].values.upper",
            "figures[4].values.period.edtf",
            "figures[4].update_mask",
            "figures[5].place.report",
            "figures[5].place.end_offset",
        ];
        assert_eq!(faults(CorrectMeeting::try_from(request(figures))), expected);
        let cleared = figure("reports/a", 9, &["upper", "period", "subject"], none(), false);
        let gone = figure("reports/a", 19, &[], none(), true);
        let asked = CorrectMeeting::try_from(request(vec![cleared, gone])).unwrap();
        let right: Vec<_> = asked.figures.into_iter().map(|figure| (figure.span.end, figure.right)).collect();
        let none = vec![FigureChange::Upper(None), FigureChange::Period(None), FigureChange::Subject(None)];
        assert_eq!(right, [(9, Some(none)), (19, None)]);
    }
}
