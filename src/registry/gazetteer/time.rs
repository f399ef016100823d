//! Units through time: when they exist, what they belong to, and what followed them.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::table::REFORM;
use super::{Gazetteer, PlaceName, UnitId};
use crate::model::Edtf;

impl Gazetteer {
    /// True if the unit exists on some day of the period; of no period asked about, if it exists today.
    #[must_use]
    pub fn exists(&self, id: UnitId, as_of: Option<Edtf>) -> bool {
        let unit = self.unit(id);
        let Some(period) = as_of else { return unit.until.is_none() };
        let begun = |last: Date| unit.from.is_none_or(|from| from <= last);
        let not_ended = |first: Date| unit.until.is_none_or(|until| first < until);
        period.latest().is_none_or(begun) && period.earliest().is_none_or(not_ended)
    }

    /// True if the unit begins only after the period asked about.
    pub(super) fn begins_after(&self, id: UnitId, as_of: Option<Edtf>) -> bool {
        let begins = self.unit(id).from;
        begins.zip(as_of.and_then(Edtf::latest)).is_some_and(|(begins, last)| last < begins)
    }

    /// True if the unit, through every redrawing, exists on some day of the period; of no period asked about, if it exists today.
    #[must_use]
    pub fn stands(&self, id: UnitId, as_of: Option<Edtf>) -> bool {
        let oldest = self.identity(id);
        let later = self.unit(oldest).successors.iter().copied().filter(|next| self.identity(*next) == oldest);
        self.under_other_names(oldest).chain([oldest]).chain(later).any(|row| self.exists(row, as_of))
    }

    /// The rows of a unit from when it had another name: "tỉnh Thừa Thiên Huế" went on as "thành phố Huế".
    pub(super) fn under_other_names(&self, oldest: UnitId) -> impl Iterator<Item = UnitId> {
        self.table.renamed.iter().map(|(old, _)| *old).filter(move |old| self.identity(*old) == oldest)
    }

    /// The oldest row of the unit that this row goes on from: equal for all rows of one unit.
    #[must_use]
    pub fn identity(&self, id: UnitId) -> UnitId {
        self.unit(id).identity
    }

    /// The province that a unit belongs to: itself for a province.
    #[must_use]
    pub fn province_of(&self, id: UnitId) -> UnitId {
        self.ancestors(id).last().unwrap_or(id)
    }

    /// The unit and the units above it, smallest first.
    pub fn ancestors(&self, id: UnitId) -> impl Iterator<Item = UnitId> {
        std::iter::successors(Some(id), |id| self.unit(*id).parent)
    }

    /// The units that took over a unit's area, also where one of them is itself under the same name; empty for a unit that stands
    /// undivided.
    #[must_use]
    pub fn successors(&self, id: UnitId) -> &[UnitId] {
        &self.unit(id).successors
    }

    /// Other units that took over some of a unit's area, each as its oldest row; empty for one that goes on undivided.
    #[must_use]
    pub fn followed_by(&self, id: UnitId) -> Vec<UnitId> {
        let own = self.identity(id);
        let rows = [own, id];
        let next = rows.iter().flat_map(|row| &self.unit(*row).successors).map(|next| self.identity(*next));
        let mut found: Vec<UnitId> = next.filter(|next| *next != own).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Other units some of whose area a unit took over, each as its oldest row.
    #[must_use]
    pub fn follows(&self, id: UnitId) -> &[UnitId] {
        self.predecessors.get(&self.identity(id)).map_or(&[], Vec::as_slice)
    }

    /// The units that stand for a unit in a period: itself while it exists, else all that followed, and what followed them.
    #[must_use]
    pub fn in_force(&self, id: UnitId, as_of: Option<Edtf>) -> Vec<UnitId> {
        let (mut open, mut found) = (vec![id], Vec::new());
        // Successors begin after their predecessors end, so that the walk ends.
        while let Some(next) = open.pop() {
            if self.exists(next, as_of) || self.unit(next).successors.is_empty() {
                found.push(next);
            } else {
                open.extend(&self.unit(next).successors);
            }
        }
        found.sort_unstable();
        self.distinct(found)
    }

    /// The province in whose area a unit lies today.
    #[must_use]
    pub fn province_today(&self, id: UnitId) -> UnitId {
        let province = self.province_of(id);
        let today = self.in_force(province, None);
        self.identity(today.first().copied().unwrap_or(province))
    }

    /// True if some unit of a name lies in one of a wider name, or lay there, or both went on in units of which that is true.
    #[must_use]
    pub(in crate::registry) fn may_lie_in(&self, name: &PlaceName, wider: &PlaceName) -> bool {
        self.any_lies_in(self.named(name), wider)
    }

    /// The same of one unit.
    #[must_use]
    pub(in crate::registry) fn unit_may_lie_in(&self, unit: UnitId, wider: &PlaceName) -> bool {
        self.any_lies_in(std::iter::once(unit), wider)
    }

    fn any_lies_in(&self, units: impl Iterator<Item = UnitId>, wider: &PlaceName) -> bool {
        let around = |id: UnitId| {
            let own = self.identity(id);
            let others = self.followed_by(id).into_iter().chain(self.follows(id).iter().copied());
            others.chain([own])
        };
        let above: FxHashSet<UnitId> = self.named(wider).flat_map(around).collect();
        units.flat_map(around).any(|id| {
            let later = self.unit(id).successors.iter().copied().filter(|next| self.identity(*next) == id);
            let mut rows = std::iter::once(id).chain(later);
            rows.any(|row| self.ancestors(row).any(|unit| above.contains(&self.identity(unit))))
        })
    }

    /// True if the unit lies in the province, before or after the provinces were joined.
    #[must_use]
    pub fn lies_in(&self, id: UnitId, province: UnitId) -> bool {
        let own = self.identity(self.province_of(id));
        let wanted = self.identity(province);
        own == wanted
            || (self.unit(id).from == Some(REFORM) && self.province_today(province) == own)
            || (self.unit(province).from == Some(REFORM) && self.province_today(id) == wanted)
    }
}
