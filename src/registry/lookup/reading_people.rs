//! People as typed: `[honorific] [title [body] …] [name] [title body | body]`.

use super::context::QueryContext;
use super::gender::Gender;
use super::query_words::short_title;
use super::reading::{LONGEST, NameReading, OfficeReading, QueryReading, Tail};
use crate::registry::keys::{Countries, Naming, PlaceKey, country, trimmed};
use crate::registry::offices::Rank;
use crate::registry::setting::Setting;
use crate::registry::site::{is_cased, unit_word};
use crate::registry::words::{self, Word};
use crate::text::{Document, Typing, fold};

impl Naming {
    /// Reads honorifics, offices and a name, and what stands behind the name.
    pub(super) fn read_person(&self, words: &[Word], setting: &Setting, tail: Tail, reading: &mut QueryReading) {
        if let Tail::NameAlone(from, to) = tail {
            let name = words::text(words.get(from..to).unwrap_or_default());
            reading.name = Some(NameReading { text: name.clone(), is_full: true, may_be_full: false });
            if from == 0
                && let Some(PlaceKey::Site(site)) = self.place_alone(&words[to..], setting)
            {
                self.leave_out(&words[to..], setting, reading);
                reading.readings.push(format!("name \"{name}\", place behind it, {}", self.written_out(&site)));
                reading.from = Some(site);
                return;
            }
            reading.readings.push(format!("name \"{name}\", the rest not understood"));
            reading.leaves_words = true;
            return;
        }
        let mut rest = words;
        let mut honorific = false;
        loop {
            let honor = self.query_words.honorific(rest).filter(|size| *size < rest.len());
            // "chu tich", "co quan", "ba ria" without marks: an honorific only where no title, body or place begins with it.
            let other = |size: &usize| self.title_or_body(rest) > *size || self.chain_of(rest).is_some();
            let Some(size) = honor.filter(|size| !other(size)) else { break };
            reading.readings.push(format!("honorific \"{}\"", words::text(&rest[..size])));
            reading.gender = reading.gender.or(Gender::of_honorific(&rest[..size]));
            honorific = true;
            rest = &rest[size..];
        }
        while let Some(used) = self.read_office(rest, setting, tail, reading) {
            rest = &rest[used..];
        }
        if let Some(size) =
            self.query_words.honorific(rest).filter(|size| *size < rest.len() && !reading.offices.is_empty())
        {
            honorific = true;
            reading.gender = reading.gender.or(Gender::of_honorific(&rest[..size]));
            rest = &rest[size..];
        }
        if reading.offices.is_empty() {
            rest = &rest[..self.read_behind_name(rest, setting, reading)];
        }
        if rest.is_empty() || rest.len() > 6 {
            return;
        }
        let text = words::text(rest);
        let is_full = rest.len() > 1 && self.is_family_name(&rest[0]);
        let plausible = is_full || honorific || !reading.offices.is_empty() || rest.len() <= 4;
        let is_body = reading.offices.is_empty()
            && !honorific
            && self.begins_organization(rest).is_some_and(|head| head.size > 1);
        let is_place = reading.offices.is_empty()
            && !honorific
            && rest[0].marked
            && unit_word(rest).is_some_and(|(size, _)| size < rest.len());
        if plausible && !is_body && !is_place {
            reading.readings.push(format!("{} \"{text}\"", if is_full { "name" } else { "given name" }));
            reading.name = Some(NameReading { text, is_full, may_be_full: (2..=5).contains(&rest.len()) });
        }
    }

    /// Reads words that are one office or several and nothing else.
    pub(super) fn read_offices(&self, text: &str, context: &QueryContext) -> Vec<OfficeReading> {
        let cut: String = text.chars().take(LONGEST).collect();
        let words = self.split(Document::new(&cut).text(), Typing::Hasty);
        let mut reading = self.read_query("", context);
        let (setting, mut rest) = (context.dated_setting(), words.as_slice());
        while let Some(used) = self.read_office(rest, &setting, Tail::IsPlace, &mut reading) {
            rest = &rest[used..];
        }
        reading.offices
    }

    /// Reads an office or a body behind a name: "Lê Văn A, Giám đốc Sở Y tế", "Lê Văn A UBND tỉnh Cà Mau". The number of words before it.
    fn read_behind_name(&self, words: &[Word], setting: &Setting, reading: &mut QueryReading) -> usize {
        if words.is_empty() || self.heads_at(words).is_some_and(|size| size > 1) {
            return words.len();
        }
        // "Kham Outhai, Bộ trưởng …", "Rah Lan Chung Tỉnh ủy Gia Lai": names of other languages, in capitals or before a comma.
        let capital = |word: &Word| word.text.starts_with(char::is_uppercase);
        let foreign = |at: usize| {
            let name = &words[..at];
            let begins = self.title_or_body(words) == 0 && unit_word(words).is_none() && self.chain_of(name).is_none();
            begins && (name.iter().all(capital) || words[at].apart)
        };
        let is_family = self.is_family_name(&words[0]);
        for at in 2..words.len().min(6) {
            let behind = &words[at..];
            if !is_family && !foreign(at) {
                continue;
            }
            // "Lê Văn Bí": a title or body of one word is part of the name unless a comma or a dash stands before it.
            let size = self.title_or_body(&behind[self.past_or_acting(behind, at)..]);
            let department = at > 2 && behind.len() > 2 && is_short_head(&behind[0]);
            let apart = behind[0].apart && behind.len() > 1 && unit_word(behind).is_none();
            // "Kham Outhai Lào", but not "Ngyuễn Hữu Đức".
            let name = is_family || behind.len() == 1 && Countries::is_ambiguous(&behind[0]);
            let of_state = (!name || behind[0].apart) && self.countries.begins(behind) == Some(behind.len());
            // "Vũ Hồng Thanh | Ủy ban Kinh tế" has no "Thành ủy" in it.
            let split = !behind[0].marked && behind.len() > 2 && words::starts_with(&behind[1..], "ủy ban");
            // Without marks "hoang thi phuong an" has no ward in it, and "le van hieu pho chu tich" no headmaster.
            let loose = !reading.has_marks && !behind[0].apart && at == 2;
            let in_name = loose && behind.len() > 1 && self.title_or_body(&behind[1..]) > size.max(1);
            let split = split || in_name;
            if size < 2 && !of_state && !(size == 1 && (department || apart)) || split {
                if self.read_place_behind(behind, at, setting, reading) {
                    return at;
                }
                // "Lê Văn A, Lotusbank": behind a whole name and a comma stands the body, whatever it is.
                let whole = is_family && behind[0].apart && !words[1..at].iter().any(|word| word.apart);
                if !whole || unit_word(behind).is_some() || self.chain_of(&words[..at]).is_some() {
                    continue;
                }
            }
            let known = reading.offices.len();
            let mut rest = behind;
            while let Some(used) = self.read_office(rest, setting, Tail::IsPlace, reading) {
                rest = &rest[used..];
            }
            if reading.offices.len() == known {
                let Some(body) = self.organization_of(&trimmed(behind.to_vec()), setting) else { continue };
                self.leave_out(behind, setting, reading);
                reading.readings.push(format!("body behind the name{}", self.whose(&body)));
                reading.offices.push(OfficeReading {
                    titles: Vec::new(),
                    rank: Rank::Staff,
                    organization: Some(body),
                    written: words::text(behind),
                    former: false,
                });
            }
            return at;
        }
        words.len()
    }

    /// True for one word that names a body by itself: "HDBank", "PVC". Given names are syllables of the language.
    fn is_name_of_body(&self, word: &Word) -> bool {
        let text = word.text.as_str();
        let capitals = text.chars().filter(|letter| letter.is_uppercase()).count();
        text.is_ascii() && capitals > 1 && !self.syllables.contains(&word.bare)
    }

    /// Number of words such as "nguyên" and "quyền" that stand before a title behind a name. As third word of a name, or with a capital, they are the
    /// name's own unless a comma stands before them: "nguyen van nguyen bi thu".
    fn past_or_acting(&self, behind: &[Word], at: usize) -> usize {
        if !behind[0].apart && (at < 3 || behind[0].text.starts_with(char::is_uppercase)) {
            return 0;
        }
        let former = self.query_words.former(behind).unwrap_or(0);
        let all = former + self.query_words.acting(&behind[former..]).unwrap_or(0);
        if all < behind.len() { all } else { 0 }
    }

    /// Reads where somebody is from behind a name: "Lê Văn A, Cà Mau", "Lê Văn A - tỉnh Cà Mau", "Lê Văn A tỉnh Cà Mau". False where no place
    /// stands there, or what stands there may be the end of the name.
    fn read_place_behind(&self, behind: &[Word], at: usize, setting: &Setting, reading: &mut QueryReading) -> bool {
        // All unit words have marks: among others that have some, "Tinh Tú" is the end of a name.
        let left_out = reading.has_marks && !behind[0].marked && !behind[0].spelt_out;
        let unit = !left_out && unit_word(together(behind)).is_some_and(|(size, _)| size < behind.len());
        if !behind[0].apart && !unit {
            return false;
        }
        let Some(PlaceKey::Site(site)) = self.place_of(behind, setting).map(|place| place.key) else { return false };
        // "Phương" is a name, too.
        let in_name = !reading.has_marks && !behind[0].apart && behind[0].bare == "phuong";
        if in_name && (at < 3 || site.unit().is_none()) {
            return false;
        }
        self.leave_out(behind, setting, reading);
        reading.readings.push(format!("place behind the name, {}", self.written_out(&site)));
        reading.from = Some(site);
        true
    }

    /// The unit that words name and nothing more.
    pub(super) fn place_alone(&self, words: &[Word], setting: &Setting) -> Option<PlaceKey> {
        self.chain_of(words)?;
        self.place_of(words, setting).map(|place| place.key).filter(|key| matches!(key, PlaceKey::Site(_)))
    }

    /// Number of words of the office that words begin with, without its body.
    pub(super) fn titled(&self, words: &[Word]) -> usize {
        let former = self.query_words.former(words).unwrap_or(0);
        let skip = former + self.query_words.acting(&words[former..]).unwrap_or(0);
        skip + self.titles.at(&words[skip..]).map_or(0, |(size, _)| size)
    }

    /// Number of words of the title or the head of a body that words begin with, the longer one; 0 for neither.
    fn title_or_body(&self, words: &[Word]) -> usize {
        let title = self.titles.at(together(words)).map(|(size, _)| size);
        title.max(self.heads_at(words)).unwrap_or(0)
    }

    /// Number of words of the head of a body that words begin with.
    fn heads_at(&self, words: &[Word]) -> Option<usize> {
        // "Nam Thành UBND" has no "Thành ủy" in it.
        let cut = |size: usize| !words[0].spelt_out && words.get(size).is_some_and(|next| next.inner);
        let words_of = |size: usize| {
            // The table leaves "và" out.
            let own = words.iter().enumerate().filter(|(_, word)| !word.is("và"));
            own.map(|(at, _)| at + 1).nth(size - 1).unwrap_or(size)
        };
        let own: Vec<Word>;
        let read = match together(words) {
            some if some.iter().any(|word| word.is("và")) => {
                own = some.iter().filter(|word| !word.is("và")).cloned().collect();
                own.as_slice()
            }
            all => all,
        };
        self.begins_organization(read).map(|head| words_of(head.size)).filter(|size| *size == 1 || !cut(*size))
    }

    /// Reads one office at the front of the words: how many words it takes; `None` if there is none.
    fn read_office(&self, words: &[Word], setting: &Setting, tail: Tail, reading: &mut QueryReading) -> Option<usize> {
        let former = self.query_words.former(words).filter(|size| *size < words.len());
        let acting = self.query_words.acting(&words[former.unwrap_or(0)..]);
        let skip = former.unwrap_or(0) + acting.unwrap_or(0);
        let rest = words.get(skip..).filter(|rest| !rest.is_empty())?;
        let spelt = self.spelt_title(rest);
        let rest = spelt.as_deref().unwrap_or(rest);
        // Words that the short form of the title is more when spelt out.
        let longer = rest.len() - (words.len() - skip);
        let (size, rank, named) = match self.titles.at(rest) {
            Some((size, title)) => (size, title.rank, Some(title)),
            None => (self.query_words.head_of(rest)?, Rank::Head, None),
        };
        let body = &rest[size..];
        // "Quận ủy An Lạc, TP Bạch Giang" is one body.
        let is_place = |at: usize| unit_word(&body[at..]).is_some() || self.chain_of(&body[at..]).is_some();
        let goes_on = |at: usize| is_place(at) || self.goes_on(body, at);
        let end = (0..body.len()).find(|at| body[*at].apart && !goes_on(*at)).unwrap_or(body.len());
        let lead = named.map_or("", |title| self.missing_head(&title.name, &body[..end]));
        let implied = named.is_some_and(|title| title.body.is_some());
        // "Chủ tịch Quốc hội | Lào": the implied body is another state's.
        let state = self.countries.begins(&body[..end]).filter(|_| implied);
        let taken = match tail {
            _ if state.is_some() => state.unwrap_or_default(),
            Tail::MayBeName | Tail::NameAlone(..) => self.body_words(lead, &body[..end], implied),
            Tail::IsPlace => end,
            Tail::PlaceAndName(size) => self.name_behind(&body[..end], size).unwrap_or(end),
            Tail::IsName => 0,
        };
        self.leave_out(&body[..taken], setting, reading);
        let written = words::text(&body[..taken]);
        let parliament = state.is_some() && named.and_then(|title| title.body) == Some("Quốc hội");
        let lead = if parliament { "Quốc hội " } else { lead };
        let written = if taken > 0 { format!("{lead}{written}") } else { written };
        // Words typed without capitals have none where they are spelt out, or names in them would need them too.
        let written = if is_cased(words) { written } else { written.to_lowercase() };
        // As typed: "Chủ tịch nước" says whose, its name "Chủ tịch" does not.
        let title = named.map_or_else(String::new, |_| words::text(&rest[..size]));
        let office = self.office(&title, &written, Typing::Hasty, setting);
        let organization = office.organization;
        if let Some(organization) = &organization {
            self.leave_out_beyond(&body[..taken], organization, reading);
        }
        let titles = match named {
            Some(_) => vec![office.title],
            None => self.titles.heads().into_iter().map(str::to_owned).collect(),
        };
        let at = organization.as_ref().map_or_else(String::new, |body| self.whose(body));
        reading.readings.push(match named {
            Some(title) => format!("office \"{}\" {written:?}{at}", title.name),
            None => format!("head of {written:?}{at}"),
        });
        reading.offices.push(OfficeReading { titles, rank, organization, written, former: former.is_some() });
        Some(skip + size + taken - longer)
    }

    /// True if a body's name goes on behind a comma: "Sở Văn hóa | , Thể thao và Du lịch". Whoever holds the office, and other offices, do not.
    fn goes_on(&self, words: &[Word], at: usize) -> bool {
        let own = together(&words[at..]);
        let begins_other = self.title_or_body(own) > 0
            || self.query_words.honorific(own).is_some()
            || self.query_words.former(own).is_some()
            || self.is_family_name(&own[0]) && own.iter().all(|word| word.text.starts_with(char::is_uppercase))
            || self.may_be_name(own, is_cased(words));
        at > 1 && own.len() > 1 && !begins_other
    }

    /// The words with a short form of a title at their front spelt out, where a body follows it ("CT UBND tỉnh") or is implied ("TBT").
    fn spelt_title(&self, words: &[Word]) -> Option<Vec<Word>> {
        let (first, rest) = words.split_first()?;
        let full = short_title(&first.bare)?;
        let ministry = first.bare == "bt" && rest.first().is_some_and(|next| next.is("Bộ"));
        let mut spelt = self.split(if ministry { "Bộ trưởng" } else { full }, Typing::Edited);
        let implied = self.titles.at(&spelt).is_some_and(|(_, title)| title.body.is_some());
        if !implied && self.heads_at(rest).is_none() && self.chain_of(rest).is_none() {
            return None;
        }
        spelt.extend_from_slice(rest);
        Some(spelt)
    }

    /// How many of the words behind a title are its body; the rest is a name. `lead` is a word of the body that stands in the title.
    fn body_words(&self, lead: &str, words: &[Word], implied: bool) -> usize {
        if words.is_empty() {
            return 0;
        }
        let mut whole = self.split(lead, Typing::Edited);
        let lead = whole.len();
        whole.extend_from_slice(words);
        let head = self.begins_organization(&whole).map(|head| head.size).filter(|size| *size > lead);
        let from = head.unwrap_or(lead);
        let cased = is_cased(words);
        let names: Vec<usize> = (from..whole.len()).filter(|at| self.may_be_name(&whole[*at..], cased)).collect();
        let place = (from..whole.len()).find(|at| self.chain_of(&whole[*at..]).is_some());
        // "Nguyễn Hồng Lĩnh" ends like a town, and is a name; "Hà Tĩnh" could be a name, and is a province.
        let in_name = place.is_some_and(|place| names.first().is_some_and(|name| *name < place));
        if (place.is_some() && !in_name) || (from..whole.len()).any(|at| country(&whole[at..]).is_some()) {
            return words.len();
        }
        // "Bộ Quốc phòng Lào Kham Outhai", "Tỉnh ủy Gia Lai Rah Lan Chung": names of other languages behind a place.
        let ends_place = |end: usize| {
            (from..end).any(|at| {
                let state = (head.is_some() || at == 0) && self.countries.begins(&whole[at..end]) == Some(end - at);
                state || self.chain_of(&whole[at..end]).is_some()
            })
        };
        let capital = |word: &Word| word.text.starts_with(char::is_uppercase);
        // The second syllable of "Eun-mi" has none.
        let is_name = |at: &usize| {
            let name = &whole[*at..];
            let last = name.len() - usize::from(name.len() > 2);
            name.len() > 1 && name[..last].iter().all(capital) && !name.iter().any(|word| word.apart)
        };
        if names.is_empty()
            && let Some(end) = (from + 1..whole.len()).rev().filter(is_name).find(|end| ends_place(*end))
        {
            return end - lead;
        }
        // "UBND TP Hồ Chí Minh Lê Văn A": the last name behind a whole place, else the first that may be one.
        let behind_place = |at: &usize| (from..*at).any(|start| self.chain_of(&whole[start..*at]).is_some());
        let name_at = names.iter().rev().find(|at| behind_place(at)).or(names.first()).copied();
        match (name_at, head) {
            (Some(at), _) => at - lead,
            // "Bí thư Nên", "Phó Thủ tướng Quang": one word that begins no body is a given name.
            (None, None) if words.len() == 1 && !implied && self.is_name_of_body(&words[0]) => 1,
            (None, None) if words.len() == 1 || implied => 0,
            (None, _) => words.len(),
        }
    }

    /// The word of the body that the title has taken: "Trưởng Ban | Tổ chức Trung ương" is of the "Ban Tổ chức Trung ương".
    fn missing_head(&self, title: &str, body: &[Word]) -> &'static str {
        let title = fold::unaccented(title);
        let own = [
            ("ban", "Ban "),
            ("van phong", "Văn phòng "),
            ("phong", "Phòng "),
            ("cong an", "Công an "),
            ("doan", "Đoàn "),
            ("khoa", "Khoa "),
        ];
        let head = match title.as_str() {
            "bo truong" | "thu truong" => "Bộ ",
            title => own.into_iter().find(|(end, _)| title.ends_with(end)).map_or("", |(_, head)| head),
        };
        // "Trưởng ban Ban Tổ chức" has taken none.
        if words::starts_with(body, head.trim_end()) { "" } else { head }
    }
}

/// The words up to the first comma.
fn together(words: &[Word]) -> &[Word] {
    let end = words.iter().skip(1).position(|word| word.apart).map_or(words.len(), |at| at + 1);
    &words[..end]
}

/// Heads of one word that hardly end a name of three; without marks some do.
fn is_short_head(word: &Word) -> bool {
    const SHORT: [&str; 3] = ["sở", "bộ", "hội"];
    const MARKED: [&str; 5] = ["phòng", "viện", "báo", "đài", "trạm"];
    SHORT.iter().any(|head| word.is(head)) || (word.marked && MARKED.iter().any(|head| word.is(head)))
}
