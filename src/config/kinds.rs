//! Kinds of settings: what may be written, and what it becomes.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What was written for a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One value, without quotes.
    One(String),
    /// Several, as in a list of the file, or between commas in a variable.
    Many(Vec<String>),
}

impl Value {
    fn one(&self) -> Result<&str, String> {
        match self {
            Self::One(text) => Ok(text),
            Self::Many(_) => Err("must be one value, not a list".into()),
        }
    }
}

/// How a value is written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In quotes.
    Text,
    /// A whole number.
    Number,
    /// true or false.
    Switch,
    /// Texts between brackets.
    List,
}

impl Form {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text in quotes",
            Self::Number => "a whole number",
            Self::Switch => "true or false",
            Self::List => "a list of texts",
        }
    }
}

/// A kind of setting.
pub trait Kind {
    /// What the program gets.
    type Out;
    /// How it is written in the file.
    const FORM: Form;
    /// What it is called in the help.
    const NAME: &'static str;

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong, to follow "limits.calls = 0".
    fn read(value: &Value) -> Result<Self::Out, String>;

    /// What may be written, where that is not plain from the name.
    #[must_use]
    fn range() -> String {
        String::new()
    }
}

/// A whole number within bounds.
#[derive(Debug)]
pub struct Count<const LOW: usize, const HIGH: usize>;

impl<const LOW: usize, const HIGH: usize> Kind for Count<LOW, HIGH> {
    type Out = usize;
    const FORM: Form = Form::Number;
    const NAME: &'static str = "N";

    fn read(value: &Value) -> Result<usize, String> {
        let number = value.one()?.replace('_', "").parse().ok().filter(|number| (LOW..=HIGH).contains(number));
        number.ok_or_else(|| format!("must be a whole number {}", Self::range()))
    }

    fn range() -> String {
        format!("from {LOW} to {HIGH}")
    }
}

/// Bytes within bounds, such as `4MiB`.
#[derive(Debug)]
pub struct Size<const LOW: usize, const HIGH: usize>;

const SIZES: [(&str, usize); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

impl<const LOW: usize, const HIGH: usize> Kind for Size<LOW, HIGH> {
    type Out = usize;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "SIZE";

    fn read(value: &Value) -> Result<usize, String> {
        let text = value.one()?;
        let read = SIZES
            .iter()
            .find_map(|(unit, bytes)| text.strip_suffix(unit)?.trim_end().parse::<usize>().ok()?.checked_mul(*bytes));
        read.filter(|bytes| (LOW..=HIGH).contains(bytes)).ok_or_else(|| format!("must be a size {}", Self::range()))
    }

    fn range() -> String {
        format!("from {} to {}", spell_size(LOW), spell_size(HIGH))
    }
}

fn spell_size(bytes: usize) -> String {
    let (unit, of) = SIZES.into_iter().find(|(_, of)| bytes >= *of && bytes.is_multiple_of(*of)).unwrap_or(("B", 1));
    format!("{}{unit}", bytes / of)
}

/// A time within bounds, which are in milliseconds, such as `20s`.
#[derive(Debug)]
pub struct Time<const LOW: u64, const HIGH: u64>;

const TIMES: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

impl<const LOW: u64, const HIGH: u64> Kind for Time<LOW, HIGH> {
    type Out = Duration;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "TIME";

    fn read(value: &Value) -> Result<Duration, String> {
        let text = value.one()?;
        let read = TIMES
            .iter()
            .find_map(|(unit, millis)| text.strip_suffix(unit)?.trim_end().parse::<u64>().ok()?.checked_mul(*millis));
        let millis = read.filter(|millis| (LOW..=HIGH).contains(millis));
        millis.map(Duration::from_millis).ok_or_else(|| format!("must be a time {}", Self::range()))
    }

    fn range() -> String {
        format!("from {} to {}", spell_time(LOW), spell_time(HIGH))
    }
}

fn spell_time(millis: u64) -> String {
    let (unit, of) =
        TIMES.into_iter().rev().find(|(_, of)| millis >= *of && millis.is_multiple_of(*of)).unwrap_or(("s", 1000));
    format!("{}{unit}", millis / of)
}

/// Any text.
#[derive(Debug)]
pub struct Text;

impl Kind for Text {
    type Out = String;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "TEXT";

    fn read(value: &Value) -> Result<String, String> {
        value.one().map(str::to_owned)
    }
}

/// An address to listen on.
#[derive(Debug)]
pub struct Address;

impl Kind for Address {
    type Out = SocketAddr;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "ADDRESS";

    fn read(value: &Value) -> Result<SocketAddr, String> {
        value.one()?.parse().map_err(|_| "must be an address and a port, such as 0.0.0.0:50051 or [::1]:50051".into())
    }
}

/// An address to listen on, or none.
#[derive(Debug)]
pub struct OptionalAddress;

impl Kind for OptionalAddress {
    type Out = Option<SocketAddr>;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "ADDRESS";

    fn read(value: &Value) -> Result<Self::Out, String> {
        if value.one()?.is_empty() { Ok(None) } else { Address::read(value).map(Some) }
    }
}

/// On or off.
#[derive(Debug)]
pub struct Switch;

impl Kind for Switch {
    type Out = bool;
    const FORM: Form = Form::Switch;
    const NAME: &'static str = "BOOL";

    fn read(value: &Value) -> Result<bool, String> {
        value.one()?.parse().map_err(|_| "must be true or false".into())
    }
}

/// A file, or none. It is read when the server starts, and only then judged.
#[derive(Debug)]
pub struct OptionalFile;

impl Kind for OptionalFile {
    type Out = Option<PathBuf>;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "FILE";

    fn read(value: &Value) -> Result<Self::Out, String> {
        Ok(Some(value.one()?).filter(|path| !path.is_empty()).map(PathBuf::from))
    }
}

/// Several texts.
#[derive(Debug)]
pub struct List;

impl Kind for List {
    type Out = Vec<String>;
    const FORM: Form = Form::List;
    const NAME: &'static str = "TEXT,…";

    fn read(value: &Value) -> Result<Vec<String>, String> {
        match value {
            Value::Many(items) => Ok(items.clone()),
            Value::One(_) => Err("must be a list".into()),
        }
    }
}

/// A way to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Fast and small.
    Zstd,
    /// Known everywhere.
    Gzip,
}

/// Ways to compress.
#[derive(Debug)]
pub struct Encodings;

impl Kind for Encodings {
    type Out = Vec<Encoding>;
    const FORM: Form = Form::List;
    const NAME: &'static str = "NAME,…";

    fn read(value: &Value) -> Result<Vec<Encoding>, String> {
        let named = |name: String| match name.as_str() {
            "zstd" => Ok(Encoding::Zstd),
            "gzip" => Ok(Encoding::Gzip),
            _ => Err("must be a list of zstd and gzip".to_owned()),
        };
        List::read(value)?.into_iter().map(named).collect()
    }
}

/// Scopes of names: `portal.example=read+ingest`.
#[derive(Debug)]
pub struct Grants;

/// What may be granted.
const SCOPES: [&str; 4] = ["read", "ingest", "curate", "admin"];

impl Kind for Grants {
    type Out = Vec<(String, Vec<String>)>;
    const FORM: Form = Form::List;
    const NAME: &'static str = "NAME=SCOPES,…";

    fn read(value: &Value) -> Result<Self::Out, String> {
        let grant = |item: String| {
            let (name, scopes) = item.rsplit_once('=').filter(|(name, _)| !name.is_empty())?;
            let scopes: Vec<String> = scopes.split('+').map(|scope| scope.trim().to_owned()).collect();
            scopes.iter().all(|scope| SCOPES.contains(&scope.as_str())).then(|| (name.trim().to_owned(), scopes))
        };
        let grants = List::read(value)?.into_iter().map(grant).collect::<Option<_>>();
        grants.ok_or_else(|| "must be names with scopes, such as portal.example=read+ingest".into())
    }
}

/// A folder.
#[derive(Debug)]
pub struct Folder;

impl Kind for Folder {
    type Out = PathBuf;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "DIR";

    fn read(value: &Value) -> Result<PathBuf, String> {
        Some(value.one()?).filter(|path| !path.is_empty()).map(PathBuf::from).ok_or_else(|| "must not be empty".into())
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How log lines are written.
#[derive(Debug)]
pub struct Format;

impl Kind for Format {
    type Out = LogFormat;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "FORMAT";

    fn read(value: &Value) -> Result<LogFormat, String> {
        match value.one()? {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err("must be text or json".into()),
        }
    }
}

/// What a collector of traces speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtlpProtocol {
    /// OTLP over gRPC.
    Grpc,
    /// OTLP over HTTP, in Protocol Buffers.
    Http,
}

/// What a collector of traces speaks.
#[derive(Debug)]
pub struct Protocol;

impl Kind for Protocol {
    type Out = OtlpProtocol;
    const FORM: Form = Form::Text;
    const NAME: &'static str = "PROTOCOL";

    fn read(value: &Value) -> Result<OtlpProtocol, String> {
        match value.one()? {
            "grpc" => Ok(OtlpProtocol::Grpc),
            "http" => Ok(OtlpProtocol::Http),
            _ => Err("must be grpc or http".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Value {
        Value::One(text.into())
    }

    #[test]
    fn sizes_and_times_have_units_and_bounds() {
        type Any = Size<1, { 1 << 40 }>;
        assert_eq!(Any::read(&one("4MiB")), Ok(4 << 20));
        assert_eq!(Any::read(&one("10 B")), Ok(10));
        for bad in ["", "4", "4MB", "-1B", "0B", "99999999999999999999GiB", "1.5MiB"] {
            assert!(Any::read(&one(bad)).is_err(), "{bad}");
        }
        type Short = Time<0, 60_000>;
        assert_eq!(Short::read(&one("100ms")), Ok(Duration::from_millis(100)));
        assert_eq!(Short::read(&one("1m")), Ok(Duration::from_secs(60)));
        for bad in ["", "1", "61s", "1d", "-1s", "ms"] {
            assert!(Short::read(&one(bad)).is_err(), "{bad}");
        }
        assert_eq!((Any::range(), Short::range()), ("from 1B to 1024GiB".into(), "from 0s to 1m".into()));
    }

    #[test]
    fn one_value_is_no_list() {
        assert!(Text::read(&Value::Many(vec!["a".into()])).is_err());
        assert!(Count::<1, 9>::read(&one("10")).is_err());
        assert_eq!(Count::<1, 1000>::read(&one("1_000")), Ok(1000));
    }
}
