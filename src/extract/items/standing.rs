//! Who stands below those he speaks to, so that what he asks for is a proposal and no directive.
//!
//! - voters and delegates: "**cử tri** Trần Văn Lân đề nghị …", "đại biểu Hà …", "đại diện …";
//! - heads of departments and the like ("Giám đốc Sở", "Trưởng phòng") and people without an office, where a party secretary, a chairman or
//!   a minister speaks or presides as well;
//! - crowds and bodies that ask upwards: "các địa phương kiến nghị …".

use super::cues::{Lexicon, Noun};
use super::frames::{Frame, Subject};
use super::speakers::Turn;
use crate::extract::Context;
use crate::model::{FactRef, OfficeFact, PersonFact, Role};
use crate::text::fold;

/// Per person of the report whether he stands below others.
pub(super) struct Standing {
    below: Vec<bool>,
}

/// First words of titles that command; compared in spelling form.
pub(super) const HEADS: [&str; 13] = [
    "tổng bí thư",
    "chủ tịch",
    "phó chủ tịch",
    "bí thư",
    "phó bí thư",
    "thủ tướng",
    "phó thủ tướng",
    "bộ trưởng",
    "thứ trưởng",
    "quyền chủ tịch",
    "thường trực",
    "chủ nhiệm",
    "tư lệnh",
];

/// Bodies whose every officer stands above those a report tells of.
pub(super) const CENTRAL: [&str; 5] =
    ["chính phủ", "trung ương", "quốc hội", "bộ chính trị", "tòa án nhân dân tối cao"];

impl Standing {
    pub(super) fn new(context: &Context<'_>, lexicon: &Lexicon) -> Self {
        let commands = |office: &OfficeFact| {
            let (title, body) = (fold::spelling(&office.title), fold::spelling(&office.organization));
            lexicon.heads.iter().any(|head| title.starts_with(head.as_str()))
                || lexicon.central.iter().any(|name| body.contains(name.as_str()))
        };
        let leads = |person: &PersonFact| person.offices.iter().any(commands);
        let people = &context.people.facts;
        let led = people.iter().any(|person| matches!(person.role, Role::Speaker | Role::Chair) && leads(person));
        let mut below: Vec<bool> =
            people.iter().map(|person| led && person.role != Role::Chair && !leads(person)).collect();
        for found in &context.people.mentions {
            if let Some(below) = below.get_mut(found.value) {
                *below |= is_delegate(context, lexicon, found.tokens.start);
            }
        }
        Self { below }
    }

    pub(super) fn is_subordinate(&self, turn: &Turn, frame: Option<&Frame>) -> bool {
        match turn.speaker {
            Some(FactRef::Person(at)) => self.below.get(at as usize).copied().unwrap_or_default(),
            _ => frame.is_some_and(|frame| matches!(frame.subject, Subject::Crowd | Subject::Body)),
        }
    }
}

/// "cử tri", "đại biểu" right before the name.
fn is_delegate(context: &Context<'_>, lexicon: &Lexicon, name: usize) -> bool {
    let tokens = &context.reading.tokens;
    (1..=2).filter_map(|back| name.checked_sub(back)).any(|at| {
        lexicon.nouns.longest(&tokens[..name], at).is_some_and(|(end, noun)| end == name && *noun == Noun::Crowd)
    })
}
