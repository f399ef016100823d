//! Reads paths (`a::b::c`) out of Rust source, as far as the arrows need them.

use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

/// One source file.
pub struct Module {
    /// Where it is.
    pub file: PathBuf,
    /// The room it belongs to.
    pub room: String,
    /// How deep below the room's root it lies.
    depth: usize,
    /// Every path outside of tests, groups spelt out.
    pub paths: Vec<Vec<String>>,
}

impl Module {
    /// The room that a path leads to; `None` if it stays inside or leads out of the house.
    pub fn room_of<'a>(&self, path: &'a [String]) -> Option<&'a str> {
        let ups = path.iter().take_while(|segment| *segment == "super").count();
        match path.first().map(String::as_str) {
            Some("crate") => path.get(1).map(String::as_str),
            Some("super") if ups > self.depth => path.get(ups).map(String::as_str),
            _ => None,
        }
    }
}

/// Every source file under a folder but `lib.rs`, `main.rs` and tests.
pub fn modules(source: &Path) -> Vec<Module> {
    let mut files = Vec::new();
    collect(source, &mut files);
    files.into_iter().filter_map(|file| module(source, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn module(source: &Path, file: PathBuf) -> Option<Module> {
    let inside = file.strip_prefix(source).expect("inside").with_extension("");
    let mut segments: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if segments.last().is_some_and(|last| last == "mod") {
        segments.pop();
    }
    if matches!(segments.as_slice(), [only] if only == "lib" || only == "main") || segments.contains(&"tests".into()) {
        return None;
    }
    let paths = paths(&fs::read_to_string(&file).expect("UTF-8"));
    Some(Module { room: segments.first()?.clone(), depth: segments.len() - 1, file, paths })
}

/// A piece of source.
#[derive(Debug, PartialEq)]
enum Token {
    Name(String),
    PathSep,
    Open,
    Close,
    Comma,
    Other,
}

fn paths(source: &str) -> Vec<Vec<String>> {
    let tokens = without_tests(tokens(source));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match &tokens[at] {
            Token::Name(_) => path(&tokens, at, &[], &mut found),
            _ => at + 1,
        };
    }
    found
}

/// Reads one path, or a group's tree of them, from a name on; returns where it ends.
fn path(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut segments = prefix.to_vec();
    while let Some(Token::Name(name)) = tokens.get(at) {
        segments.push(name.clone());
        at += 1;
        if tokens.get(at) != Some(&Token::PathSep) {
            break;
        }
        at += 1;
        if tokens.get(at) == Some(&Token::Open) {
            return group(tokens, at + 1, &segments, found);
        }
    }
    found.push(segments);
    at
}

fn group(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Vec<String>>) -> usize {
    loop {
        at = match tokens.get(at) {
            None => return at,
            Some(Token::Close) => return at + 1,
            Some(Token::Name(_)) => rest_of_entry(tokens, path(tokens, at, prefix, found)),
            Some(_) => at + 1,
        };
    }
}

/// Passes over ` as name` and the like behind an entry of a group.
fn rest_of_entry(tokens: &[Token], mut at: usize) -> usize {
    while !matches!(tokens.get(at), None | Some(Token::Comma | Token::Close)) {
        at += 1;
    }
    at
}

/// Leaves out `mod tests { … }`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let named = |token: &Token, name: &str| matches!(token, Token::Name(found) if found == name);
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut depth = 0usize;
    for token in tokens {
        let begins =
            token == Token::Open && matches!(kept.as_slice(), [.., a, b] if named(a, "mod") && named(b, "tests"));
        match token {
            Token::Open if depth > 0 || begins => depth += 1,
            Token::Close if depth > 0 => depth -= 1,
            token if depth == 0 => kept.push(token),
            _ => {}
        }
    }
    kept
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => chars.by_ref().take_while(|c| *c != '\n').for_each(drop),
            '/' if chars.peek() == Some(&'*') => block_comment(&mut chars),
            '"' => string(&mut chars),
            '\'' => quote(&mut chars),
            'r' | 'b' if matches!(chars.peek(), Some('"' | '#')) && raw(&mut chars) => {}
            c if c.is_alphabetic() || c == '_' => tokens.push(Token::Name(name(c, &mut chars))),
            ':' if chars.next_if_eq(&':').is_some() => tokens.push(Token::PathSep),
            '{' => tokens.push(Token::Open),
            '}' => tokens.push(Token::Close),
            ',' => tokens.push(Token::Comma),
            c if c.is_whitespace() => {}
            _ => tokens.push(Token::Other),
        }
    }
    tokens
}

type Source<'a> = Peekable<Chars<'a>>;

fn name(first: char, chars: &mut Source<'_>) -> String {
    let mut name = String::from(first);
    while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
        name.push(c);
    }
    name
}

fn block_comment(chars: &mut Source<'_>) {
    let mut before = ' ';
    for c in chars.by_ref() {
        if before == '*' && c == '/' {
            return;
        }
        before = c;
    }
}

fn string(chars: &mut Source<'_>) {
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => return,
            _ => {}
        }
    }
}

/// A raw or byte string after its letter; false if it is none.
fn raw(chars: &mut Source<'_>) -> bool {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    if chars.next_if_eq(&'"').is_none() {
        return false;
    }
    if hashes == 0 {
        string(chars);
        return true;
    }
    let mut closing = None;
    for c in chars.by_ref() {
        closing = match (c, closing) {
            ('"', _) => Some(0),
            ('#', Some(n)) => Some(n + 1),
            _ => None,
        };
        if closing == Some(hashes) {
            return true;
        }
    }
    true
}

/// A character, or the tick of a lifetime.
fn quote(chars: &mut Source<'_>) {
    if chars.next_if_eq(&'\\').is_some() {
        chars.next();
        chars.by_ref().take_while(|c| *c != '\'').for_each(drop);
        return;
    }
    let mut ahead = chars.clone();
    ahead.next();
    if ahead.next() == Some('\'') {
        chars.next();
        chars.next();
    }
}

#[test]
fn groups_are_spelt_out_and_tests_left_out() {
    let source = r##"
        //! [`crate::grpc`]
        use crate::model::{Edtf, date::{Basis, DatedFact as D}};
        use {crate::text, super::super::journal as j};
        fn f<'a>(x: &'a str) -> char { let s = "crate::search"; let r = r#"crate::cli"#; '"' }
        fn g() { crate::registry::g(); /* crate::server */ }
        #[cfg(test)]
        mod tests { use crate::projection; fn t() { crate::service::t() } }
    "##;
    let rooms: Vec<String> = paths(source)
        .into_iter()
        .filter(|path| path[0] == "crate" || path[0] == "super")
        .map(|path| path.join("::"))
        .collect();
    let expected = [
        "crate::model::Edtf",
        "crate::model::date::Basis",
        "crate::model::date::DatedFact",
        "crate::text",
        "super::super::journal",
        "crate::registry::g",
    ];
    assert_eq!(rooms, expected);
}

#[test]
fn chains_of_super_leave_the_room_above_its_root() {
    let module = Module { file: PathBuf::new(), room: "service".into(), depth: 1, paths: Vec::new() };
    let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(module.room_of(&path("super::api::Call")), None);
    assert_eq!(module.room_of(&path("super::super::journal::Entry")), Some("journal"));
    assert_eq!(module.room_of(&path("crate::model")), Some("model"));
    assert_eq!(module.room_of(&path("std::fs")), None);
}
