//! TLS, certificates of clients, and certificates that change.

use std::time::Duration;

use bienban::config::Config;
use bienban::grpc::generated::pb;
use bienban::server::{self, Running, StartError};
use tonic::Code;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};

use crate::common::authority::{Authority, Signed};
use crate::common::{self, AdminServiceClient, IngestionServiceClient, Refusal, text};

/// A connection to "localhost".
async fn connect(
    running: &Running,
    authority: &Authority,
    shown: Option<&Signed>,
) -> Result<Channel, tonic::transport::Error> {
    let mut tls =
        ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authority.pem())).domain_name("localhost");
    if let Some(shown) = shown {
        tls = tls.identity(Identity::from_pem(&shown.cert, &shown.key));
    }
    let endpoint = Endpoint::from_shared(format!("https://{}", running.address())).expect("an address");
    endpoint.tls_config(tls).expect("usable").connect().await
}

async fn status(channel: Channel) -> Result<(), tonic::Status> {
    AdminServiceClient::new(channel).get_status(pb::GetStatusRequest {}).await.map(drop)
}

fn with_tls(folder: &std::path::Path, authority: &Authority) -> Config {
    let mut config = common::config(folder);
    let (cert, key) = authority.sign("localhost").write(folder);
    (config.tls.cert_file, config.tls.key_file) = (Some(cert), Some(key));
    config.server.reload = Duration::from_millis(100);
    config
}

#[tokio::test]
async fn certificates_are_taken_up_without_a_restart() {
    let folder = common::folder();
    let (old, new) = (Authority::new(), Authority::new());
    let running = server::start(&with_tls(folder.path(), &old)).await.expect("starts");
    let kept = connect(&running, &old, None).await.expect("shakes hands");
    status(kept.clone()).await.expect("answers");
    assert!(connect(&running, &new, None).await.is_err(), "another authority's certificate is not trusted");
    new.sign("localhost").write(folder.path());
    while connect(&running, &new, None).await.is_err() {}
    status(kept).await.expect("connections that are open stay");
    std::fs::write(folder.path().join("tls.crt"), "rubbish").expect("written");
    status(connect(&running, &new, None).await.expect("the old one stays in force")).await.expect("answers");
    running.shutdown();
    running.wait().await.expect("ends well");
}

#[tokio::test]
async fn clients_are_known_by_their_certificates() {
    let folder = common::folder();
    let (ours, clients) = (Authority::new(), Authority::new());
    let mut config = with_tls(folder.path(), &ours);
    let path = folder.path().join("clients.pem");
    std::fs::write(&path, clients.pem()).expect("written");
    config.tls.client_ca_file = Some(path);
    config.auth.certificates = vec![("portal.example".into(), vec!["read".into()])];
    let running = server::start(&config).await.expect("starts");
    assert!(running.ready().await);
    // Over TLS 1.3 a client hears of its refusal with its first call.
    let without = match connect(&running, &ours, None).await {
        Ok(channel) => status(channel).await.is_err(),
        Err(_) => true,
    };
    assert!(without, "a client without a certificate is refused");
    let portal = connect(&running, &ours, Some(&clients.sign("portal.example"))).await.expect("shakes hands");
    status(portal.clone()).await.expect("may read");
    let denied =
        IngestionServiceClient::new(portal).ingest_report(text("r1", "Phường họp.")).await.expect_err("read only");
    assert_eq!((denied.code(), Refusal::of(&denied).reason.as_str()), (Code::PermissionDenied, "PERMISSION_DENIED"));
    let stranger = connect(&running, &ours, Some(&clients.sign("stranger.example"))).await.expect("shakes hands");
    let unknown = status(stranger).await.expect_err("not known");
    assert_eq!((unknown.code(), Refusal::of(&unknown).reason.as_str()), (Code::Unauthenticated, "UNAUTHENTICATED"));
    running.shutdown();
    running.wait().await.expect("ends well");
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_is_told_at_the_start() {
    let folder = common::folder();
    let mut config = with_tls(folder.path(), &Authority::new());
    config.tls.key_file = Some(folder.path().join("none"));
    assert!(matches!(server::start(&config).await.map(drop), Err(StartError::Tls(_))));
    assert!(server::check_files(&config).is_err());
}
