//! One meeting record from the reports that tell of it.
//!
//! Facts are united; where reports differ, the first report (by publication date, then id) speaks for single values, and the difference
//! becomes a diagnostic. Nothing is averaged or mended.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::model::{
    Decision, Diagnostic, DiagnosticReason, Edtf, EntityId, EntityRef, Evidence, Extraction, FactRef, Figure, Item,
    Meeting, MeetingFigure, MeetingId, MeetingItem, MeetingMention, MeetingReference, MeetingReport, OfficeFact,
    Participant, ReportId, Revision, Span, Timestamp,
};
use crate::text::fold;

/// An entity that a fact was found to be, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) entity: EntityRef,
    pub(super) decision: Decision,
}

/// Who and what the facts of one extraction are; each list as long as the extraction's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Links {
    pub(super) people: Vec<Link>,
    pub(super) organizations: Vec<Link>,
    pub(super) places: Vec<Link>,
    pub(super) references: Vec<Link>,
    pub(super) convener: Option<EntityRef>,
    /// Per person, per office: the organization.
    pub(super) offices: Vec<Vec<Option<EntityId>>>,
}

/// One report of a meeting, as far as it matters for the record.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) report: ReportId,
    pub(super) published: Option<Edtf>,
    pub(super) revision: Revision,
    pub(super) create_time: Timestamp,
    pub(super) extraction: Extraction,
    pub(super) links: Links,
}

/// The record of the meeting that these reports tell of; `told` is not empty. `revision` and `now` are those of the journal entry that
/// brought the change.
pub(super) fn unite(mut told: Vec<Told>, revision: Revision, now: Timestamp) -> Option<Meeting> {
    told.sort_by_cached_key(|t| {
        (t.published.and_then(Edtf::earliest).is_none(), t.published.and_then(Edtf::earliest), t.report.clone())
    });
    let first = told.first()?;
    let facts =
        |pick: fn(&Extraction) -> bool| told.iter().find(|t| pick(&t.extraction)).map(|t| &t.extraction.meeting);
    let mut meeting = Meeting {
        id: MeetingId::of_report(&first.report),
        title: first.extraction.meeting.title.clone(),
        kind: facts(|e| e.meeting.kind.is_some()).and_then(|m| m.kind),
        date: best_date(&told),
        part_of_day: facts(|e| e.meeting.part_of_day.is_some()).and_then(|m| m.part_of_day),
        session_number: facts(|e| e.meeting.session_number.is_some()).and_then(|m| m.session_number),
        extended: told.iter().any(|t| t.extraction.meeting.extended),
        term: facts(|e| e.meeting.term.is_some()).and_then(|m| m.term),
        convener: told.iter().find_map(|t| t.links.convener.clone()),
        venue: facts(|e| e.meeting.venue.is_some()).and_then(|m| m.venue.as_ref().map(|v| v.name.clone())),
        reports: Vec::new(),
        participants: Vec::new(),
        items: Vec::new(),
        figures: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
        revision,
        create_time: told.iter().map(|t| t.create_time).min().unwrap_or(now),
        update_time: now,
    };
    for report in &told {
        add(&mut meeting, report);
    }
    meeting.participants.sort_by_key(|p| p.role);
    conflicts(&mut meeting, &told);
    Some(meeting)
}

/// The most precise date; the first report's where several are equally precise.
fn best_date(told: &[Told]) -> Option<crate::model::DatedFact> {
    let precise = |date: &Edtf| match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) => first.until(last).map_or(i32::MAX, |span| span.get_days()),
        _ => i32::MAX,
    };
    told.iter().filter_map(|t| t.extraction.meeting.date).min_by_key(|fact| precise(&fact.date))
}

fn add(meeting: &mut Meeting, told: &Told) {
    let extraction = &told.extraction;
    meeting.reports.push(MeetingReport {
        report: told.report.clone(),
        revision: told.revision,
        extractor_version: extraction.extractor_version,
        account: extraction.account.clone(),
    });
    add_participants(meeting, told);
    let figures = add_figures(meeting, told);
    add_items(meeting, told, &figures);
    add_references(meeting, told);
    let named = extraction.organizations.iter().map(|o| &o.spans).zip(&told.links.organizations);
    let placed = extraction.places.iter().map(|p| &p.spans).zip(&told.links.places);
    for (spans, link) in named.chain(placed) {
        add_mention(meeting, told, spans, link);
    }
    meeting.diagnostics.extend(extraction.diagnostics.iter().map(|d| (told.report.clone(), d.clone())));
}

fn evidence(told: &Told, spans: &[Span]) -> Vec<Evidence> {
    spans.iter().map(|&span| Evidence { report: told.report.clone(), span }).collect()
}

fn add_participants(meeting: &mut Meeting, told: &Told) {
    for (index, (person, link)) in told.extraction.people.iter().zip(&told.links.people).enumerate() {
        let seats = told.links.offices.get(index);
        let offices = person
            .offices
            .iter()
            .enumerate()
            .map(|(at, office)| (office.clone(), seats.and_then(|s| s.get(at)).cloned().flatten()));
        let evidence = evidence(told, &person.spans);
        match meeting.participants.iter_mut().find(|p| p.person.id == link.entity.id) {
            None => meeting.participants.push(Participant {
                person: link.entity.clone(),
                offices: offices.collect(),
                role: person.role,
                evidence,
                decision: link.decision.clone(),
            }),
            Some(known) => {
                known.role = known.role.min(person.role);
                known.evidence.extend(evidence);
                for office in offices {
                    if !known.offices.iter().any(|o| same_office(o, &office)) {
                        known.offices.push(office);
                    }
                }
            }
        }
    }
}

fn same_office(a: &(OfficeFact, Option<EntityId>), b: &(OfficeFact, Option<EntityId>)) -> bool {
    let seat = |o: &(OfficeFact, Option<EntityId>)| {
        o.1.as_ref().map_or_else(|| fold::spelling(&o.0.organization), ToString::to_string)
    };
    fold::spelling(&a.0.title) == fold::spelling(&b.0.title) && a.0.former == b.0.former && seat(a) == seat(b)
}

/// Adds the figures; gives for each of the report's figures its index in the meeting.
fn add_figures(meeting: &mut Meeting, told: &Told) -> Vec<u32> {
    let mut indices = Vec::with_capacity(told.extraction.figures.len());
    let before = meeting.figures.len();
    for figure in &told.extraction.figures {
        let place = Evidence { report: told.report.clone(), span: figure.span };
        // Only figures of other reports are united: within one report the reader has decided already.
        let at = match meeting.figures[..before].iter().position(|known| same_figure(&known.figure, figure)) {
            Some(at) => {
                meeting.figures[at].evidence.push(place);
                at
            }
            None => {
                meeting.figures.push(MeetingFigure { figure: figure.clone(), evidence: vec![place] });
                meeting.figures.len() - 1
            }
        };
        indices.push(u32::try_from(at).unwrap_or(u32::MAX));
    }
    indices
}

fn same_figure(a: &Figure, b: &Figure) -> bool {
    a.value == b.value
        && a.upper == b.upper
        && fold::spelling(&a.unit) == fold::spelling(&b.unit)
        && alike(&a.indicator, &b.indicator, 0.5)
}

fn add_items(meeting: &mut Meeting, told: &Told, figures: &[u32]) {
    let before = meeting.items.len();
    for item in &told.extraction.items {
        let place = Evidence { report: told.report.clone(), span: item.span };
        let speaker = item.speaker.and_then(|fact| entity(told, fact));
        let known = meeting.items[..before].iter_mut().find(|known| {
            known.kind == item.kind
                && known.speaker.as_ref().map(|s| &s.id) == speaker.as_ref().map(|s| &s.id)
                && alike(&known.text, &item.text, 0.8)
        });
        match known {
            Some(known) => known.evidence.push(place),
            None => {
                let number = u32::try_from(meeting.items.len() + 1).unwrap_or(u32::MAX);
                meeting.items.push(meeting_item(told, item, number, speaker, figures, place));
            }
        }
    }
}

fn meeting_item(
    told: &Told,
    item: &Item,
    number: u32,
    speaker: Option<EntityRef>,
    figures: &[u32],
    place: Evidence,
) -> MeetingItem {
    let entities = |facts: &[FactRef]| {
        let mut refs: Vec<EntityRef> = facts.iter().filter_map(|&fact| entity(told, fact)).collect();
        let mut seen = std::collections::BTreeSet::new();
        refs.retain(|r| seen.insert(r.id.clone()));
        refs
    };
    MeetingItem {
        number,
        kind: item.kind,
        speaker,
        addressees: entities(&item.addressees),
        text: item.text.clone(),
        deadline: item.deadline,
        figures: item.figures.iter().filter_map(|&at| figures.get(at as usize).copied()).collect(),
        mentions: entities(&item.mentions),
        evidence: vec![place],
    }
}

fn entity(told: &Told, fact: FactRef) -> Option<EntityRef> {
    let links = &told.links;
    let (list, at) = match fact {
        FactRef::Person(at) => (&links.people, at),
        FactRef::Organization(at) => (&links.organizations, at),
        FactRef::Place(at) => (&links.places, at),
        FactRef::Reference(at) => (&links.references, at),
    };
    list.get(at as usize).map(|link| link.entity.clone())
}

fn add_references(meeting: &mut Meeting, told: &Told) {
    for (fact, link) in told.extraction.references.iter().zip(&told.links.references) {
        let evidence = evidence(told, &fact.spans);
        match meeting.references.iter_mut().find(|known| known.document.id == link.entity.id) {
            Some(known) => known.evidence.extend(evidence),
            None => meeting.references.push(MeetingReference {
                document: link.entity.clone(),
                fact: fact.clone(),
                evidence,
            }),
        }
    }
}

fn add_mention(meeting: &mut Meeting, told: &Told, spans: &[Span], link: &Link) {
    let evidence = evidence(told, spans);
    match meeting.mentions.iter_mut().find(|known| known.entity.id == link.entity.id) {
        Some(known) => known.evidence.extend(evidence),
        None => meeting.mentions.push(MeetingMention {
            entity: link.entity.clone(),
            evidence,
            decision: link.decision.clone(),
        }),
    }
}

/// True if the words of the two, without marks, agree to at least this share of the words of both.
fn alike(a: &str, b: &str, share: f64) -> bool {
    let count = |text: &str| {
        let mut words: HashMap<String, u32> = HashMap::new();
        fold::words(&fold::unaccented(text)).for_each(|word| *words.entry(word.to_owned()).or_default() += 1);
        words
    };
    let (a, b) = (count(a), count(b));
    let common: u32 = a.iter().map(|(word, n)| b.get(word).copied().unwrap_or_default().min(*n)).sum();
    let all = a.values().sum::<u32>() + b.values().sum::<u32>();
    all == 0 || f64::from(2 * common) >= share * f64::from(all)
}

/// Where two reports give different numbers for one thing, or different dates, both stay and a diagnostic says so.
fn conflicts(meeting: &mut Meeting, told: &[Told]) {
    if told.len() < 2 {
        return;
    }
    let mut found = Vec::new();
    let mut by_indicator: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, known) in meeting.figures.iter().enumerate().filter(|(_, f)| !f.figure.indicator.is_empty()) {
        by_indicator
            .entry((fold::spelling(&known.figure.indicator), fold::spelling(&known.figure.unit)))
            .or_default()
            .push(index);
    }
    for indices in by_indicator.values() {
        for pair in indices.windows(2) {
            let (a, b) = (&meeting.figures[pair[0]], &meeting.figures[pair[1]]);
            let (Some(one), Some(other)) = (a.evidence.first(), b.evidence.first()) else { continue };
            let same_period = a.figure.period.map(|p| p.date) == b.figure.period.map(|p| p.date);
            if one.report != other.report && a.figure.value != b.figure.value && same_period {
                let message = format!("{} here, {} in {}", b.figure.text, a.figure.text, one.report.name());
                found.push((other.report.clone(), conflict(message, Some(other.span))));
            }
        }
    }
    for report in told {
        let (Some(date), Some(fact)) = (meeting.date, report.extraction.meeting.date) else { continue };
        if !date.date.overlaps(fact.date) {
            found.push((
                report.report.clone(),
                conflict(format!("{} here, {} elsewhere", fact.date, date.date), fact.span),
            ));
        }
    }
    meeting.diagnostics.extend(found);
}

fn conflict(message: String, span: Option<Span>) -> Diagnostic {
    Diagnostic { reason: DiagnosticReason::ConflictingReports, message, span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, ItemKind, Outcome, PersonFact, Role};

    fn link(kind: EntityKind, name: &str) -> Link {
        let entity = EntityRef { id: EntityId::derive(kind.prefix(), &[name]), kind, display_name: name.into() };
        Link { entity, decision: Decision { outcome: Outcome::New, reasons: vec![] } }
    }

    fn told(id: &str, published: &str, role: Role, value: f64, item: &str) -> Told {
        let span = Span::new(0, 3);
        let figure = Figure {
            text: format!("{value} tỉ đồng"),
            indicator: "thu ngân sách".into(),
            value,
            upper: None,
            unit: "VND".into(),
            qualifier: crate::model::Qualifier::Exact,
            period: None,
            subject: None,
            ratio: None,
            comparison: None,
            check: crate::model::Check::NotCheckable,
            span,
        };
        let item = Item {
            kind: ItemKind::Directive,
            speaker: Some(FactRef::Person(0)),
            addressees: vec![],
            text: item.into(),
            deadline: None,
            figures: vec![0],
            mentions: vec![],
            span,
        };
        Told {
            report: ReportId::parse(id).expect("id"),
            published: published.parse().ok(),
            revision: Revision(1),
            create_time: Timestamp(1),
            extraction: Extraction {
                people: vec![PersonFact { name: "Kiều Thế Lân".into(), role, offices: vec![], spans: vec![span] }],
                figures: vec![figure],
                items: vec![item],
                ..Extraction::default()
            },
            links: Links {
                people: vec![link(EntityKind::Person, "Kiều Thế Lân")],
                offices: vec![vec![]],
                ..Links::default()
            },
        }
    }

    #[test]
    fn facts_are_united_and_conflicts_kept() {
        let one = told("b", "2024-12-13", Role::Attendee, 61240.0, "Yêu cầu các sở làm ngay.");
        let other = told("a", "2024-12-14", Role::Speaker, 62140.0, "Yêu cầu các Sở làm ngay");
        let meeting = unite(vec![other, one], Revision(7), Timestamp(9)).expect("one");
        assert_eq!(meeting.id, MeetingId::of_report(&ReportId::parse("b").expect("id")));
        assert_eq!(meeting.participants.len(), 1);
        assert_eq!((meeting.participants[0].role, meeting.participants[0].evidence.len()), (Role::Speaker, 2));
        assert_eq!(meeting.items.len(), 1);
        assert_eq!(meeting.items[0].evidence.len(), 2);
        assert_eq!(meeting.figures.len(), 2);
        assert_eq!(meeting.diagnostics.len(), 1);
        assert_eq!(meeting.diagnostics[0].1.reason, DiagnosticReason::ConflictingReports);
    }

    #[test]
    fn order_does_not_matter() {
        let (one, other) =
            (told("b", "2024-12-13", Role::Attendee, 1.0, "x"), told("a", "2024-12-14", Role::Speaker, 2.0, "y"));
        let forward = unite(vec![one.clone(), other.clone()], Revision(7), Timestamp(9));
        assert_eq!(forward, unite(vec![other, one], Revision(7), Timestamp(9)));
    }
}
