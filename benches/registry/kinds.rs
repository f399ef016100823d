//! Kinds of names that are looked up.

use bienban::grpc::generated::pb;

use crate::people::{Country, Dice};

/// What is looked up.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Kind {
    FullName,
    WithoutMarks,
    NameAndBody,
    OfficeAtDate,
    Body,
    GivenName,
    Slip,
    Unknown,
}

impl Kind {
    /// The call that asks for one of these names.
    pub fn request(self, country: &Country, number: usize, reports: usize) -> pb::LookupEntitiesRequest {
        let mut dice = Dice::new(number as u64 ^ ((self as u64) << 32));
        let somebody = country.somebody(dice.below(country.people()), 0.9);
        let mut as_of = String::new();
        let query = match self {
            Self::FullName => somebody.name,
            Self::WithoutMarks => plain(&somebody.name),
            Self::NameAndBody => format!("{} {} {}", somebody.title, somebody.body, somebody.name),
            Self::OfficeAtDate => {
                as_of = "2025-05".to_owned();
                format!("{} {}", somebody.title, somebody.body)
            }
            Self::Body => country.administration(&mut dice),
            Self::GivenName => format!("ông {}", somebody.name.rsplit(' ').next().unwrap_or_default()),
            Self::Slip => {
                let mut letters: Vec<char> = plain(&somebody.name).chars().collect();
                let at = dice.below(letters.len().saturating_sub(1));
                letters.swap(at, at + 1);
                letters.into_iter().collect()
            }
            Self::Unknown => format!("Quách Khuyển {}", reports + number),
        };
        pb::LookupEntitiesRequest { query, as_of, ..Default::default() }
    }
}

/// A name without marks.
pub fn plain(name: &str) -> String {
    bienban::text::fold::unaccented(name)
}
