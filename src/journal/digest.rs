//! Checksums and fingerprints: BLAKE3 over fields that cannot run into each other.

/// What tells two things apart, or that one was damaged.
pub(super) type Digest = [u8; 32];

/// Hashes fields one after the other. Each is preceded by its length, so that no two sequences of fields hash alike
/// because their borders differ.
pub(super) struct Fields(blake3::Hasher);

impl Fields {
    /// Begins a digest of one kind of thing; `kind` keeps kinds apart.
    pub(super) fn of(kind: &str) -> Self {
        Self(blake3::Hasher::new()).bytes(kind.as_bytes())
    }

    pub(super) fn bytes(mut self, field: &[u8]) -> Self {
        self.0.update(&(field.len() as u64).to_le_bytes()).update(field);
        self
    }

    pub(super) fn number(self, field: i64) -> Self {
        self.bytes(&field.to_le_bytes())
    }

    /// A field that may be absent, which differs from an empty one.
    pub(super) fn optional(self, field: Option<&str>) -> Self {
        match field {
            None => self.bytes(&[0]),
            Some(text) => self.bytes(&[1]).bytes(text.as_bytes()),
        }
    }

    pub(super) fn finish(self) -> Digest {
        *self.0.finalize().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_absence_and_kind_count() {
        let digests = [
            Fields::of("k").bytes(b"ab").bytes(b"c").finish(),
            Fields::of("k").bytes(b"a").bytes(b"bc").finish(),
            Fields::of("l").bytes(b"a").bytes(b"bc").finish(),
            Fields::of("k").optional(None).finish(),
            Fields::of("k").optional(Some("")).finish(),
        ];
        for (at, one) in digests.iter().enumerate() {
            assert!(!digests[at + 1..].contains(one), "{at}");
        }
    }
}
