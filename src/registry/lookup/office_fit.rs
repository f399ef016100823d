//! How the offices of a person fit an office asked about.

use jiff::civil::Date;

use super::context::ContextOffice;
use super::index::{IndexKey, name_key};
use super::reading::OfficeReading;
use crate::model::{Edtf, Entity, EntityId, Tenure};
use crate::registry::keys::{Jurisdiction, Naming, Organization, OrganizationKey, Parent};
use crate::registry::people::{Holding, as_of};
use crate::registry::setting::Setting;
use crate::text::{Typing, fold};

/// What the bodies that lead a place are called, without marks; each place has them.
pub(super) const LEADING: [&str; 6] =
    ["cap uy", "dang uy", "ban thuong vu cap uy", "hoi dong nhan dan", "uy ban nhan dan", "doan dai bieu quoc hoi"];

/// How a tenure fits an office asked about.
#[derive(Debug, Clone)]
pub(super) struct OfficeFit {
    /// The report that the words stand in gives the office.
    pub in_report: bool,
    pub holding: Holding,
    /// Days between the date asked about and the nearest evidence.
    pub gap: Option<i32>,
    /// A report tells of taking it up at the date asked about.
    pub begins: bool,
    /// Only as a past office.
    pub former: bool,
    /// A body was typed, and of the person no more than the title is known.
    pub untold: bool,
    pub text: String,
    pub last: Option<Date>,
    /// How many reports show it.
    pub reports: u64,
}

/// An office asked about.
pub(super) struct Asked<'a> {
    office: &'a OfficeReading,
    titles: Titles,
    body: Option<EntityId>,
    /// The bodies that lead the place of the body, where it is one of them: whoever is in one is often in another, at once or later.
    pub beside: Vec<EntityId>,
    /// The body's words in the form in which names are compared; `None` where none are typed.
    written: Option<IndexKey>,
    /// They were typed without marks, which names of companies and the like are known by.
    unmarked: bool,
}

impl<'a> Asked<'a> {
    pub fn new(office: &'a OfficeReading, has_marks: bool, naming: &Naming) -> Self {
        let body = office.organization.as_ref();
        Self {
            office,
            titles: Titles::of(std::slice::from_ref(office)),
            body: body.map(|body| body.key.entity_id()),
            beside: body.map(leading_beside).unwrap_or_default(),
            written: (!office.written.is_empty()).then(|| name_key(&office.written, naming, Typing::Hasty)),
            unmarked: !has_marks && body.is_some_and(|body| matches!(body.key.jurisdiction, Jurisdiction::Anywhere)),
        }
    }
}

/// Titles asked about, marks left out.
#[derive(Debug)]
pub struct Titles {
    /// An office was asked about without its title.
    any: bool,
    bare: Vec<String>,
}

impl Titles {
    /// Those of some offices.
    #[must_use]
    pub fn of(offices: &[OfficeReading]) -> Self {
        Self {
            any: offices.iter().any(|office| office.titles.is_empty()),
            bare: offices.iter().flat_map(|office| &office.titles).map(|title| fold::unaccented(title)).collect(),
        }
    }

    /// True if this is one of them.
    #[must_use]
    pub fn have(&self, title: &str) -> bool {
        self.any || self.bare.iter().any(|bare| fold::is_unaccented(title, bare))
    }
}

/// The office of a person that fits best; `None` if none does. `named` where a name was typed beside it.
pub(super) fn office_fit(
    entity: &Entity,
    asked: &Asked<'_>,
    named: bool,
    in_report: &[ContextOffice],
    date: Option<Edtf>,
    naming: &Naming,
) -> Option<OfficeFit> {
    let freely = named || !in_report.is_empty();
    let asks_body = asked.office.organization.is_some() && !asked.office.written.is_empty();
    // Who is known in the office at some body is in no other by being called so without one.
    let of_some_body =
        |title: &str| entity.tenures.iter().any(|other| other.title == title && other.organization_id.is_some());
    let of_office = |tenure: &&Tenure| {
        // Beside a name the title is enough where the report did not tell the body.
        let unplaced = named && tenure.organization_id.is_none() && !asked.titles.any;
        let unplaced = unplaced && !(asks_body && of_some_body(&tenure.title));
        asked.titles.have(&tenure.title) && (unplaced || is_of(asked, tenure, freely, naming))
    };
    let fits = entity.tenures.iter().filter(of_office).map(|tenure| {
        let holding = date.map_or(Holding::NotObserved, |date| as_of(tenure, date));
        let given = |office: &&ContextOffice| {
            office.organization == tenure.organization_id && naming.title_name(&office.title) == tenure.title
        };
        let given: Vec<&ContextOffice> = in_report.iter().filter(given).collect();
        // A report without a date shows nobody in an office at a time, but it says who is in it.
        let seen_past = tenure.first_seen.is_none();
        let former = if given.is_empty() { seen_past } else { given.iter().all(|office| office.past) };
        let fit = OfficeFit {
            in_report: !given.is_empty(),
            holding,
            gap: date.and_then(|date| gap(tenure, date)),
            begins: date.is_some_and(|date| tenure.start.is_some_and(|start| start.date.overlaps(date))),
            former,
            untold: asks_body && tenure.organization_id.is_none(),
            text: String::new(),
            last: tenure.last_seen.and_then(Edtf::latest),
            reports: tenure.reports,
        };
        (fit, tenure)
    });
    let (fit, tenure) =
        fits.min_by_key(|(fit, _)| (!fit.in_report, fit.untold, fit.former, fit.holding, fit.gap.unwrap_or(i32::MAX)))?;
    Some(OfficeFit { text: format!("{} {}", tenure.title, tenure.organization).trim_end().to_owned(), ..fit })
}

/// True if a tenure that has the title asked about is of the body asked about, where one is named. `freely` where a name or a report tells more than
/// the body does: then the words may leave out whose it is, "Trưởng Ban Dân vận" is that of the "Ban Dân vận Tỉnh ủy".
fn is_of(asked: &Asked<'_>, tenure: &Tenure, freely: bool, naming: &Naming) -> bool {
    let Some(body) = &asked.office.organization else { return true };
    if tenure.organization_id.is_some() && tenure.organization_id == asked.body {
        return true;
    }
    // A unit that goes by the name of another before it: "UBND TP. Huế".
    if (body.placed || asked.unmarked)
        && asked.written.as_ref() == Some(&name_key(&tenure.organization, naming, Typing::Edited))
    {
        return true;
    }
    let anywhere = matches!(body.key.jurisdiction, Jurisdiction::Unknown(_));
    let may_be_longer = freely && !body.placed;
    if !anywhere && !may_be_longer && !asked.titles.any {
        return false;
    }
    let Some(own) = naming.organization(&tenure.organization, Typing::Edited, &Setting::default()) else {
        return false;
    };
    let rest = own.bare_core.strip_prefix(&body.bare_core);
    (anywhere && rest == Some(""))
        || (may_be_longer && rest.is_some_and(|rest| rest.starts_with(' ')))
        // "Ban Đô thị HĐND TP.HCM" belongs to the council.
        || (asked.titles.any && matches!(own.parent, Parent::Organization(above, _) if above.key == body.key))
}

/// The bodies that lead the place of a body, where it is one of them.
fn leading_beside(body: &Organization) -> Vec<EntityId> {
    if !matches!(body.key.jurisdiction, Jurisdiction::Unit(_)) || !LEADING.contains(&body.bare_core.as_str()) {
        return Vec::new();
    }
    let id =
        |core: &str| OrganizationKey { core: core.to_owned(), jurisdiction: body.key.jurisdiction.clone() }.entity_id();
    LEADING.into_iter().map(id).collect()
}

/// Days between a date and the nearest evidence of a tenure; 0 inside it.
fn gap(tenure: &Tenure, date: Edtf) -> Option<i32> {
    let (first, last) = (date.earliest()?, date.latest()?);
    let (start, end) = (tenure.first_seen?.earliest()?, tenure.last_seen?.latest()?);
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    Some(if last < start {
        days(last, start)
    } else if end < first {
        days(end, first)
    } else {
        0
    })
}
