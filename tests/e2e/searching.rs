//! What a search tells beside its hits: fields, rewritten words, counts by time, series.

use bienban::grpc::generated::pb;

use crate::common::{TestServer, samples};

#[tokio::test]
async fn fields_are_listed_and_their_examples_are_taken() {
    let server = TestServer::start().await;
    let listed = server.search().list_search_fields(pb::ListSearchFieldsRequest::default()).await.expect("fields");
    let units = listed.into_inner().units;
    assert_eq!(units.len(), 3);
    for unit in units {
        for field in &unit.fields {
            let filter = field.example.clone();
            assert!(!field.operators.is_empty() && !field.description.is_empty(), "{field:?}");
            let refused = match unit.unit() {
                pb::SearchUnit::Meeting => {
                    let request = pb::SearchMeetingsRequest { filter, ..Default::default() };
                    server.search().search_meetings(request).await.err()
                }
                pb::SearchUnit::Item => {
                    let request = pb::SearchItemsRequest { filter, ..Default::default() };
                    server.search().search_items(request).await.err()
                }
                _ => {
                    let request = pb::SearchFiguresRequest { filter, ..Default::default() };
                    server.search().search_figures(request).await.err()
                }
            };
            assert!(refused.is_none(), "{}: {refused:?}", field.example);
        }
    }
    let one = pb::ListSearchFieldsRequest { unit: pb::SearchUnit::Item.into() };
    let one = server.search().list_search_fields(one).await.expect("fields").into_inner().units;
    assert_eq!(one.iter().map(|unit| unit.unit()).collect::<Vec<_>>(), [pb::SearchUnit::Item]);
    let unknown = pb::ListSearchFieldsRequest { unit: 9 };
    let status = server.search().list_search_fields(unknown).await.expect_err("no such unit");
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
}

#[tokio::test]
async fn short_forms_are_spelt_out_and_told() {
    let server = samples::served().await;
    let search = |query: &str| pb::SearchMeetingsRequest { query: query.into(), page_size: 100, ..Default::default() };
    let mut found = Vec::new();
    for query in ["UBND", "ủy ban nhân dân"] {
        let answer = server.search().search_meetings(search(query)).await.expect("hits").into_inner();
        let mut names: Vec<String> =
            answer.hits.into_iter().filter_map(|hit| hit.meeting).map(|one| one.name).collect();
        names.sort();
        found.push((names, answer.rewrites, answer.warnings));
    }
    let (short, long) = (&found[0], &found[1]);
    assert_eq!(short.0, long.0, "both ways find the same");
    assert!(!short.0.is_empty() && long.1.is_empty());
    let told: Vec<_> = short.1.iter().map(|one| (one.typed.as_str(), one.read_as.as_str())).collect();
    assert_eq!(told, [("UBND", "Ủy ban nhân dân")]);
    assert!(short.2.is_empty(), "nothing was ignored: {:?}", short.2);
}

#[tokio::test]
async fn hits_are_counted_by_time_and_each_count_can_be_asked_for() {
    let server = samples::served().await;
    let facets = [pb::FacetField::Year, pb::FacetField::Quarter, pb::FacetField::Month];
    let request = pb::SearchMeetingsRequest {
        facets: facets.iter().map(|facet| (*facet).into()).collect(),
        ..Default::default()
    };
    let answer = server.search().search_meetings(request).await.expect("counts").into_inner();
    assert_eq!(answer.facets.len(), 3);
    for facet in answer.facets {
        assert!(facet.exact && !facet.values.is_empty());
        assert!(facet.values.is_sorted_by(|a, b| a.value > b.value), "latest first");
        for value in facet.values {
            // Dates that only overlap the time are found too, and counted nowhere.
            let filter = format!("date = \"{}\"", value.value);
            let request = pb::SearchMeetingsRequest { filter, ..Default::default() };
            let found = server.search().search_meetings(request).await.expect("hits").into_inner();
            assert!(found.total_size >= value.count && value.count > 0, "{value:?}");
        }
    }
}

#[tokio::test]
async fn figures_are_a_series_by_period() {
    let server = samples::served().await;
    let request = pb::SearchFiguresRequest {
        filter: "period:*".into(),
        order_by: "period".into(),
        page_size: 100,
        ..Default::default()
    };
    let answer = server.search().search_figures(request).await.expect("figures").into_inner();
    // An open start is sorted by the end.
    let first_day = |hit: pb::FigureHit| {
        let period = hit.figure?.period?;
        Some(if period.earliest.is_empty() { period.latest } else { period.earliest })
    };
    let days: Vec<Option<String>> = answer.hits.into_iter().map(first_day).collect();
    assert!(days.len() > 2 && days.iter().all(Option::is_some), "{days:?}");
    assert!(days.is_sorted(), "{days:?}");
}

#[tokio::test]
async fn a_query_that_finds_nothing_gets_a_near_one() {
    let server = samples::served().await;
    let search = |query: &str| pb::SearchMeetingsRequest { query: query.into(), ..Default::default() };
    let answer = server.search().search_meetings(search("ngân sahch")).await.expect("an answer").into_inner();
    assert_eq!(answer.suggested_query, "ngân sách");
    let answer = server.search().search_meetings(search(&answer.suggested_query)).await.expect("hits").into_inner();
    assert!(!answer.hits.is_empty() && answer.suggested_query.is_empty());
}
