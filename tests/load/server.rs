//! Processes that answer calls.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use tonic::transport::{Channel, Endpoint};

use crate::{cpu, memory};

/// A server in a process of its own; ended when dropped.
pub struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    address: String,
    /// From its start until it serves.
    pub opening: Duration,
}

impl Server {
    /// The program itself on a folder.
    pub fn start(data_dir: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bienban"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BIENBAN_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--listen", "127.0.0.1:0", "--log-filter", "warn", "--data-dir"]).arg(data_dir);
        Self::of(command, "bienban serves on ")
    }

    /// A server that answers every search with the same two kilobytes, after it has done it if a folder is named.
    pub fn start_plain(data_dir: Option<&Path>) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("--serve-plain");
        if let Some(data_dir) = data_dir {
            command.arg("--data-dir").arg(data_dir);
        }
        Self::of(command, "serves on ")
    }

    fn of(mut command: Command, announces: &str) -> Self {
        let begun = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let opening = begun.elapsed();
        let address = line.trim().strip_prefix(announces).unwrap_or_else(|| panic!("told {line:?}")).to_owned();
        Self { child, _out: out, address, opening }
    }

    /// A connection.
    pub async fn connect(&self) -> Channel {
        let endpoint = Endpoint::from_shared(format!("http://{}", self.address)).expect("an address");
        endpoint.tcp_nodelay(true).connect().await.expect("connects")
    }

    /// Processor time used so far.
    pub fn cpu(&self) -> Duration {
        cpu::of_process(self.child.id())
    }

    /// Anonymous memory, in bytes.
    pub fn anonymous(&self) -> u64 {
        memory::anonymous(self.child.id())
    }

    /// Asks it to end and waits until it has.
    pub fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        self.child.wait().expect("ended");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already, or the run failed: either way nothing is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
