//! Who holds the meeting.
//!
//! - the subject of a verb of holding: "Thành ủy Bạch Giang (đã) tổ chức hội nghị", "ông Lê Ân, Chủ tịch UBND huyện, chủ trì cuộc họp";
//! - who is named behind "do": "hội thảo do Sở Y tế tổ chức";
//! - the body behind the event word: "phiên họp HĐND tỉnh", "hội nghị của Huyện ủy";
//! - the subject of a verb of meeting: "Tổ công tác số 1 đã làm việc với phường": never the one that is worked with;
//! - the place that stands right before the verb: "Thủ tướng mừng khi thấy Sơn Hà tổ chức hội nghị";
//! - else the body of the first office in the sentence.

mod candidates;
mod offices;
mod sittings;
mod subject;

use std::ops::Range;

use super::Recognizer;
use super::details::Lead;
use super::events::Event;
use crate::extract::Context;
use crate::model::{MeetingKind, NamedSpan};
use crate::text::{Kind, Phrases, WordKey, WordSet};

/// Verbs of one sentence that are looked at: a sentence with more of them is none.
const MOST_VERBS: usize = 24;

/// Sentences behind the lead where the host is looked for.
const NEXT: usize = 4;

/// Words before a verb that make it an event's name, or what somebody only attends.
const NOUNS: [&str; 11] = ["buổi", "cuộc", "phiên", "lịch", "trình", "dự", "giờ", "ngày", "lối", "kiện", "nơi"];

/// Second words with which "dự" does not tell of guests.
const NO_GUESTS: [&str; 7] = ["thảo", "án", "kiến", "toán", "báo", "trữ", "phòng"];

/// What a verb tells of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Hold,
    Meet,
    By,
    Chair,
}

pub(super) fn verb(value: &str) -> Option<Verb> {
    Some(match value {
        "hold" => Verb::Hold,
        "meet" => Verb::Meet,
        "by" => Verb::By,
        "chair" => Verb::Chair,
        _ => return None,
    })
}

/// Words that holders of meetings begin with.
#[derive(Debug)]
pub(super) struct Words {
    /// "báo" before the name of a newspaper.
    paper: WordKey,
    /// Bodies for an occasion, by their first two words.
    teams: Phrases<()>,
    /// Bodies elected for the meeting itself, who preside over it for somebody else.
    presidia: Phrases<()>,
    /// The last word of "phát biểu".
    speech: WordKey,
    /// The words of "ủy viên".
    member: [WordKey; 2],
    /// The words of "chủ tịch".
    chairman: [WordKey; 2],
    /// Words before an office that is held no more.
    former: WordSet,
    /// "kỳ", first word of the sittings that assemblies and inspection committees hold.
    sitting: WordKey,
    /// "thảo", first word of an assembly's discussions.
    discussion: WordKey,
}

impl Words {
    pub(super) fn new() -> Self {
        let mut teams = Phrases::default();
        for team in ["đoàn đại", "tổ công", "đoàn công", "đoàn giám", "đoàn kiểm", "cụm thi", "khối thi"]
        {
            teams.add(team, ());
        }
        let mut presidia = Phrases::default();
        for body in ["đoàn chủ tịch", "đoàn thư ký", "đoàn thư kí", "ban thẩm tra", "chủ tọa"] {
            presidia.add(body, ());
        }
        Self {
            paper: WordKey::of("báo"),
            teams,
            presidia,
            speech: WordKey::of("biểu"),
            member: ["ủy", "viên"].map(WordKey::of),
            chairman: ["chủ", "tịch"].map(WordKey::of),
            former: WordSet::new(["cố", "nguyên", "cựu"]),
            sitting: WordKey::of("kỳ"),
            discussion: WordKey::of("thảo"),
        }
    }
}

/// The convener: from the lead's sentences about the event, else from the sentence that speaks most for it; where none says who
/// holds it, the first body of these sentences.
pub(super) fn convener(
    recognizer: &Recognizer,
    context: &Context<'_>,
    lead: &Lead,
    events: &[Event],
    main: Option<&Event>,
) -> Option<NamedSpan> {
    let main = main?;
    let named = |finder: Finder<'_>, body: Range<usize>| NamedSpan {
        name: finder.name(&body),
        span: context.reading.span(body),
    };
    let mut sentences = lead.sentences.clone();
    sentences.push(main.sentence);
    let finder = Finder { recognizer, context, events, kind: main.kind, own: false };
    if let Some(body) = finder.plenum(main) {
        return Some(named(finder, body));
    }
    // Where some sentence tells who holds the meeting itself, who holds another event beside it does not count.
    let own = sentences.iter().any(|sentence| finder.holds_own(*sentence));
    let finder = Finder { own, ..finder };
    // "Phó Trưởng Đoàn ĐBQH tỉnh" beside voters speaks for the deputies, at a press conference for another.
    let voters = context.reading.small_text(main.tokens.clone()).contains("cử tri");
    let deputies = || lead.sentences.iter().find_map(|sentence| finder.deputies(*sentence, voters));
    let said = (main.kind == MeetingKind::Dialogue).then(deputies).flatten();
    let said = said.or_else(|| sentences.iter().find_map(|sentence| finder.said(*sentence)));
    // "Đại hội Hội Nông dân tỉnh …" in the headline, where the lead tells only of guests.
    let congress = main.kind == MeetingKind::Congress;
    let said = said.or_else(|| lead.headline().filter(|_| congress).find_map(|at| finder.of_event_in(at)));
    let said = said.or_else(|| lead.headline().find_map(|at| finder.holder_in(at)));
    // "Hội nghị toàn quốc về du lịch tại Ân Bình": who speaks there does not hold it.
    if said.is_none() && finder.is_nationwide(main) {
        return None;
    }
    sentences.rotate_right(1);
    let said = said.or_else(|| sentences.iter().find_map(|sentence| finder.seat(*sentence)));
    let body = said.or_else(|| {
        let hosts = sentences.iter().filter(|sentence| !finder.lists_guests(**sentence));
        hosts.into_iter().find_map(|sentence| finder.first_body(*sentence, false))
    });
    // Where the lead names only guests, the host is who speaks next.
    let last = lead.sentences.iter().copied().max().unwrap_or_default();
    let guests = sentences.iter().any(|sentence| finder.lists_guests(*sentence));
    let reach = if guests { NEXT } else { 0 };
    let next = || (last + 1..context.reading.sentences.len().min(last + 1 + reach)).filter(|at| finder.is_body(*at));
    let body = body.or_else(|| next().find_map(|sentence| finder.of_event_in(sentence)));
    let body = body.or_else(|| {
        let hosts = next().filter(|sentence| !finder.lists_guests(*sentence));
        hosts.into_iter().find_map(|sentence| finder.first_body(sentence, false))
    });
    let body = body.or_else(|| sentences.iter().find_map(|sentence| finder.first_body(*sentence, true)));
    let body = finder.sitting(main, body.as_ref()).or(body)?;
    Some(named(finder, body))
}

#[derive(Clone, Copy)]
struct Finder<'a> {
    recognizer: &'a Recognizer,
    context: &'a Context<'a>,
    events: &'a [Event],
    kind: MeetingKind,
    /// Only events of the meeting's own kind are held.
    own: bool,
}

impl Finder<'_> {
    /// True if a sentence has a verb of holding before an event of the meeting's kind.
    fn holds_own(self, sentence: usize) -> bool {
        let tokens = self.context.reading.sentences[sentence].tokens.clone();
        let own = Self { own: true, ..self };
        self.verbs(&tokens)
            .take(MOST_VERBS)
            .any(|(at, verb)| verb == Verb::Hold && own.has_event(at..tokens.end.min(at + 12)))
    }

    /// Who a sentence says to hold the event.
    fn said(self, sentence: usize) -> Option<Range<usize>> {
        let tokens = self.context.reading.sentences[sentence].tokens.clone();
        let held = self.behind_by(&tokens).or_else(|| self.subject(&tokens, Verb::Hold));
        let held = held.map(|found| self.who_sits(sentence, found));
        // "Tham dự hội nghị có ông Lân, Chủ tịch Hội …": guests do not hold it.
        if self.lists_guests(sentence) {
            return held;
        }
        // "HĐND tỉnh khảo sát hoạt động của HĐND huyện": what is inspected does not inspect.
        if self.kind == MeetingKind::Inspection {
            return held.or_else(|| self.subject(&tokens, Verb::Meet)).or_else(|| self.of_event(sentence, &tokens));
        }
        let told = held.or_else(|| self.of_event(sentence, &tokens));
        told.or_else(|| self.led_by(&tokens)).or_else(|| self.subject(&tokens, Verb::Meet))
    }

    /// The body behind the event word of a sentence.
    fn of_event_in(self, sentence: usize) -> Option<Range<usize>> {
        self.of_event(sentence, &self.context.reading.sentences[sentence].tokens.clone())
    }

    /// "Sơn Hà tổ chức đại hội …": the subject of a verb of holding in a headline.
    fn holder_in(self, sentence: usize) -> Option<Range<usize>> {
        self.subject(&self.context.reading.sentences[sentence].tokens.clone(), Verb::Hold)
    }

    /// True for a sentence of the report's body.
    fn is_body(self, sentence: usize) -> bool {
        let line = self.context.reading.sentences[sentence].line;
        self.context.structure.lines.get(line).copied().flatten().is_none()
    }

    /// "Tham dự hội nghị có …", "Đến dự có …": whose bodies are guests.
    fn lists_guests(self, sentence: usize) -> bool {
        let reading = self.context.reading;
        let tokens = reading.sentences[sentence].tokens.clone();
        let [attend, lead, at, number] = ["dự", "trì", "tại", "sự"].map(WordKey::of);
        let key = |at: usize| reading.tokens[at].key;
        let first = tokens.start..tokens.end.min(tokens.start + 3);
        let last = tokens.end.saturating_sub(7).max(tokens.start)..tokens.end;
        let chaired = tokens.clone().any(|at| key(at) == lead);
        // "với sự tham dự của 285 đại biểu": how many came is told of the host's meeting.
        let noun = |at: usize| at >= 2 && key(at - 2) == number;
        // "dự thảo", "dự án": other words.
        let attends = |at: usize| key(at) == attend && !NO_GUESTS.contains(&reading.word(at + 1));
        !chaired && key(tokens.start) != at && first.chain(last).any(|at| attends(at) && !noun(at))
    }

    fn has_event(self, tokens: Range<usize>) -> bool {
        let split = self.events.partition_point(|event| event.tokens.start < tokens.start);
        let mut near = self.events[split..].iter().take_while(|event| event.tokens.start < tokens.end);
        // A sitting is called session, conference and meeting by turns.
        let sits = |kind| matches!(kind, MeetingKind::WorkingSession | MeetingKind::Conference | MeetingKind::Plenary);
        let own = |kind: MeetingKind| kind == self.kind || sits(kind) && sits(self.kind);
        near.any(|event| event.weight > 0 && (!self.own || own(event.kind)))
    }

    /// The body behind the event word: "kỳ họp thứ 6 HĐND tỉnh", "buổi tiếp xúc của đoàn đại biểu".
    fn of_event(self, sentence: usize, tokens: &Range<usize>) -> Option<Range<usize>> {
        let mut events = self
            .events
            .iter()
            .filter(|event| event.sentence == sentence && event.kind == self.kind && event.weight > 0)
            .filter(|event| !self.is_reception(event));
        events.find_map(|event| {
            let near = event.tokens.end..tokens.end.min(event.tokens.end + 12);
            let comma = near.clone().find(|at| self.context.reading.tokens[*at].is(',')).unwrap_or(near.end);
            // A body may follow the number behind a comma: "Kỳ họp thứ 11, HĐND tỉnh"; in "Tại hội nghị, Thủ tướng" it is a speaker.
            let numbered = event.tokens.end + 1..=event.tokens.end + 3;
            let reach = if numbered.contains(&comma) { near } else { event.tokens.end..comma };
            // "Đại hội Đảng bộ tỉnh": the word for the event takes the body's first words in; "Quốc hội thảo luận" begins with it.
            let inside = (event.tokens.start + 1..event.tokens.end).filter_map(|at| self.body(at));
            let inside = inside.into_iter().find(|body| body.end > event.tokens.end);
            let first = || self.body(event.tokens.start).filter(|body| body.end < event.tokens.end);
            let inside = inside.or_else(first);
            // "Buổi làm việc còn có sự tham gia của các Phó thủ tướng": guests.
            let guests = |body: &Range<usize>| {
                (event.tokens.end..body.start).any(|at| matches!(self.context.reading.word(at), "dự" | "gia" | "mặt"))
            };
            inside
                .or_else(|| self.holders(reach).next().filter(|body| !guests(body)))
                .or_else(|| self.behind_work(event.tokens.end..tokens.end))
                .filter(|body| self.sits_there(event, body) || !self.is_object(body.start, event.tokens.end - 1))
                .filter(|body| !self.is_founded(body.start))
                .filter(|body| !self.is_opened(event, body.start))
        })
    }

    /// "phiên chất vấn ở | Quốc hội": an assembly sits where its sitting is.
    fn sits_there(self, event: &Event, body: &Range<usize>) -> bool {
        let reading = self.context.reading;
        let assembly = ["Quốc hội", "HĐND", "Hội đồng nhân dân"];
        event.kind == MeetingKind::Plenary
            && body.start == event.tokens.end + 1
            && matches!(reading.word(event.tokens.end), "ở" | "tại")
            && assembly.iter().any(|name| reading.text(body.clone()).starts_with(name))
    }

    /// "hội nghị tổng kết công tác năm 2018 và triển khai nhiệm vụ năm 2019 của | Sở Y tế": whose work a long name of the event tells of.
    fn behind_work(self, tokens: Range<usize>) -> Option<Range<usize>> {
        const FAR: usize = 24;
        let reading = self.context.reading;
        let far = tokens.start..tokens.end.min(tokens.start + FAR);
        // "tổng kết công tác năm 2017, | triển khai nhiệm vụ năm 2018 của …": what else it is about.
        let more = |at: usize| matches!(reading.word(at), "triển" | "phương" | "kế" | "nhiệm");
        let ends = |at: &usize| reading.tokens[*at].is(',') && !more(at + 1);
        let far = far.start..far.clone().find(ends).unwrap_or(far.end);
        let works = |at: usize| {
            reading.tokens[at].kind == Kind::Number || matches!(reading.word(at), "năm" | "kỳ" | "kì" | "tác" | "vụ")
        };
        let of = WordKey::of("của");
        let at = far.skip(1).find(|&at| reading.tokens[at].key == of && works(at - 1))?;
        self.body(at + 1)
    }

    /// "hội nghị sơ kết 3 năm thành lập | Viện …": whose founding is looked back on; who celebrates it holds the ceremony.
    fn is_founded(self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |at| self.context.reading.word(at));
        self.kind == MeetingKind::Conference && (word(2), word(1)) == ("thành", "lập")
    }

    /// "lễ khánh thành | Trung tâm …", "lễ công bố | Quyết định": what is opened or made known holds no ceremony.
    fn is_opened(self, event: &Event, at: usize) -> bool {
        let reading = self.context.reading;
        let pair = |at: usize| (reading.word(at), reading.word(at + 1));
        let opens = |at: usize| {
            matches!(
                pair(at),
                ("khánh" | "thành", "thành" | "lập")
                    | ("khởi", "công")
                    | ("động", "thổ")
                    | ("ra", "mắt")
                    | ("công", "bố")
            )
        };
        let by = (event.tokens.end..at).any(|at| matches!(reading.word(at), "do" | "của"));
        self.kind == MeetingKind::Ceremony && !by && (event.tokens.start..at).any(opens)
    }

    /// "buổi tiếp xã giao | Đại sứ quán …", "hội đàm | với …": who stands behind it is received.
    fn is_reception(self, event: &Event) -> bool {
        let last = ["tiếp", "giao", "đàm", "kiến"].map(WordKey::of);
        self.kind == MeetingKind::WorkingSession
            && last.contains(&self.context.reading.tokens[event.tokens.end - 1].key)
    }

    fn first_body(self, sentence: usize, objects: bool) -> Option<Range<usize>> {
        let tokens = self.context.reading.sentences[sentence].tokens.clone();
        let office = |body: &Range<usize>| self.recognizer.bodies.lone_office(self.context, body.start).is_some();
        let attends = self.kind != MeetingKind::WorkingSession;
        let guest = |body: &Range<usize>| self.is_guest(tokens.start, body.start);
        let found = self
            .holders(tokens.clone())
            .find(|body| !(attends && office(body)) && (objects || !self.is_object(body.start, 0) && !guest(body)))?;
        Some(self.whose_office(found))
    }

    /// "Chánh Văn phòng | UBND tỉnh … cho biết tại họp báo": at press conferences an office speaks for the committee whose office it is.
    fn whose_office(self, body: Range<usize>) -> Range<usize> {
        let reading = self.context.reading;
        let office = matches!((reading.word(body.start), reading.word(body.start + 1)), ("Văn" | "văn", "phòng"));
        let committee = matches!(reading.word(body.start + 2), "UBND" | "Ủy" | "Uỷ");
        // "Phó Cục trưởng Cục Quản lý giá, | Bộ Tài chính": at a press conference an office speaks for its ministry.
        let bureau = matches!(reading.small_word(body.start), "cục" | "vụ" | "tổng");
        let apart =
            reading.tokens.get(body.end).is_some_and(|sign| matches!(sign.kind, Kind::Sign(',' | '(' | '-' | '–')));
        let above = || self.body(body.end + 1).filter(|above| reading.small_word(above.start) == "bộ");
        if let Some(ministry) =
            Some(self.kind).filter(|kind| *kind == MeetingKind::Dialogue && bureau && apart).and_then(|_| above())
        {
            return ministry;
        }
        let whole = body.start + 2..body.end;
        if self.kind == MeetingKind::Dialogue && office && committee && !whole.is_empty() { whole } else { body }
    }

    /// "với sự tham gia của các | Sở Y tế, …", "trước sự chứng kiến của …": who only came.
    fn is_guest(self, start: usize, at: usize) -> bool {
        /// Tokens of a list of guests.
        const GUESTS: usize = 30;
        let until = at;
        let word = |at: usize| self.context.reading.word(at);
        // "sau khi nghe | Sở Y tế báo cáo, Bí thư Tỉnh ủy …": who is listened to.
        let came = |at: &usize| {
            word(*at) == "nghe"
                && !(*at..until).any(|at| matches!((word(at), word(at + 1)), ("báo", "cáo") | ("trình", "bày")))
                || word(*at) == "của"
                    && matches!(
                        (word(at.wrapping_sub(2)), word(at.wrapping_sub(1))),
                        ("tham", "gia" | "dự") | ("chứng", "kiến") | ("có", "mặt")
                    )
        };
        (start.max(at.saturating_sub(GUESTS))..at).any(|at| came(&at))
    }

    /// True, by the words from `floor` on, for who is worked with, what is held at, and whose decision is handed over.
    fn is_object(self, at: usize, floor: usize) -> bool {
        let near = ["tại", "ở", "cho", "trên"].map(WordKey::of);
        let far = ["với", "cùng"].map(WordKey::of);
        let reading = self.context.reading;
        let before = (1..=9).filter_map(|back| at.checked_sub(back));
        // "làm việc với trưởng, phó các ban": a list of those worked with.
        let joins = |at: usize| {
            let before = &reading.tokens[at.saturating_sub(1)];
            reading.tokens[at].is_word() || (reading.tokens[at].is(',') && before.is_word() && !before.is_capital())
        };
        before.take_while(|before| *before >= floor && joins(*before)).enumerate().any(|(back, before)| {
            let key = reading.tokens[before].key;
            // "với các cán bộ chủ chốt của Bộ …".
            let far = if back < 6 { far.contains(&key) } else { key == far[0] };
            // "cho biết | Thường trực Tỉnh ủy đã họp".
            let says = matches!(reading.word(before + 1), "biết" | "hay");
            far || (back < 3 && near.contains(&key) && !says)
        })
    }
}
