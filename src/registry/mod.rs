//! Who and what is meant across reports.

pub mod gazetteer;
pub mod keys;
mod names;
pub mod setting;
mod words;
