//! A filled card: items at fixed positions in device pixels, in painting order. All decisions
//! have been made; painting and writing SVG only carry them out.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tiny_skia::{Path, Rect, Transform};

use crate::fill::Definition;
use crate::image::Scaled;
use crate::text::outline::GlyphShape;
use crate::warning::Warning;

/// A filled card.
#[derive(Debug)]
pub(crate) struct Scene {
    /// px.
    pub(crate) width: u32,
    /// px.
    pub(crate) height: u32,
    /// From back to front.
    pub(crate) items: Vec<Item>,
    /// Gradients, masks and the like by id, for the items that refer to them.
    pub(crate) definitions: BTreeMap<String, Definition>,
}

/// One thing to paint.
#[derive(Debug)]
pub(crate) enum Item {
    /// A run of elements that never differ.
    Still(Arc<Still>),
    /// A line or more of text in one plain paint.
    Glyphs(GlyphRun),
    /// A picture on whole pixels.
    Image(PlacedImage),
    /// A plain shape.
    Shape(Shape),
    /// Anything else, as SVG.
    Svg(Fragment),
}

/// A run of elements that are the same on every card of a theme, palette, direction and size.
#[derive(Debug)]
pub(crate) struct Still {
    pub(crate) fragment: Fragment,
    pub(crate) definitions: BTreeMap<String, Definition>,
    /// What was wrong with its texts, if anything.
    pub(crate) warnings: Vec<Warning>,
    /// Painted once, by whoever needs it first.
    pub(crate) layer: OnceLock<Option<crate::paint::Layer>>,
}

/// A piece of SVG in the card's device pixels.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fragment {
    /// Elements, without a root.
    pub(crate) markup: String,
    /// Ids of definitions that it needs, transitively.
    pub(crate) needs: Vec<String>,
    /// Whether it looks at what lies behind it, so that it cannot be painted apart.
    pub(crate) blends: bool,
}

/// Text as glyphs at their places.
#[derive(Debug)]
pub(crate) struct GlyphRun {
    /// Where each glyph's em square lands.
    pub(crate) glyphs: Vec<Glyph>,
    /// The paint of each span: straight RGBA.
    pub(crate) colors: Vec<[u8; 4]>,
    /// What may be inked; towers of marks are cut here. Whole pixels.
    pub(crate) clip: Option<Rect>,
    /// The text, for snapshots.
    pub(crate) text: String,
}

/// A glyph and where its em square lands.
#[derive(Debug)]
pub(crate) struct Glyph {
    pub(crate) shape: Arc<GlyphShape>,
    pub(crate) transform: Transform,
    pub(crate) span: usize,
}

/// Scaled pixels at a whole-pixel place.
#[derive(Debug)]
pub(crate) struct PlacedImage {
    pub(crate) image: Scaled,
    pub(crate) x: i32,
    pub(crate) y: i32,
}

/// A path with one plain paint.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) path: Path,
    /// Straight RGBA.
    pub(crate) color: [u8; 4],
}

impl GlyphRun {
    /// The outlines to fill, in order, each with its colour: neighbours of one colour are one
    /// path, so that joined letters have no seams.
    pub(crate) fn paths(&self) -> Vec<(Path, [u8; 4])> {
        let mut out: Vec<(tiny_skia::PathBuilder, [u8; 4])> = Vec::new();
        for glyph in &self.glyphs {
            let own = self.colors.get(glyph.span).copied().unwrap_or([0, 0, 0, 255]);
            for layer in &glyph.shape.layers {
                let mut color = layer.color.unwrap_or(own);
                if layer.color.is_some() {
                    color[3] = (u16::from(color[3]) * u16::from(own[3]) / 255) as u8;
                }
                let Some(path) = layer.path.clone().transform(glyph.transform) else { continue };
                match out.last_mut() {
                    // Layers of a colour glyph lie over each other and stay apart.
                    Some((builder, last)) if *last == color && layer.color.is_none() => {
                        builder.push_path(&path);
                    }
                    _ => {
                        let mut builder = tiny_skia::PathBuilder::new();
                        builder.push_path(&path);
                        out.push((builder, color));
                    }
                }
            }
        }
        out.into_iter().filter_map(|(builder, color)| Some((builder.finish()?, color))).collect()
    }
}

impl Scene {
    /// One line an item, for snapshots: what is where.
    pub(crate) fn describe(&self) -> String {
        use std::fmt::Write as _;
        let mut out = format!("{} × {}\n", self.width, self.height);
        for item in &self.items {
            let _ = match item {
                Item::Still(still) => writeln!(out, "still  {} B", still.fragment.markup.len()),
                Item::Glyphs(run) => {
                    let first = run.glyphs.first().map(|g| g.transform).unwrap_or_default();
                    writeln!(
                        out,
                        "text   {:>7.2} {:>7.2}  {:>6.2} px  {}  {:?}",
                        first.tx,
                        first.ty,
                        first.sy,
                        crate::fill::hex(run.colors.first().copied().unwrap_or_default()),
                        run.text
                    )
                }
                Item::Image(image) => writeln!(
                    out,
                    "image  {:>7} {:>7}  {} × {}",
                    image.x,
                    image.y,
                    image.image.pixels.width(),
                    image.image.pixels.height()
                ),
                Item::Shape(shape) => {
                    let b = shape.path.bounds();
                    writeln!(
                        out,
                        "shape  {:>7.2} {:>7.2}  {:.2} × {:.2}  {}",
                        b.left(),
                        b.top(),
                        b.width(),
                        b.height(),
                        crate::fill::hex(shape.color)
                    )
                }
                Item::Svg(fragment) => {
                    let tags = fragment.markup.matches('<').count();
                    writeln!(out, "svg    {tags} tags")
                }
            };
        }
        out
    }
}
