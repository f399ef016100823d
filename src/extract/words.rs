//! Short free text about a person, a body or a place, as people type it into a search box: "Phó Thủ tướng Trần Văn Lân", "ông Nghị",
//! "PBT TT Thành ủy TP.HCM", "bi thu thanh uy tphcm".
//!
//! The words are read with the same grammars as a report. Two things differ: a text without capitals gets them, and a text without any marks
//! first has its known words (offices, bodies, places) put back into marks; words that are none of these are taken for a name and left as
//! they were typed.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Context, Extractor, Source, lexicon};
use crate::model::OfficeFact;
use crate::text::{Kind, Phrases, Reading, Token, fold, tokenize};

/// What a short text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The honorific as typed: "ông", "đồng chí".
    pub honorific: Option<String>,
    /// The name of a person, as typed.
    pub person_name: Option<String>,
    /// True if only the last word or two of the name are given: "ông Nghị".
    pub given_name_only: bool,
    /// The offices named, with their organizations; their spans are of no use to a caller, since the text may have been rewritten.
    pub offices: Vec<OfficeFact>,
    /// The body named by itself or in the first office, in marks.
    pub organization: Option<String>,
    /// The place named by itself or inside a body's name, in marks.
    pub place: Option<String>,
    /// True if the first office is a past one ("nguyên Chủ tịch nước").
    pub former: bool,
}

/// Short forms of titles that people type.
const TITLES: [(&str, &str); 12] = [
    ("PBT TT", "Phó Bí thư Thường trực"),
    ("PBT", "Phó Bí thư"),
    ("BT", "Bí thư"),
    ("PCT TT", "Phó Chủ tịch Thường trực"),
    ("PCT", "Phó Chủ tịch"),
    ("CT", "Chủ tịch"),
    ("PGĐ", "Phó Giám đốc"),
    ("GĐ", "Giám đốc"),
    ("PTT", "Phó Thủ tướng"),
    ("TTg", "Thủ tướng"),
    ("UVBCT", "Ủy viên Bộ Chính trị"),
    ("TBT", "Tổng Bí thư"),
];

/// Longest text that is read, in bytes; the rest is left out.
const LONGEST: usize = 600;

impl Extractor {
    /// Reads a short free text. Never fails; a text that says nothing known gives only a name, or nothing.
    #[must_use]
    pub fn read_words(&self, text: &str) -> Words {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let text = &self.unmarked.spell_titles(text);
        let marked = if fold::has_marks(text) { text.to_owned() } else { self.unmarked.restore(text) };
        let reading = Reading::new(&with_capitals(&marked));
        let mut context = Context::new(&reading, Source::default());
        context.organizations = self.organizations.read(&context);
        context.places = self.places.read(&context);
        let heard = self.people.hear(&context);
        let mut words = Words {
            organization: context.organizations.all.first().map(|body| body.value.full.clone()),
            place: context.places.names.first().cloned(),
            ..Words::default()
        };
        words.honorific = heard.honorific.map(|tokens| reading.small_text(tokens).to_owned());
        words.given_name_only = heard.given_name_only;
        words.former = heard.offices.first().is_some_and(|office| office.former);
        if let Some(body) = heard.offices.iter().map(|office| &office.organization).find(|body| !body.is_empty()) {
            words.organization = Some(body.clone());
        }
        words.offices = heard.offices;
        let name = heard.name.or_else(|| self.unknown_name(&reading, &context));
        if let Some(name) = name {
            words.given_name_only |= name.len() == 1;
            words.person_name = Some(reading.text(name).to_owned());
        }
        words
    }

    /// The words that belong to nothing known, if they stand together and can be a name.
    fn unknown_name(&self, reading: &Reading, context: &Context<'_>) -> Option<Range<usize>> {
        let mut known = vec![false; reading.tokens.len()];
        let mut mark = |tokens: Range<usize>| known[tokens].fill(true);
        context.organizations.all.iter().for_each(|body| mark(body.tokens.clone()));
        context.places.mentions.iter().for_each(|place| mark(place.tokens.clone()));
        self.people.known_words(reading).into_iter().for_each(mark);
        let free = |at: usize| !known[at] && reading.tokens[at].is_capital();
        let start = (0..reading.tokens.len()).find(|&at| free(at))?;
        let end = (start..reading.tokens.len()).find(|&at| !free(at)).unwrap_or(reading.tokens.len());
        let alone = (end..reading.tokens.len()).all(|at| !free(at));
        let introduced = start > 0;
        (alone && end - start <= 6 && (end - start >= 2 || introduced)).then_some(start..end)
    }
}

/// A text typed without capitals, with one at every word.
fn with_capitals(text: &str) -> String {
    if text.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for letter in text.chars() {
        if begins && letter.is_alphabetic() {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        begins = !letter.is_alphanumeric();
    }
    out
}

/// Known words by their forms without marks.
#[derive(Debug)]
pub(super) struct Unmarked {
    phrases: Phrases<String>,
    /// Short forms of titles.
    titles: Phrases<&'static str>,
    /// Unit words; they count only before a number or a known place.
    units: FxHashMap<String, &'static str>,
    places: Phrases<()>,
    honorifics: FxHashMap<&'static str, &'static str>,
}

impl Unmarked {
    pub(super) fn new() -> Self {
        let titles = || lexicon::entries(include_str!("lexicons/titles.txt"));
        let heads = || lexicon::entries(include_str!("lexicons/heads.txt")).filter(|(_, kind)| *kind != "-");
        let tails = lexicon::entries(include_str!("lexicons/tails.txt")).filter(|(_, kind)| *kind == "word");
        let gazetteer = lexicon::entries(include_str!("lexicons/gazetteer.txt")).filter(|(_, kind)| *kind != "short");
        let fields = || lexicon::entries(include_str!("lexicons/fields.txt")).filter(|(_, kind)| *kind == "portfolio");
        let mut made = Self {
            phrases: Phrases::default(),
            titles: Phrases::default(),
            units: FxHashMap::default(),
            places: Phrases::default(),
            honorifics: [("ong", "ông"), ("ba", "bà"), ("anh", "anh"), ("chi", "chị"), ("dong chi", "đồng chí")]
                .into_iter()
                .collect(),
        };
        // What is added first wins: offices over bodies over places.
        let several = |(phrase, _): &(&str, &str)| phrase.contains(' ') || phrase.chars().all(char::is_uppercase);
        for (phrase, _) in titles().chain(heads()).chain(tails).filter(several) {
            made.add(phrase);
        }
        // "Trưởng Ban Tổ chức": title and body share a word.
        for (title, _) in titles().filter(|(_, kind)| *kind == "unit") {
            let Some((before, shared)) = title.rsplit_once(' ') else { continue };
            let shares = |head: &str| head.split(' ').next() == Some(shared) && head != shared;
            heads().filter(|(head, _)| shares(head)).for_each(|(head, _)| made.add(&format!("{before} {head}")));
        }
        for (subject, _) in fields() {
            for head in ["Sở", "Bộ", "Ban", "Phòng"] {
                made.add(&format!("{head} {subject}"));
            }
        }
        for (name, _) in gazetteer.filter(|(name, _)| name.contains(' ') || *name == "TPHCM" || *name == "Huế") {
            made.places.add(&fold::unaccented(name), ());
            made.add(name);
        }
        for (short, title) in TITLES {
            made.titles.add(short, title);
        }
        for unit in ["tỉnh", "thành phố", "TP", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu"]
        {
            made.units.insert(fold::unaccented(unit), unit);
        }
        made
    }

    fn add(&mut self, phrase: &str) {
        let bare = fold::unaccented(phrase);
        let tokens = tokenize(&bare);
        if self.phrases.longest(&tokens, 0).is_none_or(|(end, _)| end < tokens.len()) {
            self.phrases.add(&bare, phrase.to_owned());
        }
    }

    /// The text with the short forms of titles spelled out: "PCT" is "Phó Chủ tịch".
    fn spell_titles(&self, text: &str) -> String {
        let tokens = tokenize(text);
        let (mut out, mut at, mut copied) = (String::with_capacity(text.len()), 0, 0);
        while at < tokens.len() {
            let Some((end, title)) = self.titles.longest(&tokens, at) else {
                at += 1;
                continue;
            };
            out.push_str(&text[copied..tokens[at].start as usize]);
            out.push_str(title);
            copied = tokens[end - 1].end as usize;
            at = end;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// The text with its known words in marks.
    fn restore(&self, text: &str) -> String {
        // "gd-dt", "tp.hcm": the signs inside abbreviations are no part of the forms without marks.
        let joins = |token: &Token| matches!(token.kind, Kind::Sign('-' | '–' | '.' | '&'));
        let tokens: Vec<Token> = tokenize(text).into_iter().filter(|token| !joins(token)).collect();
        let typed_small = !text.chars().any(char::is_uppercase);
        let mut out = String::with_capacity(text.len() * 2);
        let mut at = 0;
        while at < tokens.len() {
            if !out.is_empty() && !matches!(tokens[at].kind, Kind::Sign(_)) {
                out.push(' ');
            }
            if let Some((end, phrase)) = self.phrases.longest(&tokens, at) {
                out.push_str(phrase);
                at = end;
                continue;
            }
            let end = (at + 2).min(tokens.len());
            let two = fold::unaccented(&text[tokens[at].start as usize..tokens[end - 1].end as usize]);
            let one = fold::unaccented(tokens[at].text(text));
            if let Some((end, word)) = self.unit(&tokens, at, &two, &one) {
                out.push_str(word);
                at = end;
            } else if let Some((length, word)) = self.honorific(at, &two, &one) {
                out.push_str(word);
                at += length;
            } else {
                let word = tokens[at].text(text);
                out.push_str(&if typed_small { with_capitals(word) } else { word.to_owned() });
                at += 1;
            }
        }
        out
    }

    /// A unit word before a number or a known place, and its end.
    fn unit(&self, tokens: &[Token], at: usize, two: &str, one: &str) -> Option<(usize, &'static str)> {
        [(two, 2), (one, 1)].into_iter().find_map(|(word, length)| {
            let unit = self.units.get(word)?;
            let next = tokens.get(at + length)?;
            let named = next.kind == Kind::Number || self.places.longest(tokens, at + length).is_some();
            named.then_some((at + length, *unit))
        })
    }

    /// An honorific at the beginning.
    fn honorific(&self, at: usize, two: &str, one: &str) -> Option<(usize, &'static str)> {
        let found = |word: &str| self.honorifics.get(word).copied().filter(|_| at == 0);
        found(two).map(|word| (2, word)).or_else(|| found(one).map(|word| (1, word)))
    }
}

/// What the reader of people hears in a short text.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) honorific: Option<Range<usize>>,
    pub(super) name: Option<Range<usize>>,
    pub(super) given_name_only: bool,
    pub(super) offices: Vec<OfficeFact>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Words {
        thread_local! {
            static EXTRACTOR: Extractor = Extractor::new();
        }
        EXTRACTOR.with(|extractor| extractor.read_words(text))
    }

    /// "name | title / body | place", empty where there is none.
    fn line(text: &str) -> String {
        let words = read(text);
        let office = words.offices.first().map(|o| format!("{} / {}", o.title, o.organization)).unwrap_or_default();
        format!("{} | {office} | {}", words.person_name.unwrap_or_default(), words.place.unwrap_or_default())
    }

    #[test]
    fn short_texts_are_read() {
        for (text, expected) in [
            ("Phó Thủ tướng Trần Văn Lân", "Trần Văn Lân | Phó Thủ tướng / Chính phủ | "),
            ("ông Nghị", "Nghị |  | "),
            ("Trần Lân", "Trần Lân |  | "),
            ("trần văn lân", "Trần Văn Lân |  | "),
            ("Phó Bí thư Thường trực Thành ủy TPHCM", " | Phó Bí thư Thường trực / Thành ủy TPHCM | TPHCM"),
            ("bi thu thanh uy tphcm", " | Bí thư / Thành ủy TPHCM | TPHCM"),
            ("giam doc so y te tinh gia lai", " | giám đốc / Sở Y tế tỉnh Gia Lai | tỉnh Gia Lai"),
            ("chu tich ubnd quan 1", " | Chủ tịch / UBND quận 1 | quận 1"),
            ("tran van lan", "Tran Van Lan |  | "),
            ("ong lan", "Lan |  | "),
            ("quận 1", " |  | quận 1"),
            ("PCT UBND tỉnh Gia Lai", " | Phó Chủ tịch / UBND tỉnh Gia Lai | tỉnh Gia Lai"),
            ("truong ban to chuc trung uong", " | Trưởng Ban / Ban Tổ chức Trung ương | "),
            ("chu tich ubnd tphcm tran van lan", "Tran Van Lan | Chủ tịch / UBND TPHCM | TPHCM"),
            ("Bí thư Thành ủy Bạch Giang", " | Bí thư / Thành ủy Bạch Giang | Bạch Giang"),
            ("Bí thư Thành ủy Kiều Thế Lân", "Kiều Thế Lân | Bí thư / Thành ủy | "),
            ("Chủ tịch UBND huyện Thạch Tân", " | Chủ tịch / UBND huyện Thạch Tân | huyện Thạch Tân"),
            ("người đứng đầu Thành ủy", " |  | "),
            ("Sở Y tế", " |  | "),
        ] {
            assert_eq!(line(text).to_lowercase(), expected.to_lowercase(), "{text}");
        }
    }

    #[test]
    fn names_may_be_short_and_offices_past() {
        assert!(read("ông Nghị").given_name_only);
        assert_eq!(read("Ông Nghị").honorific.as_deref(), Some("ông"));
        assert!(!read("ông Trần Văn Nghị").given_name_only);
        assert!(read("nguyên Bí thư Tỉnh ủy").former);
        assert_eq!(read("Sở Y tế TP.HCM").organization.as_deref(), Some("Sở Y tế TP.HCM"));
        assert_eq!(read(""), Words::default());
    }
}
