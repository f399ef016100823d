//! The subject of an office of state ("Sở | Nông nghiệp và Phát triển nông thôn") and the proper name of a company or school.

use super::grammar::Grammar;
use super::heads::Head;
use crate::extract::localities::{self, Known};
use crate::text::{Case, Kind, Reading};

/// Most parts of a subject that commas and "và" join.
const MOST_LISTED: usize = 5;
/// Most words of a subject.
const LONGEST_SUBJECT: usize = 16;

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
                if state && small && is_act(reading.word(next)) {
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
                complete = *portfolio;
                has_capital |= reading.tokens[next].is_capital();
                end = field_end;
            } else if next == from && self.is_name_word(reading, next) && !self.localities_surname(reading, next) {
                has_capital = true;
                end = next + 1;
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

    /// A proper name behind "Công ty", "Trường": words of the lexicon, at most two other small words, then capitals and numbers.
    pub(super) fn proper(&self, reading: &Reading, from: usize, capital: bool) -> Option<usize> {
        let mut at = from;
        let mut small = 0;
        while small < 3
            && let Some(token) = reading.tokens.get(at)
        {
            if token.is_capital() || token.kind == Kind::Number {
                break;
            }
            if let Some((end, _)) = self.fields.longest(&reading.tokens, at) {
                at = end;
            } else if at > from
                && reading.word(at) == "và"
                && self.fields.longest(&reading.tokens, at + 1).is_some_and(|_| !reading.tokens[at + 1].is_capital())
            {
                at += 1;
            } else if capital && token.is_word() && !is_function_word(reading.word(at)) {
                small += 1;
                at += 1;
            } else {
                return None;
            }
        }
        let start = at;
        while let Some(token) = reading.tokens.get(at) {
            if at > start && token.is_word() && self.heads_inside(reading, at) {
                break;
            }
            if at > start && joins_trades(reading, at) {
                at += 3;
                continue;
            }
            if token.is_capital()
                && let Some((end, _)) = self.fields.longest(&reading.tokens, at).filter(|(end, _)| end - at > 1)
            {
                at = end;
                continue;
            }
            // "Hàng hải Việt Nam": a word of two syllables with one capital, before another name.
            let two = |offset: usize| reading.tokens.get(at + offset);
            if matches!(token.kind, Kind::Word(Case::Title))
                && two(1).is_some_and(|t| t.kind == Kind::Word(Case::Lower) && !is_function_word(reading.word(at + 1)))
                && (two(2).is_some_and(|t| t.is_capital() || t.kind == Kind::Number) && at == start
                    || (at > from
                        && reading.tokens[at - 1].kind == Kind::Word(Case::Upper)
                        && (is_legal_form(reading.word(at - 1))
                            || two(2).is_none_or(|t| t.kind != Kind::Word(Case::Lower)))))
            {
                at += 2;
                continue;
            }
            // "báo Pháp Luật | TP.HCM": the name of the city is whole.
            let dotted = |offset: usize| two(offset).filter(|token| !token.spaced);
            let city = dotted(1).is_some_and(|t| t.is('.')) && dotted(2).is_some_and(|t| t.is_capital());
            if reading.word(at) == "TP" && city {
                at += 3;
                continue;
            }
            let joined = at > from && !token.spaced;
            let goes_on = match token.kind {
                Kind::Word(Case::Title | Case::Upper | Case::Mixed) => {
                    // "Công ty Đầu tư BOT | An Phát Sao": behind what kind of company it is stands its name.
                    let person =
                        at > start && self.localities_surname(reading, at) && !is_legal_form(reading.word(at - 1));
                    !joined && !person && at - from < LONGEST_SUBJECT
                }
                Kind::Number => {
                    let own = at == from && reading.word(at).len() <= 4;
                    (own || at > start && self.numbers_name(reading, at))
                        && !reading.tokens.get(at + 1).is_some_and(|t| t.is('/') || t.is('%'))
                }
                Kind::Sign('-' | '–') => {
                    if let Some(end) = self.second_half(reading, at).filter(|_| at > start) {
                        at = end;
                        continue;
                    }
                    false
                }
                _ => false,
            };
            if goes_on {
                at += 1;
            } else if at > start
                && !token.is_capital()
                && let Some((end, _)) = self.fields.longest(&reading.tokens, at)
                && token.is_word()
                // "Tổng Công ty Điện lực Sơn Hà | tổ chức Hội nghị".
                && (reading.word(at), reading.word(at + 1)) != ("tổ", "chức")
                && reading.tokens.get(end).is_some_and(|t| t.is_capital() && t.spaced)
            {
                at = end;
            } else {
                break;
            }
        }
        // "Công ty cổ phần Cải | thiện môi trường": no name ends with half a word.
        let lone = at > from + 1 && at == start + 1 && self.is_half_word(reading, start);
        (at > start).then_some(at + usize::from(lone))
    }

    /// True for the first syllable of a word that has a capital only there: "Viện Nghiên cứu Chế | tạo máy".
    pub(super) fn is_half_word(&self, reading: &Reading, at: usize) -> bool {
        let whole = reading.tokens[at].kind == Kind::Word(Case::Title)
            && reading.word(at).len() > 1
            && !reading.tokens[at - 1].is_capital()
            && !localities::is_highland_name(reading.word(at))
            && self.localities.known(reading, at).is_none()
            && self.head(reading, at).is_none();
        let next = reading.tokens.get(at + 1).filter(|_| whole);
        next.is_some_and(|token| token.spaced && token.kind == Kind::Word(Case::Lower))
            && self.fields.longest(&reading.tokens, at + 1).is_none()
            && !ends_name(reading.word(at + 1))
            && !self.unit_ends.ends(reading, at + 1)
    }
}

impl Grammar {
    /// "Công ty Điện lực Sơn Tân 1 | đã …": a small number that ends a name, with nothing counted behind it.
    fn numbers_name(&self, reading: &Reading, at: usize) -> bool {
        let next = at + 1;
        let closes = match reading.tokens.get(next).map(|token| token.kind) {
            None | Some(Kind::Break | Kind::Sign(_)) => true,
            Some(Kind::Word(Case::Lower)) => ends_name(reading.word(next)),
            _ => false,
        };
        closes && reading.word(at).len() <= 2 && !reading.tokens[at].is('.')
    }

    /// "thép Dana | - Ý", "Sài Gòn | - Bến Thành": the end of a name's second half, one to three capitals behind a dash that nobody's
    /// name, no title and no other word goes on from.
    fn second_half(&self, reading: &Reading, dash: usize) -> Option<usize> {
        let run = self.localities.capitals(reading, dash + 1, 4);
        let other = self.localities.surnames.surely_begins(reading, run.start)
            || matches!(reading.word(run.start), "Ông" | "Bà" | "Anh" | "Chị" | "Ảnh" | "Đồng")
            || self.heads_inside(reading, run.start);
        let closes = match reading.tokens.get(run.end).map(|token| token.kind) {
            None | Some(Kind::Break | Kind::Sign(_)) => true,
            Some(Kind::Word(Case::Lower)) => ends_name(reading.word(run.end)),
            _ => false,
        };
        ((1..=3).contains(&run.len()) && !other && closes).then_some(run.end)
    }
}

/// Small words behind a whole name: those that stand inside none, and what companies do.
fn ends_name(word: &str) -> bool {
    const ACTS: [&str; 10] = ["tổ", "họp", "khai", "bế", "ký", "báo", "phối", "trao", "triển", "tiếp"];
    is_function_word(word) || ACTS.contains(&word)
}

/// Small words that never stand inside a company's name.
fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 50] = [
        "của", "do", "tại", "ở", "và", "là", "đã", "được", "thuộc", "với", "cho", "có", "trên", "để", "đến", "từ",
        "này", "theo", "về", "trong", "cùng", "các", "những", "một", "ông", "bà", "anh", "chị", "thì", "mà", "nhưng",
        "sẽ", "đang", "cần", "phải", "khi", "nếu", "vào", "ra", "không", "bị", "như", "nói", "cũng", "đó", "trực",
        "hợp", "đồng", "ngày", "lần",
    ];
    WORDS.contains(&word)
}

/// First words of what an office does.
fn is_act(word: &str) -> bool {
    const WORDS: [&str; 14] =
        ["tổ", "xây", "kiểm", "giám", "nghiên", "quản", "bảo", "phát", "khai", "đào", "điều", "thẩm", "phân", "bồi"];
    WORDS.contains(&word)
}

/// "Công ty Đầu tư | và Phát triển Sơn Hà": an "và" between two words for what companies do belongs to the name.
fn joins_trades(reading: &Reading, at: usize) -> bool {
    const TRADES: [(&str, &str); 12] = [
        ("đầu", "tư"),
        ("phát", "triển"),
        ("thương", "mại"),
        ("xây", "dựng"),
        ("sản", "xuất"),
        ("dịch", "vụ"),
        ("tư", "vấn"),
        ("kinh", "doanh"),
        ("chế", "biến"),
        ("du", "lịch"),
        ("vận", "tải"),
        ("kiến", "trúc"),
    ];
    let trade = |at: usize| {
        let pair = [reading.small_word(at), reading.small_word(at + 1)];
        TRADES.iter().any(|(first, second)| pair[0] == *first && pair[1] == *second)
    };
    let capital = |at: usize| reading.tokens.get(at).is_some_and(|token| token.is_capital());
    // "Đầu tư xây dựng | và thương mại Sơn Hà": in small letters before a name.
    let named = capital(at + 1) || capital(at + 3);
    // "Công ty TNHH Du lịch | - Thương mại Sơn Hà".
    let joins = reading.word(at) == "và" || reading.tokens[at].is('-') || reading.tokens[at].is('–');
    joins && at >= 2 && trade(at - 2) && trade(at + 1) && named
}

/// Abbreviations for the form of a company, behind which its name begins: "Công ty TNHH | Hàng hải".
fn is_legal_form(word: &str) -> bool {
    matches!(word, "TNHH" | "CP" | "TMCP" | "MTV" | "CTCP" | "TM" | "XNK" | "DV" | "SX" | "BOT")
}
