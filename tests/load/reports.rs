//! The texts that are measured on.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// One text.
#[derive(Debug, Deserialize)]
pub struct Article {
    /// Its name within the file.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Everything else.
    pub body: String,
}

impl Article {
    /// The text of a copy; the first is the article as it stands.
    pub fn text(&self, copy: usize) -> String {
        let Self { title, body, .. } = self;
        if copy == 0 { format!("{title}\n{body}") } else { format!("{title}\nBản tin {copy}.\n{body}") }
    }
}

/// Reads the first so many texts.
pub fn read(path: &Path, most: usize) -> Vec<Article> {
    let file = File::open(path).expect("the file of reports can be read");
    let source: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let lines = BufReader::new(source).lines().take(most);
    lines.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("id, title and body")).collect()
}
