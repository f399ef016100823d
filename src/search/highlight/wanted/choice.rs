//! Which places of a sequence are meant: all of it together, or at least neighbours.

use super::Hit;

/// The hit of a word at a place of the text.
pub(super) fn hit_at(hits: &[Hit], number: u32, word: u32) -> Option<&Hit> {
    let from = hits.partition_point(|hit| hit.at.number < number);
    hits[from..].iter().take_while(|hit| hit.at.number == number).find(|hit| hit.word == word)
}

/// Every place where the whole sequence stands.
pub(super) fn choose_whole(words: &[u32], hits: &[Hit], chosen: &mut Vec<Hit>) {
    let Some(first) = words.first() else { return };
    for start in hits.iter().filter(|hit| hit.word == *first) {
        let rest = (1..).zip(&words[1..]).map(|(ahead, word)| hit_at(hits, start.at.number + ahead, *word));
        if let Some(rest) = rest.collect::<Option<Vec<_>>>() {
            chosen.push(*start);
            chosen.extend(rest);
        }
    }
}

/// For each word the places where it stands beside its neighbour; all its places if there are none.
pub(super) fn choose_near(words: &[u32], hits: &[Hit], chosen: &mut Vec<Hit>) {
    let mut beside = vec![false; hits.len()];
    for (index, hit) in hits.iter().enumerate() {
        beside[index] = words.windows(2).any(|pair| {
            (pair[0] == hit.word && hit_at(hits, hit.at.number + 1, pair[1]).is_some())
                || (pair[1] == hit.word
                    && hit.at.number.checked_sub(1).is_some_and(|before| hit_at(hits, before, pair[0]).is_some()))
        });
    }
    for word in words {
        let any = hits.iter().zip(&beside).any(|(hit, beside)| *beside && hit.word == *word);
        let keep = hits.iter().zip(&beside).filter(|(hit, beside)| hit.word == *word && (**beside || !any));
        chosen.extend(keep.map(|(hit, _)| *hit));
    }
}
