//! Does a stated percentage agree with the ratio or the values it stands beside?
//!
//! - "118/254 cơ quan có báo cáo, đạt 46,45%": the percentage belongs to the ratio before it in the sentence, if nothing else is counted
//!   between; 118/254 is 46,456…, so it is truncated;
//! - "68.281 hồ sơ, trong đó 61.276 hồ sơ (89,74%)": the part in brackets may belong to the larger count of the same unit before it;
//!   if they agree the check says so, if not the whole is something else and nothing was checked;
//! - "thu 8.598 tỉ đồng, đạt 103,26% so với dự toán": value and percentage imply the basis.

use super::setting::Settled;
use super::units::Sort;
use crate::extract::Found;
use crate::model::{Check, Diagnostic, DiagnosticReason, Figure};
use crate::text::{Reading, WordKey};

/// Checks the percentages, computes implied bases, and tells what does not agree.
pub(super) fn check(reading: &Reading, figures: &mut [Found<Settled>]) -> Vec<Diagnostic> {
    let links = ["đạt", "chiếm", "bằng", "đương", "ứng", "lệ"].map(WordKey::of);
    let mut diagnostics = Vec::new();
    for at in 1..figures.len() {
        let (earlier, rest) = figures.split_at_mut(at);
        let (Some(percentage), Some(stated)) = (rest.first_mut(), earlier.last_mut()) else { break };
        if percentage.value.sort != Sort::Share || percentage.value.sentence != stated.value.sentence {
            continue;
        }
        imply_base(&mut stated.value, &mut percentage.value.figure);
        let between = &reading.tokens[stated.tokens.end..percentage.tokens.start];
        let bracketed = between.last().is_some_and(|token| token.is('('));
        let linked = bracketed || between.iter().rev().take(3).any(|token| links.contains(&token.key));
        if !linked || between.len() > 24 || percentage.value.figure.comparison.is_some() {
            continue;
        }
        if let Some(ratio) = stated.value.figure.ratio {
            let check = compare(ratio.numerator / ratio.denominator * 100.0, &percentage.value);
            stated.value.figure.check = check;
            percentage.value.figure.check = check;
            percentage.value.figure.ratio = Some(ratio);
            if check == Check::Inconsistent {
                diagnostics.push(inconsistent(&stated.value.figure, &percentage.value.figure));
            }
        } else if bracketed && stated.value.sort == Sort::Count && between.len() <= 8 {
            check_part(earlier, percentage);
        }
    }
    diagnostics
}

/// A bracketed share of the count before it, against the larger count of the same unit earlier in the sentence.
fn check_part(earlier: &mut [Found<Settled>], percentage: &mut Found<Settled>) {
    let Some((part, before)) = earlier.split_last() else { return };
    let whole =
        before.iter().rev().take(6).take_while(|found| found.value.sentence == part.value.sentence).find(|found| {
            found.value.figure.unit == part.value.figure.unit && found.value.figure.value > part.value.figure.value
        });
    let Some(whole) = whole else { return };
    let check = compare(part.value.figure.value / whole.value.figure.value * 100.0, &percentage.value);
    if check != Check::Inconsistent {
        percentage.value.figure.check = check;
    }
}

/// "8.598 tỉ đồng, đạt 103,26% so với dự toán": the basis in the unit of the value.
fn imply_base(value: &mut Settled, percentage: &mut Figure) {
    let Some(comparison) = percentage.comparison.as_mut() else { return };
    let level = if comparison.change { 100.0 + comparison.percent } else { comparison.percent };
    if value.sort == Sort::Share || value.figure.ratio.is_some() || level <= 0.0 {
        return;
    }
    comparison.implied_base = Some(value.figure.value / (level / 100.0));
    if value.figure.comparison.is_none() {
        value.figure.comparison = Some(comparison.clone());
    }
}

/// Does a computed percentage give the stated one?
fn compare(computed: f64, stated: &Settled) -> Check {
    // Half a unit of the ninth digit: what is nearer is equal but for binary fractions.
    const NOISE: f64 = 1e-9;
    let scale = 10f64.powi(i32::try_from(stated.decimals).unwrap_or(0));
    let (computed, stated) = (computed * scale, stated.figure.value * scale);
    let near = |a: f64, b: f64| (a - b).abs() <= NOISE * scale.max(1.0) * 100.0;
    if near(computed, stated) {
        Check::Exact
    } else if near(computed.round(), stated) {
        Check::Rounded
    } else if near(computed.trunc(), stated) {
        Check::Truncated
    } else {
        Check::Inconsistent
    }
}

fn inconsistent(ratio: &Figure, percentage: &Figure) -> Diagnostic {
    Diagnostic {
        reason: DiagnosticReason::InconsistentFigure,
        message: format!("{} does not agree with {}", percentage.text, ratio.text),
        span: Some(percentage.span),
    }
}
