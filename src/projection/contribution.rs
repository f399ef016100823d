//! What a report contributes to the entities it names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ProjectionError;
use super::by_entity::{self, MentionPlace};
use super::key::Key;
use super::reading::StoredReading;
use super::table::{day_order, decode, encode};
use super::unite::{Link, Links};
use crate::model::{Edtf, EntityId, Evidence, Meeting, MeetingId, Mention, MentionRole, ReportId, Role, Span};
use crate::text::Document;

/// One mention with the name it was made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Contribution {
    /// The mention, as it is answered.
    pub(super) mention: Mention,
    /// The full name the report uses for the entity (short forms are mentions, no aliases).
    pub(super) alias: String,
    /// True for the first of the report's mentions under this alias: the one that counts the alias.
    pub(super) counts_alias: bool,
}

impl Contribution {
    /// Where it stands among the mentions of its entity.
    pub(super) fn place(&self) -> MentionPlace<'_> {
        let evidence = &self.mention.evidence;
        let role = role_number(self.mention.role);
        (day_order(self.mention.date), evidence.report.as_str(), evidence.span.start, role)
    }

    /// Its key among what stands by entities.
    pub(super) fn key(&self) -> Key {
        by_entity::mention(self.mention.entity.as_str(), self.place())
    }
}

/// What the row of a mention says beside its key.
#[derive(Serialize, Deserialize)]
struct Row {
    /// `None` for the meeting that is named after the report.
    meeting: Option<MeetingId>,
    date: Option<Edtf>,
    /// Length in code points.
    length: u32,
    text: String,
    /// `None` where it is the text.
    alias: Option<String>,
    counts_alias: bool,
}

const MENTIONS: &str = "mentions";

impl Contribution {
    /// The value of its row.
    pub(super) fn row(&self) -> Result<Vec<u8>, ProjectionError> {
        let Mention { meeting, date, text, evidence, .. } = &self.mention;
        let row = Row {
            meeting: (*meeting != MeetingId::of_report(&evidence.report)).then(|| meeting.clone()),
            date: *date,
            length: evidence.span.end - evidence.span.start,
            text: text.clone(),
            alias: (self.alias != *text).then(|| self.alias.clone()),
            counts_alias: self.counts_alias,
        };
        encode(MENTIONS, &row)
    }

    /// The contribution that a row of an entity's mentions stands for.
    pub(super) fn of_row(
        entity: &EntityId,
        (_, report, start, role): MentionPlace<'_>,
        value: &[u8],
    ) -> Result<Self, ProjectionError> {
        let row: Row = decode(MENTIONS, value)?;
        let broken = || ProjectionError::Decode { table: MENTIONS, source: postcard::Error::SerdeDeCustom };
        let report = ReportId::parse(report).map_err(|_| broken())?;
        let mention = Mention {
            entity: entity.clone(),
            meeting: row.meeting.unwrap_or_else(|| MeetingId::of_report(&report)),
            date: row.date,
            role: role_of(role).ok_or_else(broken)?,
            evidence: Evidence { report, span: Span::new(start, start.saturating_add(row.length)) },
            text: row.text,
        };
        let alias = row.alias.unwrap_or_else(|| mention.text.clone());
        Ok(Self { mention, alias, counts_alias: row.counts_alias })
    }
}

/// The roles in the order of their numbers.
const ROLES: [MentionRole; 8] = [
    MentionRole::Participant(Role::Speaker),
    MentionRole::Participant(Role::Chair),
    MentionRole::Participant(Role::Recipient),
    MentionRole::Participant(Role::Attendee),
    MentionRole::Participant(Role::Mentioned),
    MentionRole::Convener,
    MentionRole::OfficeOrganization,
    MentionRole::Named,
];

fn role_of(number: u8) -> Option<MentionRole> {
    ROLES.get(usize::from(number)).copied()
}

/// Tells apart mentions at one place of a text: an office's organization is also named.
fn role_number(role: MentionRole) -> u8 {
    // Every role stands in the list (a test holds that).
    ROLES.iter().zip(0..).find(|(known, _)| **known == role).map_or(u8::MAX, |(_, number)| number)
}

/// Everything a reading contributes to the entities it names, as a companion of its meeting. `text` is the report's stored text.
pub(super) fn contributions(
    reading: &StoredReading,
    links: &Links,
    meeting: &Meeting,
    text: &str,
) -> Vec<Contribution> {
    let mut maker = Maker {
        reading,
        meeting,
        quotes: Quotes::new(text),
        made: Vec::new(),
        counted: BTreeSet::new(),
        placed: BTreeSet::new(),
    };
    let extraction = &reading.extraction;
    for (person, link) in extraction.people.iter().zip(&links.people) {
        maker.add(link, &person.name, MentionRole::Participant(person.role), &person.spans);
    }
    // Under the names that the report alone gives them: who was merged with another goes by the other's name in the links.
    let told = &reading.resolution;
    for ((person, bodies), told) in extraction.people.iter().zip(&links.offices).zip(&told.offices) {
        for ((office, body), told) in person.offices.iter().zip(bodies).zip(told) {
            if let Some(id) = body {
                let name = told.as_ref().map_or("", |body| &body.display_name);
                maker.add_id(id, name, MentionRole::OfficeOrganization, &[office.span]);
            }
        }
    }
    let convener = told.convener.as_ref().map_or("", |convener| &convener.display_name);
    if let (Some(fact), Some(link)) = (&extraction.meeting.convener, &links.convener) {
        maker.add_id(&link.id, convener, MentionRole::Convener, &[fact.span]);
    }
    for ((fact, link), told) in extraction.organizations.iter().zip(&links.organizations).zip(&told.organizations) {
        maker.add(link, &told.entity.display_name, MentionRole::Named, &fact.spans);
    }
    for (fact, link) in extraction.places.iter().zip(&links.places) {
        maker.add(link, &fact.name, MentionRole::Named, &fact.spans);
    }
    for ((fact, link), told) in extraction.references.iter().zip(&links.references).zip(&told.references) {
        maker.add(link, &told.entity.display_name, MentionRole::Named, &fact.spans);
    }
    maker.made
}

struct Maker<'a> {
    reading: &'a StoredReading,
    meeting: &'a Meeting,
    quotes: Quotes<'a>,
    made: Vec<Contribution>,
    /// Entity and alias pairs that were counted already.
    counted: BTreeSet<(EntityId, String)>,
    /// Keys of the mentions made, without what is the same for all.
    placed: BTreeSet<(EntityId, u32, u8)>,
}

impl Maker<'_> {
    fn add(&mut self, link: &Link, alias: &str, role: MentionRole, spans: &[Span]) {
        self.add_id(&link.entity.id, alias, role, spans);
    }

    fn add_id(&mut self, id: &EntityId, alias: &str, role: MentionRole, spans: &[Span]) {
        // A name that a line of the text breaks is the same name.
        let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
        for &span in spans {
            let mention = Mention {
                entity: id.clone(),
                meeting: self.meeting.id.clone(),
                date: self.meeting.date.map(|fact| fact.date),
                role,
                evidence: Evidence { report: self.reading.report.clone(), span },
                text: self.quotes.of(span),
            };
            if self.placed.insert((id.clone(), span.start, role_number(role))) {
                let counts_alias = !alias.is_empty() && self.counted.insert((id.clone(), alias.clone()));
                self.made.push(Contribution { mention, alias: alias.clone(), counts_alias });
            }
        }
    }
}

/// Cuts quotes out of a stored text without walking it from the start each time.
pub(super) struct Quotes<'a> {
    text: &'a str,
    /// Byte at which each code point begins, and one more for the end.
    starts: Vec<u32>,
}

impl<'a> Quotes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { text, starts: text.char_indices().map(|(at, _)| byte(at)).chain([byte(text.len())]).collect() }
    }

    /// The words at a span, normalised.
    pub(super) fn of(&self, span: Span) -> String {
        let at = |point: u32| self.starts.get(point as usize).or(self.starts.last()).map_or(0, |&byte| byte as usize);
        Document::new(self.text.get(at(span.start)..at(span.end)).unwrap_or_default()).text().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_give_back_what_they_were_made_of() {
        let report = ReportId::parse("r-1").expect("an id");
        for (meeting, alias) in
            [(MeetingId::of_report(&report), "Lê Hoà"), (MeetingId::parse("m9").expect("id"), "ông Hoà")]
        {
            for role in ROLES {
                let evidence = Evidence { report: report.clone(), span: Span::new(4, 10) };
                let entity = EntityId::derive("per", &["x"]);
                let date = "2024-05".parse().ok();
                let mention =
                    Mention { entity, meeting: meeting.clone(), date, role, evidence, text: "Lê Hoà".into() };
                let one = Contribution { mention, alias: alias.into(), counts_alias: true };
                let row = one.row().expect("written");
                assert_eq!(Contribution::of_row(&one.mention.entity, one.place(), &row).expect("read"), one);
            }
        }
        for role in [Role::Speaker, Role::Chair, Role::Recipient, Role::Attendee, Role::Mentioned] {
            assert!(role_number(MentionRole::Participant(role)) < 5);
        }
    }
}
