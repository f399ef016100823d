//! Corrections as they bear on what reports say: where a mention belongs that the registry has put somewhere.
//!
//! The registry decides from the reports alone; corrections lie over that and change nothing below. For each mention they are gone through in
//! the order of the journal: a merge takes it on from its source to its target, a split takes it on if it is one of those named. So what a
//! correction does can be taken away again, and comes back with every later reading of the reports. Reports that come later are treated the
//! same: what the registry puts on the source of a merge belongs to its target.
//!
//! Entities are meant under the ids they have now: where the registry has found that a person has another id by now, the correction follows.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable;

use super::ProjectionError;
use super::packed::{PackedId, text};
use super::unite::Links;
use crate::model::{
    CorrectionBody, CorrectionId, EntityId, EntityRef, MeetingChange, MentionSelector, Outcome, Place, ReportId,
    Revision, Span,
};

type Result<T> = std::result::Result<T, ProjectionError>;

/// The corrections that hold, and what they come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Curation {
    active: BTreeMap<Revision, CorrectionBody>,
    /// What those about entities do, under the ids of now. One that would do nothing is left out.
    steps: BTreeMap<Revision, Step>,
    by_source: BTreeMap<EntityId, Vec<Revision>>,
    targets: BTreeSet<EntityId>,
    /// Where merges lead, one step at a time.
    merged: BTreeMap<EntityId, EntityId>,
    /// The entities that were merged, by the one that all merges lead to.
    sources: BTreeMap<EntityId, Vec<EntityId>>,
    /// Every entity that a correction names.
    named: BTreeSet<EntityId>,
    /// The entities that corrections of meetings name, with the ids they have now.
    meant: BTreeMap<EntityId, EntityId>,
    /// Those about meetings, by the reports that they name.
    meetings: BTreeMap<ReportId, BTreeSet<Revision>>,
}

/// What one correction does to mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Merge { source: EntityId, target: EntityId },
    Split { source: EntityId, entity: EntityId, mentions: Vec<MentionSelector> },
}

impl Step {
    fn source(&self) -> &EntityId {
        match self {
            Self::Merge { source, .. } | Self::Split { source, .. } => source,
        }
    }

    fn target(&self) -> &EntityId {
        match self {
            Self::Merge { target, .. } => target,
            Self::Split { entity, .. } => entity,
        }
    }

    fn takes(&self, spot: &Spot<'_>) -> bool {
        match self {
            Self::Merge { .. } => true,
            Self::Split { mentions, .. } => mentions.iter().any(|selector| spot.is_meant(selector)),
        }
    }
}

/// A fact in a report: the places that name the entity.
pub(super) struct Spot<'a> {
    pub(super) report: &'a ReportId,
    pub(super) spans: &'a [Span],
    /// The words at a place of the report's text, normalised.
    pub(super) words: &'a dyn Fn(Span) -> String,
}

impl Spot<'_> {
    fn is_meant(&self, selector: &MentionSelector) -> bool {
        let overlaps = |place: &Place| {
            self.spans.iter().any(|span| span.start < place.span.end && place.span.start < span.end)
                && Place::digest(&(self.words)(place.span)) == place.words
        };
        selector.report == *self.report && selector.place.as_ref().is_none_or(overlaps)
    }
}

/// Reports and entities that a change of the corrections, or of the ids they speak of, bears on.
#[derive(Debug, Default)]
pub(super) struct Shift {
    pub(super) reports: BTreeSet<ReportId>,
    pub(super) entities: BTreeSet<EntityId>,
}

/// What a shift is found out from.
pub(super) trait Ground {
    /// The reports in which a correction has an effect.
    fn effects(&self, correction: Revision) -> Result<Vec<ReportId>>;
    /// The reports that mention an entity.
    fn reports_of(&self, entity: &EntityId) -> Result<Vec<ReportId>>;
}

impl Curation {
    /// The corrections that hold, under the ids that `redirects` leads to.
    pub(super) fn new(
        active: BTreeMap<Revision, CorrectionBody>,
        redirects: &impl ReadableTable<PackedId, PackedId>,
    ) -> Result<Self> {
        let mut made = Self { active, ..Self::default() };
        for (&revision, body) in &made.active {
            let now = |id: &EntityId| -> Result<EntityId> { Ok(root(&made.merged, base(redirects, id)?)) };
            let step = match body {
                CorrectionBody::Merge { source, target } => {
                    made.named.extend([source.clone(), target.clone()]);
                    Step::Merge { source: now(source)?, target: now(target)? }
                }
                CorrectionBody::Split { source, entity, mentions } => {
                    made.named.insert(source.clone());
                    Step::Split { source: now(source)?, entity: entity.clone(), mentions: mentions.clone() }
                }
                CorrectionBody::Meeting { reports, .. } => {
                    for report in reports {
                        made.meetings.entry(report.clone()).or_default().insert(revision);
                    }
                    continue;
                }
            };
            if step.source() == step.target() {
                continue;
            }
            if let Step::Merge { source, target } = &step {
                made.merged.insert(source.clone(), target.clone());
            }
            made.by_source.entry(step.source().clone()).or_default().push(revision);
            made.targets.insert(step.target().clone());
            made.steps.insert(revision, step);
        }
        for (_, changes) in of_meetings(&made.active) {
            for id in changes.iter().flat_map(MeetingChange::entities) {
                made.named.insert(id.clone());
                made.meant.insert(id.clone(), root(&made.merged, base(redirects, id)?));
            }
        }
        for source in made.merged.keys() {
            made.sources.entry(root(&made.merged, source.clone())).or_default().push(source.clone());
        }
        Ok(made)
    }

    /// The corrections that hold, as they were said.
    pub(super) fn active(&self) -> &BTreeMap<Revision, CorrectionBody> {
        &self.active
    }

    /// True if corrections name one of these, or one that leads there.
    pub(super) fn speaks_of<'i>(&self, mut entities: impl Iterator<Item = &'i EntityId>) -> bool {
        !self.named.is_empty() && entities.any(|id| self.named.contains(id))
    }

    /// Where a fact belongs that the registry puts on an entity, and the corrections that put it there.
    pub(super) fn place(&self, entity: &EntityId, spot: &Spot<'_>) -> (EntityId, Vec<Revision>) {
        let (mut at, mut used) = (entity, Vec::new());
        while let Some(steps) = self.by_source.get(at) {
            let later = steps.iter().filter(|revision| used.last().is_none_or(|last| *revision > last));
            let mut known = later.filter_map(|revision| self.steps.get(revision).map(|step| (*revision, step)));
            let Some((revision, step)) = known.find(|(_, step)| step.takes(spot)) else { break };
            at = step.target();
            used.push(revision);
        }
        (at.clone(), used)
    }

    /// Where all that the registry puts on an entity belongs; `None` where a split may take part of it elsewhere.
    pub(super) fn wholly(&self, entity: &EntityId) -> Option<EntityId> {
        let (mut at, mut last) = (entity, None);
        while let Some(steps) = self.by_source.get(at) {
            let Some(revision) = steps.iter().find(|revision| last.is_none_or(|last| *revision > last)) else { break };
            match self.steps.get(revision)? {
                Step::Merge { target, .. } => (at, last) = (target, Some(revision)),
                Step::Split { .. } => return None,
            }
        }
        Some(at.clone())
    }

    /// True if a correction takes mentions from the entity.
    pub(super) fn takes_from(&self, entity: &EntityId) -> bool {
        self.by_source.contains_key(entity)
    }

    /// True if a correction may take some mentions in a report from the entity, or from where merges take them.
    pub(super) fn splits(&self, entity: &EntityId, report: &ReportId) -> bool {
        let names = |revision: &Revision| match self.steps.get(revision) {
            Some(Step::Split { mentions, .. }) => mentions.iter().any(|selector| selector.report == *report),
            Some(Step::Merge { .. }) | None => false,
        };
        // Splits of anything in the report are few enough to be taken for splits of this.
        self.takes_from(entity) && self.steps.keys().any(names)
    }

    /// True if a correction takes mentions from the entity or to it.
    pub(super) fn concerns(&self, entity: &EntityId) -> bool {
        self.takes_from(entity) || self.targets.contains(entity)
    }

    /// The entity that an id stands for after all merges.
    pub(super) fn root(&self, entity: &EntityId) -> EntityId {
        root(&self.merged, entity.clone())
    }

    /// True if the id leads elsewhere.
    pub(super) fn is_merged(&self, entity: &EntityId) -> bool {
        self.merged.contains_key(entity)
    }

    /// Every id that leads elsewhere, with where.
    pub(super) fn redirects(&self) -> BTreeMap<EntityId, EntityId> {
        self.merged.keys().map(|id| (id.clone(), self.root(id))).collect()
    }

    /// The entities that were merged into this one.
    pub(super) fn merged_into(&self, entity: &EntityId) -> Vec<EntityId> {
        self.sources.get(entity).cloned().unwrap_or_default()
    }

    /// The entities that mentions of this one were taken from, by merge or split, nearest first.
    pub(super) fn origins(&self, entity: &EntityId) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = vec![entity.clone()];
        let mut next = 0;
        while next < found.len() {
            let at = found[next].clone();
            for source in self.steps.values().filter(|step| *step.target() == at).map(Step::source) {
                if !found.contains(source) {
                    found.push(source.clone());
                }
            }
            next += 1;
        }
        found.remove(0);
        found
    }

    /// The corrections of meetings that name a report.
    pub(super) fn of_meeting(
        &self,
        report: &ReportId,
    ) -> impl Iterator<Item = (Revision, &[ReportId], &[MeetingChange])> {
        self.meetings.get(report).into_iter().flatten().filter_map(|revision| match self.active.get(revision) {
            Some(CorrectionBody::Meeting { reports, changes, .. }) => {
                Some((*revision, reports.as_slice(), changes.as_slice()))
            }
            _ => None,
        })
    }

    /// What is to be written anew where these corrections take the place of others.
    pub(super) fn shift_from(&self, old: &Self, ground: &impl Ground) -> Result<Shift> {
        let mut shift = Shift::default();
        let revisions: BTreeSet<Revision> = self.steps.keys().chain(old.steps.keys()).copied().collect();
        for revision in revisions {
            let (was, is) = (old.steps.get(&revision), self.steps.get(&revision));
            if was == is {
                continue;
            }
            shift.reports.extend(ground.effects(revision)?);
            for step in was.into_iter().chain(is) {
                shift.entities.extend([step.source().clone(), step.target().clone()]);
                // What stands at the source, and what later corrections took away from there.
                for other in old.by_source.get(step.source()).into_iter().flatten() {
                    shift.reports.extend(ground.effects(*other)?);
                }
                match step {
                    Step::Merge { source, .. } => shift.reports.extend(ground.reports_of(source)?),
                    Step::Split { mentions, .. } => {
                        shift.reports.extend(mentions.iter().map(|selector| selector.report.clone()));
                    }
                }
            }
        }
        let moved = |from: &Self, to: &Self| -> Vec<EntityId> {
            let changed = from.merged.keys().filter(|id| from.root(id) != to.root(id));
            changed.flat_map(|id| [id.clone(), from.root(id), to.root(id)]).collect()
        };
        shift.entities.extend(moved(self, old));
        shift.entities.extend(moved(old, self));
        let meetings = |one: &Self, other: &Self| -> Vec<ReportId> {
            let gone = one.active.iter().filter(|(revision, _)| !other.active.contains_key(revision));
            let named = gone.filter_map(|(_, body)| match body {
                CorrectionBody::Meeting { reports, .. } => Some(reports.clone()),
                CorrectionBody::Merge { .. } | CorrectionBody::Split { .. } => None,
            });
            named.flatten().collect()
        };
        shift.reports.extend(meetings(self, old));
        shift.reports.extend(meetings(old, self));
        // What they say of a record names somebody who has another id now.
        let moved = |id: &EntityId| old.meant.get(id).is_some_and(|was| self.meant.get(id) != Some(was));
        for (reports, changes) in of_meetings(&self.active) {
            if changes.iter().flat_map(MeetingChange::entities).any(moved) {
                shift.reports.extend(reports.iter().cloned());
            }
        }
        Ok(shift)
    }

    /// Reports whose record may change when this one comes, changes or goes, by the corrections of meetings that name it.
    pub(super) fn companions(&self, report: &ReportId) -> BTreeSet<ReportId> {
        self.of_meeting(report).flat_map(|(_, reports, _)| reports.to_vec()).collect()
    }

    /// Puts the facts of a report where they belong: the corrections that did something.
    pub(super) fn correct_links(
        &self,
        facts: &Facts<'_>,
        links: &mut Links,
        names: &Names<'_>,
    ) -> Result<BTreeSet<Revision>> {
        let mut used = BTreeSet::new();
        if self.steps.is_empty() {
            return Ok(used);
        }
        let extraction = facts.extraction;
        let people = extraction.people.iter().map(|fact| fact.spans.as_slice()).zip(&mut links.people);
        let organizations =
            extraction.organizations.iter().map(|fact| fact.spans.as_slice()).zip(&mut links.organizations);
        let places = extraction.places.iter().map(|fact| fact.spans.as_slice()).zip(&mut links.places);
        let references = extraction.references.iter().map(|fact| fact.spans.as_slice()).zip(&mut links.references);
        for (spans, link) in people.chain(organizations).chain(places).chain(references) {
            let by = self.correct_ref(&mut link.entity, &facts.spot(spans), names)?;
            let Some(last) = by.last() else { continue };
            link.decision.outcome = Outcome::Known;
            link.decision.reasons.insert(0, format!("{} says so", CorrectionId::of(*last).name()));
            used.extend(by);
        }
        if let (Some(fact), Some(convener)) = (&extraction.meeting.convener, &mut links.convener) {
            used.extend(self.correct_ref(convener, &facts.spot(&[fact.span]), names)?);
        }
        for (person, bodies) in extraction.people.iter().zip(&mut links.offices) {
            for (office, body) in person.offices.iter().zip(bodies.iter_mut().map(Option::as_mut)) {
                let Some(body) = body else { continue };
                let (now, by) = self.place(body, &facts.spot(&[office.span]));
                *body = now;
                used.extend(by);
            }
        }
        Ok(used)
    }

    fn correct_ref(&self, entity: &mut EntityRef, spot: &Spot<'_>, names: &Names<'_>) -> Result<Vec<Revision>> {
        let (now, by) = self.place(&entity.id, spot);
        if now != entity.id {
            if let Some(name) = names(&now)? {
                entity.display_name = name;
            }
            entity.id = now;
        }
        Ok(by)
    }
}

/// The corrections of meetings among these: the reports that they name, and what is right.
fn of_meetings(active: &BTreeMap<Revision, CorrectionBody>) -> impl Iterator<Item = (&[ReportId], &[MeetingChange])> {
    active.values().filter_map(|body| match body {
        CorrectionBody::Meeting { reports, changes, .. } => Some((reports.as_slice(), changes.as_slice())),
        CorrectionBody::Merge { .. } | CorrectionBody::Split { .. } => None,
    })
}

/// What to call an entity; `None` for one that no report names.
type Names<'a> = dyn Fn(&EntityId) -> Result<Option<String>> + 'a;

/// What a report says, with its text.
pub(super) struct Facts<'a> {
    pub(super) report: &'a ReportId,
    pub(super) extraction: &'a crate::model::Extraction,
    pub(super) words: &'a dyn Fn(Span) -> String,
}

impl<'a> Facts<'a> {
    fn spot<'s>(&self, spans: &'s [Span]) -> Spot<'s>
    where
        'a: 's,
    {
        Spot { report: self.report, spans, words: self.words }
    }
}

/// The id that the registry has for an entity now.
fn base(redirects: &impl ReadableTable<PackedId, PackedId>, id: &EntityId) -> Result<EntityId> {
    let target = redirects.get(text(id))?;
    Ok(target.and_then(|target| EntityId::parse(&target.value()).ok()).unwrap_or_else(|| id.clone()))
}

/// Follows merges to their end. Each leads from what was an end until then to another end, so there is no way round in a circle.
fn root(merged: &BTreeMap<EntityId, EntityId>, mut id: EntityId) -> EntityId {
    while let Some(target) = merged.get(&id) {
        id = target.clone();
    }
    id
}

#[cfg(test)]
mod tests;
