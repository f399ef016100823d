//! What may be asked of people and organizations beside their records.

use async_trait::async_trait;

use super::{Answer, Lookup, LookupEntities, Page, PageRequest, Redirected, Texts, View};
use crate::model::{Edtf, Entity, EntityId, EntityKind, EntityRef, MeetingId, Revision, Span, Tenure};

pub use crate::registry::people::Holding;

/// Asks for several entities; at most [`super::BATCH_MAX`].
#[derive(Debug, Clone)]
pub struct BatchGetEntities {
    /// Which.
    pub ids: Vec<EntityId>,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Several entities.
#[derive(Debug, Clone)]
pub struct EntityBatch {
    /// In the order asked.
    pub entities: Vec<Redirected<Entity>>,
    /// The snapshot they were read from.
    pub revision: Revision,
    /// Texts of the reports that their evidence points into.
    pub texts: Texts,
}

/// Asks who was seen in which office.
#[derive(Debug, Clone, Default)]
pub struct ListTenures {
    /// A person, or an organization; `None` for whatever organization the office names.
    pub of: Option<EntityId>,
    /// Only this office, as somebody writes it.
    pub office: Option<String>,
    /// The date to judge each tenure on.
    pub as_of: Option<Edtf>,
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest seen first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
}

/// A person in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTenure {
    /// The person.
    pub person: EntityRef,
    /// The office, with evidence.
    pub tenure: Tenure,
    /// What is known on the date asked about, if one was.
    pub holding: Option<Holding>,
}

/// Asks what a name may become that is being typed.
#[derive(Debug, Clone, Default)]
pub struct SuggestEntities {
    /// What has been typed so far.
    pub prefix: String,
    /// Only this kind.
    pub kind: Option<EntityKind>,
    /// Most suggestions wanted; 0 where the caller does not care. See [`super::LOOKUP_CANDIDATES`].
    pub max_suggestions: u32,
    /// At least this revision.
    pub min_revision: Revision,
}

/// Asks what a search may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestSearches {
    /// What has been typed so far.
    pub prefix: String,
    /// Most suggestions wanted; 0 where the caller does not care. See [`super::LOOKUP_CANDIDATES`].
    pub max_suggestions: u32,
    /// At least this revision.
    pub min_revision: Revision,
}

/// What a search may become.
#[derive(Debug, Clone)]
pub struct SearchSuggestions {
    /// Best first.
    pub suggestions: Vec<SearchSuggestion>,
    /// The snapshot it was answered from.
    pub revision: Revision,
}

/// One search that goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSuggestion {
    /// The words.
    pub text: String,
    /// The parts of them that were typed.
    pub highlights: Vec<Span>,
    /// What they are.
    pub what: Suggested,
}

/// What suggested words are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggested {
    /// A name of this entity.
    Entity(EntityRef),
    /// What figures measure.
    Indicator,
    /// A phrase of a meeting's title.
    Phrase,
}

/// What a name may become.
#[derive(Debug, Clone)]
pub struct Suggestions {
    /// Best first.
    pub suggestions: Vec<EntitySuggestion>,
    /// The snapshot it was answered from.
    pub revision: Revision,
}

/// One entity that has a name which goes on from what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntitySuggestion {
    /// The entity.
    pub entity: EntityRef,
    /// The name.
    pub text: String,
    /// The parts of the name that were typed.
    pub highlights: Vec<Span>,
    /// What tells it from others of the name; empty where nothing is known.
    pub detail: String,
    /// Number of mentions.
    pub mention_count: u64,
    /// When it was seen last.
    pub last_seen: Option<Edtf>,
}

/// Asks who and what is named together with an entity.
#[derive(Debug, Clone)]
pub struct ListRelated {
    /// The entity.
    pub of: EntityId,
    /// Only meetings that may have been held at that time.
    pub date: Option<Edtf>,
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for most meetings first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
}

/// One page of related entities.
#[derive(Debug, Clone)]
pub struct RelatedPage {
    /// The entities.
    pub page: Page<RelatedEntity>,
    /// Number of meetings gone through.
    pub meetings: u64,
}

/// How two entities stand to each other at a meeting: the one asked about, and the related one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Both are people who took part.
    MetWith,
    /// It is a person with an office at the related organization.
    HeldOfficeAt,
    /// The related person has an office at it.
    OfficeHeldBy,
    /// It held the meeting that the related person took part in.
    Convened,
    /// It took part in a meeting that the related organization held.
    ConvenedBy,
    /// It said something addressed to the related one.
    Addressed,
    /// The related one said something addressed to it.
    AddressedBy,
    /// Both are named, and none of the above holds.
    NamedWith,
}

/// At how many meetings something holds, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sightings {
    /// Number of meetings.
    pub meetings: u64,
    /// Date of the first.
    pub first: Option<Edtf>,
    /// Date of the last.
    pub last: Option<Edtf>,
}

/// An entity that is named at meetings together with the one asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedEntity {
    /// The related entity.
    pub entity: EntityRef,
    /// All meetings that name both.
    pub seen: Sightings,
    /// The last of them.
    pub last_meeting: MeetingId,
    /// How they stand to each other, most frequent first.
    pub relations: Vec<(RelationKind, Sightings)>,
    /// Who held these meetings, most frequent first; at most five.
    pub bodies: Vec<(EntityRef, u64)>,
}

/// Looks up rows of a table in one snapshot, which it holds for as long as it lives.
#[async_trait]
pub trait Matcher: Send + Sync {
    /// One answer for each row, in order. A row at fault does not keep the others from being answered.
    async fn lookup_all(&self, rows: Vec<LookupEntities>) -> Answer<Vec<Answer<Lookup>>>;
}
