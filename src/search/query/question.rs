//! Tells whole questions from keywords: no text need have all words of a question, while keywords are all meant, however many they are.
//!
//! A word of Vietnamese has mostly two syllables, each typed apart: "yêu cầu kiểm điểm trách nhiệm" is three words, and no question.

use super::super::analysis::written;
use super::meaning::{Meaning, QueryWord};

/// Below so many syllables that tell something, all of them are asked for first, whatever else is there.
const ASKED: usize = 6;
/// So many are a passage that was pasted: of it, no text need have all.
const PASSAGE: usize = 13;

/// Number of words as typed that tell something; a short form is one, however many words it stands for.
pub(crate) fn telling_words(meaning: &Meaning) -> usize {
    meaning.runs.iter().flat_map(|run| &run.words).filter(|word| !word.asks && !word.joined).count()
}

/// True if the query is a whole question, or a passage. `in_names` words are no words of their own, but belong to names.
pub(crate) fn is_question(query: &str, meaning: &Meaning, in_names: usize) -> bool {
    let words = telling_words(meaning);
    (words > 0 && ends_as_question(query))
        || words >= PASSAGE + in_names
        || (words >= ASKED + in_names && meaning.runs.iter().any(|run| asks(&run.words)))
}

/// True if a question mark stands at the end.
pub(crate) fn ends_as_question(query: &str) -> bool {
    query.trim_end().ends_with(['?', '？'])
}

fn asks(words: &[QueryWord]) -> bool {
    let has_marks = words.iter().any(QueryWord::has_typed_marks);
    let asks = |(at, word): (usize, &QueryWord)| {
        match word.bare.as_str() {
            _ if !word.asks => false,
            // What somebody "cho biết" is told, not asked.
            "cho" | "biet" => false,
            // A star or a copy, but at the ends, or in "vì sao" and "ra sao".
            "sao" => at == 0 || at + 1 == words.len() || words[at - 1].asks,
            _ => true,
        }
    };
    words.iter().enumerate().any(asks) || asks_whether(words, has_marks)
}

/// "có … không", "đã … chưa".
fn asks_whether(words: &[QueryWord], has_marks: bool) -> bool {
    let is =
        |word: &QueryWord, marked: &str, bare: &str| word.bare == bare && (!has_marks || written(&word.form) == marked);
    let Some((last, before)) = words.split_last() else { return false };
    (is(last, "không", "khong") && before.iter().any(|word| is(word, "có", "co")))
        || (is(last, "chưa", "chua") && before.iter().any(|word| is(word, "đã", "da")))
}

#[cfg(test)]
mod tests {
    use super::super::super::schema::Unit;
    use super::super::meaning::{QuestionWords, Reader};
    use super::*;
    use crate::text::Abbreviations;

    fn is_one(query: &str) -> bool {
        let question_words = QuestionWords::new();
        let abbreviations = Abbreviations::default();
        let reader = Reader { unit: Unit::Meeting, abbreviations: &abbreviations, question_words: &question_words };
        is_question(query, &reader.read(query).expect(query), 0)
    }

    #[test]
    fn questions_are_told_by_what_asks_in_them() {
        for question in [
            "Xã nào chậm bàn giao mặt bằng cho dự án đường ven biển",
            "vì sao trạm bơm Cồn Nổi chưa chạy hết công suất",
            "trạm bơm Cồn Nổi chạy hết công suất từ bao giờ",
            "huyện có cho lùi hạn nộp hồ sơ thi tuyển không",
            "huyện đã chi tiền hỗ trợ hộ nuôi tôm chưa",
            "kế hoạch nạo vét kênh của huyện thì sao",
            "vi sao tram bom con noi chua chay het cong suat",
            "huyen co cho lui han nop ho so thi tuyen khong",
            "Lùi hạn nộp?",
        ] {
            assert!(is_one(question), "{question}");
        }
    }

    #[test]
    fn keywords_are_no_question_however_many_they_are() {
        for keywords in [
            "yêu cầu kiểm điểm trách nhiệm",
            "đẩy nhanh tiến độ bồi thường giải phóng mặt bằng",
            "chủ tịch huyện cho biết tiến độ nạo vét kênh",
            "chứng thực bản sao giấy tờ ở bộ phận một cửa",
            "không để người dân thiếu nước sạch mùa khô",
            "xã nào chậm",
        ] {
            assert!(!is_one(keywords), "{keywords}");
        }
        let passage = "Sáng nay xã Cồn Nổi họp bàn việc nạo vét kênh nội đồng trước mùa mưa bão";
        assert!(is_one(passage), "no text need have all of a passage");
    }
}
