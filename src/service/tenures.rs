//! Who was seen in which office.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::api::{Answer, Call, Entry, LIST_PAGE, ListTenures, OfficeTenure, Page};
use super::entities::entity;
use super::error::{ServiceError, ViolationReason};
use super::filters::{self, Filter, Scan};
use super::live::{Service, texts};
use super::token::{self, Fingerprint};
use crate::model::{Edtf, Entity, EntityId, EntityKind, Tenure};
use crate::projection::{Snapshot, TenurePosition};
use crate::registry::keys::Naming;
use crate::registry::lookup::OfficeQuery;
use crate::registry::people::as_of;

/// Most bodies of one name and place that an office is looked for at.
const MAX_BODIES: usize = 50;

impl Service {
    pub(super) async fn page_of_tenures(&self, call: &Call, request: ListTenures) -> Answer<Page<OfficeTenure>> {
        filters::only_order(&request.order_by, "last_seen desc")?;
        let fields = if request.as_of.is_some() { &filters::TENURE_AS_OF } else { &filters::TENURE };
        // Faults are told before anything is read, where the caller wrote them.
        Filter::parse(&request.filter, fields)?;
        let of = request.of.as_ref().map_or("-", EntityId::as_str);
        let date = request.as_of.map(|date| date.to_string()).unwrap_or_default();
        let office = request.office.as_deref().unwrap_or_default();
        let fingerprint = Fingerprint::of("ListTenures", &[of, office, &date, &request.filter]);
        let position: Option<TenurePosition> = token::decode(fingerprint, &request.page.token)?;
        let size = LIST_PAGE.clamp(request.page.size);
        let (deadline, naming) = (call.deadline, self.projection.naming().clone());
        self.read(call, request.min_revision, move |snapshot| {
            let filter = Filter::parse(&filters::led(&request.filter, snapshot)?, fields)?;
            let office = request.office.as_deref().map(|text| naming.read_office_query(text, request.as_of));
            let source = Source::of(snapshot, &naming, request.of.as_ref(), office.as_ref())?;
            let (mut entries, mut more, mut scan) = (Vec::<Entry<OfficeTenure>>::new(), false, Scan::until(deadline));
            let mut failed = None;
            source.visit(snapshot, position.as_ref(), |at, tenure| {
                if !scan.go_on() {
                    return ControlFlow::Break(());
                }
                if office.as_ref().is_some_and(|office| !office.fits(&tenure)) {
                    return ControlFlow::Continue(());
                }
                let one = match told(snapshot, &at.person, tenure, request.as_of) {
                    Ok(one) => one,
                    Err(error) => {
                        failed = Some(error);
                        return ControlFlow::Break(());
                    }
                };
                let wanted = filter.accepts(&one);
                if wanted && entries.len() == size {
                    more = true;
                    return ControlFlow::Break(());
                }
                if wanted {
                    entries.push(Entry { value: one, cursor: token::encode(fingerprint, &at) });
                }
                ControlFlow::Continue(())
            })?;
            failed.map_or(Ok(()), Err)?;
            scan.finish()?;
            let reports: BTreeSet<_> = entries
                .iter()
                .flat_map(|entry| &entry.value.tenure.evidence)
                .map(|evidence| &evidence.report)
                .collect();
            let texts = texts(snapshot, reports)?;
            Ok(Page { entries, more, revision: snapshot.revision(), texts })
        })
        .await
    }
}

/// Where tenures are read from.
enum Source {
    /// The record of one person.
    Person(Box<Entity>),
    /// One organization.
    Organization(EntityId),
    /// Several organizations, whose few fitting tenures are put in one order.
    Organizations(BTreeSet<EntityId>),
}

impl Source {
    fn of(snapshot: &Snapshot, naming: &Naming, of: Option<&EntityId>, office: Option<&OfficeQuery>) -> Answer<Self> {
        let Some(id) = of else { return bodies(snapshot, office) };
        let entity = entity(snapshot, naming, id)?;
        match entity.kind {
            EntityKind::Person => Ok(Self::Person(Box::new(entity))),
            EntityKind::Organization => Ok(Self::Organization(entity.id)),
            EntityKind::Place | EntityKind::LegalDocument => {
                let rule = "must be a person or an organization; places and documents have no offices";
                Err(ServiceError::invalid("parent", ViolationReason::InvalidField, rule))
            }
        }
    }

    /// Tenures in the order of their positions, those after one; until `visit` breaks.
    fn visit(
        self,
        snapshot: &Snapshot,
        after: Option<&TenurePosition>,
        mut visit: impl FnMut(TenurePosition, Tenure) -> ControlFlow<()>,
    ) -> Answer<()> {
        let mut all = match self {
            Self::Organization(id) => return Ok(snapshot.visit_holders(&id, after, visit)?),
            Self::Person(person) => {
                let tenures = person.tenures.into_iter().enumerate();
                tenures.map(|(number, tenure)| (TenurePosition::of(&person.id, number, &tenure), tenure)).collect()
            }
            Self::Organizations(ids) => {
                let mut all = Vec::new();
                for id in ids {
                    snapshot.visit_holders(&id, None, |at, tenure| {
                        all.push((at, tenure));
                        ControlFlow::Continue(())
                    })?;
                }
                all
            }
        };
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (at, tenure) in all {
            if after.is_none_or(|after| at > *after) && visit(at, tenure).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The organizations that the words for an office name.
fn bodies(snapshot: &Snapshot, office: Option<&OfficeQuery>) -> Answer<Source> {
    let mut ids = BTreeSet::new();
    let mut named = false;
    for body in office.iter().flat_map(|office| office.bodies()) {
        named = true;
        if let Some(known) = snapshot.entity(&body.id)? {
            ids.insert(known.id);
        }
        for key in &body.keys {
            ids.extend(snapshot.entities_by_key(key, MAX_BODIES)?);
        }
    }
    if named {
        return Ok(match ids.len() {
            1 => ids.into_iter().next().map_or_else(|| Source::Organizations(BTreeSet::new()), Source::Organization),
            _ => Source::Organizations(ids),
        });
    }
    let rule = "names no organization; add it (\"Bí thư Thành ủy Thủ Đức\"), or give the organization as parent";
    Err(ServiceError::invalid("office", ViolationReason::InvalidField, rule))
}

/// A tenure as it is told: names as they are now, and what is known on a date.
fn told(snapshot: &Snapshot, person: &EntityId, mut tenure: Tenure, date: Option<Edtf>) -> Answer<OfficeTenure> {
    let person = snapshot.named(person, EntityKind::Person)?;
    if let Some(id) = &tenure.organization_id {
        let body = snapshot.named(id, EntityKind::Organization)?;
        if !body.display_name.is_empty() {
            tenure.organization = body.display_name;
        }
        tenure.organization_id = Some(body.id);
    }
    let holding = date.map(|date| as_of(&tenure, date));
    Ok(OfficeTenure { person, tenure, holding })
}
