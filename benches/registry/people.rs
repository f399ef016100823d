//! An invented country: people with names as common as they are, in units as many as there are, and reports that name them.
//! The same size gives the same country, whatever the machine.

use bienban::model::{
    Basis, DatedFact, Edtf, Extraction, MeetingKind, NamedSpan, OfficeFact, OrganizationFact, PersonFact, PlaceFact,
    ReferenceFact, ReportDraft, ReportId, Role, Span,
};
use bienban::registry::Naming;
use bienban::registry::gazetteer::Level;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// Family names with the share of each in thousands; the rest is spread over the last.
const FAMILY: [(&str, u64); 24] = [
    ("Nguyễn", 384),
    ("Trần", 121),
    ("Lê", 95),
    ("Phạm", 70),
    ("Hoàng", 30),
    ("Huỳnh", 22),
    ("Phan", 45),
    ("Vũ", 22),
    ("Võ", 18),
    ("Đặng", 21),
    ("Bùi", 20),
    ("Đỗ", 14),
    ("Hồ", 13),
    ("Ngô", 13),
    ("Dương", 10),
    ("Lý", 5),
    ("Đinh", 10),
    ("Trịnh", 8),
    ("Mai", 8),
    ("Lương", 8),
    ("Tô", 5),
    ("Tạ", 5),
    ("Khuất", 3),
    ("Nghiêm", 3),
];
const MEN: [(&str, u64); 16] = [
    ("Văn", 300),
    ("Đức", 60),
    ("Hữu", 60),
    ("Quang", 50),
    ("Minh", 60),
    ("Xuân", 50),
    ("Ngọc", 50),
    ("Thanh", 60),
    ("Đình", 50),
    ("Công", 40),
    ("Quốc", 40),
    ("Anh", 40),
    ("Trọng", 30),
    ("Bá", 30),
    ("Thế", 30),
    ("Duy", 30),
];
const WOMEN: [(&str, u64); 8] = [
    ("Thị", 450),
    ("Thị Thu", 80),
    ("Thị Kim", 70),
    ("Ngọc", 90),
    ("Thanh", 90),
    ("Thị Hồng", 80),
    ("Bích", 70),
    ("Kim", 70),
];
const GIVEN: [&str; 64] = [
    "Hùng",
    "Dũng",
    "Hải",
    "Nam",
    "Tuấn",
    "Minh",
    "Thành",
    "Long",
    "Sơn",
    "Cường",
    "Hà",
    "Hương",
    "Lan",
    "Hoa",
    "Mai",
    "Thủy",
    "Nga",
    "Hạnh",
    "Bình",
    "An",
    "Phong",
    "Quang",
    "Đức",
    "Trung",
    "Kiên",
    "Thắng",
    "Tùng",
    "Việt",
    "Anh",
    "Tâm",
    "Phúc",
    "Lộc",
    "Thọ",
    "Khánh",
    "Linh",
    "Trang",
    "Nhung",
    "Yến",
    "Oanh",
    "Loan",
    "Phượng",
    "Ngân",
    "Hiền",
    "Dung",
    "Thảo",
    "Vân",
    "Xuân",
    "Thu",
    "Đông",
    "Hạ",
    "Vinh",
    "Quý",
    "Phát",
    "Đạt",
    "Nhân",
    "Nghĩa",
    "Lễ",
    "Trí",
    "Tín",
    "Khoa",
    "Nghị",
    "Khiêm",
    "Tường",
    "Vỹ",
];
const DEPARTMENTS: [&str; 14] = [
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Y tế",
    "Sở Xây dựng",
    "Sở Tư pháp",
    "Sở Công Thương",
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Du lịch",
    "Sở Tài nguyên và Môi trường",
    "Văn phòng UBND",
    "Ban Tổ chức Tỉnh ủy",
    "Công an",
    "Thanh tra",
];
const OFFICES: [&str; 8] = [
    "Phòng Nội vụ",
    "Phòng Tài chính - Kế hoạch",
    "Phòng Y tế",
    "Phòng Tư pháp",
    "Công an",
    "Ban Quản lý dự án",
    "Phòng Giáo dục và Đào tạo",
    "Thanh tra",
];

/// Numbers that look like chance and are the same everywhere (SplitMix64).
#[derive(Debug, Clone, Copy)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Below a bound, small ones much more often: a few are named in most reports, most in few.
    pub fn skewed(&mut self, bound: usize) -> usize {
        let part = (self.next() >> 40) as f64 / (1u64 << 24) as f64;
        ((part * part * part) * bound as f64) as usize
    }

    fn pick<'a>(&mut self, among: &[(&'a str, u64)]) -> &'a str {
        let mut left = self.next() % among.iter().map(|(_, share)| share).sum::<u64>();
        for (word, share) in among {
            if left < *share {
                return word;
            }
            left -= share;
        }
        among.last().map_or("", |(word, _)| word)
    }
}

/// A unit with the people who serve in it.
struct Unit {
    level: Level,
    /// "huyện Năm Căn"
    name: String,
    /// "huyện Năm Căn, tỉnh Cà Mau"
    whole: String,
    people: Vec<u32>,
    /// How many of them reports have named.
    named: usize,
}

/// A country of so many people.
pub struct Country {
    units: Vec<Unit>,
    /// Per person the unit.
    home: Vec<u32>,
    /// Per person the place among the people of the unit.
    rank: Vec<u32>,
    days: i64,
    reports: usize,
    /// How many of the six people of a report are new.
    newcomers: usize,
}

/// Somebody, as a report or a query names them.
pub struct Somebody {
    pub name: String,
    pub title: String,
    pub body: String,
}

impl Country {
    /// People, and the number of reports that will tell of them: forty a day.
    pub fn new(people: usize, reports: usize, naming: &Naming) -> Self {
        let before: Option<Edtf> = "2020".parse().ok();
        let gazetteer = &naming.gazetteer;
        let all = gazetteer.units().filter(|unit| gazetteer.exists(*unit, before));
        let mut units: Vec<Unit> = all
            .map(|unit| {
                let chain: Vec<String> = gazetteer.ancestors(unit).map(|up| gazetteer.display_name(up)).collect();
                Unit {
                    level: gazetteer.unit(unit).level,
                    name: gazetteer.display_name(unit),
                    whole: chain.join(", "),
                    people: Vec::new(),
                    named: 0,
                }
            })
            .collect();
        let of = |level: Level| -> Vec<usize> {
            units.iter().enumerate().filter(|(_, unit)| unit.level == level).map(|(at, _)| at).collect()
        };
        let levels = [of(Level::Province), of(Level::District), of(Level::Commune)];
        let (mut home, mut rank) = (Vec::with_capacity(people), Vec::with_capacity(people));
        for person in 0..people {
            let mut dice = Dice::new(person as u64 + 1);
            let level = &levels[[0, 0, 1, 1, 1, 1, 2, 2, 2, 2][dice.below(10)]];
            let unit = level[dice.below(level.len())];
            home.push(unit as u32);
            rank.push(units[unit].people.len() as u32);
            units[unit].people.push(person as u32);
        }
        let newcomers = people.div_ceil(reports.max(1)).clamp(2, 5);
        Self { units, home, rank, days: (reports as i64 / 40).max(1), reports, newcomers }
    }

    pub fn people(&self) -> usize {
        self.home.len()
    }

    /// Somebody as they are named at a time, 0 to 1 of the years told of.
    pub fn somebody(&self, person: usize, time: f64) -> Somebody {
        let mut dice = Dice::new(person as u64 ^ 0xabcd_ef01);
        let family = dice.pick(&FAMILY);
        let middle = if dice.below(2) == 0 { dice.pick(&MEN) } else { dice.pick(&WOMEN) };
        let given = GIVEN[dice.skewed(GIVEN.len())];
        let second = if dice.below(12) == 0 { format!(" {}", GIVEN[dice.below(GIVEN.len())]) } else { String::new() };
        let moves = dice.below(5) == 0 && time > 0.5;
        let unit = &self.units[self.home[person] as usize];
        let rank = self.rank[person] as usize + usize::from(moves);
        let (title, body) = office(unit, rank);
        Somebody { name: format!("{family} {middle}{second} {given}"), title: title.to_owned(), body }
    }

    /// The name of a unit's administration.
    pub fn administration(&self, dice: &mut Dice) -> String {
        format!("UBND {}", self.units[dice.below(self.units.len())].whole)
    }

    /// The report of this number, with what a reader would find in it.
    pub fn report(&mut self, number: usize) -> (ReportDraft, Extraction) {
        let mut dice = Dice::new(number as u64 ^ 0x7777_0000);
        let time = number as f64 / self.reports as f64;
        let day = self.day(number);
        let unit = self.home[dice.below(self.people())] as usize;
        let mut present: Vec<usize> = Vec::new();
        for turn in 0..6 {
            let own = &mut self.units[unit];
            // Some who were not named before, so many that all are in the end, and of the others mostly the same few.
            let at = if turn < self.newcomers && own.named < own.people.len() {
                own.named += 1;
                own.named - 1
            } else {
                dice.skewed(own.people.len())
            };
            let person = own.people[at] as usize;
            if !present.contains(&person) {
                present.push(person);
            }
        }
        let present: Vec<Somebody> = present.into_iter().map(|person| self.somebody(person, time)).collect();
        let province = self.units[unit].whole.rsplit(", ").next().unwrap_or_default().to_owned();
        written(number, day, &self.units[unit].whole, &province, &present)
    }

    fn day(&self, number: usize) -> Date {
        let last = date(2025, 6, 1);
        let back = self.days - number as i64 / 40;
        last.checked_sub(back.days()).unwrap_or(last)
    }
}

fn office(unit: &Unit, rank: usize) -> (&'static str, String) {
    let (name, whole) = (&unit.name, &unit.whole);
    let party = match unit.level {
        Level::Province if name.starts_with("Thành phố") => {
            format!("Thành ủy {}", name.trim_start_matches("Thành phố "))
        }
        Level::Province => format!("Tỉnh ủy {}", name.trim_start_matches("tỉnh ")),
        Level::District => format!("Đảng bộ {whole}"),
        Level::Commune => format!("Đảng ủy {whole}"),
    };
    let departments: &[&str] = if unit.level == Level::Province { &DEPARTMENTS } else { &OFFICES };
    let below = ["Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên"];
    match rank {
        0 => ("Bí thư", party),
        1 => ("Chủ tịch", format!("UBND {whole}")),
        2 => ("Phó Bí thư", party),
        3 | 4 => ("Phó Chủ tịch", format!("UBND {whole}")),
        5 => ("Chủ tịch", format!("HĐND {whole}")),
        more => (
            below[(more / departments.len()) % below.len()],
            format!("{} {whole}", departments[more % departments.len()]),
        ),
    }
}

/// Text that grows, with the places of what stands in it.
struct Text {
    text: String,
    length: u32,
}

impl Text {
    fn add(&mut self, words: &str) -> Span {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().count() as u32;
        Span::new(start, self.length)
    }
}

fn written(number: usize, day: Date, whole: &str, province: &str, present: &[Somebody]) -> (ReportDraft, Extraction) {
    let mut text = Text { text: String::new(), length: 0 };
    let mut found = Extraction::default();
    let convener = format!("UBND {whole}");
    let span = text.add(&convener);
    found.meeting.title = format!("Hội nghị số {number}");
    found.meeting.kind = Some(MeetingKind::Conference);
    found.meeting.date = Some(DatedFact { date: Edtf::day(day), basis: Basis::Stated, span: None });
    found.meeting.convener = Some(NamedSpan { name: convener.clone(), span });
    found.organizations.push(OrganizationFact { name: convener, spans: vec![span] });
    text.add(" họp, ");
    let span = text.add(province);
    found.places.push(PlaceFact { name: province.to_owned(), spans: vec![span] });
    if number.is_multiple_of(5) {
        text.add("; ");
        let written = format!("Quyết định {number}/QĐ-UBND");
        let span = text.add(&written);
        found.references.push(ReferenceFact {
            kind: "Quyết định".to_owned(),
            number: Some(format!("{number}/QĐ-UBND")),
            title: None,
            issuer: None,
            date: None,
            text: written,
            spans: vec![span],
        });
    }
    for somebody in present {
        text.add("; ");
        let office = text.add(&format!("{} {}", somebody.title, somebody.body));
        text.add(" ");
        let name = text.add(&somebody.name);
        found.people.push(PersonFact {
            name: somebody.name.clone(),
            role: Role::Attendee,
            offices: vec![OfficeFact {
                proposed: false,
                title: somebody.title.clone(),
                organization: somebody.body.clone(),
                text: format!("{} {}", somebody.title, somebody.body),
                former: false,
                acting: false,
                begins: false,
                ends: false,
                span: office,
            }],
            spans: vec![name],
        });
    }
    let id = format!("r{number}");
    let draft = ReportDraft {
        id: ReportId::parse(&id).unwrap_or_else(|_| ReportId::derive(None, &id)),
        url: None,
        publisher: None,
        title: None,
        publish_date: None,
        text: text.text,
    };
    (draft, found)
}
