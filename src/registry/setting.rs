//! Where a report plays: what "tỉnh", "Thành ủy" or "Sở Y tế" mean in it.

use crate::model::{Edtf, ReportId};

use super::gazetteer::{Gazetteer, Kind, Scope, UnitId};

/// The province, district and commune that a report is about, as far as it tells; and when.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The report; bodies that nothing places elsewhere are known by it.
    pub report: Option<ReportId>,
    /// The day of the meeting, or of publication.
    pub as_of: Option<Edtf>,
    /// The province.
    pub province: Option<UnitId>,
    /// The district, if the report is about one.
    pub district: Option<UnitId>,
    /// The commune, if the report is about one.
    pub commune: Option<UnitId>,
}

/// Where a body stands when its name does not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// One in the country.
    Central,
    /// Known by its name alone.
    Free,
    /// Of the smallest unit that the report is about.
    Here,
    /// Of the province.
    Province,
    /// Of the district.
    District,
    /// Of the commune.
    Commune,
    /// Of the unit of this kind.
    Of(Kind),
}

impl Setting {
    /// The smallest unit that the report is about.
    #[must_use]
    pub fn focus(&self) -> Option<UnitId> {
        self.commune.or(self.district).or(self.province)
    }

    /// What narrows the names of places in the report.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope { as_of: self.as_of, province: self.province, district: self.district }
    }

    /// The unit that a body of this home belongs to.
    pub(crate) fn unit(&self, home: Home, gazetteer: &Gazetteer) -> Option<UnitId> {
        match home {
            Home::Central | Home::Free => None,
            Home::Here => self.focus(),
            Home::Province => self.province,
            Home::District => self.district,
            Home::Commune => self.commune,
            Home::Of(kind) => {
                let units = [self.commune, self.district, self.province];
                units.into_iter().flatten().find(|id| gazetteer.unit(*id).kind == kind)
            }
        }
    }
}
