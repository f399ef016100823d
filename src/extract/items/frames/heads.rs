//! Who heads a body that words name.

use std::ops::Range;

use super::Search;
use crate::model::OfficeFact;
use crate::text::fold;

/// Titles of those who head a body.
const HEADS: [&str; 5] = ["Bí thư", "Chủ tịch", "Giám đốc", "Thủ tướng", "Bộ trưởng"];

impl Search<'_> {
    /// "Chủ tịch | Quốc hội yêu cầu …": an office at a body of a kind that the report gives to nobody; not whoever spoke before.
    pub(super) fn is_of_nobody(&self, title: Range<usize>) -> bool {
        let Some(body) = self.context.organization_at(title.end) else { return false };
        let kind = fold::spelling(self.context.reading.word(body.tokens.start));
        let title = fold::spelling(self.context.reading.text(title));
        let held = |office: &OfficeFact| {
            let organization = fold::spelling(&office.organization);
            fold::spelling(&office.title).starts_with(&title)
                && (organization.is_empty() || organization.split(' ').next() == Some(kind.as_str()))
        };
        !self.context.people.facts.iter().flat_map(|person| &person.offices).any(held)
    }

    /// "người đứng đầu UBND xã": the person of the report who heads the body named here, and the end of its name.
    pub(super) fn head_of(&self, at: usize) -> Option<(usize, usize)> {
        let body = self.context.organization_at(at)?;
        let name = fold::spelling(self.context.organizations.names.get(body.value)?);
        let heads = |office: &OfficeFact| {
            let organization = fold::spelling(&office.organization);
            let title = fold::spelling(&office.title);
            (organization == name || name.starts_with(&organization) && !organization.is_empty())
                && HEADS.iter().any(|head| title.starts_with(&fold::spelling(head)))
        };
        let person = self.context.people.facts.iter().position(|person| person.offices.iter().any(heads))?;
        Some((person, body.tokens.end))
    }
}
