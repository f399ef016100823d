//! Who meets whom: counted from the casts of the meetings that name an entity.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use super::api::{
    Answer, Call, Entry, LIST_PAGE, ListRelated, Page, RelatedEntity, RelatedPage, RelationKind, Sightings, Texts,
};
use super::entities::entity;
use super::error::{ServiceError, ViolationReason};
use super::filters::{Filter, RELATED, Scan};
use super::live::Service;
use super::token::{self, Fingerprint};
use crate::model::{Edtf, EntityId, EntityKind, EntityRef, MeetingId};
use crate::projection::{Cast, ProjectionError, Snapshot};

/// Most meetings gone through: the latest. Those whom the President met are counted from these, and a call costs no more for him than for others
/// who meet often.
const MAX_MEETINGS: usize = 10_000;

/// Most bodies told of one related entity.
const MAX_BODIES: usize = 5;

impl Service {
    pub(super) async fn page_of_related(&self, call: &Call, request: ListRelated) -> Answer<RelatedPage> {
        let order = Order::parse(&request.order_by)?;
        let filter = Filter::parse(&request.filter, &RELATED)?;
        let date = request.date.map(|date| date.to_string()).unwrap_or_default();
        let by_date = if order == Order::Last { "last" } else { "" };
        let parameters = [request.of.as_str(), &date, &request.filter, by_date];
        let fingerprint = Fingerprint::of("ListRelatedEntities", &parameters);
        let position: Option<Position> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let (deadline, naming) = (call.deadline, self.projection.naming().clone());
        self.read(call, request.min_revision, move |snapshot| {
            let of = entity(snapshot, &naming, &request.of)?.id;
            let mut count = Count::new(snapshot, of);
            count.meetings(request.date, Scan::until(deadline))?;
            let meetings = count.gone_through;
            let mut all: Vec<(Position, RelatedEntity)> = Vec::new();
            for one in count.finish() {
                let at = order.position(&one);
                if filter.accepts(&one) && position.as_ref().is_none_or(|position| at > *position) {
                    all.push((at, one));
                }
            }
            all.sort_by(|(a, _), (b, _)| a.cmp(b));
            let more = all.len() > size;
            let entry =
                |(at, value): (Position, RelatedEntity)| Entry { cursor: token::encode(fingerprint, &at), value };
            let entries = all.into_iter().take(size).map(entry).collect();
            let page = Page { entries, more, revision: snapshot.revision(), texts: Texts::new() };
            Ok(RelatedPage { page, meetings })
        })
        .await
    }
}

/// In which order related entities come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Meetings,
    Last,
}

/// Where a page ended; lesser positions come first.
type Position = (i64, i64, String);

impl Order {
    fn parse(text: &str) -> Answer<Self> {
        match text.split_whitespace().collect::<Vec<_>>()[..] {
            [] | ["meeting_count", "desc"] => Ok(Self::Meetings),
            ["last_date", "desc"] => Ok(Self::Last),
            _ => {
                let rule = "only \"meeting_count desc\" and \"last_date desc\" are offered here";
                Err(ServiceError::invalid("order_by", ViolationReason::InvalidOrderBy, rule))
            }
        }
    }

    fn position(self, one: &RelatedEntity) -> Position {
        let meetings = -i64::try_from(one.seen.meetings).unwrap_or(i64::MAX);
        let epoch = jiff::civil::date(1970, 1, 1);
        let day = one.seen.last.and_then(Edtf::latest).and_then(|day| epoch.until(day).ok());
        let day = day.map_or(i64::MAX, |span| -i64::from(span.get_days()));
        let id = one.entity.id.as_str().to_owned();
        match self {
            Self::Meetings => (meetings, day, id),
            Self::Last => (day, meetings, id),
        }
    }
}

impl Sightings {
    fn add(&mut self, date: Option<Edtf>) {
        self.meetings += 1;
        let dated = date.filter(|date| !date.lacks_year());
        let all = || [self.first, self.last, dated].into_iter().flatten();
        (self.first, self.last) =
            (all().min_by_key(|date| (date.earliest(), *date)), all().max_by_key(|date| (date.latest(), *date)));
    }
}

/// What is known so far of one related entity.
struct Tally {
    seen: Sightings,
    last: (Option<jiff::civil::Date>, MeetingId),
    relations: BTreeMap<RelationKind, Sightings>,
    bodies: BTreeMap<EntityId, u64>,
}

/// Goes through meetings and counts.
struct Count<'a> {
    snapshot: &'a Snapshot,
    of: EntityId,
    /// Entities under the ids and names they have now, by the ids that casts have.
    known: HashMap<EntityId, EntityRef>,
    tallies: HashMap<EntityId, Tally>,
    gone_through: u64,
}

impl<'a> Count<'a> {
    fn new(snapshot: &'a Snapshot, of: EntityId) -> Self {
        Self { snapshot, of, known: HashMap::new(), tallies: HashMap::new(), gone_through: 0 }
    }

    fn meetings(&mut self, date: Option<Edtf>, mut scan: Scan) -> Answer<()> {
        let (snapshot, of) = (self.snapshot, self.of.clone());
        let (mut failed, mut left) = (None, MAX_MEETINGS);
        snapshot.visit_casts(&of, date.and_then(Edtf::latest), |meeting, cast| {
            if left == 0 || !scan.go_on() {
                return ControlFlow::Break(());
            }
            left -= 1;
            let wanted = date.is_none_or(|date| cast.date.is_some_and(|held| held.overlaps(date)));
            match wanted.then(|| self.meeting(&meeting, &cast)) {
                Some(Err(error)) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        })?;
        failed.map_or(Ok(()), |error| Err(ServiceError::from(error)))?;
        scan.finish()
    }

    /// An id as it is now.
    fn now(&mut self, id: &EntityId, kind: EntityKind) -> Result<EntityId, ProjectionError> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.id.clone());
        }
        let entity = self.snapshot.named(id, kind)?;
        let now = entity.id.clone();
        self.known.insert(id.clone(), entity);
        Ok(now)
    }

    fn meeting(&mut self, meeting: &MeetingId, cast: &Cast) -> Result<(), ProjectionError> {
        self.gone_through += 1;
        let ids: Vec<EntityId> =
            cast.members.iter().map(|member| self.now(&member.id, member.kind)).collect::<Result<_, _>>()?;
        let relations = relations(cast, &ids, &self.of);
        let convener = cast.members.iter().position(|member| member.convened).map(|at| ids[at].clone());
        let day = cast.date.and_then(Edtf::latest);
        let others: HashSet<EntityId> = ids.into_iter().filter(|id| *id != self.of).collect();
        for id in others {
            let last = (day, meeting.clone());
            let tally = self.tallies.entry(id.clone()).or_insert_with(|| Tally {
                seen: Sightings::default(),
                last: last.clone(),
                relations: BTreeMap::new(),
                bodies: BTreeMap::new(),
            });
            tally.seen.add(cast.date);
            tally.last = tally.last.clone().max(last);
            if let Some(body) = &convener {
                *tally.bodies.entry(body.clone()).or_default() += 1;
            }
            let named = [RelationKind::NamedWith];
            let kinds = relations.get(&id).map_or(&named[..], Vec::as_slice);
            for kind in kinds {
                tally.relations.entry(*kind).or_default().add(cast.date);
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<RelatedEntity> {
        // Several ids may lead to one entity; all have its name.
        let names: HashMap<&EntityId, &EntityRef> = self.known.values().map(|known| (&known.id, known)).collect();
        let related = |(id, tally): (&EntityId, Tally)| {
            let named = |id: &EntityId| names.get(id).copied().cloned();
            let mut relations: Vec<_> = tally.relations.into_iter().collect();
            relations.sort_by_key(|(kind, seen)| (std::cmp::Reverse(seen.meetings), *kind));
            let mut bodies: Vec<_> = tally.bodies.into_iter().collect();
            bodies.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let bodies = bodies.into_iter().filter_map(|(id, meetings)| Some((named(&id)?, meetings)));
            Some(RelatedEntity {
                entity: named(id)?,
                seen: tally.seen,
                last_meeting: tally.last.1,
                relations,
                bodies: bodies.take(MAX_BODIES).collect(),
            })
        };
        let tallies: Vec<(EntityId, Tally)> = self.tallies.into_iter().collect();
        tallies.into_iter().filter_map(|(id, tally)| related((&id, tally))).collect()
    }
}

/// How an entity stands to others of a cast, whose ids are given as they are now; those it is only named with are left out.
fn relations(cast: &Cast, ids: &[EntityId], of: &EntityId) -> HashMap<EntityId, Vec<RelationKind>> {
    let mut found: HashMap<EntityId, Vec<RelationKind>> = HashMap::new();
    let mut add = |other: &EntityId, kind: RelationKind| {
        let kinds = found.entry(other.clone()).or_default();
        if other != of && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    };
    let own = || cast.members.iter().zip(ids).filter(|(_, id)| *id == of).map(|(member, _)| member);
    let (took_part, convened) = (own().any(|member| member.took_part), own().any(|member| member.convened));
    for (member, id) in cast.members.iter().zip(ids) {
        if took_part && member.took_part {
            add(id, RelationKind::MetWith);
        }
        if convened && member.took_part {
            add(id, RelationKind::Convened);
        }
        if took_part && member.convened {
            add(id, RelationKind::ConvenedBy);
        }
    }
    let mut pairs = |pairs: &[(u32, u32)], there: RelationKind, back: RelationKind| {
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (ids.get(*one as usize), ids.get(*other as usize)) else { continue };
            if one == of {
                add(other, there);
            }
            if other == of {
                add(one, back);
            }
        }
    };
    pairs(&cast.offices, RelationKind::HeldOfficeAt, RelationKind::OfficeHeldBy);
    pairs(&cast.addressed, RelationKind::Addressed, RelationKind::AddressedBy);
    found
}
