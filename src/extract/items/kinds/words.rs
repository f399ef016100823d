//! What the words of a sentence weigh as they stand in it: what is fought, hoped for, granted or still to come weighs less.

use super::super::cues::{Act, Lexicon, Weights};
use super::super::frames::{Frame, Subject};
use super::super::name_end;
use super::duties::{Duty, advises, duty};
use super::forms::is_counted_on;
use super::opening::goes_on_asking;
use super::rises;
use super::{ASKED, ATTAINED, DECIDED, FAILED, HONOURED, OPENING, PROMISED, STATED, Statement};
use crate::extract::Context;
use crate::text::{Kind, Token};

/// The least weight of a word that asks for something, in tenths.
const DUTY: i32 = 20;

/// What is told as a duty of somebody, in tenths.
const TOLD: i32 = 8;

/// What somebody should do, in tenths.
const ADVISED: i32 = 20;

/// What could not be done, in tenths.
const CANNOT: i32 = 10;

/// What people bear, in tenths.
const BORNE: i32 = 24;

/// What the words before say about those that follow.
#[derive(Default)]
struct Scope {
    /// Behind "cần", "phải", "yêu cầu": results and failures are those to be reached and avoided.
    asked: bool,
    /// Behind "đánh giá cao", "cảm ơn": results are what is praised.
    praised: bool,
    /// Inside "để …", "nếu …", "mặc dù …", up to the next comma.
    aside: bool,
    /// Where a condition ends, "nếu …, … thì |".
    then: Option<usize>,
    /// Behind "Nếu", to the end: what would be.
    supposed: bool,
    /// Behind "mục tiêu", "dự kiến", up to "đã": what is meant to be attained.
    planned: bool,
    /// Behind "xử lý", "khắc phục", up to the next comma or predicate: failures are what is mended.
    mended: bool,
}

impl Scope {
    fn turn(&mut self, lexicon: &Lexicon, token: &Token, sums: &mut Weights) {
        if lexicon.words.predicates.contains(token.key) || matches!(token.kind, Kind::Sign(',' | ';')) {
            self.mended = false;
        }
        if lexicon.words.asides.contains(token.key) {
            self.aside = true;
        } else if matches!(token.kind, Kind::Sign(',' | ';')) && self.then.is_none() {
            self.aside = false;
        } else if lexicon.words.contrasts.contains(token.key) {
            // "đạt chỉ tiêu nhưng còn chậm": what stands before "nhưng" weighs half.
            sums[ATTAINED] /= 2;
            sums[FAILED] /= 2;
            *self = Self::default();
        }
    }

    fn weigh(&self, kind: usize, weight: i32) -> i32 {
        match kind {
            ATTAINED | FAILED if self.asked => weight * 4 / 10,
            ATTAINED if self.planned => weight * 2 / 10,
            ATTAINED if self.praised => weight * 3 / 10,
            ATTAINED | FAILED if self.aside || self.supposed => weight / 2,
            DECIDED if self.aside => weight / 2,
            _ => weight,
        }
    }
}

/// The sums of the words as they stand in the sentence. One that `bids` ("Chủ động di dời dân ở nơi có nguy cơ sạt lở …") tells of no failure.
pub(super) fn content(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>, bids: bool) -> Weights {
    let all = &context.reading.tokens[..statement.tokens.end];
    let mut sums = [0; 8];
    // "Rà soát các vi phạm …" behind "yêu cầu …": what is wrong is what is to be mended.
    let expected = is_expected(context, statement);
    let bids = bids || expected;
    let goes_on = goes_on_asking(context, lexicon, statement) || is_counted_on(context, statement);
    let mut scope = Scope { asked: bids || goes_on, ..Scope::default() };
    let mut at = statement.tokens.start;
    // "lưu ý bổ sung …, có đánh giá về những hạn chế": what is asked for is not told.
    // "hy vọng ông phát huy thành tích đạt được": nor is what is hoped for.
    let wants = |frame: &&Frame| frame.asks() || !frame.trailing && frame.act == Act::Hope;
    let near = |frame: &&Frame| frame.subject != Subject::Unsaid || frame.start <= statement.tokens.start + OPENING;
    // "Ngày thứ ba sẽ diễn ra phiên chất vấn …, thông qua nghị quyết" in nobody's words: what is on the agenda.
    let mut agenda = false;
    let nobodys = statement.turn.speaker.is_none() && !statement.turn.attributed;
    let mut fought_to: Option<usize> = None;
    let mut asks = statement.frame.filter(wants).filter(near).map(|frame| frame.end);
    scope.aside = grants(context, statement.tokens.start);
    scope.supposed = context.reading.word(statement.tokens.start) == "Nếu";
    while at < statement.tokens.end {
        let turns = lexicon.words.turning.contains(all[at].key);
        scope.then = scope.then.filter(|&then| at < then);
        if turns {
            scope.then = scope.then.or_else(|| then_of(context, statement, at));
        }
        scope.turn(lexicon, &all[at], &mut sums);
        let limits = turns && limits(context, statement, at);
        // "việc hạn chế giờ làm gây khó khăn": what comes of it is told.
        scope.mended |= mends(lexicon, all, statement.tokens.start, at)
            || limits && context.reading.word(at.wrapping_sub(1)) != "việc";
        if turns {
            scope.planned = plans(context, statement, at).unwrap_or(scope.planned);
        }
        scope.asked |= asks.take_if(|end| at >= *end).is_some();
        if turns && cannot(context, statement, at) {
            sums[FAILED] += scope.weigh(FAILED, CANNOT);
        }
        if let Some(end) = name_end(context, at) {
            at = end;
            continue;
        }
        let Some((end, weights)) = lexicon.cues.longest(all, at).filter(|_| !is_remark(all, at)) else {
            at += 1;
            continue;
        };
        let before = statement.frame.filter(near).is_some_and(|frame| !frame.trailing && end <= frame.start);
        // "xử lý các tồn tại, vướng mắc": what is fought may be a list.
        let listed = fought_to.is_some_and(|to| at == to + 1 && (all[to].is(',') || all[to].key == lexicon.words.and));
        // "không xây dựng được", "chưa hoàn thành": what was not attained.
        // "không vượt quá 2 ha" sets a limit.
        // "không thể giải quyết được" neither.
        let not = |back: usize| at >= statement.tokens.start + back && denies(context.reading.word(at - back));
        let unable = not(2) && context.reading.word(at - 1) == "thể";
        let denied = (not(1) || unable) && context.reading.word(at) != "vượt";
        let fought = limits
            || listed
            || lowers(context, statement, at)
            || scope.mended
            || is_fought(lexicon, all, statement.tokens.start, at);
        fought_to = fought.then_some(end);
        // "không bao che", "không gây khó khăn": no failure.
        let spared = is_spared(context, statement, at);
        let bad = rises::is_bad(context, statement, &(at..end));
        if advises(context, statement, at, end) {
            sums[ASKED] += ADVISED;
        }
        let duty = if weights[ASKED] >= DUTY { duty(context, statement, at, end) } else { Duty::Asked };
        match duty {
            Duty::Asked => {}
            Duty::Told => sums[STATED] += TOLD,
            Duty::Borne => sums[FAILED] += BORNE,
        }
        for (kind, weight) in weights.iter().enumerate() {
            let weight = match kind {
                HONOURED if accounts(context, at, end) => 0,
                // "không vượt quá thẩm quyền" sets a limit.
                ATTAINED if exceeds_nothing(context, statement, at) => 0,
                ASKED if duty != Duty::Asked => 0,
                // "Kỳ họp sẽ xem xét, thông qua …": nothing is decided yet.
                DECIDED if is_to_come(lexicon, all, at) || agenda || expected => weight / 4,
                // "máy bơm chống ngập", "tháo gỡ khó khăn": what is fought is not told as failed.
                FAILED if spared => weight / 4,
                // "trẻ chưa đủ 14 tuổi": an age.
                FAILED if is_age(context, at, end) => 0,
                // "Còn các hộ khác …": what is told next.
                FAILED if at == statement.tokens.start && context.reading.word(at) == "Còn" => 0,
                FAILED if fought && bad != Some(false) => weight / 4,
                // What is to get less is meant to.
                FAILED if bad == Some(false) => scope.weigh(ATTAINED, *weight),
                _ => scope.weigh(kind, *weight),
            };
            let kind = match (kind, bad) {
                (ATTAINED, _) if denied => FAILED,
                (ATTAINED, Some(true)) => FAILED,
                (FAILED, Some(false)) => ATTAINED,
                (kind, _) => kind,
            };
            // "Tiếp thu chỉ đạo, ông Lân khẳng định …": promises are announced there.
            sums[kind] += if before && kind != PROMISED { weight / 3 } else { weight };
        }
        let to_come = all[at..end].iter().any(|token| token.key == lexicon.words.will);
        agenda |= nobodys && to_come && weights[DECIDED] == 0;
        scope.asked |= weights[ASKED] >= 20 || is_ahead(lexicon, &all[at..end]);
        // "sẽ tiếp tục rà soát, xử lý sai phạm": what is to come is neither attained nor missed yet.
        scope.asked |= weights[PROMISED] > 0 && to_come;
        scope.praised |= weights[HONOURED] >= 20;
        // "xử lý nghiêm | các vi phạm": what is mended stands behind more than the verb.
        scope.mended |= end > at + 2 && mends(lexicon, all, statement.tokens.start, at + 2);
        at = end;
    }
    sums
}

/// "Bên cạnh những kết quả đạt được, …", "Ngoài những thành tích trên, …", "Trường hợp hộ dân gặp khó khăn, …": the point comes behind.
fn grants(context: &Context<'_>, start: usize) -> bool {
    let word = |offset: usize| context.reading.word(start + offset);
    let beside = (word(0), word(1)) == ("Bên", "cạnh") && !matches!(word(2), "đó" | "việc" | ",");
    let case = (word(0), word(1)) == ("Trường", "hợp");
    beside || case || word(0) == "Ngoài" && matches!(word(1), "những" | "các" | "kết")
}

/// "nếu có hành vi cản trở, gây mất trật tự | thì …": where the condition that begins at a word ends.
fn then_of(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> Option<usize> {
    /// Tokens of a condition.
    const CONDITION: usize = 40;
    let word = |at: usize| context.reading.word(at);
    let mut behind = at + 1..statement.tokens.end.min(at + CONDITION);
    (word(at) == "nếu").then(|| behind.find(|&at| word(at) == "thì")).flatten()
}

/// "Dự kiến, tại kỳ họp tới, …": all of it is still to come.
pub(super) fn is_expected(context: &Context<'_>, statement: &Statement<'_>) -> bool {
    let at = statement.tokens.start;
    (context.reading.word(at), context.reading.word(at + 1)) == ("Dự", "kiến")
}

/// True where a sentence tells why something is or is not.
pub(super) fn tells_cause(context: &Context<'_>, lexicon: &Lexicon, statement: &Statement<'_>) -> bool {
    let tokens = &context.reading.tokens[statement.tokens.clone()];
    let word = |offset: usize| context.reading.word(statement.tokens.start + offset);
    // "Bởi vì, …", "Vì …, phải …", not "Vì vậy, …".
    let opens = word(0) == "Bởi" || word(0) == "Vì" && !matches!(word(1), "vậy" | "thế");
    // "phải tìm, xác định nguyên nhân" tells of none.
    let sought = |at: usize| {
        at > 0
            && matches!(
                context.reading.word(statement.tokens.start + at - 1),
                "định" | "rõ" | "tìm" | "giấu" | "tra" | "giá" | "tích"
            )
    };
    let mut pairs = tokens.windows(2).enumerate();
    opens || pairs.any(|(at, pair)| lexicon.words.cause == (pair[0].key, pair[1].key) && !sought(at))
}

/// True up to two words behind "sẽ"; "sẽ được bầu" tells what was settled.
fn is_to_come(lexicon: &Lexicon, all: &[Token], at: usize) -> bool {
    let (will, passive) = (lexicon.words.will, lexicon.words.passive);
    let near = &all[at.saturating_sub(3)..at];
    near.iter().any(|token| token.key == will) && !near.iter().chain(all.get(at)).any(|token| token.key == passive)
}

/// "ông Lân (phải)": one word in brackets tells who is who in a picture.
fn is_remark(all: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| all[before].is('(')) && all.get(at + 1).is_some_and(|next| next.is(')'))
}

/// "trong nhiệm kỳ tới", "thời gian tới": what follows is meant to be.
fn is_ahead(lexicon: &Lexicon, phrase: &[Token]) -> bool {
    phrase.len() > 1 && phrase.last().is_some_and(|last| last.key == lexicon.words.ahead)
}

/// A verb of fighting or mending stands right before a word, or one link before it: "khắc phục | hạn chế", "giảm các | vụ".
fn is_fought(lexicon: &Lexicon, all: &[Token], start: usize, at: usize) -> bool {
    let fights = |back: usize| {
        at.checked_sub(back)
            .filter(|&before| before >= start)
            .is_some_and(|at| lexicon.words.fights.contains(all[at].key))
    };
    let linked = at.checked_sub(1).is_some_and(|before| lexicon.words.links.contains(all[before].key));
    // "xử lý vướng mắc", "giải quyết những khó khăn", "giải quyết dứt điểm các tồn tại".
    let settles = |back: usize| {
        let pair = || Some((all[at.checked_sub(back + 1)?].key, all[at.checked_sub(back)?].key));
        at > start + back && pair().is_some_and(|pair| lexicon.words.settles.contains(&pair))
    };
    fights(1) || settles(1) || linked && (fights(2) || settles(2) || settles(4))
}

/// Whether what follows is meant to be ("mục tiêu | …", "dự kiến | …") or done ("đã | …"); not behind "đạt mục tiêu".
fn plans(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> Option<bool> {
    /// Tokens before an effort among which something may be told as done.
    const BEFORE: usize = 30;
    let word = |at: usize| context.reading.word(at);
    let before = at.checked_sub(1).filter(|&before| before >= statement.tokens.start).map_or("", word);
    let mut near = statement.tokens.start.max(at.saturating_sub(BEFORE))..at;
    match (word(at), word(at + 1)) {
        ("đã" | "Đã", _) => Some(false),
        ("mục" | "Mục", "tiêu") => {
            (!matches!(before, "đạt" | "thành" | "vượt" | "với" | "theo" | "trình" | "được")).then_some(true)
        }
        ("dự" | "Dự", "kiến") => Some(true),
        // "xác định 24 chỉ tiêu, phấn đấu …", not "đã đoàn kết, phấn đấu …".
        ("phấn" | "Phấn", "đấu") => (!near.any(|at| word(at) == "đã")).then_some(true),
        // "đặt kế hoạch doanh thu …", "Theo kế hoạch, …", not "vượt kế hoạch".
        ("đặt", "kế" | "mục" | "chỉ") | ("Theo" | "theo" | "trình", "kế" | "lộ") => Some(true),
        // "bão có thể đạt cấp 10".
        ("có" | "Có", "thể") => Some(true),
        _ => None,
    }
}

/// "| hạn chế xe cá nhân", "giúp | hạn chế những bức xúc": what somebody does about something, not "còn hạn chế", "hạn chế trong công tác …".
fn limits(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    const BEFORE: [&str; 12] = ["những", "các", "số", "còn", "bị", "nhiều", "có", "là", "rất", "khá", "gặp", "mặt"];
    const BEHIND: [&str; 46] = [
        "trong", "về", "của", "và", "là", "do", "nhất", "ở", "khi", "như", "này", "đó", "cần", "còn", "vì", "bởi",
        "yếu", "tồn", "khuyết", "thiếu", "so", "đến", "nêu", "trên", "tại", "chủ", "được", "đã", "cũng", "cho", "mà",
        "nên", "thì", "với", "khó", "bất", "chưa", "theo", "sau", "đang", "phần", "công", "hiệu", "chất", "khả", "sự",
    ];
    let word = |at: usize| context.reading.word(at);
    let behind = at + 2;
    word(at) == "hạn"
        && word(at + 1) == "chế"
        && behind < statement.tokens.end
        && context.reading.tokens[behind].is_word()
        && !BEHIND.contains(&word(behind))
        && !(at > statement.tokens.start && BEFORE.contains(&word(at - 1)))
}

/// "xử lý | các dự án chậm tiến độ", not "chưa xử lý".
fn mends(lexicon: &Lexicon, all: &[Token], start: usize, at: usize) -> bool {
    let Some(before) = at.checked_sub(2).filter(|&before| before > start) else { return false };
    if !lexicon.words.mending.contains(all[before + 1].key) || lexicon.words.predicates.contains(all[at].key) {
        return false;
    }
    let verb = (all[before].key, all[before + 1].key);
    lexicon.words.mends.contains(&verb) && !lexicon.words.predicates.contains(all[before - 1].key)
}

fn denies(word: &str) -> bool {
    matches!(word, "không" | "chưa" | "chẳng")
}

/// "không | bao che", "không gây | khó khăn", "không bị | ảnh hưởng".
fn is_spared(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    let word = |back: usize| if at >= statement.tokens.start + back { context.reading.word(at - back) } else { "" };
    let linked = matches!(word(1), "có" | "gây" | "để" | "bị" | "làm" | "hề" | "bao" | "quá" | "phải");
    matches!(word(1), "không" | "chẳng") || linked && matches!(word(2), "không" | "chẳng")
}

/// "xe cứu hỏa | không vào được", "| chưa giải quyết được": up to two words between; "không … được phép" forbids.
fn cannot(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    let reading = context.reading;
    let word = |at: usize| reading.word(at);
    matches!(word(at), "không" | "chưa")
        && (at + 2..at + 4).any(|done| done < statement.tokens.end && word(done) == "được" && word(done + 1) != "phép")
        && reading.tokens[at + 1].is_word()
        && !matches!(word(at + 1), "được" | "phải" | "hề" | "chỉ" | "có" | "những")
}

/// "giúp | giảm …", "để | giảm …": what somebody does about something.
fn lowers(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    at > statement.tokens.start
        && context.reading.word(at) == "giảm"
        && matches!(context.reading.word(at - 1), "giúp" | "để" | "nhằm" | "phần" | "phải" | "cần")
}

/// "không | vượt quá 2 ha".
fn exceeds_nothing(context: &Context<'_>, statement: &Statement<'_>, at: usize) -> bool {
    at > statement.tokens.start
        && context.reading.word(at) == "vượt"
        && matches!(context.reading.word(at - 1), "không" | "chưa" | "chẳng")
}

/// "ghi nhận hơn 5.600 tỷ đồng", "ghi nhận ổ dịch đầu tiên": an account, no praise.
fn accounts(context: &Context<'_>, at: usize, end: usize) -> bool {
    let word = |at: usize| context.reading.word(at);
    word(at) == "ghi"
        && (context.reading.tokens[end..].iter().take(2).any(|token| token.kind == Kind::Number)
            || matches!(word(end), "lượng" | "mức" | "ca" | "thêm" | "doanh" | "tình" | "trường")
            || matches!((word(end), word(end + 1)), ("có", "ca" | "ổ" | "dịch" | "trường")))
}

/// "chưa đủ | 14 tuổi", "chưa đến | 18 tuổi".
fn is_age(context: &Context<'_>, at: usize, end: usize) -> bool {
    context.reading.word(at) == "chưa" && (end..end + 4).any(|at| context.reading.word(at) == "tuổi")
}
