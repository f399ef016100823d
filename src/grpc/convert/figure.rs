//! Figures.

use super::{date, home};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{Check, Comparison, MeetingFigure, Qualifier, Ratio};

pub(super) fn figure(of_meeting: MeetingFigure, quotes: &Quotes) -> pb::Figure {
    let MeetingFigure { figure, evidence } = of_meeting;
    pb::Figure {
        text: figure.text,
        indicator: figure.indicator,
        value: figure.value,
        upper: figure.upper,
        unit: figure.unit,
        qualifier: qualifier(figure.qualifier).into(),
        period: figure.period.map(|period| date::dated(period, home(&evidence), quotes)),
        subject: figure.subject.unwrap_or_default(),
        ratio: figure.ratio.map(ratio),
        comparison: figure.comparison.map(comparison),
        check: check(figure.check).into(),
        evidence: quotes.all(&evidence),
    }
}

fn ratio(ratio: Ratio) -> pb::Ratio {
    pb::Ratio { numerator: ratio.numerator, denominator: ratio.denominator }
}

fn comparison(comparison: Comparison) -> pb::Comparison {
    pb::Comparison {
        basis: comparison.basis,
        percent: comparison.percent,
        change: comparison.change,
        implied_base: comparison.implied_base,
    }
}

fn qualifier(qualifier: Qualifier) -> pb::Qualifier {
    match qualifier {
        Qualifier::Exact => pb::Qualifier::Exact,
        Qualifier::About => pb::Qualifier::About,
        Qualifier::Over => pb::Qualifier::Over,
        Qualifier::Under => pb::Qualifier::Under,
        Qualifier::Estimated => pb::Qualifier::Estimated,
    }
}

fn check(check: Check) -> pb::FigureCheck {
    match check {
        Check::NotCheckable => pb::FigureCheck::NotCheckable,
        Check::Exact => pb::FigureCheck::Exact,
        Check::Rounded => pb::FigureCheck::Rounded,
        Check::Truncated => pb::FigureCheck::Truncated,
        Check::Inconsistent => pb::FigureCheck::Inconsistent,
    }
}
