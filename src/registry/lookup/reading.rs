//! What the words of a query may mean: `[honorific] [title [body] …] [name]`, a body, a place, or a document with its number.

use super::context::QueryContext;
use super::gender::Gender;
use super::index::{IndexKey, words_key};
use crate::model::{EntityId, EntityKind};
use crate::registry::gazetteer::Found;
use crate::registry::keys::{
    DocumentKey, DocumentNumber, Family, Jurisdiction, Naming, Organization, PlaceKey, trimmed,
};
use crate::registry::offices::Rank;
use crate::registry::setting::Setting;
use crate::registry::site::{Site, is_cased, unit_word};
use crate::registry::words::{self, Word};
use crate::text::{Document, Typing, fold};

/// Longest query that is read; more is cut off.
pub(super) const LONGEST: usize = 300;
/// How many words a name may have of which nothing tells where it ends, the most usual first.
const LENGTHS: [usize; 3] = [3, 4, 2];
/// Most words of usual names.
const USUAL: usize = 4;

/// What the words of a query may mean. Several readings may stand side by side; ranking weighs them.
#[derive(Debug, Clone)]
pub struct QueryReading {
    /// The words after normalisation, short forms spelt out.
    pub normalized: String,
    /// What each part was taken for, in English.
    pub readings: Vec<String>,
    /// A person's name.
    pub name: Option<NameReading>,
    /// Where the person of the name is said to be from.
    pub from: Option<Site>,
    /// True if words behind the name mean nothing known.
    pub leaves_words: bool,
    /// A place that was typed behind a unit that does not lie in it, and had to be left out.
    pub left_out: Option<String>,
    /// Whom an honorific calls a man or a woman.
    pub gender: Option<Gender>,
    /// Offices.
    pub offices: Vec<OfficeReading>,
    /// A body.
    pub organization: Option<Organization>,
    /// Entities of the units that a place name may mean.
    pub units: Vec<EntityId>,
    /// Entities of the units that followed those of them that do not exist at the time spoken of.
    pub followers: Vec<EntityId>,
    /// A legal document.
    pub document: Option<DocumentReading>,
    /// Key of the whole as a name.
    pub whole: IndexKey,
    /// The whole as typed, normalised.
    pub text: String,
    /// The same cut into words.
    pub(super) words: Vec<Word>,
    /// True if the words carry marks, which are then held to.
    pub has_marks: bool,
    /// People of the context report, where the words may mean one of them.
    pub context_people: Vec<EntityId>,
}

/// What the last words of a query are taken for, where they may be either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// A name, if they look like one.
    MayBeName,
    /// The place of the body before them.
    IsPlace,
    /// That place, and a name of so many words behind it.
    PlaceAndName(usize),
    /// A name from one word up to another; nobody knows what the others are.
    NameAlone(usize, usize),
    /// The name of whoever holds the office before it, and no body: "giam doc | vu duc dam".
    IsName,
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
    /// Titles it may be, as they are shown; several for "the head of", none where a name stands beside a body alone ("Lê Văn A, Sở Y tế").
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

impl QueryReading {
    /// Notes a place that was typed and means nothing with what stands before it, and why; the first one counts.
    fn note_left_out(&mut self, place: Option<String>, why: &str) {
        let Some(place) = place.filter(|_| self.left_out.is_none()) else { return };
        self.readings.push(format!("\"{place}\" left out: {why}"));
        self.left_out = Some(place);
    }

    /// True if a name has more words than names usually have, or words as many as that mean nothing, or a body where a person is looked for.
    fn is_hardly_read(&self, context: &QueryContext) -> bool {
        let body = self.organization.is_some() || !self.units.is_empty();
        let nothing = match &self.name {
            Some(name) => fold::words(&name.text).count() > USUAL,
            None if body => context.kind == Some(EntityKind::Person),
            None => self.offices.is_empty() && self.document.is_none(),
        };
        nothing && self.words.len() > USUAL
    }
}

impl OfficeReading {
    /// True if it is at one body that is known by the words: whoever holds it is found under that.
    #[must_use]
    pub fn names_one_body(&self) -> bool {
        self.organization.as_ref().is_some_and(|body| !matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)))
    }
}

/// A legal document as typed.
#[derive(Debug, Clone)]
pub struct DocumentReading {
    /// What it would be known by.
    pub key: DocumentKey,
    /// Its number taken apart.
    pub number: DocumentNumber,
    /// The year that was typed, in the number or behind it.
    pub year: Option<i16>,
    /// Who issued it by the words behind the number, whatever its code says.
    pub said: Option<String>,
    /// True if the words tell the issuer.
    pub has_issuer: bool,
}

impl DocumentReading {
    /// True if its number was typed with a year or a code, as those who mean one document write it.
    pub(super) fn is_whole(&self) -> bool {
        let dated = self.key.scope.starts_with(|first: char| first.is_ascii_digit());
        self.has_issuer && (dated || self.number.year.is_some() || !self.number.code.is_empty())
    }
}

impl Naming {
    /// Reads a query. Never fails: words that mean nothing known give a reading without parts.
    #[must_use]
    pub fn read_query(&self, text: &str, context: &QueryContext) -> QueryReading {
        let (text, words) = self.words_of_query(text);
        self.read_words(text, words, context, Tail::MayBeName)
    }

    /// What [`QueryReading::whole`] is for a query, without the work of reading it.
    #[must_use]
    pub fn whole_key(&self, text: &str) -> IndexKey {
        words_key(&self.words_of_query(text).1)
    }

    fn words_of_query(&self, text: &str) -> (String, Vec<Word>) {
        let cut: String = text.chars().take(LONGEST).collect();
        let text = self.comma_behind_name(self.bracket_apart(plain(Document::new(&cut).text())));
        let words = self.spelt_out(self.split(&text, Typing::Hasty));
        (text, words)
    }

    /// Other ways to read a query. Where its last words were taken for a name: "Bí thư Thành ủy Bạch Giang", or "Bí thư Thành ủy Bạch Giang Lê
    /// Văn A", may name a city that only reports know. Where they were not, or nothing was understood: a name may stand at one end.
    #[must_use]
    pub fn read_query_again(&self, first: &QueryReading, context: &QueryContext) -> Vec<QueryReading> {
        let read = |tail| self.read_words(first.text.clone(), first.words.clone(), context, tail);
        let laws = self.laws_of_year(&first.words);
        if !laws.is_empty() {
            let text = || first.text.clone();
            let again = laws.into_iter().map(|(words, leaves_words)| {
                let reading = self.read_words(text(), words, context, Tail::MayBeName);
                QueryReading { leaves_words, ..reading }
            });
            return again.collect();
        }
        let again = self.read_office_again(first, &read);
        if !again.is_empty() || !first.is_hardly_read(context) {
            return again;
        }
        let names = self.names_within(&first.words);
        let readings: Vec<QueryReading> = names.into_iter().map(|(from, to)| read(Tail::NameAlone(from, to))).collect();
        // "Lê Văn A Bình Dương": where a name and a place are all there is, nothing was left over.
        if readings.iter().any(|reading| reading.from.is_some()) {
            return readings.into_iter().filter(|reading| reading.from.is_some()).collect();
        }
        readings
    }

    /// Other ways to read what stands behind a title.
    fn read_office_again(&self, first: &QueryReading, read: &impl Fn(Tail) -> QueryReading) -> Vec<QueryReading> {
        if first.offices.last().is_none_or(|office| office.titles.is_empty()) {
            return Vec::new();
        }
        // "pho thu tuong vu le khang": a name may begin like a body.
        let (_, titled) = first.words.split_at(self.titled(&first.words));
        let begins_body = self.begins_organization(titled).is_some_and(|head| head.size == 1);
        if begins_body && titled.len() <= USUAL && self.may_be_name(titled, is_cased(titled)) {
            return vec![read(Tail::IsName)];
        }
        let Some(name) = &first.name else {
            // "Giám đốc Công ty Kông Hde Lê Văn A": nothing tells where the body ends but a name behind it.
            let ends_in_place = (0..first.words.len()).any(|at| self.chain_of(&first.words[at..]).is_some());
            let mut sizes = if ends_in_place { Vec::new() } else { self.sizes_of_names_behind(titled) };
            // "Tổng thống Bolivia | Juan Quispe".
            let foreign =
                |size: &usize| titled.len() > *size && self.may_be_foreign_name(&titled[titled.len() - size..]);
            sizes.extend(LENGTHS.into_iter().filter(|size| !sizes.contains(size)).filter(foreign).collect::<Vec<_>>());
            let again = sizes.into_iter().map(|size| read(Tail::PlaceAndName(size)));
            return again.filter(|reading| reading.name.is_some()).collect();
        };
        // "Chủ tịch Lotusgroup": one word may be a body that is known by it.
        let own_name = |family: Family| matches!(family, Family::School | Family::Company);
        let known = |body: &Organization| {
            body.placed || body.key.jurisdiction == Jurisdiction::Anywhere || own_name(body.family)
        };
        let placed = |office: &OfficeReading| office.organization.as_ref().is_some_and(known);
        let name = self.split(&name.text, Typing::Hasty);
        let mut again = Vec::new();
        // Units have names of two words, or are known by them; behind one of them a name may stand.
        // And companies have names that people might bear: "Công ty | Thái Hoàng Sen".
        let of_company = |office: &OfficeReading| {
            let body = office.organization.as_ref().filter(|body| body.family == Family::Company);
            body.is_some_and(|body| matches!(body.key.jurisdiction, Jurisdiction::Unknown(_)))
        };
        if name.len() <= 2 || first.offices.last().is_some_and(of_company) {
            again.push(read(Tail::IsPlace));
            again.retain(|reading| reading.name.is_none());
        }
        // "UBND huyện Mai Sen | Hà Văn A": the place may end earlier or later than where the first name may begin.
        let sizes = self.sizes_of_names_behind(titled).into_iter().filter(|size| *size != name.len());
        again.extend(sizes.map(|size| read(Tail::PlaceAndName(size))));
        again.retain(|reading| reading.offices.iter().all(placed) && reading.name != first.name);
        again
    }

    /// How many words the names may have that some words end with, if anything stands before them.
    fn sizes_of_names_behind(&self, words: &[Word]) -> Vec<usize> {
        let cased = is_cased(words);
        let fits = |size: &usize| {
            words.len().checked_sub(*size).is_some_and(|at| at > 0 && self.may_be_name(&words[at..], cased))
        };
        LENGTHS.into_iter().filter(fits).collect()
    }

    /// Where names may stand before or behind words that mean nothing known: "Lê Văn A tổ trưởng tổ 9", "tổ trưởng tổ 9 Lê Văn A".
    fn names_within(&self, words: &[Word]) -> Vec<(usize, usize)> {
        let before = words.first().is_some_and(|word| self.is_family_name(word));
        let before = LENGTHS.into_iter().filter(|to| before && *to < words.len()).map(|to| (0, to));
        let behind = self.last_names(words).take(LENGTHS.len()).map(|from| (from, words.len()));
        before.chain(behind).collect()
    }

    fn read_words(&self, text: String, words: Vec<Word>, context: &QueryContext, tail: Tail) -> QueryReading {
        let setting = context.dated_setting();
        let mut reading = QueryReading {
            normalized: words::text(&words),
            readings: Vec::new(),
            name: None,
            from: None,
            leaves_words: false,
            left_out: None,
            gender: None,
            offices: Vec::new(),
            organization: None,
            units: Vec::new(),
            followers: Vec::new(),
            document: None,
            whole: words_key(&words),
            has_marks: fold::has_marks(&text),
            context_people: Vec::new(),
            text,
            words: Vec::new(),
        };
        if words.is_empty() {
            return reading;
        }
        reading.document = self.read_document(&reading.text, &words, &setting);
        if let Some(document) = &reading.document {
            reading.readings.push(format!("document number {}", document.number.serial));
            return reading;
        }
        // "cơ quan UBND" is the body itself.
        let office = words::starts_with(&words, "cơ quan") && self.begins_organization(&words[2..]).is_some();
        self.read_person(if office { &words[2..] } else { &words }, &setting, tail, &mut reading);
        if reading.offices.is_empty() {
            self.read_body_or_place(&words, &setting, &mut reading);
        }
        if reading.name.is_some() || !reading.offices.is_empty() {
            reading.context_people = context.people.iter().map(|person| person.id.clone()).collect();
        }
        QueryReading { words, ..reading }
    }

    /// What stands in brackets at the end tells more of the person before it: "Lê Văn A (Cà Mau)" is read like "Lê Văn A, Cà Mau". Brackets inside a
    /// name, and one word behind what is no person, repeat it ("Đài Truyền hình (VTV)") and are left to the reader of names.
    fn bracket_apart(&self, text: String) -> String {
        let ends = text.strip_suffix(')').and_then(|open| open.rsplit_once(" ("));
        let Some((name, inside)) = ends.filter(|(_, inside)| !inside.contains(['(', ')'])) else { return text };
        let is_person = || self.split(name, Typing::Hasty).first().is_some_and(|word| self.is_family_name(word));
        if inside.contains(' ') || is_person() { format!("{name}, {inside}") } else { text }
    }

    /// A comma for the dash behind a person's name: "Lê Văn A - Cà Mau", but not "Hà Nội - Hải Phòng".
    fn comma_behind_name(&self, text: String) -> String {
        let Some((name, behind)) = text.split_once(" - ") else { return text };
        let words = self.split(name, Typing::Hasty);
        let is_name = (2..=5).contains(&words.len()) && self.is_family_name(&words[0]);
        if is_name && self.chain_of(&words).is_none() { format!("{name}, {behind}") } else { text }
    }

    fn read_body_or_place(&self, words: &[Word], setting: &Setting, reading: &mut QueryReading) {
        let own = trimmed(words.to_vec());
        self.leave_out(words, setting, reading);
        // "xã tỉnh Cà Mau" lacks the name of the commune.
        let nameless = unit_word(&own).is_some_and(|(size, _)| unit_word(&own[size..]).is_some());
        if !nameless
            && self.begins_organization(&own).is_some()
            && let Some(body) = self.organization_of(&own, setting)
        {
            reading.readings.push(format!("organization{}", self.whose(&body)));
            self.leave_out_beyond(&own, &body, reading);
            reading.organization = Some(body);
        }
        let sites: Vec<Site> = match self.gazetteer.find(&words::text(words), setting.scope()) {
            Found::One(unit) => vec![Site::Unit(unit)],
            Found::Several(units) => units.into_iter().map(Site::Unit).collect(),
            Found::None => match self.place_of(words, setting).map(|place| place.key) {
                Some(PlaceKey::Site(site)) => vec![site],
                _ => Vec::new(),
            },
        };
        if let [site] = sites.as_slice() {
            let stray = self.behind_other_top(words, site, setting);
            reading.note_left_out(stray, "no unit of the name before it is known there");
        }
        reading.units = sites.iter().map(|site| self.site_id(site)).collect();
        reading.followers = self.followers(&sites, setting);
        reading.readings.extend(match sites.as_slice() {
            [] => None,
            [site] => Some(format!("place, {}", self.written_out(site))),
            several => Some(format!("place, {} units of that name", several.len())),
        });
    }

    /// Notes a place that the words end with and that contradicts the one before it.
    pub(super) fn leave_out(&self, words: &[Word], setting: &Setting, reading: &mut QueryReading) {
        if reading.left_out.is_none() {
            reading.note_left_out(self.astray(words, setting), "no unit of the name before it is known there");
        }
    }

    /// Notes a place that the words end with and that the body read from them does not lie in.
    pub(super) fn leave_out_beyond(&self, words: &[Word], body: &Organization, reading: &mut QueryReading) {
        if reading.left_out.is_none() {
            reading.note_left_out(self.beyond(words, body), "the body does not lie there");
        }
    }

    /// The units that stand for those that do not exist at the time spoken of, or today where none is told.
    fn followers(&self, sites: &[Site], setting: &Setting) -> Vec<EntityId> {
        let gone = sites.iter().filter_map(Site::unit).filter(|unit| !self.gazetteer.stands(*unit, setting.as_of));
        let mut all: Vec<EntityId> = Vec::new();
        for next in gone.flat_map(|unit| self.gazetteer.in_force(unit, setting.as_of)) {
            let id = self.gazetteer.entity_id(next);
            if !all.contains(&id) && !sites.iter().any(|site| self.site_id(site) == id) {
                all.push(id);
            }
        }
        all
    }
}

/// The words with single spaces and plain dashes.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" – ", " - ").replace(" — ", " - ")
}
