//! Organizations: `head … [owner] [place]`, such as "Ban Nội chính | Thành ủy | TP.HCM".
//!
//! The head and the owner are words of `bodies.txt`; the place is a chain of units, a unit word alone ("tỉnh"), or a word for the
//! whole country. Where no place is written, the head or the owner tells what kind of unit the body belongs to, and the report which one.

use super::countries::country;
use super::heads::Head;
use super::homes::{has_own_name, home, is_acronym, is_national, manages_zone};
use super::{Family, Jurisdiction, Naming};
use crate::model::{EntityId, EntityKind};
use crate::registry::gazetteer::Kind;
use crate::registry::setting::{Home, Setting};
use crate::registry::site::Site;
use crate::registry::words::{self, Word, starts_with};
use crate::text::{Typing, fold};

/// What an organization is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationKey {
    /// What it is, without place. Official bodies of one place never differ in marks alone, so that theirs are left out ("ban noi
    /// chinh cap uy") and names typed without marks lead to them; of companies, schools and the like it is the spelling form.
    pub core: String,
    /// Where it has its say.
    pub jurisdiction: Jurisdiction,
}

/// An organization read from its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// What it is known by.
    pub key: OrganizationKey,
    /// The core without marks, for queries typed without them.
    pub bare_core: String,
    /// What kind of body.
    pub family: Family,
    /// The unit it has its say in.
    pub site: Option<Site>,
    /// True if the name itself says where, false if the report had to.
    pub placed: bool,
    /// True for a body of another state, or the state itself.
    pub abroad: bool,
    /// The body or place it belongs to.
    pub parent: Parent,
}

/// What an organization belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parent {
    /// Another body, with a name for it.
    Organization(Box<Organization>, String),
    /// The unit it has its say in.
    Place(Site),
    /// Nothing known.
    None,
}

impl Organization {
    /// True for a ministry of this country, those of the army and the police among them.
    pub(crate) fn is_ministry(&self) -> bool {
        let forces = ["bo cong an", "bo quoc phong"].contains(&self.key.core.as_str());
        self.key.jurisdiction == Jurisdiction::Central
            && (forces || self.family == Family::Ministry && self.key.core.starts_with("bo "))
    }
}

impl OrganizationKey {
    /// The id of the organization's entity.
    #[must_use]
    pub fn entity_id(&self) -> EntityId {
        EntityId::derive(EntityKind::Organization.prefix(), &[&self.core, &self.jurisdiction.token()])
    }
}

impl Naming {
    /// Reads the name of an organization; `None` for a name without words.
    #[must_use]
    pub fn organization(&self, name: &str, typing: Typing, setting: &Setting) -> Option<Organization> {
        let words = self.split(name, typing);
        self.organization_of(&trimmed(words), setting)
    }

    /// The same for a name already cut into words, without the words that [`trimmed`] leaves out.
    pub(crate) fn organization_of(&self, words: &[Word], setting: &Setting) -> Option<Organization> {
        if words.is_empty() {
            return None;
        }
        // "Ban Thường vụ Đảng ủy" where the party organization of a body meets.
        if let Some(body) = setting.party.as_ref().filter(|_| ends_with(words, ["đảng", "ủy"])) {
            let mut whole = words.to_vec();
            whole.extend(trimmed(self.split(body, Typing::Edited)));
            return self.organization_of(&whole, &Setting { party: None, ..setting.clone() });
        }
        let words = self.without_name(self.countries.alone(words));
        let head = self.heads.at(words);
        if head.is_none() && self.names_place(words) {
            // "Chủ tịch Đà Nẵng": of a place that has offices, its administration is meant.
            let mut whole = self.split("Ủy ban nhân dân", Typing::Edited);
            whole.extend_from_slice(words);
            return self.organization_of(&whole, setting);
        }
        if let Some(abroad) = self.abroad(words, head) {
            return Some(abroad);
        }
        let cut = self.cut(words, head, setting);
        let owner = self.owner(cut.core, head.map_or(1, |head| head.size));
        let home = match (head, owner) {
            (None, None) if country(words).is_some() => Home::Central,
            (None, None) if is_acronym(words) || self.is_brand(words) => Home::Free,
            _ if is_national(words, head.map_or(2, |head| head.size)) => Home::Central,
            _ if !cut.place.is_told() && manages_zone(words, head.map_or(0, |head| head.size)) => Home::Free,
            _ => home(head, owner.map(|(_, owner)| owner), cut.core.len()),
        };
        let (jurisdiction, site) = self.place_body(&cut.place, home, words, setting);
        let family = head.or(owner.map(|(_, owner)| owner)).map_or(Family::Other, |head| head.family);
        let (core, bare_core) = self.core(cut.core, family, &jurisdiction);
        let core = if has_own_name(family) { core } else { bare_core.clone() };
        let key = OrganizationKey { core, jurisdiction };
        let parent = match owner {
            Some((at, _)) => self
                .organization_of(&words[at..], setting)
                .map_or(Parent::None, |body| Parent::Organization(Box::new(body), words::text(&words[at..]))),
            None => self.parent(&key, family, site.as_ref()),
        };
        let placed = cut.place.tells_unit() || home == Home::Central;
        Some(Organization { key, bare_core, family, site, placed, abroad: false, parent })
    }

    /// The name of a body without that of whoever speaks for it, which a report may leave behind it without a comma: "Bộ Công an | Lê Văn A", "Bộ Ngoại giao
    /// Nga | Maria Orlova".
    fn without_name<'a>(&self, words: &'a [Word]) -> &'a [Word] {
        let capital = |word: &Word| !word.spelt_out && word.text.starts_with(char::is_uppercase);
        let Some(head) = self.heads.at(words).filter(|head| head.home == Home::Central) else { return words };
        let is_name = |name: &[Word]| (2..=4).contains(&name.len()) && name.iter().all(capital);
        let behind = &words[head.size..];
        let whole = !matches!(head.family, Family::Ministry | Family::Department) && head.size > 1;
        let vietnamese =
            || self.is_family_name(&behind[0]) && behind[0].marked && self.countries.begins(behind).is_none();
        if whole && is_name(behind) && vietnamese() && self.chain(behind, None).is_none() {
            return &words[..head.size];
        }
        // The country stands before the name, and is known as one where no syllable of the language follows.
        let state = (head.size..words.len()).find_map(|at| {
            let end = at + self.countries.begins(&words[at..])?;
            let name = words.get(end..)?;
            let foreign = name.iter().all(|word| word.text.is_ascii() && !self.syllables.contains(&word.bare));
            (is_name(name) && foreign).then_some(end)
        });
        state.map_or(words, |end| &words[..end])
    }

    /// True for a name of its own that is no word of the language, wherever a report finds it: "Oceanview", "Lotus Air". Numbers count units of the police.
    fn is_brand(&self, words: &[Word]) -> bool {
        let own = |word: &Word| word.text.is_ascii() && !word.spelt_out && !self.syllables.contains(&word.bare);
        let named = |word: &Word| {
            word.text.starts_with(char::is_uppercase) && !word.text.contains(|c: char| c.is_ascii_digit())
        };
        words.len() <= 2 && words.iter().all(named) && words.iter().any(own)
    }

    /// True if words are the name of a unit and nothing more.
    pub(crate) fn names_place(&self, words: &[Word]) -> bool {
        self.chain(words, None).is_some()
    }

    /// A name for a body that has the say in a unit and that no report names in full: "Thành ủy Đà Nẵng" where one writes "Bí thư Đà
    /// Nẵng".
    pub(crate) fn governing_name(&self, body: &Organization) -> Option<String> {
        let site = body.site.as_ref()?;
        let (name, kind) = (self.site_name(site), self.site_kind(site));
        let bare = name.split_once(' ').filter(|_| !matches!(kind, Kind::City | Kind::Town)).map(|(_, name)| name);
        let bare = bare.or_else(|| name.splitn(3, ' ').nth(2)).unwrap_or(&name);
        Some(match (body.bare_core.as_str(), kind) {
            ("uy ban nhan dan", _) => format!("UBND {name}"),
            ("hoi dong nhan dan", _) => format!("HĐND {name}"),
            ("cap uy", Kind::Province) => format!("Tỉnh ủy {bare}"),
            ("cap uy", Kind::City) => format!("Thành ủy {bare}"),
            ("cap uy", Kind::UrbanDistrict) => format!("Quận ủy {bare}"),
            ("cap uy", Kind::RuralDistrict) => format!("Huyện ủy {bare}"),
            ("cap uy", Kind::Town) => format!("Thị ủy {bare}"),
            ("cap uy" | "dang uy", _) => format!("Đảng ủy {name}"),
            _ => return None,
        })
    }

    /// True if words begin as names of bodies do.
    pub(crate) fn begins_organization(&self, words: &[Word]) -> Option<&Head> {
        self.heads.at(words)
    }

    /// The body inside a name that the rest belongs to: "Thành ủy" in "Ban Nội chính Thành ủy".
    fn owner(&self, core: &[Word], from: usize) -> Option<(usize, &Head)> {
        (from.max(1)..core.len()).find_map(|at| {
            let head = self.heads.at(&core[at..])?;
            // Of heads of one word only "Bộ" and "Sở" are bodies inside a name, and "cán bộ" is none.
            let other_word = ["cán", "nội", "đường", "toàn"].into_iter().any(|before| core[at - 1].is(before));
            let is_ministry = head.family == Family::Ministry && !other_word;
            // "Trường trung học cơ sở", "trụ sở".
            let department = || !["cơ", "trụ"].into_iter().any(|before| core[at - 1].is(before));
            // "Hiệp hội doanh nghiệp", "Công ty Vốn Nhà nước": what a body is for or of.
            let matter = starts_with(&core[at..], "doanh nghiệp")
                || starts_with(&core[at..], "nhà nước") && starts_with(core, "công ty")
                || starts_with(&core[at..], "thi hành án") && core[at - 1].is("cục");
            let certain = head.size > 1 && !matter || is_ministry || starts_with(&core[at..], "sở") && department();
            // "Ủy ban Quản lý vốn" is no board of management.
            let begins = !(core[at].is("ban") && core[at - 1].is("ủy"));
            (certain && begins).then_some((at, head))
        })
    }

    /// The words of the core in spelling form and without marks, with heads replaced by what they are equal to.
    pub(super) fn core(&self, words: &[Word], family: Family, jurisdiction: &Jurisdiction) -> (String, String) {
        let mut parts: Vec<&str> = Vec::with_capacity(words.len());
        let mut bare: Vec<&str> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let head = self.heads.at(&words[at..]).filter(|head| at == 0 || head.size > 1);
            if let Some(head) = head {
                parts.push(&head.core);
                bare.push(&head.bare_core);
                at += head.size;
            } else if at > 0 && words[at].is("về") && !words[at].text.starts_with(char::is_uppercase) {
                // "Ban Chỉ đạo | về | phòng chống tham nhũng".
                at += 1;
            } else {
                parts.push(&words[at].spelling);
                bare.push(&words[at].bare);
                at += 1;
            }
        }
        let (mut core, mut bare) = (parts.join(" "), bare.join(" "));
        if matches!(family, Family::Front | Family::Union) && matches!(jurisdiction, Jurisdiction::Unit(_)) {
            core = core.replace(&format!(" {}", fold::spelling("việt nam")), "");
            bare = bare.replace(" viet nam", "");
        }
        let board = fold::spelling("ban thường vụ");
        if core == board && matches!(jurisdiction, Jurisdiction::Unit(_)) {
            core = format!("{board} {}", fold::spelling("cấp ủy"));
            bare.push_str(" cap uy");
        }
        if core.is_empty() {
            (core, bare) = (fold::spelling("ủy ban nhân dân"), "uy ban nhan dan".to_owned());
        }
        (core, bare)
    }
}

/// Leaves out what does not tell bodies apart: "và", "của", "tại", the term of a body, "các" and "cơ quan" before it.
pub(crate) fn trimmed(mut words: Vec<Word>) -> Vec<Word> {
    if let Some(at) = words.iter().position(|word| word.is("khóa") || word.is("nhiệm")).filter(|at| *at > 0) {
        let term = words.get(at + 1).is_some_and(|next| next.is("kỳ") || is_roman_or_number(&next.text));
        if term {
            words.truncate(at);
        }
    }
    let joins = |word: &Word| word.is("và") || word.is("của") || word.marked && word.is("tại");
    words.retain(|word| !joins(word));
    if words.len() > 1 && words[0].is("các") {
        words.remove(0);
    }
    if words.len() > 2 && starts_with(&words, "cơ quan") {
        words.drain(..2);
    }
    words
}

fn is_roman_or_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || "IVXL".contains(c.to_ascii_uppercase()))
}

/// True if two words are the last.
fn ends_with(words: &[Word], last: [&str; 2]) -> bool {
    words.len() > 1 && words[words.len() - 2].is(last[0]) && words[words.len() - 1].is(last[1])
}
