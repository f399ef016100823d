//! The lexicons of the item reader.

use crate::model::ItemKind;
use crate::text::{Phrases, WordKey, WordSet, fold};

/// What a reporting verb stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Say,
    /// Only downwards: "yêu cầu", "giao".
    Order,
    /// "đề nghị": a directive downwards, a proposal upwards.
    Ask,
    Propose,
    Hope,
    Promise,
    Praise,
    Admit,
    Raise,
    Decide,
    /// Names a subject without saying anything about it.
    Topic,
    /// Not a verb here.
    None,
}

/// What a noun in the place of a speaker stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Same,
    Crowd,
    Body,
    /// "người đứng đầu" of the body behind it.
    Head,
    /// Who chairs the meeting.
    Chair,
}

/// Weights by kind, in tenths of a point.
pub(super) type Weights = [i32; 8];

/// The kinds in the order of [`Weights`].
pub(super) const KINDS: [ItemKind; 8] = ItemKind::ALL;

/// Index of a kind in [`Weights`].
pub(super) fn index(kind: ItemKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len() - 1)
}

#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) verbs: Phrases<Act>,
    pub(super) nouns: Phrases<Noun>,
    /// Cues anywhere in a statement.
    pub(super) cues: Phrases<Weights>,
    /// Cues at its beginning only.
    pub(super) openings: Phrases<Weights>,
    /// "Ngoài ra", "Đồng thời": the statement goes on behind them.
    pub(super) connectives: Phrases<()>,
    /// What words may be taken from, behind "theo".
    pub(super) sources: Phrases<()>,
    /// First words with which the report itself speaks again.
    pub(super) own: Phrases<()>,
    /// Words inside a list of addressees.
    pub(super) fillers: Phrases<()>,
    pub(super) background: Phrases<super::background::Sign>,
    pub(super) words: Words,
    /// Titles that command and bodies above all others, in spelling form.
    pub(super) heads: Vec<String>,
    pub(super) central: Vec<String>,
}

/// Single words that the rules look at.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) theo: WordKey,
    pub(super) and: WordKey,
    /// "sẽ".
    pub(super) will: WordKey,
    /// "được".
    pub(super) passive: WordKey,
    /// "tới" of "thời gian tới".
    pub(super) ahead: WordKey,
    pub(super) of: WordKey,
    /// "đó" of "theo đó".
    pub(super) that: WordKey,
    /// The two words of "đồng thời".
    pub(super) likewise: (WordKey, WordKey),
    /// "ngày" before a date.
    pub(super) day: WordKey,
    /// The two words of "chủ trì", "chủ tọa".
    pub(super) chief: WordKey,
    pub(super) holding: WordSet,
    /// Words that make the person after them an object, not a speaker.
    pub(super) object_markers: WordSet,
    /// Words before which a verb of the list reports nothing: "cần đánh giá", "việc báo cáo".
    pub(super) blockers: WordSet,
    /// Words that begin an aside: a purpose, a condition, a concession.
    pub(super) asides: WordSet,
    /// Last words of events: "hội nghị", "cuộc họp".
    pub(super) occasions: WordSet,
    /// "nhưng": what follows is the point.
    pub(super) contrasts: WordSet,
    /// Last words of verbs of fighting and mending: "chống", "khắc phục", "tháo gỡ".
    pub(super) fights: WordSet,
    /// Words between such a verb and what is fought.
    pub(super) links: WordSet,
    /// Verbs of settling in two words: "xử lý", "giải quyết".
    pub(super) settles: [(WordKey, WordKey); 2],
    /// Verbs of mending in two words, whose object may be long: "khắc phục", "ngăn chặn".
    pub(super) mends: [(WordKey, WordKey); 22],
    /// Their second words: most words of a text are none of them, which one bit tells.
    pub(super) mending: WordSet,
    /// First words of what turns the weights of the words behind it: "nếu", "mục tiêu", "hạn chế", "chưa … được". Most words are none of them.
    pub(super) turning: WordSet,
    /// Words before a predicate that says how something stands: "còn", "chưa".
    pub(super) predicates: WordSet,
    /// The two words of "nguyên nhân".
    pub(super) cause: (WordKey, WordKey),
}

/// Verbs of mending in two words.
const MENDS: [(&str, &str); 22] = [
    ("xử", "lý"),
    ("giải", "quyết"),
    ("khắc", "phục"),
    ("ngăn", "chặn"),
    ("phòng", "chống"),
    ("phòng", "ngừa"),
    ("chấm", "dứt"),
    ("chấn", "chỉnh"),
    ("loại", "trừ"),
    ("ứng", "phó"),
    ("xóa", "bỏ"),
    ("dẹp", "bỏ"),
    ("bãi", "bỏ"),
    ("đấu", "tranh"),
    ("giảm", "thiểu"),
    ("giảm", "bớt"),
    ("giảm", "tối"),
    ("đề", "phòng"),
    ("đối", "phó"),
    ("tháo", "gỡ"),
    ("giám", "sát"),
    ("làm", "rõ"),
];

impl Lexicon {
    pub(super) fn new() -> Self {
        let (cues, openings) = weighted(include_str!("../lexicons/item_cues.txt"));
        Self {
            verbs: Phrases::parse(include_str!("../lexicons/reporting_verbs.txt"), act).unwrap_or_default(),
            nouns: Phrases::parse(include_str!("../lexicons/speaker_nouns.txt"), noun).unwrap_or_default(),
            cues,
            openings,
            connectives: Phrases::parse(include_str!("../lexicons/connectives.txt"), |_| Some(())).unwrap_or_default(),
            sources: Phrases::parse(include_str!("../lexicons/said_in.txt"), |_| Some(())).unwrap_or_default(),
            own: Phrases::parse(include_str!("../lexicons/report_openings.txt"), |_| Some(())).unwrap_or_default(),
            fillers: Phrases::parse(include_str!("../lexicons/addressee_fillers.txt"), |_| Some(()))
                .unwrap_or_default(),
            background: Phrases::parse(include_str!("../lexicons/background_signs.txt"), super::background::sign)
                .unwrap_or_default(),
            heads: super::standing::HEADS.map(fold::spelling).to_vec(),
            central: super::standing::CENTRAL.map(fold::spelling).to_vec(),
            words: Words {
                theo: WordKey::of("theo"),
                and: WordKey::of("và"),
                will: WordKey::of("sẽ"),
                passive: WordKey::of("được"),
                ahead: WordKey::of("tới"),
                of: WordKey::of("của"),
                that: WordKey::of("đó"),
                likewise: (WordKey::of("đồng"), WordKey::of("thời")),
                day: WordKey::of("ngày"),
                chief: WordKey::of("chủ"),
                holding: WordSet::new(["trì", "tọa"]),
                object_markers: WordSet::new([
                    "của", "với", "cho", "nghe", "cùng", "bởi", "bị", "lời", "do", "chọn", "tặng", "bầu", "nhiệm",
                    "cử", "tại", "trong", "sau", "luật", "cáo", "trách", "động", "gửi", "gởi", "việc", "sở",
                ]),
                blockers: WordSet::new([
                    "cần", "phải", "để", "việc", "sự", "nhằm", "hãy", "đừng", "được", "bị", "những", "các", "một",
                    "lời", "sẽ", "nên", "theo", "bài", "khi", "bản", "xét", "về", "cứ", "trước", "từ", "qua", "nghe",
                ]),
                asides: WordSet::new(["để", "nhằm", "nếu", "khi", "dù"]),
                occasions: WordSet::new(["nghị", "họp"]),
                contrasts: WordSet::new(["nhưng", "song"]),
                fights: WordSet::new(["chống", "phục", "gỡ", "giảm", "chặn", "tránh", "phó", "lùi"]),
                settles: [("xử", "lý"), ("giải", "quyết")].map(|(one, two)| (WordKey::of(one), WordKey::of(two))),
                mends: MENDS.map(|(one, two)| (WordKey::of(one), WordKey::of(two))),
                mending: WordSet::new(MENDS.map(|(_, two)| two)),
                turning: WordSet::new([
                    "nếu", "đã", "mục", "dự", "phấn", "đặt", "theo", "trình", "có", "hạn", "không", "chưa",
                ]),
                predicates: WordSet::new(["còn", "chưa", "vẫn", "đang", "không", "khó", "do", "vì", "nhưng", "song"]),
                cause: (WordKey::of("nguyên"), WordKey::of("nhân")),
                links: WordSet::new(["những", "các", "nạn", "dần", "sự", "mọi"]),
            },
        }
    }
}

fn act(value: &str) -> Option<Act> {
    Some(match value {
        "say" => Act::Say,
        "order" => Act::Order,
        "ask" => Act::Ask,
        "propose" => Act::Propose,
        "hope" => Act::Hope,
        "promise" => Act::Promise,
        "praise" => Act::Praise,
        "admit" => Act::Admit,
        "raise" => Act::Raise,
        "decide" => Act::Decide,
        "topic" => Act::Topic,
        "none" => Act::None,
        _ => return None,
    })
}

fn noun(value: &str) -> Option<Noun> {
    Some(match value {
        "same" => Noun::Same,
        "crowd" => Noun::Crowd,
        "body" => Noun::Body,
        "head" => Noun::Head,
        "chair" => Noun::Chair,
        _ => return None,
    })
}

/// The cue lexicon, cut into cues for anywhere and cues for the beginning ("^").
fn weighted(lexicon: &str) -> (Phrases<Weights>, Phrases<Weights>) {
    let (mut cues, mut openings) = (Phrases::default(), Phrases::default());
    for line in lexicon.lines() {
        let content = line.split('#').next().unwrap_or_default();
        let Some((phrase, value)) = content.split_once('\t') else { continue };
        let Some(weights) = weights(value.trim()) else { continue };
        match phrase.trim().strip_prefix('^') {
            Some(opening) => openings.add(opening, weights),
            None => cues.add(phrase.trim(), weights),
        }
    }
    (cues, openings)
}

/// "dir 20, pro 10", or "none".
fn weights(value: &str) -> Option<Weights> {
    let mut weights = [0; 8];
    if value == "none" {
        return Some(weights);
    }
    for part in value.split(',') {
        let (kind, weight) = part.trim().split_once(' ')?;
        let at = ["dir", "pro", "com", "ach", "sho", "rec", "dec", "sta"].iter().position(|name| *name == kind)?;
        weights[at] = weight.trim().parse().ok()?;
    }
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn every_line_of_the_lexicons_is_understood() {
        for (name, text) in [
            ("verbs", include_str!("../lexicons/reporting_verbs.txt")),
            ("nouns", include_str!("../lexicons/speaker_nouns.txt")),
            ("background", include_str!("../lexicons/background_signs.txt")),
        ] {
            let bad = match name {
                "verbs" => Phrases::parse(text, act).err(),
                "nouns" => Phrases::parse(text, noun).err(),
                _ => Phrases::parse(text, crate::extract::items::background::sign).err(),
            };
            assert_eq!(bad, None, "{name}");
        }
        for line in include_str!("../lexicons/item_cues.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (_, value) = line.split_once('\t').expect(line);
            assert!(weights(value).is_some(), "{line}");
        }
    }

    #[test]
    fn openings_are_kept_apart() {
        let lexicon = Lexicon::new();
        let tokens = tokenize("rà soát");
        assert!(lexicon.openings.longest(&tokens, 0).is_some());
        assert!(lexicon.cues.longest(&tokens, 0).is_none());
    }
}
