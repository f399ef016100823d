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

/// The bytes of a word, or of a part of one, in a number, the first in the lowest place: as many as any syllable has and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Packed {
    bytes: u64,
    length: u32,
}

/// Most bytes of a word that is packed.
const LONGEST: usize = 8;

impl Packed {
    const EMPTY: Self = Self { bytes: 0, length: 0 };

    /// `None` for words that are longer than any syllable.
    fn of(text: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes: u64::from_le_bytes(bytes), length: u32::try_from(text.len()).ok()? })
    }

    /// Both, one behind the other; `None` where that is too long.
    fn and(self, next: Self) -> Option<Self> {
        let length = self.length + next.length;
        // Where nothing more fits, nothing more is there.
        let behind = next.bytes.checked_shl(8 * self.length).unwrap_or(0);
        (length as usize <= LONGEST).then_some(Self { bytes: self.bytes | behind, length })
    }

    fn text(self) -> String {
        let bytes = self.bytes.to_le_bytes();
        String::from_utf8_lossy(&bytes[..self.length as usize]).into_owned()
    }
}

impl Syllables {
    pub fn new() -> Self {
        let rimes = || RIMES.split(' ').filter(|rime| !rime.is_empty());
        let mut all = FxHashSet::default();
        for onset in ONSETS {
            // "yen" stands alone or behind "qu"; behind other letters it is "ien".
            let fits = |rime: &&str| !rime.starts_with('y') || *rime == "y" || matches!(onset, "" | "qu");
            all.extend(
                rimes().filter(fits).filter_map(|rime| Packed::of(&format!("{onset}{rime}"))).map(|word| word.bytes),
            );
        }
        // "gi" takes in the i of its rime.
        let behind_gi = rimes().filter_map(|rime| rime.strip_prefix('i'));
        all.extend(behind_gi.filter_map(|rime| Packed::of(&format!("gi{rime}"))).map(|word| word.bytes));
        Self(all)
    }

    /// True if the letters, in small letters without marks, can be a syllable.
    pub fn contains(&self, bare: &str) -> bool {
        Packed::of(bare).is_some_and(|word| self.0.contains(&word.bytes))
    }

    /// The syllables that one letter left out, put in, changed, or swapped with its neighbour turns the word into.
    pub fn neighbours(&self, bare: &str) -> Vec<String> {
        const LETTERS: &[u8] = b"abcdeghiklmnopqrstuvxy";
        let own = Packed::of(bare);
        let mut found: Vec<Packed> = Vec::new();
        // Most of some hundred words are no syllables: they are made of numbers, without writing them.
        let mut offer = |head: Packed, middle: Packed, tail: Option<Packed>| {
            let word = tail.and_then(|tail| head.and(middle)?.and(tail)).filter(|word| Some(*word) != own);
            if let Some(word) = word.filter(|word| self.0.contains(&word.bytes) && !found.contains(word)) {
                found.push(word);
            }
        };
        for at in bare.char_indices().map(|(at, _)| at).chain([bare.len()]) {
            let (head, tail) = bare.split_at(at);
            let Some(head) = Packed::of(head) else { break };
            let mut rest = tail.chars();
            let first = rest.next();
            let (behind, tail) = (Packed::of(rest.as_str()), Packed::of(tail));
            for letter in LETTERS {
                let letter = Packed { bytes: u64::from(*letter), length: 1 };
                offer(head, letter, tail);
                if first.is_some() {
                    offer(head, letter, behind);
                }
            }
            if let Some(first) = first {
                offer(head, Packed::EMPTY, behind);
                if let Some(second) = rest.next() {
                    let swapped: String = [second, first].into_iter().collect();
                    offer(head, Packed::of(&swapped).unwrap_or(Packed::EMPTY), Packed::of(rest.as_str()));
                }
            }
        }
        found.into_iter().map(Packed::text).collect()
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
