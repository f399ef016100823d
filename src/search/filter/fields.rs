//! What a filter may name.

/// What kind of values a field holds, which decides the operators it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// One of these words; case does not matter. Takes `=`, `!=` and `:`.
    Enumeration(&'static [&'static str]),
    /// A person, body, place or document: its id (`entities/…`) or one of its names. `=` compares the whole name, `:` finds a
    /// part of it; marks that are typed are respected.
    Name,
    /// Words. `=` compares all of them, `:` finds a part; marks that are typed are respected.
    Text,
    /// An identifier or code, compared as it is; resource names also without their collection. Takes `=`, `!=` and `:`.
    Code,
    /// A number. Takes all operators.
    Number,
    /// A date, EDTF of any precision, compared by interval. Takes all operators.
    Date,
    /// A moment, RFC 3339, or a day of UTC. Takes all operators.
    Time,
    /// `true` or `false`. Takes `=`, `!=` and `:`.
    Boolean,
}

impl ValueKind {
    /// The operators that a field of this kind takes.
    #[must_use]
    pub fn operators(self) -> &'static [&'static str] {
        if self.is_ordered() { &["=", "!=", "<", "<=", ">", ">=", ":"] } else { &["=", "!=", ":"] }
    }

    /// True if values of this kind come before and after each other.
    pub(super) fn is_ordered(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Time)
    }
}

/// One field that a filter may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// Its values.
    pub kind: ValueKind,
    /// What it means, in English.
    pub description: &'static str,
}

impl FieldSpec {
    /// A field.
    #[must_use]
    pub const fn new(name: &'static str, kind: ValueKind, description: &'static str) -> Self {
        Self { name, kind, description }
    }
}

/// The fields that a method's filter may name.
#[derive(Debug, Clone, Copy)]
pub struct FieldList {
    fields: &'static [FieldSpec],
}

impl FieldList {
    /// A list of fields.
    #[must_use]
    pub const fn new(fields: &'static [FieldSpec]) -> Self {
        Self { fields }
    }

    /// The fields, as published.
    #[must_use]
    pub fn fields(&self) -> &'static [FieldSpec] {
        self.fields
    }

    /// The field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Names of fields that a mistyped name may mean, nearest first; at most three.
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<String> {
        near(name, self.fields.iter().map(|field| field.name))
    }
}

/// The known words that a mistyped one may mean: few letters differ, or one begins with the other.
pub(super) fn near(typed: &str, known: impl Iterator<Item = &'static str>) -> Vec<String> {
    let typed = typed.to_lowercase();
    let mut close: Vec<(usize, &str)> = known
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let distance = distance(&typed, &lower);
            let begins = typed.len() >= 3 && (lower.starts_with(&typed) || typed.starts_with(&lower));
            (distance <= 1 + typed.len() / 3 || begins).then_some((distance, name))
        })
        .collect();
    close.sort_unstable();
    close.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// Edit distance of two words, counted in bytes; long words are cut, since nothing long is near a field.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (&a.as_bytes()[..a.len().min(40)], &b.as_bytes()[..b.len().min(40)]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["date", "kind", "convener", "legal_document"];
        assert_eq!(near("knd", names.into_iter()), ["kind"]);
        assert_eq!(near("convenor", names.into_iter()), ["convener"]);
        assert_eq!(near("legal", names.into_iter()), ["legal_document"]);
        assert!(near("zzz", names.into_iter()).is_empty());
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
    }
}
