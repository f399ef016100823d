//! Where to look for others of a name whom a saying may speak of.
//!
//! Two sayings can only be tied to each other where they share a body, a unit, a province, the leadership of the country, or a title that one of them
//! leaves without its body. Each saying stands in the buckets of what it tells, and looks into those in which others may stand whom that ties to it: mostly the same,
//! but who is told of as the director of one body cannot be the director of another, and looks only among directors of nobody knows what. Whoever looks
//! into a bucket of another is looked for by that other too.
//!
//! A look that would find too large a pool for so common a name ties nobody and is left out, so that what is compared with a new report stays small
//! however many bear the name.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{ENOUGH, pool, title_pool};
use super::facet::{Body, FacetOffice, Home, Signature};
use super::succession;

/// A bucket that a saying looks into.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Equal for equal buckets, within one name.
    pub key: String,
    /// Number of people in the smallest pool that it and somebody in there may be drawn from.
    pool: f64,
}

impl Look {
    /// True if what is found there can be enough for a name that this share of the people bears.
    #[must_use]
    pub fn may_tie(&self, share: f64) -> bool {
        share * self.pool < ENOUGH
    }
}

/// The buckets in which a signature stands, each once, in the order of their keys.
#[must_use]
pub fn stands(signature: &Signature) -> BTreeSet<String> {
    Places::of(signature).stands
}

/// The buckets into which a signature looks, each once, in the order of their keys.
#[must_use]
pub fn looks(signature: &Signature) -> Vec<Look> {
    Places::of(signature).looks.into_iter().map(|(key, pool)| Look { key, pool }).collect()
}

#[derive(Debug, Default)]
struct Places {
    stands: BTreeSet<String>,
    /// By key the smallest pool.
    looks: BTreeMap<String, f64>,
}

/// Where people stand of whom a province knows: with an office of the province itself, with one inside it, or as guests, named without office in a
/// report about it, or visiting it as leaders of the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Leader,
    Inside,
    Guest,
}

impl Places {
    fn of(signature: &Signature) -> Self {
        let mut places = Self::default();
        for office in &signature.offices {
            places.title(office);
            if let Some(body) = &office.body {
                places.body(office, body);
                places.home(&body.home, if body.is_establishment() { Standing::Inside } else { Standing::Leader });
            }
        }
        if signature.bodies().next().is_none() {
            signature.setting.iter().for_each(|home| places.home(home, Standing::Guest));
        } else if let (true, Some(Home::Unit { province_today, .. })) = (signature.is_national(), &signature.setting) {
            places.province(province_today, Standing::Guest);
        }
        places.country(signature);
        places
    }

    fn stand(&mut self, key: String) {
        self.stands.insert(key);
    }

    fn look(&mut self, key: String, pool: f64) {
        let least = self.looks.entry(key).or_insert(pool);
        *least = least.min(pool);
    }

    /// Stands in a bucket and looks into it.
    fn meet(&mut self, key: String, pool: f64) {
        self.stand(key.clone());
        self.look(key, pool);
    }

    /// Where one of two kinds is `open`, whoever is of it may be tied to both kinds, others only to those of it.
    fn meet_open(&mut self, key: &str, open: bool, pool: f64) {
        self.stand(format!("{key} {}", if open { "o" } else { "c" }));
        self.look(format!("{key} o"), pool);
        if open {
            self.look(format!("{key} c"), pool);
        }
    }

    /// A title alone ties only where one of the two reports leaves out the body, or whose it is, or where few in the country have it.
    fn title(&mut self, office: &FacetOffice) {
        if !office.leads() {
            return;
        }
        let (title, size) = (&office.title_key, title_pool(&office.title));
        let few = office.national && size < pool::TITLE;
        self.meet_open(&format!("t {title}"), office.body.is_none() || few, size);
        if let Some(body) = &office.body {
            self.meet_open(&format!("k {title} {}", body.kind), body.untold, pool::KIND);
        }
    }

    /// Leaders of one body are few, and all who are named with it more.
    fn body(&mut self, office: &FacetOffice, body: &Body) {
        let (leaders, others) = (format!("b {} l", body.id), format!("b {} o", body.id));
        self.stand(if office.leads() { leaders.clone() } else { others.clone() });
        self.look(leaders, if office.leads() { pool::LEADERS_OF_BODY } else { pool::BODY });
        self.look(others, pool::BODY);
        if let Some(line) = succession::line(&body.kind).filter(|_| office.leads()) {
            let place = match &body.home {
                Home::Unit { unit, .. } => unit.as_str(),
                Home::Central => "vn",
                Home::Body => "",
            };
            self.meet(format!("s {line} {place}"), pool::LEADERS_OF_LINE);
        }
    }

    /// Where one stands who is `at_top` in a province's own matters, and inside it in those of its units.
    fn home(&mut self, home: &Home, at_top: Standing) {
        let Home::Unit { province_today, unit, level, .. } = home else { return };
        if *level > 0 {
            self.meet(format!("u {unit}"), if *level > 1 { pool::COMMUNE } else { pool::DISTRICT });
        }
        self.province(province_today, if *level > 0 { Standing::Inside } else { at_top });
    }

    fn province(&mut self, province: &str, standing: Standing) {
        use Standing::{Guest, Inside, Leader};
        let key = |standing: Standing| format!("p {province} {}", standing.sign());
        self.stand(key(standing));
        for other in [Leader, Inside, Guest] {
            let size = match (standing, other) {
                (Leader, Leader) => pool::PROVINCE_BODIES,
                // Leaders of the country on a visit are drawn from a larger one.
                (Leader, Guest) | (Guest, Leader) => pool::PROVINCE_GUESTS,
                _ => pool::PROVINCE,
            };
            self.look(key(other), size);
        }
    }

    /// Those who lead the country, and the heads of provinces, from whom they come.
    fn country(&mut self, signature: &Signature) {
        let (national, head) = ("n c".to_owned(), "n p".to_owned());
        if signature.is_national() {
            self.meet(national, pool::NATIONAL);
            self.look(head, pool::TOP);
            self.look("n g".to_owned(), pool::NAMED);
        } else if signature.leads_province() {
            self.stand(head);
            self.look(national.clone(), pool::TOP);
        }
        if signature.is_only_named() {
            self.stand("n g".to_owned());
            self.look("n c".to_owned(), pool::NAMED);
        }
    }
}

impl Standing {
    fn sign(self) -> &'static str {
        match self {
            Self::Leader => "l",
            Self::Inside => "i",
            Self::Guest => "g",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::evidence::shared_pool;
    use super::*;
    use crate::model::EntityId;
    use crate::registry::offices::Rank;

    fn home() -> impl Strategy<Value = Home> {
        let unit = |province: &str, today: &str, unit: &str, level| Home::Unit {
            province: province.to_owned(),
            province_today: today.to_owned(),
            unit: unit.to_owned(),
            level,
        };
        prop::sample::select(vec![
            Home::Central,
            Home::Body,
            unit("P1", "P1", "P1", 0),
            unit("P2", "P1", "P2", 0),
            unit("P3", "P3", "P3", 0),
            unit("P1", "P1", "D1", 1),
            unit("P1", "P1", "D2", 1),
            unit("P2", "P1", "D3", 1),
            unit("P1", "P1", "C1", 2),
            unit("P3", "P3", "C2", 2),
        ])
    }

    fn body() -> impl Strategy<Value = Body> {
        let (id, kind) = (
            prop::sample::select(vec!["a", "b", "c"]),
            prop::sample::select(vec!["ubnd", "so tai chinh", "so ke hoach dau tu", "trung tam y te"]),
        );
        (id, kind, any::<bool>(), home(), any::<bool>()).prop_map(|(id, kind, untold, home, governs)| Body {
            id: EntityId::derive("org", &[id]),
            kind: kind.to_owned(),
            untold,
            home,
            governs,
        })
    }

    fn office() -> impl Strategy<Value = FacetOffice> {
        let title = prop::sample::select(vec![
            ("Chủ tịch", Rank::Head),
            ("Bộ trưởng", Rank::Head),
            ("Phó Thủ tướng", Rank::Deputy),
            ("Phó Giám đốc", Rank::Deputy),
            ("Ủy viên", Rank::Member),
            ("Chuyên viên", Rank::Staff),
        ]);
        (title, prop::option::of(body()), any::<bool>()).prop_map(|((title, rank), body, national)| FacetOffice {
            title_key: title.to_owned(),
            title: title.to_owned(),
            rank,
            body,
            national,
            former: false,
            begins: false,
            ends: false,
        })
    }

    fn signature() -> impl Strategy<Value = Signature> {
        (prop::collection::vec(office(), 0..3), prop::option::of(home()))
            .prop_map(|(offices, setting)| Signature { offices, setting })
    }

    /// The smallest pool of the buckets in which one finds the other.
    fn found(one: &Signature, other: &Signature) -> Option<f64> {
        let standing = stands(other);
        let found = looks(one).into_iter().filter(|look| standing.contains(&look.key)).map(|look| look.pool);
        found.min_by(f64::total_cmp)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn whoever_may_be_tied_is_found_and_finds(one in signature(), other in signature()) {
            let seen = Some((date(2025, 8, 1), date(2025, 9, 1)));
            let (there, back) = (found(&one, &other), found(&other, &one));
            prop_assert_eq!(there, back);
            if let Some((size, reason)) = shared_pool(&one, &other, (seen, seen)) {
                prop_assert!(there.is_some_and(|pool| pool <= size), "{} of {}, found {:?}", reason, size, there);
            }
        }
    }

    #[test]
    fn directors_of_different_bodies_do_not_look_for_each_other() {
        let at = |id: &str, kind: &str, province: &str, untold| FacetOffice {
            title_key: "giam doc".to_owned(),
            title: "Giám đốc".to_owned(),
            rank: Rank::Head,
            body: Some(Body {
                id: EntityId::derive("org", &[id]),
                kind: kind.to_owned(),
                untold,
                home: Home::Unit {
                    province: province.to_owned(),
                    province_today: province.to_owned(),
                    unit: province.to_owned(),
                    level: 0,
                },
                governs: false,
            }),
            national: false,
            former: false,
            begins: false,
            ends: false,
        };
        let said = |office: FacetOffice| Signature { offices: vec![office], setting: None };
        let (one, other) = (said(at("a", "so y te", "P1", false)), said(at("b", "so y te", "P2", false)));
        assert_eq!(found(&one, &other), None);
        let untold = said(at("c", "so y te", "P3", true));
        assert_eq!(found(&one, &untold), Some(pool::KIND));
        let bodiless = said(FacetOffice { body: None, ..at("d", "so y te", "P4", false) });
        assert_eq!(found(&one, &bodiless), Some(pool::TITLE));
    }
}
