//! The words that begin the names of bodies, from `bodies.txt`.

use super::Family;
use crate::registry::gazetteer::Kind;
use crate::registry::setting::Home;
use crate::registry::words::{Lexicon, Word};
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
    /// The same without marks.
    pub bare_core: String,
}

/// The table of heads.
#[derive(Debug)]
pub(crate) struct Heads(Lexicon<Head>);

impl Heads {
    pub fn new() -> Self {
        let mut heads = Lexicon::default();
        for (words, head) in BODIES.lines().filter_map(read) {
            heads.add(&words, head);
        }
        Self(heads)
    }

    /// The longest head that begins at a word.
    pub fn at(&self, words: &[Word]) -> Option<&Head> {
        self.0.longest(words).map(|(_, head)| head)
    }
}

fn read(line: &'static str) -> Option<(Vec<&'static str>, Head)> {
    let mut columns = line.split('\t');
    let phrase = columns.next().filter(|words| !words.is_empty() && !words.starts_with('#'))?;
    // "và" is left out of names before they are compared.
    let words: Vec<&str> = fold::words(phrase).filter(|word| *word != "và").collect();
    let family = Family::of_word(columns.next()?)?;
    let home = home(columns.next()?)?;
    let core = columns.next().map_or_else(|| words.join(" "), |core| core.replace(" - ", " "));
    let (size, bare_core) = (words.len(), fold::unaccented(&core));
    Some((words, Head { size, family, home, core: fold::spelling(&core), bare_core }))
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
