//! Names as they are typed: which entities have a name in which the letters typed so far begin a word.
//!
//! Each name gives one key for each of its words: the letters from that word to the end of the name, marks left out, `y` as `i`.
//! "ngh", "thanh ngh" and "nguyen thanh ngh" are then prefixes of keys of "Nguyễn Thanh Nghị". Names with short forms also give
//! the keys of the words that those stand for, so that "ubnd tp h" and "ủy ban nhân dân th" find each other's spelling. What was typed with marks is
//! held to: [`Prefix::fit`] compares it with the name itself.
//!
//! A store keeps keys in order within a [`class`], the highest first, so that the most seen entities of any prefix, be it one
//! letter, are the first few rows of a handful of ranges.

mod fit;
mod keys;
mod pieces;
mod prefix;
mod units;

pub use fit::Fit;
pub use keys::{Keyed, class, keys, weight};
pub use prefix::Prefix;
pub use units::UnitNames;

/// Longest key, in bytes; what is typed beyond it is compared with the names alone.
const KEY_BYTES: usize = 40;

#[cfg(test)]
mod tests;
