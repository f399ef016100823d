//! Whether letters can be a Vietnamese syllable: "nen" and "nem" can, "nenn" and "ngyen" cannot. A name one letter off is somebody
//! else if the letters make a syllable, and a slip of the hand if they do not.

use rustc_hash::FxHashSet;

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
    "p", "r", "s", "t", "v", "x", "dd", "",
];

const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay e ec em en eng enh ech eo ep et eu i ia ich iec iem ien ieng iep iet \
ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op ot u ua uan uang uat \
uay uc ue uech uenh ui uo uoc uoi uom uon uong uop uot uou um un ung up ut uu uy uya uych uyen uyet uynh uyt uyu y ych yem yen yet yeu ";

/// All syllables, in small letters without marks, packed; some 3,000, of which the language uses two thirds.
#[derive(Debug)]
pub(in crate::registry) struct Syllables(FxHashSet<u64>);

/// The bytes of a word in a number; `None` for words that are longer than any syllable.
fn packed(bare: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..bare.len())?.copy_from_slice(bare.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

impl Syllables {
    pub fn new() -> Self {
        let rimes = || RIMES.split(' ').filter(|rime| !rime.is_empty());
        let mut all = FxHashSet::default();
        for onset in ONSETS {
            // "yen" stands alone or behind "qu"; behind other letters it is "ien".
            let fits = |rime: &&str| !rime.starts_with('y') || *rime == "y" || matches!(onset, "" | "qu");
            all.extend(rimes().filter(fits).filter_map(|rime| packed(&format!("{onset}{rime}"))));
        }
        // "gi" takes in the i of its rime.
        let behind_gi = rimes().filter_map(|rime| rime.strip_prefix('i'));
        all.extend(behind_gi.filter_map(|rime| packed(&format!("gi{rime}"))));
        Self(all)
    }

    /// True if the letters, in small letters without marks, can be a syllable.
    pub fn contains(&self, bare: &str) -> bool {
        packed(bare).is_some_and(|word| self.0.contains(&word))
    }

    /// The syllables that one letter left out, put in, changed, or swapped with its neighbour turns the word into.
    pub fn neighbours(&self, bare: &str) -> Vec<String> {
        const LETTERS: &str = "abcdeghiklmnopqrstuvxy";
        let mut found = Vec::new();
        // Most of some hundred words are no syllables: they are written over one another.
        let mut word = String::with_capacity(bare.len() + 4);
        let mut offer = |head: &str, middle: [Option<char>; 2], tail: &str| {
            word.clear();
            word.push_str(head);
            word.extend(middle.into_iter().flatten());
            word.push_str(tail);
            if word != bare && self.contains(&word) && !found.contains(&word) {
                found.push(word.clone());
            }
        };
        for at in bare.char_indices().map(|(at, _)| at).chain([bare.len()]) {
            let (head, tail) = bare.split_at(at);
            let mut rest = tail.chars();
            let first = rest.next();
            for letter in LETTERS.chars() {
                offer(head, [Some(letter), None], tail);
                if first.is_some() {
                    offer(head, [Some(letter), None], rest.as_str());
                }
            }
            if first.is_some() {
                offer(head, [None, None], rest.as_str());
                if let Some(second) = rest.next() {
                    offer(head, [Some(second), first], rest.as_str());
                }
            }
        }
        found
    }
}

/// Number of letters to insert, leave out, change, or swap with their neighbour to turn one word into the other (optimal string
/// alignment); at most `limit + 1`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, own) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let change = last[j] + usize::from(own != other);
            let mut best = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *own == b[j - 1] && a[i - 1] == *other {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default().min(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_slips() {
        let all = Syllables::new();
        for word in
            ["nen", "nguyen", "quang", "gia", "gi", "thuy", "nghi", "hoa", "giang", "y", "uyen", "khuong", "anh"]
        {
            assert!(all.contains(word), "{word}");
        }
        for word in ["nenn", "ngyen", "nguyne", "qunag", "tahnh", "", "xyz", "vna", "hungg"] {
            assert!(!all.contains(word), "{word}");
        }
    }

    #[test]
    fn a_slip_leads_back_to_the_syllable() {
        let all = Syllables::new();
        for (slip, meant) in
            [("hugn", "hung"), ("hungg", "hung"), ("hng", "hung"), ("hwng", "hung"), ("ngyen", "nguyen")]
        {
            assert!(all.neighbours(slip).contains(&meant.to_owned()), "{slip}");
        }
        assert!(all.neighbours("hung").len() < 60 && all.neighbours("").iter().all(|word| word.len() == 1));
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance("nguyen", "nguyne", 2), 1);
        assert_eq!(distance("nen", "nenn", 2), 1);
        assert_eq!(distance("hung", "hoang", 2), 2);
        assert_eq!(distance("a", "abcdef", 2), 3);
        assert_eq!(distance("", "", 2), 0);
    }
}
