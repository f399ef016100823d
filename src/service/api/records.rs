//! What may be asked of meetings and entities, one by one and in lists.

use super::{PageRequest, Redirected, Texts, View};
use crate::model::{Candidate, EntityId, LookupContext, Meeting, MeetingId, MeetingSummary, Revision};

/// A meeting in the view asked for.
#[derive(Debug, Clone)]
pub enum MeetingRecord {
    /// What a list shows.
    Basic(Box<MeetingSummary>),
    /// Everything.
    Full(Box<Meeting>),
}

/// Asks for one meeting.
#[derive(Debug, Clone)]
pub struct GetMeeting {
    /// Which.
    pub id: MeetingId,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks for several meetings; at most [`super::BATCH_MAX`].
#[derive(Debug, Clone)]
pub struct BatchGetMeetings {
    /// Which.
    pub ids: Vec<MeetingId>,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Several meetings.
#[derive(Debug, Clone)]
pub struct MeetingBatch {
    /// In the order asked.
    pub meetings: Vec<Redirected<MeetingRecord>>,
    /// The snapshot they were read from.
    pub revision: Revision,
    /// Texts of the reports behind them.
    pub texts: Texts,
}

/// Asks for meetings.
#[derive(Debug, Clone)]
pub struct ListMeetings {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest date first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks for one entity.
#[derive(Debug, Clone)]
pub struct GetEntity {
    /// Which.
    pub id: EntityId,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks for entities.
#[derive(Debug, Clone)]
pub struct ListEntities {
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for most mentioned first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
    /// How much.
    pub view: View,
}

/// Asks whom or what words mean.
#[derive(Debug, Clone, Default)]
pub struct LookupEntities {
    /// The words, as somebody wrote them.
    pub query: String,
    /// What the caller knows beside them.
    pub context: LookupContext,
    /// Most candidates wanted; 0 where the caller does not care. See [`super::LOOKUP_CANDIDATES`].
    pub max_candidates: u32,
    /// At least this revision.
    pub min_revision: Revision,
}

/// Whom or what words may mean.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Best first.
    pub candidates: Vec<Candidate>,
    /// How the words were read.
    pub interpretation: Interpretation,
    /// The snapshot it was answered from.
    pub revision: Revision,
}

/// How the words of a lookup were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interpretation {
    /// The words after normalisation, abbreviations spelt out.
    pub normalized: String,
    /// What each part was taken for, in English: `honorific "ông"`, `given name "Nghị"`.
    pub readings: Vec<String>,
}

/// Asks where an entity is mentioned.
#[derive(Debug, Clone)]
pub struct ListMentions {
    /// Whose mentions.
    pub entity: EntityId,
    /// Which page.
    pub page: PageRequest,
    /// AIP-160; empty for all.
    pub filter: String,
    /// Empty for latest meeting first.
    pub order_by: String,
    /// At least this revision.
    pub min_revision: Revision,
}
