use super::*;
use crate::model::EntityId;
use crate::registry::world::{NAMING, Tale, World, tale};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The people told of, each as the reports that speak of them.
fn people(tales: &[Tale]) -> Vec<String> {
    World::of(tales).partition().into_iter().map(|(name, reports)| format!("{name}: {}", reports.join(" "))).collect()
}

#[test]
fn a_name_alone_merges_nobody() {
    let north = "Nguyễn Văn Nam: Chủ tịch @ UBND tỉnh Bắc Ninh";
    let south = "Nguyễn Văn Nam: Chủ tịch @ UBND tỉnh Cà Mau";
    assert_eq!(
        people(&[
            tale("r1", "2021-03-01", "UBND tỉnh Bắc Ninh", &[north]),
            tale("r2", "2021-05-01", "UBND tỉnh Cà Mau", &[south]),
            tale("r3", "2022-03-01", "UBND tỉnh Bắc Ninh", &[north]),
        ]),
        ["Nguyễn Văn Nam: r1 r3", "Nguyễn Văn Nam: r2"]
    );
}

#[test]
fn one_person_keeps_one_id_through_changing_offices() {
    assert_eq!(
        people(&[
            tale("r1", "2019-03-01", "Tỉnh ủy Tây Ninh", &["Đặng Lê Khang: Bí thư @ Tỉnh ủy Tây Ninh"]),
            tale(
                "r2",
                "2020-03-01",
                "Thành ủy TP.HCM",
                &["Đặng Lê Khang: nguyên Bí thư @ Tỉnh ủy Tây Ninh; bầu Phó Bí thư Thường trực @ Thành ủy TP.HCM",]
            ),
            tale("r3", "2021-03-01", "UBND TP.HCM", &["Đặng Lê Khang: Phó Bí thư Thường trực @ Thành ủy"]),
            tale("r4", "2022-03-01", "Thành ủy TP.HCM", &["Đặng Lê Khang: Chủ tịch @ HĐND TP.HCM"]),
        ]),
        ["Đặng Lê Khang: r1 r2 r3 r4"]
    );
}

#[test]
fn leaders_of_the_country_are_not_split_by_where_they_go() {
    let minister = "Lương Quốc Thụy: Bộ trưởng @ Bộ Y tế";
    assert_eq!(
        people(&[
            tale("r1", "2021-03-01", "UBND tỉnh Cà Mau", &[minister]),
            tale("r2", "2021-04-01", "UBND tỉnh Lào Cai", &[minister]),
            tale("r3", "2022-04-01", "UBND tỉnh Lào Cai", &["Lương Quốc Thụy: Phó Thủ tướng"]),
            tale("r4", "2022-05-01", "UBND tỉnh Lào Cai", &["Lương Quốc Thụy: Bí thư @ Đảng ủy phường Bắc Cường"]),
        ]),
        ["Lương Quốc Thụy: r1 r2 r3", "Lương Quốc Thụy: r4"]
    );
}

#[test]
fn common_names_need_more_than_a_province() {
    let of = |name: &str| {
        let at = |district: &str| format!("{name}: Phó Giám đốc @ Trung tâm Y tế huyện {district}");
        people(&[
            tale("r1", "2021-03-01", "UBND tỉnh Cà Mau", &[&at("Năm Căn")]),
            tale("r2", "2023-05-01", "UBND tỉnh Cà Mau", &[&at("Đầm Dơi")]),
        ])
        .len()
    };
    assert_eq!(of("Nguyễn Văn Nam"), 2);
    assert_eq!(of("Khưu Bỉnh Khiêm"), 1);
}

#[test]
fn ministers_and_foreign_leaders_are_one_wherever_they_are_named() {
    let of = |first: &str, second: &str| {
        people(&[tale("r1", "2021-03-01", "UBND tỉnh Cà Mau", &[first]), tale("r2", "2022-04-01", "", &[second])]).len()
    };
    assert_eq!(of("Nguyễn Mạnh Hùng: Bộ trưởng", "Nguyễn Mạnh Hùng: Bộ trưởng @ Bộ Y tế"), 1);
    assert_eq!(of("Nguyễn Mạnh Hùng: Giám đốc", "Nguyễn Mạnh Hùng: Giám đốc @ Sở Y tế TP.HCM"), 2);
    assert_eq!(of("Anna Lindqvist: Thủ tướng @ Thụy Điển", "Anna Lindqvist: Thủ tướng @ Thụy Điển"), 1);
    assert_eq!(of("Anna Lindqvist: Bộ trưởng @ Bộ Y tế", "Anna Lindqvist: Bộ trưởng @ Bộ Y tế"), 1);
    assert_eq!(of("Khưu Bỉnh Khiêm: Bí thư @ Thành ủy TP.HCM", "Khưu Bỉnh Khiêm: Bí thư @ Thành ủy"), 1);
    assert_eq!(of("Nguyễn Văn Nam: Chủ tịch @ UBND tỉnh Cà Mau", "Nguyễn Văn Nam: Chủ tịch @ UBND tỉnh"), 2);
    assert_eq!(of("Khưu Bỉnh Khiêm: Bí thư @ Tỉnh ủy Cà Mau", "Khưu Bỉnh Khiêm: Tổng Kiểm toán"), 1);
}

#[test]
fn nobody_leads_two_districts_at_a_time() {
    let lead = |district: &str| format!("Khưu Bỉnh Khiêm: Chủ tịch @ UBND huyện {district}");
    let tales = [
        tale("r1", "2021-03-01", "", &[&lead("Năm Căn")]),
        tale("r2", "2021-09-01", "", &[&lead("Năm Căn")]),
        tale("r3", "2021-06-01", "", &[&lead("Đầm Dơi")]),
    ];
    assert_eq!(people(&tales), ["Khưu Bỉnh Khiêm: r1 r2", "Khưu Bỉnh Khiêm: r3"]);
    let later = [tales[0].clone(), tales[1].clone(), tale("r3", "2022-06-01", "", &[&lead("Đầm Dơi")])];
    assert_eq!(people(&later), ["Khưu Bỉnh Khiêm: r1 r2 r3"]);
}

#[test]
fn joined_provinces_carry_people_over() {
    let before = "Khưu Bỉnh Khiêm: Phó Chủ tịch @ UBND tỉnh Bình Dương";
    let after = "Khưu Bỉnh Khiêm: Phó Chủ tịch @ UBND TP.HCM";
    let told =
        |date: &'static str| people(&[tale("r1", "2024-03-01", "", &[before]), tale("r2", date, "", &[after])]).len();
    assert_eq!(told("2025-08-05"), 1);
    assert_eq!(told("2024-08-05"), 2);
}

#[test]
fn a_merge_leaves_the_other_ids_as_aliases() {
    let first = tale("r1", "2019-03-01", "", &["Đặng Lê Khang: Bí thư @ Tỉnh ủy Tây Ninh"]);
    let second = tale("r2", "2021-03-01", "", &["Đặng Lê Khang: Chủ tịch @ UBND TP.HCM"]);
    let bridge =
        tale("r3", "2021-05-01", "", &["Đặng Lê Khang: nguyên Bí thư @ Tỉnh ủy Tây Ninh; Chủ tịch @ UBND TP.HCM"]);
    let ids = |tales: &[Tale]| {
        World::of(tales).people().into_iter().map(|person| person.person.id).collect::<BTreeSet<EntityId>>()
    };
    let before = ids(&[first.clone(), second.clone()]);
    assert_eq!(before.len(), 2);
    let world = World::of(&[first.clone(), second, bridge]);
    let merged = world.people();
    assert_eq!(merged.len(), 1);
    assert_eq!(BTreeSet::from([merged[0].person.id.clone()]), ids(&[first]));
    assert!(before.iter().all(|id| *id == merged[0].person.id || merged[0].person.aliases.contains(id)));
}

#[test]
fn taking_a_report_out_undoes_it() {
    let office = "Đặng Lê Khang: Chủ tịch @ UBND TP.HCM";
    let mut world = World::of(&[tale("r1", "2021-03-01", "", &[office])]);
    let before = world.groups.clone();
    world.tell(&tale("r2", "2021-05-01", "", &["Đặng Lê Khang: Bí thư @ Thành ủy TP.HCM"]));
    let group = world.groups.values_mut().next().expect("one");
    assert_eq!(group.len(), 2);
    assert!(group.remove(&"r2".parse_id()));
    assert!(!group.remove(&"r2".parse_id()));
    assert_eq!(world.groups, before);
}

trait ParseId {
    fn parse_id(&self) -> crate::model::ReportId;
}

impl ParseId for str {
    fn parse_id(&self) -> crate::model::ReportId {
        crate::model::ReportId::parse(self).expect("an id")
    }
}

#[test]
fn offices_are_observed_in_time() {
    let at = |id, date, office: &str| tale(id, date, "", &[&format!("Đặng Lê Khang: {office} @ UBND TP.HCM")]);
    let world = World::of(&[
        at("r1", "2021-03-01", "bầu Chủ tịch"),
        at("r2", "2022-06", "Chủ tịch"),
        at("r3", "2024-01-10", "nguyên Chủ tịch"),
    ]);
    let people = world.people();
    assert_eq!(people.len(), 1);
    let tenure = people[0].person.offices[0].tenure("UBND TP.HCM");
    let held = |date: &str| as_of(&tenure, date.parse().expect(date));
    assert_eq!(held("2021-03-01"), Holding::Held);
    assert_eq!(held("2021-12"), Holding::Held);
    assert_eq!(held("2022-06-30"), Holding::Held);
    assert_eq!(held("2023-01"), Holding::NotObserved);
    assert_eq!(held("2020-12"), Holding::Contradicted);
    assert_eq!(held("2024-05"), Holding::Contradicted);
    assert_eq!(held("XXXX-05"), Holding::NotObserved);
    assert_eq!(held("2021/.."), Holding::Held);
    assert_eq!(held("../2020-06"), Holding::Contradicted);
    assert_eq!(tenure.evidence.len(), 3);
}

#[test]
fn given_names_alone_stay_in_their_report() {
    let tales = [
        tale("r1", "2021-03-01", "UBND tỉnh Cà Mau", &["Khiêm"]),
        tale("r2", "2021-03-02", "UBND tỉnh Cà Mau", &["Khiêm"]),
    ];
    assert_eq!(people(&tales).len(), 2);
}

fn arbitrary_tale() -> impl Strategy<Value = (Vec<String>, &'static str, &'static str)> {
    let name = prop::sample::select(vec!["Nguyễn Văn Nam", "Khưu Bỉnh Khiêm", "Trần Thanh Hải"]);
    let office = prop::sample::select(vec![
        "",
        "Chủ tịch @ UBND TP.HCM",
        "Bí thư @ Huyện ủy Năm Căn",
        "Chủ tịch @ UBND huyện Đầm Dơi",
        "Bộ trưởng @ Bộ Y tế",
        "Ủy viên @ Trung ương Đảng",
        "nguyên Bí thư @ Tỉnh ủy Cà Mau",
        "bầu Phó Chủ tịch @ UBND tỉnh Cà Mau",
        "Giám đốc @ Sở Y tế",
        "Phó Chủ tịch @ UBND tỉnh Bình Dương",
        "Giám đốc @ Công ty Lá Xanh",
    ]);
    let person = (name, prop::collection::vec(office, 0..3))
        .prop_map(|(name, offices)| format!("{name}: {}", offices.join("; ")));
    let date = prop::sample::select(vec!["", "2019-03-01", "2021-05", "2021-05-20", "2023-01-02", "2025-09-01"]);
    let convener = prop::sample::select(vec!["", "UBND tỉnh Cà Mau", "Thành ủy TP.HCM", "Huyện ủy Năm Căn"]);
    (prop::collection::vec(person, 1..2), date, convener)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_order_of_reports_changes_nothing(
        (told, order) in prop::collection::vec(arbitrary_tale(), 1..14)
            .prop_flat_map(|told| { let size = told.len(); (Just(told), Just((0..size).collect::<Vec<_>>()).prop_shuffle()) })
    ) {
        const IDS: [&str; 14] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"];
        let tales: Vec<Tale> = told.iter().zip(IDS).map(|((people, date, convener), id)| {
            Tale { people: people.clone(), ..tale(id, date, convener, &[]) }
        }).collect();
        let forward = World::of(&tales);
        let shuffled: Vec<Tale> = order.iter().map(|at| tales[*at].clone()).collect();
        let mut backward = World::of(&shuffled);
        prop_assert_eq!(forward.people(), backward.people());
        // Told twice is told once, and every id belongs to one person.
        backward.tell(&shuffled[0]);
        prop_assert_eq!(forward.people(), backward.people());
        let mut ids = BTreeSet::new();
        for person in forward.people() {
            prop_assert!(ids.insert(person.person.id.clone()), "{} twice", person.person.id);
            for alias in person.person.aliases {
                prop_assert!(ids.insert(alias), "an alias leads to two people");
            }
        }
        prop_assert!(forward.groups.values().all(|group| group.clusters(&NAMING).iter().map(|one| one.reports().count()).sum::<usize>() == group.len()));
    }
}

/// Ministries and departments are joined; who led one is known in the other, also by a common name.
#[test]
fn who_led_a_body_is_known_in_the_one_that_followed() {
    let of = |first: &str, second: &str| {
        people(&[
            tale("r1", "2023-03-01", "UBND tỉnh Cà Mau", &[first]),
            tale("r2", "2025-04-01", "UBND tỉnh Cà Mau", &[second]),
        ])
        .len()
    };
    let now = |body: &str| format!("Nguyễn Mạnh Hùng: {body}");
    assert_eq!(
        of(&now("Giám đốc @ Sở Tài nguyên và Môi trường"), &now("Phó Giám đốc @ Sở Nông nghiệp và Môi trường")),
        1
    );
    assert_eq!(of(&now("Bộ trưởng @ Bộ Thông tin và Truyền thông"), &now("Bộ trưởng @ Bộ Khoa học và Công nghệ")), 1);
    assert_eq!(of(&now("Trưởng Ban @ Ban Dân nguyện"), &now("Chủ nhiệm @ Ủy ban Dân nguyện và Giám sát")), 1);
    assert_eq!(of(&now("Phó Giám đốc @ Sở Y tế Cà Mau"), &now("Bộ trưởng @ Bộ Khoa học và Công nghệ")), 2);
}

/// A "Thứ trưởng" is of the ministry that the report is about, and the ministers of other states are none of this one's.
#[test]
fn deputies_of_the_ministry_that_meets_need_no_ministry() {
    let world = World::of(&[
        tale("r1", "2025-07-25", "Bộ Y tế", &["Trần Văn Sơn: Thứ trưởng"]),
        tale("r2", "2025-08-25", "", &["Trần Văn Sơn: Thứ trưởng @ Bộ Y tế"]),
        tale("r3", "2025-09-25", "", &["Trần Văn Sơn: Bộ trưởng @ Bộ Y tế Lào"]),
    ]);
    let people: Vec<String> = world.partition().into_iter().map(|(_, reports)| reports.join(" ")).collect();
    assert_eq!(people, ["r1 r2", "r3"]);
}

/// Hospitals, schools and companies of a province are many; so are those who lead bodies made for an occasion.
#[test]
fn who_leads_an_establishment_is_not_among_the_leaders_of_the_province() {
    let of = |name: &str, first: &str, second: &str| {
        people(&[
            tale("r1", "2021-03-01", "", &[&format!("{name}: {first}")]),
            tale("r2", "2021-04-01", "", &[&format!("{name}: {second}")]),
        ])
        .len()
    };
    let department = "Giám đốc @ Sở Y tế TP.HCM";
    for other in [
        "Giám đốc @ Bệnh viện Mắt TP.HCM",
        "Phó Giám đốc @ Trung tâm Dự báo TP.HCM",
        "Viện trưởng @ Viện Nghiên cứu TP.HCM",
        "Trưởng Đoàn @ Đoàn kiểm tra tại TP.HCM",
    ] {
        assert_eq!(of("Trần Anh Tuấn", department, other), 2, "{other}");
        assert_eq!(of("Khưu Bỉnh Khiêm", department, other), 1, "{other}");
    }
    assert_eq!(of("Trần Anh Tuấn", department, "Phó Chủ tịch @ UBND TP.HCM"), 1);
    assert_eq!(of("Trần Anh Tuấn", department, "Viện trưởng @ Viện Kiểm sát nhân dân TP.HCM"), 1);
}

/// Two who lead ministries at one time are two, but for a rare name one of the ministries was rather given wrongly.
#[test]
fn nobody_of_a_common_name_leads_two_ministries_at_a_time() {
    let of = |name: &str, later: &'static str| {
        let at = |body: &str| format!("{name}: Thứ trưởng @ {body}");
        people(&[
            tale("r1", "2021-03-01", "", &[&at("Bộ Y tế")]),
            tale("r2", "2021-09-01", "", &[&at("Bộ Y tế")]),
            tale("r3", later, "", &[&at("Bộ Tư pháp")]),
        ])
        .len()
    };
    assert_eq!(of("Trần Quốc Khánh", "2021-06-01"), 2);
    assert_eq!(of("Trần Quốc Khánh", "2022-06-01"), 1);
    assert_eq!(of("Khưu Bỉnh Khiêm", "2021-06-01"), 1);
}

/// Reports name those who lead the country without office, too; it is they who are meant where the name is rare and the report tells of no place where
/// somebody else of the name may be at home.
#[test]
fn a_rare_name_without_office_is_that_of_the_leader_of_the_country() {
    let of = |name: &str, office: &str, convener: &'static str| {
        people(&[
            tale("r1", "2021-03-01", "", &[&format!("{name}: {office}")]),
            tale("r2", "2021-09-01", convener, &[name]),
        ])
        .len()
    };
    assert_eq!(of("Khưu Bỉnh Khiêm", "Bộ trưởng @ Bộ Y tế", ""), 1);
    assert_eq!(of("Khưu Bỉnh Khiêm", "Bộ trưởng @ Bộ Y tế", "UBND tỉnh Cà Mau"), 2);
    assert_eq!(of("Anna Lindqvist", "Thủ tướng @ Thụy Điển", ""), 1);
    assert_eq!(of("Nguyễn Văn Nam", "Bộ trưởng @ Bộ Y tế", ""), 2);
    assert_eq!(of("Khưu Bỉnh Khiêm", "Giám đốc @ Công ty Lá Xanh", ""), 2);
}
