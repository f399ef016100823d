//! Organizations: `head … [owner] [place]`, such as "Ban Nội chính | Thành ủy | TP.HCM".
//!
//! The head and the owner are words of `bodies.txt`; the place is a chain of units, a unit word alone ("tỉnh"), or a word for the
//! whole country. Where no place is written, the head or the owner tells what kind of unit the body belongs to, and the report which one.

use super::countries::country;
use super::heads::Head;
use super::homes::{has_own_name, home, is_acronym, is_national};
use super::{Family, Jurisdiction, Link, Naming, bare_unit, ends_word};
use crate::model::{EntityId, EntityKind};
use crate::registry::gazetteer::{Kind, Level, PlaceName, Scope};
use crate::registry::setting::{Home, Setting};
use crate::registry::site::{Site, is_cased, may_name_unit, unit_word};
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

/// A name cut where the place begins.
struct Cut<'a> {
    core: &'a [Word],
    place: Written,
}

/// What a name says about where.
enum Written {
    None,
    Chain(Vec<Link>),
    /// A unit that the gazetteer does not know.
    Other(Site),
    Alone(Kind),
    Country,
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
        let placed = !matches!(cut.place, Written::None | Written::Alone(_)) || home == Home::Central;
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

    /// Finds where the place begins: the longest end of the name that reads as one.
    fn cut<'a>(&self, words: &'a [Word], head: Option<&Head>, setting: &Setting) -> Cut<'a> {
        let family = head.map_or(Family::Other, |head| head.family);
        // "Quận 1" is the body of that unit: the head is the unit word itself.
        let from =
            head.map_or(1, |head| if head.bare_core == "uy ban nhan dan" && head.size < 3 { 0 } else { head.size });
        let (cased, implied) = (is_cased(words), self.implied_kind(words));
        for at in (from..words.len()).filter(|at| !ends_word(words, *at)) {
            let end = &words[at..];
            let chain = self.chain(end, None).filter(|chain| {
                let kind = implied.filter(|(start, _)| *start == at).map(|(_, kind)| kind);
                // "Quân khu 3" is of no district; "Quận ủy 3" is.
                (kind.is_some() || !is_number(chain))
                    && may_place(chain, family, at == from)
                    && self.may_be_of(chain, kind)
                    && !self.is_elsewhere(chain, setting)
            });
            if let Some(chain) = chain {
                return Cut { core: &words[..at], place: Written::Chain(chain) };
            }
            let named = implied.filter(|(start, _)| *start == at).map(|(_, kind)| kind);
            // "tinh uy dak lak" is a body of that place, and no province of that name.
            let is_body = self.heads.at(end).is_some_and(|head| head.size > 1 && head.bare_core != "uy ban nhan dan");
            let site = (!is_body).then(|| self.other_site(end, cased, setting)).flatten();
            let site = site.or_else(|| self.other_site_within(end, named?, cased, setting));
            if let Some(site) = site {
                return Cut { core: &words[..at], place: Written::Other(site) };
            }
            if let Some(size) = country(end).filter(|size| at + size == words.len() && at > 0) {
                return Cut { core: &words[..words.len() - size], place: Written::Country };
            }
        }
        if let Some((at, kind)) = bare_unit(words).filter(|(at, _)| *at >= from) {
            return Cut { core: &words[..at], place: Written::Alone(kind) };
        }
        let implied = implied.and_then(|(start, kind)| {
            let name = words.get(start..).filter(|name| may_name_unit(name, kind, cased))?;
            let province = setting.province.as_ref().map(|province| self.top_token(province));
            Some((start, Site::Other(self.other_unit(kind, name, province))))
        });
        match implied.or_else(|| self.repeated_site(words, from, setting)) {
            Some((at, site)) => Cut { core: &words[..at], place: Written::Other(site) },
            None => Cut { core: words, place: Written::None },
        }
    }

    /// Where the words begin that must name a unit of a kind, by the body before them: behind "Thành ủy" stands a city.
    fn implied_kind(&self, words: &[Word]) -> Option<(usize, Kind)> {
        (0..words.len()).find_map(|at| {
            let head = self.heads.at(&words[at..])?;
            let of_kind = ["cap uy", "doan thanh nien"].contains(&head.bare_core.as_str());
            match head.home {
                Home::Of(kind) if of_kind => Some((at + head.size, kind)),
                Home::Province if of_kind => Some((at + head.size, Kind::Province)),
                _ => None,
            }
        })
    }

    /// True if the first place of a chain may be a unit of the kind, if one is implied.
    fn may_be_of(&self, chain: &[Link], kind: Option<Kind>) -> bool {
        let (Some(first), Some(kind)) = (chain.first(), kind) else { return true };
        let name = PlaceName { kinds: kind.alone(), ..first.name.clone() };
        !first.name.kinds.is_empty() || !self.gazetteer.candidates(&name, Scope::default()).is_empty()
    }

    /// A unit that the gazetteer does not know, without unit word, where the report names it with one elsewhere: "Công an Bạch Giang".
    fn repeated_site(&self, words: &[Word], from: usize, setting: &Setting) -> Option<(usize, Site)> {
        let sites = [&setting.province, &setting.district, &setting.commune];
        sites.into_iter().flatten().find_map(|site| {
            let Site::Other(other) = site else { return None };
            let at = words.len().checked_sub(fold::words(&other.name).count()).filter(|at| *at >= from.max(1))?;
            (words::bare(&words[at..]) == fold::unaccented(&other.name)).then(|| (at, site.clone()))
        })
    }

    /// The body inside a name that the rest belongs to: "Thành ủy" in "Ban Nội chính Thành ủy".
    fn owner(&self, core: &[Word], from: usize) -> Option<(usize, &Head)> {
        (from.max(1)..core.len()).find_map(|at| {
            let head = self.heads.at(&core[at..])?;
            // Of heads of one word only "Bộ" and "Sở" are bodies inside a name, and "cán bộ" is none.
            let other_word = ["cán", "nội", "đường", "toàn"].into_iter().any(|before| core[at - 1].is(before));
            let is_ministry = head.family == Family::Ministry && !other_word;
            let certain = head.size > 1 || is_ministry || starts_with(&core[at..], "sở");
            // "Ủy ban Quản lý vốn" is no board of management.
            let begins = !(core[at].is("ban") && core[at - 1].is("ủy"));
            (certain && begins).then_some((at, head))
        })
    }

    fn place_body(
        &self,
        place: &Written,
        home: Home,
        words: &[Word],
        setting: &Setting,
    ) -> (Jurisdiction, Option<Site>) {
        let of = |site: Option<Site>| match site {
            Some(site) => (self.jurisdiction(&site), Some(site)),
            None => (unknown(setting), None),
        };
        match place {
            Written::Country => (Jurisdiction::Central, None),
            // "UBND các tỉnh Lâm Đồng, Đồng Nai": several bodies under one name.
            Written::Chain(_) | Written::Other(_) if names_several(words) => (unknown(setting), None),
            Written::Other(site) => of(Some(site.clone())),
            Written::Chain(chain) => match self.unit_of_chain(chain, kinds(home), setting) {
                Ok(unit) => of(Some(Site::Unit(unit))),
                Err(_) => {
                    let province = setting.province.as_ref().map(|site| self.site_token(site)).unwrap_or_default();
                    let written: Vec<&str> =
                        chain.iter().map(|link| link.name.spelling.as_deref().unwrap_or(&link.name.bare)).collect();
                    (Jurisdiction::Named(format!("{} {province}", written.join(" "))), None)
                }
            },
            Written::Alone(kind) => of(self.site_of_report(Home::Of(*kind), setting)),
            Written::None if home == Home::Central => (Jurisdiction::Central, None),
            Written::None if home == Home::Free => (Jurisdiction::Anywhere, None),
            // A long name is a name of its own; the province is enough to tell it apart.
            Written::None if home == Home::Here && words.len() > 6 && setting.province.is_some() => {
                of(setting.province.clone())
            }
            Written::None => of(self.site_of_report(home, setting)),
        }
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

    /// What a body without an owner in its name belongs to.
    fn parent(&self, key: &OrganizationKey, family: Family, site: Option<&Site>) -> Parent {
        let place = || site.map_or(Parent::None, |site| Parent::Place(site.clone()));
        let body = |name: &str, family| {
            let at = site.map_or_else(String::new, |site| format!(" {}", self.site_name(site)));
            let key = OrganizationKey { core: fold::unaccented(name), jurisdiction: key.jurisdiction.clone() };
            let bare_core = fold::unaccented(name);
            let own = Organization {
                bare_core,
                family,
                site: site.cloned(),
                placed: true,
                abroad: false,
                parent: place(),
                key,
            };
            Parent::Organization(Box::new(own), format!("{name}{at}"))
        };
        match (&key.jurisdiction, family) {
            (Jurisdiction::Central, Family::Ministry) => body("Chính phủ", Family::Government),
            (Jurisdiction::Central, Family::Police | Family::Army)
                if ["bo cong an", "bo quoc phong"].contains(&key.core.as_str()) =>
            {
                body("Chính phủ", Family::Government)
            }
            (Jurisdiction::Central, Family::Government)
                if ["van phong chinh phu", "thanh tra chinh phu", "ngan hang nha nuoc"]
                    .contains(&key.core.as_str()) =>
            {
                body("Chính phủ", Family::Government)
            }
            (Jurisdiction::Central, Family::Council) if key.core != "quoc hoi" => body("Quốc hội", Family::Council),
            (Jurisdiction::Central, Family::Committee) if key.core != "trung uong dang" => {
                body("Trung ương Đảng", Family::Committee)
            }
            (Jurisdiction::Unit(_), Family::Department) => match site {
                Some(site) if self.site_level(site) <= Level::District => body("Ủy ban nhân dân", Family::Government),
                _ => place(),
            },
            _ => place(),
        }
    }
}

/// Known within the report alone.
fn unknown(setting: &Setting) -> Jurisdiction {
    Jurisdiction::Unknown(setting.report.as_ref().map_or_else(String::new, ToString::to_string))
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

/// True if a chain can be the place of a body of this family. A name without unit word is part of the name of companies and
/// schools if it is a district's or stands right behind the head, and "Hồ Chí Minh" is the man's name unless it stands right behind the head.
fn may_place(chain: &[Link], family: Family, behind_head: bool) -> bool {
    let Some(first) = chain.first().filter(|first| first.name.kinds.is_empty()) else { return true };
    let own_names = has_own_name(family);
    let is_man = first.name.bare == "ho chi minh";
    !(own_names && (behind_head || first.level > Level::Province)) && (!is_man || behind_head)
}

/// True for "các" before a unit word: "UBND | các tỉnh …".
fn names_several(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| word.is("các") && unit_word(&words[at + 1..]).is_some())
}

/// True if two words are the last.
fn ends_with(words: &[Word], last: [&str; 2]) -> bool {
    words.len() > 1 && words[words.len() - 2].is(last[0]) && words[words.len() - 1].is(last[1])
}

/// True for a number without unit word.
fn is_number(chain: &[Link]) -> bool {
    let number = |link: &Link| link.name.kinds.is_empty() && link.name.bare.bytes().all(|byte| byte.is_ascii_digit());
    chain.first().is_some_and(number)
}

/// Kinds of unit that a place without unit word has behind this head: "Thành ủy Thủ Đức" is the city's.
fn kinds(home: Home) -> &'static [Kind] {
    match home {
        Home::Of(kind) => kind.alone(),
        _ => &[],
    }
}
