//! Lines that were broken behind an abbreviation: "… UBND TP.⏎Biên Hòa …", "GS.TS.⏎Lê Văn Ân".
//!
//! Texts that were cut into sentences by a program have every sentence on a line of its own, and such programs take the full stop of an
//! abbreviation for the end. The break is made a space, so that places in the text stay what they are. Behind "TP." a sentence may end
//! as well: there the line goes on only with the name of a city.

use memchr::memchr_iter;

/// Short forms of academic titles, with their full stop: a name follows always.
const TITLES: [&str; 8] = ["TS.", "Ts.", "GS.", "PGS.", "ThS.", "Ths.", "BS.", "KS."];
/// Short forms of "thành phố".
const CITY: [&str; 3] = ["TP.", "Tp.", "T.P."];

/// Mends the lines of a text in place; its length stays the same.
pub(super) fn mend(text: String) -> String {
    let broken: Vec<usize> = memchr_iter(b'\n', text.as_bytes()).filter(|&at| is_broken(&text, at)).collect();
    if broken.is_empty() {
        return text;
    }
    let mut text = text;
    for at in broken {
        text.replace_range(at..at + 1, " ");
    }
    text
}

fn is_broken(text: &str, at: usize) -> bool {
    let (before, behind) = (&text[..at], &text[at + 1..]);
    // Cheap for almost every line: its end is looked at only behind a capital and a full stop.
    if !matches!(before.as_bytes(), [.., b'P' | b'p' | b'S' | b's', b'.']) {
        return false;
    }
    let ends = |forms: &[&str]| {
        forms.iter().any(|form| {
            before.strip_suffix(form).is_some_and(|rest| !rest.ends_with(|last: char| last.is_alphanumeric()))
        })
    };
    if ends(&TITLES) {
        return behind.starts_with(char::is_uppercase);
    }
    ends(&CITY) && begins_with_city(behind)
}

fn begins_with_city(text: &str) -> bool {
    include_str!("cities.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .any(|city| text.strip_prefix(city).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_on_behind_abbreviations() {
        for (text, mended) in [
            ("HĐND TP.\nBiên Hòa họp.", "HĐND TP. Biên Hòa họp."),
            ("Ông nói với TP.\nHCM.", "Ông nói với TP. HCM."),
            ("Chủ tịch là GS.TS.\nLê Văn Ân.", "Chủ tịch là GS.TS. Lê Văn Ân."),
            ("Việc của TP.\nÔng Ân nói.", "Việc của TP.\nÔng Ân nói."),
            ("Việc của TP.\n\nHuế họp.", "Việc của TP.\n\nHuế họp."),
            ("Việc của TP.\nVinhomes bán nhà.", "Việc của TP.\nVinhomes bán nhà."),
            ("Ngành KCS.\nLê Ân nói.", "Ngành KCS.\nLê Ân nói."),
            ("TP.\n", "TP.\n"),
            ("\n", "\n"),
            ("", ""),
        ] {
            assert_eq!(mend(text.to_owned()), mended, "{text}");
        }
    }
}
