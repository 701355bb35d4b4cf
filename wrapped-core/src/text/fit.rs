//! The fit ladder: full size, shrink, wrap to balanced lines, drop qualifiers, ellipsis.
//!
//! Texts of one group share one size, so that the rows of a list look like a list. A text that
//! cannot fit at any size gets an ellipsis and has no say in it: one hostile name does not shrink
//! everybody else's.

use cosmic_text::Wrap;
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Region;
use super::shape::{Line, Shaped, Shaper, Span};
use crate::title;

/// Which steps of the ladder a slot allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FitSteps {
    pub(crate) shrink: bool,
    pub(crate) wrap: bool,
    /// Whether lines are broken before they are shrunk: `data-fit="wrap shrink"`.
    pub(crate) wrap_first: bool,
    pub(crate) qualifiers: bool,
    pub(crate) ellipsis: bool,
}

impl FitSteps {
    pub(crate) const ALL: Self =
        Self { shrink: true, wrap: true, wrap_first: false, qualifiers: true, ellipsis: true };
}

/// The box a text must fit; lengths in px of the template.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slot {
    pub(crate) size: f32,
    pub(crate) min_size: f32,
    /// The box's width; infinite for a text without `data-width`.
    pub(crate) width: f32,
    pub(crate) lines: usize,
    pub(crate) steps: FitSteps,
}

/// How a text was shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortened {
    /// Cut, with an ellipsis.
    Ellipsis,
    /// Qualifiers such as "(feat. ...)" left out.
    Qualifiers,
}

/// A text that fits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fitted {
    pub(crate) size: f32,
    pub(crate) lines: Vec<Line>,
    pub(crate) shortened: Option<Shortened>,
    /// What is shown, without bidi marks.
    pub(crate) shown: String,
    pub(crate) missing: Vec<char>,
    pub(crate) faces: Vec<super::fonts::FaceId>,
}

/// A text on its way into a slot.
#[derive(Clone, Debug)]
pub(crate) struct FitText {
    pub(crate) spans: Vec<Span>,
    pub(crate) slot: Slot,
    pub(crate) region: Region,
    /// The card's direction.
    pub(crate) rtl: bool,
}

/// Sizes are whole multiples of this, in px, so that glyphs can be shared between cards.
const SIZE_STEP: f32 = 0.5;
/// A width may exceed its slot by this much, in px: rounding of advances.
const TOLERANCE: f32 = 0.05;
/// An ellipsis prefers the end of a word within this share of what fits.
const WORD_NEAR: f32 = 0.7;

/// Fits texts that share one size.
pub(crate) fn fit_group(shaper: &mut Shaper, texts: &[FitText]) -> Vec<Fitted> {
    let mut natural: Vec<Ladder> = texts.iter().map(|text| Ladder::climb(shaper, text)).collect();
    if let [only] = natural.as_mut_slice() {
        let ladder = std::mem::take(only);
        return vec![ladder.finish(shaper, &texts[0], None)];
    }
    let shared = natural.iter().filter_map(|ladder| ladder.size).reduce(f32::min);
    natural
        .into_iter()
        .zip(texts)
        .map(|(ladder, text)| ladder.finish(shaper, text, shared))
        .collect()
}

/// How far up the ladder one text had to climb on its own.
#[derive(Default)]
struct Ladder {
    /// The texts to try: the full one, then ever shorter ones.
    forms: Vec<(Vec<Span>, Shaped)>,
    /// The size at which a form fits; none if only an ellipsis helps.
    size: Option<f32>,
}

impl Ladder {
    fn climb(shaper: &mut Shaper, text: &FitText) -> Self {
        let slot = &text.slot;
        let full = shaper.shape(&text.spans, text.region, text.rtl);
        let mut ladder = Self { forms: vec![(text.spans.clone(), full)], size: None };
        ladder.size = size_that_fits(shaper, &ladder.forms[0], slot);
        if ladder.size.is_some() || !slot.steps.qualifiers {
            return ladder;
        }
        for spans in shorter_forms(&text.spans) {
            let shaped = shaper.shape(&spans, text.region, text.rtl);
            ladder.forms.push((spans, shaped));
            let form = ladder.forms.last().expect("a form was just pushed");
            ladder.size = size_that_fits(shaper, form, slot);
            if ladder.size.is_some() {
                break;
            }
        }
        ladder
    }

    fn finish(self, shaper: &mut Shaper, text: &FitText, shared: Option<f32>) -> Fitted {
        let slot = &text.slot;
        let least = if slot.steps.shrink { slot.min_size } else { slot.size };
        let size = match (shared, self.size) {
            (Some(shared), _) => shared.min(slot.size),
            (None, Some(own)) => own,
            (None, None) => least,
        };
        let mut forms = self.forms.into_iter();
        let (full_spans, full) = forms.next().expect("a ladder starts with the full text");
        let missing = full.missing.clone();
        let faces = full.faces.clone();
        let all = std::iter::once((full_spans, full)).chain(forms);
        for (index, form) in all.enumerate() {
            if let Some(lines) = lines_that_fit(shaper, &form, slot, size) {
                let shortened = (index > 0).then_some(Shortened::Qualifiers);
                let shown = plain(&form.0);
                return Fitted { size, lines, shortened, shown, missing, faces };
            }
        }
        if !slot.steps.ellipsis {
            let full = shaper.shape(&text.spans, text.region, text.rtl);
            let lines = shaper.lay_out(&full, &text.spans, size, f32::MAX, Wrap::None);
            let shown = plain(&text.spans);
            return Fitted { size, lines, shortened: None, shown, missing, faces };
        }
        let (lines, shown) = with_ellipsis(shaper, text, size);
        Fitted { size, lines, shortened: Some(Shortened::Ellipsis), shown, missing, faces }
    }
}

/// The largest size, within what the slot allows, at which a form fits without being cut.
fn size_that_fits(shaper: &Shaper, form: &(Vec<Span>, Shaped), slot: &Slot) -> Option<f32> {
    let width = one_line(shaper, form, slot.size).width;
    if width <= slot.width + TOLERANCE {
        return Some(slot.size);
    }
    let least = if slot.steps.shrink { slot.min_size } else { slot.size };
    let one = (slot.size * slot.width / width / SIZE_STEP).floor() * SIZE_STEP;
    let wraps = slot.steps.wrap && slot.lines > 1;
    if one >= least && !(wraps && slot.steps.wrap_first) {
        return Some(one);
    }
    if !wraps {
        return None;
    }
    let mut size = slot.size;
    while size >= least {
        if lines_that_fit(shaper, form, slot, size).is_some() {
            return Some(size);
        }
        // A twenty-fourth at a time: finer steps are not seen, and each costs a layout.
        let next = (size * 23.0 / 24.0 / SIZE_STEP).floor() * SIZE_STEP;
        size = if next < least && size > least { least } else { next };
    }
    None
}

fn one_line(shaper: &Shaper, (spans, shaped): &(Vec<Span>, Shaped), size: f32) -> Line {
    let mut lines = shaper.lay_out(shaped, spans, size, f32::MAX, Wrap::None);
    if lines.is_empty() { Line::default() } else { lines.swap_remove(0) }
}

/// The lines of a form at `size` if it fits: one line, or balanced ones.
fn lines_that_fit(
    shaper: &Shaper,
    form: &(Vec<Span>, Shaped),
    slot: &Slot,
    size: f32,
) -> Option<Vec<Line>> {
    let one = one_line(shaper, form, size);
    if one.width <= slot.width + TOLERANCE {
        return Some(vec![one]);
    }
    if !slot.steps.wrap || slot.lines < 2 {
        return None;
    }
    let (spans, shaped) = form;
    let at = |width: f32| shaper.lay_out(shaped, spans, size, width, Wrap::Word);
    let fits = |lines: &[Line], width: f32| {
        lines.len() <= slot.lines && lines.iter().all(|line| line.width <= width + TOLERANCE)
    };
    let mut best = at(slot.width);
    if !fits(&best, slot.width) {
        return None;
    }
    // Balanced: the narrowest width that needs no further line.
    let (mut low, mut high) = (one.width / best.len() as f32, slot.width);
    for _ in 0..6 {
        let middle = (low + high) / 2.0;
        let lines = at(middle);
        if lines.len() <= best.len() && fits(&lines, middle) {
            best = lines;
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(best)
}

/// The longest beginning that fits with an ellipsis, at the end of a word if one is near.
fn with_ellipsis(shaper: &mut Shaper, text: &FitText, size: f32) -> (Vec<Line>, String) {
    let slot = &text.slot;
    let whole: String = text.spans.iter().map(|span| span.text.as_str()).collect();
    let ends: Vec<usize> = whole.grapheme_indices(true).map(|(i, g)| i + g.len()).collect();
    let wraps = slot.steps.wrap && slot.lines > 1;
    let lines = if wraps { slot.lines } else { 1 };
    let mut attempt = |end: usize| {
        let spans = cut(&text.spans, end);
        let shaped = shaper.shape(&spans, text.region, text.rtl);
        let wrap = if wraps { Wrap::WordOrGlyph } else { Wrap::None };
        let width = if wraps { slot.width } else { f32::MAX };
        let out = shaper.lay_out(&shaped, &spans, size, width, wrap);
        let fits = out.len() <= lines && out.iter().all(|l| l.width <= slot.width + TOLERANCE);
        (fits, out, plain(&spans))
    };
    let (mut low, mut high) = (0, ends.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if attempt(ends[middle - 1]).0 { low = middle } else { high = middle - 1 }
    }
    let end = if low == 0 { 0 } else { ends[low - 1] };
    if let Some(word_end) = whole[..end].rfind(' ')
        && word_end as f32 >= end as f32 * WORD_NEAR
        && !whole[end..].starts_with(' ')
    {
        let (fits, lines, shown) = attempt(word_end);
        if fits {
            return (lines, shown);
        }
    }
    let (_, lines, shown) = attempt(end);
    (lines, shown)
}

/// The text up to byte `end`, without dangling punctuation, with an ellipsis, isolates closed.
fn cut(spans: &[Span], end: usize) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut start = 0;
    for span in spans {
        let keep = end.saturating_sub(start).min(span.text.len());
        start += span.text.len();
        if keep > 0 || out.is_empty() {
            out.push(Span { text: span.text[..keep].to_owned(), style: span.style.clone() });
        }
    }
    if let Some(last) = out.last_mut() {
        let kept = last.text.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '(' | '[' | '{' | ',' | '-' | '–' | '—' | '/' | ':' | '&')
        });
        last.text.truncate(kept.len());
        last.text.push('…');
    }
    let open: i32 = out
        .iter()
        .flat_map(|span| span.text.chars())
        .map(|c| match c {
            FIRST_STRONG_ISOLATE => 1,
            POP_ISOLATE => -1,
            _ => 0,
        })
        .sum();
    if let Some(last) = out.last_mut() {
        last.text.extend(std::iter::repeat_n(POP_ISOLATE, open.max(0) as usize));
    }
    out
}

/// Starts a piece whose direction is its own (UAX #9).
pub(crate) const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends it.
pub(crate) const POP_ISOLATE: char = '\u{2069}';

fn plain(spans: &[Span]) -> String {
    spans
        .iter()
        .flat_map(|span| span.text.chars())
        .filter(|&c| !matches!(c, FIRST_STRONG_ISOLATE | POP_ISOLATE))
        .collect()
}

/// A single-span text without its qualifiers, ever shorter.
fn shorter_forms(spans: &[Span]) -> Vec<Vec<Span>> {
    let [only] = spans else { return Vec::new() };
    let isolated = only.text.starts_with(FIRST_STRONG_ISOLATE);
    title::parse(&plain(spans))
        .shortenings()
        .into_iter()
        .map(|text| {
            let text =
                if isolated { format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}") } else { text };
            vec![Span { text, style: only.style.clone() }]
        })
        .collect()
}
