//! Which mentions mean the same body.
//!
//! Equal names are one body ("UBND TP.HCM" = "Ủy ban nhân dân Thành phố Hồ Chí Minh"), with and without the unit word of the place
//! ("Công an Hà Tĩnh" = "Công an tỉnh Hà Tĩnh"). A name that is the beginning of a longer one is a short form of it: of the longer one
//! mentioned last before it, or else of the first one after ("Thành ủy", "UBND TP" → "UBND TP Bạch Giang").

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::super::Found;
use super::super::localities::Localities;
use super::super::spelled::Spelled;
use super::Organizations;
use super::name::Body;
use crate::text::{Reading, WordKey};

/// A distinct name.
struct Form {
    key: Vec<WordKey>,
    loose: Vec<WordKey>,
    /// The mention that wrote it at most length.
    longest: usize,
    fixed: bool,
    /// A body of another state: the "Bộ Quốc phòng" of a report is no short form of the "Bộ Quốc phòng Lào".
    abroad: bool,
    /// The name without the unit word that ends it: "Công an" of "Công an tỉnh".
    stem: Option<Vec<WordKey>>,
    /// True for a name with a place and no unit word.
    unitless: bool,
}

/// Index of a name in the table of names.
type FormId = usize;

/// Puts mentions of one body together; of `stands_for`, the first mention of each pair is short for the second.
pub(super) fn unite(
    reading: &Reading,
    spelled: &Spelled,
    localities: &Localities,
    bodies: &[Body],
    stands_for: &[(usize, usize)],
) -> Organizations {
    let (mut forms, of_mention) = distinct(reading, spelled, bodies);
    let of_state = |body: &Body| ["bộ", "quốc", "chính"].contains(&reading.small_word(body.tokens.start));
    let abroad = |body: &Body| of_state(body) && localities.state_behind(reading, &body.tokens).is_some();
    // A report of this country: in one of another its "Bộ Ngoại giao" is that country's.
    let domestic = bodies.iter().find(|body| of_state(body)).is_some_and(|first| !abroad(first))
        || (0..reading.tokens.len()).any(|at| localities.names_this_country(reading, at));
    for form in forms.iter_mut().filter(|_| domestic) {
        form.abroad = abroad(&bodies[form.longest]);
    }
    let full = resolve(reading, &forms, &of_mention, bodies, stands_for);
    list(reading, bodies, &forms, &full)
}

/// The distinct names, and which one each mention wrote.
fn distinct(reading: &Reading, spelled: &Spelled, bodies: &[Body]) -> (Vec<Form>, Vec<FormId>) {
    let mut known: FxHashMap<Vec<WordKey>, FormId> = FxHashMap::default();
    let mut forms: Vec<Form> = Vec::new();
    let mut of_mention = Vec::with_capacity(bodies.len());
    for (index, body) in bodies.iter().enumerate() {
        let key = key(reading, spelled, body, |_| false);
        let form = *known.entry(key).or_insert_with_key(|words| {
            let in_unit = |token: usize| body.units.iter().any(|unit| unit.contains(&token));
            let loose = self::key(reading, spelled, body, in_unit);
            let in_bare = |token: usize| body.bare.as_ref().is_some_and(|unit| unit.contains(&token));
            let stem = body.bare.is_some().then(|| self::key(reading, spelled, body, in_bare));
            forms.push(Form {
                stem,
                unitless: body.place.is_some() && body.units.is_empty(),
                key: words.clone(),
                loose,
                longest: index,
                fixed: body.fixed,
                abroad: false,
            });
            forms.len() - 1
        });
        let length = |body: &Body| body.pieces.iter().map(ExactSizeIterator::len).sum::<usize>();
        // "Tổng công ty" behind an office is a body, also where it stood alone before.
        let known = &bodies[forms[form].longest];
        if length(body) > length(known) || known.generic && !body.generic {
            forms[form].longest = index;
        }
        of_mention.push(form);
    }
    (forms, of_mention)
}

fn key(reading: &Reading, spelled: &Spelled, body: &Body, without: impl Fn(usize) -> bool) -> Vec<WordKey> {
    let mut words = Vec::with_capacity(8);
    for piece in &body.pieces {
        let mut start = piece.start;
        while start < piece.end {
            if without(start) {
                start += 1;
                continue;
            }
            let end = (start..piece.end).find(|&at| without(at)).unwrap_or(piece.end);
            spelled.words_into(reading, start..end, &mut words);
            start = end;
        }
    }
    words
}

/// For each mention the name that it is a short or equal form of.
fn resolve(
    reading: &Reading,
    forms: &[Form],
    of_mention: &[FormId],
    bodies: &[Body],
    stands_for: &[(usize, usize)],
) -> Vec<FormId> {
    let mut equal = same_but_for_unit(forms, of_mention);
    same_in_brackets(reading, bodies, of_mention, &mut equal);
    for &(mention, body) in stands_for {
        equal[of_mention[mention]] = equal[of_mention[body]];
    }
    let party = ["đảng", "ủy"].map(WordKey::of);
    // The name "Đảng ủy" where it stood alone before any longer one.
    let mut alone: Option<FormId> = None;
    // The longer names by their beginnings: the first of the report, and the last one read so far.
    let mut first: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    for (index, (&form, _)) in of_mention.iter().zip(bodies).enumerate().filter(|(_, (_, body))| !body.nested) {
        // "Đảng ủy" is not the "Đảng ủy | Cục Chính trị" that comes later: many bodies have one.
        let own = usize::from(is_party_of(bodies, index, &forms[equal[form]], party)) * 2;
        for beginning in beginnings(&forms[equal[form]]).filter(|beginning| beginning.len() != own) {
            first.entry(beginning).or_insert(equal[form]);
        }
    }
    // Names with a place and no unit word, by what stands before the place.
    let mut unitless: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    for (form, id) in forms.iter().zip(0..) {
        for beginning in beginnings(form).filter(|_| form.unitless) {
            unitless.entry(beginning).or_insert(id);
        }
    }
    // "UBND tỉnh" is that of the province named most often.
    let mut count = vec![0u32; forms.len()];
    of_mention.iter().for_each(|&form| count[equal[form]] += 1);
    let mut usual: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    for (form, id) in forms.iter().zip(0..) {
        for beginning in beginnings(form) {
            let best = usual.entry(beginning).or_insert(equal[id]);
            if count[equal[id]] > count[*best] {
                *best = equal[id];
            }
        }
    }
    let mut last: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    let mut full = Vec::with_capacity(of_mention.len());
    for (&form, body) in of_mention.iter().zip(bodies) {
        if body.whole {
            full.push(form);
            continue;
        }
        let form = equal[form];
        let mut longer = form;
        // Short forms of short forms: at most as many steps as a name has words.
        for _ in 0..forms[form].key.len().max(4) {
            let key = forms[longer].key.as_slice();
            let bare = usual.get(key).filter(|_| forms[longer].stem.is_some());
            match bare.or_else(|| last.get(key)).or_else(|| first.get(key)) {
                Some(&next) if (!forms[longer].fixed || forms[next].fixed) && next != longer => longer = equal[next],
                _ => break,
            }
        }
        if alone == Some(form) {
            longer = form;
        } else if longer == form && forms[form].key == party {
            alone = alone.or(Some(form));
        }
        if longer == form
            && let Some(stem) = &forms[form].stem
            && let Some(&named) = unitless.get(stem.as_slice())
        {
            longer = equal[named];
        }
        for beginning in beginnings(&forms[longer]) {
            last.insert(beginning, longer);
        }
        full.push(longer);
    }
    full
}

/// True for a party committee that is named with the body it is of: "Đảng ủy | Cục Chính trị".
fn is_party_of(bodies: &[Body], index: usize, form: &Form, party: [WordKey; 2]) -> bool {
    let start = bodies[index].tokens.start + 2;
    form.key.starts_with(&party) && bodies.get(index + 1).is_some_and(|next| next.nested && next.tokens.start == start)
}

/// The proper beginnings of a name, from its second word on; a single word ("Sở") is nobody's short form but for "UBND" and the like,
/// which are several words spelled out. What is another state's has no short form. A company is also called without the words for its form: "Công ty
/// VinaTan" of the "Công ty TNHH VinaTan Việt Nam".
fn beginnings(form: &Form) -> impl Iterator<Item = &[WordKey]> {
    // The "Ban Tổ chức Trung ương" is the party's, not that of the "Trung ương Đoàn".
    let youth = form.key.ends_with(&["trung", "ương", "đoàn"].map(WordKey::of));
    let end = if form.abroad { 2 } else { form.key.len() - usize::from(youth) };
    let company = form.loose.len() < form.key.len() && form.loose.starts_with(&["công", "ty"].map(WordKey::of));
    let loose = if company { 3..form.loose.len() } else { 0..0 };
    (2..end).map(|length| &form.key[..length]).chain(loose.map(|length| &form.loose[..length]))
}

/// For each name the one that differs only in a unit word left out, the one written more often.
fn same_but_for_unit(forms: &[Form], of_mention: &[FormId]) -> Vec<FormId> {
    let mut count = vec![0u32; forms.len()];
    of_mention.iter().for_each(|&form| count[form] += 1);
    let is_bare = |form: &Form| form.loose.len() == form.key.len();
    let mut with_unit: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    let mut bare: FxHashMap<&[WordKey], FormId> = FxHashMap::default();
    for (id, form) in forms.iter().enumerate() {
        let table = if is_bare(form) { &mut bare } else { &mut with_unit };
        table.entry(&form.loose).or_insert(id);
    }
    (0..forms.len())
        .map(|id| {
            let loose = forms[id].loose.as_slice();
            match (with_unit.get(loose), bare.get(loose)) {
                // The form written more often; where there are two units ("huyện X", "tỉnh X"), each is its own.
                (Some(&long), Some(&short)) if id == long || id == short => {
                    if count[short] > count[long] {
                        short
                    } else {
                        long
                    }
                }
                _ => id,
            }
        })
        .collect()
}

/// "Ban Chỉ đạo quốc gia về tìm kiếm hài cốt liệt sĩ (Ban Chỉ đạo 515)": another name of the same body, by its own head word.
fn same_in_brackets(reading: &Reading, bodies: &[Body], of_mention: &[FormId], equal: &mut [FormId]) {
    let alike = |a: usize, b: usize| reading.tokens[a].key == reading.tokens[b].key;
    for (pair, forms) in bodies.windows(2).zip(of_mention.windows(2)) {
        let (whole, other) = (&pair[0].tokens, &pair[1].tokens);
        let bracket = whole.end + 1 == other.start && reading.tokens[whole.end].is('(');
        let closed = reading.tokens.get(other.end).is_some_and(|token| token.is(')'));
        let same = bracket && closed && other.len() > 2 && alike(whole.start, other.start);
        if same && alike(whole.start + 1, other.start + 1) {
            equal[forms[1]] = equal[forms[0]];
        }
    }
}

/// The bodies named by themselves at least once, with all their mentions.
fn list(reading: &Reading, bodies: &[Body], forms: &[Form], full: &[FormId]) -> Organizations {
    let mut index_of: FxHashMap<FormId, usize> = FxHashMap::default();
    let mut found = Organizations::default();
    // A head alone whose body no mention names is none.
    let named = |form: FormId| !bodies[forms[form].longest].generic;
    // "Bí thư Chi bộ trực thuộc": which party cell it is has to be said.
    let any = |form: FormId| is_any_cell(reading, &bodies[forms[form].longest]);
    for (_, form) in bodies.iter().zip(full).filter(|(body, form)| !body.nested && named(**form) && !any(**form)) {
        index_of.entry(*form).or_insert_with(|| {
            found.names.push(full_name(reading, bodies, &forms[*form]));
            found.names.len() - 1
        });
    }
    for (body, form) in bodies.iter().zip(full).filter(|(_, form)| named(**form)) {
        let written = name(reading, body);
        let full_name = full_name(reading, bodies, &forms[*form]);
        if let Some(&index) = index_of.get(form) {
            found.mentions.push(Found { tokens: body.tokens.clone(), value: index });
        }
        found.places.extend(body.place.clone());
        found.all.push(Found { tokens: body.tokens.clone(), value: super::Named { written, full: full_name } });
    }
    found
}

/// "chi bộ" alone.
fn is_any_cell(reading: &Reading, body: &Body) -> bool {
    let at = body.tokens.start;
    body.tokens.len() == 2
        && reading.word(at).eq_ignore_ascii_case("chi")
        && matches!(reading.word(at + 1), "bộ" | "Bộ" | "BỘ")
}

/// A body's name as it was written at most length: "Ban Tuyên giáo Trung ương" rather than "Ban Tuyên giáo TƯ".
fn full_name(reading: &Reading, bodies: &[Body], form: &Form) -> String {
    name(reading, &bodies[form.longest])
}

fn name(reading: &Reading, body: &Body) -> String {
    let texts: Vec<&str> = body.pieces.iter().map(|piece: &Range<usize>| reading.text(piece.clone())).collect();
    texts.join(" ")
}
