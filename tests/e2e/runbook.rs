//! The runbook's own commands, one after the other.

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
