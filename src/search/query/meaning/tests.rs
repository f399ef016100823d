use super::*;

fn read(query: &str) -> Meaning {
    let (abbreviations, question_words) = (Abbreviations::new(), QuestionWords::new());
    let reader = Reader { unit: Unit::Item, abbreviations: &abbreviations, question_words: &question_words };
    reader.read(query).expect(query)
}

fn fault(query: &str) -> u32 {
    let (abbreviations, question_words) = (Abbreviations::new(), QuestionWords::new());
    let reader = Reader { unit: Unit::Item, abbreviations: &abbreviations, question_words: &question_words };
    match reader.read(query) {
        Err(SearchError::Query { position, .. }) => position,
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn short_forms_are_spelt_out_and_told() {
    let meaning = read("nq 98 ubnd");
    let words: Vec<_> = meaning.runs[0].words.iter().map(|w| w.bare.as_str()).collect();
    assert_eq!(words, ["nghi", "quyet", "98", "uy", "ban", "nhan", "dan"]);
    let rewrites: Vec<_> = meaning.rewrites.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect();
    assert_eq!(rewrites, [("nq", "Nghị quyết"), ("ubnd", "Ủy ban nhân dân")]);
}

#[test]
fn marks_are_told_per_word() {
    let words = read("hội nghi 12").runs.remove(0).words;
    assert_eq!(
        words.iter().map(|w| (w.marked, w.plain)).collect::<Vec<_>>(),
        [(true, false), (false, true), (false, false)]
    );
}

#[test]
fn asking_words_are_optional_unless_alone() {
    let asks = |query: &str| read(query).runs[0].words.iter().map(|w| w.asks).collect::<Vec<_>>();
    assert_eq!(asks("ai chủ trì"), [true, false, false]);
    assert_eq!(asks("nhu the nao la dan chu"), [true, true, true, false, false, false]);
    assert_eq!(asks("như thế nào"), [false, false, false]);
    assert_eq!(asks("ứng dụng AI"), [false, false, false]);
    assert_eq!(asks("AI CHỦ TRÌ"), [true, false, false]);
}

#[test]
fn what_is_said_before_a_name_is_passed_over_and_told() {
    let meaning = read("bí thư đồng chí Lê Thị Hoà");
    let words: Vec<_> = meaning.runs[0].words.iter().map(|word| word.bare.as_str()).collect();
    assert_eq!(words, ["bi", "thu", "le", "thi", "hoa"]);
    assert_eq!(meaning.warnings, ["\"đồng chí\" before a name was passed over"]);
    let phrase = read("\"đồng chí Lê Thị Hoà\"");
    assert!(phrase.warnings.is_empty() && phrase.words().len() == 5, "a phrase is meant as it stands");
}

#[test]
fn fields_are_checked() {
    assert!(matches!(read("kind:directive").required[..], [Part::Filter(_)]));
    assert_eq!(fault("đ kind:nonsense"), 7);
    assert_eq!(read("knd:x").runs.len(), 1);
    assert_eq!(read("họp knd:x").warnings, ["\"knd\" is no field and was taken for a word; near: kind"]);
    for plain in ["\"knd:x\"", "lúc 7:30", "giờ:phút", "knd :x", "knd:", "xyzw:x"] {
        assert!(read(plain).warnings.iter().all(|told| !told.contains("no field")), "{plain}");
    }
}

#[test]
fn too_many_words_are_refused() {
    fault(&"a ".repeat(200));
    fault("a*");
}
