use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::new);

fn as_of(date: &str) -> Scope {
    Scope { as_of: Some(date.parse().expect(date)), ..Scope::default() }
}

fn code(name: &str, scope: Scope) -> String {
    match GAZETTEER.find(name, scope) {
        Found::One(id) => GAZETTEER.unit(id).code.clone(),
        Found::Several(ids) => format!("{} units", ids.len()),
        Found::None => "none".to_owned(),
    }
}

#[test]
fn names_are_found_however_written() {
    for name in ["TP Thủ Đức", "thành phố Thủ Đức", "Tp. Thủ Đức", "TP Thu Duc", "thanh pho thu duc"]
    {
        assert_eq!(code(name, Scope::default()), "D769", "{name}");
    }
    for name in ["Q1", "Q.1", "quận 1", "QUẬN 1", "quan 1"] {
        assert_eq!(code(name, Scope::default()), "D760", "{name}");
    }
    for name in ["TP.HCM", "TPHCM", "TP HCM", "Thành phố Hồ Chí Minh", "Sài Gòn", "hcm"] {
        assert_eq!(code(name, as_of("2023")), "P79", "{name}");
    }
    assert_eq!(code("tỉnh Bình Dương", Scope::default()), "P74");
    assert_eq!(code("Bình Dương", Scope::default()), "P74");
    assert_eq!(code("huyện đảo Lý Sơn", Scope::default()), "D536");
    assert_eq!(code("Thanh Hoá", as_of("2019")), "P38");
    assert_eq!(code("Bà Rịa-Vũng Tàu", as_of("2019")), "P77");
    assert_eq!(code("Không Có Đâu", Scope::default()), "none");
    for name in ["huyện Đa Krông", "huyện Đakrông", "huyện Đăkrông", "huyen Dakrong"] {
        assert_eq!(code(name, as_of("2019")), "D467", "{name}");
    }
    assert_eq!(code("huyện Krông Păk", as_of("2019")), code("huyện Krông Pắc", as_of("2019")));
    assert_ne!(code("huyện Krông Pắk", as_of("2019")), "none");
    assert_eq!(code("huyện Đắc Tô", as_of("2019")), code("huyện Đắk Tô", as_of("2019")));
}

#[test]
fn dates_tell_units_of_one_name_apart() {
    assert_eq!(code("quận Thủ Đức", as_of("2019")), "O102");
    assert_eq!(code("TP Huế", as_of("2019-09-06")), "O130");
    assert_eq!(code("TP Huế", as_of("2025-03")), "P46");
    assert_eq!(code("tỉnh Thừa Thiên - Huế", as_of("2019")), "O001");
    assert_eq!(code("phường Thủ Đức", as_of("2025-08-05")), "c26824");
    let hue = GAZETTEER.by_code("P46").unwrap();
    let stands = |date: &str| GAZETTEER.stands(hue, date.parse().ok());
    assert!(stands("2016") && stands("2025-03") && stands("2026"), "under an older name too");
    assert_eq!(GAZETTEER.facts(hue).valid_from, None);
    // A unit that has ended is still found by its name.
    assert_eq!(code("TP Thủ Đức", as_of("2025-08-05")), "D769");
    assert_eq!(code("Quận 2", Scope::default()), "O100");
    // A town that has become a city since.
    assert_eq!(code("huyện Thủy Nguyên", as_of("2019")), "D311");
}

#[test]
fn the_province_tells_wards_of_one_name_apart() {
    let province = GAZETTEER.by_code("P79");
    let here = |date: &str| Scope { province, ..as_of(date) };
    assert_eq!(code("p. Tân Phước", here("2025-08-05")), "c26713");
    assert_eq!(code("phường Tân Phước", Scope { as_of: "2025-08-05".parse().ok(), ..Scope::default() }), "c26713");
    assert!(code("xã Tân Phước", as_of("2020")).ends_with("units"));
    let district = GAZETTEER.by_code("D764");
    assert_eq!(code("P.1", Scope { district, ..here("2020") }), "W26890");
    // Not in this province: looked for elsewhere.
    assert_eq!(code("tỉnh Tây Ninh", here("2019")), "P72");
}

#[test]
fn divided_units_name_all_who_followed() {
    let city = GAZETTEER.by_code("D769").expect("there");
    assert_eq!(GAZETTEER.in_force(city, "2023".parse().ok()), [city]);
    assert_eq!(GAZETTEER.in_force(city, "2025-08".parse().ok()).len(), 12);
    let district = GAZETTEER.by_code("O101").expect("there");
    assert_eq!(GAZETTEER.in_force(district, "2022".parse().ok()), [city]);
    assert_eq!(GAZETTEER.in_force(district, None).len(), 12);
    assert_eq!(GAZETTEER.facts(city).successors.len(), 12);
    assert_eq!(GAZETTEER.facts(GAZETTEER.by_code("P79").expect("there")).successors, []);
}

#[test]
fn ids_belong_to_units_not_to_rows() {
    let id = |code: &str| GAZETTEER.entity_id(GAZETTEER.by_code(code).expect(code));
    assert_eq!(id("P79").as_str(), "plc-p79");
    assert_eq!(id("P79"), id("p79"));
    assert_ne!(id("P91"), id("p91"));
    assert_eq!(id("W25966"), id("c25966"));
    let mut seen: FxHashMap<EntityId, UnitId> = FxHashMap::default();
    for unit in GAZETTEER.units() {
        let identity = GAZETTEER.identity(unit);
        assert_eq!(*seen.entry(GAZETTEER.entity_id(unit)).or_insert(identity), identity);
        let back = GAZETTEER.of_entity(&GAZETTEER.entity_id(unit)).expect("found");
        assert_eq!(GAZETTEER.identity(back), identity);
    }
}

proptest! {
    #[test]
    fn any_name_has_an_answer(name in "\\PC{0,40}") {
        let _ = GAZETTEER.find(&name, as_of("2024"));
    }
}

#[test]
fn units_before_and_after_are_other_units() {
    let gazetteer = &*GAZETTEER;
    let one = |name: &str| match gazetteer.find(name, Scope::default()) {
        Found::One(unit) => unit,
        other => panic!("{name}: {other:?}"),
    };
    let names = |units: &[UnitId]| units.iter().map(|unit| gazetteer.display_name(*unit)).collect::<Vec<_>>();
    assert_eq!(names(&gazetteer.followed_by(one("tỉnh Hà Nam"))), ["tỉnh Ninh Bình"]);
    // One province was divided into it in 1991, two others joined it in 2025.
    assert_eq!(names(gazetteer.follows(one("tỉnh Ninh Bình"))), ["tỉnh Hà Nam", "tỉnh Nam Định", "tỉnh Hà Nam Ninh"]);
    let divided = gazetteer.followed_by(one("tỉnh Hoàng Liên Sơn"));
    assert_eq!(names(&divided), ["tỉnh Lào Cai", "tỉnh Yên Bái"]);
    assert_eq!(
        gazetteer.entity_id(gazetteer.followed_by(one("tỉnh hà nam"))[0]),
        gazetteer.entity_id(one("Ninh Bình"))
    );
    let wards = gazetteer.followed_by(one("TP Thủ Đức"));
    assert!(wards.len() > 5 && names(&wards).contains(&"phường Thủ Đức".to_owned()), "{:?}", names(&wards));
}

#[test]
fn units_grow_and_a_later_one_was_not_there_before() {
    let found = |name: &str, year: &str| match GAZETTEER.find(name, as_of(year)) {
        Found::None => Vec::new(),
        Found::One(unit) => vec![GAZETTEER.display_name(unit)],
        Found::Several(units) => units.iter().map(|unit| GAZETTEER.display_name(*unit)).collect(),
    };
    // Beside each of these cities lies a huyện of its name, which never was a town.
    assert_eq!(found("thị xã Hồng Ngự", "2012"), ["thành phố Hồng Ngự"]);
    assert_eq!(found("thi xa cao lanh", "2005"), ["thành phố Cao Lãnh"]);
    assert_eq!(found("huyện Cao Lãnh", "2005"), ["huyện Cao Lãnh"]);
    // What has grown since is still found by what it was.
    assert_eq!(found("huyện Phú Quốc", "2012"), ["thành phố Phú Quốc"]);
    assert_eq!(found("thị xã Hà Đông", "2008"), ["quận Hà Đông"]);
    // The ward of 2025 is larger than the township that the table lacks.
    assert_eq!(found("phường Cao Lãnh", "2025-08"), ["phường Cao Lãnh"]);
    assert!(found("thị trấn Cao Lãnh", "2012").is_empty());
}

#[test]
fn the_level_of_a_name_is_that_of_its_candidates() {
    for unit in GAZETTEER.units() {
        let whole = GAZETTEER.display_name(unit);
        let bare = fold::unaccented(&whole);
        let short = whole.split_once(' ').map_or("", |(_, name)| name);
        for name in [whole.as_str(), bare.as_str(), short] {
            let name = PlaceName::parse(name);
            let found = GAZETTEER.candidates(&name, Scope::default());
            let level = found.iter().map(|id| GAZETTEER.unit(*id).level).min();
            assert_eq!(GAZETTEER.level_of(&name), level, "{name:?}");
        }
    }
}
