//! The least that could do the same: an empty call, and tantivy as its manual shows it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bienban::config::Config;
use bienban::grpc::generated::pb;
use bienban::server::Running;
use bienban::service::Api;
use bienban::service::api::{Call, Search};
use pb::search_service_server::{SearchService, SearchServiceServer};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{Query, QueryParser};
use tantivy::schema::{Field, STORED, Schema, TEXT, Value as _};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, Searcher, TantivyDocument, doc};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

use crate::cpu;
use crate::reports::Article;

/// Answers every search with two kilobytes, after it was done in process where records are named.
struct Plain {
    api: Option<Arc<dyn Api>>,
}

#[tonic::async_trait]
impl SearchService for Plain {
    async fn search_meetings(
        &self,
        request: Request<pb::SearchMeetingsRequest>,
    ) -> Result<Response<pb::SearchMeetingsResponse>, Status> {
        if let Some(api) = &self.api {
            let request = Search { query: request.into_inner().query, omit_snippets: true, ..Search::default() };
            let answer = api.search_meetings(&Call::default(), request).await;
            std::hint::black_box(answer.map_err(|failed| Status::internal(failed.to_string()))?);
        }
        let warnings = vec!["x".repeat(2048)];
        Ok(Response::new(pb::SearchMeetingsResponse { warnings, ..Default::default() }))
    }

    async fn search_items(
        &self,
        _: Request<pb::SearchItemsRequest>,
    ) -> Result<Response<pb::SearchItemsResponse>, Status> {
        Err(Status::unimplemented("only meetings"))
    }

    async fn search_figures(
        &self,
        _: Request<pb::SearchFiguresRequest>,
    ) -> Result<Response<pb::SearchFiguresResponse>, Status> {
        Err(Status::unimplemented("only meetings"))
    }

    async fn suggest_searches(
        &self,
        _: Request<pb::SuggestSearchesRequest>,
    ) -> Result<Response<pb::SuggestSearchesResponse>, Status> {
        Err(Status::unimplemented("only meetings"))
    }

    async fn list_search_fields(
        &self,
        _: Request<pb::ListSearchFieldsRequest>,
    ) -> Result<Response<pb::ListSearchFieldsResponse>, Status> {
        Err(Status::unimplemented("only meetings"))
    }
}

/// The service on a folder in this process; its own port stays unused.
pub async fn in_process(data_dir: &Path) -> Running {
    let mut config = Config::defaults();
    config.server.data_dir = data_dir.to_owned();
    config.server.listen = ([127, 0, 0, 1], 0).into();
    let running = bienban::server::start(&config).await.expect("starts");
    assert!(running.ready().await);
    running
}

/// Serves such answers until it is killed.
pub async fn serve_plain(data_dir: Option<&Path>) {
    let api = match data_dir {
        Some(data_dir) => Some(Arc::clone(in_process(data_dir).await.api())),
        None => None,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("serves on {}", listener.local_addr().expect("bound"));
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let served =
        Server::builder().add_service(SearchServiceServer::new(Plain { api })).serve_with_incoming(incoming).await;
    served.expect("serves");
}

/// An index of title and body as tantivy's manual has it: default tokenizer, everything stored.
pub struct Raw {
    searcher: Searcher,
    parser: QueryParser,
    body: Field,
    /// Bytes on disk.
    pub bytes: u64,
}

/// Mean processor times of raw searches.
pub struct RawTimes {
    /// The ten best hits of an AND over title and body.
    pub top: Duration,
    /// The same with the exact total, the stored documents and tantivy's own snippets.
    pub snippets: Duration,
}

impl Raw {
    /// Indexes the articles in a folder.
    pub fn build(articles: &[Article], folder: &Path) -> Self {
        let mut schema = Schema::builder();
        let (title, body) =
            (schema.add_text_field("title", TEXT | STORED), schema.add_text_field("body", TEXT | STORED));
        let index = Index::create_in_dir(folder, schema.build()).expect("an index");
        let mut writer = index.writer_with_num_threads(1, 64 << 20).expect("a writer");
        for article in articles {
            writer.add_document(doc!(title => article.title.as_str(), body => article.body.as_str())).expect("added");
        }
        writer.commit().expect("committed");
        let segments = index.searchable_segment_ids().expect("segments");
        if segments.len() > 1 {
            writer.merge(&segments).wait().expect("merged");
        }
        writer.wait_merging_threads().expect("merged");
        let mut parser = QueryParser::for_index(&index, vec![title, body]);
        parser.set_conjunction_by_default();
        let searcher = index.reader().expect("a reader").searcher();
        Self { searcher, parser, body, bytes: crate::memory::folder(folder) }
    }

    fn query(&self, text: &str) -> Box<dyn Query> {
        self.parser.parse_query(text).expect("words")
    }

    /// Measures on these queries, each of plain words.
    pub fn measure(&self, queries: &[String], seconds: f64) -> RawTimes {
        let text = |run: usize| &queries[run % queries.len()];
        RawTimes {
            top: cpu::mean(seconds, |run| self.top(text(run))),
            snippets: cpu::mean(seconds, |run| self.with_snippets(text(run))),
        }
    }

    fn top(&self, text: &str) -> usize {
        self.searcher.search(&self.query(text), &TopDocs::with_limit(10).order_by_score()).expect("found").len()
    }

    fn with_snippets(&self, text: &str) -> usize {
        let query = self.query(text);
        let (total, top) =
            self.searcher.search(&query, &(Count, TopDocs::with_limit(10).order_by_score())).expect("found");
        let generator = SnippetGenerator::create(&self.searcher, &query, self.body).expect("a generator");
        let snippets = top.iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(*address).expect("stored");
            let body = document.get_first(self.body).and_then(|value| value.as_str()).unwrap_or_default();
            generator.snippet(body).to_html().len()
        });
        total + snippets.sum::<usize>()
    }
}
