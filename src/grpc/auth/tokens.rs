//! Static tokens.
//!
//! A token is 32 random bytes, so nobody finds it by trying, and a slow hash would only make every call slow: what is kept is its plain BLAKE3
//! hash. The file has one line for each token: a name, scopes, the hash.
//!
//! ```text
//! indexer  ingest,read  blake3:1f0c…
//! ```

use std::collections::HashMap;
use std::fmt::Write as _;

use data_encoding::BASE64URL_NOPAD;

use super::{Principal, Scopes};

/// What every token begins with, so that scanners for leaked secrets know it.
const PREFIX: &str = "bbn_";
/// What every hash begins with.
const HASHED: &str = "blake3:";
/// Longest token that is looked at, in bytes.
const LONGEST: usize = 512;

/// What is wrong with a file of tokens: every fault, with its line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct TokenError(pub Vec<String>);

/// The tokens of one file.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    by_hash: HashMap<[u8; 32], Principal>,
}

impl Tokens {
    /// Reads a file's text. Empty lines and those that begin with # say nothing.
    ///
    /// # Errors
    /// Every faulty line.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let (mut tokens, mut faults) = (Self::default(), Vec::new());
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Ok((hash, principal)) => {
                    if tokens.by_hash.insert(hash, principal).is_some() {
                        faults.push(format!("line {}: this hash is there already", at + 1));
                    }
                }
                Err(what) => faults.push(format!("line {}: {what}", at + 1)),
            }
        }
        if faults.is_empty() { Ok(tokens) } else { Err(TokenError(faults)) }
    }

    /// Whose token it is. The table is searched by the hash, of which nobody can choose a part, and not by the token.
    #[must_use]
    pub fn find(&self, token: &str) -> Option<Principal> {
        if token.len() > LONGEST {
            return None;
        }
        self.by_hash.get(blake3::hash(token.as_bytes()).as_bytes()).cloned()
    }
}

fn entry(line: &str) -> Result<([u8; 32], Principal), String> {
    let [name, scopes, hash] = line.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err("must be a name, scopes and a hash: indexer ingest,read blake3:…".into());
    };
    let scopes = Scopes::parse(scopes).map_err(|name| format!("there is no scope {name:?}"))?;
    if scopes.is_empty() {
        return Err("must have a scope: read, ingest, curate, admin".into());
    }
    let hash = hash.strip_prefix(HASHED).and_then(|hex| blake3::Hash::from_hex(hex).ok());
    let hash = hash.ok_or("the hash must be blake3: and 64 hexadecimal digits")?;
    Ok((*hash.as_bytes(), Principal { name: name.into(), scopes }))
}

/// A token that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The token itself, which is kept nowhere.
    pub token: String,
    /// The line for the file.
    pub line: String,
}

impl NewToken {
    /// Makes one.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn make(name: &str, scopes: Scopes) -> Result<Self, getrandom::Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        let token = format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&secret));
        let mut line = format!("{name} {scopes} {HASHED}");
        // Writing to a String does not fail.
        let _ = write!(line, "{}", blake3::hash(token.as_bytes()).to_hex());
        Ok(Self { token, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::auth::Scope;

    #[test]
    fn a_new_token_is_known_by_its_line() {
        let made = NewToken::make("indexer", Scopes::among(["read", "ingest"])).unwrap();
        assert!(!made.line.contains(&made.token));
        let tokens = Tokens::parse(&format!("# ours\n\n{}\n", made.line)).unwrap();
        let found = tokens.find(&made.token).unwrap();
        assert_eq!(
            (&*found.name, found.scopes.has(Scope::Ingest), found.scopes.has(Scope::Admin)),
            ("indexer", true, false)
        );
        assert_eq!(tokens.find("bbn_other"), None);
        assert_ne!(NewToken::make("indexer", Scopes::ALL).unwrap().token, made.token);
    }

    #[test]
    fn every_faulty_line_is_told() {
        let TokenError(faults) = Tokens::parse("a read\na write blake3:00\na read md5:00\na , blake3:00").unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[1].starts_with("line 2: there is no scope"), "{faults:?}");
    }
}
