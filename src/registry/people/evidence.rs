//! What speaks for and against two facets being of one person.

use std::fmt;

use jiff::civil::{Date, date};

use super::facet::{Body, FacetOffice, Home, Signature};
use super::succession;
use crate::registry::offices::Rank;

/// Two facets are of one person where a second bearer of the name in the same pool is less likely than this.
pub(super) const ENOUGH: f64 = 0.1;

/// Sizes of the pools that people are drawn from. Orders of magnitude, taken from the usual size of such bodies.
pub(super) mod pool {
    /// Head and deputies of one body.
    pub const LEADERS_OF_BODY: f64 = 15.0;
    /// Head and deputies of one body and of those it was joined from.
    pub const LEADERS_OF_LINE: f64 = 45.0;
    /// All who are named with one body.
    pub const BODY: f64 = 60.0;
    /// Members of a large body: a council, the Central Committee.
    pub const MEMBERS: f64 = 300.0;
    /// People reported of in one commune, district, province.
    pub const COMMUNE: f64 = 60.0;
    pub const DISTRICT: f64 = 300.0;
    pub const PROVINCE: f64 = 5_000.0;
    /// Those with an office of the province itself.
    pub const PROVINCE_BODIES: f64 = 600.0;
    /// Those named without office in reports about a province that are not of its leaders.
    pub const PROVINCE_GUESTS: f64 = 1_000.0;
    /// Those who lead the country.
    pub const NATIONAL: f64 = 1_500.0;
    /// Those, and the heads of the provinces, from whom they come.
    pub const TOP: f64 = 2_000.0;
    /// Those who lead bodies of one kind, such as the administrations of districts, with one title.
    pub const KIND: f64 = 3_000.0;
    /// Those who lead anything with one title.
    pub const TITLE: f64 = 50_000.0;
    /// Ministers, and their deputies, of some years.
    pub const MINISTERS: f64 = 60.0;
    pub const VICE_MINISTERS: f64 = 250.0;
    /// Those whom reports name without office that are about no place in the country.
    pub const NAMED: f64 = 100_000.0;
    /// The provinces that were joined into one, against one of them.
    pub const JOINED: f64 = 3.0;
}

const JOINED_ON: Date = date(2025, 7, 1);

/// First and last day of evidence.
pub(super) type Seen = Option<(Date, Date)>;

/// What two facets have in common, for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason<'a> {
    SameBody(&'a str, &'a str),
    SameUnit(&'a str),
    SameProvince(&'a str),
    JoinedProvinces(&'a str, &'a str),
    BothNational,
    NationalAndProvincial,
    SameKind(&'a str, &'a str),
    SameTitle(&'a str),
    SameTitleOfCountry(&'a str),
    SucceedingBody(&'a str, &'a str),
    NamedAsLeader,
    WithoutOffice(&'a str),
    WithoutOfficeBesideLeader(&'a str),
    NationalVisitor(&'a str),
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameBody(one, other) => write!(f, "same body: \"{one}\" and \"{other}\""),
            Self::SameUnit(unit) => write!(f, "offices in the same unit {unit}"),
            Self::SameProvince(province) => write!(f, "offices in the same province {province}"),
            Self::JoinedProvinces(one, other) => write!(f, "province {one} was joined with {other}"),
            Self::BothNational => f.write_str("both are among the leaders of the country"),
            Self::NationalAndProvincial => {
                f.write_str("one is among the leaders of the country, the other led a province")
            }
            Self::SameKind(title, kind) => {
                write!(f, "both \"{title}\" of a body of one kind ({kind}), and a report does not tell of which")
            }
            Self::SameTitle(title) => write!(f, "both \"{title}\", and a report does not tell of which body"),
            Self::SucceedingBody(one, other) => write!(f, "one body followed the other: {one}, {other}"),
            Self::SameTitleOfCountry(title) => write!(f, "both \"{title}\", of whom there are few in the country"),
            Self::NamedAsLeader => {
                f.write_str("named without office in a report about no place in the country, and one of so rare a name is among its leaders")
            }
            Self::WithoutOffice(unit) => write!(f, "named without office in a report about {unit}"),
            Self::WithoutOfficeBesideLeader(province) => write!(
                f,
                "named without office in a report about {province}, where one of that name is among the leaders"
            ),
            Self::NationalVisitor(province) => {
                write!(f, "a leader of the country in {province}, where one of that name was among the leaders")
            }
        }
    }
}

/// The smallest pool that both facets are drawn from, and what it is.
pub(super) fn shared_pool<'a>(a: &'a Signature, b: &'a Signature, seen: (Seen, Seen)) -> Option<(f64, Reason<'a>)> {
    let mut best: Option<(f64, Reason<'a>)> = None;
    let mut offer = |size: f64, reason: Reason<'a>| {
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, reason));
        }
    };
    for one in &a.offices {
        for other in &b.offices {
            if let Some((size, reason)) = by_offices(one, other, seen) {
                offer(size, reason);
            }
        }
    }
    if a.is_national() && b.is_national() {
        offer(pool::NATIONAL, Reason::BothNational);
    } else if (a.is_national() && b.leads_province()) || (b.is_national() && a.leads_province()) {
        offer(pool::TOP, Reason::NationalAndProvincial);
    }
    if (a.is_national() && b.is_only_named()) || (b.is_national() && a.is_only_named()) {
        offer(pool::NAMED, Reason::NamedAsLeader);
    }
    for (guest, local) in [(a, b), (b, a)] {
        if let Some((size, reason)) = by_setting(guest, local) {
            offer(size, reason);
        }
    }
    best
}

fn by_offices<'a>(one: &'a FacetOffice, other: &'a FacetOffice, seen: (Seen, Seen)) -> Option<(f64, Reason<'a>)> {
    let same_title = one.title_key == other.title_key && one.leads();
    let (Some(body), Some(other_body)) = (&one.body, &other.body) else {
        return same_title.then(|| (title_pool(&one.title), Reason::SameTitle(&one.title)));
    };
    if same_title && body.id != other_body.id && body.kind == other_body.kind && (body.untold || other_body.untold) {
        return Some((pool::KIND, Reason::SameKind(&one.title, &body.kind)));
    }
    if body.id == other_body.id {
        let size = match (one.rank, other.rank) {
            (Rank::Head | Rank::Deputy, Rank::Head | Rank::Deputy) => pool::LEADERS_OF_BODY,
            (Rank::Member, Rank::Member) => pool::MEMBERS,
            _ => pool::BODY,
        };
        return Some((size, Reason::SameBody(&one.title, &other.title)));
    }
    // Heads of what was joined since, and their deputies.
    let line = (body.home == other_body.home).then(|| succession::line(&body.kind)).flatten();
    if line.is_some() && line == succession::line(&other_body.kind) && one.leads() && other.leads() {
        return Some((pool::LEADERS_OF_LINE, Reason::SucceedingBody(&body.kind, &other_body.kind)));
    }
    // Who was minister of one thing and is of another.
    if same_title && one.national && other.national && title_pool(&one.title) < pool::TITLE {
        return Some((title_pool(&one.title), Reason::SameTitleOfCountry(&one.title)));
    }
    let Home::Unit { province, province_today, unit, level } = &body.home else { return None };
    let Home::Unit { province: p, province_today: today, unit: u, level: l } = &other_body.home else { return None };
    let leads = |office: &FacetOffice, body: &Body| office.rank != Rank::Staff && !body.is_establishment();
    let of_province = *level == 0 && *l == 0 && leads(one, body) && leads(other, other_body);
    let size = match level {
        _ if of_province => pool::PROVINCE_BODIES,
        1 if unit == u => pool::DISTRICT,
        2 if unit == u => pool::COMMUNE,
        _ => pool::PROVINCE,
    };
    if province == p {
        return Some((size, if unit == u { Reason::SameUnit(unit) } else { Reason::SameProvince(province) }));
    }
    let after = [seen.0, seen.1].iter().flatten().any(|(_, last)| *last >= JOINED_ON);
    (province_today == today && after).then(|| (size * pool::JOINED, Reason::JoinedProvinces(province, p)))
}

/// How many have a title, whatever the body.
pub(super) fn title_pool(title: &str) -> f64 {
    match title {
        "Bộ trưởng" | "Thủ tướng" | "Tổng thống" | "Ngoại trưởng" => pool::MINISTERS,
        "Thứ trưởng" | "Phó Thủ tướng" | "Phó Tổng thống" => pool::VICE_MINISTERS,
        _ => pool::TITLE,
    }
}

/// Ties by the unit that a report is about: somebody without office there, or a leader of the country on a visit to where another
/// report has a leader of that name.
fn by_setting<'a>(guest: &'a Signature, local: &'a Signature) -> Option<(f64, Reason<'a>)> {
    let here = guest.setting.as_ref()?;
    let Home::Unit { province, unit, level, .. } = here else { return None };
    if guest.bodies().next().is_none() {
        let unplaced = local.bodies().next().is_none();
        let homes: Vec<(&Home, bool)> = if unplaced {
            local.setting.iter().map(|home| (home, false)).collect()
        } else {
            local.bodies().map(|body| (&body.home, !body.is_establishment())).collect()
        };
        return homes.into_iter().find_map(|(home, leads)| match home {
            Home::Unit { unit: own, .. } if own == unit && *level > 0 => {
                Some((pool::DISTRICT, Reason::WithoutOffice(unit)))
            }
            Home::Unit { province: own, level: 0, .. } if own == province && *level == 0 && leads => {
                Some((pool::PROVINCE_GUESTS, Reason::WithoutOfficeBesideLeader(province)))
            }
            Home::Unit { province: own, .. } if own == province => {
                Some((pool::PROVINCE, Reason::WithoutOffice(province)))
            }
            _ => None,
        });
    }
    let leads_here = |office: &FacetOffice| {
        let Some(body) = &office.body else { return false };
        let Home::Unit { province: own, level: 0, .. } = &body.home else { return false };
        own == province && office.rank != Rank::Staff && !body.is_establishment()
    };
    (guest.is_national() && local.offices.iter().any(leads_here))
        .then(|| (pool::NATIONAL, Reason::NationalVisitor(province)))
}

/// A post that leaves no room for one like it elsewhere, with the time it was seen held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    pub level: u8,
    pub unit: String,
    pub seen: (Date, Date),
    /// A report tells of taking it up or giving it up.
    pub moved: bool,
}

/// In the place of a level: the post is one in a ministry.
pub(super) const MINISTRY: u8 = 9;

/// The posts that a facet shows held.
pub(super) fn posts(signature: &Signature, seen: Seen) -> Vec<Post> {
    let Some(seen) = seen else { return Vec::new() };
    let held = signature.offices.iter().filter(|office| !office.former && office.rank <= Rank::Deputy);
    held.filter_map(|office| {
        let body = office.body.as_ref()?;
        let (level, unit) = match &body.home {
            Home::Unit { unit, level, .. } if body.governs => (*level, unit.clone()),
            // One ministry goes on in another.
            Home::Central if office.national && body.kind.starts_with("bo ") => {
                (MINISTRY, succession::line(&body.kind).unwrap_or(&body.kind).to_owned())
            }
            _ => return None,
        };
        Some(Post { level, unit, seen, moved: office.begins || office.ends })
    })
    .collect()
}

/// True if nobody holds both posts: leading two units of one size at one time. Reports lag a month behind changes; where no
/// report tells of a change, two posts seen within two months of each other are taken for held at one time.
pub(super) fn exclude_each_other(a: &Post, b: &Post) -> bool {
    const LAG: i32 = 31;
    if a.level != b.level || a.unit == b.unit {
        return false;
    }
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let (into_a, into_b) = (days(b.seen.0, a.seen.1), days(a.seen.0, b.seen.1));
    if a.moved || b.moved {
        return into_a > LAG && into_b > LAG;
    }
    into_a > -2 * LAG && into_b > -2 * LAG
}
