//! People across reports.
//!
//! A name alone merges nobody. Each report gives a [`PersonFacet`]: the name, the offices with where their bodies stand, the place the
//! report is about, the date. Reports that say the same of a name make a [`Saying`]; sayings are put together into people by [`Clusters`].
//! Who is who is a function of the set of facets, whatever the order they came in.
//!
//! Two sayings are linked where they share something that few bearers of the name can share: the chance that a second person of that
//! name stands in the same pool (the leaders of one body: some 15 people; the leaders of one province: some 600; everybody reported of in a province: some
//! 5,000) is the share of the people that bears the name times the size of the pool. Below one in ten the two are one person: the
//! only Tô Thị Bích Châu of a province is one, two Nguyễn Văn Nam of its districts are not.
//! Strongest links come first; a link is refused where it would give one person two posts at one time that nobody holds together.
//!
//! What a new report is compared with are the sayings in the buckets that it looks into ([`looks`]) and that may tie bearers of the name, and those
//! that these find there: few for rare names, since few bear them, and few for common ones, since only a shared body or commune ties them. So the
//! cost of a mention does not grow with the number of people and reports.

mod buckets;
mod cluster;
mod evidence;
mod facet;
mod group;
mod identity;
mod saying;
mod succession;
mod tenures;

pub use buckets::{Look, looks, stands};
pub use cluster::Clusters;
pub use facet::{Body, FacetOffice, Home, PersonFacet, Signature};
pub use group::{Member, NameGroup, PersonCluster};
pub use identity::{Person, homes, id_of_one_report, is_enough, observed_in, of_one_report, person};
pub use saying::{Saying, SayingId, Sight};
pub use tenures::{Holding, ObservedOffice, as_of};

#[cfg(test)]
mod tests;
