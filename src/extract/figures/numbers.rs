//! Numbers in digits and in words.
//!
//! Vietnamese writes a full stop between thousands and a comma before decimals ("8.598 tỉ", "103,26%"); reports also hold the English
//! way ("46.45%", "1,234,567"). The digits decide: groups of three are thousands, anything else decimals; a lone group of three behind
//! a full stop is thousands ("1.200"), behind a comma decimals ("1,234"), unless whole things are counted ("1,234 người").

use crate::text::{WordKey, WordSet};

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// Digits behind the decimal sign.
    pub(super) decimals: u32,
    /// True for "1,234": decimals by default, thousands where whole things are counted.
    pub(super) comma_group: bool,
}

impl Number {
    fn whole(value: f64) -> Self {
        Self { value, decimals: 0, comma_group: false }
    }

    /// The number where whole things are counted.
    pub(super) fn counted(self) -> Self {
        if self.comma_group { Self::whole((self.value * 1000.0).round()) } else { self }
    }
}

/// Reads digits with their full stops and commas; `None` for "12.5.2021" and for numbers beyond all figures.
pub(super) fn parse(text: &str) -> Option<Number> {
    // Money in đồng has up to 19 digits; with separators no figure is longer than this.
    if text.len() > 26 {
        return None;
    }
    let last_stop = text.rfind('.');
    let last_comma = text.rfind(',');
    match (last_stop, last_comma) {
        (None, None) => digits(text).map(Number::whole),
        (Some(stop), Some(comma)) if stop < comma => mixed(text, comma, '.'),
        (Some(stop), Some(_)) => mixed(text, stop, ','),
        (Some(stop), None) => one_sign(text, stop, '.'),
        (None, Some(comma)) => one_sign(text, comma, ','),
    }
}

fn digits(text: &str) -> Option<f64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn mixed(text: &str, at: usize, thousands: char) -> Option<Number> {
    let whole = groups(&text[..at], thousands)?;
    decimal(whole, &text[at + 1..])
}

fn one_sign(text: &str, at: usize, sign: char) -> Option<Number> {
    let (head, tail) = (&text[..at], &text[at + 1..]);
    if head.contains(sign) {
        return groups(text, sign).map(Number::whole);
    }
    let is_group = tail.len() == 3 && head.len() <= 3 && !head.starts_with('0');
    if is_group && sign == '.' {
        return groups(text, sign).map(Number::whole);
    }
    let number = decimal(digits(head)?, tail)?;
    Some(Number { comma_group: is_group, ..number })
}

/// "1.234.567": groups of three behind the first.
fn groups(text: &str, sign: char) -> Option<f64> {
    let mut value = 0.0;
    for (index, group) in text.split(sign).enumerate() {
        let fits = if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        value = value * 1000.0 + digits(group).filter(|_| fits)?;
    }
    Some(value)
}

fn decimal(whole: f64, tail: &str) -> Option<Number> {
    let decimals = u32::try_from(tail.len()).ok()?;
    let (part, scale) = (digits(tail)?, 10f64.powi(i32::try_from(decimals).ok()?));
    // Divided last, so that it is rounded once: the number nearest to what is written, where 6 + 0.81 is 6.8100000000000005.
    Some(Number { value: (whole * scale + part) / scale, decimals, comma_group: false })
}

/// A number joined from "40" and "900" in "40, 900 ha".
pub(super) fn joined(head: &str, tail: &str) -> Option<Number> {
    decimal(digits(head)?, tail)
}

/// The small numbers in words that figures are told with; "một" is none, and "năm" is nearly always a year.
const SPOKEN: [(&str, f64); 8] =
    [("hai", 2.0), ("ba", 3.0), ("bốn", 4.0), ("sáu", 6.0), ("bảy", 7.0), ("tám", 8.0), ("chín", 9.0), ("mười", 10.0)];

/// The keys of the small numbers in words.
#[derive(Debug)]
pub(super) struct Spoken(WordSet);

impl Spoken {
    pub(super) fn new() -> Self {
        Self(WordSet::new(SPOKEN.map(|(word, _)| word)))
    }

    pub(super) fn value(&self, key: WordKey) -> Option<Number> {
        self.0.position(key).map(|at| Number::whole(SPOKEN[at].1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_conventions_are_read() {
        for (text, value) in [
            ("25", 25.0),
            ("03", 3.0),
            ("8.598", 8598.0),
            ("103,26", 103.26),
            ("46.45", 46.45),
            ("6,81", 6.81),
            ("1.234,07", 1234.07),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1,234", 1.234),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("1706,44", 1706.44),
        ] {
            assert_eq!(parse(text).map(|number| number.value), Some(value), "{text}");
        }
        for text in ["12.5.2021", "1.23,456.7", "", "1.2,3,4", "99999999999999999999999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("1,234").map(|number| number.counted().value), Some(1234.0));
        assert_eq!(parse("12,5").map(|number| number.counted().value), Some(12.5));
    }
}
