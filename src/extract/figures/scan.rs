//! Finding quantities: numbers, multipliers, units, ratios and ranges.

mod listed;

use std::ops::Range;
use std::sync::LazyLock;

use super::numbers::{self, Number};
use super::units::{Measured, Sort, scaled};
use super::{Before, Recognizer};
use crate::extract::Context;
use crate::model::{Qualifier, Ratio};
use crate::text::{Case, Kind, Phrases, Reading, Token, WordKey, WordSet};

/// A quantity before its surroundings are read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Number and unit.
    pub(super) tokens: Range<usize>,
    pub(super) value: f64,
    pub(super) upper: Option<f64>,
    pub(super) ratio: Option<Ratio>,
    pub(super) sort: Sort,
    pub(super) unit: String,
    pub(super) qualifier: Qualifier,
    /// Digits behind the decimal sign, for checking a percentage.
    pub(super) decimals: u32,
}

/// One pass over the tokens of a report.
pub(super) struct Scan<'a> {
    lexicons: &'a Recognizer,
    reading: &'a Reading,
    /// Tokens of dates, documents and bodies, in order: their numbers are no figures.
    taken: Vec<Range<usize>>,
    /// First token that is not a header put before the report.
    from: usize,
    to: &'static WordSet,
    weather: &'static WordSet,
}

static TO: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(["đến", "tới"]));
/// Words of lengths and speeds that are no figures.
static WEATHER: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(["bão", "gió", "sóng", "triều", "mưa", "thấp"]));

/// Levels of places, whose names may follow them.
pub(super) const PLACES: [&str; 8] = ["quận", "huyện", "tỉnh", "xã", "phường", "thành phố", "thành", "thị trấn"];

/// A number with the multiplier that follows it, if any.
#[derive(Debug, Clone, Copy)]
struct Amount {
    number: Number,
    factor: Option<f64>,
    end: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(lexicons: &'a Recognizer, context: &'a Context<'a>) -> Self {
        let dates = context.dates.iter().map(|found| found.tokens.clone());
        let documents = context.references.mentions.iter().map(|found| found.tokens.clone());
        let bodies = context.organizations.all.iter().map(|found| found.tokens.clone());
        let bodies = bodies.filter(|name| !counts_places(context.reading, name.clone()));
        let mut taken: Vec<Range<usize>> = dates.chain(documents).chain(bodies).collect();
        taken.sort_by_key(|range| range.start);
        Self {
            lexicons,
            reading: context.reading,
            from: context.structure.header.end,
            taken,
            to: &TO,
            weather: &WEATHER,
        }
    }

    /// All quantities in text order.
    pub(super) fn quantities(&self) -> Vec<Quantity> {
        let mut out = Vec::new();
        let mut taken = self.taken.iter().peekable();
        let mut at = 0;
        // One past the last number that only named something: "khoản 1, 2" goes on behind it.
        let mut ranked = usize::MAX;
        while at < self.tokens().len() {
            while taken.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = taken.peek().filter(|range| range.start <= at) {
                at = range.end;
                continue;
            }
            let found = match self.tokens()[at].kind {
                // "đã cấp 3.985/4.150 giấy chứng nhận": given, no level.
                Kind::Number if at > 0 && self.reading.word(at - 1) == "cấp" && self.is_sign(at + 1, "/") => {
                    self.quantity(at)
                }
                // "đứng thứ 47/148 xã": a rank among so many.
                Kind::Number if at > 0 && self.reading.word(at - 1) == "thứ" && self.is_sign(at + 1, "/") => {
                    at += 3;
                    continue;
                }
                Kind::Number if self.is_rank(at, ranked) => {
                    ranked = at + 1;
                    None
                }
                Kind::Number => self.quantity(at),
                Kind::Word(_) => self.spoken(at),
                Kind::Sign(_) | Kind::Break => None,
            };
            at = found.as_ref().map_or(at + 1, |found| found.tokens.end.max(at + 1));
            out.extend(found);
        }
        out
    }

    /// "hai phó chủ tịch".
    fn spoken(&self, at: usize) -> Option<Quantity> {
        let number = self.lexicons.spoken.value(self.tokens()[at].key)?;
        if matches!(self.before(at), Some(Before::Rank)) {
            return None;
        }
        let unit = self.lexicons.units.behind(self.reading, at + 1).filter(|unit| unit.said)?;
        Some(self.found(at, Amount { number, factor: None, end: at + 1 }, unit))
    }

    fn quantity(&self, at: usize) -> Option<Quantity> {
        if at < self.from || self.is_bullet(at) || self.is_part_of_name(at) || self.is_clock(at) {
            return None;
        }
        // "196 đường Lê Lợi": a house.
        let house = matches!(self.reading.word(at + 1), "đường" | "phố" | "ngõ" | "hẻm");
        if house && self.tokens().get(at + 2).is_some_and(Token::is_capital) {
            return None;
        }
        let amount = self.amount(at)?;
        let found = self
            .ratio(at, amount)
            .or_else(|| self.range(at, amount))
            .or_else(|| self.lone(at, amount))
            .or_else(|| self.split_decimal(at))?;
        (!self.is_weather(at, found.sort)).then_some(found)
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        let token = self.tokens().get(at).filter(|token| token.kind == Kind::Number)?;
        let number = numbers::parse(token.text(self.reading.document.text()))?;
        let factor = self.lexicons.units.factor(self.reading, at + 1);
        Some(Amount { number, factor: factor.map(|(_, factor)| factor), end: factor.map_or(at + 1, |(end, _)| end) })
    }

    /// The unit behind an amount, its multiplier included.
    fn unit(&self, at: usize) -> Option<Measured> {
        self.lexicons.units.behind(self.reading, at + 1).filter(|unit| {
            // "5G", "4K": letters of a name, not grams.
            let last = &self.tokens()[unit.end - 1];
            let letter = last.end - last.start == 1 && last.is_capital();
            !letter
        })
    }

    /// "34 phường", "8.598 tỉ đồng".
    fn lone(&self, at: usize, amount: Amount) -> Option<Quantity> {
        let unit = self.unit(at)?;
        let is_year = |value: f64| (1900.0..2100.0).contains(&value) && amount.number.decimals == 0;
        if !unit.known && (is_year(amount.number.value) || self.is_name(unit.end - 1) || self.is_name_number(at)) {
            return None;
        }
        // "15 Nhà Chung": an address.
        let next = self.tokens().get(unit.end).is_some_and(|next| next.is_capital());
        if unit.sort == Sort::Count && unit.end == at + 2 && self.is_name(at + 1) && next {
            return None;
        }
        let named = || self.heads_list(&amount, &unit) || self.is_told_before(&unit) || self.is_slogan(at, &unit);
        if unit.sort == Sort::Count && named() {
            return None;
        }
        let upper = self.upper_behind(&unit);
        let mut found = self.found(at, amount, unit);
        if let Some((end, upper, unit)) = upper.filter(|(_, upper, _)| *upper > found.value) {
            found.tokens.end = end;
            found.upper = Some(upper);
            found.unit = unit;
        }
        Some(found)
    }

    /// "từ 18 triệu đồng đến hơn 20 triệu đồng/m2": the upper end in its own unit.
    fn upper_behind(&self, unit: &Measured) -> Option<(usize, f64, String)> {
        let joint = unit.end;
        let is_to = self.tokens().get(joint).is_some_and(|token| self.to.contains(token.key));
        if !is_to && !self.is_sign(joint, "-–") {
            return None;
        }
        let at =
            (joint + 1..joint + 3).find(|at| self.tokens().get(*at).is_some_and(|token| token.kind == Kind::Number))?;
        let amount = self.amount(at)?;
        let upper = self.unit(at)?;
        let same =
            upper.sort == unit.sort && (upper.name == unit.name || upper.name.starts_with(&format!("{}/", unit.name)));
        same.then(|| (upper.end, upper.value(amount.number), upper.name))
    }

    /// "25/36 chỉ tiêu", "43/53,9 tỷ đồng", "2,8 tỷ/5,7 tỷ đồng".
    fn ratio(&self, at: usize, part: Amount) -> Option<Quantity> {
        if !self.is_sign(part.end, "/") {
            return None;
        }
        let whole_at = part.end + 1;
        let whole = self.amount(whole_at)?;
        let unit = self.unit(whole_at).or_else(|| self.unit_behind_share(whole_at))?;
        let denominator = unit.value(whole.number);
        let numerator = scaled(part.number, part.factor.unwrap_or(unit.factor));
        // "361/338 cuộc, đạt 106,8%": more than was planned, but no day and no number of a house.
        let more = numerator > denominator && (denominator < 32.0 || numerator > denominator * 2.0);
        if denominator <= 0.0 || more {
            return None;
        }
        let found = self.found(at, part, unit);
        Some(Quantity { value: numerator, ratio: Some(Ratio { numerator, denominator }), ..found })
    }

    /// "118/254 (46,45%) thủ tục": the unit stands behind a share in brackets; the figure ends before it.
    fn unit_behind_share(&self, whole_at: usize) -> Option<Measured> {
        let at = whole_at + 1;
        let share =
            self.is_sign(at, "(") && self.tokens().get(at + 1)?.kind == Kind::Number && self.is_sign(at + 2, "%");
        let unit =
            (share && self.is_sign(at + 3, ")")).then(|| self.lexicons.units.behind(self.reading, at + 4)).flatten()?;
        Some(Measured { end: at, ..unit })
    }

    /// "8-8,5%", "15 - 20 tỷ đồng", "2 đến 3 triệu đồng".
    fn range(&self, at: usize, lower: Amount) -> Option<Quantity> {
        let is_to = self.tokens().get(lower.end).is_some_and(|token| self.to.contains(token.key));
        if !is_to && !self.is_sign(lower.end, "-–") {
            return None;
        }
        let upper_at = lower.end + 1;
        let upper = self.amount(upper_at)?;
        let unit = self.unit(upper_at).filter(|unit| unit.known)?;
        let most = unit.value(upper.number);
        let least = scaled(lower.number, lower.factor.unwrap_or(unit.factor));
        if least >= most {
            return None;
        }
        let found = self.found(at, lower, unit);
        Some(Quantity { value: least, upper: Some(most), ..found })
    }

    /// "40, 9 ha": a decimal comma with a space behind it, before a measure.
    fn split_decimal(&self, at: usize) -> Option<Quantity> {
        let head = self.reading.word(at);
        let tail = self.reading.word(at + 2);
        let tight = self.is_sign(at + 1, ",") && !self.tokens()[at + 1].spaced;
        let number = tight.then(|| numbers::joined(head, tail)).flatten()?;
        // "các số 12, 15, 40 ha" is a list.
        if at >= 2 && self.is_sign(at - 1, ",") && self.tokens()[at - 2].kind == Kind::Number {
            return None;
        }
        let unit = self.unit(at + 2).filter(|unit| matches!(unit.sort, Sort::Measure | Sort::Share))?;
        Some(self.found(at, Amount { number, factor: None, end: at + 3 }, unit))
    }

    fn found(&self, at: usize, amount: Amount, unit: Measured) -> Quantity {
        let qualifier = match self.before(at) {
            Some(Before::Exactness(qualifier)) => qualifier,
            _ => Qualifier::Exact,
        };
        Quantity {
            tokens: at..unit.end,
            value: unit.value(amount.number),
            upper: None,
            ratio: None,
            sort: unit.sort,
            unit: unit.name,
            qualifier,
            decimals: amount.number.decimals,
        }
    }

    /// True if a number only names: "quận 7", "khoản 1, 2".
    fn is_rank(&self, at: usize, ranked: usize) -> bool {
        match self.before(at) {
            Some(Before::Rank) => return true,
            Some(Before::Loose) => {
                let lower = self.tokens().get(at + 1).is_some_and(|next| !next.is_capital());
                return !lower || self.unit(at).is_none_or(|unit| !unit.known);
            }
            _ => {}
        }
        let joined = self.is_sign(at.wrapping_sub(1), ",-–")
            || self.tokens().get(at.wrapping_sub(1)).is_some_and(|t| t.key == WordKey::of("và"));
        joined && at.checked_sub(1) == Some(ranked) && self.unit(at).is_none_or(|unit| !unit.known)
    }

    /// The longest phrase of the lexicon that ends just before a token.
    fn before(&self, at: usize) -> Option<Before> {
        before(&self.lexicons.before, self.tokens(), at)
    }

    /// "1. Về …", "2) …" at the head of a sentence.
    fn is_bullet(&self, at: usize) -> bool {
        self.heads_sentence(at) && self.is_sign(at + 1, ".)")
    }

    /// "COVID-19", "TK1-05".
    fn is_part_of_name(&self, at: usize) -> bool {
        let tight = at >= 2 && !self.tokens()[at].spaced && !self.tokens()[at - 1].spaced;
        tight && self.is_sign(at - 1, "-–") && self.tokens()[at - 2].is_word()
    }

    /// "Vĩnh Tân 1 đổ …", "8B Lê Trực", "Q. 3", "00532": a number that belongs to a name, or a code.
    fn is_name_number(&self, at: usize) -> bool {
        let before =
            at.checked_sub(1).is_some_and(|before| self.tokens()[before].is_capital() && !self.heads_sentence(before));
        let letter = self.tokens().get(at + 1).is_some_and(|next| next.is_capital() && !next.spaced);
        // "Q. 3", "P. 12".
        let unit = at >= 2 && self.is_sign(at - 1, ".") && matches!(self.reading.word(at - 2), "Q" | "P" | "KP");
        before || letter || unit || self.reading.word(at).starts_with("00")
    }

    fn heads_sentence(&self, at: usize) -> bool {
        self.reading.sentence_of(at).is_some_and(|index| self.reading.sentences[index].tokens.start == at)
    }

    /// "6h30", "15h", "18g": hours.
    fn is_clock(&self, at: usize) -> bool {
        let Some(next) = self.tokens().get(at + 1).filter(|next| next.is_word() && !next.spaced) else { return false };
        let word = next.text(self.reading.document.text());
        let minutes =
            word.strip_prefix(['h', 'g', 'H']).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        minutes && self.reading.word(at).parse().is_ok_and(|hour: u8| hour <= 24)
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens()[at].kind == Kind::Word(Case::Title)
    }

    /// Lengths and speeds of storms, winds and waves are no figures.
    fn is_weather(&self, at: usize, sort: Sort) -> bool {
        let near = at.saturating_sub(12)..at;
        sort == Sort::Measure
            && near
                .rev()
                .take_while(|at| self.tokens()[*at].kind != Kind::Break)
                .any(|at| self.weather.contains(self.tokens()[at].key))
    }

    fn is_sign(&self, at: usize, signs: &str) -> bool {
        matches!(self.tokens().get(at), Some(token) if matches!(token.kind, Kind::Sign(sign) if signs.contains(sign)))
    }

    fn tokens(&self) -> &'a [Token] {
        &self.reading.tokens
    }
}

/// True for "UBND 24 quận, huyện": the number counts, other than that of "Ban Chỉ đạo 389 tỉnh".
fn counts_places(reading: &Reading, name: Range<usize>) -> bool {
    name.into_iter().any(|at| {
        reading.tokens[at].kind == Kind::Number
            && reading.word(at).len() <= 2
            && (at == 0 || !matches!(reading.word(at - 1), "đạo" | "Đạo"))
            && PLACES.iter().any(|place| place.split(' ').next() == Some(reading.word(at + 1)))
    })
}

/// The longest phrase that ends just before a token.
fn before<T: Copy>(phrases: &Phrases<T>, tokens: &[Token], at: usize) -> Option<T> {
    (1..=3)
        .rev()
        .filter_map(|back| at.checked_sub(back))
        .find_map(|start| phrases.longest(&tokens[..at], start).filter(|(end, _)| *end == at).map(|(_, value)| *value))
}
