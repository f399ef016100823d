//! The services that every gRPC server has: health and reflection.

use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_reflection::pb::{v1, v1alpha};

use crate::common::TestServer;

const SERVICES: [&str; 6] = [
    "bienban.v1.IngestionService",
    "bienban.v1.MeetingService",
    "bienban.v1.CurationService",
    "bienban.v1.EntityService",
    "bienban.v1.SearchService",
    "bienban.v1.AdminService",
];

#[tokio::test]
async fn health_is_told_of_the_whole_and_of_each_service() {
    let server = TestServer::start().await;
    let mut client = HealthClient::new(server.channel.clone());
    for service in SERVICES.into_iter().chain([""]) {
        // The latch is released a moment after the projection has caught up: a watch tells when.
        let request = HealthCheckRequest { service: service.into() };
        let mut watch = client.watch(request.clone()).await.expect("a watch").into_inner();
        while watch.message().await.expect("goes on").expect("a status").status() != ServingStatus::Serving {}
        assert_eq!(client.check(request).await.expect("a status").into_inner().status(), ServingStatus::Serving);
    }
    let unknown = client.check(HealthCheckRequest { service: "no.such.Service".into() }).await;
    assert_eq!(unknown.expect_err("unknown").code(), Code::NotFound);
}

#[tokio::test]
async fn a_watch_is_told_the_end_and_does_not_hold_it_up() {
    let server = TestServer::start().await;
    let mut client = HealthClient::new(server.channel.clone());
    let mut watch = client.watch(HealthCheckRequest::default()).await.expect("a watch").into_inner();
    while watch.message().await.expect("goes on").expect("a status").status() != ServingStatus::Serving {}
    server.running.shutdown();
    let last = watch.message().await.expect("goes on").expect("a status");
    assert_eq!(last.status(), ServingStatus::NotServing);
    assert_eq!(watch.message().await.expect_err("ends").code(), Code::Unavailable);
    server.running.wait().await.expect("ends well");
}

#[tokio::test]
async fn reflection_lists_and_describes_in_both_versions() {
    let server = TestServer::start().await;
    let mut expected: Vec<_> = SERVICES.map(str::to_owned).to_vec();
    expected.push("grpc.health.v1.Health".to_owned());
    expected.sort();
    for mut names in [listed_v1(&server).await, listed_v1alpha(&server).await] {
        names.retain(|name| !name.starts_with("grpc.reflection."));
        assert_eq!(names, expected);
    }
}

async fn listed_v1(server: &TestServer) -> Vec<String> {
    use v1::server_reflection_request::MessageRequest::ListServices;
    use v1::server_reflection_response::MessageResponse::ListServicesResponse;
    let request =
        v1::ServerReflectionRequest { message_request: Some(ListServices(String::new())), ..Default::default() };
    let mut client = v1::server_reflection_client::ServerReflectionClient::new(server.channel.clone());
    let mut stream = client.server_reflection_info(tokio_stream::iter([request])).await.expect("a stream").into_inner();
    let response = stream.message().await.expect("goes on").expect("an answer");
    let Some(ListServicesResponse(list)) = response.message_response else { panic!("{response:?}") };
    let mut names: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
    names.sort();
    names
}

async fn listed_v1alpha(server: &TestServer) -> Vec<String> {
    use v1alpha::server_reflection_request::MessageRequest::ListServices;
    use v1alpha::server_reflection_response::MessageResponse::ListServicesResponse;
    let request =
        v1alpha::ServerReflectionRequest { message_request: Some(ListServices(String::new())), ..Default::default() };
    let mut client = v1alpha::server_reflection_client::ServerReflectionClient::new(server.channel.clone());
    let mut stream = client.server_reflection_info(tokio_stream::iter([request])).await.expect("a stream").into_inner();
    let response = stream.message().await.expect("goes on").expect("an answer");
    let Some(ListServicesResponse(list)) = response.message_response else { panic!("{response:?}") };
    let mut names: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
    names.sort();
    names
}
