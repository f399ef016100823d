//! Where the name of a unit ends behind the title of who leads it, if no lexicon knows its words: "Trưởng phòng | Khảo thí và quản lý chất
//! lượng, Sở …", "Cục trưởng | Đường thủy nội địa cho biết".
//!
//! In apposition the name runs to the next sign or to the verb of what its head says. A word that stands in no such name on the way, "của",
//! "tại", says that it is no name at all.

use crate::text::{Case, Kind, Phrases, Reading, Token};

/// Most tokens of such a name.
const LONGEST: usize = 12;

/// What a word behind the title says of the unit's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The name ends before it.
    End,
    /// There is no name.
    Bar,
    /// No name begins with it.
    Act,
}

fn bound(value: &str) -> Option<Bound> {
    Some(match value {
        "end" => Bound::End,
        "bar" => Bound::Bar,
        "act" => Bound::Act,
        _ => return None,
    })
}

/// Words that bound the names of units.
#[derive(Debug)]
pub(super) struct UnitEnds(Phrases<Bound>);

impl UnitEnds {
    pub(super) fn new() -> Self {
        Self(Phrases::parse(include_str!("lexicons/unit_ends.txt"), bound).unwrap_or_default())
    }

    /// The end of a unit's name that begins at `from` and is known up to `known`; `stop` tells where something else goes on from it, a
    /// place, another body or a person. `None` where it is no longer than what is known, or no name.
    pub(super) fn end(
        &self,
        reading: &Reading,
        from: usize,
        known: usize,
        stop: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut at = known;
        while at < known + LONGEST {
            let Some(token) = reading.tokens.get(at) else { break };
            match token.kind {
                // "Giám đốc Ban | 4": units with a number.
                Kind::Number if at == from && reading.word(at).len() <= 2 => {}
                Kind::Word(_) => match self.bound_at(reading, at) {
                    Some(Bound::End) if at > from => break,
                    _ if at > from && stop(at) => break,
                    Some(Bound::Act) if at > from => {}
                    Some(_) => return None,
                    None if reading.word(at) == "và" && at > from => {
                        if is_person_word(reading.word(at + 1)) {
                            break;
                        }
                        if !reading.tokens.get(at + 1).is_some_and(Token::is_word) {
                            return None;
                        }
                    }
                    None => {}
                },
                Kind::Break | Kind::Sign(',' | ';' | '.' | ':' | '(' | ')' | '-' | '–' | '"' | '”') => break,
                _ => return None,
            }
            at += 1;
        }
        let lower = (from..at).any(|at| matches!(reading.tokens[at].kind, Kind::Word(Case::Lower) | Kind::Number));
        let numbered = reading.tokens.get(from).is_some_and(|token| token.kind == Kind::Number);
        let long = at > from + 1 || numbered && at > from;
        (at > known && at < known + LONGEST && lower && long).then_some(at)
    }

    /// True for a word that ends such a name.
    pub(super) fn ends(&self, reading: &Reading, at: usize) -> bool {
        self.bound_at(reading, at).is_some()
    }

    fn bound_at(&self, reading: &Reading, at: usize) -> Option<Bound> {
        // "Trưởng phòng Thẩm định | của Sở …".
        if reading.word(at) == "của" && reading.tokens.get(at + 1).is_some_and(Token::is_capital) {
            return Some(Bound::End);
        }
        // "Cục trưởng Hàng | không Việt Nam": half a word.
        if reading.word(at) == "không" && at > 0 && reading.small_word(at - 1) == "hàng" {
            return None;
        }
        let (_, bound) = self.0.longest(&reading.tokens, at)?;
        // With a capital such words are part of names: "Ba", "Gửi".
        (*bound == Bound::End || !reading.tokens[at].is_capital()).then_some(*bound)
    }
}

/// Words that begin another person behind "và".
fn is_person_word(word: &str) -> bool {
    matches!(
        word,
        "ông" | "bà" | "các" | "đồng" | "anh" | "chị" | "một" | "Giám" | "Phó" | "Trưởng" | "Chủ" | "Bí" | "Chánh"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_well_formed() {
        assert_eq!(Phrases::parse(include_str!("lexicons/unit_ends.txt"), bound).err(), None);
    }
}
