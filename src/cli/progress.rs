//! Progress on a terminal; silence elsewhere.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for so many steps, or a running count where their number is not known. Drawn on standard error if that is a
/// terminal.
#[must_use]
pub fn bar(steps: Option<u64>, noun: &str) -> ProgressBar {
    let bar = steps.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let template = match steps {
        Some(_) => format!("{{wide_bar}} {{pos}}/{{len}} {noun}  {{per_sec}}  {{eta}}"),
        None => format!("{{spinner}} {{pos}} {noun}  {{per_sec}}"),
    };
    // A template that is not understood leaves the plain style.
    bar.set_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_understood() {
        for template in ["{wide_bar} {pos}/{len} reports  {per_sec}  {eta}", "{spinner} {pos} reports  {per_sec}"] {
            assert!(ProgressStyle::with_template(template).is_ok());
        }
        assert_eq!(bar(Some(3), "reports").length(), Some(3));
    }
}
