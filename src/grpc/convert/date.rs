//! Dates and times.

use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{Basis, DatedFact, Edtf, ReportId, Timestamp};

/// A point in time.
pub(in crate::grpc) fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp {
        seconds: time.0.div_euclid(1_000_000),
        // Below 10⁶, so the product is below 10⁹.
        nanos: time.0.rem_euclid(1_000_000) as i32 * 1000,
    }
}

/// A date with the words for it, which stand in `home`.
pub(super) fn dated(fact: DatedFact, home: Option<&ReportId>, quotes: &Quotes) -> pb::Date {
    let evidence = home.zip(fact.span).map(|(report, span)| quotes.at(report, span));
    pb::Date { evidence, ..bare(fact) }
}

/// A date without the words for it.
pub(super) fn bare(fact: DatedFact) -> pb::Date {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let (first, last) = (fact.date.earliest(), fact.date.latest());
    let earliest = day(first);
    let latest = if first == last { earliest.clone() } else { day(last) };
    pb::Date { edtf: fact.date.to_string(), earliest, latest, basis: basis(fact.basis).into(), evidence: None }
}

/// A date as its text alone; empty where there is none.
pub(super) fn edtf(date: Option<Edtf>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn basis(basis: Basis) -> pb::DateBasis {
    match basis {
        Basis::Stated => pb::DateBasis::Stated,
        Basis::InferredFromPublication => pb::DateBasis::InferredFromPublication,
        Basis::InferredFromText => pb::DateBasis::InferredFromText,
        Basis::InferredFromMeeting => pb::DateBasis::InferredFromMeeting,
        Basis::Corrected => pb::DateBasis::Corrected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;
    use crate::service::api::Texts;

    #[test]
    fn times_before_1970_count_down() {
        let time = timestamp(Timestamp(-1));
        assert_eq!((time.seconds, time.nanos), (-1, 999_999_000));
    }

    #[test]
    fn a_month_has_bounds_and_words() {
        let report = ReportId::derive(None, "x");
        let texts = Texts::from([(report.clone(), "Tháng 2 năm 2024".into())]);
        let fact = DatedFact { date: "2024-02".parse().unwrap(), basis: Basis::Stated, span: Some(Span::new(0, 7)) };
        let date = dated(fact, Some(&report), &Quotes::new(&texts));
        assert_eq!((date.earliest.as_str(), date.latest.as_str()), ("2024-02-01", "2024-02-29"));
        assert_eq!(date.basis(), pb::DateBasis::Stated);
        assert_eq!(date.evidence.unwrap().quote, "Tháng 2");
    }

    #[test]
    fn open_ends_are_empty() {
        let fact = DatedFact { date: "2024-01-01/..".parse().unwrap(), basis: Basis::InferredFromText, span: None };
        assert_eq!(bare(fact).latest, "");
    }
}
