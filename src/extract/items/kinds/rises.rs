//! What rises or falls tells whether that is good: "tai nạn tăng 12%" and "số vụ giảm" against "thu ngân sách tăng".

use std::ops::Range;

use super::Statement;
use crate::extract::Context;
use crate::text::Kind;

/// Tokens before the word, within its clause, and behind it, among which stands what it is about.
const BEFORE: usize = 12;
const BEHIND: usize = 6;

/// What nobody wants more of, in pairs of words.
const BURDENS: [(&str, &str); 35] = [
    ("tăng", "giá"),
    ("giá", "vé"),
    ("giá", "cả"),
    ("lạm", "phát"),
    ("phụ", "thu"),
    ("học", "phí"),
    ("tai", "nạn"),
    ("ùn", "tắc"),
    ("người", "chết"),
    ("bị", "thương"),
    ("tử", "vong"),
    ("tội", "phạm"),
    ("phạm", "pháp"),
    ("vi", "phạm"),
    ("khiếu", "nại"),
    ("khiếu", "kiện"),
    ("tố", "cáo"),
    ("nợ", "xấu"),
    ("nợ", "đọng"),
    ("nợ", "công"),
    ("hộ", "nghèo"),
    ("thất", "nghiệp"),
    ("ô", "nhiễm"),
    ("ca", "mắc"),
    ("cháy", "nổ"),
    ("thiệt", "hại"),
    ("suy", "dinh"),
    ("dinh", "dưỡng"),
    ("bỏ", "học"),
    ("chi", "phí"),
    ("buôn", "lậu"),
    ("tệ", "nạn"),
    ("tồn", "đọng"),
    ("số", "vụ"),
    ("dịch", "bệnh"),
];

/// What nobody wants less of.
const GOODS: [(&str, &str); 22] = [
    ("doanh", "thu"),
    ("lợi", "nhuận"),
    ("sản", "lượng"),
    ("thu", "nhập"),
    ("kim", "ngạch"),
    ("xuất", "khẩu"),
    ("thị", "phần"),
    ("lượng", "khách"),
    ("du", "khách"),
    ("năng", "suất"),
    ("sức", "mua"),
    ("đơn", "hàng"),
    ("thu", "hút"),
    ("tốc", "độ"),
    ("chất", "lượng"),
    ("hiệu", "quả"),
    ("uy", "tín"),
    ("niềm", "tin"),
    ("chỉ", "số"),
    ("việc", "làm"),
    ("cổ", "tức"),
    ("ngân", "sách"),
];

/// Those who fight such things: more cases found are work done.
const FIGHTS: [(&str, &str); 10] = [
    ("phát", "hiện"),
    ("xử", "lý"),
    ("xử", "phạt"),
    ("đã", "phạt"),
    ("bắt", "giữ"),
    ("khởi", "tố"),
    ("triệt", "phá"),
    ("thu", "giữ"),
    ("giải", "quyết"),
    ("điều", "tra"),
];

/// `Some(true)` where a word of rising or falling tells of something bad, `Some(false)` of something good, as far as what it is about says so.
pub(super) fn is_bad(context: &Context<'_>, statement: &Statement<'_>, cue: &Range<usize>) -> Option<bool> {
    let reading = context.reading;
    let rises = match (reading.word(cue.start), reading.word(cue.end - 1)) {
        ("tăng", _) | ("gia", "tăng") => true,
        ("giảm", _) => false,
        _ => return None,
    };
    // "tăng cường", "giảm nghèo" are acts.
    if cue.len() > 2 || reading.word(cue.start) == "tăng" && cue.len() > 1 {
        return None;
    }
    let ends = |at: &usize| !reading.tokens[*at].is_word() && !reading.tokens[*at].is(',');
    let from = statement.tokens.start.max(cue.start.saturating_sub(BEFORE));
    let before = (from..cue.start).rev().find(ends).map_or(from, |sign| sign + 1)..cue.start;
    let to = statement.tokens.end.min(cue.end + BEHIND);
    let sign = |at: &usize| matches!(reading.tokens[*at].kind, Kind::Sign(_));
    let behind = cue.end..(cue.end..to).find(sign).unwrap_or(to);
    let has = |range: Range<usize>, list: &[(&str, &str)]| {
        let is = |at: usize, pair: &(&str, &str)| reading.word(at) == pair.1 && reading.small_word(at - 1) == pair.0;
        range.skip(1).any(|at| list.iter().any(|pair| is(at, pair)))
    };
    let clause = (statement.tokens.start..cue.start).rev().take(BEFORE);
    let mut clause = clause.take_while(|&at| !matches!(reading.tokens[at].kind, Kind::Sign(_)));
    let mut priced = || rises && clause.any(|at| is_price(context, at));
    let burden = has(before.clone(), &BURDENS)
        || has(behind.clone(), &BURDENS)
        || !rises && counts_cases(context, behind)
        || priced();
    // "thị phần | giảm …", not "nhằm giảm …".
    let wanting = !rises && !burden && has(before, &GOODS);
    wanting.then_some(true).or((burden && !has(statement.tokens.start..cue.start, &FIGHTS)).then_some(rises))
}

/// "giá than | tăng …", not "giá trị", "đánh giá", "định giá", and not what farmers sell.
fn is_price(context: &Context<'_>, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let price =
        word(at) == "giá" && !matches!(word(at - usize::from(at > 0)), "đánh" | "định" | "đấu" | "trị" | "tham");
    (price || word(at) == "Giá")
        && !matches!(word(at + 1), "trị" | "thể" | "lúa" | "nông" | "cà" | "tiêu" | "mủ" | "tôm" | "mía")
}

/// "giảm 731 vụ".
fn counts_cases(context: &Context<'_>, mut range: Range<usize>) -> bool {
    range.any(|at| context.reading.word(at) == "vụ")
}
