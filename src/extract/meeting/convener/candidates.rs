//! Who may hold a meeting: the bodies, offices, teams and newspapers of a sentence, the verbs that tell of holding, and the names of bodies.

use std::borrow::Cow;
use std::ops::Range;

use super::{Finder, NOUNS, Verb};
use crate::model::{MeetingKind, OfficeFact};
use crate::text::{Case, Kind, WordKey};

/// Small words behind the name of a newspaper.
const BEHIND_PAPERS: [&str; 16] =
    ["tổ", "phối", "đã", "cho", "đưa", "dẫn", "phản", "thông", "viết", "và", "với", "cùng", "tại", "về", "trao", "họp"];

impl Finder<'_> {
    pub(super) fn verbs(self, tokens: &Range<usize>) -> impl Iterator<Item = (usize, Verb)> {
        let all = &self.context.reading.tokens;
        tokens.clone().filter_map(move |at| {
            let (end, verb) = self.recognizer.verbs.longest(all, at)?;
            // "tại buổi làm việc": a noun.
            let noun = at > tokens.start && NOUNS.map(WordKey::of).contains(&all[at - 1].key);
            // "trong phát biểu bế mạc": no more is this one.
            let speech = at > tokens.start && all[at - 1].key == self.recognizer.words.speech && *verb == Verb::Hold;
            if (noun && *verb == Verb::Meet) || speech || self.in_body(at) {
                return None;
            }
            Some((if matches!(verb, Verb::By | Verb::Chair) { end } else { at }, *verb))
        })
    }

    /// True for a word inside a body's name: "Ban Tổ chức".
    pub(super) fn in_body(self, at: usize) -> bool {
        let all = &self.context.organizations.all;
        let split = all.partition_point(|found| found.tokens.start < at);
        all[..split].iter().rev().take(4).any(|found| found.tokens.end > at)
    }

    /// Bodies and high offices that begin in a range of tokens, in order.
    pub(super) fn holders(self, tokens: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut next = tokens.start;
        tokens.filter_map(move |at| {
            if at < next || !self.context.reading.tokens[at].is_word() {
                return None;
            }
            let bodies = &self.recognizer.bodies;
            let office = bodies.lone_office(self.context, at);
            let is_office = office.is_some();
            let found = office
                .or_else(|| self.head_of_place(at))
                .or_else(|| self.body(at))
                .or_else(|| self.ministers(at).map(|office| office.0))
                .or_else(|| self.team(at))
                .or_else(|| self.newspaper(at))?;
            next = found.end;
            // "Đoàn Chủ tịch | Tổng Liên đoàn Lao động" stands in for the body between its meetings; that of a congress is for the day.
            let presidium = self.recognizer.words.presidia.longest(&self.context.reading.tokens, at);
            let presides = presidium.is_some_and(|(end, ())| {
                found.end <= end || matches!(self.context.reading.word(end), "Đại" | "đại" | "hội" | "Hội" | "kỳ")
            });
            let seat = !is_office && self.is_seat(at);
            let late = is_office && self.is_late(at);
            let reports = self.only_reports(&found);
            (!self.is_rank(at) && !presides && !seat && !late && !reports).then_some(found)
        })
    }

    /// "Cuộc họp diễn ra tại | Bộ Y tế": at whose seat it is held, where nothing else tells who holds it.
    pub(super) fn seat(self, sentence: usize) -> Option<Range<usize>> {
        let reading = self.context.reading;
        let tokens = reading.sentences[sentence].tokens.clone();
        let opens = |at: usize| match (reading.word(at), reading.word(at + 1), reading.word(at + 2)) {
            ("diễn", "ra", "tại" | "ở") | ("tổ", "chức", "tại" | "ở") => Some(at + 3),
            _ => None,
        };
        let at = tokens.clone().find_map(opens).filter(|_| self.has_event(tokens))?;
        let at = if (reading.word(at), reading.word(at + 1)) == ("trụ", "sở") { at + 2 } else { at };
        let rules =
            matches!(reading.word(at), "Bộ" | "bộ" | "Sở" | "UBND" | "Thành" | "Tỉnh" | "Huyện" | "Quận" | "Văn");
        rules.then(|| self.body(at)).flatten()
    }

    /// "Bộ trưởng Y tế", "Thứ trưởng Lao động": the office of who leads a ministry whose head word is left out, and the ministry.
    pub(super) fn ministers(&self, at: usize) -> Option<(Range<usize>, &str)> {
        let reading = self.context.reading;
        let leads = matches!(reading.word(at), "Bộ" | "bộ" | "Thứ" | "thứ") && reading.word(at + 1) == "trưởng";
        if let Some(named) = leads.then(|| self.named_minister(at)).flatten() {
            return Some(named);
        }
        let start = leads.then(|| reading.span(at..at + 1).start)?;
        let mut offices = self.context.people.facts.iter().flat_map(|person| &person.offices);
        let office = offices.find(|office| office.span.start == start && office.organization.starts_with("Bộ "))?;
        let limit = reading.sentences[reading.sentence_of(at)?].tokens.end;
        let end = (at + 2..limit).find(|&end| reading.span(end - 1..end).end >= office.span.end)?;
        (self.body(at + 2).is_none() && end > at + 2).then_some((at..end, office.organization.as_str()))
    }

    /// "Tại cuộc họp về thuốc, | Bộ trưởng Lê Văn Ân": a minister by name, and the ministry that the report gives him elsewhere.
    fn named_minister(&self, at: usize) -> Option<(Range<usize>, &str)> {
        let works = matches!(self.kind, MeetingKind::WorkingSession | MeetingKind::Conference);
        let opens = at.checked_sub(1).is_some_and(|before| self.context.reading.tokens[before].is(','));
        if !works || !opens {
            return None;
        }
        let found = self.context.person_at(at).filter(|found| found.tokens.start == at)?;
        let leads = |office: &&OfficeFact| {
            !office.former && office.title.ends_with("trưởng") && office.organization.starts_with("Bộ ")
        };
        let person = self.context.people.facts.get(found.value)?;
        let office = person.offices.iter().find(leads)?;
        // "ông Lê Văn Ân, | Bộ trưởng Y tế": an office alone goes on with a name.
        let name = person.name.split_whitespace().next_back()?;
        if !self.context.reading.text(found.tokens.clone()).ends_with(name) {
            return None;
        }
        let names_body = found.tokens.clone().any(|at| self.body(at).is_some());
        (!names_body).then(|| (found.tokens.clone(), office.organization.as_str()))
    }

    /// "Chủ tịch TP Bạch Giang": the head of its government, in short.
    fn head_of_place(self, at: usize) -> Option<Range<usize>> {
        let [first, second] = self.recognizer.words.chairman;
        let tokens = &self.context.reading.tokens;
        let is = |at: usize, key: WordKey| tokens.get(at).is_some_and(|token| token.key == key);
        let deputy = at > 0 && is(at - 1, WordKey::of("phó"));
        if !is(at, first) || !is(at + 1, second) || deputy || self.body(at + 2).is_some() {
            return None;
        }
        let places = &self.context.places.mentions;
        let from = places.partition_point(|found| found.tokens.start < at + 2);
        places.get(from).filter(|found| found.tokens.start == at + 2).map(|found| at..found.tokens.end)
    }

    /// True for the body in "Ủy viên Ban Chấp hành …": a seat in it does not make its holder act for it.
    fn is_seat(self, at: usize) -> bool {
        let key = |back: usize| at.checked_sub(back).map(|at| self.context.reading.tokens[at].key);
        let [first, second] = self.recognizer.words.member;
        key(2) == Some(first) && key(1) == Some(second)
    }

    /// True for an office of old: "cố Thủ tướng", "nguyên Chủ tịch nước".
    fn is_late(self, at: usize) -> bool {
        let former = &self.recognizer.words.former;
        at.checked_sub(1).is_some_and(|before| former.contains(self.context.reading.tokens[before].key))
    }

    /// The body found at a token, the longest.
    pub(super) fn body(self, at: usize) -> Option<Range<usize>> {
        let all = &self.context.organizations.all;
        let from = all.partition_point(|found| found.tokens.start < at);
        let end =
            all[from..].iter().take_while(|found| found.tokens.start == at).map(|found| found.tokens.end).max()?;
        Some(at..end)
    }

    /// "báo Tuổi Xanh": a newspaper by its capitalised name.
    pub(super) fn newspaper(self, at: usize) -> Option<Range<usize>> {
        let tokens = &self.context.reading.tokens;
        // "theo báo Tin Hà", "cảnh báo Trung Quốc": only who organises is meant.
        let before = at.checked_sub(1).map_or("", |before| self.context.reading.word(before));
        let organises = tokens[at].is_capital() || matches!(before, "do" | "Do" | "," | "và" | "với" | "cùng");
        if tokens[at].key != self.recognizer.words.paper || !organises {
            return None;
        }
        let words = tokens[at + 1..].iter().take(4).take_while(|token| token.is_word() && token.is_capital()).count();
        // "báo Hải quan": one word of two syllables.
        let small = tokens.get(at + 2).is_some_and(|next| next.spaced && next.kind == Kind::Word(Case::Lower));
        let half = words == 1 && small && !BEHIND_PAPERS.contains(&self.context.reading.word(at + 2));
        (words > 0).then(|| at..at + 1 + words + usize::from(half))
    }

    /// "Báo Tin Hà | vừa đưa tin, …", "hãng tin Lam Sao | dẫn lời …", "theo hãng tin Lam Sao".
    fn only_reports(self, body: &Range<usize>) -> bool {
        let reading = self.context.reading;
        let agency = matches!(reading.word(body.start), "hãng" | "Hãng")
            && matches!(reading.word(body.start + 1), "tin" | "thông");
        let paper = reading.tokens[body.start].key == self.recognizer.words.paper;
        let verb = body.end + usize::from(matches!(reading.word(body.end), "vừa" | "mới" | "đã"));
        let tells = matches!(reading.word(verb), "đưa" | "dẫn" | "cho" | "phản" | "thông" | "viết" | "trích");
        let cited = body.start > 0 && matches!(reading.word(body.start - 1), "theo" | "Theo");
        (agency || paper) && (tells || cited)
    }

    /// True for the assembly in "đại biểu Quốc hội Lê Ân": a deputy does not hold a meeting for it; "đoàn đại biểu Quốc hội" is a
    /// body of its own, and "đại hội đại biểu Đảng bộ" is the body's congress.
    pub(super) fn is_rank(self, at: usize) -> bool {
        let tokens = &self.context.reading.tokens;
        let is = |back: usize, word: &str| {
            at.checked_sub(back).is_some_and(|before| tokens[before].key == WordKey::of(word))
        };
        is(1, "biểu") && is(2, "đại") && !is(3, "đoàn") && !is(3, "hội")
    }

    /// "đoàn đại biểu Quốc hội tỉnh Sơn Hà", who meet the voters.
    pub(super) fn deputies(self, sentence: usize, voters: bool) -> Option<Range<usize>> {
        let reading = self.context.reading;
        let words = ["đoàn", "đại", "biểu"].map(WordKey::of);
        let tokens = reading.sentences[sentence].tokens.clone();
        // "đoàn đại biểu cấp cao …": guests.
        let elected = |text: &str| ["Quốc hội", "QH", "HĐND", "Hội đồng"].iter().any(|word| text.contains(word));
        self.holders(tokens).find(|body| {
            // "Đoàn ĐBQH tỉnh Sơn Hà".
            let short = voters && reading.tokens[body.start].key == words[0] && reading.word(body.start + 1) == "ĐBQH";
            short
                || body.len() > words.len()
                    && elected(reading.text(body.clone()))
                    && words.iter().zip(&reading.tokens[body.clone()]).all(|(word, token)| token.key == *word)
        })
    }

    /// "Tổ công tác số 1 …", "Cụm thi đua …": a body for this occasion.
    pub(super) fn team(self, at: usize) -> Option<Range<usize>> {
        let tokens = &self.context.reading.tokens;
        self.recognizer.words.teams.longest(tokens, at)?;
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.key == WordKey::of(word));
        let body = self.recognizer.bodies.at(self.context, at)?;
        // "đoàn công tác của UBND thành phố": the body that sends it.
        is(body.end, "của").then(|| self.body(body.end + 1)).flatten().or(Some(body))
    }

    /// The body's fullest name.
    pub(super) fn name(self, body: &Range<usize>) -> String {
        if let Some((_, ministry)) = self.ministers(body.start).filter(|(office, _)| office == body) {
            return ministry.to_owned();
        }
        let organizations = &self.context.organizations;
        let from = organizations.all.partition_point(|found| found.tokens.start < body.start);
        let full =
            organizations.all[from..].iter().find(|found| found.tokens == *body).map(|found| found.value.full.as_str());
        let from = organizations.mentions.partition_point(|found| found.tokens.start < body.start);
        let united = organizations.mentions[from..].iter().find(|found| found.tokens == *body);
        let united = united.and_then(|found| organizations.names.get(found.value)).map(String::as_str);
        let written = self.context.reading.text(body.clone());
        // "Đoàn đại biểu Quốc hội (ĐBQH) tỉnh": the short form is no part of the name.
        let written = &without_brackets(written);
        let words = |text: &&str| text.split_whitespace().count();
        // "Quận ủy" where only one is named in full.
        let mut longer = organizations
            .names
            .iter()
            .filter(|name| name.strip_prefix(&**written).is_some_and(|rest| rest.starts_with(' ')));
        let only = longer.next().filter(|_| longer.next().is_none()).map(String::as_str);
        let only = only.filter(|_| !organizations.names.iter().any(|name| *name == **written));
        // Of equally long names the written one: "các tỉnh phía Bắc" loses its plural in the name of each.
        [only, united, full, Some(written.as_ref())]
            .into_iter()
            .flatten()
            .max_by_key(words)
            .unwrap_or(written)
            .to_owned()
    }
}

/// A name without what stands in brackets: "Ủy ban nhân dân (UBND) tỉnh".
fn without_brackets(name: &str) -> Cow<'_, str> {
    let mut parts = name.split(" (");
    let first = parts.next().unwrap_or_default();
    let behind: Vec<&str> = parts.filter_map(|part| Some(part.split_once(')')?.1)).collect();
    if behind.is_empty() { Cow::Borrowed(first) } else { Cow::Owned(format!("{first}{}", behind.concat())) }
}
