//! Searches as nobody means them: each is answered, or refused with a reason, its field and its place.

use bienban::grpc::generated::pb;
use tonic::{Code, Status};

use crate::common::{Refusal, TestServer, samples};

/// What the three searches have in common.
#[derive(Clone, Default)]
struct Asked {
    query: String,
    filter: String,
    order_by: String,
    page_size: i32,
    page_token: String,
    facets: Vec<i32>,
    loosest_tier: i32,
    explain: bool,
}

/// The hits' number and the token of the next page, from each of the three searches.
async fn answers(server: &TestServer, asked: &Asked) -> Vec<Result<(usize, String, Vec<String>), Status>> {
    macro_rules! answer {
        ($request:ident, $call:ident) => {{
            let Asked { query, filter, order_by, page_size, page_token, facets, loosest_tier, explain } = asked.clone();
            let request = pb::$request {
                query,
                filter,
                order_by,
                page_size,
                page_token,
                facets,
                loosest_tier,
                explain,
                ..Default::default()
            };
            server.search().$call(request).await.map(|answer| {
                let answer = answer.into_inner();
                (answer.hits.len(), answer.next_page_token, answer.warnings)
            })
        }};
    }
    vec![
        answer!(SearchMeetingsRequest, search_meetings),
        answer!(SearchItemsRequest, search_items),
        answer!(SearchFiguresRequest, search_figures),
    ]
}

fn refused(status: &Status) -> (String, Vec<String>) {
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let refusal = Refusal::of(status);
    (refusal.reason, refusal.fields)
}

#[tokio::test]
async fn what_is_too_much_is_refused_with_its_place() {
    let server = samples::served().await;
    for (query, position) in [
        ("từ ".repeat(10_000), "1000"),
        ("t ".repeat(300), "0"),
        (format!("đ {}a{}", "(".repeat(400), ")".repeat(400)), "12"),
        ("họp n*".to_owned(), "4"),
        ("họp ạ*".to_owned(), "4"),
        ("kind:khác".to_owned(), "5"),
    ] {
        for answer in answers(&server, &Asked { query: query.clone(), ..Default::default() }).await {
            let Err(status) = answer else {
                // Figures have no kind.
                assert_eq!(query, "kind:khác");
                continue;
            };
            assert_eq!(refused(&status), ("INVALID_QUERY".to_owned(), vec!["query".to_owned()]), "{query:.30}");
            let told = format!("{:?}", tonic_types::StatusExt::get_error_details(&status).error_info());
            assert!(told.contains(&format!("\"position\": \"{position}\"")), "{query:.30}: {told}");
        }
    }
}

#[tokio::test]
async fn odd_words_are_answered() {
    let server = samples::served().await;
    for (query, warned) in [
        ("*", true),
        ("* * họp", true),
        ("\"ngân sách", true),
        ("(ngân sách", true),
        ("ngân sách)", true),
        ("OR", true),
        ("họp OR", true),
        ("titel:CONGRESS họp", true),
        (".*", false),
        ("^ngân[ s]+sách$", false),
        ("ng.n s?ch", false),
        ("(a|b)+", false),
        ("😀👨\u{200d}👩\u{200d}👧", false),
        ("اجتماع الحكومة", false),
        ("\u{202e}hcás nâgn\u{202c} ngân", false),
        ("ngân\u{200b}sách", false),
        ("n\u{302}\u{302}\u{302}\u{302}gân", false),
        ("' OR 1=1 --", false),
        ("<script>", false),
        ("họp\0họp", false),
        ("-họp", false),
        ("-(a -(b -c))", false),
        ("%00 \\ \\\" /", false),
    ] {
        for answer in answers(&server, &Asked { query: query.into(), ..Default::default() }).await {
            let (_, _, warnings) = answer.unwrap_or_else(|status| panic!("{query}: {status:?}"));
            if warned {
                assert!(!warnings.is_empty(), "{query}");
            }
        }
    }
}

#[tokio::test]
async fn odd_requests_are_refused_by_field() {
    let server = samples::served().await;
    let asked = |change: &dyn Fn(&mut Asked)| {
        let mut asked = Asked::default();
        change(&mut asked);
        asked
    };
    for (asked, reason, field) in [
        (asked(&|q| q.page_size = -1), "INVALID_FIELD", "page_size"),
        (asked(&|q| q.page_token = "x".into()), "INVALID_PAGE_TOKEN", "page_token"),
        (asked(&|q| q.loosest_tier = 77), "INVALID_FIELD", "loosest_tier"),
        (asked(&|q| q.facets = vec![99]), "INVALID_FIELD", "facets[0]"),
        (asked(&|q| q.order_by = "size".into()), "INVALID_ORDER_BY", "order_by"),
        (asked(&|q| q.filter = "speeker:x AND date".into()), "INVALID_FILTER", "filter"),
        (asked(&|q| q.filter = "date = 2023-02-30".into()), "INVALID_FILTER", "filter"),
        (asked(&|q| q.filter = "(".repeat(5000)), "INVALID_FILTER", "filter"),
        (asked(&|q| q.filter = "date = 2023 OR ".repeat(500) + "date = 2024"), "INVALID_FILTER", "filter"),
    ] {
        for answer in answers(&server, &asked).await {
            let status = answer.expect_err(field);
            assert_eq!(refused(&status), (reason.to_owned(), vec![field.to_owned()]));
        }
    }
}

#[tokio::test]
async fn a_token_is_good_for_its_own_search_alone() {
    let server = samples::served().await;
    let asked = Asked { query: "ngân sách".into(), page_size: 1, ..Default::default() };
    let first = answers(&server, &asked).await;
    let tokens: Vec<String> = first.into_iter().map(|answer| answer.expect("hits").1).collect();
    assert!(tokens.iter().all(|token| !token.is_empty()));
    for (number, token) in tokens.iter().enumerate() {
        let with = |change: &dyn Fn(&mut Asked)| {
            let mut asked = Asked { page_token: token.clone(), ..asked.clone() };
            change(&mut asked);
            asked
        };
        let own = answers(&server, &with(&|q| q.page_size = 3)).await;
        for (other, answer) in own.into_iter().enumerate() {
            assert_eq!(answer.is_ok(), other == number, "search {other} with a token of {number}");
        }
        for other in [
            with(&|q| q.query = "ngân sach".into()),
            with(&|q| q.filter = "date >= 2000".into()),
            with(&|q| q.order_by = "date".into()),
            with(&|q| q.facets = vec![pb::FacetField::Year.into()]),
            with(&|q| q.loosest_tier = pb::MatchTier::Exact.into()),
            with(&|q| q.explain = true),
        ] {
            let status = answers(&server, &other).await.swap_remove(number).expect_err("another search");
            assert_eq!(refused(&status), ("PAGE_TOKEN_MISMATCH".to_owned(), vec!["page_token".to_owned()]));
        }
    }
}
