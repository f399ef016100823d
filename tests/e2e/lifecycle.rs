//! Birth, death and what lasts.

use std::time::Duration;

use bienban::grpc::generated::pb;
use bienban::server::{self, StartError};
use tonic::Code;
use tonic_types::StatusExt as _;

use crate::common::{self, TestServer, answers, samples, text};

#[tokio::test]
async fn a_restart_keeps_everything() {
    let server = TestServer::start().await;
    let revision = samples::load(&server).await;
    let before = answers::all(&server, revision).await;
    let server = TestServer::start_in(server.stop().await).await;
    assert_eq!(server.revision().await, revision);
    let after = answers::all(&server, revision).await;
    assert_eq!(answers::differing(&before, &after), Vec::<String>::new());
}

#[tokio::test]
async fn a_folder_has_one_server_and_the_second_is_told_whose_it_is() {
    let server = TestServer::start().await;
    let config = common::config(server.data_dir());
    let Err(error @ StartError::Journal(_)) = server::start(&config).await.map(drop) else {
        panic!("two servers on one folder");
    };
    let told = format!("{:#}", anyhow::Error::new(error));
    assert!(told.contains(&format!("process {}", std::process::id())), "{told}");
    server.ingest(text("r1", "Sáng 5-8-2023, phường họp.")).await.expect("the first goes on");
}

#[tokio::test]
async fn an_address_in_use_leaves_the_folder_free() {
    let first = TestServer::start().await;
    let folder = common::folder();
    let mut config = common::config(folder.path());
    config.server.listen = first.running.address();
    assert!(matches!(server::start(&config).await.map(drop), Err(StartError::Bind { .. })));
    TestServer::start_in(folder).await.stop().await;
}

#[tokio::test]
async fn a_stream_is_answered_before_the_server_ends() {
    let server = TestServer::start().await;
    let (sender, requests) = tokio::sync::mpsc::channel(8);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("a stream").into_inner();
    sender.send(samples::in_stream("1".into(), text("r1", "Sáng 5-8-2023, phường họp."))).await.expect("sent");
    assert_eq!(outcomes.message().await.expect("goes on").expect("an outcome").client_id, "1");
    server.running.shutdown();
    let end = outcomes.message().await.expect_err("the stream ends, though the client would go on");
    assert_eq!((end.code(), common::Refusal::of(&end).reason.as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    let told = end.get_details_error_info().expect("checked");
    assert_eq!(told.metadata.get("answered").map(String::as_str), Some("1"), "from where to go on");
    server.running.wait().await.expect("ends well");
}

#[tokio::test]
async fn a_call_that_does_not_finish_is_cut_off() {
    let server = TestServer::start_with(common::folder(), |config| config.shutdown.drain = Duration::ZERO).await;
    let (_sender, requests) = tokio::sync::mpsc::channel::<pb::IngestReportsRequest>(1);
    let stream = tokio_stream::wrappers::ReceiverStream::new(requests);
    let mut outcomes = server.ingestion().ingest_reports(stream).await.expect("a stream").into_inner();
    server.running.shutdown();
    assert!(outcomes.message().await.is_err());
    server.running.wait().await.expect("ends well");
}

#[tokio::test]
async fn what_is_derived_may_be_deleted() {
    let server = TestServer::start().await;
    let revision = samples::load(&server).await;
    let folder = server.stop().await;
    std::fs::remove_dir_all(server::projection_dir(folder.path())).expect("derived data may be deleted");
    let server = TestServer::start_in(folder).await;
    let request = pb::ListMeetingsRequest { min_revision: revision, ..Default::default() };
    let meetings = server.meetings().list_meetings(request).await.expect("a page").into_inner().meetings;
    assert!(meetings.len() > 20);
}
