//! The room as a whole: what is put in is found, in order, page by page.

mod audit;
mod filtering;
mod hostile;
mod keywords;
mod measured;
mod paging;
mod pairs;
mod questions;
mod ranking;
mod renamed;

use crate::model::{
    DatedFact, Decision, EntityId, EntityKind, EntityRef, Evidence, Figure, Meeting, MeetingFigure, MeetingId,
    MeetingItem, MeetingKind, MeetingMention, Outcome, Participant, ReportId, Revision, Role, Span, Timestamp,
};

use super::{EntityNames, Index, IndexWriter, MeetingDocument, ReportText, SearchRequest, Searcher, Unit};

/// An index in memory with its writer.
pub(super) struct Shelf {
    pub(super) index: Index,
    pub(super) writer: IndexWriter,
}

impl Shelf {
    pub(super) fn new() -> Self {
        let index = Index::in_memory().expect("opens");
        let writer = index.writer(15_000_000).expect("one writer");
        Self { index, writer }
    }

    /// An index of reports, each of a meeting of its own, named `m0`, `m1` …
    pub(super) fn of_texts(texts: &[&str]) -> Searcher {
        let mut shelf = Self::new();
        for (number, text) in texts.iter().enumerate() {
            shelf.put(&meeting(&format!("m{number}"), ""), text);
        }
        shelf.commit()
    }

    pub(super) fn put(&mut self, meeting: &Meeting, text: &str) {
        self.put_with(meeting, text, None, &[]);
    }

    pub(super) fn put_with(
        &mut self,
        meeting: &Meeting,
        text: &str,
        publisher: Option<&str>,
        names: &[EntityNames<'_>],
    ) {
        let report = ReportId::parse(&format!("r-{}", meeting.id)).expect("id");
        let texts = [ReportText { report: &report, publisher, text }];
        self.writer.put_meeting(&MeetingDocument { meeting, texts: &texts, names }).expect("written");
        for entity in named(meeting) {
            let others = names.iter().filter(|names| *names.id == entity.id).flat_map(|names| names.names);
            let names: Vec<&str> = std::iter::once(entity.display_name.as_str()).chain(others.copied()).collect();
            self.writer.put_entity(&EntityNames { id: &entity.id, names: &names }).expect("written");
        }
    }

    pub(super) fn commit(&mut self) -> Searcher {
        self.writer.commit("checkpoint").expect("committed");
        self.index.reload().expect("reloaded");
        self.index.searcher().expect("opened")
    }
}

/// A meeting without anything but a title.
pub(super) fn meeting(id: &str, title: &str) -> Meeting {
    Meeting {
        id: MeetingId::parse(id).expect("id"),
        title: title.to_owned(),
        kind: None,
        date: None,
        part_of_day: None,
        session_number: None,
        extended: false,
        term: None,
        convener: None,
        venue: None,
        reports: Vec::new(),
        participants: Vec::new(),
        items: Vec::new(),
        figures: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
        revision: Revision(1),
        create_time: Timestamp(0),
        update_time: Timestamp(0),
    }
}

pub(super) fn dated(date: &str) -> Option<DatedFact> {
    let date = date.parse().expect("date");
    Some(DatedFact { date, basis: crate::model::Basis::Stated, span: None })
}

pub(super) fn entity(kind: EntityKind, name: &str) -> EntityRef {
    EntityRef { id: EntityId::derive(kind.prefix(), &[name]), kind, display_name: name.to_owned() }
}

fn evidence() -> Vec<Evidence> {
    vec![Evidence { report: ReportId::derive(None, "x"), span: Span::new(0, 1) }]
}

fn decision() -> Decision {
    Decision { outcome: Outcome::Known, reasons: Vec::new() }
}

pub(super) fn participant(name: &str, role: Role) -> Participant {
    let person = entity(EntityKind::Person, name);
    Participant { person, offices: Vec::new(), role, evidence: evidence(), decision: decision() }
}

pub(super) fn mention(kind: EntityKind, name: &str) -> MeetingMention {
    MeetingMention { entity: entity(kind, name), evidence: evidence(), decision: decision() }
}

pub(super) fn item(number: u32, kind: crate::model::ItemKind, speaker: Option<&str>, text: &str) -> MeetingItem {
    MeetingItem {
        number,
        kind,
        speaker: speaker.map(|name| entity(EntityKind::Person, name)),
        addressees: Vec::new(),
        text: text.to_owned(),
        deadline: None,
        figures: Vec::new(),
        mentions: Vec::new(),
        evidence: evidence(),
    }
}

pub(super) fn figure(indicator: &str, value: f64, unit: &str, subject: Option<&str>) -> MeetingFigure {
    let figure = Figure {
        text: format!("{value} {unit}"),
        indicator: indicator.to_owned(),
        value,
        upper: None,
        unit: unit.to_owned(),
        qualifier: crate::model::Qualifier::Exact,
        period: None,
        subject: subject.map(str::to_owned),
        ratio: None,
        comparison: None,
        check: crate::model::Check::NotCheckable,
        span: Span::new(0, 1),
    };
    MeetingFigure { figure, evidence: evidence() }
}

/// Every entity that a record names.
fn named(meeting: &Meeting) -> Vec<&EntityRef> {
    let items = meeting.items.iter().flat_map(|item| item.speaker.iter().chain(&item.addressees).chain(&item.mentions));
    let people = meeting.participants.iter().map(|participant| &participant.person);
    let others = meeting.mentions.iter().map(|mention| &mention.entity);
    let documents = meeting.references.iter().map(|reference| &reference.document);
    meeting.convener.iter().chain(people).chain(items).chain(others).chain(documents).collect()
}

/// The meetings found, in order.
pub(super) fn found(searcher: &Searcher, query: &str) -> Vec<String> {
    ids(searcher, Unit::Meeting, &SearchRequest { query, page_size: 50, ..Default::default() })
}

/// The meetings that pass a filter, by name.
pub(super) fn passing(searcher: &Searcher, unit: Unit, filter: &str) -> Vec<String> {
    let mut ids = ids(searcher, unit, &SearchRequest { filter, page_size: 50, ..Default::default() });
    ids.sort();
    ids
}

pub(super) fn ids(searcher: &Searcher, unit: Unit, request: &SearchRequest<'_>) -> Vec<String> {
    let results = searcher.search(unit, request).expect(request.query);
    results
        .hits
        .iter()
        .map(|hit| if hit.number == 0 { hit.meeting.to_string() } else { format!("{}/{}", hit.meeting, hit.number) })
        .collect()
}

/// A meeting with a bit of everything.
pub(super) fn rich() -> Meeting {
    use crate::model::ItemKind;
    let mut meeting = meeting("m-rich", "Thành ủy Bạch Giang bàn việc thu ngân sách");
    meeting.kind = Some(MeetingKind::Conference);
    meeting.date = dated("2023-12-06/2023-12-08");
    meeting.session_number = Some(12);
    meeting.extended = true;
    meeting.term = crate::model::Term::new(2020, 2025);
    meeting.convener = Some(entity(EntityKind::Organization, "Thành ủy Bạch Giang"));
    meeting.participants = vec![participant("Lê Thị Hoà", Role::Chair), participant("Trần Văn Đường", Role::Mentioned)];
    meeting.mentions = vec![mention(EntityKind::Place, "phường Đông Hải")];
    let mut order = item(1, ItemKind::Directive, Some("Lê Thị Hoà"), "Các phường phải báo cáo trước ngày 15.");
    order.addressees = vec![entity(EntityKind::Organization, "UBND phường Đông Hải")];
    order.deadline = dated("2024-01-15");
    meeting.items = vec![order, item(2, ItemKind::Achievement, None, "Thu ngân sách đạt 8.598 tỉ đồng.")];
    meeting.figures = vec![figure("thu ngân sách", 8_598e9, "VND", Some("TP Bạch Giang"))];
    meeting
}
