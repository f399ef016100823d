//! What a quantity measures, in the report's words.
//!
//! Counts carry it behind the number ("264 vụ vi phạm bị xử lý"), or, where nothing describes what is counted, before it as well: "xử lý hình sự 28
//! vụ" counts "vụ xử lý hình sự". Money and measures carry it before the number ("thu ngân sách đạt …"), and behind it what the money is
//! for ("vận động 80 tỉ đồng cho hoạt động từ thiện"). A share is one of what stands behind it ("44% cán bộ nữ"), else of what stands before.
//! A clause that only goes on ("…, đạt 103,26% so với dự toán") takes the indicator of the figure before it.

use std::ops::Range;

use super::scan::{PLACES, Quantity};
use super::setting::{LONGEST, Part, Setting, Settled};
use super::units::Sort;
use crate::extract::Found;
use crate::text::{Case, Kind, Reading};

/// Words that describe what is counted, at most.
const DESCRIPTION: usize = 12;

impl Setting<'_> {
    pub(super) fn indicator(
        self,
        quantity: &Quantity,
        bounds: &Range<usize>,
        previous: Option<&Found<Settled>>,
    ) -> String {
        // "103% dự toán" is held against what stands behind it.
        let compared = quantity.sort == Sort::Share
            && self.lexicon.parts.longest(&self.reading().tokens, quantity.tokens.end).is_some();
        let from = quantity.tokens.end;
        let behind = if compared { from..from } else { self.described(from, bounds.end) };
        if quantity.sort == Sort::Count {
            return self.counted(quantity, behind, bounds, previous);
        }
        let mut before = self.clause_before(quantity.tokens.start, bounds, previous);
        if quantity.sort == Sort::Share && self.is_only_done(&before) {
            before.start = before.end;
        }
        // The figure that this one is a part of: "118/254 hồ sơ (46%)".
        let in_brackets = self.reading().word(quantity.tokens.start.wrapping_sub(1)) == "(";
        let inherited =
            previous.map(|previous| previous.value.figure.indicator.as_str()).filter(|told| !told.is_empty());
        match (before.is_empty(), behind.len()) {
            _ if in_brackets && inherited.is_some() => inherited.unwrap_or_default().to_owned(),
            (_, 2..) if quantity.sort == Sort::Share => self.words(behind),
            // "vận động 80 tỉ đồng cho …": nothing between the words and the number.
            (false, 1..) if before.end == quantity.tokens.start => self.joined(before, behind),
            (false, _) => self.words(before),
            (true, 2..) if inherited.is_none() => self.words(behind),
            (true, _) => inherited.map_or_else(|| self.words(self.clause_left(&before, bounds)), str::to_owned),
        }
    }

    /// The noun that is counted with what describes it: "vụ vi phạm".
    fn counted(
        self,
        quantity: &Quantity,
        behind: Range<usize>,
        bounds: &Range<usize>,
        previous: Option<&Found<Settled>>,
    ) -> String {
        let unit = quantity.tokens.end - unit_tokens(self.reading(), quantity)..quantity.tokens.end;
        if unit.len() + behind.len() > 2 {
            return self.joined(unit, behind);
        }
        let before = self.clause_before(quantity.tokens.start, bounds, previous);
        // A name before the number is what the figure is told of, not what it counts; a long clause or one with a number of its own
        // tells another story.
        let numbers = before.clone().any(|at| self.reading().tokens[at].kind == Kind::Number);
        let told = before.len() <= DESCRIPTION && !numbers && !self.is_name(&before);
        if behind.is_empty() && told { self.joined(unit, before) } else { self.joined(unit, behind) }
    }

    /// "Tiến độ giải ngân còn chậm, | mới đạt 31%": the clause before the comma that an empty one begins behind.
    fn clause_left(self, empty: &Range<usize>, bounds: &Range<usize>) -> Range<usize> {
        let comma = empty.start.checked_sub(1).filter(|&at| self.reading().tokens[at].is(','));
        comma.map_or(empty.clone(), |comma| self.clause_before(comma, bounds, None))
    }

    /// "…, chỉ hoàn thành | 70% kế hoạch": how far something is, and not what.
    fn is_only_done(self, words: &Range<usize>) -> bool {
        let word = |at: usize| self.reading().word(at);
        let mut small = words.start..words.end.saturating_sub(2);
        matches!(words.len(), 2..=4)
            && (word(words.end - 2), word(words.end - 1)) == ("hoàn", "thành")
            && small.all(|at| matches!(word(at), "chỉ" | "mới" | "đã" | "vừa" | "cũng" | "chưa"))
    }

    fn words(self, tokens: Range<usize>) -> String {
        self.reading().text(tokens).to_owned()
    }

    /// Two pieces as one; the second is no beginning of a sentence any more.
    fn joined(self, first: Range<usize>, second: Range<usize>) -> String {
        if first.is_empty() || second.is_empty() {
            return self.words(if first.is_empty() { second } else { first });
        }
        if first.end == second.start {
            return self.words(first.start..second.end);
        }
        let small = self.reading().tokens[second.start].kind == Kind::Word(Case::Title)
            && self.heads_sentence(second.start)
            && self.name_at(second.start).is_none();
        let second = self.reading().text(second);
        let mut letters = second.chars();
        match letters.next().filter(|_| small) {
            Some(head) => format!("{} {}{}", self.reading().text(first), head.to_lowercase(), letters.as_str()),
            None => format!("{} {second}", self.reading().text(first)),
        }
    }

    fn heads_sentence(self, at: usize) -> bool {
        self.reading().sentence_of(at).is_some_and(|index| self.reading().sentences[index].tokens.start == at)
    }

    /// One past the place or body that begins at a token.
    fn name_at(self, at: usize) -> Option<usize> {
        let end = |mentions: &[Found<usize>]| {
            mentions.binary_search_by_key(&at, |found| found.tokens.start).ok().map(|index| mentions[index].tokens.end)
        };
        end(&self.context.places.mentions).max(end(&self.context.organizations.mentions))
    }

    /// Where the place or body begins that a token lies in.
    fn name_around(self, at: usize) -> Option<usize> {
        let start = |mentions: &[Found<usize>]| {
            let behind = mentions.partition_point(|found| found.tokens.start <= at);
            mentions[..behind].last().filter(|found| found.tokens.end > at).map(|found| found.tokens.start)
        };
        [start(&self.context.organizations.mentions), start(&self.context.places.mentions)].into_iter().flatten().min()
    }

    /// True if the words are a place, a body or a person, or the end of one, and nothing else.
    fn is_name(self, words: &Range<usize>) -> bool {
        let is = |mentions: &[Found<usize>]| {
            let behind = mentions.partition_point(|found| found.tokens.start <= words.start);
            mentions[..behind].last().is_some_and(|found| found.tokens.end >= words.end)
        };
        let context = self.context;
        is(&context.places.mentions) || is(&context.organizations.mentions) || is(&context.people.mentions)
    }

    /// What describes the thing before a token: nouns and what happened to them, up to a sign, a date, a number or the clause's verb.
    fn described(self, from: usize, limit: usize) -> Range<usize> {
        let tokens = &self.reading().tokens;
        let from = self.behind_brackets(from, limit);
        let mut at = self.listed(from, limit);
        let limit = limit.min(at + DESCRIPTION);
        let mut end = at;
        // Where the description stood before it went on with a link.
        let mut linked = at;
        while at < limit && tokens[at].is_word() && self.date_at(at).is_none() {
            if let Some((next, ())) = self.lexicon.links.longest(tokens, at) {
                linked = end;
                at = next;
                continue;
            }
            if let Some(next) = self.name_at(at) {
                (at, end) = (next, next);
                continue;
            }
            let part = self.lexicon.parts.longest(tokens, at);
            // "tăng trưởng", "từ thiện" only look like verbs and links.
            if let Some((next, Part::Noun)) = part {
                (at, end) = (next, next);
                continue;
            }
            if part.is_some_and(|(_, part)| *part != Part::Plan) || self.lexicon.stops.longest(tokens, at).is_some() {
                break;
            }
            at += 1;
            end = at;
        }
        // "12 dự án | có tổng vốn 500 tỉ": the words before a number belong to that. A description that is too long is cut at a joint.
        let counts = at < tokens.len() && tokens[at].kind == Kind::Number;
        let end = if (counts || at >= limit) && linked < end { linked } else { end };
        from..end.max(from)
    }

    /// "118 hồ sơ (46%) | chậm hạn": a share in brackets stands between a count and what describes it.
    fn behind_brackets(self, from: usize, limit: usize) -> usize {
        let tokens = &self.reading().tokens;
        let sign = |at: usize, sign: char| tokens.get(at).is_some_and(|token| token.is(sign));
        let closed = sign(from, '(') && sign(from + 2, '%') && sign(from + 3, ')') && from + 4 < limit;
        if closed { from + 4 } else { from }
    }

    /// The end of a list of nouns that begins behind the unit: "cán bộ, chiến sĩ".
    fn listed(self, from: usize, limit: usize) -> usize {
        let tokens = &self.reading().tokens;
        let comma = tokens.get(from).is_some_and(|token| token.is(','));
        if !comma || from + 1 >= limit {
            return from;
        }
        let is_level = |at: usize| PLACES.contains(&self.reading().word(at));
        let Some(end) = self.units.noun(self.reading(), from + 1) else { return from };
        // "36 chỉ tiêu, thành phố đạt …" begins anew; "12 xã, phường" goes on.
        if is_level(from + 1) && !is_level(from - 1) {
            return from;
        }
        // "vị trí, giải quyết": not the prize.
        let alone = end == from + 2;
        let goes_on = end < limit && tokens[end].is_word();
        let stops =
            self.lexicon.stops.longest(tokens, end).is_some() || self.lexicon.links.longest(tokens, end).is_some();
        if alone && goes_on && !stops { from } else { end }
    }

    /// The words of the clause before a number, without verbs, dates and lead-ins at its ends.
    fn clause_before(self, at: usize, bounds: &Range<usize>, previous: Option<&Found<Settled>>) -> Range<usize> {
        let tokens = &self.reading().tokens;
        let floor = bounds.start.max(at.saturating_sub(4 * LONGEST));
        let mut end = at;
        while let Some(start) = self.part_before(end, floor) {
            end = start;
        }
        // What follows the figure before is about this one; "13 tỉnh thu 50 tỉ": the count is part of the clause.
        let told = previous.map(|previous| (previous.tokens.end, previous.value.sort == Sort::Count));
        let floor = told.filter(|(told, counts)| *told < end || !*counts).map_or(floor, |(told, _)| told.max(floor));
        let end = end.max(floor);
        let mut start = end;
        while start > floor && end - start < LONGEST {
            if let Some(name) = self.name_around(start - 1).filter(|name| *name >= floor) {
                start = name;
                continue;
            }
            if !is_inner(tokens[start - 1].kind) {
                break;
            }
            // The clause begins behind the verb of the one before, or behind a document's name.
            let part = self.part_ending(start);
            if part.is_some_and(|part| matches!(part, Part::Rise | Part::Fall | Part::Cut)) || self.ends_document(start)
            {
                break;
            }
            start -= 1;
        }
        // "số 12/NQ-HĐND về …": not the rest of a number.
        while start > floor && start < end && tokens[start - 1].is('/') {
            start = (start + 1..end).find(|at| tokens[*at].spaced).unwrap_or(end);
        }
        while let Some(next) = self.lead_at(start).filter(|next| *next <= end) {
            start = next;
        }
        start..end
    }

    /// One past a lead-in, a verb, a date or a sign at the head of a clause.
    fn lead_at(self, at: usize) -> Option<usize> {
        let tokens = &self.reading().tokens;
        if matches!(tokens.get(at)?.kind, Kind::Sign(_)) {
            return Some(at + 1);
        }
        let parts = &self.lexicon.parts;
        let lead = parts.longest(tokens, at).filter(|(_, part)| matches!(part, Part::Lead | Part::Verb));
        lead.map(|(next, _)| next).or_else(|| self.date_at(at)).or_else(|| self.span_at(at))
    }

    /// One past "9 tháng qua", "bình quân 3 năm", "lũy kế", "cả năm": for how long, and not what.
    fn span_at(self, at: usize) -> Option<usize> {
        let (tokens, word) = (&self.reading().tokens, |at: usize| self.reading().small_word(at));
        let from = match (word(at), word(at + 1)) {
            ("cả", "năm") | ("lũy" | "luỹ", "kế") => return Some(at + 2),
            ("bình", "quân") => at + 2,
            _ => at,
        };
        let counts = tokens.get(from)?.kind == Kind::Number && matches!(word(from + 1), "tháng" | "năm" | "quý");
        let behind = tokens.get(from + 2)?;
        // "2 năm học", "12 năm tù" are counted themselves; "02 tháng 4 năm 2019" is a day.
        let other = behind.kind == Kind::Number || matches!(word(from + 2), "học" | "tù" | "tuổi");
        (counts && !other).then(|| from + 2 + usize::from(word(from + 2) == "qua"))
    }

    /// Where a verb, qualifier or date that ends at a token begins.
    fn part_before(self, end: usize, floor: usize) -> Option<usize> {
        let tokens = &self.reading().tokens;
        let date = self.date_ending(end).filter(|start| *start >= floor);
        date.or_else(|| {
            (1..=4).rev().filter_map(|back| end.checked_sub(back)).filter(|start| *start >= floor).find(|start| {
                self.lexicon
                    .parts
                    .longest(tokens, *start)
                    .is_some_and(|(next, part)| next == end && !matches!(part, Part::Plan | Part::Noun))
            })
        })
    }

    /// The phrase that ends at a token and is no part of a longer one: not "tăng" in "tăng trưởng".
    fn part_ending(self, end: usize) -> Option<Part> {
        let tokens = &self.reading().tokens;
        (1..=3).rev().filter_map(|back| end.checked_sub(back)).find_map(|start| {
            self.lexicon.parts.longest(tokens, start).filter(|(next, _)| *next == end).map(|(_, part)| *part)
        })
    }

    fn ends_document(self, at: usize) -> bool {
        let documents = &self.context.references.mentions;
        let split = documents.partition_point(|found| found.tokens.start < at);
        documents[..split].last().is_some_and(|found| found.tokens.end == at)
    }

    fn date_ending(self, end: usize) -> Option<usize> {
        let dates = &self.context.dates;
        let index = dates.partition_point(|found| found.tokens.end < end);
        dates.get(index).filter(|found| found.tokens.end == end).map(|found| found.tokens.start)
    }
}

fn is_inner(kind: Kind) -> bool {
    matches!(kind, Kind::Word(_) | Kind::Number | Kind::Sign('-' | '–' | '&' | '“' | '”' | '"'))
}

/// Number of tokens of the unit at the end of a quantity.
fn unit_tokens(reading: &Reading, quantity: &Quantity) -> usize {
    let end = quantity.tokens.end;
    (1..=quantity.tokens.len()).find(|count| reading.text(end - count..end) == quantity.unit).unwrap_or(0)
}
