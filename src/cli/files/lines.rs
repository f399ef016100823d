//! Reports as JSON objects on lines, read as they are wanted.

use std::io::{self, BufRead, Read as _};

use super::{FileFault, Found, FoundReport, MAX_BYTES, decode, object};

/// The reports of a source, by line. A line that is no report is a fault, and the next is read; a source that fails ends.
pub(super) fn read(mut source: impl BufRead, place: String) -> impl Iterator<Item = Found> {
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            number += 1;
            let place = format!("{place}:{number}");
            match next_line(&mut source) {
                Ok(None) => ended = true,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => {
                    let report = decode(line).and_then(|line| object::one(&line));
                    return Some(match report {
                        Ok(report) => Ok(FoundReport { place, report }),
                        Err(what) => Err(FileFault::new(place, what)),
                    });
                }
                Err(error) => {
                    ended = true;
                    return Some(Err(FileFault::new(place, error)));
                }
            }
        }
        None
    })
}

/// The bytes of the next line; of one that is too long a little more than is allowed, and the rest is passed over.
fn next_line(source: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    source.by_ref().take(MAX_BYTES + 1).read_until(b'\n', &mut line)?;
    if line.len() as u64 > MAX_BYTES && line.last() != Some(&b'\n') {
        source.skip_until(b'\n')?;
    }
    Ok((!line.is_empty()).then_some(line))
}
