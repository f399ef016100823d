//! Who is who across reports: each person with the reports that name them, and why bearers of one name are kept apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use bienban::extract::Extractor;
use bienban::journal::{IncomingReport, Journal, SqliteJournal, SqliteOptions, Write};
use bienban::model::{Entity, EntityKind, MentionRole, ReportId};
use bienban::projection::{Projection, ProjectionOptions, Snapshot};
use serde_json::Value;

/// The order in which reports are handed over.
#[derive(Debug, Clone, Copy)]
pub enum Order {
    /// As in the file.
    Given,
    /// Last first.
    Reversed,
    /// By a hash of each report, which has nothing to do with where it stands or when it is of.
    Shuffled,
}

impl Order {
    /// The order of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "given" => Self::Given,
            "reversed" => Self::Reversed,
            "shuffled" => Self::Shuffled,
            _ => return None,
        })
    }

    fn apply(self, reports: &mut [Value]) {
        match self {
            Self::Given => {}
            Self::Reversed => reports.reverse(),
            Self::Shuffled => reports.sort_by_key(|report| blake3::hash(report.to_string().as_bytes()).to_string()),
        }
    }
}

/// Prints every entity with the reports that name it: people in full, by name; of the rest a line each. What is printed does not depend on
/// the order in which the reports are handed over, unless who is who does. With `why`, also the reasons, which know only the reports before.
pub async fn print(reports: &str, order: Order, why: bool) -> Result<()> {
    let mut all: Vec<Value> = std::fs::read_to_string(reports)
        .with_context(|| format!("cannot read {reports}"))?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    order.apply(&mut all);
    let folder = tempfile::tempdir()?;
    let journal: Arc<dyn Journal> =
        Arc::new(SqliteJournal::open(&folder.path().join("journal"), SqliteOptions::default())?);
    for report in &all {
        journal.append(Write::PutReport { report: incoming(report), request_id: None, expected: None }).await?;
    }
    let options = ProjectionOptions::in_dir(folder.path().join("projection"));
    let (projection, writer) = Projection::open(Arc::clone(&journal), Arc::new(Extractor::new()), options).await?;
    let writer = tokio::spawn(writer);
    let snapshot = projection.at_least(journal.head()).await.context("the projection ended")?;
    writer.abort();
    tell(&snapshot, why)
}

fn incoming(report: &Value) -> IncomingReport {
    let text = |key: &str| report.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    IncomingReport {
        id: text("id").and_then(|id| ReportId::parse(&id).ok()),
        url: None,
        publisher: text("publisher"),
        title: text("title"),
        publish_date: text("published").and_then(|date| date.parse().ok()),
        text: text("text").unwrap_or_default(),
    }
}

fn tell(snapshot: &Snapshot, why: bool) -> Result<()> {
    let mut people: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
    let mut others: BTreeSet<String> = BTreeSet::new();
    snapshot.visit_entities(None, |entity| {
        if entity.kind == EntityKind::Person {
            people.entry(entity.display_name.clone()).or_default().push(entity);
        } else {
            others.insert(format!(
                "{} {:?} {} ({} mentions)",
                entity.id, entity.kind, entity.display_name, entity.mention_count
            ));
        }
        ControlFlow::Continue(())
    })?;
    let several = people.values().filter(|bearers| bearers.len() > 1).count();
    println!("# {} names of people, {several} of them borne by several", people.len());
    for (name, mut bearers) in people {
        bearers.sort_by(|a, b| a.id.cmp(&b.id));
        println!("{name}{}", if bearers.len() > 1 { "   <== SEVERAL" } else { "" });
        for bearer in bearers {
            tell_person(snapshot, &bearer, why)?;
        }
    }
    others.iter().for_each(|line| println!("{line}"));
    Ok(())
}

fn tell_person(snapshot: &Snapshot, person: &Entity, why: bool) -> Result<()> {
    println!("  {} {} meetings", person.id, person.meeting_count);
    for tenure in &person.tenures {
        let day = |date: Option<bienban::model::Edtf>| date.map_or("?".to_owned(), |date| date.to_string());
        println!(
            "      {} | {} | {} .. {}",
            tenure.title,
            tenure.organization,
            day(tenure.first_seen),
            day(tenure.last_seen)
        );
    }
    let mut meetings = BTreeMap::new();
    snapshot.visit_mentions(&person.id, None, |_, mention| {
        if matches!(mention.role, MentionRole::Participant(_)) {
            meetings.insert(mention.evidence.report.clone(), mention.meeting);
        }
        ControlFlow::Continue(())
    })?;
    for (report, meeting) in meetings {
        let record = if why { snapshot.meeting(&meeting)? } else { None };
        let participants = record.iter().flat_map(|record| &record.participants);
        let reasons: BTreeSet<String> = participants
            .filter(|participant| participant.person.id == person.id)
            .map(|participant| format!("{:?}", participant.decision))
            .collect();
        println!("      in {report}: {}", reasons.into_iter().collect::<Vec<_>>().join("; "));
    }
    Ok(())
}
