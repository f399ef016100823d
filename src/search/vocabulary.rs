//! The words of enumerations as filters and facets write them, in a fixed order.

use crate::model::{ItemKind, MeetingKind, PartOfDay};

/// Kinds of meetings.
pub const MEETING_KINDS: [&str; 7] =
    ["CONFERENCE", "WORKING_SESSION", "PLENARY", "CONGRESS", "CEREMONY", "INSPECTION", "DIALOGUE"];
/// Kinds of items.
pub const ITEM_KINDS: [&str; 8] =
    ["DIRECTIVE", "PROPOSAL", "COMMITMENT", "ACHIEVEMENT", "SHORTCOMING", "RECOGNITION", "DECISION", "STATEMENT"];
/// Parts of the day.
pub const PARTS_OF_DAY: [&str; 4] = ["MORNING", "NOON", "AFTERNOON", "EVENING"];

/// The word for a kind of meeting.
#[must_use]
pub fn meeting_kind(kind: MeetingKind) -> &'static str {
    MEETING_KINDS[kind as usize]
}

/// The word for a kind of item.
#[must_use]
pub fn item_kind(kind: ItemKind) -> &'static str {
    ITEM_KINDS[kind as usize]
}

/// The word for a part of the day.
#[must_use]
pub fn part_of_day(part: PartOfDay) -> &'static str {
    PARTS_OF_DAY[part as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_the_nouns() {
        assert_eq!(meeting_kind(MeetingKind::Conference), "CONFERENCE");
        assert_eq!(meeting_kind(MeetingKind::Dialogue), "DIALOGUE");
        assert_eq!(item_kind(ItemKind::Shortcoming), "SHORTCOMING");
        assert_eq!(item_kind(ItemKind::Statement), "STATEMENT");
        assert_eq!(part_of_day(PartOfDay::Evening), "EVENING");
    }
}
