//! Checks a report as a caller wrote it.

use super::error::{Violation, ViolationReason};
use crate::model::{Edtf, ReportDraft, ReportId};

/// Most bytes of a url.
pub const MAX_URL_BYTES: usize = 2048;
/// Most code points of a publisher's name.
pub const MAX_PUBLISHER_LENGTH: usize = 200;
/// Most code points of a title.
pub const MAX_TITLE_LENGTH: usize = 1000;
/// Most bytes of a request id.
pub const MAX_REQUEST_ID_BYTES: usize = 128;

/// A report as a caller wrote it, nothing checked; empty where a field was not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportInput {
    /// The caller's id.
    pub id: String,
    /// Where it was published.
    pub url: String,
    /// Newspaper or portal.
    pub publisher: String,
    /// Headline.
    pub title: String,
    /// When it was published, EDTF.
    pub publish_date: String,
    /// Plain text or HTML.
    pub text: String,
}

/// The report as it is stored, or everything that is wrong with it. `max_text_bytes` bounds its text. A field that
/// holds only white space counts as not given; the text is kept exactly as it is.
///
/// # Errors
/// One violation per fault, with field paths from a request that carries `report` and `report_id`.
pub fn check(input: ReportInput, max_text_bytes: usize) -> Result<ReportDraft, Vec<Violation>> {
    let mut faults = Vec::new();
    check_text(&input.text, max_text_bytes, &mut faults);
    let url = given(&input.url).inspect(|url| check_url(url, &mut faults));
    let publisher = short_text("report.publisher", &input.publisher, MAX_PUBLISHER_LENGTH, &mut faults);
    let title = short_text("report.title", &input.title, MAX_TITLE_LENGTH, &mut faults);
    let publish_date = check_date(&input.publish_date, &mut faults);
    let id = check_id(&input.id, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let id = id.unwrap_or_else(|| ReportId::derive(url.as_deref(), &input.text));
    Ok(ReportDraft { id, url, publisher, title, publish_date, text: input.text })
}

/// Checks a request id: empty (none), or visible ASCII of bounded length.
#[must_use]
pub fn check_request_id(request_id: &str) -> Option<Violation> {
    let fits = request_id.len() <= MAX_REQUEST_ID_BYTES && request_id.bytes().all(|b| b.is_ascii_graphic());
    (!fits).then(|| {
        let rule = format!("must be at most {MAX_REQUEST_ID_BYTES} visible ASCII characters");
        Violation::new("request_id", ViolationReason::InvalidField, rule)
    })
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn check_text(text: &str, max_bytes: usize, faults: &mut Vec<Violation>) {
    let mut fault = |reason, description: String| faults.push(Violation::new("report.text", reason, description));
    if text.len() > max_bytes {
        // No look into a text that is refused for its size.
        fault(ViolationReason::TextTooLarge, format!("has {} bytes; at most {max_bytes} are taken", text.len()));
    } else if text.trim().is_empty() {
        fault(ViolationReason::TextEmpty, "must not be empty".into());
    } else if let Some(at) = text.chars().position(|c| c == '\0') {
        fault(ViolationReason::TextInvalid, format!("has a NUL character at code point {at}"));
    }
}

fn check_url(url: &str, faults: &mut Vec<Violation>) {
    if !is_web_url(url) {
        let rule = format!("must be an absolute http or https URL of at most {MAX_URL_BYTES} bytes");
        faults.push(Violation::new("report.url", ViolationReason::InvalidField, rule));
    }
}

fn is_web_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && !host.is_empty()
        && url.len() <= MAX_URL_BYTES
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn short_text(field: &str, text: &str, max: usize, faults: &mut Vec<Violation>) -> Option<String> {
    let text = given(text)?;
    if text.chars().count() > max || text.chars().any(char::is_control) {
        let rule = format!("must be at most {max} characters on one line");
        faults.push(Violation::new(field, ViolationReason::InvalidField, rule));
    }
    Some(text)
}

fn check_date(text: &str, faults: &mut Vec<Violation>) -> Option<Edtf> {
    match given(text)?.parse() {
        Ok(date) => Some(date),
        Err(error) => {
            let error: crate::model::EdtfError = error;
            faults.push(Violation::new("report.publish_date", ViolationReason::InvalidDate, error.to_string()));
            None
        }
    }
}

fn check_id(text: &str, faults: &mut Vec<Violation>) -> Option<ReportId> {
    if text.is_empty() {
        return None;
    }
    match ReportId::parse(text) {
        Ok(id) => Some(id),
        Err(error) => {
            faults.push(Violation::new("report_id", ViolationReason::InvalidField, error.to_string()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(text: &str) -> ReportInput {
        ReportInput { text: text.into(), ..Default::default() }
    }

    #[test]
    fn a_bare_text_becomes_a_draft_under_a_derived_id() {
        let draft = check(input(" Sáng 5-8, phường họp.\n"), 100).unwrap();
        assert_eq!(draft.text, " Sáng 5-8, phường họp.\n");
        assert_eq!(draft.id, ReportId::derive(None, &draft.text));
        assert_eq!(draft.url, None);
    }

    #[test]
    fn the_url_names_the_report() {
        let url = "https://bao.example/tin/1";
        let draft = check(ReportInput { url: format!(" {url} "), ..input("x") }, 100).unwrap();
        assert_eq!(draft.id, ReportId::derive(Some(url), ""));
    }

    #[test]
    fn all_faults_are_told_together() {
        let faults = check(
            ReportInput {
                id: "A b".into(),
                url: "ftp://x".into(),
                publisher: "x".repeat(201),
                title: "a\nb".into(),
                publish_date: "2021-02-30".into(),
                text: " ".into(),
            },
            100,
        )
        .unwrap_err();
        let fields: Vec<_> = faults.iter().map(|f| f.field.as_str()).collect();
        let expected =
            ["report.text", "report.url", "report.publisher", "report.title", "report.publish_date", "report_id"];
        assert_eq!(fields, expected);
    }

    #[test]
    fn texts_are_bounded_and_without_nul() {
        let reason = |text: &str| check(input(text), 10).unwrap_err()[0].reason;
        assert_eq!(reason(&"x".repeat(11)), ViolationReason::TextTooLarge);
        assert_eq!(reason(""), ViolationReason::TextEmpty);
        assert_eq!(reason("ab\0"), ViolationReason::TextInvalid);
        assert!(check(input(&"x".repeat(10)), 10).is_ok());
    }

    #[test]
    fn urls_are_absolute() {
        for bad in ["example.vn", "http://", "http:///x", "javascript://x y", "https://a b", "//x"] {
            assert!(!is_web_url(bad), "{bad}");
        }
        assert!(is_web_url("HTTPS://báo.vn/tin?x=1"));
    }

    #[test]
    fn request_ids_are_visible_ascii() {
        assert!(check_request_id("").is_none());
        assert!(check_request_id("6f1c-2").is_none());
        assert!(check_request_id("có dấu").is_some());
        assert!(check_request_id(&"x".repeat(129)).is_some());
    }
}
