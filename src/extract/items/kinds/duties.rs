//! "cần", "phải" and "không được" that ask nobody: what people bear ("người dân phải sống chung với bụi"), cannot do ("ra ngoài cũng không được"),
//! or what is asked back ("sao phải đòi hỏi họ …").

use super::super::cues::Act;
use super::super::frames::Frame;
use super::Statement;
use crate::extract::Context;
use crate::text::{Case, Kind};

/// Tokens before the word among which its clause begins.
const CLAUSE: usize = 16;

/// Tokens before "không được" among which something is granted.
const GRANTED: usize = 24;

/// Those who bear something, by their last one or two words; "" where one word is enough.
const BEARERS: [(&str, &str); 18] = [
    ("", "dân"),
    ("bà", "con"),
    ("gia", "đình"),
    ("các", "hộ"),
    ("nhiều", "hộ"),
    ("số", "hộ"),
    ("công", "nhân"),
    ("nạn", "nhân"),
    ("bệnh", "nhân"),
    ("học", "sinh"),
    ("phụ", "huynh"),
    ("hành", "khách"),
    ("", "em"),
    ("", "cháu"),
    ("", "họ"),
    ("", "mình"),
    ("", "bà"),
    ("", "chị"),
];

/// Words between them and "phải".
const ADVERBS: [&str; 10] = ["đã", "đang", "cũng", "vẫn", "luôn", "thường", "còn", "lại", "đều", "hay"];

/// How the words of a duty are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duty {
    Asked,
    Told,
    /// Told as a hardship.
    Borne,
}

/// How the cue that stands at `at` up to `end` is meant.
pub(super) fn duty(context: &Context<'_>, statement: &Statement<'_>, at: usize, end: usize) -> Duty {
    let reading = context.reading;
    let word = |at: usize| reading.word(at);
    match word(at) {
        // "đi lại cũng không được,": nothing follows that is forbidden; "làm thế là không được" forbids it.
        "không" if word(end - 1) == "được" => {
            let ends = reading.tokens.get(end).is_none_or(|next| !next.is_word());
            // "làm thế là không được", "dù chỉ một đồng cũng không được" forbid.
            let judged = (at.saturating_sub(2)..at).any(|at| word(at) == "là")
                || (statement.tokens.start.max(at.saturating_sub(GRANTED))..at)
                    .any(|at| matches!(word(at), "dù" | "Dù"));
            if is_agent(context, end) {
                return Duty::Told;
            }
            let asks = statement.frame.is_some_and(Frame::asks);
            // "thuộc biên chế nên không được dự tuyển": what came of it.
            let so = at > statement.tokens.start && word(at - 1) == "nên";
            if so && !asks {
                return Duty::Borne;
            }
            if ends && at > statement.tokens.start && !judged || !asks && is_granted(context, end) {
                Duty::Borne
            } else {
                Duty::Asked
            }
        }
        "phải" | "cần" => {
            let clause = clause_start(context, statement, at);
            let asks = statement.frame.is_some_and(|frame| frame.asks() && frame.end <= at);
            if asks {
                Duty::Asked
            } else if asks_back(context, clause, at)
                || is_noun(context, clause, at)
                || is_rule(context, clause, at)
                || is_condition(context, statement, clause, at)
                || is_own(context, statement, clause, at)
                || wants_amount(context, end)
            {
                Duty::Told
            } else if word(at) == "phải"
                && (complains(context, statement, at)
                    || is_borne(context, statement, clause, at)
                    || wears(context, clause, at)
                    || occurs(context, clause, at))
            {
                Duty::Borne
            } else {
                Duty::Asked
            }
        }
        _ => Duty::Asked,
    }
}

/// "không được | UBND tỉnh chấp thuận", "không được | người dân đồng tình": somebody did not do it.
fn is_agent(context: &Context<'_>, at: usize) -> bool {
    let somebody = matches!(
        (context.reading.word(at), context.reading.word(at + 1)),
        ("người", "dân" | "ta" | "lao")
            | ("nhà", "nước" | "đầu" | "trường")
            | ("chính", "quyền" | "phủ")
            | ("ai", _)
            | ("dân", _)
    );
    somebody || context.organization_at(at).is_some()
}

/// "không được | công nhận", "không được | bồi thường": what somebody does not get.
fn is_granted(context: &Context<'_>, at: usize) -> bool {
    matches!(
        (context.reading.word(at), context.reading.word(at + 1)),
        ("công", "nhận")
            | ("bồi", "thường")
            | ("đền", "bù")
            | ("chấp", "nhận" | "thuận")
            | ("phê", "duyệt")
            | ("quan", "tâm")
            | ("hưởng" | "bầu" | "xét", _)
    )
}

fn clause_start(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> usize {
    let from = statement.tokens.start.max(at.saturating_sub(CLAUSE));
    let sign = |at: &usize| matches!(context.reading.tokens[*at].kind, Kind::Sign(_));
    (from..at).rev().find(sign).map_or(from, |sign| sign + 1)
}

/// "gia đình bà vẫn | phải …" from one of those who do not lead; "phải được …" sets a rule, "cuộc sống của người dân phải …" an aim.
fn is_borne(context: &Context<'_>, statement: &Statement<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let rules = matches!(
        word(at + 1),
        "được"
            | "có"
            | "đảm"
            | "bảo"
            | "tuân"
            | "chấp"
            | "đủ"
            | "thực"
            | "thay"
            | "hiểu"
            | "biết"
            | "tự"
            | "nâng"
            | "chủ"
            | "cùng"
    );
    let last = (clause..at).rev().find(|&at| !ADVERBS.contains(&word(at)));
    let bears = |at: usize| {
        BEARERS.iter().any(|(before, last)| {
            word(at) == *last && (before.is_empty() || at > clause && context.reading.small_word(at - 1) == *before)
        })
    };
    let owners = (clause..at).any(|at| word(at) == "của");
    !statement.leading && !rules && !owners && last.is_some_and(bears)
}

/// "ngày ngày | phải …", "suốt nhiều năm | phải …", "khiến xã | phải …", "chưa đến mức | phải …": what goes on or came of something is told.
fn wears(context: &Context<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    (clause..at).any(|at| match word(at) {
        "suốt" | "đành" | "khiến" => true,
        // "bắt buộc phải …" asks.
        "buộc" => at == clause || !matches!(word(at - 1), "bắt" | "Bắt"),
        "đến" => word(at + 1) == "mức",
        "ngày" => matches!(word(at + 1), "ngày"),
        "hàng" | "hằng" => matches!(word(at + 1), "ngày"),
        "lâu" => word(at + 1) == "nay",
        "nhiều" => word(at + 1) == "lần",
        _ => false,
    })
}

/// "có dự án | phải viết lại", "có nơi giáo viên | phải bỏ tiền túi": that it happens is told.
fn occurs(context: &Context<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let some = |at: usize| {
        matches!(
            word(at),
            "những"
                | "nhiều"
                | "nơi"
                | "dự"
                | "người"
                | "trường"
                | "hộ"
                | "đơn"
                | "địa"
                | "chỗ"
                | "lúc"
                | "năm"
                | "gia"
                | "doanh"
                | "thời"
                | "em"
                | "bệnh"
                | "tháng"
                | "hôm"
                | "xã"
                | "khu"
        )
    };
    let has = (clause..at).find(|&at| matches!(word(at), "có" | "Có") && some(at + 1));
    // "nếu có", "cần có", "phải có những cán bộ …": what should be.
    has.is_some_and(|has| {
        has == clause || !matches!(word(has - 1), "nếu" | "Nếu" | "cần" | "phải" | "để" | "khi" | "Khi" | "đã")
    })
}

/// "cần phải | 13 tỉ đồng": how much is wanting is told.
fn wants_amount(context: &Context<'_>, end: usize) -> bool {
    let reading = context.reading;
    let about = usize::from(matches!(reading.word(end), "hơn" | "khoảng" | "gần" | "trên" | "tới" | "có"));
    reading.tokens.get(end + about).is_some_and(|token| token.kind == Kind::Number)
}

/// "luật quy định hồ sơ | phải …", "nghị định cũng quy định …": a rule is told, nobody is asked.
fn is_rule(context: &Context<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    (clause + 1..at.saturating_sub(1)).any(|at| {
        (word(at), word(at + 1)) == ("quy", "định")
            && matches!(word(at - 1), "luật" | "Luật" | "định" | "cũng" | "hiện" | "tư")
    })
}

/// "nhiều công nhân phản ánh | phải làm thêm": what is complained of.
fn complains(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    let verb = |at: usize| matches!(context.reading.word(at), "phản" | "than" | "phàn" | "bức" | "kêu");
    let said = |frame: &Frame| frame.act == Act::Raise && !frame.trailing && frame.end <= at;
    statement.frame.is_some_and(|frame| said(frame) && (frame.start..frame.end).any(verb))
}

/// "cho rằng Sở | nên dành …", "các trường | nên …", not "vì ở xa thành phố | nên chậm": only who should stands before in the clause.
pub(super) fn advises(context: &Context<'_>, statement: &Statement<'_>, at: usize, end: usize) -> bool {
    /// Tokens of several who should.
    const SEVERAL: usize = 5;
    const UNITS: [&str; 10] = ["tp", "tỉnh", "sở", "bộ", "viện", "trường", "phố", "quận", "huyện", "phương"];
    let word = |at: usize| context.reading.word(at);
    // "thuộc biên chế nên không được dự tuyển": what came of it.
    if word(at) != "nên" || end > at + 1 || (word(end), word(end + 1)) == ("không", "được") {
        return false;
    }
    let said = statement.frame.filter(|frame| !frame.trailing && frame.end <= at).map_or(0, |frame| frame.end);
    let start = clause_start(context, statement, at).max(said);
    let start = (start..at).rev().find(|&at| matches!(word(at), "rằng" | "thì")).map_or(start, |that| that + 1);
    let body = context.organization_at(start).is_some_and(|found| found.tokens.end == at);
    let several = matches!(word(start), "các" | "Các" | "mỗi" | "Mỗi") && at - start <= SEVERAL;
    let unit = start < at && at - start <= 2 && UNITS.contains(&context.reading.small_word(at - 1));
    let next = context.reading.tokens.get(end).is_some_and(|next| next.kind == Kind::Word(Case::Lower));
    next && (body || several || unit)
}

/// "chúng tôi | phải xem từng hồ sơ" from one of those who do not lead: what the speakers do.
fn is_own(context: &Context<'_>, statement: &Statement<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let last = (clause..at).rev().find(|&at| !ADVERBS.contains(&word(at)));
    let leads = statement.leading && !statement.outranked;
    word(at) == "phải" && !leads && last.is_some_and(|last| word(last) == "tôi")
}

/// "hàng | phải đạt chuẩn mới được nhập", "bao giờ cũng | phải …", "hiện các cửa hàng | phải …": how things are done is told.
fn is_condition(context: &Context<'_>, statement: &Statement<'_>, clause: usize, at: usize) -> bool {
    /// Tokens of what has to be.
    const NEAR: usize = 14;
    let word = |at: usize| context.reading.word(at);
    let first = |at: usize| matches!(word(at), "ta" | "tôi");
    let only = (at..statement.tokens.end.min(at + NEAR)).any(|at| {
        matches!((word(at), word(at + 1)), ("mới", "được" | "có" | "đủ"))
            && context.reading.tokens.get(at + 2).is_some_and(crate::text::Token::is_word)
    });
    let always = at > clause + 2 && word(at - 1) == "cũng" && matches!(word(at - 2), "giờ" | "nào");
    let said = statement.frame.filter(|frame| !frame.trailing && frame.end <= at).map_or(0, |frame| frame.end);
    let first_word = clause.max(said);
    let now = matches!((word(first_word), word(first_word + 1)), ("Hiện" | "hiện", next) if !matches!(next, "nay" | "tại" | "trạng" | "đại" | "thực"));
    word(at) == "phải" && (only || always || now) && !(clause..at).any(first)
}

/// "thì sao | phải …", "tại sao | phải …", not "làm sao phải …".
fn asks_back(context: &Context<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    (clause..at).any(|at| match word(at) {
        "sao" | "Sao" => at == clause || matches!(word(at - 1), "thì" | "tại" | "Tại" | "vì" | "Vì"),
        "lẽ" => at > clause && matches!(word(at - 1), "chẳng" | "Chẳng"),
        _ => false,
    })
}

/// "ba đối tượng | cần chi thêm", "ủng hộ việc | phải quản lý", "điều tôi | cần": a noun with what belongs to it.
fn is_noun(context: &Context<'_>, clause: usize, at: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    let before = at.checked_sub(1).filter(|&before| before > clause);
    // "không phải em nào cũng | cần …", "không có gì bà con | phải thắc mắc": what need not be.
    let denied = |first: usize| {
        matches!(
            (context.reading.small_word(first), word(first + 1)),
            ("không", "phải") | ("chẳng", "phải") | ("không", "có")
        )
    };
    let needless = || {
        (clause..at).any(|first| {
            denied(first) && (word(first + 1) == "phải" && word(at - 1) == "cũng" || word(first + 2) == "gì")
        })
    };
    needless()
        || before.is_some_and(|before| match word(before) {
            "tượng" => word(before - 1) == "đối",
            // "nhấn mạnh việc phải …" asks.
            "việc" => match word(before - 1) {
                "đến" | "tới" => word(before.saturating_sub(2)) == "dẫn",
                near => matches!(near, "là" | "hộ" | "trước" | "bởi" | "vì"),
            },
            // "trong bối cảnh phải …", "số tiền mà thanh tra kết luận phải thu".
            "cảnh" => matches!(word(before - 1), "bối" | "hoàn"),
            "luận" => word(before - 1) == "kết",
            "tôi" => context.reading.small_word(clause) == "điều",
            _ => counted(context, clause, before),
        })
}

/// "có gần 1.600 căn nhà | phải cải tạo": how many there are is told.
fn counted(context: &Context<'_>, clause: usize, before: usize) -> bool {
    /// Tokens of what is counted, and between "có" and its number.
    const NOUN: usize = 8;
    const NUMBER: usize = 4;
    let reading = context.reading;
    let has =
        (clause.max(before.saturating_sub(NOUN))..=before).rev().find(|&at| matches!(reading.word(at), "có" | "còn"));
    has.is_some_and(|has| (has + 1..before.min(has + NUMBER)).any(|at| reading.tokens[at].kind == Kind::Number))
}

/// "Nơi nào để xảy ra vi phạm thì người đứng đầu bị kỷ luật", "Nếu phát hiện sai phạm, xử lý thật nặng": what is threatened asks for the contrary.
pub(super) fn threatens(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    /// Tokens among which the condition begins, and those of what is threatened.
    const BEGINS: usize = 24;
    const THREAT: usize = 16;
    let word = |at: usize| context.reading.word(at);
    let tokens = statement.tokens.clone();
    let condition = |at: usize| match word(at) {
        "nào" => {
            at > tokens.start && !matches!(word(at - 1), "thế" | "khi" | "lúc" | "cách" | "kỳ" | "cứ" | "chút" | "phần")
        }
        "nếu" | "Nếu" => true,
        "trường" | "Trường" => word(at + 1) == "hợp" && at <= tokens.start + 1,
        _ => false,
    };
    let punishes = |at: usize| {
        matches!(
            (word(at), word(at + 1)),
            ("xử", "lý" | "phạt")
                | ("kỷ" | "kỉ", "luật")
                | ("mất" | "cách", "chức")
                | ("thu", "hồi")
                | ("đình", "chỉ")
                | ("rút", "giấy" | "phép")
                | ("truy", "cứu")
                | ("thay", "thế" | "ngay")
                | ("điều", "chuyển")
        )
    };
    let start =
        statement.frame.filter(|frame| !frame.trailing).map_or(tokens.start, |frame| frame.end.max(tokens.start));
    let Some(from) = (start..tokens.end.min(start + BEGINS)).find(|&at| condition(at)) else { return false };
    let mut behind = from + 1..tokens.end;
    let then = behind.clone().find(|&at| word(at) == "thì");
    let then = then.or_else(|| behind.find(|&at| context.reading.tokens[at].is(',')));
    let Some(then) = then else { return false };
    let aim = |at: usize| matches!(word(at - 1), "để" | "việc" | "được");
    (then + 1..tokens.end.min(then + THREAT)).any(|at| punishes(at) && !aim(at))
}
