//! Queries and their answers in the evaluation's form.

use anyhow::{Context as _, Result, bail};
use bienban::model::{Edtf, EntityKind, Evidence, LookupContext, ReportId};
use bienban::service::api::{LookupEntities, PageRequest, Search};
use serde_json::{Value, json};

use crate::loaded::Loaded;

/// Most results told.
const MOST: usize = 10;

/// Whom or what words mean.
pub async fn lookup(loaded: &Loaded, query: &Value) -> Result<Value> {
    let context = LookupContext {
        kind: text(query, "kind").map(kind).transpose()?,
        as_of: text(query, "as_of").map(str::parse::<Edtf>).transpose()?,
        report: text(query, "context_report").map(ReportId::parse).transpose()?,
    };
    let request = LookupEntities {
        query: text(query, "query").context("no query")?.to_owned(),
        context,
        max_candidates: MOST as u32,
        min_revision: loaded.revision,
    };
    let answer = loaded.api().lookup_entities(&Loaded::call(), request).await?;
    let results = answer.candidates.iter().map(|candidate| {
        let entity = &candidate.entity;
        json!({"name": entity.display_name, "kind": kind_name(entity.kind), "match": candidate.is_match})
    });
    Ok(json!({"id": query["id"], "results": results.collect::<Vec<_>>()}))
}

/// The reports behind the hits, best first.
pub async fn search(loaded: &Loaded, query: &Value) -> Result<Value> {
    let request = Search {
        query: text(query, "query").unwrap_or_default().to_owned(),
        filter: text(query, "filter").unwrap_or_default().to_owned(),
        page: PageRequest { size: 100, token: String::new() },
        min_revision: loaded.revision,
        omit_snippets: true,
        ..Default::default()
    };
    let (api, call) = (loaded.api(), Loaded::call());
    let reports: Vec<Vec<ReportId>> = match text(query, "unit").unwrap_or("MEETING") {
        "MEETING" => {
            let found = api.search_meetings(&call, request).await?;
            found.page.entries.into_iter().map(|entry| entry.value.value.reports).collect()
        }
        "ITEM" => {
            let found = api.search_items(&call, request).await?;
            found.page.entries.into_iter().map(|entry| behind(&entry.value.value.item.evidence)).collect()
        }
        "FIGURE" => {
            let found = api.search_figures(&call, request).await?;
            found.page.entries.into_iter().map(|entry| behind(&entry.value.value.figure.evidence)).collect()
        }
        other => bail!("no unit {other}"),
    };
    let mut once: Vec<ReportId> = Vec::new();
    for report in reports.into_iter().flatten() {
        if once.len() < MOST && !once.contains(&report) {
            once.push(report);
        }
    }
    Ok(json!({"id": query["id"], "reports": once.iter().map(ReportId::as_str).collect::<Vec<_>>()}))
}

fn behind(evidence: &[Evidence]) -> Vec<ReportId> {
    evidence.iter().map(|one| one.report.clone()).collect()
}

fn text<'a>(query: &'a Value, key: &str) -> Option<&'a str> {
    query.get(key).and_then(Value::as_str)
}

fn kind(name: &str) -> Result<EntityKind> {
    Ok(match name {
        "PERSON" => EntityKind::Person,
        "ORGANIZATION" => EntityKind::Organization,
        "PLACE" => EntityKind::Place,
        "LEGAL_DOCUMENT" => EntityKind::LegalDocument,
        other => bail!("no kind {other}"),
    })
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PERSON",
        EntityKind::Organization => "ORGANIZATION",
        EntityKind::Place => "PLACE",
        EntityKind::LegalDocument => "LEGAL_DOCUMENT",
    }
}
