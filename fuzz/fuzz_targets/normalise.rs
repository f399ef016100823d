//! Any text, plain or HTML, is normalised without panic; normalising plain text twice is normalising it once; what is cut out of
//! the result stands, normalised, where it leads back to.

#![no_main]

use bienban::text::{Document, tokenize};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|stored: &str| {
    let document = Document::new(stored);
    let starts: Vec<usize> = stored.char_indices().map(|(at, _)| at).chain([stored.len()]).collect();
    // Markup shown in a page ("&lt;p&gt;") would be read as markup the second time, and is quoted as it is written.
    let plain = !stored.contains('<');
    let mut last = 0;
    for token in tokenize(document.text()) {
        let span = document.span(token.start as usize..token.end as usize);
        assert!(span.start >= last && span.start <= span.end && (span.end as usize) < starts.len(), "{span:?}");
        last = span.start;
        if plain {
            let quote = &stored[starts[span.start as usize]..starts[span.end as usize]];
            let word = token.text(document.text());
            // A mark on its own may belong to a character before it that only the whole text shows.
            assert!(Document::new(quote).text().contains(word), "{word:?} of {quote:?}");
        }
    }
    let whole = document.span(0..document.text().len());
    assert!((whole.end as usize) < starts.len());
    assert!(document.text().chars().all(|char| char == '\n' || !char.is_control()));
    if plain {
        assert_eq!(Document::new(document.text()).text(), document.text());
    }
});
