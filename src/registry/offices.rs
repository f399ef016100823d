//! Offices: a title at a body, in the form in which two mentions of one office are equal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::gazetteer::Level;
use super::keys::{Family, Naming, Organization};
use super::setting::Setting;
use super::words::{self, Lexicon, Word};
use crate::text::{Typing, fold};

const TITLES: &str = include_str!("titles.txt");

/// How an office stands to others of its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rank {
    /// Leads the body; one person at a time.
    Head,
    /// Leads with the head; several at a time.
    Deputy,
    /// One of many.
    Member,
    /// Any other post.
    Staff,
}

/// A title of the table.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// In spelling form; equal for equal titles.
    pub key: String,
    /// As it is shown.
    pub name: String,
    /// How it stands to others.
    pub rank: Rank,
    /// It is one of party committees alone.
    pub party: bool,
    /// The body it belongs to where none is named.
    pub body: Option<&'static str>,
}

/// The table of titles.
#[derive(Debug)]
pub(crate) struct Titles(Lexicon<Title>);

/// An office in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The title in spelling form.
    pub title_key: String,
    /// The title as it is shown.
    pub title: String,
    /// How it stands to others of its body.
    pub rank: Rank,
    /// The body; `None` where neither named nor implied.
    pub organization: Option<Organization>,
}

impl Titles {
    pub fn new() -> Self {
        let mut titles = Lexicon::default();
        for (words, title) in TITLES.lines().filter_map(read) {
            titles.add(&words, title);
        }
        Self(titles)
    }

    /// The longest title that begins at a word, with its number of words.
    pub fn at(&self, words: &[Word]) -> Option<(usize, &Title)> {
        self.0.longest(words)
    }

    /// The titles that lead a body, as they are shown, each once, in order.
    pub fn heads(&self) -> BTreeSet<&str> {
        self.0.values().filter(|title| title.rank == Rank::Head).map(|title| title.name.as_str()).collect()
    }
}

fn read(line: &'static str) -> Option<(Vec<&'static str>, Title)> {
    let mut columns = line.split('\t');
    let written = columns.next().filter(|words| !words.is_empty() && !words.starts_with('#'))?;
    let mut class = columns.next()?.split(' ');
    let rank = match class.next()? {
        "head" => Rank::Head,
        "deputy" => Rank::Deputy,
        "member" => Rank::Member,
        "staff" => Rank::Staff,
        _ => return None,
    };
    let party = class.next() == Some("party");
    let body = columns.next().filter(|body| !body.is_empty());
    let name = columns.next().unwrap_or(written).to_owned();
    Some((fold::words(written).collect(), Title { key: fold::spelling(&name), name, rank, party, body }))
}

impl Naming {
    /// True if a title is that of the head of a body.
    pub(super) fn leads(&self, title: &str) -> bool {
        self.office(title, "", Typing::Edited, &Setting::default()).rank == Rank::Head
    }

    /// The name of the body that an office decides for where it stands in the place of a body's name: "Thủ tướng" is the government's, "Bộ trưởng Bộ Y tế"
    /// the ministry's. `None` where a name is no office, and for the president, who is an institution.
    pub(super) fn body_of_office(&self, name: &str) -> Option<String> {
        let words = self.split(name, Typing::Edited);
        let (size, title) = self.titles.at(&words).filter(|(_, title)| title.rank <= Rank::Deputy)?;
        // "Thường trực Tỉnh ủy" is a body itself, and "Bộ trưởng" none though "Bộ" is.
        if self.begins_organization(&words).is_some_and(|head| head.size >= size) {
            return None;
        }
        match &words[size..] {
            [] => title.body.map(str::to_owned),
            rest => self.begins_organization(rest).map(|_| words::text(rest)),
        }
    }

    /// A title as it is shown, short forms spelt out and equal titles made one.
    pub(super) fn title_name(&self, title: &str) -> String {
        self.office(title, "", Typing::Edited, &Setting::default()).title
    }

    /// Reads an office from its title and its body, as a report or a query gives them.
    #[must_use]
    pub fn office(&self, title: &str, organization: &str, typing: Typing, setting: &Setting) -> Office {
        let named = self.organization(organization, typing, setting);
        self.office_of(title, named.filter(|_| !self.is_end_of_title(title, organization)), typing, setting)
    }

    /// True if what stands for the body is the end of a title that tells its own: "Tổng Thanh tra | Chính phủ" is at the Thanh tra Chính phủ.
    pub(super) fn is_end_of_title(&self, title: &str, organization: &str) -> bool {
        if organization.is_empty() {
            return false;
        }
        let mut words = self.split(title, Typing::Edited);
        let tells = |words: &[Word]| {
            self.titles.at(words).filter(|(size, title)| *size == words.len() && title.body.is_some()).is_some()
        };
        tells(&words) && {
            words.extend(self.split(organization, Typing::Edited));
            tells(&words)
        }
    }

    /// The same with the body read already.
    pub(super) fn office_of(
        &self,
        title: &str,
        named: Option<Organization>,
        typing: Typing,
        setting: &Setting,
    ) -> Office {
        let words = self.split(title, typing);
        let found = self.titles.at(&words).filter(|(size, _)| *size == words.len()).map(|(_, title)| title);
        let implied = || self.organization(found?.body?, Typing::Edited, setting);
        let mut body = named.or_else(implied);
        if let (Some(body), Some(title)) = (&mut body, found) {
            // "Bí thư quận 1" leads the committee, not the administration that the unit's name stands for elsewhere.
            if title.party && body.key.core == "uy ban nhan dan" {
                let commune = body.site.as_ref().is_some_and(|site| self.site_level(site) == Level::Commune);
                body.key.core = if commune { "dang uy".to_owned() } else { "cap uy".to_owned() };
                body.bare_core.clone_from(&body.key.core);
                body.family = Family::Committee;
            }
        }
        match found {
            Some(title) => {
                Office { title_key: title.key.clone(), title: title.name.clone(), rank: title.rank, organization: body }
            }
            None => Office {
                title_key: words::spelled(&words),
                title: shown(&words),
                rank: guessed_rank(&words),
                organization: body,
            },
        }
    }
}

/// The rank of a title that is not in the table, from its first word.
fn guessed_rank(words: &[Word]) -> Rank {
    match words.first() {
        Some(first) if first.is("Phó") => Rank::Deputy,
        Some(first) if first.is("Trưởng") || first.is("Chủ") || first.is("Giám") => Rank::Head,
        Some(first) if first.is("Ủy") || first.is("Thành") => Rank::Member,
        _ => Rank::Staff,
    }
}

/// A title as it is shown: small letters behind the first, so that reports that differ in capitals agree.
fn shown(words: &[Word]) -> String {
    let text = words::text(words).to_lowercase();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::site::Site;

    #[test]
    fn every_line_is_read() {
        let lines = TITLES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert!(
            lines.clone().all(|line| read(line).is_some()),
            "{:?}",
            lines.clone().find(|line| read(line).is_none())
        );
    }

    #[test]
    fn one_office_has_one_form() {
        let naming = Naming::new();
        let setting = Setting { province: naming.gazetteer.by_code("P79").map(Site::Unit), ..Setting::default() };
        let office = |title: &str, body: &str| {
            let office = naming.office(title, body, Typing::Edited, &setting);
            (office.title_key, office.organization.map(|body| body.key))
        };
        assert_eq!(office("phó bí thư thường trực", "Thành ủy"), office("Phó Bí thư Thường trực", "Thành uỷ TP.HCM"));
        assert_eq!(office("Thủ tướng", ""), office("Thủ tướng Chính phủ", "Chính phủ"));
        assert_eq!(office("Bí thư", "quận 1"), office("bí thư", "Quận ủy Q.1"));
        assert_eq!(office("Trưởng ban", "Ban Tổ chức TW"), office("Trưởng Ban", "Ban Tổ chức Trung ương Đảng"));
        assert_eq!(office("Thành ủy viên", ""), office("Ủy viên", "Thành ủy TP.HCM"));
        assert_eq!(office("Phó Tổng Thanh tra", "Chính phủ"), office("Phó Tổng Thanh tra Chính phủ", ""));
        assert_ne!(office("Bí thư", "Thành ủy"), office("Phó Bí thư", "Thành ủy"));
    }

    #[test]
    fn an_office_in_the_place_of_a_body_means_the_body() {
        let naming = Naming::new();
        let body = |name: &str| naming.body_of_office(name).unwrap_or_default();
        assert_eq!(body("Thủ tướng"), "Chính phủ");
        assert_eq!(body("Thủ tướng Chính phủ"), "Chính phủ");
        assert_eq!(body("Tổng bí thư"), "Trung ương Đảng");
        assert_eq!(body("Chủ tịch Quốc hội"), "Quốc hội");
        assert_eq!(body("Bộ trưởng Bộ Y tế"), "Bộ Y tế");
        assert_eq!(body("phó giám đốc Công an tỉnh"), "Công an tỉnh");
        for body_itself in
            ["Chủ tịch nước", "Thường trực Tỉnh ủy", "Ban Bí thư", "Quốc hội", "Giám đốc", "Thủ tướng Lào"]
        {
            assert_eq!(naming.body_of_office(body_itself), None, "{body_itself}");
        }
    }
}
