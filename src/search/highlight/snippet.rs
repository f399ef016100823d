//! Chooses the passage that shows most of the query's words.

use std::ops::Range;

use super::wanted::Place;

/// A passage.
pub(super) struct Window {
    /// Its bytes, cut at words.
    pub(super) bytes: Range<usize>,
    /// The places within it.
    pub(super) places: Range<usize>,
    /// How many different words of the query it shows.
    pub(super) matched: u32,
}

/// The passage of about `length` code points with most different words; of equal ones the first.
pub(super) fn window(text: &str, places: &[Place], length: u32) -> Window {
    let places_in = best_places(places, length);
    let (Some(first), Some(last)) = (places.get(places_in.start), places[places_in.clone()].last()) else {
        let end = forward(text, 0, length);
        return Window { bytes: 0..end, places: 0..0, matched: 0 };
    };
    let matched = distinct(&places[places_in.clone()]);
    let spare = length.saturating_sub(last.last.last - first.first.first);
    let start = begin(text, first.first.start, spare / 2);
    let used = text[start..first.first.start].chars().count();
    let spare = spare.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
    let end = forward(text, last.last.end, spare);
    // Places that the rounding to words brought in are marked too.
    let places_in = places.partition_point(|place| place.first.start < start)
        ..places.partition_point(|place| place.last.end <= end);
    Window { bytes: start..end, places: places_in, matched }
}

/// The run of places within the length that shows most different words.
fn best_places(places: &[Place], length: u32) -> Range<usize> {
    let mut best = 0..0;
    let mut most = 0;
    let mut end = 0;
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for start in 0..places.len() {
        end = end.max(start);
        while let Some(place) =
            places.get(end).filter(|place| end == start || place.last.last - places[start].first.first <= length)
        {
            place.words.iter().for_each(|word| add(&mut counts, *word));
            end += 1;
        }
        let shown = u32::try_from(counts.len()).unwrap_or(u32::MAX);
        if shown > most {
            most = shown;
            best = start..end;
        }
        places[start].words.iter().for_each(|word| remove(&mut counts, *word));
    }
    best
}

fn add(counts: &mut Vec<(u32, u32)>, word: u32) {
    match counts.iter_mut().find(|(known, _)| *known == word) {
        Some((_, count)) => *count += 1,
        None => counts.push((word, 1)),
    }
}

fn remove(counts: &mut Vec<(u32, u32)>, word: u32) {
    if let Some(at) = counts.iter().position(|(known, _)| *known == word) {
        counts[at].1 -= 1;
        if counts[at].1 == 0 {
            counts.swap_remove(at);
        }
    }
}

fn distinct(places: &[Place]) -> u32 {
    let mut words: Vec<u32> = places.iter().flat_map(|place| place.words.iter().copied()).collect();
    words.sort_unstable();
    words.dedup();
    u32::try_from(words.len()).unwrap_or(u32::MAX)
}

/// Where the passage begins: at the sentence or line that the first place stands in, or at a word not too far before it.
fn begin(text: &str, place: usize, spare: u32) -> usize {
    let mut word_start = place;
    let mut after: Option<char> = None;
    let mut at = place;
    for (taken, (index, char)) in text[..place].char_indices().rev().enumerate() {
        if taken as u32 >= spare {
            return word_start;
        }
        let ends_sentence = char == '\n' || (matches!(char, '.' | '!' | '?' | '…') && after == Some(' '));
        if ends_sentence {
            return skip_space(text, at);
        }
        if char.is_whitespace() {
            word_start = at;
        }
        after = Some(char);
        at = index;
    }
    0
}

fn skip_space(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

/// Where the passage ends: a word's end at most `spare` code points behind `from`, at a line's end at the latest.
fn forward(text: &str, from: usize, spare: u32) -> usize {
    let mut word_end = from;
    let mut before_is_word = from > 0;
    for (taken, (index, char)) in text[from..].char_indices().enumerate() {
        let at = from + index;
        let is_space = char.is_whitespace();
        if is_space && before_is_word {
            word_end = at;
        }
        if taken as u32 >= spare || (char == '\n' && at > from) {
            return word_end;
        }
        before_is_word = !is_space;
    }
    from + text[from..].trim_end().len()
}
