//! Who and what is meant across reports: entities that last, offices in time, places that change.
//!
//! Everything here is a pure function; what is computed is stored and fed back by the projection.
//!
//! ```text
//! extraction ─▶ Naming::setting ─▶ resolve ─▶ ids of organizations, places, documents
//!                                        └──▶ facets ─▶ sayings ─▶ Clusters: people, offices in time
//! query ─▶ Naming::read_query ─▶ probes ─▶ (store) ─▶ rank ─▶ candidates
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `gazetteer` | administrative units, their names, dates and successors |
//! | `keys` | what organizations, places and documents are known by |
//! | `offices`, `names` | titles and their rank; how common a name is |
//! | `setting`, `site` | where a report plays; units of the gazetteer and others |
//! | `resolve` | one report's mentions turned into entities |
//! | `people` | facets of one name put together into people; tenures |
//! | `lookup` | words read, looked for and ranked |
//! | `suggest` | names that go on from the letters typed so far |

mod display;
pub mod gazetteer;
pub mod keys;
pub mod lookup;
mod names;
pub mod offices;
pub mod people;
pub mod resolve;
pub mod setting;
pub mod site;
pub mod suggest;
mod words;
#[cfg(test)]
mod world;

pub use display::display_name;
pub use keys::Naming;
pub use resolve::{EntitySeed, Resolved, ResolvedPerson, ResolvedReport, resolve};
pub use setting::{ReportContext, Setting};

/// Version of what this room computes; raised with every change of ids, keys or decisions, so that what was stored is computed anew.
pub const VERSION: u32 = 15;
