//! Reports that come as HTML: the visible text, each character with the place of its source.
//!
//! A text is taken for HTML only where a real tag of a page stands in it (`<p>`, `<br/>`, `<div class="…">`, `<!DOCTYPE html>`); "3 < 5" and
//! "<người dân>" are plain text. The html5gum tokenizer finds tags and text by the rules of the HTML standard. Scripts, styles,
//! navigation, forms and the like are left out; white space runs become one space; `<br>`, list items and table rows begin a line,
//! paragraphs and headings stand between empty lines; character references are decoded and stand for their whole source.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// A visible character with the half-open range of code points of the stored text that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visible {
    pub(super) char: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The visible text of an HTML document or fragment; `None` where the text is not HTML. Linear in the length of the text.
pub(super) fn visible(stored: &str) -> Option<Vec<Visible>> {
    if !is_html(stored) {
        return None;
    }
    let mut page = Page::new(stored);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(stored, emitter) {
        match token {
            Token::StartTag(tag) => page.open(&tag.name, tag.self_closing),
            Token::EndTag(tag) => page.close(&tag.name),
            Token::String(string) => page.text(string.span.start..string.span.end),
            _ => {}
        }
    }
    Some(page.out)
}

/// Tags that only a page has; one of them makes a text HTML.
const TELLING: [&str; 22] = [
    "p",
    "br",
    "div",
    "span",
    "html",
    "body",
    "article",
    "section",
    "main",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "table",
    "td",
    "figure",
    "strong",
    "em",
    "blockquote",
    "!doctype",
];

/// A tag name is looked for this many bytes behind "<" at most; the longest telling name has ten letters.
const LONGEST_NAME: usize = 12;

fn is_html(stored: &str) -> bool {
    let bytes = stored.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let from = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'/'));
        let rest = &bytes[from..bytes.len().min(from + LONGEST_NAME)];
        let Some(end) = rest.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\n' | b'\t' | b'\r')) else {
            return false;
        };
        TELLING.iter().any(|name| rest[..end].eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// Elements whose content is no part of a report.
const DROPPED: [&[u8]; 20] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"head",
    b"nav",
    b"aside",
    b"footer",
    b"form",
    b"button",
    b"select",
    b"textarea",
    b"iframe",
    b"object",
    b"svg",
    b"math",
    b"canvas",
    b"audio",
    b"video",
    b"dialog",
];

/// Elements that stand between empty lines.
const PARAGRAPHS: [&[u8]; 18] = [
    b"p",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"blockquote",
    b"figure",
    b"figcaption",
    b"table",
    b"ul",
    b"ol",
    b"article",
    b"section",
    b"header",
    b"main",
    b"hr",
];

/// Elements that begin a line.
const LINES: [&[u8]; 10] = [b"br", b"div", b"li", b"tr", b"dt", b"dd", b"td", b"th", b"caption", b"pre"];

/// White space that is owed before the next visible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

struct Page<'a> {
    stored: &'a str,
    out: Vec<Visible>,
    gap: Gap,
    /// The dropped element being read, and how many of its name are open.
    dropped: Option<(Vec<u8>, usize)>,
    /// How far the stored text was counted: bytes and code points.
    counted: (usize, u32),
}

impl<'a> Page<'a> {
    fn new(stored: &'a str) -> Self {
        Self { stored, out: Vec::with_capacity(stored.len() / 2), gap: Gap::None, dropped: None, counted: (0, 0) }
    }

    fn open(&mut self, name: &[u8], self_closing: bool) {
        if let Some((dropped, depth)) = &mut self.dropped {
            if *dropped == name {
                *depth += usize::from(!self_closing);
            } else if dropped == b"head" && name == b"body" {
                self.dropped = None;
            }
        } else if DROPPED.contains(&name) && !self_closing {
            self.dropped = Some((name.to_owned(), 1));
            self.gap = self.gap.max(Gap::Line);
        } else {
            self.edge(name);
        }
    }

    fn close(&mut self, name: &[u8]) {
        match &mut self.dropped {
            Some((dropped, depth)) if *dropped == name => {
                *depth -= 1;
                if *depth == 0 {
                    self.dropped = None;
                }
            }
            // A page that forgets to close an element does not lose the rest of itself.
            Some(_) if name == b"body" || name == b"html" => self.dropped = None,
            Some(_) => {}
            None => self.edge(name),
        }
    }

    fn edge(&mut self, name: &[u8]) {
        if PARAGRAPHS.contains(&name) {
            self.gap = Gap::Paragraph;
        } else if LINES.contains(&name) {
            self.gap = self.gap.max(Gap::Line);
        }
    }

    fn text(&mut self, bytes: std::ops::Range<usize>) {
        let Some(raw) = self.stored.get(bytes.clone()).filter(|_| self.dropped.is_none()) else { return };
        let mut rest = raw;
        while let Some(first) = rest.chars().next() {
            let at = bytes.end - rest.len();
            let length = if first == '&' { self.reference(rest, at) } else { self.one(first, at) };
            rest = &rest[length..];
        }
    }

    /// A character that stands for itself. Returns its length in bytes.
    fn one(&mut self, char: char, at: usize) -> usize {
        self.push(char, at, at + char.len_utf8());
        char.len_utf8()
    }

    /// A character reference, or a plain "&". Returns how many bytes of source it takes.
    fn reference(&mut self, rest: &str, at: usize) -> usize {
        let length = reference_length(rest);
        let source = &rest[..length];
        if length < 3 {
            return self.one('&', at);
        }
        for decoded in Tokenizer::new(source).flatten() {
            if let Token::String(string) = decoded {
                String::from_utf8_lossy(&string.value).chars().for_each(|char| self.push(char, at, at + length));
            }
        }
        length
    }

    fn push(&mut self, char: char, from: usize, to: usize) {
        if char.is_whitespace() && char != '\u{00A0}' {
            self.gap = self.gap.max(Gap::Space);
            return;
        }
        let (start, end) = (self.code_point(from), self.code_point(to));
        let breaks = if self.out.is_empty() { Gap::None } else { self.gap };
        let since = self.out.last().map_or(0, |last| last.end.min(start));
        let signs: &[char] = match breaks {
            Gap::None => &[],
            Gap::Space => &[' '],
            Gap::Line => &['\n'],
            Gap::Paragraph => &['\n', '\n'],
        };
        self.out.extend(signs.iter().map(|&char| Visible { char, start: since, end: start }));
        self.gap = Gap::None;
        self.out.push(Visible { char, start, end });
    }

    /// Index of the code point at a byte. Bytes come in rising order, but for the characters of one reference.
    fn code_point(&mut self, byte: usize) -> u32 {
        let (bytes, points) = self.counted;
        if byte < bytes {
            let back = self.stored.get(byte..bytes).map_or(0, |text| text.chars().count());
            return points.saturating_sub(u32::try_from(back).unwrap_or(u32::MAX));
        }
        let ahead = self.stored.get(bytes..byte).map_or(0, |text| text.chars().count());
        let points = points.saturating_add(u32::try_from(ahead).unwrap_or(u32::MAX));
        self.counted = (byte, points);
        points
    }
}

/// Length in bytes of what may be a character reference at the beginning of a text: "&", up to 32 letters, digits or "#", ";".
fn reference_length(text: &str) -> usize {
    let name = text.bytes().skip(1).take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    1 + name + usize::from(text.as_bytes().get(1 + name) == Some(&b';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(stored: &str) -> Option<String> {
        visible(stored).map(|all| all.into_iter().map(|visible| visible.char).collect())
    }

    fn shown(stored: &str) -> String {
        text(stored).expect("HTML")
    }

    #[test]
    fn plain_text_is_not_html() {
        for plain in ["Thu 3 < 5 tỷ", "a <b", "<người dân> nói", "x<>y", "AT&T", "<", "p>", "5 <p"] {
            assert_eq!(text(plain), None, "{plain}");
        }
    }

    #[test]
    fn paragraphs_lines_and_spaces() {
        assert_eq!(
            shown("<h1>Họp  xã</h1>\n<p>Sáng <b>3-4</b>,\nxã họp.<br/>Hết</p><p>Hai</p>"),
            "Họp xã\n\nSáng 3-4, xã họp.\nHết\n\nHai"
        );
        assert_eq!(shown("<div>một</div><div>hai</div>"), "một\nhai");
    }

    #[test]
    fn what_is_no_report_is_dropped() {
        let page = "<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body><nav><p>Trang chủ</p></nav>\
                    <script>if (a<b) x('<p>')</script><p>Thân bài</p><aside><p>Tin khác</p></aside><footer>Hết</footer></body></html>";
        assert_eq!(shown(page), "Thân bài");
        assert_eq!(shown("<head><title>T</title><body><p>Thân</p>"), "Thân");
    }

    #[test]
    fn references_are_decoded_and_cover_their_source() {
        let stored = "<p>A &amp; B&#7841;n &nope; C &lt;p&gt; & D</p>";
        assert_eq!(shown(stored), "A & Bạn &nope; C <p> & D");
        let all = visible(stored).expect("HTML");
        let ampersand = all.iter().find(|visible| visible.char == '&').expect("there");
        assert_eq!((ampersand.start, ampersand.end), (5, 10));
    }

    #[test]
    fn characters_stand_for_themselves() {
        let stored = "<p>😀 Hội nghị</p>";
        for visible in visible(stored).expect("HTML").iter().filter(|visible| !visible.char.is_whitespace()) {
            let source: String = stored.chars().skip(visible.start as usize).take(1).collect();
            assert_eq!(source, visible.char.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_page_gives_ranges_in_order_and_inside(body in "(<p>|</p>|<nav>|</nav>|<br>|&amp;|&#233;|&|<|>|\\PC| |\n|<!--|-->|<script>|\"){0,40}") {
            let stored = format!("<p>{body}");
            let count = u32::try_from(stored.chars().count()).expect("small");
            let mut last = 0;
            for visible in visible(&stored).expect("HTML") {
                prop_assert!(visible.start >= last && visible.start <= visible.end && visible.end <= count);
                last = visible.start;
            }
        }

        #[test]
        fn any_text_is_read_without_panic(stored in ".*") {
            let _ = visible(&stored);
        }
    }
}
