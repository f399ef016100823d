//! What names a document, rule by rule.

mod issue;
mod laws;
mod planned;
mod titles;

use std::ops::Range;

use super::{Mention, Naming, Recognizer, Type};
use crate::extract::dates::DateExpression;
use crate::extract::{Context, Found};
use crate::model::DatedFact;
use crate::text::{Case, Kind, Token, WordKey};

/// Numbers that one list may hold: "nghị quyết 57, 59, 66 và 68".
const LONGEST_LIST: usize = 12;
/// Tokens of the letters behind a number: "/2000/NĐ-CP".
const LONGEST_LETTERS: usize = 12;
/// Words between a document's type and its number: "quyết định xử phạt vi phạm hành chính số 5585".
const MOST_ABOUT: usize = 9;
/// Words that a title without quotes may have.
const LONGEST_TITLE: usize = 30;
/// Words that say whose delegates meet, with the number of the congress.
const MOST_DELEGATES: usize = 12;

#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub(super) lexicons: &'a Recognizer,
    pub(super) context: &'a Context<'a>,
}

impl Grammar<'_> {
    /// Reads the documents named from a token on, and tells where to go on.
    pub(super) fn read(self, at: usize, out: &mut Vec<Found<Mention>>) -> usize {
        if self.tokens()[at].kind == Kind::Number {
            return self.lettered(at, out).unwrap_or(at);
        }
        if !self.tokens()[at].is_word() {
            return at;
        }
        let Some((end, kind)) = self.lexicons.types.longest(self.tokens(), at).map(|(end, kind)| (end, *kind)) else {
            return at;
        };
        // "Tòa án | Hiến pháp": a court.
        let court = at > 0 && self.tokens()[at].is_capital() && self.is_word(at - 1, "án");
        if kind.naming == Naming::Other || court && self.is_word(at, "hiến") {
            return end;
        }
        let rules = [
            Self::numbered,
            Self::numbered_behind,
            Self::of_central_committee,
            Self::of_year,
            Self::titled,
            Self::constitution,
            Self::issued,
        ];
        let before = out.len();
        for rule in rules {
            if let Some(next) = rule(self, at, end, kind, out) {
                let unnamed = || out[before..].iter().all(|found| found.value.number.is_none());
                if unnamed() && self.is_planned(at, end) {
                    out.truncate(before);
                }
                return next;
            }
        }
        end
    }

    /// "68/2000/NĐ-CP" without a type before it.
    fn lettered(self, at: usize, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        if !self.is_sign(at + 1, "/") {
            return None;
        }
        let end = self.letters(at + 1);
        let name =
            (at + 1..end).find_map(|at| self.lexicons.letters.longest(self.tokens(), at).map(|(_, name)| *name))?;
        let kind = Type { name, naming: Naming::Bare };
        // "Chương trình hành động số 12-CTr/TU" is no document here.
        let action = (at.saturating_sub(2)..at).any(|at| self.is_word(at, "động"));
        if name == "Chương trình" && action {
            return None;
        }
        let mut found = self.found(at..end, kind, Some(self.text(at..end)));
        found.value.issuer = issuer_in_number(found.value.number.as_deref().unwrap_or_default());
        out.push(found);
        Some(end)
    }

    /// "Kế hoạch số 19/KH-UBND ngày 12/3/2021 của …", "nghị quyết 24, 31".
    fn numbered(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        let marked = self.is_word(at, "số");
        let at = if marked { at + 1 + usize::from(self.is_sign(at + 1, ":")) } else { at };
        // "Nghị quyết 54 chắc chắn …": behind a capital the number is the document's, whatever follows.
        let proper = self.tokens()[start].is_capital() && !self.heads_sentence(start) && kind.naming != Naming::None;
        // "Kế hoạch 45 của UBND tỉnh": so is that of a plan with its issuer.
        let digits = self.context.reading.word(at).len();
        let issued = (self.tokens()[start].is_capital() || digits > 1) && self.issuer_behind(at + 1).1.is_some();
        // "nghị quyết 120 đề cập": what is counted stands behind one figure, "nghị quyết 5 điểm".
        let ranked = digits > 1 && matches!(kind.name, "Nghị quyết" | "Nghị định" | "Chỉ thị" | "Thông tư");
        // "mục tiêu mà kết luận 48 đề ra".
        let ranked = ranked || matches!(digits, 2 | 3) && self.is_word(at + 1, "đề") && self.is_word(at + 2, "ra");
        let named = (proper || ranked && !self.is_plural(start)) && !self.is_unit(at + 1);
        let first = self.number(at, marked || issued || named, kind)?;
        let first_out = out.len();
        out.push(self.found(start..first.end, kind, Some(self.text(first.clone()))));
        let mut end = first.end;
        for _ in 0..LONGEST_LIST {
            let Some(next) = self.joint(end).and_then(|next| self.number(next, marked, kind)) else { break };
            end = next.end;
            out.push(self.found(next.clone(), kind, Some(self.text(next))));
        }
        let (end, date) = self.date_behind(end);
        let (end, issuer) = self.issuer_behind(end);
        let (end, date) = if date.is_none() { self.date_behind(end) } else { (end, date) };
        let issuer = issuer.or_else(|| self.issuer_before(start));
        let date = date.or_else(|| self.date_before(start));
        for mention in &mut out[first_out..] {
            mention.value.date = date;
            mention.value.issuer.clone_from(&issuer);
        }
        if let Some(issuer) = issuer {
            self.share_issuer(&issuer, first_out, start, out);
        } else if let Some(last) = out.last_mut() {
            last.value.issuer = issuer_in_number(last.value.number.as_deref().unwrap_or_default());
        }
        Some(end)
    }

    /// "quyết định xử phạt vi phạm hành chính số 5585": the number behind what the document is about.
    fn numbered_behind(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        let about = (at..at + MOST_ABOUT).take_while(|&at| {
            self.tokens().get(at).is_some_and(|token| token.kind == Kind::Word(Case::Lower) || token.is('-'))
                && self.lexicons.types.longest(self.tokens(), at).is_none()
        });
        let number = about.into_iter().find(|&at| self.is_word(at, "số"))? + 1;
        let number = self.number(number, true, kind).filter(|number| {
            // A bare number behind a title is one only with its own mark and no noun that it counts.
            number.len() > 1 || !self.tokens().get(number.end).is_some_and(|next| self.is_counted(next))
        })?;
        out.push(self.found(start..number.end, kind, Some(self.text(number.clone()))));
        let (end, date) = self.date_behind(number.end);
        let (end, issuer) = self.issuer_behind(end);
        if let Some(last) = out.last_mut() {
            last.value.date = date;
            last.value.issuer = issuer.or_else(|| issuer_in_number(last.value.number.as_deref().unwrap_or_default()));
        }
        Some(end)
    }

    /// The number at a token, with the letters behind it.
    fn number(self, at: usize, marked: bool, kind: Type) -> Option<Range<usize>> {
        let text = self.context.reading.word(at);
        let token = self.tokens().get(at)?;
        if token.kind != Kind::Number || text.contains(['.', ',']) || text.len() > 6 {
            return None;
        }
        let end = self.letters(at + 1);
        if end > at + 1 {
            return Some(at..end);
        }
        // "đề án 30a", "Nghị quyết 30a".
        let suffix = self
            .tokens()
            .get(end)
            .is_some_and(|next| next.kind == Kind::Word(Case::Lower) && !next.spaced && next.end - next.start == 1);
        if suffix && kind.naming != Naming::None {
            return Some(at..end + 1);
        }
        let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        // "Đề án 06", "đề án 844".
        let bare = matches!(kind.naming, Naming::Bare | Naming::About | Naming::Issued)
            || kind.naming == Naming::Named && text.len() > 1;
        // "Nghị quyết 33 - khóa XI".
        let term = self.is_sign(end, "-–,") && self.is_word(end + 1, "khóa");
        let counts =
            self.tokens().get(end).is_some_and(|next| self.is_counted(next)) || self.is_sign(end, "%/-–") && !term;
        (marked || (bare && !is_year && !counts)).then_some(at..end)
    }

    /// True if the word behind a number makes it a quantity: "nghị quyết 5 điểm", not "nghị quyết 24 về", "nghị quyết 24 của".
    fn is_counted(self, next: &Token) -> bool {
        const LINKS: [&str; 34] = [
            "của", "về", "ngày", "và", "năm", "do", "đã", "được", "là", "trong", "khóa", "để", "cho", "mà", "có",
            "đối", "tại", "vào", "thì", "đến", "với", "này", "nhằm", "không", "sẽ", "cũng", "từ", "nêu", "theo",
            "chấm", "thay", "sửa", "khi", "trên",
        ];
        next.kind == Kind::Word(Case::Lower) && !LINKS.iter().any(|link| next.key == WordKey::of(link))
    }

    /// True for a noun that such numbers count: "Nghị quyết 5 điểm".
    fn is_unit(self, at: usize) -> bool {
        const UNITS: [&str; 10] = ["điểm", "điều", "nội", "vấn", "năm", "tháng", "ngày", "nhiệm", "chỉ", "người"];
        self.tokens().get(at).is_some_and(|token| UNITS.iter().any(|unit| token.key == WordKey::of(unit)))
    }

    /// "/KH-UBND", " KL/TW", " - CT/TW", "/2000/NĐ-CP": the end of the letters that follow a number.
    fn letters(self, at: usize) -> usize {
        let mut end = at;
        // " KL/TW", " CT-TW".
        let dashed = || self.is_sign(end + 1, "-–") && self.is_abbreviation(end + 2) && !self.tokens()[end + 2].spaced;
        if self.is_abbreviation(end) && (self.is_sign(end + 1, "/") || dashed()) {
            end += 1;
        }
        while end < at + LONGEST_LETTERS && self.is_sign(end, "/-–") {
            let next = &self.tokens().get(end + 1);
            // "QĐ - BCA - X 01": an office by its sign.
            let office = next.is_some_and(|next| next.is_capital() && next.end - next.start == 1)
                && self.tokens().get(end + 2).is_some_and(|next| next.kind == Kind::Number);
            if office {
                return end + 3;
            }
            let letters = next.is_some_and(|next| next.is_capital() && (!next.spaced || self.is_abbreviation(end + 1)));
            let digits =
                next.is_some_and(|next| next.kind == Kind::Number && !next.spaced) && self.is_sign(end + 2, "/");
            // "202/2025 của Quốc hội": the year alone behind the number.
            let year = self.is_year_of_number(end);
            if !letters && !digits && !year {
                break;
            }
            end += 2;
        }
        end
    }

    /// True for the sign before the year of a number that has no letters: "202/2025".
    fn is_year_of_number(self, sign: usize) -> bool {
        let word = self.context.reading.word(sign + 1);
        self.is_sign(sign, "/")
            && self.tokens().get(sign + 1).is_some_and(|next| next.kind == Kind::Number && !next.spaced)
            && word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
    }

    fn is_abbreviation(self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|token| {
            matches!(token.kind, Kind::Word(Case::Upper | Case::Mixed)) && token.end - token.start <= 8
        })
    }

    fn is_plural(self, start: usize) -> bool {
        let many = |at: usize| ["các", "những", "nhiều"].iter().any(|word| self.is_word(at, word));
        let Some(before) = start.checked_sub(1) else { return false };
        // "các Nghị quyết, Quyết định của …": the plural holds for what is joined.
        let joined = self.joint(before).is_some()
            && (before.saturating_sub(3)..before).any(|at| {
                at > 0
                    && many(at - 1)
                    && self.lexicons.types.longest(self.tokens(), at).is_some_and(|(end, _)| end == before)
            });
        // "21 tờ trình dự thảo nghị quyết của …": drafts that are counted.
        let draft = before > 1 && self.is_word(before, "thảo") && self.is_word(before - 1, "dự");
        let counted = draft
            && (before.saturating_sub(4)..before)
                .any(|at| self.tokens().get(at).is_some_and(|token| token.kind == Kind::Number));
        // "thông qua 24 nghị quyết về …".
        let passed = self.tokens()[before].kind == Kind::Number
            && !self.tokens()[start].is_capital()
            && !(before > 0 && ["thứ", "điều", "khoản", "điểm"].iter().any(|word| self.is_word(before - 1, word)));
        many(before) || joined || counted || passed
    }

    fn heads_sentence(self, at: usize) -> bool {
        let reading = self.context.reading;
        reading.sentence_of(at).is_some_and(|sentence| reading.sentences[sentence].tokens.start == at)
    }

    fn found(self, tokens: Range<usize>, kind: Type, number: Option<String>) -> Found<Mention> {
        let text = self.text(tokens.clone());
        let value = Mention {
            kind: kind.name,
            number,
            title: None,
            issuer: None,
            date: None,
            session: None,
            text,
            by_act: false,
        };
        Found { tokens, value }
    }

    fn joint(self, at: usize) -> Option<usize> {
        (self.is_sign(at, ",;") || self.is_word(at, "và")).then_some(at + 1)
    }

    fn is_word(self, at: usize, word: &str) -> bool {
        self.tokens().get(at).is_some_and(|token| token.key == WordKey::of(word))
    }

    fn is_sign(self, at: usize, signs: &str) -> bool {
        matches!(self.tokens().get(at), Some(token) if matches!(token.kind, Kind::Sign(sign) if signs.contains(sign)))
    }

    fn text(self, tokens: Range<usize>) -> String {
        self.context.reading.text(tokens).to_owned()
    }
}

impl<'a> Grammar<'a> {
    fn tokens(self) -> &'a [Token] {
        &self.context.reading.tokens
    }

    fn date_at(self, at: usize) -> Option<&'a Found<DateExpression>> {
        let dates = &self.context.dates;
        let index = dates.partition_point(|found| found.tokens.start < at);
        dates.get(index).filter(|found| found.tokens.start == at)
    }
}

/// True for a whole year of the calendar.
fn is_year(fact: &DatedFact) -> bool {
    let year = fact.date.earliest().and_then(|first| crate::model::Edtf::year(first.year()));
    year == Some(fact.date)
}

/// True for the number of a congress, in digits or Roman letters.
fn is_rank(word: &str) -> bool {
    is_roman(word) || (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| b"IVX".contains(&byte))
}

/// "của Đảng", "của Đảng và Nhà nước": too general to name a document.
fn is_whole_party(issuer: &str) -> bool {
    let lower = issuer.to_lowercase();
    ["đảng", "nhà nước", "đảng và nhà nước", "pháp luật", "trung ương", "cơ quan"].contains(&lower.as_str())
}

/// Letters that ministries sign with. Source: the ministries' own rules on their letters.
const MINISTRIES: [(&str, &str); 8] = [
    ("BCA", "Bộ Công an"),
    ("BQP", "Bộ Quốc phòng"),
    ("BTC", "Bộ Tài chính"),
    ("BNV", "Bộ Nội vụ"),
    ("BYT", "Bộ Y tế"),
    ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
    ("BTNMT", "Bộ Tài nguyên và Môi trường"),
    ("BGTVT", "Bộ Giao thông vận tải"),
];

/// The issuer that the letters of a number tell beyond doubt.
fn issuer_in_number(number: &str) -> Option<String> {
    let ministry = number
        .split(['/', '-', ' '])
        .find_map(|part| MINISTRIES.iter().find(|(letters, _)| *letters == part).map(|(_, name)| *name));
    if let Some(ministry) = ministry {
        return Some(ministry.to_owned());
    }
    let last = number.rsplit(['/', '-', ' ']).next()?;
    let issuer = match last {
        "TTg" => "Thủ tướng Chính phủ",
        "CP" => "Chính phủ",
        "TU" => return None,
        _ if last.starts_with("QH") => "Quốc hội",
        _ => return None,
    };
    Some(issuer.to_owned())
}
