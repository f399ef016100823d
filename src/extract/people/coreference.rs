//! Whom short forms mean inside a report.
//!
//! - "ông Lân", "bà Mơ": the person named last whose name ends so, and whom the honorific fits; else the first named later.
//! - "Ông", "bà", "đồng chí" alone: who the sentence before is about, if the honorific fits.
//! - "Bí thư Thành ủy", "Chủ tịch UBND TP": the person named last who is given this office in the report, else the first named later.
//!   "Chủ tịch tỉnh" is the one of the "UBND tỉnh". Past offices and deputies' general words ("đại biểu") mean nobody.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::localities::Localities;
use super::super::organizations::Named;
use super::lexicons::{Honorific, Lexicons};
use super::offices::Office;
use super::roles::Part;
use super::scan::{Draft, Mention, Scan, Who};
use crate::text::{Reading, WordKey, fold};

/// A short form that two or more people fit equally.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ambiguous {
    pub(super) mention: usize,
}

/// Joins a name of two words to the longer name that it ends ("Xuân Anh" in a headline is the "Nguyễn Xuân Anh" of the report), and a
/// name to one that differs from it in marks alone and is written more often ("Hoàng Van Lân" under a picture).
pub(super) fn join_variants(reading: &Reading, scan: &mut Scan) {
    let mut full: FxHashMap<[WordKey; 2], usize> = FxHashMap::default();
    for (person, draft) in scan.people.iter().enumerate() {
        if let [_, .., before, last] = draft.words.as_slice() {
            full.entry([*before, *last]).or_insert(person);
        }
    }
    let right = rightly_written(reading, scan);
    let mut place = Vec::with_capacity(scan.people.len());
    let mut kept: Vec<Draft> = Vec::with_capacity(scan.people.len());
    let mut joined = Vec::new();
    for (person, draft) in std::mem::take(&mut scan.people).into_iter().enumerate() {
        let longer = <[WordKey; 2]>::try_from(draft.words.as_slice()).ok().and_then(|words| full.get(&words).copied());
        if let Some(other) = longer.or(right[person]) {
            joined.push((person, other, draft));
            place.push(usize::MAX);
        } else {
            place.push(kept.len());
            kept.push(draft);
        }
    }
    for (person, other, draft) in joined {
        // The longer name may itself be a wrong spelling.
        let other = right[other].unwrap_or(other);
        place[person] = place[other];
        kept[place[other]].offices.extend(draft.offices);
    }
    for mention in &mut scan.mentions {
        if let Who::Person(person) = &mut mention.who {
            *person = place[*person];
        }
    }
    scan.people = kept;
}

/// For each person, the one of the same name but for marks who is named most, where that is another; of equals the first named. Only names of
/// three words and more are so rarely those of two people of one report.
fn rightly_written(reading: &Reading, scan: &Scan) -> Vec<Option<usize>> {
    let mut named = vec![0usize; scan.people.len()];
    for mention in &scan.mentions {
        if let Who::Person(person) = mention.who {
            named[person] += 1;
        }
    }
    let bare: Vec<Option<String>> = scan
        .people
        .iter()
        .map(|draft| (draft.words.len() > 2).then(|| fold::unaccented(reading.text(draft.name.clone()))))
        .collect();
    let mut best: FxHashMap<&str, usize> = FxHashMap::default();
    for (person, name) in bare.iter().enumerate() {
        let Some(name) = name else { continue };
        let best = best.entry(name.as_str()).or_insert(person);
        if named[person] > named[*best] {
            *best = person;
        }
    }
    let other =
        |(person, name): (usize, &Option<String>)| best.get(name.as_deref()?).copied().filter(|best| *best != person);
    bare.iter().enumerate().map(other).collect()
}

/// Makes people of short forms that no full name ends with: "anh Phương" of whom nothing more is said.
pub(super) fn name_unknown(reading: &Reading, scan: &mut Scan) {
    let mut known: FxHashSet<WordKey> =
        scan.people.iter().flat_map(|draft| [draft.words.first(), draft.words.last()]).flatten().copied().collect();
    for mention in &mut scan.mentions {
        let Who::Short(Some(gender @ (Honorific::Man | Honorific::Woman)), words) = &mention.who else { continue };
        let Some(word) = words.last().filter(|_| words.len() == 1) else { continue };
        // "ông B": a letter in place of a name.
        let initial = reading.word(mention.tokens.end - 1).chars().count() == 1;
        if initial || !known.insert(*word) {
            continue;
        }
        let name = mention.tokens.end - 1..mention.tokens.end;
        scan.people.push(Draft { name, words: words.clone(), gender: Some(*gender), offices: Vec::new() });
        mention.who = Who::Person(scan.people.len() - 1);
    }
}

/// Who leads a state or its parliament, has no surname of this country and is never named with a state is of the other state that the report
/// names, or of none: the "Thủ tướng Khăm Bun Xỉ Vông" is not of the "Chính phủ". Nor is who has one, as names of neighbours are rendered with,
/// in a report that names other states and nothing of this country.
pub(super) fn lead_abroad(reading: &Reading, lexicons: &Lexicons, people: &mut [Draft]) {
    let parliament = |office: &Office| office.title_key == fold::spelling("Chủ tịch") && office.body.full == "Quốc hội";
    let leads = |office: &Office| {
        office.of_state && matches!(office.body.full.as_str(), "" | "Chính phủ") || parliament(office)
    };
    if !people.iter().any(|draft| draft.offices.iter().any(leads)) {
        return;
    }
    let localities = Localities::shared();
    let abroad = || !(0..reading.tokens.len()).any(|at| localities.names_this_country(reading, at));
    let abroad = (0..reading.tokens.len()).any(|at| localities.state(reading, at).is_some()) && abroad();
    let foreign = |draft: &Draft| {
        (abroad || lexicons.surnames.surname(reading, draft.name.start).is_none())
            && draft.words.len() > 1
            && draft.offices.iter().any(leads)
    };
    if !people.iter().any(foreign) {
        return;
    }
    let mut states = (0..reading.tokens.len()).filter_map(|at| localities.state(reading, at)).map(|(_, state)| state);
    let first = states.next().map(|state| reading.text(state).to_owned());
    let only = first.filter(|first| states.all(|state| reading.text(state) == first)).unwrap_or_default();
    for draft in people.iter_mut().filter(|draft| foreign(draft)) {
        for office in draft.offices.iter_mut().filter(|office| leads(office)) {
            let name = match office.body.full.as_str() {
                "Quốc hội" if !only.is_empty() => format!("Quốc hội {only}"),
                "Quốc hội" => continue,
                _ => only.clone(),
            };
            office.body = Named { written: name.clone(), full: name };
        }
    }
}

/// Mentions with the person each means, in text order.
pub(super) fn resolve(reading: &Reading, people: &[Draft], mentions: &[Mention]) -> (Vec<Part>, Vec<Ambiguous>) {
    let index = Index::new(people);
    let mut last_seen = vec![None; people.len()];
    let mut first_seen = vec![usize::MAX; people.len()];
    for (at, mention) in mentions.iter().enumerate() {
        if let Who::Person(person) = mention.who {
            first_seen[person] = first_seen[person].min(at);
        }
    }
    let (mut parts, mut ambiguous) = (Vec::with_capacity(mentions.len()), Vec::new());
    let mut focus = Focus::default();
    for (at, mention) in mentions.iter().enumerate() {
        let nearest = |candidates: &[usize]| nearest(candidates, &last_seen, &first_seen);
        let person = match &mention.who {
            Who::Person(person) => Some(*person),
            Who::Short(honorific, words) => {
                let fitting: Vec<usize> =
                    index.named(words).filter(|&p| fits(*honorific, people[p].gender)).take(MOST).collect();
                if fitting.len() > 1 && fitting.iter().filter(|&&p| last_seen[p].is_some()).count() > 1 {
                    ambiguous.push(Ambiguous { mention: at });
                }
                nearest(&fitting)
            }
            Who::Pronoun(honorific) => {
                focus.at(reading, mention.tokens.start).filter(|&p| fits(Some(*honorific), people[p].gender))
            }
            Who::Offices(offices) => holder(&index, offices).and_then(|holders| nearest(&holders)),
        };
        let Some(person) = person else { continue };
        last_seen[person] = Some(at);
        focus.see(reading, mention.tokens.start, person);
        parts.push(Part { tokens: mention.tokens.clone(), end: mention.end, person });
    }
    (parts, ambiguous)
}

/// Most people considered for one short form; more share it only in hostile texts.
const MOST: usize = 16;

fn fits(honorific: Option<Honorific>, gender: Option<Honorific>) -> bool {
    match (honorific, gender) {
        (Some(a), Some(b)) => a.fits(b),
        _ => true,
    }
}

/// The candidate mentioned last, or else the one named first later.
fn nearest(candidates: &[usize], last: &[Option<usize>], first: &[usize]) -> Option<usize> {
    candidates
        .iter()
        .copied()
        .filter(|&p| last[p].is_some())
        .max_by_key(|&p| last[p])
        .or_else(|| candidates.iter().copied().min_by_key(|&p| first[p]))
}

/// Who the sentence before is about: the first person mentioned in it.
#[derive(Debug, Default)]
struct Focus {
    sentence: Option<usize>,
    current: Option<usize>,
    before: Option<usize>,
}

impl Focus {
    fn enter(&mut self, sentence: Option<usize>) {
        if self.sentence != sentence {
            self.sentence = sentence;
            self.before = self.current.or(self.before);
            self.current = None;
        }
    }

    fn see(&mut self, reading: &Reading, token: usize, person: usize) {
        self.enter(reading.sentence_of(token));
        self.current = self.current.or(Some(person));
    }

    fn at(&mut self, reading: &Reading, token: usize) -> Option<usize> {
        self.enter(reading.sentence_of(token));
        self.current.or(self.before)
    }
}

/// People by the last words of their names, and by their titles.
struct Index {
    by_last: FxHashMap<Vec<WordKey>, Vec<usize>>,
    by_first: FxHashMap<WordKey, Vec<usize>>,
    by_title: FxHashMap<String, Vec<usize>>,
    titles: Vec<Vec<(String, String)>>,
}

impl Index {
    fn new(people: &[Draft]) -> Self {
        let mut index = Self {
            by_last: FxHashMap::default(),
            by_first: FxHashMap::default(),
            by_title: FxHashMap::default(),
            titles: Vec::new(),
        };
        for (person, draft) in people.iter().enumerate() {
            // Foreigners are called by their first word: "ông Tập".
            if let Some(first) = draft.words.first() {
                index.by_first.entry(*first).or_default().push(person);
            }
            for length in 1..=draft.words.len().min(3) {
                index.by_last.entry(draft.words[draft.words.len() - length..].to_vec()).or_default().push(person);
            }
            let mut held = Vec::new();
            for office in draft.offices.iter().filter(|office| !office.former) {
                let title = office.title_key.clone();
                let holders = index.by_title.entry(title.clone()).or_default();
                if holders.last() != Some(&person) {
                    holders.push(person);
                }
                held.push((title, fold::spelling(&office.body.full)));
            }
            index.titles.push(held);
        }
        index
    }

    fn named(&self, words: &[WordKey]) -> impl Iterator<Item = usize> + '_ {
        let first = || words.first().filter(|_| words.len() == 1).and_then(|word| self.by_first.get(word));
        self.by_last.get(words).or_else(first).into_iter().flatten().copied()
    }
}

/// The people who are given the first of these offices that anybody is given. The "Phó Thủ tướng" is the "Phó Thủ tướng Thường trực", where the report
/// names no other.
fn holder(index: &Index, offices: &[Office]) -> Option<Vec<usize>> {
    let standing = fold::spelling("thường trực");
    offices.iter().find_map(|office| {
        let whole = format!("{} {standing}", office.title_key);
        let body = fold::spelling(&office.body.full);
        let held = |title: &str| index.by_title.get_key_value(title);
        let (title, holders) = held(&office.title_key).or_else(|| held(&whole))?;
        let fitting: Vec<usize> = holders
            .iter()
            .copied()
            .filter(|&p| index.titles[p].iter().any(|(t, b)| t == title && same_body(&body, b)))
            .take(MOST)
            .collect();
        (!fitting.is_empty()).then_some(fitting)
    })
}

/// True if the body of an office used as a name may be the body of an office held: none said, the same, or only its place.
fn same_body(said: &str, held: &str) -> bool {
    said.is_empty()
        || held.is_empty()
        || said == held
        || held.ends_with(said)
        || held.starts_with(said)
        || held.contains(&format!(" {said} "))
}
