//! Which body follows which: ministries, departments and committees that were joined or renamed.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;

const SUCCESSION: &str = include_str!("succession.txt");

/// What follows a body, by what both are without their places and marks.
static LATER: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let lines = SUCCESSION.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(old, new)| (bare(old), bare(new))).collect()
});

/// The line of bodies that one belongs to: what the last of them is, if it has followed others or has been followed. `kind` is what a body is without its
/// place and without marks.
pub(super) fn line(kind: &str) -> Option<&str> {
    let later = &*LATER;
    match later.get(kind) {
        Some(last) => Some(last),
        None => later.values().find(|last| *last == kind).map(String::as_str),
    }
}

fn bare(name: &str) -> String {
    let words: Vec<String> = fold::words(name).filter(|word| *word != "và").map(fold::unaccented).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Setting;
    use crate::registry::world::NAMING;
    use crate::text::Typing;

    /// Every name of the table is what such a body is known by, and no body follows one that was followed.
    #[test]
    fn names_are_those_of_bodies() {
        let names = SUCCESSION.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split('\t'));
        let core =
            |name: &str| NAMING.organization(name, Typing::Edited, &Setting::default()).map(|body| body.bare_core);
        let other: Vec<_> = names.filter(|name| core(name) != Some(bare(name))).collect();
        assert_eq!(other, Vec::<&str>::new());
        assert!(LATER.values().all(|new| !LATER.contains_key(new)));
    }
}
