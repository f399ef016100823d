//! Which mentions are one document.

use super::{Mention, References};
use crate::extract::Found;
use crate::model::ReferenceFact;
use crate::text::fold;

/// What is known of a document while mentions are put together.
struct Known {
    key: Key,
    fact: ReferenceFact,
}

/// What makes documents equal.
#[derive(PartialEq, Eq)]
struct Key {
    kind: String,
    /// The number's first part, without leading zeros, and its letters where told.
    number: Option<(String, String)>,
    /// Words of the name in order of the alphabet, without links.
    name: Vec<String>,
    issuer: Vec<String>,
}

/// Puts mentions of one document together, in order of first mention.
pub(super) fn merge(mentions: Vec<Found<Mention>>) -> References {
    let mut known: Vec<Known> = Vec::new();
    let mut out = References::default();
    for found in mentions {
        let key = key(&found.value);
        let stands_for = |other: &Key| key.number.is_none() && names_numbered(&key, other);
        let index = known.iter().position(|known| same(&known.key, &key) || stands_for(&known.key));
        let index = index.unwrap_or_else(|| {
            known.push(Known { key, fact: fact(&found.value) });
            known.len() - 1
        });
        complete(&mut known[index].fact, found.value);
        out.mentions.push(Found { tokens: found.tokens, value: index });
    }
    out.facts = known.into_iter().map(|known| known.fact).collect();
    out
}

fn key(mention: &Mention) -> Key {
    let name = mention.title.as_deref().unwrap_or_else(|| if mention.number.is_some() { "" } else { &mention.text });
    Key {
        kind: fold::spelling(mention.kind),
        number: mention.number.as_deref().map(number_key),
        name: name_words(name, mention.kind),
        issuer: name_words(mention.issuer.as_deref().unwrap_or_default(), ""),
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
    if one.kind != other.kind {
        return false;
    }
    match (&one.number, &other.number) {
        (Some((a, letters_a)), Some((b, letters_b))) => {
            a == b && (letters_a == letters_b || letters_a.is_empty() || letters_b.is_empty())
        }
        (None, None) => agree(&one.name, &other.name) || (!one.issuer.is_empty() && agree(&one.issuer, &other.issuer)),
        _ => false,
    }
}

/// True if an unnumbered mention stands for a numbered document of the same body.
fn names_numbered(unnumbered: &Key, other: &Key) -> bool {
    let numbered = other.number.is_some() && unnumbered.kind == other.kind;
    numbered && !unnumbered.issuer.is_empty() && agree(&unnumbered.issuer, &other.issuer)
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
fn complete(fact: &mut ReferenceFact, later: Mention) {
    if later.number.as_ref().map_or(0, String::len) > fact.number.as_ref().map_or(0, String::len) {
        fact.number = later.number;
        fact.text = later.text;
    }
    fact.title = fact.title.take().or(later.title);
    fact.issuer = fact.issuer.take().or(later.issuer);
    fact.date = fact.date.or(later.date);
}
