//! Any text is normalised without panic, and normalising plain text twice is normalising it once.
//!
//!     cargo +nightly fuzz run normalise -- -max_total_time=60

#![no_main]

use bienban::text::{Document, tokenize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let once = Document::new(text);
    let count = text.chars().count();
    for token in tokenize(once.text()) {
        let span = once.span(token.start as usize..token.end as usize);
        assert!(span.end as usize <= count);
    }
    // Markup shown in a page ("&lt;p&gt;") would be read as markup the second time.
    if !text.contains('<') {
        assert_eq!(Document::new(once.text()).text(), once.text());
    }
});
