//! How far what is asked, praised or said aside reaches: results and failures inside weigh less.

use super::{ATTAINED, FAILED};
use crate::extract::items::cues::{Lexicon, Weights};
use crate::text::{Kind, Token};

/// What the words before say about those that follow.
#[derive(Default)]
pub(super) struct Scope {
    /// Behind "cần", "phải", "yêu cầu": results and failures are those to be reached and avoided.
    pub(super) asked: bool,
    /// Behind "đánh giá cao", "cảm ơn": results are what is praised.
    pub(super) praised: bool,
    /// Inside "để …", "nếu …", "mặc dù …", up to the next comma.
    pub(super) aside: bool,
}

impl Scope {
    pub(super) fn turn(&mut self, lexicon: &Lexicon, token: &Token, sums: &mut Weights) {
        if lexicon.words.asides.contains(token.key) {
            self.aside = true;
        } else if matches!(token.kind, Kind::Sign(',' | ';')) {
            self.aside = false;
        } else if lexicon.words.contrasts.contains(token.key) {
            // "đạt chỉ tiêu nhưng còn chậm": what stands before "nhưng" weighs half.
            sums[ATTAINED] /= 2;
            sums[FAILED] /= 2;
            *self = Self::default();
        }
    }

    pub(super) fn weigh(&self, kind: usize, weight: i32) -> i32 {
        match kind {
            ATTAINED | FAILED if self.asked => weight * 4 / 10,
            ATTAINED if self.praised => weight * 3 / 10,
            ATTAINED | FAILED if self.aside => weight / 2,
            _ => weight,
        }
    }
}
