//! Settings as a file: all of them with their defaults, or those in force and where they come from.

use std::fmt::Write as _;

use super::kinds::{Form, Value};
use super::layers::{Effective, Origin};
use super::settings::{SECTIONS, SETTINGS, Setting};

const HEAD: &str = "\
# Every setting of `bienban serve` with its default. Give the file with --config or BIENBAN_CONFIG; leave out what may stay as it is.
#
# A flag wins over its environment variable, that over the file. Flag and variable are section and name: calls in [limits] is
# --limits-calls and BIENBAN_LIMITS_CALLS. Settings of [server] go without the section: --listen, BIENBAN_LISTEN.
# Sizes have a unit (B, KiB, MiB, GiB), times too (ms, s, m, h). \"\" and [] mean: none. Secrets stand in files of their own; a
# setting names the file. `bienban check-config` tells every mistake, and what is in force.
";

/// The text of `bienban.toml`.
#[must_use]
pub fn documented() -> String {
    let mut text = HEAD.to_owned();
    for (section, doc) in SECTIONS {
        // Writing to a String does not fail.
        let _ = writeln!(text, "\n{}[{section}]", comment(doc, ""));
        for setting in SETTINGS.iter().filter(|setting| setting.section == *section) {
            let given = super::layers::split(setting.form, setting.default);
            let _ = writeln!(
                text,
                "{}{} = {}",
                comment(setting.doc, &(setting.range)()),
                setting.name,
                spell(setting, &given)
            );
        }
    }
    text
}

impl Effective {
    /// What is in force, as a file that says the same; what was set has its origin beside it.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (at, (section, _)) in SECTIONS.iter().enumerate() {
            let _ = writeln!(text, "{}[{section}]", if at == 0 { "" } else { "\n" });
            for setting in SETTINGS.iter().filter(|setting| setting.section == *section) {
                let given = self.of(setting);
                let _ = write!(text, "{} = {}", setting.name, spell(setting, &given.value));
                if given.origin != Origin::Default {
                    let _ = write!(text, "  # {}", given.origin);
                }
                text.push('\n');
            }
        }
        text
    }
}

fn comment(doc: &str, range: &str) -> String {
    let mut text = doc.trim_end().to_owned();
    if !range.is_empty() {
        text = format!("{} ({range}).", text.trim_end_matches('.'));
    }
    text.lines().map(|line| format!("# {}\n", line.trim())).collect()
}

fn spell(setting: &Setting, value: &Value) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    match (setting.form, value) {
        (Form::Text, Value::One(text)) => quoted(text),
        (_, Value::One(text)) => text.clone(),
        (_, Value::Many(items)) => {
            format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
        }
    }
}
