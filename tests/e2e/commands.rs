//! The commands, as a user types them.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::common::program::{self, Served, complained, told};
use crate::common::{self, samples};

fn json(output: &std::process::Output) -> Value {
    serde_json::from_str(&told(output)).unwrap_or_else(|error| panic!("{error}: {}", complained(output)))
}

#[test]
fn a_server_loads_and_answers_the_clients() {
    let folder = common::folder();
    let samples = samples::folder();
    let served = Served::start(folder.path(), &["--load", samples.to_str().expect("UTF-8")]);
    let server = ["--server", served.address.as_str()];

    let health = program::run(&[&["healthcheck"], &server[..]].concat());
    assert_eq!((health.status.code(), told(&health).trim()), (Some(0), "SERVING"));
    let found = program::run(&[&["search", "ngan sach", "--unit", "figures"], &server[..]].concat());
    assert!(json(&found)["hits"].as_array().is_some_and(|hits| !hits.is_empty()), "{}", told(&found));
    let found = program::run(&[&["lookup", "Kiều Thế Lân", "--kind", "person"], &server[..]].concat());
    assert_eq!(json(&found)["candidates"][0]["entity"]["displayName"], "Kiều Thế Lân");
    let refused = program::run(&[&["search", "x", "--filter", "knd = X"], &server[..]].concat());
    assert_eq!(refused.status.code(), Some(2));
    assert!(complained(&refused).contains("INVALID_FILTER"), "{}", complained(&refused));

    let (code, rest) = served.terminate();
    assert_eq!(code, Some(0));
    let calls = rest.lines().filter(|line| line.starts_with("grpcurl ")).count();
    assert_eq!(calls, 3, "{rest}");
}

#[test]
fn a_table_is_joined_row_by_row() {
    let folder = common::folder();
    let samples = samples::folder();
    let served = Served::start(folder.path(), &["--load", samples.to_str().expect("UTF-8")]);
    let table = folder.path().join("people.csv");
    let rows = "id,who,when\n1,kieu the lan,\n2,,\n3,Chủ tịch UBND tỉnh Sơn Hà,2025\n4,không ai cả,2023-02-30\n";
    std::fs::write(&table, rows).expect("written");
    let table = table.to_str().expect("UTF-8");
    let arguments = ["match", table, "--column", "who", "--date-column", "when", "--server", served.address.as_str()];
    let joined = program::run(&arguments);
    assert_eq!(joined.status.code(), Some(1), "{}", complained(&joined));
    let told = told(&joined);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "id,who,when,entity,entity_name,score,matched,error");
    assert!(lines[1].starts_with("1,kieu the lan,,entities/per-") && lines[1].contains("Kiều Thế Lân"), "{told}");
    assert!(lines[2].starts_with("2,,,,,,,") && lines[2].contains("must not be empty"), "{told}");
    assert!(lines[3].starts_with("3,") && lines[4].starts_with("4,"), "{told}");
    assert_eq!(lines.len(), 5, "{told}");
    let missing = program::run(&["match", table, "--column", "name", "--server", served.address.as_str()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(complained(&missing).contains("no column"), "{}", complained(&missing));
}

#[test]
fn ingest_tells_what_became_of_each_report() {
    let folder = common::folder();
    let served = Served::start(folder.path(), &["--limits-text", "64KiB"]);
    let server = ["--server", served.address.as_str()];
    let samples = samples::folder();
    let samples = samples.to_str().expect("UTF-8");
    for outcome in ["created", "unchanged"] {
        let done = program::run(&[&["ingest", samples], &server[..]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", complained(&done));
        let lines: Vec<Value> = told(&done).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), samples::requests().len());
        assert!(lines.iter().all(|line| line["outcome"] == outcome), "{lines:?}");
    }
    let mut bad = program::command(&[&["ingest", "-"], &server[..]].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let huge = "dài ".repeat(1 << 20);
    let lines =
        format!("{{\"text\": \"Phường họp.\"}}\n{{\"text\": \"\"}}\n{{\"txt\": 1}}\n{{\"text\": \"{huge}\"}}\n");
    bad.stdin.take().expect("piped").write_all(lines.as_bytes()).expect("written");
    let bad = bad.wait_with_output().expect("ends");
    assert_eq!(bad.status.code(), Some(1));
    let said = complained(&bad);
    for reason in ["standard input:2: REPORT_TEXT_EMPTY", "standard input:3: is no report", "standard input:4: RE"] {
        assert!(said.contains(reason), "{reason} in {said}");
    }
    assert!(told(&bad).contains("\"created\""), "{}", told(&bad));
    assert!(said.contains("1 created, 0 updated, 0 unchanged, 3 refused"), "{said}");
}

#[test]
fn extract_needs_no_server() {
    let sample = samples::folder().join("bach-giang-giai-ngan-2023-08.txt");
    let read = program::run(&["extract", sample.to_str().expect("UTF-8")]);
    assert_eq!(read.status.code(), Some(0), "{}", complained(&read));
    let meeting = json(&read);
    assert_eq!(meeting["kind"], "MEETING_KIND_WORKING_SESSION");
    assert!(meeting["items"][0]["evidence"][0]["quote"].is_string());
}

#[test]
fn settings_are_checked_without_a_server() {
    let folder = common::folder();
    let path = folder.path().join("bienban.toml");
    std::fs::write(&path, "[server]\nlisten = \"[::1]:7000\"\n[limits]\ncalls = 5\n").expect("written");
    let file = path.to_str().expect("UTF-8");
    let good = program::command(&["check-config", "--config", file, "--limits-text", "1MiB"])
        .env("BIENBAN_LIMITS_CALLS", "6")
        .output()
        .expect("runs");
    assert_eq!(good.status.code(), Some(0), "{}", complained(&good));
    let origin = format!("listen = \"[::1]:7000\"  # {file}:2:1");
    for line in [origin.as_str(), "calls = 6  # BIENBAN_LIMITS_CALLS", "text = \"1MiB\"  # --limits-text"] {
        assert!(told(&good).lines().any(|told| told == line), "{line} is not in {}", told(&good));
    }
    std::fs::write(&path, "[server]\nlisten = 7000\n[limits]\ncals = 5\n").expect("written");
    let bad = program::run(&["check-config", "--config", file, "--limits-text", "1"]);
    assert_eq!(bad.status.code(), Some(2));
    for mistake in
        [format!("{file}:2:1: server.listen"), format!("{file}:4:1: there is no limits.cals"), "--limits-text: ".into()]
    {
        assert!(complained(&bad).contains(&mistake), "{mistake} is not in {}", complained(&bad));
    }
}

#[test]
fn what_cannot_be_done_has_its_exit_code() {
    let folder = common::folder();
    let data_dir = folder.path().to_str().expect("UTF-8");
    assert_eq!(program::run(&["search", "x", "--server", "127.0.0.1:1"]).status.code(), Some(3));
    assert_eq!(program::run(&["search"]).status.code(), Some(2));
    assert_eq!(program::run(&["verify", "--data-dir", data_dir]).status.code(), Some(2));
    assert_eq!(program::run(&["serve", "--limits-calls", "0", "--data-dir", data_dir]).status.code(), Some(2));
    assert_eq!(program::run(&["extract", "no/such/file"]).status.code(), Some(1));
    let served = Served::start(folder.path(), &[]);
    let second = program::run(&["serve", "--listen", "127.0.0.1:0", "--data-dir", data_dir]);
    assert_eq!(second.status.code(), Some(3));
    assert!(complained(&second).contains("in use by process"), "{}", complained(&second));
    let beside = program::run(&["verify", "--data-dir", data_dir]);
    assert_eq!(beside.status.code(), Some(0), "the journal can be checked beside a server: {}", complained(&beside));
    assert!(json(&beside)["projection"]["skipped"].is_string());
    drop(served);
}
