//! People, organizations, places and legal documents across reports and over time.

use serde::{Deserialize, Serialize};

use super::{DatedFact, Edtf, EntityId, Evidence, MeetingId, ReportId, Revision, Role};

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A body: party, state, front, union, company, school.
    Organization,
    /// An administrative unit or a named location.
    Place,
    /// A legal or policy document.
    LegalDocument,
}

impl EntityKind {
    /// First part of the ids of this kind.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Person => "per",
            Self::Organization => "org",
            Self::Place => "plc",
            Self::LegalDocument => "doc",
        }
    }
}

/// An entity as other records name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityRef {
    /// Which.
    pub id: EntityId,
    /// Kind.
    pub kind: EntityKind,
    /// Its display name.
    pub display_name: String,
}

/// One way an entity was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// As written, normalised.
    pub name: String,
    /// Earliest day of the first meeting or report that wrote it so; `None` for names from the gazetteer.
    pub first_seen: Option<Edtf>,
    /// Latest.
    pub last_seen: Option<Edtf>,
    /// In how many reports.
    pub count: u64,
}

/// A person seen in an office, from first to last evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// The office without its organization.
    pub title: String,
    /// The organization's name.
    pub organization: String,
    /// The organization's entity.
    pub organization_id: Option<EntityId>,
    /// Earliest date at which a report shows the person in the office.
    pub first_seen: Option<Edtf>,
    /// Latest such date.
    pub last_seen: Option<Edtf>,
    /// When it began, only where a report says so.
    pub start: Option<DatedFact>,
    /// When it ended, only where a report says so.
    pub end: Option<DatedFact>,
    /// Earliest date at which a report calls it a past office ("nguyên").
    pub former_since: Option<Edtf>,
    /// Evidence, first and last at least.
    pub evidence: Vec<Evidence>,
    /// Number of reports that show the person in it, those aside that call it a past office.
    pub reports: u64,
}

/// What is known of a place from the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// Official code with the table's level letter, such as `D769`; empty where the place is not in the gazetteer.
    pub code: String,
    /// First day it existed, if bounded.
    pub valid_from: Option<Edtf>,
    /// First day it no longer existed, if bounded.
    pub valid_until: Option<Edtf>,
    /// Units that took over its area.
    pub successors: Vec<EntityId>,
}

/// What is known of a legal document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReferenceFacts {
    /// "Nghị quyết", "Kế hoạch", …
    pub kind: String,
    /// Number as written.
    pub number: Option<String>,
    /// Issuer's name.
    pub issuer: Option<String>,
    /// Date of issue.
    pub date: Option<Edtf>,
}

/// One thing across reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Identity.
    pub id: EntityId,
    /// Kind.
    pub kind: EntityKind,
    /// The name to show.
    pub display_name: String,
    /// Every way it was written, most frequent first.
    pub aliases: Vec<Alias>,
    /// The body or unit it belongs to.
    pub parent: Option<EntityId>,
    /// For places.
    pub place: Option<PlaceFacts>,
    /// For legal documents.
    pub reference: Option<ReferenceFacts>,
    /// Number of mentions.
    pub mention_count: u64,
    /// Number of meetings it is mentioned at.
    pub meeting_count: u64,
    /// Revision of the last change.
    pub revision: Revision,
    /// Offices of a person. The largest part, and stored last, so that whoever wants none of them need not go through them.
    pub tenures: Vec<Tenure>,
}

impl Entity {
    /// Date of the first meeting whose report names it, as far as its names tell.
    #[must_use]
    pub fn first_seen(&self) -> Option<Edtf> {
        self.aliases.iter().filter_map(|alias| alias.first_seen).min_by_key(|date| (date.earliest(), *date))
    }

    /// Date of the last one.
    #[must_use]
    pub fn last_seen(&self) -> Option<Edtf> {
        self.aliases.iter().filter_map(|alias| alias.last_seen).max_by_key(|date| (date.latest(), *date))
    }
}

/// In what part an entity is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionRole {
    /// A participant, with the role.
    Participant(Role),
    /// Holds the meeting.
    Convener,
    /// Where a participant's office is.
    OfficeOrganization,
    /// Named otherwise.
    Named,
}

/// How a mention came to its entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub outcome: Outcome,
    /// Reasons in English, strongest first.
    pub reasons: Vec<String>,
}

/// Outcome of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Linked to an entity that other evidence supports.
    Known,
    /// Nothing like it was known: the mention founds the entity.
    New,
    /// Several entities fit; the mention is kept apart under its own.
    Ambiguous,
}

/// One place where a report names an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Who or what.
    pub entity: EntityId,
    /// At which meeting.
    pub meeting: MeetingId,
    /// Date of that meeting.
    pub date: Option<Edtf>,
    /// In what part.
    pub role: MentionRole,
    /// Where.
    pub evidence: Evidence,
    /// The words at that place, normalised.
    pub text: String,
}

/// One answer to "who is this?".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub entity: Entity,
    /// Probability that this is meant, between 0 and 1.
    pub score: f64,
    /// True where a program may act on it: the score is high and no other candidate comes near.
    pub is_match: bool,
    /// The alias or office that matched.
    pub matched: String,
    /// Why, in English, strongest first.
    pub reasons: Vec<String>,
}

/// What a caller knows beside the words it looks up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LookupContext {
    /// Only this kind.
    pub kind: Option<EntityKind>,
    /// The date the words speak of.
    pub as_of: Option<Edtf>,
    /// The report the words stand in.
    pub report: Option<ReportId>,
}
