//! Offices without a body, "Bộ trưởng Lê An", "ông Lân, Phó tổng cục trưởng, nói": they are of the body that the report names with the same
//! title elsewhere, "Phó Chủ tịch Quốc hội", or of the body of their kind, where it names only one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Found;
use super::super::organizations::{Named, Organizations};
use super::lexicons::Lexicons;
use super::offices::Office;
use super::scan::{Draft, Scan, Who};
use crate::text::{Kind, Reading, fold};

/// Last words of titles, and the first words of the bodies they may be of; the first that fits decides.
const KINDS: [(&str, &[&str]); 17] = [
    ("bí thư", PARTY),
    ("bí thư thường trực", PARTY),
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
    ("trưởng ban", &["Ban"]),
    ("chủ tịch hđqt", COMPANIES),
    ("chủ tịch hội đồng quản trị", COMPANIES),
    ("chủ tịch hđtv", COMPANIES),
    ("chủ tịch hội đồng thành viên", COMPANIES),
    ("giám đốc", &["Sở", "Trung tâm", "Bệnh viện", "Công an", "Công ty", "Tổng công ty", "Tập đoàn", "Ngân hàng"]),
];

const PARTY: &[&str] = &[
    "Tỉnh ủy",
    "Thành ủy",
    "Quận ủy",
    "Huyện ủy",
    "Thị ủy",
    "Đảng ủy",
    "Chi bộ",
    "Thành đoàn",
    "Tỉnh đoàn",
    "Trung ương Đoàn",
    "Đoàn Thanh niên",
];
const COMPANIES: &[&str] = &["Công ty", "Tổng công ty", "Tập đoàn", "Ngân hàng"];

/// Bodies of such a first word that nobody with such a title leads.
const OTHERS: [&str; 13] = [
    "Đảng ủy Công an",
    "Đảng ủy Quân",
    "Đảng ủy Khối",
    "Bộ môn",
    "Bộ Chính trị",
    "Bộ Tư lệnh",
    "Bộ Chỉ huy",
    "Bộ đội",
    "Bộ Tổng",
    "Ban Thường vụ",
    "Ban Chấp hành",
    "Ban Bí thư",
    "Ban Cán sự",
];

pub(super) fn complete(reading: &Reading, lexicons: &Lexicons, bodies: &Organizations, scan: &mut Scan) {
    let mut keys: Option<Vec<String>> = None;
    let mut elsewhere: Option<Elsewhere> = None;
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (person, draft) in scan.people.iter().enumerate() {
        let known = lexicons.surnames.surname(reading, draft.name.start).is_some();
        for (at, office) in draft.offices.iter().enumerate() {
            let bare =
                office.body.full.is_empty() && !office.of_state && !office.former && closes(reading, draft, office);
            let told =
                |title: &str| draft.offices.iter().any(|other| other.title_key == title && !other.body.full.is_empty());
            if !known || !bare || told(&office.title_key) {
                continue;
            }
            let same = elsewhere.get_or_insert_with(|| Elsewhere::new(scan)).body(&office.title_key, person).cloned();
            // Who else leads a body with this title.
            let led = |body: &String| {
                let others = scan.people.iter().enumerate().filter(|(other, _)| *other != person);
                others.flat_map(|(_, other)| &other.offices).any(|other| {
                    other.title_key == office.title_key
                        && !other.former
                        && other.body.full == *body
                        && !is_deputy(office)
                })
            };
            let body = beside_chief(reading, scan, person, office).or(same).or_else(|| {
                let (_, heads) = KINDS.iter().find(|(last, _)| office.title_key.ends_with(&fold::spelling(last)))?;
                let keys = keys.get_or_insert_with(|| bodies.names.iter().map(|body| fold::spelling(body)).collect());
                let level = || party_of(&draft.offices, &bodies.names);
                let party = || (*heads == PARTY).then(level).flatten();
                let body = only_of(keys, heads)
                    .or_else(party)
                    .or_else(|| usual(keys, heads, &bodies.mentions))
                    .or_else(|| host(reading, keys, heads, &bodies.mentions))?;
                Some(bodies.names[body].clone()).filter(|body| !led(body))
            });
            found.extend(body.map(|body| (person, at, body)));
        }
    }
    for (person, at, full) in found {
        scan.people[person].offices[at].body = Named { written: full.clone(), full };
    }
}

/// "Chủ tịch UBND xã Lê An và | Phó Chủ tịch | Hà Mơ": the body of the chief whose deputy is named right behind.
fn beside_chief(reading: &Reading, scan: &Scan, deputy: usize, office: &Office) -> Option<String> {
    let title = office.title_key.strip_prefix(&fold::spelling("Phó"))?.trim_start();
    let joins = |at: usize| matches!(reading.word(at), "và" | "cùng" | ",");
    let at = office.tokens.start.checked_sub(1).filter(|&at| joins(at))?;
    let chief = scan.mentions.iter().find_map(|mention| match mention.who {
        Who::Person(person) if mention.tokens.end == at && person != deputy => Some(person),
        _ => None,
    })?;
    let mut offices = scan.people.get(chief)?.offices.iter();
    offices
        .find(|held| held.title_key == title && !held.former && !held.body.full.is_empty())
        .map(|held| held.body.full.clone())
}

/// True for the office of a deputy, of whom a body has several.
fn is_deputy(office: &Office) -> bool {
    ["Phó", "Thứ"].iter().any(|first| office.title_key.starts_with(&fold::spelling(first)))
}

/// The bodies that the report names with each title.
struct Elsewhere {
    /// The only body of a title, who holds it if that is said; `None` where there are several.
    of: FxHashMap<String, Option<(String, Option<usize>)>>,
    /// What titles of deputies begin with.
    deputy: String,
}

impl Elsewhere {
    fn new(scan: &Scan) -> Self {
        let mut made = Self { of: FxHashMap::default(), deputy: fold::spelling("Phó") };
        for (person, draft) in scan.people.iter().enumerate() {
            draft.offices.iter().for_each(|office| made.add(office, Some(person)));
        }
        for mention in &scan.mentions {
            if let Who::Offices(offices) = &mention.who {
                offices.iter().for_each(|office| made.add(office, None));
            }
        }
        made
    }

    fn add(&mut self, office: &Office, holder: Option<usize>) {
        if office.body.full.is_empty() || office.of_state || !leads(&office.title_key) {
            return;
        }
        let full = &office.body.full;
        let known = self.of.entry(office.title_key.clone()).or_insert_with(|| Some((full.clone(), holder)));
        match known {
            Some((body, who)) if body == full => *who = who.or(holder),
            other => *other = None,
        }
    }

    /// The body of somebody's bare title. An office that one person holds is not also somebody else's.
    fn body(&self, title: &str, person: usize) -> Option<&String> {
        let (body, holder) = self.of.get(title)?.as_ref()?;
        let free = holder.is_none_or(|holder| holder == person) || title.starts_with(&self.deputy);
        free.then_some(body)
    }
}

/// True for titles of those who lead a body, and of their deputies.
fn leads(title: &str) -> bool {
    static LAST: LazyLock<[String; 6]> = LazyLock::new(|| {
        ["chủ tịch", "giám đốc", "bí thư", "chủ nhiệm", "trưởng ban", "văn phòng"].map(fold::spelling)
    });
    LAST.iter().any(|last| title.ends_with(last))
}

/// True where nothing stands behind a title that might be a body's name after all: the holder's name, a sign or the end.
fn closes(reading: &Reading, draft: &Draft, office: &Office) -> bool {
    let Some(next) = reading.tokens.get(office.tokens.end) else { return true };
    match next.kind {
        // "bà Mơ, Trưởng ban | làm trưởng đoàn".
        Kind::Word(_) => draft.words.first() == Some(&next.key) || reading.word(office.tokens.end) == "làm",
        Kind::Number => false,
        Kind::Sign(sign) => matches!(sign, ',' | '.' | ')' | ';' | ':' | '-' | '–'),
        Kind::Break => true,
    }
}

/// How often a body is named that a bare office is taken to be of, though the report names others of its kind.
const USUAL: usize = 3;

/// "Thứ trưởng Lê An" in a report on a meeting of the "Bộ Y tế" that others were at: the ministry named at least three times, and twice as often as
/// any other.
fn usual(keys: &[String], heads: &[&str], mentions: &[Found<usize>]) -> Option<usize> {
    if heads != ["Bộ"] {
        return None;
    }
    let mut count = vec![0; keys.len()];
    mentions.iter().for_each(|mention| count[mention.value] += 1);
    let mut named: Vec<(usize, usize)> =
        keys.iter().enumerate().filter(|(_, key)| is_of_kind(key, heads)).map(|(at, _)| (count[at], at)).collect();
    named.sort_unstable_by(|one, other| other.cmp(one));
    match named.as_slice() {
        [(most, body), (next, _), ..] if *most >= USUAL && *most >= 2 * next => Some(*body),
        _ => None,
    }
}

/// "Phó Bí thư, Chủ tịch UBND huyện": the party's committee of the level whose government the same person leads, where the report names but one.
fn party_of(offices: &[Office], names: &[String]) -> Option<usize> {
    const LEVELS: [(&str, [&str; 2]); 5] = [
        ("tỉnh", ["Tỉnh ủy", "Tỉnh uỷ"]),
        ("huyện", ["Huyện ủy", "Huyện uỷ"]),
        ("quận", ["Quận ủy", "Quận uỷ"]),
        ("thành phố", ["Thành ủy", "Thành uỷ"]),
        ("TP", ["Thành ủy", "Thành uỷ"]),
    ];
    let level = offices.iter().find_map(|office| {
        let (_, place) = office.body.full.split_once(' ').filter(|(head, _)| matches!(*head, "UBND" | "HĐND"))?;
        LEVELS.iter().find(|(unit, _)| place.starts_with(unit)).map(|(_, party)| party)
    })?;
    let mut named = names.iter().enumerate().filter(|(_, name)| level.iter().any(|party| name.starts_with(party)));
    named.next().filter(|_| named.next().is_none()).map(|(at, _)| at)
}

/// "Tổng Giám đốc Lê An" of a report that names several companies: the one that its first sentences name first.
fn host(reading: &Reading, keys: &[String], heads: &[&str], mentions: &[Found<usize>]) -> Option<usize> {
    const FIRST: usize = 3;
    if heads != COMPANIES {
        return None;
    }
    let end = reading.sentences.get(FIRST).map_or(reading.tokens.len(), |sentence| sentence.tokens.start);
    let first = mentions.iter().take_while(|mention| mention.tokens.start < end);
    first.map(|mention| mention.value).find(|&body| is_of_kind(&keys[body], heads))
}

/// True for a body that begins with one of these words and is led by such a title.
fn is_of_kind(key: &str, heads: &[&str]) -> bool {
    static SPELLED: LazyLock<[String; 13]> = LazyLock::new(|| OTHERS.map(fold::spelling));
    let begins = |head: &str| key.strip_prefix(head).is_some_and(|rest| rest.starts_with(' ') || rest.is_empty());
    heads.iter().any(|head| begins(&fold::spelling(head))) && !SPELLED.iter().any(|other| begins(other))
}

/// The one body that begins with one of these words; short forms of its name do not count beside it.
fn only_of(keys: &[String], heads: &[&str]) -> Option<usize> {
    let of_kind = |key: &&String| is_of_kind(key, heads);
    let longest = keys.iter().enumerate().filter(|(_, key)| of_kind(key)).max_by_key(|(_, key)| key.len())?;
    let same = keys.iter().filter(of_kind).all(|key| longest.1.starts_with(key.as_str()));
    same.then_some(longest.0)
}
