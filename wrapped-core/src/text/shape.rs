//! Shaping and line breaking, over cosmic-text: a text becomes glyphs of known faces.

use std::collections::HashMap;
use std::sync::Arc;

use cosmic_text::{
    Align, Attrs, AttrsList, Family, FeatureTag, FontFeatures, FontSystem, Hinting, LayoutLine,
    Metrics, ShapeLine, Shaping, Weight, Wrap, fontdb,
};

use super::faces::{FaceFinder, FaceRequest, Itemized, region_of};
use super::fonts::{FaceId, FaceMetrics, Fonts, Region};
use super::outline::{GlyphOutlines, GlyphShape};

/// How a piece of text looks, apart from its paint.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanStyle {
    /// Families, weight, slope.
    pub request: FaceRequest,
    /// Tracking in em; not applied to cursive and CJK scripts.
    pub letter_spacing: f32,
    /// OpenType features switched on or off.
    pub features: Vec<([u8; 4], u32)>,
    /// The size relative to the text's own.
    pub scale: f32,
}

/// A styled piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The piece.
    pub text: String,
    /// Its style.
    pub style: SpanStyle,
}

/// A glyph at its place: px right of the line's start and down from its baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// The face.
    pub face: FaceId,
    /// The glyph's index in the face.
    pub glyph: u16,
    /// px per em.
    pub size: f32,
    /// px from the line's left edge.
    pub x: f32,
    /// px down from the baseline.
    pub y: f32,
    /// The index of the span it belongs to.
    pub span: usize,
}

/// One laid-out line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The glyphs in visual order.
    pub glyphs: Vec<PlacedGlyph>,
    /// The advance width in px.
    pub width: f32,
}

/// A shaped text, ready to be laid out at any size.
pub(crate) struct Shaped {
    line: ShapeLine,
    spans: usize,
    /// Characters without a glyph.
    pub(crate) missing: Vec<char>,
    /// The faces that draw it.
    pub(crate) faces: Vec<FaceId>,
}

/// A worker's text engine: shaper, face finder and glyph outlines, with their caches.
pub(crate) struct Shaper {
    fonts: Arc<Fonts>,
    system: FontSystem,
    finder: FaceFinder,
    outlines: GlyphOutlines,
    ids: HashMap<fontdb::ID, FaceId>,
}

/// No fallback lists: every run already names the one face that draws it.
struct NoFallback;

impl cosmic_text::Fallback for NoFallback {
    fn common_fallback(&self) -> &[&'static str] {
        &[]
    }
    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }
    fn script_fallback(&self, _: unicode_script::Script, _: &str) -> &[&'static str] {
        &[]
    }
}

impl Shaper {
    pub(crate) fn new(fonts: Arc<Fonts>) -> Self {
        let ids =
            (0..fonts.faces().len()).map(|i| FaceId(i as u16)).map(|f| (fonts.face(f).db_id, f));
        Self {
            ids: ids.collect(),
            // The locale is of no use to it: faces are chosen here.
            system: FontSystem::new_with_locale_and_db_and_fallback(
                "en".to_owned(),
                fonts.db().clone(),
                NoFallback,
            ),
            finder: FaceFinder::default(),
            outlines: GlyphOutlines::default(),
            fonts,
        }
    }

    /// The Han design for texts that belong together.
    pub(crate) fn region(&self, texts: &[&str], reader: Region) -> Region {
        region_of(texts, reader)
    }

    /// Vertical metrics of the face that a style asks for first.
    pub(crate) fn metrics(&mut self, request: &FaceRequest) -> FaceMetrics {
        self.finder.base(&self.fonts, request).map_or(
            FaceMetrics { ascent: 0.95, descent: 0.25, cap_height: 0.7, x_height: 0.5 },
            |face| self.fonts.face(face).metrics,
        )
    }

    /// The outline of a glyph in em.
    pub(crate) fn outline(&mut self, face: FaceId, glyph: u16) -> Arc<GlyphShape> {
        self.outlines.get(&self.fonts, face, glyph)
    }

    /// The family name of a face.
    pub(crate) fn family(&self, face: FaceId) -> &str {
        &self.fonts.face(face).family
    }

    /// Shapes a text whose base direction is the card's: a mark of that direction stands first,
    /// so that a foreign first letter cannot turn the whole line.
    pub(crate) fn shape(&mut self, spans: &[Span], region: Region, rtl: bool) -> Shaped {
        let mut items = Itemized::default();
        let mut bounds = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            let start = items.text.len();
            if index == 0 {
                let mark = if rtl { "\u{200f}" } else { "\u{200e}" };
                self.finder.itemize(&self.fonts, &span.style.request, region, mark, &mut items);
            }
            self.finder.itemize(&self.fonts, &span.style.request, region, &span.text, &mut items);
            bounds.push(start..items.text.len());
        }
        let attrs = self.attributes(spans, &bounds, &items);
        let mut line = ShapeLine::new(&mut self.system, &items.text, &attrs, Shaping::Advanced, 1);
        reorder(&mut line);
        let mut faces: Vec<FaceId> = items.runs.iter().map(|run| run.face).collect();
        faces.sort_unstable();
        faces.dedup();
        Shaped { line, spans: spans.len(), missing: items.missing, faces }
    }

    fn attributes(
        &self,
        spans: &[Span],
        bounds: &[std::ops::Range<usize>],
        items: &Itemized,
    ) -> AttrsList {
        let mut list = AttrsList::new(&Attrs::new());
        for run in &items.runs {
            let family = Fonts::shaper_family(run.face);
            for (index, span) in spans.iter().enumerate() {
                let start = run.range.start.max(bounds[index].start);
                let end = run.range.end.min(bounds[index].end);
                if start >= end {
                    continue;
                }
                let mut features = FontFeatures::new();
                for (tag, value) in &span.style.features {
                    features.set(FeatureTag::new(tag), *value);
                }
                let mut attrs = Attrs::new()
                    .family(Family::Name(&family))
                    .weight(Weight::NORMAL)
                    .metadata(index)
                    .font_features(features);
                if span.style.letter_spacing != 0.0
                    && items.text[start..end].chars().all(takes_tracking)
                {
                    attrs = attrs.letter_spacing(span.style.letter_spacing);
                }
                list.add_span(start..end, &attrs);
            }
        }
        list
    }

    /// Lays a shaped text out at `size` px; `width` px limits its lines if `wrap` allows it.
    pub(crate) fn lay_out(
        &self,
        shaped: &Shaped,
        spans: &[Span],
        size: f32,
        width: f32,
        wrap: Wrap,
    ) -> Vec<Line> {
        debug_assert_eq!(shaped.spans, spans.len());
        let mut line = None;
        if spans.iter().any(|span| span.style.scale != 1.0) {
            line = Some(scaled(&shaped.line, spans, size));
        }
        let lines = line.as_ref().unwrap_or(&shaped.line).layout(
            size,
            Some(width),
            wrap,
            Some(Align::Left),
            None,
            Hinting::Disabled,
        );
        lines.iter().map(|line| self.line(line)).collect()
    }

    fn line(&self, line: &LayoutLine) -> Line {
        let left = line.glyphs.iter().map(|g| g.x).fold(f32::INFINITY, f32::min);
        let right = line.glyphs.iter().map(|g| g.x + g.w).fold(0.0, f32::max);
        if line.glyphs.is_empty() {
            return Line::default();
        }
        let glyphs = line
            .glyphs
            .iter()
            .filter_map(|g| {
                Some(PlacedGlyph {
                    face: *self.ids.get(&g.font_id)?,
                    glyph: g.glyph_id,
                    size: g.font_size,
                    x: g.x - left + g.x_offset * g.font_size,
                    y: g.y - g.y_offset * g.font_size,
                    span: g.metadata,
                })
            })
            .collect();
        Line { glyphs, width: right - left }
    }
}

/// Puts the runs of right-to-left words in order.
///
/// cosmic-text 0.19 shapes a word run by run and appends the runs in reading order, each in visual
/// order, so that in "…الموسيقى." the full stop of another face would stand on the wrong side.
/// Clusters tell the right order; a cluster's own glyphs keep theirs.
fn reorder(line: &mut ShapeLine) {
    let rtl = line.rtl;
    for span in line.spans.iter_mut().filter(|span| span.level.is_rtl()) {
        for word in &mut span.words {
            // The shaper has already reversed the glyphs of right-to-left lines.
            if rtl {
                word.glyphs.sort_by_key(|glyph| glyph.start);
            } else {
                word.glyphs.sort_by_key(|glyph| std::cmp::Reverse(glyph.start));
            }
        }
    }
}

/// The same line with the sizes of spans that differ from the text's own.
fn scaled(line: &ShapeLine, spans: &[Span], size: f32) -> ShapeLine {
    let mut line = line.clone();
    for glyph in
        line.spans.iter_mut().flat_map(|span| &mut span.words).flat_map(|word| &mut word.glyphs)
    {
        let scale = spans.get(glyph.metadata).map_or(1.0, |span| span.style.scale);
        if scale != 1.0 {
            glyph.metrics_opt = Some(Metrics::new(size * scale, size * scale));
        }
    }
    line
}

/// Whether tracking suits a character's script: it breaks joined scripts apart and looks wrong
/// between ideographs.
fn takes_tracking(c: char) -> bool {
    matches!(c, '\0'..='\u{58f}' | '\u{10a0}'..='\u{10ff}' | '\u{1e00}'..='\u{2bff}' | '\u{feff}')
}
