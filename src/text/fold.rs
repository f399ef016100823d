//! When two spellings are the same word.
//!
//! Vietnamese is written with a vowel mark (ă â ê ô ơ ư) and a tone mark (à á ả ã ạ). The tone may sit on either of two
//! vowels (`ủy` = `uỷ`, `hòa` = `hoà`), and a final `i` after a consonant may be written `y` (`kĩ` = `kỹ`). [`spelling`] makes such
//! spellings equal and keeps every other difference; [`unaccented`] drops all marks, as people do who type without them.

use super::letters::{Letter, Letters, tone_digit};

/// A letter taken apart: the letter with its vowel mark but without tone, and the tone (0 none, 1 grave, 2 acute, 3 hook, 4 tilde, 5 dot).
#[must_use]
pub fn split_tone(letter: char) -> (char, u8) {
    if letter.is_ascii() {
        return (letter, 0);
    }
    TONED.binary_search_by_key(&letter, |entry| entry.0).map_or((letter, 0), |at| (TONED[at].1, TONED[at].2))
}

/// A letter without vowel mark and tone: `ễ` and `ê` are `e`, `đ` is `d`.
#[must_use]
#[inline]
pub fn bare(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let known = Letters::table().get(letter);
    match unmarked(known) {
        Some(small) if known.is_capital() => small.to_ascii_uppercase(),
        Some(small) => small,
        None => letter,
    }
}

/// The small letter without its marks, for a letter that has one of Vietnamese.
#[inline]
fn unmarked(letter: Letter) -> Option<char> {
    Some(match char::from_u32(letter.base())? {
        'ă' | 'â' => 'a',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        'đ' => 'd',
        base if letter.tone() > 0 => base,
        _ => return None,
    })
}

/// Appends the spelling form of one word: lower case, tone at the end as a digit, final `y` after consonants as `i`.
/// Words of any other script come out in lower case. The word must be composed (NFC).
pub fn spelling_into(word: &str, out: &mut String) {
    let tone = toneless_into(word, out);
    if tone > 0 {
        out.extend(char::from_u32(tone_digit(tone)));
    }
}

/// Appends the spelling form of one word without its tone, and gives the tone, by the numbers of [`split_tone`].
pub fn toneless_into(word: &str, out: &mut String) -> u32 {
    let from = out.len();
    let letters = Letters::table();
    let mut tone = 0;
    for char in word.chars() {
        // The only character whose small form is two characters.
        if char == 'İ' {
            out.extend(char.to_lowercase());
            continue;
        }
        let letter = letters.get(char);
        tone = tone.max(letter.tone());
        out.push(char::from_u32(letter.base()).unwrap_or(char));
    }
    if out[from..].ends_with('y') && y_is_i(&out[from..out.len() - 1]) {
        out.truncate(out.len() - 1);
        out.push('i');
    }
    tone
}

/// True if a final `y` after these letters sounds and counts as `i`: after consonants, and after `qu`.
fn y_is_i(before: &str) -> bool {
    before == "qu" || (!before.is_empty() && before.chars().all(|c| "bcdđghklmnpqrstvx".contains(c)))
}

/// The spelling form of a text: its words in spelling form, one space between, everything else dropped.
#[must_use]
pub fn spelling(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    write_spelling(text, &mut out);
    out
}

/// [`spelling`], written over what stood in `out`: for many short texts one after the other.
pub fn write_spelling(text: &str, out: &mut String) {
    out.clear();
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        spelling_into(word, out);
    }
}

/// A text in lower case without any marks, its words with one space between, everything else dropped.
#[must_use]
pub fn unaccented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_unaccented(text, &mut out);
    out
}

/// [`unaccented`], written over what stood in `out`.
pub fn write_unaccented(text: &str, out: &mut String) {
    out.clear();
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        unaccented_into(word, out);
    }
}

/// True if [`unaccented`] makes these words of a text; mostly the first letter tells.
#[must_use]
pub fn is_unaccented(text: &str, bare_words: &str) -> bool {
    let mut left = bare_words.chars();
    for (at, word) in words(text).enumerate() {
        let space = (at > 0).then_some(' ');
        let letters = word.chars().flat_map(char::to_lowercase).map(bare);
        if !space.into_iter().chain(letters).all(|letter| left.next() == Some(letter)) {
            return false;
        }
    }
    left.next().is_none()
}

/// Appends one word in lower case without any marks.
fn unaccented_into(word: &str, out: &mut String) {
    let letters = Letters::table();
    for char in word.chars() {
        if char.is_ascii() {
            out.push(char.to_ascii_lowercase());
            continue;
        }
        match unmarked(letters.get(char)) {
            Some(small) => out.push(small),
            None => out.extend(char.to_lowercase()),
        }
    }
}

/// True if the text carries any Vietnamese mark: only then can its marks be held to.
#[must_use]
pub fn has_marks(text: &str) -> bool {
    text.chars().any(|c| bare(c) != c)
}

/// The words of a text: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let letters = Letters::table();
    text.split(|c: char| !letters.get(c).starts_word()).filter(|word| !word.is_empty())
}

/// Toned letters in code point order.
const TONED: [(char, char, u8); 120] = toned();

const fn toned() -> [(char, char, u8); 120] {
    const BASES: [char; 24] = [
        'a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y', 'A', 'Ă', 'Â', 'E', 'Ê', 'I', 'O', 'Ô', 'Ơ', 'U',
        'Ư', 'Y',
    ];
    const FORMS: [[char; 5]; 24] = [
        ['à', 'á', 'ả', 'ã', 'ạ'],
        ['ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
        ['ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
        ['è', 'é', 'ẻ', 'ẽ', 'ẹ'],
        ['ề', 'ế', 'ể', 'ễ', 'ệ'],
        ['ì', 'í', 'ỉ', 'ĩ', 'ị'],
        ['ò', 'ó', 'ỏ', 'õ', 'ọ'],
        ['ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
        ['ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
        ['ù', 'ú', 'ủ', 'ũ', 'ụ'],
        ['ừ', 'ứ', 'ử', 'ữ', 'ự'],
        ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
        ['À', 'Á', 'Ả', 'Ã', 'Ạ'],
        ['Ằ', 'Ắ', 'Ẳ', 'Ẵ', 'Ặ'],
        ['Ầ', 'Ấ', 'Ẩ', 'Ẫ', 'Ậ'],
        ['È', 'É', 'Ẻ', 'Ẽ', 'Ẹ'],
        ['Ề', 'Ế', 'Ể', 'Ễ', 'Ệ'],
        ['Ì', 'Í', 'Ỉ', 'Ĩ', 'Ị'],
        ['Ò', 'Ó', 'Ỏ', 'Õ', 'Ọ'],
        ['Ồ', 'Ố', 'Ổ', 'Ỗ', 'Ộ'],
        ['Ờ', 'Ớ', 'Ở', 'Ỡ', 'Ợ'],
        ['Ù', 'Ú', 'Ủ', 'Ũ', 'Ụ'],
        ['Ừ', 'Ứ', 'Ử', 'Ữ', 'Ự'],
        ['Ỳ', 'Ý', 'Ỷ', 'Ỹ', 'Ỵ'],
    ];
    let mut table = [(' ', ' ', 0); 120];
    let mut at = 0;
    while at < 120 {
        table[at] = (FORMS[at / 5][at % 5], BASES[at / 5], (at % 5) as u8 + 1);
        at += 1;
    }
    // Insertion sort: short, and done by the compiler.
    let mut i = 1;
    while i < 120 {
        let mut j = i;
        while j > 0 && table[j - 1].0 as u32 > table[j].0 as u32 {
            let swap = table[j];
            table[j] = table[j - 1];
            table[j - 1] = swap;
            j -= 1;
        }
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_marks_are_known_without_writing_them() {
        let texts = ["Phó Chủ tịch", "Giám đốc - Sở Y tế", "ĐẶNG", "", " ", "Bí thư 2", "nước İzmir"];
        for text in texts {
            for other in texts {
                let bare = unaccented(other);
                assert_eq!(is_unaccented(text, &bare), unaccented(text) == bare, "{text} {other}");
            }
        }
        assert!(!is_unaccented("Giám đốc", "giam") && !is_unaccented("Giám", "giam doc"));
    }

    #[test]
    fn equal_spellings_are_equal() {
        for (a, b) in
            [("ủy", "uỷ"), ("hoà", "hòa"), ("Thuý", "THÚY"), ("kĩ thuật", "Kỹ thuật"), ("tỉ", "tỷ"), ("qui", "quy")]
        {
            assert_eq!(spelling(a), spelling(b), "{a} {b}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [
            ("thủy", "thuỵ"),
            ("má", "mà"),
            ("dương", "đương"),
            ("mai", "may"),
            ("tai", "tay"),
            ("Hòa", "Hoa"),
            ("thúy", "thủy"),
        ] {
            assert_ne!(spelling(a), spelling(b), "{a} {b}");
        }
    }

    #[test]
    fn letters_of_other_scripts_stay() {
        assert_eq!(unaccented("ÇİẞĐỄĂ \u{212a}elvin Ω"), "çi\u{307}ßdea kelvin ω");
        for (letter, expected) in [('Ễ', 'E'), ('ự', 'u'), ('Đ', 'D'), ('Ç', 'Ç'), ('\u{212a}', '\u{212a}'), ('7', '7')]
        {
            assert_eq!(bare(letter), expected);
        }
    }

    #[test]
    fn marks_can_be_dropped() {
        assert_eq!(unaccented("Nguyễn Văn Đường, TP.HCM"), "nguyen van duong tp hcm");
        assert!(has_marks("đi") && !has_marks("di"));
    }
}
