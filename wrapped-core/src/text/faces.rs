//! Which face draws which part of a text: emoji first, Han by region, the rest by a chain.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_properties::{EmojiStatus, UnicodeEmoji};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{FaceId, Fonts, Region};
use super::safe::is_ignorable;
use crate::limits::FACE_CACHE_ENTRIES;

/// What stands for a character that no font has: small and quiet, unlike a box.
pub(crate) const MISSING_GLYPH: char = '·';

/// The families, weight and slope that a text asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FaceRequest {
    /// Families in order of preference, generic names included.
    pub families: Vec<String>,
    /// CSS weight, 1 to 1000.
    pub weight: u16,
    /// Italic or oblique.
    pub italic: bool,
}

/// A piece of text with the face that draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceRun {
    /// Bytes of [`Itemized::text`].
    pub range: Range<usize>,
    /// The face.
    pub face: FaceId,
}

/// A text cut into runs of one face each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Itemized {
    /// The text with [`MISSING_GLYPH`] where no face has a glyph.
    pub text: String,
    /// The runs, without gaps.
    pub runs: Vec<FaceRun>,
    /// The characters that no face has.
    pub missing: Vec<char>,
}

/// Finds faces and remembers what it found, misses included.
#[derive(Default)]
pub(crate) struct FaceFinder {
    chains: HashMap<FaceRequest, (u32, Arc<[FaceId]>)>,
    found: HashMap<(u32, Region, char), Option<FaceId>>,
}

impl FaceFinder {
    /// Appends `text` to `out`, cut into runs.
    pub(crate) fn itemize(
        &mut self,
        fonts: &Fonts,
        request: &FaceRequest,
        region: Region,
        text: &str,
        out: &mut Itemized,
    ) {
        let (chain_id, chain) = self.chain(fonts, request);
        let Some(&base) = chain.first() else { return };
        for cluster in text.graphemes(true) {
            let start = out.text.len();
            let face = match self.face_of(fonts, chain_id, &chain, region, cluster) {
                Some(face) => {
                    out.text.push_str(cluster);
                    face
                }
                None => {
                    let missing = cluster.chars().find(|&c| !is_ignorable(c));
                    if let Some(c) = missing {
                        out.missing.push(c);
                        out.text.push(MISSING_GLYPH);
                    } else {
                        // Isolates and joiners on their own: nothing to draw, but bidi needs them.
                        out.text.push_str(cluster);
                    }
                    base
                }
            };
            let end = out.text.len();
            match out.runs.last_mut() {
                Some(run) if run.face == face && run.range.end == start => run.range.end = end,
                _ => out.runs.push(FaceRun { range: start..end, face }),
            }
        }
    }

    /// The first face of the chain; it decides a slot's vertical metrics.
    pub(crate) fn base(&mut self, fonts: &Fonts, request: &FaceRequest) -> Option<FaceId> {
        self.chain(fonts, request).1.first().copied()
    }

    fn chain(&mut self, fonts: &Fonts, request: &FaceRequest) -> (u32, Arc<[FaceId]>) {
        if let Some(chain) = self.chains.get(request) {
            return chain.clone();
        }
        let families: Vec<String> =
            request.families.iter().map(|family| generic(family).to_owned()).collect();
        let chain = fonts.chain(&families, request.weight, request.italic);
        let entry = (self.chains.len() as u32, Arc::from(chain));
        self.chains.insert(request.clone(), entry.clone());
        entry
    }

    fn face_of(
        &mut self,
        fonts: &Fonts,
        chain_id: u32,
        chain: &[FaceId],
        region: Region,
        cluster: &str,
    ) -> Option<FaceId> {
        let mut chars = cluster.chars().filter(|&c| !is_ignorable(c));
        let first = chars.next()?;
        if is_emoji(cluster)
            && let Some(emoji) = fonts.emoji()
            && fonts.face(emoji).covers(first)
        {
            return Some(emoji);
        }
        let base = self.face_of_char(fonts, chain_id, chain, region, first);
        if chars.clone().next().is_none() {
            return base;
        }
        // A cluster stays in one face if any has all of it; marks are lost otherwise.
        if base.is_some_and(|face| chars.clone().all(|c| fonts.face(face).covers(c))) {
            return base;
        }
        candidates(fonts, chain, region)
            .find(|&face| {
                let face = fonts.face(face);
                face.covers(first) && chars.clone().all(|c| face.covers(c))
            })
            .or(base)
    }

    fn face_of_char(
        &mut self,
        fonts: &Fonts,
        chain_id: u32,
        chain: &[FaceId],
        region: Region,
        c: char,
    ) -> Option<FaceId> {
        if self.found.len() >= FACE_CACHE_ENTRIES {
            self.found.clear();
        }
        *self
            .found
            .entry((chain_id, region, c))
            .or_insert_with(|| candidates(fonts, chain, region).find(|&f| fonts.face(f).covers(c)))
    }
}

/// The chain as this region reads it: its own CJK faces before those of other regions, colour
/// faces last.
fn candidates<'a>(
    fonts: &'a Fonts,
    chain: &'a [FaceId],
    region: Region,
) -> impl Iterator<Item = FaceId> + 'a {
    let rank = move |face: FaceId| {
        let face = fonts.face(face);
        match face.region {
            _ if face.color => 3,
            Some(own) if own == region => 1,
            Some(_) => 2,
            None => 0,
        }
    };
    (0..4).flat_map(move |wanted| chain.iter().copied().filter(move |&f| rank(f) == wanted))
}

/// Whether a cluster is to be drawn in colour: emoji presentation by default, by a selector, or
/// as a sequence (UTS #51). A text selector (U+FE0E) keeps it plain.
fn is_emoji(cluster: &str) -> bool {
    if cluster.contains('\u{fe0e}') {
        return false;
    }
    if cluster.contains(['\u{fe0f}', '\u{20e3}']) {
        return true;
    }
    cluster.chars().any(|c| {
        matches!(
            c.emoji_status(),
            EmojiStatus::EmojiPresentation
                | EmojiStatus::EmojiPresentationAndModifierBase
                | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
                | EmojiStatus::EmojiPresentationAndEmojiComponent
        )
    })
}

fn generic(family: &str) -> &str {
    match family.to_ascii_lowercase().as_str() {
        "serif" => "Noto Serif",
        "monospace" => "Noto Sans Mono",
        _ => family,
    }
}

/// The region whose design a text asks for: kana means Japan, hangul Korea; characters that only
/// one Chinese standard has mean that one; otherwise the reader's own.
pub(crate) fn region_of(fonts: &Fonts, texts: &[&str], reader: Region) -> Region {
    let chars = || texts.iter().flat_map(|text| text.chars());
    if chars().any(|c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}'))
    {
        return Region::Jp;
    }
    if chars().any(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}'))
    {
        return Region::Kr;
    }
    let han: Vec<char> = chars().filter(|&c| is_han(c)).collect();
    if han.is_empty() {
        return reader;
    }
    let order = [reader, Region::Sc, Region::Tc, Region::Jp, Region::Kr];
    order
        .into_iter()
        .find(|&region| {
            fonts.faces().iter().any(|f| f.region == Some(region) && han.iter().all(|&c| f.covers(c)))
        })
        .unwrap_or(reader)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
