//! Words for countries: this one, behind the names of its bodies, and others, whose governments are called by their names.

use crate::registry::words::{Form, Lexicon, Word, starts_with};
use crate::text::fold;

const COUNTRIES: &str = include_str!("countries.txt");

/// Most words of a country's name.
const LONGEST: usize = 4;

/// Names that without marks are other words as well: "duc" of "giao duc", "phap" of "tu phap".
const AMBIGUOUS: [&str; 10] = ["y", "phap", "duc", "anh", "ao", "bi", "uc", "my", "sec", "nhat"];

/// Other countries by all their names.
#[derive(Debug)]
pub(crate) struct Countries(Lexicon<Country>);

/// What a country is called here.
#[derive(Debug, Clone)]
struct Country {
    /// Its usual name, in the two forms in which names are compared.
    usual: Form,
    words: usize,
    /// A name of [`AMBIGUOUS`].
    short: bool,
}

impl Countries {
    pub fn new() -> Self {
        let mut countries = Lexicon::default();
        for line in COUNTRIES.lines().filter(|line| !line.starts_with('#')) {
            let usual = line.split('\t').next().unwrap_or_default();
            for name in line.split('\t') {
                let words: Vec<&str> = fold::words(name).collect();
                let country = Country {
                    usual: Form::of(usual),
                    words: words.len(),
                    short: AMBIGUOUS.contains(&fold::unaccented(name).as_str()),
                };
                countries.add(&words, country);
            }
        }
        Self(countries)
    }

    /// The other country that words are the name of and nothing more.
    fn named(&self, words: &[Word]) -> Option<&Country> {
        self.0.longest(words).map(|(_, country)| country).filter(|country| country.words == words.len())
    }

    /// True for the name of another country.
    pub fn is_country(&self, words: &[Word]) -> bool {
        self.named(words).is_some()
    }

    /// The usual name of a country in spelling form and without marks: "Hoa Kỳ" is "Mỹ".
    pub fn usual(&self, words: &[Word]) -> Option<(&str, &str)> {
        self.named(words).map(|country| (country.usual.spelling.as_str(), country.usual.bare.as_str()))
    }

    /// Number of words of the name of another country, with the words for its form, that words begin with.
    pub fn begins(&self, words: &[Word]) -> Option<usize> {
        let formal = words.iter().take_while(|word| is_formal(word)).count();
        let at = if self.0.longest(words).is_some() { 0 } else { formal };
        let (size, country) = self.0.longest(words.get(at..)?)?;
        (!country.short || is_capital(&words[at])).then_some(at + size)
    }

    /// True for a word that is a country's name and, in people's names and elsewhere, another word.
    pub fn is_ambiguous(word: &Word) -> bool {
        word.bare == "nga" || AMBIGUOUS.contains(&word.bare.as_str())
    }

    /// "nước Đức" is Đức.
    pub fn alone<'a>(&self, words: &'a [Word]) -> &'a [Word] {
        match words.split_first() {
            Some((first, rest)) if first.is("nước") && self.is_country(rest) => rest,
            _ => words,
        }
    }

    /// Where the name of another country begins that ends a body's name, and where the words for the form of the state before it begin: "Bộ Quốc
    /// phòng | nước CHDCND | Lào". `None` where the words before it are no body's.
    pub fn behind(&self, words: &[Word]) -> Option<(usize, usize)> {
        let at = (words.len().saturating_sub(LONGEST).max(1)..words.len()).find(|at| {
            let country = self.named(&words[*at..]);
            country.is_some_and(|country| !country.short || is_capital(&words[*at]))
        })?;
        let formal = words[..at].iter().rposition(|word| !is_formal(word))? + 1;
        (formal > 0).then_some((formal, at))
    }
}

/// Typed with one capital, as the names of countries are: "Bộ Tư pháp", "BỘ TƯ PHÁP" are none of Pháp.
fn is_capital(word: &Word) -> bool {
    let mut letters = word.text.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
}

/// True if words are no more than the form of a state, or none.
pub(crate) fn is_form_of_state(words: &[Word]) -> bool {
    words.iter().all(|word| is_formal(word) || ["xã", "hội", "nghĩa", "chxhcn"].into_iter().any(|own| word.is(own)))
}

/// Words for the form of a state: "Cộng hòa Dân chủ Nhân dân".
fn is_formal(word: &Word) -> bool {
    const WORDS: [&str; 13] =
        ["nước", "vương", "quốc", "cộng", "hòa", "dân", "chủ", "nhân", "liên", "bang", "chdcnd", "chnd", "hồi"];
    WORDS.into_iter().any(|own| word.is(own))
}

/// Number of words if the words are one of the ends that mean the whole country.
pub(crate) fn country(words: &[Word]) -> Option<usize> {
    const ENDS: [(&str, usize); 4] = [("trung ương đảng", 3), ("trung ương", 2), ("việt nam", 2), ("toàn quốc", 2)];
    ENDS.into_iter().find(|(phrase, size)| words.len() == *size && starts_with(words, phrase)).map(|(_, size)| size)
}
