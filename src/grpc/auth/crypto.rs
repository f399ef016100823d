//! Signatures of JWTs, checked with the library that TLS uses too. Keys that sign and check alike (HS256) are not taken: whoever can check such
//! a token could also make one.

use std::sync::Once;

use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Signatures that are taken.
pub(super) const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
    verifier_factory: |algorithm, key| Ok(Box::new(Signature { algorithm: *algorithm, key: key.clone() })),
    key_utils: KeyUtils::new_unimplemented(),
};

/// Makes the library use these. A program that has chosen others keeps them.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Refused only where a provider is in place, and that one serves.
        let _ = PROVIDER.install_default();
    });
}

struct Signature {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl JwtVerifier for Signature {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl Verifier<Vec<u8>> for Signature {
    fn verify(&self, message: &[u8], given: &Vec<u8>) -> Result<(), signature::Error> {
        let fits = match self.algorithm {
            Algorithm::RS256 => self.rsa(&RSA_PKCS1_2048_8192_SHA256, message, given),
            Algorithm::RS384 => self.rsa(&RSA_PKCS1_2048_8192_SHA384, message, given),
            Algorithm::RS512 => self.rsa(&RSA_PKCS1_2048_8192_SHA512, message, given),
            Algorithm::PS256 => self.rsa(&RSA_PSS_2048_8192_SHA256, message, given),
            Algorithm::PS384 => self.rsa(&RSA_PSS_2048_8192_SHA384, message, given),
            Algorithm::PS512 => self.rsa(&RSA_PSS_2048_8192_SHA512, message, given),
            Algorithm::ES256 => self.curve(&ECDSA_P256_SHA256_FIXED, message, given),
            Algorithm::ES384 => self.curve(&ECDSA_P384_SHA384_FIXED, message, given),
            Algorithm::EdDSA => self.edwards(message, given),
            _ => None,
        };
        fits.ok_or_else(signature::Error::new)
    }
}

impl Signature {
    fn rsa(&self, parameters: &'static RsaParameters, message: &[u8], given: &[u8]) -> Option<()> {
        match self.key.kind() {
            DecodingKeyKind::RsaModulusExponent { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(parameters, message, given).ok()
            }
            DecodingKeyKind::SecretOrDer(_) => None,
        }
    }

    fn curve(&self, kind: &'static EcdsaVerificationAlgorithm, message: &[u8], given: &[u8]) -> Option<()> {
        match self.key.kind() {
            DecodingKeyKind::SecretOrDer(point) if self.key.family() == AlgorithmFamily::Ec => {
                UnparsedPublicKey::new(kind, point).verify(message, given).ok()
            }
            _ => None,
        }
    }

    fn edwards(&self, message: &[u8], given: &[u8]) -> Option<()> {
        match self.key.kind() {
            DecodingKeyKind::SecretOrDer(point) if self.key.family() == AlgorithmFamily::Ed => {
                UnparsedPublicKey::new(&ED25519, point).verify(message, given).ok()
            }
            _ => None,
        }
    }
}

/// What is wrong with a token, by what the library says.
pub(super) fn problem(error: &Error) -> super::Problem {
    use super::Problem;
    match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => Problem::Signature,
        ErrorKind::ExpiredSignature | ErrorKind::ImmatureSignature => Problem::Expired,
        ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience | ErrorKind::MissingRequiredClaim(_) => Problem::Foreign,
        _ => Problem::Malformed,
    }
}
