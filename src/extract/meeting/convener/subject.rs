//! Who the words before a verb of holding or meeting, and behind "do" and "được", name.

use std::ops::Range;

use super::{Finder, MOST_VERBS, Verb};
use crate::extract::Found;
use crate::extract::organizations::Named;
use crate::model::MeetingKind;
use crate::text::WordKey;

/// Words between a verb that opens its sentence and the comma before its subject.
const INVERTED: usize = 30;

impl Finder<'_> {
    /// "do Sở Y tế tổ chức".
    pub(super) fn behind_by(self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let mut by = self.verbs(tokens).filter(|(_, verb)| *verb == Verb::By);
        by.find_map(|(at, _)| {
            let body = self.recognizer.bodies.at(self.context, at)?;
            let end = self.behind_list(body.end, tokens.end);
            let held = self.verbs(&(end..tokens.end.min(end + 6))).any(|(_, verb)| verb == Verb::Hold);
            held.then_some(body)
        })
    }

    /// "cuộc họp … do | Chủ tịch UBND tỉnh Lê Ân chủ trì": the body of a person who leads the event.
    pub(super) fn led_by(self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let word = |at: usize| self.context.reading.word(at);
        self.verbs(tokens).filter(|(_, verb)| *verb == Verb::By).find_map(|(at, _)| {
            let person = (at..at + 2).find_map(|at| self.context.person_at(at))?;
            let end = self.behind_offices(at).map_or(person.tokens.end, |end| end.max(person.tokens.end));
            let leads = |at: &usize| (word(*at), word(*at + 1)) == ("chủ", "trì");
            let verb = (end..tokens.end.min(end + 3)).find(leads).filter(|_| self.has_event(tokens.start..at))?;
            let body = self.holders(at..verb).next()?;
            Some(self.own_body(body, verb))
        })
    }

    /// "do Sở Y tế | , Sở Tài chính và Hội Nông dân | tổ chức": where the bodies named beside one end.
    fn behind_list(self, from: usize, limit: usize) -> usize {
        let reading = self.context.reading;
        let joins = |at: usize| {
            reading.tokens[at].is(',') || matches!(reading.word(at), "và" | "cùng" | "phối" | "hợp" | "với")
        };
        let mut end = from;
        let mut at = from;
        while at < limit {
            match self.holders(at..at + 1).next() {
                Some(body) => (end, at) = (body.end, body.end),
                None if joins(at) => at += 1,
                None => break,
            }
        }
        end
    }

    /// The first body or high office before a verb of holding or meeting.
    pub(super) fn subject(self, tokens: &Range<usize>, wanted: Verb) -> Option<Range<usize>> {
        let mut from = tokens.start;
        let mut place: Option<Range<usize>> = None;
        for (at, verb) in self.verbs(tokens).take(MOST_VERBS) {
            // "Sáng 5-8, phường Sơn Tân tổ chức kỷ niệm …, đồng thời tổ chức họp giao ban": the subject of the first verb holds what follows.
            if verb == Verb::Hold {
                place = place.or_else(|| self.place_ending(at)).or_else(|| self.brand_ending(at));
            }
            // "HĐND tỉnh sẽ họp bất thường": another meeting, still to come.
            if wanted == Verb::Meet && self.context.reading.word(at) == "sẽ" {
                continue;
            }
            // "thông tư về kiểm tra": what the words tell of is no inspection.
            if wanted == Verb::Meet && self.kind != MeetingKind::Inspection && self.is_task(at, tokens.start) {
                continue;
            }
            let held = wanted == Verb::Meet || self.has_event(at..tokens.end.min(at + 12));
            if verb == wanted && held {
                let holder = |from: usize| {
                    let hosts = || self.holders(from..at).filter(|body| !self.is_object(body.start, 0));
                    // "Nhân kỷ niệm 95 năm thành lập Đảng Cộng sản Việt Nam, | Đảng ủy xã": not what is celebrated.
                    hosts().find(|body| !self.is_celebrated(body.start)).or_else(|| hosts().next())
                };
                let told = || self.behind_saying(from..at).and_then(holder);
                let found = place.clone().or_else(told).or_else(|| holder(from));
                if let Some(body) = found {
                    // Who hands over a decision does so for the body that took it.
                    let trao = WordKey::of("trao");
                    let hands =
                        (body.end..tokens.end.min(at + 2)).any(|at| self.context.reading.tokens[at].key == trao);
                    return Some(if hands { body } else { self.own_body(body, at) });
                }
            }
            // "Chủ trì hội nghị sáng 5-8, Thủ tướng …": the subject comes behind.
            if verb == Verb::Hold && at == tokens.start && wanted == Verb::Hold && held {
                let comma = (at..tokens.end.min(at + INVERTED)).find(|at| self.context.reading.tokens[*at].is(','));
                let found = comma.and_then(|comma| self.holders(comma..tokens.end.min(comma + 4)).next());
                if found.is_some() {
                    return found;
                }
            }
            if verb == Verb::Chair {
                let tokens = &self.context.reading.tokens;
                from = (at..tokens.len().min(at + 16)).find(|at| tokens[*at].is(',')).unwrap_or(at);
                from = self.behind_offices(at).unwrap_or(from);
            }
        }
        None
    }

    /// True for a body whose founding is celebrated: "kỷ niệm 95 năm Ngày thành lập | Đảng Cộng sản Việt Nam".
    fn is_celebrated(self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |at| self.context.reading.word(at));
        (word(2), word(1)) == ("thành", "lập")
    }

    /// True for "kiểm tra" as the work of a document: "quy định về | kiểm tra hàm lượng", "thông tư 21 | kiểm tra".
    fn is_task(self, at: usize, start: usize) -> bool {
        const FAR: usize = 4;
        let reading = self.context.reading;
        let paper = |at: usize| {
            matches!(
                (reading.word(at), reading.word(at + 1)),
                ("quy", "định") | ("thông", "tư") | ("nghị", "định") | ("công", "tác") | ("việc", _) | ("kết", "luận")
            )
        };
        matches!((reading.word(at), reading.word(at + 1)), ("kiểm", "tra") | ("khảo", "sát"))
            && (start.max(at.saturating_sub(FAR))..at).any(paper)
    }

    /// "Chánh Văn phòng Tỉnh ủy Lê Ân cho biết | Thường trực Tỉnh ủy đã họp": where what somebody says begins.
    fn behind_saying(self, tokens: Range<usize>) -> Option<usize> {
        let said = |at: &usize| {
            let pair = (self.context.reading.word(*at - 1), self.context.reading.word(*at));
            matches!(pair, ("cho", "biết" | "hay") | ("xác", "nhận"))
        };
        let at = (tokens.start + 1..tokens.end).rev().find(said)? + 1;
        // "Thanh tra Sở cho biết | đã mời công ty lên làm việc": the same who speaks.
        (!matches!(self.context.reading.word(at), "đã" | "đang" | "sẽ" | "vừa")).then_some(at)
    }

    /// The place named right before a verb, where a verb of seeing stands before it: "khi thấy Sơn Hà tổ chức".
    fn place_ending(self, at: usize) -> Option<Range<usize>> {
        let done = |at: usize| matches!(self.context.reading.word(at), "đã" | "vừa" | "cũng" | "sẽ");
        let at = (0..2).fold(at, |at, _| if at > 0 && done(at - 1) { at - 1 } else { at });
        let places = &self.context.places.mentions;
        let ending = |at: usize| {
            let from = places.partition_point(|found| found.tokens.end < at);
            places.get(from).filter(|found| found.tokens.end == at).map(|found| found.tokens.clone())
        };
        let mut place = ending(at)?;
        // "huyện Ân Bình | , tỉnh Sơn Hà đã tổ chức": the first of them.
        let comma = |start: usize| start.checked_sub(1).filter(|&before| self.context.reading.tokens[before].is(','));
        while let Some(smaller) = comma(place.start).and_then(ending) {
            place = smaller;
        }
        let heads_sentence = |at: usize| {
            let reading = self.context.reading;
            reading.sentence_of(at).is_some_and(|sentence| reading.sentences[sentence].tokens.start == at)
        };
        if heads_sentence(place.start) {
            return Some(place);
        }
        let before = self.context.reading.tokens.get(place.start.checked_sub(1)?)?;
        // "Sáng 5-8, xã Hòa Sơn tổ chức": the place stands for its government.
        let heads_clause = before.is(',') && !self.in_body(place.start) && !self.closes_name(place.start - 1);
        (heads_clause || ["thấy", "khi", "việc", "vì"].map(WordKey::of).contains(&before.key)).then_some(place)
    }

    /// "Ngày 16-12 tại Sơn Hà, | Vinatan Lam Hải đã tổ chức lễ …": a name in capitals between a comma and the verb that is nobody's and no place's.
    fn brand_ending(self, at: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 4;
        let reading = self.context.reading;
        let done = at.checked_sub(1).filter(|&before| reading.word(before) == "đã")?;
        let name = |at: &usize| reading.tokens[*at].is_word() && reading.tokens[*at].is_capital();
        let length = (done.saturating_sub(LONGEST)..done).rev().take_while(name).count();
        let brand = done - length..done;
        let comma = brand.start.checked_sub(1).is_some_and(|before| reading.tokens[before].is(','));
        let person = brand.clone().any(|at| self.context.person_at(at).is_some());
        let taken = brand.clone().any(|at| self.in_body(at) || self.body(at).is_some());
        let place = || {
            let from = self.context.places.mentions.partition_point(|found| found.tokens.end <= brand.start);
            self.context.places.mentions.get(from).is_some_and(|found| found.tokens.start < brand.end)
        };
        (comma && length > 0 && !person && !taken && !place()).then_some(brand)
    }

    /// True where the name of a body ends: "Đảng bộ phường Sơn Tân | , tỉnh Sơn Hà tổ chức" tells where the body is.
    fn closes_name(self, at: usize) -> bool {
        const NEAR: usize = 8;
        let all = &self.context.organizations.all;
        let split = all.partition_point(|found| found.tokens.start < at);
        let holds = |found: &&Found<Named>| found.tokens.end == at && !self.is_object(found.tokens.start, 0);
        all[..split].iter().rev().take(NEAR).any(|found| holds(&found))
    }
}
