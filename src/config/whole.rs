//! What settings must be to each other.

use super::settings::Config;

/// Every setting that lacks another, or excludes one.
pub(super) fn faults(config: &Config) -> Vec<String> {
    let (tls, auth) = (&config.tls, &config.auth);
    let traces = &config.traces.endpoint;
    let jwt = auth.jwks_file.is_some() || !auth.jwks_url.is_empty();
    let rules = [
        (tls.cert_file.is_some() && tls.key_file.is_none(), "tls.cert_file needs tls.key_file"),
        (tls.key_file.is_some() && tls.cert_file.is_none(), "tls.key_file needs tls.cert_file"),
        (tls.client_ca_file.is_some() && tls.cert_file.is_none(), "tls.client_ca_file needs tls.cert_file"),
        (!auth.certificates.is_empty() && tls.client_ca_file.is_none(), "auth.certificates needs tls.client_ca_file"),
        (auth.jwks_file.is_some() && !auth.jwks_url.is_empty(), "auth.jwks_file and auth.jwks_url exclude each other"),
        (!auth.jwks_url.is_empty() && !trusted(&auth.jwks_url), "auth.jwks_url must begin with https://"),
        (auth.jwks_url.contains('@'), "auth.jwks_url must have no user and password"),
        (jwt && auth.jwt_issuer.is_empty(), "keys for JWTs need auth.jwt_issuer"),
        (jwt && auth.jwt_audiences.is_empty(), "keys for JWTs need auth.jwt_audiences"),
        (jwt && auth.jwt_scope_claim.is_empty(), "keys for JWTs need auth.jwt_scope_claim"),
        (!config.web.origins.is_empty() && !config.web.grpc_web, "web.origins needs web.grpc_web"),
        (
            !config.web.origins.iter().all(|origin| is_origin(origin)),
            "web.origins must be like https://portal.example, without a path, or *",
        ),
        (
            !traces.is_empty() && !traces.starts_with("http://") && !traces.starts_with("https://"),
            "traces.endpoint must begin with http:// or https://",
        ),
    ];
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, what)| what.to_owned()).collect()
}

/// True of what browsers send as the origin of a page; anything else would let no page in.
fn is_origin(text: &str) -> bool {
    let host = |(_, host): (&str, &str)| !host.is_empty() && !host.contains(|c: char| c == '/' || c.is_whitespace());
    text == "*" || text.split_once("://").is_some_and(host)
}

/// True of addresses whose answer nobody on the way can change.
fn trusted(url: &str) -> bool {
    url.starts_with("https://")
        || ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"].iter().any(|own| url.starts_with(own))
}

impl Config {
    /// True if callers must show who they are.
    #[must_use]
    pub fn asks_callers(&self) -> bool {
        let auth = &self.auth;
        let keys = auth.jwks_file.is_some() || !auth.jwks_url.is_empty();
        auth.tokens_file.is_some() || keys || !auth.certificates.is_empty()
    }

    /// True if anybody who reaches the address may read and write, and others than this machine may reach it.
    #[must_use]
    pub fn open_to_the_world(&self) -> bool {
        let closed_by_tls = self.tls.client_ca_file.is_some() && self.tls.client_cert_required;
        !self.server.listen.ip().is_loopback() && !self.asks_callers() && !closed_by_tls
    }
}
