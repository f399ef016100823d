//! Hits, snippets and facets.

use super::entity::reference;
use super::{count, figure, item, meeting, offset};
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{MeetingSummary, Span};
use crate::service::api::{
    Catalogue, CatalogueField, Explained, ExplainedWord, Facet, FacetField, FacetValue, FigureHit, FoundBy, Hit,
    ItemHit, Link, MatchTier, Rewrite, SearchSuggestion, Snippet, Step, Suggested, Total, Unit, ValueKind,
};

/// A meeting that fits.
pub(in crate::grpc) fn meeting_hit(hit: Hit<MeetingSummary>, quotes: &Quotes) -> pb::MeetingHit {
    pb::MeetingHit {
        meeting: Some(meeting::basic(hit.value)),
        score: hit.score,
        match_tier: match_tier_number(hit.tier),
        snippet: hit.snippet.map(|one| snippet(one, quotes)),
        explanation: hit.explained.map(explanation),
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
        explanation: hit.explained.map(explanation),
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
        explanation: hit.explained.map(explanation),
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
        pb::FacetField::Year => FacetField::Date(Step::Year),
        pb::FacetField::Month => FacetField::Date(Step::Month),
        pb::FacetField::Publisher => FacetField::Publisher,
        pb::FacetField::Quarter => FacetField::Date(Step::Quarter),
        pb::FacetField::Week => FacetField::Date(Step::Week),
        pb::FacetField::Day => FacetField::Date(Step::Day),
        pb::FacetField::PeriodYear => FacetField::Period(Step::Year),
        pb::FacetField::PeriodQuarter => FacetField::Period(Step::Quarter),
        pb::FacetField::PeriodMonth => FacetField::Period(Step::Month),
    })
}

fn facet_number(field: FacetField) -> pb::FacetField {
    match field {
        FacetField::Kind => pb::FacetField::Kind,
        FacetField::Convener => pb::FacetField::Convener,
        FacetField::Place => pb::FacetField::Place,
        FacetField::Person => pb::FacetField::Person,
        FacetField::Date(Step::Year) => pb::FacetField::Year,
        FacetField::Date(Step::Month) => pb::FacetField::Month,
        FacetField::Publisher => pb::FacetField::Publisher,
        FacetField::Date(Step::Quarter) => pb::FacetField::Quarter,
        FacetField::Date(Step::Week) => pb::FacetField::Week,
        FacetField::Date(Step::Day) => pb::FacetField::Day,
        FacetField::Period(Step::Year) => pb::FacetField::PeriodYear,
        FacetField::Period(Step::Quarter) => pb::FacetField::PeriodQuarter,
        // Periods are counted by years, quarters and months.
        FacetField::Period(Step::Month | Step::Week | Step::Day) => pb::FacetField::PeriodMonth,
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

/// What a search may become.
pub(in crate::grpc) fn search_suggestion(one: SearchSuggestion) -> pb::SearchSuggestion {
    let (kind, entity) = match one.what {
        Suggested::Entity(entity) => (pb::SearchSuggestionKind::Entity, Some(entity)),
        Suggested::Indicator => (pb::SearchSuggestionKind::Indicator, None),
        Suggested::Phrase => (pb::SearchSuggestionKind::Phrase, None),
    };
    let range = |span: Span| pb::TextRange { start_offset: offset(span.start), end_offset: offset(span.end) };
    pb::SearchSuggestion {
        text: one.text,
        highlights: one.highlights.into_iter().map(range).collect(),
        kind: kind.into(),
        entity: entity.map(reference),
    }
}

/// What words of the query were taken for.
pub(in crate::grpc) fn rewrite(rewrite: Rewrite) -> pb::QueryRewrite {
    let kind = match rewrite.link {
        Link::ShortForm => pb::RewriteKind::ShortForm,
        Link::Alias => pb::RewriteKind::Alias,
        Link::Successor => pb::RewriteKind::Successor,
        Link::Predecessor => pb::RewriteKind::Predecessor,
    };
    pb::QueryRewrite { typed: rewrite.from, read_as: rewrite.to, kind: kind.into() }
}

/// Why a hit is one.
fn explanation(explained: Explained) -> pb::HitExplanation {
    let found_by = match explained.found_by {
        FoundBy::Filter => pb::FoundBy::Filter,
        FoundBy::Neighbours => pb::FoundBy::Neighbours,
        FoundBy::AllWords => pb::FoundBy::AllWords,
        FoundBy::OtherName => pb::FoundBy::OtherName,
        FoundBy::SomeWords => pb::FoundBy::SomeWords,
    };
    let word = |one: ExplainedWord| pb::ExplainedWord {
        word: one.word,
        match_tier: match_tier_number(one.tier),
        weight: one.weight.into(),
        asks: one.asks,
    };
    let words = explained.words.into_iter().map(word).collect();
    pb::HitExplanation { found_by: found_by.into(), words, share: explained.share.into() }
}

/// The tier that a number of the wire stands for; `None` for UNSPECIFIED.
pub(in crate::grpc) fn match_tier(tier: pb::MatchTier) -> Option<MatchTier> {
    Some(match tier {
        pb::MatchTier::Unspecified => return None,
        pb::MatchTier::Exact => MatchTier::Exact,
        pb::MatchTier::Spelling => MatchTier::Spelling,
        pb::MatchTier::Unaccented => MatchTier::Unaccented,
        pb::MatchTier::OtherName => MatchTier::OtherName,
    })
}

fn match_tier_number(tier: Option<MatchTier>) -> i32 {
    let tier = match tier {
        None => pb::MatchTier::Unspecified,
        Some(MatchTier::Exact) => pb::MatchTier::Exact,
        Some(MatchTier::Spelling) => pb::MatchTier::Spelling,
        Some(MatchTier::Unaccented) => pb::MatchTier::Unaccented,
        Some(MatchTier::OtherName) => pb::MatchTier::OtherName,
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
