//! What was said and decided at a meeting.

use serde::{Deserialize, Serialize};

use super::{DatedFact, Span};

/// What kind of act a sentence carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ItemKind {
    /// A superior or chair requires, asks, reminds, orders.
    Directive,
    /// A subordinate body or person asks or recommends upwards.
    Proposal,
    /// Someone promises what their own side will do.
    Commitment,
    /// A result attained is reported.
    Achievement,
    /// A limit, delay, difficulty or failure is stated.
    Shortcoming,
    /// An award, thanks or formal praise is given.
    Recognition,
    /// The meeting decides, adopts, elects or approves.
    Decision,
    /// Other attributed words of substance.
    Statement,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Directive,
        Self::Proposal,
        Self::Commitment,
        Self::Achievement,
        Self::Shortcoming,
        Self::Recognition,
        Self::Decision,
        Self::Statement,
    ];
}

/// A fact of the same [`super::Extraction`], by its index in the list of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FactRef {
    /// Index into `people`.
    Person(u32),
    /// Index into `organizations`.
    Organization(u32),
    /// Index into `places`.
    Place(u32),
    /// Index into `references`.
    Reference(u32),
}

/// One thing said or decided: a sentence, or one act of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What kind of act it is.
    pub kind: ItemKind,
    /// Whose words they are: a person or an organization; `None` where the report itself says it.
    pub speaker: Option<FactRef>,
    /// To whom a directive or proposal is addressed, as far as named.
    pub addressees: Vec<FactRef>,
    /// The sentence, in normalised text.
    pub text: String,
    /// By when it is to be done.
    pub deadline: Option<DatedFact>,
    /// Indices of the figures that stand in the sentence.
    pub figures: Vec<u32>,
    /// People, organizations, places and references that the sentence names.
    pub mentions: Vec<FactRef>,
    /// Where the sentence stands.
    pub span: Span,
}
