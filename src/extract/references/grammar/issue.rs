//! Documents named by who issued them, and issuers and dates beside other names: "quyết định của Ban Bí thư", "Nghị quyết Trung ương 4 khóa XII",
//! "nghị quyết Đại hội XII của Đảng", "ngày 12/3/2021 của …".

use super::{Grammar, MOST_DELEGATES, is_rank, is_roman, is_whole_party, is_year};
use crate::extract::Found;
use crate::extract::dates::Calendar;
use crate::extract::references::{Mention, Naming, Type};
use crate::model::{Basis, DatedFact};
use crate::text::Kind;

impl Grammar<'_> {
    /// "nghị quyết 24, 31 và kết luận 14 của Bộ Chính trị": the issuer holds for what is joined before.
    pub(super) fn share_issuer(self, issuer: &str, before: usize, start: usize, out: &mut [Found<Mention>]) {
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

    /// "Nghị quyết Trung ương 10, khóa XII".
    pub(super) fn of_central_committee(
        self,
        start: usize,
        at: usize,
        kind: Type,
        out: &mut Vec<Found<Mention>>,
    ) -> Option<usize> {
        // "nghị quyết của Hội nghị Trung ương 8".
        let of = usize::from(self.is_word(at, "của"));
        let plenum = self.is_word(at + of, "Hội") && self.is_word(at + of + 1, "nghị");
        let at = if plenum { at + of + 2 } else { at };
        if let Some(end) = self.ranked_plenum(at) {
            let mut found = self.found(start..end, kind, None);
            found.value.session = Some(self.context.reading.word(at + 2).to_owned());
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
            // "(khóa XI, XII)".
            while self.joint(end).is_some_and(|next| is_roman(self.context.reading.word(next))) {
                end += 2;
            }
            end += usize::from(self.is_sign(term - 1, "(") && self.is_sign(end, ")"));
        }
        let mut found = self.found(start..end, kind, None);
        found.value.session = Some(self.context.reading.word(number).to_owned());
        found.value.issuer = Some("Ban Chấp hành Trung ương Đảng".to_owned());
        out.push(found);
        Some(end)
    }

    /// "lần thứ mười Ban Chấp hành Trung ương Đảng khóa XIII": the end of what tells which plenum's resolution it is.
    pub(super) fn ranked_plenum(self, at: usize) -> Option<usize> {
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
    pub(super) fn of_year(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
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

    /// "theo quy định của Hiến pháp": there is one.
    pub(super) fn constitution(
        self,
        start: usize,
        at: usize,
        kind: Type,
        out: &mut Vec<Found<Mention>>,
    ) -> Option<usize> {
        let one = kind.name == "Hiến pháp" && self.tokens()[start].is_capital();
        one.then(|| {
            out.push(self.found(start..at, kind, None));
            at
        })
    }

    /// "quyết định của Ban Bí thư về …", "Nghị quyết Huyện ủy Ân Bình", "nghị quyết Đại hội XII của Đảng".
    pub(super) fn issued(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        // "Thông báo của Ủy ban MTTQ tỉnh": with a capital inside a sentence a document, else often a deed.
        let proper = kind.name == "Thông báo"
            && self.tokens()[start].is_capital()
            && !self.heads_sentence(start)
            && self.is_word(at, "của");
        if !(kind.naming == Naming::Issued || proper) || self.is_plural(start) {
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
    pub(super) fn congress_end(self, at: usize) -> usize {
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

    /// "UBND tỉnh đã ban hành Quyết định số 896", "Thủ tướng Chính phủ vừa ký Quyết định số 397": the subject of the verb of issuing.
    pub(super) fn issuer_before(self, start: usize) -> Option<String> {
        let verb = self.verb_of_issuing(start)?;
        let from = self.clause_start(verb);
        let office = |at: usize| self.lexicons.bodies.issuing_office(self.context, at);
        let offices = (from..verb).rev().find_map(|at| office(at).filter(|office| office.end <= verb));
        let near = |end: usize| end <= verb && end + 4 >= verb;
        // Behind the office the name of who holds it may stand.
        let held = |end: usize| self.context.person_at(end).map_or(end, |person| person.tokens.end);
        let office = offices.filter(|office| near(office.end) || near(held(office.end)) || near(office.end + 4));
        if let Some(office) = office {
            return Some(self.text(office));
        }
        let bodies = &self.context.organizations.all;
        let split = bodies.partition_point(|found| found.tokens.start < verb);
        let found = bodies[..split].iter().rev().take(3).find(|found| near(found.tokens.end))?;
        Some(self.text(found.tokens.clone()))
    }

    /// "Ngày 12/7/2018, Thủ tướng đã ban hành Quyết định số 851": the day that opens the sentence is the document's.
    pub(super) fn date_before(self, start: usize) -> Option<DatedFact> {
        let verb = self.verb_of_issuing(start)?;
        let reading = self.context.reading;
        let opening = reading.sentences[reading.sentence_of(verb)?].tokens.start;
        let near = (opening..opening + 2).find_map(|at| self.date_at(at))?;
        let calendar = Calendar::new(self.context.source.published, None);
        let fact = calendar.resolve(reading, near.tokens.clone(), &near.value)?;
        (near.value.part_of_day.is_none() && fact.date.as_day().is_some()).then_some(fact)
    }

    /// The verb of issuing right before a document: "ban hành", "ký", "ra".
    fn verb_of_issuing(self, start: usize) -> Option<usize> {
        (1..=3)
            .filter_map(|back| start.checked_sub(back))
            .find(|at| ["hành", "ký", "ra"].iter().any(|verb| self.is_word(*at, verb)))
    }

    /// Where the clause of a token begins, a dozen words back at most.
    fn clause_start(self, at: usize) -> usize {
        const WORDS: usize = 14;
        (at.saturating_sub(WORDS)..at).rev().take_while(|&at| self.tokens()[at].is_word()).last().unwrap_or(at)
    }

    /// "của Bộ Chính trị": the body, and the index behind it.
    pub(super) fn issuer_behind(self, at: usize) -> (usize, Option<String>) {
        let body_at = if self.is_word(at, "của") || self.is_word(at, "do") { at + 1 } else { return (at, None) };
        match self.lexicons.bodies.issuer(self.context, body_at) {
            Some(body) => (body.end, Some(self.text(body))),
            None => (at, None),
        }
    }

    /// "ngày 12/3/2021", ", ngày 5 tháng 7 năm 2019", "(ngày 8-3-2019)", "năm 1996".
    pub(super) fn date_behind(self, at: usize) -> (usize, Option<DatedFact>) {
        let at_date = at + usize::from(self.is_sign(at, ",("));
        let Some(found) = self.date_at(at_date) else { return (at, None) };
        let calendar = Calendar::new(self.context.source.published, None);
        let fact = calendar.resolve(self.context.reading, found.tokens.clone(), &found.value);
        // "đề án … chiều 15-3": a part of the day is when somebody met.
        let fact = fact.filter(|_| found.value.part_of_day.is_none());
        let single = fact.filter(|fact| fact.date.as_day().is_some() || fact.date.lacks_year() || is_year(fact));
        single.map_or((at, None), |fact| (found.tokens.end, Some(fact)))
    }

    /// "2013" or "năm 2013" behind the name of a law.
    pub(super) fn year_behind(self, at: usize) -> (usize, Option<DatedFact>) {
        let word = self.context.reading.word(at);
        let Some(date) = (word.len() == 4).then(|| word.parse().ok().and_then(crate::model::Edtf::year)).flatten()
        else {
            return self.date_behind(at);
        };
        (at + 1, Some(DatedFact { date, basis: Basis::Stated, span: Some(self.context.reading.span(at..at + 1)) }))
    }
}
