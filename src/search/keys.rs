//! Exact terms for filters: `field=value` for whole values, and words of names with the letter of their role.
//!
//! A name is findable whole, by forms and without marks, and in parts; an entity by its id, and by the names that its own document has.

use std::borrow::Cow;

use data_encoding::BASE64URL_NOPAD;
use tantivy::TantivyDocument;
use tantivy::schema::Term;

use crate::model::{EntityId, MeetingId};
use crate::text::{Abbreviations, Typing};

use super::filter::{NameKey, name_key};
use super::in_name::NameWord;
use super::schema::{Fields, Unit};

/// Longest value that is written out in a key, in bytes. Of a longer one a hash stands there, on both sides alike: names, titles and ids
/// would make a large dictionary.
const MAX_VALUE: usize = 12;

const UNIT: &str = "unit";
const MEETING: &str = "meeting";
const ENTITY: &str = "entity";

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
    /// A name of an entity, on the entity's own document.
    Named,
}

impl Role {
    /// True if its values are entities; others are plain words.
    pub(super) fn is_of_entities(self) -> bool {
        use Role::{Addressee, Convener, LegalDocument, Organization, Participant, Person, Place, Speaker};
        matches!(self, Convener | Participant | Speaker | Addressee | Person | Place | Organization | LegalDocument)
    }

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
            Self::Named => 'n',
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

/// The key that the document of an entity's names carries.
pub(super) fn named_term(fields: &Fields, id: &EntityId) -> Term {
    code_term(fields, ENTITY, id.as_str())
}

/// The key for an entity in a role.
pub(super) fn entity_term(fields: &Fields, role: Role, id: &str) -> Term {
    key_term(fields, &key_of_entity(&entity_prefix(role), hash(id)))
}

/// The key of an entity in a role, by what stands for it.
pub(super) fn key_of_entity(prefix: &str, hash: u64) -> String {
    format!("{prefix}{}", text_of(hash))
}

/// What stands for an id in keys and columns.
pub(super) fn hash(text: &str) -> u64 {
    blake3::hash(text.as_bytes()).as_bytes().first_chunk().copied().map_or(0, u64::from_le_bytes)
}

/// A hash as eleven letters.
fn text_of(hash: u64) -> String {
    BASE64URL_NOPAD.encode(&hash.to_le_bytes())
}

/// What the keys of entities in a role begin with.
pub(super) fn entity_prefix(role: Role) -> String {
    format!("{}#", role.letter())
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

/// One word of a name, in its form or else with any marks.
pub(super) fn name_word(role: Role, form: Option<&str>, bare: &str) -> NameWord {
    match form {
        Some(form) => NameWord::Form(format!("{}:{form}", role.letter())),
        None => NameWord::Bare(format!("{}:{bare}", role.letter())),
    }
}

fn key_term(fields: &Fields, key: &str) -> Term {
    Term::from_field_text(fields.keys, &short(key))
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

/// The key as it is kept.
fn short(key: &str) -> Cow<'_, str> {
    match key.find(['=', '~', '#']) {
        Some(sign) if key.len() - sign - 1 > MAX_VALUE => {
            Cow::Owned(format!("{}{}", &key[..=sign], text_of(hash(&key[sign + 1..]))))
        }
        _ => Cow::Borrowed(key),
    }
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
        if !matches!(field, UNIT | MEETING | ENTITY) {
            self.key(&code_key(field, "*"));
        }
    }

    /// What every document of a meeting carries: its unit and its meeting.
    pub(super) fn block(&mut self, unit: Unit, meeting: &MeetingId) {
        self.code(UNIT, unit.code());
        self.code(MEETING, meeting.as_str());
    }

    /// An entity in a role; its names stand in a document of their own.
    pub(super) fn entity(&mut self, role: Role, id: &EntityId) {
        self.key(&key_of_entity(&entity_prefix(role), hash(id.as_str())));
        self.key(&format!("{}*", role.letter()));
    }

    /// What the document of an entity's names carries.
    pub(super) fn named(&mut self, id: &EntityId) {
        self.code(ENTITY, id.as_str());
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
        self.document.add_text(self.fields.keys, short(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_kept_as_hashes() {
        assert_eq!(short("kind=DIRECTIVE"), "kind=DIRECTIVE");
        assert_eq!(short("t~hop"), "t~hop");
        let (one, other) = ("t=hôi. nghi. chuyên đôi sô", "t=hôi. nghi. chuyên đôi sô 2");
        assert!(short(one).starts_with("t=") && short(one).len() == 13);
        assert_ne!(short(one), short(other));
        let id = "per-abcdefghij0123456789";
        assert_eq!(short(&key_of_entity("s#", hash(id))), key_of_entity("s#", hash(id)));
    }
}
