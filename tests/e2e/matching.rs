//! The rows of a table, looked up in one stream.

use bienban::grpc::generated::pb;
use pb::match_entities_response::Result as Outcome;
use prost::Message as _;
use tokio::net::TcpStream;
use tonic::codegen::{Bytes, http};

use crate::common::{Refusal, TestServer, samples, text};

fn row(client_id: impl Into<String>, query: &str) -> pb::MatchEntitiesRequest {
    pb::MatchEntitiesRequest { client_id: client_id.into(), query: query.into(), ..Default::default() }
}

async fn all(server: &TestServer, rows: Vec<pb::MatchEntitiesRequest>) -> Vec<pb::MatchEntitiesResponse> {
    let stream = server.entities().match_entities(tokio_stream::iter(rows)).await.expect("a stream");
    let (mut stream, mut answers) = (stream.into_inner(), Vec::new());
    while let Some(answer) = stream.message().await.expect("goes on") {
        answers.push(answer);
    }
    answers
}

#[tokio::test]
async fn thousands_of_rows_come_back_in_order_as_single_look_ups_would() {
    let server = samples::served().await;
    let words = [
        "Kiều Thế Lân",
        "ubnd tp bach giang",
        "Chủ tịch UBND tỉnh Sơn Hà",
        "Nghị quyết",
        "không ai cả",
        "ta thi hong nhan",
    ];
    let rows: Vec<_> = (0..3000).map(|number| row(number.to_string(), words[number % words.len()])).collect();
    let answers = all(&server, rows).await;
    assert_eq!(answers.len(), 3000);
    let mut single = Vec::new();
    for query in words {
        let request = pb::LookupEntitiesRequest { query: query.into(), max_candidates: 3, ..Default::default() };
        single.push(server.entities().lookup_entities(request).await.expect("candidates").into_inner());
    }
    for (number, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer.client_id, number.to_string());
        let Some(Outcome::Matched(found)) = answer.result else { panic!("{number}") };
        let expected = &single[number % words.len()];
        assert_eq!((&found.candidates, &found.interpretation), (&expected.candidates, &expected.interpretation));
        let sure = expected.candidates.iter().find(|one| one.r#match).and_then(|one| one.entity.as_ref());
        assert_eq!(found.entity, sure.map(|entity| entity.name.clone()).unwrap_or_default());
        assert_eq!(found.revision, expected.revision);
    }
}

#[tokio::test]
async fn a_row_at_fault_ends_nothing() {
    let server = samples::served().await;
    let change = |change: &dyn Fn(&mut pb::MatchEntitiesRequest)| {
        let mut request = row("bad", "Kiều Thế Lân");
        change(&mut request);
        request
    };
    let cases: Vec<(pb::MatchEntitiesRequest, &str, Option<&str>)> = vec![
        (change(&|q| q.query.clear()), "REQUIRED_FIELD", Some("query")),
        (change(&|q| q.query = "x".repeat(1 << 20)), "INVALID_QUERY", Some("query")),
        (change(&|q| q.kind = 17), "INVALID_FIELD", Some("kind")),
        (change(&|q| q.as_of = "2023-02-30".into()), "INVALID_DATE", Some("as_of")),
        (change(&|q| q.report = "Báo".into()), "INVALID_RESOURCE_NAME", Some("report")),
        (change(&|q| q.report = "reports/gone".into()), "REPORT_NOT_FOUND", None),
        (change(&|q| q.max_candidates = -1), "INVALID_FIELD", Some("max_candidates")),
        (change(&|q| q.client_id = "x".repeat(129)), "INVALID_FIELD", Some("client_id")),
    ];
    let good = || row("good", "Kiều Thế Lân");
    let rows = cases.iter().flat_map(|(request, ..)| [request.clone(), good()]).collect();
    let answers = all(&server, rows).await;
    assert_eq!(answers.len(), 2 * cases.len());
    for ((_, reason, field), pair) in cases.iter().zip(answers.chunks(2)) {
        let Some(Outcome::Error(error)) = &pair[0].result else { panic!("{reason}") };
        assert_eq!(error.reason().as_str_name(), format!("ERROR_REASON_{reason}"));
        let fields: Vec<_> = error.field_violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, field.iter().copied().collect::<Vec<_>>(), "{reason}");
        assert!(matches!(&pair[1].result, Some(Outcome::Matched(found)) if !found.entity.is_empty()), "{reason}");
    }
}

#[tokio::test]
async fn a_stream_answers_from_one_revision() {
    let server = samples::served().await;
    let (send, rows) = tokio::sync::mpsc::channel(4);
    let rows = tokio_stream::wrappers::ReceiverStream::new(rows);
    send.send(row("1", "Kiều Zarathu")).await.expect("sent");
    let mut answers = server.entities().match_entities(rows).await.expect("a stream").into_inner();
    let first = answers.message().await.expect("goes on").expect("an answer");
    let Some(Outcome::Matched(before)) = first.result else { panic!("an error") };
    let report = text("zarathu", "Sáng 5-8-2024, ông Kiều Zarathu, Chủ tịch UBND TP Bạch Giang, chủ trì hội nghị.");
    let revision = server.ingest(report).await.expect("kept").revision;
    let request =
        pb::LookupEntitiesRequest { query: "Kiều Zarathu".into(), min_revision: revision, ..Default::default() };
    let now = server.entities().lookup_entities(request).await.expect("candidates").into_inner();
    assert_ne!(now.candidates, before.candidates);
    send.send(row("2", "Kiều Zarathu")).await.expect("sent");
    let second = answers.message().await.expect("goes on").expect("an answer");
    assert_eq!(second.result, Some(Outcome::Matched(before)));
    drop(send);
    assert_eq!(answers.message().await.expect("ends well"), None);
    let ahead = pb::MatchEntitiesRequest { min_revision: 1 << 40, ..row("1", "Kiều Zarathu") };
    let refused = server.entities().match_entities(tokio_stream::iter([ahead])).await;
    let status = match refused {
        Ok(answers) => answers.into_inner().message().await.expect_err("not there yet"),
        Err(status) => status,
    };
    assert_eq!(Refusal::of(&status).reason, "REVISION_UNKNOWN");
}

/// Clients in Go and Python send each message in a frame of its own, as fast as they can, and HTTP/2 counts small frames that wait unread.
#[tokio::test]
async fn small_rows_may_come_in_a_frame_each() {
    const ROWS: usize = 8000;
    let server = samples::served().await;
    let socket = TcpStream::connect(server.running.address()).await.expect("connects");
    let (client, connection) = h2::client::handshake(socket).await.expect("shakes hands");
    let connection = tokio::spawn(connection);
    let request = http::Request::post("http://x/bienban.v1.EntityService/MatchEntities")
        .header("content-type", "application/grpc")
        .header("te", "trailers");
    let mut client = client.ready().await.expect("ready");
    let (response, mut rows) = client.send_request(request.body(()).expect("a request"), false).expect("sent");
    for number in 0..ROWS {
        let message = row(number.to_string(), "Lân").encode_to_vec();
        let length = u32::try_from(message.len()).expect("short");
        let frame = [&[0], &length.to_be_bytes()[..], &message].concat();
        rows.send_data(Bytes::from(frame), number + 1 == ROWS).expect("sent");
    }
    let mut body = response.await.expect("answered").into_body();
    let mut answers = Vec::new();
    while let Some(data) = body.data().await {
        let data = data.expect("goes on");
        body.flow_control().release_capacity(data.len()).expect("read");
        answers.extend_from_slice(&data);
    }
    let trailers = body.trailers().await.expect("an end").expect("trailers");
    assert_eq!(trailers.get("grpc-status").map(|status| status.as_bytes()), Some(&b"0"[..]));
    let mut rest = &answers[..];
    let lengths = std::iter::from_fn(|| {
        let (head, tail) = rest.split_first_chunk::<5>()?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        rest = tail.get(length..)?;
        Some(length)
    });
    assert_eq!(lengths.count(), ROWS);
    connection.abort();
}
