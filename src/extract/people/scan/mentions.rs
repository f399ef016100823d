//! A mention from the words that begin it: offices, an honorific, or a name.

use std::ops::Range;

use super::super::changes::{changed, is_given};
use super::super::lexicons::Honorific;
use super::super::names;
use super::super::offices::Office;
use super::{Draft, Mention, Scanner, Who, is_general, keys};
use crate::extract::organizations::Named;
use crate::text::{Case, Kind};

impl Scanner<'_> {
    /// "gồm 7 | ủy viên"; not "sáng 5/4 | Phó Chủ tịch", "ngày 22-12 | Chủ tịch", where the number ends a date.
    fn is_counted(&self, at: usize) -> bool {
        let number =
            |back: usize| at.checked_sub(back).is_some_and(|before| self.reading.tokens[before].kind == Kind::Number);
        let sign = |back: usize| {
            let before = at.checked_sub(back).map(|before| self.reading.tokens[before]);
            before.is_some_and(|token| matches!(token.kind, Kind::Sign('/' | '-' | '.')) && !token.spaced)
        };
        let word = at.checked_sub(2).map_or("", |before| self.reading.word(before));
        number(1) && !(sign(2) && number(3)) && !matches!(word, "ngày" | "tháng" | "năm" | "khóa" | "khoá")
    }

    /// Offices that come before the name, or stand for it.
    pub(in crate::extract::people) fn with_offices(
        &mut self,
        at: usize,
        mut offices: Vec<Office>,
        after: usize,
        end: usize,
    ) -> usize {
        let after = self.pass_parent(self.pass_short_form(after));
        let counted = self.is_counted(at);
        // "gồm 7 ủy viên, đồng chí Lân được bầu …": how many there are, nobody's office.
        if counted {
            // "bầu bổ sung 3 ủy viên UBND tỉnh gồm các ông, bà: …": whoever is listed takes it up.
            if self.change.is_some() && self.reading.word(after) == "gồm" {
                let change = self.change;
                self.gathered = Some(offices.into_iter().map(|office| changed(office, change)).collect());
            }
            return after;
        }
        let several = matches!(
            self.lexicons.honorifics.longest(&self.reading.tokens, at),
            // "các đồng chí: Nguyên Chủ tịch Quốc hội Lê An; …": each of the list has offices of his own.
            Some((next, Honorific::Plural))
                if next <= offices[0].tokens.start
                    && !(offices[0].former && self.reading.tokens[next].is(':'))
        );
        let plural = several && offices.iter().all(|office| !office.is_single())
            || at > 0
                && matches!(self.reading.word(at - 1), "các" | "Các" | "hai" | "ba" | "bốn" | "Hai" | "Ba" | "Bốn");
        let after = self.pass_copula(after);
        let (from, signed, honorific) = self.pass_honorifics(after);
        if signed && offices.len() == 1 && self.acts_for(at) {
            return after;
        }
        if let Some(name) = self.full_name(from, signed && honorific.is_none(), !signed || honorific.is_some()) {
            if self.is_anothers(at, after, &name, &offices) {
                self.push(at..after, Who::Offices(offices));
                return after;
            }
            if name.start > from
                && let Some(office) = offices.last_mut().filter(|office| office.body.full.is_empty())
            {
                office.body = match self.offices.pointed_at(from) {
                    Some(body) => body.clone(),
                    None if name.start <= from + 2 && !names::is_head_word(self.reading, from) => {
                        let brand = self.reading.text(from..name.start).to_owned();
                        Named { written: brand.clone(), full: brand }
                    }
                    None => Named::default(),
                };
            }
            if plural {
                self.shared = Some(offices.clone());
            }
            let (taken, own) = self.held_by_others(offices, &name);
            let start = own.first().map_or(from, |office| office.tokens.start);
            if !taken.is_empty() {
                self.push(at..start, Who::Offices(taken));
            }
            return self.person(start.min(name.start), name, honorific, own);
        }
        if !signed && let Some(words) = self.given_name(from) {
            self.push(at..words.end, Who::Short(honorific, keys(self.reading, words.clone())));
            return words.end;
        }
        // "Các phó chủ tịch gồm bà A và ông B".
        if plural && self.reading.word(after) == "gồm" {
            self.gathered = Some(offices.clone());
        }
        // "Thủ tướng ký quyết định kỷ luật … đối với ông Lân": who decides gives his own office to nobody.
        if self.change.is_some() || at > 0 && matches!(self.reading.word(at - 1), "danh" | "vụ" | "chức" | "cách")
        {
            self.open = Some((offices.clone(), self.change));
        }
        let deputies = offices.iter().all(|office| office.deputy);
        let general = plural || deputies || (at > 0 && is_general(self.reading.word(at - 1)));
        if !general && after <= end {
            self.push(at..after, Who::Offices(offices));
        }
        after
    }

    /// True if offices and the name behind their comma are two people's: "Sau ý kiến của Giám đốc Sở Y tế, bà Hà - Chủ tịch HĐND tỉnh - nói", "báo
    /// cáo với Bí thư Tỉnh ủy, ông Lân cho biết".
    fn is_anothers(&self, at: usize, after: usize, name: &Range<usize>, offices: &[Office]) -> bool {
        let comma = |at: usize| self.reading.tokens.get(at).is_some_and(|token| token.is(','));
        let own = || !self.apposition(name.end, true).0.is_empty();
        let of_state = offices.len() == 1 && offices[0].of_state;
        let of = at > 0 && self.reading.word(at - 1) == "của";
        // "đối với Bí thư Huyện ủy, ông Lân, …": closed by a comma, the name tells who holds the office.
        comma(after) && (of && own() || self.is_addressed(at, of_state) && (of_state || !comma(name.end) || own()))
    }

    /// The leading offices of a chain that somebody else is given already, apart from the rest: in "tiếp thu ý kiến của Bí thư Thành ủy,
    /// Phó Chủ tịch UBND Lê An nói" the Bí thư is not Lê An.
    pub(in crate::extract::people) fn held_by_others(
        &self,
        offices: Vec<Office>,
        name: &Range<usize>,
    ) -> (Vec<Office>, Vec<Office>) {
        let words = keys(self.reading, name.clone());
        let person = self.found.by_name.get(&words);
        let taken = |office: &Office| {
            let holder = self.holders.get(&(office.title_key.clone(), office.body.full.clone()));
            office.is_single() && holder.is_some_and(|holder| person != Some(holder))
        };
        // "Báo cáo với Thủ tướng, Bí thư Thành ủy Lê An nói": who is spoken to, and who speaks.
        let stands_for = offices.first().is_some_and(|office| {
            let start = office.tokens.start;
            let heads = office.of_state && !office.deputy && !offices.get(1).is_some_and(|next| next.of_state);
            self.acts_for(start) || heads && self.is_addressed(start, false)
        });
        let split = offices.iter().take_while(|office| taken(office)).count().max(usize::from(stands_for));
        if split == 0 || split == offices.len() {
            return (Vec::new(), offices);
        }
        let mut taken = offices;
        let own = taken.split_off(split);
        (taken, own)
    }

    /// An honorific with a name, the last word of one, or nothing behind it.
    pub(in crate::extract::people) fn with_honorific(&mut self, at: usize, next: usize, honorific: Honorific) -> usize {
        if honorific == Honorific::None {
            return next;
        }
        let plural = honorific == Honorific::Plural;
        let mut from = next;
        if plural && self.reading.tokens.get(from).is_some_and(|t| t.is(':')) {
            from += 1;
        }
        let (from, _, further) = self.pass_ranks(from);
        let gender = if honorific.is_gender() { Some(honorific) } else { further };
        // "đồng chí Bí thư Thành ủy Trần Văn Lân", "Thiếu tướng, Giám đốc …".
        let comma =
            usize::from(honorific == Honorific::Rank && self.reading.tokens.get(from).is_some_and(|t| t.is(',')));
        let (offices, after) = self.offices.chain(from + comma);
        if !offices.is_empty() {
            return self.with_offices(at, offices, after, usize::MAX);
        }
        if let Some(name) = self.full_name(from, false, true) {
            // "các đồng chí Đại tá A và Đại tá B": a rank does not end the list.
            if !plural && honorific != Honorific::Rank {
                self.group.clear();
            }
            let listed = at > 0 && matches!(self.reading.word(at - 1), "gồm" | ":" | "," | "và");
            let offices = self.gathered.clone().filter(|_| listed).unwrap_or_default();
            let end = self.person(at, name, gender, offices);
            if plural && let Some(index) = self.subject {
                self.group.push(index);
            }
            return end;
        }
        if let Some(words) = self.given_name(from) {
            let keys = keys(self.reading, words.clone());
            let named = self.last_named(&keys);
            // "thạc sĩ Quản trị": hardly anybody.
            self.opening = self.opening.or(Some(named).filter(|named| named.is_some() || honorific.is_gender()));
            self.subject = named.or(self.subject);
            self.push(at..words.end, Who::Short(gender, keys));
            return words.end;
        }
        let counted = self.is_counted(at) || at > 0 && is_general(self.reading.word(at - 1));
        if honorific.is_gender()
            && !counted
            && self.reading.tokens.get(next).is_some_and(|t| {
                let told = at > 0 && self.reading.word(at - 1).eq_ignore_ascii_case("theo");
                t.is_word() && !t.is_capital() || t.is(':') || (told && t.is(','))
            })
        {
            self.opening = self.opening.or(self.before.map(Some));
            self.subject = self.subject.or(self.before);
            self.push(at..next, Who::Pronoun(honorific));
        }
        next
    }

    /// A name without a word before it: a surname and two words more, or one more inside a list of people.
    pub(in crate::extract::people) fn bare(&mut self, at: usize) -> Option<usize> {
        let (_, common) = self.surnames.surname(self.reading, at)?;
        let follows_name = at > 0
            && matches!(self.reading.tokens[at - 1].kind, Kind::Word(Case::Title))
            && self.reading.sentence_of(at - 1) == self.reading.sentence_of(at);
        if follows_name && self.reading.sentences[self.reading.sentence_of(at)?].tokens.start + 1 != at {
            return None;
        }
        // "Tôn Đức Thắng - Hoàng Diệu - cầu Ông Lãnh": a way through the streets.
        let dash = |at: usize| {
            self.reading.tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign('-' | '–')) && token.spaced)
        };
        let stop = || names::run(self.reading, at, |_| false).end;
        if at > 1 && dash(at - 1) && self.reading.tokens[at - 2].is_capital() && dash(stop()) {
            return Some(stop());
        }
        let listed = self.subject.is_some()
            && at > 0
            && (matches!(self.reading.word(at - 1), "," | ";" | "và" | ":" | "–" | "-"));
        let name = self.full_name(at, true, false)?;
        let words = names::words(self.reading, &name);
        let enough = if listed { 2 } else { 3 };
        let grouped = listed && !self.group.is_empty();
        let sure = common
            || grouped
            || words > 3
            || self.has_middle_name(&name)
            || !self.apposition(name.end, false).0.is_empty();
        if words < enough || !sure {
            return Some(name.end);
        }
        let offices = self.shared.as_ref().or(self.gathered.as_ref()).filter(|_| listed).cloned().unwrap_or_default();
        Some(self.person(at, name, None, offices))
    }

    /// A person by full name, with what stands before; reads the offices behind it.
    pub(in crate::extract::people) fn person(
        &mut self,
        at: usize,
        name: Range<usize>,
        gender: Option<Honorific>,
        mut offices: Vec<Office>,
    ) -> usize {
        // "đền Đức ông Trần Văn Hai": a lord of old, with the honorific in his title.
        if self.is_namesake(at) || (name.start == at + 1 && self.is_namesake(name.start)) {
            return name.end;
        }
        let words = keys(self.reading, name.clone());
        // "ông Hoàng Ba" may be the end of a name that is known.
        let index = match self.found.by_name.get(&words) {
            Some(&index) => index,
            None if words.len() == 2 && self.ends_known_name(&words) => {
                self.push(at..name.end, Who::Short(gender, words));
                return name.end;
            }
            None => {
                self.found.people.push(Draft { name: name.clone(), words: words.clone(), gender, offices: Vec::new() });
                self.found.by_name.insert(words, self.found.people.len() - 1);
                self.found.people.len() - 1
            }
        };
        // Only names joined to the list belong to it.
        let joined = at > 0 && matches!(self.reading.word(at - 1), "," | ";" | "và" | "cùng");
        let (mut behind, end) = self.apposition(name.end, !offices.is_empty());
        let from_apposition = !behind.is_empty();
        offices.append(&mut behind);
        if let Some((open, change)) = self.open.take_if(|open| is_given(self.reading, at, open.1)) {
            let change = change.or(self.change);
            let given: Vec<Office> = open.into_iter().map(|office| changed(office, change)).collect();
            // "miễn nhiệm chức danh ủy viên đối với các ông A và B": both.
            self.given = Some(given.clone()).filter(|_| matches!(self.reading.word(at), "các" | "hai" | "ba"));
            offices.extend(given);
        } else if let Some(given) = self.given.clone().filter(|_| joined) {
            offices.extend(given);
        }
        if from_apposition && !self.group.is_empty() {
            for member in std::mem::take(&mut self.group) {
                if self.found.people[member].offices.is_empty() {
                    self.found.people[member].offices.clone_from(&offices);
                }
            }
        }
        for office in offices.iter().filter(|office| office.is_single()) {
            self.holders.entry((office.title_key.clone(), office.body.full.clone())).or_insert(index);
        }
        let draft = &mut self.found.people[index];
        draft.gender = draft.gender.or(gender);
        draft.offices.extend(offices);
        self.opening = self.opening.or(Some(Some(index)));
        self.handed = at > 0 && self.reading.word(at - 1) == "cho";
        self.subject = Some(index);
        self.found.mentions.push(Mention { tokens: at..name.end, end, who: Who::Person(index) });
        if !joined {
            self.group.clear();
        } else if !self.group.is_empty() {
            self.group.push(index);
        }
        if !joined {
            self.listed.clear();
        }
        self.listed.push(index);
        end
    }

    pub(in crate::extract::people) fn push(&mut self, tokens: Range<usize>, who: Who) {
        self.found.mentions.push(Mention { end: tokens.end, tokens, who });
    }
}
