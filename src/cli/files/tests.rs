use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use super::*;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    folder
}

fn read(path: PathBuf) -> Vec<Found> {
    plan(&[path]).read().collect()
}

fn texts(found: &[Found]) -> Vec<&str> {
    found.iter().map(|found| found.as_ref().map_or("fault", |found| found.report.text.as_str())).collect()
}

#[test]
fn a_folder_is_read_by_its_index() {
    let index = r#"[{"report_id": "r1", "file": "b.txt", "publisher": "Báo Mẫu", "publish_date": "2024-05"},
                    {"file": "../b.txt"}, {"file": "gone.txt"}]"#;
    let folder = folder(&[("index.json", index.as_bytes()), ("a.txt", b"a"), ("b.txt", "Họp".as_bytes())]);
    let plan = plan(&[folder.path().to_owned()]);
    assert_eq!(plan.count(), Some(3));
    let found: Vec<_> = plan.read().collect();
    assert_eq!(texts(&found), ["Họp", "fault", "fault"]);
    let report = &found[0].as_ref().expect("read").report;
    assert_eq!((report.id.as_str(), report.publisher.as_str()), ("r1", "Báo Mẫu"));
    assert_eq!((report.publish_date.as_str(), report.url.as_str()), ("2024-05", ""));
}

#[test]
fn a_folder_without_index_is_read_in_order_of_name() {
    let folder = folder(&[
        ("z.txt", b"last"),
        ("a.html", b"<p>first"),
        ("m/n.jsonl", b"{\"body\": \"one\"}\n\n{\"text\": \"two\"}\n"),
        ("notes.md", b"no report"),
        ("o.json", br#"[{"text": "three", "reportId": "y", "publishDate": "2024"}, {"text": "four", "id": "x"}]"#),
    ]);
    let found = read(folder.path().to_owned());
    assert_eq!(texts(&found), ["<p>first", "one", "two", "three", "four", "last"]);
    let three = &found[3].as_ref().expect("read").report;
    assert_eq!((three.id.as_str(), three.publish_date.as_str()), ("y", "2024"));
    assert_eq!(found[4].as_ref().expect("read").report.id, "x");
    assert!(found[2].as_ref().expect("read").place.ends_with("n.jsonl:3"));
}

#[test]
fn faults_stand_where_the_reports_would() {
    let folder = folder(&[
        ("bad.txt", &[b'a', 0xff]),
        ("bad.jsonl", b"{\"text\": \"one\"}\n{\"txt\": \"two\"}\nthree\n{\"text\": \"four\"}"),
        ("good.txt", b"\xef\xbb\xbfgood"),
    ]);
    let found = read(folder.path().to_owned());
    assert_eq!(texts(&found), ["one", "fault", "fault", "four", "fault", "good"]);
    let fault = found[4].as_ref().expect_err("not UTF-8").to_string();
    assert!(fault.ends_with("bad.txt: is not UTF-8: the first byte that does not belong is at 1"), "{fault}");
}

#[test]
fn a_file_that_is_not_there_is_a_fault() {
    let found = read(PathBuf::from("no/such/file"));
    assert!(found.len() == 1 && found[0].is_err());
}

#[test]
fn standard_input_is_objects_or_one_text() {
    let objects: Vec<_> = standard_input(Cursor::new("\n{\"text\": \"one\"}\n{\"text\": \"two\"}\n")).collect();
    assert_eq!(texts(&objects), ["one", "two"]);
    let text: Vec<_> = standard_input(Cursor::new("Sáng 5-8,\nhọp.\n")).collect();
    assert_eq!(texts(&text), ["Sáng 5-8,\nhọp.\n"]);
}

#[test]
fn the_samples_can_all_be_read() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    let found = read(samples);
    assert!(found.len() >= 20 && found.iter().all(Result::is_ok));
}
