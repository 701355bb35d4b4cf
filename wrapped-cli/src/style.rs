//! How the command speaks to a person on standard error: colour only on a terminal, and never
//! with `NO_COLOR`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use wrapped_core::Warning;

/// Warnings that are shown one by one. More scroll away what matters; `--report` has them all.
const MAX_WARNINGS: usize = 20;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// `error: …`
pub(crate) fn error(text: &str) {
    say("error", ERROR, text);
}

/// `warning: …`
pub(crate) fn warning(text: &str) {
    say("warning", WARNING, text);
}

/// `note: …`: nothing is wrong, but a person may want to know.
pub(crate) fn note(text: &str) {
    say("note", HINT, text);
}

/// `next: …`: the command that people usually want now.
pub(crate) fn next(text: &str) {
    say("next", HINT, text);
}

/// A line without any dress.
pub(crate) fn plain(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Warnings line by line: what both cards say is said once, and what is too much is counted.
pub(crate) fn warnings<'a>(all: impl IntoIterator<Item = &'a Warning>) {
    let mut seen = HashSet::new();
    let all: Vec<&Warning> = all.into_iter().filter(|warning| seen.insert(*warning)).collect();
    for one in all.iter().take(MAX_WARNINGS) {
        if one.path.is_empty() {
            warning(&one.message);
        } else {
            warning(&format!("{}: {}", one.path, one.message));
        }
    }
    if all.len() > MAX_WARNINGS {
        warning(&format!("and {} more; --format json has them all", all.len() - MAX_WARNINGS));
    }
}

fn say(label: &str, style: Style, text: &str) {
    // A standard error that is closed leaves nobody to tell.
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {}", harmless(text));
}

/// A text without controls: file names and foreign fields must not steer the terminal.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hostile) {
        let escape = |c: char| {
            if is_hostile(c) { c.escape_default().to_string() } else { c.to_string() }
        };
        Cow::Owned(text.chars().map(escape).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Controls, and the bidi overrides that reorder what follows them.
fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
