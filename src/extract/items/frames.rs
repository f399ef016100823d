//! Who speaks how in a sentence.
//!
//! - before the words: "Ông Lân, Chủ tịch UBND xã, **cho biết** …", "Phát biểu tại hội nghị, bà Hà **đề nghị** …", "UBND xã **kiến nghị** …";
//! - by "theo": "**Theo** ông Lân, …", "**Theo báo cáo của** UBND xã, …";
//! - behind a quotation: "“…”, ông Lân **nói**";
//! - without who: "**Yêu cầu** các sở …", "Đồng thời, **đề nghị** …": the one whose turn it is.
//!
//! Who comes first, the verb after; between them may stand an apposition and adverbs. A name after "của", "với", "nghe" is no speaker.

mod behind;
mod heads;
mod near;

pub(super) use near::is_tasked;

use std::ops::Range;

use super::cues::{Act, Lexicon, Noun};
use crate::extract::Context;
use crate::text::{Case, Kind};

/// Words before a verb that still opens its sentence: "Qua đó cũng | yêu cầu".
const OPENING: usize = 3;

/// Who speaks, as far as the sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Person(usize),
    Organization(usize),
    /// Whoever spoke before: "ông", "đồng chí" not resolved.
    Same,
    /// Several or unnamed people.
    Crowd,
    /// One who is not named: "chủ tọa".
    Unnamed,
    /// The body or area whose matter it is: "tỉnh", "hội nghị".
    Body,
    /// A document: "theo giấy phép".
    Paper,
    /// Nobody is named: "Yêu cầu các sở …".
    Unsaid,
}

/// A frame: who, by which verb, and where the words stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) subject: Subject,
    pub(super) act: Act,
    /// Further acts joined by "và": "nói và yêu cầu …".
    pub(super) also: Option<Act>,
    /// First token of who speaks.
    pub(super) start: usize,
    /// One past the verb.
    pub(super) end: usize,
    /// The frame stands behind the quotation it belongs to.
    pub(super) trailing: bool,
}

impl Frame {
    /// True where the words behind say what is to be done.
    pub(super) fn asks(&self) -> bool {
        !self.trailing && matches!(self.act, Act::Order | Act::Ask | Act::Propose)
    }
}

/// An apposition between name and verb may be this long.
const PERSON_GAP: usize = 60;
/// A body speaks close by: "Sở Y tế cũng đã cho biết".
const BODY_GAP: usize = 5;
const NOUN_GAP: usize = 14;

struct Candidate {
    subject: Subject,
    start: usize,
    end: usize,
    /// "Tại hội nghị": the event decides, but says nothing.
    there: bool,
}

impl Candidate {
    fn new(subject: Subject, start: usize, end: usize) -> Self {
        Self { subject, start, end, there: false }
    }
}

pub(super) fn find(context: &Context<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Option<Frame> {
    if near::is_tasked(context, &tokens) {
        return None;
    }
    let frame = search(context, lexicon, tokens.clone());
    // "Phóng viên đề nghị làm rõ, ông Lân nói: “…”", "bà Hà tán đồng: “…”": whose the quotation is.
    match frame {
        Some(Frame { subject: Subject::Person(_) | Subject::Organization(_), .. }) => frame,
        other => near::before_quote(context, lexicon, &tokens, other.as_ref()).or(other),
    }
}

fn search(context: &Context<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Option<Frame> {
    let mut search = Search {
        context,
        lexicon,
        tokens: tokens.clone(),
        who: None,
        holds: false,
        addressed: None,
        after_quote: None,
        unsaid: None,
        told: None,
    };
    if let Some(frame) = search.presented().or_else(|| search.report_tells()) {
        return Some(frame);
    }
    let mut quotes = context.structure.quotes_from(tokens.start).iter().map(|quote| quote.tokens.clone()).peekable();
    let mut at = tokens.start;
    let mut topic = None;
    while at < tokens.end {
        while quotes.next_if(|quote| quote.end <= at).is_some() {}
        // A quotation of speech or a longer one.
        if let Some(quote) = quotes.peek().filter(|quote| quote.start <= at) {
            at = quote.end.min(tokens.end);
            if quote.end <= tokens.end {
                search.after_quote = Some(quote.end);
                search.who = None;
            }
            continue;
        }
        match search.step(at) {
            Step::To(next) => at = next.max(at + 1),
            // "Sau khi cấp trên có kết luận, Sở đề nghị …": who speaks may still come.
            Step::Frame(frame) if frame.act == Act::Topic => {
                if let Some(told) = search.presents(&frame) {
                    return Some(told);
                }
                at = frame.end.max(at + 1);
                search.who = None;
                topic = topic.or(Some(frame));
            }
            Step::Frame(frame) => return Some(frame),
        }
    }
    topic.or(search.told).or(search.unsaid)
}

enum Step {
    To(usize),
    Frame(Frame),
}

struct Search<'a> {
    context: &'a Context<'a>,
    lexicon: &'a Lexicon,
    tokens: Range<usize>,
    who: Option<Candidate>,
    /// Behind "chủ trì", "tổ chức" and the like, up to the next comma: what follows tells what the event is for.
    holds: bool,
    /// Where the name of somebody spoken to ends: "Báo cáo với ông Lân | , phó chủ tịch Quốc hội, …".
    addressed: Option<usize>,
    after_quote: Option<usize>,
    unsaid: Option<Frame>,
    /// What a body did to what the sentence is about.
    told: Option<Frame>,
}

impl Search<'_> {
    fn step(&mut self, at: usize) -> Step {
        let all = &self.context.reading.tokens[..self.tokens.end];
        let theo = all[at].key == self.lexicon.words.theo && self.begins_clause(at);
        match theo.then(|| self.theo(at)).flatten() {
            // "Theo tờ trình, Bộ trưởng cho biết …": a person may still be named.
            Some(frame) if frame.subject == Subject::Paper => self.unsaid = Some(frame),
            Some(frame) => return Step::Frame(frame),
            None => {}
        }
        if self.holds && (!all[at].is_word() || all[at].key == self.lexicon.words.and) {
            self.holds = false;
        }
        if let Some(end) = self.person(at) {
            return Step::To(end);
        }
        if let Some(document) = self.context.reference_at(at) {
            return Step::To(document.tokens.end);
        }
        if let Some((end, act)) = self.lexicon.verbs.longest(all, at) {
            // "ông Lân chủ trì cuộc họp đánh giá kết quả …": what the meeting is for.
            let purpose = self.holds && !matches!(act, Act::Order | Act::Ask | Act::Promise | Act::Praise);
            return if purpose { Step::To(end) } else { self.verb(at, end, *act) };
        }
        if let Some(end) = self.organization(at) {
            return Step::To(end);
        }
        let chaired = self.who.as_ref().is_some_and(|who| matches!(who.subject, Subject::Person(_)));
        if chaired && self.lexicon.words.holding.contains(all[at].key) && all[at - 1].key == self.lexicon.words.chief {
            self.holds = true;
            return Step::To(at + 1);
        }
        Step::To(self.noun(at))
    }

    fn person(&mut self, at: usize) -> Option<usize> {
        let found = self.context.person_at(at)?;
        // "Tiếp thu ý kiến của Bí thư, Chủ tịch Trần Lân khẳng định": one chain of offices by its form, two people by the verb.
        let chain = found.tokens.clone().any(|token| self.context.reading.tokens[token].is(','));
        // "chủ trương được cố Thủ tướng … quyết định": the dead are remembered, they hold no floor.
        if self.context.reading.word(at) == "cố" || at > 0 && self.context.reading.word(at - 1) == "cố" {
            self.who = None;
            return Some(found.tokens.end);
        }
        // "Báo cáo với ông Lân khi | ông về thăm, …".
        let when = self.addressed.is_some() && at > 0 && self.context.reading.word(at - 1) == "khi";
        if !when && (!self.is_object(at) || self.is_author(at) || (chain && self.speaks(found.tokens.end))) {
            self.who = Some(Candidate::new(Subject::Person(found.value), at, found.tokens.end));
        } else {
            self.addressed = Some(found.tokens.end);
        }
        Some(found.tokens.end)
    }

    /// True if a reporting verb stands here.
    fn speaks(&self, at: usize) -> bool {
        let all = &self.context.reading.tokens[..self.tokens.end];
        self.lexicon.verbs.longest(all, at).is_some_and(|(_, act)| *act != Act::None)
    }

    fn organization(&mut self, at: usize) -> Option<usize> {
        let found = self.context.organization_at(at)?;
        let held = self.who.as_ref().is_some_and(|who| match who.subject {
            Subject::Person(_) | Subject::Same => true,
            // "đại diện Sở Y tế" speaks for the body, "đại biểu Quốc hội" for himself.
            Subject::Crowd => who.end < at || self.sits_in(at),
            _ => false,
        });
        // "bầu cử đại biểu | HĐND thành phố": nor does the body they are elected to.
        let sits = || self.who.is_none() && self.sits_in(at);
        let object = self.is_object(at) || self.leaders_are_object(at);
        if !object && !held && !sits() {
            self.who = Some(Candidate::new(Subject::Organization(found.value), at, found.tokens.end));
        } else if at > 0 && matches!(self.context.reading.word(at - 1), "gửi" | "gởi") {
            // "Sở Nội vụ có công văn gửi | Hội Luật gia đề nghị …": who wrote goes on.
            if let Some(who) = self.who.as_mut().filter(|who| matches!(who.subject, Subject::Organization(_))) {
                who.end = found.tokens.end;
            }
        }
        Some(found.tokens.end)
    }

    fn noun(&mut self, at: usize) -> usize {
        let all = &self.context.reading.tokens[..self.tokens.end];
        let Some((end, noun)) = self.lexicon.nouns.longest(all, at) else { return at + 1 };
        // "với ông Lân, | phó chủ tịch Quốc hội, …": an office of who is spoken to.
        let own = |to: usize| to + 1 == at && all[to].is(',') && *noun == Noun::Same;
        if self.addressed.is_some_and(own) {
            return end;
        }
        // "ông Lân chủ trì cuộc họp …", "ông Lân, Trưởng ban, chủ trì cuộc họp …": a verb.
        let person = self.who.as_ref().is_some_and(|who| matches!(who.subject, Subject::Person(_)));
        if *noun == Noun::Chair && (!self.begins_clause(at) || person) {
            self.holds = person;
            return end;
        }
        let held = self.who.as_ref().is_some_and(|who| match who.subject {
            Subject::Person(_) | Subject::Same => true,
            // "Lãnh đạo | phường Kim Sơn": whose leaders they are does not speak.
            Subject::Crowd => *noun == Noun::Body && who.end == at,
            _ => false,
        });
        let there = *noun == Noun::Body && self.is_there(at);
        if !held && (there || !self.is_object(at)) {
            let led = match noun {
                Noun::Head => self.head_of(end),
                Noun::Crowd => self.one_of(at, end),
                Noun::Same => self.holder_of(&(at..end)),
                _ => None,
            };
            if let Some((person, end)) = led {
                self.who = Some(Candidate::new(Subject::Person(person), at, end));
                return end;
            }
            let subject = match noun {
                // "Chủ tọa kỳ họp đề nghị …": who was said to chair it.
                Noun::Chair => self.context.people.chair.map_or(Subject::Unnamed, Subject::Person),
                Noun::Same if self.is_of_nobody(&(at..end)) => Subject::Unnamed,
                Noun::Head | Noun::Same => Subject::Same,
                Noun::Crowd => Subject::Crowd,
                Noun::Body => Subject::Body,
            };
            self.who = Some(Candidate { there, ..Candidate::new(subject, at, end) });
        }
        end
    }

    fn verb(&mut self, at: usize, end: usize, act: Act) -> Step {
        // "Thông tin và Truyền thông" in a list of offices: no verb.
        let all = &self.context.reading.tokens;
        let named = at > self.tokens.start
            && all[at].kind == Kind::Word(Case::Title)
            && (all[at - 1].is(';') || all[at - 1].is(',') || all[at - 1].is_word());
        if named && act != Act::Order {
            return Step::To(end);
        }
        if act == Act::None || self.is_blocked(at) || self.closes_relative(at, end) {
            return Step::To(end);
        }
        // "bà Hà không nói gì": nothing is said; "không đồng tình", "không thông qua" say something all the same.
        let silent =
            matches!(self.context.reading.word(at), "nói" | "cho" | "trả" | "phát" | "báo" | "nêu" | "kể" | "đánh");
        if silent && matches!(self.context.reading.word(at - usize::from(at > 0)), "không" | "chưa") {
            return Step::To(end);
        }
        // "Sau khi nghe Đảng đoàn, Ban Tổ chức và Văn phòng | báo cáo, …": who is listened to says nothing here.
        if self.is_listened_to(at) {
            self.who = None;
            return Step::To(end);
        }
        // "ông Lân, được UBND tỉnh giao …", "các nhiệm vụ Thủ tướng giao …": what was given is told of.
        if act == Act::Order && self.context.reading.word(at) == "giao" && self.is_told_of(at) {
            return Step::To(end);
        }
        // "sau phản ánh của dân", "theo đề nghị của Sở", "xem xét yêu cầu này": a noun.
        let asks = matches!(act, Act::Order | Act::Ask | Act::Propose);
        let pointed = asks && matches!(self.context.reading.word(end), "này" | "trên" | "đó" | "nói");
        if pointed || all.get(end).is_some_and(|next| next.key == self.lexicon.words.of) {
            return Step::To(end);
        }
        // "những việc mà Thủ tướng yêu cầu": what is told of, not said.
        // "sau khi UBND tỉnh đề xuất, Chính phủ đã …": when it was.
        let which = |who: &Candidate| {
            let word = |back: usize| self.context.reading.word(who.start.saturating_sub(back));
            let after = word(1) == "khi" && matches!(word(2), "sau" | "Sau" | "trước" | "Trước");
            who.start > self.tokens.start && (word(1) == "mà" || after && !matches!(act, Act::Say | Act::Topic))
        };
        if self.who.as_ref().is_some_and(which) {
            return Step::To(end);
        }
        // "Theo báo cáo được Bộ trưởng trình bày, …": whose paper it is.
        let paper = || self.unsaid.as_ref().is_some_and(|frame| frame.subject == Subject::Paper);
        if act == Act::Topic && paper() {
            return Step::To(end);
        }
        let act = if self.announces_decision(at, end) { Act::Decide } else { act };
        // "ghi nhận hơn 5.600 tỷ đồng": an account, no praise.
        let counted = self.context.reading.word(at) == "ghi"
            && self.context.reading.tokens[end..].iter().take(2).any(|token| token.kind == Kind::Number);
        let act = if act == Act::Praise && counted { Act::Say } else { act };
        let gap = |who: &Candidate| at.saturating_sub(who.end);
        let heard = self.who.as_ref().filter(|who| !who.there || act == Act::Decide);
        let reached = heard.filter(|who| match who.subject {
            Subject::Person(_) if act == Act::Decide => gap(who) <= BODY_GAP,
            Subject::Person(_) => gap(who) <= PERSON_GAP,
            Subject::Organization(_) | Subject::Body => gap(who) <= BODY_GAP,
            _ => gap(who) <= NOUN_GAP,
        });
        // "Đồng thời đánh giá cao kết quả của HĐND tỉnh, đề nghị …": who opens the sentence without a subject goes on.
        let opened = self.unsaid.as_ref().is_some_and(|frame| {
            frame.subject == Subject::Unsaid && frame.start <= self.tokens.start + OPENING && frame.act != Act::Say
        });
        // "Đánh giá cao báo cáo của xã, Thủ tướng cho rằng …": the subject behind the comma.
        let behind = |who: &Candidate| {
            matches!(who.subject, Subject::Same | Subject::Unnamed)
                && self.context.reading.tokens[who.start - 1].is(',')
        };
        let reached = reached.filter(|who| !opened || matches!(who.subject, Subject::Person(_)) || behind(who));
        // "Luật vừa được Quốc hội | thông qua, ông Lân cho biết …": what it is that is spoken of, unless nobody speaks.
        let passive = |who: &&Candidate| {
            let before = who.start.checked_sub(1).filter(|&before| before > self.tokens.start);
            act == Act::Decide
                && matches!(who.subject, Subject::Organization(_))
                && before.is_some_and(|at| self.context.reading.word(at) == "được")
        };
        if let Some(who) = reached.filter(passive) {
            let frame = Frame { subject: who.subject, act, also: None, start: who.start, end, trailing: false };
            self.told = self.told.take().or(Some(frame));
            self.who = None;
            return Step::To(end);
        }
        if let Some(who) = reached {
            let trailing = self.after_quote.is_some_and(|quote| who.start <= quote + 3) || self.closes(who, end);
            let frame = Frame { subject: who.subject, act, also: self.joined(end), start: who.start, end, trailing };
            // "Báo Tin Hà cho biết, tại cuộc họp, ông Lân phê bình …": the paper only passes it on.
            if matches!(self.context.reading.word(frame.start), "Báo" | "báo") {
                self.told = self.told.take().or(Some(frame));
                self.who = None;
                return Step::To(end);
            }
            return Step::Frame(frame);
        }
        // "đã phát hiện sai phạm, kiến nghị thu hồi 5 tỉ đồng": what inspectors came to.
        let found = || {
            (self.tokens.start..at)
                .any(|at| self.context.reading.word(at) == "phát" && self.context.reading.word(at + 1) == "hiện")
        };
        if act == Act::Propose && found() {
            return Step::To(end);
        }
        if self.unsaid.is_none() && self.begins_clause(at) && act != Act::Topic {
            self.unsaid = Some(Frame { subject: Subject::Unsaid, act, also: None, start: at, end, trailing: false });
        }
        Step::To(end)
    }
}
