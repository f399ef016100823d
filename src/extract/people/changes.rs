//! Offices taken up and left: "bầu ông Lân giữ chức …", "miễn nhiệm chức danh … đối với ông Lân", "ông từng là …".

use super::lexicons::Change;
use super::offices::Office;
use super::scan::Scanner;
use crate::text::Reading;

/// How many words may lie between a name and "là".
const NEAR: usize = 4;

/// Most offices of one list.
const MOST_OFFICES: usize = 48;

impl Scanner<'_> {
    /// "bầu", "bổ nhiệm", "miễn nhiệm", "giữ chức": what follows is taken up or left.
    pub(super) fn change(&mut self, at: usize, next: usize, change: Change) -> usize {
        if matches!(change, Change::Begins | Change::Ends) {
            self.change = Some(change);
            // "điều động Phó Bí thư … giữ chức": whoever spoke before is not meant, but in "ông Lân được Quốc hội bầu".
            let passive = (at.saturating_sub(5)..at).any(|before| self.reading.word(before) == "được");
            self.subject = self.subject.filter(|_| passive);
            return next;
        }
        if change == Change::Elected {
            self.change = Some(Change::Begins);
        }
        // "Nguyên nhân là …": only right behind a name.
        let near = self.found.mentions.last().is_some_and(|mention| at <= mention.end + NEAR);
        let Some(subject) = self.subject.filter(|_| change != Change::Is || near) else { return next };
        let mut end = next + usize::from(self.reading.tokens.get(next).is_some_and(|t| t.is(':')));
        let (mut offices, after) = self.offices.chain(end);
        if offices.is_empty() {
            return next;
        }
        end = after;
        // "từng giữ các chức vụ: Bí thư …; Chủ tịch …".
        while let Some(joined) = self.joined_by_semicolon(end) {
            let (more, after) = self.offices.chain(joined);
            if more.is_empty() || offices.len() > MOST_OFFICES {
                break;
            }
            offices.extend(more);
            end = after;
        }
        if change == Change::Past {
            offices.iter_mut().for_each(|office| office.former = true);
        }
        // "Các đồng chí A, B và C giữ chức …": all of them.
        let group = if near && self.group.contains(&subject) { std::mem::take(&mut self.group) } else { vec![subject] };
        for member in group {
            self.give(member, offices.clone());
        }
        end
    }

    /// Where an office goes on behind "(khóa XI);", "rồi": only in lists of one person's offices.
    pub(super) fn joined_by_semicolon(&self, at: usize) -> Option<usize> {
        let mut at = at;
        if self.reading.tokens.get(at)?.is('(') {
            at = (at..at + 6).find(|&t| self.reading.tokens.get(t).is_some_and(|t| t.is(')')))? + 1;
        }
        let joins =
            self.reading.tokens.get(at).is_some_and(|t| t.is(';') || t.is(',')) || self.reading.word(at) == "rồi";
        joins.then_some(at + 1)
    }

    /// Gives a person offices, taken up or left as the sentence says.
    pub(super) fn give(&mut self, person: usize, offices: Vec<Office>) {
        let (change, led) = (self.change, self.led.clone());
        self.found.people[person].offices.extend(offices.into_iter().map(|office| {
            let body = if office.said || led.full.is_empty() { office.body.clone() } else { led.clone() };
            changed(Office { body, ..office }, change)
        }));
    }
}

/// True if an office named before is given to the person at a token: "đối với ông Lân", after "bổ nhiệm" also "cho ông Lân".
pub(super) fn is_given(reading: &Reading, at: usize, change: Option<Change>) -> bool {
    match at.checked_sub(1).map(|before| reading.word(before)) {
        Some("với") => at > 1 && reading.word(at - 2) == "đối",
        Some("cho") => change.is_some(),
        _ => false,
    }
}

pub(super) fn changed(office: Office, change: Option<Change>) -> Office {
    match change {
        Some(Change::Begins) => Office { begins: true, ..office },
        Some(Change::Ends) => Office { ends: true, ..office },
        _ => office,
    }
}
