//! Tables of names: CSV with a head, or JSON objects on lines; read row by row, and written as they were with columns added.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::path::Path;

use clap::ValueEnum;
use csv::StringRecord;
use serde_json::{Map, Value};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values (RFC 4180) with a head.
    Csv,
    /// JSON objects, one on each line.
    Jsonl,
}

impl Format {
    /// By the file's name; CSV where it tells nothing.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("jsonl" | "ndjson" | "json") => Self::Jsonl,
            _ => Self::Csv,
        }
    }
}

/// One row as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Cells in the order of the head.
    Cells(StringRecord),
    /// A JSON object.
    Object(Map<String, Value>),
}

/// A row that cannot be read: where it stands and why.
#[derive(Debug)]
pub struct Unreadable {
    /// Number of the line, from 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

/// A table that is being read.
pub struct Rows {
    source: Source,
    /// The head of a CSV; empty for JSON.
    pub head: StringRecord,
}

enum Source {
    Csv(Box<csv::Reader<Box<dyn Read + Send>>>),
    Jsonl(u64, io::Lines<BufReader<Box<dyn Read + Send>>>),
}

/// Opens a table; `-` is standard input.
///
/// # Errors
/// If it cannot be read, or a CSV has no head.
pub fn open(path: &Path, format: Format) -> anyhow::Result<Rows> {
    let input: Box<dyn Read + Send> =
        if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    read(input, format)
}

fn read(input: Box<dyn Read + Send>, format: Format) -> anyhow::Result<Rows> {
    match format {
        Format::Csv => {
            // A row with too few or too many cells is still a row.
            let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(input);
            let head = csv.headers()?.clone();
            anyhow::ensure!(!head.is_empty(), "the table has no head");
            Ok(Rows { source: Source::Csv(Box::new(csv)), head })
        }
        Format::Jsonl => {
            Ok(Rows { source: Source::Jsonl(0, BufReader::new(input).lines()), head: StringRecord::new() })
        }
    }
}

impl Rows {
    /// The text in a column of a row; empty where the row has none.
    #[must_use]
    pub fn text(head: &StringRecord, row: &Row, column: &str) -> String {
        match row {
            Row::Cells(cells) => {
                let at = head.iter().position(|name| name.trim_start_matches('\u{feff}') == column);
                at.and_then(|at| cells.get(at)).unwrap_or_default().to_owned()
            }
            Row::Object(object) => match object.get(column) {
                Some(Value::String(text)) => text.clone(),
                None | Some(Value::Null) => String::new(),
                Some(other) => other.to_string(),
            },
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.source {
            Source::Csv(csv) => {
                let mut cells = StringRecord::new();
                let line = csv.position().line();
                match csv.read_record(&mut cells) {
                    Ok(true) => Some(Ok(Row::Cells(cells))),
                    Ok(false) => None,
                    Err(error) => Some(Err(Unreadable { line, what: error.to_string() })),
                }
            }
            Source::Jsonl(count, lines) => loop {
                let text = lines.next()?;
                *count += 1;
                let line = *count;
                let unreadable = |what: String| Some(Err(Unreadable { line, what }));
                match text {
                    Err(error) => return unreadable(error.to_string()),
                    Ok(text) if text.trim().is_empty() => {}
                    Ok(text) => match serde_json::from_str(&text) {
                        Ok(Value::Object(object)) => return Some(Ok(Row::Object(object))),
                        Ok(_) => return unreadable("is no JSON object".to_owned()),
                        Err(error) => return unreadable(error.to_string()),
                    },
                }
            },
        }
    }
}

/// What a CSV could not be written for; a reader that has gone away stays to be told.
fn unwritten(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Columns added to each row, in this order.
pub const ADDED: [&str; 5] = ["entity", "entity_name", "score", "matched", "error"];

/// Writes rows as they were with what was found added.
pub enum Output<W: Write> {
    /// With a head.
    Csv(Box<csv::Writer<W>>, usize),
    /// One object on each line.
    Jsonl(W),
}

impl<W: Write> Output<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn begin(out: W, format: Format, head: &StringRecord) -> io::Result<Self> {
        match format {
            Format::Jsonl => Ok(Self::Jsonl(out)),
            Format::Csv => {
                let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
                csv.write_record(head.iter().chain(ADDED)).map_err(unwritten)?;
                Ok(Self::Csv(Box::new(csv), head.len()))
            }
        }
    }

    /// Writes one row.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row(&mut self, row: Row, added: [String; ADDED.len()]) -> io::Result<()> {
        match (self, row) {
            (Self::Csv(csv, width), Row::Cells(cells)) => {
                let missing = width.saturating_sub(cells.len());
                let cells = cells.iter().take(*width).chain(std::iter::repeat_n("", missing));
                csv.write_record(cells.chain(added.iter().map(String::as_str))).map_err(unwritten)
            }
            (Self::Csv(..), Row::Object(_)) => Err(io::Error::other("an object in a table of cells")),
            (Self::Jsonl(out), row) => {
                let mut object = match row {
                    Row::Object(object) => object,
                    Row::Cells(_) => Map::new(),
                };
                for (name, value) in ADDED.into_iter().zip(added).filter(|(_, value)| !value.is_empty()) {
                    object.insert(name.to_owned(), Value::String(value));
                }
                serde_json::to_writer(&mut *out, &object)?;
                out.write_all(b"\n")
            }
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut csv, _) => csv.flush(),
            Self::Jsonl(mut out) => out.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &'static str, format: Format) -> Rows {
        read(Box::new(text.as_bytes()), format).expect("a table")
    }

    fn written(format: Format, text: &'static str) -> String {
        let rows = rows(text, format);
        let mut out = Vec::new();
        let mut output = Output::begin(&mut out, format, &rows.head).expect("begun");
        for row in rows.flatten() {
            let added = ["entities/x", "Kiều Thế Lân", "0.98", "Lân", ""].map(str::to_owned);
            output.row(row, added).expect("written");
        }
        output.finish().expect("finished");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn cells_are_kept_and_columns_added() {
        let text = "id,who\n1,\"Lân, ông\"\n2\n3,Lân,more\n";
        let expected = "id,who,entity,entity_name,score,matched,error\n\
                        1,\"Lân, ông\",entities/x,Kiều Thế Lân,0.98,Lân,\n\
                        2,,entities/x,Kiều Thế Lân,0.98,Lân,\n\
                        3,Lân,entities/x,Kiều Thế Lân,0.98,Lân,\n";
        assert_eq!(written(Format::Csv, text), expected);
    }

    #[test]
    fn objects_are_kept_and_fields_added() {
        let expected = "{\"entity\":\"entities/x\",\"entity_name\":\"Kiều Thế Lân\",\"matched\":\"Lân\",\"score\":\"0.98\",\"who\":7}\n";
        let told: Value = serde_json::from_str(written(Format::Jsonl, "\n{\"who\": 7}\n").trim()).expect("JSON");
        assert_eq!(told, serde_json::from_str::<Value>(expected).expect("JSON"));
    }

    #[test]
    fn columns_are_found_by_name() {
        let table = rows("\u{feff}who,when\nLân,2024\n", Format::Csv);
        let head = table.head.clone();
        let row = table.flatten().next().expect("a row");
        assert_eq!((Rows::text(&head, &row, "who").as_str(), Rows::text(&head, &row, "none").as_str()), ("Lân", ""));
        let mut table = rows("{\"who\": \"Lân\", \"when\": 2024}\n[]\n{\n", Format::Jsonl);
        let row = table.next().expect("a row").expect("an object");
        assert_eq!(Rows::text(&StringRecord::new(), &row, "when"), "2024");
        assert_eq!(table.next().expect("a line").expect_err("no object").line, 2);
        assert!(table.next().expect("a line").is_err() && table.next().is_none());
    }

    #[test]
    fn a_table_has_a_head() {
        assert!(read(Box::new("".as_bytes()), Format::Csv).is_err());
        assert_eq!(Format::of(Path::new("a/b.jsonl")), Format::Jsonl);
        assert_eq!(Format::of(Path::new("-")), Format::Csv);
    }
}
