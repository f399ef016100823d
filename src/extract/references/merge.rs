//! Which mentions are one document.

use rustc_hash::FxHashMap;

use super::{Mention, References};
use crate::extract::Found;
use crate::model::ReferenceFact;
use crate::text::{Case, Kind, Reading, fold};

/// What is known of a document while mentions are put together.
struct Known {
    key: Key,
    fact: ReferenceFact,
}

/// What makes documents equal.
#[derive(Clone, PartialEq, Eq)]
struct Key {
    kind: String,
    /// The number's first part, without leading zeros, and its letters where told.
    number: Option<(String, String)>,
    /// Words of the name in order of the alphabet, without links.
    name: Vec<String>,
    issuer: Vec<String>,
    session: Option<String>,
    /// True if a title or subject was told.
    titled: bool,
    by_act: bool,
}

/// Words of a document's name that may stand unread before its number in brackets.
const MOST_BETWEEN: usize = 4;

/// Documents among which a mention without a number looks for its own.
const MOST_UNNUMBERED: usize = 128;

/// Puts mentions of one document together, in order of first mention.
pub(super) fn merge(reading: &Reading, mentions: Vec<Found<Mention>>) -> References {
    let mut known: Vec<Known> = Vec::new();
    let mut numbered: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    let mut unnumbered: Vec<usize> = Vec::new();
    let mut out = References::default();
    let mut last: Option<(usize, usize)> = None;
    for found in mentions {
        let key = key(&found.value);
        // "đề án đào tạo nhân lực (Đề án 922)": the number in brackets is that of the name before.
        let open = found.tokens.start.wrapping_sub(1);
        let bracketed = last.filter(|&(end, index): &(usize, usize)| {
            let before = &known[index].key;
            let near = (end..=open).contains(&open) && open - end <= MOST_BETWEEN;
            let lead = || reading.tokens[end..open].iter().all(|token| token.kind == Kind::Word(Case::Lower));
            near && reading.tokens[open].is('(')
                && reading.tokens.get(found.tokens.end).is_some_and(|token| token.is(')'))
                && key.number.is_some()
                && before.number.is_none()
                && before.kind == key.kind
                && lead()
        });
        let same_number = key.number.as_ref().and_then(|(number, _)| numbered.get(&(key.kind.clone(), number.clone())));
        let candidates = same_number.into_iter().flatten().chain(&unnumbered).copied().take(MOST_UNNUMBERED);
        let index = candidates.into_iter().find(|index| same(&known[*index].key, &key));
        let index = index.or(bracketed.map(|(_, index)| index));
        let index = index.or_else(|| key.number.is_none().then(|| by_issuer(&known, &key)).flatten());
        let index = index.unwrap_or_else(|| {
            known.push(Known { key: key.clone(), fact: fact(&found.value) });
            known.len() - 1
        });
        match &key.number {
            Some((number, _)) => {
                let alike = numbered.entry((key.kind.clone(), number.clone())).or_default();
                if !alike.contains(&index) && alike.len() < MOST_UNNUMBERED {
                    alike.push(index);
                }
            }
            None if !unnumbered.contains(&index) && unnumbered.len() < MOST_UNNUMBERED => unnumbered.push(index),
            None => {}
        }
        last = Some((found.tokens.end, index));
        complete(&mut known[index], key, found.value);
        out.mentions.push(Found { tokens: found.tokens, value: index });
    }
    out.facts = known.into_iter().map(|known| known.fact).collect();
    out
}

/// A numbered document of the body that a mention without a number names; the latest.
fn by_issuer(known: &[Known], key: &Key) -> Option<usize> {
    let near = known.len().saturating_sub(MOST_UNNUMBERED)..known.len();
    near.rev().find(|index| same(&known[*index].key, key))
}

fn key(mention: &Mention) -> Key {
    let name = mention.title.as_deref().unwrap_or_else(|| if mention.number.is_some() { "" } else { &mention.text });
    Key {
        kind: fold::spelling(mention.kind),
        number: mention.number.as_deref().map(number_key),
        name: name_words(name, mention.kind),
        issuer: name_words(mention.issuer.as_deref().unwrap_or_default(), ""),
        session: mention.session.as_deref().map(fold::spelling),
        titled: mention.title.is_some(),
        by_act: mention.by_act,
    }
}

fn number_key(number: &str) -> (String, String) {
    let parts: Vec<String> = fold::words(number).map(|word| word.to_lowercase()).collect();
    let first = parts.first().map(|part| part.trim_start_matches('0').to_owned()).unwrap_or_default();
    (first, parts.get(1..).unwrap_or_default().concat())
}

fn name_words(name: &str, kind: &str) -> Vec<String> {
    let kind = fold::spelling(kind);
    let spelled = fold::spelling(name);
    let bare = spelled.strip_prefix(&kind).unwrap_or(&spelled);
    let links = ["của", "lần", "thứ", "về", "việc", "và"].map(fold::spelling);
    let mut words: Vec<String> = bare
        .split(' ')
        .filter(|word| !word.is_empty() && !links.iter().any(|link| link == word))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words
}

fn same(one: &Key, other: &Key) -> bool {
    let sessions = one.session.as_ref().zip(other.session.as_ref());
    if one.kind != other.kind || sessions.is_some_and(|(one, other)| one != other) {
        return false;
    }
    match (&one.number, &other.number) {
        (Some((a, letters_a)), Some((b, letters_b))) => {
            a == b && (letters_a == letters_b || letters_a.is_empty() || letters_b.is_empty())
        }
        (None, None) => one.by_act || other.by_act || agree(&one.name, &other.name) || of_one_body(one, other),
        (Some(_), None) => of_one_body(one, other),
        (None, Some(_)) => of_one_body(other, one),
    }
}

/// True if "quyết định của UBND tỉnh" may be the other decision of UBND tỉnh: one of them has no title of its own.
fn of_one_body(one: &Key, other: &Key) -> bool {
    !(one.titled && other.titled) && agree(&one.issuer, &other.issuer)
}

/// True if one list of words holds the other.
fn agree(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && 2 * short.len() >= long.len() && short.iter().all(|word| long.binary_search(word).is_ok())
}

fn fact(mention: &Mention) -> ReferenceFact {
    ReferenceFact {
        kind: mention.kind.to_owned(),
        number: mention.number.clone(),
        title: mention.title.clone(),
        issuer: mention.issuer.clone(),
        date: mention.date,
        text: mention.text.clone(),
        spans: Vec::new(),
    }
}

/// Takes over what a later mention tells more.
fn complete(known: &mut Known, key: Key, later: Mention) {
    let fact = &mut known.fact;
    // A title in quotes is the exact one.
    let is_quoted = |text: &str| text.ends_with(['”', '"', '»']);
    if later.title.is_some() && is_quoted(&later.text) && !is_quoted(&fact.text) && fact.number.is_none() {
        fact.title.clone_from(&later.title);
        fact.text.clone_from(&later.text);
    }
    let more = later.number.as_ref().map_or(0, String::len) > fact.number.as_ref().map_or(0, String::len);
    // What was shown only by an act yields to any other name.
    if more || (known.key.by_act && !key.by_act) {
        fact.number = later.number.or(fact.number.take());
        fact.text = later.text;
        known.key = key;
    }
    fact.title = fact.title.take().or(later.title);
    fact.issuer = fact.issuer.take().or(later.issuer);
    fact.date = fact.date.or(later.date);
}
