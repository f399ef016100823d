//! The program itself, as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A command line of the program.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bienban"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BIENBAN_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// Runs a command to its end.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).stdin(Stdio::null()).output().expect("runs")
}

/// Standard output as text.
pub fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Standard error as text.
pub fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A server in a process of its own.
pub struct Served {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: String,
}

impl Served {
    /// Starts a server on a folder and waits until it serves.
    pub fn start(data_dir: &Path, more: &[&str]) -> Self {
        let data_dir = data_dir.to_str().expect("UTF-8");
        let arguments = [&["serve", "--listen", "127.0.0.1:0", "--data-dir", data_dir], more].concat();
        let log = std::fs::File::create(Path::new(data_dir).join("server.log")).expect("a log");
        let child = command(&arguments).stdout(Stdio::piped()).stderr(log).spawn();
        let mut child = child.expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("bienban serves on ").unwrap_or_else(|| panic!("told {line:?}"));
        Self { child, out, address: address.to_owned() }
    }

    /// Ends it as a crash would: no signal that it could catch.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Asks it to end; its exit code and what else it printed.
    pub fn terminate(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("UTF-8");
        (self.child.wait().expect("ended").code(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already, or the test failed: either way nothing is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
