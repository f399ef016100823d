//! JWTs of an issuer whose public keys are known (a JWKS).

use std::collections::HashMap;
use std::time::Duration;

use arc_swap::ArcSwap;
use jsonwebtoken::jwk::{JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};
use tokio::sync::{Notify, watch};

use super::{Principal, Problem, Scopes, crypto};

/// How long a call waits for keys that may have been issued since.
const FRESH_KEYS: Duration = Duration::from_secs(3);

/// What tokens must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtRules {
    /// Who issued them.
    pub issuer: String,
    /// For whom: one of these.
    pub audiences: Vec<String>,
    /// The claim that has the scopes: one text with spaces, or a list.
    pub scope_claim: String,
    /// What stands before the scope's name there, such as `bienban.`.
    pub scope_prefix: String,
}

/// A JWKS that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It is no JWKS.
    #[error("is no JWKS")]
    Form(#[from] serde_json::Error),
    /// It has no key that is taken here.
    #[error("has no public key for signatures with RSA, P-256, P-384 or Ed25519 that has a kid")]
    Empty,
}

/// The keys, and what tokens signed with them must say.
#[derive(Debug)]
pub struct Keys {
    rules: JwtRules,
    keys: ArcSwap<HashMap<String, DecodingKey>>,
    /// Raised with every new set.
    version: watch::Sender<u64>,
    /// A token came with a key that is not known.
    wanted: Notify,
    /// True while asking for new keys may help.
    may_ask: watch::Sender<bool>,
}

impl Keys {
    /// No keys yet.
    #[must_use]
    pub fn new(rules: JwtRules) -> Self {
        crypto::install();
        let (version, may_ask) = (watch::Sender::new(0), watch::Sender::new(false));
        Self { rules, keys: ArcSwap::default(), version, wanted: Notify::new(), may_ask }
    }

    /// Puts a set of keys in force; the old one goes. Returns how many.
    ///
    /// # Errors
    /// If it cannot be used; the old one stays.
    pub fn put(&self, jwks: &[u8]) -> Result<usize, KeyError> {
        let keys = read(jwks)?;
        let count = keys.len();
        self.keys.store(std::sync::Arc::new(keys));
        self.version.send_modify(|version| *version += 1);
        Ok(count)
    }

    /// Waits until a token asks for a key that is not known.
    pub async fn wanted(&self) {
        self.wanted.notified().await;
    }

    /// Says whether calls with an unknown key shall wait for new ones.
    pub fn may_ask(&self, may: bool) {
        self.may_ask.send_replace(may);
    }

    /// Whose token it is.
    pub(super) async fn recognise(&self, token: &str) -> Result<Principal, Problem> {
        let header = decode_header(token).map_err(|_| Problem::Unknown)?;
        let kid = header.kid.ok_or(Problem::Unknown)?;
        let key = match self.key(&kid) {
            Some(key) => key,
            None => self.fresh(&kid).await.ok_or(Problem::Unknown)?,
        };
        let said = decode::<Map<String, Value>>(token, &key, &self.validation(header.alg));
        let claims = said.map_err(|error| crypto::problem(&error))?.claims;
        let subject = claims.get("sub").and_then(Value::as_str).filter(|subject| !subject.is_empty());
        Ok(Principal { name: subject.ok_or(Problem::Malformed)?.into(), scopes: self.scopes(&claims) })
    }

    fn key(&self, kid: &str) -> Option<DecodingKey> {
        self.keys.load().get(kid).cloned()
    }

    /// A key that was issued since the keys were last read. Asks for it at most as often as [`Self::may_ask`] allows.
    async fn fresh(&self, kid: &str) -> Option<DecodingKey> {
        let mut version = self.version.subscribe();
        if !*self.may_ask.borrow() {
            return None;
        }
        self.wanted.notify_one();
        tokio::time::timeout(FRESH_KEYS, version.changed()).await.ok()?.ok()?;
        self.key(kid)
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        if !crypto::ALGORITHMS.contains(&algorithm) {
            validation.algorithms.clear();
        }
        validation.set_issuer(&[&self.rules.issuer]);
        validation.set_audience(&self.rules.audiences);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        validation.validate_nbf = true;
        validation.leeway = 30;
        validation
    }

    fn scopes(&self, claims: &Map<String, Value>) -> Scopes {
        let names: Vec<&str> = match claims.get(&self.rules.scope_claim) {
            Some(Value::String(text)) => text.split_whitespace().collect(),
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        Scopes::among(names.into_iter().filter_map(|name| name.strip_prefix(self.rules.scope_prefix.as_str())))
    }
}

/// The keys of a JWKS that are for signatures and of a kind that is taken; others are not for us.
fn read(jwks: &[u8]) -> Result<HashMap<String, DecodingKey>, KeyError> {
    let set: JwkSet = serde_json::from_slice(jwks)?;
    let usable = set.keys.iter().filter_map(|key| {
        let for_signatures = key.common.public_key_use.as_ref().is_none_or(|used| *used == PublicKeyUse::Signature);
        let decoding = DecodingKey::from_jwk(key).ok().filter(|_| for_signatures)?;
        let taken = decoding.family() != jsonwebtoken::AlgorithmFamily::Hmac;
        Some((key.common.key_id.clone()?, decoding)).filter(|_| taken)
    });
    let keys: HashMap<_, _> = usable.collect();
    if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
}
