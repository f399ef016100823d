//! What a search may become that is being typed: names of entities, indicators that were measured, phrases of titles.
//!
//! All of it is read from one snapshot, so that nothing of a deleted report is suggested.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::api::{
    Answer, Call, LOOKUP_CANDIDATES, MatchTier, SearchSuggestion, SearchSuggestions, SuggestSearches, Suggested,
};
use super::live::Service;
use super::suggest::suggestions;
use crate::model::MeetingId;
use crate::projection::Snapshot;
use crate::registry::keys::Naming;
use crate::registry::suggest::{Fit, Keyed, Prefix};
use crate::search::{SearchError, SearchRequest, Unit};
use crate::text::{Kind, fold, tokenize};

/// Most figures, and most meetings, that are looked at.
const LOOKED_AT: usize = 30;
/// Most words of a phrase.
const LONGEST_PHRASE: usize = 8;

impl Service {
    pub(super) async fn suggest_for_search(&self, call: &Call, request: SuggestSearches) -> Answer<SearchSuggestions> {
        let naming = self.projection.naming().clone();
        let units = Arc::clone(&self.unit_names);
        let deadline = call.deadline;
        self.read(call, request.min_revision, move |snapshot| {
            let wanted = LOOKUP_CANDIDATES.clamp(request.max_suggestions);
            let typed = Typed { snapshot, naming: &naming, prefix: Prefix::read(&request.prefix, &naming), deadline };
            let entities = suggestions(snapshot, &naming, &units, &typed.prefix, None, wanted)?;
            let entities = entities.into_iter().map(|one| SearchSuggestion {
                text: one.text,
                highlights: one.highlights,
                what: Suggested::Entity(one.entity),
            });
            let query = query(&request.prefix);
            let (indicators, phrases) = match query {
                Some(query) => (typed.indicators(&query)?, typed.phrases(&query)?),
                None => Default::default(),
            };
            let lists = typed.with_marks_typed([entities.collect(), indicators, phrases]);
            Ok(SearchSuggestions { suggestions: in_turn(lists, wanted), revision: snapshot.revision() })
        })
        .await
    }
}

/// The typed words as a query, the last one as a beginning; `None` where nothing telling was typed yet.
fn query(prefix: &str) -> Option<String> {
    let tokens = tokenize(prefix);
    let is_word = |kind: &Kind| matches!(kind, Kind::Word(_) | Kind::Number);
    let mut words: Vec<&str> =
        tokens.iter().filter(|token| is_word(&token.kind)).map(|token| token.text(prefix)).collect();
    let ends = prefix.ends_with(char::is_whitespace);
    let last = words.last()?.chars().count();
    let star = if ends {
        ""
    } else if last >= 2 {
        "*"
    } else {
        // One letter begins too much.
        words.pop();
        ""
    };
    // Lower case, so that no word is an operator.
    (!words.is_empty()).then(|| format!("{}{star}", words.join(" ").to_lowercase()))
}

/// What was typed, and where it is looked for.
struct Typed<'a> {
    snapshot: &'a Snapshot,
    naming: &'a Naming,
    prefix: Prefix,
    deadline: Option<Instant>,
}

/// Texts that go on from what was typed, by their spelling, with how often each was seen.
type Found = BTreeMap<String, (u32, String, Fit)>;

impl Typed<'_> {
    /// The lists without what has other marks than those typed, unless nothing has them.
    fn with_marks_typed(&self, mut lists: [Vec<SearchSuggestion>; 3]) -> [Vec<SearchSuggestion>; 3] {
        // What is found by a short form alone has no marks to differ in.
        let has_them = |one: &SearchSuggestion| self.fit(&one.text).is_none_or(|fit| fit.marks);
        if self.prefix.has_marks() && lists.iter().flatten().any(has_them) {
            lists.iter_mut().for_each(|list| list.retain(has_them));
        }
        lists
    }

    fn indicators(&self, query: &str) -> Answer<Vec<SearchSuggestion>> {
        let mut found = Found::new();
        for (id, number) in self.search(Unit::Figure, query)? {
            let Some(meeting) = self.snapshot.meeting(&id)? else { continue };
            let Some(figure) = meeting.figures.get(number as usize) else { continue };
            self.add(&mut found, &figure.figure.indicator);
        }
        Ok(best(found, || Suggested::Indicator))
    }

    fn phrases(&self, query: &str) -> Answer<Vec<SearchSuggestion>> {
        let mut found = Found::new();
        for (id, _) in self.search(Unit::Meeting, query)? {
            let Some(summary) = self.snapshot.summary(&id)? else { continue };
            let Some(fit) = self.fit(&summary.title) else { continue };
            let start = fit.spans.first().map_or(0, |span| span.start);
            self.add(&mut found, phrase(&summary.title, start));
        }
        Ok(best(found, || Suggested::Phrase))
    }

    fn search(&self, unit: Unit, query: &str) -> Answer<Vec<(MeetingId, u32)>> {
        let request = SearchRequest {
            query,
            page_size: LOOKED_AT,
            count_to: 1,
            loosest_tier: MatchTier::Unaccented,
            deadline: self.deadline,
            ..SearchRequest::default()
        };
        let results = match self.snapshot.searcher().search(unit, &request) {
            Ok(results) => results,
            // Too long or too costly for a search is none that could be suggested.
            Err(SearchError::Query { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        Ok(results.hits.into_iter().map(|hit| (hit.meeting, hit.number)).collect())
    }

    fn fit(&self, text: &str) -> Option<Fit> {
        self.prefix.fit(&Keyed { name: text.to_owned(), spelt: false }, self.naming)
    }

    fn add(&self, found: &mut Found, text: &str) {
        if let Some(fit) = self.fit(text) {
            found.entry(fold::spelling(text)).or_insert_with(|| (0, text.to_owned(), fit)).0 += 1;
        }
    }
}

/// The part of a title from a code point on, up to the end of its clause.
fn phrase(title: &str, start: u32) -> &str {
    let rest = title.char_indices().nth(start as usize).map_or("", |(byte, _)| &title[byte..]);
    let mut words = 0;
    let mut end = rest.len();
    for token in tokenize(rest) {
        let is_word = matches!(token.kind, Kind::Word(_) | Kind::Number);
        words += usize::from(is_word);
        if words > LONGEST_PHRASE || matches!(token.kind, Kind::Break) || is_end(token.text(rest)) {
            end = token.start as usize;
            break;
        }
    }
    rest[..end].trim_end()
}

/// True for a sign that ends a clause.
fn is_end(sign: &str) -> bool {
    matches!(sign, "," | ";" | ":" | "." | "–" | "—" | "(" | ")" | "\"" | "“" | "”" | "!" | "?")
}

/// The texts in order, best first. Those without the marks typed come only where none has them.
fn best(found: Found, what: impl Fn() -> Suggested) -> Vec<SearchSuggestion> {
    let with_marks = found.values().any(|(_, _, fit)| fit.marks);
    let mut fitting: Vec<(u32, String, Fit)> =
        found.into_values().filter(|(_, _, fit)| fit.marks || !with_marks).collect();
    let worth = |seen: u32, fit: &Fit| f64::from(seen).log2() + fit.worth();
    fitting.sort_by(|a, b| worth(b.0, &b.2).total_cmp(&worth(a.0, &a.2)).then_with(|| a.1.cmp(&b.1)));
    let one = |(_, text, fit): (u32, String, Fit)| SearchSuggestion { text, highlights: fit.spans, what: what() };
    fitting.into_iter().map(one).collect()
}

/// The first of each list, the second of each, and so on; each text once.
fn in_turn(lists: [Vec<SearchSuggestion>; 3], wanted: usize) -> Vec<SearchSuggestion> {
    let mut out: Vec<SearchSuggestion> = Vec::with_capacity(wanted);
    let mut lists = lists.map(Vec::into_iter);
    loop {
        let mut any = false;
        for list in &mut lists {
            let Some(next) = list.next() else { continue };
            any = true;
            let spelling = fold::spelling(&next.text);
            if out.len() < wanted && out.iter().all(|known| fold::spelling(&known.text) != spelling) {
                out.push(next);
            }
        }
        if !any || out.len() == wanted {
            return out;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_query() {
        for (typed, expected) in [
            ("thu ng", Some("thu ng*")),
            ("thu ngân ", Some("thu ngân")),
            ("thu n", Some("thu")),
            ("n", None),
            ("  ", None),
            ("\"thu -OR (ngân* kind:x", Some("thu or ngân kind")),
            ("😀", None),
        ] {
            assert_eq!(query(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn phrases_end_with_their_clause() {
        let title = "Sơn Hà: Bàn giải pháp thu ngân sách, giải ngân đầu tư công";
        assert_eq!(phrase(title, 8), "Bàn giải pháp thu ngân sách");
        assert_eq!(phrase(title, 22), "thu ngân sách");
        assert_eq!(phrase("một hai ba bốn năm sáu bảy tám chín", 0), "một hai ba bốn năm sáu bảy tám");
        assert_eq!(phrase(title, 900), "");
    }
}
