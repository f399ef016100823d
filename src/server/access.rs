//! Who may call: tokens and keys as the settings name them, taken up anew when they change.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::time::sleep;

use super::reload::{Seen, Watch};
use crate::config::Auth;
use crate::grpc::auth::{Gatekeeper, JwtRules, KeyError, Keys, Scopes, TokenError, Tokens};

/// Longest JWKS that is read.
const JWKS_BYTES: u64 = 1 << 20;
/// Longest wait for a JWKS.
const FETCH: Duration = Duration::from_secs(10);
/// A token with an unknown key asks for new keys at most this often.
const ASK: Duration = Duration::from_secs(10);
/// After a failure the keys are asked for again soon, then less soon.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Why callers cannot be told apart as the settings want it.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// A file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file of tokens has mistakes.
    #[error("{path}: {source}")]
    Tokens {
        /// Which.
        path: PathBuf,
        /// Every faulty line.
        source: TokenError,
    },
    /// The keys of those who issue JWTs cannot be used.
    #[error("{place}: {source}")]
    Keys {
        /// File or URL.
        place: String,
        /// Why.
        source: KeyError,
    },
    /// The URL does not answer as it should.
    #[error("{url}: {source}")]
    Fetch {
        /// Which.
        url: String,
        /// Why.
        source: Box<ureq::Error>,
    },
}

/// Where keys come from.
#[derive(Debug, Clone)]
enum Source {
    File(PathBuf),
    Url { url: String, ca: Option<PathBuf> },
}

/// Callers as the settings describe them.
pub(super) struct Access {
    pub(super) keeper: Arc<Gatekeeper>,
    tokens: Option<(PathBuf, Seen)>,
    source: Option<Source>,
    refresh: Duration,
}

impl Access {
    /// Reads every file. Keys from a URL are read later: those who issue them may be away for a while.
    pub(super) fn open(auth: &Auth) -> Result<Self, AccessError> {
        let mut keeper = Gatekeeper { certificates: certificates(auth), ..Gatekeeper::default() };
        let mut tokens = None;
        if let Some(path) = &auth.tokens_file {
            let text = read(path)?;
            keeper.tokens = Some(ArcSwap::from_pointee(parse(path, &text)?));
            tokens = Some((path.clone(), Seen::of(blake3::hash(text.as_bytes()))));
        }
        let source = match (&auth.jwks_file, auth.jwks_url.as_str()) {
            (Some(path), _) => Some(Source::File(path.clone())),
            (None, "") => None,
            (None, url) => Some(Source::Url { url: url.to_owned(), ca: auth.jwks_ca_file.clone() }),
        };
        if let Some(source) = &source {
            let keys = Keys::new(rules(auth));
            if let Source::File(path) = source {
                put(&keys, source, read(path)?.as_bytes())?;
            }
            keeper.keys = Some(Arc::new(keys));
        }
        Ok(Self { keeper: Arc::new(keeper), tokens, source, refresh: auth.jwks_refresh })
    }

    /// Keeps tokens and keys up to date until the end.
    pub(super) fn keep(self, watch: &Watch) {
        let keeper = Arc::clone(&self.keeper);
        if let Some((path, seen)) = self.tokens {
            tokio::spawn(watch.clone().over("tokens", move || look(&keeper, &path, &seen)));
        }
        if let (Some(source), Some(keys)) = (self.source, self.keeper.keys.clone()) {
            tokio::spawn(keep_keys(keys, source, self.refresh, watch.clone()));
        }
    }
}

fn rules(auth: &Auth) -> JwtRules {
    JwtRules {
        issuer: auth.jwt_issuer.clone(),
        audiences: auth.jwt_audiences.clone(),
        scope_claim: auth.jwt_scope_claim.clone(),
        scope_prefix: auth.jwt_scope_prefix.clone(),
    }
}

fn certificates(auth: &Auth) -> HashMap<String, Scopes> {
    // The settings were checked: what is no scope is not there.
    auth.certificates
        .iter()
        .map(|(name, scopes)| (name.clone(), Scopes::among(scopes.iter().map(String::as_str))))
        .collect()
}

fn read(path: &Path) -> Result<String, AccessError> {
    fs::read_to_string(path).map_err(|source| AccessError::Read { path: path.to_owned(), source })
}

fn parse(path: &Path, text: &str) -> Result<Tokens, AccessError> {
    Tokens::parse(text).map_err(|source| AccessError::Tokens { path: path.to_owned(), source })
}

fn look(keeper: &Gatekeeper, path: &Path, seen: &Seen) -> Result<bool, AccessError> {
    let text = match read(path) {
        Ok(text) => text,
        Err(error) => return if seen.is_new(blake3::hash(b"")) { Err(error) } else { Ok(false) },
    };
    if !seen.is_new(blake3::hash(text.as_bytes())) {
        return Ok(false);
    }
    let tokens = parse(path, &text)?;
    if let Some(current) = &keeper.tokens {
        current.store(Arc::new(tokens));
    }
    Ok(true)
}

fn put(keys: &Keys, source: &Source, jwks: &[u8]) -> Result<usize, AccessError> {
    keys.put(jwks).map_err(|error| AccessError::Keys { place: source.place(), source: error })
}

impl Source {
    fn place(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Url { url, .. } => url.clone(),
        }
    }

    /// Reads the keys; blocks.
    fn fetch(&self) -> Result<Vec<u8>, AccessError> {
        match self {
            Self::File(path) => read(path).map(String::into_bytes),
            Self::Url { url, ca } => {
                let agent = agent(ca.as_deref())?;
                let failed = |source| AccessError::Fetch { url: url.clone(), source: Box::new(source) };
                let mut body = agent.get(url).call().map_err(failed)?.into_body();
                let mut bytes = Vec::new();
                let reader = body.as_reader().take(JWKS_BYTES);
                { reader }.read_to_end(&mut bytes).map_err(|error| failed(ureq::Error::Io(error)))?;
                Ok(bytes)
            }
        }
    }
}

/// A client that trusts the authorities that browsers trust, or the one that is named.
fn agent(ca: Option<&Path>) -> Result<ureq::Agent, AccessError> {
    let mut tls = ureq::tls::TlsConfig::builder();
    if let Some(path) = ca {
        let pem = read(path)?;
        let certificates: Vec<_> = ureq::tls::parse_pem(pem.as_bytes())
            .filter_map(|item| match item {
                Ok(ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        tls = tls.root_certs(ureq::tls::RootCerts::from(certificates));
    }
    Ok(ureq::Agent::config_builder().timeout_global(Some(FETCH)).tls_config(tls.build()).build().into())
}

/// Reads the keys now and then, soon where a token asks for one that is not known, and again where it failed.
async fn keep_keys(keys: Arc<Keys>, source: Source, refresh: Duration, watch: Watch) {
    let (mut retry, mut last) = (RETRY.0, None);
    loop {
        let from = source.clone();
        let fetched = tokio::task::spawn_blocking(move || from.fetch()).await;
        let fetched = fetched.unwrap_or_else(|panic| {
            Err(AccessError::Read { path: source.place().into(), source: io::Error::other(panic) })
        });
        let outcome = fetched.and_then(|jwks| {
            let digest = blake3::hash(&jwks);
            let new = last != Some(digest);
            put(&keys, &source, &jwks)?;
            last = Some(digest);
            Ok(new)
        });
        watch.tell("keys", &outcome);
        let (pause, next) = match outcome {
            Ok(_) => (ASK.min(refresh), RETRY.0),
            Err(_) => (retry, (retry * 2).min(RETRY.1)),
        };
        let failed = next != RETRY.0;
        retry = next;
        keys.may_ask(false);
        tokio::select! {
            () = sleep(pause) => {}
            () = watch.end.cancelled() => return,
        }
        if failed {
            continue;
        }
        keys.may_ask(true);
        tokio::select! {
            () = sleep(refresh.saturating_sub(pause)) => {}
            () = keys.wanted() => {}
            () = watch.end.cancelled() => return,
        }
    }
}
