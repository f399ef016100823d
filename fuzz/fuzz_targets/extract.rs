//! Any text is read without panic, and all evidence lies inside it.
//!
//!     cargo +nightly fuzz run extract -- -max_total_time=60

#![no_main]

use std::sync::LazyLock;

use bienban::extract::{Extractor, Source};
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

fuzz_target!(|text: &str| {
    let record = EXTRACTOR.extract(Source { text, ..Source::default() });
    let count = text.chars().count();
    for span in record.spans() {
        assert!(span.start <= span.end && span.end as usize <= count, "{span:?} of {count}");
    }
});
