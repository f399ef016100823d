//! The subject of an office of state: "Sở | Nông nghiệp và Phát triển nông thôn".

use super::grammar::Grammar;
use super::heads::Head;
use super::proper::is_function_word;
use crate::extract::localities::Known;
use crate::text::{Case, Kind, Reading};

/// Most parts of a subject that commas and "và" join.
const MOST_LISTED: usize = 5;
/// Most words of a subject.
pub(super) const LONGEST_SUBJECT: usize = 16;

impl Grammar {
    /// The subject behind "Sở", "Ban Chỉ đạo": words of the lexicon and capitals, joined by dashes, commas and "và". Tells where it
    /// ends and whether it has a capital.
    pub(super) fn subject(&self, reading: &Reading, from: usize, state: bool) -> Option<(usize, bool)> {
        let mut end = from;
        let (mut has_capital, mut complete) = (false, false);
        // "Viện | Pháp y": a country's name only where no word of the lexicon begins with it.
        let word = self.fields.longest(&reading.tokens, from).map_or(from, |(end, _)| end);
        // "Ban Quản lý dự án | Mỹ Thuận" is not that of the United States.
        let named = |end: usize, known: Known| known == Known::Short && self.is_name_word(reading, end);
        let known = self.localities.known(reading, from);
        let place = known.is_some_and(|(end, known)| end >= word && !named(end, known));
        if self.heads_inside(reading, from) || place {
            return None;
        }
        // "Trung ương Hội | tổ chức đại hội thi đua".
        let union = reading.word(from - 1).eq_ignore_ascii_case("hội") && reading.word(from) == "tổ";
        if union && reading.word(from + 1) == "chức" {
            return None;
        }
        while end - from < LONGEST_SUBJECT {
            let next = self.glue(reading, end, from, complete);
            if next > from && self.tail(reading, next).is_some() {
                break;
            }
            if next > from
                && (self
                    .localities
                    .at(reading, next, true)
                    .is_some_and(|l| l.unit.is_some_and(|u| u.is_administrative()) || l.unit.is_none())
                    || self.heads_inside(reading, next))
            {
                break;
            }
            if let Some((field_end, portfolio)) = self.fields.longest(&reading.tokens, next) {
                // A portfolio is complete: only a capital or a joining word leads on from it.
                if end > from && next == end && complete && !reading.tokens[next].is_capital() {
                    break;
                }
                // "Cục Đường bộ | tổ chức họp": behind a state office's subject such words are what it does.
                let small = end > from && next == end && !reading.tokens[next].is_capital();
                // "Cục Quản lý | xây dựng và chất lượng công trình": behind that word what is managed.
                let managed = (reading.small_word(end.max(2) - 2), reading.word(end - 1)) == ("quản", "lý");
                if state && small && is_act(reading.word(next)) && !managed {
                    break;
                }
                // "Ban Chỉ đạo phòng chống thiên tai | tổ chức họp".
                let holds = reading.word(next) == "tổ" && reading.word(next + 1) == "chức";
                if holds && end > from && !matches!(reading.word(next + 2), "cán" | "bộ" | "nhà" | "phi" | "đảng")
                {
                    break;
                }
                // "Ban Chỉ đạo phòng chống thiên tai | xây dựng phương án".
                let act = (reading.word(next), reading.word(next + 1));
                if small && !state && matches!(act, ("xây", "dựng") | ("kiểm", "tra") | ("giám", "sát")) {
                    break;
                }
                complete = *portfolio && !managed;
                has_capital |= reading.tokens[next].is_capital();
                end = second_sign(reading, field_end);
            } else if next == from && self.is_name_word(reading, next) && !self.localities_surname(reading, next) {
                has_capital = true;
                end = second_sign(reading, next + 1);
                // "Viện Dưỡng lão": a word of two syllables with one capital.
                let whole = reading.tokens[next].kind == Kind::Word(Case::Title) && reading.word(next).len() > 1;
                let second = reading.tokens.get(end).filter(|_| whole);
                if second.is_some_and(|t| t.kind == Kind::Word(Case::Lower)) && !is_function_word(reading.word(end)) {
                    end += 1;
                }
            } else if next == end && end > from && self.localities.bare_unit(reading, next).is_some() {
                // "Ban Chỉ đạo phòng, chống dịch | Thành phố".
                break;
            } else if next == end && complete && state && reading.word(from - 1).eq_ignore_ascii_case("bộ") {
                // "Bộ trưởng Bộ Công an | Tô Lân": behind a ministry's subject stands a name or a state.
                break;
            } else if next == end
                && complete
                && reading.word(from - 1).eq_ignore_ascii_case("sở")
                && self.localities.known(reading, next).is_none()
                && self.localities.surnames.surname(reading, next).is_some()
            {
                // "Giám đốc Sở Khoa học và Công nghệ | Hồ Lân": a province is known, with a rare surname stands who heads it.
                break;
            } else if next == end && end > from && self.is_name_word(reading, next) {
                let run = self.localities.capitals(reading, next, 4);
                let own = self.localities.before_person(reading, run, 0);
                if own.is_empty() {
                    break;
                }
                has_capital = true;
                end = own.end + usize::from(own.len() == 1 && self.is_half_word(reading, own.start));
            } else {
                break;
            }
        }
        (end > from).then_some((end, has_capital))
    }

    pub(super) fn localities_surname(&self, reading: &Reading, at: usize) -> bool {
        let run = self.localities.capitals(reading, at, 5);
        self.localities.before_person(reading, run.clone(), 0).is_empty() && run.len() > 1
    }

    pub(super) fn is_name_word(&self, reading: &Reading, at: usize) -> bool {
        reading
            .tokens
            .get(at)
            .is_some_and(|t| matches!(t.kind, Kind::Word(Case::Title | Case::Upper | Case::Mixed)) && t.spaced)
    }

    /// True if a body of its own begins here: "Sở Y tế và | UBND quận".
    pub(super) fn heads_inside(&self, reading: &Reading, at: usize) -> bool {
        self.head(reading, at).is_some_and(|(end, kind)| match kind {
            // "Ủy ban Quốc gia về | Chính phủ điện tử": more than the body of these words.
            Head::Fixed if self.fields.longest(&reading.tokens, at).is_some_and(|(field, _)| field > end) => false,
            Head::Topic | Head::Loose | Head::Proper | Head::Press => {
                reading.tokens[at].is_capital()
                    && self.subject_starts(reading, end)
                    && self.fields.longest(&reading.tokens, at).is_none()
            }
            Head::Seat => {
                self.fields.longest(&reading.tokens, at).is_none() || self.localities.at(reading, end, true).is_some()
            }
            _ => true,
        })
    }

    pub(super) fn subject_starts(&self, reading: &Reading, at: usize) -> bool {
        self.fields.longest(&reading.tokens, at).is_some() || self.is_name_word(reading, at)
    }

    /// Where the subject may go on behind a dash, a comma or "và"; the same place where there is none of them.
    pub(super) fn glue(&self, reading: &Reading, at: usize, from: usize, complete: bool) -> usize {
        let Some(token) = reading.tokens.get(at).filter(|_| at > from) else { return at };
        let joins = match token.kind {
            // "Bộ Y tế - cơ quan soạn thảo - …": what the body is.
            Kind::Sign('-' | '–') if matches!(reading.word(at + 1), "cơ" | "đơn" | "chủ") => false,
            Kind::Sign('-' | '–' | '&') => self.fields.longest(&reading.tokens, at + 1).is_some(),
            Kind::Sign(',') => {
                self.fields.longest(&reading.tokens, at + 1).is_some_and(|_| !reading.tokens[at + 1].is_capital())
                    && (reading.tokens[from].is_capital() || reading.word(from - 1).eq_ignore_ascii_case("gia"))
                    && (self.list_closes_with_and(reading, at + 1) || self.list_closes_with_unit(reading, at + 1))
            }
            Kind::Word(_) if reading.word(at) == "và" && !complete => {
                self.fields.longest(&reading.tokens, at + 1).is_some_and(|_| !reading.tokens[at + 1].is_capital())
            }
            _ => false,
        };
        if joins { at + 1 } else { at }
    }

    /// "các công trình giao thông, | nông nghiệp tỉnh": a comma joins where the unit follows whose body it is.
    fn list_closes_with_unit(&self, reading: &Reading, at: usize) -> bool {
        let field = self.fields.longest(&reading.tokens, at);
        field.is_some_and(|(end, _)| {
            matches!(reading.word(end), "tỉnh" | "huyện" | "TP") && self.localities.bare_unit(reading, end).is_some()
        })
    }

    /// "Nghiên cứu, xây dựng | và phổ biến pháp luật": a comma joins only where the list goes on to "và" and a word of the lexicon.
    pub(super) fn list_closes_with_and(&self, reading: &Reading, at: usize) -> bool {
        let mut at = at;
        for _ in 0..MOST_LISTED {
            let Some((end, _)) = self.fields.longest(&reading.tokens, at) else { return false };
            // "đổi mới sáng tạo và chuyển đổi số" are words of the lexicon together.
            if (at..end).any(|at| reading.word(at) == "và") {
                return true;
            }
            match reading.word(end) {
                "và" => return self.fields.longest(&reading.tokens, end + 1).is_some(),
                "," => at = end + 1,
                _ => return false,
            }
        }
        false
    }
}

/// "Vụ KHCN | &MT": the second of two short forms in one.
fn second_sign(reading: &Reading, at: usize) -> usize {
    let tight = |at: usize| reading.tokens.get(at).filter(|token| !token.spaced);
    let upper = |at: usize| tight(at).is_some_and(|token| token.kind == Kind::Word(Case::Upper));
    if upper(at + 1) && tight(at).is_some_and(|token| token.is('&')) { at + 2 } else { at }
}

/// First words of what an office does.
fn is_act(word: &str) -> bool {
    const WORDS: [&str; 14] =
        ["tổ", "xây", "kiểm", "giám", "nghiên", "quản", "bảo", "phát", "khai", "đào", "điều", "thẩm", "phân", "bồi"];
    WORDS.contains(&word)
}
