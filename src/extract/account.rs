//! Puts the findings together and tells what was and was not understood.
//!
//! Every sentence is one of three: skipped for a reason (headline, caption, byline, boilerplate, background), claimed by at least one
//! fact (an item, a figure, a person, a body, a document), or unclaimed. Places alone claim nothing: "Trời Hà Nội mưa." tells nothing of a meeting.
//! A record with half of its body unclaimed carries the diagnostic LOW_COVERAGE.

use super::items::ItemsReading;
use super::meeting::MeetingReading;
use super::{Context, Found, VERSION};
use crate::model::{
    Account, Diagnostic, DiagnosticReason, Extraction, OrganizationFact, PlaceFact, SentenceAccount, Span,
};
use crate::text::Reading;

/// The record of one report, from everything found in it.
pub(super) fn assemble(context: Context<'_>, meeting: MeetingReading, items: ItemsReading) -> Extraction {
    let reading = context.reading;
    let account = account(&context, &items);
    let mut people = context.people.facts;
    let people_spans = spans(reading, &context.people.mentions, people.len());
    for (person, spans) in people.iter_mut().zip(people_spans) {
        person.spans = spans;
    }
    let mut references = context.references.facts;
    let reference_spans = spans(reading, &context.references.mentions, references.len());
    for (reference, spans) in references.iter_mut().zip(reference_spans) {
        reference.spans = spans;
    }
    let named = |names: Vec<String>, mentions: &[Found<usize>]| {
        let spans = spans(reading, mentions, names.len());
        names.into_iter().zip(spans).collect::<Vec<_>>()
    };
    let organizations = named(context.organizations.names, &context.organizations.mentions);
    let places = named(context.places.names, &context.places.mentions);
    let mut diagnostics = [meeting.diagnostics, context.people.diagnostics, items.diagnostics].concat();
    diagnostics.extend(low_coverage(&account));
    Extraction {
        extractor_version: VERSION,
        meeting: meeting.facts,
        people,
        organizations: organizations.into_iter().map(|(name, spans)| OrganizationFact { name, spans }).collect(),
        places: places.into_iter().map(|(name, spans)| PlaceFact { name, spans }).collect(),
        references,
        figures: context.figures.into_iter().map(|found| found.value).collect(),
        items: items.items.into_iter().map(|found| found.value).collect(),
        diagnostics,
        account,
    }
}

/// A record of fewer body sentences than this says nothing about coverage.
const FEW: u32 = 4;

/// The diagnostic where half of the body's sentences or more are not understood.
fn low_coverage(account: &Account) -> Option<Diagnostic> {
    let (claimed, _, unclaimed) = account.counts();
    let body = claimed + unclaimed;
    (body >= FEW && unclaimed * 2 >= body).then(|| Diagnostic {
        reason: DiagnosticReason::LowCoverage,
        message: format!("{unclaimed} of {body} sentences of the body were not understood"),
        span: None,
    })
}

/// The spans of each of `count` facts, from mentions that name them by index.
fn spans(reading: &Reading, mentions: &[Found<usize>], count: usize) -> Vec<Vec<Span>> {
    let mut spans = vec![Vec::new(); count];
    for found in mentions {
        if let Some(spans) = spans.get_mut(found.value) {
            spans.push(reading.span(found.tokens.clone()));
        }
    }
    spans
}

fn account(context: &Context<'_>, items: &ItemsReading) -> Account {
    let reading = context.reading;
    let mut claimed = vec![false; reading.sentences.len()];
    let mut claim = |token: usize| {
        if let Some(sentence) = reading.sentence_of(token) {
            claimed[sentence] = true;
        }
    };
    items.items.iter().for_each(|found| claim(found.tokens.start));
    context.figures.iter().for_each(|found| claim(found.tokens.start));
    for mentions in [&context.people.mentions, &context.organizations.mentions, &context.references.mentions] {
        mentions.iter().for_each(|found| claim(found.tokens.start));
    }
    let sentences = reading.sentences.iter().enumerate().map(|(index, sentence)| {
        let skipped = items.skipped.get(index).copied().flatten();
        let state = match (skipped.or(context.structure.lines.get(sentence.line).copied().flatten()), claimed[index]) {
            (Some(reason), _) => SentenceAccount::Skipped(reason),
            (None, true) => SentenceAccount::Claimed,
            (None, false) => SentenceAccount::Unclaimed,
        };
        (reading.span(sentence.tokens.clone()), state)
    });
    Account { sentences: sentences.collect() }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};
    use crate::model::{DiagnosticReason, SentenceAccount, SkipReason};

    #[test]
    fn every_sentence_is_accounted_for() {
        let text = "Xã Mỹ Lâm họp bàn thu ngân sách\n\nThu ngân sách đạt 120 tỷ đồng, vượt kế hoạch. Trời mưa.\nTin và ảnh: Mai Lan";
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        let states: Vec<_> = record.account.sentences.iter().map(|(_, state)| *state).collect();
        let (heading, byline) =
            (SentenceAccount::Skipped(SkipReason::Heading), SentenceAccount::Skipped(SkipReason::Byline));
        assert_eq!(states, [heading, SentenceAccount::Claimed, SentenceAccount::Unclaimed, byline]);
        assert_eq!(record.account.counts(), (1, 2, 1));
    }

    #[test]
    fn a_text_that_is_not_understood_says_so() {
        let text = "Trời mưa. Gió thổi. Lá rơi. Chim bay.";
        let record = Extractor::new().extract(Source { text, ..Source::default() });
        assert!(
            record.diagnostics.iter().any(|d| d.reason == DiagnosticReason::LowCoverage),
            "{:?}",
            record.diagnostics
        );
    }
}
