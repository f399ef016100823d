//! Short forms that a report gives in brackets: they tell where a long name ends, and stand for the body later on.
//!
//! "Hiệp hội Chế biến và Xuất khẩu cá Lam Hải (HACEP) kiến nghị … Phó Chủ tịch HACEP cho biết".

use std::collections::hash_map::Entry;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::grammar::Grammar;
use super::heads::Head;
use super::name::Body;
use crate::extract::localities;
use crate::text::{Case, Kind, Reading, WordKey};

/// Most words between what is known of a name and the bracket that closes it.
const MOST: usize = 14;

/// Most words of a short form: "EVN HANOI", "PMU Thăng Long".
const MOST_WORDS: usize = 3;

/// Words that stand inside no name.
const OUTSIDE: [&str; 46] = [
    "do", "ở", "là", "đã", "được", "thuộc", "đến", "từ", "này", "theo", "cùng", "những", "một", "ông", "bà", "anh",
    "chị", "thì", "mà", "nhưng", "sẽ", "đang", "cần", "phải", "khi", "nếu", "vào", "ra", "không", "bị", "như", "nói",
    "cũng", "đó", "trên", "có", "để", "rằng", "họp", "nêu", "gồm", "vừa", "ngày", "cuộc", "buổi", "lễ",
];

/// Words of two syllables that stand inside no name.
const OUTSIDE_PAIRS: [(&str, &str); 10] = [
    ("cho", "biết"),
    ("cho", "hay"),
    ("yêu", "cầu"),
    ("đề", "nghị"),
    ("kiến", "nghị"),
    ("báo", "cáo"),
    ("hội", "nghị"),
    ("hội", "thảo"),
    ("chương", "trình"),
    ("dự", "án"),
];

impl Grammar {
    /// "Tổng Công ty Xây | lắp dầu khí (VTC)": a short form in brackets closes a name, whatever words stand before it.
    pub(super) fn until_short_form(&self, reading: &Reading, head: usize, known: usize) -> Option<usize> {
        // "Sở Y tế … (KCB)": the state's offices are known by their work.
        let state = matches!(reading.small_word(head), "bộ" | "sở" | "phòng" | "vụ" | "khoa" | "đoàn" | "đội" | "trạm");
        let capital = reading.tokens.get(head..known)?.iter().any(|token| token.is_capital());
        if state || !capital {
            return None;
        }
        let mut at = known;
        while at < known + MOST {
            let token = reading.tokens.get(at)?;
            match token.kind {
                Kind::Sign('(') if at > known => return self.short_form(reading, at).map(|_| at),
                Kind::Sign('-' | '–' | '&') | Kind::Number if at > known => {}
                Kind::Word(_) if is_outside(reading, at) => return None,
                Kind::Word(_) if self.localities.surnames.surely_begins(reading, at) => return None,
                Kind::Word(_) if token.is_capital() && self.heads_inside(reading, at) => return None,
                Kind::Word(_) => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// "Tổng công ty Đường cao tốc Việt Nam - | VEC": a company's own brand.
    fn brand_behind_dash(&self, reading: &Reading, body: &Body) -> Option<Range<usize>> {
        let at = body.tokens.end + 1;
        let dash = matches!(reading.tokens.get(at - 1)?.kind, Kind::Sign('-' | '–'));
        let brand = self.head(reading, at).is_some_and(|(end, kind)| end == at + 1 && kind == Head::Fixed);
        (dash && brand && is_company(reading, body)).then_some(at..at + 1)
    }

    /// The short form behind an opening bracket: "( | VTC)", "( | VTC, chủ đầu tư)".
    fn short_form(&self, reading: &Reading, open: usize) -> Option<Range<usize>> {
        let at = open + 1;
        let word = reading.word(at);
        let upper = |at: usize| reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word(Case::Upper));
        let shape = match reading.tokens.get(at)?.kind {
            Kind::Word(Case::Upper) => word.len() > 2,
            Kind::Word(Case::Mixed) => word.len() > 3,
            Kind::Word(Case::Title) => word.is_ascii() && localities::is_highland_name(word),
            _ => false,
        };
        let named = |next: usize| reading.tokens.get(next).is_some_and(|token| token.is_capital() && token.spaced);
        let more = (at + 1..at + MOST_WORDS).take_while(|&next| upper(at) && named(next)).count();
        let end = at + 1 + more;
        let closes = matches!(reading.tokens.get(end)?.kind, Kind::Sign(')' | ',' | '-' | '–'));
        let other = self.fields.longest(&reading.tokens, at).is_some()
            || self.localities.known(reading, at).is_some()
            || self.localities.unit(reading, at).is_some()
            || is_common(word)
            || self.head(reading, at).is_some_and(|(_, kind)| !matches!(kind, Head::Fixed | Head::Seat));
        (shape && closes && !other).then_some(at..end)
    }

    /// "Hiệp hội Chế biến | và Xuất khẩu cá Việt Nam", "Hiệp hội Da | - Vải Việt Nam": an association's name runs on to its country or province.
    pub(super) fn until_country(&self, reading: &Reading, head: usize, known: usize) -> usize {
        const FAR: usize = 10;
        let joins = reading.word(known) == "và"
            || reading.tokens.get(known).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–')));
        let union = matches!(
            (reading.word(head), reading.word(head + 1)),
            ("Hiệp" | "Tổng", "hội") | ("Hội", _) | ("Liên", "hiệp" | "đoàn")
        );
        let other = |at: usize| {
            self.heads_inside(reading, at)
                || self.localities.surnames.surely_begins(reading, at)
                || is_outside(reading, at)
                || !(reading.tokens[at].is_word() || matches!(reading.tokens[at].kind, Kind::Sign('-' | '–')))
        };
        let place = |at: usize| self.localities.known(reading, at).is_some();
        if !union || !joins || place(known + 1) || !reading.tokens.get(known + 1).is_some_and(|t| t.is_word()) {
            return known;
        }
        let end = (known + 1..reading.tokens.len().min(known + FAR)).find(|&at| place(at) || other(at));
        end.filter(|&at| place(at) && reading.tokens[at].is_capital()).unwrap_or(known)
    }
}

impl Grammar {
    /// "Hiệp hội | các trường cao đẳng, trung cấp | Việt Nam", "Hiệp hội | chè, mía và lúa | tỉnh Lâm Hà": a trade in words that are not known, up to the
    /// country or the place whose association it is.
    pub(super) fn trade_of_union(&self, reading: &Reading, head: usize, from: usize) -> Option<usize> {
        const FAR: usize = 12;
        let union = (reading.word(head), reading.word(head + 1)) == ("Hiệp", "hội");
        let place = |at: usize| {
            self.localities.known(reading, at).is_some()
                || self.localities.unit(reading, at).is_some_and(|(end, unit)| {
                    unit.is_administrative() && self.localities.known(reading, end).is_some()
                })
        };
        let inside = |at: &usize| {
            let token = reading.tokens[*at];
            let part = match token.kind {
                Kind::Word(Case::Lower | Case::Upper) => !is_outside(reading, *at),
                Kind::Sign(',' | '-' | '–') => true,
                _ => false,
            };
            part && !place(*at) && !(token.is_capital() && self.heads_inside(reading, *at))
        };
        let last = reading.tokens.len().min(from + FAR);
        let end = from + (from..last).take_while(inside).count();
        (union && end > from && end < last && place(end) && reading.word(end - 1) != "tiếng").then_some(end)
    }
}

/// Adds the mentions of bodies by the short forms that were given behind their names. Which mention (the first of each pair) stands for which
/// other one.
pub(super) fn add(grammar: &Grammar, reading: &Reading, bodies: &mut Vec<Body>) -> Vec<(usize, usize)> {
    let mut given: FxHashMap<WordKey, (Range<usize>, usize)> = FxHashMap::default();
    for body in bodies.iter() {
        // "Phòng Cảnh sát kinh tế (PC03) | Công an tỉnh": also inside the name.
        let short = body.pieces.iter().find_map(|piece| grammar.short_form(reading, piece.end));
        let short = short.or_else(|| grammar.brand_behind_dash(reading, body));
        let Some(short) = short.filter(|short| !abbreviates_work(reading, body, short)) else { continue };
        let own = (short, body.tokens.start);
        // "Hội đồng quản trị | Tổng công ty Bia (SATRA)": a company's short form rather than its board's.
        match given.entry(reading.tokens[own.0.start].key) {
            Entry::Vacant(slot) => _ = slot.insert(own),
            Entry::Occupied(mut slot) if is_company(reading, body) && slot.get().0 == own.0 => _ = slot.insert(own),
            Entry::Occupied(_) => {}
        }
    }
    if given.is_empty() {
        return Vec::new();
    }
    let mut stands: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Body> = Vec::new();
    let mut inside = 0;
    let mut next = bodies.iter().peekable();
    for at in 0..reading.tokens.len() {
        let known = |token: usize, short: &Range<usize>| reading.word(token) == reading.word(short.start);
        let short = given.get(&reading.tokens[at].key).filter(|(short, _)| known(at, short));
        let Some((short, of)) = short else {
            while let Some(body) = next.next_if(|body| body.tokens.start <= at) {
                inside = inside.max(body.tokens.end);
            }
            continue;
        };
        let own = next.peek().is_some_and(|body| body.tokens.start == at && body.tokens.len() == short.len());
        while let Some(body) = next.next_if(|body| body.tokens.start <= at) {
            inside = inside.max(body.tokens.end);
        }
        let end = at + short.len();
        let same = (at..end)
            .zip(short.clone())
            .all(|(a, b)| reading.tokens.get(a).map(|t| t.key) == Some(reading.tokens[b].key));
        let longer = |at: usize| reading.tokens.get(at).is_some_and(|t| t.spaced && t.is_capital());
        let name = longer(end) && !grammar.localities.surnames.begins(reading, end);
        let joined =
            at > 0 && (reading.tokens[at - 1].is('-') || reading.tokens[at - 1].is('/')) && !reading.tokens[at].spaced;
        if !same || *short == (at..end) && !own || name || joined {
            continue;
        }
        if own {
            stands.push((at, *of));
        } else if at >= inside {
            found.push(Body {
                tokens: at..end,
                pieces: std::iter::once(at..end).collect(),
                units: Vec::new(),
                place: None,
                bare: None,
                fixed: true,
                nested: false,
                whole: false,
                generic: false,
            });
            stands.push((at, *of));
        }
    }
    bodies.extend(found);
    bodies.sort_by_key(|body| body.tokens.start);
    let index = |start: usize| bodies.partition_point(|body| body.tokens.start < start);
    stands.into_iter().map(|(mention, of)| (index(mention), index(of))).collect()
}

/// True where the short form is of what the body does: "Ban An toàn giao thông (ATGT)".
fn abbreviates_work(reading: &Reading, body: &Body, short: &Range<usize>) -> bool {
    let mut letters = reading.word(short.start).chars().rev();
    let words = body.tokens.clone().rev().filter(|&at| reading.tokens[at].is_word() && reading.word(at) != "và");
    let first = |at: usize| reading.word(at).chars().next().map(|letter| letter.to_uppercase().to_string());
    let alike = words.map(first).zip(letters.by_ref()).take_while(|(word, letter)| *word == Some(letter.to_string()));
    let length = reading.word(short.start).chars().count();
    let of_last = alike.count() == length;
    let head = reading.word(short.start).chars().next().map(|letter| letter.to_string());
    !is_company(reading, body) && of_last && first(body.tokens.start) != head
}

fn is_company(reading: &Reading, body: &Body) -> bool {
    let at = body.tokens.start;
    matches!(
        (reading.small_word(at), reading.small_word(at + 1)),
        ("công", "ty") | ("tổng", "công") | ("tập", "đoàn") | ("ngân", "hàng") | ("hợp", "tác")
    )
}

fn is_outside(reading: &Reading, at: usize) -> bool {
    let pair = (reading.word(at), reading.word(at + 1));
    OUTSIDE.contains(&pair.0) || OUTSIDE_PAIRS.contains(&pair)
}

/// Short forms of other things than bodies.
fn is_common(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "FDI", "ODA", "IPO", "COC", "GDP", "GRDP", "USD", "VND", "PPP", "CNTT", "CPTPP", "TPP", "EVFTA", "FTA", "OCOP",
        "PCI", "CCHC", "TNGT", "BHYT", "NTM", "HIV", "COVID",
    ];
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use crate::extract::organizations::tests::names;

    #[test]
    fn short_forms_close_names_and_stand_for_them() {
        for (text, expected) in [
            (
                "Hiệp hội Chế biến và Xuất khẩu cá Lam Sao (HACEP) kiến nghị. Bà Lò Thị Mơ, Phó Chủ tịch HACEP nói.",
                vec!["Hiệp hội Chế biến và Xuất khẩu cá Lam Sao"],
            ),
            (
                "Tập đoàn Dầu khí Lam Hải (PVLH, chủ đầu tư) góp vốn vào Ngân hàng TMCP Sao Hôm (Saobank). PVLH và Saobank ký kết.",
                vec!["Tập đoàn Dầu khí Lam Hải", "Ngân hàng TMCP Sao Hôm"],
            ),
            (
                "Phòng Cảnh sát kinh tế (PC93) Công an tỉnh Lâm Đồng mời. Theo PC93, vụ việc đã rõ.",
                vec!["Phòng Cảnh sát kinh tế", "Công an tỉnh Lâm Đồng"],
            ),
            ("Trung tâm Vì biển xanh mới (CEBX) giúp.", vec!["Trung tâm Vì biển xanh mới"]),
            ("Giám đốc CDC tỉnh và Ban Chấp hành Đoàn huyện dự.", vec!["CDC tỉnh", "Ban Chấp hành Đoàn huyện"]),
            // What a body does has short forms too, and so have other things.
            ("Ban An toàn giao thông (ATGT) tỉnh Gia Lai họp về ATGT.", vec!["Ban An toàn giao thông tỉnh Gia Lai"]),
            ("Sở Tài chính họp về vốn đầu tư nước ngoài (FDI). FDI tăng.", vec!["Sở Tài chính"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn associations_run_on_to_their_country() {
        for (text, expected) in [
            ("chủ tịch Hiệp hội Da giày - Túi xách Việt Nam nói", vec!["Hiệp hội Da giày - Túi xách Việt Nam"]),
            ("Hội Nông dân và Đoàn Thanh niên tỉnh Gia Lai dự", vec!["Hội Nông dân", "Đoàn Thanh niên tỉnh Gia Lai"]),
            ("Công ty CP đầu tư BOT An Thuận Sao dự", vec!["Công ty CP đầu tư BOT An Thuận Sao"]),
            ("Viện Nghiên cứu Chế tạo dự", vec!["Viện Nghiên cứu Chế tạo"]),
            ("Báo Hải quan tổ chức tọa đàm", vec!["Báo Hải quan"]),
            ("Thành ủy UBND TP.HCM họp mặt", vec!["Thành ủy", "UBND TP.HCM"]),
            ("Kỳ họp Ủy ban Hỗn hợp Việt Nam - Lào", vec!["Ủy ban Hỗn hợp Việt Nam - Lào"]),
            ("Chánh Văn phòng HĐND - UBND xã", vec!["Văn phòng HĐND - UBND xã"]),
            ("hãng công nghệ Nhật Bản, hãng phim Lam Sao", vec!["hãng phim Lam Sao"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
