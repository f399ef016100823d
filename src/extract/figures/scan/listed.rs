//! Numbers that only head a list, point back to one, or stand in a slogan.

use super::{Amount, PLACES, Scan};
use crate::extract::figures::units::Measured;
use crate::text::{Case, Kind, WordKey};

impl Scan<'_> {
    /// "3 đối tượng là: …", "2 quận Ba Đình và Tây Hồ": a small number whose things are listed.
    pub(super) fn heads_list(&self, amount: &Amount, unit: &Measured) -> bool {
        if amount.number.value > 10.0 {
            return false;
        }
        let colon = (unit.end..unit.end + 3).any(|at| self.is_sign(at, ":")) || self.tells_list(unit.end);
        let name = self.tokens().get(unit.end).is_some_and(|next| next.is_capital() && next.spaced);
        let level = PLACES.iter().any(|place| unit.name.to_lowercase() == *place);
        colon || (name && level)
    }

    /// "6 doanh nghiệp thuộc diện bàn giao, bao gồm: …", "10 việc trọng tâm trong năm tới như sau: …".
    fn tells_list(&self, at: usize) -> bool {
        const LONGEST: usize = 18;
        let inside = |at: &usize| {
            let kind = self.tokens().get(*at).map(|token| token.kind);
            matches!(kind, Some(Kind::Word(_) | Kind::Sign(',')))
        };
        let end = at + (at..at + LONGEST).take_while(inside).count();
        let leads = matches!(self.reading.word(end.saturating_sub(1)), "gồm" | "sau" | "là" | "như");
        end > at && self.is_sign(end, ":") && leads
    }

    /// "5 nhiệm vụ này", "2 ngôi nhà nêu trên": what was counted before.
    pub(super) fn is_told_before(&self, unit: &Measured) -> bool {
        let next = self.tokens().get(unit.end).map(|token| token.key);
        let after = self.tokens().get(unit.end + 1).map(|token| token.key);
        let [this, that, said, above] = ["này", "đó", "nêu", "trên"].map(WordKey::of);
        next == Some(this) || next == Some(that) || (next == Some(said) && after == Some(above))
    }

    /// "thi công \"3 ca, 4 kíp\"", "mô hình \"5 không, 3 sạch\"": small numbers of a few words in quotation marks.
    pub(super) fn is_slogan(&self, at: usize, unit: &Measured) -> bool {
        const LONGEST: usize = 6;
        let quote = |at: usize| {
            self.tokens()
                .get(at)
                .is_some_and(|token| matches!(token.kind, Kind::Sign('"' | '“' | '”' | '‘' | '’' | '\'')))
        };
        let inside = |at: &usize| {
            let kind = self.tokens().get(*at).map(|token| token.kind);
            matches!(kind, Some(Kind::Word(Case::Lower) | Kind::Number | Kind::Sign(',' | '-' | '–')))
        };
        let before = (at.saturating_sub(LONGEST)..at).rev().take_while(inside).count();
        let behind = unit.end + (unit.end..unit.end + LONGEST).take_while(inside).count();
        let begins = self.tokens()[at - before].kind == Kind::Number;
        begins && at > before && quote(at - before - 1) && quote(behind)
    }
}
