//! Which kind of act a sentence carries.
//!
//! Every word of the cue lexicon adds its weights; the verb of the frame adds more; what the sentence before was adds a little, most of it
//! where the sentence has no subject of its own ("Rà soát quy hoạch …" after "yêu cầu …"). Words before the frame ("Nhấn mạnh khó khăn, ông Lân
//! đề nghị …") count a third. The largest sum wins; below a threshold the sentence carries no act.

use std::ops::Range;

use super::cues::{Act, KINDS, Lexicon, Weights, index};
use super::frames::{Frame, Subject};
use super::speakers::Turn;
use crate::extract::Context;
use crate::model::{FactRef, ItemKind, Role};
use crate::text::{Kind, Token};

/// A sentence to be judged.
pub(super) struct Statement<'a> {
    pub(super) tokens: Range<usize>,
    pub(super) frame: Option<&'a Frame>,
    pub(super) turn: &'a Turn,
    /// Kind of the item before, if nothing stood between.
    pub(super) previous: Option<ItemKind>,
}

/// The least sum that makes an item of a sentence in nobody's turn, in tenths.
const LEAST: i32 = 10;

pub(super) fn decide(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> Option<ItemKind> {
    let mut sums = content(context, lexicon, statement);
    let follows = opening(context, lexicon, statement, &mut sums);
    add_frame(statement, &mut sums);
    if let Some(previous) = statement.previous {
        sums[index(previous)] += if follows { 12 } else { 5 };
    }
    let spoken = statement.turn.speaker.is_some() || statement.turn.attributed;
    if spoken {
        sums[index(ItemKind::Statement)] += 15;
    }
    if spoken && statement.frame.is_none_or(|frame| frame.act != Act::Decide) {
        // Decisions are told by the report; in somebody's mouth they are mostly mentioned.
        sums[index(ItemKind::Decision)] = sums[index(ItemKind::Decision)] * 6 / 10;
    }
    if is_question(context, statement) {
        sums[index(ItemKind::Statement)] += 25;
        sums[FAILED] /= 2;
    }
    if is_subordinate(context, statement) {
        let (asked, proposed) = (index(ItemKind::Directive), index(ItemKind::Proposal));
        sums[proposed] = sums[proposed].max(0) + sums[asked];
        sums[asked] = 0;
    }
    let best = (0..KINDS.len()).max_by_key(|&at| (sums[at], std::cmp::Reverse(at)))?;
    (sums[best] >= LEAST).then_some(KINDS[best])
}

/// The sums of the words as they stand in the sentence.
fn content(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> Weights {
    let all = &context.reading.tokens[..statement.tokens.end];
    let mut sums = [0; 8];
    let mut scope = Scope::default();
    let mut at = statement.tokens.start;
    while at < statement.tokens.end {
        scope.turn(lexicon, &all[at], &mut sums);
        let Some((end, weights)) = lexicon.cues.longest(all, at) else {
            at += 1;
            continue;
        };
        let before = statement.frame.is_some_and(|frame| !frame.trailing && end <= frame.start);
        for (kind, weight) in weights.iter().enumerate() {
            let weight = scope.weigh(kind, *weight);
            sums[kind] += if before { weight / 3 } else { weight };
        }
        scope.asked |= weights[ASKED] >= 20;
        at = end;
    }
    sums
}

const ASKED: usize = 0;
const ATTAINED: usize = 3;
const FAILED: usize = 4;

/// What the words before say about those that follow.
#[derive(Default)]
struct Scope {
    /// Behind "cần", "phải", "yêu cầu": results and failures are those to be reached and avoided.
    asked: bool,
    /// Inside "để …", "nếu …", "mặc dù …", up to the next comma.
    aside: bool,
}

impl Scope {
    fn turn(&mut self, lexicon: &Lexicon, token: &Token, sums: &mut Weights) {
        if lexicon.words.asides.contains(&token.key) {
            self.aside = true;
        } else if matches!(token.kind, Kind::Sign(',' | ';')) {
            self.aside = false;
        } else if lexicon.words.contrasts.contains(&token.key) {
            // "đạt chỉ tiêu nhưng còn chậm": what stands before "nhưng" weighs half.
            sums[ATTAINED] /= 2;
            sums[FAILED] /= 2;
            *self = Self::default();
        }
    }

    fn weigh(&self, kind: usize, weight: i32) -> i32 {
        match kind {
            ATTAINED | FAILED if self.asked => weight * 4 / 10,
            ATTAINED | FAILED if self.aside => weight / 2,
            _ => weight,
        }
    }
}

/// The weights of the first words behind connectives and bullets. True if the statement has no subject of its own.
fn opening(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, sums: &mut Weights) -> bool {
    let all = &context.reading.tokens[..statement.tokens.end];
    let mut at = match statement.frame {
        Some(frame) if !frame.trailing && frame.subject != Subject::Unsaid => frame.end,
        _ => statement.tokens.start,
    };
    for _ in 0..3 {
        while all.get(at).is_some_and(|token| !token.is_word()) {
            at += 1;
        }
        match lexicon.connectives.longest(all, at) {
            Some((end, ())) => at = end,
            None => break,
        }
    }
    let Some((_, weights)) = lexicon.openings.longest(all, at) else { return false };
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight;
    }
    true
}

fn is_question(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let tokens = &context.reading.tokens[statement.tokens.clone()];
    tokens.iter().rev().take(2).any(|token| token.is('?'))
}

fn add_frame(statement: &Statement<'_>, sums: &mut Weights) {
    let Some(frame) = statement.frame else { return };
    for act in [Some(frame.act), frame.also].into_iter().flatten() {
        let (kind, weight) = match act {
            Act::Say => (ItemKind::Statement, 12),
            Act::Ask => (ItemKind::Directive, 50),
            Act::Propose => (ItemKind::Proposal, 50),
            Act::Hope => (ItemKind::Directive, 25),
            Act::Promise => (ItemKind::Commitment, 50),
            Act::Praise => (ItemKind::Recognition, 50),
            Act::Admit => (ItemKind::Shortcoming, 45),
            Act::Raise => (ItemKind::Shortcoming, 30),
            Act::Decide => (ItemKind::Decision, 25),
            Act::Topic | Act::None => continue,
        };
        sums[index(kind)] += weight;
    }
}

/// True if the speaker stands below whom he speaks to: a voter, a delegate, one who reports.
fn is_subordinate(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    match statement.turn.speaker {
        Some(FactRef::Person(at)) => context
            .people
            .facts
            .get(at as usize)
            .is_some_and(|person| person.role != Role::Chair && person.offices.is_empty()),
        _ => statement.frame.is_some_and(|frame| matches!(frame.subject, Subject::Crowd | Subject::Body)),
    }
}
