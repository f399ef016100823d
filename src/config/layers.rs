//! Flags over variables over the file over defaults.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use super::ConfigError;
use super::file;
use super::kinds::{Form, Kind, Value};
use super::settings::{self, Config, SETTINGS, Setting};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It was not set.
    Default,
    /// The file, at a line and column, from 1.
    File {
        /// Which file.
        path: PathBuf,
        /// Line of the key.
        line: usize,
        /// Column of the key.
        column: usize,
    },
    /// An environment variable.
    Variable(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Flag(name) => write!(f, "--{name}"),
        }
    }
}

/// What was written for a setting, and where.
#[derive(Debug, Clone)]
pub struct Given {
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// What was set on the command line and in the environment, and the file that has the rest.
///
/// As arguments of a command: one flag for each setting, and `--config`.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    given: HashMap<String, Given>,
    file: Option<PathBuf>,
}

/// Settings that have been checked, with where each comes from.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The settings.
    pub config: Config,
    /// What was written for each key, and where.
    pub(super) given: HashMap<String, Given>,
}

/// The argument that names the file.
const CONFIG: &str = "config";

impl Layers {
    /// Sets a setting as a flag would.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Self {
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.key() == key) {
            self.give(setting, value, Origin::Flag(setting.flag()));
        }
        self
    }

    /// Names the file.
    #[must_use]
    pub fn with_file(self, path: PathBuf) -> Self {
        Self { file: Some(path), ..self }
    }

    fn give(&mut self, setting: &Setting, text: &str, origin: Origin) {
        self.given.insert(setting.key(), Given { value: split(setting.form, text), origin });
    }

    /// Reads the file and judges everything.
    ///
    /// # Errors
    /// All mistakes at once, each with its place.
    pub fn read(&self) -> Result<Effective, ConfigError> {
        let mut faults = Vec::new();
        let mut given = HashMap::new();
        if let Some(path) = &self.file {
            match std::fs::read_to_string(path) {
                Ok(text) => {
                    let read = file::read(path, &text);
                    given = read.given;
                    faults = read.faults;
                }
                Err(error) => faults.push(format!("{}: cannot be read: {error}", path.display())),
            }
        }
        given.extend(self.given.clone());
        let mut reader = Reader { given: &given, faults };
        let config = settings::read(&mut reader);
        let mut faults = reader.faults;
        faults.extend(config.iter().flat_map(super::whole::faults));
        match config {
            Some(config) if faults.is_empty() => Ok(Effective { config, given }),
            _ => Err(ConfigError(faults)),
        }
    }
}

pub(super) fn split(form: Form, text: &str) -> Value {
    match form {
        Form::List => {
            Value::Many(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
        }
        _ => Value::One(text.to_owned()),
    }
}

impl Effective {
    /// What was written for a setting, and where.
    #[must_use]
    pub(super) fn of(&self, setting: &Setting) -> Given {
        self.given.get(&setting.key()).cloned().unwrap_or_else(|| default_of(setting))
    }
}

fn default_of(setting: &Setting) -> Given {
    Given { value: split(setting.form, setting.default), origin: Origin::Default }
}

/// Takes settings out of what was given, and keeps the mistakes.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    given: &'a HashMap<String, Given>,
    faults: Vec<String>,
}

impl Reader<'_> {
    /// A setting, or nothing if it has a mistake.
    pub(super) fn take<K: Kind>(&mut self, section: &str, name: &str) -> Option<K::Out> {
        let setting = SETTINGS.iter().find(|setting| setting.section == section && setting.name == name)?;
        let Given { value, origin } = self.given.get(&setting.key()).cloned().unwrap_or_else(|| default_of(setting));
        match K::read(&value) {
            Ok(out) => Some(out),
            Err(what) => {
                let value = match value {
                    Value::One(value) => value,
                    Value::Many(items) => items.join(", "),
                };
                self.faults.push(format!("{origin}: {} {what} (it is {value:?})", setting.key()));
                None
            }
        }
    }
}

impl clap::FromArgMatches for Layers {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut layers = Self { file: matches.get_one::<PathBuf>(CONFIG).cloned(), ..Self::default() };
        for setting in SETTINGS {
            let key = setting.key();
            let Some(text) = matches.get_one::<String>(&key) else { continue };
            let origin = match matches.value_source(&key) {
                Some(ValueSource::CommandLine) => Origin::Flag(setting.flag()),
                Some(ValueSource::EnvVariable) => Origin::Variable(setting.variable()),
                _ => continue,
            };
            layers.give(setting, text, origin);
        }
        Ok(layers)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for Layers {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(CONFIG)
            .long(CONFIG)
            .env("BIENBAN_CONFIG")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("File of settings (TOML); bienban.toml in the repository lists them all");
        command.arg(file).args(SETTINGS.iter().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn argument(setting: &Setting) -> Arg {
    let range = (setting.range)();
    let mut help = setting.doc.trim().replace("\n ", " ").trim_end_matches('.').to_owned();
    if !range.is_empty() {
        help = format!("{help}; {range}");
    }
    let argument = Arg::new(setting.key())
        .long(setting.flag())
        .env(setting.variable())
        .value_name(setting.value_name)
        .help_heading(format!("Settings of [{}]", setting.section))
        .help(help);
    if setting.default.is_empty() { argument } else { argument.default_value(setting.default) }
}
