//! What commands print: tables for people, the API's messages as JSON for programs.

use std::io::{self, IsTerminal as _, Write as _};

use comfy_table::{ContentArrangement, Table};
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage};

use super::failure::Failure;
use crate::grpc::generated::FILE_DESCRIPTOR_SET;

/// For whom to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person before a terminal.
    Person,
    /// A program.
    Program,
}

impl Reader {
    /// A program if it says so, or if standard output is no terminal.
    #[must_use]
    pub fn of(json: bool) -> Self {
        if json || !io::stdout().is_terminal() { Self::Program } else { Self::Person }
    }
}

/// Text for standard output.
#[derive(Debug, Default)]
pub struct Page(String);

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    #[must_use]
    pub fn line(mut self, line: &str) -> Self {
        self.0.push_str(line);
        self.0.push('\n');
        self
    }

    /// Adds a line if there is something to say.
    #[must_use]
    pub fn line_if(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.line(&line),
            None => self,
        }
    }

    /// Adds a table under a heading, or nothing if it has no rows.
    #[must_use]
    pub fn table<const N: usize>(self, heading: &str, head: [&str; N], rows: Vec<[String; N]>) -> Self {
        if rows.is_empty() {
            return self;
        }
        let mut table = Table::new();
        table
            .load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(head).add_rows(rows);
        let page = if heading.is_empty() { self } else { self.line("").line(heading) };
        page.line(&table.trim_fmt())
    }

    /// Prints the page.
    ///
    /// # Errors
    /// If standard output cannot be written; a reader that has gone away is no error.
    pub fn show(&self) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(self.0.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::failed(error)),
            _ => Ok(()),
        }
    }
}

/// Messages of the API in their JSON form (proto3 JSON: lowerCamelCase, 64-bit numbers as strings).
#[derive(Debug)]
pub struct Json(DescriptorPool);

impl Json {
    /// Reads the description of the API.
    ///
    /// # Errors
    /// Never, unless the program was built wrongly.
    pub fn new() -> Result<Self, Failure> {
        DescriptorPool::decode(FILE_DESCRIPTOR_SET).map(Self).map_err(Failure::failed)
    }

    /// A message of `bienban.v1` as JSON.
    ///
    /// # Errors
    /// If the API has no message of that name.
    pub fn value(&self, name: &str, message: &impl Message) -> Result<serde_json::Value, Failure> {
        let full = format!("bienban.v1.{name}");
        let described = self.0.get_message_by_name(&full);
        let described = described.ok_or_else(|| Failure::Failed(anyhow::anyhow!("the API has no message {full}")))?;
        let message = DynamicMessage::decode(described, message.encode_to_vec().as_slice()).map_err(Failure::failed)?;
        serde_json::to_value(message).map_err(Failure::failed)
    }

    /// Prints one message, indented.
    ///
    /// # Errors
    /// If it cannot be printed.
    pub fn show(&self, name: &str, message: &impl Message) -> Result<(), Failure> {
        let value = self.value(name, message)?;
        Page::new().line(&serde_json::to_string_pretty(&value).map_err(Failure::failed)?).show()
    }
}

/// An enum's value as people read it: `MEETING_KIND_WORKING_SESSION` after `MEETING_KIND_` is `working session`; nothing for
/// UNSPECIFIED.
#[must_use]
pub fn word(value: &str, prefix: &str) -> String {
    match value.strip_prefix(prefix).unwrap_or(value) {
        "UNSPECIFIED" => String::new(),
        word => word.to_lowercase().replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::generated::pb;

    #[test]
    fn messages_are_proto3_json() {
        let evidence = pb::Evidence { report: "reports/r1".into(), start_offset: 3, ..Default::default() };
        let value = Json::new().expect("built in").value("Evidence", &evidence).expect("known");
        assert_eq!(value, serde_json::json!({"report": "reports/r1", "startOffset": 3}));
    }

    #[test]
    fn values_of_enums_are_words() {
        let kind = pb::MeetingKind::WorkingSession.as_str_name();
        assert_eq!(word(kind, "MEETING_KIND_"), "working session");
        assert_eq!(word("MEETING_KIND_UNSPECIFIED", "MEETING_KIND_"), "");
    }

    #[test]
    fn empty_tables_are_left_out() {
        let page = Page::new().table("People", ["name"], Vec::new()).table("Items", ["kind"], vec![["x".into()]]);
        assert!(!page.0.contains("People") && page.0.contains("Items") && page.0.contains('x'));
    }
}
