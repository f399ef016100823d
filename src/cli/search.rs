//! `search`: asks a server what fits a query.

use clap::{Args, ValueEnum};

use super::client::{Line, MAX_ANSWER_BYTES, Target};
use super::failure::{Failure, Verdict};
use super::print::{Json, Page, Reader};
use super::record;
use crate::grpc::generated::pb;
use pb::search_service_client::SearchServiceClient;

/// Search a server for meetings, for what was said and decided, or for figures.
///
/// Words may be typed with or without diacritics, abbreviated, in old or new spelling; "phrases", -not, OR and prefix* are
/// understood. Filters compare fields, such as: kind = DIRECTIVE AND date >= "2023-07".
#[derive(Debug, Args)]
pub struct Options {
    /// The words; empty for everything that passes the filter.
    query: String,
    /// What to find.
    #[arg(long, value_enum, default_value_t = Unit::Meetings)]
    unit: Unit,
    /// Only what fits, in AIP-160 syntax; the API's documentation lists the fields.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// Order, such as "date desc"; best match first if left out.
    #[arg(long, default_value = "", hide_default_value = true)]
    order_by: String,
    /// Most hits wanted, up to 100.
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: i32,
    /// Goes on after an earlier page: its nextPageToken.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TOKEN")]
    page_token: String,
    /// Print the API's answer as JSON, also on a terminal.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Meetings.
    Meetings,
    /// Things said and decided.
    Items,
    /// Quantities.
    Figures,
}

type Client = SearchServiceClient<Line>;

/// Asks and prints.
pub async fn run(options: Options) -> Result<Verdict, Failure> {
    let client = SearchServiceClient::new(options.target.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES);
    match options.unit {
        Unit::Meetings => meetings(client, options).await?,
        Unit::Items => items(client, options).await?,
        Unit::Figures => figures(client, options).await?,
    }
    Ok(Verdict::Good)
}

/// The three requests have the same fields under three names.
macro_rules! request {
    ($name:ident, $options:expr) => {
        pb::$name {
            query: $options.query.clone(),
            filter: $options.filter.clone(),
            order_by: $options.order_by.clone(),
            page_size: $options.limit,
            page_token: $options.page_token.clone(),
            ..Default::default()
        }
    };
}

/// What stands below the hits; the three answers have the same fields under three names too.
macro_rules! ending {
    ($table:expr, $answer:expr) => {
        ending(
            $table,
            $answer.total_size,
            $answer.total_relation(),
            &notes(&$answer.warnings, &$answer.rewrites, &$answer.suggested_query),
            &$answer.next_page_token,
        )
    };
}

async fn meetings(mut client: Client, options: Options) -> Result<(), Failure> {
    let answer = client.search_meetings(request!(SearchMeetingsRequest, options)).await?.into_inner();
    if Reader::of(options.json) == Reader::Program {
        return Json::new()?.show("SearchMeetingsResponse", &answer);
    }
    let rows = answer.hits.iter().map(|hit| {
        let meeting = hit.meeting.clone().unwrap_or_default();
        [record::date(&meeting), record::kind(&meeting), meeting.title, snippet(&hit.snippet), meeting.name]
    });
    let table = Page::new().table("", ["date", "kind", "meeting", "where", "name"], rows.collect());
    ending!(table, answer).show()
}

async fn items(mut client: Client, options: Options) -> Result<(), Failure> {
    let answer = client.search_items(request!(SearchItemsRequest, options)).await?.into_inner();
    if Reader::of(options.json) == Reader::Program {
        return Json::new()?.show("SearchItemsResponse", &answer);
    }
    let rows = answer.hits.iter().map(|hit| {
        let (meeting, item) = (hit.meeting.clone().unwrap_or_default(), hit.item.clone().unwrap_or_default());
        let speaker = record::named(item.speaker.as_ref());
        [record::date(&meeting), record::item_kind(&item), speaker, item.text, item.name]
    });
    let table = Page::new().table("", ["date", "kind", "by", "text", "name"], rows.collect());
    ending!(table, answer).show()
}

async fn figures(mut client: Client, options: Options) -> Result<(), Failure> {
    let answer = client.search_figures(request!(SearchFiguresRequest, options)).await?.into_inner();
    if Reader::of(options.json) == Reader::Program {
        return Json::new()?.show("SearchFiguresResponse", &answer);
    }
    let rows = answer.hits.iter().map(|hit| {
        let meeting = hit.meeting.clone().unwrap_or_default();
        let [indicator, value, period, compared] = record::figure(&hit.figure.clone().unwrap_or_default());
        [record::date(&meeting), indicator, value, period, compared, meeting.title]
    });
    let head = ["date", "indicator", "value", "period", "compared", "meeting"];
    let table = Page::new().table("", head, rows.collect());
    ending!(table, answer).show()
}

/// What became of the query's words.
fn notes(warnings: &[String], rewrites: &[pb::QueryRewrite], suggested: &str) -> Vec<String> {
    let rewrites = rewrites.iter().map(|one| match one.kind() {
        pb::RewriteKind::Alias | pb::RewriteKind::Successor | pb::RewriteKind::Predecessor => {
            format!("{} is looked for as {} too", one.typed, one.read_as)
        }
        _ => format!("{} is read as {}", one.typed, one.read_as),
    });
    let suggested = (!suggested.is_empty()).then(|| format!("did you mean: {suggested}"));
    warnings.iter().cloned().chain(rewrites).chain(suggested).collect()
}

/// What stands below the hits: how many there are, what was rewritten, how to go on.
fn ending(page: Page, total: i64, relation: pb::TotalRelation, notes: &[String], next: &str) -> Page {
    let more = if relation == pb::TotalRelation::AtLeast { " or more" } else { "" };
    let page = notes.iter().fold(page, |page, note| page.line(&format!("note: {note}")));
    let page = page.line(&format!("{total}{more} found"));
    page.line_if((!next.is_empty()).then(|| format!("more: --page-token {next}")))
}

/// A snippet with its marks as brackets.
fn snippet(snippet: &Option<pb::Snippet>) -> String {
    let Some(snippet) = snippet else { return String::new() };
    let opens = |at: usize| snippet.highlights.iter().any(|mark| mark.start_offset as usize == at);
    let closes = |at: usize| snippet.highlights.iter().any(|mark| mark.end_offset as usize == at);
    let mut text = String::new();
    for (at, character) in snippet.text.chars().enumerate() {
        text.push_str(if closes(at) { "]" } else { "" });
        text.push_str(if opens(at) { "[" } else { "" });
        text.push(character);
    }
    text.push_str(if closes(snippet.text.chars().count()) { "]" } else { "" });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_set_by_code_points() {
        let mark = |start_offset, end_offset| pb::Highlight { start_offset, end_offset, evidence: None };
        let marked = pb::Snippet { text: "Sở Y tế họp".into(), highlights: vec![mark(3, 7), mark(8, 11)] };
        assert_eq!(snippet(&Some(marked)), "Sở [Y tế] [họp]");
        assert_eq!(snippet(&None), "");
    }
}
