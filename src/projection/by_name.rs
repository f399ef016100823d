//! Where what is said of the bearers of a name stands: all of a name side by side, so that what a mention touches lies on a few pages however many
//! names there are.

use super::key::Key;
use crate::registry::people::SayingId;

/// The kinds of rows; a kind's number is part of its keys.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// By bucket: the sayings in it.
    Bucket = 1,
    /// By home and day of the first report: the sayings that give it.
    Home = 2,
    /// Sayings.
    Saying = 3,
    /// By saying, day and report: its reports.
    Sight = 4,
}

/// Bytes of a hash that stand for the words of a bucket or home.
const HASH: usize = 8;

/// Rows that share a word of a name: under the part that its sayings' ids begin with, and a hash of name and word.
fn by_word(name_key: &str, part: Part, word: &str) -> Key {
    let name = SayingId::name_part(name_key);
    let mut hasher = blake3::Hasher::new();
    hasher.update(name_key.as_bytes()).update(b"\n").update(word.as_bytes());
    Key::of(&name).byte(part as u8).bytes(&hasher.finalize().as_bytes()[..HASH])
}

/// What the keys of sayings in a bucket begin with.
pub(super) fn bucket(name_key: &str, bucket: &str) -> Key {
    by_word(name_key, Part::Bucket, bucket)
}

/// What the keys of sayings with a home begin with.
pub(super) fn home(name_key: &str, home: &str) -> Key {
    by_word(name_key, Part::Home, home)
}

/// The key of a saying in a bucket or, with its day, at a home.
pub(super) fn with(beginning: &Key, day: Option<i32>, id: &SayingId) -> Key {
    let beginning = beginning.clone();
    day.map_or(beginning.clone(), |day| beginning.day(day)).bytes(&id.0)
}

/// The saying that such a key ends with.
pub(super) fn saying_of(whole: &[u8]) -> Option<SayingId> {
    whole.last_chunk().map(|id| SayingId(*id))
}

fn of_saying(id: &SayingId, part: Part) -> Key {
    let (name, own) = id.0.split_at(SayingId::OF_NAME);
    Key::of(name).byte(Part::Saying as u8).bytes(own).byte(part as u8)
}

/// The key of a saying.
pub(super) fn saying(id: &SayingId) -> Key {
    of_saying(id, Part::Saying)
}

/// What the keys of a saying's reports begin with.
pub(super) fn sights(id: &SayingId) -> Key {
    of_saying(id, Part::Sight)
}

/// The key of one of them.
pub(super) fn sight(id: &SayingId, day: i32, report: &str) -> Key {
    sights(id).day(day).text(report)
}
