//! Who may do what.

use std::path::Path;
use std::time::Duration;

use bienban::config::Config;
use bienban::grpc::auth::{NewToken, Scopes};
use bienban::grpc::generated::pb;
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt as _;

use crate::common::program::{self, Served, complained, told};
use crate::common::{self, Refusal, TestServer, text};

fn token(name: &str, scopes: &str) -> NewToken {
    NewToken::make(name, Scopes::parse(scopes).expect("scopes")).expect("random bytes")
}

fn with_tokens(folder: &Path, tokens: &[&NewToken]) -> impl FnOnce(&mut Config) + use<> {
    let path = folder.join("tokens");
    let lines: Vec<&str> = tokens.iter().map(|token| token.line.as_str()).collect();
    std::fs::write(&path, lines.join("\n")).expect("written");
    move |config| {
        config.auth.tokens_file = Some(path);
        config.server.reload = Duration::from_millis(100);
    }
}

fn showing<M>(token: &NewToken, message: M) -> Request<M> {
    let mut request = Request::new(message);
    let shown = format!("Bearer {}", token.token).parse().expect("ASCII");
    request.metadata_mut().insert("authorization", shown);
    request
}

fn refused<T>(answer: Result<T, Status>) -> (Code, String) {
    let Err(status) = answer else { panic!("not refused") };
    (status.code(), Refusal::of(&status).reason)
}

#[tokio::test]
async fn each_scope_opens_its_methods() {
    let folder = common::folder();
    let (reader, writer) = (token("reader", "read"), token("writer", "ingest"));
    let server = TestServer::start_with(folder.clone(), with_tokens(folder.path(), &[&reader, &writer])).await;
    let mut client = server.ingestion();
    let report = || text("r1", "Sáng 5-8-2023, phường họp.");
    let get = || pb::GetReportRequest { name: "reports/none".into(), ..Default::default() };

    assert_eq!(refused(client.ingest_report(report()).await), (Code::Unauthenticated, "UNAUTHENTICATED".into()));
    let denied = client.ingest_report(showing(&reader, report())).await.expect_err("read only");
    assert_eq!(Refusal::of(&denied).reason, "PERMISSION_DENIED");
    let metadata = denied.get_details_error_info().expect("info").metadata;
    assert_eq!((metadata["principal"].as_str(), metadata["scope"].as_str()), ("reader", "ingest"));
    client.ingest_report(showing(&writer, report())).await.expect("may");
    // Whoever may not read does not learn whether it exists.
    assert_eq!(
        refused(client.get_report(showing(&writer, get())).await),
        (Code::PermissionDenied, "PERMISSION_DENIED".into())
    );
    assert_eq!(refused(client.get_report(showing(&reader, get())).await), (Code::NotFound, "REPORT_NOT_FOUND".into()));
    let stranger = token("stranger", "admin");
    assert_eq!(
        refused(client.get_report(showing(&stranger, get())).await),
        (Code::Unauthenticated, "UNAUTHENTICATED".into())
    );
    let health = HealthClient::new(server.channel.clone()).check(HealthCheckRequest::default()).await;
    assert!(health.is_ok(), "health is told to all unless told otherwise: {health:?}");
    server.stop().await;
}

#[tokio::test]
async fn tokens_come_and_go_without_a_restart() {
    let folder = common::folder();
    let (old, new) = (token("old", "read"), token("new", "read"));
    let server = TestServer::start_with(folder.clone(), with_tokens(folder.path(), &[&old])).await;
    let mut admin = server.admin();
    admin.get_status(showing(&old, pb::GetStatusRequest {})).await.expect("known");
    drop(with_tokens(folder.path(), &[&new]));
    while admin.get_status(showing(&new, pb::GetStatusRequest {})).await.is_err() {}
    assert!(admin.get_status(showing(&old, pb::GetStatusRequest {})).await.is_err(), "the old one is gone");
    server.stop().await;
}

#[tokio::test]
async fn health_can_be_closed_and_reflection_left_out() {
    let folder = common::folder();
    let reader = token("reader", "read");
    let tokens = with_tokens(folder.path(), &[&reader]);
    let server = TestServer::start_with(folder, |config| {
        tokens(config);
        config.auth.open_health = false;
        config.server.reflection = false;
    })
    .await;
    let mut health = HealthClient::new(server.channel.clone());
    assert_eq!(refused(health.check(HealthCheckRequest::default()).await).0, Code::Unauthenticated);
    health.check(showing(&reader, HealthCheckRequest::default())).await.expect("known");
    server.stop().await;
}

#[tokio::test]
async fn one_caller_may_call_so_often() {
    let server = TestServer::start_with(common::folder(), |config| {
        config.limits.rate = 1;
        config.limits.burst = 2;
    })
    .await;
    let mut admin = server.admin();
    let mut last = Ok(());
    for _ in 0..10 {
        last = admin.get_status(pb::GetStatusRequest {}).await.map(drop);
    }
    let limited = last.expect_err("too often");
    assert_eq!((limited.code(), Refusal::of(&limited).reason.as_str()), (Code::ResourceExhausted, "RATE_LIMITED"));
    assert!(limited.get_details_retry_info().and_then(|info| info.retry_delay).is_some());
    server.stop().await;
}

#[test]
fn the_program_makes_tokens_and_shows_them() {
    let folder = common::folder();
    let made = program::run(&["token", "new", "reader", "--scopes", "read"]);
    assert_eq!(made.status.code(), Some(0), "{}", complained(&made));
    let (tokens, shown) = (folder.path().join("tokens"), folder.path().join("token"));
    std::fs::write(&tokens, complained(&made)).expect("written");
    std::fs::write(&shown, told(&made)).expect("written");
    let served = Served::start(folder.path(), &["--auth-tokens-file", tokens.to_str().expect("UTF-8")]);
    let search = ["search", "x", "--server", served.address.as_str()];
    let without = program::run(&search);
    assert!(complained(&without).contains("UNAUTHENTICATED"), "{}", complained(&without));
    let with = program::run(&[&search[..], &["--token-file", shown.to_str().expect("UTF-8")]].concat());
    assert_eq!(with.status.code(), Some(0), "{}", complained(&with));
    assert_eq!(program::run(&["token", "new", "x", "--scopes", "write"]).status.code(), Some(2));
}

/// One who issues JWTs and publishes the key to check them with.
mod issuer {
    use std::time::{SystemTime, UNIX_EPOCH};

    use data_encoding::BASE64URL_NOPAD as BASE64;
    use ring::rand::SystemRandom;
    use ring::signature::{Ed25519KeyPair, KeyPair as _};
    use serde_json::{Value, json};

    pub struct Issuer(Ed25519KeyPair);

    impl Issuer {
        pub fn new() -> Self {
            let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("random bytes");
            Self(Ed25519KeyPair::from_pkcs8(document.as_ref()).expect("a key"))
        }

        /// Publishes the key at an address of its own.
        pub async fn publish(&self) -> String {
            let x = BASE64.encode(self.0.public_key().as_ref());
            let keys =
                json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "k1", "x": x}]});
            let keys = keys.to_string();
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("an address");
            let address = listener.local_addr().expect("an address");
            tokio::spawn(async move {
                use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
                while let Ok((mut stream, _)) = listener.accept().await {
                    let _ = stream.read(&mut [0; 4096]).await;
                    let length = keys.len();
                    let answer =
                        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{keys}");
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
            });
            format!("http://{address}/keys")
        }

        pub fn token(&self, scope: &str) -> String {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
            let claims = json!({"iss": "https://id.example", "aud": "bienban", "sub": "portal", "exp": now + 600, "scope": scope});
            let part = |value: &Value| BASE64.encode(value.to_string().as_bytes());
            let signed = format!("{}.{}", part(&json!({"alg": "EdDSA", "kid": "k1"})), part(&claims));
            format!("{signed}.{}", BASE64.encode(self.0.sign(signed.as_bytes()).as_ref()))
        }
    }
}

#[tokio::test]
async fn tokens_of_an_issuer_are_known_by_its_published_keys() {
    let issuer = issuer::Issuer::new();
    let url = issuer.publish().await;
    let server = TestServer::start_with(common::folder(), |config| {
        config.auth.jwks_url = url;
        config.auth.jwt_issuer = "https://id.example".into();
        config.auth.jwt_audiences = vec!["bienban".into()];
    })
    .await;
    let reader = NewToken { token: issuer.token("openid read"), line: String::new() };
    let mut admin = server.admin();
    // The keys are read beside the start.
    while admin.get_status(showing(&reader, pb::GetStatusRequest {})).await.is_err() {}
    let denied = server.ingestion().ingest_report(showing(&reader, text("r1", "Phường họp."))).await;
    assert_eq!(refused(denied), (Code::PermissionDenied, "PERMISSION_DENIED".into()));
    let forged = NewToken { token: issuer::Issuer::new().token("admin"), line: String::new() };
    let refusal = refused(admin.get_status(showing(&forged, pb::GetStatusRequest {})).await);
    assert_eq!(refusal, (Code::Unauthenticated, "UNAUTHENTICATED".into()));
    server.stop().await;
}
