//! Who heads a body that words name, or speaks for it.

use std::ops::Range;

use super::Search;
use crate::model::{OfficeFact, PersonFact};
use crate::text::fold;

/// Titles of those who head a body.
const HEADS: [&str; 5] = ["Bí thư", "Chủ tịch", "Giám đốc", "Thủ tướng", "Bộ trưởng"];

/// A body or a place named behind a noun for somebody of it: "lãnh đạo | Hà Nội", "người đứng đầu | UBND xã".
struct Whose {
    /// In spelling form.
    name: String,
    /// One past its last token.
    end: usize,
    is_body: bool,
}

impl Whose {
    /// True for an office there: short forms of bodies begin alike; a place stands at the end, "UBND TP Hà Nội".
    fn has(&self, office: &OfficeFact) -> bool {
        let organization = fold::spelling(&office.organization);
        let same = || organization.starts_with(&self.name) || self.name.starts_with(&organization);
        let fits = if self.is_body { same() } else { organization.ends_with(&self.name) };
        !office.former && !organization.is_empty() && fits
    }
}

impl Search<'_> {
    fn whose(&self, at: usize) -> Option<Whose> {
        let body = self.context.organization_at(at);
        let tokens = body.or_else(|| self.context.place_at(at))?.tokens.clone();
        let name = match body {
            Some(body) => fold::spelling(self.context.organizations.names.get(body.value)?),
            None => self.bare_name(&tokens),
        };
        Some(Whose { name, end: tokens.end, is_body: body.is_some() })
    }

    /// A place in spelling form without its unit: the "Tân Lâm" of "tỉnh Tân Lâm" stands in "UBND Tân Lâm" too.
    fn bare_name(&self, tokens: &Range<usize>) -> String {
        let reading = self.context.reading;
        let unit = match (reading.word(tokens.start), reading.word(tokens.start + 1)) {
            ("tỉnh" | "TP" | "huyện" | "quận" | "phường" | "xã", _) => 1,
            ("thành", "phố") | ("thị", "xã" | "trấn") => 2,
            _ => 0,
        };
        // "quận 1" is nothing without it.
        let named = reading.tokens.get(tokens.start + unit).is_some_and(|token| token.is_word() && tokens.len() > unit);
        fold::spelling(reading.text(tokens.start + if named { unit } else { 0 }..tokens.end))
    }

    /// The one person of the report who has such an office.
    fn only(&self, holds: impl Fn(&OfficeFact) -> bool) -> Option<usize> {
        let held = |person: &PersonFact| person.offices.iter().any(&holds);
        let mut found = self.context.people.facts.iter().enumerate().filter(|(_, person)| held(person));
        let (person, _) = found.next()?;
        found.next().is_none().then_some(person)
    }

    /// "Giám đốc | Ngân hàng Tân Lâm cho rằng …", "Vị Chủ tịch | UBND xã nói …": the one person with that office at that body, and the end of its name.
    pub(super) fn holder_of(&self, title: &Range<usize>) -> Option<(usize, usize)> {
        let whose = self.whose(title.end).filter(|whose| whose.is_body)?;
        let title = self.title(title);
        let person = self.only(|office| fold::spelling(&office.title).starts_with(&title) && whose.has(office))?;
        Some((person, whose.end))
    }

    /// A title in spelling form, without the "vị" before it.
    fn title(&self, title: &Range<usize>) -> String {
        let vague = usize::from(matches!(self.context.reading.word(title.start), "vị" | "Vị"));
        fold::spelling(self.context.reading.text(title.start + vague..title.end))
    }

    /// "Chủ tịch | Quốc hội yêu cầu …": an office at a body of a kind that the report gives to nobody; not whoever spoke before.
    pub(super) fn is_of_nobody(&self, title: &Range<usize>) -> bool {
        let Some(body) = self.context.organization_at(title.end) else { return self.is_lone(title) };
        let kind = fold::spelling(self.context.reading.word(body.tokens.start));
        let title = self.title(title);
        // "Chủ tịch | HoREA": one word may stand for the body whose full name an office has.
        let short = body.tokens.len() == 1;
        let held = |office: &OfficeFact| {
            let organization = fold::spelling(&office.organization);
            fold::spelling(&office.title).starts_with(&title)
                && (short || organization.is_empty() || organization.split(' ').next() == Some(kind.as_str()))
        };
        !self.context.people.facts.iter().flat_map(|person| &person.offices).any(held)
    }

    /// "Thủ tướng nêu rõ …": one of the highest offices, where the report names nobody who holds it; what such a one did before, "Thủ tướng đã
    /// chỉ đạo …", is told by whoever speaks.
    fn is_lone(&self, title: &Range<usize>) -> bool {
        const HIGHEST: [&str; 4] = ["thủ tướng", "phó thủ tướng", "tổng bí thư", "chủ tịch nước"];
        if self.context.reading.word(title.end) == "đã" || !self.begins_clause(title.start) {
            return false;
        }
        let title = self.title(title);
        let highest = || HIGHEST.iter().any(|office| fold::spelling(office) == title);
        let held = |office: &OfficeFact| fold::spelling(&office.title).starts_with(&title);
        highest() && !self.context.people.facts.iter().flat_map(|person| &person.offices).any(held)
    }

    /// "người đứng đầu UBND xã", "người đứng đầu tỉnh Gia Lâm": the person of the report who heads the body or place named here, and the end of
    /// its name.
    pub(super) fn head_of(&self, at: usize) -> Option<(usize, usize)> {
        let whose = self.whose(at)?;
        let heads = |office: &OfficeFact| {
            let title = fold::spelling(&office.title);
            whose.has(office) && HEADS.iter().any(|head| title.starts_with(&fold::spelling(head)))
        };
        Some((self.only(heads)?, whose.end))
    }

    /// "Lãnh đạo | Hà Nội", "Đại diện | Sở Y tế": the one person named before who holds an office there, and the end of the name. `None` where
    /// there are several.
    pub(super) fn one_of(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let context = self.context;
        let leads = matches!(
            (context.reading.word(at), context.reading.word(at + 1)),
            ("lãnh" | "Lãnh", "đạo") | ("đại" | "Đại", "diện")
        );
        let whose = self.whose(end).filter(|_| leads && end == at + 2)?;
        let named = context.people.mentions.iter().take_while(|found| found.tokens.start < at);
        let mut known: Vec<usize> = named.map(|found| found.value).collect();
        known.sort_unstable();
        known.dedup();
        let holds = |office: &OfficeFact| whose.has(office);
        known.retain(|&person| context.people.facts.get(person).is_some_and(|person| person.offices.iter().any(holds)));
        match known[..] {
            [person] => Some((person, whose.end)),
            _ => None,
        }
    }
}
