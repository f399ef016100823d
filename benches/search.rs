//! What a search costs in process: finding, and cutting snippets, each beside tantivy's own way on the same texts. Compare the times of
//! one run; they mean nothing across machines. `tests/load` measures the same through the server and on real reports.

use std::hint::black_box;

use bienban::model::{Meeting, MeetingId, ReportId, Revision, Timestamp};
use bienban::search::{Index, MeetingDocument, ReportText, SearchRequest, Searcher};
use criterion::{Criterion, criterion_group, criterion_main};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT};
use tantivy::snippet::SnippetGenerator;
use tantivy::{TantivyDocument, doc};

/// Number of texts.
const TEXTS: usize = 5000;
/// Sentences of a text, about the length of a newspaper's report.
const SENTENCES: usize = 40;
/// Length of snippets in code points.
const LENGTH: u32 = 200;

const OPENINGS: [&str; 6] = [
    "Sáng nay phường",
    "Lãnh đạo thành phố",
    "Đại biểu các khu phố",
    "Ủy ban nhân dân xã",
    "Ban Thường vụ quận ủy",
    "Đoàn công tác của tỉnh",
];
const ACTS: [&str; 7] = [
    "đã bàn về",
    "yêu cầu đẩy nhanh",
    "đánh giá kết quả",
    "giao các đơn vị lo",
    "cam kết hoàn thành",
    "đề nghị làm rõ",
    "thống nhất chủ trương",
];
const SUBJECTS: [&str; 11] = [
    "giải ngân vốn đầu tư công",
    "chuyển đổi số trong cơ quan",
    "cải cách thủ tục hành chính",
    "chống ngập tại các tuyến hẻm",
    "xây dựng trường học mới",
    "bồi thường và tái định cư",
    "vệ sinh môi trường chợ",
    "chăm lo hộ nghèo dịp Tết",
    "phòng cháy chữa cháy",
    "quản lý trật tự lòng đường",
    "thu ngân sách quý ba",
];

/// Queries, the frequent and the rare.
const QUERIES: [&str; 4] = ["giải ngân", "tái định cư", "khu 4321", "chuyển đổi số quận"];

/// A text that differs from all others.
fn text(number: usize) -> String {
    let sentence = |at: usize| {
        let mixed = number.wrapping_mul(2_654_435_761).wrapping_add(at.wrapping_mul(40_503)) >> 4;
        let (opening, act) = (OPENINGS[mixed % OPENINGS.len()], ACTS[mixed / 7 % ACTS.len()]);
        format!("{opening} {act} {} tại khu {}. ", SUBJECTS[mixed / 61 % SUBJECTS.len()], mixed % 9000)
    };
    (0..SENTENCES).map(sentence).collect()
}

fn meeting(number: usize) -> Meeting {
    Meeting {
        id: MeetingId::parse(&format!("m{number}")).expect("an id"),
        title: format!("Họp lần {number}"),
        kind: None,
        date: None,
        part_of_day: None,
        session_number: None,
        extended: false,
        term: None,
        convener: None,
        venue: None,
        reports: Vec::new(),
        participants: Vec::new(),
        items: Vec::new(),
        figures: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
        revision: Revision(1),
        create_time: Timestamp(0),
        update_time: Timestamp(0),
    }
}

fn ours(texts: &[String]) -> Searcher {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer(64 << 20).expect("a writer");
    let report = ReportId::derive(None, "x");
    for (number, text) in texts.iter().enumerate() {
        let texts = [ReportText { report: &report, publisher: None, text }];
        let document = MeetingDocument { meeting: &meeting(number), texts: &texts, names: &[] };
        writer.put_meeting(&document).expect("written");
    }
    writer.commit("").expect("committed");
    index.reload().expect("reloaded");
    index.searcher().expect("a searcher")
}

struct Raw {
    searcher: tantivy::Searcher,
    parser: QueryParser,
    body: Field,
}

impl Raw {
    fn new(texts: &[String]) -> Self {
        let mut schema = Schema::builder();
        let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT | STORED));
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 64 << 20).expect("a writer");
        for (number, text) in texts.iter().enumerate() {
            writer.add_document(doc!(title => format!("Họp lần {number}"), body => text.as_str())).expect("added");
        }
        writer.commit().expect("committed");
        let mut parser = QueryParser::for_index(&index, vec![title, body]);
        parser.set_conjunction_by_default();
        Self { searcher: index.reader().expect("a reader").searcher(), parser, body }
    }
}

fn search(criterion: &mut Criterion) {
    let texts: Vec<String> = (0..TEXTS).map(text).collect();
    let (ours, raw) = (ours(&texts), Raw::new(&texts));
    let mut group = criterion.benchmark_group("search");
    for query in QUERIES {
        let parsed = raw.parser.parse_query(query).expect("words");
        group.bench_function(format!("tantivy, ten best and total: {query}"), |bencher| {
            let collector = (Count, TopDocs::with_limit(10).order_by_score());
            bencher.iter(|| raw.searcher.search(&parsed, &collector).expect("found"));
        });
        group.bench_function(format!("ten best, tiers and total: {query}"), |bencher| {
            let request = SearchRequest { query, ..SearchRequest::default() };
            bencher.iter(|| ours.meetings(black_box(&request)).expect("found"));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("ten snippets");
    for query in QUERIES {
        let parsed = raw.parser.parse_query(query).expect("words");
        let top = raw.searcher.search(&parsed, &TopDocs::with_limit(10).order_by_score()).expect("found");
        group.bench_function(format!("tantivy: {query}"), |bencher| {
            bencher.iter(|| {
                let generator = SnippetGenerator::create(&raw.searcher, &parsed, raw.body).expect("a generator");
                let document = |address| raw.searcher.doc::<TantivyDocument>(address).expect("stored");
                top.iter().map(|(_, at)| generator.snippet_from_doc(&document(*at)).fragment().len()).sum::<usize>()
            });
        });
        let results = ours.meetings(&SearchRequest { query, ..SearchRequest::default() }).expect("found");
        group.bench_function(format!("one pass: {query}"), |bencher| {
            let highlighter = &results.highlighter;
            let cut = |text: &String| highlighter.highlight(text, LENGTH).snippet.len();
            bencher.iter(|| texts.iter().take(10).map(cut).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
