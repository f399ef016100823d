//! Exact terms for filters: `field=value` for whole values, and words of names with the letter of their role.
//!
//! A name is findable whole, by forms and without marks, and in parts; an entity also by its id.

use tantivy::TantivyDocument;
use tantivy::schema::Term;

use crate::model::{EntityId, MeetingId};
use crate::text::{Abbreviations, Typing};

use super::filter::{NameKey, name_key};
use super::schema::{Fields, Unit};

/// Longest key, in bytes; longer ones are cut, on both sides alike.
const MAX_KEY: usize = 200;

const UNIT: &str = "unit";
const MEETING: &str = "meeting";

/// A field whose values are found by keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Convener,
    Participant,
    Speaker,
    Addressee,
    Person,
    Place,
    Organization,
    LegalDocument,
    Indicator,
    Subject,
    Title,
    Venue,
    Publisher,
    Quantity,
}

impl Role {
    /// The letter that stands before its terms.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Convener => 'c',
            Self::Participant => 'p',
            Self::Speaker => 's',
            Self::Addressee => 'a',
            Self::Person => 'h',
            Self::Place => 'l',
            Self::Organization => 'o',
            Self::LegalDocument => 'd',
            Self::Indicator => 'i',
            Self::Subject => 'j',
            Self::Title => 't',
            Self::Venue => 'v',
            Self::Publisher => 'b',
            Self::Quantity => 'q',
        }
    }
}

/// The key that all documents of a meeting carry.
pub(super) fn meeting_term(fields: &Fields, id: &MeetingId) -> Term {
    code_term(fields, MEETING, id.as_str())
}

/// The key that all documents of a unit carry.
pub(super) fn unit_term(fields: &Fields, unit: Unit) -> Term {
    code_term(fields, UNIT, unit.code())
}

/// The key for a code or a word of an enumeration.
pub(super) fn code_term(fields: &Fields, field: &str, value: &str) -> Term {
    key_term(fields, &code_key(field, value))
}

/// The key for an entity in a role.
pub(super) fn entity_term(fields: &Fields, role: Role, id: &str) -> Term {
    key_term(fields, &format!("{}#{id}", role.letter()))
}

/// The key for a whole name, as its marks ask for it.
pub(super) fn whole_name_term(fields: &Fields, role: Role, name: &NameKey) -> Term {
    let key = if name.marked { forms_key(role, name) } else { bare_key(role, name) };
    key_term(fields, &key)
}

/// The key that every document carries that has a value in this role at all.
pub(super) fn any_term(fields: &Fields, role: Role) -> Term {
    key_term(fields, &format!("{}*", role.letter()))
}

/// The term for one word of a name.
pub(super) fn name_word_term(fields: &Fields, role: Role, form: Option<&str>, bare: &str) -> Term {
    let text = match form {
        Some(form) => format!("{}:{form}", role.letter()),
        None => format!("{}~{bare}", role.letter()),
    };
    Term::from_field_text(fields.names, &text)
}

fn key_term(fields: &Fields, key: &str) -> Term {
    Term::from_field_text(fields.keys, cut(key))
}

fn code_key(field: &str, value: &str) -> String {
    format!("{field}={value}")
}

fn forms_key(role: Role, name: &NameKey) -> String {
    format!("{}={}", role.letter(), name.forms)
}

fn bare_key(role: Role, name: &NameKey) -> String {
    format!("{}~{}", role.letter(), name.bare)
}

fn cut(key: &str) -> &str {
    let mut end = key.len().min(MAX_KEY);
    while !key.is_char_boundary(end) {
        end -= 1;
    }
    &key[..end]
}

/// Collects the keys of one document.
pub(super) struct Keys<'a> {
    pub(super) fields: &'a Fields,
    pub(super) abbreviations: &'a Abbreviations,
    pub(super) document: TantivyDocument,
}

impl Keys<'_> {
    /// A code, and that there is one.
    pub(super) fn code(&mut self, field: &str, value: &str) {
        self.key(&code_key(field, value));
        if !matches!(field, UNIT | MEETING) {
            self.key(&code_key(field, "*"));
        }
    }

    /// What every document of a meeting carries: its unit and its meeting.
    pub(super) fn block(&mut self, unit: Unit, meeting: &MeetingId) {
        self.code(UNIT, unit.code());
        self.code(MEETING, meeting.as_str());
    }

    /// An entity with all its names.
    pub(super) fn entity<'n>(&mut self, role: Role, id: &EntityId, names: impl Iterator<Item = &'n str>) {
        self.key(&format!("{}#{id}", role.letter()));
        for name in names {
            self.name(role, name);
        }
    }

    /// A name without entity.
    pub(super) fn name(&mut self, role: Role, name: &str) {
        let key = name_key(name, Typing::Edited, self.abbreviations);
        if key.forms.is_empty() {
            return;
        }
        self.key(&format!("{}*", role.letter()));
        self.key(&forms_key(role, &key));
        self.key(&bare_key(role, &key));
        self.document.add_text(self.fields.names, format!("{} {}", role.letter(), key.forms));
    }

    fn key(&mut self, key: &str) {
        self.document.add_text(self.fields.keys, cut(key));
    }
}
