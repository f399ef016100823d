//! Words of queries spelt out that people shorten and reports mostly do not: "CA TPHCM", "Ủy ban quận 1", "BLHS", "TT Lê Văn A".

use crate::registry::keys::{LAWS, Naming};
use crate::registry::site::{is_cased, unit_word};
use crate::registry::words::{self, Word};
use crate::text::Typing;

/// Short forms that mean one thing wherever they are typed.
const SHORT: [(&str, &str); 8] = [
    ("qh", "Quốc hội"),
    ("cty", "Công ty"),
    ("tcty", "Tổng công ty"),
    ("blhs", "Bộ luật Hình sự"),
    ("blds", "Bộ luật Dân sự"),
    ("blld", "Bộ luật Lao động"),
    ("bltths", "Bộ luật Tố tụng hình sự"),
    ("blttds", "Bộ luật Tố tụng dân sự"),
];

/// Bodies whose short forms are run together with the places behind them.
const GLUED: [&str; 3] = ["ubnd", "hdnd", "mttq"];
/// Most words of a place's name with its unit word.
const PLACE: usize = 6;

impl Naming {
    /// The words of a query, with what people shorten spelt out, and without the name of the country behind one of its places.
    pub(super) fn spelt_out(&self, words: Vec<Word>) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::with_capacity(words.len() + 4);
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let behind = &words[at + 1..];
            at += 1;
            if let Some(full) = self.long_form(word, behind, at == 1) {
                self.write_out(full, word, &mut out);
            } else if let Some((body, place)) = self.unglued(word) {
                self.write_out(body, word, &mut out);
                out.extend(place);
            } else if word.is("ban") && out.last().is_some_and(|last| last.is("ủy")) && self.begins_with_place(behind)
            {
                out.push(word.clone());
                self.write_out("nhân dân", &Word { apart: false, ..word.clone() }, &mut out);
            } else {
                out.push(word.clone());
            }
        }
        // "Thành phố Hồ Chí Minh, Việt Nam".
        let country = out.len().checked_sub(2).filter(|at| *at > 0 && words::starts_with(&out[*at..], "việt nam"));
        if let Some(end) = country.filter(|end| (0..*end).any(|from| self.chain_of(&out[from..*end]).is_some())) {
            out.truncate(end);
        }
        out
    }

    /// What a word stands for, by the words behind it.
    fn long_form(&self, word: &Word, behind: &[Word], is_first: bool) -> Option<&'static str> {
        if word.spelt_out {
            return None;
        }
        match word.bare.as_str() {
            // "ca mau" is a province.
            "ca" if word.text == "CA" || is_first => {
                let unit = unit_word(behind).is_some() || word.text == "CA";
                (unit && (self.begins_with_place(behind) || is_unit_alone(behind))).then_some("Công an")
            }
            // Before a person's name; before others a township.
            "tt" if is_first => {
                let is_name = self.may_be_name(behind, is_cased(behind)) && self.chain_of(behind).is_none();
                is_name.then_some("Thủ tướng")
            }
            bare => SHORT.into_iter().find(|(short, _)| *short == bare).map(|(_, full)| full),
        }
    }

    /// "UBNDTPHCM": a body and the place run together with it.
    fn unglued(&self, word: &Word) -> Option<(&'static str, Vec<Word>)> {
        let body = GLUED.into_iter().find(|body| word.bare.len() > body.len() && word.bare.starts_with(body))?;
        let place: String = word.text.chars().skip(body.len()).collect();
        let place = self.split(&place, Typing::Hasty);
        self.chain_of(&place)?;
        let full = match body {
            "ubnd" => "Ủy ban nhân dân",
            "hdnd" => "Hội đồng nhân dân",
            _ => "Mặt trận Tổ quốc",
        };
        Some((full, place))
    }

    /// True if the words begin with the name of a unit.
    fn begins_with_place(&self, words: &[Word]) -> bool {
        (1..=words.len().min(PLACE)).any(|end| self.chain_of(&words[..end]).is_some())
    }

    fn write_out(&self, full: &str, word: &Word, out: &mut Vec<Word>) {
        let words = self.split(full, Typing::Edited).into_iter().enumerate();
        out.extend(words.map(|(at, own)| Word { apart: word.apart && at == 0, spelt_out: true, inner: at > 0, ..own }));
    }

    /// A law with its year, as it may be known otherwise: with "năm" before the year or without, and without the year, which is then left out.
    pub(super) fn laws_of_year(&self, words: &[Word]) -> Vec<(Vec<Word>, bool)> {
        let is_law = LAWS.into_iter().any(|law| words::starts_with(words, law));
        let Some((year, before)) = words.split_last().filter(|_| is_law) else { return Vec::new() };
        if year.text.len() != 4 || !year.text.parse::<u16>().is_ok_and(|year| (1945..=2200).contains(&year)) {
            return Vec::new();
        }
        let has_word = before.len() > 1 && before.last().is_some_and(|last| last.is("năm"));
        let name = &before[..before.len() - usize::from(has_word)];
        let mut other = name.to_vec();
        if !has_word {
            other.extend(self.split("năm", Typing::Edited));
        }
        other.push(year.clone());
        vec![(other, false), (name.to_vec(), true)]
    }
}

/// True for a unit word and nothing behind it: "CA tỉnh", which is that of the report.
fn is_unit_alone(words: &[Word]) -> bool {
    let is = |all: &[&str]| all.len() == words.len() && words.iter().zip(all).all(|(word, own)| word.is(own));
    [&["tỉnh"][..], &["thành", "phố"], &["quận"], &["huyện"], &["thị", "xã"], &["phường"], &["xã"]].into_iter().any(is)
}

#[cfg(test)]
mod tests {
    use crate::registry::lookup::QueryContext;
    use crate::registry::world::NAMING;

    #[test]
    fn what_people_shorten_is_spelt_out() {
        let read = |query: &str| NAMING.read_query(query, &QueryContext::default()).normalized.to_lowercase();
        for (query, words) in [
            ("CA TPHCM", "công an thành phố hồ chí minh"),
            ("ca tphcm", "công an thành phố hồ chí minh"),
            ("CA tỉnh", "công an tỉnh"),
            ("Ủy ban TP.HCM", "ủy ban nhân dân thành phố hồ chí minh"),
            ("Ủy ban nhân dân quận 1", "ủy ban nhân dân quận 1"),
            ("Ủy ban Kinh tế Quốc hội", "ủy ban kinh tế quốc hội"),
            ("UBNDTPHCM", "ủy ban nhân dân thành phố hồ chí minh"),
            ("Chủ tịch QH", "chủ tịch quốc hội"),
            ("BLHS 2015", "bộ luật hình sự 2015"),
            ("tandtc", "tòa án nhân dân tối cao"),
            ("TTCP", "thanh tra chính phủ"),
            ("UBKTTW", "ủy ban kiểm tra trung ương"),
            ("Tổng cty Sông Lam", "tổng công ty sông lam"),
            ("Cty TNHH Hoa Mai", "công ty trách nhiệm hữu hạn hoa mai"),
            ("TT Lê Hữu Khiêm", "thủ tướng lê hữu khiêm"),
            ("Thành phố Hồ Chí Minh, Việt Nam", "thành phố hồ chí minh"),
            ("Bộ Y tế Việt Nam", "bộ y tế việt nam"),
            ("ca mau", "ca mau"),
            ("Lê Văn Ca", "lê văn ca"),
        ] {
            assert_eq!(read(query), words, "{query}");
        }
        assert!(read("TT Củ Chi").starts_with("t"), "{}", read("TT Củ Chi"));
        assert!(!read("TT Củ Chi").starts_with("thủ"));
    }

    #[test]
    fn laws_are_read_with_their_year_and_without() {
        let again = |query: &str| {
            let first = NAMING.read_query(query, &QueryContext::default());
            let again = NAMING.read_query_again(&first, &QueryContext::default());
            again.into_iter().map(|one| (one.normalized, one.leaves_words)).collect::<Vec<_>>()
        };
        let law = |words: &str, leaves| (words.to_owned(), leaves);
        assert_eq!(again("Luật Cây xanh 2018"), [law("Luật Cây xanh năm 2018", false), law("Luật Cây xanh", true)]);
        assert_eq!(again("Luật Cây xanh năm 2018"), [law("Luật Cây xanh 2018", false), law("Luật Cây xanh", true)]);
        assert!(again("Luật Cây xanh").is_empty());
    }
}
