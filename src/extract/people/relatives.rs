//! Who is a relative of whom: "ông Lân (em rể ông Hà) làm Giám đốc …", "bà Mơ, vợ ông Tư, được bầu làm …". What is said behind goes on about the
//! one before.

use super::scan::{Scanner, Who};
use crate::text::{Case, Kind};

/// Most tokens that say whose relative somebody is.
const LONGEST: usize = 30;

/// Most tokens of it between commas.
const BETWEEN_COMMAS: usize = 12;

/// Words told of a person by way of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relation {
    /// The sign that ends them.
    pub(super) close: usize,
    /// Whose relative the other is.
    pub(super) person: usize,
}

impl Scanner<'_> {
    /// Notes the words that begin with a sign right behind the person named last.
    pub(super) fn note_relation(&mut self, at: usize) {
        let tokens = &self.reading.tokens;
        let (closing, longest) = match tokens[at].kind {
            Kind::Sign('(') => (')', LONGEST),
            Kind::Sign(',') => (',', BETWEEN_COMMAS),
            _ => return,
        };
        if self.relation.is_some() || !self.names_relative(at + 1) {
            return;
        }
        let Some(person) = self.found.mentions.last().filter(|last| last.end == at).and_then(|last| match last.who {
            Who::Person(index) => Some(index),
            _ => self.subject,
        }) else {
            return;
        };
        let near = at + 1..tokens.len().min(at + longest);
        let same_line = |at: &usize| tokens[*at].kind != Kind::Break;
        let close = near.take_while(same_line).find(|&at| tokens[at].is(closing));
        self.relation = close.map(|close| Relation { close, person });
    }

    /// Where such words end, the sentence is about the person before them again, whose offices may follow: "(em rể ông Hà), Giám đốc …". Tells where
    /// to go on.
    pub(super) fn end_relation(&mut self, at: usize) -> Option<usize> {
        let Relation { person, .. } = self.relation.take_if(|relation| relation.close == at)?;
        self.subject = Some(person);
        self.listed.clear();
        let from = if self.reading.tokens[at].is(')') { at + 1 } else { at };
        let (offices, end) = self.apposition(from, false);
        self.give(person, offices);
        Some(end.max(at + 1))
    }

    /// "em rể ông …", "là con trai của …": a word for a relative in small letters, not "(anh Nam …)".
    fn names_relative(&self, at: usize) -> bool {
        let at = self.pass_words(at, &["hiện", "vốn", "là"]);
        let small = |at: usize| self.reading.tokens.get(at).is_some_and(|token| token.kind == Kind::Word(Case::Lower));
        let relative = matches!(
            self.reading.word(at),
            "vợ" | "chồng" | "con" | "em" | "anh" | "chị" | "cháu" | "bố" | "cha" | "mẹ" | "thân" | "ái"
        );
        relative && small(at + 1) && !matches!(self.reading.word(at), "anh" | "chị" | "em" if !self.is_kin(at + 1))
    }

    /// "anh | trai", "em | rể", "chị | ruột": the second word tells a relative from an honorific.
    fn is_kin(&self, at: usize) -> bool {
        matches!(
            self.reading.word(at),
            "trai" | "gái" | "rể" | "dâu" | "ruột" | "họ" | "vợ" | "chồng" | "của" | "ông" | "bà" | "cột"
        )
    }
}
