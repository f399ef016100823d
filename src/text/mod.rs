//! Vietnamese text: normalised once, with the way back to the stored text kept for every character.
//!
//! [`Document`] is the stored text made readable (composed, look-alikes mended, markup taken out), [`Reading`] that text cut
//! into [`Token`]s and [`Sentence`]s, [`Phrases`] a dictionary of word sequences that is looked up in one pass. [`fold`]
//! says when two spellings are the same word.
//!
//! This room knows no I/O, no clock and no index.

mod abbreviations;
mod broken_lines;
mod document;
pub mod fold;
mod html;
mod key;
mod letters;
mod phrases;
mod plain;
mod reading;
mod token;
mod words;

pub use abbreviations::{Abbreviations, ShortForm, Typing};
pub use document::Document;
pub use key::WordKey;
pub use phrases::Phrases;
#[cfg(test)]
pub(crate) use phrases::work;
pub use reading::{Line, Reading, Sentence};
pub use token::{Case, Kind, Token, tokenize};
pub use words::WordSet;
