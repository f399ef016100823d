//! Lines that were broken behind an abbreviation: "… UBND TP.⏎Biên Hòa …", "GS.TS.⏎Lê Văn Ân".
//!
//! Texts that were cut into sentences by a program have every sentence on a line of its own, and such programs take the full stop of an
//! abbreviation for the end. The break is made a space, so that places in the text stay what they are. Behind "TP." a sentence may end
//! as well: there the line goes on only with the name of a city.
//!
//! Texts of some portals are wrapped at a width. They are known by breaks between a small letter or comma and a small letter; a text with
//! [`WRAPPED`] of them has its lines joined wherever a line does not end like a sentence.

use memchr::memchr_iter;

/// Short forms of academic titles, with their full stop: a name follows always.
const TITLES: [&str; 8] = ["TS.", "Ts.", "GS.", "PGS.", "ThS.", "Ths.", "BS.", "KS."];
/// Short forms of "thành phố".
const CITY: [&str; 3] = ["TP.", "Tp.", "T.P."];

/// Breaks inside clauses that make a wrapped text.
const WRAPPED: usize = 2;
/// Characters of a line that was wrapped because it was full.
const LONG: usize = 40;

/// Mends the lines of a text in place; its length stays the same.
pub(super) fn mend(text: String) -> String {
    let wraps = memchr_iter(b'\n', text.as_bytes()).filter(|&at| is_wrapped(&text, at)).take(WRAPPED).count();
    let broken: Vec<usize> = memchr_iter(b'\n', text.as_bytes())
        .filter(|&at| is_broken(&text, at) || wraps == WRAPPED && goes_on(&text, at))
        .collect();
    if broken.is_empty() {
        return text;
    }
    let mut text = text;
    for at in broken {
        text.replace_range(at..at + 1, " ");
    }
    text
}

/// True for a break inside a clause: "… nhiều trên tuyến⏎đường".
fn is_wrapped(text: &str, at: usize) -> bool {
    let last = text[..at].chars().next_back();
    last.is_some_and(|last| last.is_lowercase() || last == ',') && text[at + 1..].starts_with(char::is_lowercase)
}

/// True where a line of a wrapped text goes on with the next: it does not end like a sentence, and it is long or the next begins small.
fn goes_on(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let open = line.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ',' | '-' | '–'));
    let behind = text[at + 1..].chars().next();
    let small = behind.is_some_and(|next| next.is_lowercase() || next.is_ascii_digit());
    open && (small || behind.is_some_and(char::is_alphabetic) && line.chars().nth(LONG).is_some())
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

    #[test]
    fn wrapped_texts_are_unwrapped() {
        let text = "Sáng ngày\n5/8/2021, xã họp bàn việc trồng rừng và sửa\nđường. Dự họp có ông Lê Văn Ân và đồng chí Nguyễn\nVăn Bình. \
                    Xã đã\ntrồng rừng.\nÔng Ân nói.\n\nBan biên tập\n";
        let mended = "Sáng ngày 5/8/2021, xã họp bàn việc trồng rừng và sửa đường. Dự họp có ông Lê Văn Ân và đồng chí Nguyễn Văn Bình. \
                      Xã đã trồng rừng.\nÔng Ân nói.\n\nBan biên tập\n";
        assert_eq!(mend(text.to_owned()), mended);
        // One such break may be anything.
        assert_eq!(mend("Xã đã\ntrồng rừng.".to_owned()), "Xã đã\ntrồng rừng.");
    }
}
