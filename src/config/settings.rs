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
        /// Address of a second, plain-text port for those who run it: health (grpc.health.v1) for probes, and /metrics for Prometheus.
        ops_listen: OptionalAddress = "";
        /// How often files of certificates, tokens and keys are looked at; what changed is taken up without a restart.
        reload: Time<100, 86_400_000> = "10s";
        /// Whether gRPC reflection is served.
        reflection: Switch = "true";
        /// How answers may be compressed, for callers that accept it: zstd, gzip. Python's clients accept gzip unasked, which costs both sides time.
        compression: Encodings = "zstd";
    }

    /// Bounds on what callers may take. Beyond them they are told so, and when to come back.
    [limits: Limits] {
        /// Largest report text taken.
        text: Size<1024, { super::MAX_TEXT_BYTES }> = "4MiB";
        /// Most calls worked on at once.
        calls: Count<1, 1_000_000> = "1024";
        /// Most reads worked on at once; 0: four for each core. Others wait a moment, and are sent away where a queue stands.
        reads: Count<0, 1_000_000> = "0";
        /// Most streams of changes (WatchChanges) at once.
        watches: Count<1, 1_000_000> = "256";
        /// Most writes that may wait for the disk.
        write_queue: Count<1, 1_000_000> = "1024";
        /// Longest time a call that is no stream may take, whatever its own deadline.
        deadline: Time<100, 3_600_000> = "60s";
        /// Calls a second that one caller may make (one token, one certificate, or one address where nobody is asked); 0: no limit.
        rate: Count<0, 1_000_000> = "0";
        /// Calls that one caller may make at once, before the rate counts.
        burst: Count<1, 1_000_000> = "100";
        /// Most connections; more are closed at once.
        connections: Count<1, 1_000_000> = "4096";
        /// Most calls at once on one connection; more wait at the client.
        streams: Count<1, 1_000_000> = "256";
        /// Largest headers of a call.
        headers: Size<1024, { 1 << 20 }> = "16KiB";
        /// How long a message may wait for a client to take it; then its connection is closed.
        send: Time<100, 3_600_000> = "30s";
        /// How often a silent connection is asked whether it still lives.
        keepalive: Time<1000, 86_400_000> = "60s";
        /// How long it has to answer.
        keepalive_timeout: Time<100, 3_600_000> = "20s";
        /// About how old a connection becomes before it is told to go away, so that new servers get load; 0s: as old as it likes.
        connection_age: Time<0, 86_400_000> = "30m";
        /// How long calls on it may go on then.
        connection_grace: Time<0, 3_600_000> = "1m";
    }

    /// TLS. Without a certificate everything goes in plain text.
    [tls: TlsSettings] {
        /// The server's certificate and those between it and its authority, as PEM.
        cert_file: OptionalFile = "";
        /// Its private key, as PEM.
        key_file: OptionalFile = "";
        /// The authorities that sign clients' certificates, as PEM. Clients are asked for one then.
        client_ca_file: OptionalFile = "";
        /// Whether clients without a certificate are refused.
        client_cert_required: Switch = "true";
    }

    /// Who may call. As soon as tokens, keys or certificates are named here, callers must show one. Scopes: read, ingest, curate, admin.
    [auth: Auth] {
        /// Static tokens, one a line, hashed: `bienban token new` makes them.
        tokens_file: OptionalFile = "";
        /// Public keys of the issuer of JWTs (a JWKS), from a file.
        jwks_file: OptionalFile = "";
        /// The same, from an https address.
        jwks_url: Text = "";
        /// The authority that signs that address's certificate, as PEM, if it is not one that browsers know.
        jwks_ca_file: OptionalFile = "";
        /// How often keys are read from that address.
        jwks_refresh: Time<100, 86_400_000> = "10m";
        /// Who must have issued a JWT (iss).
        jwt_issuer: Text = "";
        /// For whom a JWT must be (aud): one of these.
        jwt_audiences: List = "";
        /// The claim of a JWT that has the scopes.
        jwt_scope_claim: Text = "scope";
        /// What stands before a scope's name there, such as bienban.
        jwt_scope_prefix: Text = "";
        /// Scopes of client certificates by a name in them (URI, DNS or common name): portal.example=read+ingest.
        certificates: Grants = "";
        /// Whether health is told to callers that show nothing.
        open_health: Switch = "true";
        /// Whether reflection is.
        open_reflection: Switch = "true";
    }

    /// What is derived from the journal: records, entities, the search index.
    [projection: ProjectionStore] {
        /// Shortest time between two commits: how soon a report can be found.
        commit_interval: Time<0, 60_000> = "100ms";
        /// Memory for pages of the records.
        cache: Size<{ 1 << 20 }, { 1 << 40 }> = "32MiB";
        /// Memory for documents that wait to be indexed.
        index_heap: Size<{ 15 << 20 }, { 4095 << 20 }> = "32MiB";
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
        /// File that gets a JSON object for each write, correction, copy of the journal and rebuild: who, what, which revision; never the text of
        /// a report. Without one they stand among the other lines, with the target audit.
        audit_file: OptionalFile = "";
    }

    /// Traces, sent to a collector over OTLP. Callers' own traces are continued (W3C trace context).
    [traces: Traces] {
        /// The collector's address, such as http://127.0.0.1:4317; without one no traces are made.
        endpoint: Text = "";
        /// What it speaks there: grpc (mostly port 4317) or http (mostly port 4318; /v1/traces unless the address has a path).
        protocol: Protocol = "grpc";
        /// The authority that signs its certificate, as PEM, if it is not one that browsers know.
        ca_file: OptionalFile = "";
        /// Of traces that begin here, how many in a hundred are made.
        sample: Count<0, 100> = "100";
        /// What this service is called there.
        service: Text = "bienban";
    }

    /// Browsers.
    [web: Web] {
        /// Whether gRPC-Web is spoken too, over HTTP/1.1 and HTTP/2.
        grpc_web: Switch = "false";
        /// The origins whose pages may call (CORS), such as https://portal.example; * for all.
        origins: List = "";
    }
}
