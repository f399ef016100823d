//! What a body without an owner in its name belongs to.

use super::{Family, Jurisdiction, Naming, Organization, OrganizationKey, Parent};
use crate::registry::gazetteer::Level;
use crate::registry::site::Site;
use crate::text::fold;

impl Naming {
    /// What a body without an owner in its name belongs to.
    pub(super) fn parent(&self, key: &OrganizationKey, family: Family, site: Option<&Site>) -> Parent {
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
