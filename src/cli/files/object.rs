//! Reports as JSON objects.

use serde::Deserialize;

use crate::service::draft::ReportInput;

/// What is known of a report beside its text. Keys may be written as in the API's JSON too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Facts {
    #[serde(default, alias = "reportId", alias = "id")]
    report_id: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default, alias = "publishDate", alias = "published")]
    publish_date: Option<String>,
}

/// One entry of an `index.json`.
#[derive(Debug, Deserialize)]
pub(super) struct IndexEntry {
    pub(super) file: String,
    #[serde(flatten)]
    pub(super) facts: Facts,
}

#[derive(Deserialize)]
struct Object {
    #[serde(alias = "body")]
    text: String,
    #[serde(flatten)]
    facts: Facts,
}

impl Facts {
    /// The report with this text.
    #[must_use]
    pub fn report(self, text: String) -> ReportInput {
        let Self { report_id, url, publisher, title, publish_date } = self;
        ReportInput {
            id: report_id.unwrap_or_default(),
            url: url.unwrap_or_default(),
            publisher: publisher.unwrap_or_default(),
            title: title.unwrap_or_default(),
            publish_date: publish_date.unwrap_or_default(),
            text,
        }
    }
}

impl From<Object> for ReportInput {
    fn from(object: Object) -> Self {
        object.facts.report(object.text)
    }
}

/// A report from one line.
pub(super) fn one(text: &str) -> Result<ReportInput, String> {
    serde_json::from_str::<Object>(text).map(Into::into).map_err(|error| format!("is no report: {error}"))
}

/// Reports from a file: an object, or an array of them.
pub(super) fn one_or_more(text: &str) -> Result<Vec<ReportInput>, String> {
    if text.trim_start().starts_with('[') {
        let objects: Vec<Object> =
            serde_json::from_str(text).map_err(|error| format!("is not an array of reports: {error}"))?;
        return Ok(objects.into_iter().map(Into::into).collect());
    }
    one(text).map(|report| vec![report])
}

/// Entries of an `index.json`.
pub(super) fn index(text: &str) -> Result<Vec<IndexEntry>, String> {
    serde_json::from_str(text).map_err(|error| format!("is not a list of reports: {error}"))
}
