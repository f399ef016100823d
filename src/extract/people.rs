//! People, the offices they are given, and the short forms that mean them.
//!
//! | file | grammar of |
//! |---|---|
//! | `names` | personal names |
//! | `offices` | titles with their organizations, chains of them |
//! | `scan` | how people are found in the text, with short forms on the way |
//! | `introductions` | what stands around a name |
//! | `changes` | offices taken up and left |
//! | `coreference` | whom a short form means |
//! | `roles` | what part a person has in the meeting |

mod changes;
mod coreference;
mod introductions;
mod lexicons;
pub(super) mod names;
mod offices;
mod roles;
mod scan;

pub(super) use offices::Titles;

use std::ops::Range;

use super::words::Heard;
use super::{Context, Found};
use crate::model::{Diagnostic, DiagnosticReason, OfficeFact, PersonFact};
use crate::text::{Reading, fold};
use offices::Office;

/// The people a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct People {
    /// Each person under the fullest name, in order of first mention, those known only by a given name last; roles and offices filled in.
    pub(super) facts: Vec<PersonFact>,
    /// Every mention in text order with the index of the person in `facts`: full names, short forms ("ông Nghị", "đồng chí", "ông"), and
    /// offices used as names ("Bí thư Thành ủy nhấn mạnh"). A mention covers name and honorific or, for the last, the office.
    pub(super) mentions: Vec<Found<usize>>,
    /// Short forms that could mean several people.
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Recognizer {
    lexicons: lexicons::Lexicons,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        Self { lexicons: lexicons::Lexicons::new() }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> People {
        let reading = context.reading;
        let mut scan = scan::Scanner::new(context, &self.lexicons).scan(context);
        coreference::join_variants(reading, &mut scan);
        coreference::name_unknown(reading, &mut scan);
        let (parts, ambiguous) = coreference::resolve(reading, &scan.people, &scan.mentions);
        let roles = roles::roles(reading, &self.lexicons, &scan.people, &parts);
        let facts = scan.people.iter().zip(roles).map(|(draft, role)| PersonFact {
            name: reading.text(draft.name.clone()).to_owned(),
            role,
            offices: offices_of(reading, &draft.offices),
            spans: Vec::new(),
        });
        let diagnostics = ambiguous.iter().map(|short| Diagnostic {
            reason: DiagnosticReason::AmbiguousPerson,
            message: "several people of the report could be meant; the one named last is taken".to_owned(),
            span: Some(reading.span(scan.mentions[short.mention].tokens.clone())),
        });
        People {
            facts: facts.collect(),
            diagnostics: diagnostics.collect(),
            mentions: parts.into_iter().map(|part| Found { tokens: part.tokens, value: part.person }).collect(),
        }
    }
}

impl Recognizer {
    /// What a short text says of one person: the first named, or the offices used as a name.
    pub(super) fn hear(&self, context: &Context<'_>) -> Heard {
        let reading = context.reading;
        let scan = scan::Scanner::new(context, &self.lexicons).scan(context);
        let mut heard = Heard::default();
        let first = reading.tokens.first().and_then(|_| self.lexicons.honorifics.longest(&reading.tokens, 0));
        heard.honorific = first.filter(|(_, honorific)| honorific.is_gender()).map(|(end, _)| 0..end);
        let mut offices: Vec<Office> = Vec::new();
        for mention in &scan.mentions {
            match &mention.who {
                scan::Who::Person(person) => {
                    let draft = &scan.people[*person];
                    heard.name = Some(draft.name.clone());
                    offices.extend(draft.offices.iter().cloned());
                    break;
                }
                scan::Who::Short(_, words) => {
                    heard.name = Some(mention.tokens.end - words.len()..mention.tokens.end);
                    heard.given_name_only = true;
                }
                scan::Who::Offices(held) => offices.extend(held.iter().cloned()),
                scan::Who::Pronoun(_) => {}
            }
        }
        heard.offices = offices_of(reading, &offices);
        heard
    }

    /// The words of a text that are honorifics or titles.
    pub(super) fn known_words(&self, reading: &Reading) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < reading.tokens.len() {
            let title = self.lexicons.titles.at(reading, at).map(|(end, _)| end);
            let end = title.or_else(|| self.lexicons.honorifics.longest(&reading.tokens, at).map(|(end, _)| end));
            found.extend(end.map(|end| at..end));
            at = end.unwrap_or(at + 1);
        }
        found
    }
}

/// Each office once, in order of first mention; what any mention adds (its body, that it begins or is past) is kept.
fn offices_of(reading: &Reading, offices: &[Office]) -> Vec<OfficeFact> {
    let mut facts: Vec<(String, OfficeFact)> = Vec::new();
    for office in offices {
        let full = if office.is_elsewhere(offices) { &office.body.written } else { &office.body.full };
        let body = fold::spelling(full);
        let same = facts.iter_mut().find(|(known, fact)| {
            fold::spelling(&fact.title) == office.title_key && (*known == body || known.is_empty() || body.is_empty())
        });
        if let Some((known, fact)) = same {
            fact.former |= office.former;
            fact.acting |= office.acting;
            fact.begins |= office.begins;
            fact.ends |= office.ends;
            fact.proposed &= office.proposed;
            if known.is_empty() && !body.is_empty() {
                fact.organization.clone_from(full);
                *known = body;
            }
            continue;
        }
        facts.push((
            body,
            OfficeFact {
                title: reading.text(office.title.clone()).to_owned(),
                organization: full.clone(),
                text: reading.text(office.tokens.clone()).to_owned(),
                former: office.former,
                acting: office.acting,
                begins: office.begins,
                ends: office.ends,
                proposed: office.proposed,
                span: reading.span(office.tokens.clone()),
            },
        ));
    }
    // "phó bí thư" beside "phó bí thư thường trực Thành ủy" says nothing new, nor "Chủ tịch tỉnh" beside "Chủ tịch UBND tỉnh".
    let says_more = |short: &(String, OfficeFact), long: &(String, OfficeFact)| {
        let (a, b) = (fold::spelling(&short.1.title), fold::spelling(&long.1.title));
        let longer = (short.0.is_empty() && b.len() > a.len() && b.starts_with(&a))
            || (a == b && long.0.len() > short.0.len() && is_unit_of(&short.0, &long.0));
        longer && !short.1.begins && !short.1.ends
    };
    let keep: Vec<bool> = facts.iter().map(|fact| !facts.iter().any(|other| says_more(fact, other))).collect();
    facts.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|((_, fact), _)| fact).collect()
}

/// True if a body in spelling form is only the place of another: "tinh3" of "ubnd tinh3 lam2 ha".
fn is_unit_of(short: &str, long: &str) -> bool {
    !short.is_empty() && (long.ends_with(short) || long.contains(&format!(" {short} ")))
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Source};
    use crate::model::{Extraction, Role};

    fn read(text: &str) -> Extraction {
        Extractor::new().extract(Source { text, ..Source::default() })
    }

    /// Names and offices, in one line a person: "name: title / body; …".
    fn people(text: &str) -> Vec<String> {
        let of = |office: &crate::model::OfficeFact| format!("{} / {}", office.title, office.organization);
        let record = read(text);
        record
            .people
            .iter()
            .map(|p| format!("{}: {}", p.name, p.offices.iter().map(of).collect::<Vec<_>>().join("; ")))
            .collect()
    }

    fn roles(text: &str) -> Vec<Role> {
        read(text).people.iter().map(|person| person.role).collect()
    }

    /// How often each person is meant.
    fn mentions(text: &str) -> Vec<usize> {
        read(text).people.iter().map(|person| person.spans.len()).collect()
    }

    #[test]
    fn people_are_introduced_in_many_ways() {
        for (text, expected) in [
            ("Ông Trần Văn Lân, Chủ tịch UBND TP Thủ Đức, nói.", vec!["Trần Văn Lân: Chủ tịch / UBND TP Thủ Đức"]),
            ("Bí thư Thành ủy TP HCM Lê Minh An dự.", vec!["Lê Minh An: Bí thư / Thành ủy TP HCM"]),
            (
                "Đồng chí Lê An, Ủy viên Trung ương Đảng, Phó Bí thư Thường trực Thành ủy, Chủ tịch UBND TPHCM phát biểu.",
                vec!["Lê An: Ủy viên / Trung ương Đảng; Phó Bí thư Thường trực / Thành ủy; Chủ tịch / UBND TPHCM"],
            ),
            ("Trưởng Ban Tổ chức Trung ương Lê Thị Mơ nói.", vec!["Lê Thị Mơ: Trưởng Ban / Ban Tổ chức Trung ương"]),
            ("Phó Thủ tướng Chính phủ Hà Văn Sáu dự.", vec!["Hà Văn Sáu: Phó Thủ tướng / Chính phủ"]),
            ("ông Điểu Krang - giám đốc Sở Y tế Gia Lai - cho biết", vec!["Điểu Krang: giám đốc / Sở Y tế Gia Lai"]),
            (
                "Bí thư Đảng ủy Phường Tân Lập- ông Dương Ngọc Hồ cho hay",
                vec!["Dương Ngọc Hồ: Bí thư / Đảng ủy Phường Tân Lập"],
            ),
            ("cử tri Lê Hữu Y (phường 3) hỏi", vec!["Lê Hữu Y: "]),
            (
                "Các đồng chí: Trần Văn Lân, Bí thư Huyện ủy Đông Sơn; Hoàng Minh Vân, nguyên Phó Bí thư Huyện ủy Đông Sơn",
                vec!["Trần Văn Lân: Bí thư / Huyện ủy Đông Sơn", "Hoàng Minh Vân: Phó Bí thư / Huyện ủy Đông Sơn"],
            ),
            (
                "các phó thủ tướng Trần Văn Lân, Lê Đình Sáu cùng họp",
                vec!["Trần Văn Lân: phó thủ tướng / Chính phủ", "Lê Đình Sáu: phó thủ tướng / Chính phủ"],
            ),
            (
                "GS.TS. Lê An, Phó Chủ tịch kiêm Tổng Thư ký Hội Luật gia Việt Nam",
                vec!["Lê An: Phó Chủ tịch / Hội Luật gia Việt Nam; Tổng Thư ký / Hội Luật gia Việt Nam"],
            ),
            (
                "Thiếu tướng Trần Văn Lân, Giám đốc Công an tỉnh Gia Lai dự",
                vec!["Trần Văn Lân: Giám đốc / Công an tỉnh Gia Lai"],
            ),
        ] {
            assert_eq!(people(text), expected, "{text}");
        }
    }

    #[test]
    fn offices_are_abbreviated_and_bodies_only_pointed_at() {
        for (text, expected) in [
            (
                "Đồng chí Lê Văn An, UVBTV Tỉnh ủy, Chủ tịch UBND tỉnh dự.",
                vec!["Lê Văn An: UVBTV / Ban Thường vụ Tỉnh ủy; Chủ tịch / UBND tỉnh"],
            ),
            ("Bà Tạ Thị Hòa, TUV, Bí thư Huyện ủy dự.", vec!["Tạ Thị Hòa: TUV / Tỉnh ủy; Bí thư / Huyện ủy"]),
            ("Bộ Y tế họp. Thứ trưởng Bộ Lê Văn Ba nói.", vec!["Lê Văn Ba: Thứ trưởng / Bộ Y tế"]),
            (
                "Đồng chí Lê Thị Mơ, UVBTVHU, Chủ nhiệm Chính trị (Quân chủng Hải quân) dự.",
                vec!["Lê Thị Mơ: UVBTVHU / Ban Thường vụ Huyện ủy; Chủ nhiệm Chính trị / Quân chủng Hải quân"],
            ),
            ("Ông Lê Văn Ba, Chủ tịch HĐQT VinaTan, nói.", vec!["Lê Văn Ba: Chủ tịch HĐQT / VinaTan"]),
            ("Đại sứ Lào tại Việt Nam Kham Sao nói.", vec![]),
            ("Thủ tướng Việt Nam Lê Văn Ba nói.", vec!["Lê Văn Ba: Thủ tướng / Chính phủ"]),
            ("Vụ trưởng Vụ Đông Nam Á Lê Văn Ba nói.", vec!["Lê Văn Ba: Vụ trưởng / "]),
            ("Giám đốc Khối Sáng tạo nói.", vec![]),
            (
                "Chủ tịch Công đoàn Tổng Công ty Mai Thị Mơ, Phó Tổng Giám đốc Tổng Công ty Lê Văn Ba dự.",
                vec!["Mai Thị Mơ: Chủ tịch / Công đoàn Tổng Công ty", "Lê Văn Ba: Phó Tổng Giám đốc / Tổng Công ty"],
            ),
        ] {
            assert_eq!(people(text), expected, "{text}");
        }
    }

    #[test]
    fn offices_are_shared_by_lists() {
        for (text, expected) in [
            (
                "Các đồng chí Lê An, Tạ Thị Hòa, Ưng Chí Sáu giữ chức Phó Chủ tịch UBND tỉnh.",
                vec![
                    "Lê An: Phó Chủ tịch / UBND tỉnh",
                    "Tạ Thị Hòa: Phó Chủ tịch / UBND tỉnh",
                    "Ưng Chí Sáu: Phó Chủ tịch / UBND tỉnh",
                ],
            ),
            (
                "Các phó giám đốc gồm ông Lê Văn An và bà Tạ Thị Hòa.",
                vec!["Lê Văn An: phó giám đốc / ", "Tạ Thị Hòa: phó giám đốc / "],
            ),
            (
                "Các đồng chí Lê Văn An và Tạ Thị Hòa họp về công ty do Đinh Ngọc Tám làm Giám đốc.",
                vec!["Lê Văn An: ", "Tạ Thị Hòa: ", "Đinh Ngọc Tám: Giám đốc / "],
            ),
        ] {
            assert_eq!(people(text), expected, "{text}");
        }
    }

    /// Offices with what the report says of them: "title / body: begins ends proposed former".
    fn changes(text: &str) -> Vec<String> {
        let told = |office: &crate::model::OfficeFact| {
            let flags = [
                (office.begins, " begins"),
                (office.ends, " ends"),
                (office.proposed, " proposed"),
                (office.former, " former"),
            ];
            let flags: String = flags.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
            format!("{} / {}:{flags}", office.title, office.organization)
        };
        read(text).people.iter().flat_map(|person| &person.offices).map(told).collect()
    }

    #[test]
    fn offices_end_that_are_named_before() {
        assert_eq!(
            changes("Ông Trần Văn Lân, Bí thư Tỉnh ủy, thôi giữ chức vụ để nghỉ hưu."),
            ["Bí thư / Tỉnh ủy: ends"]
        );
        assert_eq!(changes("Ông Trần Văn Lân, Giám đốc Sở Y tế, nghỉ hưu từ tháng 5."), ["Giám đốc / Sở Y tế: ends"]);
        assert_eq!(
            changes("Ông Trần Văn Lân, Chủ tịch HĐND tỉnh, miễn nhiệm một số chức danh."),
            ["Chủ tịch / HĐND tỉnh:"]
        );
        assert_eq!(changes("Ông Trần Văn Lân nguyên Giám đốc Sở Y tế dự."), ["Giám đốc / Sở Y tế: former"]);
    }

    #[test]
    fn who_is_proposed_does_not_hold_the_office() {
        assert_eq!(
            changes("Ông Trần Văn Lân được giới thiệu giữ chức Chủ tịch UBND tỉnh Gia Lai."),
            ["Chủ tịch / UBND tỉnh Gia Lai: proposed"]
        );
        assert_eq!(
            changes(
                "Ông Trần Văn Lân được giới thiệu làm Chủ tịch UBND tỉnh Gia Lai và được bầu làm Chủ tịch UBND tỉnh Gia Lai."
            ),
            ["Chủ tịch / UBND tỉnh Gia Lai: begins"]
        );
    }

    #[test]
    fn an_office_beside_one_of_another_place_is_of_that_place() {
        let text = "Tỉnh ủy Gia Lai họp. Ông Trần Văn Lân, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Lâm Đồng dự. \
                    Ông Lê Minh An, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Gia Lai chủ trì.";
        assert_eq!(
            people(text),
            [
                "Trần Văn Lân: Phó Bí thư / Tỉnh ủy; Chủ tịch / UBND tỉnh Lâm Đồng",
                "Lê Minh An: Phó Bí thư / Tỉnh ủy Gia Lai; Chủ tịch / UBND tỉnh Gia Lai"
            ]
        );
    }

    #[test]
    fn a_name_with_a_mark_left_out_is_nobody_else() {
        let text = "Ông Hoàng Văn Lân nói. Ông Hoàng Văn Lân hứa.\nẢnh chụp: ông Hoàng Van Lân trả lời.";
        assert_eq!(people(text), ["Hoàng Văn Lân: "]);
        assert_eq!(people("Ông Lê Văn Lân và ông Lê Văn Lẫm nói.").len(), 2);
    }

    #[test]
    fn offices_are_left_and_handed_over() {
        let phases = |text: &str| -> Vec<String> {
            let record = read(text);
            let offices = record.people.iter().flat_map(|person| person.offices.iter().map(move |o| (person, o)));
            let phase = |o: &crate::model::OfficeFact| match (o.begins, o.ends, o.former) {
                (true, _, _) => "begins",
                (_, true, _) => "ends",
                (_, _, true) => "former",
                _ => "held",
            };
            offices.map(|(person, office)| format!("{} {} {}", person.name, office.title, phase(office))).collect()
        };
        for (text, expected) in [
            ("Ông Lê Văn Ba thôi giữ chức Bí thư Huyện ủy.", vec!["Lê Văn Ba Bí thư ends"]),
            ("Ông Lê Văn Ba, Giám đốc Sở Y tế, nghỉ hưu từ ngày 1-5.", vec!["Lê Văn Ba Giám đốc ends"]),
            ("Ông Lê Văn Ba, nguyên Giám đốc Sở Y tế, nghỉ hưu.", vec!["Lê Văn Ba Giám đốc former"]),
            ("Miễn nhiệm chức vụ Chủ tịch UBND tỉnh đối với ông Lê Văn Ba.", vec!["Lê Văn Ba Chủ tịch ends"]),
            ("Thôi giữ chức vụ Chủ tịch UBND tỉnh đối với ông Lê Văn Ba.", vec!["Lê Văn Ba Chủ tịch ends"]),
            (
                "Ông Lê Văn Ba bàn giao chức vụ Bí thư Đảng ủy cho bà Tạ Thị Mơ.",
                vec!["Lê Văn Ba Bí thư ends", "Tạ Thị Mơ Bí thư begins"],
            ),
        ] {
            assert_eq!(phases(text), expected, "{text}");
        }
    }

    #[test]
    fn teams_are_led_and_others_only_acted_for() {
        for (text, expected) in [
            (
                "Tổ công tác số 3 của UBND tỉnh do bà Mai Thị Mơ làm Tổ trưởng.",
                vec!["Mai Thị Mơ: Tổ trưởng / Tổ công tác số 3"],
            ),
            (
                "Đoàn khảo sát của thành phố do ông Lê Văn Ba làm Trưởng đoàn.",
                vec!["Lê Văn Ba: Trưởng đoàn / Đoàn khảo sát"],
            ),
            ("Thừa ủy quyền của Thủ tướng Chính phủ, ông Lê Văn Ba trao cờ.", vec!["Lê Văn Ba: "]),
            (
                "Thay mặt Chủ tịch nước, Phó Chủ tịch UBND tỉnh Lê Văn Ba trao cờ.",
                vec!["Lê Văn Ba: Phó Chủ tịch / UBND tỉnh"],
            ),
        ] {
            assert_eq!(people(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_invented_places_are_nobody() {
        for text in [
            "Bí thư Thành ủy Bạch Tân nói.",
            "Chủ tịch UBND huyện Thạch Tân nói.",
            "Chủ tịch Bạch Tân đối thoại.\nThành Đoàn Bạch Tân họp.",
        ] {
            assert_eq!(people(text), Vec::<String>::new(), "{text}");
        }
        let expected = ["Kiều Thế Sáu: Bí thư / Thành ủy Bạch Tân"];
        assert_eq!(people("Bí thư Thành ủy Bạch Tân Kiều Thế Sáu nói."), expected);
    }

    #[test]
    fn names_that_take_no_part_are_left_out() {
        for text in [
            "Kỷ niệm 131 năm ngày sinh Chủ tịch Hồ Chí Minh.",
            "Họp tại đường Nguyễn Văn Linh, cầu Trần Thị Lý.",
            "Quang cảnh hội nghị. Ảnh: Trần Văn Lân",
            "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
            "Hội nghị họp hôm nay.\nTrần Văn Lân",
            "Trường THPT Nguyễn Trãi tổ chức họp.",
            "Cử tri Hà Nội hỏi.",
        ] {
            assert_eq!(people(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn short_forms_mean_people_named_before() {
        assert_eq!(mentions("Ông Trần Văn Lân nói. Ông Lân yêu cầu. Ông cũng lưu ý."), [3]);
        assert_eq!(mentions("Ông Trần Văn Lân và bà Lê Thị Mơ họp. Bà Mơ nói. Ông Lân đáp."), [2, 2]);
        assert_eq!(mentions("Bí thư Thành ủy TP Thủ Đức Lê An họp. Bí thư Thành ủy nhấn mạnh."), [2]);
        assert_eq!(
            mentions("Chủ tịch UBND tỉnh Gia Lai Lê An họp. Chủ tịch tỉnh yêu cầu. Một Phó Chủ tịch tỉnh dự."),
            [2]
        );
    }

    #[test]
    fn roles_follow_the_words_beside_the_name() {
        use Role::{Attendee, Chair, Mentioned, Recipient, Speaker};
        for (text, expected) in [
            ("Ông Trần Văn Lân cho biết mưa lớn.", vec![Speaker]),
            ("Theo ông Trần Văn Lân, mưa lớn.", vec![Speaker]),
            ("Phát biểu tại hội nghị, ông Trần Văn Lân, Giám đốc Sở Y tế, mừng.", vec![Speaker]),
            ("Đến dự có ông Trần Văn Lân, bà Lê Thị Mơ.", vec![Attendee, Attendee]),
            ("Dự và chỉ đạo hội nghị có các đồng chí: Trần Văn Lân; Lê Thị Mơ.", vec![Attendee, Attendee]),
            (
                "Ông Trần Văn Lân cùng lãnh đạo các sở, các huyện, thị xã, thành phố trong tỉnh dự hội nghị.",
                vec![Attendee],
            ),
            ("Ông Trần Văn Lân và bà Lê Thị Mơ chủ trì hội nghị.", vec![Chair, Chair]),
            ("Hội đồng bầu ông Trần Văn Lân giữ chức Chủ tịch UBND tỉnh Gia Lai.", vec![Recipient]),
            ("Sở trao bằng khen cho bà Lê Thị Mơ.", vec![Recipient]),
            ("Xã có ông Trần Văn Lân.", vec![Mentioned]),
        ] {
            assert_eq!(roles(text), expected, "{text}");
        }
    }

    #[test]
    fn offices_begin_end_and_are_past() {
        let office = |text: &str| read(text).people[0].offices[0].clone();
        assert!(office("bầu ông Trần Văn Lân giữ chức Chủ tịch UBND tỉnh Gia Lai").begins);
        assert!(office("miễn nhiệm chức danh Chủ tịch UBND tỉnh đối với ông Trần Văn Lân").ends);
        assert!(office("nguyên Bí thư Tỉnh ủy Trần Văn Lân").former);
        assert!(office("quyền Chủ tịch UBND tỉnh Trần Văn Lân").acting);
    }
}
