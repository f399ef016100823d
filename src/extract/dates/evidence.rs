//! Which year a report leaves out of its dates, as far as its other dates tell.
//!
//! - days, months and parts of a year that are told as past: the first such day behind them; those that lie open ("từ …", "đến …"): the
//!   one nearest to them; those still to come: the last before them;
//! - a year that names what the report is about ("Ngày hội Báo chí 2019", "chiến dịch hè năm 2019"): that year;
//! - a year that is planned for: that year, late in the year the one before; a year that is reviewed or reported on: the one behind it, late in
//!   the year itself;
//! - a year with whose same months the report compares: the one behind it;
//! - the beginning of a term, for its congress; the anniversary of a document.
//!
//! Years of birth, of documents, of histories, and targets ("vào năm 2030") are no evidence.

mod anniversaries;
mod clauses;
mod judgement;
mod names;
mod stages;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::Date;

use self::anniversaries::{anniversary, founded, looks_back, summed_up};
use self::clauses::{ends_deed, fills_seat, foretells, is_completed, is_end, tells_past};
use self::judgement::{Anchor, Evidence, Told, settle};
use self::names::{Named, bare_names, has_result, names, of_days, of_feast, of_occasion, of_paper};
use self::stages::{is_new, is_reviewed, is_school_year};
use super::{DateExpression, Meaning};
use crate::extract::{Context, Found};
use crate::model::Edtf;
use crate::text::{Phrases, Reading, WordKey};

/// First year that a report without one is taken to be of: newspapers and portals have been read on the web since then.
const EARLIEST: i16 = 1998;
/// Tokens around a date among which the word of its plan is looked for.
const NEAR: usize = 25;
/// Tokens around a date that are its clause.
const CLAUSE: usize = 14;

/// Tokens before a date among which the word stands that it is still to come: "sẽ được trình Chính phủ vào tháng 12 tới và trình Quốc hội vào".
const SAID_BEFORE: usize = 20;
/// Years of a stage that lies ahead rather than runs: "giai đoạn 2030-2045".
const FAR: i16 = 10;

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
    Ask,
    Compared,
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
        "ask" => Cue::Ask,
        "compared" => Cue::Compared,
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
        // "thứ hai từ phải | sang": of a picture.
        let seen = |at: usize| reading.word(at) == "sang" && at > 0 && matches!(reading.word(at - 1), "phải" | "trái");
        let planning = |at: usize| match self.0.longest(&reading.tokens, at) {
            Some((_, cue @ (Cue::Plan | Cue::Ahead | Cue::Review))) if !seen(at) => Some(*cue),
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
    /// but not "sẽ bàn tình hình tháng 4/2019", where the date tells of a noun. The part of a year may: "sẽ trình tại kỳ họp cuối năm
    /// 2018".
    fn is_ahead(&self, reading: &Reading, found: &Found<DateExpression>) -> bool {
        let date = &found.tokens;
        let Some(sentence) = reading.sentence_of(date.start) else { return false };
        let tokens = &reading.sentences[sentence].tokens;
        let ahead = |at: usize| matches!(self.0.longest(&reading.tokens, at), Some((_, Cue::Ahead)));
        let start = tokens.start.max(date.start.saturating_sub(SAID_BEFORE));
        let marked = date.start == tokens.start || {
            let before = &reading.tokens[date.start - 1];
            let marks = ["đến", "tới", "vào", "trong", "từ", "ngay", "kiến", "hết"].map(WordKey::of);
            // "dự kiến thông qua tại kỳ họp | tháng 6/2018".
            let sitting =
                date.start > 1 && (reading.word(date.start - 2), reading.word(date.start - 1)) == ("kỳ", "họp");
            // "sẽ trao vào dịp kỷ niệm ngày thành lập Đảng | 3-2-2019".
            let occasion =
                (start.max(date.start.saturating_sub(CLAUSE))..date.start).any(|at| reading.word(at) == "dịp");
            !before.is_word() || sitting || occasion || marks.contains(&before.key) || ends_deed(reading, date.start)
        };
        let behind = date.end..tokens.end.min(date.end + CLAUSE);
        // "cuối năm 2020 tuyến metro sẽ xong", but not "đề án thông qua giữa năm 2017, thành phố sẽ dừng".
        let part = found.value.meaning == Meaning::Part;
        let clause = behind.clone().find(|at| reading.tokens[*at].is(',')).unwrap_or(behind.end);
        let soon = (behind.start..behind.end.min(behind.start + 2)).any(ahead);
        let over = |at: usize| tells_past(reading.word(at));
        // "sẽ vượt kế hoạch đã cam kết tại đại hội tháng 3/2018": what was promised then.
        let foretold = (start..date.start).rev().find(|at| ahead(*at) || over(*at)).is_some_and(ahead);
        // "… yêu cầu báo cáo, ngày 24/8/2017, hội đã họp": what was asked for is told.
        let told = behind.clone().find(|at| ahead(*at) || over(*at)).is_some_and(over);
        (marked || part) && (foretold || !told && self.is_asked(reading, date.start))
            || marked && behind.into_iter().any(ahead)
            || part && (date.end..clause).any(ahead)
            || soon
            || part && is_end(reading, date.start) && self.planned(reading, date) == Some(Cue::Plan)
    }

    /// "từ năm 2013 đến 2018, ông đã …": the last of some years that are looked back on; a round year is a target.
    fn looked_back_to(&self, reading: &Reading, found: &Found<DateExpression>, date: Edtf) -> Option<i16> {
        let (first, last) = (date.earliest()?.year(), date.latest()?.year());
        (last - first > 1 && last % 5 != 0 && !self.is_ahead(reading, found)).then_some(last)
    }

    /// True where a year says when something is to be done: "giải pháp cho | năm 2019", "điều chỉnh chương trình | năm 2019", "yêu cầu
    /// hoàn thành trong | năm 2019".
    fn is_task(&self, reading: &Reading, year: usize) -> bool {
        match year.checked_sub(1).map_or("", |at| reading.word(at)) {
            "cho" => true,
            "trình" => year > 1 && reading.word(year - 2) == "chương",
            "trong" => self.is_asked(reading, year),
            _ => false,
        }
    }

    /// True if words before a date ask for what is to be done until then: "yêu cầu Sở Y tế báo cáo trong | quý I/2018".
    fn is_asked(&self, reading: &Reading, date: usize) -> bool {
        let Some(sentence) = reading.sentence_of(date) else { return false };
        let before = reading.sentences[sentence].tokens.start.max(date.saturating_sub(2 * NEAR))..date;
        let ask = |at: &usize| matches!(self.0.longest(&reading.tokens, *at), Some((_, Cue::Ask)));
        // "kế hoạch đã cam kết": what was promised is told.
        let told = |asked: usize| asked > before.start && tells_past(reading.word(asked - 1));
        let asked = before.clone().rev().find(ask).filter(|asked| !told(*asked));
        // "đề nghị đánh giá kết quả từ đầu nhiệm kỳ đến tháng 6/2023": what is asked for may lie behind.
        asked.is_some_and(|asked| {
            !(asked..before.end)
                .map(|at| reading.word(at))
                .any(|word| tells_past(word) || matches!(word, "được" | "từ"))
        })
    }
}

/// Gathers the evidence for the year of a report. `congress`: it speaks of a congress.
pub(in crate::extract) fn evidence(context: &Context<'_>, cues: &Cues, congress: bool) -> Evidence {
    let mut evidence = Evidence::default();
    let mut named = Vec::new();
    let reading = context.reading;
    for (index, found) in context.dates.iter().enumerate() {
        let Some(date) = found.value.date.filter(|date| !date.lacks_year()) else { continue };
        let part = part_of_year(reading, found, date);
        let date = part.unwrap_or(date);
        let (Some(first), Some(last)) = (date.earliest(), date.latest()) else { continue };
        if let Some(year) = founded(context, &found.tokens, first.year()) {
            raise(&mut evidence.document, year);
        }
        if let Some(year) = summed_up(reading, &found.tokens, first.year()) {
            raise(&mut evidence.summed_up, year);
        }
        if looks_back(reading, &found.tokens, first.year(), last.year()) {
            raise(&mut evidence.document, last.year());
        }
        if first.year() < EARLIEST {
            // "88 năm Ngày thành lập Đoàn (26-3-1931 - 26-3-2019)": the day that is celebrated.
            if (first.month(), first.day()) == (last.month(), last.day()) && last.year() >= EARLIEST {
                evidence.anchors.push(Anchor { date: Edtf::day(last), told: Told::Open });
            }
            continue;
        }
        let before = cues.before(reading, found.tokens.start);
        match (found.value.meaning, before) {
            (_, Some(Cue::Birth)) => {}
            (Meaning::Stage, _) if is_reviewed(reading, &found.tokens, last.year()) => {
                raise(&mut evidence.begun, first.year());
                // "10 năm …, giai đoạn 2009-2019": held in the last year; else a stage has its last year whole.
                let round = (last.year() - first.year()) % 5 == 0;
                raise(if round { &mut evidence.document } else { &mut evidence.reviewed }, last.year());
            }
            _ if in_document(context, &found.tokens) => {}
            (Meaning::Stage, _) if last.year() - first.year() >= FAR => {}
            (_, Some(Cue::Until)) if closes_years(context, index, first) => raise(&mut evidence.begun, first.year()),
            // "từ năm 2013-2018": no stage.
            (Meaning::Term | Meaning::Stage, before)
                if before != Some(Cue::Since) || cues.looked_back_to(reading, found, date).is_none() =>
            {
                raise(&mut evidence.begun, first.year());
                if congress && found.value.meaning == Meaning::Term && !fills_seat(reading, found.tokens.start) {
                    raise(&mut evidence.congress, first.year());
                }
                // "áp dụng từ năm học 2019-2020": one that may lie far off.
                let far = matches!(before, Some(Cue::Since | Cue::Until | Cue::Bound));
                if !far && is_school_year(reading, found.tokens.start) {
                    evidence.school.add(first.year());
                    match cues.planned(reading, &found.tokens) {
                        _ if is_new(reading, found.tokens.start) => raise(&mut evidence.school.ahead, first.year()),
                        Some(Cue::Plan | Cue::Ahead) => raise(&mut evidence.school.ahead, first.year()),
                        Some(Cue::Review) => raise(&mut evidence.school.over, first.year()),
                        _ => {}
                    }
                }
            }
            (_, Some(Cue::Bound)) if spans_years(first, last) => {}
            (_, Some(Cue::Bound)) => lower(&mut evidence.bound, last),
            (_, Some(Cue::Since)) if date.as_day().is_none() => {
                raise(&mut evidence.since, cues.looked_back_to(reading, found, date).unwrap_or(first.year()));
            }
            (_, Some(Cue::Until)) if spans_years(first, last) => {}
            (_, Some(Cue::AsOf)) if spans_years(first, last) => raise(&mut evidence.reported, first.year()),
            // "10 năm thực hiện Chỉ thị số 3, ngày 10-4-2009": held ten years later.
            _ if anniversary(context, &found.tokens).is_some() => {
                let years = anniversary(context, &found.tokens).unwrap_or_default();
                raise(&mut evidence.document, first.year() + years);
            }
            _ if !spans_years(first, last) && cues.is_ahead(reading, found) => {
                // "đầu năm 2020" is not said in that spring.
                let opens = part.is_some() && first.month() == 1 && last.month() == 4;
                lower(&mut evidence.bound, if opens { first } else { last });
            }
            _ if !spans_years(first, last) => {
                if cues.is_past(reading, found.tokens.start) {
                    evidence.past = evidence.past.max(Some(first));
                }
                let told = match before {
                    Some(Cue::Until) => Told::Open,
                    _ if date.is_interval() && part.is_none() => Told::Open,
                    Some(Cue::Since) => Told::Since,
                    _ => Told::Over,
                };
                evidence.anchors.push(Anchor { date, told });
            }
            _ if first.year() != last.year() => {
                raise(&mut evidence.begun, first.year());
                if let Some(year) = cues.looked_back_to(reading, found, date) {
                    raise(&mut evidence.since, year);
                }
            }
            _ if names_document(context, &found.tokens) => {}
            (_, Some(Cue::Compared)) => raise(&mut evidence.compared, first.year()),
            _ if cues.is_task(reading, found.tokens.start) => evidence.plans.push(first.year()),
            _ => match cues.planned(reading, &found.tokens) {
                Some(Cue::Plan) if is_completed(reading, found.tokens.start) => named.push(first.year()),
                Some(Cue::Plan) => evidence.plans.push(first.year()),
                // "tổng kết kỳ thi năm 2019": what is reviewed is over as soon as it was held.
                Some(Cue::Review) if of_occasion(reading, &found.tokens) || of_days(reading, &found.tokens) => {
                    named.push(first.year());
                }
                Some(Cue::Review) => raise(&mut evidence.reviewed, first.year()),
                Some(_) => {}
                // "năm 2018, Bộ sẽ …": a year that is planned for.
                None if foretells(reading, &found.tokens) => evidence.plans.push(first.year()),
                None if of_feast(reading, found.tokens.start) => evidence.plans.push(first.year()),
                None if of_paper(reading, found.tokens.start) => raise(&mut evidence.since, first.year()),
                None if before.is_none() && names(reading, &found.tokens) => named.push(first.year()),
                None if of_days(reading, &found.tokens) => named.push(first.year()),
                None => {
                    evidence.told.push(first.year());
                    if has_result(reading, &found.tokens) {
                        evidence.results.push(first.year());
                    }
                }
            },
        }
    }
    for (year, meant) in bare_names(context, cues) {
        match meant {
            Named::Event => named.push(year),
            Named::Feast if year >= EARLIEST => evidence.plans.push(year),
            Named::Measured if year >= EARLIEST => raise(&mut evidence.since, year),
            Named::Feast | Named::Measured => {}
        }
    }
    settle(&mut evidence, named);
    evidence
}

/// The months that a part of a year means: "đầu năm 2019", "10 tháng đầu năm 2017", of which the last tells when the report was made.
fn part_of_year(reading: &Reading, found: &Found<DateExpression>, date: Edtf) -> Option<Edtf> {
    let (first, last) = (date.earliest()?, date.latest()?);
    if found.value.meaning == Meaning::Part && spans_years(first, last) {
        let edges = [("đầu", 1, 4), ("giữa", 5, 8), ("cuối", 9, 12)];
        let edge = reading.tokens[found.tokens.start].key;
        let (_, from, to) = edges.into_iter().find(|(word, _, _)| WordKey::of(word) == edge)?;
        return Edtf::between(Edtf::month(first.year(), from), Edtf::month(first.year(), to));
    }
    let months = date.is_interval() && first.year() == last.year() && first.month() == 1 && last.month() < 12;
    (months && spans_years(first, last)).then(|| Edtf::month(last.year(), last.month())).flatten()
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
    context.reference_up_to(date.start).is_some_and(|found| date.end <= found.tokens.end)
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
    // "Luật Luật sư năm 2006 (sửa đổi, bổ sung | năm 2012)".
    let pair = date.start.checked_sub(2).map(|at| (context.reading.word(at), context.reading.word(at + 1)));
    if matches!(pair, Some(("bổ", "sung") | ("sửa", "đổi"))) {
        return true;
    }
    let issued = |end: usize| {
        const REACH: usize = 5;
        date.start <= end + REACH
            && (end..date.start).any(|at| context.reading.word(at) == "ban" && context.reading.word(at + 1) == "hành")
    };
    let named = context.reference_up_to(date.start);
    named.is_some_and(|found| date.start <= found.tokens.end + 1 || issued(found.tokens.end))
}
