//! What follows a number: multiplier and unit.

use super::numbers::Number;
use crate::text::{Case, Kind, Phrases, Reading};

/// A line of the lexicon of units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Times(f64),
    Money(&'static str),
    Share,
    Measure,
    Noun,
    /// A noun that is also counted in words.
    Said,
    /// A duration, an age or a rank: no figure.
    Time,
    /// Head of a list that follows: no figure.
    Plan,
}

fn unit(value: &'static str) -> Option<Unit> {
    Some(match value.split_once(' ').unwrap_or((value, "")) {
        ("x", factor) => Unit::Times(factor.parse().ok()?),
        ("money", code) => Unit::Money(code),
        ("share", _) => Unit::Share,
        ("measure", _) => Unit::Measure,
        ("noun", _) => Unit::Noun,
        ("said", _) => Unit::Said,
        ("time", _) => Unit::Time,
        ("plan", _) => Unit::Plan,
        _ => return None,
    })
}

/// What kind of quantity a unit makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Money,
    Share,
    Measure,
    Count,
}

/// A unit as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    /// Index one past its last token.
    pub(super) end: usize,
    pub(super) factor: f64,
    pub(super) sort: Sort,
    /// As figures give it: `VND`, `%`, "ha", "hồ sơ".
    pub(super) name: String,
    /// True if the noun is one of the lexicon's, false if it is only what follows.
    pub(super) known: bool,
    /// True if the noun is counted in words too.
    pub(super) said: bool,
}

/// The lexicon of units.
#[derive(Debug)]
pub(super) struct Units {
    units: Phrases<Unit>,
    stops: Phrases<()>,
}

impl Units {
    pub(super) fn new() -> Self {
        Self {
            units: Phrases::parse(include_str!("../lexicons/figure_units.txt"), unit).unwrap_or_default(),
            stops: Phrases::parse(include_str!("../lexicons/no_units.txt"), |_| Some(())).unwrap_or_default(),
        }
    }

    /// The multiplier at a token: "nghìn", "triệu", "nghìn tỷ".
    pub(super) fn factor(&self, reading: &Reading, at: usize) -> Option<(usize, f64)> {
        let within = |tokens| match self.units.longest(tokens, at) {
            Some((end, Unit::Times(factor))) => Some((end, *factor)),
            _ => None,
        };
        let (end, factor) = within(&reading.tokens)?;
        // "dưới 14 triệu | tỷ lệ sinh": another word begins.
        let rate = end > at + 1 && matches!(reading.word(end), "lệ" | "suất" | "trọng" | "số" | "giá");
        if rate { within(&reading.tokens[..end - 1]) } else { Some((end, factor)) }
    }

    /// One past the noun that is counted at a token, if one is.
    pub(super) fn noun(&self, reading: &Reading, at: usize) -> Option<usize> {
        match self.units.longest(&reading.tokens, at) {
            Some((end, Unit::Noun | Unit::Said)) => Some(end),
            _ => None,
        }
    }

    /// Multiplier and unit behind a number; `None` where what follows counts nothing.
    pub(super) fn behind(&self, reading: &Reading, at: usize) -> Option<Measured> {
        let (at, factor) = self.factor(reading, at).unwrap_or((at, 1.0));
        let token = reading.tokens.get(at)?;
        let measured =
            |end, sort, name: &str| Measured { end, factor, sort, name: name.to_owned(), known: true, said: false };
        match token.kind {
            Kind::Sign('%') => return Some(measured(at + 1, Sort::Share, "%")),
            Kind::Sign('$') => return Some(measured(at + 1, Sort::Money, "USD")),
            Kind::Sign(_) if factor >= 1e9 => return Some(measured(at, Sort::Money, "VND")),
            Kind::Sign(_) | Kind::Break | Kind::Number => return None,
            Kind::Word(_) => {}
        }
        match self.units.longest(&reading.tokens, at).map(|(end, unit)| (end, *unit)) {
            Some((_, Unit::Time | Unit::Plan | Unit::Times(_))) => None,
            Some((end, Unit::Money(code))) => Some(self.per(reading, measured(end, Sort::Money, code))),
            Some((end, Unit::Share)) => Some(measured(end, Sort::Share, "%")),
            Some((end, Unit::Measure)) => {
                Some(self.per(reading, measured(end, Sort::Measure, reading.small_text(at..end))))
            }
            Some((end, unit)) => {
                let end = self.noun_end(reading, end);
                let name = reading.text(at..end).to_owned();
                Some(Measured { said: unit == Unit::Said, ..measured(end, Sort::Count, &name) })
            }
            // "10 tỉ" before a verb is money.
            None if factor >= 1e9 => Some(measured(at, Sort::Money, "VND")),
            None => self.any_noun(reading, at, factor),
        }
    }

    /// A noun goes on with another: "lượt người dân", "cuộc thanh tra"; not "xã | giải ngân", where the second is only part of a word.
    fn noun_end(&self, reading: &Reading, at: usize) -> usize {
        let is_small = |at: usize| reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
        match self.units.longest(&reading.tokens, at) {
            Some((end, Unit::Noun)) if is_small(at) => {
                let cut = end == at + 1 && is_small(end) && self.stops.longest(&reading.tokens, end).is_none();
                if cut { at } else { end }
            }
            _ => at,
        }
    }

    /// A noun that the lexicon does not hold: two small words that are no links or verbs, or one, where more follow that may belong
    /// to each other ("gương | cán bộ tiêu biểu").
    fn any_noun(&self, reading: &Reading, at: usize, factor: f64) -> Option<Measured> {
        let is_noun = |at: usize| {
            let small =
                reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Word(Case::Lower | Case::Title)));
            small && self.stops.longest(&reading.tokens, at).is_none()
        };
        // "thương binh 1/4 | Trần Văn Ba": a name.
        let capital = |at: usize| reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word(Case::Title));
        if !is_noun(at) || capital(at) && capital(at + 1) {
            return None;
        }
        let is_small = |at: usize| is_noun(at) && reading.tokens[at].kind == Kind::Word(Case::Lower);
        let end = if is_small(at + 1) && !is_small(at + 2) { at + 2 } else { at + 1 };
        let name = reading.text(at..end).to_owned();
        Some(Measured { end, factor, sort: Sort::Count, name, known: false, said: false })
    }

    /// "đồng/m2", "m3/ngày".
    fn per(&self, reading: &Reading, unit: Measured) -> Measured {
        let divided = reading.tokens.get(unit.end).is_some_and(|token| token.is('/'));
        let by = reading.tokens.get(unit.end + 1).is_some_and(|token| token.is_word());
        if !divided || !by {
            return unit;
        }
        let end = self.units.longest(&reading.tokens, unit.end + 1).map_or(unit.end + 2, |(end, _)| end);
        let name = format!("{}/{}", unit.name, reading.small_text(unit.end + 1..end));
        Measured { end, name, ..unit }
    }
}

impl Measured {
    /// The value in base units. Whole things are not counted in decimals ("1,234 người").
    pub(super) fn value(&self, number: Number) -> f64 {
        let number = if self.sort == Sort::Count && self.factor == 1.0 { number.counted() } else { number };
        scaled(number, self.factor)
    }
}

/// A number times a factor, without the noise of binary fractions: 8.36 × 10⁹ is exactly 8360000000.
pub(super) fn scaled(number: Number, factor: f64) -> f64 {
    let value = number.value * factor;
    if factor > 1.0 { value.round() } else { value }
}
