//! Legal documents as typed: `[kind] number[/code] [issuer]`.

use super::reading::DocumentReading;
use crate::model::ReferenceFact;
use crate::registry::keys::{DocumentNumber, Naming};
use crate::registry::setting::Setting;
use crate::registry::words::{self, Word, starts_with};
use crate::text::{Typing, fold};

impl Naming {
    pub(super) fn read_document(&self, text: &str, words: &[Word], setting: &Setting) -> Option<DocumentReading> {
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let before = words.iter().position(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))?;
        let mut kind = words::text(&words[..before]);
        for filler in [" số", " so"] {
            kind = kind.strip_suffix(filler).unwrap_or(&kind).to_owned();
        }
        let joined = code_together(&text[digit..]);
        let mut parts = joined.split(' ');
        let mut written = parts.next()?.trim_end_matches([',', '.', ';']).to_owned();
        let mut rest: Vec<&str> = parts.collect();
        // "19 KL/TW", "98 NQ-HĐND": the code behind a space.
        if rest.first().is_some_and(|next| {
            next.contains('/') || (next.contains('-') && !next.starts_with(|c: char| c.is_ascii_digit()))
        }) {
            written = format!("{written} {}", rest.remove(0));
        }
        let number = DocumentNumber::parse(&written)?;
        let spelled = kind_of(&kind, words, &number)?;
        let issuer: Vec<&str> =
            rest.into_iter().filter(|word| !["của", "cua", "do"].contains(&word.to_lowercase().as_str())).collect();
        let year = issuer.iter().find_map(|word| word.parse::<i16>().ok()).filter(|year| (1945..=2200).contains(year));
        let issuer: String = issuer
            .into_iter()
            .filter(|word| word.parse::<i16>().is_err() && fold::unaccented(word) != "nam")
            .map(|word| if fold::unaccented(word) == "qh" { "Quốc hội" } else { word })
            .collect::<Vec<_>>()
            .join(" ");
        let dated = year.and_then(crate::model::Edtf::year).map(|date| crate::model::DatedFact {
            date,
            basis: crate::model::Basis::Stated,
            span: None,
        });
        let fact = ReferenceFact {
            kind: spelled,
            number: Some(written),
            title: None,
            issuer: (!issuer.is_empty()).then_some(issuer),
            date: dated,
            text: text.to_owned(),
            spans: Vec::new(),
        };
        let key = self.document(&fact, Typing::Hasty, setting);
        let has_issuer = !key.issuer.is_empty();
        let year = number.year.or(year);
        // What the code names counts for the key; the words may name another.
        let said = fact.issuer.as_deref().map(|said| self.issuer(said, &key.kind, Typing::Hasty, setting));
        Some(DocumentReading { key, number, year, said: said.filter(|said| !said.is_empty()), has_issuer })
    }
}

/// A number and its code without the spaces that texts have round their signs: "1051 / QĐ - TTg".
fn code_together(text: &str) -> String {
    let text = text.replace(" / ", "/").replace(" /", "/").replace("/ ", "/");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once(" - ") {
        let next = behind.split([' ', '/', ',']).next().unwrap_or_default();
        let last = before.rsplit(' ').next().unwrap_or_default();
        let is_code = next.chars().filter(|letter| letter.is_uppercase()).count() > 1 && next.chars().count() < 10;
        let in_number = last.contains('/') || last.chars().all(|digit| digit.is_ascii_digit());
        out.push_str(before);
        out.push_str(if is_code && in_number { "-" } else { " - " });
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The kind of a document from the words before its number, or from the code behind it.
fn kind_of(written: &str, words: &[Word], number: &DocumentNumber) -> Option<String> {
    const KINDS: [&str; 13] = [
        "nghị quyết",
        "quyết định",
        "nghị định",
        "chỉ thị",
        "kế hoạch",
        "kết luận",
        "thông tư",
        "thông báo",
        "công văn",
        "hướng dẫn",
        "quy định",
        "chương trình",
        "đề án",
    ];
    if !written.is_empty() {
        return KINDS
            .into_iter()
            .find(|kind| starts_with(words, kind) && fold::unaccented(kind) == fold::unaccented(written))
            .map(str::to_owned);
    }
    let code = number.code.split('-').next()?;
    let initials =
        |kind: &str| kind.split(' ').filter_map(|word| word.chars().next()).map(fold::bare).collect::<String>();
    let wanted = fold::unaccented(code);
    KINDS.into_iter().find(|kind| !wanted.is_empty() && initials(kind) == wanted).map(str::to_owned)
}
