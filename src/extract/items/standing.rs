//! Who stands below those he speaks to, so that what he asks for is a proposal and no directive.
//!
//! - voters and delegates: "**cử tri** Trần Văn Lân đề nghị …", "đại biểu Hà …", "đại diện …";
//! - heads of departments and the like ("Giám đốc Sở", "Trưởng phòng") and people without an office, where a party secretary, a chairman or
//!   a minister speaks or presides as well;
//! - crowds and bodies that ask upwards: "các địa phương kiến nghị …".

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cues::{Lexicon, Noun};
use super::frames::{Frame, Subject};
use super::speakers::Turn;
use crate::extract::Context;
use crate::model::{FactRef, OfficeFact, PersonFact, Role};
use crate::text::{Reading, fold};

/// Per person of the report whether he stands below others.
pub(super) struct Standing {
    below: Vec<bool>,
    /// Per person whether he leads, but somebody above him speaks too.
    outranked: Vec<bool>,
    /// Per person whether he leads those he speaks to.
    leads: Vec<bool>,
}

/// First words of titles that command; compared in spelling form.
pub(super) const HEADS: [&str; 20] = [
    "tổng bí thư",
    "chủ tịch",
    "phó chủ tịch",
    "bí thư",
    "phó bí thư",
    "thủ tướng",
    "phó thủ tướng",
    "bộ trưởng",
    "thứ trưởng",
    "quyền chủ tịch",
    "thường trực",
    "chủ nhiệm",
    "tư lệnh",
    "phó chủ nhiệm",
    "tổng thư ký",
    "phó tổng thư ký",
    "tổng thanh tra",
    "phó tổng thanh tra",
    "tổng kiểm toán",
    "chánh án",
];

/// Bodies whose every officer stands above those a report tells of.
pub(super) const CENTRAL: [&str; 5] =
    ["chính phủ", "trung ương", "quốc hội", "bộ chính trị", "tòa án nhân dân tối cao"];

impl Standing {
    pub(super) fn new(context: &Context<'_>, lexicon: &Lexicon) -> Self {
        let commands = |office: &OfficeFact| {
            let (title, body) = (fold::spelling(&office.title), fold::spelling(&office.organization));
            // "nguyên Bộ trưởng" commands no more.
            !office.former
                && (lexicon.heads.iter().any(|head| title.starts_with(head.as_str()))
                    || lexicon.central.iter().any(|name| body.contains(name.as_str())))
        };
        let heads = |person: &PersonFact| person.offices.iter().any(commands);
        // "Chủ tịch Hiệp hội", "Chủ tịch HĐQT": heads among their own, not before a chairman of the province or a minister.
        let rules = |person: &PersonFact| person.offices.iter().any(|office| commands(office) && !is_private(office));
        let people = &context.people.facts;
        let heard = |person: &&PersonFact| matches!(person.role, Role::Speaker | Role::Chair);
        let ruled = people.iter().filter(heard).any(rules);
        let leads = |person: &PersonFact| if ruled { rules(person) } else { heads(person) };
        let presiding = presiding(context);
        let chairs =
            |at: usize| context.people.chair == Some(at) || people[at].role == Role::Chair || presiding.contains(&at);
        let led = people.iter().filter(heard).any(leads);
        // Nobody leads at a workshop, and whoever heads nothing leads nowhere.
        let forum = is_forum(context.reading);
        // Whoever heads a company asks nothing of a department, wherever one is heard.
        let official =
            |person: &PersonFact| person.offices.iter().any(|office| !is_private(office) && !heads_nothing(office));
        let officials = people.iter().filter(heard).any(official);
        let private = |person: &PersonFact| !person.offices.is_empty() && person.offices.iter().all(is_private);
        let deputy = fold::spelling("đại biểu");
        let seat = |office: &OfficeFact| fold::spelling(&office.title).starts_with(&deputy);
        let asks_upwards = |at: usize, person: &PersonFact| {
            let led = led || forum || person.offices.iter().all(heads_nothing);
            let led = led && !leads(person) || officials && private(person);
            led && !chairs(at) || person.offices.iter().any(seat) && !leads(person)
        };
        let mut below: Vec<bool> = people.iter().enumerate().map(|(at, person)| asks_upwards(at, person)).collect();
        // A district's secretary asks upwards where the province's speaks.
        let top = people.iter().filter(heard).filter(|person| leads(person)).filter_map(level_of).max();
        let lower = |person: &PersonFact| level_of(person).is_some_and(|level| Some(level) < top);
        let outranked = (0..people.len()).map(|at| leads(&people[at]) && !chairs(at) && lower(&people[at])).collect();
        for found in &context.people.mentions {
            if let Some(below) = below.get_mut(found.value) {
                *below |= is_delegate(context, lexicon, found.tokens.start);
            }
        }
        Self { below, outranked, leads: people.iter().map(leads).collect() }
    }

    pub(super) fn is_leading(&self, turn: &Turn) -> bool {
        matches!(turn.speaker, Some(FactRef::Person(at)) if self.leads.get(at as usize) == Some(&true))
    }

    pub(super) fn is_outranked(&self, turn: &Turn) -> bool {
        matches!(turn.speaker, Some(FactRef::Person(at)) if self.outranked.get(at as usize) == Some(&true))
    }

    pub(super) fn is_subordinate(&self, turn: &Turn, frame: Option<&Frame>) -> bool {
        match turn.speaker {
            Some(FactRef::Person(at)) => self.below.get(at as usize).copied().unwrap_or_default(),
            _ => turn.crowd || frame.is_some_and(|frame| matches!(frame.subject, Subject::Crowd | Subject::Body)),
        }
    }
}

/// "Điều hành buổi thảo luận, | bà Hà …", "Kết luận hội nghị, | ông Lân …": those who have the last word.
fn presiding(context: &Context<'_>) -> Vec<usize> {
    /// Tokens of the event between.
    const NEAR: usize = 25;
    let word = |at: usize| context.reading.word(at);
    let concludes = |at: usize| {
        matches!(
            (word(at), word(at + 1)),
            ("kết" | "Kết", "luận") | ("chỉ", "đạo") | ("Điều", "hành") | ("Chủ", "trì" | "tọa" | "toạ")
        )
    };
    let sentences = context.reading.sentences.iter().map(|sentence| sentence.tokens.clone());
    let opened = sentences.filter(|tokens| {
        let spoken = (word(tokens.start), word(tokens.start + 1)) == ("Phát", "biểu");
        concludes(tokens.start + if spoken { 2 } else { 0 })
    });
    let first = |tokens: Range<usize>| {
        let near = tokens.start..tokens.end.min(tokens.start + NEAR);
        super::inside(&context.people.mentions, &near).first().map(|found| found.value)
    };
    opened.filter_map(first).collect()
}

/// "hội thảo", "tọa đàm" is the first event that a report names.
fn is_forum(reading: &Reading) -> bool {
    /// Tokens among which a report says what it tells of.
    const NEAR: usize = 250;
    let word = |at: usize| reading.small_word(at);
    let event = (0..reading.tokens.len().min(NEAR)).find_map(|at| match (word(at), word(at + 1)) {
        ("hội", "thảo") | ("tọa" | "toạ", "đàm") | ("diễn", "đàn") => Some(true),
        ("hội", "nghị") | ("đại", "hội") | ("kỳ" | "kì" | "phiên" | "cuộc", "họp") | ("làm", "việc") | ("họp", _) => {
            Some(false)
        }
        _ => None,
    });
    event == Some(true)
}

/// True for an office whose title neither heads a unit nor speaks for one: "đại biểu", "chuyên gia", "thành viên".
fn heads_nothing(office: &OfficeFact) -> bool {
    const HEADS: [&str; 14] = [
        "giám đốc",
        "trưởng",
        "chánh",
        "chỉ huy",
        "tư lệnh",
        "chính ủy",
        "tổng thống",
        "thống đốc",
        "tổng biên tập",
        "phó",
        "phát ngôn",
        "đại diện",
        "trợ lý",
        "thư ký",
    ];
    static SPELLED: LazyLock<[String; 14]> = LazyLock::new(|| HEADS.map(fold::spelling));
    let title = fold::spelling(&office.title);
    office.former || !SPELLED.iter().any(|head| title.contains(head))
}

/// True for an office of a company or of an association of trades.
fn is_private(office: &OfficeFact) -> bool {
    is_private_body(&office.organization)
}

/// True for a company or an association of trades.
pub(super) fn is_private_body(name: &str) -> bool {
    const PRIVATE: [&str; 8] =
        ["hiệp hội", "công ty", "tổng công ty", "tập đoàn", "hđqt", "hđtv", "hội đồng quản trị", "ngân hàng"];
    static SPELLED: LazyLock<[String; 8]> = LazyLock::new(|| PRIVATE.map(fold::spelling));
    let body = fold::spelling(name);
    SPELLED.iter().any(|name| body.starts_with(name))
}

/// Levels of party and state, from the commune up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Commune,
    District,
    Province,
    /// Ministries and their departments.
    Ministry,
    /// Government and party at the centre.
    Centre,
    /// Those whom a minister and the head of government ask too.
    Summit,
}

/// Words of a body's name that tell its level; the first of the name decides.
const LEVELS: [(&str, Level); 29] = [
    ("chính phủ", Level::Centre),
    ("quốc hội", Level::Summit),
    ("trung ương", Level::Centre),
    ("bộ chính trị", Level::Summit),
    ("ban bí thư", Level::Summit),
    ("thủ tướng", Level::Centre),
    ("bộ trưởng", Level::Ministry),
    ("tổng cục", Level::Ministry),
    ("nhà nước", Level::Centre),
    ("các bộ", Level::Ministry),
    ("bộ", Level::Ministry),
    ("tỉnh ủy", Level::Province),
    ("thành ủy", Level::Province),
    ("thành phố", Level::Province),
    ("tỉnh", Level::Province),
    ("tp", Level::Province),
    ("tphcm", Level::Province),
    ("sở", Level::Province),
    ("quận ủy", Level::District),
    ("huyện ủy", Level::District),
    ("thị ủy", Level::District),
    ("quận", Level::District),
    ("huyện", Level::District),
    ("thị xã", Level::District),
    ("phường", Level::Commune),
    ("xã", Level::Commune),
    ("thị trấn", Level::Commune),
    ("thôn", Level::Commune),
    ("khu phố", Level::Commune),
];

/// Words behind a verb of asking among which the body asked is looked for.
const ASKED: usize = 4;

/// The level of the body named right behind a verb of asking: "đề nghị | UBND tỉnh …".
pub(super) fn level_asked(reading: &Reading, behind: Range<usize>) -> Option<Level> {
    let near = behind.start..behind.end.min(behind.start + ASKED);
    near.take_while(|&at| reading.tokens[at].is_word()).find_map(|at| {
        // "bộ phận biên tập", "Bộ đội biên phòng tỉnh": no ministry.
        if reading.word(at) == "bộ" || is_of_arms(reading.word(at), reading.word(at + 1)) {
            return None;
        }
        // "đề nghị Đảng, Nhà nước …", not "Đảng ủy phường".
        if reading.word(at) == "Đảng"
            && (reading.tokens.get(at + 1).is_some_and(|next| next.is(',')) || reading.word(at + 1) == "và")
        {
            return Some(Level::Summit);
        }
        let one = fold::spelling(reading.word(at));
        let two = format!("{one} {}", fold::spelling(reading.word(at + 1)));
        level(&two).or_else(|| level(&one))
    })
}

/// The highest level of the bodies that a person leads or works for; seats in an assembly or committee do not count.
pub(super) fn level_of(person: &PersonFact) -> Option<Level> {
    let seats = ["ủy viên", "đại biểu"].map(fold::spelling);
    let held = person.offices.iter().filter(|office| !office.former);
    held.filter(|office| !seats.iter().any(|seat| fold::spelling(&office.title).starts_with(seat.as_str())))
        .filter_map(|office| level_of_body(&office.organization))
        .max()
}

/// The level that a body's name tells.
pub(super) fn level_of_body(name: &str) -> Option<Level> {
    let words: Vec<String> = name.split_whitespace().map(fold::spelling).collect();
    // A delegation to the National Assembly stands beside its province; what the other offices say counts.
    if words.first() == Some(&fold::spelling("đoàn")) {
        return None;
    }
    // "phòng Nông nghiệp" is the district's; "Văn phòng Chính phủ" is not.
    if words.first() == Some(&fold::spelling("phòng")) {
        return Some(Level::District);
    }
    // "Văn hóa - Xã hội", "Hợp tác xã", "Đảng bộ tỉnh": words that only look like a commune or a ministry.
    let written: Vec<&str> = name.split_whitespace().collect();
    let alike = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| written[before]);
        match written[at] {
            "xã" | "Xã" => before == "tác" || matches!(written.get(at + 1), Some(&("hội" | "Hội"))),
            "bộ" => matches!(before, "Đảng" | "cán" | "Cán" | "nội" | "Nội"),
            "Bộ" => is_of_arms("Bộ", written.get(at + 1).copied().unwrap_or_default()),
            _ => false,
        }
    };
    (0..words.len()).filter(|&at| !alike(at)).find_map(|at| {
        let two = words.get(at + 1).map(|next| format!("{} {next}", words[at]));
        two.and_then(|two| level(&two)).or_else(|| level(&words[at]))
    })
}

/// "Bộ đội biên phòng", "Bộ Chỉ huy quân sự tỉnh", "Bộ Tư lệnh Thủ đô": forces, no ministries.
fn is_of_arms(word: &str, next: &str) -> bool {
    word == "Bộ" && matches!(next, "đội" | "Đội" | "Chỉ" | "chỉ" | "CHQS" | "Tham")
}

fn level(word: &str) -> Option<Level> {
    static SPELLED: LazyLock<FxHashMap<String, Level>> =
        LazyLock::new(|| LEVELS.map(|(name, level)| (fold::spelling(name), level)).into_iter().collect());
    SPELLED.get(word).copied()
}

/// "cử tri", "đại biểu" right before the name.
fn is_delegate(context: &Context<'_>, lexicon: &Lexicon, name: usize) -> bool {
    let tokens = &context.reading.tokens;
    (1..=2).filter_map(|back| name.checked_sub(back)).any(|at| {
        lexicon.nouns.longest(&tokens[..name], at).is_some_and(|(end, noun)| end == name && *noun == Noun::Crowd)
    })
}
