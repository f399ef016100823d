//! Whether a text is ordinary Vietnamese text, which needs no normalising: nearly every report is.
//!
//! Asked of every byte with its two neighbours behind, without branches, so that the compiler checks many bytes at once. What it means for a
//! character is in [`is_plain`]; a test holds the two together.

/// Characters of ordinary Vietnamese text: composed, and read as they stand.
pub(super) fn is_plain(char: char) -> bool {
    match char {
        ' '..='~' | '\n' => true,
        '\u{00D0}' | '\u{00F0}' | '\u{0189}' => false,
        '\u{00C0}'..='\u{024F}' | '\u{1EA0}'..='\u{1EF9}' => true,
        '\u{00A1}'..='\u{00AC}' | '\u{00AE}'..='\u{00BF}' => true,
        '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' => true,
        _ => false,
    }
}

/// True if all characters are.
pub(super) fn all_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = bytes.len().saturating_sub(2);
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    // Where three bytes are left, the loop; at the end, with nothing behind.
    let [first, second, third] = [bytes, bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default()];
    let mut odd = 0;
    for ((&a, &b), &c) in first.iter().zip(second).zip(third) {
        odd |= is_odd(a, b, c);
    }
    for index in inner..bytes.len() {
        odd |= is_odd(at(index), at(index + 1), at(index + 2));
    }
    odd == 0
}

/// 1 if a character that is not plain begins with byte `a`, before `b` and `c`; else 0.
#[inline(always)]
fn is_odd(a: u8, b: u8, c: u8) -> u8 {
    let within = |byte: u8, low: u8, high: u8| u8::from(byte.wrapping_sub(low) <= high - low);
    let is = |byte: u8, value: u8| u8::from(byte == value);
    let not = |truth: u8| truth ^ 1;
    // One byte: printable ASCII and the line break. Bytes that continue a character are looked at with its first.
    let one = within(a, b' ', b'~') | is(a, b'\n') | within(a, 0x80, 0xBF);
    // Two: U+00A1–U+00BF but the soft hyphen; U+00C0–U+024F but the look-alikes Ð, ð and Ɖ.
    let signs = is(a, 0xC2) & within(b, 0xA1, 0xBF) & not(is(b, 0xAD));
    let latin = within(a, 0xC3, 0xC8) & not(is(a, 0xC3) & (is(b, 0x90) | is(b, 0xB0))) & not(is(a, 0xC6) & is(b, 0x89));
    let latin_end = is(a, 0xC9) & within(b, 0x80, 0x8F);
    // Three: U+1EA0–U+1EF9, and a few signs of U+2010–U+2026.
    let marked = is(a, 0xE1) & (is(b, 0xBA) & within(c, 0xA0, 0xBF) | is(b, 0xBB) & within(c, 0x80, 0xB9));
    let dashes = within(c, 0x93, 0x94) | within(c, 0x98, 0x99) | within(c, 0x9C, 0x9D) | is(c, 0xA2) | is(c, 0xA6);
    let punctuation = is(a, 0xE2) & is(b, 0x80) & dashes;
    not(one | signs | latin | latin_end | marked | punctuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_of_every_character_what_it_is() {
        let mut text = String::new();
        for char in '\0'..=char::MAX {
            text.clear();
            text.push(char);
            assert_eq!(all_plain(&text), is_plain(char), "{char:?}");
            text.insert_str(0, "ạ ");
            text.push_str("”ơi");
            assert_eq!(all_plain(&text), is_plain(char), "{char:?} inside");
        }
        assert!(all_plain(""));
    }
}
