//! The body that is named at a token: as `organizations` found it, else by its shape.
//!
//! By shape a body is a run of capitalised words and abbreviations with the small words that bodies' names hold: "UBND huyện Ân Bình",
//! "Ban Thường vụ Tỉnh uỷ Hoà Sơn", "Sở Tài nguyên và Môi trường".

use std::ops::Range;

use super::Context;
use crate::text::{Case, Kind, Phrases, Reading};

/// Tokens that a name may have at most.
const LONGEST: usize = 24;

/// Small words inside the names of bodies.
#[derive(Debug)]
pub(super) struct Bodies {
    inner: Phrases<()>,
    /// Offices that issue documents; true for those that lead a body that is named behind.
    offices: Phrases<bool>,
}

impl Bodies {
    pub(super) fn new() -> Self {
        let leads = |value: &str| matches!(value, "with" | "alone").then_some(value == "with");
        Self {
            inner: Phrases::parse(include_str!("lexicons/body_words.txt"), |_| Some(())).unwrap_or_default(),
            offices: Phrases::parse(include_str!("lexicons/issuing_offices.txt"), leads).unwrap_or_default(),
        }
    }

    /// Who issues a document: a body, or an office: "Bộ trưởng Bộ Công an", "Thủ tướng Chính phủ".
    pub(super) fn issuer(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        match self.offices.longest(&context.reading.tokens, at) {
            Some((end, true)) => self.at(context, end).map(|body| at..body.end),
            Some((end, false)) => Some(at..end),
            None => self.at(context, at),
        }
    }

    /// An office that issues documents, with the body it leads: "Thủ tướng Chính phủ", "Bộ trưởng Bộ Công an".
    pub(super) fn issuing_office(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        let (end, leads) = self.offices.longest(&context.reading.tokens, at)?;
        let body = if *leads { self.at(context, end).map(|body| body.end) } else { Some(end) };
        body.map(|end| at..end)
    }

    /// An office that needs no body beside it: "Thủ tướng", "Chủ tịch nước".
    pub(super) fn lone_office(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        self.offices.longest(&context.reading.tokens, at).filter(|(_, leads)| !**leads).map(|(end, _)| at..end)
    }

    /// The body whose name begins at a token: the longest that `organizations` found there, else by shape.
    pub(super) fn at(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        found_at(context, at).map(|end| at..end).or_else(|| self.by_shape(context, at))
    }

    fn by_shape(&self, context: &Context<'_>, at: usize) -> Option<Range<usize>> {
        let reading = context.reading;
        let mut end = at;
        let mut last_name = at;
        while end < reading.tokens.len() && end - at < LONGEST {
            let token = &reading.tokens[end];
            match token.kind {
                Kind::Word(_) => {
                    if let Some(next) = found_at(context, end) {
                        end = next;
                        last_name = next;
                        continue;
                    }
                    // "… lần thứ X và | Nghị quyết …": a document follows.
                    if reading.word(end) == "và" && is_document(reading.word(end + 1)) {
                        break;
                    }
                    let inner = self.inner.longest(&reading.tokens, end).map(|(next, ())| next);
                    let Some(next) = inner.or(token.is_capital().then_some(end + 1)) else { break };
                    end = next;
                    last_name = next;
                }
                // "TP.HCM", "TN&MT", "Thừa Thiên - Huế", "Quận 1".
                Kind::Sign('.' | '&') if end > at && !token.spaced && is_tight_capital(reading, end + 1) => end += 1,
                Kind::Sign('-' | '–')
                    if end > at && reading.tokens.get(end + 1).is_some_and(|next| next.is_capital()) =>
                {
                    end += 1
                }
                Kind::Number if end > at && last_name == end && !reading.word(end).contains(['.', ',']) => {
                    end += 1;
                    last_name = end;
                }
                _ => break,
            }
        }
        if last_name > at && reading.word(last_name - 1) == "và" {
            last_name -= 1;
        }
        // One capitalised word alone is as often the head of a sentence or of an unknown name.
        let abbreviation = matches!(reading.tokens.get(at)?.kind, Kind::Word(Case::Upper));
        let begins = last_name > at + 1 || abbreviation;
        (last_name > at && begins).then_some(at..last_name)
    }
}

/// The end of the longest body that `organizations` found at a token.
fn found_at(context: &Context<'_>, at: usize) -> Option<usize> {
    let mentions = &context.organizations.all;
    let first = mentions.partition_point(|found| found.tokens.start < at);
    mentions[first..].iter().take_while(|found| found.tokens.start == at).map(|found| found.tokens.end).max()
}

fn is_tight_capital(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| token.is_capital() && !token.spaced)
}

/// First words of documents' types, with a capital.
fn is_document(word: &str) -> bool {
    matches!(word, "Nghị" | "Kết" | "Chỉ" | "Quyết" | "Kế" | "Luật" | "Quy" | "Đề")
}
