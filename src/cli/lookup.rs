//! `lookup`: asks a server whom or what words mean.

use clap::{Args, ValueEnum};

use super::client::{MAX_ANSWER_BYTES, Target};
use super::failure::{Failure, Verdict};
use super::print::{Json, Page, Reader};
use super::record;
use crate::grpc::generated::pb;
use pb::entity_service_client::EntityServiceClient;

/// Ask a server whom or what words mean: a name, a short form, an office at a date, an abbreviation.
///
/// The best candidate stands first; "match" tells that a program may act on it.
#[derive(Debug, Args)]
pub struct Options {
    /// The words, as somebody wrote them.
    words: String,
    /// Only this kind.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// The date that the words speak of: 2023-07-15, 2023-07, 2023.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DATE")]
    as_of: String,
    /// The report that the words stand in, by its id: short forms then mean people it names.
    #[arg(long, value_name = "ID")]
    report: Option<String>,
    /// Most candidates wanted, up to 50.
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: i32,
    /// Print the API's answer as JSON, also on a terminal.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

/// A kind of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// A person.
    Person,
    /// A body: party, state, front, union, company, school.
    Organization,
    /// An administrative unit or a named location.
    Place,
    /// A legal or policy document.
    Document,
}

impl From<Kind> for pb::EntityKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Organization => Self::Organization,
            Kind::Place => Self::Place,
            Kind::Document => Self::LegalDocument,
        }
    }
}

/// Asks and prints.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let channel = options.target.connect().await?;
    let mut client = EntityServiceClient::new(channel).max_decoding_message_size(MAX_ANSWER_BYTES);
    let request = pb::LookupEntitiesRequest {
        query: options.words,
        kind: options.kind.map_or(pb::EntityKind::Unspecified, Into::into).into(),
        as_of: options.as_of,
        report: options.report.map(resource).unwrap_or_default(),
        max_candidates: options.limit,
        min_revision: 0,
    };
    let answer = client.lookup_entities(request).await?.into_inner();
    match Reader::of(options.json) {
        Reader::Program => Json::new()?.show("LookupEntitiesResponse", &answer)?,
        Reader::Person => table(&answer).show()?,
    }
    Ok(Verdict::Good)
}

/// The report's resource name, from it or from the bare id.
fn resource(report: String) -> String {
    if report.starts_with("reports/") { report } else { format!("reports/{report}") }
}

fn table(answer: &pb::LookupEntitiesResponse) -> Page {
    let rows = answer.candidates.iter().map(|candidate| {
        let entity = candidate.entity.clone().unwrap_or_default();
        let kind = record::entity_kind(entity.kind());
        let score = format!("{:.2}{}", candidate.score, if candidate.r#match { " match" } else { "" });
        [score, entity.display_name, kind, candidate.matched.clone(), candidate.reasons.join("\n"), entity.name]
    });
    let read = answer.interpretation.as_ref().map(|read| read.readings.join(", ")).filter(|read| !read.is_empty());
    let page = Page::new().line_if(read.map(|read| format!("read as: {read}")));
    if answer.candidates.is_empty() {
        return page.line("nobody and nothing known");
    }
    page.table("", ["score", "who", "kind", "matched", "why", "name"], rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_may_be_named_by_id() {
        assert_eq!(resource("r1".into()), "reports/r1");
        assert_eq!(resource("reports/r1".into()), "reports/r1");
    }
}
