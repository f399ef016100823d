//! What each line of a text is. The grammar is told in `structure.rs`.

mod captions;

use std::ops::Range;

use crate::model::SkipReason;
use crate::text::{Case, Kind, Line, Phrases, Reading, WordKey, tokenize};

/// What a marker at the beginning of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Line(SkipReason),
    /// A box: what follows belongs to it too.
    Box,
}

pub(super) fn markers() -> Phrases<Marker> {
    Phrases::parse(include_str!("../lexicons/line_markers.txt"), |kind| match kind {
        "byline" => Some(Marker::Line(SkipReason::Byline)),
        "caption" => Some(Marker::Line(SkipReason::Caption)),
        "boilerplate" => Some(Marker::Line(SkipReason::Boilerplate)),
        "box" => Some(Marker::Box),
        _ => None,
    })
    .unwrap_or_default()
}

/// A heading without a stop may have this many tokens; longer lines are sentences that lost their stop.
const HEADING_TOKENS: usize = 26;
/// A headline may be longer, as it stands alone.
const HEADLINE_TOKENS: usize = 45;
/// A caption at the end, set apart by a gap, may have this many tokens.
const CAPTION_TOKENS: usize = 60;
/// Words of an event at the end of a caption: "tại buổi tiếp xúc cử tri."
const SCENE_TOKENS: usize = 8;
/// A line with the date and hour of publication may have this many tokens.
const STAMP_TOKENS: usize = 24;
/// A box of related news holds short lines only; a longer one ends it.
const BOX_LINE_TOKENS: usize = 40;

pub(super) fn classify(
    reading: &Reading,
    header: &Range<usize>,
    markers: &Phrases<Marker>,
    words: &Words,
) -> (Vec<Option<SkipReason>>, Option<usize>) {
    let view = View { reading, header: header.clone(), words };
    let mut kinds: Vec<Option<SkipReason>> = vec![None; reading.lines.len()];
    mark_lines(&view, markers, &mut kinds);
    captions::mark_repeated(&view, &mut kinds);
    captions::mark_last_block(&view, &mut kinds);
    captions::mark_behind_author(&view, &mut kinds);
    let headline = headline(&view, &kinds);
    if let Some(at) = headline {
        kinds[at] = Some(SkipReason::Heading);
    }
    (kinds, headline)
}

struct View<'a> {
    reading: &'a Reading,
    header: Range<usize>,
    words: &'a Words,
}

impl View<'_> {
    /// Tokens of a line without the date header.
    fn tokens(&self, line: &Line) -> Range<usize> {
        line.tokens.start.max(self.header.end).min(line.tokens.end)..line.tokens.end
    }

    /// True if the line ends as a sentence does.
    fn ends_as_sentence(&self, tokens: &Range<usize>) -> bool {
        let last = tokens.clone().rev().find(|&at| !self.is_closing(at));
        last.is_some_and(|at| {
            matches!(self.reading.tokens[at].kind, Kind::Sign('.' | '!' | '?' | '…' | ':' | ';' | ','))
        })
    }

    fn is_closing(&self, at: usize) -> bool {
        matches!(self.reading.tokens[at].kind, Kind::Sign('"' | '”' | '’' | '\'' | ')' | ']' | '»'))
    }
}

/// Words that the rules look at.
#[derive(Debug)]
pub(super) struct Words {
    photo: WordKey,
    joining: Vec<WordKey>,
    /// Words beside the date and hour that a page was put out.
    stamp: Vec<WordKey>,
    scene: Vec<Vec<WordKey>>,
    /// Where somebody is seen to do something.
    stage: Vec<Vec<WordKey>>,
    opening: Vec<Vec<WordKey>>,
}

impl Words {
    pub(super) fn new() -> Self {
        let keys = |phrase: &str| tokenize(phrase).iter().map(|token| token.key).collect::<Vec<_>>();
        Self {
            photo: WordKey::of("Ảnh"),
            // A line that ends in one of these goes on in the next.
            joining: ["với", "và", "của", "là", "cho", "các", "những", "về", "tại", "do", "để", "gồm"]
                .map(WordKey::of)
                .to_vec(),
            stamp: [
                "thứ", "hai", "ba", "tư", "năm", "sáu", "bảy", "chủ", "nhật", "ngày", "tháng", "lúc", "giờ", "phút",
                "gmt", "am", "pm", "sa", "ch", "h", "cn", "t2", "t3", "t4", "t5", "t6", "t7",
            ]
            .map(WordKey::of)
            .to_vec(),
            scene: [
                "phát biểu",
                "tại hội nghị",
                "tại buổi",
                "tại đại hội",
                "tại kỳ họp",
                "tại cuộc họp",
                "chụp ảnh",
                "tham dự",
                "dự hội nghị",
                "chủ trì",
                "trao kỷ niệm chương",
                "trao bằng khen",
                "tặng hoa",
                "điều hành",
                "trao đổi với",
            ]
            .map(keys)
            .to_vec(),
            stage: [
                "phát biểu tại",
                "phát biểu chỉ đạo tại",
                "phát biểu khai mạc",
                "phát biểu kết luận",
                "kiến nghị tại buổi",
                "chủ trì hội nghị",
                "chủ trì buổi",
                "chủ trì cuộc họp",
                "chủ trì kỳ họp",
                "tặng hoa chúc mừng",
                "bỏ phiếu bầu",
                "biểu quyết thông qua",
            ]
            .map(keys)
            .to_vec(),
            opening: [
                "cụ thể ,",
                "tuy nhiên",
                "mặc dù vậy",
                "theo ông",
                "theo bà",
                "ngoài ra",
                "bên cạnh",
                "trong đó",
                "theo đó",
                "đồng thời",
                "đến nay",
                "tính đến",
                "qua đó",
                "kết quả",
            ]
            .map(keys)
            .to_vec(),
        }
    }
}

fn mark_lines(view: &View<'_>, markers: &Phrases<Marker>, kinds: &mut [Option<SkipReason>]) {
    let reading = view.reading;
    let mut in_box = false;
    for (at, line) in reading.lines.iter().enumerate() {
        let tokens = view.tokens(line);
        if in_box && tokens.len() <= BOX_LINE_TOKENS {
            kinds[at] = Some(SkipReason::Boilerplate);
            continue;
        }
        in_box = false;
        let short = tokens.len() <= BOX_LINE_TOKENS;
        match markers.longest(&reading.tokens[..tokens.end], tokens.start) {
            Some((end, Marker::Line(reason)))
                if short || reading.tokens[end - 1].is(':') && line.sentences.len() == 1 =>
            {
                kinds[at] = Some(*reason);
            }
            Some((end, Marker::Box)) if tokens.end - end <= 3 => {
                kinds[at] = Some(SkipReason::Boilerplate);
                in_box = true;
            }
            _ => kinds[at] = by_form(view, at, &tokens),
        }
        if kinds[at] == Some(SkipReason::Caption) && is_lone_credit(view, &tokens) {
            mark_line_before(view, at, kinds);
        }
    }
}

fn by_form(view: &View<'_>, at: usize, tokens: &Range<usize>) -> Option<SkipReason> {
    if tokens.is_empty() {
        return Some(SkipReason::Boilerplate);
    }
    if is_stamp(view, tokens) {
        return Some(SkipReason::Boilerplate);
    }
    // A paragraph of several sentences with a credit at its end is body.
    let paragraph = tokens.len() > CAPTION_TOKENS && view.reading.lines[at].sentences.len() > 1;
    if !paragraph && has_photo_credit(view, tokens) {
        return Some(SkipReason::Caption);
    }
    if !paragraph && is_scene(view, at, tokens) {
        return Some(SkipReason::Caption);
    }
    if is_byline(view, tokens) && (at > 0 || view.reading.lines.len() == 1) {
        return Some(SkipReason::Byline);
    }
    if is_unstopped_heading(view, at, tokens) {
        let scene = view.words.scene.iter().any(|phrase| contains(view.reading, tokens, phrase));
        return Some(if scene { SkipReason::Caption } else { SkipReason::Heading });
    }
    None
}

/// "Ông Lân phát biểu chỉ đạo tại buổi làm việc.": a paragraph of one short sentence that ends where somebody does something, and tells no more.
fn is_scene(view: &View<'_>, line: usize, tokens: &Range<usize>) -> bool {
    let reading = view.reading;
    let all = &reading.tokens[tokens.clone()];
    let plain = tokens.len() <= HEADING_TOKENS
        && reading.lines[line].sentences.len() == 1
        && line > 0
        && all.last().is_some_and(|last| last.is('.'))
        && !all
            .iter()
            .any(|token| token.kind == Kind::Number || matches!(token.kind, Kind::Sign('“' | '"' | ':' | ';')));
    let near_end = tokens.end.saturating_sub(SCENE_TOKENS).max(tokens.start);
    plain
        && (near_end..tokens.end).any(|at| {
            let speaks = view.words.stage.iter().any(|phrase| starts_with(reading, &(at..tokens.end), phrase));
            speaks && !reading.tokens[at..tokens.end].iter().any(|token| token.is(','))
        })
}

/// "08/05/2020 - 10:46", "Thứ Hai, ngày 12/05/2025 08:30 (GMT+7)": when the page was put out, in nothing but a date and an hour.
fn is_stamp(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let all = &view.reading.tokens[tokens.clone()];
    let numbers = all.iter().filter(|token| token.kind == Kind::Number).count();
    let only = all.iter().all(|token| match token.kind {
        Kind::Word(_) => view.words.stamp.contains(&token.key),
        _ => true,
    });
    only && numbers >= 3 && tokens.len() <= STAMP_TOKENS
}

/// "Ảnh: LÊ MAI", "(Ảnh: …)", "- Ảnh VGP" after some words.
fn has_photo_credit(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let all = &view.reading.tokens;
    let near_end = tokens.end.saturating_sub(16).max(tokens.start);
    (near_end..tokens.end).any(|at| {
        let behind = at > tokens.start && matches!(all[at - 1].kind, Kind::Sign('-' | '–' | '('));
        let named = all.get(at + 1).is_some_and(|next| next.is(':'));
        // "… trên sông Lam. Ảnh minh hoạ", "… (ảnh minh hoạ)": the line ends in it.
        let drawn = || view.reading.word(at + 1) == "minh" && at + 5 >= tokens.end;
        // "… chỉ đạo - ảnh: LÊ MAI".
        let set_off = || behind && (named || drawn());
        let credit = all[at].key == view.words.photo && (all[at].is_capital() || set_off());
        credit && (named || behind || drawn())
    })
}

/// A line that holds nothing but a credit: "(Ảnh: Mai)", "ẢNH: V.TR."
fn is_lone_credit(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let first = tokens.start + usize::from(view.reading.tokens.get(tokens.start).is_some_and(|token| token.is('(')));
    view.reading.tokens.get(first).is_some_and(|token| token.key == view.words.photo) && tokens.len() <= 12
}

fn mark_line_before(view: &View<'_>, at: usize, kinds: &mut [Option<SkipReason>]) {
    let Some(before) = at.checked_sub(1).map(|before| &view.reading.lines[before].tokens) else { return };
    // "Tuy nhiên, …" goes on with the body.
    let goes_on = view.words.opening.iter().any(|phrase| starts_with(view.reading, before, phrase));
    if kinds[at - 1].is_none() && before.len() <= CAPTION_TOKENS && !goes_on {
        kinds[at - 1] = Some(SkipReason::Caption);
    }
}

/// Two to six words, all with capitals, no stop: names of authors. "Theo TTXVN" also.
fn is_byline(view: &View<'_>, tokens: &Range<usize>) -> bool {
    let all = &view.reading.tokens[tokens.clone()];
    let words = all.iter().filter(|token| token.is_word()).count();
    let names_only = all.iter().all(|token| match token.kind {
        Kind::Word(case) => case != Case::Lower,
        Kind::Sign(sign) => matches!(sign, '-' | '–' | '—' | '.' | ',' | '(' | ')' | '/' | '&'),
        _ => false,
    });
    // Headings in capitals are longer than names.
    names_only && (1..=7).contains(&words) && tokens.len() <= 12
}

fn is_unstopped_heading(view: &View<'_>, at: usize, tokens: &Range<usize>) -> bool {
    let reading = view.reading;
    if is_numbered(reading, tokens) && tokens.len() <= HEADLINE_TOKENS && !view.ends_as_sentence(tokens) {
        return true;
    }
    if tokens.len() > HEADING_TOKENS || view.ends_as_sentence(tokens) || reading.lines[at].sentences.len() > 1 {
        return false;
    }
    let goes_on = reading.tokens.get(tokens.end - 1).is_some_and(|last| view.words.joining.contains(&last.key));
    let begins_as_sentence = view.words.opening.iter().any(|phrase| starts_with(reading, tokens, phrase));
    let quotes = tokens.clone().any(|t| matches!(reading.tokens[t].kind, Kind::Sign('”' | '"')) && t + 1 == tokens.end);
    !(goes_on || begins_as_sentence || quotes && tokens.len() > 15)
}

/// "1. Về …", "II. …".
fn is_numbered(reading: &Reading, tokens: &Range<usize>) -> bool {
    let roman = reading.word(tokens.start).bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let number = matches!(reading.tokens[tokens.start].kind, Kind::Number) || roman;
    number
        && tokens.len() > 3
        && matches!(reading.tokens[tokens.start + 1].kind, Kind::Sign('.' | '/' | ')'))
        && reading.tokens[tokens.start + 2].spaced
}

fn starts_with(reading: &Reading, tokens: &Range<usize>, phrase: &[WordKey]) -> bool {
    tokens.len() >= phrase.len()
        && phrase.iter().zip(&reading.tokens[tokens.clone()]).all(|(key, token)| *key == token.key)
}

fn contains(reading: &Reading, tokens: &Range<usize>, phrase: &[WordKey]) -> bool {
    tokens.clone().any(|from| starts_with(reading, &(from..tokens.end), phrase))
}

/// The first line, where it has no stop or stands alone in capitals, and something follows.
fn headline(view: &View<'_>, kinds: &[Option<SkipReason>]) -> Option<usize> {
    let reading = view.reading;
    // A page may put the date and its menu before the headline.
    let at = kinds.iter().position(|kind| *kind != Some(SkipReason::Boilerplate))?;
    let first = reading.lines.get(at)?;
    let second = reading.lines.get(at + 1)?;
    let tokens = view.tokens(first);
    let plain = matches!(kinds[at], None | Some(SkipReason::Heading | SkipReason::Byline));
    if !plain || tokens.is_empty() || tokens.len() > HEADLINE_TOKENS || first.sentences.len() > 2 {
        return None;
    }
    let last = reading.tokens.get(tokens.end - 1)?;
    let stops = last.is('.') || last.is(':') || last.is(';') || last.is(',');
    let words = reading.tokens[tokens.clone()].iter().filter(|token| token.is_word());
    let capitals =
        words.clone().count() > 2 && words.clone().all(|token| !matches!(token.kind, Kind::Word(Case::Lower)));
    let set_apart = second.after_gap
        || matches!(kinds[at + 1], Some(SkipReason::Boilerplate))
        || kinds[at] == Some(SkipReason::Heading);
    (capitals || (!stops && set_apart)).then_some(at)
}
