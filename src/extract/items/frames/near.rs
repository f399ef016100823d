//! What stands right around a word decides whether it speaks: "của **ông Lân**" does not, nor does who is asked in "đề nghị **Bộ Y tế** chỉ đạo".

use std::ops::Range;

use super::super::cues::Lexicon;
use super::super::inside;
use super::{Act, Candidate, Frame, Search, Subject};
use crate::extract::Context;
use crate::text::{Case, Kind};

/// "Bộ Tài chính chủ trì, phối hợp với …": the body is told what to do by whoever has the floor; it says nothing itself.
pub(in crate::extract::items) fn is_tasked(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    let reading = context.reading;
    let start = (tokens.start..tokens.end.min(tokens.start + 3)).find(|&at| reading.tokens[at].is_word());
    let Some(body) = start.and_then(|at| context.organization_at(at)) else { return false };
    let at = body.tokens.end;
    let comma = usize::from(reading.tokens.get(at + 2).is_some_and(|token| token.is(',')));
    let word = |offset: usize| reading.word(at + offset);
    (word(0), word(1), word(2 + comma)) == ("chủ", "trì", "phối") && at + 2 < tokens.end
}

/// "…, ông Lân | nói: “…”", "Bà Hà | tán đồng: “…”": the person named last before the colon of a quotation, by whatever verb, unless `known` names one
/// behind.
pub(super) fn before_quote(
    context: &Context<'_>,
    lexicon: &Lexicon,
    tokens: &Range<usize>,
    known: Option<&Frame>,
) -> Option<Frame> {
    /// Tokens between a name and the colon.
    const NEAR: usize = 7;
    let reading = context.reading;
    let quote = context.structure.quotes_from(tokens.start).iter().find(|quote| quote.tokens.start > tokens.start)?;
    let colon = quote.tokens.start.checked_sub(1).filter(|&at| at < tokens.end && reading.tokens[at].is(':'))?;
    let person = inside(&context.people.mentions, &(tokens.start..colon)).last()?;
    let (start, end) = (person.tokens.start, person.tokens.end);
    // "tin nhắn ông Lân nhận được viết: “…”": words of somebody else.
    let another = |at: usize| matches!(reading.word(at), "nhận" | "nội" | "gửi" | "viết" | "đề" | "tên");
    let words = |from: usize| (from..colon).all(|at| reading.tokens[at].is_word() && !another(at));
    // "Ông Lân, Giám đốc Công ty Tân Lâm, | bức xúc: “…”": the verb stands behind what the person is.
    let comma = || (end..colon).rev().find(|&at| reading.tokens[at].is(','));
    let opens = start <= tokens.start + 1;
    let behind =
        || opens && comma().is_some_and(|comma| comma + 1 < colon && colon - comma <= NEAR && words(comma + 1));
    let near = end <= colon && (colon - end <= NEAR && words(end) || behind());
    let object = start > tokens.start && lexicon.words.object_markers.contains(reading.tokens[start - 1].key);
    let later = known.is_none_or(|frame| frame.start < start);
    let subject = Subject::Person(person.value);
    (near && !object && later).then_some(Frame {
        subject,
        act: Act::Say,
        also: None,
        start,
        end: colon,
        trailing: false,
    })
}

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

    /// "Báo cáo của | ông Lân cho biết …": whose paper it is speaks.
    pub(super) fn is_author(&self, at: usize) -> bool {
        let word = |back: usize| self.context.reading.word(at - back);
        at == self.tokens.start + 3 && (word(3), word(2), word(1)) == ("Báo", "cáo", "của")
    }

    pub(super) fn is_object(&self, at: usize) -> bool {
        at > self.tokens.start
            && (self.lexicon.words.object_markers.contains(self.context.reading.tokens[at - 1].key)
                || self.is_asked(at))
    }

    /// "nghe lãnh đạo | Sở Y tế báo cáo": the body whose leaders are listened to.
    pub(super) fn leaders_are_object(&self, at: usize) -> bool {
        let word = |back: usize| self.context.reading.word(at - back);
        let leaders = || matches!((word(2), word(1)), ("lãnh", "đạo") | ("đại", "diện"));
        at >= self.tokens.start + 3 && leaders() && self.is_object(at - 2)
    }

    /// "nghe Sở Y tế, Sở Xây dựng và các quận | báo cáo": the verb of those who are listened to.
    pub(super) fn is_listened_to(&self, at: usize) -> bool {
        /// Tokens of a list of those who report.
        const LIST: usize = 60;
        let reading = self.context.reading;
        let reports = |at: usize| {
            matches!(
                (reading.word(at), reading.word(at + 1)),
                ("báo", "cáo")
                    | ("trình", "bày")
                    | ("giải", "trình")
                    | ("phát", "biểu")
                    | ("truyền", "đạt")
                    | ("quán", "triệt")
            )
        };
        let from = self.tokens.start.max(at.saturating_sub(LIST));
        reports(at) && {
            let heard = (from..at).rev().find(|&at| matches!(reading.word(at), "nghe" | "Nghe"));
            let verb = |at: usize| {
                !reports(at)
                    && self.lexicon.verbs.longest(&reading.tokens, at).is_some_and(|(_, act)| *act != Act::None)
            };
            heard.is_some_and(|heard| {
                !(heard + 1..at).any(|at| super::super::name_end(self.context, at).is_none() && verb(at))
            })
        }
    }

    /// "được | UBND tỉnh giao", "nhiệm vụ | Thủ tướng giao": who gives is named between "được" or what is given and the verb.
    pub(super) fn is_told_of(&self, at: usize) -> bool {
        /// Tokens looked through before the verb.
        const NEAR: usize = 14;
        let reading = self.context.reading;
        let near = self.tokens.start.max(at.saturating_sub(NEAR))..at;
        let given = near.clone().rev().take_while(|&at| reading.tokens[at].is_word());
        let passive = given.clone().any(|at| reading.word(at) == "được");
        // "các nhiệm vụ Chính phủ, Thủ tướng giao".
        let task = |who: &Candidate| {
            let before = self.tokens.start.max(who.start.saturating_sub(4))..who.start;
            before.clone().any(|at| reading.word(at) == "nhiệm" && reading.word(at + 1) == "vụ")
        };
        passive || self.who.as_ref().is_some_and(task)
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
