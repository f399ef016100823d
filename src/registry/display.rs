//! The name an entity is shown by, out of the ways it was written.

use super::gazetteer::PlaceName;
use super::keys::Naming;
use super::setting::Setting;
use crate::model::{EntityId, EntityKind};
use crate::text::{Typing, fold};

/// The name to show for an entity, from its written forms with the number of reports that use each. Of a body the most
/// frequent form that says whose it is; of a unit one with its unit word; of a document the most frequent, and of equals the shortest; of a person the
/// fullest. Empty only if there are no forms.
#[must_use]
pub fn display_name(kind: EntityKind, id: &EntityId, forms: &[(&str, u64)], naming: &Naming) -> String {
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
        (_, name) => name.unwrap_or_default().to_owned(),
    }
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
        assert_eq!(display_name(EntityKind::Organization, &id, &forms, &naming), "UBND TP.HCM");
        let unit = naming.gazetteer.by_code("D536").map(|unit| naming.gazetteer.entity_id(unit)).expect("there");
        assert_eq!(display_name(EntityKind::Place, &unit, &[("Lý Sơn", 5)], &naming), "huyện Lý Sơn");
        assert_eq!(
            display_name(EntityKind::Place, &unit, &[("Lý Sơn", 5), ("huyện đảo Lý Sơn", 1)], &naming),
            "huyện đảo Lý Sơn"
        );
        let document = EntityId::derive("doc", &["x"]);
        let forms = [("Nghị quyết 98 của Quốc hội", 2), ("Nghị quyết 98", 2)];
        assert_eq!(display_name(EntityKind::LegalDocument, &document, &forms, &naming), "Nghị quyết 98");
        assert_eq!(display_name(EntityKind::LegalDocument, &document, &[], &naming), "");
    }
}
