//! What corrections of entities and meetings must keep to, and what they come to on a snapshot.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{
    Answer, Call, CorrectMeeting, CuratedEntity, CuratedMeeting, Evidenced, MergeEntities, SplitEntity, View,
    meeting_etag,
};
use super::correcting_parts as parts;
use super::curation::{Decided, Kept, curated};
use super::entities::entity;
use super::error::{ServiceError, Violation, ViolationReason};
use super::live::Service;
use super::meetings::record;
use crate::model::{
    CorrectionBody, EntityId, EntityKind, Meeting, MeetingChange, MeetingId, MentionSelector, Place, ReportId,
    Revision, Span,
};
use crate::projection::Snapshot;
use crate::registry::keys::Naming;
use crate::registry::lookup::unit_entity;

/// Most choices of one split, and most items and figures of one correction.
pub(super) const MAX_CHOICES: usize = 1_000;
/// Longest title, venue, indicator and the like, in characters.
const MAX_WORDS: usize = 300;

impl Service {
    pub(super) async fn merge(&self, call: &Call, request: MergeEntities) -> Answer<CuratedEntity> {
        let MergeEntities { source, target, said } = request;
        let asked = ["merge", source.as_str(), target.as_str()].map(str::to_owned).to_vec();
        let naming = self.projection.naming().clone();
        let shown = target.clone();
        let decide = move |snapshot: &Snapshot| merge(snapshot, &naming, &source, &target);
        let kept = self.keep_correction(call, "merge_entities", &said, asked, decide).await?;
        self.curated_entity(call, kept, shown).await
    }

    pub(super) async fn split(&self, call: &Call, request: SplitEntity) -> Answer<CuratedEntity> {
        let SplitEntity { id, mentions, said } = request;
        let fault = |reason, rule: String| Err(ServiceError::invalid("mentions", reason, rule));
        if mentions.is_empty() {
            return fault(ViolationReason::RequiredField, "must name at least one mention".to_owned());
        }
        if mentions.len() > MAX_CHOICES {
            return fault(ViolationReason::InvalidField, format!("must be at most {MAX_CHOICES}"));
        }
        let choice = |(report, span): &(ReportId, Option<Span>)| match span {
            Some(span) => format!("{report} {} {}", span.start, span.end),
            None => report.to_string(),
        };
        let asked = ["split".to_owned(), id.to_string()].into_iter().chain(mentions.iter().map(choice)).collect();
        let naming = self.projection.naming().clone();
        let shown = id.clone();
        let decide = move |snapshot: &Snapshot| split(snapshot, &naming, &id, &mentions);
        let kept = self.keep_correction(call, "split_entity", &said, asked, decide).await?;
        self.curated_entity(call, kept, shown).await
    }

    pub(super) async fn correct_record(&self, call: &Call, request: CorrectMeeting) -> Answer<CuratedMeeting> {
        let CorrectMeeting { id, etag, changes, items, figures, said } = request;
        check_words(&changes)?;
        parts::check_items(&etag, &items)?;
        parts::check_figures(&figures)?;
        let words = changes.iter().map(|(_, change)| words_of(change));
        let words = words.chain(items.iter().map(parts::words_of_item));
        let words = words.chain(figures.iter().map(parts::words_of_figure));
        let asked = ["meeting".to_owned(), id.to_string(), etag.clone()].into_iter().chain(words).collect();
        let (naming, meeting) = (self.projection.naming().clone(), id.clone());
        let decide = move |snapshot: &Snapshot| {
            let meeting = current(snapshot, &meeting, &etag)?;
            let mut right = Vec::with_capacity(changes.len());
            for (field, change) in &changes {
                right.push(checked(snapshot, &naming, &meeting, field, change)?);
            }
            for item in &items {
                right.push(parts::item(snapshot, &naming, &meeting, item)?);
            }
            right.extend(parts::figures(&meeting, &figures)?);
            let reports: Vec<ReportId> = meeting.reports.iter().map(|told| told.report.clone()).collect();
            Ok((CorrectionBody::Meeting { meeting: meeting.id, reports: reports.clone(), changes: right }, reports))
        };
        let kept = self.keep_correction(call, "correct_meeting", &said, asked, decide).await?;
        let wanted = match &kept {
            Kept::At(revision) => *revision,
            Kept::Only(_) => Revision(0),
        };
        self.read(call, wanted, move |snapshot| {
            let curated = curated(snapshot, kept)?;
            let meeting = match record(snapshot, &id, View::Full) {
                Ok((record, texts)) => Some(Evidenced { value: record.value, texts }),
                Err(ServiceError::MeetingNotFound(_)) => None,
                Err(error) => return Err(error),
            };
            Ok(CuratedMeeting { curated, meeting, revision: snapshot.revision() })
        })
        .await
    }
}

fn merge(snapshot: &Snapshot, naming: &Naming, source: &EntityId, target: &EntityId) -> Answer<Decided> {
    let (source, target) = (entity(snapshot, naming, source)?, entity(snapshot, naming, target)?);
    let why = if source.id == target.id {
        "they are one already"
    } else if source.kind != target.kind {
        "they are of different kinds"
    } else if unit_entity(&source.id, naming).is_some() {
        "the source is a unit of the gazetteer; make it the target"
    } else {
        let (source, target) = (source.id, target.id);
        return Ok((CorrectionBody::Merge { source, target }, Vec::new()));
    };
    Err(ServiceError::CannotMerge { merged: source.id, target: target.id, why })
}

fn split(snapshot: &Snapshot, naming: &Naming, id: &EntityId, choices: &[(ReportId, Option<Span>)]) -> Answer<Decided> {
    let entity = entity(snapshot, naming, id)?;
    let mut mentions = BTreeSet::new();
    let mut taken: BTreeMap<ReportId, BTreeSet<Span>> = BTreeMap::new();
    for (at, (report, span)) in choices.iter().enumerate() {
        let cannot =
            |why| ServiceError::CannotSplit { entity: entity.id.clone(), field: format!("mentions[{at}]"), why };
        if snapshot.report(report)?.is_none_or(|report| report.delete_time.is_some()) {
            return Err(ServiceError::ReportNotFound(report.clone()));
        }
        let mut there = snapshot.mentions_in(report)?;
        there.retain(|mention| mention.entity == entity.id);
        if there.is_empty() {
            return Err(cannot("the report does not mention the entity"));
        }
        let all = taken.entry(report.clone()).or_default();
        let place = match span {
            None => {
                all.extend(there.iter().map(|mention| mention.evidence.span));
                None
            }
            Some(span) => {
                let found = there.iter().find(|mention| overlap(mention.evidence.span, *span));
                let found = found.ok_or_else(|| cannot("the entity is not mentioned at the place"))?;
                all.insert(found.evidence.span);
                Some(Place { span: found.evidence.span, words: Place::digest(&found.text) })
            }
        };
        mentions.insert(MentionSelector { report: report.clone(), place });
    }
    // Several roles at one place count as one here, so this errs on the side of letting it be.
    let going: u64 = taken.values().map(|places| places.len() as u64).sum();
    if going >= entity.mention_count {
        let why = "nothing would be left of the entity";
        return Err(ServiceError::CannotSplit { entity: entity.id, field: "mentions".to_owned(), why });
    }
    let (mentions, reports) = (mentions.into_iter().collect::<Vec<_>>(), taken.into_keys().collect());
    let split = EntityId::of_split(&entity.id, &mentions);
    Ok((CorrectionBody::Split { source: entity.id, entity: split, mentions }, reports))
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The meeting's record, if it has the etag.
fn current(snapshot: &Snapshot, id: &MeetingId, etag: &str) -> Answer<Meeting> {
    let meeting = snapshot.meeting(id)?.ok_or_else(|| ServiceError::MeetingNotFound(id.clone()))?;
    let current = meeting_etag(&meeting.summary());
    if !etag.is_empty() && etag != current {
        return Err(ServiceError::EtagMismatch { name: meeting.id.name(), current });
    }
    Ok(meeting)
}

/// A change under the ids of now, if what it names is there.
fn checked(
    snapshot: &Snapshot,
    naming: &Naming,
    meeting: &Meeting,
    field: &str,
    change: &MeetingChange,
) -> Answer<MeetingChange> {
    let fault = |rule: &str| Err(ServiceError::invalid(field, ViolationReason::InvalidField, rule));
    match change {
        MeetingChange::Convener(Some(id)) => {
            let convener = entity(snapshot, naming, id)?;
            if convener.kind != EntityKind::Organization {
                return fault("must be an organization");
            }
            Ok(MeetingChange::Convener(Some(convener.id)))
        }
        MeetingChange::Participant(id, role) => {
            let person = snapshot.leads_to(id)?;
            if !meeting.participants.iter().any(|participant| participant.person.id == person) {
                return fault("is no participant of the meeting's record");
            }
            Ok(MeetingChange::Participant(person, *role))
        }
        _ => Ok(change.clone()),
    }
}

/// A change as text; stored as part of what was asked, so this must stay as it is.
fn words_of(change: &MeetingChange) -> String {
    let value = match change {
        MeetingChange::Title(title) => Some(title.clone()),
        MeetingChange::Kind(kind) => kind.map(|kind| format!("{kind:?}")),
        MeetingChange::Date(date) => date.map(|date| date.to_string()),
        MeetingChange::PartOfDay(part) => part.map(|part| format!("{part:?}")),
        MeetingChange::SessionNumber(number) => number.map(|number| number.to_string()),
        MeetingChange::Extended(extended) => Some(extended.to_string()),
        MeetingChange::Term(term) => term.map(|term| term.to_string()),
        MeetingChange::Convener(convener) => convener.as_ref().map(ToString::to_string),
        MeetingChange::Venue(venue) => venue.clone(),
        MeetingChange::Participant(person, role) => Some(format!("{person} {role:?}")),
        // Asked for by number or place: see `correcting_parts`.
        MeetingChange::Item(..) | MeetingChange::Figure(..) => None,
    };
    format!("{}={}", change.field().name(), value.unwrap_or_default())
}

fn check_words(changes: &[(String, MeetingChange)]) -> Answer<()> {
    let mut faults = Vec::new();
    for (field, change) in changes {
        if let MeetingChange::Title(text) | MeetingChange::Venue(Some(text)) = change {
            check_text(field, text, &mut faults);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults)) }
}

/// Notes what is wrong with words that are shown as they are.
pub(super) fn check_text(field: &str, text: &str, faults: &mut Vec<Violation>) {
    if text.trim().is_empty() {
        faults.push(Violation::new(field, ViolationReason::RequiredField, "must not be empty"));
    } else if text.chars().count() > MAX_WORDS || text.chars().any(char::is_control) {
        let rule = format!("must have at most {MAX_WORDS} characters, no line breaks or other control characters");
        faults.push(Violation::new(field, ViolationReason::InvalidField, rule));
    }
}
