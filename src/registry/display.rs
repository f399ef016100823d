//! The name an entity is shown by, out of the ways it was written.

use super::gazetteer::PlaceName;
use super::keys::Naming;
use super::setting::Setting;
use crate::model::{EntityId, EntityKind};
use crate::text::{Typing, fold};

/// The name to show for an entity, from its written forms with the number of reports that use each. Of a body the most
/// frequent form that says whose it is, or else the most frequent with the unit that it belongs to, if `parent` is one; of a unit one with its unit
/// word; of a document the most frequent, and of equals the shortest; of a person the fullest. Empty only if there are no forms.
#[must_use]
pub fn display_name(
    kind: EntityKind,
    id: &EntityId,
    forms: &[(&str, u64)],
    parent: Option<&EntityId>,
    naming: &Naming,
) -> String {
    let unit = (kind == EntityKind::Place).then(|| naming.gazetteer.of_entity(id)).flatten();
    let tells = |name: &str| match kind {
        EntityKind::Organization if naming.is_place_name(name) => false,
        EntityKind::Organization => naming
            .organization(name, Typing::Edited, &Setting::default())
            .is_some_and(|body| body.key.entity_id() == *id),
        EntityKind::Place if unit.is_some() => {
            let expanded = naming.expanded(name);
            let parsed = PlaceName::parse(&expanded);
            !parsed.kinds.is_empty()
                && unit.is_some_and(|unit| {
                    parsed.bare.len() <= fold::unaccented(&naming.gazetteer.unit(unit).name).len() + 4
                })
        }
        EntityKind::Place | EntityKind::LegalDocument => true,
        EntityKind::Person => {
            fold::words(name).count()
                == forms.iter().map(|(name, _)| fold::words(name).count()).max().unwrap_or_default()
        }
    };
    let rank = |(name, count): &(&str, u64)| {
        let length = i64::try_from(name.chars().count()).unwrap_or(i64::MAX);
        let shorter = matches!(kind, EntityKind::LegalDocument | EntityKind::Place);
        // Of equals the last in code point order: "Quận ủy" after "quận ủy" would be wrong, so capitals come first.
        (tells(name), *count, if shorter { -length } else { length }, std::cmp::Reverse((*name).to_owned()))
    };
    let best = forms.iter().max_by_key(|form| rank(form)).map(|(name, _)| *name);
    match (unit, best) {
        (Some(unit), Some(name)) if !tells(name) => naming.gazetteer.display_name(unit),
        (Some(unit), None) => naming.gazetteer.display_name(unit),
        (None, Some(name)) if kind == EntityKind::Organization && !tells(name) => {
            placed_name(name, parent, naming).filter(|name| tells(name)).unwrap_or_else(|| name.to_owned())
        }
        (_, name) => name.unwrap_or_default().to_owned(),
    }
}

/// The name of a body that does not tell which unit it is of, with the name of its unit: "UBND tỉnh" of Cà Mau is the "UBND tỉnh Cà Mau". `None` for
/// names that want none: "Công viên phần mềm" is one wherever it lies.
fn placed_name(name: &str, parent: Option<&EntityId>, naming: &Naming) -> Option<String> {
    let unit = naming.gazetteer.of_entity(parent?)?;
    let place = naming.gazetteer.display_name(unit);
    let (word, own) = (naming.gazetteer.unit(unit).kind.word(), &naming.gazetteer.unit(unit).name);
    let bare = |text: &str| fold::unaccented(text);
    // "Tỉnh ủy", "Công an tỉnh": the unit word is in the name.
    let has_word = bare(name).split(' ').any(|part| bare(word).split(' ').next() == Some(part));
    let wants_it = || ["uy ban nhan dan", "hoi dong nhan dan"].contains(&bare(&naming.expanded(name)).as_str());
    if has_word { Some(format!("{name} {own}")) } else { wants_it().then(|| format!("{name} {place}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_tells_most_is_shown() {
        let naming = Naming::new();
        let city = naming.organization("UBND TP.HCM", Typing::Edited, &Setting::default()).expect("read");
        let id = city.key.entity_id();
        let forms = [("UBND thành phố", 9), ("UBND TP.HCM", 3), ("Ủy ban nhân dân TP.HCM", 2)];
        assert_eq!(display_name(EntityKind::Organization, &id, &forms, None, &naming), "UBND TP.HCM");
        for (written, unit, shown) in [
            ("UBND tỉnh", "P96", "UBND tỉnh Cà Mau"),
            ("Tỉnh uỷ", "P96", "Tỉnh uỷ Cà Mau"),
            ("HĐND", "P96", "HĐND tỉnh Cà Mau"),
            ("Công an huyện", "D536", "Công an huyện Lý Sơn"),
        ] {
            let full = naming.organization(shown, Typing::Edited, &Setting::default()).expect("read");
            let parent = naming.gazetteer.by_code(unit).map(|unit| naming.gazetteer.entity_id(unit));
            let id = full.key.entity_id();
            let forms = [(written, 3)];
            assert_eq!(display_name(EntityKind::Organization, &id, &forms, parent.as_ref(), &naming), shown);
            assert_eq!(display_name(EntityKind::Organization, &id, &forms, None, &naming), written);
        }
        let unit = naming.gazetteer.by_code("D536").map(|unit| naming.gazetteer.entity_id(unit)).expect("there");
        assert_eq!(display_name(EntityKind::Place, &unit, &[("Lý Sơn", 5)], None, &naming), "huyện Lý Sơn");
        assert_eq!(
            display_name(EntityKind::Place, &unit, &[("Lý Sơn", 5), ("huyện đảo Lý Sơn", 1)], None, &naming),
            "huyện đảo Lý Sơn"
        );
        let document = EntityId::derive("doc", &["x"]);
        let forms = [("Nghị quyết 98 của Quốc hội", 2), ("Nghị quyết 98", 2)];
        assert_eq!(display_name(EntityKind::LegalDocument, &document, &forms, None, &naming), "Nghị quyết 98");
        assert_eq!(display_name(EntityKind::LegalDocument, &document, &[], None, &naming), "");
    }
}
