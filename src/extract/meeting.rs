//! The meeting itself: kind, date, part of day, session number, term, convener, venue.
//!
//! A report tells of its meeting in its first sentence, or in the sentence behind its lead, and comes back to it with "tại hội nghị",
//! "kết thúc buổi làm việc":
//!
//! - "Sáng 16-12, Thành ủy TP Bạch Giang (đã) tổ chức hội nghị (mở rộng) lần thứ 4 … nhiệm kỳ 2020-2025": date, convener, kind, "extended",
//!   session number and term in one sentence;
//! - "Tại phiên họp HĐND tỉnh chiều 10-7, …"; "Ngày 10/4, làm việc với UBND quận 7, Chủ tịch UBND TP … nói";
//! - "Hội nghị diễn ra trong hai ngày 6 và 7-12"; "do Sở Y tế tổ chức"; "dưới sự chủ trì của …".
//!
//! The kind is that of the event word with most weight: held, opened or chaired here counts most, "tại …" next, the headline and the first
//! sentences more than the rest; an event that is only prepared, named in a document or past counts nothing (`events`). The year comes
//! from the date itself, the publication date, or the report's other dates (`dates::evidence`). Who holds it is the subject of the verb, who is
//! named behind "do", the body behind the event word, or the chair's (`convener`).

mod assembly;
mod convener;
mod details;
mod events;
mod when;

#[cfg(test)]
mod tests;

use super::Context;
use super::body::Bodies;
use super::dates::Cues;
use crate::model::{Diagnostic, DiagnosticReason, MeetingFacts, MeetingKind, Span};
use crate::text::Phrases;

/// The meeting, and what was unsure about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MeetingReading {
    pub(super) facts: MeetingFacts,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads the meeting.
#[derive(Debug)]
pub(super) struct Recognizer {
    events: events::Lexicon,
    years: Cues,
    bodies: Bodies,
    ordinals: Phrases<u32>,
    verbs: Phrases<convener::Verb>,
    words: convener::Words,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {
            events: events::Lexicon::new(),
            years: Cues::new(),
            bodies: Bodies::new(),
            ordinals: Phrases::parse(include_str!("lexicons/ordinals.txt"), |number| number.parse().ok())
                .unwrap_or_default(),
            verbs: Phrases::parse(include_str!("lexicons/conveners.txt"), convener::verb).unwrap_or_default(),
            words: convener::Words::new(),
        }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> MeetingReading {
        let lead = details::lead(context);
        let events = events::find(&self.events, context, &lead);
        let kind = events::kind(&events);
        let congress = events::speaks_of_congress(&events);
        let session_number = kind.and_then(|kind| details::session_number(&self.ordinals, context, &events, kind));
        // An assembly first sits in the first year of its term, as a congress does.
        let first_session = kind == Some(MeetingKind::Plenary) && session_number == Some(1);
        let term = details::term(context, &lead, kind);
        let main = kind.and_then(|kind| events::main(&events, kind));
        // Deputies meet voters before and after the sessions.
        let sits = matches!(kind, Some(MeetingKind::Plenary | MeetingKind::Dialogue));
        let event = main.map(|event| event.sentence);
        // Without an event the report's days are of something else.
        let when = match kind {
            Some(kind) => when::when(
                self,
                context,
                &lead,
                &events,
                when::Congress {
                    held: kind == MeetingKind::Congress || first_session,
                    spoken_of: congress || first_session,
                    sitting: term.filter(|_| kind == MeetingKind::Plenary),
                    session: assembly::session(&self.ordinals, context, &lead, event).filter(|_| sits),
                },
                kind,
            ),
            None => when::When::default(),
        };
        let facts = MeetingFacts {
            title: details::title(context),
            kind,
            kind_span: main.map(|event| context.reading.span(event.tokens.clone())),
            date: when.date,
            part_of_day: when.part_of_day,
            session_number,
            extended: kind.is_some_and(|kind| details::is_extended(context, &events, kind)),
            term: term.or_else(|| {
                let year = when.date.filter(|_| kind == Some(MeetingKind::Congress))?.date.earliest()?.year();
                details::term_from(context, year)
            }),
            convener: convener::convener(self, context, &lead, &events, main),
            venue: details::venue(self, context, &lead, main),
        };
        let mut diagnostics = when.diagnostics;
        if facts.kind.is_none() {
            diagnostics.insert(0, diagnostic(DiagnosticReason::NoMeeting, "no word for an event was found", None));
        }
        MeetingReading { facts, diagnostics }
    }
}

fn diagnostic(reason: DiagnosticReason, message: &str, span: Option<Span>) -> Diagnostic {
    Diagnostic { reason, message: message.to_owned(), span }
}
