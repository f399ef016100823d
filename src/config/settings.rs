//! The table of settings. A line here is a key of the file, a flag, a variable, a line of `bienban.toml` and of the help, and
//! a field of [`Config`].

use super::kinds::*;
use super::layers::Reader;

/// One setting as it is declared.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The table of the file that has it.
    pub section: &'static str,
    /// Its key there.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// What is in force where it is not set, as it is written in a variable.
    pub default: &'static str,
    /// How it is written in the file.
    pub form: Form,
    /// What it is called in the help.
    pub value_name: &'static str,
    /// What may be written.
    pub range: fn() -> String,
}

impl Setting {
    /// Section and name: `limits.calls`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}.{}", self.section, self.name)
    }

    /// Its flag without the dashes. Those of `[server]` go without the section's name.
    #[must_use]
    pub fn flag(&self) -> String {
        let name = if self.section == "server" { self.name.to_owned() } else { self.key() };
        name.replace(['.', '_'], "-")
    }

    /// Its environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("BIENBAN_{}", self.flag().replace('-', "_").to_uppercase())
    }
}

macro_rules! settings {
    ($(
        $(#[doc = $section_doc:literal])+
        [$section:ident: $type:ident] {
            $( $(#[doc = $doc:literal])+ $name:ident: $kind:ty = $default:literal; )+
        }
    )+) => {
        $(
            $(#[doc = $section_doc])+
            #[derive(Debug, Clone)]
            pub struct $type { $( $(#[doc = $doc])+ pub $name: <$kind as Kind>::Out, )+ }
        )+

        /// All settings, checked.
        #[derive(Debug, Clone)]
        pub struct Config { $( $(#[doc = $section_doc])+ pub $section: $type, )+ }

        /// Every setting there is, by section.
        pub const SETTINGS: &[Setting] = &[$($(
            Setting {
                section: stringify!($section),
                name: stringify!($name),
                doc: concat!($($doc, "\n"),+),
                default: $default,
                form: <$kind as Kind>::FORM,
                value_name: <$kind as Kind>::NAME,
                range: <$kind as Kind>::range,
            },
        )+)+];

        /// What each section is for.
        pub(super) const SECTIONS: &[(&str, &str)] = &[$( (stringify!($section), concat!($($section_doc, "\n"),+)), )+];

        /// Reads every setting; nothing if one has a mistake, which the reader keeps.
        pub(super) fn read(reader: &mut Reader<'_>) -> Option<Config> {
            $( let $section = {
                $( let $name = reader.take::<$kind>(stringify!($section), stringify!($name)); )+
                (|| Some($type { $( $name: $name?, )+ }))()
            }; )+
            Some(Config { $( $section: $section?, )+ })
        }
    };
}

settings! {
    /// Where it stores and listens.
    [server: Server] {
        /// Folder that holds the journal and everything derived from it; made if it is not there.
        data_dir: Folder = "bienban-data";
        /// Address to listen on; port 0 takes any free port.
        listen: Address = "127.0.0.1:50051";
    }

    /// Bounds on what callers may take. Beyond them they are told so, and when to come back.
    [limits: Limits] {
        /// Largest report text taken.
        text: Size<1024, { super::MAX_TEXT_BYTES }> = "4MiB";
        /// Most calls worked on at once.
        calls: Count<1, 1_000_000> = "1024";
        /// Most writes that may wait for the disk.
        write_queue: Count<1, 1_000_000> = "1024";
    }

    /// What is derived from the journal: records, entities, the search index.
    [projection: ProjectionStore] {
        /// Shortest time between two commits: how soon a report can be found.
        commit_interval: Time<0, 60_000> = "100ms";
        /// Memory for pages of the records.
        cache: Size<{ 1 << 20 }, { 1 << 40 }> = "32MiB";
        /// Memory for documents that wait to be indexed.
        index_heap: Size<{ 15 << 20 }, { 4 << 30 }> = "32MiB";
    }

    /// How the server ends.
    [shutdown: Shutdown] {
        /// Longest time that running calls are given after a signal to stop.
        drain: Time<0, 3_600_000> = "20s";
    }

    /// Log lines, on standard error.
    [log: Log] {
        /// How they are written: text for people, or json, one object a line.
        format: Format = "text";
        /// Which are written: a level, or targets with levels (info,bienban=debug).
        filter: Text = "info";
    }
}
