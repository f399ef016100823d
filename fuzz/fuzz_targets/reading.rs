//! Any text is cut into tokens, sentences and lines that stand in order, leave out nothing but white space, and agree with each other.

#![no_main]

use bienban::text::{Kind, Reading, WordKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|stored: &str| {
    let reading = Reading::new(stored);
    let text = reading.document.text();
    let mut end = 0;
    for token in &reading.tokens {
        let (start, after) = (token.start as usize, token.end as usize);
        assert!(end <= start && start < after, "{token:?} after {end}");
        assert!(text[end..start].chars().all(char::is_whitespace), "{:?} is left out", &text[end..start]);
        if token.kind != Kind::Break {
            assert_eq!(token.key, WordKey::of(token.text(text)));
        }
        end = after;
    }
    assert!(text[end..].chars().all(char::is_whitespace));
    let (mut token, mut sentence) = (0, 0);
    for line in &reading.lines {
        assert!(token <= line.tokens.start && line.tokens.start < line.tokens.end);
        assert_eq!(line.sentences.start, sentence);
        token = line.tokens.start;
        for part in &reading.sentences[line.sentences.clone()] {
            assert_eq!(part.tokens.start, token, "sentences leave no gap in a line");
            assert!(part.tokens.start < part.tokens.end);
            assert_eq!(reading.sentence_of(part.tokens.start), Some(sentence));
            assert_eq!(reading.sentence_of(part.tokens.end - 1), Some(sentence));
            (token, sentence) = (part.tokens.end, sentence + 1);
        }
        assert_eq!(token, line.tokens.end);
    }
    assert_eq!(sentence, reading.sentences.len());
    let words = reading.tokens.iter().filter(|token| token.kind != Kind::Break).count();
    assert_eq!(words, reading.lines.iter().map(|line| line.tokens.len()).sum::<usize>());
});
