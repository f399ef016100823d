//! Which year a report leaves out of its dates, as far as its other dates tell.
//!
//! - days and months with their year: the one nearest to them;
//! - a year that names what the report is about ("Ngày hội Báo chí 2019", "chiến dịch hè năm 2019"): that year;
//! - a year that is planned for: that year, late in the year the one before; a year that is reviewed or reported on: the one behind it, late in
//!   the year itself;
//! - the beginning of a term, for its congress; the anniversary of a document.
//!
//! Years of birth, of documents, of histories, and targets ("vào năm 2030") are no evidence.

use std::ops::Range;

use jiff::civil::Date;

use super::Meaning;
use super::calendar::distance;
use crate::extract::Context;
use crate::model::Edtf;
use crate::text::{Kind, Phrases, Reading, WordKey};

/// What the report's other dates tell about the year it was written in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::extract) struct Evidence {
    /// Dates with a year and at least a half year's precision.
    anchors: Vec<Edtf>,
    /// Latest year that is only reported on ("năm 2018 đạt").
    reported: Option<i16>,
    /// Every year that is reported on.
    told: Vec<i16>,
    /// Latest year that names an event or a campaign ("Ngày hội Báo chí 2019").
    running: Option<i16>,
    /// Latest year that the meeting itself reviews ("tổng kết công tác năm 2018").
    reviewed: Option<i16>,
    /// Latest year that is planned for ("nhiệm vụ năm 2019").
    planned: Option<i16>,
    /// Day that still lies ahead ("từ nay đến tháng 3/2020", "sẽ bàn giao vào ngày 30-10-2018").
    bound: Option<Date>,
    /// Day that is told as past ("trước đó, tháng 8/2016").
    past: Option<Date>,
    /// Latest year in which a term or a stage begins.
    begun: Option<i16>,
    /// Latest year since which something holds.
    since: Option<i16>,
    /// First year of the term whose congress is held or prepared.
    congress: Option<i16>,
    /// Year of the anniversary of a document that the meeting reviews.
    document: Option<i16>,
}

/// First year that a report without one is taken to be of: newspapers and portals have been read on the web since then.
const EARLIEST: i16 = 1998;
/// Tokens around a date among which the word of its plan is looked for.
const NEAR: usize = 25;
/// Tokens around a date that are its clause.
const CLAUSE: usize = 14;

/// The parts that words play before a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Birth,
    Since,
    Bound,
    Until,
    Plan,
    Ahead,
    Review,
    AsOf,
    Past,
    Account,
}

fn cue(value: &str) -> Option<Cue> {
    Some(match value {
        "birth" => Cue::Birth,
        "since" => Cue::Since,
        "bound" => Cue::Bound,
        "until" => Cue::Until,
        "plan" => Cue::Plan,
        "ahead" => Cue::Ahead,
        "review" => Cue::Review,
        "as-of" => Cue::AsOf,
        "past" => Cue::Past,
        "account" => Cue::Account,
        _ => return None,
    })
}

/// Words that tell what a date is evidence of.
#[derive(Debug)]
pub(in crate::extract) struct Cues(Phrases<Cue>);

impl Cues {
    pub(in crate::extract) fn new() -> Self {
        Self(Phrases::parse(include_str!("../lexicons/years.txt"), cue).unwrap_or_default())
    }

    /// The cue that ends just before a token.
    fn before(&self, reading: &Reading, at: usize) -> Option<Cue> {
        (1..=4).rev().filter_map(|back| at.checked_sub(back)).find_map(|start| {
            self.0.longest(&reading.tokens[..at], start).filter(|(end, _)| *end == at).map(|(_, cue)| *cue)
        })
    }

    /// The word of planning that stands last before the date in its sentence; for a date that opens the sentence ("Trong năm 2018,
    /// hội đặt mục tiêu …") the first behind it.
    fn planned(&self, reading: &Reading, date: &Range<usize>) -> Option<Cue> {
        let tokens = &reading.sentences[reading.sentence_of(date.start)?].tokens;
        let planning = |at: usize| match self.0.longest(&reading.tokens, at) {
            Some((_, cue @ (Cue::Plan | Cue::Ahead | Cue::Review))) => Some(*cue),
            _ => None,
        };
        // A date late in a very long sentence has its plan near it.
        let start = tokens.start.max(date.start.saturating_sub(NEAR));
        let before = (start..date.start).rev().find_map(planning);
        let opens = date.start <= tokens.start + 1;
        before.or_else(|| (date.end..tokens.end.min(date.end + NEAR)).filter(|_| opens).find_map(planning))
    }

    /// True if the sentence tells of what came before the meeting.
    fn is_past(&self, reading: &Reading, at: usize) -> bool {
        let start = reading.sentence_of(at).map(|sentence| reading.sentences[sentence].tokens.start);
        start.and_then(|start| self.0.longest(&reading.tokens, start)).is_some_and(|(_, cue)| *cue == Cue::Past)
    }

    /// True if the clause of a date tells what is still to come: "đến 30-10-2018 sẽ bàn giao", "dự kiến xong trong quý I/2020";
    /// but not "sẽ bàn tình hình tháng 4/2019", where the date tells of a noun.
    fn is_ahead(&self, reading: &Reading, date: &Range<usize>) -> bool {
        let Some(sentence) = reading.sentence_of(date.start) else { return false };
        let tokens = &reading.sentences[sentence].tokens;
        let ahead = |at: usize| matches!(self.0.longest(&reading.tokens, at), Some((_, Cue::Ahead)));
        let start = tokens.start.max(date.start.saturating_sub(CLAUSE));
        let marked = date.start == tokens.start || {
            let before = &reading.tokens[date.start - 1];
            let marks = ["đến", "tới", "vào", "trong", "từ", "ngay", "kiến"].map(WordKey::of);
            !before.is_word() || marks.contains(&before.key)
        };
        marked && ((start..date.start).any(ahead) || (date.end..tokens.end.min(date.end + CLAUSE)).any(ahead))
    }
}

/// Gathers the evidence for the year of a report. `congress`: it speaks of a congress.
pub(in crate::extract) fn evidence(context: &Context<'_>, cues: &Cues, congress: bool) -> Evidence {
    let mut evidence = Evidence::default();
    let mut named = Vec::new();
    let reading = context.reading;
    for (index, found) in context.dates.iter().enumerate() {
        let Some(date) = found.value.date.filter(|date| !date.lacks_year()) else { continue };
        let (Some(first), Some(last)) = (date.earliest(), date.latest()) else { continue };
        if first.year() < EARLIEST {
            continue;
        }
        let before = cues.before(reading, found.tokens.start);
        match (found.value.meaning, before) {
            (_, Some(Cue::Birth)) => {}
            _ if in_document(context, &found.tokens) => {}
            (_, Some(Cue::Until)) if closes_years(context, index, first) => raise(&mut evidence.begun, first.year()),
            (Meaning::Term | Meaning::Stage, _) => {
                raise(&mut evidence.begun, first.year());
                if congress && found.value.meaning == Meaning::Term {
                    raise(&mut evidence.congress, first.year());
                }
            }
            (_, Some(Cue::Bound)) if spans_years(first, last) => {}
            (_, Some(Cue::Bound)) => lower(&mut evidence.bound, last),
            (_, Some(Cue::Since)) if date.as_day().is_none() => raise(&mut evidence.since, first.year()),
            (_, Some(Cue::Until)) if spans_years(first, last) => {}
            (_, Some(Cue::AsOf)) if spans_years(first, last) => raise(&mut evidence.reported, first.year()),
            // "10 năm thực hiện Chỉ thị số 3, ngày 10-4-2009": held ten years later.
            _ if anniversary(context, &found.tokens).is_some() => {
                let years = anniversary(context, &found.tokens).unwrap_or_default();
                raise(&mut evidence.document, first.year() + years);
            }
            _ if !spans_years(first, last) && cues.is_ahead(reading, &found.tokens) => lower(&mut evidence.bound, last),
            _ if !spans_years(first, last) => {
                if cues.is_past(reading, found.tokens.start) {
                    evidence.past = evidence.past.max(Some(first));
                }
                evidence.anchors.push(date);
            }
            _ if first.year() != last.year() => raise(&mut evidence.begun, first.year()),
            _ if names_document(context, &found.tokens) => {}
            _ => match cues.planned(reading, &found.tokens) {
                Some(Cue::Plan) => raise(&mut evidence.planned, first.year()),
                Some(Cue::Review) => raise(&mut evidence.reviewed, first.year()),
                Some(_) => {}
                // "năm 2018, Bộ sẽ …": a year that is planned for.
                None if foretells(reading, &found.tokens) => raise(&mut evidence.planned, first.year()),
                None if before.is_none() && names(reading, &found.tokens) => named.push(first.year()),
                None => evidence.told.push(first.year()),
            },
        }
    }
    named.extend(bare_names(context));
    settle(&mut evidence, named);
    evidence
}

/// True where the clause behind a year tells what is to be done in it: "năm 2018, Bộ | sẽ", "trong năm 2019, các xã | cần".
fn foretells(reading: &Reading, date: &Range<usize>) -> bool {
    let Some(sentence) = reading.sentence_of(date.start) else { return false };
    let end = reading.sentences[sentence].tokens.end.min(date.end + CLAUSE);
    // "cuối năm 2020 sẽ thông xe": a year may lie far ahead.
    let before = date.start.checked_sub(1).map_or("", |at| reading.word(at));
    if matches!(before, "giữa" | "cuối" | "đầu" | "đến" | "tới" | "trước" | "hết" | "vào") {
        return false;
    }
    let tells = (date.end..end).map(|at| reading.word(at)).find(|word| {
        matches!(*word, "sẽ" | "cần" | "đã" | "đạt" | "được" | "có" | "là" | "tăng" | "giảm" | "bị" | "vừa")
    });
    matches!(tells, Some("sẽ" | "cần"))
}

/// Words that go on behind the name of an event.
const BEHIND: [&str; 9] = ["tại", "do", "và", "với", "của", "diễn", "ở", "vừa", "cho"];

/// True for a year that stands right behind a noun: "kỳ thi tốt nghiệp | năm 2019". Behind a preposition or a comma it tells when.
fn names(reading: &Reading, date: &Range<usize>) -> bool {
    let first = reading.sentence_of(date.start).is_some_and(|at| reading.sentences[at].tokens.start == date.start);
    !first && date.start > 0 && reading.tokens[date.start - 1].is_word() && ends_name(reading, date.end)
}

/// True where no verb follows: "… 2019 tại", "… 2019."
fn ends_name(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_none_or(|next| match next.kind {
        Kind::Word(_) => BEHIND.contains(&reading.word(at)),
        Kind::Sign(sign) => matches!(sign, '.' | ',' | ')' | '"' | '”' | ';'),
        Kind::Break => true,
        _ => false,
    })
}

/// The years that stand without "năm" behind a name: "Ngày hội Báo chí 2019 | khai mạc", "hè 2019".
fn bare_names(context: &Context<'_>) -> impl Iterator<Item = i16> {
    const COUNTS: [&str; 12] = ["năm", "hơn", "gần", "khoảng", "số", "trên", "từ", "đến", "tới", "còn", "có", "là"];
    let counts = COUNTS.map(WordKey::of);
    let reading = context.reading;
    let tokens = &reading.tokens;
    let numbers = (1..tokens.len()).filter(|&at| tokens[at].kind == Kind::Number && tokens[at - 1].is_word());
    numbers.filter_map(move |at| {
        let word = reading.word(at);
        let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
        let named = !counts.contains(&tokens[at - 1].key)
            && ends_name(reading, at + 1)
            && !in_document(context, &(at..at + 1))
            && !names_document(context, &(at..at + 1));
        named.then_some(year)
    })
}

/// Puts years told and years of names in their places. A round year some years ahead of one that is told as often is a target.
fn settle(evidence: &mut Evidence, mut names: Vec<i16>) {
    let told = &mut evidence.told;
    names.retain(|year| (EARLIEST..EARLIEST + 100).contains(year));
    let times = |year: i16| told.iter().chain(&names).filter(|told| **told == year).count();
    let mut years: Vec<i16> = told.iter().chain(&names).copied().collect();
    years.sort_unstable();
    years.dedup();
    let target = |before: i16, year: i16| year % 5 == 0 && (year - before > 5 || times(before) >= times(year));
    while let [.., before, year] = years[..]
        && target(before, year)
    {
        years.pop();
    }
    let latest = |list: &[i16]| list.iter().copied().filter(|year| years.contains(year)).max();
    evidence.reported = evidence.reported.max(latest(told));
    evidence.running = latest(&names);
}

impl Evidence {
    /// The year in which a day or month without a year lies, where the report settles it. `congress`: it is the day of a congress.
    pub(in crate::extract) fn year_of(&self, date: Edtf, congress: bool) -> Option<i16> {
        if let Some(told) = self.anchors.iter().find(|anchor| anchor.as_day().is_some() && anchor.overlaps(date)) {
            return told.earliest().map(Date::year);
        }
        if congress && self.congress.is_some() {
            return self.congress;
        }
        let latest = self.anchors.iter().copied().max_by_key(|anchor| anchor.latest());
        let latest = latest.filter(|anchor| anchor.latest().is_some_and(|last| !self.is_stale(last.year())));
        if let Some(anchor) = latest {
            let year = anchor.latest()?.year();
            let candidates = (year - 1..=year + 1).filter_map(|year| date.in_year(year));
            // What is told with its day has mostly happened: a day behind it is likelier than one as far before it.
            let strain = |candidate: Edtf| {
                let days = distance(candidate, anchor);
                if candidate.latest() < anchor.earliest() { days + days / 2 } else { days }
            };
            let nearest = candidates.filter(|candidate| self.is_within(*candidate)).min_by_key(|c| strain(*c));
            return nearest?.earliest().map(Date::year);
        }
        if let Some(bound) = self.bound.filter(|bound| !self.is_stale(bound.year())) {
            let years = [bound.year(), bound.year() - 1];
            return years.into_iter().find(|year| date.in_year(*year).is_some_and(|date| self.is_within(date)));
        }
        self.year_reported(date).or(self.congress).or(self.document)
    }

    /// From whole years: a plan is for the running year, or late in the year for the next; a result is told in its own year's last
    /// months or in the year after.
    fn year_reported(&self, date: Edtf) -> Option<i16> {
        let month = date.in_year(2024)?.earliest()?.month();
        if let Some(reviewed) = self.reviewed.filter(|year| !self.is_stale(*year) || self.planned == Some(year + 1)) {
            return Some(if month <= 8 { reviewed + 1 } else { reviewed });
        }
        if let Some(running) =
            self.running.filter(|year| !self.is_stale(*year) && self.planned.is_none_or(|plan| plan <= *year))
        {
            return Some(running);
        }
        let year = self.reported.max(self.planned).filter(|year| !self.is_stale(*year))?;
        Some(match (self.planned == Some(year), self.reported == Some(year)) {
            // From October on plans are for the year to come.
            (true, false) if month >= 10 => year - 1,
            (true, _) => year,
            // Two years told side by side in spring: the one that is over and the one that runs.
            (false, _) if month <= 3 && self.told.contains(&(year - 1)) => year,
            (false, _) if month <= 8 => year + 1,
            (false, _) => year,
        })
    }

    fn is_within(&self, date: Edtf) -> bool {
        self.bound.is_none_or(|bound| date.earliest().is_none_or(|first| first <= bound))
            && self.past.is_none_or(|past| date.latest().is_none_or(|last| last >= past))
    }

    /// True for a year that other years of the report leave behind: it belongs to a history or a biography.
    fn is_stale(&self, year: i16) -> bool {
        let later = [self.since, self.reported, self.reviewed, self.planned, self.running]
            .into_iter()
            .flatten()
            .any(|other| year < other);
        later || self.begun.is_some_and(|begun| year < begun - 1)
    }
}

fn raise(slot: &mut Option<i16>, year: i16) {
    *slot = (*slot).max(Some(year));
}

fn lower(slot: &mut Option<Date>, day: Date) {
    *slot = Some(slot.map_or(day, |other| other.min(day)));
}

fn spans_years(first: Date, last: Date) -> bool {
    // A half year has at most 184 days, a year at least 365.
    first.until(last).is_ok_and(|span| span.get_days() > 200)
}

/// True inside the name of a document: "nghị quyết 03/2018" was not passed in March.
fn in_document(context: &Context<'_>, date: &Range<usize>) -> bool {
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    mentions[..split].last().is_some_and(|found| date.end <= found.tokens.end)
}

/// "từ năm 2005 đến | tháng 8/2012": the end of some years that are looked back on.
fn closes_years(context: &Context<'_>, index: usize, end: Date) -> bool {
    let before = index.checked_sub(1).and_then(|before| context.dates.get(before));
    before.is_some_and(|before| {
        let first = before.value.date.filter(|date| !date.lacks_year()).and_then(Edtf::earliest);
        before.tokens.end + 1 == context.dates[index].tokens.start
            && first.is_some_and(|first| end.year() - first.year() >= 2)
    })
}

/// True for the year of a document: inside its name, right behind it, or behind "ban hành".
fn names_document(context: &Context<'_>, date: &Range<usize>) -> bool {
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    let issued = |end: usize| {
        const REACH: usize = 5;
        date.start <= end + REACH
            && (end..date.start).any(|at| context.reading.word(at) == "ban" && context.reading.word(at + 1) == "hành")
    };
    mentions[..split].last().is_some_and(|found| date.start <= found.tokens.end + 1 || issued(found.tokens.end))
}

/// "tổng kết 10 năm thực hiện Chỉ thị số 3, ngày …": the number of years before the document's name.
fn anniversary(context: &Context<'_>, date: &Range<usize>) -> Option<i16> {
    let reading = context.reading;
    let mentions = &context.references.mentions;
    let split = mentions.partition_point(|found| found.tokens.start <= date.start);
    let document = mentions[..split].last().filter(|found| date.start <= found.tokens.end + 2)?.tokens.start;
    let year = WordKey::of("năm");
    let at = (document.saturating_sub(6)..document).rev().find(|&at| reading.tokens[at].key == year)?;
    reading.word(at.checked_sub(1)?).parse().ok().filter(|years| (1..=50).contains(years))
}
