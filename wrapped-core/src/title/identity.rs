//! When two titles are one song.

use unicode_normalization::UnicodeNormalization;

use super::kind::{Kind, Place, classify};
use super::scan::is_bracket;
use super::{SEPARATOR, is_year, parse};

/// A key that is equal for titles which count as one song, given the same main artist.
///
/// Case, accents' encoding, the shape of quotes and dashes, width and spaces do not matter, nor
/// do remasters, editions, album, single and mono versions, radio edits, soundtracks and credits.
/// A live take, a remix, an acoustic or instrumental version, a demo, a re-recording or an
/// unknown bracket keeps two titles apart, in brackets or behind a dash alike.
///
/// The key is for comparing, not for showing. It is its own identity.
///
/// ```
/// use wrapped_core::title::identity;
///
/// assert_eq!(identity("Don’t Stop (feat. X) – Remastered 2004"), identity("DON'T STOP"));
/// assert_eq!(identity("Creep - Acoustic"), identity("Creep (Acoustic Version)"));
/// assert_ne!(identity("Creep - Acoustic"), identity("Creep"));
/// ```
pub fn identity(title: &str) -> String {
    let text = normalise(title);
    let title = parse(&text);
    let mut key = title.name().to_owned();
    for group in &title.groups {
        if let [only] = &title.qualifiers[group.qualifiers.clone()]
            && only.kind == Kind::Remaster
            && is_year(only.text)
        {
            continue;
        }
        let content = &text_of(&title, group).replace(is_bracket, " ");
        for part in collapse(content).split(SEPARATOR).map(str::trim) {
            let kind = classify(part, Place::Bracket);
            if kind.is_distinct() {
                key.push_str(" (");
                key.push_str(without_version(part, kind));
                key.push(')');
            }
        }
    }
    key
}

/// What stands between the brackets, or behind the dash.
fn text_of<'t>(title: &super::Title<'t>, group: &super::Group<'t>) -> &'t str {
    let start = group.whole.start + group.lead.len();
    &title.text[start..group.whole.end - group.tail.len()]
}

/// `live version` is `live`. Only where the rest says the same: `piano version` is not `piano`.
fn without_version(mut part: &str, kind: Kind) -> &str {
    if matches!(kind, Kind::Recording | Kind::Other) {
        return part;
    }
    while let Some(rest) = part.strip_suffix(" version").or_else(|| part.strip_suffix(" ver.")) {
        let rest = rest.trim_end();
        if classify(rest, Place::Bracket) != kind {
            break;
        }
        part = rest;
    }
    part
}

fn normalise(title: &str) -> String {
    let seen = title.chars().filter(|c| !is_ignorable(*c)).map(plain);
    let folded = seen.nfkc().flat_map(char::to_lowercase).flat_map(fold_rest);
    collapse(&folded.nfkc().map(plain).collect::<String>())
}

/// One space between words and none at the ends.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What lower case alone does not fold.
fn fold_rest(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' => ('s', Some('s')),
        'ς' => ('σ', None),
        _ => (c, None),
    };
    std::iter::once(first).chain(second)
}

/// One shape for quotes, dashes and tildes.
fn plain(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '`' | '´' | 'ʼ' | 'ʹ' | '＇' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' | '＂' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '〜' | '～' => '~',
        _ => c,
    }
}

/// Characters that are not seen: zero-width, direction and variation marks, soft hyphens. The
/// joiners of emoji and of Indic scripts stay.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}')
}
