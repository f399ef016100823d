//! Lookups against the sample reports, one a line of `lookups.txt`.

use std::sync::Arc;

use bienban::extract::Extractor;
use bienban::model::{Candidate, EntityKind, LookupContext, ReportId};
use bienban::projection::{Projection, ProjectionOptions};
use bienban::service::Api as _;
use bienban::service::api::{Call, LookupEntities};
use bienban::service::{Service, ServiceError};

use crate::House;

const CASES: &str = include_str!("lookups.txt");

/// A lookup and what is to come of it.
struct Case {
    line: &'static str,
    query: &'static str,
    context: LookupContext,
    wanted: Wanted,
}

enum Wanted {
    Match(&'static str),
    First(&'static str),
    NoMatch,
    Nothing,
}

fn cases() -> Vec<Case> {
    CASES.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(case).collect()
}

fn case(line: &'static str) -> Case {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [query, context, wanted] = parts.as_slice() else { panic!("three parts: {line}") };
    let wanted = match wanted.split_at(1) {
        ("=", name) => Wanted::Match(name.trim()),
        ("~", name) => Wanted::First(name.trim()),
        ("?", _) => Wanted::NoMatch,
        ("-", _) => Wanted::Nothing,
        _ => panic!("what is to come of it: {line}"),
    };
    Case { line, query, context: self::context(context), wanted }
}

fn context(written: &str) -> LookupContext {
    let mut context = LookupContext::default();
    for word in written.split_whitespace() {
        match (word, word.strip_prefix("report=")) {
            (_, Some(id)) => context.report = Some(ReportId::parse(id).expect("an id")),
            ("PERSON", _) => context.kind = Some(EntityKind::Person),
            ("ORGANIZATION", _) => context.kind = Some(EntityKind::Organization),
            ("PLACE", _) => context.kind = Some(EntityKind::Place),
            ("LEGAL_DOCUMENT", _) => context.kind = Some(EntityKind::LegalDocument),
            (date, _) => context.as_of = Some(date.parse().expect("a date")),
        }
    }
    context
}

impl Case {
    /// What is wrong with the candidates, in words.
    fn fault(&self, found: &[Candidate]) -> Option<String> {
        let first = found.first();
        let is = |name: &str| first.is_some_and(|one| one.entity.display_name == name);
        let matched = found.iter().any(|one| one.is_match);
        let right = match self.wanted {
            Wanted::Match(name) => is(name) && first.is_some_and(|one| one.is_match),
            Wanted::First(name) => is(name) && !matched,
            Wanted::NoMatch => !matched,
            Wanted::Nothing => found.is_empty(),
        };
        let told = |one: &Candidate| {
            format!(
                "\n    {:.2}{} {} {:?}",
                one.score,
                if one.is_match { "!" } else { "" },
                one.entity.display_name,
                one.reasons
            )
        };
        (!right).then(|| format!("{}{}", self.line, found.iter().take(4).map(told).collect::<String>()))
    }
}

/// The service on the sample reports, and the task that keeps it up.
async fn service(house: &House) -> (Service, tokio::task::JoinHandle<()>) {
    let extractor = Arc::new(Extractor::new());
    let options = ProjectionOptions::in_dir(house.folder("p"));
    let (projection, writer) =
        Projection::open(Arc::clone(&house.journal), Arc::clone(&extractor), options).await.expect("opened");
    let task = tokio::spawn(async move { drop(writer.await) });
    drop(projection.at_least(house.journal.head()).await.expect("the writer lives"));
    (Service::new(Arc::clone(&house.journal), projection, extractor, Default::default()), task)
}

async fn ask(service: &Service, query: &str, context: &LookupContext) -> Vec<Candidate> {
    let request = LookupEntities { query: query.to_owned(), context: context.clone(), ..Default::default() };
    service.lookup_entities(&Call::default(), request).await.expect("answered").candidates
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_write_is_looked_up_and_nobody_is_confidently_wrong() {
    let house = crate::with_samples().await;
    let (service, writer) = service(&house).await;
    let mut faults = Vec::new();
    for case in cases() {
        faults.extend(case.fault(&ask(&service, case.query, &case.context).await));
    }
    writer.abort();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_looked_up_is_told_or_finds_nobody() {
    let house = crate::with_samples().await;
    let (service, writer) = service(&house).await;
    let call = Call::default();
    let lookup = |query: String, context: LookupContext| {
        let request = LookupEntities { query, context, ..Default::default() };
        service.lookup_entities(&call, request)
    };
    let faulty = |error: ServiceError| matches!(error, ServiceError::Invalid(_));
    assert!(lookup("Lê ".repeat(400_000), LookupContext::default()).await.is_err_and(faulty));
    assert!(lookup(" \n\t".to_owned(), LookupContext::default()).await.is_err_and(faulty));
    let unknown = LookupContext { report: ReportId::parse("no-such-report").ok(), ..Default::default() };
    let error = lookup("ông Lân".to_owned(), unknown).await.expect_err("no such report");
    assert!(matches!(error, ServiceError::ReportNotFound(_)), "{error:?}");
    for nothing in ["🙂", "và", "của các", "!!!", "\u{0}\u{1}", "ông", "0", "\u{301}\u{301}"] {
        let found = lookup(nothing.to_owned(), LookupContext::default()).await.expect("answered");
        assert!(found.candidates.iter().all(|one| !one.is_match), "{nothing:?}");
    }
    writer.abort();
}
