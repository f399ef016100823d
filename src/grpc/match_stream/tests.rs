use std::sync::Mutex;

use async_trait::async_trait;
use tonic::Code;

use super::*;
use crate::service::api::Interpretation;

/// Answers each row by its own words, and notes how many came together.
#[derive(Default)]
struct Echo(Mutex<Vec<usize>>);

#[async_trait]
impl Matcher for Echo {
    async fn lookup_all(&self, rows: Vec<LookupEntities>) -> Answer<Vec<Answer<Lookup>>> {
        self.0.lock().unwrap().push(rows.len());
        let answer = |row: LookupEntities| match row.query.as_str() {
            "gone" => Err(ServiceError::DeadlineExceeded),
            _ => Ok(Lookup {
                candidates: Vec::new(),
                interpretation: Interpretation { normalized: row.query, readings: Vec::new() },
                revision: Revision(7),
            }),
        };
        Ok(rows.into_iter().map(answer).collect())
    }
}

fn session() -> Session {
    let matcher: Arc<dyn Matcher> = Arc::new(Echo::default());
    let api: Arc<dyn Api> = Arc::new(crate::grpc::tests::Fake);
    Session { api, call: Call::default(), matcher: Arc::new(OnceCell::new_with(Some(matcher))) }
}

fn row(client_id: &str, query: &str) -> pb::MatchEntitiesRequest {
    pb::MatchEntitiesRequest { client_id: client_id.into(), query: query.into(), ..Default::default() }
}

fn told(answer: Result<pb::MatchEntitiesResponse, Status>) -> (String, String) {
    let answer = answer.unwrap();
    let told = match answer.result.unwrap() {
        Outcome::Matched(found) => found.interpretation.unwrap().normalized_query,
        Outcome::Error(error) => error.reason().as_str_name().to_owned(),
    };
    (answer.client_id, told)
}

#[tokio::test]
async fn each_row_gets_its_own_answer_in_order() {
    let rows = [row("a", "ông Lân"), row("b", ""), row("c", "gone"), row("d", &"x".repeat(501)), row("e", "bà Nhạn")];
    let rows = rows.into_iter().map(|request| Ok(Row::from(request))).collect();
    let answers = session().chunk(Revision(0), rows).await;
    let told: Vec<_> = answers.into_iter().map(told).collect();
    let told: Vec<_> = told.iter().map(|(id, told)| (id.as_str(), told.as_str())).collect();
    let expected = [
        ("a", "ông Lân"),
        ("b", "ERROR_REASON_REQUIRED_FIELD"),
        ("c", "ERROR_REASON_DEADLINE_EXCEEDED"),
        ("d", "ERROR_REASON_INVALID_QUERY"),
        ("e", "bà Nhạn"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_key_that_is_too_long_is_cut_and_told() {
    let row = Row::from(row(&"ữ".repeat(100), "ông Lân"));
    assert!(row.client_id.len() <= MAX_CLIENT_ID && row.client_id.starts_with('ữ') && row.asked.is_err());
}

async fn codes(mut answers: MatchStream) -> Vec<Code> {
    let mut codes = Vec::new();
    while let Some(answer) = answers.next().await {
        codes.push(answer.map_or_else(|status| status.code(), |_| Code::Ok));
    }
    codes
}

fn fake() -> Arc<dyn Api> {
    Arc::new(crate::grpc::tests::Fake)
}

#[tokio::test]
async fn a_stream_ends_where_it_cannot_go_on() {
    let token = CancellationToken::new;
    let none = || stream::iter(Vec::new());
    assert_eq!(codes(answers(fake(), Call::default(), none(), IDLE, token())).await, []);
    // The service is not ready: the first row tells.
    let rows = stream::iter(vec![Ok(row("a", "ông Lân")), Ok(row("b", "ông Lân"))]);
    assert_eq!(codes(answers(fake(), Call::default(), rows, IDLE, token())).await, [Code::Unavailable]);
    // Nothing comes.
    let idle = answers(fake(), Call::default(), stream::pending(), Duration::ZERO, token());
    assert_eq!(codes(idle).await, [Code::DeadlineExceeded]);
    // The process ends.
    let over = token();
    over.cancel();
    let open = answers(fake(), Call::default(), stream::pending(), IDLE, over);
    assert_eq!(codes(open).await, [Code::Unavailable]);
}
