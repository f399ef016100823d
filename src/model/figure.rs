//! Quantities that a report gives.

use serde::{Deserialize, Serialize};

use super::{DatedFact, Span};

/// A number that is one, neither infinite nor "not a number", so that two are equal or are not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Finite(f64);

impl Eq for Finite {}

impl Finite {
    /// The number, if it is one.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Finite {
    type Error = &'static str;

    fn try_from(number: f64) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("the number is infinite or none")
    }
}

impl From<Finite> for f64 {
    fn from(number: Finite) -> Self {
        number.0
    }
}

/// How exact the report says a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Qualifier {
    /// As stated, without a word about exactness.
    #[default]
    Exact,
    /// "khoảng", "xấp xỉ", "gần".
    About,
    /// "hơn", "trên".
    Over,
    /// "dưới", "chưa đến".
    Under,
    /// "ước", "dự kiến".
    Estimated,
}

/// Whether a stated percentage agrees with the ratio it stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Check {
    /// Nothing to check it against.
    #[default]
    NotCheckable,
    /// Equal in all stated digits without rounding.
    Exact,
    /// Equal after rounding to the stated digits.
    Rounded,
    /// Equal after cutting off to the stated digits (46,45 for 46.456…).
    Truncated,
    /// Unequal; the record also carries a diagnostic.
    Inconsistent,
}

/// A part of a whole, "25/36 chỉ tiêu".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The part.
    pub numerator: f64,
    /// The whole; never zero.
    pub denominator: f64,
}

/// What a value is measured against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The basis in the report's words: "chỉ tiêu pháp lệnh năm 2021", "cùng kỳ năm trước".
    pub basis: String,
    /// Percent of the basis (103.26 for "đạt 103,26% so với …") or, where `change` is set, the change in percent.
    pub percent: f64,
    /// True where the percentage tells a change ("tăng 8,5%"; a decrease is negative), false where it tells a level.
    pub change: bool,
    /// The basis in the figure's own unit, where value and percentage imply it.
    pub implied_base: Option<f64>,
}

/// One quantity with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Number and unit as written.
    pub text: String,
    /// What is counted, in the report's words; empty where the sentence does not say.
    pub indicator: String,
    /// Number in base units: "8.598 tỉ đồng" is 8598000000000.
    pub value: f64,
    /// Upper end where the report gives a range.
    pub upper: Option<f64>,
    /// `VND`, `USD`, `%` or the counted thing in the report's words ("chỉ tiêu", "ha").
    pub unit: String,
    /// How exact it claims to be.
    pub qualifier: Qualifier,
    /// Time the value is for.
    pub period: Option<DatedFact>,
    /// Place or body the value is about, in the report's words.
    pub subject: Option<String>,
    /// Part and whole, where the report gives both.
    pub ratio: Option<Ratio>,
    /// Target, plan or earlier period it is held against.
    pub comparison: Option<Comparison>,
    /// Whether its percentage and its ratio agree.
    pub check: Check,
    /// Where number and unit stand.
    pub span: Span,
}
