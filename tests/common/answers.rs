//! Everything a server answers about its reports, as bytes: to compare one server with another.

use std::collections::BTreeMap;

use bienban::grpc::generated::pb;
use prost::Message as _;

use super::TestServer;

/// Queries in every search.
const QUERIES: [&str; 6] = ["", "ngân sách", "giai ngan", "\"chỉ tiêu\" OR UBND", "Kiều Thế Lân", "TNMT -đất"];
/// Words to look up.
const WORDS: [&str; 6] =
    ["Kiều Thế Lân", "Bí thư Thành ủy Bạch Giang", "Vũ Khắc Ninh", "UBND tỉnh Sơn Hà", "lai thieu", "Nghị quyết"];

/// Every answer under the name of its question, but for page tokens, which may hold on to a snapshot of one process, and
/// scores with the order they make, since the index counts words of deleted reports until it drops them.
pub async fn all(server: &TestServer, min_revision: i64) -> BTreeMap<String, Vec<u8>> {
    let mut answers = BTreeMap::new();
    meetings(server, min_revision, &mut answers).await;
    reports(server, &mut answers).await;
    entities(server, &mut answers).await;
    searches(server, &mut answers).await;
    lookups(server, &mut answers).await;
    answers
}

type Answers = BTreeMap<String, Vec<u8>>;

async fn meetings(server: &TestServer, min_revision: i64, answers: &mut Answers) {
    let mut token = String::new();
    for number in 1.. {
        let request = pb::ListMeetingsRequest {
            page_size: 7,
            page_token: token.clone(),
            min_revision,
            view: pb::View::Full.into(),
            ..Default::default()
        };
        let mut page = server.meetings().list_meetings(request).await.expect("a page").into_inner();
        token = std::mem::take(&mut page.next_page_token);
        for meeting in &page.meetings {
            answers.insert(meeting.name.clone(), meeting.encode_to_vec());
        }
        answers.insert(format!("page {number} of meetings"), page.encode_to_vec());
        if token.is_empty() {
            return;
        }
    }
}

async fn reports(server: &TestServer, answers: &mut Answers) {
    let request = pb::ListReportsRequest { page_size: 500, show_deleted: true, ..Default::default() };
    let page = server.ingestion().list_reports(request).await.expect("a page").into_inner();
    assert_eq!(page.next_page_token, "");
    for report in &page.reports {
        answers.insert(report.name.clone(), report.encode_to_vec());
    }
}

async fn entities(server: &TestServer, answers: &mut Answers) {
    let mut token = String::new();
    for number in 1.. {
        let request = pb::ListEntitiesRequest {
            page_size: 100,
            page_token: token.clone(),
            filter: "mention_count > 0".into(),
            view: pb::View::Full.into(),
            ..Default::default()
        };
        let mut page = server.entities().list_entities(request).await.expect("a page").into_inner();
        token = std::mem::take(&mut page.next_page_token);
        for entity in &page.entities {
            mentions(server, &entity.name, answers).await;
        }
        answers.insert(format!("page {number} of entities"), page.encode_to_vec());
        if token.is_empty() {
            return;
        }
    }
}

async fn mentions(server: &TestServer, entity: &str, answers: &mut Answers) {
    let request = pb::ListRelatedEntitiesRequest { parent: entity.into(), page_size: 500, ..Default::default() };
    let page = server.entities().list_related_entities(request).await.expect("a page").into_inner();
    answers.insert(format!("related to {entity}"), page.encode_to_vec());
    let request = pb::ListTenuresRequest { parent: entity.into(), page_size: 500, ..Default::default() };
    if entity.starts_with("entities/per-") || entity.starts_with("entities/org-") {
        let page = server.entities().list_tenures(request).await.expect("a page").into_inner();
        answers.insert(format!("tenures of {entity}"), page.encode_to_vec());
    }
    let request = pb::ListMentionsRequest { parent: entity.into(), page_size: 500, ..Default::default() };
    let page = server.entities().list_mentions(request).await.expect("a page").into_inner();
    answers.insert(format!("mentions of {entity}"), page.encode_to_vec());
}

async fn searches(server: &TestServer, answers: &mut Answers) {
    for query in QUERIES {
        let facets = vec![pb::FacetField::Kind.into(), pb::FacetField::Year.into(), pb::FacetField::Person.into()];
        let (query, page_size) = (query.to_owned(), 100);
        let asked =
            pb::SearchMeetingsRequest { query: query.clone(), page_size, facets: facets.clone(), ..Default::default() };
        let mut found = server.search().search_meetings(asked).await.expect("hits").into_inner();
        found.next_page_token.clear();
        found.hits.iter_mut().for_each(|hit| hit.score = 0.0);
        found.hits.sort_by_key(prost::Message::encode_to_vec);
        answers.insert(format!("meetings for {query}"), found.encode_to_vec());
        let asked = pb::SearchItemsRequest { query: query.clone(), page_size, facets, ..Default::default() };
        let mut found = server.search().search_items(asked).await.expect("hits").into_inner();
        found.next_page_token.clear();
        found.hits.iter_mut().for_each(|hit| hit.score = 0.0);
        found.hits.sort_by_key(prost::Message::encode_to_vec);
        answers.insert(format!("items for {query}"), found.encode_to_vec());
        let asked = pb::SearchFiguresRequest { query: query.clone(), page_size, ..Default::default() };
        let mut found = server.search().search_figures(asked).await.expect("hits").into_inner();
        found.next_page_token.clear();
        found.hits.iter_mut().for_each(|hit| hit.score = 0.0);
        found.hits.sort_by_key(prost::Message::encode_to_vec);
        answers.insert(format!("figures for {query}"), found.encode_to_vec());
    }
}

async fn lookups(server: &TestServer, answers: &mut Answers) {
    for prefix in ["k", "ng", "ubnd", "tp b", "Hồng", "nghị quyết"] {
        let request = pb::SuggestEntitiesRequest { prefix: prefix.into(), max_suggestions: 50, ..Default::default() };
        let found = server.entities().suggest_entities(request).await.expect("suggestions").into_inner();
        answers.insert(format!("suggestions for {prefix}"), found.encode_to_vec());
        let request = pb::SuggestSearchesRequest { prefix: prefix.into(), ..Default::default() };
        let found = server.search().suggest_searches(request).await.expect("suggestions").into_inner();
        // Figures and meetings of nearly equal score may come in another order after a rebuild: see ARCHITECTURE.md.
        let of_entities = |one: &pb::SearchSuggestion| one.kind() == pb::SearchSuggestionKind::Entity;
        let names: Vec<String> =
            found.suggestions.iter().filter(|one| of_entities(one)).map(|one| one.text.clone()).collect();
        answers.insert(format!("searches for {prefix}"), names.join("\n").into_bytes());
    }
    for query in WORDS {
        for as_of in ["", "2021-01", "2023-05", "2026"] {
            let request = pb::LookupEntitiesRequest { query: query.into(), as_of: as_of.into(), ..Default::default() };
            let found = server.entities().lookup_entities(request).await.expect("candidates").into_inner();
            answers.insert(format!("{query} as of {as_of:?}"), found.encode_to_vec());
        }
    }
}

/// The names of the questions that two servers answer differently.
pub fn differing(one: &Answers, other: &Answers) -> Vec<String> {
    let missing = other.keys().filter(|name| !one.contains_key(*name));
    let changed = one.iter().filter(|(name, answer)| other.get(*name) != Some(*answer)).map(|(name, _)| name);
    missing.chain(changed).cloned().collect()
}
