//! What a write means, given what is stored: functions from values to a decision, the same for every store.

use super::digest::{Digest, Fields};
use super::{Appended, EntryBody, IncomingReport, JournalError, Outcome, Write};
use crate::model::{ReportDraft, ReportId, Revision, Statement, Timestamp};

/// What to do with a write that is not refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Nothing new: this is the answer.
    Answer(Appended),
    /// An entry is to be made.
    Append(EntryBody, Outcome),
}

/// How a request id was answered the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FirstAnswer {
    pub fingerprint: Digest,
    pub revision: Revision,
    pub report: Option<ReportId>,
    pub time: Timestamp,
}

/// How a report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    /// Its newest entry.
    pub revision: Revision,
    /// Time of that.
    pub time: Timestamp,
    /// Its content; `None` for a deleted report.
    pub content: Option<ReportDraft>,
}

/// How a correction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StandingCorrection {
    /// Revision and time of the entry that reverted it.
    pub reverted: Option<(Revision, Timestamp)>,
}

/// What came last of that which a correction rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Newest {
    /// The last correction or reversion.
    pub correction: Revision,
    /// The last entry of the reports it names.
    pub report: Revision,
}

/// What two writes under one request id must have in common: everything but the request id.
///
/// Stored for as long as request ids are, so this must not change between versions of the program: a retry that
/// crosses an upgrade would be refused.
pub(super) fn fingerprint(write: &Write) -> Digest {
    match write {
        Write::PutReport { report, request_id: _, expected } => {
            let IncomingReport { id, url, publisher, title, publish_date, text } = report;
            let fields = match expected {
                None => Fields::of("put report"),
                Some(expected) => Fields::of("put report at").bytes(expected.0.to_string().as_bytes()),
            };
            fields
                .optional(id.as_ref().map(ReportId::as_str))
                .optional(url.as_deref())
                .optional(publisher.as_deref())
                .optional(title.as_deref())
                .optional(publish_date.map(|date| date.to_string()).as_deref())
                .bytes(text.as_bytes())
                .finish()
        }
        Write::DeleteReport { id, request_id: _, expected } => Fields::of("delete report")
            .bytes(id.as_str().as_bytes())
            .optional(expected.map(|revision| revision.0.to_string()).as_deref())
            .finish(),
        Write::UndeleteReport { id, request_id: _, expected } => Fields::of("undelete report")
            .bytes(id.as_str().as_bytes())
            .optional(expected.map(|revision| revision.0.to_string()).as_deref())
            .finish(),
        Write::Correct { asked, .. } => asked_for(asked),
        Write::RevertCorrection { correction, said: Statement { author, reason }, request_id: _ } => {
            Fields::of("revert correction")
                .bytes(correction.0.to_string().as_bytes())
                .bytes(author.as_bytes())
                .bytes(reason.as_bytes())
                .finish()
        }
    }
}

/// The fingerprint of a correction, by what was asked.
pub(super) fn asked_for(asked: &[String]) -> Digest {
    asked.iter().fold(Fields::of("correct"), |fields, part| fields.bytes(part.as_bytes())).finish()
}

/// Answers a request id that was answered before.
pub(super) fn replay(request_id: &str, fingerprint: &Digest, first: FirstAnswer) -> Result<Appended, JournalError> {
    let FirstAnswer { fingerprint: stored, revision, report, time } = first;
    if stored == *fingerprint {
        Ok(Appended { revision, report, time, outcome: Outcome::Replayed })
    } else {
        Err(JournalError::RequestIdReused { request_id: request_id.to_owned() })
    }
}

/// Finds out which report comes in; `holder` is the report that holds its url, if it has one.
pub(super) fn identify(incoming: IncomingReport, holder: Option<ReportId>) -> Result<ReportDraft, JournalError> {
    let id = match (&incoming.id, holder) {
        (Some(id), Some(holder)) if *id != holder => {
            // A url is held only by the report that was looked up by it, so there is one.
            let url = incoming.url.unwrap_or_default();
            return Err(JournalError::UrlTaken { url, report: holder });
        }
        (Some(id), _) => id.clone(),
        (None, Some(holder)) => holder,
        (None, None) => ReportId::derive(incoming.url.as_deref(), &incoming.text),
    };
    Ok(incoming.into_draft(id))
}

/// What putting a report comes to. A report that already says what is put stays as it is, whatever revision the caller believes it to be
/// at: a retry finds its own work.
pub(super) fn put(
    draft: ReportDraft,
    expected: Option<Revision>,
    standing: Option<Standing>,
) -> Result<Decision, JournalError> {
    let live = standing.and_then(|Standing { revision, time, content }| Some((revision, time, content?)));
    let (current, outcome) = match live {
        Some((revision, time, stored)) if stored == draft => {
            let appended = Appended { revision, report: Some(draft.id), time, outcome: Outcome::Unchanged };
            return Ok(Decision::Answer(appended));
        }
        Some((revision, ..)) => (revision, Outcome::Updated),
        None => (Revision(0), Outcome::Created),
    };
    match expected {
        Some(expected) if expected != current => Err(JournalError::Conflict { report: draft.id, expected, current }),
        _ => Ok(Decision::Append(EntryBody::ReportPut { draft }, outcome)),
    }
}

/// What deleting a report comes to.
pub(super) fn delete(
    report: ReportId,
    expected: Option<Revision>,
    standing: Option<Standing>,
) -> Result<Decision, JournalError> {
    match standing {
        Some(Standing { revision: current, content: Some(_), .. }) => match expected {
            Some(expected) if expected != current => Err(JournalError::Conflict { report, expected, current }),
            _ => Ok(Decision::Append(EntryBody::ReportDeleted { id: report }, Outcome::Deleted)),
        },
        Some(Standing { content: None, .. }) | None => Err(JournalError::NotFound { report }),
    }
}

/// What bringing a report back comes to. One that is not deleted stays as it is.
pub(super) fn undelete(
    report: ReportId,
    expected: Option<Revision>,
    standing: Option<Standing>,
) -> Result<Decision, JournalError> {
    match standing {
        Some(Standing { revision, time, content: Some(_) }) => {
            Ok(Decision::Answer(Appended { revision, report: Some(report), time, outcome: Outcome::Unchanged }))
        }
        Some(Standing { revision: current, content: None, .. }) => match expected {
            Some(expected) if expected != current => Err(JournalError::Conflict { report, expected, current }),
            _ => Ok(Decision::Append(EntryBody::ReportUndeleted { id: report }, Outcome::Undeleted)),
        },
        None => Err(JournalError::NotFound { report }),
    }
}

/// What a correction comes to: nothing that it rests on may have changed.
pub(super) fn correct(body: EntryBody, read_at: Revision, newest: Newest) -> Result<Decision, JournalError> {
    let changed = newest.correction.max(newest.report);
    if changed > read_at {
        return Err(JournalError::Moved { changed });
    }
    Ok(Decision::Append(body, Outcome::Corrected))
}

/// What reverting a correction comes to.
pub(super) fn revert(
    correction: Revision,
    said: Statement,
    standing: Option<StandingCorrection>,
) -> Result<Decision, JournalError> {
    match standing {
        None => Err(JournalError::NoCorrection { correction }),
        Some(StandingCorrection { reverted: Some((revision, time)) }) => {
            Ok(Decision::Answer(Appended { revision, report: None, time, outcome: Outcome::Unchanged }))
        }
        Some(StandingCorrection { reverted: None }) => {
            Ok(Decision::Append(EntryBody::CorrectionReverted { correction, said }, Outcome::Reverted))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Guard;
    use crate::model::{CorrectionBody, EntityId};

    fn incoming(id: Option<&str>, url: Option<&str>) -> IncomingReport {
        IncomingReport {
            id: id.map(|id| ReportId::parse(id).expect(id)),
            url: url.map(str::to_owned),
            publisher: None,
            title: None,
            publish_date: None,
            text: "Sáng 5-8, phường họp.".to_owned(),
        }
    }

    fn id(text: &str) -> ReportId {
        ReportId::parse(text).expect(text)
    }

    fn put_write(report: IncomingReport) -> Write {
        Write::PutReport { report, request_id: None, expected: None }
    }

    fn correct(asked: &[&str]) -> Write {
        let entity = |name: &str| EntityId::derive("org", &[name]);
        Write::Correct {
            body: CorrectionBody::Merge { source: entity("a"), target: entity("b") },
            said: Statement { author: "a".into(), reason: "b".into() },
            request_id: None,
            asked: asked.iter().map(|part| (*part).to_owned()).collect(),
            guard: Guard::default(),
        }
    }

    #[test]
    fn a_given_id_comes_first_then_the_url_then_the_content() {
        let url = Some("https://bao.example/1");
        let found = |incoming, holder| identify(incoming, holder).expect("identified").id;
        assert_eq!(found(incoming(Some("a"), url), None), id("a"));
        assert_eq!(found(incoming(Some("a"), url), Some(id("a"))), id("a"));
        assert_eq!(found(incoming(None, url), Some(id("b"))), id("b"));
        assert_eq!(found(incoming(None, url), None), ReportId::derive(url, ""));
        assert_eq!(found(incoming(None, None), None), ReportId::derive(None, "Sáng 5-8, phường họp."));
        assert!(matches!(
            identify(incoming(Some("a"), url), Some(id("b"))),
            Err(JournalError::UrlTaken { report, .. }) if report == id("b")
        ));
    }

    #[test]
    fn a_fingerprint_covers_every_field_but_the_request_id() {
        let plain = incoming(None, None);
        let mut variants = vec![
            put_write(plain.clone()),
            put_write(incoming(Some("a"), None)),
            put_write(incoming(None, Some("a"))),
            put_write(IncomingReport { publisher: Some("a".into()), ..plain.clone() }),
            put_write(IncomingReport { title: Some("a".into()), ..plain.clone() }),
            put_write(IncomingReport { publish_date: "2024-07".parse().ok(), ..plain.clone() }),
            put_write(IncomingReport { text: "a".into(), ..plain.clone() }),
        ];
        for expected in [None, Some(Revision(1)), Some(Revision(2))] {
            variants.push(Write::DeleteReport { id: id("a"), request_id: None, expected });
            variants.push(Write::UndeleteReport { id: id("a"), request_id: None, expected });
        }
        for (correction, author, reason) in [(1, "a", "b"), (2, "a", "b"), (1, "ab", ""), (1, "a", "c")] {
            let said = Statement { author: author.into(), reason: reason.into() };
            variants.push(Write::RevertCorrection { correction: Revision(correction), said, request_id: None });
        }
        variants.push(correct(&["merge", "a", "b"]));
        variants.push(correct(&["merge", "ab", ""]));
        let digests: Vec<Digest> = variants.iter().map(fingerprint).collect();
        for (at, one) in digests.iter().enumerate() {
            assert!(!digests[at + 1..].contains(one), "{:?}", variants[at]);
        }
        let named = Write::PutReport { report: plain, request_id: Some("r".into()), expected: None };
        assert_eq!(fingerprint(&named), digests[0]);
    }

    #[test]
    fn fingerprints_stay_as_they_are() {
        // Stored in journals: if this fails, retries across the upgrade would be refused. Change the code, not the test.
        let hex = |write: &Write| data_encoding::HEXLOWER.encode(&fingerprint(write)[..8]);
        let put = put_write(IncomingReport {
            publisher: Some("Báo".into()),
            publish_date: "2024-07-15".parse().ok(),
            ..incoming(Some("a"), Some("https://bao.example/1"))
        });
        let delete = Write::DeleteReport { id: id("a"), request_id: None, expected: Some(Revision(7)) };
        let undelete = Write::UndeleteReport { id: id("a"), request_id: None, expected: Some(Revision(7)) };
        let said = Statement { author: "Lan".into(), reason: "nhầm".into() };
        let revert = Write::RevertCorrection { correction: Revision(7), said, request_id: None };
        assert_eq!([hex(&put), hex(&delete)], ["4c62ebf81c25b1b7", "f02a2a39671021a2"]);
        let corrections = [hex(&undelete), hex(&correct(&["merge", "a", "b"])), hex(&revert)];
        assert_eq!(corrections, ["bdaf5cdaeb137535", "7ce11ae827fae53c", "d1ebeee390b58098"]);
    }
}
