//! Who calls, and what they may do.
//!
//! A call shows a token (`authorization: Bearer …`: a static one or a JWT) or its connection a certificate. That makes a principal with
//! scopes; each method needs one scope (`scopes`). As soon as any way of showing oneself is configured, everything else is refused, and a method
//! without a line in the table too. All this is decided before the request is read, so that a refusal never tells what exists.

mod crypto;
mod guard;
mod jwt;
mod rate;
mod scopes;
mod tokens;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;

pub use guard::Guard;
pub use jwt::{JwtRules, KeyError, Keys};
pub use rate::Rate;
pub use scopes::{METHODS, Scope, Scopes, method};
pub use tokens::{NewToken, TokenError, Tokens};

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Where from.
    pub address: std::net::SocketAddr,
    /// The names in its certificate, if it showed one that an authority of ours signed.
    pub names: Vec<String>,
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// What logs and limits know the caller by.
    pub name: Arc<str>,
    /// What it may do.
    pub scopes: Scopes,
}

/// Why a caller is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody knows who calls; what was shown, and what is wrong with it.
    Unauthenticated(Problem),
    /// It is known who calls, and that they may not do this.
    PermissionDenied {
        /// Who.
        principal: Arc<str>,
        /// The scope that is missing; none where no caller may do it.
        scope: Option<Scope>,
    },
    /// The caller calls too often.
    RateLimited {
        /// When to come back.
        retry_after: std::time::Duration,
    },
}

/// What is wrong with what was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was shown.
    Missing,
    /// The header is not `Bearer TOKEN`.
    Malformed,
    /// No such token, or a token signed with a key that is not known.
    Unknown,
    /// The signature does not fit.
    Signature,
    /// The token's time is over, or has not come.
    Expired,
    /// Another issuer, or another audience.
    Foreign,
    /// The certificate's names are not known here.
    Certificate,
}

impl Problem {
    /// As metadata has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "MISSING",
            Self::Malformed => "MALFORMED",
            Self::Unknown => "UNKNOWN",
            Self::Signature => "SIGNATURE",
            Self::Expired => "EXPIRED",
            Self::Foreign => "FOREIGN",
            Self::Certificate => "CERTIFICATE",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthenticated(problem) => f.write_str(match problem {
                Problem::Missing => "no credentials were sent; send the header `authorization: Bearer TOKEN`",
                Problem::Malformed => "the authorization header must be `Bearer TOKEN`",
                Problem::Unknown => "the token is not known here",
                Problem::Signature => "the token's signature does not fit",
                Problem::Expired => "the token is not valid at this time; get a new one",
                Problem::Foreign => "the token is from another issuer or for another audience",
                Problem::Certificate => "the client certificate's names are not known here",
            }),
            Self::PermissionDenied { principal, scope: Some(scope) } => {
                write!(f, "{principal} may not do this: it takes the scope {scope}")
            }
            Self::PermissionDenied { principal, scope: None } => write!(f, "{principal} may not do this: nobody may"),
            Self::RateLimited { .. } => f.write_str("this caller calls more often than it may"),
        }
    }
}

/// Everything by which callers can show who they are.
#[derive(Debug, Default)]
pub struct Gatekeeper {
    /// Static tokens; put anew when their file changes.
    pub tokens: Option<ArcSwap<Tokens>>,
    /// Keys of those who issue JWTs.
    pub keys: Option<Arc<Keys>>,
    /// Names in certificates, and what they may do.
    pub certificates: HashMap<String, Scopes>,
}

impl Gatekeeper {
    /// True if callers must show who they are.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.tokens.is_some() || self.keys.is_some() || !self.certificates.is_empty()
    }

    /// Who calls, by the header and the connection.
    ///
    /// # Errors
    /// Why it is not known.
    pub async fn recognise(&self, header: Option<&[u8]>, peer: Option<&Peer>) -> Result<Principal, Refusal> {
        if let Some(header) = header {
            return self.by_header(header).await.map_err(Refusal::Unauthenticated);
        }
        let names = peer.map(|peer| peer.names.as_slice()).unwrap_or_default();
        let known = names.iter().find_map(|name| Some((name, *self.certificates.get(name)?)));
        match known {
            Some((name, scopes)) => Ok(Principal { name: name.as_str().into(), scopes }),
            None if names.is_empty() || self.certificates.is_empty() => Err(Refusal::Unauthenticated(Problem::Missing)),
            None => Err(Refusal::Unauthenticated(Problem::Certificate)),
        }
    }

    async fn by_header(&self, header: &[u8]) -> Result<Principal, Problem> {
        let token = bearer(header).ok_or(Problem::Malformed)?;
        if let Some(principal) = self.tokens.as_ref().and_then(|tokens| tokens.load().find(token)) {
            return Ok(principal);
        }
        match &self.keys {
            Some(keys) => keys.recognise(token).await,
            None => Err(Problem::Unknown),
        }
    }
}

fn bearer(header: &[u8]) -> Option<&str> {
    let (scheme, token) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests;
