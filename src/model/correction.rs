//! Corrections: what people know better than the reports, or than the reading of them.
//!
//! A correction says what is true, by whom and why; it never changes a report or the words taken as evidence. It stands in the journal like
//! a report does and is applied to whatever is read out of the reports, now and after every later reading.

use serde::{Deserialize, Serialize};

use super::{
    CorrectionId, Edtf, EntityId, Finite, ItemKind, MeetingId, MeetingKind, PartOfDay, ReportId, Revision, Role, Span,
    Term, Timestamp,
};

/// Who says something, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Whoever answers for it: a name or an account of the caller's.
    pub author: String,
    /// Why, for those who read it later.
    pub reason: String,
}

/// What a correction says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CorrectionBody {
    /// Two entities are one.
    Merge {
        /// The one whose id leads elsewhere from now on.
        source: EntityId,
        /// The one that stays.
        target: EntityId,
    },
    /// Some mentions of an entity are of another one.
    Split {
        /// The entity they were taken for.
        source: EntityId,
        /// The entity they are of; see [`EntityId::of_split`].
        entity: EntityId,
        /// Which mentions.
        mentions: Vec<MentionSelector>,
    },
    /// Fields of a meeting's record are wrong.
    Meeting {
        /// The meeting, by the id it had.
        meeting: MeetingId,
        /// The reports that told of it then, in the order of the record: the correction holds for the meeting that the first of them that
        /// is left tells of.
        reports: Vec<ReportId>,
        /// What is right.
        changes: Vec<MeetingChange>,
    },
}

/// Some mentions in one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MentionSelector {
    /// The report.
    pub report: ReportId,
    /// Where in its text; `None` for all mentions of the entity in the report.
    pub place: Option<Place>,
}

/// A place in a text, known by what stands there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The range.
    pub span: Span,
    /// [`Place::digest`] of the words at the range. Where the report says something else there by now, the place means nothing.
    pub words: String,
}

impl Place {
    /// Tells words apart without keeping them: 32 hexadecimal digits.
    #[must_use]
    pub fn digest(words: &str) -> String {
        data_encoding::HEXLOWER.encode(&blake3::hash(words.as_bytes()).as_bytes()[..16])
    }
}

/// One field of a meeting's record, with what is right. `None` where the meeting has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingChange {
    /// The headline.
    Title(String),
    /// Kind of event.
    Kind(Option<MeetingKind>),
    /// When it was held.
    Date(Option<Edtf>),
    /// Part of the day.
    PartOfDay(Option<PartOfDay>),
    /// The N of "lần thứ N".
    SessionNumber(Option<u32>),
    /// Others than the members were invited.
    Extended(bool),
    /// Term of the body that meets.
    Term(Option<Term>),
    /// Who holds it.
    Convener(Option<EntityId>),
    /// Where.
    Venue(Option<String>),
    /// The part that a person who is named had in it; `None` where the person is no participant at all.
    Participant(EntityId, Option<Role>),
    /// What an item says; `None` where it is none at all. The item is the one whose words stand at these places, one for each report that told
    /// of it when the correction was made: the first that is found decides.
    Item(Vec<Spot>, Option<Vec<ItemChange>>),
    /// What a figure says; `None` where it is none at all. Known by places, like an item.
    Figure(Vec<Spot>, Option<Vec<FigureChange>>),
}

/// A place in a report's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// The report.
    pub report: ReportId,
    /// Where in its text, and what stands there. Where the same words stand twice, the nearer ones are meant.
    pub place: Place,
}

/// One field of an item, with what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemChange {
    /// What kind of act it is.
    Kind(ItemKind),
    /// Whose words they are: a person or an organization; `None` where the report itself says it.
    Speaker(Option<EntityId>),
    /// By when it is to be done.
    Deadline(Option<Edtf>),
}

/// One field of a figure, with what is right. Its ratio, its comparison and whether they agree stay as the reports have them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FigureChange {
    /// What is counted; empty where nothing says so.
    Indicator(String),
    /// The number in base units; the lower end of a range.
    Value(Finite),
    /// The upper end of a range; `None` where it is one number.
    Upper(Option<Finite>),
    /// `VND`, `USD`, `%` or the counted thing.
    Unit(String),
    /// The time it is for.
    Period(Option<Edtf>),
    /// The place or body it is about.
    Subject(Option<String>),
}

/// A field of a meeting's record that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MeetingField {
    /// The headline.
    Title,
    /// Kind of event.
    Kind,
    /// When it was held.
    Date,
    /// Part of the day.
    PartOfDay,
    /// The N of "lần thứ N".
    SessionNumber,
    /// Others than the members were invited.
    Extended,
    /// Term of the body that meets.
    Term,
    /// Who holds it.
    Convener,
    /// Where.
    Venue,
    /// People and their parts.
    Participants,
    /// Things said and decided.
    Items,
    /// Quantities.
    Figures,
}

impl MeetingField {
    /// Every field.
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::Kind,
        Self::Date,
        Self::PartOfDay,
        Self::SessionNumber,
        Self::Extended,
        Self::Term,
        Self::Convener,
        Self::Venue,
        Self::Participants,
        Self::Items,
        Self::Figures,
    ];

    /// The field's name in the API, also in field masks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Date => "date",
            Self::PartOfDay => "part_of_day",
            Self::SessionNumber => "session_number",
            Self::Extended => "extended",
            Self::Term => "term",
            Self::Convener => "convener",
            Self::Venue => "venue",
            Self::Participants => "participants",
            Self::Items => "items",
            Self::Figures => "figures",
        }
    }
}

impl MeetingChange {
    /// The field that it is about.
    #[must_use]
    pub fn field(&self) -> MeetingField {
        match self {
            Self::Title(_) => MeetingField::Title,
            Self::Kind(_) => MeetingField::Kind,
            Self::Date(_) => MeetingField::Date,
            Self::PartOfDay(_) => MeetingField::PartOfDay,
            Self::SessionNumber(_) => MeetingField::SessionNumber,
            Self::Extended(_) => MeetingField::Extended,
            Self::Term(_) => MeetingField::Term,
            Self::Convener(_) => MeetingField::Convener,
            Self::Venue(_) => MeetingField::Venue,
            Self::Participant(..) => MeetingField::Participants,
            Self::Item(..) => MeetingField::Items,
            Self::Figure(..) => MeetingField::Figures,
        }
    }

    /// The entities that it names, under the ids they had.
    pub fn entities(&self) -> impl Iterator<Item = &EntityId> {
        let (own, changes) = match self {
            Self::Convener(Some(id)) | Self::Participant(id, _) => (Some(id), None),
            Self::Item(_, changes) => (None, changes.as_deref()),
            _ => (None, None),
        };
        let speakers = changes.unwrap_or_default().iter().filter_map(|change| match change {
            ItemChange::Speaker(speaker) => speaker.as_ref(),
            ItemChange::Kind(_) | ItemChange::Deadline(_) => None,
        });
        own.into_iter().chain(speakers)
    }
}

impl ItemChange {
    /// The field's name in the API, also in field masks.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Kind(_) => "kind",
            Self::Speaker(_) => "speaker",
            Self::Deadline(_) => "deadline",
        }
    }
}

impl FigureChange {
    /// The field's name in the API, also in field masks.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Indicator(_) => "indicator",
            Self::Value(_) => "value",
            Self::Upper(_) => "upper",
            Self::Unit(_) => "unit",
            Self::Period(_) => "period",
            Self::Subject(_) => "subject",
        }
    }
}

/// A field of a meeting's record that says what a correction says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CorrectedField {
    /// The field.
    pub field: MeetingField,
    /// The correction.
    pub correction: CorrectionId,
}

/// A correction as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Identity: [`CorrectionId::of`] its revision.
    pub id: CorrectionId,
    /// Revision of the journal entry that carries it.
    pub revision: Revision,
    /// When it came in.
    pub create_time: Timestamp,
    /// What it says.
    pub body: CorrectionBody,
    /// Who says so, and why.
    pub said: Statement,
    /// Its end, if it was reverted.
    pub reverted: Option<Reversion>,
}

/// The end of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversion {
    /// Revision of the journal entry that reverted it.
    pub revision: Revision,
    /// When.
    pub time: Timestamp,
    /// Who says so, and why.
    pub said: Statement,
}

/// Whether a correction has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CorrectionState {
    /// It holds, and answers show it.
    Active,
    /// It holds, but nothing is there that it could change: the reports it speaks of were deleted, or say something else by now, or agree
    /// with it of themselves. It has its effect again as soon as there is something.
    Inapplicable,
    /// It was taken back.
    Reverted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = MeetingField::ALL.iter().map(|field| field.name()).collect();
        assert_eq!(names.len(), MeetingField::ALL.len());
        assert_eq!(MeetingChange::Venue(None).field().name(), "venue");
    }
}
