//! Whose body acts through a person: where the offices of who chairs end, and which of several bodies a person leads.

use std::ops::Range;

use super::{Finder, MOST_VERBS};
use crate::model::OfficeFact;

impl Finder<'_> {
    /// "dưới sự chủ trì của | đồng chí Lân, Ủy viên …, Bí thư …, | Ban Thường vụ …": where the offices of who chairs end.
    pub(super) fn behind_offices(self, at: usize) -> Option<usize> {
        let reading = self.context.reading;
        let chair = (at..at + 2).find_map(|at| self.context.person_at(at))?;
        let from = reading.span(chair.tokens.clone()).start;
        let until = reading.sentences[reading.sentence_of(at)?].tokens.end;
        let last = reading.span(until - 1..until).end;
        let offices = self.context.people.facts.get(chair.value)?.offices.iter();
        let end = offices
            .map(|office| office.span)
            .filter(|span| span.start >= from && span.end <= last)
            .map(|s| s.end)
            .max()?;
        (chair.tokens.start..until).find(|&at| reading.span(at..at + 1).start >= end)
    }

    /// For a body that is only named in somebody's office, the one that the person leads, else that of the last office: "ông Lân, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh,
    /// chủ trì" speaks for the UBND tỉnh.
    pub(super) fn own_body(self, body: Range<usize>, verb: usize) -> Range<usize> {
        let reading = self.context.reading;
        let span = reading.span(body.clone());
        let until = reading.span(verb..verb + 1).start;
        let holds = |office: &&OfficeFact| office.span.start <= span.start && span.end <= office.span.end;
        let facts = &self.context.people.facts;
        let Some(person) = facts.iter().find(|person| person.offices.iter().any(|office| holds(&office))) else {
            return body;
        };
        let offices = person.offices.iter().filter(|office| {
            !office.organization.is_empty() && office.span.end > span.start && office.span.start < until
        });
        let offices: Vec<&OfficeFact> = offices.collect();
        let led = offices.iter().find(|office| leads(&office.title)).or(offices.last());
        let Some(last) = led.map(|office| office.span) else { return body };
        if last.start <= span.start {
            return self.led_in_words(&body, verb).unwrap_or(body);
        }
        let all = &self.context.organizations.all;
        let inside = all[all.partition_point(|found| found.tokens.start < body.start)..].iter().find(|found| {
            let own = reading.span(found.tokens.clone());
            own.start >= last.start && own.end <= last.end
        });
        inside.map_or(body, |found| found.tokens.clone())
    }

    /// The body behind a leading title between a body and the verb: an office that the headline gave the person already is not counted
    /// again among the offices of this sentence.
    fn led_in_words(self, body: &Range<usize>, verb: usize) -> Option<Range<usize>> {
        const LEADS: [[&str; 2]; 5] =
            [["chủ", "tịch"], ["bí", "thư"], ["giám", "đốc"], ["bộ", "trưởng"], ["tư", "lệnh"]];
        let before = |at: usize, back: usize| {
            at.checked_sub(back).map(|at| self.context.reading.small_word(at)).unwrap_or_default()
        };
        let led = |at: usize| {
            LEADS.iter().any(|pair| before(at, 2) == pair[0] && before(at, 1) == pair[1]) && before(at, 3) != "phó"
        };
        if led(body.start) {
            return None;
        }
        let all = &self.context.organizations.all;
        let from = all.partition_point(|found| found.tokens.start < body.end);
        let near = all[from..].iter().take_while(|found| found.tokens.start < verb);
        near.take(MOST_VERBS).find(|found| led(found.tokens.start)).map(|found| found.tokens.clone())
    }
}

/// True for the title of who leads a body: no deputy's, no member's.
fn leads(title: &str) -> bool {
    const HEADS: [&str; 8] =
        ["bí thư", "chủ tịch", "giám đốc", "tổng giám đốc", "bộ trưởng", "trưởng", "viện trưởng", "tư lệnh"];
    let title = title.to_lowercase();
    HEADS.iter().any(|head| title.starts_with(head))
}
