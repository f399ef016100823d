//! The year of a sitting of the National Assembly, from its number and the assembly's: "kỳ họp thứ 5, Quốc hội khóa XIV".
//!
//! An assembly first sits in the summer of its first year, then each autumn and each spring, so that the fifth session is in the spring of the second
//! year behind. Its deputies meet their voters, and its committee prepares it, in the same months.

use super::details::{Lead, number};
use crate::extract::Context;
use crate::model::Edtf;
use crate::text::{Phrases, WordKey};

/// Most words between a session's number and whose session it is.
const NEAR: usize = 16;

/// A session of the National Assembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Session {
    first_year: i16,
    number: u32,
}

impl Session {
    /// The year of a day or month without a year, if the session and what goes with it lie in that part of a year.
    pub(super) fn year_of(self, date: Edtf) -> Option<i16> {
        let month = date.in_year(2024)?.earliest()?.month();
        let fits = match self.number {
            1 => (5..=8).contains(&month),
            number if number % 2 == 1 => (2..=8).contains(&month),
            _ => month >= 8,
        };
        let years = i16::try_from(self.number.saturating_sub(1) / 2).ok()?;
        fits.then_some(self.first_year + years)
    }
}

/// The session that the lead, or the sentence that tells of the event, names.
pub(super) fn session(
    ordinals: &Phrases<u32>,
    context: &Context<'_>,
    lead: &Lead,
    event: Option<usize>,
) -> Option<Session> {
    let reading = context.reading;
    let [house, assembly, which, sitting, rank] = ["quốc", "hội", "khóa", "họp", "thứ"].map(WordKey::of);
    let is = |at: usize, key: WordKey| reading.tokens.get(at).is_some_and(|token| token.key == key);
    let ordinal = |at: usize| {
        number(reading.word(at)).or_else(|| ordinals.longest(&reading.tokens, at).map(|(_, number)| *number))
    };
    lead.sentences.iter().copied().chain(event).find_map(|sentence| {
        let tokens = reading.sentences[sentence].tokens.clone();
        let term = tokens.clone().find(|&at| is(at, house) && is(at + 1, assembly) && is(at + 2, which))?;
        let near = tokens.start.max(term.saturating_sub(NEAR))..tokens.end.min(term + NEAR);
        let mut sat = near.filter(|&at| is(at, sitting) && is(at + 1, rank));
        let first_year = first_year(number(reading.word(term + 3))?)?;
        Some(Session { first_year, number: sat.find_map(|at| ordinal(at + 2))? })
    })
}

/// The year in which an assembly was elected.
fn first_year(assembly: u32) -> Option<i16> {
    Some(match assembly {
        11 => 2002,
        12 => 2007,
        13 => 2011,
        14 => 2016,
        15 => 2021,
        16 => 2026,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};

    #[test]
    fn sessions_tell_their_year() {
        for (text, date) in [
            ("Sáng 4/6, Quốc hội khóa XIV chất vấn tại kỳ họp thứ 5. Đại biểu Lê Ân hỏi.", "2018-06-04"),
            (
                "Ngày 2/10, đại biểu Lê Ân tiếp xúc cử tri xã Tân Hòa trước kỳ họp thứ hai, Quốc hội khóa XV.",
                "2021-10-02",
            ),
            // A session of the spring says nothing of a day in autumn.
            ("Ngày 2/10, đại biểu Lê Ân tiếp xúc cử tri sau kỳ họp thứ 3 Quốc hội khóa XV.", "XXXX-10-02"),
            ("Ngày 2/10, UBND xã họp về kỳ họp thứ 4, Quốc hội khóa XX.", "XXXX-10-02"),
        ] {
            let record = Extractor::new().extract(Source { text, ..Source::default() });
            assert_eq!(record.meeting.date.map(|date| date.date.to_string()).as_deref(), Some(date), "{text}");
        }
    }
}
