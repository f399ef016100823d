//! Whose words the lead of a report is, where the next sentence tells: "Bộ máy còn trì trệ. Thủ tướng **nhấn mạnh như vậy** tại phiên họp …", "“…”. **Đó là
//! yêu cầu của** bà Hà tại hội nghị …".

use super::cues::Lexicon;
use super::frames::{self, Subject};
use super::inside;
use crate::extract::Context;
use crate::model::FactRef;

/// Sentences of the body among which the one that tells is looked for; leads are short.
const SENTENCES: usize = 6;

/// Sentences of fewer tokens tell nothing by themselves: captions, cries.
pub(super) const FEW: usize = 10;

/// Who says the sentences before the one with this index.
pub(super) struct Lead {
    pub(super) end: usize,
    pub(super) speaker: FactRef,
}

pub(super) fn find(context: &Context<'_>, lexicon: &Lexicon) -> Option<Lead> {
    let body = |index: &usize| context.structure.lines[context.reading.sentences[*index].line].is_none();
    let mut sentences = (0..context.reading.sentences.len()).filter(body).take(SENTENCES);
    sentences.next()?;
    sentences.find_map(|end| Some(Lead { end, speaker: points_back(context, lexicon, end)? }))
}

fn points_back(context: &Context<'_>, lexicon: &Lexicon, sentence: usize) -> Option<FactRef> {
    let reading = context.reading;
    let tokens = reading.sentences[sentence].tokens.clone();
    let word = |at: usize| reading.word(at);
    let person = if matches!((word(tokens.start), word(tokens.start + 1)), ("Đó" | "Đây", "là")) {
        let told = matches!(
            (word(tokens.start + 2), word(tokens.start + 3)),
            ("yêu", "cầu")
                | ("khẳng", "định")
                | ("chỉ", "đạo")
                | ("ý", "kiến")
                | ("nhận", "định")
                | ("phát", "biểu")
                | ("chia", "sẻ")
                | ("đề", "nghị")
                | ("kiến", "nghị")
                | ("lưu", "ý")
        );
        let by = (tokens.start + 4..tokens.end.min(tokens.start + 8)).find(|&at| matches!(word(at), "của" | "được"));
        let person = by.and_then(|by| inside(&context.people.mentions, &(by..tokens.end)).first());
        person.filter(|_| told)?.value
    } else {
        let so =
            |at: usize| matches!((word(at), word(at + 1)), ("như", "vậy" | "trên") | ("điều", "này" | "trên" | "đó"));
        tokens.clone().find(|&at| so(at))?;
        let frame = frames::find(context, lexicon, tokens.clone()).filter(|frame| so(frame.end))?;
        let Subject::Person(person) = frame.subject else { return None };
        person
    };
    u32::try_from(person).ok().map(FactRef::Person)
}
