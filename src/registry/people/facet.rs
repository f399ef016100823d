//! What one report says of one person.

use serde::{Deserialize, Serialize};

use crate::model::{Edtf, EntityId, Span};
use crate::registry::offices::Rank;

/// Where somebody is at home by an office, or by the report that names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Home {
    /// A unit.
    Unit {
        /// Code of its province's oldest row.
        province: String,
        /// Code of the oldest row of the province in whose area it lies today.
        province_today: String,
        /// Code of the unit's oldest row; that of the province for its own bodies.
        unit: String,
        /// 0 for a province, 1 for a district, 2 for a commune.
        level: u8,
    },
    /// A body of the whole country.
    Central,
    /// A body known by itself: a company, a school, or one that nothing places.
    Body,
}

/// The body of an office.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Body {
    /// Its entity.
    pub id: EntityId,
    /// What it is, without where it is.
    pub kind: String,
    /// Nothing tells where it is.
    pub untold: bool,
    /// Where it stands.
    pub home: Home,
    /// A party committee, council or administration: nobody leads two of them in different units at one time.
    pub governs: bool,
}

/// An office that a report gives a person, in the form in which offices are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FacetOffice {
    /// The title in spelling form.
    pub title_key: String,
    /// The title as it is shown.
    pub title: String,
    /// How it stands to others of its body.
    pub rank: Rank,
    /// The body; `None` where neither named nor implied.
    pub body: Option<Body>,
    /// One of the few who lead the country: party centre, government, National Assembly, ministers and their deputies.
    pub national: bool,
    /// No longer held.
    pub former: bool,
    /// Taken up at the meeting.
    pub begins: bool,
    /// Given up at the meeting.
    pub ends: bool,
}

/// What a report says of a person, without what differs from report to report: equal signatures say the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Signature {
    /// The offices, in order.
    pub offices: Vec<FacetOffice>,
    /// The unit that the report is about.
    pub setting: Option<Home>,
}

/// What one report says of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacet {
    /// The full name in spelling form: the group it belongs to.
    pub name_key: String,
    /// The full name as written.
    pub name: String,
    /// Date of the meeting, or of publication.
    pub date: Option<Edtf>,
    /// What it says.
    pub signature: Signature,
    /// Where the offices stand, in the order of the signature's; or the name, where there are none.
    pub spans: Vec<Span>,
}

/// First words of establishments: of each there are dozens in a province, and those who lead them are not among the leaders of the province. So are bodies
/// made for an occasion, which whoever is sent from elsewhere leads.
const ESTABLISHMENTS: [&str; 34] = [
    "trung tam",
    "benh vien",
    "phong kham",
    "vien",
    "truong",
    "dai hoc",
    "hoc vien",
    "khoa",
    "cong ty",
    "tong cong ty",
    "tap doan",
    "ngan hang",
    "hop tac xa",
    "doanh nghiep",
    "nha may",
    "xi nghiep",
    "chi nhanh",
    "phong giao dich",
    "bao",
    "tap chi",
    "dai",
    "tram",
    "ban quan ly",
    "bao tang",
    "thu vien",
    "nha hat",
    "quy",
    "chua",
    "khach san",
    "sieu thi",
    "to cong tac",
    "doan cong tac",
    "doan kiem tra",
    "doan thanh tra",
];

impl Body {
    /// True for a hospital, a school, a company and the like, and for a body made for an occasion.
    #[must_use]
    pub fn is_establishment(&self) -> bool {
        let begins =
            |words: &str| self.kind.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        ESTABLISHMENTS.into_iter().any(begins) && !begins("vien kiem sat nhan dan")
    }
}

impl FacetOffice {
    /// True for the head of a province's committee, council or administration.
    fn leads_province(&self) -> bool {
        let at_top = |body: &Body| body.governs && matches!(body.home, Home::Unit { level: 0, .. });
        self.rank == Rank::Head && self.body.as_ref().is_some_and(at_top)
    }

    /// True for the head and the deputies of a body.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.rank <= Rank::Deputy
    }
}

impl Home {
    /// The code of the province, if there is one.
    #[must_use]
    pub fn province(&self) -> Option<&str> {
        match self {
            Self::Unit { province, .. } => Some(province),
            _ => None,
        }
    }
}

impl Signature {
    /// Homes by offices, each once.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.offices.iter().filter_map(|office| office.body.as_ref())
    }

    /// True for somebody of whom a report that is about no place in the country tells no more than the name.
    #[must_use]
    pub fn is_only_named(&self) -> bool {
        self.setting.is_none() && self.bodies().next().is_none()
    }

    /// True if an office is one of those that lead the country.
    #[must_use]
    pub fn is_national(&self) -> bool {
        self.offices.iter().any(|office| office.national)
    }

    /// True if an office is that of the head of a province's committee, council or administration.
    #[must_use]
    pub fn leads_province(&self) -> bool {
        self.offices.iter().any(FacetOffice::leads_province)
    }
}
