//! Places inside a summary, written as `songs[3].plays`, and harmless echoes of its values.

use std::fmt;

use crate::Error;
use crate::limits::MAX_ECHO_CHARS;

/// A place inside a summary.
///
/// It is a chain on the stack, so that the good path pays nothing; only an error or a warning
/// turns it into a string.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The summary itself.
    pub(super) const ROOT: Self = Self { parent: None, step: Step::Root };

    /// A field of this object.
    pub(super) fn field<'b>(&'b self, name: &'b str) -> Path<'b> {
        Path { parent: Some(self), step: Step::Field(name) }
    }

    /// An entry of this list.
    pub(super) fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// An error in the caller's data at this place.
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::data(self.to_string(), message)
    }

    /// The place with every index replaced by `*`: what two entries of one list have in common.
    pub(super) fn pattern(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, true).expect("writing to a String never fails");
        out
    }

    fn write(&self, f: &mut impl fmt::Write, pattern: bool) -> fmt::Result {
        let parent = self.parent.filter(|parent| !matches!(parent.step, Step::Root));
        if let Some(parent) = parent {
            parent.write(f, pattern)?;
        }
        match self.step {
            Step::Root => f.write_str("summary"),
            Step::Field(name) => {
                if parent.is_some() {
                    f.write_char('.')?;
                }
                f.write_str(&echo(name))
            }
            Step::Index(_) if pattern => f.write_str("[*]"),
            Step::Index(index) => write!(f, "[{index}]"),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)
    }
}

/// The caller's text as a message may repeat it: at most [`MAX_ECHO_CHARS`] characters, without
/// anything that moves a cursor, reorders the line or hides.
pub(crate) fn echo(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars
        .by_ref()
        .take(MAX_ECHO_CHARS)
        .map(|c| if is_harmless(c) { c } else { '\u{fffd}' })
        .collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

fn is_harmless(c: char) -> bool {
    let hidden = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    !c.is_control() && !hidden
}
