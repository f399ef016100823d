//! How an office is written.
//!
//! - **Title and organization**: "Phó Bí thư Thường trực | Thành ủy TP Bạch Giang", "Giám đốc | Sở Y tế". A head of a unit shares a word with
//!   it: "Trưởng Ban Tổ chức Trung ương" is "Trưởng Ban" of the "Ban Tổ chức Trung ương". "Thủ tướng" is of the "Chính phủ", "Huyện ủy
//!   viên" of the "Huyện ủy", "Bộ trưởng Tài chính" of the "Bộ Tài chính", "Chủ tịch tỉnh" of the "UBND tỉnh".
//!   Abbreviations hold the committee: "UVBTV Tỉnh ủy" is a member of the "Ban Thường vụ Tỉnh ủy".
//! - **Before it**: "nguyên", "cựu", "cố" (no longer held), "quyền" (acting), "tân" (taken up now).
//! - **Chain**: offices joined by commas, "kiêm", "đồng thời là", "rồi", each with its own words before it: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh".

mod holders;
mod levels;
mod terms;
mod titles;

pub(in crate::extract) use titles::Titles;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::Found;
use super::super::begins::Begins;
use super::super::organizations::{Named, Organizations};
use super::super::places::Places;
use crate::text::{Case, Kind, Reading, WordKey, fold};
use levels::{level, own_party, standing_committee};
use titles::{Before, Title};

/// Most offices of one chain; more stand only in hostile texts.
const MOST: usize = 24;

/// An office as it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Office {
    /// Title and organization, with the words before.
    pub(super) tokens: Range<usize>,
    /// The title.
    pub(super) title: Range<usize>,
    /// The title in spelling form, for comparing.
    pub(super) title_key: String,
    /// The organization; empty where none is said or implied.
    pub(super) body: Named,
    /// For the head of a unit: the body that the unit is of.
    pub(super) inner: Option<Named>,
    /// True if the organization is said.
    pub(super) said: bool,
    pub(super) deputy: bool,
    pub(super) former: bool,
    pub(super) acting: bool,
    pub(super) begins: bool,
    pub(super) ends: bool,
    /// Somebody proposes the person for it.
    pub(super) proposed: bool,
    /// It changed hands, at this meeting or at another time.
    pub(super) changed: bool,
    /// It leads a state or its government, by its title alone.
    pub(super) of_state: bool,
}

impl Office {
    /// True if the body was taken for one that the report names in full elsewhere, and an office beside it says that another place is meant:
    /// the "Phó Bí thư Tỉnh ủy" of "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Cà Mau" is not of the "Tỉnh ủy Lâm Hà" before.
    pub(super) fn is_elsewhere(&self, others: &[Self]) -> bool {
        const BESIDE: usize = 12;
        let Some(added) = self.body.full.strip_prefix(&self.body.written).map(str::trim).filter(|to| !to.is_empty())
        else {
            return false;
        };
        others.iter().any(|other| {
            let gap = other.tokens.start.max(self.tokens.start).saturating_sub(other.tokens.end.min(self.tokens.end));
            let full = &other.body.full;
            // "UBND TP" names no place.
            let place = full
                .rsplit(' ')
                .next()
                .is_some_and(|word| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase));
            other.said
                && other.former == self.former
                && gap <= BESIDE
                && other.body.written == *full
                && place
                && level(full).is_some_and(|own| level(&self.body.written) == Some(own))
                && !full.contains(added)
        })
    }

    /// The body that a head word alone means for who leads it: the "Chủ nhiệm Ủy ban Lê An" of a report that names other committees is of the
    /// committee that it gave Lê An before.
    pub(super) fn pointed_back<'a>(&self, others: &'a [Self]) -> Option<&'a String> {
        let head = &self.body.written;
        let short = !head.is_empty() && head.len() < self.body.full.len();
        let mut led = others.iter().filter(|other| {
            other.title_key == self.title_key
                && other.former == self.former
                && other.body.written.len() > head.len()
                && other.body.written.strip_prefix(head.as_str()).is_some_and(|rest| rest.starts_with(' '))
        });
        led.next().filter(|_| short).map(|other| &other.body.full)
    }

    /// True for a present office that one person holds: no deputy's, no member's, and of a known body.
    pub(super) fn is_single(&self) -> bool {
        // In spelling form, where a tone is a digit.
        let many =
            self.title_key.starts_with("pho2") || self.title_key.starts_with("pho1") || self.title_key.contains("viên");
        // Every body has a "Đảng ủy".
        let any_party = self.body.is_bare_party() && self.body.full == self.body.written;
        !self.former && !self.deputy && !many && !self.body.full.is_empty() && !any_party
    }
}

/// Offices in one report: the lexicon, and the bodies and places they may be of.
#[derive(Debug)]
pub(super) struct Offices<'a> {
    titles: &'a Titles,
    reading: &'a Reading,
    bodies: &'a [Found<Named>],
    places: &'a [Found<usize>],
    body_begins: Begins,
    place_begins: Begins,
    /// The bodies of the report by their head words: "Bộ" alone means the one before it.
    by_head: FxHashMap<WordKey, Vec<&'a Found<Named>>>,
}

impl<'a> Offices<'a> {
    pub(super) fn new(titles: &'a Titles, reading: &'a Reading, bodies: &'a Organizations, places: &'a Places) -> Self {
        let (bodies, places, tokens) = (&bodies.all, &places.mentions, reading.tokens.len());
        let mut by_head: FxHashMap<WordKey, Vec<&Found<Named>>> = FxHashMap::default();
        for body in bodies {
            by_head.entry(reading.tokens[body.tokens.start].key).or_default().push(body);
        }
        // Of bodies that begin together the outer one comes first.
        let body_begins = Begins::first(tokens, bodies);
        Self { titles, reading, bodies, places, body_begins, place_begins: Begins::last(tokens, places), by_head }
    }

    /// The body whose name begins at a token.
    pub(super) fn body(&self, at: usize) -> Option<&'a Found<Named>> {
        self.bodies.get(self.body_begins.at(at)?)
    }

    /// The place whose name begins at a token.
    pub(super) fn place(&self, at: usize) -> Option<&'a Found<usize>> {
        self.places.get(self.place_begins.at(at)?)
    }

    /// The body that a head word alone points back to: "Thứ trưởng Bộ | Lê Văn Ba".
    pub(super) fn pointed_at(&self, at: usize) -> Option<&'a Named> {
        let alike = self.by_head.get(&self.reading.tokens.get(at)?.key)?;
        let before = alike.partition_point(|body| body.tokens.start < at);
        alike.get(before.saturating_sub(1)).map(|body| &body.value)
    }

    /// The end of the country named at a token.
    pub(super) fn country(&self, at: usize) -> Option<usize> {
        self.titles.localities.country(self.reading, at)
    }

    /// True for the second syllable of a word: "yêu | cầu".
    pub(super) fn closes_compound(&self, at: usize) -> bool {
        self.titles.localities.closes_compound(self.reading, at)
    }

    /// The body inside another's name, at its end: "Văn phòng | Hội Luật gia".
    fn inner(&self, start: usize, end: usize) -> Option<Named> {
        (start + 2..end)
            .find_map(|at| self.body(at).filter(|body| body.tokens.end == end).map(|body| body.value.clone()))
    }

    /// True if a title of two words or more begins at a token.
    pub(super) fn is_title(&self, at: usize) -> bool {
        self.titles.at(self.reading, at).is_some_and(|(end, _)| end > at + 1)
    }

    /// The offices joined at a token, and the end of the last; empty where none begins.
    pub(super) fn chain(&self, at: usize) -> (Vec<Office>, usize) {
        let mut offices = Vec::new();
        let mut end = at;
        let mut next = at;
        if !self.may_begin(at) {
            return (offices, end);
        }
        while let Some(office) = self.office(next).filter(|_| offices.len() < MOST) {
            end = self.pass_term(office.tokens.end);
            offices.push(office);
            let Some(joined) = self.joined(end) else { break };
            next = joined;
        }
        self.share(&mut offices);
        self.abroad(&mut offices);
        standing_committee(&mut offices);
        own_party(&mut offices);
        (offices, end)
    }

    /// "Phó Thủ tướng, Bộ trưởng Bộ Quốc phòng | Lào": who leads a body of another state leads none of this country beside it.
    fn abroad(&self, offices: &mut [Office]) {
        let localities = &self.titles.localities;
        let leads = |office: &&Office| {
            let full = &office.body.full;
            office.of_state || ["Bộ ", "Quốc hội "].iter().any(|body| full.starts_with(body))
        };
        let mut leading = offices.iter().filter(leads);
        let country = leading.find_map(|office| localities.state_behind(self.reading, &office.tokens));
        let Some(country) = country.map(|country| self.reading.text(country).to_owned()) else { return };
        for office in offices {
            let name = match office.body.full.as_str() {
                "" | "Chính phủ" if office.of_state => country.clone(),
                body @ ("Bộ Chính trị" | "Ban Bí thư" | "Trung ương Đảng" | "Quốc hội") => {
                    format!("{body} {country}")
                }
                _ => continue,
            };
            office.body = Named { written: name.clone(), full: name };
        }
    }

    /// Rules out most tokens: an office begins with a title or a word before one.
    fn may_begin(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        self.titles.phrases.longest(tokens, at).is_some() || self.titles.before.longest(tokens, at).is_some()
    }

    /// Offices without a body take that of the next one: "Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia". The head of a unit
    /// ("Chánh Văn phòng Hội …") shares the body that the unit is of; party offices share only party bodies.
    fn share(&self, offices: &mut [Office]) {
        for at in (0..offices.len().saturating_sub(1)).rev() {
            let (before, behind) = offices.split_at_mut(at + 1);
            let (office, next) = (&mut before[at], &behind[0]);
            if office.said || !office.body.full.is_empty() || next.body.full.is_empty() || !next.said {
                continue;
            }
            // "Phó Tổng Thư ký, Chánh Văn phòng Trung ương Hội": of what the unit is of, if that is said; nobody else is of the unit.
            let unit = matches!(self.titles.at(self.reading, next.title.start), Some((_, Title::Unit)));
            // "Phó Giám đốc, Thủ trưởng Cơ quan Cảnh sát điều tra | Công an tỉnh": deputy of the police, whose unit the second office leads.
            let of_unit = || next.title_key == fold::spelling("Thủ trưởng");
            let inner = || of_unit().then(|| self.inner(next.title.end, next.tokens.end)).flatten();
            let body = match next.inner.clone().or_else(inner) {
                Some(inner) => inner,
                None if unit && !self.same_unit(office, next) => continue,
                None => next.body.clone(),
            };
            let party_office = office.title_key.contains("bi2 thư");
            let full = body.full.to_lowercase();
            let party_body = ["ủy", "uỷ", "đảng"].iter().any(|word| full.contains(word))
                && !full.contains("ủy ban")
                && !full.contains("uỷ ban");
            if !office.deputy && (!party_office || party_body) {
                office.body = body;
                office.said = true;
            }
        }
    }

    /// "Phó Trưởng khoa, Trưởng khoa Tài chính": deputy and head of one unit.
    fn same_unit(&self, office: &Office, next: &Office) -> bool {
        let last = |office: &Office| self.reading.tokens[office.title.end - 1].key;
        last(office) == last(next)
    }

    /// Where the next office of a chain may begin.
    fn joined(&self, at: usize) -> Option<usize> {
        let word = |offset: usize| self.reading.word(at + offset);
        // "Phó Bí thư Tỉnh ủy - Chủ tịch UBND tỉnh Lê An".
        let dash = self.reading.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Sign('-' | '–')));
        if dash {
            return self.is_title(at + 1).then_some(at + 1);
        }
        let sign = self.reading.tokens.get(at).is_some_and(|t| t.is(','));
        let at = at + usize::from(sign);
        let word = |offset: usize| if sign { self.reading.word(at + offset) } else { word(offset) };
        match (word(0), word(1), word(2)) {
            ("kiêm", _, _) => Some(at + 1),
            ("đồng", "thời", "là") | ("sau", "đó", "là") => Some(at + 3),
            ("và" | "rồi", "là", _) => Some(at + 2),
            ("rồi", _, _) => Some(at + 1),
            _ if sign => Some(at),
            _ => None,
        }
    }

    /// The office at a token.
    pub(super) fn office(&self, at: usize) -> Option<Office> {
        let reading = self.reading;
        let (mut former, mut acting, mut begins) = (false, false, false);
        let mut start = at;
        // "nguyên quyền Chủ tịch", "nguyên là Bí thư": never more than two words.
        for _ in 0..2 {
            let Some((end, before)) = self.titles.before.longest(&reading.tokens, start) else { break };
            // "chính quyền | Tổng thống": another word.
            if *before == Before::Acting && start > 0 && matches!(reading.word(start - 1), "chính" | "Chính") {
                return None;
            }
            match before {
                Before::Former => former = true,
                Before::Acting => acting = true,
                Before::New => begins = true,
            }
            start = end;
        }
        let (title_end, kind) = self.titles.at(reading, start)?;
        // In a line of capitals a title cannot be told from other words.
        if reading.tokens[start].kind == Kind::Word(Case::Upper)
            && title_end == start + 1
            && reading.word(start).len() > 5
            && !matches!(kind, Title::Of(_))
        {
            return None;
        }
        let (end, body, said) = self.organization(start, title_end, kind);
        let end = self.pass_owner(end, said);
        if kind == Title::Seat && !body.full.to_lowercase().starts_with("ban bí thư") {
            return None;
        }
        let mut title = start..title_end;
        if kind == Title::Cabinet && is_word(reading, title_end - 1, "chính phủ", 2) {
            title.end -= 2;
        }
        Some(Office {
            tokens: at..end,
            title_key: fold::spelling(reading.text(title.clone())),
            inner: if kind == Title::Unit { self.inner(start, end) } else { None },
            title,
            body,
            said,
            deputy: kind == Title::Deputy,
            former,
            acting,
            begins,
            ends: false,
            proposed: false,
            changed: false,
            of_state: matches!(kind, Title::State | Title::Cabinet),
        })
    }

    /// "Phó Chủ nhiệm Ủy ban Xã hội | của Quốc hội Lê Văn Ba": whose body it is stands before the holder's name.
    fn pass_owner(&self, at: usize, said: bool) -> usize {
        let owner = || (self.reading.word(at) == "của").then(|| self.body(at + 1)).flatten();
        said.then(owner).flatten().map_or(at, |body| body.tokens.end)
    }
}

/// True if the words that end at a token are these.
fn is_word(reading: &Reading, last: usize, words: &str, count: usize) -> bool {
    last + 1 >= count && reading.small_text(last + 1 - count..last + 1) == words
}
