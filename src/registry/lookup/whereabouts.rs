//! Where a body or a place is, in words for the reader of an answer.

use crate::registry::keys::{Jurisdiction, Naming, Organization};
use crate::registry::site::Site;

impl Naming {
    /// Whose the body is, to stand behind what it was taken for: ", of quận 1, Thành phố Hồ Chí Minh". Empty for bodies that are known by
    /// their name wherever they are.
    pub(super) fn whose(&self, body: &Organization) -> String {
        match (&body.key.jurisdiction, &body.site) {
            (Jurisdiction::Unit(_), Some(site)) => format!(", of {}", self.written_out(site)),
            (Jurisdiction::Unit(code), None) => {
                let unit = self.gazetteer.by_code(code);
                unit.map_or_else(String::new, |unit| format!(", of {}", self.written_out(&Site::Unit(unit))))
            }
            (Jurisdiction::Central, _) => ", of the whole country".to_owned(),
            (Jurisdiction::Anywhere, _) => String::new(),
            (Jurisdiction::Named(_), _) => {
                ", of a place that several units are called, or none that is known".to_owned()
            }
            (Jurisdiction::Unknown(_), _) => "; nothing tells whose".to_owned(),
        }
    }

    /// A unit with those it lies in: "phường Tân Phước, quận 1, Thành phố Hồ Chí Minh".
    pub(super) fn written_out(&self, site: &Site) -> String {
        let Site::Unit(unit) = site else { return self.site_name(site) };
        let names: Vec<String> =
            self.gazetteer.ancestors(*unit).map(|unit| self.gazetteer.display_name(unit)).collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use crate::registry::keys::Naming;
    use crate::registry::lookup::QueryContext;

    #[test]
    fn readings_name_places_as_people_do() {
        let naming = Naming::new();
        let readings = |query: &str| naming.read_query(query, &QueryContext::default()).readings.join(" / ");
        for (query, expected) in [
            (
                "Bí thư Quận ủy Q.1 TP.HCM",
                "office \"Bí thư\" \"Quận ủy quận 1 Thành phố Hồ Chí Minh\", of quận 1, Thành phố Hồ Chí Minh",
            ),
            ("UBND tỉnh Sơn Hà", "organization, of tỉnh Sơn Hà"),
            ("Bộ Y tế", "organization, of the whole country"),
            ("Lê Văn An, Cà Mau", "place behind the name, tỉnh Cà Mau"),
            ("Thành ủy", "organization; nothing tells whose"),
        ] {
            let read = readings(query);
            assert!(read.split(" / ").any(|one| one == expected), "{query}: {read}");
        }
        for query in
            ["Chủ tịch UBND tỉnh Sơn Hà", "bi thu huyen uy an lac tinh son ha", "Sở Y tế", "Lê Văn An Sở Y tế Cà Mau"]
        {
            assert!(!readings(query).contains(['~', '?', '*']), "{}", readings(query));
        }
    }
}
