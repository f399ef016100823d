//! Loading of the lexicons that ship with the reader.

use crate::text::Phrases;

/// Reads a lexicon of this package: a phrase a line, a tab, a word for the value. A line whose value `meaning` does not know is a
/// mistake in a data file of ours; it is left out, and the test of the lexicon finds it.
///
/// "Ban Chấp hành TƯ" is read with full stops too, as some papers write it: "Ban Chấp hành T.Ư".
pub(super) fn load<T>(lexicon: &'static str, meaning: impl Fn(&'static str) -> Option<T>) -> Phrases<T> {
    let mut phrases = Phrases::default();
    for line in lexicon.lines() {
        let Some((phrase, value)) = entry(line) else { continue };
        if phrase.contains("TƯ")
            && let Some(value) = meaning(value)
        {
            phrases.add(&phrase.replace("TƯ", "T.Ư"), value);
        }
        if let Some(value) = meaning(value) {
            phrases.add(phrase, value);
        }
    }
    phrases
}

/// The phrases of a lexicon with their values, in its order.
pub(super) fn entries(lexicon: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lexicon.lines().filter_map(entry)
}

/// Phrase and value of a line; `None` for comments and empty lines.
fn entry(line: &str) -> Option<(&str, &str)> {
    let content = line.split('#').next().unwrap_or_default().trim_end();
    let (phrase, value) = content.split_once('\t').unwrap_or((content, ""));
    (!phrase.trim().is_empty()).then(|| (phrase.trim(), value.trim()))
}

/// The lines whose value `meaning` refuses; for tests of lexicons.
#[cfg(test)]
pub(super) fn refused<T>(lexicon: &'static str, meaning: impl Fn(&'static str) -> Option<T>) -> Vec<&'static str> {
    lexicon.lines().filter(|line| entry(line).is_some_and(|(_, value)| meaning(value).is_none())).collect()
}
