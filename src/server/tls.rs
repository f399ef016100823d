//! TLS: certificates, keys and client authorities from files, taken up anew when the files change.
//!
//! The files are read every few seconds and compared by content, which also sees the way Kubernetes swaps mounted secrets. What cannot be
//! used leaves the old ones in force, with an error in the log and in the metrics; new connections get the new ones.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

use super::reload::{Seen, Watch};

/// Why TLS cannot be had from the files.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file has something else in it.
    #[error("{path}: {what}")]
    Content {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Certificate and key do not belong together, or are of a kind that is not known.
    #[error("certificate {cert} and key {key} cannot be used together")]
    Pair {
        /// The certificate's file.
        cert: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// Why.
        #[source]
        source: rustls::Error,
    },
}

/// Where everything is read from.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain of certificates, the server's own first, as PEM.
    pub cert: PathBuf,
    /// The private key, as PEM.
    pub key: PathBuf,
    /// The authorities that sign clients' certificates, as PEM; none: clients are not asked for one.
    pub client_ca: Option<PathBuf>,
    /// True: clients without a certificate are refused.
    pub require_client: bool,
    /// What is spoken inside, best first.
    pub protocols: Vec<Vec<u8>>,
}

/// What connections are accepted with.
#[derive(Debug)]
pub(super) struct Tls {
    files: TlsFiles,
    current: ArcSwap<Loaded>,
    seen: Seen,
}

/// What one state of the files gives.
#[derive(Debug)]
struct Loaded {
    config: Arc<ServerConfig>,
    /// When the certificate expires, in seconds since 1970.
    expires: i64,
}

/// The files' content.
struct Content {
    cert: Vec<u8>,
    key: Vec<u8>,
    client_ca: Option<Vec<u8>>,
}

impl Tls {
    /// Reads the files.
    ///
    /// # Errors
    /// If they cannot be used.
    pub(super) fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let content = files.read()?;
        let loaded = files.judge(&content)?;
        Ok(Self { files, current: ArcSwap::from_pointee(loaded), seen: Seen::of(content.digest()) })
    }

    /// What the next connection is accepted with.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.load().config)
    }

    /// When the certificate in force expires, in seconds since 1970.
    pub(super) fn expires(&self) -> i64 {
        self.current.load().expires
    }

    /// Looks at the files again; true if they changed and are in force now.
    ///
    /// # Errors
    /// If they changed and cannot be used; told once. The old ones stay in force.
    pub(super) fn look(&self) -> Result<bool, TlsError> {
        let content = match self.files.read() {
            Ok(content) => content,
            Err(error) => return if self.seen.is_new(blake3::hash(b"")) { Err(error) } else { Ok(false) },
        };
        if !self.seen.is_new(content.digest()) {
            return Ok(false);
        }
        self.current.store(Arc::new(self.files.judge(&content)?));
        Ok(true)
    }
}

impl TlsFiles {
    /// Says whether the files can be used.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self) -> Result<(), TlsError> {
        self.judge(&self.read()?).map(drop)
    }

    fn read(&self) -> Result<Content, TlsError> {
        let client_ca = self.client_ca.as_deref().map(read).transpose()?;
        Ok(Content { cert: read(&self.cert)?, key: read(&self.key)?, client_ca })
    }

    fn judge(&self, content: &Content) -> Result<Loaded, TlsError> {
        let chain = certificates(&self.cert, &content.cert)?;
        let key = PrivateKeyDer::from_pem_slice(&content.key).map_err(|error| self.no_key(&error))?;
        let expires = expiry(&self.cert, &chain)?;
        let pair = |source| TlsError::Pair { cert: self.cert.clone(), key: self.key.clone(), source };
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let builder = builder.map_err(pair)?;
        let builder = match (&self.client_ca, &content.client_ca) {
            (Some(path), Some(pem)) => {
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots(path, pem)?), provider);
                let verifier = if self.require_client { verifier } else { verifier.allow_unauthenticated() };
                let verifier = verifier.build().map_err(|error| content_of(path, error.to_string()))?;
                builder.with_client_cert_verifier(verifier)
            }
            _ => builder.with_no_client_auth(),
        };
        let mut config = builder.with_single_cert(chain, key).map_err(pair)?;
        config.alpn_protocols.clone_from(&self.protocols);
        Ok(Loaded { config: Arc::new(config), expires })
    }

    fn no_key(&self, error: &rustls::pki_types::pem::Error) -> TlsError {
        content_of(&self.key, format!("has no private key in PEM: {error}"))
    }
}

impl Content {
    fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for part in [Some(&self.cert), Some(&self.key), self.client_ca.as_ref()].into_iter().flatten() {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        hasher.finalize()
    }
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|source| TlsError::Read { path: path.to_owned(), source })
}

fn content_of(path: &Path, what: String) -> TlsError {
    TlsError::Content { path: path.to_owned(), what }
}

fn certificates(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = read.map_err(|error| content_of(path, format!("is no PEM: {error}")))?;
    if chain.is_empty() {
        return Err(content_of(path, "has no certificate in PEM".into()));
    }
    Ok(chain)
}

fn roots(path: &Path, pem: &[u8]) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path, pem)? {
        roots.add(certificate).map_err(|error| content_of(path, error.to_string()))?;
    }
    Ok(roots)
}

/// When the first of the chain to expire does.
fn expiry(path: &Path, chain: &[CertificateDer<'_>]) -> Result<i64, TlsError> {
    let mut first = i64::MAX;
    for certificate in chain {
        let (_, read) = X509Certificate::from_der(certificate).map_err(|error| content_of(path, error.to_string()))?;
        first = first.min(read.validity().not_after.timestamp());
    }
    Ok(first)
}

/// Keeps certificates up to date until the end.
pub(super) fn keep(tls: Option<Arc<Tls>>, watch: Watch) {
    let Some(tls) = tls else { return };
    let metrics = watch.metrics.clone();
    metrics.certificate_expires(tls.expires());
    tokio::spawn(watch.over("certificates", move || {
        let looked = tls.look();
        metrics.certificate_expires(tls.expires());
        looked
    }));
}

/// The names in a client's certificate: of its alternative names the URIs (SPIFFE) and DNS names, then the common name.
pub(super) fn names(certificate: &CertificateDer<'_>) -> Vec<String> {
    let Ok((_, read)) = X509Certificate::from_der(certificate) else { return Vec::new() };
    let mut names = Vec::new();
    if let Ok(Some(alternative)) = read.subject_alternative_name() {
        names.extend(alternative.value.general_names.iter().filter_map(|name| match name {
            GeneralName::URI(name) | GeneralName::DNSName(name) => Some((*name).to_owned()),
            _ => None,
        }));
    }
    names.extend(read.subject().iter_common_name().filter_map(|name| name.as_str().ok().map(str::to_owned)));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> TlsFiles {
        TlsFiles {
            cert: folder.join("tls.crt"),
            key: folder.join("tls.key"),
            client_ca: None,
            require_client: false,
            protocols: vec![b"h2".to_vec()],
        }
    }

    fn issue(folder: &Path, name: &str) {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        fs::write(folder.join("tls.crt"), made.cert.pem()).unwrap();
        fs::write(folder.join("tls.key"), made.signing_key.serialize_pem()).unwrap();
    }

    #[test]
    fn changed_files_are_taken_up_and_broken_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        issue(folder.path(), "a.example");
        let tls = Tls::load(files(folder.path())).unwrap();
        let first = tls.config();
        assert!(!tls.look().unwrap());
        fs::write(folder.path().join("tls.crt"), "rubbish").unwrap();
        assert!(tls.look().is_err());
        assert!(!tls.look().unwrap(), "a fault is told once");
        assert!(Arc::ptr_eq(&tls.config(), &first));
        issue(folder.path(), "b.example");
        assert!(tls.look().unwrap());
        assert!(!Arc::ptr_eq(&tls.config(), &first));
        assert!(tls.expires() > 0);
        fs::remove_file(folder.path().join("tls.key")).unwrap();
        assert!(tls.look().is_err());
        assert!(!tls.look().unwrap(), "a fault is told once");
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        issue(folder.path(), "a.example");
        let other = rcgen::KeyPair::generate().unwrap();
        fs::write(folder.path().join("tls.key"), other.serialize_pem()).unwrap();
        assert!(matches!(files(folder.path()).check(), Err(TlsError::Pair { .. })));
    }

    #[test]
    fn a_clients_names_are_read() {
        let made = rcgen::generate_simple_self_signed(vec!["indexer.example".to_owned()]).unwrap();
        assert_eq!(names(made.cert.der())[0], "indexer.example");
    }
}
