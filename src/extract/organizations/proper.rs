//! The proper name of a company or school: "Công ty cổ phần | may Hòa Thắng", "Trường THPT | Lê Lợi".

use super::grammar::Grammar;
use super::heads::Head;
use super::subject::LONGEST_SUBJECT;
use crate::extract::localities;
use crate::text::{Case, Kind, Reading};

impl Grammar {
    /// A proper name behind "Công ty", "Trường": words of the lexicon, at most two other small words, then capitals and numbers.
    pub(super) fn proper(&self, reading: &Reading, from: usize, capital: bool) -> Option<usize> {
        // "trường THCS | thị trấn Lam Sao": the school of a commune.
        let school = reading.small_word(from - 1) != "trường"
            && matches!(reading.word(from - 1), "THCS" | "THPT" | "học" | "non" | "giáo" | "sở");
        let place = || {
            let unit = self.localities.unit(reading, from).filter(|(_, unit)| unit.is_administrative())?;
            self.localities.at_unit(reading, from, Some(unit), true).filter(|place| !place.name.is_empty())
        };
        if let Some(place) = school.then(place).flatten() {
            return Some(place.end());
        }
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
            if at > start && token.is_word() && !is_brand(reading, at) && self.heads_inside(reading, at) {
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
            let stop = reading.word(at) == "TP" && dotted(1).is_some_and(|t| t.is('.'));
            if stop && two(2).is_some_and(|t| t.is_capital() && (!t.spaced || reading.word(at + 2) == "HCM")) {
                at += 3;
                continue;
            }
            let joined = at > from && !token.spaced;
            let goes_on = match token.kind {
                Kind::Word(Case::Title | Case::Upper | Case::Mixed) => {
                    // "Công ty Đầu tư BOT | An Phát Sao": behind what kind of company it is stands its name.
                    // "Công ty TNHH Ba | Vàng Sơn Hà": one syllable is no brand.
                    let syllable = at == start + 1
                        && reading.tokens[start].kind == Kind::Word(Case::Title)
                        && !localities::is_highland_name(reading.word(start));
                    let person = at > start
                        && !syllable
                        && self.localities_surname(reading, at)
                        && !is_legal_form(reading.word(at - 1));
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
            // "Trường ĐH Công nghệ | giao thông vận tải": what is taught there closes the name.
            let taught = || {
                let (end, portfolio) = self.fields.longest(&reading.tokens, at)?;
                let closes = match reading.tokens.get(end).map(|token| token.kind) {
                    None | Some(Kind::Break | Kind::Sign(_)) => true,
                    Some(Kind::Word(Case::Lower)) => ends_name(reading.word(end)),
                    _ => false,
                };
                let school = matches!(reading.word(from - 1), "ĐH" | "CĐ" | "học" | "đẳng");
                let small = at > start && !token.is_capital() && reading.word(at) != "tổ";
                (school && closes && *portfolio && small).then_some(end)
            };
            if goes_on {
                at += 1;
            } else if let Some(end) = taught() {
                at = end;
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
        if let Some(end) = self.object_of_trade(reading, start, at) {
            return Some(end);
        }
        // "Công ty cổ phần Cải | thiện môi trường": no name ends with half a word.
        // "trường ĐH Ngân | hàng": so does none of a school of higher learning, which is called by what it teaches.
        let taught = matches!(reading.word(from - 1), "ĐH" | "CĐ" | "học" | "đẳng")
            || reading.word(from - 1) == "viện" && reading.small_word(from.max(2) - 2) == "học";
        let bank = taught && (reading.word(start), reading.word(at)) == ("Ngân", "hàng");
        // "Bệnh viện Nhi Trung | ương".
        let centre = (reading.word(at - 1), reading.word(at)) == ("Trung", "ương");
        let lone =
            centre || at == start + 1 && (bank || (at > from + 1 || taught) && self.is_half_word(reading, start));
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

    /// "Công ty TNHH Khai thác | công trình thủy lợi Sơn Hà": behind such a word what the company works on, up to its place.
    fn object_of_trade(&self, reading: &Reading, start: usize, at: usize) -> Option<usize> {
        const MOST: usize = 7;
        let trade = at >= start + 2
            && reading.tokens[at - 2].is_capital()
            && matches!(
                (reading.small_word(at - 2), reading.small_word(at - 1)),
                ("khai", "thác")
                    | ("quản", "lý")
                    | ("kinh", "doanh")
                    | ("chế", "biến")
                    | ("sản", "xuất")
                    | ("cung", "cấp")
            );
        let small = |at: &usize| {
            let token = reading.tokens.get(*at);
            token.is_some_and(|token| token.kind == Kind::Word(Case::Lower)) && !ends_name(reading.word(*at))
        };
        let end = at + (at..at + MOST).take_while(small).count();
        let place = || self.localities.known(reading, end).map(|(end, _)| end);
        (trade && end > at).then(place).flatten()
    }

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
            || self.heads_inside(reading, run.start)
                && !self.head(reading, run.start).is_some_and(|(end, kind)| kind == Head::Fixed && end == run.end);
        let closes = match reading.tokens.get(run.end).map(|token| token.kind) {
            None | Some(Kind::Break | Kind::Sign(_)) => true,
            Some(Kind::Word(Case::Lower)) => ends_name(reading.word(run.end)),
            _ => false,
        };
        ((1..=3).contains(&run.len()) && !other && closes).then_some(run.end)
    }
}

/// "Công ty cổ phần Ô tô | Trường Hải": a brand of two words, the first of which is a school's elsewhere.
fn is_brand(reading: &Reading, at: usize) -> bool {
    let title =
        |at: usize| reading.tokens.get(at).is_some_and(|token| token.spaced && token.kind == Kind::Word(Case::Title));
    reading.word(at) == "Trường" && title(at + 1) && !title(at + 2)
}

/// Small words behind a whole name: those that stand inside none, and what companies do.
fn ends_name(word: &str) -> bool {
    const ACTS: [&str; 10] = ["tổ", "họp", "khai", "bế", "ký", "báo", "phối", "trao", "triển", "tiếp"];
    is_function_word(word) || ACTS.contains(&word)
}

/// Small words that never stand inside a company's name.
pub(super) fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 51] = [
        "hoặc", "của", "do", "tại", "ở", "và", "là", "đã", "được", "thuộc", "với", "cho", "có", "trên", "để", "đến",
        "từ", "này", "theo", "về", "trong", "cùng", "các", "những", "một", "ông", "bà", "anh", "chị", "thì", "mà",
        "nhưng", "sẽ", "đang", "cần", "phải", "khi", "nếu", "vào", "ra", "không", "bị", "như", "nói", "cũng", "đó",
        "trực", "hợp", "đồng", "ngày", "lần",
    ];
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

#[cfg(test)]
mod tests {
    use crate::extract::organizations::tests::names;

    #[test]
    fn names_of_companies_schools_and_hospitals_are_whole() {
        for (text, expected) in [
            ("Công ty TNHH Ba Vàng Sơn Hà dự.", vec!["Công ty TNHH Ba Vàng Sơn Hà"]),
            ("Tập đoàn Tân Hoàng Sao ký kết.", vec!["Tập đoàn Tân Hoàng Sao"]),
            ("Tổng Giám đốc Công ty Vinatan Lê Thị Mơ nói.", vec!["Công ty Vinatan"]),
            (
                "Công ty TNHH MTV Khai thác công trình thủy lợi Lâm Đồng báo cáo.",
                vec!["Công ty TNHH MTV Khai thác công trình thủy lợi Lâm Đồng"],
            ),
            (
                "Trường ĐH Kinh tế TP. HCM và Học viện Ngân hàng dự.",
                vec!["Trường ĐH Kinh tế TP. HCM", "Học viện Ngân hàng"],
            ),
            ("sinh viên Trường ĐH Công nghệ giao thông vận tải đã", vec!["Trường ĐH Công nghệ giao thông vận tải"]),
            ("Công ty cổ phần Ô tô Trường Lam họp.", vec!["Công ty cổ phần Ô tô Trường Lam"]),
            ("trường THCS thị trấn Lam Sao khai giảng.", vec!["trường THCS thị trấn Lam Sao"]),
            ("CTCP Xây dựng Bắc Sao dự.", vec!["CTCP Xây dựng Bắc Sao"]),
            ("Tập đoàn Hoàng Anh Gia Lai dự. Tập đoàn Hoàng Anh Gia Lai nói.", vec!["Tập đoàn Hoàng Anh Gia Lai"]),
            ("Bệnh viện Mắt Trung ương khám.", vec!["Bệnh viện Mắt Trung ương"]),
            ("Tổng công ty Hàng hải Việt Nam - Vinalines họp.", vec!["Tổng công ty Hàng hải Việt Nam - Vinalines"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
