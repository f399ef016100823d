//! What part a person has in the meeting.
//!
//! Told by the words beside the person, clause by clause: "ông Lân **cho biết**", "**Theo** ông Lân", "**Phát biểu** tại hội nghị, ông Lân …"
//! (SPEAKER); "do ông Lân **chủ trì**" (CHAIR); "**bầu** ông Lân giữ chức", "trao … **cho** ông Lân" (RECIPIENT); "**Đến dự có** ông Lân, bà Mơ"
//! (ATTENDEE). A word counts for all people joined before it: "ông Lân và bà Mơ **chủ trì**". The first of SPEAKER, CHAIR, RECIPIENT,
//! ATTENDEE, MENTIONED that applies anywhere in the report holds.

use std::ops::Range;

use super::lexicons::Lexicons;
use super::scan::Draft;
use crate::model::Role;
use crate::text::{Kind, Reading, Sentence};

/// What a word says of the person before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Is(Role),
    Nothing,
}

/// The cue that a lexicon's value stands for.
pub(super) fn cue(value: &str) -> Option<Cue> {
    Some(match value {
        "speaks" => Cue::Is(Role::Speaker),
        "chairs" => Cue::Is(Role::Chair),
        "attends" => Cue::Is(Role::Attendee),
        "receives" => Cue::Is(Role::Recipient),
        "-" => Cue::Nothing,
        _ => return None,
    })
}

/// A person where it is mentioned; `end` is behind the offices in apposition.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) tokens: Range<usize>,
    pub(super) end: usize,
    pub(super) person: usize,
}

/// How far behind a person the word may stand that tells the part.
const REACH: usize = 14;

/// Words before the first person of a list among which the word stands that begins it.
const LAST_OF_LEAD: usize = 3;

/// What the people of a report do in it.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// The role of each person.
    pub(super) of: Vec<Role>,
    /// Who chairs: the first of whom it is said, also where he speaks as well.
    pub(super) chair: Option<usize>,
}

/// The role of each person.
pub(super) fn roles(reading: &Reading, lexicons: &Lexicons, people: &[Draft], parts: &[Part]) -> Roles {
    let mut roles = Roles { of: vec![Role::Mentioned; people.len()], chair: None };
    for (role, draft) in roles.of.iter_mut().zip(people) {
        if draft.offices.iter().any(|office| office.begins) {
            *role = Role::Recipient;
        }
    }
    let mut rest = parts;
    for sentence in &reading.sentences {
        let before = rest.partition_point(|part| part.tokens.start < sentence.tokens.start);
        let within = rest.partition_point(|part| part.tokens.start < sentence.tokens.end);
        let here = &rest[before..within];
        rest = &rest[within..];
        if !here.is_empty() {
            read_sentence(reading, lexicons, sentence, here, &mut roles);
        }
    }
    roles
}

fn read_sentence(reading: &Reading, lexicons: &Lexicons, sentence: &Sentence, parts: &[Part], roles: &mut Roles) {
    let start = sentence.tokens.start;
    let led = lead(reading, lexicons, list_start(reading, start)..parts[0].tokens.start);
    // "Tham dự có:" leads all bullets behind it; what is said or handed over belongs to the first.
    let listed = || {
        let first = first_bullet(reading, start)?;
        lead(reading, lexicons, list_start(reading, first)..first).filter(|role| *role == Role::Attendee)
    };
    let lists = introduces(reading, start..parts[0].tokens.start);
    let team = || is_team(reading, start..parts[0].tokens.start).then_some(Role::Attendee);
    let mut lead = led.or_else(listed).or_else(team);
    let earlier = is_earlier(reading, start);
    let mut from = 0;
    // Those of whom nothing is said yet: "Đồng chí A, Chủ tịch …; các Phó Chủ tịch: B, C | đồng chủ trì".
    let mut untold: Vec<usize> = Vec::new();
    while from < parts.len() {
        let mut to = from + 1;
        // "ý kiến của Bí thư Thành ủy, Phó Chủ tịch … nói": whose opinion it is does not speak with the next one.
        // Nor does the one whom the next one reports to: "Báo cáo với Chủ tịch nước, Phó Bí thư … cho biết".
        const NEAR: usize = 4;
        let first = parts[from].tokens.start;
        let owner = match reading.word(first.saturating_sub(1)) {
            "của" => true,
            "với" => from == 0 && first <= start + NEAR && reading.word(first.wrapping_sub(2)) != "cùng",
            _ => false,
        };
        while !owner && to < parts.len() && is_list(reading, parts[to - 1].end..parts[to].tokens.start) {
            to += 1;
        }
        let group = &parts[from..to];
        let until = parts.get(to).map_or(sentence.tokens.end, |next| next.tokens.start);
        let own = part_of(reading, lexicons, sentence, group, until);
        let last = to == parts.len();
        let own = own.or_else(|| closing(reading, lexicons, group.last()?.end..sentence.tokens.end).filter(|_| last));
        let mut role = own.unwrap_or(Role::Mentioned);
        if let Some(led) = lead {
            role = role.min(led);
            if !matches!(led, Role::Attendee | Role::Recipient) && !lists {
                lead = None;
            }
        }
        if earlier && matches!(role, Role::Chair | Role::Attendee) {
            role = Role::Mentioned;
        }
        if role == Role::Chair && jointly(reading, group[group.len() - 1].end..until) {
            untold.drain(..).for_each(|person| roles.of[person] = roles.of[person].min(role));
        }
        for part in group {
            roles.of[part.person] = roles.of[part.person].min(role);
            let listed = reading.tokens.get(part.end).is_some_and(|token| matches!(token.kind, Kind::Sign(';' | ',')));
            if role == Role::Mentioned && listed {
                untold.push(part.person);
            }
        }
        if !earlier && (own == Some(Role::Chair) || role == Role::Chair) {
            roles.chair = roles.chair.or(Some(group[0].person));
        }
        from = to;
    }
}

/// True for a sentence on what was before the meeting: "Trước đó, ông Lân đã chủ trì một cuộc họp khác".
fn is_earlier(reading: &Reading, start: usize) -> bool {
    matches!((reading.word(start), reading.word(start + 1)), ("Trước", "đó" | "đây"))
}

/// True for the words before those whom a delegation consists of: "Tổ đại biểu Quốc hội số 1 gồm | bà Mơ, ông Lân tiếp xúc cử tri".
fn is_team(reading: &Reading, range: Range<usize>) -> bool {
    let of = range.clone().rev().take(LAST_OF_LEAD).any(|at| reading.word(at) == "gồm");
    let sent = |at: usize| {
        matches!(reading.word(at), "Tổ" | "tổ" | "Đoàn" | "đoàn")
            && matches!(reading.word(at + 1), "đại" | "công" | "giám" | "kiểm" | "khảo")
    };
    of && range.into_iter().any(sent)
}

/// Where the words that lead a sentence begin: in the line before where that ends in a colon ("Dự hội nghị có:").
fn list_start(reading: &Reading, start: usize) -> usize {
    let opened = start > 1
        && reading.tokens[start - 1].kind == Kind::Break
        && matches!(reading.tokens[start - 2].kind, Kind::Sign(':' | ','));
    let before = if opened { reading.sentence_of(start - 2) } else { None };
    before.map_or(start, |sentence| reading.sentences[sentence].tokens.start)
}

/// The first of the bullets that a sentence is one of, where it is not the first itself.
fn first_bullet(reading: &Reading, start: usize) -> Option<usize> {
    const MOST: usize = 40;
    let bullet = |at: usize| matches!(reading.tokens[at].kind, Kind::Sign('-' | '–' | '+' | '•' | '*'));
    let above = |start: usize| {
        let at = start.checked_sub(2).filter(|_| bullet(start) && reading.tokens[start - 1].kind == Kind::Break)?;
        let line = &reading.lines[reading.sentences[reading.sentence_of(at)?].line];
        bullet(line.tokens.start).then_some(line.tokens.start)
    };
    std::iter::successors(above(start), |&start| above(start)).take(MOST).last()
}

/// The part of a group of people, from the words around it.
fn part_of(reading: &Reading, lexicons: &Lexicons, sentence: &Sentence, group: &[Part], until: usize) -> Option<Role> {
    let start = group[0].tokens.start;
    let before = if start > sentence.tokens.start { reading.word(start - 1) } else { "" };
    match before {
        "Theo" | "theo" => return Some(Role::Speaker),
        "với" => return None,
        "cho" | "tặng" | "thưởng" => {
            return is_award(reading, sentence.tokens.start..start).then_some(Role::Recipient);
        }
        "của" if presides(reading, start - 1) => return Some(Role::Chair),
        "của" | "đến" | "tới" | "bằng" | "gặp" => return None,
        _ => {}
    }
    let from = group.last()?.end;
    // "Đoàn giám sát do ông Lân làm trưởng đoàn, đã …": what follows is told of the team.
    let heads = from + usize::from(reading.tokens.get(from).is_some_and(|token| token.is(',')));
    let leads =
        matches!(reading.word(heads + 1), "trưởng" | "Trưởng") && matches!(reading.word(heads + 2), "đoàn" | "Đoàn");
    if before == "do" && reading.word(heads) == "làm" && leads {
        return Some(Role::Chair);
    }
    // "ông Lân cùng lãnh đạo các sở, huyện, thị xã … dự": company stands between.
    let reach = if reading.word(from) == "cùng" { 2 * REACH } else { REACH };
    first_cue(reading, lexicons, from..until.min(from + reach)).map(|(role, _)| role)
}

/// "…; Trưởng Đoàn Lê An; các Ủy viên Ban Thường vụ và lãnh đạo các sở **tham dự kỳ họp**": a list of guests closes with what they do, however
/// long it is.
fn closing(reading: &Reading, lexicons: &Lexicons, rest: Range<usize>) -> Option<Role> {
    const LAST: usize = 7;
    let mut at = rest.start;
    while at < rest.end {
        let Some((end, cue)) = lexicons.cues.longest(&reading.tokens, at) else {
            at += 1;
            continue;
        };
        if let Cue::Is(role) = cue {
            let comes = *role == Role::Attendee && !is_denied(reading, at) && !joins_body(reading, end);
            return (comes && at + LAST >= rest.end).then_some(*role);
        }
        at = end;
    }
    None
}

/// True for the "của" of "dưới sự chủ trì của".
fn presides(reading: &Reading, of: usize) -> bool {
    of > 1 && matches!((reading.word(of - 2), reading.word(of - 1)), ("chủ", "trì" | "tọa" | "toạ") | ("điều", "hành"))
}

/// The first word in a range that tells a part.
fn first_cue(reading: &Reading, lexicons: &Lexicons, range: Range<usize>) -> Option<(Role, usize)> {
    let mut at = range.start;
    let mut counted = false;
    while at < range.end {
        match lexicons.cues.longest(&reading.tokens, at) {
            // "ông Lân … cùng 258 đại biểu được chỉ định": they are.
            Some((end, Cue::Is(Role::Recipient))) if counted => at = end,
            // "bà Mơ không tham gia", "không trúng cử"; "tham gia Ủy viên Ban Chỉ đạo".
            Some((end, Cue::Is(Role::Attendee | Role::Recipient))) if is_denied(reading, at) => at = end,
            Some((end, Cue::Is(Role::Attendee))) if joins_body(reading, end) => return None,
            Some((end, Cue::Is(role))) if !is_object(reading, at) => return Some((*role, at.max(end))),
            Some((end, _)) => at = end,
            None if reading.tokens[at].is(';') => return None,
            None if reading.tokens[at].kind == Kind::Number && reading.word(at + 1) == "đại" => {
                counted = true;
                at += 1;
            }
            None => at += 1,
        }
    }
    None
}

/// True if people preside together: "đồng chủ trì", "cùng chủ tọa".
fn jointly(reading: &Reading, range: Range<usize>) -> bool {
    range.take(REACH).any(|at| matches!(reading.word(at), "đồng" | "cùng") && reading.word(at + 1) == "chủ")
}

/// True where words name a seat or a body that one joins: "tham gia | Ủy viên Ban Chỉ đạo", "tham gia | Ban Chấp hành".
fn joins_body(reading: &Reading, at: usize) -> bool {
    matches!(reading.word(at - 1), "gia")
        && matches!(
            (reading.word(at), reading.word(at + 1)),
            ("Ủy" | "Uỷ" | "ủy" | "uỷ", "viên")
                | ("Ban", "Chấp" | "Chỉ" | "Thường")
                | ("BCH" | "BTV", _)
                | ("cấp", "ủy" | "uỷ")
        )
}

/// True behind "không", "chưa", "thôi": the person did not do it, or no longer does.
fn is_denied(reading: &Reading, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(reading.word(before), "không" | "Không" | "chưa" | "Chưa" | "thôi"))
}

/// True if the word at a token is no act of the person before: "được giao", "việc báo cáo", "đề nghị của".
fn is_object(reading: &Reading, at: usize) -> bool {
    const BEFORE: [&str; 17] = [
        "được", "bị", "việc", "sự", "bản", "để", "tác", "buổi", "lễ", "bài", "lời", "các", "những", "theo", "chức",
        "giữ", "ý",
    ];
    let before = at.checked_sub(1).map_or("", |before| reading.word(before));
    BEFORE.contains(&before) || reading.word(at + 1) == "của" || reading.word(at + 2) == "của"
}

/// What the words before the first person of a sentence tell of those behind: "Phát biểu tại hội nghị, …", "Đến dự có …".
fn lead(reading: &Reading, lexicons: &Lexicons, range: Range<usize>) -> Option<Role> {
    let mut found: Option<Role> = None;
    let mut at = range.start;
    let mut clause = true;
    while at < range.end {
        if reading.word(at) == "cho" && is_award(reading, range.start..at) {
            found = Some(Role::Recipient);
        }
        if let Some((end, cue)) = lexicons.cues.longest(&reading.tokens, at) {
            // "Hội nghị do Thường trực Đảng ủy chủ trì, gồm các đồng chí …".
            let comma = usize::from(reading.tokens.get(end).is_some_and(|token| token.is(',')));
            let lists = *cue == Cue::Is(Role::Chair) && matches!(reading.word(end + comma), "gồm" | "có");
            if let Cue::Is(role) = cue
                && (clause || *role == Role::Attendee || lists)
            {
                found = Some(found.map_or(*role, |known| known.min(*role)));
            }
            at = end;
            clause = false;
            continue;
        }
        // "Bộ Nội vụ làm việc với tỉnh và kết luận …, ông Lân": "và" joins only to what the person does.
        clause = matches!(reading.tokens[at].kind, Kind::Sign(',' | ':' | '"' | '”'))
            || (reading.word(at) == "và" && found.is_some());
        at += 1;
    }
    // "Phát biểu tại hội nghị, ông Lân": a comma parts the words from who speaks them.
    let parted = range.end > range.start && reading.tokens[range.end - 1].is(',');
    // "Dự và chỉ đạo hội nghị có các đồng chí …": whoever attends to direct attends.
    let attend = |at: usize| matches!(reading.word(at), "dự" | "Dự");
    match found {
        // "Phát biểu tại hội nghị có các đồng chí …": who spoke is listed.
        Some(Role::Speaker) if !parted && range.clone().any(attend) => Some(Role::Attendee),
        Some(Role::Speaker) if !parted && !introduces(reading, range.clone()) => None,
        found => found,
    }
}

/// True if the words before the first person of a sentence end in "có" or "gồm": "Phát biểu tại đại hội | có các | đồng chí Lê An".
fn introduces(reading: &Reading, range: Range<usize>) -> bool {
    range.rev().take(LAST_OF_LEAD).any(|at| matches!(reading.word(at), "có" | "gồm"))
}

/// True if only what joins a list lies in a range.
fn is_list(reading: &Reading, range: Range<usize>) -> bool {
    range.len() <= 4
        && range.clone().all(|at| match reading.tokens[at].kind {
            Kind::Sign(sign) => matches!(sign, ',' | ';' | '-' | '–' | ')' | ':'),
            _ => matches!(reading.word(at), "và" | "cùng" | "với" | "các" | "hai"),
        })
}

/// True if the words tell of an award or an office given.
fn is_award(reading: &Reading, range: Range<usize>) -> bool {
    range.into_iter().any(|at| {
        let word = reading.word(at);
        (word.eq_ignore_ascii_case("trao") && reading.word(at + 1) != "đổi")
            || matches!(word, "tặng" | "thưởng" | "Tặng" | "khen")
    })
}
