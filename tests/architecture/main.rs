//! Holds the arrows between the rooms: which room may name which, and what each never touches.
//!
//! The table is the one of `ARCHITECTURE.md`. Paths are read from the source text, `use` groups spelt out; test code is left out.

mod paths;

use std::fs;
use std::path::Path;

use paths::{Module, modules};

/// One room: its name, the rooms it may use, and the names it never uses.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static [&'static str]],
}

/// The wire format.
const WIRE: &[&str] = &["tonic", "prost", "prost_types", "prost_reflect", "tonic_types", "tonic_prost"];
/// What keeps bytes.
const SQL: &[&str] = &["rusqlite"];
const RECORDS: &[&str] = &["redb"];
const INDEX: &[&str] = &["tantivy"];
/// What makes a function's answer depend on more than its arguments.
const WORLD: &[&str] = &[
    "tokio",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
];

const PURE: &[&[&str]] = &[WIRE, SQL, RECORDS, INDEX, WORLD];

const ROOMS: &[Room] = &[
    Room { name: "model", may_use: &[], never: PURE },
    Room { name: "text", may_use: &["model"], never: PURE },
    Room { name: "extract", may_use: &["model", "text"], never: PURE },
    Room { name: "registry", may_use: &["model", "text"], never: PURE },
    Room { name: "journal", may_use: &["model"], never: &[WIRE, RECORDS, INDEX] },
    Room { name: "search", may_use: &["model", "text"], never: &[WIRE, SQL, RECORDS] },
    Room {
        name: "projection",
        may_use: &["model", "text", "journal", "extract", "registry", "search"],
        never: &[WIRE, SQL],
    },
    Room {
        name: "service",
        may_use: &["model", "text", "journal", "extract", "registry", "search", "projection"],
        never: &[WIRE, SQL, RECORDS, INDEX],
    },
    Room { name: "grpc", may_use: &["model", "service"], never: &[SQL, RECORDS, INDEX] },
    Room { name: "config", may_use: &[], never: &[WIRE, SQL, RECORDS, INDEX] },
    Room { name: "telemetry", may_use: &["config"], never: &[WIRE, SQL, RECORDS, INDEX] },
    Room {
        name: "server",
        may_use: &["config", "telemetry", "model", "extract", "journal", "projection", "service", "grpc"],
        never: &[SQL, RECORDS, INDEX],
    },
    Room {
        name: "cli",
        may_use: &[
            "config",
            "telemetry",
            "model",
            "extract",
            "registry",
            "journal",
            "projection",
            "service",
            "grpc",
            "server",
        ],
        never: &[SQL, RECORDS, INDEX],
    },
];

fn source() -> Vec<Module> {
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn every_room_is_in_the_table() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("a library");
    let declared = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<_> = declared.filter(|name| !ROOMS.iter().any(|room| room.name == *name)).collect();
    assert!(missing.is_empty(), "say in tests/architecture what {missing:?} may use");
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let mut faults = Vec::new();
    for module in source() {
        let Some(room) = ROOMS.iter().find(|room| room.name == module.room) else { continue };
        for path in &module.paths {
            let Some(other) = module.room_of(path) else { continue };
            let known = ROOMS.iter().any(|room| room.name == other);
            if known && other != room.name && !room.may_use.contains(&other) {
                let (file, name) = (module.file.display(), room.name);
                faults.push(format!("{file}: {name} may not use {other} ({})", path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{} arrows that should not be:\n  {}", faults.len(), faults.join("\n  "));
}

#[test]
fn rooms_never_name_what_is_not_theirs() {
    let mut faults = Vec::new();
    for module in source() {
        let Some(room) = ROOMS.iter().find(|room| room.name == module.room) else { continue };
        for name in room.never.iter().copied().flatten() {
            let segments: Vec<&str> = name.split("::").collect();
            if let Some(path) = module.paths.iter().find(|path| names(path, &segments)) {
                let (file, room) = (module.file.display(), room.name);
                faults.push(format!("{file}: {room} never uses {name} ({})", path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{} names that should not be:\n  {}", faults.len(), faults.join("\n  "));
}

/// True if the path names this: a crate (one lowercase segment) where the path begins, since a module of another crate may be called the same
/// (`opentelemetry_otlp::tonic_types`), anything else where its segments stand in a row.
fn names(path: &[String], segments: &[&str]) -> bool {
    let is_crate = segments.len() == 1 && segments[0].starts_with(char::is_lowercase);
    let places = if is_crate { 1 } else { path.len() };
    path.windows(segments.len()).take(places).any(|window| window.iter().zip(segments).all(|(a, b)| a == b))
}

#[test]
fn crates_are_named_first_and_clocks_anywhere() {
    let path = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
    assert!(names(&path("tonic_types::Status"), &["tonic_types"]));
    assert!(!names(&path("opentelemetry_otlp::tonic_types::Status"), &["tonic_types"]));
    assert!(names(&path("std::time::Instant::now"), &["Instant"]));
    assert!(names(&path("jiff::Timestamp::now"), &["Timestamp", "now"]));
}

#[test]
fn the_arrows_have_no_circle() {
    // Each room may use only rooms that stand above it in the table.
    let order: Vec<&str> = ROOMS.iter().map(|room| room.name).collect();
    for (at, room) in ROOMS.iter().enumerate() {
        for used in room.may_use {
            let above = order.iter().position(|name| name == used).expect("in the table");
            assert!(above < at, "{} may use {used}, which stands below it", room.name);
        }
    }
}
