//! What the words of a query may mean: `[honorific] [title [body] …] [name]`, a body, a place, or a document with its number.

use super::context::QueryContext;
use super::index::{IndexKey, name_key};
use crate::model::{EntityId, ReferenceFact};
use crate::registry::gazetteer::Found;
use crate::registry::keys::{DocumentKey, DocumentNumber, Naming, Organization, PlaceKey, country, trimmed};
use crate::registry::offices::Rank;
use crate::registry::setting::Setting;
use crate::registry::site::Site;
use crate::registry::words::{self, Word, starts_with};
use crate::text::{Document, Typing, fold};

/// Longest query that is read; more is cut off.
const LONGEST: usize = 300;

/// What the words of a query may mean. Several readings may stand side by side; ranking weighs them.
#[derive(Debug, Clone)]
pub struct QueryReading {
    /// The words after normalisation, short forms spelt out.
    pub normalized: String,
    /// What each part was taken for, in English.
    pub readings: Vec<String>,
    /// A person's name.
    pub name: Option<NameReading>,
    /// Offices.
    pub offices: Vec<OfficeReading>,
    /// A body.
    pub organization: Option<Organization>,
    /// Entities of the units that a place name may mean.
    pub units: Vec<EntityId>,
    /// A legal document.
    pub document: Option<DocumentReading>,
    /// Key of the whole as a name.
    pub whole: IndexKey,
    /// The whole as typed, normalised.
    pub text: String,
    /// True if the words carry marks, which are then held to.
    pub has_marks: bool,
    /// People of the context report, where the words may mean one of them.
    pub context_people: Vec<EntityId>,
}

/// A person's name as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// The name without honorific.
    pub text: String,
    /// True if it begins with a family name and has a given name.
    pub is_full: bool,
    /// True if it has as many words as a full name: the family name may be written wrong.
    pub may_be_full: bool,
}

/// An office as typed.
#[derive(Debug, Clone)]
pub struct OfficeReading {
    /// Titles it may be, as they are shown; several for "the head of".
    pub titles: Vec<String>,
    /// How the title stands to others of its body.
    pub rank: Rank,
    /// The body, where named or implied.
    pub organization: Option<Organization>,
    /// The body's words, short forms spelt out; empty where only implied.
    pub written: String,
    /// "nguyên", "cựu".
    pub former: bool,
}

/// A legal document as typed.
#[derive(Debug, Clone)]
pub struct DocumentReading {
    /// What it would be known by.
    pub key: DocumentKey,
    /// Its number taken apart.
    pub number: DocumentNumber,
    /// True if the words tell the issuer.
    pub has_issuer: bool,
}

const HONORIFICS: [&str; 36] = [
    "đồng chí",
    "đ c",
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "ngài",
    "giáo sư",
    "phó giáo sư",
    "tiến sĩ",
    "thạc sĩ",
    "luật sư",
    "bác sĩ",
    "kỹ sư",
    "kiến trúc sư",
    "nhà báo",
    "đại tướng",
    "thượng tướng",
    "trung tướng",
    "thiếu tướng",
    "đại tá",
    "thượng tá",
    "trung tá",
    "thiếu tá",
    "đại úy",
    "gs",
    "ts",
    "pgs",
    "ths",
    "bs",
    "vị",
    "đ chí",
    "cụ",
];

const FORMER: [&str; 3] = ["nguyên", "cựu", "cố"];
const ACTING: [&str; 2] = ["quyền", "q"];
const HEAD_OF: [&str; 4] = ["người đứng đầu", "lãnh đạo cao nhất", "thủ trưởng", "người lãnh đạo"];

impl Naming {
    /// Reads a query. Never fails: words that mean nothing known give a reading without parts.
    #[must_use]
    pub fn read_query(&self, text: &str, context: &QueryContext) -> QueryReading {
        let cut: String = text.chars().take(LONGEST).collect();
        let text = Document::new(&cut).text().split_whitespace().collect::<Vec<_>>().join(" ");
        let setting = context.dated_setting();
        let words = self.split(&text, Typing::Hasty);
        let mut reading = QueryReading {
            normalized: words::text(&words),
            readings: Vec::new(),
            name: None,
            offices: Vec::new(),
            organization: None,
            units: Vec::new(),
            document: None,
            whole: name_key(&text, self, Typing::Hasty),
            has_marks: fold::has_marks(&text),
            context_people: Vec::new(),
            text,
        };
        if words.is_empty() {
            return reading;
        }
        reading.document = self.read_document(&reading.text, &words, &setting);
        if let Some(document) = &reading.document {
            reading.readings.push(format!("document number {}", document.number.serial));
            return reading;
        }
        self.read_person(&words, &setting, &mut reading);
        if reading.offices.is_empty() {
            self.read_body_or_place(&words, &setting, &mut reading);
        }
        if reading.name.is_some() || !reading.offices.is_empty() {
            reading.context_people = context.people.iter().map(|person| person.id.clone()).collect();
        }
        reading
    }

    fn read_body_or_place(&self, words: &[Word], setting: &Setting, reading: &mut QueryReading) {
        if self.begins_organization(words).is_some() {
            let body = self.organization_of(&trimmed(words.to_vec()), setting);
            if let Some(body) = body {
                reading.readings.push(format!("organization, at {}", body.key.jurisdiction.token()));
                reading.organization = Some(body);
            }
        }
        let sites: Vec<Site> = match self.gazetteer.find(&words::text(words), setting.scope()) {
            Found::One(unit) => vec![Site::Unit(unit)],
            Found::Several(units) => units.into_iter().map(Site::Unit).collect(),
            Found::None => match self.place_of(words, setting).map(|place| place.key) {
                Some(PlaceKey::Site(site)) => vec![site],
                _ => Vec::new(),
            },
        };
        reading.units = sites.iter().map(|site| self.site_id(site)).collect();
        if !sites.is_empty() {
            reading.readings.push(format!("place, {} units of that name", sites.len()));
        }
    }

    /// Reads honorifics, offices and a name.
    fn read_person(&self, words: &[Word], setting: &Setting, reading: &mut QueryReading) {
        let mut rest = words;
        let mut honorific = false;
        loop {
            let honor = longest(rest, &HONORIFICS).filter(|size| *size < rest.len());
            // "ba ria", "co to" without marks: an honorific only where what follows is no place with it.
            let Some(size) = honor.filter(|_| self.chain_of(rest).is_none()) else { break };
            reading.readings.push(format!("honorific \"{}\"", words::text(&rest[..size])));
            honorific = true;
            rest = &rest[size..];
        }
        while let Some(used) = self.read_office(rest, setting, true, reading) {
            rest = &rest[used..];
        }
        if let Some(size) = longest(rest, &HONORIFICS).filter(|size| *size < rest.len() && !reading.offices.is_empty())
        {
            honorific = true;
            rest = &rest[size..];
        }
        if rest.is_empty() || rest.len() > 6 {
            return;
        }
        let text = words::text(rest);
        let is_full = rest.len() > 1 && self.is_family_name(&rest[0]);
        let plausible = is_full || honorific || !reading.offices.is_empty() || rest.len() <= 4;
        let is_body = reading.offices.is_empty()
            && !honorific
            && self.begins_organization(rest).is_some_and(|head| head.size > 1);
        if plausible && !is_body {
            reading.readings.push(format!("{} \"{text}\"", if is_full { "name" } else { "given name" }));
            reading.name = Some(NameReading { text, is_full, may_be_full: (2..=5).contains(&rest.len()) });
        }
    }

    /// Reads words that are one office or several and nothing else.
    pub(super) fn read_offices(&self, text: &str, context: &QueryContext) -> Vec<OfficeReading> {
        let cut: String = text.chars().take(LONGEST).collect();
        let words = self.split(Document::new(&cut).text(), Typing::Hasty);
        let mut reading = self.read_query("", context);
        let (setting, mut rest) = (context.dated_setting(), words.as_slice());
        while let Some(used) = self.read_office(rest, &setting, false, &mut reading) {
            rest = &rest[used..];
        }
        reading.offices
    }

    /// Reads one office at the front of the words: how many words it takes; `None` if there is none. Where no name may follow, all words
    /// up to a comma are of the office.
    fn read_office(
        &self,
        words: &[Word],
        setting: &Setting,
        name_may_follow: bool,
        reading: &mut QueryReading,
    ) -> Option<usize> {
        let former = longest(words, &FORMER).filter(|size| *size < words.len());
        let acting = longest(&words[former.unwrap_or(0)..], &ACTING);
        let skip = former.unwrap_or(0) + acting.unwrap_or(0);
        let rest = words.get(skip..).filter(|rest| !rest.is_empty())?;
        let (size, mut titles, rank, named) = match self.titles.at(rest) {
            Some((size, title)) => (size, vec![title.name.clone()], title.rank, Some(title.clone())),
            None => (longest(rest, &HEAD_OF)?, Vec::new(), Rank::Head, None),
        };
        let body = &rest[size..];
        let end = body.iter().position(|word| word.apart).unwrap_or(body.len());
        let lead = named.as_ref().map_or("", |title| self.missing_head(&title.name, &body[..end]));
        let implied = named.as_ref().is_some_and(|title| title.body.is_some());
        let taken = if name_may_follow { self.body_words(lead, &body[..end], implied) } else { end };
        let written = words::text(&body[..taken]);
        let written = if taken > 0 { format!("{lead}{written}") } else { written };
        let title = named.as_ref().map_or_else(String::new, |title| title.name.clone());
        let office = self.office(&title, &written, Typing::Hasty, setting);
        let organization = office.organization;
        if titles.is_empty() {
            titles = self.titles.heads().into_iter().map(str::to_owned).collect();
        } else {
            titles = vec![office.title];
        }
        let at =
            organization.as_ref().map_or_else(String::new, |body| format!(" of {}", body.key.jurisdiction.token()));
        reading.readings.push(match &named {
            Some(title) => format!("office \"{}\" {written:?}{at}", title.name),
            None => format!("head of {written:?}{at}"),
        });
        reading.offices.push(OfficeReading { titles, rank, organization, written, former: former.is_some() });
        Some(skip + size + taken)
    }

    /// How many of the words behind a title are its body; the rest is a name. `lead` is a word of the body that stands in the title.
    fn body_words(&self, lead: &str, words: &[Word], implied: bool) -> usize {
        if words.is_empty() {
            return 0;
        }
        let mut whole = self.split(lead, Typing::Edited);
        let lead = whole.len();
        whole.extend_from_slice(words);
        let head = self.begins_organization(&whole).map(|head| head.size).filter(|size| *size > lead);
        let from = head.unwrap_or(lead);
        if (from..whole.len()).any(|at| self.chain_of(&whole[at..]).is_some() || country(&whole[at..]).is_some()) {
            return words.len();
        }
        let names: Vec<usize> = (from..whole.len()).filter(|at| self.may_be_name(&whole[*at..])).collect();
        // "UBND TP Hồ Chí Minh Lê Văn A": the last name behind a whole place, else the first that may be one.
        let behind_place = |at: &usize| (from..*at).any(|start| self.chain_of(&whole[start..*at]).is_some());
        let name_at = names.iter().rev().find(|at| behind_place(at)).or(names.first()).copied();
        match (name_at, head) {
            (Some(at), _) => at - lead,
            // "Bí thư Nên", "Phó Thủ tướng Quang": one word that begins no body is a given name.
            (None, None) if words.len() == 1 || implied => 0,
            (None, _) => words.len(),
        }
    }

    /// True if words may be a whole name: two to five, first a family name; where capitals are typed, all with capitals.
    fn may_be_name(&self, words: &[Word]) -> bool {
        const COMMON: f64 = 0.005;
        if !(2..=5).contains(&words.len()) || !self.is_family_name(&words[0]) {
            return false;
        }
        let capital = |word: &Word| word.text.starts_with(char::is_uppercase);
        words.iter().all(capital) || (!words.iter().any(capital) && self.surname_share(&words[0].bare) >= COMMON)
    }

    /// The word of the body that the title has taken: "Trưởng Ban | Tổ chức Trung ương" is of the "Ban Tổ chức Trung ương".
    fn missing_head(&self, title: &str, body: &[Word]) -> &'static str {
        let title = fold::unaccented(title);
        let own = [("ban", "Ban "), ("phong", "Phòng "), ("cong an", "Công an "), ("doan", "Đoàn "), ("khoa", "Khoa ")];
        if title.ends_with("van phong") {
            return "Văn phòng ";
        }
        if ["bo truong", "thu truong"].contains(&title.as_str()) {
            return if body.first().is_some_and(|word| word.is("Bộ")) { "" } else { "Bộ " };
        }
        own.into_iter().find(|(end, _)| title.ends_with(end)).map_or("", |(_, head)| head)
    }

    fn read_document(&self, text: &str, words: &[Word], setting: &Setting) -> Option<DocumentReading> {
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let before = words.iter().position(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))?;
        let mut kind = words::text(&words[..before]);
        for filler in [" số", " so"] {
            kind = kind.strip_suffix(filler).unwrap_or(&kind).to_owned();
        }
        let mut parts = text[digit..].split(' ');
        let mut written = parts.next()?.trim_end_matches([',', '.', ';']).to_owned();
        let mut rest: Vec<&str> = parts.collect();
        // "19 KL/TW", "98 NQ-HĐND": the code behind a space.
        if rest.first().is_some_and(|next| {
            next.contains('/') || (next.contains('-') && !next.starts_with(|c: char| c.is_ascii_digit()))
        }) {
            written = format!("{written} {}", rest.remove(0));
        }
        let number = DocumentNumber::parse(&written)?;
        let spelled = kind_of(&kind, words, &number)?;
        let issuer: Vec<&str> =
            rest.into_iter().filter(|word| !["của", "cua", "do"].contains(&word.to_lowercase().as_str())).collect();
        let year = issuer.iter().find_map(|word| word.parse::<i16>().ok()).filter(|year| (1945..=2200).contains(year));
        let issuer: String = issuer
            .into_iter()
            .filter(|word| word.parse::<i16>().is_err() && fold::unaccented(word) != "nam")
            .collect::<Vec<_>>()
            .join(" ");
        let dated = year.and_then(crate::model::Edtf::year).map(|date| crate::model::DatedFact {
            date,
            basis: crate::model::Basis::Stated,
            span: None,
        });
        let fact = ReferenceFact {
            kind: spelled,
            number: Some(written),
            title: None,
            issuer: (!issuer.is_empty()).then_some(issuer),
            date: dated,
            text: text.to_owned(),
            spans: Vec::new(),
        };
        let key = self.document(&fact, Typing::Hasty, setting);
        let has_issuer = !key.issuer.is_empty();
        Some(DocumentReading { key, number, has_issuer })
    }
}

/// The kind of a document from the words before its number, or from the code behind it.
fn kind_of(written: &str, words: &[Word], number: &DocumentNumber) -> Option<String> {
    const KINDS: [&str; 13] = [
        "nghị quyết",
        "quyết định",
        "nghị định",
        "chỉ thị",
        "kế hoạch",
        "kết luận",
        "thông tư",
        "thông báo",
        "công văn",
        "hướng dẫn",
        "quy định",
        "chương trình",
        "đề án",
    ];
    if !written.is_empty() {
        return KINDS
            .into_iter()
            .find(|kind| starts_with(words, kind) && fold::unaccented(kind) == fold::unaccented(written))
            .map(str::to_owned);
    }
    let code = number.code.split('-').next()?;
    let initials =
        |kind: &str| kind.split(' ').filter_map(|word| word.chars().next()).map(fold::bare).collect::<String>();
    let wanted = fold::unaccented(code);
    KINDS.into_iter().find(|kind| !wanted.is_empty() && initials(kind) == wanted).map(str::to_owned)
}

/// Number of words of the longest phrase that the words begin with.
fn longest(words: &[Word], phrases: &[&str]) -> Option<usize> {
    let fits = phrases.iter().filter(|phrase| starts_with(words, phrase));
    fits.map(|phrase| phrase.split(' ').count()).max()
}
