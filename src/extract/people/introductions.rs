//! What stands around a name: honorifics and ranks before it, offices behind it, and words that tell it is only remembered.

use std::ops::Range;

use super::super::localities;
use super::super::organizations::Named;
use super::lexicons::Honorific;
use super::names;
use super::offices::Office;
use super::scan::{Scanner, Who};
use crate::text::{Case, Kind, WordKey};

/// Most honorifics and ranks before one name.
const MOST_RANKS: usize = 6;

/// Words of an unknown body's name between an office and who holds it.
const MOST_BODY: usize = 7;

/// Tokens of one fact of a life: "quê xã Đông Sơn, …".
const MOST_LIFE: usize = 14;

/// Words of a team's name before "do".
const MOST_TEAM: usize = 14;

impl Scanner<'_> {
    /// The full name at a token: two words or more, beginning with a surname where `surname` asks for it.
    pub(super) fn full_name(&self, at: usize, surname: bool, introduced: bool) -> Option<Range<usize>> {
        let stop = |next: usize| self.offices.is_title(next) || self.offices.body(next).is_some();
        let at = self.pass_home(at);
        if !introduced && (self.offices.body(at).is_some() || self.offices.place(at).is_some()) {
            return None;
        }
        let run = names::run(self.reading, at, stop);
        if self.offices.place(at).is_some_and(|place| place.tokens.end >= run.end) {
            return None;
        }
        let known = self.surnames.surname(self.reading, at);
        // "Giám đốc Khối Phê duyệt", "chiến sĩ Đồn Biên | phòng": half a word of a body.
        let half = || self.offices.body(at).is_some_and(|body| body.tokens.end > run.end);
        if known.is_none() && (names::is_head_word(self.reading, at) || half()) {
            return None;
        }
        let fits = names::words(self.reading, &run) >= 2
            && (!surname || known.is_some())
            && !self.lexicons.is_historic(self.reading, &run);
        fits.then_some(run)
    }

    /// Passes over where somebody is from, "Đại sứ tại Việt Nam | Kunio Hara", and a head word that only points back to a body,
    /// "Thứ trưởng Bộ | Lê Văn Ba", where a name follows.
    fn pass_home(&self, at: usize) -> usize {
        let name_at = |from: usize| names::words(self.reading, &names::run(self.reading, from, |_| false)) >= 2;
        if let Some(end) = self.offices.country(at).filter(|&end| name_at(end)) {
            return end;
        }
        // "Trưởng thôn | Nà Lầu | Lê Văn Ba": the hamlet that begins with the title's last word.
        let hamlet = at.checked_sub(1).and_then(|unit| self.offices.place(unit)).map(|place| place.tokens.end);
        if let Some(end) = hamlet.filter(|&end| end > at && name_at(end)) {
            return end;
        }
        if !names::is_head_word(self.reading, at) {
            // "Chủ tịch Vinatan | Lê Văn Ba", "Chủ tịch VN Tan | Lê Văn Ba": a brand before a whole name.
            let branded = |&from: &usize| {
                self.reading.tokens.get(from - 1).is_some_and(|token| token.is_capital())
                    && self.surnames.surely_begins(self.reading, from)
                    && names::words(self.reading, &names::run(self.reading, from, |_| false)) >= 3
            };
            let short = self.reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word(Case::Upper));
            let longest = if short { 2 } else { 1 };
            let known = self.surnames.surname(self.reading, at).is_some();
            return (at + 1..=at + longest).find(branded).filter(|_| !known).unwrap_or(at);
        }
        if self.surnames.begins(self.reading, at + 1) && name_at(at + 1) {
            return at + 1;
        }
        // "Vụ trưởng Vụ Đông Nam Á | Lê Thị Mơ": a body that is not known, and who heads it.
        let capitals = (at + 1..at + MOST_BODY)
            .take_while(|&next| self.reading.tokens.get(next).is_some_and(|token| token.is_capital() && token.spaced));
        capitals
            .into_iter()
            .find(|&next| self.surnames.surely_begins(self.reading, next) && name_at(next))
            .unwrap_or(at)
    }

    /// One word with a capital, or two where they end a known name.
    pub(super) fn given_name(&self, at: usize) -> Option<Range<usize>> {
        if self.offices.body(at).is_some() || self.offices.place(at).is_some_and(|p| p.tokens.len() > 1) {
            return None;
        }
        let run = names::run(self.reading, at, |_| false);
        (names::words(self.reading, &run) == 1).then_some(run)
    }

    pub(super) fn has_middle_name(&self, name: &Range<usize>) -> bool {
        (name.start + 1..name.end - 1).any(|at| names::is_middle_name(self.reading.word(at)))
    }

    pub(super) fn ends_known_name(&self, words: &[WordKey]) -> bool {
        self.found.mentions.iter().rev().take(12).any(|mention| match mention.who {
            Who::Person(index) => {
                self.found.people[index].words.len() > 2 && self.found.people[index].words.ends_with(words)
            }
            _ => false,
        })
    }

    /// The offices behind a name and where they end; none where they lead on to the next name.
    pub(super) fn apposition(&self, at: usize, has_offices: bool) -> (Vec<Office>, usize) {
        let nothing = (Vec::new(), at);
        let comma = self.reading.tokens.get(at).is_some_and(|token| token.is(','));
        let at = self.pass_remark(at);
        let Some(token) = self.reading.tokens.get(at) else { return nothing };
        let (mut from, bracket) = match token.kind {
            Kind::Sign(',' | '-' | '–' | '—') => (at + 1, false),
            Kind::Sign('(') => (at + 1, true),
            Kind::Word(_) if self.reading.word(at) == "là" => (at + 1, false),
            Kind::Word(_) if matches!(self.reading.word(at), "hiện" | "nguyên" | "cựu") => (at, false),
            // "ông Lân bí thư Đảng ủy được bầu …".
            Kind::Word(Case::Lower) if self.offices.is_title(at) => (at, false),
            // "ông Lân (53 tuổi) Bí thư Huyện ủy".
            Kind::Word(_) if at > nothing.1 && self.offices.is_title(at) => (at, false),
            _ => return nothing,
        };
        // "(sinh năm 1967, …)", ", sinh năm 1978, quê Lâm Hà, …", "(60 tuổi), …": the life is passed over.
        let life = from;
        from = self.pass_life(from);
        let bracket = bracket && !self.reading.tokens[life..from].iter().any(|token| token.is(')'));
        from = self.pass_words(from, &["hiện", "nay", "đang", "giữ", "là", "chức", "vụ", "với", "vai", "trò"]);
        let (mut offices, mut end) = self.offices.chain(from);
        // "bà Mơ chủ tọa": without a sign only an office with its body.
        let bare = matches!(token.kind, Kind::Word(Case::Lower)) && from == at;
        if offices.first().is_none_or(|office| bare && !office.said) {
            return nothing;
        }
        // "Theo ông Lân, Thủ tướng yêu cầu …": another who speaks or acts.
        let goes_on = self.reading.tokens.get(end).is_some_and(|t| t.kind == Kind::Word(Case::Lower));
        if comma && goes_on && offices.len() == 1 && offices[0].of_state && !offices[0].former && self.is_source(at) {
            return nothing;
        }
        // "Sau ý kiến của Chánh Thanh tra Lê An, Chủ tịch UBND tỉnh yêu cầu …": the office of another, who speaks.
        if comma && goes_on && offices.len() == 1 && self.is_held_by_another(&offices[0], nothing.1) {
            return nothing;
        }
        if bracket {
            end += usize::from(self.reading.tokens.get(end).is_some_and(|t| t.is(')')));
        }
        if !bracket && (self.leads_to_name(end) || self.leads_abroad(&offices, end)) {
            // "A, Bí thư X, Chủ tịch Y B": the last office is the next person's, all of them where A has some already.
            let last = offices.pop();
            if has_offices || offices.is_empty() {
                return nothing;
            }
            end = last.map_or(end, |office| office.tokens.start.saturating_sub(1));
        }
        let closing = !bracket && self.reading.tokens.get(end).is_some_and(|t| t.is('-') || t.is('–'));
        (offices, end + usize::from(closing))
    }

    /// True for an office that one person holds, given to another than the one whose name ends at a token.
    fn is_held_by_another(&self, office: &Office, name_end: usize) -> bool {
        let holder = self.holders.get(&(office.title_key.clone(), office.body.full.clone()));
        let last = name_end.checked_sub(1).map(|at| self.reading.tokens[at].key);
        // "ông Lân, chuyên viên Phòng Kế toán, giữ chức …": what he was.
        let verb = self.reading.word(office.tokens.end);
        let leads = !self.reading.word(office.title.end - 1).ends_with("iên")
            && !matches!(verb, "giữ" | "được" | "làm" | "thôi" | "nghỉ" | "về");
        leads
            && office.is_single()
            && holder.is_some_and(|&holder| self.found.people[holder].words.last().copied() != last)
    }

    /// True if the name that ends at a token stands behind "theo", "của" and the like, so that a clause of others may follow: "vụ việc của ông
    /// Lân, | Thủ tướng …", "trả lời đại biểu Lân, | Thủ tướng …".
    fn is_source(&self, end: usize) -> bool {
        const MOST_BEFORE: usize = 9;
        let sentence = self.reading.sentence_of(end.saturating_sub(1));
        let start =
            sentence.map_or(end, |at| self.reading.sentences[at].tokens.start).max(end.saturating_sub(MOST_BEFORE));
        (start..end).rev().take_while(|&at| self.reading.tokens[at].is_word()).any(|at| {
            matches!(
                self.reading.word(at),
                "theo" | "Theo" | "của" | "với" | "vấn" | "lời" | "Cùng" | "gửi" | "về" | "Về"
            )
        })
    }

    /// Passes over what a bracket says of somebody in a picture, or of age, where a sign or an office follows: "Lê An (phải) | - Giám đốc Sở Y
    /// tế", "Lê An (53 tuổi) | Bí thư Huyện ủy".
    fn pass_remark(&self, at: usize) -> usize {
        const LONGEST: usize = 5;
        if !self.reading.tokens.get(at).is_some_and(|token| token.is('(')) {
            return at;
        }
        let small = |at: &usize| {
            let kind = self.reading.tokens.get(*at).map(|token| token.kind);
            matches!(kind, Some(Kind::Word(Case::Lower) | Kind::Number | Kind::Sign(',')))
        };
        let close = (at + 1..=at + LONGEST)
            .find(|at| !small(at))
            .filter(|&close| close > at + 1 && self.reading.tokens.get(close).is_some_and(|token| token.is(')')));
        let seen = close.is_some_and(|close| {
            let remark = (at + 1..close).map(|at| self.reading.word(at)).find(|word| {
                matches!(
                    *word,
                    "phải" | "trái" | "giữa" | "đứng" | "ngồi" | "bìa" | "tuổi" | "áo" | "ngoài" | "hàng" | "thứ"
                )
            });
            let offices = self.offices.is_title(at + 1);
            remark.is_some() && !offices
        });
        let leads = |close: usize| {
            let dash =
                self.reading.tokens.get(close + 1).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–' | '—' | ',')));
            dash || self.offices.is_title(close + 1)
        };
        close.filter(|&close| seen && leads(close)).map_or(at, |close| close + 1)
    }

    /// Passes over "sinh năm 1970, quê Lâm Hà, trình độ thạc sĩ,", "60 tuổi)," before offices.
    fn pass_life(&self, at: usize) -> usize {
        let mut from = at;
        for _ in 0..MOST_RANKS {
            let age = self.reading.tokens.get(from).is_some_and(|t| t.kind == Kind::Number)
                && self.reading.word(from + 1) == "tuổi";
            if !age && !matches!(self.reading.word(from), "sinh" | "SN" | "quê" | "trình" | "dân" | "ngụ" | "trú")
            {
                break;
            }
            let closes =
                |&at: &usize| matches!(self.reading.tokens[at].kind, Kind::Sign(',' | ';' | ')' | '.') | Kind::Break);
            let limit = self.reading.tokens.len().min(from + MOST_LIFE);
            let Some(end) = (from..limit).find(closes) else { return at };
            match self.reading.tokens[end].kind {
                Kind::Sign(',' | ';') => from = end + 1,
                Kind::Sign(')')
                    if self
                        .reading
                        .tokens
                        .get(end + 1)
                        .is_some_and(|t| matches!(t.kind, Kind::Sign(',' | '-' | '–'))) =>
                {
                    from = end + 2;
                }
                _ => return at,
            }
        }
        from
    }

    pub(super) fn pass_words(&self, mut at: usize, words: &[&str]) -> usize {
        for _ in 0..MOST_RANKS {
            // "hiện là | vụ trưởng Vụ Pháp chế", "giữ chức vụ | trưởng ban".
            let title = self.offices.is_title(at) && self.reading.word(at.saturating_sub(1)) != "chức";
            at += usize::from(words.contains(&self.reading.word(at)) && !title);
        }
        at
    }

    /// True if a name follows at once, with an honorific or without.
    pub(super) fn leads_to_name(&self, at: usize) -> bool {
        let (from, signed, honorific) = self.pass_honorifics(at);
        let introduced = honorific.is_some();
        (!signed || (introduced && self.reading.tokens[at].is('-')))
            && self.full_name(from, !introduced, introduced).is_some()
    }

    /// True if the last office leads to a foreigner's name: "…, Tổng thống Nga | Vladimir Karpin".
    fn leads_abroad(&self, offices: &[Office], at: usize) -> bool {
        let run = names::run(self.reading, at, |next| self.offices.is_title(next) || self.offices.body(next).is_some());
        let spaced = self.reading.tokens.get(at).is_some_and(|token| token.spaced);
        let of_country = offices.last().is_some_and(|office| self.offices.country(office.title.end) == Some(at));
        // "Chủ tịch Sun Group": the titles of companies stand before brands as well.
        let public = offices.last().is_some_and(|office| {
            let last = self.reading.small_word(office.title.end - 1);
            office.said || matches!(last, "tướng" | "thống" | "trưởng" | "vương" | "hậu" | "sứ" | "sĩ" | "viên")
        });
        let foreign = || run.clone().any(|at| localities::is_highland_name(self.reading.word(at)));
        spaced && names::words(self.reading, &run) >= 2 && (of_country || public && foreign())
    }

    /// Passes over a sign and honorifics: the next token, whether there was a sign, and the gender told.
    pub(super) fn pass_honorifics(&self, at: usize) -> (usize, bool, Option<Honorific>) {
        let signed = self.reading.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Sign(',' | ':' | '-' | '–')));
        let (from, _, gender) = self.pass_ranks(at + usize::from(signed));
        (from, signed, gender)
    }

    /// Passes over honorifics and ranks: "đồng chí Thiếu tướng, PGS.TS".
    pub(super) fn pass_ranks(&self, at: usize) -> (usize, bool, Option<Honorific>) {
        let (mut from, mut any, mut gender) = (at, false, None);
        for _ in 0..MOST_RANKS {
            let Some((end, honorific)) = self.lexicons.honorifics.longest(&self.reading.tokens, from) else { break };
            if matches!(honorific, Honorific::None | Honorific::Plural) {
                break;
            }
            if honorific.is_gender() {
                gender = Some(*honorific);
            }
            any = true;
            from = end;
            // "TS. Lê An", "Thiếu tướng, TS Lê An".
            let sign = self.reading.tokens.get(from).is_some_and(|t| t.is('.') || t.is(','));
            let next = self.lexicons.honorifics.longest(&self.reading.tokens, from + 1).is_some();
            let dotted = self.reading.tokens.get(from).is_some_and(|t| t.is('.') && !t.spaced);
            if sign && (next || dotted) {
                from += 1;
            }
            // The full stop of "TS." may have ended a line.
            if dotted && self.reading.tokens.get(from).is_some_and(|t| t.kind == Kind::Break) {
                from += 1;
            }
        }
        (from, any, gender)
    }

    /// True if the name at a token is only remembered or borrowed: "ngày sinh …", "đường …", "Ảnh: …".
    pub(super) fn is_namesake(&self, at: usize) -> bool {
        self.is_behind_house(at)
            || (at.saturating_sub(5)..at).any(|from| {
                self.lexicons.namesakes.longest(&self.reading.tokens, from).is_some_and(|(end, ())| {
                    let gap = at.saturating_sub(end);
                    // "yêu cầu ông Lân" names no bridge.
                    end <= at
                        && !(end == from + 1 && self.offices.closes_compound(from))
                        && (gap == 0
                            || (gap == 1
                                && matches!(self.reading.tokens[end].kind, Kind::Sign(':' | '-' | '–' | '"' | '“')))
                            || self.is_intro(end, at))
                })
            })
    }

    /// "căn nhà 105 | Trần Văn Lân", "tại số 7/2 | Lê Thị Mơ": a street.
    fn is_behind_house(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens[..at];
        let number = |kind: Kind| matches!(kind, Kind::Number | Kind::Sign('/'));
        let digits = tokens.iter().rev().take(3).take_while(|token| number(token.kind)).count();
        let before = |back: usize| at.checked_sub(digits + back).map_or("", |at| self.reading.word(at));
        digits > 0
            && match before(1) {
                "nhà" | "hẻm" | "ngõ" | "ngách" | "kiệt" => true,
                "chỉ" => matches!(before(2), "địa"),
                "số" => matches!(before(2), "nhà" | "Nhà" | "tại" | "ở" | "căn"),
                _ => false,
            }
    }

    /// True if nothing but an honorific or a title lies between.
    pub(super) fn is_intro(&self, from: usize, to: usize) -> bool {
        from < to
            && (self.lexicons.honorifics.longest(&self.reading.tokens, from).is_some_and(|(end, _)| end == to)
                || self.offices.office(from).is_some_and(|office| office.tokens.end == to))
    }

    /// True if the office at a token is somebody's who only sends: "Thừa ủy quyền của | Thủ tướng, ông Lân …", "thay mặt | Chủ tịch nước, …".
    pub(super) fn acts_for(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |at| self.reading.word(at));
        match word(1) {
            "của" => word(2) == "quyền",
            "mặt" | "lệnh" | "quyền" => matches!(word(2), "thay" | "Thay" | "thừa" | "Thừa" | "ủy" | "uỷ"),
            _ => false,
        }
    }

    /// True if the office at a token is named as whom somebody turns to, "báo cáo với | Thủ tướng, ông Lân …"; one that leads the state also behind
    /// "của", "theo": "theo quyết định của | Thủ tướng, ông Lân …".
    pub(super) fn is_addressed(&self, at: usize, of_state: bool) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |at| self.reading.word(at));
        let back = if matches!(word(1), "Ngài" | "ngài") { 2 } else { 1 };
        match word(back) {
            "với" | "gửi" | "mừng" | "trước" | "gặp" | "đón" | "tiếp" | "cùng" => true,
            // "Trả lời | Bí thư Thành ủy, ông Lân …".
            "lời" => word(back + 1).eq_ignore_ascii_case("trả"),
            "của" | "theo" | "Theo" => of_state,
            _ => false,
        }
    }

    /// "Đoàn khảo sát của Thành phố | do ông Lân làm trưởng đoàn": the team named before "do", without whose it is.
    pub(super) fn team_before(&self, at: usize) -> Option<Named> {
        let start = self.reading.sentences.get(self.reading.sentence_of(at)?)?.tokens.start;
        // "Đoàn công tác của Chính phủ, | do ông Lân làm trưởng đoàn".
        let at = at - usize::from(at > start && self.reading.tokens[at - 1].is(','));
        let begin = (start.max(at.saturating_sub(MOST_TEAM))..at)
            .rev()
            .take_while(|&at| self.reading.tokens[at].is_word() || self.reading.tokens[at].kind == Kind::Number)
            .find(|&at| matches!(self.reading.word(at), "Đoàn" | "đoàn" | "Tổ" | "tổ"))
            .or_else(|| self.team_opening(start, at))?;
        let end = (begin..at).find(|&at| self.reading.word(at) == "của").unwrap_or(at);
        let name = self.reading.text(begin..end).to_owned();
        (end > begin + 1).then(|| Named { written: name.clone(), full: name })
    }

    /// "Sáng 5-8, | Đoàn giám sát của Quốc hội về \"Việc thực hiện …\" do …": a team that the sentence opens with, however long it says what for.
    fn team_opening(&self, start: usize, at: usize) -> Option<usize> {
        const OPENING: usize = 10;
        (start..at.min(start + OPENING)).find(|&at| {
            let sent = matches!(self.reading.word(at + 1), "giám" | "công" | "kiểm" | "khảo");
            self.reading.word(at) == "Đoàn" && sent
        })
    }

    /// The person named last whose name ends with these words.
    pub(super) fn last_named(&self, words: &[WordKey]) -> Option<usize> {
        self.found.mentions.iter().rev().take(24).find_map(|mention| match mention.who {
            Who::Person(index) if self.found.people[index].words.ends_with(words) => Some(index),
            _ => None,
        })
    }
}
