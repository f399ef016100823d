//! The forms entries are kept in. They are types of their own, not the model's, so that the model can change and old
//! journals stay readable for ever.
//!
//! An entry has an envelope (revision, time, kind, report, version) and a payload, JSON of the form that kind and version
//! name. A form is never changed once released: a new one gets a new version, [`decode`] keeps reading the old ones, and the
//! store's schema version goes up, so that an older program refuses the journal instead of misreading it.
//!
//! The checksum covers envelope and payload. Purging a report (later) replaces its payloads by an erased form and seals
//! the entries anew under their old revisions; the envelope stays.

use serde::{Deserialize, Serialize};

use super::digest::{Digest, Fields};
use super::{Entry, EntryBody, JournalError};
use crate::model::{ReportDraft, ReportId, Revision, Timestamp};

mod corrections;

const REPORT_PUT: &str = "report_put";
const REPORT_DELETED: &str = "report_deleted";
const REPORT_UNDELETED: &str = "report_undeleted";

/// Content of a report, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportPutV1 {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publish_date: Option<String>,
    text: String,
}

/// Deletion of a report, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportDeletedV1 {
    id: String,
}

/// Return of a deleted report, version 1.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportUndeletedV1 {
    id: String,
}

/// An entry as a store keeps it, column by column. Texts are bytes, since a damaged store may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sealed {
    pub revision: i64,
    pub time: i64,
    pub kind: Vec<u8>,
    pub report: Vec<u8>,
    pub version: i64,
    pub payload: Vec<u8>,
    pub checksum: Vec<u8>,
}

impl Sealed {
    /// Puts an entry into its newest stored form.
    pub(super) fn seal(entry: &Entry) -> Result<Self, JournalError> {
        let (kind, version, payload) = encode(&entry.body).map_err(JournalError::storage)?;
        let revision = i64::try_from(entry.revision.0).map_err(JournalError::storage)?;
        let report = envelope(&entry.body).to_vec();
        let kind = kind.as_bytes().to_vec();
        let unsigned = Self { revision, time: entry.time.0, kind, report, version, payload, checksum: Vec::new() };
        Ok(Self { checksum: unsigned.digest().to_vec(), ..unsigned })
    }

    /// Takes the entry out again, whatever version it has.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] if the checksum does not fit or the form is not known.
    pub(super) fn open(&self) -> Result<Entry, JournalError> {
        let revision = Revision(self.revision.unsigned_abs());
        let corrupt = |what: String| JournalError::Corrupt { revision: Some(revision), what };
        if self.digest().as_slice() != self.checksum {
            return Err(corrupt("the checksum does not fit the entry".to_owned()));
        }
        let body = decode(&self.kind, self.version, &self.payload).map_err(corrupt)?;
        if envelope(&body) != self.report {
            return Err(corrupt("envelope and payload name different reports".to_owned()));
        }
        Ok(Entry { revision, time: Timestamp(self.time), body })
    }

    fn digest(&self) -> Digest {
        Fields::of("journal entry")
            .number(self.revision)
            .number(self.time)
            .bytes(&self.kind)
            .bytes(&self.report)
            .number(self.version)
            .bytes(&self.payload)
            .finish()
    }
}

/// The report that an envelope names; empty where the entry is about none.
fn envelope(body: &EntryBody) -> &[u8] {
    body.report().map_or(&[], |id| id.as_str().as_bytes())
}

/// Protects a remembered request id, which no entry repeats.
pub(super) fn request_checksum(request_id: &[u8], fingerprint: &[u8], revision: i64) -> Digest {
    Fields::of("journal request").bytes(request_id).bytes(fingerprint).number(revision).finish()
}

fn encode(body: &EntryBody) -> Result<(&'static str, i64, Vec<u8>), serde_json::Error> {
    match body {
        EntryBody::ReportPut { draft } => {
            let ReportDraft { id, url, publisher, title, publish_date, text } = draft.clone();
            let publish_date = publish_date.map(|date| date.to_string());
            let form = ReportPutV1 { id: id.as_str().to_owned(), url, publisher, title, publish_date, text };
            Ok((REPORT_PUT, 1, serde_json::to_vec(&form)?))
        }
        EntryBody::ReportDeleted { id } => {
            let form = ReportDeletedV1 { id: id.as_str().to_owned() };
            Ok((REPORT_DELETED, 1, serde_json::to_vec(&form)?))
        }
        EntryBody::ReportUndeleted { id } => {
            let form = ReportUndeletedV1 { id: id.as_str().to_owned() };
            Ok((REPORT_UNDELETED, 1, serde_json::to_vec(&form)?))
        }
        EntryBody::Corrected { body, said } => corrections::encode(body, said),
        EntryBody::CorrectionReverted { correction, said } => corrections::encode_reversion(*correction, said),
    }
}

/// The error says what is wrong without quoting the payload.
fn decode(kind: &[u8], version: i64, payload: &[u8]) -> Result<EntryBody, String> {
    match (std::str::from_utf8(kind), version) {
        (Ok(REPORT_PUT), 1) => {
            let ReportPutV1 { id, url, publisher, title, publish_date, text } = form(payload)?;
            let publish_date = publish_date
                .map(|date| date.parse().map_err(|_| "the publication date is not EDTF".to_owned()))
                .transpose()?;
            let draft = ReportDraft { id: report_id(&id)?, url, publisher, title, publish_date, text };
            Ok(EntryBody::ReportPut { draft })
        }
        (Ok(REPORT_DELETED), 1) => {
            let ReportDeletedV1 { id } = form(payload)?;
            Ok(EntryBody::ReportDeleted { id: report_id(&id)? })
        }
        (Ok(REPORT_UNDELETED), 1) => {
            let ReportUndeletedV1 { id } = form(payload)?;
            Ok(EntryBody::ReportUndeleted { id: report_id(&id)? })
        }
        (Ok(kind), version) if corrections::is_known(kind, version) => corrections::decode(kind, version, payload),
        (kind, version) => Err(format!("no entry is of kind {kind:?}, version {version}")),
    }
}

fn form<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(payload).map_err(|error| {
        format!("the payload is not of its kind's form ({:?} at column {})", error.classify(), error.column())
    })
}

fn report_id(text: &str) -> Result<ReportId, String> {
    ReportId::parse(text).map_err(|_| "the report's id is not one".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ReportDraft {
        ReportDraft {
            id: ReportId::parse("bao-1").expect("id"),
            url: Some("https://bao.example/1".to_owned()),
            publisher: Some("Báo Bạch Giang".to_owned()),
            title: Some("Họp \"giao ban\"".to_owned()),
            publish_date: "2024-07-15".parse().ok(),
            text: "Sáng 15-7,\nUBND phường 😀 họp.".to_owned(),
        }
    }

    fn bare() -> ReportDraft {
        ReportDraft { url: None, publisher: None, title: None, publish_date: None, ..draft() }
    }

    fn put(draft: ReportDraft) -> Entry {
        Entry { revision: Revision(3), time: Timestamp(1_700_000_000_000_000), body: EntryBody::ReportPut { draft } }
    }

    /// Version 1 as it was first released: kind, payload, first half of the checksum, what it means. Never edit these.
    fn version_1() -> [(&'static str, &'static str, &'static str, EntryBody); 3] {
        [
            (
                "report_put",
                r#"{"id":"bao-1","url":"https://bao.example/1","publisher":"Báo Bạch Giang","title":"Họp \"giao ban\"","publish_date":"2024-07-15","text":"Sáng 15-7,\nUBND phường 😀 họp."}"#,
                "5be70ca15747772fbe5a6376a07d68ea",
                EntryBody::ReportPut { draft: draft() },
            ),
            (
                "report_put",
                r#"{"id":"bao-1","text":"Sáng 15-7,\nUBND phường 😀 họp."}"#,
                "e1a43e55729fbc97076e5bbec3ce64f9",
                EntryBody::ReportPut { draft: bare() },
            ),
            (
                "report_deleted",
                r#"{"id":"bao-1"}"#,
                "0bcfc687ab5e4fc9c7ad46843630debd",
                EntryBody::ReportDeleted { id: draft().id },
            ),
        ]
    }

    #[test]
    fn version_1_is_read_for_ever() {
        for (kind, payload, checksum, body) in version_1() {
            assert_eq!(decode(kind.as_bytes(), 1, payload.as_bytes()), Ok(body.clone()));
            let sealed = Sealed {
                revision: 3,
                time: 1_700_000_000_000_000,
                kind: kind.as_bytes().to_vec(),
                report: b"bao-1".to_vec(),
                version: 1,
                payload: payload.as_bytes().to_vec(),
                checksum: Vec::new(),
            };
            assert_eq!(data_encoding::HEXLOWER.encode(&sealed.digest()[..16]), checksum);
        }
    }

    #[test]
    fn entries_survive_sealing() {
        let about = |body: EntryBody| Entry { body, ..put(bare()) };
        let id = draft().id;
        for body in [
            put(draft()),
            put(bare()),
            about(EntryBody::ReportDeleted { id: id.clone() }),
            about(EntryBody::ReportUndeleted { id }),
        ] {
            assert_eq!(Sealed::seal(&body).expect("sealed").open().expect("opened"), body);
        }
    }

    #[test]
    fn every_column_is_covered_by_the_checksum() {
        let sound = Sealed::seal(&put(draft())).expect("sealed");
        let damaged = [
            Sealed { revision: 4, ..sound.clone() },
            Sealed { time: 0, ..sound.clone() },
            Sealed { kind: b"report_deleted".to_vec(), ..sound.clone() },
            Sealed { report: b"bao-2".to_vec(), ..sound.clone() },
            Sealed { version: 2, ..sound.clone() },
            Sealed { payload: sound.payload[1..].to_vec(), ..sound.clone() },
            Sealed { checksum: Vec::new(), ..sound.clone() },
        ];
        for sealed in damaged {
            assert!(matches!(sealed.open(), Err(JournalError::Corrupt { .. })), "{sealed:?}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_told_without_quoting_it() {
        let cases: [(&[u8], i64, &[u8]); 6] = [
            (b"report_put", 1, b"{"),
            (b"report_put", 1, br#"{"id":"a","text":"secret","new":1}"#),
            (b"report_put", 1, br#"{"id":"A","text":"secret"}"#),
            (b"report_put", 1, br#"{"id":"a","text":"secret","publish_date":"secret"}"#),
            (b"report_put", 2, b"secret"),
            (b"\xff", 1, b"secret"),
        ];
        for (kind, version, payload) in cases {
            let what = decode(kind, version, payload).expect_err("cannot be decoded");
            assert!(!what.contains("secret"), "{what}");
        }
    }
}
