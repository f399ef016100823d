//! Where to look for others of a name whom a saying may speak of.
//!
//! Two sayings can only be tied to each other where they share a body, a unit, a province, the leadership of the country, or a title: each of
//! these is a bucket. A bucket whose smallest pool is too large for so common a name ties nobody and need not be looked into, so that what is compared
//! with a new report stays small however many bear the name.

use std::collections::BTreeMap;

use super::evidence::{ENOUGH, pool, title_pool};
use super::facet::{Home, Signature};

/// A bucket that a saying is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Equal for equal buckets, within one name.
    pub key: String,
    /// Number of people in the smallest pool that it stands for.
    pool: f64,
}

impl Bucket {
    /// True if sharing the bucket can be enough for a name that this share of the people bears.
    #[must_use]
    pub fn may_tie(&self, share: f64) -> bool {
        share * self.pool < ENOUGH
    }
}

/// The buckets of a signature, each once, in the order of their keys.
#[must_use]
pub fn buckets(signature: &Signature) -> Vec<Bucket> {
    let mut all: BTreeMap<String, f64> = BTreeMap::new();
    for body in signature.bodies() {
        all.insert(format!("b {}", body.id), pool::LEADERS_OF_BODY);
    }
    for home in signature.bodies().map(|body| &body.home).chain(&signature.setting) {
        let Home::Unit { province_today, unit, level, .. } = home else { continue };
        all.insert(format!("p {province_today}"), pool::PROVINCE_BODIES);
        if *level > 0 {
            let smallest = if *level > 1 { pool::COMMUNE } else { pool::DISTRICT };
            all.insert(format!("u {unit}"), smallest);
        }
    }
    for office in signature.offices.iter().filter(|office| office.leads()) {
        all.insert(format!("t {}", office.title_key), title_pool(&office.title));
        if let Some(body) = &office.body {
            all.insert(format!("k {} {}", office.title_key, body.kind), pool::KIND);
        }
    }
    if signature.is_national() || signature.leads_province() {
        all.insert("n".to_owned(), pool::NATIONAL);
    }
    all.into_iter().map(|(key, pool)| Bucket { key, pool }).collect()
}
