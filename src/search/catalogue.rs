//! What each search can be asked, as it is told to callers.

use super::fields::fields;
use super::filter::{FieldSpec, ValueKind};
use super::order;
use super::request::FacetField;
use super::schema::Unit;

/// What one search can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Which search.
    pub unit: Unit,
    /// What it filters by.
    pub fields: Vec<CatalogueField>,
    /// What it sorts by.
    pub orders: Vec<&'static str>,
    /// What it counts hits by.
    pub facets: &'static [FacetField],
}

/// One field that a search filters by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueField {
    /// Its name, kind and meaning.
    pub spec: &'static FieldSpec,
    /// A filter that uses it.
    pub example: String,
}

/// What a search for this unit can be asked.
#[must_use]
pub fn catalogue(unit: Unit) -> Catalogue {
    let field = |spec: &'static FieldSpec| CatalogueField { spec, example: example(spec) };
    Catalogue {
        unit,
        fields: fields(unit).fields().iter().map(field).collect(),
        orders: order::names(unit).collect(),
        facets: FacetField::of(unit),
    }
}

/// A filter that uses a field; callers can send it as it is.
fn example(field: &FieldSpec) -> String {
    let name = field.name;
    let value = match name {
        "value" => "> 1000000000",
        "session_number" => ">= 10",
        "convener" | "organization" => ":\"Thành ủy\"",
        "addressee" => ":\"Sở Tài chính\"",
        "place" | "subject" => ":\"Thủ Đức\"",
        "legal_document" => ":\"Nghị quyết 98\"",
        "indicator" => ":\"thu ngân sách\"",
        "title" => ":\"chuyển đổi số\"",
        "venue" => ":\"hội trường\"",
        "unit" => "= VND",
        "term" => "= \"2020-2025\"",
        "deadline" => "<= \"2024-06-30\"",
        "report" => "= \"reports/r1\"",
        "meeting" => "= \"meetings/m1\"",
        _ => return by_kind(field),
    };
    let space = if value.starts_with(':') { "" } else { " " };
    format!("{name}{space}{value}")
}

fn by_kind(field: &FieldSpec) -> String {
    let name = field.name;
    match field.kind {
        ValueKind::Enumeration(words) => format!("{name} = {}", words.first().unwrap_or(&"*")),
        ValueKind::Boolean => format!("{name} = true"),
        ValueKind::Number => format!("{name} > 0"),
        ValueKind::Date | ValueKind::Time => format!("{name} >= \"2023-07-01\""),
        ValueKind::Name => format!("{name}:\"Nguyễn Văn\""),
        ValueKind::Text | ValueKind::Code => format!("{name}:*"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter;
    use super::*;

    #[test]
    fn every_example_is_a_filter_over_its_field() {
        for unit in Unit::ALL {
            for field in catalogue(unit).fields {
                let read = filter::parse(&field.example, &fields(unit));
                assert!(matches!(read, Ok(Some(_))), "{unit:?} {}: {read:?}", field.example);
                assert!(field.example.starts_with(field.spec.name));
            }
        }
    }

    #[test]
    fn every_order_is_read() {
        for unit in Unit::ALL {
            for name in catalogue(unit).orders {
                assert!(order::parse(&format!("{name} desc"), unit, true).is_ok(), "{unit:?} {name}");
            }
        }
    }

    /// `docs/filters.md` is what is served, row by row.
    #[test]
    fn the_published_list_is_true() {
        let published = include_str!("../../docs/filters.md");
        let mut expected: Vec<String> = Vec::new();
        for unit in Unit::ALL {
            for CatalogueField { spec, example } in catalogue(unit).fields {
                let kind = format!("{:?}", spec.kind);
                let kind = kind.split('(').next().unwrap_or_default().to_uppercase();
                let operators: Vec<String> = spec.kind.operators().iter().map(|sign| format!("`{sign}`")).collect();
                let meaning = match spec.kind {
                    ValueKind::Enumeration(words) => format!("{} {}", spec.description, words.join(", ")),
                    _ => spec.description.to_owned(),
                };
                let (name, operators) = (spec.name, operators.join(" "));
                expected.push(format!("| `{name}` | {kind} | {operators} | {meaning} | `{example}` |"));
            }
        }
        let told: Vec<&str> = published.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(told, expected, "docs/filters.md should have these rows:\n{}", expected.join("\n"));
        for (unit, head) in Unit::ALL.into_iter().zip(["## SearchMeetings", "## SearchItems", "## SearchFigures"]) {
            let part = published.split(head).nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
            for field in catalogue(unit).fields {
                assert!(part.contains(&format!("| `{}` |", field.spec.name)), "{head}: {}", field.spec.name);
            }
            for order in catalogue(unit).orders {
                assert!(part.contains(&format!("`{order}`")), "{head}: order {order}");
            }
        }
    }

    /// The comments of the proto name every field and order that is served.
    #[test]
    fn the_proto_tells_them_all() {
        let proto = include_str!("../../proto/bienban/v1/search_service.proto");
        let messages = ["SearchMeetingsRequest {", "SearchItemsRequest {", "SearchFiguresRequest {"];
        for (unit, message) in Unit::ALL.into_iter().zip(messages) {
            let comment = proto.split(message).nth(1).and_then(|rest| rest.split("int32 page_size").next());
            let told = comment.unwrap_or_default().replace(['`', ',', ';', '.'], " ");
            let told: Vec<&str> = told.split_whitespace().collect();
            let Catalogue { fields, orders, .. } = catalogue(unit);
            for name in fields.iter().map(|field| field.spec.name).chain(orders) {
                assert!(told.contains(&name), "{unit:?}: the proto does not tell {name}");
            }
        }
    }
}
