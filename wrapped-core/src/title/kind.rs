//! What a qualifier says, told from its words in the languages that catalogues use.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::words::{
    ACOUSTIC, ADJECTIVES, AFTER_LIVE, ALONE, CREDIT, CUTS, DEMO, EDITION, INSTRUMENTAL, LIVE,
    NOT_A_NAME, ORIGIN, ORIGIN_NAMED, ORIGIN_NOUN, PART, RECORDING, REMASTER, REMIX, STAGE,
    TWELVE_INCH, VERSION, WITH,
};
use crate::limits::MAX_QUALIFIER_BYTES;

/// What a qualifier says of a song.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A release: deluxe, bonus track, official video.
    Edition,
    /// The same recording, remastered.
    Remaster,
    /// Where the song comes from: `From "Frozen"`, `From The Vault`.
    Soundtrack,
    /// Another person's credit: featuring, with, produced by.
    Featuring,
    /// The same take in another cut or mix: mono, single, album version, radio edit.
    Version,
    /// Something in brackets that we do not know: a subtitle, a translation.
    Other,
    /// Another recording: a re-recording, `10 Minute Version`, sped up, in another language.
    Recording,
    /// A remix or a rework.
    Remix,
    /// An acoustic recording.
    Acoustic,
    /// Without the voice.
    Instrumental,
    /// A demo or an outtake.
    Demo,
    /// A concert or a session.
    Live,
    /// A part of a larger work, `Pt. 2`: it belongs to the name although it stands behind it.
    Part,
}

impl Kind {
    /// How much is lost with a qualifier of this kind; `None` if it must not be dropped.
    pub(super) fn importance(self) -> Option<u8> {
        match self {
            Self::Edition | Self::Remaster => Some(0),
            Self::Soundtrack => Some(1),
            Self::Featuring => Some(2),
            Self::Version => Some(3),
            Self::Other => Some(4),
            Self::Recording | Self::Remix | Self::Acoustic | Self::Instrumental | Self::Demo => {
                Some(5)
            }
            Self::Live => Some(6),
            Self::Part => None,
        }
    }

    /// Whether titles that differ in such a qualifier are different songs when plays are counted.
    pub fn is_distinct(self) -> bool {
        !matches!(
            self,
            Self::Edition | Self::Remaster | Self::Soundtrack | Self::Featuring | Self::Version
        )
    }
}

/// Where a qualifier stands. Behind a dash may also stand a name (`Artist - Song`), so there the
/// words must be beyond doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Bracket,
    Dash,
}

/// The kind of one qualifier; [`Kind::Other`] if its words are not known.
pub(super) fn classify(text: &str, place: Place) -> Kind {
    if text.is_empty() {
        return Kind::Edition;
    }
    if text.len() > MAX_QUALIFIER_BYTES {
        return Kind::Other;
    }
    let quoted = text.contains(['"', '“', '”', '„', '\'', '‘', '’', '«', '「', '『']);
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let has = |list: &[&str]| list.iter().any(|phrase| folded.contains(phrase));
    let dash = place == Place::Dash;
    // The order matters: `feat. Live` is a credit and `Live - Remastered 2011` a concert.
    if is_credit(&folded, &words, dash) {
        Kind::Featuring
    } else if words.first().is_some_and(|word| PART.contains(word)) {
        Kind::Part
    } else if is_origin(&folded, dash, quoted) {
        if has(STAGE) { Kind::Live } else { Kind::Soundtrack }
    } else if is_live(&folded, &words, dash) {
        Kind::Live
    } else if has(REMIX) {
        Kind::Remix
    } else if has(ACOUSTIC) {
        Kind::Acoustic
    } else if has(INSTRUMENTAL) {
        Kind::Instrumental
    } else if has(DEMO) {
        Kind::Demo
    } else if has(RECORDING)
        || TWELVE_INCH.iter().any(|inch| text.contains(inch))
        || matches!(words[..], ["take", n, ..] if is_number(n))
    {
        Kind::Recording
    } else {
        classify_release(&folded, &words, dash)
    }
}

/// What is left are releases of the same take, and versions that are named after something.
fn classify_release(folded: &str, words: &[&str], dash: bool) -> Kind {
    let has = |list: &[&str]| list.iter().any(|phrase| folded.contains(phrase));
    let neutral = |word: &&str| {
        CUTS.contains(word) || ADJECTIVES.contains(word) || is_number(word) || has_remaster(word)
    };
    let all_neutral = words.iter().all(neutral);
    let cut = words.iter().any(|word| CUTS.contains(word));
    let adjective = words.iter().any(|word| ADJECTIVES.contains(word));
    let last = words.last().copied().unwrap_or_default();
    if !all_neutral && (last == "mix" || last == "edit" || last == "dub") {
        Kind::Remix
    } else if !all_neutral && has(VERSION) {
        Kind::Recording
    } else if has_remaster(folded) {
        Kind::Remaster
    } else if has(EDITION) {
        Kind::Edition
    } else if all_neutral && (cut || adjective && (!dash || ALONE.contains(&last))) {
        Kind::Version
    } else {
        Kind::Other
    }
}

fn is_credit(folded: &str, words: &[&str], dash: bool) -> bool {
    let [first, second, ..] = words else { return false };
    if CREDIT.iter().any(|phrase| folded.starts_with(phrase)) {
        return true;
    }
    // `(with You)` is a name, `(with Justin Bieber)` a credit.
    !dash && WITH.contains(first) && !NOT_A_NAME.contains(second)
}

fn is_origin(folded: &str, dash: bool, quoted: bool) -> bool {
    let named = ORIGIN_NAMED.iter().any(|phrase| folded.contains(phrase));
    let begins = ORIGIN.iter().any(|phrase| folded.starts_with(phrase));
    named || begins && (!dash || quoted || ORIGIN_NOUN.iter().any(|noun| folded.contains(noun)))
}

fn is_live(folded: &str, words: &[&str], dash: bool) -> bool {
    if LIVE.iter().any(|phrase| folded.contains(phrase)) {
        return true;
    }
    match words {
        ["live"] => true,
        ["live", next, ..] => !dash || AFTER_LIVE.contains(next) || is_number(next),
        [.., before, "live"] => !dash || is_number(before),
        _ => false,
    }
}

fn has_remaster(text: &str) -> bool {
    REMASTER.iter().any(|word| text.contains(word))
}

/// `2011`, `50th`, `7`; also years in two digits.
fn is_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "s")
}

/// Lower case, without accents on Latin letters, apostrophes and punctuation, one space between
/// words and one at either end, so that ` word ` finds whole words.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let mut base = None;
        decompose_canonical(c, |part| {
            base.get_or_insert(part);
        });
        let c = base.filter(char::is_ascii).unwrap_or(c);
        if c.is_alphanumeric() || c == 'ー' {
            out.push(c);
        } else if !is_combining_mark(c) && !matches!(c, '\'' | '’' | '‘') && !out.ends_with(' ')
        {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}
