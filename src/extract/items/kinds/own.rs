//! What the speakers promise for their own side: "UBND quận 3 sẽ gặp gỡ …" in the mouth of its chairman, "ông Lân cho biết sẽ rà soát …".

use std::ops::Range;

use super::super::cues::Act;
use super::super::frames::Subject;
use super::super::inside;
use super::Statement;
use crate::extract::Context;
use crate::model::{FactRef, OfficeFact, PersonFact};

/// "UBND quận 3 sẽ gặp gỡ …" in the mouth of its chairman: what the speaker's own side will do.
pub(super) fn promises_for_own(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let Some(FactRef::Person(speaker)) = statement.turn.speaker else { return false };
    let Some(person) = context.people.facts.get(speaker as usize) else { return false };
    let leads = |name: &str| person.offices.iter().any(|office| !name.is_empty() && office.organization.contains(name));
    let will =
        |end: usize| context.reading.word(end) == "sẽ" && !matches!(context.reading.word(end + 1), "bị" | "được");
    let bodies = inside(&context.organizations.mentions, &statement.tokens);
    let mut bodies = bodies.iter().filter(|found| will(found.tokens.end));
    let places = inside(&context.places.mentions, &statement.tokens);
    let mut places = places.iter().filter(|found| will(found.tokens.end));
    if says_own_unit(context, &statement.tokens, person) {
        return true;
    }
    bodies.any(|found| context.organizations.names.get(found.value).is_some_and(|name| leads(name)))
        || places.any(|found| leads(context.reading.text(found.tokens.clone())))
}

/// "ông Lân cho biết sẽ rà soát …", "bà Hà nói rằng sẽ …": nobody else is named as the one who will.
pub(super) fn says_will(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let Some(frame) = statement.frame.filter(|frame| frame.act == Act::Say && !frame.trailing) else { return false };
    let end = frame.end + usize::from(matches!(context.reading.word(frame.end), "rằng" | "là"));
    let passive = matches!(
        context.reading.word(end + 1),
        "bị" | "được"
            | "có"
            | "là"
            | "không"
            | "diễn"
            | "xảy"
            | "tăng"
            | "giảm"
            | "còn"
            | "phát"
            | "gây"
            | "dẫn"
            | "trở"
            | "đạt"
    );
    matches!(frame.subject, Subject::Person(_) | Subject::Organization(_))
        && context.reading.word(end) == "sẽ"
        && !passive
}

/// "TP sẽ …", "huyện cũng sẽ …", "Sở sẽ …" from somebody whose body's name or whose title holds the word.
fn says_own_unit(context: &Context<'_>, tokens: &Range<usize>, person: &PersonFact) -> bool {
    const UNITS: [&str; 14] =
        ["tp", "phố", "tỉnh", "huyện", "quận", "phường", "xã", "sở", "bộ", "cục", "viện", "trường", "ty", "đoàn"];
    let own = |unit: &str| {
        let words =
            |office: &OfficeFact| format!("{} {}", office.title, office.organization).to_lowercase().replace('.', " ");
        person.offices.iter().any(|office| words(office).split_whitespace().any(|word| word == unit))
    };
    tokens.clone().filter(|&at| context.reading.word(at) == "sẽ").any(|will| {
        let passive = matches!(context.reading.word(will + 1), "bị" | "được" | "có" | "là" | "không");
        let adverb = usize::from(matches!(context.reading.word(will - usize::from(will > 0)), "cũng" | "vẫn"));
        let unit = will.checked_sub(1 + adverb).filter(|at| tokens.contains(at));
        let unit = unit.map(|at| context.reading.small_word(at));
        !passive && unit.is_some_and(|unit| UNITS.contains(&unit) && own(unit))
    })
}
