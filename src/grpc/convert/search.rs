//! Hits, snippets and facets.

use super::{count, figure, item, meeting, offset};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::MeetingSummary;
use crate::service::api::{
    Catalogue, CatalogueField, Facet, FacetField, FacetValue, FigureHit, Hit, ItemHit, MatchTier, Rewrite, Snippet,
    Total, Unit, ValueKind,
};

/// A meeting that fits.
pub(in crate::grpc) fn meeting_hit(hit: Hit<MeetingSummary>, quotes: &Quotes) -> pb::MeetingHit {
    pb::MeetingHit {
        meeting: Some(meeting::basic(hit.value)),
        score: hit.score,
        match_tier: match_tier_number(hit.tier),
        snippet: hit.snippet.map(|one| snippet(one, quotes)),
    }
}

/// An item that fits.
pub(in crate::grpc) fn item_hit(hit: Hit<ItemHit>, quotes: &Quotes) -> pb::ItemHit {
    let ItemHit { meeting, item } = hit.value;
    pb::ItemHit {
        item: Some(item::item(&meeting.id, item, quotes)),
        meeting: Some(meeting::basic(meeting)),
        score: hit.score,
        match_tier: match_tier_number(hit.tier),
        snippet: hit.snippet.map(|one| snippet(one, quotes)),
    }
}

/// A figure that fits.
pub(in crate::grpc) fn figure_hit(hit: Hit<FigureHit>, quotes: &Quotes) -> pb::FigureHit {
    let FigureHit { meeting, figure } = hit.value;
    pb::FigureHit {
        figure: Some(figure::figure(figure, quotes)),
        meeting: Some(meeting::basic(meeting)),
        score: hit.score,
        match_tier: match_tier_number(hit.tier),
        snippet: hit.snippet.map(|one| snippet(one, quotes)),
    }
}

/// How many hits there are.
pub(in crate::grpc) fn total(total: Total) -> (i64, i32) {
    match total {
        Total::Exact(hits) => (count(hits), pb::TotalRelation::Exact.into()),
        Total::AtLeast(hits) => (count(hits), pb::TotalRelation::AtLeast.into()),
    }
}

/// Hits counted by one field.
pub(in crate::grpc) fn facet(facet: Facet) -> pb::Facet {
    let field = facet_number(facet.field).into();
    pb::Facet { field, values: facet.values.into_iter().map(facet_value).collect(), exact: facet.exact }
}

/// The field that a number of the wire stands for; `None` for UNSPECIFIED.
pub(in crate::grpc) fn facet_field(field: pb::FacetField) -> Option<FacetField> {
    Some(match field {
        pb::FacetField::Unspecified => return None,
        pb::FacetField::Kind => FacetField::Kind,
        pb::FacetField::Convener => FacetField::Convener,
        pb::FacetField::Place => FacetField::Place,
        pb::FacetField::Person => FacetField::Person,
        pb::FacetField::Year => FacetField::Year,
        pb::FacetField::Month => FacetField::Month,
        pb::FacetField::Publisher => FacetField::Publisher,
        pb::FacetField::Quarter => FacetField::Quarter,
    })
}

fn facet_number(field: FacetField) -> pb::FacetField {
    match field {
        FacetField::Kind => pb::FacetField::Kind,
        FacetField::Convener => pb::FacetField::Convener,
        FacetField::Place => pb::FacetField::Place,
        FacetField::Person => pb::FacetField::Person,
        FacetField::Year => pb::FacetField::Year,
        FacetField::Month => pb::FacetField::Month,
        FacetField::Publisher => pb::FacetField::Publisher,
        FacetField::Quarter => pb::FacetField::Quarter,
    }
}

/// The search that a number of the wire stands for; `None` for all.
pub(in crate::grpc) fn search_unit(unit: pb::SearchUnit) -> Option<Unit> {
    match unit {
        pb::SearchUnit::Unspecified => None,
        pb::SearchUnit::Meeting => Some(Unit::Meeting),
        pb::SearchUnit::Item => Some(Unit::Item),
        pb::SearchUnit::Figure => Some(Unit::Figure),
    }
}

/// What one search can be asked.
pub(in crate::grpc) fn search_fields(catalogue: Catalogue) -> pb::SearchFields {
    let unit = match catalogue.unit {
        Unit::Meeting => pb::SearchUnit::Meeting,
        Unit::Item => pb::SearchUnit::Item,
        Unit::Figure => pb::SearchUnit::Figure,
    };
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let field = |field: CatalogueField| {
        let (field_type, values) = field_type(field.spec.kind);
        pb::SearchField {
            name: field.spec.name.to_owned(),
            r#type: field_type.into(),
            description: field.spec.description.to_owned(),
            operators: strings(field.spec.kind.operators()),
            values: strings(values),
            example: field.example,
        }
    };
    pb::SearchFields {
        unit: unit.into(),
        fields: catalogue.fields.into_iter().map(field).collect(),
        order_fields: strings(&catalogue.orders),
        facets: catalogue.facets.iter().map(|facet| facet_number(*facet).into()).collect(),
    }
}

fn field_type(kind: ValueKind) -> (pb::SearchFieldType, &'static [&'static str]) {
    use pb::SearchFieldType as Type;
    match kind {
        ValueKind::Enumeration(words) => (Type::Enumeration, words),
        ValueKind::Name => (Type::Name, &[]),
        ValueKind::Text => (Type::Text, &[]),
        ValueKind::Code => (Type::Code, &[]),
        ValueKind::Number => (Type::Number, &[]),
        ValueKind::Date => (Type::Date, &[]),
        ValueKind::Time => (Type::Time, &[]),
        ValueKind::Boolean => (Type::Boolean, &[]),
    }
}

/// A short form that was spelt out.
pub(in crate::grpc) fn rewrite(rewrite: Rewrite) -> pb::QueryRewrite {
    pb::QueryRewrite { typed: rewrite.from, read_as: rewrite.to }
}

/// The tier that a number of the wire stands for; `None` for UNSPECIFIED.
pub(in crate::grpc) fn match_tier(tier: pb::MatchTier) -> Option<MatchTier> {
    Some(match tier {
        pb::MatchTier::Unspecified => return None,
        pb::MatchTier::Exact => MatchTier::Exact,
        pb::MatchTier::Spelling => MatchTier::Spelling,
        pb::MatchTier::Unaccented => MatchTier::Unaccented,
    })
}

fn match_tier_number(tier: Option<MatchTier>) -> i32 {
    let tier = match tier {
        None => pb::MatchTier::Unspecified,
        Some(MatchTier::Exact) => pb::MatchTier::Exact,
        Some(MatchTier::Spelling) => pb::MatchTier::Spelling,
        Some(MatchTier::Unaccented) => pb::MatchTier::Unaccented,
    };
    tier.into()
}

fn snippet(snippet: Snippet, quotes: &Quotes) -> pb::Snippet {
    let highlights = snippet.highlights.iter().map(|highlight| pb::Highlight {
        start_offset: offset(highlight.span.start),
        end_offset: offset(highlight.span.end),
        evidence: highlight.evidence.as_ref().map(|evidence| quotes.evidence(evidence)),
    });
    pb::Snippet { highlights: highlights.collect(), text: snippet.text }
}

fn facet_value(value: FacetValue) -> pb::FacetValue {
    pb::FacetValue { value: value.value, display_name: value.display_name, count: count(value.count) }
}
