//! Hands reports over, and sees how soon they are found.

use std::time::{Duration, Instant};

use bienban::grpc::generated::pb;
use pb::admin_service_client::AdminServiceClient;
use pb::ingestion_service_client::IngestionServiceClient;
use pb::search_service_client::SearchServiceClient;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;

use crate::reports::Article;
use crate::server::Server;

/// What was handed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ingested {
    /// Number of reports.
    pub reports: u64,
    /// Bytes of their texts.
    pub bytes: u64,
    /// Most anonymous memory of the server meanwhile, in bytes.
    pub most_memory: u64,
    /// Until all were found.
    pub spent: Duration,
}

/// Hands all copies of all articles over in one stream, and waits until every one is in the answers.
pub async fn ingest(server: &Server, articles: &[Article], copies: usize) -> Ingested {
    let begun = Instant::now();
    let channel = server.connect().await;
    let (sender, requests) = mpsc::channel(64);
    let mut client = IngestionServiceClient::new(channel.clone());
    let answering = tokio::spawn(async move {
        let mut outcomes = client.ingest_reports(ReceiverStream::new(requests)).await.expect("a stream").into_inner();
        let mut revision = 0;
        while let Some(outcome) = outcomes.message().await.expect("goes on") {
            if let Some(pb::ingest_reports_response::Result::Ingested(kept)) = outcome.result {
                revision = revision.max(kept.revision);
            } else {
                panic!("refused: {outcome:?}");
            }
        }
        revision
    });
    let mut ingested = Ingested::default();
    for copy in 0..copies {
        for article in articles {
            let text = article.text(copy);
            ingested.reports += 1;
            ingested.bytes += text.len() as u64;
            sender.send(request(article, copy, text)).await.expect("taken");
        }
    }
    drop(sender);
    let revision = answering.await.expect("no panic");
    ingested.most_memory = caught_up(server, channel, revision).await;
    ingested.spent = begun.elapsed();
    ingested
}

fn request(article: &Article, copy: usize, text: String) -> pb::IngestReportsRequest {
    let report = Some(pb::Report { text, ..Default::default() });
    pb::IngestReportsRequest { report, report_id: format!("{}-{copy}", article.id), ..Default::default() }
}

/// Waits until a revision is answered; the most anonymous memory seen meanwhile.
async fn caught_up(server: &Server, channel: Channel, revision: i64) -> u64 {
    let mut most = server.anonymous();
    loop {
        let request = pb::GetStatusRequest::default();
        let status = AdminServiceClient::new(channel.clone()).get_status(request).await.expect("a status");
        most = most.max(server.anonymous());
        if status.into_inner().projected_revision >= revision {
            return most;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Hands reports over at a steady rate for some seconds; for every tenth, how long after its acknowledgement it was found.
pub async fn visibility(server: &Server, articles: &[Article], per_second: u32, seconds: f64) -> Vec<Duration> {
    let channel = server.connect().await;
    let mut beat = tokio::time::interval(Duration::from_secs(1) / per_second);
    let mut looking = tokio::task::JoinSet::new();
    let count = (f64::from(per_second) * seconds) as usize;
    for number in 0..count {
        beat.tick().await;
        let article = &articles[number % articles.len()];
        let word = format!("dauvet{number}x{}", std::process::id());
        let report = pb::Report { text: format!("{}\n{word}\n{}", article.title, article.body), ..Default::default() };
        let (channel, is_watched) = (channel.clone(), number % 10 == 0);
        looking.spawn(async move {
            let request =
                pb::IngestReportRequest { report: Some(report), report_id: word.clone(), ..Default::default() };
            let kept = IngestionServiceClient::new(channel.clone()).ingest_report(request).await.expect("kept");
            let acknowledged = Instant::now();
            let min_revision = kept.into_inner().revision;
            if !is_watched {
                return None;
            }
            let asked = pb::SearchMeetingsRequest { query: word, min_revision, ..Default::default() };
            let found = SearchServiceClient::new(channel).search_meetings(asked).await.expect("an answer").into_inner();
            assert_eq!(found.hits.len(), 1, "what is acknowledged is found at its revision");
            Some(acknowledged.elapsed())
        });
    }
    let mut delays: Vec<Duration> = looking.join_all().await.into_iter().flatten().collect();
    delays.sort_unstable();
    delays
}
