//! What has been typed so far.

use super::fit::{self, Fit};
use super::keys::{Keyed, cut};
use super::pieces::{Piece, plain, spelt};
use crate::registry::keys::Naming;
use crate::text::{Document, Typing, fold};

/// Most words compared; more are cut off.
const MAX_WORDS: usize = 16;

/// The beginning of a name, or of a part of it that begins with a word.
#[derive(Debug, Clone)]
pub struct Prefix {
    /// The words in each way they may be read: as they stand, and with short forms spelt out.
    readings: Vec<Vec<Piece>>,
    /// True if the last word was typed to its end.
    pub(super) ends: bool,
}

impl Prefix {
    /// Reads what was typed. Signs alone give a prefix without [`Prefix::keys`].
    #[must_use]
    pub fn read(typed: &str, naming: &Naming) -> Self {
        let document = Document::new(typed);
        let text = document.text();
        let table = &naming.abbreviations;
        let mut readings: Vec<Vec<Piece>> = Vec::new();
        let all =
            [Some(plain(text)), spelt(text, table, Typing::Hasty, true), spelt(text, table, Typing::Hasty, false)];
        for mut pieces in all.into_iter().flatten() {
            pieces.truncate(MAX_WORDS);
            let letters = |pieces: &[Piece]| pieces.iter().map(|piece| piece.letters.clone()).collect::<Vec<_>>();
            if !pieces.is_empty() && !readings.iter().any(|known| letters(known) == letters(&pieces)) {
                readings.push(pieces);
            }
        }
        let ends = typed.chars().next_back().is_some_and(|last| !last.is_alphanumeric());
        Self { readings, ends }
    }

    /// The beginnings of the keys that it may be found under, each once.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let key = |pieces: &Vec<Piece>| {
            let mut key = pieces.iter().map(|piece| piece.letters.as_str()).collect::<Vec<_>>().join(" ");
            if self.ends {
                key.push(' ');
            }
            cut(key)
        };
        let mut keys: Vec<String> = self.readings.iter().map(key).collect();
        keys.dedup();
        keys
    }

    /// How a name goes on from it; `None` if it does not.
    #[must_use]
    pub fn fit(&self, keyed: &Keyed, naming: &Naming) -> Option<Fit> {
        let spelt = keyed.spelt.then(|| spelt(&keyed.name, &naming.abbreviations, Typing::Edited, false)).flatten();
        let name = spelt.unwrap_or_else(|| plain(&keyed.name));
        self.readings.iter().filter_map(|typed| fit::best(typed, self.ends, &name)).max_by(Fit::by_closeness)
    }

    /// True if marks were typed.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.readings.first().is_some_and(|typed| typed.iter().any(|piece| fold::has_marks(&piece.text)))
    }
}
