//! Keeps pages below what clients receive.

use prost::Message;

use crate::service::api::Page;

/// Converts a page's entries while they fit into `max_bytes`, always at least one, and gives the token that goes on
/// after the last. Empty where the list ends.
pub(super) fn cut<T, M: Message>(
    page: &mut Page<T>,
    max_bytes: usize,
    mut convert: impl FnMut(T) -> M,
) -> (Vec<M>, String) {
    let entries = std::mem::take(&mut page.entries);
    let mut messages = Vec::with_capacity(entries.len());
    let (mut bytes, mut last) = (0, String::new());
    for entry in entries {
        let message = convert(entry.value);
        bytes += message.encoded_len();
        if bytes > max_bytes && !messages.is_empty() {
            return (messages, last);
        }
        messages.push(message);
        last = entry.cursor;
    }
    (messages, if page.more { last } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grpc::generated::pb;
    use crate::model::Revision;
    use crate::service::api::{Entry, Texts};

    fn page(sizes: &[usize], more: bool) -> Page<usize> {
        let entries = sizes.iter().enumerate().map(|(i, &value)| Entry { value, cursor: format!("after {i}") });
        Page { entries: entries.collect(), more, revision: Revision(1), texts: Texts::new() }
    }

    fn text(length: usize) -> pb::Alias {
        pb::Alias { name: "x".repeat(length), ..Default::default() }
    }

    fn lengths(mut page: Page<usize>, max: usize) -> (usize, String) {
        let (messages, token) = cut(&mut page, max, text);
        (messages.len(), token)
    }

    #[test]
    fn whole_pages_end_or_go_on() {
        assert_eq!(lengths(page(&[10, 10], false), 1000), (2, String::new()));
        assert_eq!(lengths(page(&[10, 10], true), 1000), (2, "after 1".into()));
        assert_eq!(lengths(page(&[], false), 1000), (0, String::new()));
    }

    #[test]
    fn large_pages_are_cut() {
        assert_eq!(lengths(page(&[400, 400, 400], false), 1000), (2, "after 1".into()));
    }

    #[test]
    fn one_entry_always_comes() {
        assert_eq!(lengths(page(&[5000, 10], false), 1000), (1, "after 0".into()));
    }
}
