//! What stands right around a word decides whether it speaks: "của **ông Lân**" does not, nor does who is asked in "đề nghị **Bộ Y tế** chỉ đạo".

use super::{Act, Candidate, Search};
use crate::text::Case;
use crate::text::Kind;

impl Search<'_> {
    /// "Tại | hội nghị", "trong | cuộc họp": where it happens.
    pub(super) fn is_there(&self, at: usize) -> bool {
        at > self.tokens.start && matches!(self.context.reading.word(at - 1), "Tại" | "tại" | "Trong" | "trong")
    }

    /// "đại biểu | Quốc hội", "thành viên | Ủy ban …": those who sit in a body do not speak for it; "phát ngôn viên" does.
    pub(super) fn sits_in(&self, body: usize) -> bool {
        let word = |back: usize| self.context.reading.word(body.saturating_sub(back));
        matches!((word(2), word(1)), ("đại" | "Đại", "biểu") | ("cử" | "Cử", "tri"))
            || word(1) == "viên" && word(2) != "ngôn"
    }

    pub(super) fn is_object(&self, at: usize) -> bool {
        at > self.tokens.start
            && (self.lexicon.words.object_markers.contains(self.context.reading.tokens[at - 1].key)
                || self.is_asked(at))
    }

    /// "có văn bản đề nghị | Bộ Y tế chỉ đạo …": who is asked does not speak.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        let all = &self.context.reading.tokens[..at];
        (1..=2).filter_map(|back| at.checked_sub(back)).filter(|from| *from >= self.tokens.start).any(|from| {
            self.lexicon
                .verbs
                .longest(all, from)
                .is_some_and(|(end, act)| end == at && matches!(act, Act::Order | Act::Ask | Act::Propose))
        })
    }

    /// "cần đánh giá", "việc báo cáo": no reporting verb, though it looks like one.
    pub(super) fn is_blocked(&self, at: usize) -> bool {
        let before = at
            .checked_sub(1)
            .filter(|&before| before >= self.tokens.start)
            .map(|before| &self.context.reading.tokens[before]);
        before.is_some_and(|token| {
            token.kind == Kind::Word(Case::Lower) && self.lexicon.words.blockers.contains(token.key)
        })
    }

    /// "vượt 13% chỉ tiêu Bộ Công an | giao.": a verb of giving with nothing behind it closes a clause about what was given.
    pub(super) fn closes_relative(&self, at: usize, end: usize) -> bool {
        let next = self.context.reading.tokens.get(end).filter(|_| end < self.tokens.end);
        self.context.reading.word(at) == "giao" && next.is_none_or(|token| !token.is_word() && !token.is(':'))
    }

    /// "Đàn lợn đã được tiêm phòng, ông Lân | cho biết.": the words stand before who says them, without quotation marks.
    pub(super) fn closes(&self, who: &Candidate, end: usize) -> bool {
        /// The fewest tokens of what is said.
        const WORDS: usize = 7;
        let set_off = || {
            let before = &self.context.reading.tokens[who.start - 1];
            matches!(before.kind, Kind::Sign(',' | '-' | '–' | '"' | '”' | '\'' | '’' | '»'))
        };
        end + 1 >= self.tokens.end && who.start > self.tokens.start + WORDS && set_off()
    }

    /// True at the beginning of the sentence, after a connective, a comma or a bullet.
    pub(super) fn begins_clause(&self, at: usize) -> bool {
        let tokens = &self.context.reading.tokens;
        if at <= self.tokens.start {
            return true;
        }
        // "Qua đó cũng | yêu cầu …".
        if self.context.reading.word(at - 1) == "cũng" {
            return self.begins_clause(at - 1);
        }
        let before = &tokens[at - 1];
        matches!(before.kind, Kind::Sign(',' | ';' | '-' | '–' | '•' | '+' | '*' | '"' | '”' | '“'))
            || (at - self.tokens.start <= 3
                && self.lexicon.connectives.longest(tokens, self.tokens.start).is_some_and(|(end, ())| end == at))
            || (at - self.tokens.start <= 2)
    }
}
