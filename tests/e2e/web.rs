//! Browsers, and answers that are compressed on request.

use bienban::grpc::generated::pb;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::codec::CompressionEncoding;

use crate::common::{self, TestServer, samples};

/// What a server answers to a request over HTTP/1.1.
async fn http(server: &TestServer, head: &str, body: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.running.address()).await.expect("connects");
    let length = body.len();
    let head = format!("{head}\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("sent");
    stream.write_all(body).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("answered");
    answer
}

#[tokio::test]
async fn pages_of_known_origins_call_over_grpc_web() {
    let server = TestServer::start_with(common::folder(), |config| {
        config.web.grpc_web = true;
        config.web.origins = vec!["https://portal.example".into()];
    })
    .await;
    let path = "/bienban.v1.AdminService/GetStatus";
    let asked = format!(
        "OPTIONS {path} HTTP/1.1\r\nOrigin: https://portal.example\r\nAccess-Control-Request-Method: POST\r\n\
         Access-Control-Request-Headers: x-grpc-web"
    );
    let told = String::from_utf8_lossy(&http(&server, &asked, b"").await).to_lowercase();
    assert!(told.contains("access-control-allow-origin: https://portal.example"), "{told}");
    let called = format!(
        "POST {path} HTTP/1.1\r\nOrigin: https://portal.example\r\nContent-Type: application/grpc-web+proto\r\nX-Grpc-Web: 1"
    );
    // An empty message: no flags, no bytes.
    let answer = http(&server, &called, &[0; 5]).await;
    let told = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(told.starts_with("http/1.1 200"), "{told}");
    assert!(told.contains("content-type: application/grpc-web+proto"), "{told}");
    assert!(told.contains("grpc-status:0"), "the trailers stand at the end of the body: {told}");
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("gRPC is spoken as before");
    server.stop().await;
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let server = TestServer::start_with(common::folder(), |config| {
        config.server.compression = vec![bienban::config::Encoding::Zstd, bienban::config::Encoding::Gzip];
    })
    .await;
    let min_revision = samples::load(&server).await;
    let list = || pb::ListMeetingsRequest { min_revision, ..Default::default() };
    let plain = server.meetings().list_meetings(list()).await.expect("a page");
    assert!(plain.metadata().get("grpc-encoding").is_none());
    for (encoding, name) in [(CompressionEncoding::Zstd, "zstd"), (CompressionEncoding::Gzip, "gzip")] {
        let mut client = server.meetings().accept_compressed(encoding).send_compressed(encoding);
        let page = client.list_meetings(list()).await.expect("a page");
        assert_eq!(page.metadata().get("grpc-encoding").expect("an encoding"), name);
        assert_eq!(page.get_ref(), plain.get_ref());
    }
    server.stop().await;
}
