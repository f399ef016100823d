//! The words that begin the names of bodies, from `bodies.txt`.

use rustc_hash::FxHashMap;

use super::Family;
use crate::registry::gazetteer::Kind;
use crate::registry::setting::Home;
use crate::registry::words::{Word, bare};
use crate::text::fold;

const BODIES: &str = include_str!("bodies.txt");

/// What the first words of a body's name tell.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// How many words they are.
    pub size: usize,
    /// What kind of body.
    pub family: Family,
    /// Where it stands when its name does not say so.
    pub home: Home,
    /// What the words are replaced with in a key, in spelling form.
    pub core: String,
    /// The words, for the comparison of marks.
    words: Vec<String>,
}

/// The table of heads.
#[derive(Debug)]
pub(crate) struct Heads {
    by_words: FxHashMap<String, Vec<Head>>,
    longest: usize,
}

impl Heads {
    pub fn new() -> Self {
        let mut heads = Self { by_words: FxHashMap::default(), longest: 0 };
        for line in BODIES.lines() {
            if let Some((words, head)) = read(line) {
                heads.longest = heads.longest.max(head.size);
                heads.by_words.entry(words).or_default().push(head);
            }
        }
        heads
    }

    /// The longest head that begins at a word.
    pub fn at(&self, words: &[Word]) -> Option<&Head> {
        (1..=self.longest.min(words.len())).rev().find_map(|size| {
            let found = self.by_words.get(&bare(&words[..size]))?;
            found.iter().find(|head| head.words.iter().zip(words).all(|(marked, word)| word.is(marked)))
        })
    }
}

fn read(line: &str) -> Option<(String, Head)> {
    let mut columns = line.split('\t');
    let phrase = columns.next().filter(|words| !words.is_empty() && !words.starts_with('#'))?;
    // "và" and "của" are left out of names before they are compared.
    let words: Vec<String> = fold::words(phrase).filter(|word| *word != "và").map(str::to_owned).collect();
    let family = Family::of_word(columns.next()?)?;
    let home = home(columns.next()?)?;
    let core = columns
        .next()
        .map_or_else(|| fold::spelling(&words.join(" ")), |core| fold::spelling(&core.replace(" - ", " ")));
    Some((fold::unaccented(&words.join(" ")), Head { size: words.len(), family, home, core, words }))
}

fn home(word: &str) -> Option<Home> {
    Some(match word {
        "central" => Home::Central,
        "free" => Home::Free,
        "report" => Home::Report,
        "here" => Home::Here,
        "province" => Home::Province,
        "district" => Home::District,
        "commune" => Home::Commune,
        "city" => Home::Of(Kind::City),
        "quan" => Home::Of(Kind::UrbanDistrict),
        "huyen" => Home::Of(Kind::RuralDistrict),
        "town" => Home::Of(Kind::Town),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        for line in BODIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(read(line).is_some(), "{line}");
        }
    }
}
