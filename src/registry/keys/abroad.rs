//! Bodies of other states: "Bộ Quốc phòng Lào". Their governments are called by the name of the country, and whatever else is theirs is known by its name
//! and the country's, wherever the report plays.

use super::heads::Head;
use super::organization::{Organization, OrganizationKey, Parent};
use super::{Family, Jurisdiction, Naming};
use crate::registry::setting::Home;
use crate::registry::words::{self, Word};

impl Naming {
    /// Reads the name of another country, or of a body that such a name ends; `head` is how the words begin.
    pub(super) fn abroad(&self, words: &[Word], head: Option<&Head>) -> Option<Organization> {
        if head.is_none()
            && let Some(country) = self.other_country(words)
        {
            return Some(country);
        }
        let (formal, at) = self.countries.behind(words)?;
        // Those of one kind that stand in every province are this country's: "Hội Hữu nghị Việt Nam - Lào".
        let of_state = head.is_none_or(|head| head.home == Home::Central || head.family == Family::Army);
        let country = self.other_country(&words[at..]).filter(|_| of_state)?;
        let name = &words[..formal.max(head.map_or(0, |head| head.size))];
        // "Chính phủ Lào", "Nhà nước Lào".
        let itself = head.is_some_and(|head| {
            head.size == name.len() && ["chinh phu", "nha nuoc"].contains(&head.bare_core.as_str())
        });
        if itself {
            return Some(country);
        }
        let family = head.map_or(Family::Other, |head| head.family);
        let (_, bare) = self.core(name, family, &Jurisdiction::Anywhere);
        let core = format!("{bare} {}", country.bare_core);
        Some(Organization {
            key: OrganizationKey { core: core.clone(), jurisdiction: Jurisdiction::Anywhere },
            bare_core: core,
            family,
            site: None,
            placed: true,
            abroad: true,
            parent: Parent::Organization(Box::new(country), words::text(&words[at..])),
        })
    }

    /// A country in the place of its government.
    fn other_country(&self, words: &[Word]) -> Option<Organization> {
        let (core, bare_core) = self.countries.usual(words)?;
        Some(Organization {
            key: OrganizationKey { core: core.to_owned(), jurisdiction: Jurisdiction::Anywhere },
            bare_core: bare_core.to_owned(),
            family: Family::Other,
            site: None,
            placed: true,
            abroad: true,
            parent: Parent::None,
        })
    }
}
