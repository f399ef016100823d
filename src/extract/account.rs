//! Puts the findings together and tells what was and was not understood.

use super::items::ItemsReading;
use super::meeting::MeetingReading;
use super::{Context, Found, VERSION};
use crate::model::{Account, Extraction, OrganizationFact, PlaceFact, SentenceAccount, Span};
use crate::text::Reading;

/// The record of one report, from everything found in it.
pub(super) fn assemble(context: Context<'_>, meeting: MeetingReading, items: ItemsReading) -> Extraction {
    let reading = context.reading;
    let account = account(&context, &items);
    let spans = |mentions: &[Found<usize>], index: usize| spans_of(reading, mentions, index);
    let mut people = context.people.facts;
    for (index, person) in people.iter_mut().enumerate() {
        person.spans = spans(&context.people.mentions, index);
    }
    let mut references = context.references.facts;
    for (index, reference) in references.iter_mut().enumerate() {
        reference.spans = spans(&context.references.mentions, index);
    }
    let named = |names: Vec<String>, mentions: &[Found<usize>]| {
        names
            .into_iter()
            .enumerate()
            .map(|(index, name)| (name, spans_of(reading, mentions, index)))
            .collect::<Vec<_>>()
    };
    let organizations = named(context.organizations.names, &context.organizations.mentions);
    let places = named(context.places.names, &context.places.mentions);
    let diagnostics = [meeting.diagnostics, context.people.diagnostics, items.diagnostics].concat();
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

fn spans_of(reading: &Reading, mentions: &[Found<usize>], index: usize) -> Vec<Span> {
    mentions.iter().filter(|found| found.value == index).map(|found| reading.span(found.tokens.clone())).collect()
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
