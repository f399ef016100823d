//! What was said and decided, sentence by sentence, and by whom.
//!
//! A sentence gives one item for its main act. It is read in four steps, one file each:
//! 1. `background`: sentences that carry no act are passed over: lead-ins ("Thủ tướng chỉ đạo:"), "A tổ chức hội nghị", attendance ("Đến dự có …"),
//!    biography ("sinh năm 1970, quê Mỹ Lâm"), topics ("báo cáo về …").
//! 2. `frames`: who speaks how: "ông Lân, Chủ tịch UBND xã, **cho biết** …", "**theo** bà Hà, …", "“…”, ông Lân **nói**".
//! 3. `speakers`: whose turn it is: the words after "ông Lân cho biết" are his until another takes over or a heading ends the turn.
//! 4. `kinds`: which of the eight kinds, by the verb of the frame and the words of the sentence ("đạt 103%" tells a result, "còn chậm" a
//!    shortcoming, "cần rà soát" a directive), summed by weight.

mod addressees;
mod background;
mod cues;
mod frames;
mod history;
mod kinds;
mod lead;
mod speakers;
mod standing;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::dates::deadline;
use super::meeting::MeetingReading;
use super::{Context, Found, dateline};
use crate::model::{Diagnostic, DiagnosticReason, FactRef, Item, ItemKind, SkipReason};

/// Items, and what became of the sentences without one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ItemsReading {
    /// In text order.
    pub(super) items: Vec<Found<Item>>,
    /// Per sentence of the reading: why it gives no item, where it was passed over for a reason.
    pub(super) skipped: Vec<Option<SkipReason>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {
    lexicon: cues::Lexicon,
}

/// What the sentences before leave behind.
#[derive(Debug, Default)]
struct Past {
    /// The person whose biography the sentence before told.
    life: Option<usize>,
    /// The sentence before told what lies long back.
    history: bool,
    /// Kind of the item before.
    kind: Option<ItemKind>,
    /// The last kind in this turn that wants something done.
    asked: Option<ItemKind>,
    /// What is asked is listed behind a lead-in: "Bà Hà giao các nhiệm vụ sau:".
    listing: bool,
    speaker: Option<FactRef>,
}

impl Past {
    /// What was asked is forgotten when another speaks.
    fn follow(&mut self, turn: &speakers::Turn) {
        if turn.speaker != self.speaker {
            *self = Self { life: self.life, speaker: turn.speaker, ..Self::default() };
        }
    }

    fn remember(&mut self, kind: Option<ItemKind>) {
        use ItemKind::{Commitment, Decision, Directive, Proposal};
        self.kind = kind;
        if let Some(Directive | Proposal | Commitment | Decision) = kind {
            self.asked = kind;
        }
    }
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { lexicon: cues::Lexicon::new() }
    }

    pub(super) fn read(&self, context: &Context<'_>, meeting: &MeetingReading) -> ItemsReading {
        let mut out = ItemsReading { skipped: vec![None; context.reading.sentences.len()], ..ItemsReading::default() };
        let standing = standing::Standing::new(context, &self.lexicon);
        let mut turns = speakers::Turns::default();
        let lead = lead::find(context, &self.lexicon);
        let mut past = Past::default();
        for (index, sentence) in context.reading.sentences.iter().enumerate() {
            if let Some(reason) = context.structure.lines[sentence.line] {
                out.skipped[index] = Some(reason);
                turns.interrupt(reason);
                past = Past::default();
                continue;
            }
            let tokens = sentence.tokens.start.max(context.structure.header.end)..sentence.tokens.end;
            let tokens = dateline::behind(context.reading, &tokens)..tokens.end;
            // A quotation mark that was left alone is no sentence.
            if tokens.is_empty() || !context.reading.tokens[tokens.clone()].iter().any(|token| token.is_word()) {
                out.skipped[index] = Some(SkipReason::Boilerplate);
                continue;
            }
            let frame = frames::find(context, &self.lexicon, tokens.clone());
            let mut turn = turns.take(context, &self.lexicon, index, &tokens, frame.as_ref());
            let led = |lead: &&lead::Lead| index < lead.end && tokens.len() >= lead::FEW;
            if let Some(lead) = lead.as_ref().filter(led).filter(|_| turn.speaker.is_none() && !turn.unknown) {
                turn = speakers::Turn { speaker: Some(lead.speaker), attributed: true, ..turn };
            }
            let floor = turn.speaker.is_some();
            let sign = background::sign_of(context, &self.lexicon, &tokens, frame.as_ref(), past.life, floor);
            let told = !turn.quoted && frame.as_ref().is_none_or(|frame| frame.act == cues::Act::Decide);
            let goes_on = past.history && turn.speaker.is_none() && history::goes_on(context, &tokens);
            past.history = told && (goes_on || history::is_long_ago(context, &tokens));
            let sign = sign.or_else(|| past.history.then_some(background::Sign::Life));
            // "Trình độ tiến sĩ." names nobody: it goes on about the same.
            let about = || background::about(context, &tokens).or(past.life);
            past.life = (sign == Some(background::Sign::Life)).then(about).flatten();
            if let Some(sign) = sign {
                if sign == background::Sign::Attend || frame.is_none() && sign != background::Sign::Topic {
                    turns.end();
                }
                if let Some(asked) = background::leads_to(context, &tokens, frame.as_ref()) {
                    past.follow(&turn);
                    past.remember(Some(asked));
                    past.listing = true;
                }
                out.skipped[index] = Some(SkipReason::Background);
                continue;
            }
            past.follow(&turn);
            let statement = kinds::Statement {
                tokens: tokens.clone(),
                frame: frame.as_ref(),
                turn: &turn,
                past: &past,
                subordinate: standing.is_subordinate(&turn, frame.as_ref()),
                leading: standing.is_leading(&turn),
                outranked: standing.is_outranked(&turn),
            };
            let kinds = kinds::decide(context, &self.lexicon, &statement);
            past.remember(kinds.first().copied());
            turns.heard(past.kind);
            if turn.unknown && !kinds.is_empty() {
                out.diagnostics.push(unknown_speaker(context, &tokens));
            }
            for kind in kinds {
                // A decision that the report itself tells has no speaker.
                let told = kind == ItemKind::Decision && !turn.attributed;
                let speaker = turn.speaker.filter(|_| !told);
                let mut item = self.item(context, &tokens, frame.as_ref(), kind, speaker);
                if is_task(kind) {
                    item.deadline = deadline(context, tokens.clone(), meeting.facts.date);
                }
                out.items.push(Found { tokens: tokens.clone(), value: item });
            }
        }
        out.diagnostics.extend(unclosed_quotes(context));
        out
    }

    fn item(
        &self,
        context: &Context<'_>,
        tokens: &Range<usize>,
        frame: Option<&frames::Frame>,
        kind: ItemKind,
        speaker: Option<FactRef>,
    ) -> Item {
        let asked = matches!(kind, ItemKind::Directive | ItemKind::Proposal);
        let from = context.figures.partition_point(|figure| figure.tokens.start < tokens.start);
        let to = context.figures.partition_point(|figure| figure.tokens.start < tokens.end);
        Item {
            kind,
            speaker,
            addressees: if asked {
                addressees::find(context, &self.lexicon, tokens, frame, speaker)
            } else {
                Vec::new()
            },
            text: context.reading.text(tokens.clone()).to_owned(),
            deadline: None,
            figures: (from..to).filter_map(|index| u32::try_from(index).ok()).collect(),
            mentions: mentions(context, tokens),
            span: context.reading.span(tokens.clone()),
        }
    }
}

/// True for kinds that say what is to be done.
fn is_task(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Directive | ItemKind::Proposal | ItemKind::Commitment | ItemKind::Decision)
}

/// The mentions of a list that begin inside a range of tokens. The list is in text order.
fn inside<'a>(mentions: &'a [Found<usize>], tokens: &Range<usize>) -> &'a [Found<usize>] {
    let from = mentions.partition_point(|found| found.tokens.start < tokens.start);
    let to = mentions.partition_point(|found| found.tokens.start < tokens.end);
    mentions.get(from..to).unwrap_or_default()
}

/// End of the document, body, person or place whose name begins at a token: its words tell of no act ("Kết luận số 34", "Ban Chỉ đạo phòng,
/// chống lãng phí", "ông Vũ Văn Đạt", "Cần Thơ").
fn name_end(context: &Context<'_>, at: usize) -> Option<usize> {
    let body = || context.reference_at(at).or_else(|| context.organization_at(at));
    // "ông sẽ …": an honorific alone belongs to what it promises.
    let person = || context.person_at(at).filter(|found| found.tokens.len() > 1);
    let place = || context.place_at(at);
    body().or_else(person).or_else(place).map(|found| found.tokens.end)
}

/// "Về du lịch, | tiếp tục …", "Với tuyến đường này, | Sở …", "Đối với các hồ chứa, | rà soát …": one past the comma behind what it is about.
fn topic_end(context: &Context<'_>, at: usize, end: usize) -> Option<usize> {
    /// Tokens of a topic.
    const TOPIC: usize = 16;
    let word = |at: usize| context.reading.word(at);
    let opens =
        matches!(word(at), "Về" | "Với") || matches!((word(at), word(at + 1)), ("Đối", "với") | ("Liên", "quan"));
    let mut near = at..end.min(at + TOPIC);
    opens.then(|| near.find(|&at| context.reading.tokens[at].is(',')).map(|comma| comma + 1)).flatten()
}

fn fact(make: impl Fn(u32) -> FactRef, found: &Found<usize>) -> Option<FactRef> {
    u32::try_from(found.value).ok().map(make)
}

fn mentions(context: &Context<'_>, tokens: &Range<usize>) -> Vec<FactRef> {
    let facts = |mentions, make: fn(u32) -> FactRef| {
        inside(mentions, tokens).iter().filter_map(move |found| fact(make, found)).collect::<Vec<_>>()
    };
    let mut all = [
        facts(&context.people.mentions, FactRef::Person),
        facts(&context.organizations.mentions, FactRef::Organization),
        facts(&context.places.mentions, FactRef::Place),
        facts(&context.references.mentions, FactRef::Reference),
    ]
    .concat();
    all.sort_unstable();
    all.dedup();
    all
}

fn unknown_speaker(context: &Context<'_>, tokens: &Range<usize>) -> Diagnostic {
    Diagnostic {
        reason: DiagnosticReason::UnknownSpeaker,
        message: "words are attributed to somebody the report does not name".to_owned(),
        span: Some(context.reading.span(tokens.clone())),
    }
}

fn unclosed_quotes(context: &Context<'_>) -> Vec<Diagnostic> {
    let open = context.structure.quotes.iter().filter(|quote| !quote.closed);
    open.map(|quote| Diagnostic {
        reason: DiagnosticReason::UnclosedQuote,
        message: "a quotation is opened and not closed".to_owned(),
        span: Some(context.reading.span(quote.tokens.start..quote.tokens.start + 1)),
    })
    .collect()
}
