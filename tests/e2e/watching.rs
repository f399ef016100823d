//! Staying in step with meetings and entities.

use std::collections::BTreeMap;

use bienban::grpc::generated::pb;
use pb::watch_changes_response::Event;
use tonic::{Code, Streaming};

use crate::common::program::{self, Served, complained, told};
use crate::common::{self, Refusal, TestServer, samples, text};

const PHUONG: &str = "Sáng 5-8-2023, UBND phường An Lạc tổ chức hội nghị giao ban. Ông Trần Văn Mẫu, Chủ tịch UBND phường An Lạc, \
                      yêu cầu các tổ dân phố báo cáo trước ngày 15-8.";
const BEN_DO: &str = "Chiều 6-9-2023, UBND phường Bến Đò tổ chức hội nghị về vệ sinh môi trường. Bà Lê Thị Thử, Phó Chủ tịch UBND \
                      phường Bến Đò, đề nghị người dân phân loại rác.";

/// A caller who applies what it is told.
struct Follower {
    stream: Streaming<pb::WatchChangesResponse>,
    /// Etag or revision of each record, by name.
    known: BTreeMap<String, String>,
    told: Vec<pb::RecordChange>,
    resets: usize,
}

impl Follower {
    async fn begin(server: &TestServer, request: pb::WatchChangesRequest) -> Self {
        let stream = server.meetings().watch_changes(request).await.expect("a stream").into_inner();
        Self { stream, known: BTreeMap::new(), told: Vec::new(), resets: 0 }
    }

    /// Reads until everything up to a revision was told.
    async fn until(&mut self, revision: i64) -> pb::WatchProgress {
        loop {
            let event = self.stream.message().await.expect("goes on").expect("goes on").event.expect("known");
            match event {
                Event::Change(change) => self.apply(change),
                Event::Progress(progress) if progress.revision >= revision && progress.caught_up => return progress,
                Event::Progress(_) => {}
                Event::Reset(_) => {
                    self.resets += 1;
                    self.known.clear();
                }
            }
        }
    }

    fn apply(&mut self, change: pb::RecordChange) {
        use pb::record_change::Record;
        match &change.record {
            Some(Record::Meeting(meeting)) => {
                assert_eq!((change.kind(), &meeting.name), (pb::ChangeKind::Updated, &change.name));
                self.known.insert(change.name.clone(), meeting.etag.clone());
            }
            Some(Record::Entity(entity)) => {
                assert_eq!((change.kind(), &entity.name), (pb::ChangeKind::Updated, &change.name));
                self.known.insert(change.name.clone(), format!("{} {}", entity.display_name, entity.mention_count));
            }
            None => {
                assert_ne!(change.kind(), pb::ChangeKind::Updated);
                self.known.remove(&change.name);
            }
        }
        self.told.push(change);
    }

    fn last(&self, name: &str) -> &pb::RecordChange {
        self.told.iter().rfind(|change| change.name == name).unwrap_or_else(|| panic!("nothing of {name}"))
    }
}

/// What lists show: the same as a follower knows.
async fn listed(server: &TestServer, min_revision: i64) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    let mut request = pb::ListMeetingsRequest { page_size: 500, min_revision, ..Default::default() };
    loop {
        let page = server.meetings().list_meetings(request.clone()).await.expect("a page").into_inner();
        known.extend(page.meetings.into_iter().map(|meeting| (meeting.name, meeting.etag)));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    let mut request = pb::ListEntitiesRequest { page_size: 500, min_revision, ..Default::default() };
    loop {
        let page = server.entities().list_entities(request.clone()).await.expect("a page").into_inner();
        let named = page.entities.into_iter();
        known.extend(named.map(|one| (one.name, format!("{} {}", one.display_name, one.mention_count))));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            return known;
        }
    }
}

fn from(resume_token: String) -> pb::WatchChangesRequest {
    pb::WatchChangesRequest { resume_token, ..Default::default() }
}

async fn meeting_of(server: &TestServer, report: &str, min_revision: i64) -> String {
    let request = pb::GetReportRequest { name: format!("reports/{report}"), min_revision, ..Default::default() };
    server.ingestion().get_report(request).await.expect("kept").into_inner().meeting
}

#[tokio::test]
async fn who_applies_every_change_has_what_lists_show() {
    let server = TestServer::start().await;
    let mut early = Follower::begin(&server, Default::default()).await;
    assert_eq!(early.until(0).await.revision, 0);
    let revision = samples::load(&server).await;
    early.until(revision).await;
    assert_eq!(early.known, listed(&server, revision).await);
    let mut late = Follower::begin(&server, Default::default()).await;
    late.until(revision).await;
    assert_eq!(late.known, early.known);
    assert!(late.told.len() <= early.told.len(), "each record once");

    // Deletions and returns, some of which part and unite meetings.
    let names: Vec<String> = samples::requests().into_iter().map(|request| request.report_id).collect();
    for id in names.iter().step_by(3) {
        let name = format!("reports/{id}");
        server.ingestion().delete_report(pb::DeleteReportRequest { name, ..Default::default() }).await.expect("gone");
    }
    let revision = server.revision().await;
    let resume = early.until(revision).await.resume_token;
    assert_eq!(early.known, listed(&server, revision).await);
    for id in names.iter().step_by(6) {
        let name = format!("reports/{id}");
        server
            .ingestion()
            .undelete_report(pb::UndeleteReportRequest { name, ..Default::default() })
            .await
            .expect("back");
    }
    let revision = server.revision().await;
    let mut resumed = Follower { known: early.known.clone(), ..Follower::begin(&server, from(resume)).await };
    for follower in [&mut early, &mut resumed] {
        follower.until(revision).await;
        assert_eq!((&follower.known, follower.resets), (&listed(&server, revision).await, 0));
    }
    drop((early, late, resumed));
    server.stop().await;
}

#[tokio::test]
async fn what_is_gone_moved_and_corrected_is_told_so() {
    let server = TestServer::start().await;
    server.ingest(text("r1", PHUONG)).await.expect("kept");
    let mut follower = Follower::begin(&server, Default::default()).await;
    follower.until(1).await;
    server.ingest(text("r2", BEN_DO)).await.expect("kept");
    follower.until(2).await;
    let gone = meeting_of(&server, "r2", 2).await;
    assert_eq!((follower.last(&gone).kind(), follower.last(&gone).revision), (pb::ChangeKind::Updated, 2));
    assert_eq!(follower.last(&gone).cause(), pb::ChangeCause::Report);

    let find = |words: &str| {
        let query = words.to_owned();
        let mut entities = server.entities();
        async move {
            let request = pb::LookupEntitiesRequest { query, min_revision: 2, ..Default::default() };
            let found = entities.lookup_entities(request).await.expect("found").into_inner();
            found.candidates[0].entity.clone().expect("an entity").name
        }
    };
    let (source, target) = (find("UBND phường Bến Đò").await, find("UBND phường An Lạc").await);
    let merge = pb::MergeEntitiesRequest {
        source: source.clone(),
        target: target.clone(),
        author: "Lan".into(),
        reason: "một phường".into(),
        ..Default::default()
    };
    let correction = server.curation().merge_entities(merge).await.expect("merged").into_inner();
    follower.until(correction.revision).await;
    let moved = follower.last(&source);
    assert_eq!(
        (moved.kind(), moved.cause(), &moved.moved_to),
        (pb::ChangeKind::Moved, pb::ChangeCause::Correction, &target)
    );
    assert_eq!(follower.last(&gone).cause(), pb::ChangeCause::Correction, "its convener is another one now");
    assert_eq!(follower.known, listed(&server, correction.revision).await);

    let name = correction.correction.expect("kept").name;
    let back =
        pb::RevertCorrectionRequest { name, author: "Lan".into(), reason: "nhầm".into(), ..Default::default() };
    let back = server.curation().revert_correction(back).await.expect("reverted").into_inner().revision;
    follower.until(back).await;
    assert_eq!(follower.last(&source).kind(), pb::ChangeKind::Updated);
    let request = pb::DeleteReportRequest { name: "reports/r2".into(), ..Default::default() };
    let deleted = server.ingestion().delete_report(request).await.expect("deleted").into_inner().revision;
    follower.until(deleted).await;
    for name in [&gone, &source] {
        assert_eq!(follower.last(name).kind(), pb::ChangeKind::Removed, "{name}");
    }
    assert_eq!(follower.known, listed(&server, deleted).await);
}

#[tokio::test]
async fn a_token_outlives_the_process_and_a_journal_that_was_set_back_is_told_anew() {
    let server = TestServer::start().await;
    server.ingest(text("r1", PHUONG)).await.expect("kept");
    let mut follower = Follower::begin(&server, Default::default()).await;
    let first = follower.until(1).await.resume_token;
    server.running.shutdown();
    let end = loop {
        match follower.stream.message().await {
            Ok(_) => {}
            Err(end) => break end,
        }
    };
    assert_eq!((end.code(), Refusal::of(&end).reason.as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    let server = TestServer::start_in(server.stop().await).await;
    let mut follower = Follower::begin(&server, from(first.clone())).await;
    follower.until(1).await;
    assert_eq!((follower.told.len(), follower.resets), (0, 0), "nothing has changed");
    server.ingest(text("r2", BEN_DO)).await.expect("kept");
    let second = follower.until(2).await.resume_token;
    assert!(!follower.told.is_empty());
    drop(follower);

    // Another journal: under revision 1 stands something else, and there is no revision 2.
    let other = TestServer::start().await;
    other.ingest(text("r3", BEN_DO)).await.expect("kept");
    for token in [first, second] {
        let mut follower = Follower::begin(&other, from(token)).await;
        follower.until(1).await;
        assert_eq!((follower.resets, &follower.known), (1, &listed(&other, 1).await));
    }
}

#[tokio::test]
async fn streams_are_bounded() {
    let server = TestServer::start_with(common::folder(), |config| config.limits.watches = 1).await;
    let one = Follower::begin(&server, Default::default()).await;
    let busy = server.meetings().watch_changes(pb::WatchChangesRequest::default()).await.expect_err("one too many");
    assert_eq!((busy.code(), Refusal::of(&busy).reason.as_str()), (Code::ResourceExhausted, "OVERLOADED"));
    drop(one);
    server.stop().await;
}

#[tokio::test]
async fn requests_are_checked() {
    let server = TestServer::start().await;
    let refused = |request: pb::WatchChangesRequest| {
        let mut client = server.meetings();
        async move { Refusal::of(&client.watch_changes(request).await.expect_err("refused")) }
    };
    let wrong = pb::WatchChangesRequest { after_revision: -1, record_kinds: vec![1, 7], view: 9, ..Default::default() };
    assert_eq!(refused(wrong).await.fields, ["view", "record_kinds[1]", "after_revision"]);
    let both = pb::WatchChangesRequest { after_revision: 1, ..from("x".into()) };
    assert_eq!(refused(both).await.fields, ["after_revision"]);
    assert_eq!(refused(from("x".into())).await.reason, "INVALID_PAGE_TOKEN");
    let beyond = pb::WatchChangesRequest { after_revision: 9, ..Default::default() };
    assert_eq!(refused(beyond).await.reason, "REVISION_UNKNOWN");
    let kinds = vec![pb::RecordKind::Entity.into()];
    let entities = pb::WatchChangesRequest { record_kinds: kinds, ..Default::default() };
    let mut follower = Follower::begin(&server, entities).await;
    server.ingest(text("r1", PHUONG)).await.expect("kept");
    let token = follower.until(1).await.resume_token;
    assert!(!follower.told.is_empty() && follower.told.iter().all(|change| change.name.starts_with("entities/")));
    drop(follower);
    assert_eq!(refused(from(token)).await.reason, "PAGE_TOKEN_MISMATCH", "meetings were never told");
}

#[test]
fn the_command_goes_on_where_it_ended() {
    let folder = common::folder();
    let samples = samples::folder();
    let served = Served::start(folder.path(), &["--load", samples.to_str().expect("UTF-8")]);
    let state = folder.path().join("watch.state");
    let state = state.to_str().expect("UTF-8");
    let watch = ["watch", "--server", served.address.as_str(), "--state", state, "--once"];
    let first = program::run(&watch);
    assert_eq!(first.status.code(), Some(0), "{}", complained(&first));
    let lines: Vec<serde_json::Value> =
        told(&first).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(lines.iter().any(|line| line["change"]["meeting"]["title"].is_string()), "{lines:?}");
    assert_eq!(lines.last().expect("one")["progress"]["caughtUp"], true);
    let again = program::run(&watch);
    assert!(told(&again).lines().all(|line| !line.contains("\"change\"")), "{}", told(&again));
    let (code, _) = served.terminate();
    assert_eq!(code, Some(0));
}
