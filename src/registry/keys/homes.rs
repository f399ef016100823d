//! Where bodies stand whose names do not say so: one in the country, one in the unit that the report is about, or known by their names alone.

use super::Family;
use super::heads::Head;
use crate::registry::setting::Home;
use crate::registry::words::{Word, starts_with};

/// True for bodies with a name of their own, which nothing but the name tells apart.
pub(super) fn has_own_name(family: Family) -> bool {
    matches!(family, Family::Company | Family::School | Family::Other)
}

/// Where a body with so many words before its place stands by its head, or by its owner where the head stands anywhere.
pub(super) fn home(head: Option<&Head>, owner: Option<&Head>, words: usize) -> Home {
    // Whether a name of its own follows, where such bodies have one.
    let named = head.filter(|head| has_own_name(head.family)).map(|head| words > head.size);
    let is_school = head.is_some_and(|head| head.family == Family::School);
    match (head.map(|head| head.home), owner.map(|owner| owner.home)) {
        (Some(Home::Here | Home::District | Home::Report) | None, Some(home)) => home,
        (Some(Home::Commune), Some(home)) if home != Home::Commune => home,
        // "Hội đồng thành viên PVN", and every company's own.
        (Some(Home::Report), _) if named == Some(true) => Home::Free,
        (Some(home), _) if named == Some(false) && (home == Home::Free || is_school) => Home::Report,
        (Some(home), _) => home,
        (None, None) => Home::Province,
    }
}

/// True for bodies of which there is one in the country by what they are called, and for those who lead it.
pub(super) fn is_national(words: &[Word], head: usize) -> bool {
    // "Chương trình mục tiêu quốc gia", "an ninh quốc gia": of such the provinces have boards, too.
    let of_matter = |at: usize| ["tiêu", "ninh", "giới", "chuẩn"].into_iter().any(|word| words[at].is(word));
    let scope = |at: usize| {
        let stands = at == head || at + 2 == words.len() && !of_matter(at - 1);
        stands && ["quốc gia", "trung ương"].into_iter().any(|scope| starts_with(&words[at..], scope))
    };
    let leader = |(leader, size)| words.len() == size && starts_with(words, leader);
    (1..words.len()).any(scope) || [("thủ tướng", 2), ("phó thủ tướng", 3), ("tổng bí thư", 3)].into_iter().any(leader)
}

/// True for the management of a zone that has a name of its own: "Ban Quản lý Khu kinh tế mở | Chu Lai".
pub(super) fn manages_zone(words: &[Word], head: usize) -> bool {
    const ZONES: [(&str, usize); 6] = [
        ("khu kinh tế cửa khẩu", 5),
        ("khu kinh tế mở", 4),
        ("khu kinh tế", 3),
        ("khu công nghiệp", 3),
        ("khu chế xuất", 3),
        ("vườn quốc gia", 3),
    ];
    // A zone is of some place or kind where other words follow: "khu kinh tế ven biển", "khu công nghiệp và chế xuất".
    let named = |word: &Word| !["các", "ven", "chế", "công", "tỉnh"].into_iter().any(|other| word.is(other));
    starts_with(words, "ban quản lý")
        && ZONES.into_iter().any(|(zone, size)| {
            let behind = words.get(head..).filter(|rest| starts_with(rest, zone)).and_then(|rest| rest.get(size));
            behind.is_some_and(named)
        })
}

/// True for a name of its own in capitals: "VCCI".
pub(super) fn is_acronym(words: &[Word]) -> bool {
    let [word] = words else { return false };
    !word.spelt_out && word.text.chars().count() > 2 && word.text.chars().all(char::is_uppercase)
}
