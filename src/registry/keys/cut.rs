//! Where the place in a body's name begins, and which unit it is.

use super::countries::country;
use super::heads::Head;
use super::homes::has_own_name;
use super::{Family, Jurisdiction, Link, Naming, bare_unit, ends_word};
use crate::registry::gazetteer::{Kind, Level, PlaceName, Scope};
use crate::registry::setting::{Home, Setting};
use crate::registry::site::{Site, is_cased, may_name_unit, unit_word};
use crate::registry::words::{self, Word};
use crate::text::fold;

/// A name cut where the place begins.
pub(super) struct Cut<'a> {
    pub(super) core: &'a [Word],
    pub(super) place: Written,
}

/// What a name says about where.
pub(super) enum Written {
    None,
    Chain(Vec<Link>),
    /// A unit that the gazetteer does not know.
    Other(Site),
    Alone(Kind),
    Country,
}

impl Written {
    /// True if the name says anything of where.
    pub(super) fn is_told(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// True if the name itself says which unit, or that it is the country.
    pub(super) fn tells_unit(&self) -> bool {
        !matches!(self, Self::None | Self::Alone(_))
    }
}

impl Naming {
    /// Finds where the place begins: the longest end of the name that reads as one.
    pub(super) fn cut<'a>(&self, words: &'a [Word], head: Option<&Head>, setting: &Setting) -> Cut<'a> {
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

    pub(super) fn place_body(
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
}

/// Known within the report alone.
fn unknown(setting: &Setting) -> Jurisdiction {
    Jurisdiction::Unknown(setting.report.as_ref().map_or_else(String::new, ToString::to_string))
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
