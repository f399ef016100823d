//! The file of settings, read as a tree with places and judged against the table.

use std::collections::HashMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::kinds::{Form, Value};
use super::layers::{Given, Origin};
use super::settings::{SECTIONS, SETTINGS, Setting};

/// What a file sets, by key, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) given: HashMap<String, Given>,
    pub(super) faults: Vec<String>,
}

/// Reads the text of a file.
pub(super) fn read(path: &Path, text: &str) -> Read {
    let mut judge = Judge { path, text, read: Read::default() };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        judge.fault(at, error.message());
    }
    judge.sections(root.get_ref());
    judge.read
}

struct Judge<'a> {
    path: &'a Path,
    text: &'a str,
    read: Read,
}

impl Judge<'_> {
    fn sections(&mut self, root: &DeTable<'_>) {
        for (name, value) in root {
            let section = name.get_ref().as_ref();
            if !SECTIONS.iter().any(|(known, _)| *known == section) {
                let known: Vec<&str> = SECTIONS.iter().map(|(known, _)| *known).collect();
                self.fault(name.span().start, &format!("there is no {section}{}", nearest(section, &known)));
                continue;
            }
            match value.get_ref() {
                DeValue::Table(table) => self.settings(section, table),
                _ => self.fault(name.span().start, &format!("{section} must be a table: [{section}]")),
            }
        }
    }

    fn settings(&mut self, section: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = format!("{section}.{}", name.get_ref());
            let at = name.span().start;
            match SETTINGS.iter().find(|setting| setting.key() == key) {
                Some(setting) => self.setting(setting, at, value),
                None => {
                    let known: Vec<&str> = SETTINGS
                        .iter()
                        .filter(|setting| setting.section == section)
                        .map(|setting| setting.name)
                        .collect();
                    self.fault(at, &format!("there is no {key}{}", nearest(name.get_ref(), &known)));
                }
            }
        }
    }

    fn setting(&mut self, setting: &Setting, at: usize, value: &Spanned<DeValue<'_>>) {
        match written(setting.form, value.get_ref()) {
            Some(value) => {
                let (line, column) = self.place(at);
                let origin = Origin::File { path: self.path.to_owned(), line, column };
                self.read.given.insert(setting.key(), Given { value, origin });
            }
            None => {
                let found = value.get_ref().type_str();
                self.fault(at, &format!("{} must be {}, and is of type {found}", setting.key(), setting.form.name()));
            }
        }
    }

    fn fault(&mut self, at: usize, what: &str) {
        let (line, column) = self.place(at);
        self.read.faults.push(format!("{}:{line}:{column}: {what}", self.path.display()));
    }

    /// Line and column, from 1, in code points.
    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// A value as a variable would have it, if it has the form.
fn written(form: Form, value: &DeValue<'_>) -> Option<Value> {
    match (form, value) {
        (Form::Text, DeValue::String(text)) => Some(Value::One(text.to_string())),
        (Form::Number, DeValue::Integer(number)) if number.radix() == 10 => {
            Some(Value::One(number.as_str().to_owned()))
        }
        (Form::Switch, DeValue::Boolean(on)) => Some(Value::One(on.to_string())),
        (Form::List, DeValue::Array(items)) => {
            items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect::<Option<_>>().map(Value::Many)
        }
        _ => None,
    }
}

/// The known name that was probably meant: the one that shares the most pairs of letters.
fn nearest(name: &str, known: &[&str]) -> String {
    let shared =
        |other: &str| name.as_bytes().windows(2).filter(|pair| other.as_bytes().windows(2).any(|p| p == *pair)).count();
    match known.iter().max_by_key(|other| shared(other)) {
        Some(other) if shared(other) > 1 => format!("; {other} was meant?"),
        _ => format!("; there are {}", known.join(", ")),
    }
}
