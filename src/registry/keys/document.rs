//! Legal and policy documents: kind, number, issuer, and the year where numbers begin anew each year.
//!
//! A number such as `19/KH-UBND`, `24-NQ/TW` or `98/2023/QH15` carries a serial number, sometimes a year, and a code that tells the
//! issuer. "Nghị quyết 98 của Quốc hội" and `98/2023/QH15` are one document; "Nghị quyết 98/NQ-HĐND" is another.

use super::{Jurisdiction, Naming};
use crate::model::{EntityId, EntityKind, ReferenceFact};
use crate::registry::setting::{Home, Setting};
use crate::text::{Typing, fold};

/// What a legal document is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// "nghị quyết", in spelling form.
    pub kind: String,
    /// Serial number, or the title in spelling form where it has no number.
    pub number: String,
    /// Who issued it: `qh`, `cp`, `ttg`, `tw`, or the key of the body; empty if nothing tells.
    pub issuer: String,
    /// The year, where numbers begin anew each year; or the report, where nothing else tells the document apart.
    pub scope: String,
}

/// A number taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentNumber {
    /// Digits without leading zeros.
    pub serial: String,
    /// Year, if the number has one.
    pub year: Option<i16>,
    /// The code behind it in capitals: "NQ-HĐND", "QH15", "KL/TW".
    pub code: String,
}

impl DocumentKey {
    /// The id of the document's entity.
    #[must_use]
    pub fn entity_id(&self) -> EntityId {
        EntityId::derive(EntityKind::LegalDocument.prefix(), &[&self.kind, &self.number, &self.issuer, &self.scope])
    }
}

impl DocumentNumber {
    /// Takes a number apart; `None` if it has no digits at its front.
    #[must_use]
    pub fn parse(number: &str) -> Option<Self> {
        let mut parts = fold::words(number);
        let mut first = parts.next()?;
        if fold::unaccented(first) == "so" {
            first = parts.next()?;
        }
        let digits = first.chars().take_while(char::is_ascii_digit).count();
        let serial = first[..digits].trim_start_matches('0');
        if digits == 0 || digits > 6 {
            return None;
        }
        let mut parsed = Self { serial: if serial.is_empty() { "0" } else { serial }.to_owned(), ..Self::default() };
        let tail = Some(&first[digits..]).filter(|tail| !tail.is_empty());
        for part in tail.into_iter().chain(parts) {
            match part.parse::<i16>() {
                Ok(year) if (1945..=2200).contains(&year) && parsed.year.is_none() => parsed.year = Some(year),
                _ => {
                    if !parsed.code.is_empty() {
                        parsed.code.push('-');
                    }
                    parsed.code.push_str(&part.to_uppercase());
                }
            }
        }
        Some(parsed)
    }

    /// The last part of the code, which names the issuer.
    fn issuer_code(&self) -> &str {
        self.code.rsplit('-').next().unwrap_or_default()
    }
}

/// Kinds of what the National Assembly makes, known by their names.
pub(in crate::registry) const LAWS: [&str; 4] = ["luật", "bộ luật", "pháp lệnh", "hiến pháp"];

/// Kinds of document in spelling form, by their short forms and what they may be typed as.
const KINDS: [(&str, &[&str]); 12] = [
    ("nghị quyết", &["nq", "nghi quyet"]),
    ("quyết định", &["qđ", "qd", "quyet dinh"]),
    ("nghị định", &["nđ", "nd", "nghi dinh"]),
    ("chỉ thị", &["ct", "chi thi"]),
    ("kế hoạch", &["kh", "ke hoach"]),
    ("kết luận", &["kl", "ket luan"]),
    ("thông tư", &["tt", "thong tu"]),
    ("thông báo", &["tb", "thong bao"]),
    ("công văn", &["cv", "cong van"]),
    ("hướng dẫn", &["hd", "huong dan"]),
    ("đề án", &["đa", "de an"]),
    ("luật", &["luat", "bộ luật", "bo luat"]),
];

/// Kinds of documents that every ministry and administration issues and numbers.
const NUMBERED_BY_MANY: [&str; 9] = [
    "quyết định",
    "thông tư",
    "thông tư liên tịch",
    "công văn",
    "thông báo",
    "kế hoạch",
    "hướng dẫn",
    "báo cáo",
    "công điện",
];

/// The kind of a document in spelling form, short forms spelt out.
fn kind(written: &str) -> String {
    let spelled = fold::spelling(written);
    let found = KINDS.iter().find(|(full, short)| {
        fold::spelling(full) == spelled
            || short.iter().any(|short| fold::spelling(short) == spelled || fold::unaccented(written) == *short)
    });
    found.map_or(spelled, |(full, _)| fold::spelling(full))
}

impl Naming {
    /// Reads what a report says of a document; `None` if it says no more than its kind and the report is not known either.
    #[must_use]
    pub fn document(&self, fact: &ReferenceFact, typing: Typing, setting: &Setting) -> DocumentKey {
        let kind = kind(&fact.kind);
        let report = || setting.report.as_ref().map_or_else(String::new, |id| format!("?{id}"));
        let number = fact.number.as_deref().and_then(DocumentNumber::parse);
        let said = fact.issuer.as_deref().map(|issuer| self.issuer(issuer, &kind, typing, setting));
        let Some(number) = number else {
            let mut title = fact.title.as_deref().map(fold::spelling).unwrap_or_default();
            let law = LAWS.iter().any(|law| kind == fold::spelling(law));
            if law && title.is_empty() {
                let text = fold::spelling(&fact.text);
                title = text.strip_prefix(&fold::spelling(&fact.kind)).unwrap_or(&text).trim().to_owned();
            }
            // Of laws there are many, of constitutions one at a time.
            let is_constitution = kind == fold::spelling("hiến pháp");
            // "Quyết định khởi tố vụ án" is what many decide, each in a matter of its own.
            let named =
                title.split(' ').count() >= 4 && !NUMBERED_BY_MANY.iter().any(|many| kind == fold::spelling(many));
            let tells = law && (is_constitution || !title.is_empty()) || named;
            let scope = if tells { String::new() } else { report() };
            let issuer = if law { "qh".to_owned() } else { said.unwrap_or_default() };
            let name = if title.is_empty() { fold::spelling(&fact.text) } else { title };
            return DocumentKey { kind, number: name, issuer, scope };
        };
        let issuer = self.coded_issuer(&number, &kind, setting).or(said).unwrap_or_else(|| usual_issuer(&kind));
        let scope = match issuer.as_str() {
            // Of the circulars and decisions that many issue under one number nothing tells which is meant.
            "" if NUMBERED_BY_MANY.iter().any(|many| kind == fold::spelling(many)) => report(),
            // Numbers of the National Assembly and of party centre run on over years, and reports never give the year.
            "qh" | "tw" | "" => String::new(),
            "cp" | "ttg" => year(&number, fact).map(|year| year.to_string()).unwrap_or_default(),
            _ => {
                let told = year(&number, fact);
                let reported = setting.as_of.and_then(|date| date.earliest()).map(jiff::civil::Date::year);
                told.or(reported).map_or_else(report, |year| year.to_string())
            }
        };
        DocumentKey { kind, number: number.serial, issuer, scope }
    }

    /// The issuer that a number's code names.
    fn coded_issuer(&self, number: &DocumentNumber, kind: &str, setting: &Setting) -> Option<String> {
        let code = number.issuer_code();
        let local = |core: &str, home| {
            let place = self.site_of_report(home, setting).map(|site| self.jurisdiction(&site));
            let place = place.unwrap_or_else(|| {
                Jurisdiction::Unknown(setting.report.as_ref().map_or_else(String::new, ToString::to_string))
            });
            format!("{}@{}", fold::unaccented(core), place.token())
        };
        Some(match code {
            "" => return None,
            "TW" | "TƯ" => "tw".to_owned(),
            "CP" => "cp".to_owned(),
            "TTG" => "ttg".to_owned(),
            _ if code.starts_with("QH") && code[2..].chars().all(|c| c.is_ascii_digit()) => "qh".to_owned(),
            "UBND" => local("ủy ban nhân dân", Home::Here),
            "HĐND" => local("hội đồng nhân dân", Home::Here),
            "TU" => local("cấp ủy", Home::Province),
            // A code that repeats the kind says nothing.
            _ if fold::unaccented(code) == initials(kind) => return None,
            other => format!("#{}", other.to_lowercase()),
        })
    }

    /// Who issued a document, by the words for it; empty where they name nobody known.
    pub(in crate::registry) fn issuer(&self, issuer: &str, kind: &str, typing: Typing, setting: &Setting) -> String {
        let by_prime_minister = ["quyết định", "chỉ thị", "công điện"].iter().any(|one| kind == fold::spelling(one));
        let bare = fold::unaccented(issuer);
        let has = |words: &str| bare.contains(words);
        if has("thu tuong") || (has("chinh phu") && by_prime_minister) {
            return "ttg".to_owned();
        }
        if has("chinh phu") && !has("thanh tra") && !has("van phong") {
            return "cp".to_owned();
        }
        if bare == "quoc hoi" || bare.starts_with("quoc hoi ") {
            return "qh".to_owned();
        }
        let party = ["bo chinh tri", "ban bi thu", "trung uong dang", "ban chap hanh trung uong"];
        if party.iter().any(|words| has(words)) || bare == "trung uong" || bare == "dang" {
            return "tw".to_owned();
        }
        self.organization(issuer, typing, setting).map_or_else(String::new, |body| {
            let core = body.key.core;
            format!("{core}@{}", body.key.jurisdiction.token())
        })
    }
}

/// Who issues documents of a kind that only one body issues.
fn usual_issuer(kind: &str) -> String {
    let is = |word: &str| kind == fold::spelling(word);
    if is("nghị định") {
        "cp".to_owned()
    } else if is("luật") || is("bộ luật") {
        "qh".to_owned()
    } else {
        String::new()
    }
}

fn year(number: &DocumentNumber, fact: &ReferenceFact) -> Option<i16> {
    let dated = fact.date.and_then(|dated| dated.date.earliest());
    number.year.or(dated.map(jiff::civil::Date::year))
}

fn initials(kind: &str) -> String {
    kind.split(' ').filter_map(|word| word.chars().next()).map(fold::bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ReportId;
    use crate::registry::site::Site;

    fn key(kind: &str, number: &str, issuer: Option<&str>) -> DocumentKey {
        let fact = ReferenceFact {
            kind: kind.to_owned(),
            number: Some(number.to_owned()),
            title: None,
            issuer: issuer.map(str::to_owned),
            date: None,
            text: format!("{kind} {number}"),
            spans: Vec::new(),
        };
        let naming = Naming::new();
        let setting = Setting {
            province: naming.gazetteer.by_code("P79").map(Site::Unit),
            as_of: "2023-07-15".parse().ok(),
            ..Setting::default()
        };
        naming.document(&fact, Typing::Edited, &setting)
    }

    #[test]
    fn one_document_has_one_key() {
        let assembly = key("Nghị quyết", "98", Some("Quốc hội"));
        assert_eq!(assembly, key("NQ", "98/2023/QH15", None));
        assert_ne!(assembly, key("Nghị quyết", "98/NQ-HĐND", None));
        assert_ne!(assembly, key("Nghị quyết", "98", None));
        assert_eq!(key("kết luận", "14", Some("Bộ Chính trị")), key("Kết luận", "14-KL/TW", None));
        assert_eq!(key("Kế hoạch", "19/KH-UBND", None), key("KH", "số 019/KH-UBND", Some("UBND TP.HCM")));
        assert_eq!(key("chỉ thị", "08/CT - TTg", None).issuer, "ttg");
        assert_eq!(key("quyết định", "397", Some("Thủ tướng Chính phủ")).issuer, "ttg");
    }

    #[test]
    fn circulars_and_decisions_without_issuer_stay_in_their_report() {
        let naming = Naming::new();
        let read = |kind: &str, number: Option<&str>, title: Option<&str>, report: &str| {
            let fact = ReferenceFact {
                kind: kind.to_owned(),
                number: number.map(str::to_owned),
                title: title.map(str::to_owned),
                issuer: None,
                date: None,
                text: kind.to_owned(),
                spans: Vec::new(),
            };
            let setting = Setting { report: ReportId::parse(report).ok(), ..Setting::default() };
            naming.document(&fact, Typing::Edited, &setting)
        };
        for (kind, number, title) in [
            ("Thông tư", Some("21"), None),
            ("quyết định", Some("24"), None),
            ("quyết định", None, Some("khởi tố vụ án hình sự")),
        ] {
            assert_ne!(read(kind, number, title, "a"), read(kind, number, title, "b"), "{kind}");
        }
        for (kind, number, title) in [
            ("Nghị định", Some("46/2016/NĐ-CP"), None),
            ("Nghị quyết", Some("29"), None),
            ("Đề án", None, Some("phát triển kinh tế biển xanh")),
        ] {
            assert_eq!(read(kind, number, title, "a"), read(kind, number, title, "b"), "{kind}");
        }
    }

    #[test]
    fn the_constitution_is_one_in_all_reports_and_a_law_without_name_is_not() {
        let naming = Naming::new();
        let bare = |kind: &str, report: &str| {
            let (kind, text, number) = (kind.to_owned(), kind.to_owned(), None);
            let fact = ReferenceFact { kind, number, title: None, issuer: None, date: None, text, spans: Vec::new() };
            let setting = Setting { report: ReportId::parse(report).ok(), ..Setting::default() };
            naming.document(&fact, Typing::Edited, &setting)
        };
        assert_eq!(bare("Hiến pháp", "a"), bare("hiến pháp", "b"));
        assert_ne!(bare("Luật", "a"), bare("Luật", "b"));
    }

    #[test]
    fn numbers_are_taken_apart() {
        let parse = |text: &str| DocumentNumber::parse(text).map(|n| (n.serial, n.year, n.code));
        let of = |serial: &str, year, code: &str| Some((serial.to_owned(), year, code.to_owned()));
        assert_eq!(parse("68/2000/NĐ-CP"), of("68", Some(2000), "NĐ-CP"));
        assert_eq!(parse("357 - KH/ĐU"), of("357", None, "KH-ĐU"));
        assert_eq!(parse("03"), of("3", None, ""));
        assert_eq!(parse("không số"), None);
        assert_eq!(parse("9999999999999"), None);
    }
}
