//! Keeps meetings in step with the reports that tell of them: which go together, and what the record says.

use std::collections::{BTreeMap, BTreeSet};

use redb::ReadableTable as _;

use super::apply::{Application, get_reading, put_reading};
use super::changes::{self, RecordId};
use super::contribution::{Quotes, contributions};
use super::counts::{Counts, Sign};
use super::curation::Facts;
use super::grouping::{MeetingKey, groups};
use super::reading::StoredReading;
use super::states::{self, Cause};
use super::table::{day_order, decode, encode};
use super::transaction::Tables;
use super::unite::{Links, unite};
use super::{ProjectionError, cast, corrected, corrections, tables};
use crate::model::{Meeting, MeetingId, ReportId, Revision, Span};

type Result<T> = std::result::Result<T, ProjectionError>;

/// Takes a report out of its group: the groups that its former companions form without it.
pub(super) fn leave(tables: &mut Tables<'_>, reading: &StoredReading) -> Result<Vec<Vec<ReportId>>> {
    if let Some((day, key)) = &reading.meeting_key {
        tables.meeting_keys.remove((*day, key.report.as_str()))?;
    }
    let mut keys = Vec::new();
    for companion in members(tables, &reading.meeting)? {
        if companion == reading.report {
            continue;
        }
        if let Some((_, key)) = get_reading(tables, &companion)?.and_then(|reading| reading.meeting_key) {
            keys.push(key);
        }
    }
    Ok(groups(keys))
}

/// Puts a report among those of its day: the reports that tell of the same meeting as it does.
pub(super) fn join(tables: &mut Tables<'_>, reading: &StoredReading) -> Result<Vec<ReportId>> {
    let Some((day, key)) = &reading.meeting_key else { return Ok(Vec::new()) };
    let mut companions = Vec::new();
    for row in tables.meeting_keys.range::<(i32, &str)>((*day, "")..(*day + 1, ""))? {
        let other: MeetingKey = decode("meeting_keys", row?.1.value())?;
        if other.report != key.report && other.same_meeting(key) {
            companions.push(other.report);
        }
    }
    tables.meeting_keys.insert((*day, key.report.as_str()), encode("meeting_keys", key)?.as_slice())?;
    Ok(companions)
}

/// All groups whose records are to be written anew: what a report left behind, what it joined, and the groups of reports whose people changed.
pub(super) fn affected(
    tables: &Tables<'_>,
    parted: Option<Vec<Vec<ReportId>>>,
    joined: Option<(&ReportId, Vec<ReportId>)>,
    touched: &BTreeSet<ReportId>,
) -> Result<Vec<BTreeSet<ReportId>>> {
    let mut groups: Vec<BTreeSet<ReportId>> = parted.unwrap_or_default().into_iter().map(BTreeSet::from_iter).collect();
    if let Some((report, companions)) = joined {
        let mut group = BTreeSet::from([report.clone()]);
        for companion in companions {
            if !group.contains(&companion) {
                group.extend(take_group(tables, &mut groups, &companion)?);
            }
        }
        groups.push(group);
    }
    for report in touched {
        if groups.iter().any(|group| group.contains(report)) {
            continue;
        }
        let group = take_group(tables, &mut groups, report)?;
        if !group.is_empty() {
            groups.push(group);
        }
    }
    Ok(groups)
}

/// The group of a report: taken out of those known, or as it is stored.
fn take_group(
    tables: &Tables<'_>,
    groups: &mut Vec<BTreeSet<ReportId>>,
    report: &ReportId,
) -> Result<BTreeSet<ReportId>> {
    if let Some(at) = groups.iter().position(|group| group.contains(report)) {
        return Ok(groups.swap_remove(at));
    }
    match get_reading(tables, report)? {
        Some(reading) => Ok(members(tables, &reading.meeting)?.into_iter().collect()),
        None => Ok(BTreeSet::new()),
    }
}

fn members(tables: &Tables<'_>, meeting: &MeetingId) -> Result<Vec<ReportId>> {
    let meeting = tables::MEETINGS.get(&tables.meetings, meeting.as_str())?;
    Ok(meeting.map(|meeting| meeting.reports.into_iter().map(|report| report.report).collect()).unwrap_or_default())
}

/// Meetings as they are to be written, each with the revision of the record that stood before.
type Current = BTreeMap<MeetingId, (Option<Revision>, Meeting)>;

/// Writes the records of these groups anew, and what their reports contribute to entities. `old` is what the entry's report said before, `new`
/// what it says now, which is in one of the groups and not yet written.
pub(super) fn rewrite(
    entry: &mut Application<'_, '_, '_>,
    groups: Vec<BTreeSet<ReportId>>,
    old: Option<&StoredReading>,
    mut new: Option<StoredReading>,
) -> Result<()> {
    let mut former: BTreeSet<MeetingId> = old.iter().map(|reading| reading.meeting.clone()).collect();
    let mut current: Current = BTreeMap::new();
    let brought = new.as_ref().map(|new| new.report.clone());
    if let Some(old) = old {
        entry.deltas.withdraw(entry.tables, &old.contributions)?;
        corrections::note_effects(entry.tables, &old.report, &old.applied, &BTreeSet::new())?;
    }
    for group in groups {
        let mut readings = Vec::with_capacity(group.len());
        for report in &group {
            let own = new.take_if(|new| new.report == *report);
            readings.extend(if own.is_some() { own } else { get_reading(entry.tables, report)? });
        }
        former.extend(readings.iter().map(|reading| reading.meeting.clone()));
        let links = readings.iter().map(|reading| links(entry, reading)).collect::<Result<Vec<_>>>()?;
        let told = readings.iter().zip(&links).map(|(reading, links)| reading.told(links.0.clone())).collect();
        let Some(mut meeting) = unite(told, entry.now.revision, entry.now.time) else { continue };
        let holding = corrected::correct(entry, &group, brought.as_ref(), &mut meeting)?;
        for (reading, (links, mut applied)) in readings.into_iter().zip(links) {
            applied.extend(holding.iter().filter(|(_, by)| **by == reading.report).map(|(revision, _)| *revision));
            rewrite_reading(entry, reading, &links, applied, &meeting)?;
        }
        let id = meeting.id.clone();
        let before = tables::MEETINGS.get(&entry.tables.meetings, id.as_str())?;
        let was = before.as_ref().map(|before| before.revision);
        let meeting = states::settled(entry.tables, entry.cause, id.as_str(), before, Some(meeting))?;
        current.extend(meeting.map(|meeting| (id, (was, meeting))));
    }
    retire_all(entry, &former, &current, old)?;
    for (id, (was, meeting)) in current {
        put_meeting(entry.tables, entry.counts, &meeting)?;
        let revisions = (was, Some(meeting.revision));
        changes::mark(entry.tables, &RecordId::Meeting(id.clone()), revisions, entry.now, entry.cause)?;
        entry.changes.meetings.insert(id);
    }
    Ok(())
}

/// Who and what a report's facts are, and the corrections that say so.
fn links(entry: &mut Application<'_, '_, '_>, reading: &StoredReading) -> Result<(Links, BTreeSet<Revision>)> {
    for facet in &reading.resolution.people {
        entry.people.learn(entry.tables, facet)?;
    }
    let mut links = reading.links(entry.people);
    let (extraction, words) = (&reading.extraction, words_of(entry.tables, &reading.report));
    let facts = Facts { report: &reading.report, extraction, words: &words };
    let applied = entry.curation.correct_links(&facts, &mut links, &|id| entry.tables.name_of(id))?;
    if entry.cause == Cause::Correction {
        // Where their offices are may have changed.
        let people = links.people.iter().map(|link| link.entity.id.clone()).collect();
        entry.deltas.touch(&people);
    }
    Ok((links, applied))
}

/// The words at places of a report's text; nothing where there is no such report.
pub(super) fn words_of(tables: &Tables<'_>, report: &ReportId) -> impl Fn(Span) -> String {
    move |span| {
        let report = tables::REPORTS.get(&tables.reports, report.as_str()).ok().flatten();
        report.map(|report| Quotes::new(&report.draft.text).of(span)).unwrap_or_default()
    }
}

/// Writes what one report contributes to its meeting's entities, and which meeting that is.
fn rewrite_reading(
    entry: &mut Application<'_, '_, '_>,
    mut reading: StoredReading,
    links: &Links,
    applied: BTreeSet<Revision>,
    meeting: &Meeting,
) -> Result<()> {
    redirect(entry.tables, &reading.report, &meeting.id)?;
    let report = tables::REPORTS.get(&entry.tables.reports, reading.report.as_str())?;
    let text = report.as_ref().map_or("", |report| report.draft.text.as_str());
    let contributions = contributions(&reading, links, meeting, text);
    entry.deltas.exchange(entry.tables, &reading.contributions, &contributions)?;
    let people = encode("report_people", &reading.report_people(links))?;
    entry.tables.report_people.put(&reading.report.as_str(), &people.as_slice());
    corrections::note_effects(entry.tables, &reading.report, &reading.applied, &applied)?;
    reading.applied = applied;
    reading.contributions = contributions;
    reading.meeting = meeting.id.clone();
    put_reading(entry.tables, &reading)
}

/// Takes out the records that stood before; the ones that go on are written anew afterwards. A meeting that lost the report it was named
/// after lives on under the name of those that remain, and its old id leads there.
fn retire_all(
    entry: &mut Application<'_, '_, '_>,
    former: &BTreeSet<MeetingId>,
    current: &Current,
    old: Option<&StoredReading>,
) -> Result<()> {
    for id in former {
        let before = retire(entry.tables, entry.counts, id)?;
        if current.contains_key(id) {
            continue;
        }
        let lost = old.is_some_and(|reading| MeetingId::of_report(&reading.report) == *id);
        let heir = before.as_ref().filter(|_| lost).and_then(|before| {
            current.values().map(|(_, meeting)| meeting).find(|meeting| {
                meeting.reports.iter().any(|report| before.reports.iter().any(|b| b.report == report.report))
            })
        });
        if let Some(heir) = heir {
            entry.tables.meeting_redirects.insert(id.as_str(), heir.id.as_str())?;
        }
        let revisions = (before.as_ref().map(|before| before.revision), None);
        states::settled(entry.tables, entry.cause, id.as_str(), before, None)?;
        changes::mark(entry.tables, &RecordId::Meeting(id.clone()), revisions, entry.now, entry.cause)?;
        entry.changes.meetings.insert(id.clone());
    }
    Ok(())
}

/// Leads the id that a report gives its meeting to the id the meeting has.
fn redirect(tables: &mut Tables<'_>, report: &ReportId, meeting: &MeetingId) -> Result<()> {
    let own = MeetingId::of_report(report);
    if own == *meeting {
        tables.meeting_redirects.remove(own.as_str())?;
    } else {
        tables.meeting_redirects.insert(own.as_str(), meeting.as_str())?;
    }
    Ok(())
}

/// Takes a record out; it may be written anew afterwards.
fn retire(tables: &mut Tables<'_>, counts: &mut Counts, id: &MeetingId) -> Result<Option<Meeting>> {
    let Some(meeting) = tables::MEETINGS.get(&tables.meetings, id.as_str())? else { return Ok(None) };
    counts.meeting(&meeting, Sign::Minus);
    tables.meetings.remove(id.as_str())?;
    tables.summaries.remove(&id.as_str());
    cast::remove(tables, &meeting);
    tables.meeting_order.remove(&(day_order(meeting.date.map(|fact| fact.date)), id.as_str()));
    Ok(Some(meeting))
}

fn put_meeting(tables: &mut Tables<'_>, counts: &mut Counts, meeting: &Meeting) -> Result<()> {
    let id = meeting.id.as_str();
    counts.meeting(meeting, Sign::Plus);
    tables.meetings.insert(id, tables::MEETINGS.encode(meeting)?.as_slice())?;
    tables.summaries.put(&id, &encode("meeting_summaries", &meeting.summary())?.as_slice());
    cast::put(tables, meeting)?;
    tables.meeting_order.put(&(day_order(meeting.date.map(|fact| fact.date)), id), &());
    Ok(())
}
