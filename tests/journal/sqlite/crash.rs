//! Ends without warning: processes killed while they write, logs cut anywhere. A killed process is this test binary
//! started again, told by an environment variable to do as a child does.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use bienban::journal::{Journal, JournalError, Outcome, SqliteJournal, SqliteOptions, Write};

use super::{Folder, close, open};
use crate::conformance::{all, assert_sound, named, put, report, request};

/// Names the child's folder, and makes a process a child.
const CHILD: &str = "BIENBAN_TEST_JOURNAL_CHILD";
const READY: &str = "ready";
const WRITERS: u64 = 6;

struct Appender {
    process: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Appender {
    fn start(dir: &Path) -> Self {
        let mut process = Command::new(env::current_exe().expect("this binary"))
            .args(["--exact", "sqlite::crash::child_appends_until_killed", "--nocapture"])
            .env(CHILD, dir)
            .stdout(Stdio::piped())
            .spawn()
            .expect("child");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let mut appender = Self { process, lines };
        assert_eq!(appender.next().as_deref(), Some(READY));
        appender
    }

    /// What the child says next, after its mark; other lines are the test harness's.
    fn next(&mut self) -> Option<String> {
        self.lines.by_ref().map_while(Result::ok).find_map(|line| Some(line.split_once("child: ")?.1.to_owned()))
    }

    /// SIGKILL; gives what the child had still said.
    fn kill(mut self) -> Vec<String> {
        self.process.kill().expect("killed");
        let rest = std::iter::from_fn(|| self.next()).collect();
        self.process.wait().expect("ended");
        rest
    }
}

/// One short line, written at once: it arrives whole or not at all.
fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    // After the kill nobody listens, and nobody minds.
    let _ = out.write_all(format!("child: {what}\n").as_bytes()).and_then(|()| out.flush());
}

/// What a task writes in its turn. Some repeat a report with new content, some are large enough to spread over pages.
fn write(run: u64, task: u64, number: u64) -> Write {
    let text = format!("{run} {number} {}", "ạ".repeat(usize::try_from(number % 7).unwrap_or(0) * 1000));
    request(&format!("{run} {task} {number}"), put(named(&name(run, task, number), &text)))
}

fn name(run: u64, task: u64, number: u64) -> String {
    format!("{run}-{task}-{}", number / 3)
}

/// The child's part: several tasks append as fast as they are answered. Each says what it was told, never more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_appends_until_killed() {
    let Some(dir) = env::var_os(CHILD) else { return };
    let journal = Arc::new(open(Path::new(&dir)));
    let run = journal.head().0;
    say(READY);
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..WRITERS {
        let journal = Arc::clone(&journal);
        tasks.spawn(async move {
            for number in 0.. {
                let appended = journal.append(write(run, task, number)).await.expect("appended");
                say(&format!("{} {run} {task} {number}", appended.revision.0));
            }
        });
    }
    tasks.join_all().await;
}

#[tokio::test]
async fn killed_anywhere_nothing_acknowledged_is_lost_or_done_twice() {
    let folder = Folder::new();
    let mut acknowledged: Vec<String> = Vec::new();
    for acks in [1, 2, 7, 33, 60, 111] {
        let mut child = Appender::start(folder.path());
        acknowledged.extend((0..acks).map_while(|_| child.next()));
        acknowledged.extend(child.kill());

        let journal = open(folder.path());
        assert_sound(&journal).await;
        let entries = all(&journal).await;
        for said in &acknowledged {
            let numbers: Vec<u64> = said.split(' ').map(|word| word.parse().expect("number")).collect();
            let [revision, run, task, number] = numbers.try_into().expect("four numbers");
            let entry = &entries[usize::try_from(revision).expect("small") - 1];
            assert_eq!(entry.body.report().expect("of a report").as_str(), name(run, task, number));
            let answer = journal.append(write(run, task, number)).await.expect("replayed");
            assert_eq!((answer.revision.0, answer.outcome), (revision, Outcome::Replayed));
        }
        assert_eq!(journal.head().0, entries.len() as u64);
        close(journal).await;
    }
    assert!(acknowledged.len() >= 200);
}

#[tokio::test]
async fn one_process_writes_and_the_second_is_told_who() {
    let folder = Folder::new();
    let child = Appender::start(folder.path());
    let Err(JournalError::Locked { dir, holder }) = SqliteJournal::open(folder.path(), SqliteOptions::default()) else {
        panic!("expected to be locked out");
    };
    assert_eq!((dir.as_path(), holder.map(|holder| holder.pid)), (folder.path(), Some(child.process.id())));
    // Verifying is possible meanwhile.
    let beside = SqliteJournal::open_read_only(folder.path()).expect("opened");
    assert!(beside.verify().await.expect("verified").is_sound());
    drop(beside);
    child.kill();
    let journal = open(folder.path());
    assert!(matches!(
        SqliteJournal::open(folder.path(), SqliteOptions::default()),
        Err(JournalError::Locked { holder: Some(holder), .. }) if holder.pid == std::process::id()
    ));
    close(journal).await;
    open(folder.path());
}

/// As after power loss: of the log's last commits only a part reached the disk.
#[tokio::test]
async fn a_log_cut_anywhere_leaves_a_gap_free_beginning() {
    let folder = Folder::new();
    let journal = open(folder.path());
    for number in 0..12 {
        journal.append(put(report(&format!("{number} {}", "x".repeat(number * 700))))).await.expect("appended");
    }
    let entries = all(&journal).await;
    let read = |name: &str| fs::read(folder.path().join(name)).expect("read");
    let (database, log) = (read("journal.sqlite"), read("journal.sqlite-wal"));
    let mut heads = Vec::new();
    for cut in (0..=log.len()).step_by(1511).chain([log.len()]) {
        let copy = Folder::new();
        fs::write(copy.path().join("journal.sqlite"), &database).expect("written");
        fs::write(copy.path().join("journal.sqlite-wal"), &log[..cut]).expect("written");
        let journal = open(copy.path());
        assert_sound(&journal).await;
        let left = all(&journal).await;
        assert_eq!(left, entries[..left.len()]);
        let next = journal.append(put(report("next"))).await.expect("appended");
        assert_eq!(next.revision.0, left.len() as u64 + 1);
        heads.push(left.len());
    }
    assert!(heads.is_sorted());
    assert_eq!((heads.first(), heads.last()), (Some(&0), Some(&12)));
}
