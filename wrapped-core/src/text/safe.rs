//! Foreign text made safe for layout: one line, no overrides, no towers of marks, a bounded length.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::limits::{MAX_MARKS_PER_CLUSTER, MAX_TEXT_CHARS};

/// A text that layout can take, and whether something visible had to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeText {
    /// The text: NFC, trimmed, single spaces, no controls.
    pub text: String,
    /// What was done to it, for a warning; empty when nothing a reader could miss.
    pub changes: Vec<&'static str>,
}

/// Makes a foreign text safe: NFC; line breaks, tabs and blanks become one space; controls, bidi
/// overrides and invisible signs go; at most [`MAX_MARKS_PER_CLUSTER`] combining marks stand on a
/// letter; at most [`MAX_TEXT_CHARS`] characters are kept.
pub fn make_safe(text: &str) -> SafeText {
    let mut changes = Vec::new();
    // Bytes are cut first, so that a 100 kB title costs no more than a long one.
    let cut = match text.char_indices().nth(MAX_TEXT_CHARS) {
        Some((end, _)) => {
            changes.push("cut to 1,000 characters");
            &text[..end]
        }
        None => text,
    };
    let mut kept = String::with_capacity(cut.len());
    for c in cut.chars() {
        match classify(c, kept.chars().next_back()) {
            Kind::Keep => kept.push(c),
            Kind::Space => {
                if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                    note(&mut changes, "line breaks and tabs folded into spaces");
                }
                kept.push(' ');
            }
            Kind::Drop(reason) => {
                if let Some(reason) = reason {
                    note(&mut changes, reason);
                }
            }
        }
    }
    let text = one_line(&kept, &mut changes);
    SafeText { text, changes }
}

/// Composed, single spaces, no towers of marks. Composed only now: what was removed may have kept
/// a letter and its marks apart.
fn one_line(kept: &str, changes: &mut Vec<&'static str>) -> String {
    let mut out = String::with_capacity(kept.len());
    let mut marks = 0;
    let mut pending_space = false;
    for c in kept.nfc() {
        if c == ' ' {
            pending_space = !out.is_empty();
            marks = 0;
            continue;
        }
        if is_combining_mark(c) {
            marks += 1;
            if marks > MAX_MARKS_PER_CLUSTER {
                note(changes, "stacked combining marks thinned out");
                continue;
            }
        } else if !is_joiner(c) {
            marks = 0;
        }
        if pending_space {
            out.push(' ');
            pending_space = false;
        }
        out.push(c);
    }
    out
}

/// Whether a character belongs to a script written from right to left.
pub fn is_rtl(c: char) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    matches!(unicode_bidi::bidi_class(c), R | AL)
}

enum Kind {
    Keep,
    Space,
    Drop(Option<&'static str>),
}

fn classify(c: char, previous: Option<char>) -> Kind {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Space,
        // Blanks that fonts draw as nothing, used as "invisible names".
        '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{ffa0}' | '\u{2800}' => Kind::Space,
        // Thin and non-breaking spaces carry typography and stay.
        '\u{a0}' | '\u{202f}' | '\u{2009}' => Kind::Keep,
        c if c.is_whitespace() => Kind::Space,
        c if c.is_control() => Kind::Drop(Some("control characters removed")),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Kind::Drop(Some("bidirectional overrides removed"))
        }
        '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{fff9}'..='\u{fffb}' => Kind::Drop(None),
        // Tags make sense only in the sequence of a regional flag.
        '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => match previous {
            Some('\u{1f3f4}' | '\u{e0020}'..='\u{e007f}') => Kind::Keep,
            _ => Kind::Drop(Some("tag characters removed")),
        },
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => Kind::Drop(None),
        '\u{200c}' | '\u{200d}' if previous.is_none() => Kind::Drop(None),
        _ => Kind::Keep,
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

fn note(changes: &mut Vec<&'static str>, change: &'static str) {
    if !changes.contains(&change) {
        changes.push(change);
    }
}

/// Whether a character draws nothing by itself, so that no font needs a glyph for it.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0020}'..='\u{e007f}' | '\u{61c}')
        || matches!(c.general_category(), GeneralCategory::Format | GeneralCategory::Control)
}

#[cfg(test)]
mod tests {
    use super::make_safe;
    use crate::limits::MAX_TEXT_CHARS;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_and_what_goes() {
        for (text, safe) in [
            ("  a \t\n b  ", "a b"),
            ("Sigur Ro\u{301}s", "Sigur Rós"),
            ("\u{202e}abc\u{202c}", "abc"),
            ("a\u{200b}b\u{ad}c", "abc"),
            ("\u{3164}", ""),
            ("x\u{e0001}y", "xy"),
            ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
            ("नमस्\u{200d}ते", "नमस्\u{200d}ते"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("1\u{202f}000", "1\u{202f}000"),
        ] {
            assert_eq!(make_safe(text).text, safe, "{text:?}");
        }
    }

    #[test]
    fn what_a_reader_could_miss_is_said() {
        assert!(make_safe("plain").changes.is_empty());
        assert!(make_safe("  plain ").changes.is_empty());
        assert_eq!(make_safe("a\nb").changes.len(), 1);
        assert_eq!(make_safe("\u{202e}a").changes.len(), 1);
        assert_eq!(make_safe(&"a".repeat(100_000)).changes.len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn safe_text_is_bounded_and_stays_as_it_is(text in ".{0,400}|[\\p{M}a-c \u{200b}\u{202e}]{0,400}") {
            let safe = make_safe(&text).text;
            // Composition can split a few letters, at most in three.
            prop_assert!(safe.chars().count() <= 3 * MAX_TEXT_CHARS);
            prop_assert!(!safe.chars().any(char::is_control));
            prop_assert_eq!(safe.trim(), &safe);
            prop_assert_eq!(&make_safe(&safe).text, &safe);
        }
    }
}
