//! Scores of people by an office alone: who held it, and when.

use super::context::QueryContext;
use super::office_fit::OfficeFit;
use super::rank::Scored;
use super::reading::{OfficeReading, QueryReading};
use crate::model::Entity;
use crate::registry::keys::Jurisdiction;
use crate::registry::offices::Rank;
use crate::registry::people::Holding;
use crate::text::fold;

/// One is believed to hold an office whom so many times more reports show in it than all others together.
const OUTWEIGHS: u64 = 8;

/// So many reports may be slips in a time in which one holder may have followed another.
const SLIPS: u64 = 2;
/// Longest time, in days, in which hardly one holder follows another.
const SHORT: i32 = 31;

/// Who was seen in an office this near to a date, and nobody else near it, is likely to have held it then; but no report says so.
const NEAR_DAYS: i32 = 92;

/// People by an office alone, each with how the person's offices fit it.
pub(super) fn by_office(
    people: Vec<(Entity, OfficeFit)>,
    reading: &QueryReading,
    context: &QueryContext,
) -> Vec<Scored> {
    let fits: Vec<OfficeFit> = people.iter().map(|(_, fit)| fit.clone()).collect();
    let one_at_a_time = reading.offices.iter().all(is_held_by_one);
    let placed = reading.offices.iter().all(|office| {
        // Several units may be called by the name, and have their own.
        let untold = |body: &Jurisdiction| matches!(body, Jurisdiction::Unknown(_) | Jurisdiction::Named(_));
        office.organization.as_ref().is_some_and(|body| !untold(&body.key.jurisdiction))
    });
    let past = reading.offices.iter().all(|office| office.former);
    let ends = context.date().and_then(|date| date.earliest().zip(date.latest()));
    let is_short = ends.is_some_and(|(from, to)| from.until(to).is_ok_and(|span| span.get_days() <= SHORT));
    people
        .into_iter()
        .map(|(entity, fit)| {
            let (score, certain, reason) = if fits.iter().any(|fit| fit.in_report && fit.former == past) {
                in_report(&fit, &fits, past)
            } else if past || context.date().is_none() {
                without_date(&fit, &fits, past)
            } else {
                at_date(&fit, &fits, one_at_a_time && placed, is_short)
            };
            Scored { entity, score, certain, matched: fit.text.clone(), reasons: vec![reason] }
        })
        .collect()
}

/// Offices that one person holds at a time: heads, and the first among deputies.
fn is_held_by_one(office: &OfficeReading) -> bool {
    office.rank == Rank::Head
        || office
            .titles
            .iter()
            .all(|title| fold::unaccented(title).ends_with("thuong truc") && office.rank == Rank::Deputy)
}

fn share(score: f64, among: usize) -> f64 {
    score / f64::from(u32::try_from(among.max(1)).unwrap_or(u32::MAX))
}

fn in_report(fit: &OfficeFit, fits: &[OfficeFit], past: bool) -> (f64, bool, String) {
    let meant = |fit: &&OfficeFit| fit.in_report && fit.former == past;
    let named = fits.iter().filter(meant).count();
    if meant(&fit) {
        (share(0.95, named), named == 1, format!("the report gives the office {}", fit.text))
    } else {
        (0.1, false, format!("was seen as {}, but the report gives the office to another", fit.text))
    }
}

fn without_date(fit: &OfficeFit, fits: &[OfficeFit], past: bool) -> (f64, bool, String) {
    let latest = fits.iter().filter_map(|fit| fit.last).max();
    let score = if past || fit.last == latest { share(0.6, if past { fits.len() } else { 1 }) } else { 0.3 };
    (score, false, format!("NOT_OBSERVED: was seen as {}, and no date is given", fit.text))
}

/// Of several seen in an office that one person holds at a time, those whom far more reports show are believed; the others are taken for slips of a
/// report, or of its reader. `None` where the reports do not tell; in a year or more one may have followed the other.
fn among_holders(
    fit: &OfficeFit,
    held: &[&OfficeFit],
    one_at_a_time: bool,
    is_short: bool,
) -> Option<(f64, bool, String)> {
    let most = held.iter().map(|fit| fit.reports).max()?;
    let of_most = held.iter().filter(|fit| fit.reports == most).count();
    let others = held.iter().map(|fit| fit.reports).sum::<u64>().saturating_sub(most);
    let may_follow = !is_short && others > SLIPS;
    if !one_at_a_time || may_follow || of_most > 1 || most < others.saturating_mul(OUTWEIGHS) {
        return None;
    }
    let told = |other: u64| format!("{} reports show that, and {other} another", fit.reports);
    if fit.reports == most { Some((0.92, true, told(others))) } else { Some((0.05, false, told(most))) }
}

fn at_date(fit: &OfficeFit, fits: &[OfficeFit], one_at_a_time: bool, is_short: bool) -> (f64, bool, String) {
    let held: Vec<&OfficeFit> = fits.iter().filter(|fit| fit.holding == Holding::Held).collect();
    if fit.holding == Holding::Contradicted {
        return (0.03, false, format!("CONTRADICTED: a report says that {} had ended or not begun", fit.text));
    }
    if !held.is_empty() {
        if fit.holding != Holding::Held {
            return (0.05, false, format!("NOT_OBSERVED: was seen as {} at another time", fit.text));
        }
        let taking_up = held.iter().filter(|fit| fit.begins).count();
        let reason = format!("HELD: reports show the person as {} then", fit.text);
        return match (held.len(), taking_up) {
            (1, _) if one_at_a_time => (0.95, true, reason),
            (1, _) => (0.7, false, format!("{reason}; others may have held it too")),
            // On the day of a change both are seen; who takes it up holds it.
            (_, 1) if fit.begins => (0.9, one_at_a_time, format!("{reason}, taking it up")),
            (_, 1) => (0.2, false, format!("{reason}, giving it up")),
            (many, _) => among_holders(fit, &held, one_at_a_time, is_short).map_or_else(
                || (share(0.8, many), false, format!("{reason}, as {} others", many - 1)),
                |(score, certain, told)| (score, certain, format!("{reason}; {told}")),
            ),
        };
    }
    let near = |fit: &OfficeFit| fit.holding == Holding::NotObserved && fit.gap.is_some_and(|gap| gap <= NEAR_DAYS);
    let neighbours = fits.iter().filter(|fit| near(fit)).count();
    match fit.gap {
        Some(gap) if near(fit) && neighbours == 1 && one_at_a_time => {
            let seen = format!("was seen as {}, {gap} days from that date, and nobody else near it", fit.text);
            (0.7, false, format!("NOT_OBSERVED: {seen}"))
        }
        Some(gap) => {
            let score = if near(fit) { share(0.6, neighbours) } else { 0.25 };
            (score, false, format!("NOT_OBSERVED: was seen as {}, {gap} days from that date", fit.text))
        }
        None => (0.15, false, format!("NOT_OBSERVED: was seen as {} at an unknown time", fit.text)),
    }
}
