//! Which reports tell of one meeting.
//!
//! Two reports tell of the same meeting if they give the same day, nothing in them speaks against it, and enough speaks for it:
//! the same convener, people in common, figures in common, words of the headline in common. The judgement is a pure function of the two
//! reports, so that the groups (connected components of "same") do not depend on the order in which reports arrive.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{EntityId, Extraction, MeetingKind, PartOfDay, ReportId, Role};
use crate::text::fold;

/// What of a report decides which other reports it goes with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MeetingKey {
    pub(super) report: ReportId,
    kind: Option<MeetingKind>,
    part_of_day: Option<PartOfDay>,
    session_number: Option<u32>,
    convener: Option<EntityId>,
    /// Hashes of the spelling forms of the names of those who speak, chair or receive, sorted.
    actors: BTreeSet<u64>,
    /// Hashes of value and unit of each figure.
    figures: BTreeSet<u64>,
    /// Hashes of the headline's words without marks.
    title: BTreeSet<u64>,
}

/// Points from which two reports count as one meeting.
const SAME: u32 = 4;

impl MeetingKey {
    /// The day by which the report is grouped, as a day number, and the key; `None` for a report that gives no day or tells of no
    /// meeting: it stays alone.
    pub(super) fn of(report: &ReportId, extraction: &Extraction, convener: Option<EntityId>) -> Option<(i32, Self)> {
        let meeting = &extraction.meeting;
        let date = meeting.date?.date;
        let (first, last) = (date.earliest()?, date.latest()?);
        let is_days = (first.until(last).ok()?.get_days()) <= 7;
        if !is_days || meeting.kind.is_none() {
            return None;
        }
        let acts = |role: Role| !matches!(role, Role::Mentioned);
        let key = Self {
            report: report.clone(),
            kind: meeting.kind,
            part_of_day: meeting.part_of_day,
            session_number: meeting.session_number,
            convener,
            actors: extraction.people.iter().filter(|p| acts(p.role)).map(|p| hash(&fold::spelling(&p.name))).collect(),
            figures: extraction
                .figures
                .iter()
                .map(|f| hash(&format!("{} {}", f.value, fold::spelling(&f.unit))))
                .collect(),
            title: fold::words(&fold::unaccented(&meeting.title)).map(hash).collect(),
        };
        Some((super::table::day_number(first), key))
    }

    /// True if the two reports, both of one day, tell of the same meeting.
    pub(super) fn same_meeting(&self, other: &Self) -> bool {
        let differ = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let part = |p: Option<PartOfDay>| p.map(|p| p as u32);
        if differ(self.session_number, other.session_number) || differ(part(self.part_of_day), part(other.part_of_day))
        {
            return false;
        }
        self.points(other) >= SAME
    }

    fn points(&self, other: &Self) -> u32 {
        let common = |a: &BTreeSet<u64>, b: &BTreeSet<u64>| a.intersection(b).count();
        let convener = match (&self.convener, &other.convener) {
            (Some(a), Some(b)) if a == b => 2,
            _ => 0,
        };
        let kind = u32::from(self.kind == other.kind);
        let session = u32::from(self.session_number.is_some() && self.session_number == other.session_number) * 2;
        let actors = match common(&self.actors, &other.actors) {
            0 => 0,
            1 => 1,
            2 => 2,
            _ => 3,
        };
        let figures = match common(&self.figures, &other.figures) {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        let shared = common(&self.title, &other.title);
        let title = u32::from(shared > 0 && 2 * shared >= self.title.len().min(other.title.len()));
        // Without anybody or anything in common, equal conveners hold several meetings a day.
        let something = actors + figures + session + title;
        if something == 0 { 0 } else { convener + kind + session + actors + figures + title }
    }
}

fn hash(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    let mut eight = [0; 8];
    eight.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// The groups of reports that tell of one meeting: connected components of "same meeting", each sorted by id, the groups by their first.
pub(super) fn groups(mut keys: Vec<MeetingKey>) -> Vec<Vec<ReportId>> {
    keys.sort_by(|a, b| a.report.cmp(&b.report));
    let mut group: Vec<usize> = (0..keys.len()).collect();
    for later in 1..keys.len() {
        for earlier in 0..later {
            if group[earlier] != group[later] && keys[earlier].same_meeting(&keys[later]) {
                let (from, to) = (group[earlier].max(group[later]), group[earlier].min(group[later]));
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let mut groups: Vec<Vec<ReportId>> = vec![Vec::new(); keys.len()];
    for (key, group) in keys.into_iter().zip(group) {
        groups[group].push(key.report);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, DatedFact, Edtf, MeetingFacts, PersonFact};

    fn key(id: &str, people: &[&str], title: &str, change: impl FnOnce(&mut MeetingFacts)) -> MeetingKey {
        let date = DatedFact { date: Edtf::ymd(2024, 5, 6).expect("a day"), basis: Basis::Stated, span: None };
        let mut meeting = MeetingFacts {
            title: title.into(),
            kind: Some(MeetingKind::Conference),
            date: Some(date),
            ..MeetingFacts::default()
        };
        change(&mut meeting);
        let person =
            |name: &&str| PersonFact { name: (*name).into(), role: Role::Speaker, offices: vec![], spans: vec![] };
        let extraction = Extraction { meeting, people: people.iter().map(person).collect(), ..Extraction::default() };
        let convener = EntityId::derive("org", &["a"]);
        MeetingKey::of(&ReportId::parse(id).expect("id"), &extraction, Some(convener)).expect("dated").1
    }

    #[test]
    fn the_same_convener_and_people_are_one_meeting() {
        let a = key("a", &["Kiều Thế Lân", "Hồ Bích Đào"], "Tổng kết công tác năm", |_| ());
        let b = key("b", &["Hồ Bích Đào", "Kiều Thế Lân"], "Thành ủy họp", |_| ());
        assert!(a.same_meeting(&b) && b.same_meeting(&a));
    }

    #[test]
    fn another_part_of_the_day_or_session_is_another_meeting() {
        let a =
            key("a", &["Kiều Thế Lân", "Hồ Bích Đào"], "Họp", |m| m.part_of_day = Some(PartOfDay::Morning));
        let b = key("b", &["Kiều Thế Lân", "Hồ Bích Đào"], "Họp", |m| {
            m.part_of_day = Some(PartOfDay::Afternoon)
        });
        assert!(!a.same_meeting(&b));
    }

    #[test]
    fn a_convener_alone_is_not_enough() {
        let a = key("a", &["Kiều Thế Lân"], "Bàn về nước sạch", |_| ());
        let b = key("b", &["Hồ Bích Đào"], "Khen thưởng thanh niên", |_| ());
        assert!(!a.same_meeting(&b));
    }

    #[test]
    fn groups_do_not_depend_on_order() {
        let people = ["Kiều Thế Lân", "Hồ Bích Đào", "La Quý Hợi"];
        let keys = vec![
            key("c", &people, "x", |_| ()),
            key("a", &people, "y", |_| ()),
            key("b", &["Tạ Thị Nhạn"], "z", |_| ()),
        ];
        let names = |groups: Vec<Vec<ReportId>>| {
            groups.iter().map(|g| g.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")).collect::<Vec<_>>()
        };
        let forward = names(groups(keys.clone()));
        assert_eq!(forward, ["a+c", "b"]);
        assert_eq!(names(groups(keys.into_iter().rev().collect())), forward);
    }
}
