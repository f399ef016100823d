//! The sample reports.

use bienban::journal::IncomingReport;
use bienban::model::ReportId;

/// All reports of `examples/reports`, in the order of its index.
pub fn samples() -> Vec<IncomingReport> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let index = std::fs::read_to_string(folder.join("index.json")).expect("the index");
    let index: Vec<serde_json::Value> = serde_json::from_str(&index).expect("an array");
    let report = |entry: &serde_json::Value| {
        let field = |name: &str| entry.get(name).and_then(|value| value.as_str()).map(str::to_owned);
        IncomingReport {
            id: field("report_id").and_then(|id| ReportId::parse(&id).ok()),
            url: field("url"),
            publisher: field("publisher"),
            title: field("title"),
            publish_date: field("publish_date").and_then(|date| date.parse().ok()),
            text: std::fs::read_to_string(folder.join(field("file").expect("a file"))).expect("a text"),
        }
    };
    index.iter().map(report).collect()
}
