//! Documents that a title or subject names: "Đề án “…”", "Luật Đất đai 2013", "nghị quyết về việc …", and where titles end.

use std::ops::Range;

use super::{Grammar, LONGEST_LIST, LONGEST_TITLE};
use crate::extract::Found;
use crate::extract::dates::Meaning;
use crate::extract::references::{Mention, Naming, Type};
use crate::text::{Case, Kind};

impl Grammar<'_> {
    /// "Đề án “…”", "Luật Đất đai 2013", "đề án kinh tế đêm", "nghị quyết về việc …", "trao quyết định bổ nhiệm …".
    pub(super) fn titled(self, start: usize, at: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> Option<usize> {
        // "các đề án: A, B và C".
        let several = kind.naming == Naming::Named && self.is_plural(start);
        let several_listed = several && self.is_sign(at, ":");
        let at = if several_listed { at + 1 } else { at };
        // "đề án: “…”".
        let at = if self.is_sign(at, ":") && self.quoted(at + 1).is_some() { at + 1 } else { at };
        if let Some(quoted) = self.quoted(at) {
            // "kế hoạch “đánh chặn” từ xa": a manner of speaking, no plan's name.
            // "điều 3 quy định "…"": a verb.
            let verb = kind.name == "Quy định" && !self.tokens()[start].is_capital();
            let named = kind.naming != Naming::None || self.tokens()[quoted.start + 1].is_capital();
            if !named || verb {
                return None;
            }
            let mut found = self.found(start..quoted.end, kind, None);
            found.value.title = Some(self.text(quoted.start + 1..quoted.end - 1));
            let end = quoted.end;
            out.push(found);
            return Some(end);
        }
        let capital = self.tokens()[start].is_capital() && !self.heads_sentence(start);
        let about = self.is_word(at, "về");
        // In capitals every word looks the same: a headline "TRAO QUYẾT ĐỊNH" tells no title.
        let capitals = matches!(self.tokens()[start].kind, Kind::Word(Case::Upper));
        let by_act = !about && !capitals && self.is_issued_by_act(start);
        let first = *self.tokens().get(at)?;
        let entry = self.entry_end(start, at, kind);
        let begins = match kind.naming {
            _ if entry.is_some() => true,
            Naming::Law => self.begins_law(start, at),
            // "lập đề án báo cáo Chính phủ", "đề án trình HĐND": what is done with it.
            Naming::Named => {
                let sent = self.is_word(at, "trình") || self.is_word(at, "gửi");
                first.is_word() && !sent && !(self.is_word(at, "báo") && self.is_word(at + 1, "cáo"))
            }
            Naming::Issued if kind.name == "Nghị quyết" => about || (capital && self.rules(at)),
            Naming::About => (about || capital && self.rules(at)) && self.long_enough(at),
            // "đã chỉ thị về …": a verb.
            Naming::Issued if about && kind.name == "Chỉ thị" => {
                self.long_enough(at) && !(start > 0 && self.is_word(start - 1, "đã"))
            }
            Naming::Issued if about => capital && self.tokens()[start].is_capital(),
            // A conclusion that somebody comes to is no paper.
            Naming::Issued => by_act && kind.name != "Kết luận" && first.kind == Kind::Word(Case::Lower),
            Naming::Bare => {
                let quoted = start > 0 && self.is_sign(start - 1, "“\"");
                capital && kind.name == "Quy định" && first.kind == Kind::Word(Case::Lower) && !about && !quoted
            }
            _ => false,
        };
        let begins = begins && !self.is_word(at, "và") && self.lexicons.title_ends.longest(self.tokens(), at).is_none();
        let end = match kind.naming {
            _ if entry.is_some() => entry.unwrap_or(at),
            Naming::Bare => self.long_title_end(at),
            Naming::Law => self.law_end(at),
            Naming::Issued | Naming::About if self.rules(at) => self.title_end(at + 2),
            _ => self.title_end(at),
        };
        // "Đề án phát triển chợ, siêu thị": a short title with a capital goes on behind the comma.
        let end = if capital && kind.naming == Naming::Named && end <= at + 3 && self.is_sign(end, ",") {
            self.title_end(end + 1).max(end)
        } else {
            end
        };
        // One small word is no title: "đề án tốt".
        let known = kind.naming == Naming::Law && self.known_law(at).is_some();
        let bare =
            first.kind == Kind::Word(Case::Lower) && (end == at + 1 || end == at + 2 && self.is_deed(at)) && !known;
        // "các đề án chống ngập": those of a kind.
        let small = !self.tokens()[start].is_capital() && !several_listed;
        let counted = matches!(kind.naming, Naming::Issued | Naming::About) && self.is_plural(start)
            || several && small && self.is_word(start.saturating_sub(1), "các");
        if !begins || bare || end == at || counted {
            return None;
        }
        let (title, number) = if kind.naming == Naming::Law { self.law_number(at..end, kind) } else { (at..end, None) };
        let end = number.as_ref().map_or(title.end, |number| number.end);
        let mut found = self.found(start..end, kind, number.map(|number| self.text(number)));
        found.value.title = Some(self.text(title));
        found.value.by_act = by_act && kind.naming == Naming::Issued;
        if kind.naming == Naming::Law {
            found.value.issuer = Some("Quốc hội".to_owned());
        }
        let (end, date) = self.year_behind(end);
        found.value.date = date;
        out.push(found);
        Some(if several { self.listed(end, kind, out) } else { end })
    }

    /// "Nghị quyết về mục tiêu, nhiệm vụ năm 2019; Nghị quyết dự toán …": in a list by semicolons, each entry with the document's type, the
    /// title runs to the next.
    fn entry_end(self, start: usize, at: usize, kind: Type) -> Option<usize> {
        const LONGEST_ENTRY: usize = 60;
        let opens = kind.name == "Nghị quyết"
            && self.tokens()[start].is_capital()
            && start > 0
            && self.tokens().get(at)?.kind == Kind::Word(Case::Lower)
            && self.lexicons.title_ends.longest(self.tokens(), at).is_none();
        if !opens {
            return None;
        }
        let same = |at: usize| {
            self.lexicons.types.longest(self.tokens(), at).is_some_and(|(_, found)| found.name == kind.name)
        };
        let end = (at..self.tokens().len().min(at + LONGEST_ENTRY))
            .find(|&end| matches!(self.tokens()[end].kind, Kind::Break | Kind::Sign(';' | '.' | '…' | ':')))
            .filter(|&end| end > at + 1)?;
        let listed = self.is_sign(end, ";") && same(end + 1)
            || self.is_sign(start - 1, ";") && self.ends_entry_before(start, kind);
        listed.then_some(end)
    }

    /// True if the entry before the semicolon at `start - 1` begins with the same type.
    fn ends_entry_before(self, start: usize, kind: Type) -> bool {
        const LONGEST_ENTRY: usize = 60;
        let from = (start.saturating_sub(LONGEST_ENTRY)..start - 1)
            .rev()
            .find(|&at| matches!(self.tokens()[at].kind, Kind::Break | Kind::Sign(';' | '.' | ':')))
            .map_or(start, |sign| sign + 1);
        self.lexicons.types.longest(self.tokens(), from).is_some_and(|(_, found)| found.name == kind.name)
    }

    /// "Nghị quyết | quy định mức chi …", "Nghị quyết | phê chuẩn …": what a council's resolution does.
    pub(super) fn rules(self, at: usize) -> bool {
        const DEEDS: [(&str, &str); 13] = [
            ("quy", "định"),
            ("xác", "nhận"),
            ("công", "nhận"),
            ("miễn", "nhiệm"),
            ("thí", "điểm"),
            ("phê", "chuẩn"),
            ("phê", "duyệt"),
            ("điều", "chỉnh"),
            ("sửa", "đổi"),
            ("bãi", "bỏ"),
            ("phân", "bổ"),
            ("thành", "lập"),
            ("chấp", "thuận"),
        ];
        DEEDS.iter().any(|(first, second)| self.is_word(at, first) && self.is_word(at + 1, second))
    }

    /// ", B và C" behind "các đề án A": further titles, each with a capital.
    pub(super) fn listed(self, end: usize, kind: Type, out: &mut Vec<Found<Mention>>) -> usize {
        let mut end = end;
        for _ in 0..LONGEST_LIST {
            let next = self.joint(end).filter(|&next| self.tokens().get(next).is_some_and(|token| token.is_capital()));
            let Some(next) = next.filter(|&next| self.lexicons.types.longest(self.tokens(), next).is_none()) else {
                break;
            };
            let end_of_title = self.title_end(next);
            // "Chợ nổi và | Nước sạch": a capital behind "và" begins the next.
            let cut = (next + 2..end_of_title.saturating_sub(1))
                .find(|&at| self.is_word(at, "và") && self.tokens()[at + 1].is_capital());
            let title = next..cut.unwrap_or(end_of_title);
            if title.len() < 2 {
                break;
            }
            end = title.end;
            let mut found = self.found(title.clone(), kind, None);
            found.value.title = Some(self.text(title));
            out.push(found);
        }
        end
    }

    /// Two words that tell what is done with a document, or how it is, and are no title: "đề án triển khai chậm".
    pub(super) fn is_deed(self, at: usize) -> bool {
        const DEEDS: [(&str, &str); 10] = [
            ("triển", "khai"),
            ("báo", "cáo"),
            ("tổ", "chức"),
            ("cụ", "thể"),
            ("xem", "xét"),
            ("thực", "hiện"),
            ("nhân", "sự"),
            ("chi", "tiết"),
            ("cuối", "cùng"),
            ("tổng", "thể"),
        ];
        DEEDS.iter().any(|(first, second)| self.is_word(at, first) && self.is_word(at + 1, second))
    }

    pub(super) fn quoted(self, at: usize) -> Option<Range<usize>> {
        let close = match self.tokens().get(at)?.kind {
            Kind::Sign('“') => "”",
            Kind::Sign('"') => "\"",
            Kind::Sign('«') => "»",
            _ => return None,
        };
        let limit = self.tokens().len().min(at + 3 * LONGEST_TITLE);
        let inner = (at + 1..limit).take_while(|at| self.tokens()[*at].kind != Kind::Break);
        let end = inner.into_iter().find(|end| self.is_sign(*end, close))?;
        // A straight quote opens where it stands behind a space and before a word.
        let opens = self.tokens()[at].spaced && !self.tokens()[at + 1].spaced;
        (end > at + 1 && opens).then_some(at..end + 1)
    }

    /// Where a title without quotes ends.
    pub(super) fn title_end(self, at: usize) -> usize {
        let mut end = at + usize::from(self.is_word(at, "về"));
        while end < self.tokens().len() && end - at < LONGEST_TITLE {
            let token = &self.tokens()[end];
            let date = self.date_at(end).map(|found| (found.tokens.end, found.value.meaning));
            if let Some((next, meaning)) = date {
                // "Đề án … giai đoạn 2021-2025": a stage belongs to the title, a day or year to the sentence.
                if meaning == Meaning::Stage && end > at {
                    end = next;
                    continue;
                }
                break;
            }
            // "pháp luật", "người có công": words whose second part looks like something else.
            let compound = match self.lexicons.types.longest(self.tokens(), end) {
                Some((next, kind)) if kind.naming == Naming::Other => Some(next),
                _ if self.is_word(end, "có") && self.is_word(end + 1, "công") => Some(end + 2),
                _ => None,
            };
            if let Some(next) = compound.filter(|_| end > at) {
                end = next;
                continue;
            }
            let inner = match token.kind {
                Kind::Word(_) => self.lexicons.title_ends.longest(self.tokens(), end).is_none(),
                Kind::Number => end > at,
                Kind::Sign('-' | '–' | '&') => end > at,
                // "TP. HCM".
                Kind::Sign('.') => {
                    end > at
                        && self.is_word(end - 1, "TP")
                        && self.tokens().get(end + 1).is_some_and(|next| next.is_capital())
                }
                _ => false,
            };
            // "đổi mới", "sắp xếp lại": the word belongs to the one before.
            let inner = inner || end > at && self.completes(end);
            // "nghị quyết về | kế hoạch đầu tư": what a resolution is about may be a plan.
            let about = end == at + 1 && self.is_word(at, "về");
            if !inner
                || !about
                    && self
                        .lexicons
                        .types
                        .longest(self.tokens(), end)
                        .is_some_and(|(_, kind)| kind.naming != Naming::Other)
            {
                break;
            }
            end += 1;
            // "Bộ luật Hình sự 2015 và tội …": the year ends the name.
            if token.kind == Kind::Number && token.end - token.start == 4 {
                break;
            }
        }
        // "Luật Chính phủ điện tử | và các văn bản hướng dẫn".
        let trailing = |end: usize| {
            let joins = ["và", "các", "những"].iter().any(|word| self.is_word(end - 1, word));
            !self.tokens()[end - 1].is_word() || joins
        };
        while end > at && trailing(end) && self.tokens()[end - 1].kind != Kind::Number {
            end -= 1;
        }
        end
    }

    /// Where a title that is a sentence's whole end ends: at its stop, comma or semicolon.
    pub(super) fn long_title_end(self, at: usize) -> usize {
        let limit = self.tokens().len().min(at + LONGEST_TITLE);
        (at..limit)
            .find(|end| matches!(self.tokens()[*end].kind, Kind::Break | Kind::Sign('.' | ',' | ';' | '(' | ':')))
            .unwrap_or(at)
    }

    /// True for the second word of "đổi mới", "sắp xếp lại", "công trình", "nhà ở", "đối với", which ends no title.
    fn completes(self, at: usize) -> bool {
        let before = |words: &[&str]| words.iter().any(|word| self.is_word(at - 1, word));
        self.is_word(at, "mới") && before(&["đổi", "nông"])
            || self.is_word(at, "lại") && before(&["chức", "xếp", "cấu", "trúc", "bố"])
            || self.is_word(at, "trình") && before(&["công", "chương", "quy", "lộ", "giáo", "quá", "tiến"])
            || self.is_word(at, "bị") && before(&["thiết", "trang", "chuẩn"])
            || self.is_word(at, "ở") && before(&["nhà", "đất"])
            || self.is_word(at, "với") && before(&["đối"])
            || self.is_word(at, "tại") && before(&["tồn"])
    }

    /// True for a subject of at least two words behind "về" or "quy định": "nghị định về | lễ hội".
    fn long_enough(self, at: usize) -> bool {
        self.title_end(at) > at + 2
    }

    pub(super) fn is_issued_by_act(self, start: usize) -> bool {
        (1..=4).filter_map(|back| start.checked_sub(back)).any(
            |from| matches!(self.lexicons.acts.longest(&self.tokens()[..start], from), Some((end, ())) if end == start),
        )
    }
}
