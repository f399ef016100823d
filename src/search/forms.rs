//! The forms of a bare word, out of the dictionary of forms: an automaton walks only where its letters are.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use super::analysis::{TYPED, is_tone};
use super::error::Result;
use crate::text::fold;

/// Most forms of one word; Vietnamese has some twenty at most.
const MAX_FORMS: usize = 64;
/// Most forms looked at for a beginning, per segment.
const MAX_LOOKED_AT: usize = 20_000;

/// Accepts the forms that are a word, or begin with it, once their marks are gone.
struct Bare<'a> {
    word: &'a [u8],
    /// True to accept what begins so.
    begins: bool,
}

/// How far a form has been read.
#[derive(Clone, Copy)]
struct At {
    /// Bytes of the word that it agrees with; `None` if it does not.
    agreed: Option<usize>,
    /// The bytes of a character that is not whole yet.
    pending: [u8; 4],
    length: usize,
}

impl Automaton for Bare<'_> {
    type State = At;

    fn start(&self) -> At {
        At { agreed: Some(0), pending: [0; 4], length: 0 }
    }

    fn is_match(&self, at: &At) -> bool {
        at.length == 0 && at.agreed == Some(self.word.len())
    }

    fn can_match(&self, at: &At) -> bool {
        at.agreed.is_some()
    }

    fn accept(&self, at: &At, byte: u8) -> At {
        let mut next = *at;
        let (Some(agreed), Some(slot)) = (at.agreed, next.pending.get_mut(at.length)) else {
            return At { agreed: None, ..*at };
        };
        *slot = byte;
        next.length += 1;
        let Ok(text) = std::str::from_utf8(&next.pending[..next.length]) else { return next };
        let Some(letter) = text.chars().next() else { return next };
        next.length = 0;
        next.agreed = self.after(agreed, letter);
        next
    }
}

impl Bare<'_> {
    /// How much of the word is agreed with after one more letter of a form.
    fn after(&self, agreed: usize, letter: char) -> Option<usize> {
        if is_tone(letter) || (self.begins && agreed == self.word.len()) {
            return if agreed == 0 { None } else { Some(agreed) };
        }
        let mut bytes = [0; 4];
        let bare = fold::bare(letter).encode_utf8(&mut bytes);
        self.word[agreed..].starts_with(bare.as_bytes()).then(|| agreed + bare.len())
    }
}

/// The forms in a field that are this word without marks, in order.
pub(super) fn of_word(searcher: &tantivy::Searcher, field: Field, bare: &str) -> Result<Vec<String>> {
    let mut forms: Vec<String> = Vec::new();
    each(searcher, field, Bare { word: bare.as_bytes(), begins: false }, |form, _| {
        if let Err(at) = forms.binary_search_by(|known| known.as_str().cmp(form)) {
            forms.insert(at, form.to_owned());
        }
        forms.len() < MAX_FORMS
    })?;
    Ok(forms)
}

/// The bare words that begin so in a field of forms, each with the number of documents of its forms, about.
pub(super) fn beginning(searcher: &tantivy::Searcher, field: Field, bare: &str) -> Result<FxHashMap<String, u64>> {
    let mut words: FxHashMap<String, u64> = FxHashMap::default();
    let mut word = String::new();
    let mut looked_at = 0;
    each(searcher, field, Bare { word: bare.as_bytes(), begins: true }, |form, documents| {
        word.clear();
        super::analysis::bare_into(form, &mut word);
        match words.get_mut(&word) {
            Some(count) => *count += documents,
            None => _ = words.insert(word.clone(), documents),
        }
        looked_at += 1;
        looked_at % MAX_LOOKED_AT != 0
    })?;
    Ok(words)
}

/// Calls `take` with the forms of each segment and the number of their documents there, until it returns false for the segment.
fn each(
    searcher: &tantivy::Searcher,
    field: Field,
    bare: Bare<'_>,
    mut take: impl FnMut(&str, u64) -> bool,
) -> Result<()> {
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let automaton = Bare { ..bare };
        let mut stream = index.terms().search(automaton).into_stream()?;
        while stream.advance() {
            let Ok(form) = std::str::from_utf8(stream.key()) else { continue };
            if !form.starts_with(TYPED) && !take(form, u64::from(stream.value().doc_freq)) {
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(word: &str, begins: bool, form: &str) -> bool {
        let bare = Bare { word: word.as_bytes(), begins };
        let end = form.bytes().fold(bare.start(), |at, byte| bare.accept(&at, byte));
        bare.is_match(&end)
    }

    #[test]
    fn forms_are_told_by_their_letters() {
        for form in ["đương`", "dương", "đuông", "duong", "dưong?"] {
            assert!(accepts("duong", false, form), "{form}");
        }
        for form in ["đươn", "đươngg", "", "`", "=duong", "đường"] {
            assert_eq!(accepts("duong", false, form), form == "đường", "{form}");
        }
        assert!(accepts("ngh", true, "nghi.") && accepts("ngh", true, "ngh") && !accepts("ngh", true, "ng"));
        assert!(!accepts("a", false, "😀") && accepts("8598", false, "8598"));
    }
}
