//! What corrections of a meeting's items and figures must keep to.

use std::collections::BTreeSet;

use super::api::{Answer, FigureCorrection, ItemCorrection};
use super::curation_rules::{MAX_CHOICES, check_text};
use super::entities::entity;
use super::error::{ServiceError, ViolationReason};
use crate::model::{EntityKind, Evidence, FigureChange, Finite, ItemChange, Meeting, MeetingChange, Place, Spot};
use crate::projection::Snapshot;
use crate::registry::keys::Naming;

/// A change of an item, under the places where the item stands and the ids of now.
pub(super) fn item(
    snapshot: &Snapshot,
    naming: &Naming,
    meeting: &Meeting,
    asked: &ItemCorrection,
) -> Answer<MeetingChange> {
    let fault = |field: &str, rule: &str| Err(ServiceError::invalid(field, ViolationReason::InvalidField, rule));
    let Some(item) = meeting.items.iter().find(|item| item.number == asked.number) else {
        return fault(&format!("{}.name", asked.field), "is no item of the meeting's record");
    };
    let spots = spots(&item.text, &item.evidence);
    let Some(right) = &asked.right else { return Ok(MeetingChange::Item(spots, None)) };
    let mut changes = Vec::with_capacity(right.len());
    for change in right {
        changes.push(match change {
            ItemChange::Speaker(Some(id)) => {
                let speaker = entity(snapshot, naming, id)?;
                if !matches!(speaker.kind, EntityKind::Person | EntityKind::Organization) {
                    let field = format!("{}.values.speaker.name", asked.field);
                    return fault(&field, "must be a person or an organization");
                }
                ItemChange::Speaker(Some(speaker.id))
            }
            _ => change.clone(),
        });
    }
    Ok(MeetingChange::Item(spots, Some(changes)))
}

/// Changes of figures, under all places where each figure stands.
pub(super) fn figures(meeting: &Meeting, asked: &[FigureCorrection]) -> Answer<Vec<MeetingChange>> {
    let (mut changes, mut named) = (Vec::with_capacity(asked.len()), BTreeSet::new());
    for FigureCorrection { field, report, span, right } in asked {
        let fault = |field: &str, rule| Err(ServiceError::invalid(field, ViolationReason::InvalidField, rule));
        let stands = |evidence: &Evidence| evidence.report == *report && evidence.span == *span;
        let Some(at) = meeting.figures.iter().position(|figure| figure.evidence.iter().any(stands)) else {
            return fault(&format!("{field}.place"), "is where no figure of the meeting's record stands");
        };
        if !named.insert(at) {
            return fault("figures", "must name each figure once");
        }
        let figure = &meeting.figures[at];
        if let Some(right) = right {
            let (mut value, mut upper) = (figure.figure.value, figure.figure.upper);
            for change in right {
                match change {
                    FigureChange::Value(right) => value = right.get(),
                    FigureChange::Upper(right) => upper = right.map(Finite::get),
                    _ => {}
                }
            }
            if upper.is_some_and(|upper| upper <= value) {
                return fault(&format!("{field}.values.upper"), "must be above value");
            }
        }
        changes.push(MeetingChange::Figure(spots(&figure.figure.text, &figure.evidence), right.clone()));
    }
    Ok(changes)
}

fn spots(words: &str, evidence: &[Evidence]) -> Vec<Spot> {
    let words = Place::digest(words);
    let spot = |evidence: &Evidence| Spot {
        report: evidence.report.clone(),
        place: Place { span: evidence.span, words: words.clone() },
    };
    evidence.iter().map(spot).collect()
}

/// An item's change as text; stored as part of what was asked, so this must stay as it is.
pub(super) fn words_of_item(asked: &ItemCorrection) -> String {
    let words = |change: &ItemChange| match change {
        ItemChange::Kind(kind) => format!(" kind={kind:?}"),
        ItemChange::Speaker(id) => format!(" speaker={}", id.as_ref().map(ToString::to_string).unwrap_or_default()),
        ItemChange::Deadline(date) => {
            format!(" deadline={}", date.map(|date| date.to_string()).unwrap_or_default())
        }
    };
    let right = asked.right.as_ref().map_or_else(|| " removed".to_owned(), |right| right.iter().map(words).collect());
    format!("items {}{right}", asked.number)
}

/// The same of a figure.
pub(super) fn words_of_figure(asked: &FigureCorrection) -> String {
    let words = |change: &FigureChange| {
        let value = match change {
            FigureChange::Indicator(text) | FigureChange::Unit(text) => text.clone(),
            FigureChange::Value(value) => value.get().to_string(),
            FigureChange::Upper(upper) => upper.map(|upper| upper.get().to_string()).unwrap_or_default(),
            FigureChange::Period(date) => date.map(|date| date.to_string()).unwrap_or_default(),
            FigureChange::Subject(subject) => subject.clone().unwrap_or_default(),
        };
        format!(" {}={value}", change.field())
    };
    let right = asked.right.as_ref().map_or_else(|| " removed".to_owned(), |right| right.iter().map(words).collect());
    format!("figures {} {} {}{right}", asked.report, asked.span.start, asked.span.end)
}

/// Items are known by numbers that may change with the record, so they must come from the record as it is.
pub(super) fn check_items(etag: &str, items: &[ItemCorrection]) -> Answer<()> {
    let fault = |field: &str, reason, rule: &str| Err(ServiceError::invalid(field, reason, rule));
    if items.len() > MAX_CHOICES {
        return fault("items", ViolationReason::InvalidField, &format!("must be at most {MAX_CHOICES}"));
    }
    if !items.is_empty() && etag.is_empty() {
        let rule = "must be set where items are corrected, since their names may change with the record";
        return fault("meeting.etag", ViolationReason::RequiredField, rule);
    }
    let numbers: BTreeSet<u32> = items.iter().map(|item| item.number).collect();
    if numbers.len() < items.len() {
        return fault("items", ViolationReason::InvalidField, "must name each item once");
    }
    Ok(())
}

/// How many figures, and what may be said of them.
pub(super) fn check_figures(figures: &[FigureCorrection]) -> Answer<()> {
    if figures.len() > MAX_CHOICES {
        let rule = format!("must be at most {MAX_CHOICES}");
        return Err(ServiceError::invalid("figures", ViolationReason::InvalidField, rule));
    }
    let mut faults = Vec::new();
    for figure in figures {
        for change in figure.right.iter().flatten() {
            let field = format!("{}.values.{}", figure.field, change.field());
            match change {
                FigureChange::Unit(text) | FigureChange::Subject(Some(text)) => check_text(&field, text, &mut faults),
                FigureChange::Indicator(text) if !text.is_empty() => check_text(&field, text, &mut faults),
                _ => {}
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults)) }
}
