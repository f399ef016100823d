//! Taking in what people know better than the reports, and telling it.

use std::ops::ControlFlow;

use super::api::{
    Answer, Call, Curated, CuratedEntity, Entry, GetCorrection, LIST_PAGE, ListCorrections, Page, RevertCorrection,
    Said, Texts, Uncurated,
};
use super::audit;
use super::draft::check_request_id;
use super::error::{ServiceError, Violation, ViolationReason};
use super::filters::{self, Filter, Scan};
use super::live::{Service, now};
use super::token::{self, Fingerprint};
use super::working::blocking;
use crate::journal::{Appended, Guard, JournalError, Write};
use crate::model::{
    Correction, CorrectionBody, CorrectionId, CorrectionState, EntityId, ReportId, Revision, Statement,
};
use crate::projection::Snapshot;

/// Longest name of an author, in characters.
const MAX_AUTHOR: usize = 200;
/// Longest reason, in characters.
const MAX_REASON: usize = 2_000;
/// How often a correction is looked at again where something it rests on changed meanwhile.
const ATTEMPTS: usize = 8;

/// What a correction comes to on a snapshot: what is to be kept, and the reports that it rests on.
pub(super) type Decided = (CorrectionBody, Vec<ReportId>);

/// What became of a correction that was asked for.
pub(super) enum Kept {
    /// It stands at this revision.
    At(Revision),
    /// It was checked, and would say this.
    Only(Box<Correction>),
}

impl Service {
    /// Keeps a correction that `decide` finds right on the newest snapshot; `asked` is the request in the caller's words, `action` its method.
    pub(super) async fn keep_correction(
        &self,
        call: &Call,
        action: &'static str,
        said: &Said,
        asked: Vec<String>,
        decide: impl Fn(&Snapshot) -> Answer<Decided> + Clone + Send + 'static,
    ) -> Answer<Kept> {
        check_said(said)?;
        let Statement { author, reason } = said.statement.clone();
        let asked: Vec<String> = asked.into_iter().chain([author, reason]).collect();
        let request_id = (!said.request_id.is_empty()).then(|| said.request_id.clone());
        if let Some(request_id) = request_id.as_deref().filter(|_| !said.validate_only) {
            // What the request named may mean something else by now, by its own doing.
            let known = self.journal.answered(request_id, &asked).await.map_err(|error| self.refused(error))?;
            if let Some(appended) = known {
                return Ok(told(action, &said.statement, &appended));
            }
        }
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot(call, self.journal.head()).await?;
            let (read_at, decide) = (snapshot.revision(), decide.clone());
            let (body, reports) = blocking(move || decide(&snapshot)).await?;
            if said.validate_only {
                return Ok(Kept::Only(Box::new(unkept(body, &said.statement))));
            }
            let guard = Guard { read_at, reports };
            let (statement, request_id, asked) = (said.statement.clone(), request_id.clone(), asked.clone());
            let write = Write::Correct { body, said: statement, request_id, asked, guard };
            match self.journal.append(write).await {
                Ok(appended) => return Ok(told(action, &said.statement, &appended)),
                Err(JournalError::Moved { .. }) => {}
                Err(error) => return Err(self.refused(error)),
            }
        }
        Err(ServiceError::Overloaded { retry_after: self.limits.retry_after })
    }

    /// What became of a correction of entities; `shown` is the entity that tells of it where it was only checked.
    pub(super) async fn curated_entity(&self, call: &Call, kept: Kept, shown: EntityId) -> Answer<CuratedEntity> {
        let wanted = match &kept {
            Kept::At(revision) => *revision,
            Kept::Only(_) => Revision(0),
        };
        self.read(call, wanted, move |snapshot| {
            let curated = curated(snapshot, kept)?;
            let shown = match &curated.correction.body {
                _ if curated.correction.revision == Revision(0) => &shown,
                CorrectionBody::Merge { target, .. } => target,
                CorrectionBody::Split { entity, .. } => entity,
                CorrectionBody::Meeting { .. } => &shown,
            };
            let entity = snapshot.entity(shown)?;
            Ok(CuratedEntity { entity, curated, revision: snapshot.revision() })
        })
        .await
    }

    pub(super) async fn take_correction_back(&self, call: &Call, request: RevertCorrection) -> Answer<Uncurated> {
        let RevertCorrection { id, said } = request;
        check_said(&said)?;
        let Some(correction) = id.revision() else { return Err(ServiceError::CorrectionNotFound(id)) };
        let wanted = if said.validate_only {
            self.journal.head()
        } else {
            let request_id = (!said.request_id.is_empty()).then_some(said.request_id);
            let author = said.statement.author.clone();
            let write = Write::RevertCorrection { correction, said: said.statement, request_id };
            let appended = self.journal.append(write).await.map_err(|error| self.refused(error))?;
            audit::corrected("revert_correction", &id.name(), &author, &appended);
            appended.revision
        };
        self.read(call, wanted, move |snapshot| {
            Ok(Uncurated { curated: known(snapshot, id)?, revision: snapshot.revision() })
        })
        .await
    }

    pub(super) async fn one_correction(&self, call: &Call, request: GetCorrection) -> Answer<Curated> {
        self.read(call, request.min_revision, move |snapshot| known(snapshot, request.id)).await
    }

    pub(super) async fn page_of_corrections(&self, call: &Call, request: ListCorrections) -> Answer<Page<Curated>> {
        filters::only_order(&request.order_by, "create_time desc")?;
        let filter = Filter::parse(&request.filter, &filters::CORRECTION)?;
        let fingerprint = Fingerprint::of("ListCorrections", &[&request.filter]);
        let before: Option<Revision> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let deadline = call.deadline;
        self.read(call, request.min_revision, move |snapshot| {
            let (mut entries, mut more, mut scan) = (Vec::new(), false, Scan::until(deadline));
            snapshot.visit_corrections(before, |correction, state| {
                if !scan.go_on() {
                    return ControlFlow::Break(());
                }
                let curated = Curated { correction, state };
                let wanted = filter.accepts(&curated);
                if wanted && entries.len() == size {
                    more = true;
                    return ControlFlow::Break(());
                }
                if wanted {
                    let cursor = token::encode(fingerprint, &curated.correction.revision);
                    entries.push(Entry { value: curated, cursor });
                }
                ControlFlow::Continue(())
            })?;
            scan.finish()?;
            Ok(Page { entries, more, revision: snapshot.revision(), texts: Texts::new() })
        })
        .await
    }
}

/// Tells the audit log of a correction that stands.
fn told(action: &'static str, said: &Statement, appended: &Appended) -> Kept {
    audit::corrected(action, &CorrectionId::of(appended.revision).name(), &said.author, appended);
    Kept::At(appended.revision)
}

/// The correction that was kept, or that would be.
pub(super) fn curated(snapshot: &Snapshot, kept: Kept) -> Answer<Curated> {
    match kept {
        Kept::At(revision) => known(snapshot, CorrectionId::of(revision)),
        Kept::Only(correction) => Ok(Curated { correction: *correction, state: CorrectionState::Active }),
    }
}

fn known(snapshot: &Snapshot, id: CorrectionId) -> Answer<Curated> {
    let found = snapshot.correction(&id)?;
    found.map(|(correction, state)| Curated { correction, state }).ok_or(ServiceError::CorrectionNotFound(id))
}

fn unkept(body: CorrectionBody, said: &Statement) -> Correction {
    let revision = Revision(0);
    let (id, create_time) = (CorrectionId::of(revision), now());
    Correction { id, revision, create_time, body, said: said.clone(), reverted: None }
}

/// Whether somebody answers for it.
fn check_said(said: &Said) -> Answer<()> {
    let mut faults: Vec<Violation> = check_request_id(&said.request_id).into_iter().collect();
    let Statement { author, reason } = &said.statement;
    for (field, text, most) in [("author", author, MAX_AUTHOR), ("reason", reason, MAX_REASON)] {
        if text.trim().is_empty() {
            faults.push(Violation::new(field, ViolationReason::RequiredField, "must not be empty"));
        } else if text.chars().count() > most || text.contains('\0') {
            let rule = format!("must have at most {most} characters, none of them NUL");
            faults.push(Violation::new(field, ViolationReason::InvalidField, rule));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_answers_for_it() {
        let said = |author: &str, reason: &str| Said {
            statement: Statement { author: author.into(), reason: reason.into() },
            request_id: String::new(),
            validate_only: false,
        };
        assert!(check_said(&said("Lan", "nhầm người")).is_ok());
        assert!(check_said(&said(&"ạ".repeat(MAX_AUTHOR), "x")).is_ok());
        let faults = |said: &Said| match check_said(said) {
            Err(ServiceError::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect(),
            other => panic!("{other:?}"),
        };
        let none: Vec<String> = faults(&said(" ", ""));
        assert_eq!(none, ["author", "reason"]);
        assert_eq!(faults(&said("a\0b", &"x".repeat(MAX_REASON + 1))), ["author", "reason"]);
    }
}
