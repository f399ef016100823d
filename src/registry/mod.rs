//! Who and what is meant across reports.

pub mod gazetteer;
