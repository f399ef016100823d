//! The nouns of bienban: what a report is, what is read out of it, what the service answers with.
//!
//! Plain data with invariants in the constructors. Every other room speaks in these types; this room knows no
//! storage, no wire format, no clock and no I/O. `serde` is derived so that rooms with a store can keep the values.

pub mod correction;
pub mod date;
pub mod entity;
pub mod extraction;
pub mod figure;
pub mod id;
pub mod item;
pub mod meeting;
pub mod report;
pub mod span;

pub use correction::{
    CorrectedField, Correction, CorrectionBody, CorrectionState, FigureChange, ItemChange, MeetingChange, MeetingField,
    MentionSelector, Place, Reversion, Spot, Statement,
};
pub use date::{Basis, DatedFact, Edtf, EdtfError};
pub use entity::{
    Alias, Candidate, Decision, Entity, EntityKind, EntityRef, LookupContext, Mention, MentionRole, Outcome,
    PlaceFacts, ReferenceFacts, Tenure,
};
pub use extraction::{
    Account, Diagnostic, DiagnosticReason, Extraction, MeetingFacts, NamedSpan, OfficeFact, OrganizationFact,
    PersonFact, PlaceFact, ReferenceFact, SentenceAccount, SkipReason,
};
pub use figure::{Check, Comparison, Figure, Finite, Qualifier, Ratio};
pub use id::{CorrectionId, EntityId, IdError, MAX_ID_LENGTH, MeetingId, ReportId};
pub use item::{FactRef, Item, ItemKind};
pub use meeting::{
    Evidence, Meeting, MeetingFigure, MeetingItem, MeetingKind, MeetingMention, MeetingReference, MeetingReport,
    MeetingSummary, PartOfDay, Participant, Role, Term,
};
pub use report::{Report, ReportDraft, Revision, Timestamp};
pub use span::Span;
