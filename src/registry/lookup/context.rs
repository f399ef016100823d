//! What is known beside the words of a query.

use serde::{Deserialize, Serialize};

use crate::model::{Edtf, EntityId, EntityKind};
use crate::registry::setting::Setting;

/// What a caller knows beside the words it looks up.
#[derive(Debug, Clone, Default)]
pub struct QueryContext {
    /// Only this kind.
    pub kind: Option<EntityKind>,
    /// The date the words speak of; where it is not given, that of the report.
    pub as_of: Option<Edtf>,
    /// The setting of the report the words stand in; empty without report.
    pub setting: Setting,
    /// The people of that report.
    pub people: Vec<ContextPerson>,
}

/// A person of the report that the words stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextPerson {
    /// The person.
    pub id: EntityId,
    /// The full name as the report writes it.
    pub name: String,
    /// Offices the report gives.
    pub offices: Vec<ContextOffice>,
}

/// An office that the report gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextOffice {
    /// The title as it is shown.
    pub title: String,
    /// The body.
    pub organization: Option<EntityId>,
    /// No longer held, or given up at the meeting.
    pub past: bool,
}

impl QueryContext {
    /// The date the words speak of.
    #[must_use]
    pub fn date(&self) -> Option<Edtf> {
        self.as_of.or(self.setting.as_of)
    }

    /// The setting with the date asked about.
    #[must_use]
    pub(super) fn dated_setting(&self) -> Setting {
        Setting { as_of: self.date(), ..self.setting.clone() }
    }

    /// True if this kind is asked for.
    #[must_use]
    pub fn wants(&self, kind: EntityKind) -> bool {
        self.kind.is_none_or(|wanted| wanted == kind)
    }
}
