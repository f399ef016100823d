//! Other names: what is named otherwise is found too, below what is named as typed, and told.

use super::*;
use crate::search::error::Result as Found;
use crate::search::{FoundBy, Link, MatchTier, OtherName, OtherNames};

/// Two provinces that became one, and a person with a by-name.
#[derive(Debug)]
struct Told;

const OTHERS: [(&str, &str, EntityKind, Link); 6] = [
    ("tỉnh bạch giang", "tỉnh Bạch Giang", EntityKind::Place, Link::Alias),
    ("tỉnh sơn hà", "tỉnh Sơn Hà", EntityKind::Place, Link::Alias),
    ("tỉnh bạch giang", "tỉnh Sơn Hà", EntityKind::Place, Link::Successor),
    ("tỉnh sơn hà", "tỉnh Bạch Giang", EntityKind::Place, Link::Predecessor),
    ("tỉnh sơn hà", "tỉnh Lam Châu", EntityKind::Place, Link::Predecessor),
    ("chị bảy cầu", "Lê Thị Hoà", EntityKind::Person, Link::Alias),
];

impl OtherNames for Told {
    fn of(&self, name: &str, _whole: bool) -> Found<Vec<OtherName>> {
        let of_name = OTHERS.iter().filter(|(typed, ..)| name.to_lowercase() == *typed);
        Ok(of_name
            .map(|(_, other, kind, link)| OtherName {
                name: (*other).into(),
                link: *link,
                entity: entity(*kind, other).id,
                telling: *kind == EntityKind::Place && *link != Link::Alias,
            })
            .collect())
    }
}

fn shelf() -> Searcher {
    let mut shelf = Shelf::new();
    for (id, place, text) in [
        ("m-old", "tỉnh Bạch Giang", "Tỉnh Bạch Giang họp bàn cấp nước."),
        ("m-other", "tỉnh Lam Châu", "Tỉnh Lam Châu họp bàn cấp điện."),
        ("m-new", "tỉnh Sơn Hà", "Tỉnh Sơn Hà họp bàn cấp nước."),
        ("m-none", "xã Đông Hải", "Xã Đông Hải họp bàn cấp nước."),
    ] {
        let mut meeting = meeting(id, "Họp");
        meeting.mentions = vec![mention(EntityKind::Place, place)];
        let mut order = item(1, crate::model::ItemKind::Directive, None, "Phải cấp nước trước ngày 15.");
        order.mentions = vec![entity(EntityKind::Place, place)];
        meeting.items = vec![order];
        meeting.figures = vec![figure("sản lượng nước sạch", 9.0, "m3", None)];
        shelf.put(&meeting, text);
    }
    let mut named = meeting("m-person", "Họp");
    named.participants = vec![participant("Lê Thị Hoà", Role::Chair)];
    shelf.put(&named, "Bà Lê Thị Hoà chủ trì.");
    shelf.commit()
}

fn asked(query: &str) -> SearchRequest<'_> {
    SearchRequest { query, page_size: 50, names: Some(&Told), explain: true, ..Default::default() }
}

#[test]
fn units_before_and_after_follow_the_one_typed_and_are_told() {
    let searcher = shelf();
    let results = searcher.meetings(&asked("tỉnh Sơn Hà")).expect("found");
    let hits: Vec<_> = results.hits.iter().map(|hit| (hit.meeting.as_str(), hit.tier)).collect();
    assert_eq!(hits[0], ("m-new", MatchTier::Exact));
    let mut others: Vec<_> = hits[1..].to_vec();
    others.sort();
    assert_eq!(others, [("m-old", MatchTier::OtherName), ("m-other", MatchTier::OtherName)]);
    let told: Vec<_> = results.rewrites.iter().map(|one| (one.to.as_str(), one.link)).collect();
    assert_eq!(told, [("tỉnh Bạch Giang", Link::Predecessor), ("tỉnh Lam Châu", Link::Predecessor)]);
    assert_eq!(results.total, crate::search::Total::Exact(3));
    let explained = results.hits[1].explained.as_ref().expect("asked for");
    assert_eq!(explained.found_by, FoundBy::OtherName);
    let marked = results.highlighter.highlight("Tỉnh Bạch Giang họp bàn cấp nước.", 100);
    assert!(!marked.spans.is_empty(), "the other name is marked");
}

#[test]
fn the_other_words_must_be_there() {
    let searcher = shelf();
    assert_eq!(ids(&searcher, Unit::Meeting, &asked("cấp nước tỉnh Bạch Giang")), ["m-old", "m-new"]);
    assert_eq!(ids(&searcher, Unit::Meeting, &asked("cấp điện tỉnh Sơn Hà")), ["m-other", "m-new"]);
}

#[test]
fn items_and_figures_have_the_names_of_their_places() {
    let searcher = shelf();
    let mut items = ids(&searcher, Unit::Item, &asked("cấp nước tỉnh Bạch Giang"));
    items.sort();
    assert_eq!(items, ["m-new/1", "m-old/1"], "what they say names no place, they do");
    let figures = ids(&searcher, Unit::Figure, &asked("nước sạch tỉnh Bạch Giang"));
    assert_eq!(figures.len(), 2, "{figures:?}");
}

#[test]
fn a_person_is_found_by_another_name() {
    let searcher = shelf();
    let results = searcher.meetings(&asked("chị Bảy Cầu")).expect("found");
    assert_eq!(results.hits[0].meeting.as_str(), "m-person");
    assert_eq!(results.rewrites[0].link, Link::Alias);
}

#[test]
fn names_are_left_as_typed_in_quotes_and_where_asked() {
    let searcher = shelf();
    assert_eq!(ids(&searcher, Unit::Meeting, &asked("\"tỉnh Sơn Hà\"")), ["m-new"]);
    let kept = SearchRequest { loosest_tier: MatchTier::Unaccented, ..asked("tỉnh Sơn Hà") };
    let results = searcher.meetings(&kept).expect("found");
    assert_eq!((results.hits.len(), results.rewrites.len()), (1, 0));
}

#[test]
fn filters_by_place_meet_too() {
    let searcher = shelf();
    let request = SearchRequest { filter: "place = \"tỉnh Sơn Hà\"", ..asked("") };
    let results = searcher.meetings(&request).expect("found");
    assert_eq!(results.hits.len(), 3);
    assert_eq!(results.rewrites.len(), 2, "{:?}", results.rewrites);
    let kept = SearchRequest { loosest_tier: MatchTier::Unaccented, ..request.clone() };
    assert_eq!(searcher.meetings(&kept).expect("found").hits.len(), 1);
    let by_id = format!("place = \"{}\"", entity(EntityKind::Place, "tỉnh Sơn Hà").id.name());
    let by_id = SearchRequest { filter: &by_id, ..request };
    assert_eq!(searcher.meetings(&by_id).expect("found").hits.len(), 1, "an id means one unit");
}

/// A text that names a body of the unit only.
#[test]
fn the_name_alone_tells_where_nothing_else_bears_it() {
    let mut shelf = Shelf::new();
    shelf.put(&meeting("m-body", "Họp"), "UBND tỉnh Lam Châu họp bàn cấp điện.");
    shelf.put(&meeting("m-scattered", "Họp"), "Tỉnh họp ở Lam Sơn bàn việc trồng cây châu báu.");
    assert_eq!(ids(&shelf.commit(), Unit::Meeting, &asked("tỉnh Sơn Hà")), ["m-body"]);
}

#[test]
fn pages_with_other_names_join() {
    let searcher = shelf();
    for order_by in ["", "date"] {
        let whole = ids(&searcher, Unit::Meeting, &SearchRequest { order_by, ..asked("tỉnh Sơn Hà") });
        let mut pages = Vec::new();
        let mut cursor = None;
        loop {
            let next = SearchRequest { order_by, page_size: 1, cursor: cursor.as_ref(), ..asked("tỉnh Sơn Hà") };
            let next = searcher.meetings(&next).expect("page");
            pages.extend(next.hits.iter().map(|hit| hit.meeting.to_string()));
            if !next.more {
                break;
            }
            cursor = next.hits.last().map(|hit| hit.cursor.clone());
        }
        assert_eq!(pages, whole, "{order_by}");
    }
}

/// The words of a place's name make no name apart: they are hits of it side by side only, as long as anything goes by it.
#[test]
fn words_of_a_place_stand_together() {
    let mut shelf = Shelf::new();
    shelf
        .put(&meeting("m-named", "Họp"), "Đại biểu Sơn Hà nói về việc của tỉnh nhà, sau đó mọi người ra về trong mưa.");
    shelf.put(&meeting("m-apart", "Họp"), "Tỉnh họp ở núi Sơn, bên sông Hà. Sơn và Hà. Tỉnh Sơn.");
    shelf.put(&meeting("m-old", "Họp"), "UBND tỉnh Lam Châu họp ở núi Sơn, bên sông Hà.");
    let searcher = shelf.commit();
    for query in ["tỉnh Sơn Hà", "tỉnh sơn hà", "họp tỉnh Sơn Hà"] {
        let results = searcher.meetings(&asked(query)).expect("found");
        let hits: Vec<_> = results.hits.iter().map(|hit| (hit.meeting.as_str(), hit.tier)).collect();
        assert_eq!(hits, [("m-named", MatchTier::Exact), ("m-old", MatchTier::OtherName)], "{query}");
    }
    let kept = SearchRequest { loosest_tier: MatchTier::Spelling, ..asked("tỉnh Sơn Hà") };
    assert_eq!(ids(&searcher, Unit::Meeting, &kept), ["m-named"]);
}
