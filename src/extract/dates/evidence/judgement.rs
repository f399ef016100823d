//! What the evidence for a report's year comes to.

use jiff::civil::Date;

use super::super::calendar::distance;
use super::EARLIEST;
use crate::model::Edtf;

/// First month in which plans are for the year to come.
const LATE: i8 = 10;

/// What is told of a date with its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Something that has been, so that the report is hardly older.
    Over,
    /// The beginning of something, mostly over.
    Since,
    /// An end, or some days or months: over or still to come.
    Open,
}

/// A date with its year, of at most half a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) date: Edtf,
    pub(super) told: Told,
}

impl Anchor {
    /// True for a date before a year.
    fn is_before(self, year: i16) -> bool {
        self.date.latest().is_none_or(|last| last.year() < year)
    }

    /// How much speaks against a day so many days before it, in days after it.
    fn before(self, days: i32) -> i32 {
        match self.told {
            Told::Over => days.saturating_mul(14),
            Told::Since => days.saturating_mul(4),
            // Mostly told afterwards as well.
            Told::Open => days.saturating_add(days / 2),
        }
    }
}

/// School years that are spoken of, by the year in which each begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SchoolYears {
    /// All of them, each once.
    pub(super) all: Vec<i16>,
    /// The latest that is planned for.
    pub(super) ahead: Option<i16>,
    /// The latest that is reviewed.
    pub(super) over: Option<i16>,
}

impl SchoolYears {
    pub(super) fn add(&mut self, year: i16) {
        if !self.all.contains(&year) {
            self.all.push(year);
        }
    }

    /// The year of a month: in summer one school year is over and the next is prepared, else one runs.
    fn year_of(&self, month: i8) -> Option<i16> {
        let latest = self.all.iter().copied().max().filter(|_| self.all.len() < 3)?;
        // What is planned for a later school year may lie far ahead.
        let running = (self.ahead != Some(latest) || self.over == Some(latest - 1)).then_some(latest);
        match month {
            1..=5 => running.map(|year| year + 1),
            6..=8 if self.all.contains(&(latest - 1)) => Some(latest),
            6..=8 => self.ahead.or(self.over.map(|year| year + 1)),
            _ => running,
        }
    }
}

/// What the report's other dates tell about the year it was written in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::extract) struct Evidence {
    /// Dates with a year that tell a part of it.
    pub(super) anchors: Vec<Anchor>,
    /// Latest year that is only reported on ("năm 2018 đạt").
    pub(super) reported: Option<i16>,
    /// Every year that is reported on.
    pub(super) told: Vec<i16>,
    /// Years that are told with what came of them.
    pub(super) results: Vec<i16>,
    /// Latest year that names an event or a campaign ("Ngày hội Báo chí 2019").
    pub(super) running: Option<i16>,
    /// Latest year that the meeting itself reviews ("tổng kết công tác năm 2018").
    pub(super) reviewed: Option<i16>,
    /// Every year that is planned for.
    pub(super) plans: Vec<i16>,
    /// Latest year that is planned for ("nhiệm vụ năm 2019"), no far target.
    pub(super) planned: Option<i16>,
    /// Latest year with whose same months the report compares its own ("so với cùng kỳ năm 2018").
    pub(super) compared: Option<i16>,
    /// Day that still lies ahead ("từ nay đến tháng 3/2020", "sẽ bàn giao vào ngày 30-10-2018").
    pub(super) bound: Option<Date>,
    /// Day that is told as past ("trước đó, tháng 8/2016").
    pub(super) past: Option<Date>,
    /// Latest year in which a term or a stage begins.
    pub(super) begun: Option<i16>,
    /// Latest year since which something holds.
    pub(super) since: Option<i16>,
    /// First year of the term whose congress is held or prepared.
    pub(super) congress: Option<i16>,
    /// School years that are spoken of.
    pub(super) school: SchoolYears,
    /// Year of the anniversary of a document that the meeting reviews.
    pub(super) document: Option<i16>,
    /// Year in which the meeting sums up some years since one with which it compares.
    pub(super) summed_up: Option<i16>,
}

/// Puts years told and years of names in their places. A round year some years ahead of one that is told as often is a target.
pub(super) fn settle(evidence: &mut Evidence, mut names: Vec<i16>) {
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
    // "công suất 4 triệu khách vào năm 2025" beside what was done in 2016: a target.
    let anchored = evidence.anchors.iter().filter_map(|anchor| anchor.date.latest()).map(Date::year).max();
    let known = anchored.max(evidence.reported).max(evidence.since).max(evidence.reviewed);
    let target = |year: i16| year % 5 == 0 && known.is_some_and(|known| year > known + 2);
    evidence.planned = evidence.plans.iter().copied().filter(|year| !target(*year)).max();
    // "Chương trình nghị sự 2030": a round year that nothing else of the report is near is a target.
    let lone = |year: i16| {
        let near =
            evidence.anchors.iter().any(|anchor| anchor.date.latest().is_some_and(|last| last.year() + 1 >= year));
        let told = evidence.told.iter().any(|told| (year - 1..=year).contains(told));
        year % 5 == 0 && !near && !told && evidence.reviewed.is_none_or(|reviewed| reviewed + 1 < year)
    };
    evidence.running = evidence.running.filter(|year| !lone(*year));
}

impl Evidence {
    /// The year in which a day or month without a year lies, where the report settles it. `congress`: it is the day of a congress.
    pub(in crate::extract) fn year_of(&self, date: Edtf, congress: bool) -> Option<i16> {
        if let Some(told) =
            self.anchors.iter().map(|anchor| anchor.date).find(|told| told.as_day().is_some() && told.overlaps(date))
        {
            return told.earliest().map(Date::year);
        }
        // What has been since then, a congress of those years does not come before: the term is another body's.
        let since =
            |year: i16| self.anchors.iter().all(|anchor| anchor.told != Told::Over || anchor.is_before(year + 1));
        if congress && let Some(year) = self.congress.filter(|year| since(*year)) {
            return Some(year);
        }
        // "10 năm … so với năm 2014": the days of papers and plans on the way lie before.
        if let Some(year) = self.summed_up.filter(|year| self.anchors.iter().all(|anchor| anchor.is_before(*year))) {
            return Some(year);
        }
        let latest = self
            .anchors
            .iter()
            .copied()
            .filter(|anchor| !self.is_far(*anchor))
            .max_by_key(|anchor| anchor.date.latest());
        let late = month_of(date).is_some_and(|month| month >= LATE);
        let latest = latest.filter(|anchor| anchor.date.latest().is_some_and(|last| !self.is_left_behind(last, late)));
        if let Some(anchor) = latest {
            let year = anchor.date.latest()?.year();
            let candidates = (year - 1..=year + 1).filter_map(|year| date.in_year(year));
            let strain = |candidate: Edtf| {
                let days = distance(candidate, anchor.date);
                if candidate.latest() < anchor.date.earliest() { anchor.before(days) } else { days }
            };
            let nearest = candidates.filter(|candidate| self.is_within(*candidate)).min_by_key(|c| strain(*c));
            return nearest?.earliest().map(Date::year);
        }
        if let Some(bound) = self.bound.filter(|bound| !self.is_stale(bound.year())) {
            let years = [bound.year(), bound.year() - 1];
            return years.into_iter().find(|year| date.in_year(*year).is_some_and(|date| self.is_within(date)));
        }
        let school =
            || month_of(date).and_then(|month| self.school.year_of(month)).filter(|year| !self.is_stale(*year));
        self.year_reported(date).or_else(school).or(self.congress).or(self.document)
    }

    /// Takes the first year of the term of the assembly that sits.
    pub(in crate::extract) fn sits_since(&mut self, year: i16) {
        self.past = self.past.max(Date::new(year, 1, 1).ok());
    }

    /// From whole years: a plan is for the running year, or late in the year for the next; a result is told in its own year's last
    /// months or in the year after.
    fn year_reported(&self, date: Edtf) -> Option<i16> {
        let month = month_of(date)?;
        // What is reviewed is spoken of beside what comes after it.
        if let Some(reviewed) = self.reviewed.filter(|year| !self.is_stale(*year) || !self.is_stale(*year + 1)) {
            return Some(if month <= 8 { reviewed + 1 } else { reviewed });
        }
        // "báo cáo năm 2018" beside "chương trình năm 2020": told in the year between.
        if let (Some(told), Some(plan)) = (self.reported.max(self.running), self.planned)
            && plan == told + 2
        {
            return Some(told + 1);
        }
        // In spring the whole year before may be compared with the one before that.
        if let Some(compared) = self.compared.filter(|year| self.reported.is_none_or(|told| told <= *year || month > 3))
        {
            return Some(compared + 1);
        }
        if let Some(running) =
            self.running.filter(|year| !self.is_stale(*year) && self.planned.is_none_or(|plan| plan <= *year))
        {
            // Late in the year the next one has its plan, and its events have names.
            let next = month >= LATE && self.planned == Some(running) && self.reported != Some(running);
            return Some(if next { running - 1 } else { running });
        }
        let year = self.reported.max(self.planned).filter(|year| !self.is_stale(*year))?;
        Some(match (self.planned == Some(year), self.reported == Some(year)) {
            // From October on plans are for the year to come.
            (true, false) if month >= LATE => year - 1,
            // "Năm 2019 là thời cơ …" beside its plan, in December: nothing has come of it yet.
            (true, true) if month == 12 && !self.results.contains(&year) => year - 1,
            (true, _) => year,
            // Two years told side by side in spring: the one that is over and the one that runs.
            (false, _) if month <= 3 && self.told.contains(&(year - 1)) => year,
            // In spring it is mostly the year that is over.
            (false, _) if month <= 3 => year + 1,
            (false, _) if month <= 8 && self.has_come_to(year) => year + 1,
            (false, _) => return self.is_told_well(year).then_some(year),
        })
    }

    /// "khẳng định đến cuối năm 2020 thông xe" beside several days and months of the year before: an end that lies ahead.
    fn is_far(&self, anchor: Anchor) -> bool {
        let year = |anchor: &Anchor| anchor.date.latest().map(Date::year);
        let Some(end) = year(&anchor).filter(|_| anchor.told == Told::Open) else { return false };
        let times = |wanted: i16| self.anchors.iter().filter(|other| year(other) == Some(wanted)).count();
        times(end) == 1 && times(end - 1) > 1
    }

    fn is_within(&self, date: Edtf) -> bool {
        self.bound.is_none_or(|bound| date.earliest().is_none_or(|first| first <= bound || is_soon_after(first, bound)))
            && self.past.is_none_or(|past| date.latest().is_none_or(|last| last >= past))
    }

    /// True for a year that is told with its result, or once beside the one before it.
    fn has_come_to(&self, year: i16) -> bool {
        let once = self.told.iter().filter(|told| **told == year).count() == 1;
        self.results.contains(&year) || once && self.told.contains(&(year - 1))
    }

    /// True for a year that is told with its result, more than once, or beside the one before it.
    fn is_told_well(&self, year: i16) -> bool {
        self.results.contains(&year)
            || self.told.iter().filter(|told| **told == year).count() > 1
            || self.told.contains(&(year - 1))
    }

    /// True for an anchor whose year is stale. Late in the year a plan for the next leaves nothing behind, nor does the name of an event
    /// to come leave behind what was that autumn.
    fn is_left_behind(&self, anchor: Date, late: bool) -> bool {
        let next = |of: i16| late && of == anchor.year() + 1;
        let planned = self.planned.filter(|plan| !next(*plan));
        let running = self.running.filter(|name| !(next(*name) && anchor.month() >= LATE - 1));
        Self { planned, running, ..self.clone() }.is_stale(anchor.year())
    }

    /// True for a year that other years of the report leave behind: it belongs to a history or a biography.
    fn is_stale(&self, year: i16) -> bool {
        let later = [self.since, self.reported, self.reviewed, self.planned, self.running]
            .into_iter()
            .flatten()
            .any(|other| year < other);
        later
            || self.bound.is_some_and(|bound| year < bound.year() - 1)
            || self.begun.is_some_and(|begun| year < begun - 1)
    }
}

/// True for a day so soon after one that lies ahead that the year before is the odder guess: "gửi trước ngày 24/8/2017" beside "25/8".
fn is_soon_after(day: Date, bound: Date) -> bool {
    const SOON: i32 = 30;
    // The last day of a month stands for the month.
    bound.tomorrow().is_ok_and(|next| next.day() > 1)
        && bound.until(day).is_ok_and(|span| (0..=SOON).contains(&span.get_days()))
}

/// The month of a day of no year.
fn month_of(date: Edtf) -> Option<i8> {
    Some(date.in_year(2024)?.earliest()?.month())
}
