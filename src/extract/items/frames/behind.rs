//! What stands behind a verb or "theo": further acts, decisions made known, and sources.

use super::super::cues::Noun;
use super::super::inside;
use super::{Act, Frame, Search, Subject};

impl Search<'_> {
    /// "công bố hai Nghị quyết", "công bố các quyết định của …": what was decided is made known.
    pub(super) fn announces_decision(&self, at: usize, end: usize) -> bool {
        let word = |at: usize| self.context.reading.word(at);
        let told = matches!(word(at), "công" | "trao") || (word(at) == "thông" && word(at + 1) == "báo");
        told && word(end - 1) != "cáo"
            && (end..self.tokens.end.min(end + 3))
                .any(|at| matches!((word(at), word(at + 1)), ("quyết" | "Quyết", "định") | ("nghị" | "Nghị", "quyết")))
    }

    /// "nói **và yêu cầu**", "đánh giá cao …, **đề nghị**" close behind.
    pub(super) fn joined(&self, end: usize) -> Option<Act> {
        let all = &self.context.reading.tokens[..self.tokens.end];
        all.get(end).filter(|token| token.key == self.lexicon.words.and || token.is(','))?;
        self.lexicon
            .verbs
            .longest(all, end + 1)
            .map(|(_, act)| *act)
            .filter(|act| !matches!(act, Act::None | Act::Topic))
    }

    /// True where a paper's words begin: "nêu rõ", "cho thấy".
    fn tells(&self, at: usize) -> bool {
        let word = |at: usize| self.context.reading.word(at);
        matches!(
            (word(at), word(at + 1)),
            ("nêu", "rõ")
                | ("cho", "thấy" | "biết" | "hay")
                | ("chỉ", "rõ" | "ra")
                | ("đánh", "giá")
                | ("khẳng", "định")
        )
    }

    /// One past "nêu rõ" and the like behind "trình bày" and the name of a paper.
    fn told_behind(&self, from: usize) -> Option<usize> {
        /// Words of the paper's name before its verb.
        const NEAR: usize = 14;
        let reading = self.context.reading;
        // "trình bày báo cáo đánh giá …": what the paper is about.
        let noun = |at: usize| reading.word(at) == "đánh" && at > from;
        let words = (from..self.tokens.end.min(from + NEAR)).take_while(|&at| reading.tokens[at].is_word());
        words.filter(|&at| !noun(at)).find(|&at| self.tells(at)).map(|verb| verb + 2)
    }

    fn is_presenting(&self, at: usize) -> bool {
        self.context.reading.word(at) == "trình" && self.context.reading.word(at + 1) == "bày"
    }

    /// "Ông Lân trình bày báo cáo | cho biết …": words of who presents a paper, where no more was said of it so far.
    pub(super) fn presents(&self, frame: &Frame) -> Option<Frame> {
        if !(frame.start..frame.end).any(|at| self.is_presenting(at)) || !matches!(frame.subject, Subject::Person(_)) {
            return None;
        }
        Some(Frame { act: Act::Say, end: self.told_behind(frame.end)?, ..frame.clone() })
    }

    /// "Báo cáo của UBND xã do ông Lân, Phó Chủ tịch, trình bày | nêu rõ: …".
    pub(super) fn presented(&self) -> Option<Frame> {
        /// Tokens in which paper and name are told.
        const REACH: usize = 60;
        let word = |at: usize| self.context.reading.word(at);
        let start = self.tokens.start;
        if !matches!((word(start), word(start + 1)), ("Báo", "cáo") | ("Tờ", "trình")) {
            return None;
        }
        let verb = (start + 2..self.tokens.end.min(start + REACH)).find(|&at| self.is_presenting(at))?;
        let by = (start + 2..verb).find(|&at| word(at) == "do")?;
        let person = inside(&self.context.people.mentions, &(by..verb)).first()?;
        let (subject, end) = (Subject::Person(person.value), self.told_behind(verb + 2)?);
        Some(Frame { subject, act: Act::Say, also: None, start, end, trailing: false })
    }

    /// "Báo cáo của UBND xã | nêu rõ: …", "Báo cáo tại kỳ họp | cho thấy …": words of the paper or of whose it is, not of whoever spoke before.
    pub(super) fn report_tells(&self) -> Option<Frame> {
        /// Tokens between the paper and its verb.
        const NEAR: usize = 16;
        let (reading, start) = (self.context.reading, self.tokens.start);
        let word = |at: usize| reading.word(at);
        if !matches!((word(start), word(start + 1)), ("Báo" | "báo", "cáo"))
            || matches!(word(start + 2), "với" | "trước")
        {
            return None;
        }
        let near = start + 2..self.tokens.end.min(start + NEAR);
        let verb = near.clone().take_while(|&at| reading.tokens[at].is_word()).find(|&at| self.tells(at))?;
        if !inside(&self.context.people.mentions, &(near.start..verb)).is_empty() {
            return None;
        }
        let of = (near.start..verb).find(|&at| word(at) == "của");
        let body = of.and_then(|of| self.context.organization_at(of + 1));
        let subject = body.map_or(Subject::Paper, |body| Subject::Organization(body.value));
        Some(Frame { subject, act: Act::Say, also: None, start, end: verb + 2, trailing: false })
    }

    /// "Theo ông Lân, …", "Theo báo cáo của UBND xã, …".
    pub(super) fn theo(&self, at: usize) -> Option<Frame> {
        let words = &self.lexicon.words;
        let all = &self.context.reading.tokens[..self.tokens.end];
        // "báo cáo (… của)" may stand between.
        let source = self.lexicon.sources.longest(all, at + 1).map(|(end, ())| end);
        let of = source.and_then(|from| (from..(from + 4).min(all.len())).find(|&i| all[i].key == words.of));
        let starts = [Some(at + 1), source, of.map(|of| of + 1)];
        for start in starts.into_iter().flatten() {
            let near = start..(start + 2).min(self.tokens.end);
            let person = inside(&self.context.people.mentions, &near).first();
            let body = inside(&self.context.organizations.mentions, &near).first();
            let found = person
                .map(|p| (Subject::Person(p.value), p.tokens.end))
                .or(body.map(|b| (Subject::Organization(b.value), b.tokens.end)));
            if let Some((subject, end)) = found {
                return Some(Frame { subject, act: Act::Say, also: None, start: at, end, trailing: false });
            }
        }
        // "Theo người đứng đầu UBND xã, …", "Theo lãnh đạo Hà Nội, …".
        let somebody = self.lexicon.nouns.longest(all, at + 1).and_then(|(noun_end, noun)| match noun {
            Noun::Head => self.head_of(noun_end),
            Noun::Crowd => self.one_of(at + 1, noun_end),
            _ => None,
        });
        if let Some((person, end)) = somebody {
            return Some(Frame {
                subject: Subject::Person(person),
                act: Act::Say,
                also: None,
                start: at,
                end,
                trailing: false,
            });
        }
        // "Theo giấy phép, …", "Theo dự thảo báo cáo, …" at the beginning: words of a paper, not of whoever spoke before.
        // "Theo dõi sát diễn biến …" has no source.
        let follows = matches!(self.context.reading.word(at + 1), "dõi" | "đuổi" | "học" | "kịp" | "chân");
        let paper = at == self.tokens.start && !follows && all.get(at + 1).is_some_and(|token| token.key != words.that);
        paper.then_some(Frame {
            subject: Subject::Paper,
            act: Act::Say,
            also: None,
            start: at,
            end: at + 2,
            trailing: false,
        })
    }
}
