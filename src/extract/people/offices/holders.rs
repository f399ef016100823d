//! Whose office a title tells: the body behind it, named in full or by half, or the place whose government is meant.

use super::Offices;
use super::titles::{Title, unit_start};
use crate::extract::localities;
use crate::extract::organizations::Named;
use crate::extract::people::names;
use crate::text::{Case, Kind, Reading};

impl Offices<'_> {
    /// The body behind a title that ends at `title_end`: where it ends, its name, and whether it is said.
    pub(super) fn organization(&self, start: usize, title_end: usize, kind: Title) -> (usize, Named, bool) {
        let named = |name: &str| Named { written: name.to_owned(), full: name.to_owned() };
        match kind {
            Title::Cabinet => match self.foreign(title_end) {
                Some((end, country)) => (end, country, true),
                None => (title_end, named("Chính phủ"), true),
            },
            // "Chủ tịch nước | Lào": no office of this country.
            Title::State => match (self.foreign(title_end), self.body(title_end)) {
                (Some((end, country)), _) => (end, country, true),
                // "Tổng Bí thư | Ban Chấp hành Trung ương Đảng".
                (None, Some(body)) => (body.tokens.end, body.value.clone(), true),
                (None, None) => (title_end, Named::default(), true),
            },
            Title::Member => {
                let committee = self.reading.text(start..title_end - 1);
                (title_end, named(committee), false)
            }
            Title::Unit => {
                let unit = unit_start(self.reading, start, title_end);
                match self.body(unit).filter(|b| b.tokens.end > title_end) {
                    Some(body) => (body.tokens.end, body.value.clone(), true),
                    None => {
                        let part = self.part(unit, title_end).or_else(|| self.steering(unit, title_end));
                        part.unwrap_or_else(|| self.of(title_end))
                    }
                }
            }
            Title::Ministry => match self.body(title_end) {
                Some(body) => (body.tokens.end, body.value.clone(), true),
                None => self.ministry(title_end).unwrap_or_else(|| self.of(title_end)),
            },
            Title::Of(committee) => self.committee(title_end, committee),
            Title::Led(unit) => match self.body(title_end) {
                Some(body) => (body.tokens.end, body.value.clone(), true),
                None => {
                    let known = self.headless(title_end, unit).or_else(|| self.small_headless(title_end, unit));
                    known.unwrap_or_else(|| self.of(title_end))
                }
            },
            Title::Office | Title::Deputy | Title::Seat => self.of(title_end),
        }
    }

    /// "Trưởng | phòng dự báo Đài Khí tượng Thủy văn": a unit of a known body, by a subject in small letters that is not known.
    fn part(&self, unit: usize, title_end: usize) -> Option<(usize, Named, bool)> {
        const MOST_SUBJECT: usize = 8;
        let subject =
            (title_end..title_end + MOST_SUBJECT).take_while(|&at| {
                self.reading.tokens.get(at).is_some_and(|token| {
                    token.kind == Kind::Word(Case::Lower) && self.body(at).is_none() || token.is('-')
                }) && !matches!(
                    self.reading.word(at),
                    "của" | "là" | "và" | "cho" | "nói" | "tại" | "đã" | "do" | "cùng" | "với" | "kiêm"
                )
            });
        let body = self.body(subject.last().filter(|&last| last > title_end)? + 1)?;
        let begins = self.reading.tokens[body.tokens.start].is_capital();
        let text = self.reading.text(unit..body.tokens.end).to_owned();
        begins.then(|| (body.tokens.end, Named { written: text.clone(), full: text }, true))
    }

    /// "Trưởng | ban Chỉ đạo", "Trưởng | Ban Liên lạc": a committee by what it does, where the report does not say which.
    fn steering(&self, unit: usize, title_end: usize) -> Option<(usize, Named, bool)> {
        let word = |at: usize| self.reading.small_word(at);
        let steers = word(unit) == "ban"
            && matches!(
                (word(title_end), word(title_end + 1)),
                ("chỉ", "đạo")
                    | ("điều", "hành")
                    | ("liên", "lạc")
                    | ("soạn", "thảo")
                    | ("trị", "sự")
                    | ("vận", "động")
            );
        let text = self.reading.text(unit..self.reading.tokens.len().min(title_end + 2)).to_owned();
        steers.then(|| (title_end + 2, Named { written: text.clone(), full: text }, true))
    }

    /// "Đại sứ Nhật Bản | tại Việt Nam | Ito Haru": passes over where an envoy is sent.
    fn posted(&self, at: usize) -> usize {
        let post = || self.country(at + 1).or_else(|| Some(self.place(at + 1)?.tokens.end));
        (self.reading.word(at) == "tại").then(post).flatten().unwrap_or(at)
    }

    /// "UVBTV | Tỉnh ủy": the "Ban Thường vụ Tỉnh ủy", or the committee alone where no body follows.
    fn committee(&self, at: usize, committee: &str) -> (usize, Named, bool) {
        let (end, full) = match self.body(at) {
            Some(body) => (body.tokens.end, format!("{committee} {}", body.value.full)),
            None => (at, committee.to_owned()),
        };
        (end, Named { written: full.clone(), full }, true)
    }

    /// "Bộ trưởng | Giáo dục và Đào tạo": the ministry named without its head word.
    fn ministry(&self, at: usize) -> Option<(usize, Named, bool)> {
        let (end, ()) = self.titles.portfolios.longest(&self.reading.tokens, at)?;
        if !self.reading.tokens[at].is_capital() {
            return None;
        }
        let mut name = format!("Bộ {}", self.reading.text(at..end));
        // "Bộ trưởng | Quốc phòng Lào".
        let state = self.titles.localities.state(self.reading, end);
        if let Some((_, country)) = &state {
            name = format!("{name} {}", self.reading.text(country.clone()));
        }
        Some((state.map_or(end, |(whole, _)| whole.end), Named { written: name.clone(), full: name }, true))
    }

    /// "Cục trưởng | Đường thủy nội địa": the unit named without its head word.
    fn headless(&self, at: usize, unit: &str) -> Option<(usize, Named, bool)> {
        let surnames = &self.titles.localities.surnames;
        let begins = self.reading.tokens.get(at)?.is_capital() && !surnames.begins(self.reading, at);
        let person = |at: usize| surnames.surely_begins(self.reading, at);
        let end =
            self.titles.unit_ends.end(self.reading, at, at, person).filter(|_| begins && self.place(at).is_none())?;
        let text = self.reading.text(at..end);
        // "Viện trưởng | Viện …": the head word stands there.
        let doubled = text.len() > unit.len()
            && text.is_char_boundary(unit.len())
            && text[..unit.len()].eq_ignore_ascii_case(unit);
        let name = if doubled { text.to_owned() } else { format!("{unit} {text}") };
        Some((end, Named { written: name.clone(), full: name }, true))
    }

    /// "Vụ trưởng | quản lý các khu kinh tế,", "Viện trưởng | nghiên cứu phát triển TP Bạch Giang": the same with a work in small letters, closed by a
    /// sign or a place.
    fn small_headless(&self, at: usize, unit: &str) -> Option<(usize, Named, bool)> {
        const MOST: usize = 9;
        let works = matches!(
            (self.reading.word(at), self.reading.word(at + 1)),
            ("quản", "lý")
                | ("nghiên", "cứu")
                | ("phát", "triển")
                | ("kinh", "tế")
                | ("pháp", "chế")
                | ("tổ", "chức")
                | ("kế", "hoạch")
                | ("hợp", "tác")
                | ("khoa", "học")
                | ("giáo", "dục")
        );
        let small = |at: &usize| self.reading.tokens.get(*at).is_some_and(|t| t.kind == Kind::Word(Case::Lower));
        let end = at + (at..at + MOST).take_while(small).count();
        let place = self.place(end).map(|place| place.tokens.end);
        let sign = |at: usize| {
            self.reading.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Sign(',' | ')' | '-' | '–')))
        };
        let end = place.unwrap_or(end);
        let name = format!("{unit} {}", self.reading.text(at..end));
        (works && end > at + 1 && (place.is_some() || sign(end)))
            .then(|| (end, Named { written: name.clone(), full: name }, true))
    }

    /// "Thủ tướng | Nhật Bản …", "Thủ tướng | Vương quốc Campuchia …": a country before a name.
    fn foreign(&self, at: usize) -> Option<(usize, Named)> {
        let (whole, country) = self.titles.localities.state(self.reading, at)?;
        let text = self.reading.text(country).to_owned();
        Some((whole.end, Named { written: text.clone(), full: text }))
    }

    /// "Chủ tịch | FPT Trần Văn Lân": a brand in capitals before a name.
    fn brand(&self, at: usize) -> Option<(usize, Named)> {
        let token = self.reading.tokens.get(at).filter(|_| !names::is_head_word(self.reading, at))?;
        let brand = matches!(token.kind, Kind::Word(Case::Upper | Case::Mixed)) && token.spaced;
        let named = self.titles.localities.surnames.begins(self.reading, at + 1);
        // "Chủ tịch HĐQT | VinaTan", "Tổng Giám đốc | EVN,": also where no name follows.
        let alone =
            brand && token.end - token.start > 2 && self.reading.tokens.get(at + 1).is_none_or(|t| !t.is_word());
        // "Chủ tịch HĐQT | Lamico - cho biết": behind the title of a company's board also a word like others.
        let board = board_title(self.reading, at)
            && token.kind == Kind::Word(Case::Title)
            && token.spaced
            && self.titles.localities.surnames.surname(self.reading, at).is_none()
            && self.reading.tokens.get(at + 1).is_none_or(|next| !next.is_capital());
        // "Tổng Giám đốc VTN | cho biết": behind the title of who leads a company also before what it does.
        let led = board_title(self.reading, at) || is_company_title(self.reading, at);
        let whole = token.end - token.start > 2 && token.kind == Kind::Word(Case::Upper)
            || token.kind == Kind::Word(Case::Title)
                && localities::is_highland_name(self.reading.word(at))
                && self.titles.localities.known(self.reading, at).is_none();
        let acts =
            led && whole && token.spaced && self.reading.tokens.get(at + 1).is_none_or(|next| !next.is_capital());
        let name = board || acts || brand && (named || alone || matches!(token.kind, Kind::Word(Case::Mixed)));
        // "VinaTan | Lào": its branch abroad.
        let branch = self.titles.localities.country(self.reading, at + 1).filter(|_| !named);
        let end = branch.unwrap_or(at + 1);
        let text = self.reading.text(at..end).to_owned();
        name.then(|| (end, Named { written: text.clone(), full: text }))
    }

    /// The body behind a title, or the place whose government is meant: "Chủ tịch tỉnh Lâm Hà".
    fn of(&self, at: usize) -> (usize, Named, bool) {
        if let Some(body) = self.body(at) {
            return (body.tokens.end, body.value.clone(), true);
        }
        // "chủ nhiệm chính trị (Quân chủng Hải quân)".
        if self.reading.tokens.get(at).is_some_and(|t| t.is('('))
            && let Some(body) = self.body(at + 1)
            && self.reading.tokens.get(body.tokens.end).is_some_and(|t| t.is(')'))
        {
            return (body.tokens.end + 1, body.value.clone(), true);
        }
        // "Chủ tịch của Hội …".
        if self.reading.word(at) == "của"
            && let Some(body) = self.body(at + 1)
        {
            return (body.tokens.end, body.value.clone(), true);
        }
        // "Phó Giám đốc phụ trách Sở …": the deputy who stands in for the head.
        if (self.reading.word(at), self.reading.word(at + 1)) == ("phụ", "trách")
            && let Some(body) = self.body(at + 2)
        {
            return (body.tokens.end, body.value.clone(), true);
        }
        if let Some((end, named)) = self.foreign(at).or_else(|| self.brand(at)) {
            return (self.posted(end), named, true);
        }
        if let Some(place) = self.place(at) {
            let text = self.reading.text(place.tokens.clone()).to_owned();
            return (place.tokens.end, Named { written: text.clone(), full: text }, true);
        }
        // "Giám đốc Sở, …", "Thứ trưởng Bộ cho biết": the one that the report named before.
        let alone = matches!(self.reading.word(at), "Sở" | "Bộ" | "Cục" | "Viện")
            && self.reading.tokens.get(at + 1).is_none_or(|next| match next.kind {
                Kind::Word(case) => case == Case::Lower && !is_pointer(self.reading.word(at + 1)),
                kind => matches!(kind, Kind::Break | Kind::Sign(_)),
            });
        if let Some(body) = self.pointed_at(at).filter(|_| alone) {
            return (at + 1, body.clone(), true);
        }
        if matches!(self.reading.word(at), "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "TP" | "thị" | "thành")
            && self.reading.tokens[at].spaced
        {
            let two = matches!(self.reading.word(at), "thị" | "thành");
            let fits = !two || matches!(self.reading.word(at + 1), "xã" | "phố" | "trấn");
            if fits {
                let end = at + 1 + usize::from(two);
                let text = self.reading.text(at..end).to_owned();
                return (end, Named { written: text.clone(), full: text }, true);
            }
        }
        (at, Named::default(), false)
    }
}

/// Words behind a body's head word that say which is meant, or that it is any.
fn is_pointer(word: &str) -> bool {
    matches!(word, "của" | "này" | "nào" | "đó" | "khác" | "các" | "ngành" | "là" | "thuộc")
}

/// True behind the title of a company's board: "Chủ tịch HĐQT".
fn board_title(reading: &Reading, at: usize) -> bool {
    matches!(reading.word(at - usize::from(at > 0)), "HĐQT" | "HĐTV" | "TGĐ")
}

/// True behind titles that only companies have: "Tổng Giám đốc", "Giám đốc Điều hành", "Chủ tịch Hội đồng quản trị".
fn is_company_title(reading: &Reading, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| reading.small_word(at));
    match word(1) {
        "đốc" => word(2) == "giám" && word(3) == "tổng",
        "hành" => word(2) == "điều" && word(3) == "đốc",
        "trị" => word(2) == "quản" && word(3) == "đồng",
        "viên" => word(2) == "thành" && word(3) == "đồng",
        _ => false,
    }
}
