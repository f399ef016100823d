//! Bodies of party, state, front, unions, army and police, companies and schools.
//!
//! A body's name is a head with what the head asks for:
//! - **complete names**: "Bộ Chính trị", "Quốc hội", "Ban Chấp hành Trung ương Đảng";
//! - **a level with its place**: "Thành ủy TP Bạch Giang", "UBND phường 5", "Công an tỉnh", "MTTQ Việt Nam tỉnh Lâm Hà"; alone where it is
//!   clear which is meant ("Tỉnh ủy");
//! - **a part of a body**: "Ban Thường vụ Huyện ủy Đông Sơn", "Văn phòng UBND TP", "Ban Tổ chức Trung ương";
//! - **an office with its subject**: "Sở Nông nghiệp và Phát triển nông thôn", "Phòng Cảnh sát môi trường", "Ban Chỉ đạo phòng chống dịch
//!   Covid-19 quận 3": the subject is made of words of the lexicon and capitals, joined by dashes, commas and "và", and ends where a
//!   place, another body, or a person's name begins;
//! - **a proper name**: "Công ty cổ phần may Hòa Thắng", "Trường THPT Lê Lợi", "Sư đoàn 9".
//!
//! Heads may be shared: "các sở Y tế, Xây dựng và Tài chính", "UBND các huyện Đông Sơn, Tây Sơn". A body named only inside another's name
//! is not listed by itself; "UBND các cấp" is no body.

mod grammar;
mod heads;
mod name;
mod proper;
mod shared;
mod short_forms;
mod subject;
mod unite;

#[cfg(test)]
mod tests;

pub(super) use shared::list as places_in_list;

use std::ops::Range;

use super::people::{Titles, names};
use super::spelled::Spelled;
use super::{Context, Found};
use crate::text::{Reading, Token, WordKey, WordSet};

/// A body as a mention writes it, and under its fullest name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) written: String,
    pub(super) full: String,
}

impl Named {
    /// True for "Đảng ủy" written alone.
    pub(super) fn is_bare_party(&self) -> bool {
        ["đảng ủy", "đảng uỷ"].contains(&self.written.to_lowercase().as_str())
    }
}

/// The bodies a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Organizations {
    /// Fullest name of each body, in order of first mention.
    pub(super) names: Vec<String>,
    /// Every mention in text order, with the index of the body in `names`. Mentions may nest ("Ban Thường vụ Thành ủy X" holds
    /// "Thành ủy X"); the outer one comes first. Bodies that are named only inside other names are left out.
    pub(super) mentions: Vec<Found<usize>>,
    /// Every mention in text order, also of bodies named only inside other names.
    pub(super) all: Vec<Found<Named>>,
    /// Names of places inside the names of bodies that have no unit word.
    pub(super) places: Vec<Range<usize>>,
}

#[derive(Debug)]
pub(super) struct Recognizer {
    grammar: grammar::Grammar,
    spelled: Spelled,
    titles: Titles,
    laws: Laws,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { grammar: grammar::Grammar::new(), spelled: Spelled::new(), titles: Titles::new(), laws: Laws::new() }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> Organizations {
        let reading = context.reading;
        let mut bodies = Vec::new();
        let mut at = 0;
        while at < reading.tokens.len() {
            if !reading.tokens[at].is_word() {
                at += 1;
                continue;
            }
            // "Võ Trường Lân", "ông Đoàn Lân": words of a person's name are no body's.
            let introduced = at > 0
                && reading.tokens[at].is_capital()
                && (is_honorific(reading.word(at - 1)) || is_comrade(reading, at));
            if introduced || self.grammar.localities.surnames.begins_common(reading, at) {
                at = names::run(reading, at, |_| false).end.max(at + 1);
                continue;
            }
            // "Ảnh: Báo Sơn Hà": who took it.
            if is_credit(reading, at) {
                at = names::run(reading, at, |_| false).end.max(at + 1);
                continue;
            }
            // "Luật Kiểm toán nhà nước", "Luật Tổ chức Chính phủ": a law.
            if self.laws.names(&reading.tokens, at) {
                at = self.grammar.head(reading, at).map_or(at, |(end, _)| end).max(at + 1);
                continue;
            }
            // The words of a title are no body's: "Phó Bí thư Thường trực | Thành ủy".
            let office = self.titles.body_start(reading, at).filter(|start| *start > at);
            let start = office.unwrap_or(at);
            at = self.grammar.bodies(reading, start, office.is_some(), &mut bodies).unwrap_or(start.max(at + 1));
        }
        shared::share_last_place(reading, &mut bodies);
        let stands_for = short_forms::add(&self.grammar, reading, &mut bodies);
        unite::unite(reading, &self.spelled, &self.grammar.localities, &bodies, &stands_for)
    }
}

/// True behind "Ảnh:", "Nguồn:".
fn is_credit(reading: &Reading, at: usize) -> bool {
    at > 1 && reading.tokens[at - 1].is(':') && matches!(reading.small_word(at - 2), "ảnh" | "nguồn" | "clip")
}

/// The words by which a law is known.
#[derive(Debug)]
struct Laws {
    law: WordKey,
    /// First syllables of words that end in "luật": "kỷ luật Ban Thường vụ", "pháp luật".
    compounds: WordSet,
    organize: [WordKey; 2],
}

impl Laws {
    fn new() -> Self {
        Self {
            law: WordKey::of("luật"),
            compounds: WordSet::new(["kỷ", "pháp"]),
            organize: ["tổ", "chức"].map(WordKey::of),
        }
    }

    /// True behind "Luật", "Luật Tổ chức": the words are a law's name.
    fn names(&self, tokens: &[Token], at: usize) -> bool {
        let key = |back: usize| at.checked_sub(back).map(|at| tokens[at].key);
        let law = |back: usize| {
            key(back) == Some(self.law) && !key(back + 1).is_some_and(|before| self.compounds.contains(before))
        };
        law(1) || key(1) == Some(self.organize[1]) && key(2) == Some(self.organize[0]) && law(3)
    }
}

/// "đồng chí | Y Khoa Niê": a comrade whose name begins with one letter, as many do in the highlands.
fn is_comrade(reading: &Reading, at: usize) -> bool {
    reading.word(at - 1) == "chí" && matches!(reading.word(at), "Y" | "H" | "K" | "A" | "Ê")
}

/// True for a word that stands right before people's names.
fn is_honorific(word: &str) -> bool {
    matches!(word, "ông" | "Ông" | "bà" | "Bà")
}
