//! What the reader finds in one report. Facts refer to each other by index ([`super::FactRef`]); who they are across
//! reports is decided later, in the registry.

use serde::{Deserialize, Serialize};

use super::{DatedFact, Figure, Item, MeetingKind, PartOfDay, Role, Span, Term};

/// Everything read out of one report: a pure function of text, metadata and extractor version.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// Version of the extractor that read it.
    pub extractor_version: u32,
    /// The meeting itself.
    pub meeting: MeetingFacts,
    /// Every person named, once, in order of first mention.
    pub people: Vec<PersonFact>,
    /// Every body named, once, in order of first mention.
    pub organizations: Vec<OrganizationFact>,
    /// Every place named, once, in order of first mention.
    pub places: Vec<PlaceFact>,
    /// Every legal or policy document named, once, in order of first mention.
    pub references: Vec<ReferenceFact>,
    /// Quantities in text order.
    pub figures: Vec<Figure>,
    /// Things said and decided, in text order.
    pub items: Vec<Item>,
    /// What the reader was unsure of, or found inconsistent.
    pub diagnostics: Vec<Diagnostic>,
    /// What was and was not understood, sentence by sentence.
    pub account: Account,
}

impl Extraction {
    /// Every span that the record points to, facts, diagnostics and account: all the evidence it gives.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let meeting = &self.meeting;
        let names = [&meeting.convener, &meeting.venue].into_iter().flatten().map(|named| named.span);
        let people = self
            .people
            .iter()
            .flat_map(|person| person.spans.iter().copied().chain(person.offices.iter().map(|office| office.span)));
        meeting
            .kind_span
            .into_iter()
            .chain(names)
            .chain(people)
            .chain(self.organizations.iter().flat_map(|body| body.spans.iter().copied()))
            .chain(self.places.iter().flat_map(|place| place.spans.iter().copied()))
            .chain(self.references.iter().flat_map(|reference| reference.spans.iter().copied()))
            .chain(self.figures.iter().map(|figure| figure.span))
            .chain(self.items.iter().map(|item| item.span))
            .chain(self.diagnostics.iter().filter_map(|diagnostic| diagnostic.span))
            .chain(self.account.sentences.iter().map(|(span, _)| *span))
    }
}

/// A name in the report's words with the place it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NamedSpan {
    /// The name in normalised text.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// The event that the report is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MeetingFacts {
    /// Headline, or the first sentence where there is none; at most 300 characters.
    pub title: String,
    /// The kind, `None` where the report tells of no meeting.
    pub kind: Option<MeetingKind>,
    /// Where the word for the kind stands.
    pub kind_span: Option<Span>,
    /// When it was held.
    pub date: Option<DatedFact>,
    /// Part of the day it was held in.
    pub part_of_day: Option<PartOfDay>,
    /// The N of "lần thứ N".
    pub session_number: Option<u32>,
    /// "(mở rộng)".
    pub extended: bool,
    /// Term of the body that meets.
    pub term: Option<Term>,
    /// Who holds or organises it.
    pub convener: Option<NamedSpan>,
    /// Place or building where it is held.
    pub venue: Option<NamedSpan>,
}

/// A person the report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFact {
    /// The fullest name given, without honorific.
    pub name: String,
    /// The person's part in the meeting.
    pub role: Role,
    /// Each office given, once.
    pub offices: Vec<OfficeFact>,
    /// Where the person is mentioned, short forms included; never empty.
    pub spans: Vec<Span>,
}

/// An office that a report gives a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFact {
    /// The office without its organization: "Phó Bí thư Thường trực".
    pub title: String,
    /// The organization, fullest form; empty where neither said nor implied.
    pub organization: String,
    /// The office as written.
    pub text: String,
    /// "nguyên", "cựu": no longer held.
    pub former: bool,
    /// "quyền", "phụ trách": acting.
    pub acting: bool,
    /// The report tells that the office is taken up at this meeting ("được bầu làm", "bổ nhiệm"), neither before nor again.
    pub begins: bool,
    /// The report tells that the office ends at this meeting ("thôi giữ chức", "nghỉ hưu").
    pub ends: bool,
    /// The report tells only that somebody proposes the person for it ("được giới thiệu vào chức danh"), not that it is held.
    pub proposed: bool,
    /// Where it stands.
    pub span: Span,
}

/// A body the report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationFact {
    /// The fullest form used.
    pub name: String,
    /// Where it is mentioned; never empty.
    pub spans: Vec<Span>,
}

/// A place the report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFact {
    /// The fullest form used, with its unit word where written.
    pub name: String,
    /// Where it is mentioned; never empty.
    pub spans: Vec<Span>,
}

/// A legal or policy document the report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceFact {
    /// "Nghị quyết", "Kế hoạch", …
    pub kind: String,
    /// Number as written, without "số".
    pub number: Option<String>,
    /// What it is called or about, where said.
    pub title: Option<String>,
    /// Who issued it, where said or unmistakable.
    pub issuer: Option<String>,
    /// When it was issued.
    pub date: Option<DatedFact>,
    /// As written.
    pub text: String,
    /// Where it is mentioned; never empty.
    pub spans: Vec<Span>,
}

/// Closed set of things a reader may be unsure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DiagnosticReason {
    /// The text tells of no meeting that the reader recognises.
    NoMeeting,
    /// Nothing says when the meeting was held.
    NoDate,
    /// The date has no year that report or publication date would settle.
    YearUnknown,
    /// The report gives two dates for the meeting.
    ConflictingDates,
    /// A stated percentage does not agree with its ratio.
    InconsistentFigure,
    /// A short form or office could mean several people of the report.
    AmbiguousPerson,
    /// Words are attributed to somebody the report does not name.
    UnknownSpeaker,
    /// A quotation is opened and not closed.
    UnclosedQuote,
    /// The text is longer than the reader reads; the rest was left out.
    Truncated,
    /// Little of the text was understood; the record is likely incomplete.
    LowCoverage,
    /// Two reports of one meeting contradict each other.
    ConflictingReports,
}

/// One thing the reader was unsure of, or found inconsistent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which.
    pub reason: DiagnosticReason,
    /// What exactly, in English, for a person.
    pub message: String,
    /// Where, if at one place.
    pub span: Option<Span>,
}

/// Why a sentence carries no fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SkipReason {
    /// Headline or section heading.
    Heading,
    /// Picture caption.
    Caption,
    /// Author, agency, photographer, source.
    Byline,
    /// Navigation, related news, comments, date headers.
    Boilerplate,
    /// A lead-in that ends in a colon, or tells only that something was held or attended.
    Background,
}

/// What became of one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SentenceAccount {
    /// At least one fact lies in it.
    Claimed,
    /// Passed over for a reason.
    Skipped(SkipReason),
    /// Not understood.
    Unclaimed,
}

/// What was and was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Account {
    /// Every sentence in text order with what became of it.
    pub sentences: Vec<(Span, SentenceAccount)>,
}

impl Account {
    /// Numbers of sentences claimed, skipped and unclaimed.
    #[must_use]
    pub fn counts(&self) -> (u32, u32, u32) {
        self.sentences.iter().fold((0, 0, 0), |(claimed, skipped, unclaimed), (_, state)| match state {
            SentenceAccount::Claimed => (claimed + 1, skipped, unclaimed),
            SentenceAccount::Skipped(_) => (claimed, skipped + 1, unclaimed),
            SentenceAccount::Unclaimed => (claimed, skipped, unclaimed + 1),
        })
    }
}
