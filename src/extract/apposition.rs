//! Where the name of a unit ends behind the title of who leads it, if no lexicon knows its words: "Trưởng phòng | Khảo thí và quản lý chất
//! lượng, Sở …", "Cục trưởng | Đường thủy nội địa cho biết".
//!
//! In apposition the name runs to the next sign or to the verb of what its head says. A word that stands in no such name on the way, "của",
//! "tại", says that it is no name at all.

use crate::text::{Case, Kind, Reading, Token};

/// Most tokens of such a name.
const LONGEST: usize = 12;

/// The end of a unit's name that begins at `from` and is known up to `known`; `stop` tells where something else goes on from it, a place,
/// another body or a person. `None` where it is no longer than what is known, or no name.
pub(super) fn unit_end(reading: &Reading, from: usize, known: usize, stop: impl Fn(usize) -> bool) -> Option<usize> {
    let mut at = known;
    while at < known + LONGEST {
        let Some(token) = reading.tokens.get(at) else { break };
        match token.kind {
            // "Giám đốc Ban | 4": units with a number.
            Kind::Number if at == from && reading.word(at).len() <= 2 => {}
            Kind::Word(_) if at > from && (closes(reading, at) || stop(at)) => break,
            Kind::Word(_) if reading.word(at) == "và" && at > from => {
                if matches!(reading.word(at + 1), "ông" | "bà" | "các" | "đồng" | "anh" | "chị" | "một") {
                    break;
                }
                let goes_on = reading.tokens.get(at + 1).is_some_and(|next| next.is_word());
                if !goes_on {
                    return None;
                }
            }
            Kind::Word(_) => {
                if bars(reading.word(at)) || (at == from && (closes(reading, at) || begins_act(reading, at))) {
                    return None;
                }
            }
            Kind::Break | Kind::Sign(',' | ';' | '.' | ':' | '(' | ')' | '-' | '–' | '"' | '”') => break,
            _ => return None,
        }
        at += 1;
    }
    let lower = (from..at).any(|at| matches!(reading.tokens[at].kind, Kind::Word(Case::Lower) | Kind::Number));
    let numbered = reading.tokens.get(from).is_some_and(|token| token.kind == Kind::Number);
    let long = at > from + 1 || numbered && at > from;
    (at > known && at < known + LONGEST && lower && long).then_some(at)
}

/// True at a word that tells what somebody does or says.
fn closes(reading: &Reading, at: usize) -> bool {
    const WORDS: [&str; 13] =
        ["đã", "sẽ", "đang", "cũng", "vừa", "nói", "nêu", "dự", "là", "tặng", "làm", "giữ", "thuộc"];
    const PAIRS: [(&str, &str); 22] = [
        ("Đại", "hội"),
        ("cho", "biết"),
        ("cho", "hay"),
        ("cho", "rằng"),
        ("phát", "biểu"),
        ("chủ", "trì"),
        ("trình", "bày"),
        ("báo", "cáo"),
        ("nhấn", "mạnh"),
        ("khẳng", "định"),
        ("đề", "nghị"),
        ("đề", "xuất"),
        ("yêu", "cầu"),
        ("chia", "sẻ"),
        ("tham", "dự"),
        ("trả", "lời"),
        ("bày", "tỏ"),
        ("giải", "thích"),
        ("nhận", "định"),
        ("làm", "trưởng"),
        ("trao", "quyết"),
        ("kiến", "nghị"),
    ];
    let word = reading.word(at);
    // "Trưởng phòng Thẩm định | của Sở …".
    let of = word == "của" && reading.tokens.get(at + 1).is_some_and(Token::is_capital);
    of || WORDS.contains(&word) || PAIRS.iter().any(|(first, second)| word == *first && reading.word(at + 1) == *second)
}

/// True for words that stand inside no unit's name.
fn bars(word: &str) -> bool {
    const WORDS: [&str; 53] = [
        "của", "do", "tại", "ở", "được", "với", "cho", "có", "trên", "để", "đến", "từ", "này", "theo", "trong", "cùng",
        "các", "những", "một", "ông", "bà", "anh", "chị", "thì", "mà", "nhưng", "cần", "phải", "khi", "nếu", "vào",
        "không", "bị", "như", "đó", "đưa", "hai", "ba", "bốn", "dẫn", "vẫn", "chưa", "rất", "sau", "trước", "gửi",
        "xin", "muốn", "lại", "đều", "từng", "hiện", "ra",
    ];
    WORDS.contains(&word)
}

/// First words of what the head of a unit does: never the first of its unit's name.
fn begins_act(reading: &Reading, at: usize) -> bool {
    const ACTS: [&str; 14] =
        ["trao", "ký", "thăm", "mong", "khai", "bế", "ra", "về", "chúc", "tiếp", "kiêm", "thay", "nhận", "gửi"];
    ACTS.contains(&reading.word(at))
}
