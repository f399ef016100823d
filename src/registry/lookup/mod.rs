//! "Who is this?": words as somebody wrote them, read, looked for under index keys, and ranked.
//!
//! Three pure steps, with a store between the second and the third: [`Naming::read_query`] says what the words may mean (and
//! [`Naming::read_query_again`] what else),
//! [`probes`] where to look (and [`far_probes`], where that finds nobody), and [`Ranking`] how well what was found there fits. [`index_keys`] and the keys of [`EntitySeed`] say under what
//! an entity is to be found.
//!
//! [`EntitySeed`]: super::resolve::EntitySeed
//! [`Naming::read_query`]: super::keys::Naming::read_query
//! [`Naming::read_query_again`]: super::keys::Naming::read_query_again

mod context;
mod gender;
mod holders;
mod index;
mod names;
mod office_fit;
mod offices;
mod persons;
mod places;
mod query_words;
mod rank;
mod reading;
mod reading_documents;
mod reading_people;
mod short_forms;
mod syllables;
mod things;
mod typed_names;
mod whereabouts;

pub use context::{ContextOffice, ContextPerson, QueryContext};
pub use gender::Gender;
pub use index::{How, IndexKey, Probe, far_probes, holders_at, index_keys, is_of_member, probes, unplaced_bodies};
pub(crate) use index::{document_keys, organization_keys, place_keys};
pub use names::{Closeness, NameFits};
pub use office_fit::Titles;
pub use offices::{AskedBody, OfficeQuery};
pub use places::unit_entity;
pub(in crate::registry) use query_words::QueryWords;
pub use rank::{Fetched, Found, Ranking};
pub use reading::{DocumentReading, NameReading, OfficeReading, QueryReading};
pub(in crate::registry) use syllables::Syllables;
pub use things::called;

#[cfg(test)]
mod tests;
