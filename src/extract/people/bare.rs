//! Offices without a body, "Bộ trưởng Lê An", "ông Lân, Phó tổng cục trưởng, nói": they are of the body of their kind that the report names, where it names only one.

use super::super::organizations::Named;
use super::lexicons::Lexicons;
use super::offices::Office;
use super::scan::Draft;
use crate::text::{Kind, Reading, fold};

/// Last words of titles, and the first words of the bodies they may be of; the first that fits decides.
const KINDS: [(&str, &[&str]); 12] = [
    // A branch office is none of its department's head.
    ("chi cục trưởng", &["Chi cục"]),
    ("bộ trưởng", &["Bộ"]),
    ("thứ trưởng", &["Bộ"]),
    ("tổng cục trưởng", &["Tổng cục"]),
    ("cục trưởng", &["Cục"]),
    ("vụ trưởng", &["Vụ"]),
    ("viện trưởng", &["Viện"]),
    ("hiệu trưởng", &["Trường", "Đại học", "Học viện"]),
    ("tổng giám đốc", COMPANIES),
    ("chủ tịch hđqt", COMPANIES),
    ("chủ tịch hội đồng quản trị", COMPANIES),
    ("giám đốc", &["Sở", "Trung tâm", "Bệnh viện", "Công an", "Công ty", "Tổng công ty", "Tập đoàn", "Ngân hàng"]),
];

const COMPANIES: &[&str] = &["Công ty", "Tổng công ty", "Tập đoàn", "Ngân hàng"];

/// Bodies of such a first word that nobody with such a title leads.
const OTHERS: [&str; 5] = ["Bộ Chính trị", "Bộ Tư lệnh", "Bộ Chỉ huy", "Bộ đội", "Bộ Tổng"];

pub(super) fn complete(reading: &Reading, lexicons: &Lexicons, bodies: &[String], people: &mut [Draft]) {
    let mut keys: Option<Vec<String>> = None;
    for draft in people {
        let known = lexicons.surnames.surname(reading, draft.name.start).is_some();
        for at in 0..draft.offices.len() {
            let office = &draft.offices[at];
            let bare =
                office.body.full.is_empty() && !office.of_state && !office.former && closes(reading, draft, office);
            let told =
                |title: &str| draft.offices.iter().any(|other| other.title_key == title && !other.body.full.is_empty());
            if !known || !bare || told(&office.title_key) {
                continue;
            }
            let Some((_, heads)) = KINDS.iter().find(|(last, _)| office.title_key.ends_with(&fold::spelling(last)))
            else {
                continue;
            };
            let keys = keys.get_or_insert_with(|| bodies.iter().map(|body| fold::spelling(body)).collect());
            if let Some(only) = only_of(keys, heads) {
                let full = bodies[only].clone();
                draft.offices[at].body = Named { written: full.clone(), full };
            }
        }
    }
}

/// True where nothing stands behind a title that might be a body's name after all: the holder's name, a sign or the end.
fn closes(reading: &Reading, draft: &Draft, office: &Office) -> bool {
    let Some(next) = reading.tokens.get(office.tokens.end) else { return true };
    match next.kind {
        Kind::Word(_) => draft.words.first() == Some(&next.key),
        Kind::Number => false,
        Kind::Sign(sign) => matches!(sign, ',' | '.' | ')' | ';' | ':' | '-' | '–'),
        Kind::Break => true,
    }
}

/// The one body that begins with one of these words; short forms of its name do not count beside it.
fn only_of(keys: &[String], heads: &[&str]) -> Option<usize> {
    let begins = |key: &str, head: &str| {
        key.strip_prefix(fold::spelling(head).as_str()).is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
    };
    let of_kind =
        |key: &&String| heads.iter().any(|head| begins(key, head)) && !OTHERS.iter().any(|other| begins(key, other));
    let longest = keys.iter().enumerate().filter(|(_, key)| of_kind(key)).max_by_key(|(_, key)| key.len())?;
    let same = keys.iter().filter(of_kind).all(|key| longest.1.starts_with(key.as_str()));
    same.then_some(longest.0)
}
