//! The commands of the runbook, and those of the README for TLS and tokens, as they stand there.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::common::program::Served;
use crate::common::{self, samples};

/// The shell pieces under a heading of the runbook.
fn pieces(heading: &str) -> String {
    let page = include_str!("../../docs/runbook.md");
    let (_, section) = page.split_once(&format!("### {heading}\n")).unwrap_or_else(|| panic!("no heading {heading}"));
    let section = section.split("\n##").next().unwrap_or_default();
    let pieces: Vec<&str> = section.split("```sh\n").skip(1).filter_map(|piece| piece.split("```").next()).collect();
    assert!(!pieces.is_empty(), "nothing to run under {heading}");
    pieces.concat()
}

/// Runs what stands under a heading, in a folder.
fn follow(heading: &str, folder: &Path, server: &str) {
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let run = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &pieces(heading)])
        .current_dir(folder)
        .env("PATH", path)
        .env("BIENBAN_SERVER", server)
        .output()
        .expect("bash");
    assert!(run.status.success(), "{heading}: {}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn what_the_runbook_says_can_be_done() {
    let folder = common::folder();
    let folder = folder.path();
    std::fs::create_dir(folder.join("bin")).expect("made");
    symlink(env!("CARGO_BIN_EXE_bienban"), folder.join("bin/bienban")).expect("linked");
    let data = folder.join("bienban-data");
    std::fs::create_dir(&data).expect("made");
    let samples = samples::folder();
    let served = Served::start(&data, &["--load", samples.to_str().expect("UTF-8")]);
    follow("To back up", folder, &served.address);
    served.terminate();
    follow("To restore", folder, "");
    let served = Served::start(&data, &[]);
    served.terminate();
    follow("To build the answers anew", folder, "");
}

#[test]
fn what_the_readme_says_of_tls_and_tokens_can_be_done() {
    let folder = common::folder();
    let folder = folder.path();
    std::fs::create_dir(folder.join("bin")).expect("made");
    symlink(env!("CARGO_BIN_EXE_bienban"), folder.join("bin/bienban")).expect("linked");
    symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), folder.join("examples")).expect("linked");
    let (_, section) = include_str!("../../README.md").split_once("**TLS.**").expect("a section");
    let mut pieces = section.split("```sh\n").skip(1).filter_map(|piece| piece.split("```").next());
    let (serving, asking) = (pieces.next().expect("a piece"), pieces.next().expect("a piece"));
    // On a port of its own, and until it has answered.
    let served = |line: &str| match line.strip_prefix("bienban serve ") {
        Some(options) => {
            format!(
                "exec 3< <(bienban serve --listen 127.0.0.1:0 {options})\nserver=$!\nread -r line <&3\nport=${{line##*:}}"
            )
        }
        None => line.to_owned(),
    };
    let serving: Vec<String> = serving.lines().map(served).collect();
    let asking: String = asking.lines().filter(|line| line.starts_with("bienban ")).collect();
    let (serving, asking) = (serving.join("\n"), asking.replace(":50051", ":$port"));
    let script = format!("{serving}\ntrap 'kill $server' EXIT\n{asking} >answer\ngrep -q '\"hits\": \\[' answer");
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let run = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(folder)
        .env("PATH", path)
        .output()
        .expect("bash");
    assert!(run.status.success(), "{script}\n{}", String::from_utf8_lossy(&run.stderr));
}
