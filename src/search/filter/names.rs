//! How names are compared: by words, with short forms spelt out; marks count where any are typed.

use crate::search::analysis::{bare_into, words};
use crate::text::{Abbreviations, Document, Typing};

/// A name taken apart for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameKey {
    /// Forms of its words, one space between.
    pub(crate) forms: String,
    /// The same without marks.
    pub(crate) bare: String,
    /// True if any word carries a mark; words that a short form stands for do not count.
    pub(crate) marked: bool,
}

/// The key of a name; `typing` says how short forms in it are written.
pub(crate) fn name_key(name: &str, typing: Typing, abbreviations: &Abbreviations) -> NameKey {
    let document = Document::new(name);
    let words = words(document.text(), typing, abbreviations);
    let mut forms = String::with_capacity(name.len() + 8);
    for word in &words {
        if !forms.is_empty() {
            forms.push(' ');
        }
        forms.push_str(&word.form);
    }
    if forms.is_empty() {
        // "%": a name of signs alone stands for itself.
        forms.extend(document.text().chars().filter(|c| !c.is_whitespace()));
    }
    let mut bare = String::with_capacity(forms.len());
    bare_into(&forms, &mut bare);
    NameKey { marked: words.iter().any(|word| !word.expanded && word.is_marked()), forms, bare }
}

impl NameKey {
    /// True if the two are the same name; `self` is what was asked for, and its marks are respected.
    pub(crate) fn equals(&self, stored: &Self) -> bool {
        if self.marked { self.forms == stored.forms } else { self.bare == stored.bare }
    }

    /// True if the words of `self`, which was asked for, stand side by side in `stored`.
    pub(crate) fn is_part_of(&self, stored: &Self) -> bool {
        let (part, whole) = if self.marked { (&self.forms, &stored.forms) } else { (&self.bare, &stored.bare) };
        !part.is_empty() && format!(" {whole} ").contains(&format!(" {part} "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> NameKey {
        name_key(name, Typing::Hasty, &Abbreviations::new())
    }

    #[test]
    fn names_meet_over_spelling_and_short_forms() {
        assert!(key("Thành uỷ TPHCM").equals(&key("Thành ủy TP.HCM")));
        assert!(key("thanh uy").equals(&key("Thành ủy")));
        assert!(key("ubnd phuong dong hai").equals(&key("UBND phường Đông Hải")));
        assert!(!key("Thánh ủy").equals(&key("Thành ủy")));
        assert!(key("bạch giang").is_part_of(&key("Thành ủy Bạch Giang")));
        assert!(!key("giang").is_part_of(&key("Bạch Gianglong")));
        assert!(!key("").is_part_of(&key("x")));
        assert!(key(" % ").equals(&key("%")) && key("%").is_part_of(&key("%")) && !key("%").equals(&key("‰")));
    }
}
