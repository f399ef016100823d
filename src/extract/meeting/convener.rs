//! Who holds the meeting.
//!
//! - the subject of a verb of holding: "Thành ủy Bạch Giang (đã) tổ chức hội nghị", "ông Lê Ân, Chủ tịch UBND huyện, chủ trì cuộc họp";
//! - who is named behind "do": "hội thảo do Sở Y tế tổ chức";
//! - the body behind the event word: "phiên họp HĐND tỉnh", "hội nghị của Huyện ủy";
//! - the subject of a verb of meeting: "Tổ công tác số 1 đã làm việc với phường": never the one that is worked with;
//! - else the body of the first office in the sentence.

use std::ops::Range;

use super::Recognizer;
use super::details::Lead;
use super::events::Event;
use crate::extract::Context;
use crate::model::NamedSpan;
use crate::text::WordKey;

/// What a verb tells of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Hold,
    Meet,
    By,
}

pub(super) fn verb(value: &str) -> Option<Verb> {
    Some(match value {
        "hold" => Verb::Hold,
        "meet" => Verb::Meet,
        "by" => Verb::By,
        _ => return None,
    })
}

/// The convener, from the sentence that tells of the meeting, else from the lead's other sentences.
pub(super) fn convener(
    recognizer: &Recognizer,
    context: &Context<'_>,
    lead: &Lead,
    main: Option<&Event>,
) -> Option<NamedSpan> {
    let main = main?;
    let finder = Finder { recognizer, context };
    let first = finder.in_sentence(main.sentence, Some(main));
    let others = lead.sentences.iter().filter(|sentence| **sentence != main.sentence);
    first.or_else(|| others.into_iter().find_map(|sentence| finder.in_sentence(*sentence, None)))
}

#[derive(Clone, Copy)]
struct Finder<'a> {
    recognizer: &'a Recognizer,
    context: &'a Context<'a>,
}

impl Finder<'_> {
    fn in_sentence(self, sentence: usize, event: Option<&Event>) -> Option<NamedSpan> {
        let reading = self.context.reading;
        let tokens = reading.sentences[sentence].tokens.clone();
        let body = self
            .behind_by(&tokens)
            .or_else(|| self.subject(&tokens, Verb::Hold))
            .or_else(|| event.and_then(|event| self.of_event(event, &tokens)))
            .or_else(|| self.subject(&tokens, Verb::Meet))
            .or_else(|| self.first_body(&tokens))?;
        Some(NamedSpan { name: self.name(&body), span: reading.span(body) })
    }

    /// "do Sở Y tế tổ chức".
    fn behind_by(self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let (end, _) = self.verbs(tokens).find(|(end, verb)| *verb == Verb::By && self.body_at(*end).is_some())?;
        let body = self.body_at(end)?;
        let held = self.verbs(&(body.end..tokens.end.min(body.end + 6))).any(|(_, verb)| verb == Verb::Hold);
        held.then_some(body)
    }

    /// The first body before a verb of holding or meeting; it is the subject where a clause begins with it.
    fn subject(self, tokens: &Range<usize>, wanted: Verb) -> Option<Range<usize>> {
        let mut from = tokens.start;
        for (end, verb) in self.verbs(tokens) {
            if verb == wanted {
                let found = self.bodies(&(from..end)).find(|body| !self.is_object(body.start));
                if found.is_some() {
                    return found;
                }
            }
            if verb == Verb::By {
                from = end;
            }
        }
        None
    }

    /// The body behind the event word: "kỳ họp thứ 6 HĐND tỉnh", "buổi tiếp xúc của đoàn đại biểu".
    fn of_event(self, event: &Event, tokens: &Range<usize>) -> Option<Range<usize>> {
        let near = event.tokens.end..tokens.end.min(event.tokens.end + 12);
        let comma = near.clone().find(|at| self.context.reading.tokens[*at].is(',')).unwrap_or(near.end);
        // A body may follow the number behind a comma: "Kỳ họp thứ 11, HĐND tỉnh".
        let reach = if comma <= event.tokens.end + 3 { near } else { event.tokens.end..comma };
        self.bodies(&reach).find(|body| !self.is_object(body.start))
    }

    fn first_body(self, tokens: &Range<usize>) -> Option<Range<usize>> {
        self.bodies(tokens).find(|body| !self.is_object(body.start))
    }

    /// True for who is worked with, what is held at, and whose decision is handed over.
    fn is_object(self, at: usize) -> bool {
        let objects = ["với", "tại", "ở", "cho", "trên", "cùng"];
        let reading = self.context.reading;
        (1..=3)
            .filter_map(|back| at.checked_sub(back))
            .take_while(|at| reading.tokens[*at].is_word())
            .any(|before| objects.iter().any(|object| reading.tokens[before].key == WordKey::of(object)))
    }

    fn verbs(self, tokens: &Range<usize>) -> impl Iterator<Item = (usize, Verb)> {
        let all = &self.context.reading.tokens;
        tokens.clone().filter_map(move |at| {
            let (end, verb) = self.recognizer.verbs.longest(all, at)?;
            Some((if *verb == Verb::By { end } else { at }, *verb))
        })
    }

    /// Bodies that begin in a range of tokens, outermost first.
    fn bodies(self, tokens: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let all = &self.context.organizations.all;
        let from = all.partition_point(|found| found.tokens.start < tokens.start);
        let end = tokens.end;
        all[from..].iter().take_while(move |found| found.tokens.start < end).map(|found| found.tokens.clone())
    }

    fn body_at(self, at: usize) -> Option<Range<usize>> {
        self.recognizer.bodies.at(self.context, at)
    }

    /// The body's fullest name.
    fn name(self, body: &Range<usize>) -> String {
        let mentions = &self.context.organizations.all;
        let from = mentions.partition_point(|found| found.tokens.start < body.start);
        let found = mentions[from..].iter().find(|found| found.tokens == *body);
        found.map_or_else(|| self.context.reading.text(body.clone()).to_owned(), |found| found.value.full.clone())
    }
}
