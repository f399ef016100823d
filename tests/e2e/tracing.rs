//! Traces as a collector gets them, over gRPC and over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use bienban::grpc::generated::pb;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{TraceService, TraceServiceServer};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use prost::Message as _;
use tonic::{Request, Response, Status};

use crate::common::program::Served;
use crate::common::{self, AdminServiceClient};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
/// Longest wait for what must come.
const WAIT: Duration = Duration::from_secs(60);

/// A collector that hands on what it gets.
struct Collector(Sender<ExportTraceServiceRequest>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        // The test may have seen enough.
        let _ = self.0.send(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

/// Calls a server in a trace of the caller's, ends it, and looks at what the collector got.
async fn traced(endpoint: &str, protocol: &str, received: &Receiver<ExportTraceServiceRequest>) {
    let folder = common::folder();
    let served = Served::start(folder.path(), &["--traces-endpoint", endpoint, "--traces-protocol", protocol]);
    let mut request = Request::new(pb::GetStatusRequest {});
    let parent = format!("00-{TRACE}-{PARENT}-01").parse().expect("ASCII");
    request.metadata_mut().insert("traceparent", parent);
    AdminServiceClient::new(common::connect(&served.address).await).get_status(request).await.expect("a status");
    assert_eq!(served.terminate().0, Some(0));
    loop {
        let batch = received.recv_timeout(WAIT).expect("spans of the call");
        let resources = batch.resource_spans.iter();
        let spans: Vec<_> = resources.flat_map(|one| &one.scope_spans).flat_map(|one| &one.spans).collect();
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        if spans.iter().any(|span| hex(&span.trace_id) == TRACE && hex(&span.parent_span_id) == PARENT) {
            return;
        }
    }
}

#[tokio::test]
async fn a_collector_over_grpc_gets_the_callers_trace() {
    let (sender, received) = channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    let incoming = tonic::transport::server::TcpIncoming::from(listener);
    let collector = tonic::transport::Server::builder().add_service(TraceServiceServer::new(Collector(sender)));
    let collector = tokio::spawn(collector.serve_with_incoming(incoming));
    // Waiting for the program blocks, and the collector must answer meanwhile.
    let test = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(traced(&endpoint, "grpc", &received));
    });
    tokio::task::spawn_blocking(move || test.join()).await.expect("no panic").expect("the trace came");
    collector.abort();
}

#[tokio::test]
async fn a_collector_over_http_gets_the_callers_trace() {
    let (sender, received) = channel();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            while let Some(batch) = posted(stream.as_ref().expect("a connection")) {
                if sender.send(batch).is_err() {
                    return;
                }
            }
        }
    });
    traced(&endpoint, "http", &received).await;
}

/// Reads one request and answers it.
fn posted(mut stream: &TcpStream) -> Option<ExportTraceServiceRequest> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    assert!(line.starts_with("POST /v1/traces HTTP/1.1"), "{line}");
    loop {
        line.clear();
        reader.read_line(&mut line).expect("a header");
        if line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').expect("a header");
        match name.to_lowercase().as_str() {
            "content-length" => length = value.trim().parse().expect("a length"),
            "content-type" => assert_eq!(value.trim(), "application/x-protobuf"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
    stream.write_all(answer.as_bytes()).expect("answered");
    Some(ExportTraceServiceRequest::decode(body.as_slice()).expect("OTLP"))
}
