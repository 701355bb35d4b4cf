//! Glyph outlines: unhinted, in em, y down, with the layers of colour glyphs (COLR version 0).

use std::collections::HashMap;
use std::sync::Arc;

use swash::scale::ScaleContext;
use swash::scale::outline::Layer;
use swash::zeno::Verb;
use tiny_skia::{Path, PathBuilder};

use super::fonts::{FaceId, Fonts};
use crate::limits::GLYPH_CACHE_ENTRIES;

/// Units in which outlines are read; they are then divided down to em.
const READ_SIZE: f32 = 1000.0;

/// The palette index that stands for the text's own paint.
const FOREGROUND: u16 = 0xffff;

/// What a glyph looks like at 1 px per em.
#[derive(Debug, Default)]
pub(crate) struct GlyphShape {
    /// Layers from back to front; empty for a blank.
    pub(crate) layers: Vec<GlyphLayer>,
}

/// One filled outline of a glyph.
#[derive(Debug)]
pub(crate) struct GlyphLayer {
    /// The outline in em, y down.
    pub(crate) path: Path,
    /// Its own colour (RGBA), or none for the text's paint.
    pub(crate) color: Option<[u8; 4]>,
}

/// A worker's outlines.
#[derive(Default)]
pub(crate) struct GlyphOutlines {
    context: ScaleContext,
    shapes: HashMap<(FaceId, u16), Arc<GlyphShape>>,
}

impl GlyphOutlines {
    pub(crate) fn get(&mut self, fonts: &Fonts, face: FaceId, glyph: u16) -> Arc<GlyphShape> {
        if let Some(shape) = self.shapes.get(&(face, glyph)) {
            return shape.clone();
        }
        if self.shapes.len() >= GLYPH_CACHE_ENTRIES {
            self.shapes.clear();
        }
        let shape = Arc::new(read(&mut self.context, fonts, face, glyph));
        self.shapes.insert((face, glyph), shape.clone());
        shape
    }
}

fn read(context: &mut ScaleContext, fonts: &Fonts, face: FaceId, glyph: u16) -> GlyphShape {
    let face = fonts.face(face);
    let font = face.font();
    let mut scaler = context.builder(font).size(READ_SIZE).hint(false).build();
    if face.color
        && let Some(outline) = scaler.scale_color_outline(glyph)
    {
        let palette = font.color_palettes().next();
        let layers = (0..outline.len()).filter_map(|i| outline.get(i)).filter_map(|layer| {
            let color = layer
                .color_index()
                .filter(|&index| index != FOREGROUND)
                .and_then(|index| Some(palette.as_ref()?.get(index)));
            Some(GlyphLayer { path: path(&layer)?, color })
        });
        return GlyphShape { layers: layers.collect() };
    }
    let Some(outline) = scaler.scale_outline(glyph) else { return GlyphShape::default() };
    let layers = (0..outline.len()).filter_map(|i| outline.get(i));
    GlyphShape {
        layers: layers
            .filter_map(|layer| Some(GlyphLayer { path: path(&layer)?, color: None }))
            .collect(),
    }
}

fn path(layer: &Layer<'_>) -> Option<Path> {
    let mut points = layer.points().iter().map(|p| (p.x / READ_SIZE, -p.y / READ_SIZE));
    let mut builder = PathBuilder::new();
    for verb in layer.verbs() {
        match verb {
            Verb::MoveTo => {
                let (x, y) = points.next()?;
                builder.move_to(x, y);
            }
            Verb::LineTo => {
                let (x, y) = points.next()?;
                builder.line_to(x, y);
            }
            Verb::QuadTo => {
                let ((cx, cy), (x, y)) = (points.next()?, points.next()?);
                builder.quad_to(cx, cy, x, y);
            }
            Verb::CurveTo => {
                let ((ax, ay), (bx, by)) = (points.next()?, points.next()?);
                let (x, y) = points.next()?;
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            Verb::Close => builder.close(),
        }
    }
    builder.finish()
}
