//! What names a document, rule by rule.

use std::ops::Range;

use super::{Mention, Naming, Recognizer, Type};
use crate::extract::dates::{Calendar, DateExpression, Meaning};
use crate::extract::{Context, Found};
use crate::model::{Basis, DatedFact};
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
        if kind.naming == Naming::Other {
            return end;
        }
        let rules = [
            Self::numbered,
            Self::numbered_behind,
            Self::of_central_committee,
            Self::of_year,
            Self::titled,
            Self::issued,
        ];
        for rule in rules {
            if let Some(next) = rule(self, at, end, kind, out) {
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
        let issued = self.tokens()[start].is_capital() && self.issuer_behind(at + 1).1.is_some();
        let first = self.number(at, marked || issued || (proper && !self.is_unit(at + 1)), kind)?;
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

    /// "nghị quyết 24, 31 và kết luận 14 của Bộ Chính trị": the issuer holds for what is joined before.
    fn share_issuer(self, issuer: &str, before: usize, start: usize, out: &mut [Found<Mention>]) {
        let mut start = start;
        for mention in out[..before].iter_mut().rev() {
            let joined = self.joint(mention.tokens.end).is_some_and(|next| next >= start);
            if !joined || mention.value.issuer.is_some() {
                return;
            }
            mention.value.issuer = Some(issuer.to_owned());
            start = mention.tokens.start;
        }
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
        let bare = matches!(kind.naming, Naming::Bare | Naming::Issued);
        let counts = self.tokens().get(end).is_some_and(|next| self.is_counted(next)) || self.is_sign(end, "%/-–");
        (marked || (bare && !is_year && !counts)).then_some(at..end)
    }

    /// True if the word behind a number makes it a quantity: "nghị quyết 5 điểm", not "nghị quyết 24 về", "nghị quyết 24 của".
    fn is_counted(self, next: &Token) -> bool {
        const LINKS: [&str; 21] = [
            "của", "về", "ngày", "và", "năm", "do", "đã", "được", "là", "trong", "khóa", "để", "cho", "mà", "có",
            "đối", "tại", "vào", "thì", "đến", "với",
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
        if self.is_abbreviation(end) && self.is_sign(end + 1, "/") {
            end += 1;
        }
        while end < at + LONGEST_LETTERS && self.is_sign(end, "/-–") {
            let next = &self.tokens().get(end + 1);
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

    /// "Nghị quyết Trung ương 10, khóa XII".
    fn of_central_committee(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        let at = if self.is_word(at, "Hội") && self.is_word(at + 1, "nghị") { at + 2 } else { at };
        if let Some(end) = self.ranked_plenum(at) {
            let mut found = self.found(start..end, kind, None);
            found.value.issuer = Some("Ban Chấp hành Trung ương Đảng".to_owned());
            out.push(found);
            return Some(end);
        }
        let number = if self.is_word(at, "Trung") && self.is_word(at + 1, "ương") {
            at + 2
        } else if self.is_word(at, "TW") || self.is_word(at, "TƯ") {
            at + 1
        } else {
            return None;
        };
        let number = number + if self.is_word(number, "lần") && self.is_word(number + 1, "thứ") { 2 } else { 0 };
        let is_number = self.tokens().get(number)?.kind == Kind::Number || is_roman(self.context.reading.word(number));
        if !is_number {
            return None;
        }
        let mut end = number + 1;
        let term = end + usize::from(self.is_sign(end, ",("));
        if self.is_word(term, "khóa") && is_roman(self.context.reading.word(term + 1)) {
            end = term + 2;
            end += usize::from(self.is_sign(term - 1, "(") && self.is_sign(end, ")"));
        }
        let mut found = self.found(start..end, kind, None);
        found.value.issuer = Some("Ban Chấp hành Trung ương Đảng".to_owned());
        out.push(found);
        Some(end)
    }

    /// "lần thứ mười Ban Chấp hành Trung ương Đảng khóa XIII": the end of what tells which plenum's resolution it is.
    fn ranked_plenum(self, at: usize) -> Option<usize> {
        if !(self.is_word(at, "lần") && self.is_word(at + 1, "thứ")) {
            return None;
        }
        let body = (at + 3..at + 6).find_map(|at| self.lexicons.bodies.at(self.context, at))?;
        let name = self.text(body.clone()).to_lowercase();
        let end = body.end
            + 2 * usize::from(self.is_word(body.end, "khóa") && is_roman(self.context.reading.word(body.end + 1)));
        name.contains("trung ương").then_some(end)
    }

    /// "Nghị quyết năm 2021 của Đảng bộ huyện".
    fn of_year(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        if kind.naming != Naming::Issued {
            return None;
        }
        let (end, date) = self.date_behind(at);
        let (end, issuer) = self.issuer_behind(end);
        let mut found = self.found(start..end, kind, None);
        found.value.date = Some(date?);
        found.value.issuer = Some(issuer?);
        out.push(found);
        Some(end)
    }

    /// "Đề án “…”", "Luật Đất đai 2013", "đề án kinh tế đêm", "nghị quyết về việc …", "trao quyết định bổ nhiệm …".
    fn titled(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        // "các đề án: A, B và C".
        let several = kind.naming == Naming::Named && self.is_plural(start);
        let at = if several && self.is_sign(at, ":") { at + 1 } else { at };
        if let Some(quoted) = self.quoted(at) {
            // "kế hoạch “đánh chặn” từ xa": a manner of speaking, no plan's name.
            let named = kind.naming != Naming::None || self.tokens()[quoted.start + 1].is_capital();
            if !named {
                return None;
            }
            let mut found = self.found(start..quoted.end, kind, None);
            found.value.title = Some(self.text(quoted.start + 1..quoted.end - 1));
            let end = quoted.end;
            out.push(found);
            return Some(end);
        }
        let capital = self.tokens()[start].is_capital() && !self.heads_sentence(start);
        let about = self.is_word(at, "về");
        // In capitals every word looks the same: a headline "TRAO QUYẾT ĐỊNH" tells no title.
        let capitals = matches!(self.tokens()[start].kind, Kind::Word(Case::Upper));
        let by_act = !about && !capitals && self.is_issued_by_act(start);
        let first = *self.tokens().get(at)?;
        let begins = match kind.naming {
            Naming::Law => first.is_capital() || (capital && first.is_word()),
            Naming::Named => first.is_word(),
            Naming::Issued if kind.name == "Nghị quyết" => about || (capital && self.rules(at)),
            Naming::Issued if about => capital && self.tokens()[start].is_capital(),
            Naming::Issued => by_act && first.kind == Kind::Word(Case::Lower),
            Naming::Bare => capital && kind.name == "Quy định" && first.kind == Kind::Word(Case::Lower) && !about,
            _ => false,
        };
        let begins = begins && !self.is_word(at, "và") && self.lexicons.title_ends.longest(self.tokens(), at).is_none();
        let end = match kind.naming {
            Naming::Bare => self.long_title_end(at),
            Naming::Law => self.law_end(at),
            Naming::Issued if self.rules(at) => self.title_end(at + 2),
            _ => self.title_end(at),
        };
        // "Đề án phát triển chợ, siêu thị": a short title with a capital goes on behind the comma.
        let end = if capital && kind.naming == Naming::Named && end <= at + 3 && self.is_sign(end, ",") {
            self.title_end(end + 1).max(end)
        } else {
            end
        };
        // One small word is no title: "đề án tốt".
        let bare = first.kind == Kind::Word(Case::Lower) && (end == at + 1 || end == at + 2 && self.is_deed(at));
        if !begins || bare || end == at || self.is_plural(start) && kind.naming == Naming::Issued {
            return None;
        }
        let mut found = self.found(start..end, kind, None);
        found.value.title = Some(self.text(at..end));
        found.value.by_act = by_act && kind.naming == Naming::Issued;
        if kind.naming == Naming::Law {
            found.value.issuer = Some("Quốc hội".to_owned());
        }
        let (end, date) = self.year_behind(end);
        found.value.date = date;
        out.push(found);
        Some(if several { self.listed(end, kind, out) } else { end })
    }

    /// "Nghị quyết | quy định mức chi …", "Nghị quyết | phê chuẩn …": what a council's resolution does.
    fn rules(self, at: usize) -> bool {
        const DEEDS: [(&str, &str); 9] = [
            ("quy", "định"),
            ("phê", "chuẩn"),
            ("phê", "duyệt"),
            ("điều", "chỉnh"),
            ("sửa", "đổi"),
            ("bãi", "bỏ"),
            ("phân", "bổ"),
            ("thành", "lập"),
            ("chấp", "thuận"),
        ];
        DEEDS.iter().any(|(first, second)| self.is_word(at, first) && self.is_word(at + 1, second))
    }

    /// ", B và C" behind "các đề án A": further titles, each with a capital.
    fn listed(self, end: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> usize {
        let mut end = end;
        for _ in 0..LONGEST_LIST {
            let next = self.joint(end).filter(|&next| self.tokens().get(next).is_some_and(|token| token.is_capital()));
            let Some(next) = next.filter(|&next| self.lexicons.types.longest(self.tokens(), next).is_none()) else {
                break;
            };
            let end_of_title = self.title_end(next);
            // "Chợ nổi và | Nước sạch": a capital behind "và" begins the next.
            let cut = (next + 2..end_of_title.saturating_sub(1))
                .find(|&at| self.is_word(at, "và") && self.tokens()[at + 1].is_capital());
            let title = next..cut.unwrap_or(end_of_title);
            if title.len() < 2 {
                break;
            }
            end = title.end;
            let mut found = self.found(title.clone(), kind, None);
            found.value.title = Some(self.text(title));
            out.push(found);
        }
        end
    }

    /// Two words that tell what is done with a document, or how it is, and are no title: "đề án triển khai chậm".
    fn is_deed(self, at: usize) -> bool {
        const DEEDS: [(&str, &str); 10] = [
            ("triển", "khai"),
            ("báo", "cáo"),
            ("tổ", "chức"),
            ("cụ", "thể"),
            ("xem", "xét"),
            ("thực", "hiện"),
            ("nhân", "sự"),
            ("chi", "tiết"),
            ("cuối", "cùng"),
            ("tổng", "thể"),
        ];
        DEEDS.iter().any(|(first, second)| self.is_word(at, first) && self.is_word(at + 1, second))
    }

    /// "quyết định của Ban Bí thư về …", "Nghị quyết Huyện ủy Ân Bình", "nghị quyết Đại hội XII của Đảng".
    fn issued(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        if kind.naming != Naming::Issued || self.is_plural(start) {
            return None;
        }
        // In small letters the congress must be named: "nghị quyết đại hội các cấp" is none.
        let congress = self.is_word(at, "Đại")
            && self.is_word(at + 1, "hội")
            && (self.tokens()[at].is_capital() || self.lexicons.bodies.at(self.context, at + 2).is_some());
        let (end, issuer) = if congress {
            let end = self.congress_end(at + 2);
            if end == at + 2 {
                return None;
            }
            (end, self.text(at..end))
        } else if self.is_word(at, "của") {
            let (end, issuer) = self.issuer_behind(at);
            (end, issuer?)
        } else {
            let capital = self.tokens()[start].is_capital() && self.tokens().get(at)?.is_capital();
            let body = self.lexicons.bodies.at(self.context, at).filter(|body| capital && body.len() > 1)?;
            (body.end, self.text(body))
        };
        if is_whole_party(&issuer) && !congress {
            return None;
        }
        let mut found = self.found(start..end, kind, None);
        if self.is_word(end, "về") {
            let about = self.title_end(end);
            found.value.title = Some(self.text(end..about));
        }
        found.value.issuer = Some(issuer);
        out.push(found);
        Some(end)
    }

    /// Behind "Đại hội": "XI của Đảng bộ huyện Ân Bình", "lần thứ XIII của Đảng", "Đảng bộ huyện lần thứ XI", "đại biểu Phụ nữ tỉnh lần thứ X".
    fn congress_end(self, at: usize) -> usize {
        // Whose delegates meet stands between "đại biểu" and the number: "Phụ nữ tỉnh Lâm Hà", "Công đoàn toàn quốc".
        let start = if self.is_word(at, "đại") && self.is_word(at + 1, "biểu") { at + 2 } else { at };
        let mut end = (start..start + MOST_DELEGATES)
            .take_while(|&at| self.tokens().get(at).is_some_and(|token| token.is_word()))
            .find(|&at| self.is_word(at, "thứ") && is_rank(self.context.reading.word(at + 1)))
            .map_or(at, |ordinal| ordinal + 2);
        for _ in 0..4 {
            if is_roman(self.context.reading.word(end)) {
                end += 1;
            } else if self.is_word(end, "lần") && self.is_word(end + 1, "thứ") {
                end += 2;
            } else if self.is_word(end, "của") {
                end += 1;
            }
            if let Some(body) = self.lexicons.bodies.at(self.context, end) {
                end = body.end;
            } else if self.is_word(end, "Đảng") && self.tokens()[end].is_capital() {
                end += 1;
            }
        }
        end
    }

    /// "UBND tỉnh đã ban hành Quyết định số 896": the subject of the verb of issuing.
    fn issuer_before(self, start: usize) -> Option<String> {
        let verb = (1..=3)
            .filter_map(|back| start.checked_sub(back))
            .find(|at| ["hành", "ký", "ra"].iter().any(|verb| self.is_word(*at, verb)))?;
        let bodies = &self.context.organizations.all;
        let split = bodies.partition_point(|found| found.tokens.start < verb);
        let near = bodies[..split]
            .iter()
            .rev()
            .take(3)
            .find(|found| found.tokens.end <= verb && found.tokens.end + 4 >= verb)?;
        Some(self.text(near.tokens.clone()))
    }

    /// "của Bộ Chính trị": the body, and the index behind it.
    fn issuer_behind(self, at: usize) -> (usize, Option<String>) {
        let body_at = if self.is_word(at, "của") || self.is_word(at, "do") { at + 1 } else { return (at, None) };
        match self.lexicons.bodies.issuer(self.context, body_at) {
            Some(body) => (body.end, Some(self.text(body))),
            None => (at, None),
        }
    }

    /// "ngày 12/3/2021", ", ngày 5 tháng 7 năm 2019", "(ngày 8-3-2019)", "năm 1996".
    fn date_behind(self, at: usize) -> (usize, Option<DatedFact>) {
        let at_date = at + usize::from(self.is_sign(at, ",("));
        let Some(found) = self.date_at(at_date) else { return (at, None) };
        let calendar = Calendar::new(self.context.source.published, None);
        let fact = calendar.resolve(self.context.reading, found.tokens.clone(), &found.value);
        let single = fact.filter(|fact| fact.date.as_day().is_some() || fact.date.lacks_year() || is_year(fact));
        single.map_or((at, None), |fact| (found.tokens.end, Some(fact)))
    }

    /// "2013" or "năm 2013" behind the name of a law.
    fn year_behind(self, at: usize) -> (usize, Option<DatedFact>) {
        let word = self.context.reading.word(at);
        let Some(date) = (word.len() == 4).then(|| word.parse().ok().and_then(crate::model::Edtf::year)).flatten()
        else {
            return self.date_behind(at);
        };
        (at + 1, Some(DatedFact { date, basis: Basis::Stated, span: Some(self.context.reading.span(at..at + 1)) }))
    }

    fn quoted(self, at: usize) -> Option<Range<usize>> {
        let close = match self.tokens().get(at)?.kind {
            Kind::Sign('“') => "”",
            Kind::Sign('"') => "\"",
            Kind::Sign('«') => "»",
            _ => return None,
        };
        let limit = self.tokens().len().min(at + 3 * LONGEST_TITLE);
        let inner = (at + 1..limit).take_while(|at| self.tokens()[*at].kind != Kind::Break);
        let end = inner.into_iter().find(|end| self.is_sign(*end, close))?;
        // A straight quote opens where it stands behind a space and before a word.
        let opens = self.tokens()[at].spaced && !self.tokens()[at + 1].spaced;
        (end > at + 1 && opens).then_some(at..end + 1)
    }

    /// Where a title without quotes ends.
    fn title_end(self, at: usize) -> usize {
        let mut end = at + usize::from(self.is_word(at, "về"));
        while end < self.tokens().len() && end - at < LONGEST_TITLE {
            let token = &self.tokens()[end];
            let date = self.date_at(end).map(|found| (found.tokens.end, found.value.meaning));
            if let Some((next, meaning)) = date {
                // "Đề án … giai đoạn 2021-2025": a stage belongs to the title, a day or year to the sentence.
                if meaning == Meaning::Stage && end > at {
                    end = next;
                    continue;
                }
                break;
            }
            // "pháp luật", "người có công": words whose second part looks like something else.
            let compound = match self.lexicons.types.longest(self.tokens(), end) {
                Some((next, kind)) if kind.naming == Naming::Other => Some(next),
                _ if self.is_word(end, "có") && self.is_word(end + 1, "công") => Some(end + 2),
                _ => None,
            };
            if let Some(next) = compound.filter(|_| end > at) {
                end = next;
                continue;
            }
            let inner = match token.kind {
                Kind::Word(_) => self.lexicons.title_ends.longest(self.tokens(), end).is_none(),
                Kind::Number => end > at,
                Kind::Sign('-' | '–' | '&') => end > at,
                _ => false,
            };
            if !inner
                || self.lexicons.types.longest(self.tokens(), end).is_some_and(|(_, kind)| kind.naming != Naming::Other)
            {
                break;
            }
            end += 1;
            // "Bộ luật Hình sự 2015 và tội …": the year ends the name.
            if token.kind == Kind::Number && token.end - token.start == 4 {
                break;
            }
        }
        let trailing = |end: usize| !self.tokens()[end - 1].is_word() || self.is_word(end - 1, "và");
        while end > at && trailing(end) && self.tokens()[end - 1].kind != Kind::Number {
            end -= 1;
        }
        end
    }

    /// Where a law's name ends; some hold a comma: "Luật Phòng, chống tham nhũng", "Luật Xuất cảnh, nhập cảnh".
    fn law_end(self, at: usize) -> usize {
        const BEHIND: [&str; 17] = [
            "chống", "thể", "vệ", "nhập", "xuất", "quá", "khen", "chữa", "sử", "đối", "tố", "tạm", "an", "cư", "chăm",
            "cứu", "khắc",
        ];
        let known = self.lexicons.laws.longest(self.tokens(), at).map(|(end, ())| end);
        let mut end = self.title_end(at).max(known.unwrap_or(at));
        while end > at
            && end - at < LONGEST_TITLE
            && self.is_sign(end, ",")
            && BEHIND.contains(&self.context.reading.word(end + 1))
        {
            end = self.title_end(end + 1).max(end + 1);
        }
        end
    }

    /// Where a title that is a sentence's whole end ends: at its stop, comma or semicolon.
    fn long_title_end(self, at: usize) -> usize {
        let limit = self.tokens().len().min(at + LONGEST_TITLE);
        (at..limit)
            .find(|end| matches!(self.tokens()[*end].kind, Kind::Break | Kind::Sign('.' | ',' | ';' | '(' | ':')))
            .unwrap_or(at)
    }

    fn is_issued_by_act(self, start: usize) -> bool {
        (1..=4).filter_map(|back| start.checked_sub(back)).any(
            |from| matches!(self.lexicons.acts.longest(&self.tokens()[..start], from), Some((end, ())) if end == start),
        )
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
        many(before) || joined
    }

    fn heads_sentence(self, at: usize) -> bool {
        let reading = self.context.reading;
        reading.sentence_of(at).is_some_and(|sentence| reading.sentences[sentence].tokens.start == at)
    }

    fn found(self, tokens: Range<usize>, kind: Type, number: Option<String>) -> Found<Mention> {
        let text = self.text(tokens.clone());
        let value = Mention { kind: kind.name, number, title: None, issuer: None, date: None, text, by_act: false };
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
    ["đảng", "nhà nước", "đảng và nhà nước", "pháp luật", "trung ương"].contains(&lower.as_str())
}

/// The issuer that the letters of a number tell beyond doubt.
fn issuer_in_number(number: &str) -> Option<String> {
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
