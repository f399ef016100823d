//! Quantities with what they count.
//!
//! A figure is a number, perhaps a multiplier, and a unit:
//!
//! - money: "8.598 tỉ đồng", "78,76 tỷ USD", "231 triệu đồng/ha", "863.000 đồng/m2";
//! - shares: "103,26%", "12 phần trăm"; comparisons: "đạt 103,26% so với dự toán", "tăng 8,5% so với cùng kỳ", "bằng 110% kế hoạch";
//! - measures: "1.706,44 ha", "100 m3/ngày", "30m", "1,3 lần", also "40, 9 ha";
//! - counts: "34 phường", "2,5 triệu người", "14 triệu hồ sơ", "hai phó chủ tịch";
//! - ratios: "25/36 chỉ tiêu", "2,8 tỷ/5,7 tỷ đồng"; ranges: "8-8,5%", "15 - 20 tỷ đồng", "từ 2 đến 3 triệu đồng".
//!
//! No figures are dates, durations ("5 năm"), ages, ranks ("lần thứ 4", "quận 7"), numbers of documents, vague amounts ("hàng nghìn"),
//! a bare "một", counts of a list that follows ("ba khâu đột phá"), and what the weather does ("gió cấp 7", "sóng cao 3 m").
//! A fact told twice, in the headline and in the body, is one figure.

mod checks;
mod indicator;
mod numbers;
mod repeats;
mod scan;
mod setting;
mod units;

#[cfg(test)]
mod tests;

use super::{Context, Found};
use crate::model::{Diagnostic, Figure, Qualifier};
use crate::text::Phrases;

/// The figures of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Figures {
    /// In text order.
    pub(super) figures: Vec<Found<Figure>>,
    /// Percentages that do not agree with their ratio.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a word before a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The number names or ranks.
    Rank,
    /// It names or ranks, unless a known unit follows.
    Loose,
    /// It counts ("trong số 68 hồ sơ").
    Count,
    Exactness(Qualifier),
}

fn before(value: &str) -> Option<Before> {
    Some(match value {
        "rank" => Before::Rank,
        "loose" => Before::Loose,
        "count" => Before::Count,
        "over" => Before::Exactness(Qualifier::Over),
        "under" => Before::Exactness(Qualifier::Under),
        "about" => Before::Exactness(Qualifier::About),
        "estimated" => Before::Exactness(Qualifier::Estimated),
        _ => return None,
    })
}

/// Reads figures.
#[derive(Debug)]
pub(super) struct Recognizer {
    units: units::Units,
    before: Phrases<Before>,
    spoken: numbers::Spoken,
    setting: setting::Lexicon,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self {
            units: units::Units::new(),
            before: Phrases::parse(include_str!("lexicons/before_numbers.txt"), before).unwrap_or_default(),
            spoken: numbers::Spoken::new(),
            setting: setting::Lexicon::new(),
        }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> Figures {
        let quantities = scan::Scan::new(self, context).quantities();
        let mut figures = setting::settle(&self.setting, &self.units, context, quantities);
        let diagnostics = checks::check(context.reading, &mut figures);
        Figures { figures: repeats::once(context, figures), diagnostics }
    }
}
