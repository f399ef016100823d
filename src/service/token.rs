//! Page tokens: where a page ended, bound to the request it belongs to.
//!
//! A token is base64url over a version byte, eight bytes that identify the request (everything but page size and token), the position
//! as postcard, and four bytes of checksum. Callers treat it as opaque; a token of another request, a damaged one and one of another
//! version are told apart from a good one before anything is read.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{ServiceError, ViolationReason};

const VERSION: u8 = 1;
const HEAD: usize = 9;
const CHECK: usize = 4;

/// Identity of a request: what a page token is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 8]);

impl Fingerprint {
    /// From the method's name and every parameter that decides which entries there are and in what order.
    pub(super) fn of(method: &str, parameters: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in [method].iter().chain(parameters) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let mut eight = [0; 8];
        eight.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Self(eight)
    }
}

/// The token for a position.
pub(super) fn encode<P: Serialize>(request: Fingerprint, position: &P) -> String {
    // Positions are plain structs of numbers and strings: postcard writes them all.
    let position = postcard::to_stdvec(position).unwrap_or_default();
    let mut bytes = Vec::with_capacity(HEAD + position.len() + CHECK);
    bytes.push(VERSION);
    bytes.extend_from_slice(&request.0);
    bytes.extend_from_slice(&position);
    let check = crc32fast::hash(&bytes).to_le_bytes();
    bytes.extend_from_slice(&check);
    BASE64URL_NOPAD.encode(&bytes)
}

/// The position of a token; `None` for the empty token of a first page.
///
/// # Errors
/// [`ServiceError::Invalid`] with `InvalidPageToken` or `PageTokenMismatch`.
pub(super) fn decode<P: DeserializeOwned>(request: Fingerprint, token: &str) -> Result<Option<P>, ServiceError> {
    decode_field("page_token", request, token)
}

/// The position of a token that stands in this field of the request.
///
/// # Errors
/// [`ServiceError::Invalid`] with `InvalidPageToken` or `PageTokenMismatch`.
pub(super) fn decode_field<P: DeserializeOwned>(
    field: &str,
    request: Fingerprint,
    token: &str,
) -> Result<Option<P>, ServiceError> {
    if token.is_empty() {
        return Ok(None);
    }
    let broken =
        || ServiceError::invalid(field, ViolationReason::InvalidPageToken, "is not a token that this service gave out");
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| broken())?;
    let (body, check) = bytes.split_last_chunk::<CHECK>().ok_or_else(broken)?;
    if body.len() < HEAD || body[0] != VERSION || crc32fast::hash(body).to_le_bytes() != *check {
        return Err(broken());
    }
    if body[1..HEAD] != request.0 {
        let rule = "belongs to another request; repeat the request that gave it, or begin without a token";
        return Err(ServiceError::invalid(field, ViolationReason::PageTokenMismatch, rule));
    }
    postcard::from_bytes(&body[HEAD..]).map(Some).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(error: ServiceError) -> ViolationReason {
        let ServiceError::Invalid(violations) = error else { panic!("another error") };
        violations[0].reason
    }

    #[test]
    fn positions_round_trip_for_their_own_request() {
        let request = Fingerprint::of("ListMeetings", &["date > 2024", ""]);
        let token = encode(request, &(7i32, "m-abc".to_owned()));
        assert_eq!(decode(request, &token).unwrap(), Some((7i32, "m-abc".to_owned())));
        assert_eq!(decode::<(i32, String)>(request, "").unwrap(), None);
    }

    #[test]
    fn other_tokens_are_told_apart() {
        let request = Fingerprint::of("ListMeetings", &["a", "b"]);
        let token = encode(request, &1u64);
        let other = Fingerprint::of("ListMeetings", &["ab", ""]);
        assert_eq!(reason(decode::<u64>(other, &token).unwrap_err()), ViolationReason::PageTokenMismatch);
        let mut damaged = token.clone().into_bytes();
        damaged[4] ^= 1;
        for bad in ["x", "ÿ", "AAAA", &token[1..], std::str::from_utf8(&damaged).unwrap()] {
            assert_eq!(reason(decode::<u64>(request, bad).unwrap_err()), ViolationReason::InvalidPageToken, "{bad}");
        }
    }
}
