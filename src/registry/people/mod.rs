//! People across reports.
//!
//! A name alone merges nobody. Each report gives a [`PersonFacet`]: the name, the offices with where their bodies stand, the place the
//! report is about, the date. All facets of one name make a [`NameGroup`], whose [`NameGroup::clusters`] are the people. The
//! clusters are a function of the set of facets, whatever the order they came in.
//!
//! Two facets are linked where they share something that few bearers of the name can share: the chance that a second person of that
//! name stands in the same pool (the leaders of one body: some 15 people; the leaders of one province: some 600; everybody reported of in a province: some
//! 5,000) is the share of the people that bears the name times the size of the pool. Below one in ten the two are one person: the
//! only Tô Thị Bích Châu of a province is one, two Nguyễn Văn Nam of its districts are not.
//! Strongest links come first; a link is refused where it would give one person two posts at one time that nobody holds together.

mod cluster;
mod evidence;
mod facet;
mod group;
mod tenures;

pub use cluster::{Member, PersonCluster};
pub use facet::{Body, FacetOffice, Home, PersonFacet, Signature};
pub use group::{NameGroup, observed_in};
pub use tenures::{Holding, ObservedOffice, as_of};

#[cfg(test)]
mod tests;
