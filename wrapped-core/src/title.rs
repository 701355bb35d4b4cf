//! The grammar of music titles: what belongs to the name of a song and what merely qualifies it.
//!
//! Catalogues write one song in many ways: `Heroes`, `"Heroes" - 2017 Remaster`,
//! `Heroes (Single Version) [feat. ...]`. [`parse`] takes such a title apart, [`Title::shortenings`]
//! gives ever shorter forms of it for a slot that is too narrow, and [`identity`] tells which
//! titles count as one song.
//!
//! A qualifier stands at the end: in brackets, behind a spaced dash, or as a bare `feat. ...`.
//! A bracket at the head of a title belongs to the name. A dash counts only if what follows is a
//! known qualifier, because `Artist - Song` is written the same way.
//!
//! Everything here is linear in the length of the title; a title may be 100 kB.

mod identity;
mod kind;
mod scan;
mod words;

use std::ops::Range;

pub use identity::identity;
pub use kind::Kind;

use crate::limits::MAX_SHORTENINGS;
use kind::{Place, classify};
use scan::{Bracket, MarkKind, Scan};

/// A title taken apart; it borrows from the string it was made of.
#[derive(Clone, Debug)]
pub struct Title<'t> {
    text: &'t str,
    name_end: usize,
    groups: Vec<Group<'t>>,
    qualifiers: Vec<Qualifier<'t>>,
}

/// One thing that qualifies the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualifier<'t> {
    /// What it says of the song.
    pub kind: Kind,
    /// The words, without brackets or dash.
    pub text: &'t str,
}

/// One bracket or one dash suffix, with one or more qualifiers (`Mono Version / Remastered 2002`).
#[derive(Clone, Debug)]
struct Group<'t> {
    whole: Range<usize>,
    lead: &'t str,
    tail: &'t str,
    qualifiers: Range<usize>,
}

/// Between two qualifiers of one group.
const SEPARATOR: &str = " / ";

/// Takes a title apart. Any string is a title; one without qualifiers is all name.
///
/// ```
/// use wrapped_core::title::{Kind, parse};
///
/// let title = parse("(I Can't Get No) Satisfaction - Mono Version / Remastered 2002");
/// assert_eq!(title.name(), "(I Can't Get No) Satisfaction");
/// let kinds: Vec<_> = title.qualifiers().iter().map(|qualifier| qualifier.kind).collect();
/// assert_eq!(kinds, [Kind::Version, Kind::Remaster]);
/// ```
pub fn parse(title: &str) -> Title<'_> {
    let text = title.trim();
    let mut scan = Scan::new(text);
    let mut found = Vec::new();
    let mut end = text.len();
    while let Some(group) = last_group(text, end, &mut scan, found.last()) {
        if text[..group.whole.start].trim_end().is_empty() {
            break;
        }
        end = group.whole.start;
        found.push(group);
    }
    let mut title = Title { text, name_end: end, groups: Vec::new(), qualifiers: Vec::new() };
    for found in found.into_iter().rev() {
        let first = title.qualifiers.len();
        title.qualifiers.extend(found.qualifiers);
        let Found { whole, lead, tail, .. } = found;
        title.groups.push(Group { whole, lead, tail, qualifiers: first..title.qualifiers.len() });
    }
    title
}

impl<'t> Title<'t> {
    /// The name of the song, with everything that is not a qualifier.
    pub fn name(&self) -> &'t str {
        &self.text[..self.name_end]
    }

    /// The qualifiers in the order of the title.
    pub fn qualifiers(&self) -> &[Qualifier<'t>] {
        &self.qualifiers
    }

    /// Ever shorter forms of the title, the least important qualifier dropped first.
    ///
    /// What tells two recordings apart (live, remix, acoustic, ...) goes last, parts of a work
    /// (`Pt. 2`) never. No form is empty or only punctuation. A title without qualifiers has no
    /// shorter form; one with more than [`MAX_SHORTENINGS`] loses several at a time.
    ///
    /// ```
    /// let title = wrapped_core::title::parse("Alive (feat. Somebody) [Live] - Remastered 2009");
    /// let forms = title.shortenings();
    /// assert_eq!(forms, ["Alive (feat. Somebody) [Live]", "Alive [Live]", "Alive"]);
    /// ```
    pub fn shortenings(&self) -> Vec<String> {
        let mut order: Vec<usize> = (0..self.qualifiers.len()).collect();
        order.retain(|i| self.qualifiers[*i].kind.importance().is_some());
        order.sort_by_key(|i| (self.qualifiers[*i].kind.importance(), std::cmp::Reverse(*i)));
        let mut kept = vec![true; self.qualifiers.len()];
        let mut forms = Vec::new();
        for step in order.chunks(order.len().div_ceil(MAX_SHORTENINGS).max(1)) {
            for i in step {
                kept[*i] = false;
            }
            let form = self.render(&kept);
            if !has_substance(&form) {
                break;
            }
            forms.push(form);
        }
        forms
    }

    fn render(&self, kept: &[bool]) -> String {
        let mut out = String::with_capacity(self.text.len());
        out.push_str(self.name());
        for group in &self.groups {
            let all = group.qualifiers.clone();
            let mut left = all.clone().filter(|i| kept[*i]).peekable();
            if left.peek().is_none() {
                continue;
            }
            if all.clone().all(|i| kept[i]) {
                out.push_str(&self.text[group.whole.clone()]);
                continue;
            }
            out.push_str(group.lead);
            while let Some(i) = left.next() {
                out.push_str(self.qualifiers[i].text);
                if left.peek().is_some() {
                    out.push_str(SEPARATOR);
                }
            }
            out.push_str(group.tail);
        }
        out
    }
}

/// A group while it is being found, from the end of the title to its head.
struct Found<'t> {
    whole: Range<usize>,
    lead: &'t str,
    tail: &'t str,
    qualifiers: Vec<Qualifier<'t>>,
}

/// The group that ends the title at `end`, if one does. `right` is the one found before, which
/// stands to its right.
fn last_group<'t>(
    text: &'t str,
    end: usize,
    scan: &mut Scan,
    right: Option<&Found<'t>>,
) -> Option<Found<'t>> {
    if let Some(bracket) = scan.bracket_ending_at(end)
        && let Some(found) = bracket_group(text, bracket)
    {
        return Some(found);
    }
    let mark = scan.last_mark_before(end)?;
    let content = text[mark.content_start..end].trim();
    let place = match mark.kind {
        MarkKind::Dash => Place::Dash,
        MarkKind::Featuring => Place::Bracket,
    };
    let mut qualifiers = split(content, place);
    let follows_remaster = || {
        let is_remaster =
            |found: &Found<'_>| found.qualifiers.iter().all(|q| q.kind == Kind::Remaster);
        right.is_some_and(is_remaster)
    };
    // Some catalogues write `Song - 2011 - Remaster`; a year alone may as well be the name.
    if let [year] = &mut qualifiers[..]
        && is_year(year.text)
        && follows_remaster()
    {
        year.kind = Kind::Remaster;
    }
    let known = match mark.kind {
        MarkKind::Dash => qualifiers.iter().any(|qualifier| qualifier.kind != Kind::Other),
        MarkKind::Featuring => qualifiers.first().is_some_and(|q| q.kind == Kind::Featuring),
    };
    known.then(|| Found {
        whole: mark.start..end,
        lead: &text[mark.start..mark.content_start],
        tail: "",
        qualifiers,
    })
}

fn bracket_group<'t>(text: &'t str, bracket: Bracket) -> Option<Found<'t>> {
    let Bracket { open, close, plain } = bracket;
    let content = &text[open.end..close.start];
    let qualifiers = split(content.trim(), Place::Bracket);
    let before = text[..open.start].trim_end();
    let spaced = before.len() < open.start || before.ends_with(is_cjk) || open.len() > 1;
    let known = qualifiers.iter().any(|qualifier| qualifier.kind != Kind::Other);
    // `f(x)`, `+/-{You}` and `「夜に駆ける」` are names, `Song (Anything)` is a name and more.
    (known || plain && spaced).then(|| Found {
        whole: before.len()..close.end,
        lead: &text[before.len()..open.end],
        tail: &text[close.clone()],
        qualifiers,
    })
}

fn split(content: &str, place: Place) -> Vec<Qualifier<'_>> {
    let parts = content.split(SEPARATOR).map(str::trim);
    parts.map(|text| Qualifier { kind: classify(text, place), text }).collect()
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Chinese characters, kana and Hangul, which are written without spaces around brackets.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a form says anything: a letter, a digit or a symbol such as an emoji. Only spaces,
/// punctuation and marks would be a slot that looks broken.
fn has_substance(form: &str) -> bool {
    let is_void = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || c.is_ascii_punctuation()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}'
                | '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0f}')
    };
    form.chars().any(|c| c.is_alphanumeric() || !is_void(c))
}

#[cfg(test)]
mod tests;
