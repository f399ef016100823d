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

/// Tỉnh Hà Nam went into tỉnh Ninh Bình on 2025-07-01.
#[tokio::test]
async fn old_and_new_units_meet_and_the_answer_says_so() {
    let server = TestServer::start().await;
    for (id, date, text) in [
        (
            "cu",
            "2024-05-07",
            "Sáng 7/5, UBND tỉnh Hà Nam họp bàn kế hoạch cấp nước sạch. Tỉnh Hà Nam giao các sở thực hiện.",
        ),
        (
            "moi",
            "2025-09-10",
            "Sáng 10/9, UBND tỉnh Ninh Bình họp bàn kế hoạch cấp nước sạch. Tỉnh Ninh Bình giao các sở thực hiện.",
        ),
        (
            "khac",
            "2025-09-11",
            "Sáng 11/9, UBND tỉnh Lào Cai họp bàn kế hoạch cấp nước sạch. Tỉnh Lào Cai giao các sở thực hiện.",
        ),
    ] {
        let mut request = crate::common::text(id, text);
        request.report.as_mut().expect("a report").publish_date = date.into();
        server.ingest(request).await.expect("kept");
    }
    let min_revision = server.revision().await;
    let search = |query: &str, filter: &str| pb::SearchMeetingsRequest {
        query: query.into(),
        filter: filter.into(),
        min_revision,
        explain: true,
        ..Default::default()
    };
    let reports = |answer: &pb::SearchMeetingsResponse| -> Vec<String> {
        let told = answer.hits.iter().flat_map(|hit| &hit.meeting.as_ref().expect("one").reports);
        told.map(|told| told.report.clone()).collect()
    };
    for (query, order, kind) in [
        ("tỉnh Hà Nam", ["reports/cu", "reports/moi"], pb::RewriteKind::Successor),
        ("cấp nước sạch tỉnh Ninh Bình", ["reports/moi", "reports/cu"], pb::RewriteKind::Predecessor),
    ] {
        let answer = server.search().search_meetings(search(query, "")).await.expect("hits").into_inner();
        assert_eq!(reports(&answer).get(..2), Some(&order.map(str::to_owned)[..]), "{query}: {answer:?}");
        assert!(answer.rewrites.iter().any(|rewrite| rewrite.kind() == kind), "{query}: {:?}", answer.rewrites);
        assert_eq!(answer.hits[0].match_tier(), pb::MatchTier::Exact);
        assert_eq!(answer.hits[1].match_tier(), pb::MatchTier::OtherName, "{query}");
        let explanation = answer.hits[1].explanation.as_ref().expect("asked for");
        assert_eq!(explanation.found_by(), pb::FoundBy::OtherName);
        let kept = pb::SearchMeetingsRequest { loosest_tier: pb::MatchTier::Unaccented.into(), ..search(query, "") };
        let kept = server.search().search_meetings(kept).await.expect("hits").into_inner();
        assert!(kept.rewrites.is_empty() && reports(&kept)[0] == order[0], "{query}");
        assert!(kept.hits.iter().all(|hit| hit.match_tier() != pb::MatchTier::OtherName), "{query}");
    }
    let filtered =
        server.search().search_meetings(search("", "place = \"tỉnh Hà Nam\"")).await.expect("hits").into_inner();
    assert_eq!(filtered.total_size, 2);
    assert!(!filtered.rewrites.is_empty());
}

#[tokio::test]
async fn hits_tell_why_where_asked() {
    let server = samples::served().await;
    let request =
        pb::SearchItemsRequest { query: "giai ngan đầu tư công".into(), explain: true, ..Default::default() };
    let answer = server.search().search_items(request.clone()).await.expect("hits").into_inner();
    let explanation = answer.hits[0].explanation.clone().expect("asked for");
    assert_eq!(
        explanation.words.iter().map(|word| word.word.as_str()).collect::<Vec<_>>(),
        ["giai", "ngan", "đầu", "tư", "công"]
    );
    assert!(explanation.words.iter().all(|word| word.weight > 0.0 && !word.asks));
    assert!(explanation.share > 0.0 && explanation.found_by() != pb::FoundBy::Unspecified);
    let answer =
        server.search().search_items(pb::SearchItemsRequest { explain: false, ..request }).await.expect("hits");
    assert!(answer.into_inner().hits[0].explanation.is_none());
}

#[tokio::test]
async fn periods_are_counted_for_figures_alone() {
    let server = samples::served().await;
    let facets = vec![pb::FacetField::PeriodYear.into(), pb::FacetField::Week.into()];
    let request = pb::SearchFiguresRequest { facets: facets.clone(), ..Default::default() };
    let answer = server.search().search_figures(request).await.expect("counts").into_inner();
    assert!(answer.facets.iter().all(|facet| facet.exact && !facet.values.is_empty()), "{:?}", answer.facets);
    let request = pb::SearchMeetingsRequest { facets, ..Default::default() };
    let status = server.search().search_meetings(request).await.expect_err("meetings have no period");
    assert_eq!(status.code(), tonic::Code::InvalidArgument);
}
