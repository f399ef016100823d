//! A meeting's record as people read it.

use super::print::{Page, word};
use crate::grpc::generated::pb;

/// Adds everything in the record to a page.
#[must_use]
pub fn record(page: Page, meeting: &pb::Meeting) -> Page {
    let page = head(page, meeting);
    let page = page.table("People", ["name", "role", "offices"], meeting.participants.iter().map(person).collect());
    let page =
        page.table("Said and decided", ["kind", "by", "text", "by when"], meeting.items.iter().map(item).collect());
    let page = page.table(
        "Figures",
        ["indicator", "value", "period", "compared"],
        meeting.figures.iter().map(figure).collect(),
    );
    let page =
        page.table("Documents", ["document", "about", "issuer"], meeting.references.iter().map(document).collect());
    let page = page.table("Bodies and places", ["name", "kind"], meeting.mentions.iter().map(mention).collect());
    page.table("Unsure", ["reason", "what"], meeting.diagnostics.iter().map(unsure).collect())
}

fn head(page: Page, meeting: &pb::Meeting) -> Page {
    let told = |name: &str, value: String| (!value.is_empty()).then(|| format!("{name:<10}{value}"));
    let session = (meeting.session_number != 0).then(|| format!("session {}", meeting.session_number));
    let extended = meeting.extended.then(|| "extended".to_owned());
    let kind: Vec<String> = [Some(kind(meeting)), session, extended].into_iter().flatten().collect();
    page.line(&meeting.title)
        .line_if(told("kind", kind.join(", ")))
        .line_if(told("date", format!("{} {}", date(meeting), part_of_day(meeting)).trim().to_owned()))
        .line_if(told("convener", named(meeting.convener.as_ref())))
        .line_if(told("venue", meeting.venue.clone()))
        .line_if(told("term", meeting.term.clone()))
}

/// Kind of a meeting.
#[must_use]
pub fn kind(meeting: &pb::Meeting) -> String {
    word(meeting.kind().as_str_name(), "MEETING_KIND_")
}

/// Date of a meeting, with a question mark where it was inferred.
#[must_use]
pub fn date(meeting: &pb::Meeting) -> String {
    let Some(date) = &meeting.date else { return String::new() };
    let sure = matches!(date.basis(), pb::DateBasis::Stated | pb::DateBasis::Unspecified);
    format!("{}{}", date.edtf, if sure { "" } else { " (inferred)" })
}

/// Name of an entity.
#[must_use]
pub fn named(entity: Option<&pb::EntityRef>) -> String {
    entity.map(|entity| entity.display_name.clone()).unwrap_or_default()
}

/// Kind of an item.
#[must_use]
pub fn item_kind(item: &pb::Item) -> String {
    word(item.kind().as_str_name(), "ITEM_KIND_")
}

/// Kind of an entity.
#[must_use]
pub fn entity_kind(kind: pb::EntityKind) -> String {
    word(kind.as_str_name(), "ENTITY_KIND_")
}

fn part_of_day(meeting: &pb::Meeting) -> String {
    word(meeting.part_of_day().as_str_name(), "PART_OF_DAY_")
}

fn person(participant: &pb::Participant) -> [String; 3] {
    let offices: Vec<String> = participant.offices.iter().map(office).collect();
    let role = word(participant.role().as_str_name(), "PARTICIPANT_ROLE_");
    [named(participant.person.as_ref()), role, offices.join("\n")]
}

fn office(office: &pb::Office) -> String {
    let marks =
        [(office.former, "former"), (office.acting, "acting"), (office.begins, "begins"), (office.ends, "ends")];
    let marks: Vec<&str> = marks.into_iter().filter(|(set, _)| *set).map(|(_, mark)| mark).collect();
    let office = format!("{} {}", office.title, office.organization);
    if marks.is_empty() { office.trim().to_owned() } else { format!("{} ({})", office.trim(), marks.join(", ")) }
}

fn item(item: &pb::Item) -> [String; 4] {
    let deadline = item.deadline.as_ref().map(|date| date.edtf.clone()).unwrap_or_default();
    [item_kind(item), named(item.speaker.as_ref()), item.text.clone(), deadline]
}

/// A figure in one row.
#[must_use]
pub fn figure(figure: &pb::Figure) -> [String; 4] {
    let period = figure.period.as_ref().map(|period| period.edtf.clone()).unwrap_or_default();
    let compared = figure.comparison.as_ref().map(|to| format!("{} % {}", to.percent, to.basis)).unwrap_or_default();
    let doubt = figure.check() == pb::FigureCheck::Inconsistent;
    let indicator = [figure.indicator.as_str(), figure.subject.as_str()].join(" ").trim().to_owned();
    [indicator, format!("{}{}", figure.text, if doubt { " (?)" } else { "" }), period, compared]
}

fn document(reference: &pb::Reference) -> [String; 3] {
    [reference.text.clone(), reference.title.clone(), reference.issuer.clone()]
}

fn mention(mention: &pb::MeetingMention) -> [String; 2] {
    let kind = mention.entity.as_ref().map(|entity| entity_kind(entity.kind())).unwrap_or_default();
    [named(mention.entity.as_ref()), kind]
}

fn unsure(diagnostic: &pb::Diagnostic) -> [String; 2] {
    [word(diagnostic.reason().as_str_name(), "DIAGNOSTIC_REASON_"), diagnostic.message.clone()]
}
