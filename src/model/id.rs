//! Names of things that other teams store: lower-case ASCII, opaque, stable.

use std::fmt;

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};

use super::{EntityKind, MentionSelector, Revision};

/// Longest id accepted or made.
pub const MAX_ID_LENGTH: usize = 63;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 63 of the characters a-z, 0-9, '-', '_' and '.', beginning with a letter or digit; got {0:?}")]
pub struct IdError(pub String);

fn checked(text: &str) -> Result<CompactString, IdError> {
    let body = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'_' | b'.');
    let starts_well = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if starts_well && text.len() <= MAX_ID_LENGTH && text.bytes().all(body) {
        Ok(text.into())
    } else {
        Err(IdError(text.chars().take(80).collect()))
    }
}

/// An id made from what a thing stands for: `prefix-` and 20 characters of base32 over a BLAKE3 hash of the parts.
fn derived(prefix: &str, parts: &[&str]) -> CompactString {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut code = [0; 21];
    data_encoding::BASE32_NOPAD.encode_mut(&hash.as_bytes()[..13], &mut code);
    code.make_ascii_lowercase();
    let mut id = CompactString::from(prefix);
    id.push('-');
    id.extend(code[..20].iter().copied().map(char::from));
    id
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $collection:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(CompactString);

        impl $name {
            /// The collection part of the resource name.
            pub const COLLECTION: &'static str = $collection;

            /// Takes an id as callers write it.
            ///
            /// # Errors
            /// If the text is empty, too long or has other characters than the ones [`IdError`] names.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                checked(text).map(Self)
            }

            /// Takes the id out of a resource name such as `reports/abc`.
            ///
            /// # Errors
            /// If the name has another collection, or what follows is no id.
            pub fn from_name(name: &str) -> Result<Self, IdError> {
                name.strip_prefix(concat!($collection, "/")).ok_or_else(|| IdError(name.chars().take(80).collect())).and_then(Self::parse)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The resource name, `collection/id`.
            #[must_use]
            pub fn name(&self) -> String {
                [concat!($collection, "/"), self.as_str()].concat()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Identifies a report: chosen by the caller, or derived from its url or content.
    ReportId,
    "reports"
);
id!(
    /// Identifies a meeting; derived from the report that tells of it.
    MeetingId,
    "meetings"
);
id!(
    /// Identifies a person, organization, place or legal document across reports.
    EntityId,
    "entities"
);

id!(
    /// Identifies a correction; derived from its place in the journal.
    CorrectionId,
    "corrections"
);

impl CorrectionId {
    /// The id of the correction that a journal entry carries. Of its place and not of what it says, since the same may be said again after
    /// it was taken back; and every replica of the journal gives the same.
    #[must_use]
    pub fn of(revision: Revision) -> Self {
        Self(format_compact!("c{}", revision.0))
    }

    /// The journal entry that carries the correction; `None` for an id that no correction can have.
    #[must_use]
    pub fn revision(&self) -> Option<Revision> {
        let revision = self.0.strip_prefix('c')?.parse().ok().map(Revision)?;
        (Self::of(revision) == *self).then_some(revision)
    }
}

impl ReportId {
    /// The id of a report that came without one: from its url, or from its text where it has no url either.
    #[must_use]
    pub fn derive(url: Option<&str>, text: &str) -> Self {
        Self(match url {
            Some(url) => derived("r", &["url", url]),
            None => derived("r", &["text", text]),
        })
    }
}

impl MeetingId {
    /// The id of the meeting that this report tells of. Where several reports tell of one meeting, the id from the
    /// first of them (by publication date, then id) is the meeting's name and the others lead to it.
    #[must_use]
    pub fn of_report(report: &ReportId) -> Self {
        Self(derived("m", &[report.as_str()]))
    }
}

impl EntityId {
    /// An id from the parts that say what the thing is, such as `["98", "nghị quyết", "quốc hội"]`.
    /// `prefix` is the short name of the kind (`per`, `org`, `plc`, `doc`).
    #[must_use]
    pub fn derive(prefix: &str, parts: &[&str]) -> Self {
        Self(derived(prefix, parts))
    }

    /// What kind of thing it is the id of; `None` for an id that no kind begins like that.
    #[must_use]
    pub fn kind(&self) -> Option<EntityKind> {
        Self::kind_of(&self.0)
    }

    /// The same of the text of an id.
    #[must_use]
    pub fn kind_of(id: &str) -> Option<EntityKind> {
        let prefix = id.split('-').next()?;
        [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::LegalDocument]
            .into_iter()
            .find(|kind| kind.prefix() == prefix)
    }

    /// The id of the entity that these mentions are of, which were taken for another: the same for the same mentions in any order, so that
    /// taking a split back and making it again leads to the same entity. The first part is that of the entity they were taken for.
    #[must_use]
    pub fn of_split(source: &Self, mentions: &[MentionSelector]) -> Self {
        let mut places: Vec<String> = mentions
            .iter()
            .map(|one| match &one.place {
                Some(place) => format!("{} {} {}", one.report, place.span.start, place.span.end),
                None => one.report.to_string(),
            })
            .collect();
        places.sort();
        places.dedup();
        let prefix = source.0.split('-').next().unwrap_or("ent");
        let parts = ["split", source.as_str()].into_iter().chain(places.iter().map(String::as_str));
        Self(derived(prefix, &parts.collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_ascii() {
        assert!(ReportId::parse("bach-giang-2023.a_1").is_ok());
        for bad in ["", "Bạch", "UPPER", "-x", "a b", "a/b", &"x".repeat(64)] {
            assert!(ReportId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn derived_ids_parse_and_depend_on_every_part() {
        let one = EntityId::derive("per", &["ab", "c"]);
        assert_ne!(one, EntityId::derive("per", &["a", "bc"]));
        assert_eq!(EntityId::parse(one.as_str()), Ok(one));
    }

    #[test]
    fn corrections_are_named_after_their_place() {
        let id = CorrectionId::of(Revision(12));
        assert_eq!((id.name().as_str(), id.revision()), ("corrections/c12", Some(Revision(12))));
        for other in ["c", "c-1", "c012", "12", "cx"] {
            assert_eq!(CorrectionId::parse(other).map_or(None, |id| id.revision()), None, "{other}");
        }
    }

    #[test]
    fn a_split_has_one_id_in_any_order() {
        let source = EntityId::derive("org", &["x"]);
        let of = |reports: &[&str]| {
            let selector =
                |report: &&str| MentionSelector { report: ReportId::parse(report).expect("an id"), place: None };
            EntityId::of_split(&source, &reports.iter().map(selector).collect::<Vec<_>>())
        };
        assert_eq!(of(&["a", "b"]), of(&["b", "a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["a"]));
        assert!(of(&["a"]).as_str().starts_with("org-"));
    }

    #[test]
    fn names_round_trip() {
        let id = MeetingId::of_report(&ReportId::derive(None, "x"));
        assert_eq!(MeetingId::from_name(&id.name()), Ok(id));
        assert!(MeetingId::from_name("reports/abc").is_err());
    }
}
