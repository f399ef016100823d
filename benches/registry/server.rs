//! The server, and the least that a server and an index can do.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TEXT, Value as _};
use tantivy::{Index, TantivyDocument, Term, doc};
use tonic::transport::Channel;

use crate::Fault;
use crate::ask::{CALLS, ROUNDS};
use crate::meter::Process;
use crate::people::{Country, Dice};

/// The server in a process of its own.
pub struct Server {
    child: Child,
    /// Where it serves.
    pub address: String,
}

impl Server {
    /// Starts it on a folder, at a port that is free.
    ///
    /// # Errors
    /// If it does not say that it serves.
    pub fn start(dir: &Path) -> Result<Self, Fault> {
        use std::io::BufRead as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_bienban"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line.trim().strip_prefix("bienban serves on ").ok_or("the server did not start")?.to_owned();
        Ok(Self { child, address })
    }

    /// Its process.
    pub fn process(&self) -> Process {
        Process(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of the server for a call that does nothing.
pub async fn empty_calls(server: &Server, channel: Channel) -> Result<Duration, Fault> {
    let mut health = tonic_health::pb::health_client::HealthClient::new(channel);
    let used = server.process().cpu();
    for _ in 0..CALLS / ROUNDS {
        health.check(tonic_health::pb::HealthCheckRequest::default()).await?;
    }
    Ok((server.process().cpu() - used) / (CALLS / ROUNDS) as u32)
}

/// Processor time of a term query for a name among as many, ten best with what is stored of them.
pub fn plain_queries(country: &Country) -> Result<Duration, Fault> {
    let mut schema = Schema::builder();
    let (name, number) = (schema.add_text_field("name", TEXT | STORED), schema.add_u64_field("number", STORED));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 50 << 20)?;
    for person in 0..country.people() {
        writer.add_document(doc!(name => country.somebody(person, 0.0).name, number => person as u64))?;
    }
    writer.commit()?;
    let searcher = index.reader()?.searcher();
    let process = Process(std::process::id());
    let queries: Vec<TermQuery> = (0..CALLS)
        .map(|at| {
            let given = country.somebody(Dice::new(at as u64).below(country.people()), 0.0).name.to_lowercase();
            let term = given.rsplit(' ').next().unwrap_or_default().to_owned();
            TermQuery::new(Term::from_field_text(name, &term), IndexRecordOption::Basic)
        })
        .collect();
    let used = process.cpu();
    let mut seen = 0;
    for query in &queries {
        for (_, address) in searcher.search(query, &TopDocs::with_limit(10).order_by_score())? {
            let document: TantivyDocument = searcher.doc(address)?;
            seen += document.get_first(number).and_then(|value| value.as_u64()).unwrap_or_default() & 1;
        }
    }
    std::hint::black_box(seen);
    Ok((process.cpu() - used) / CALLS as u32)
}
