//! Legal and policy documents.
//!
//! A document is named by its type and
//!
//! - a number: "Nghị quyết 24", "Kế hoạch số 19/KH-UBND ngày 12/3/2021", "QĐ 367/TTg năm 1996", "Kết luận số 19 KL/TW". Types that are common
//!   words too ("kế hoạch", "thông báo") need "số" or letters behind the number: "kế hoạch 5 năm" is none;
//! - several numbers: "nghị quyết 24, 31 và kết luận 14 của Bộ Chính trị" are three of one issuer;
//! - a session of the Central Committee: "Nghị quyết Trung ương 4 khóa XII";
//! - its issuer: "quyết định của Ban Bí thư", "Nghị quyết Huyện ủy Ân Bình", "nghị quyết Đại hội XII của Đảng";
//! - a year: "Nghị quyết năm 2021 của Đảng bộ huyện";
//! - a title or subject: "Đề án “Làng xanh giai đoạn 2021-2025”", "Luật Đất đai 2013", "đề án kinh tế đêm", "nghị quyết về việc đặt tên đường",
//!   "nghị định về quản lý bến bãi", "Luật sửa đổi, bổ sung một số điều của Luật Đất đai";
//! - its letters, where the type is not said: "hợp đồng 68/2000/NĐ-CP";
//! - or by an act that only a document can suffer: "trao quyết định bổ nhiệm …", "công bố quyết định thành lập …".
//!
//! Several decisions of one kind in the plural ("các quyết định của Thủ tướng") are none, nor are "tờ trình", "báo cáo", "quy hoạch", "chương
//! trình hành động". Two mentions are one document where type and number agree, or where type and name do; "quyết định của UBND tỉnh"
//! beside a numbered decision of the same body is that decision.

mod grammar;
mod merge;

#[cfg(test)]
mod tests;

use super::body::Bodies;
use super::{Context, Found};
use crate::model::{DatedFact, ReferenceFact};
use crate::text::Phrases;

/// The documents a report names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct References {
    /// Each document, in order of first mention (spans are filled in at the end from `mentions`).
    pub(super) facts: Vec<ReferenceFact>,
    /// Every mention in text order, with the index of the document in `facts`.
    pub(super) mentions: Vec<Found<usize>>,
}

/// What may name a document of a type, besides "số" and a number with letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// Nothing.
    None,
    /// A plain number.
    Bare,
    /// A plain number, or what it is about.
    About,
    /// A plain number, or the body that issued it.
    Issued,
    /// A title.
    Named,
    /// A title; issued by the National Assembly.
    Law,
    /// The words are no type of document.
    Other,
}

/// A type of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Type {
    name: &'static str,
    naming: Naming,
}

fn document_type(value: &'static str) -> Option<Type> {
    let (name, naming) = value.split_once('|')?;
    let naming = match naming {
        "none" => Naming::None,
        "bare" => Naming::Bare,
        "about" => Naming::About,
        "issued" => Naming::Issued,
        "named" => Naming::Named,
        "law" => Naming::Law,
        "other" => Naming::Other,
        _ => return None,
    };
    Some(Type { name, naming })
}

/// One mention, before mentions of one document are put together.
#[derive(Debug, Clone, PartialEq)]
struct Mention {
    kind: &'static str,
    number: Option<String>,
    title: Option<String>,
    issuer: Option<String>,
    date: Option<DatedFact>,
    /// Which of its issuer's sessions passed it, where that names it: "8" of "Nghị quyết Trung ương 8".
    session: Option<String>,
    text: String,
    /// Only an act of issue shows it to be a document: it may be any decision of the report.
    by_act: bool,
}

/// Reads documents.
#[derive(Debug)]
pub(super) struct Recognizer {
    types: Phrases<Type>,
    title_ends: Phrases<()>,
    acts: Phrases<()>,
    laws: Phrases<()>,
    letters: Phrases<&'static str>,
    bodies: Bodies,
}

impl Recognizer {
    pub(super) fn new() -> Self {
        let words = |lexicon| Phrases::parse(lexicon, |_| Some(())).unwrap_or_default();
        Self {
            types: Phrases::parse(include_str!("lexicons/documents.txt"), document_type).unwrap_or_default(),
            title_ends: words(include_str!("lexicons/title_ends.txt")),
            acts: words(include_str!("lexicons/acts_of_issue.txt")),
            laws: words(include_str!("lexicons/laws.txt")),
            letters: Phrases::parse(include_str!("lexicons/document_letters.txt"), Some).unwrap_or_default(),
            bodies: Bodies::new(),
        }
    }

    pub(super) fn read(&self, context: &Context<'_>) -> References {
        let grammar = grammar::Grammar { lexicons: self, context };
        let mut mentions: Vec<Found<Mention>> = Vec::new();
        let mut at = 0;
        while at < context.reading.tokens.len() {
            at = grammar.read(at, &mut mentions).max(at + 1);
        }
        merge::merge(context.reading, mentions)
    }
}
