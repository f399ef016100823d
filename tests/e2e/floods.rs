//! Clients that only take room, or keep the server busy with what is no call.

use bienban::grpc::generated::pb;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::common::{self, TestServer};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty SETTINGS frame.
const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
const PING: [u8; 17] = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

async fn serves(server: &TestServer) {
    server.admin().get_status(pb::GetStatusRequest {}).await.expect("others are served");
}

/// Reads until the server ends the connection.
async fn until_closed(mut stream: TcpStream) {
    let mut answers = [0; 4096];
    while stream.read(&mut answers).await.is_ok_and(|read| read > 0) {}
}

#[tokio::test]
async fn connections_without_a_call_give_way_to_newcomers() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.connections = 8).await;
    serves(&server).await;
    let mut idle = Vec::new();
    for _ in 0..32 {
        let mut stream = TcpStream::connect(server.running.address()).await.expect("the system takes it");
        // Half a preface, a whole one, or no word at all.
        let said: &[u8] = match idle.len() % 3 {
            0 => &[],
            1 => &PREFACE[..10],
            _ => PREFACE,
        };
        stream.write_all(said).await.expect("sent");
        idle.push(stream);
    }
    for _ in 0..4 {
        let channel = common::connect(&server.running.address().to_string()).await;
        let mut admin = common::AdminServiceClient::new(channel);
        admin.get_status(pb::GetStatusRequest {}).await.expect("a newcomer is served");
    }
    serves(&server).await;
    until_closed(idle.remove(0)).await;
    drop(idle);
    server.stop().await;
}

#[tokio::test]
async fn who_sends_pings_without_end_is_cut_off() {
    let server = TestServer::start().await;
    for frame in [&PING[..], &SETTINGS[..]] {
        let mut stream = TcpStream::connect(server.running.address()).await.expect("connects");
        stream.write_all(&[PREFACE, &SETTINGS].concat()).await.expect("sent");
        let (mut reader, mut writer) = stream.into_split();
        // Answers are read, so that the server is not held up by them.
        let answers = tokio::spawn(async move {
            let mut some = [0; 4096];
            while reader.read(&mut some).await.is_ok_and(|read| read > 0) {}
        });
        let many = frame.repeat(64);
        while writer.write_all(&many).await.is_ok() {}
        answers.await.expect("no panic");
        serves(&server).await;
    }
    server.stop().await;
}
