//! What corrections of meetings say of its parts: of items since version 2, of figures since version 3.

use serde::{Deserialize, Serialize};

use super::{PlaceV1, named, optional, place, place_v1, report_id};
use crate::model::{EntityId, FigureChange, Finite, ItemChange, ItemKind, MeetingChange, Spot};

/// An item or a figure; without changes where it is none at all.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartV2 {
    spots: Vec<SpotV2>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<PartChangeV2>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpotV2 {
    report: String,
    place: PlaceV1,
}

/// One field; without a value where the item or figure has none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartChangeV2 {
    pub(super) field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
}

/// What is said of an item.
pub(super) fn item(change: &MeetingChange) -> Option<PartV2> {
    let MeetingChange::Item(spots, right) = change else { return None };
    let changes = right.as_ref().map(|right| right.iter().map(item_change).collect());
    Some(PartV2 { spots: spots.iter().map(spot).collect(), changes })
}

/// What is said of a figure.
pub(super) fn figure(change: &MeetingChange) -> Option<PartV2> {
    let MeetingChange::Figure(spots, right) = change else { return None };
    let changes = right.as_ref().map(|right| right.iter().map(figure_change).collect());
    Some(PartV2 { spots: spots.iter().map(spot).collect(), changes })
}

fn spot(spot: &Spot) -> SpotV2 {
    SpotV2 { report: spot.report.to_string(), place: place_v1(&spot.place) }
}

pub(super) fn item_change(change: &ItemChange) -> PartChangeV2 {
    let value = match change {
        ItemChange::Kind(kind) => Some(item_kind_name(*kind).to_owned()),
        ItemChange::Speaker(speaker) => speaker.as_ref().map(ToString::to_string),
        ItemChange::Deadline(date) => date.map(|date| date.to_string()),
    };
    PartChangeV2 { field: change.field().to_owned(), value }
}

fn figure_change(change: &FigureChange) -> PartChangeV2 {
    // The shortest digits that lead back to the very number.
    let digits = |number: Finite| number.get().to_string();
    let value = match change {
        FigureChange::Indicator(words) | FigureChange::Unit(words) => Some(words.clone()),
        FigureChange::Value(value) => Some(digits(*value)),
        FigureChange::Upper(upper) => upper.map(digits),
        FigureChange::Period(date) => date.map(|date| date.to_string()),
        FigureChange::Subject(subject) => subject.clone(),
    };
    PartChangeV2 { field: change.field().to_owned(), value }
}

pub(super) fn item_changed(form: PartV2) -> Result<MeetingChange, String> {
    let (spots, right) = part(form, item_field)?;
    Ok(MeetingChange::Item(spots, right))
}

pub(super) fn figure_changed(form: PartV2) -> Result<MeetingChange, String> {
    let (spots, right) = part(form, figure_field)?;
    Ok(MeetingChange::Figure(spots, right))
}

type Part<C> = (Vec<Spot>, Option<Vec<C>>);

fn part<C>(form: PartV2, field: impl Fn(PartChangeV2) -> Result<C, String>) -> Result<Part<C>, String> {
    let spot = |spot: SpotV2| Ok::<_, String>(Spot { report: report_id(&spot.report)?, place: place(spot.place) });
    let spots = form.spots.into_iter().map(spot).collect::<Result<_, _>>()?;
    let changes = form.changes.map(|changes| changes.into_iter().map(field).collect::<Result<_, _>>());
    Ok((spots, changes.transpose()?))
}

pub(super) fn item_field(form: PartChangeV2) -> Result<ItemChange, String> {
    let PartChangeV2 { field, value } = form;
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

pub(super) fn figure_field(form: PartChangeV2) -> Result<FigureChange, String> {
    let PartChangeV2 { field, value } = form;
    let wrong = || format!("the value of a figure's {field} is not one");
    let number = |text: &str| text.parse().ok().and_then(Finite::new);
    let text = value.as_deref();
    Ok(match field.as_str() {
        "indicator" => FigureChange::Indicator(value.ok_or_else(wrong)?),
        "value" => FigureChange::Value(text.and_then(number).ok_or_else(wrong)?),
        "upper" => FigureChange::Upper(optional(text, number).ok_or_else(wrong)?),
        "unit" => FigureChange::Unit(value.ok_or_else(wrong)?),
        "period" => FigureChange::Period(optional(text, |date| date.parse().ok()).ok_or_else(wrong)?),
        "subject" => FigureChange::Subject(value),
        _ => return Err("no figure has such a field".to_owned()),
    })
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
