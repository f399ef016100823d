//! Offices taken up and left: "bầu ông Lân giữ chức …", "miễn nhiệm chức danh … đối với ông Lân", "ông từng là …".

use super::lexicons::Change;
use super::offices::Office;
use super::scan::{Scanner, Who};
use crate::text::Reading;

/// How many words may lie between a name and "là".
const NEAR: usize = 4;

/// Most offices of one list.
const MOST_OFFICES: usize = 48;

impl Scanner<'_> {
    /// "bầu", "bổ nhiệm", "miễn nhiệm", "giữ chức": what follows is taken up or left.
    pub(super) fn change(&mut self, at: usize, next: usize, change: Change) -> usize {
        let change = match change {
            Change::Leaves | Change::Hands => match self.left(at, next, change) {
                Some(end) => return end,
                None => Change::Ends,
            },
            change => change,
        };
        if matches!(change, Change::Begins | Change::Ends | Change::Proposes) {
            self.change = Some(change);
            // "điều động Phó Bí thư … giữ chức": whoever spoke before is not meant, but in "ông Lân được Quốc hội bầu".
            let passive =
                (at.saturating_sub(5)..at).any(|before| self.reading.word(before) == "được") || self.is_moved_by(at);
            self.subject = self.subject.filter(|_| passive);
            return next;
        }
        if change == Change::Elected {
            self.change = Some(Change::Begins);
        }
        if change == Change::Proposed {
            self.change = Some(Change::Proposes);
        }
        // "Nguyên nhân là …": only right behind a name.
        let near = self.found.mentions.last().is_some_and(|mention| at <= mention.end + NEAR);
        let Some(subject) = self.subject.filter(|_| change != Change::Is || near) else { return next };
        // "các vị trí công tác như: …".
        let comma = usize::from(self.reading.tokens.get(next).is_some_and(|t| t.is(',')));
        let listed = self.pass_words(next + comma, &["công", "tác", "như", "sau"]);
        let colon = self.reading.tokens.get(listed).is_some_and(|t| t.is(':'));
        // "các chức vụ, như Trưởng phòng …".
        let such = self.reading.word(listed - 1) == "như";
        let mut end = if colon {
            listed + 1
        } else if such {
            listed
        } else {
            next
        };
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
        let group = if near && self.group.contains(&subject) {
            std::mem::take(&mut self.group)
        } else if near && change == Change::Elected && self.listed.contains(&subject) {
            // "đồng chí A, Bí thư …, và đồng chí B, Chủ tịch …, được bầu làm …": all of the list.
            std::mem::take(&mut self.listed)
        } else if near && self.are_a_pair(subject) {
            // "bầu ông A và bà B giữ chức …": both.
            std::mem::take(&mut self.listed)
        } else {
            vec![subject]
        };
        for member in group {
            self.give(member, offices.clone());
        }
        self.listed.clear();
        end
    }

    /// "ông Lân được | Ban Thường vụ Thành ủy điều động, | bổ nhiệm": a body of a long name stands between.
    fn is_moved_by(&self, at: usize) -> bool {
        const LONGEST: usize = 16;
        let before = (at.saturating_sub(LONGEST)..at).rev().find(|&before| self.reading.word(before) == "được");
        let body = before.and_then(|before| self.offices.body(before + 1));
        body.is_some_and(|body| body.tokens.end <= at && at - body.tokens.end <= NEAR)
    }

    /// True if the subject is the last of people joined to each other, who are elected or appointed to nothing else yet: "bầu ông A, Giám đốc Sở …, và
    /// bà B, Giám đốc Sở …, giữ chức …".
    fn are_a_pair(&self, subject: usize) -> bool {
        let given = |office: &Office| office.begins || office.proposed;
        let plain = || !self.listed.iter().any(|&member| self.found.people[member].offices.iter().any(given));
        self.change == Some(Change::Begins) && self.listed.len() > 1 && self.listed.last() == Some(&subject) && plain()
    }

    /// "ông Lân thôi giữ chức …", "ông Lân, Giám đốc …, nghỉ hưu", "ông Lân bàn giao chức vụ … cho bà Mơ": the offices that the person named
    /// before leaves, and where they end. `None` where nobody is named, or "đối với" names somebody behind.
    fn left(&mut self, at: usize, next: usize, change: Change) -> Option<usize> {
        let start = self.reading.sentences.get(self.reading.sentence_of(at)?)?.tokens.start;
        let hands = change == Change::Hands;
        // Who hands over is the sentence's subject, whoever took over the office before.
        let first = || {
            let here = self.found.mentions.partition_point(|mention| mention.tokens.start < start);
            self.found.mentions[here..].iter().find_map(|mention| match mention.who {
                Who::Person(index) => Some(index),
                _ => None,
            })
        };
        let subject = if hands { first().or(self.subject) } else { self.subject }?;
        let (offices, end) = self.offices.chain(next + usize::from(self.reading.word(next) == ":"));
        if offices.is_empty() {
            if !hands {
                let told = |office: &&mut Office| office.tokens.start >= start && !office.former && !office.begins;
                self.found.people[subject].offices.iter_mut().filter(told).for_each(|office| office.ends = true);
            }
            return Some(next);
        }
        let given = (end..end + NEAR).any(|at| self.reading.word(at) == "đối" && self.reading.word(at + 1) == "với");
        if given {
            return None;
        }
        let left = offices.iter().cloned().map(|office| Office { ends: true, ..office });
        self.found.people[subject].offices.extend(left);
        if hands {
            self.open = Some((offices, Some(Change::Begins)));
        }
        Some(end)
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
        // "miễn nhiệm chức danh Chủ tịch với bà Mơ".
        Some("với") => at > 1 && (reading.word(at - 2) == "đối" || matches!(change, Some(Change::Ends))),
        Some("cho") => change.is_some(),
        _ => false,
    }
}

pub(super) fn changed(office: Office, change: Option<Change>) -> Office {
    match change {
        Some(Change::Begins) => Office { begins: true, ..office },
        Some(Change::Ends) => Office { ends: true, ..office },
        Some(Change::Proposes) => Office { proposed: true, ..office },
        _ => office,
    }
}
