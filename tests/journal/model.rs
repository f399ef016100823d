//! Random operations against a journal and against a model of it, a few lines that are plainly right.

use std::collections::HashMap;

use bienban::journal::{EntryBody, Guard, IncomingReport, Journal, JournalError, Outcome, Write};
use bienban::model::{ReportDraft, ReportId, Revision, Statement};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use crate::conformance::{self, Harness};
use crate::corrections;

const CASES: usize = 24;

#[derive(Debug, Clone)]
enum Operation {
    Append(Write),
    Reopen,
    Verify,
    ReadFrom(u64),
}

/// Few ids, urls, texts and request ids, so that they meet often.
fn operation() -> impl Strategy<Value = Operation> {
    let maybe = |names: &'static [&'static str]| proptest::option::of(proptest::sample::select(names));
    let request = || proptest::option::weighted(0.4, proptest::sample::select(&["r1", "r2", "r3", "r4", "r5"][..]));
    let at = || proptest::option::weighted(0.2, 0..6u64);
    let put = (maybe(&["a", "b", "c"]), maybe(&["u1", "u2"]), maybe(&["Báo"]), "[xy]", request(), at()).prop_map(
        |(id, url, publisher, text, request_id, expected)| Write::PutReport {
            report: IncomingReport {
                id: id.map(conformance::id),
                url: url.map(str::to_owned),
                publisher: publisher.map(str::to_owned),
                ..conformance::report(&text)
            },
            request_id: request_id.map(str::to_owned),
            expected: expected.map(Revision),
        },
    );
    let delete =
        (proptest::sample::select(&["a", "b", "c"][..]), request(), proptest::option::weighted(0.3, 1..20_u64))
            .prop_map(|(id, request_id, expected)| Write::DeleteReport {
                id: conformance::id(id),
                request_id: request_id.map(str::to_owned),
                expected: expected.map(Revision),
            });
    let undelete =
        (proptest::sample::select(&["a", "b", "c"][..]), request(), proptest::option::weighted(0.3, 1..20_u64))
            .prop_map(|(id, request_id, expected)| Write::UndeleteReport {
                id: conformance::id(id),
                request_id: request_id.map(str::to_owned),
                expected: expected.map(Revision),
            });
    let correct =
        ("[st]", request(), 0..30_u64, maybe(&["a", "b"])).prop_map(|(source, request_id, read_at, report)| {
            let guard =
                Guard { read_at: Revision(read_at), reports: report.map(conformance::id).into_iter().collect() };
            let write = corrections::merge_at(&source, "target", guard);
            request_id.map_or(write.clone(), |name| conformance::request(name, write))
        });
    let revert = (1..20_u64, request()).prop_map(|(correction, request_id)| {
        let write = corrections::revert(correction);
        request_id.map_or(write.clone(), |name| conformance::request(name, write))
    });
    prop_oneof![
        20 => put.prop_map(Operation::Append),
        8 => delete.prop_map(Operation::Append),
        6 => undelete.prop_map(Operation::Append),
        6 => correct.prop_map(Operation::Append),
        4 => revert.prop_map(Operation::Append),
        1 => Just(Operation::Reopen),
        1 => Just(Operation::Verify),
        2 => (0..25_u64).prop_map(Operation::ReadFrom),
    ]
}

/// What a caller can tell of an answer or refusal.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Appended(u64, Option<ReportId>, Outcome),
    NotFound(ReportId),
    UrlTaken(ReportId),
    RequestIdReused(String),
    Conflict(u64),
    NoCorrection(u64),
    Moved(u64),
}

#[derive(Default)]
struct Model {
    entries: Vec<EntryBody>,
    answered: HashMap<String, (Write, u64, Option<ReportId>)>,
}

impl Model {
    /// Revision and body of the newest entry of a report.
    fn standing(&self, id: &ReportId) -> Option<(u64, &EntryBody)> {
        let at = self.entries.iter().rposition(|body| body.report() == Some(id))?;
        Some((at as u64 + 1, &self.entries[at]))
    }

    /// Revision and content of a report that is not deleted.
    fn live(&self, id: &ReportId) -> Option<(u64, &EntryBody)> {
        let (revision, newest) = self.standing(id)?;
        let is_put = |body: &&EntryBody| matches!(body, EntryBody::ReportPut { draft } if draft.id == *id);
        match newest {
            EntryBody::ReportDeleted { .. } => None,
            _ => Some((revision, self.entries.iter().rev().find(is_put).expect("put before it came back"))),
        }
    }

    /// The report whose newest content has the url.
    fn holder(&self, url: Option<&String>) -> Option<&ReportId> {
        let mut content: HashMap<&ReportId, &ReportDraft> = HashMap::new();
        for body in &self.entries {
            if let EntryBody::ReportPut { draft } = body {
                content.insert(&draft.id, draft);
            }
        }
        content.into_values().find(|draft| url.is_some() && draft.url.as_ref() == url).map(|draft| &draft.id)
    }

    fn append(&mut self, write: &Write) -> Told {
        if let Some((first, revision, report)) = write.request_id().and_then(|id| self.answered.get(id)) {
            return match corrections::same_request(first, write) {
                true => Told::Appended(*revision, report.clone(), Outcome::Replayed),
                false => Told::RequestIdReused(write.request_id().unwrap_or_default().to_owned()),
            };
        }
        let told = match write {
            Write::PutReport { report, expected, .. } => self.put(report, expected.map(|revision| revision.0)),
            Write::DeleteReport { id, expected, .. } => self.delete(id, expected.map(|revision| revision.0)),
            Write::UndeleteReport { id, expected, .. } => self.undelete(id, expected.map(|revision| revision.0)),
            Write::Correct { body, said, guard, .. } => {
                self.correct(EntryBody::Corrected { body: body.clone(), said: said.clone() }, guard)
            }
            Write::RevertCorrection { correction, said, .. } => self.revert(*correction, said),
        };
        if let (Some(name), Told::Appended(revision, report, _)) = (write.request_id(), &told) {
            self.answered.insert(name.to_owned(), (write.clone(), *revision, report.clone()));
        }
        told
    }

    fn put(&mut self, report: &IncomingReport, expected: Option<u64>) -> Told {
        let holder = self.holder(report.url.as_ref());
        let id = match (&report.id, holder) {
            (Some(id), Some(holder)) if id != holder => return Told::UrlTaken(holder.clone()),
            (given, holder) => given.as_ref().or(holder).cloned(),
        };
        let id = id.unwrap_or_else(|| ReportId::derive(report.url.as_deref(), &report.text));
        let body = EntryBody::ReportPut { draft: report.clone().into_draft(id.clone()) };
        let (current, outcome) = match self.live(&id) {
            Some((revision, stored)) if *stored == body => {
                return Told::Appended(revision, Some(id), Outcome::Unchanged);
            }
            Some((revision, _)) => (revision, Outcome::Updated),
            None => (0, Outcome::Created),
        };
        if expected.is_some_and(|expected| expected != current) {
            return Told::Conflict(current);
        }
        self.entries.push(body);
        Told::Appended(self.entries.len() as u64, Some(id), outcome)
    }

    fn delete(&mut self, id: &ReportId, expected: Option<u64>) -> Told {
        match self.live(id) {
            Some((current, _)) if expected.is_some_and(|e| e != current) => Told::Conflict(current),
            Some(_) => {
                self.entries.push(EntryBody::ReportDeleted { id: id.clone() });
                Told::Appended(self.entries.len() as u64, Some(id.clone()), Outcome::Deleted)
            }
            None => Told::NotFound(id.clone()),
        }
    }

    fn undelete(&mut self, id: &ReportId, expected: Option<u64>) -> Told {
        match (self.live(id), self.standing(id)) {
            (Some((revision, _)), _) => Told::Appended(revision, Some(id.clone()), Outcome::Unchanged),
            (None, Some((current, _))) if expected.is_some_and(|e| e != current) => Told::Conflict(current),
            (None, Some(_)) => {
                self.entries.push(EntryBody::ReportUndeleted { id: id.clone() });
                Told::Appended(self.entries.len() as u64, Some(id.clone()), Outcome::Undeleted)
            }
            (None, None) => Told::NotFound(id.clone()),
        }
    }

    fn correct(&mut self, body: EntryBody, guard: &Guard) -> Told {
        let concerns = |body: &EntryBody| body.report().is_none_or(|report| guard.reports.contains(report));
        let changed = self.entries.iter().rposition(concerns).map_or(0, |at| at as u64 + 1);
        if changed > guard.read_at.0 {
            return Told::Moved(changed);
        }
        self.entries.push(body);
        Told::Appended(self.entries.len() as u64, None, Outcome::Corrected)
    }

    fn revert(&mut self, correction: Revision, said: &Statement) -> Told {
        let made = usize::try_from(correction.0 - 1).ok().and_then(|at| self.entries.get(at));
        if !matches!(made, Some(EntryBody::Corrected { .. })) {
            return Told::NoCorrection(correction.0);
        }
        let is_end = |body: &EntryBody| matches!(body, EntryBody::CorrectionReverted { correction: of, .. } if *of == correction);
        if let Some(at) = self.entries.iter().position(is_end) {
            return Told::Appended(at as u64 + 1, None, Outcome::Unchanged);
        }
        self.entries.push(EntryBody::CorrectionReverted { correction, said: said.clone() });
        Told::Appended(self.entries.len() as u64, None, Outcome::Reverted)
    }
}

async fn told(journal: &impl Journal, write: Write) -> Told {
    match journal.append(write).await {
        Ok(appended) => Told::Appended(appended.revision.0, appended.report, appended.outcome),
        Err(JournalError::NotFound { report }) => Told::NotFound(report),
        Err(JournalError::UrlTaken { report, .. }) => Told::UrlTaken(report),
        Err(JournalError::RequestIdReused { request_id }) => Told::RequestIdReused(request_id),
        Err(JournalError::Conflict { current, .. }) => Told::Conflict(current.0),
        Err(JournalError::NoCorrection { correction }) => Told::NoCorrection(correction.0),
        Err(JournalError::Moved { changed }) => Told::Moved(changed.0),
        Err(error) => panic!("{error:?}"),
    }
}

async fn bodies(journal: &impl Journal, after: u64) -> Vec<EntryBody> {
    let entries = journal.read(Revision(after), usize::MAX, usize::MAX).await.expect("read");
    entries.into_iter().map(|entry| entry.body).collect()
}

/// A conformance case. Sequences come from a fixed seed; one that fails is printed whole.
pub async fn random_operations_agree_with_the_model<H: Harness>(fresh: impl Fn() -> H) {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRunner::deterministic().new_rng());
    let sequences = proptest::collection::vec(operation(), 1..40);
    for _ in 0..CASES {
        let operations = sequences.new_tree(&mut runner).expect("generated").current();
        run(&fresh(), &operations).await;
    }
}

async fn run(harness: &impl Harness, operations: &[Operation]) {
    let mut model = Model::default();
    let mut journal = harness.open(conformance::ticking()).await;
    for (at, operation) in operations.iter().enumerate() {
        match operation {
            Operation::Append(write) => {
                let (said, due) = (told(&journal, write.clone()).await, model.append(write));
                assert_eq!(said, due, "operation {at} of {operations:#?}");
            }
            Operation::Reopen => {
                journal.close().await.expect("closed");
                drop(journal);
                journal = harness.open(conformance::ticking()).await;
            }
            Operation::Verify => conformance::assert_sound(&journal).await,
            Operation::ReadFrom(after) => {
                let due = model.entries.get(usize::try_from(*after).expect("small")..).unwrap_or_default();
                assert_eq!(bodies(&journal, *after).await, due, "operation {at} of {operations:#?}");
            }
        }
        assert_eq!(journal.head().0, model.entries.len() as u64);
    }
    assert_eq!(bodies(&journal, 0).await, model.entries);
    conformance::assert_sound(&journal).await;
}
