//! An office as somebody asks for it: which titles, at which body.

use super::context::QueryContext;
use super::index::{IndexKey, name_key, organization_keys};
use super::reading::OfficeReading;
use crate::model::{Edtf, EntityId, Tenure};
use crate::registry::keys::Naming;
use crate::text::{Typing, fold};

/// Offices asked for; a tenure that is of one of them fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeQuery(Vec<AskedOffice>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct AskedOffice {
    /// Titles without marks; several for "the head of".
    titles: Vec<String>,
    body: Option<AskedBody>,
    former: bool,
}

/// The body of an office asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBody {
    /// Its entity, where it is known under the words' own key.
    pub id: EntityId,
    /// The keys under which others stand that are of the same kind at the same place, or go by the words.
    pub keys: Vec<IndexKey>,
}

impl Naming {
    /// Reads words that name an office. Words that no table of titles knows are taken for a title as they are.
    #[must_use]
    pub fn read_office_query(&self, text: &str, as_of: Option<Edtf>) -> OfficeQuery {
        let context = QueryContext { as_of, ..QueryContext::default() };
        let offices = self.read_offices(text, &context);
        if offices.is_empty() {
            let titles = vec![fold::unaccented(&self.title_name(text))];
            return OfficeQuery(vec![AskedOffice { titles, body: None, former: false }]);
        }
        OfficeQuery(offices.into_iter().map(|office| AskedOffice::new(office, self)).collect())
    }
}

impl AskedOffice {
    fn new(office: OfficeReading, naming: &Naming) -> Self {
        let words = Some(office.written.as_str()).filter(|words| !words.is_empty());
        let by_words = words.map(|words| name_key(words, naming, Typing::Hasty));
        let body = office.organization.map(|body| AskedBody {
            id: body.key.entity_id(),
            // The second key of a body is of its kind, wherever it is.
            keys: organization_keys(&body).into_iter().take(1).chain(by_words).collect(),
        });
        let titles = office.titles.iter().map(|title| fold::unaccented(title)).collect();
        Self { titles, body, former: office.former }
    }
}

impl OfficeQuery {
    /// The bodies that the words name.
    pub fn bodies(&self) -> impl Iterator<Item = &AskedBody> {
        self.0.iter().filter_map(|office| office.body.as_ref())
    }

    /// True if a tenure has one of the titles asked for; after "nguyên", only one that reports call past or tell the end of.
    #[must_use]
    pub fn fits(&self, tenure: &Tenure) -> bool {
        let title = fold::unaccented(&tenure.title);
        let past = tenure.former_since.is_some() || tenure.end.is_some();
        self.0.iter().any(|office| office.titles.contains(&title) && (past || !office.former))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenure(title: &str, former_since: Option<&str>) -> Tenure {
        Tenure {
            title: title.to_owned(),
            organization: String::new(),
            organization_id: None,
            first_seen: None,
            last_seen: None,
            start: None,
            end: None,
            former_since: former_since.and_then(|date| date.parse().ok()),
            evidence: Vec::new(),
            reports: 1,
        }
    }

    #[test]
    fn titles_fit_however_they_are_written() {
        let naming = Naming::new();
        let asked = |text: &str| naming.read_office_query(text, None);
        let deputy = tenure("Phó Bí thư Thường trực", None);
        for text in ["PBT TT Thành ủy TP.HCM", "pho bi thu thuong truc thanh uy tphcm", "Phó Bí thư Thường trực"]
        {
            assert!(asked(text).fits(&deputy), "{text}");
        }
        assert!(!asked("Bí thư Thành ủy TP.HCM").fits(&deputy));
        for text in ["Bí thư Thành ủy TP.HCM", "Bí thư Thành ủy Bạch Giang", "chu tich ubnd tp bach giang"]
        {
            assert_eq!(asked(text).bodies().map(|body| body.keys.len()).collect::<Vec<_>>(), [2], "{text}");
        }
        assert!(asked("người đứng đầu Thành ủy TP.HCM").fits(&tenure("Bí thư", None)));
        assert!(asked("giữ chìa khóa kho").fits(&tenure("Giữ chìa khóa kho", None)));
    }

    #[test]
    fn past_offices_are_told_from_present_ones() {
        let former = Naming::new().read_office_query("nguyên Chủ tịch UBND tỉnh Cà Mau", None);
        assert!(former.fits(&tenure("Chủ tịch", Some("2024"))));
        assert!(!former.fits(&tenure("Chủ tịch", None)));
    }
}
