//! Whose words a sentence is.
//!
//! A turn begins where somebody is named with a verb of saying and is held until another takes over: "Ông Lân cho biết … . Đến nay, thu
//! ngân sách đạt … ." are both his. A quotation belongs to the one named before it ("Ông nói: “…”") or, if nobody is, behind its
//! end ("“…”, bà Hà nói"), however many sentences it has. A heading ends the turn; so does a crowd ("nhiều cử tri cho rằng").

use std::ops::Range;

use super::cues::{Act, Lexicon};
use super::frames::{self, Frame, Subject};
use crate::extract::Context;
use crate::extract::dateline::is_dash;
use crate::model::{FactRef, ItemKind, SkipReason};
use crate::text::Kind;

/// Whose turn a sentence is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) speaker: Option<FactRef>,
    /// The sentence itself says who speaks, or stands in a quotation.
    pub(super) attributed: bool,
    /// Words of somebody the report does not name.
    pub(super) unknown: bool,
    /// Inside a quotation.
    pub(super) quoted: bool,
    /// The quotation is of people who are not named: "“…”, cử tri quận 4 kiến nghị".
    pub(super) crowd: bool,
}

#[derive(Debug, Default)]
pub(super) struct Turns {
    speaker: Option<FactRef>,
    /// The quotation being read, by its end, and whose it is.
    quote: Option<(usize, Option<FactRef>)>,
    /// The sentence before told what the speaker did, not what was said.
    acted: bool,
    /// The body that spoke in the sentence before: "Sở này cho biết thêm …".
    body: Option<FactRef>,
    /// The quotation being read is of people who are not named.
    crowd: bool,
    /// The sentence before asked for something or promised it.
    wanted: bool,
}

impl Turns {
    /// A line outside the body: headings end a turn.
    pub(super) fn interrupt(&mut self, reason: SkipReason) {
        if reason == SkipReason::Heading {
            self.end();
        }
    }

    /// The report itself speaks: what follows is nobody's until somebody is named.
    pub(super) fn end(&mut self) {
        self.speaker = None;
        self.body = None;
    }

    /// What kind of item the sentence before gave.
    pub(super) fn heard(&mut self, kind: Option<ItemKind>) {
        use ItemKind::{Commitment, Directive, Proposal};
        self.wanted = matches!(kind, Some(Directive | Proposal | Commitment));
    }

    /// Whose turn this sentence is; remembers it for the next.
    pub(super) fn take(
        &mut self,
        context: &Context<'_>,
        lexicon: &Lexicon,
        index: usize,
        tokens: &Range<usize>,
        frame: Option<&Frame>,
    ) -> Turn {
        if let Some((_, speaker)) = self.quote.filter(|(end, _)| tokens.start < *end) {
            let named = frame.and_then(|frame| named(frame.subject));
            self.speaker = named.or(speaker);
            let crowd = self.crowd && self.speaker.is_none();
            return Turn { speaker: self.speaker, attributed: true, unknown: false, quoted: true, crowd };
        }
        self.quote = None;
        self.crowd = false;
        // Who only acts does not hold the floor either ("Bà Hà đã ký quyết định …"), but may go on to speak ("Đồng thời đề nghị …").
        if std::mem::take(&mut self.acted) && frame.is_none() {
            self.speaker = None;
        }
        // "Thủ tướng yêu cầu …. Năm 2016, tổng công ty đã đạt …": the floor was given back with what was asked.
        if std::mem::take(&mut self.wanted) && frame.is_none() && looks_back(context, tokens) {
            self.end();
        }
        let unnamed = frame.is_none_or(|frame| named(frame.subject).is_none());
        if unnamed && (is_reports_own(context, lexicon, tokens) || self.turns_to_another(context, index, tokens)) {
            self.speaker = None;
        }
        let mut turn = self.by_frame(context, frame);
        // "UBND tỉnh cho biết …. Tỉnh kiến nghị …": the body that spoke last goes on.
        let body = std::mem::take(&mut self.body);
        if turn.speaker.is_none() && frame.is_some_and(goes_on) {
            turn = Turn { speaker: body, attributed: body.is_some(), ..turn };
        }
        if frame.is_none() && turn.speaker.is_none() && joins_on(context, lexicon, tokens) {
            turn.speaker = body;
        }
        if let Some(end) = speech_from(context, tokens) {
            let others = || match end > tokens.end || set_apart(context, index, end).is_some() {
                true => behind(context, lexicon, index, end),
                false => pointed_at(context, &(end..tokens.end)),
            };
            if let Some(speaker) = unnamed.then(others).flatten() {
                turn = Turn { speaker: Some(speaker), attributed: true, ..Turn::default() };
            }
            turn.quoted = true;
            // Whoever spoke before says nothing here.
            self.crowd = unnamed && !turn.attributed && of_crowd(context, lexicon, index, end);
            turn.crowd = self.crowd;
            turn.speaker = turn.speaker.filter(|_| !turn.crowd);
            turn.attributed = true;
            self.quote = Some((end, turn.speaker));
        }
        // A body does not hold the floor: what follows "Sở Y tế cho biết …" may be the report's own again.
        self.speaker = turn.speaker.filter(|speaker| matches!(speaker, FactRef::Person(_)));
        self.body = turn.speaker.filter(|speaker| matches!(speaker, FactRef::Organization(_)));
        self.acted = frame.is_some_and(|frame| frame.act == Act::Decide) && !turn.quoted;
        turn
    }

    /// A paragraph that begins with another person is about that one: "Bà Mơ được phân công …".
    fn turns_to_another(&self, context: &Context<'_>, index: usize, tokens: &Range<usize>) -> bool {
        let line = context.reading.sentences[index].line;
        context.reading.lines[line].tokens.start == tokens.start
            && context
                .person_at(tokens.start)
                .and_then(|found| u32::try_from(found.value).ok())
                .is_some_and(|person| self.speaker.is_some_and(|speaker| speaker != FactRef::Person(person)))
    }

    fn by_frame(&self, context: &Context<'_>, frame: Option<&Frame>) -> Turn {
        let held = Turn { speaker: self.speaker, ..Turn::default() };
        let Some(frame) = frame else { return held };
        // Bodies decide; the report tells it.
        let decides = frame.act == Act::Decide && !matches!(frame.subject, Subject::Person(_) | Subject::Unsaid);
        match frame.subject {
            _ if decides => Turn::default(),
            // "Hội nghị cũng thẳng thắn nhìn nhận …": what all there say, told by the report.
            Subject::Body if is_event(context, frame.start) => Turn::default(),
            Subject::Paper => Turn::default(),
            Subject::Crowd | Subject::Unnamed => Turn { attributed: true, unknown: true, ..Turn::default() },
            Subject::Same => Turn { attributed: true, unknown: self.speaker.is_none(), ..held },
            Subject::Body | Subject::Unsaid => held,
            subject => Turn { speaker: named(subject), attributed: true, ..Turn::default() },
        }
    }
}

/// "Tại hội nghị, …", "Ngày 3-4-2020, …" at the beginning: the report tells what happened.
fn is_reports_own(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let all = &context.reading.tokens[..tokens.end];
    let dated = all[tokens.start].key == lexicon.words.day
        && matches!(all.get(tokens.start + 1).map(|token| token.kind), Some(Kind::Number));
    dated || opens_with_day(context, tokens) || lexicon.own.longest(all, tokens.start).is_some()
}

/// "Đêm 17/1, …", "Chiều 3-4, …": a part of a day and the day.
fn opens_with_day(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    let part = matches!(context.reading.word(tokens.start), "Sáng" | "Trưa" | "Chiều" | "Tối" | "Đêm");
    let from = context.dates.partition_point(|found| found.tokens.start < tokens.start);
    let near = |at: usize| at <= tokens.start + 2;
    part && context.dates.get(from).is_some_and(|found| near(found.tokens.start) && found.value.date.is_some())
}

/// "Phòng Nông nghiệp cho biết …. | Ngoài ra, …": words joined to those of a body are its own; "Sau đó, …" tells what happened next.
fn joins_on(context: &Context<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let joined = lexicon.connectives.longest(&context.reading.tokens[..tokens.end], tokens.start).is_some();
    let next = matches!(context.reading.word(tokens.start), "Sau" | "Tiếp" | "Dịp" | "Nhân" | "Cuối");
    joined && !next && !is_reports_own(context, lexicon, tokens)
}

/// A frame whose subject only points to a body: "Tỉnh đề nghị", "đơn vị này kiến nghị"; or none, "Đồng thời đề nghị …".
fn goes_on(frame: &Frame) -> bool {
    let asks = || frame.subject == Subject::Unsaid && matches!(frame.act, Act::Ask | Act::Propose) && !frame.trailing;
    matches!(frame.subject, Subject::Body) && frame.act != Act::Decide || asks()
}

fn named(subject: Subject) -> Option<FactRef> {
    match subject {
        Subject::Person(at) => u32::try_from(at).ok().map(FactRef::Person),
        Subject::Organization(at) => u32::try_from(at).ok().map(FactRef::Organization),
        _ => None,
    }
}

/// End of the quotation of speech that begins in a sentence: the last to begin, if it is at the sentence's beginning, runs to its end, or
/// has many words.
fn speech_from(context: &Context<'_>, tokens: &Range<usize>) -> Option<usize> {
    let quotes = &context.structure.quotes;
    let from = quotes.partition_point(|quote| quote.tokens.start < tokens.start);
    let inside = quotes[from..].iter().take_while(|quote| quote.tokens.start < tokens.end);
    inside
        .filter(|quote| {
            quote.tokens.start <= tokens.start + 1 || quote.tokens.end >= tokens.end || quote.tokens.len() > 12
        })
        .last()
        .map(|quote| quote.tokens.end)
}

/// Who is named behind the end of a quotation.
fn behind(context: &Context<'_>, lexicon: &Lexicon, index: usize, end: usize) -> Option<FactRef> {
    let sentences = &context.reading.sentences[index..];
    let at = sentences.iter().position(|sentence| sentence.tokens.end >= end)?;
    let last = sentences[at].tokens.clone();
    let rest = set_apart(context, index + at, end).unwrap_or(end.max(last.start)..last.end);
    pointed_at(context, &rest).or_else(|| named(frames::find(context, lexicon, rest)?.subject))
}

/// "“Làm ngay.” | – Ông Lân nói": the sentence behind a quotation that ends its own, set off by a dash.
fn set_apart(context: &Context<'_>, index: usize, end: usize) -> Option<Range<usize>> {
    let next = context.reading.sentences.get(index + 1).filter(|next| next.tokens.start == end)?;
    is_dash(context.reading, end).then(|| next.tokens.clone())
}

/// "hội nghị", "đại hội", "cuộc họp" as who speaks or acts.
pub(super) fn is_event(context: &Context<'_>, at: usize) -> bool {
    let word = |at: usize| context.reading.small_word(at);
    matches!(
        (word(at), word(at + 1)),
        ("hội", "nghị") | ("đại", "hội") | ("kỳ", "họp") | ("phiên", "họp") | ("cuộc", "họp")
    )
}

/// "Năm 2016, … đã đạt …", "Sau 30 năm, đơn vị đã …": an account of what is over, from a time of its own.
fn looks_back(context: &Context<'_>, tokens: &Range<usize>) -> bool {
    /// Tokens at the beginning among which the time stands.
    const NEAR: usize = 4;
    let word = |at: usize| context.reading.word(at);
    let opens = matches!(word(tokens.start), "Năm" | "Trong" | "Sau" | "Từ" | "Qua" | "Tính");
    let timed =
        (tokens.start..tokens.end.min(tokens.start + NEAR)).any(|at| matches!(word(at), "Năm" | "năm" | "tháng"));
    let over = tokens.clone().any(|at| matches!(word(at), "đã" | "đạt"));
    // "hậu cần" asks nothing.
    let ahead = tokens.clone().any(|at| match word(at) {
        "cần" => word(at - 1) != "hậu",
        word => matches!(word, "phải" | "sẽ" | "tới"),
    });
    opens && timed && over && !ahead
}

/// "“…”, cử tri quận 4 kiến nghị": people who are not named stand behind the end of a quotation.
fn of_crowd(context: &Context<'_>, lexicon: &Lexicon, index: usize, end: usize) -> bool {
    let sentences = &context.reading.sentences[index..];
    let Some(last) = sentences.iter().find(|sentence| sentence.tokens.end >= end) else { return false };
    let rest = end.max(last.tokens.start)..last.tokens.end;
    !rest.is_empty() && frames::find(context, lexicon, rest).is_some_and(|frame| frame.subject == Subject::Crowd)
}

/// "“…” - đó là chỉ đạo của ông Lân", "“…”, là khẳng định của bà Hà": whose the words before are.
fn pointed_at(context: &Context<'_>, rest: &Range<usize>) -> Option<FactRef> {
    let reading = context.reading;
    let is = (rest.start..rest.end.min(rest.start + 3)).find(|&at| reading.word(at) == "là")?;
    let of = (is + 1..rest.end.min(is + 6)).find(|&at| reading.word(at) == "của")?;
    let person = super::inside(&context.people.mentions, &(of..rest.end)).first()?;
    u32::try_from(person.value).ok().map(FactRef::Person)
}
