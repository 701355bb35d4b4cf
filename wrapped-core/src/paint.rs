//! `paint`: a scene becomes pixels. No decisions: each item has one way of being painted.

use std::collections::BTreeMap;

use resvg::render;
use tiny_skia::{FillRule, Mask, Paint, Path, Pixmap, Rect, Transform};
use usvg::Tree;

use crate::error::{Error, ErrorKind, Result};
use crate::fill::Definition;
use crate::scene::{Fragment, GlyphRun, Item, PlacedImage, Scene, Shape, Still};

/// A painted run of still elements, cropped to what it covers.
#[derive(Debug)]
pub(crate) struct Layer {
    pixels: Pixmap,
    x: i32,
    y: i32,
}

impl Layer {
    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.pixels.data().len()
    }
}

/// Paints a scene.
///
/// # Errors
///
/// Kind `template` if a piece of the drawing is no valid SVG.
pub(crate) fn paint(scene: &Scene) -> Result<Pixmap> {
    let mut canvas = canvas(scene.width, scene.height)?;
    for (index, item) in scene.items.iter().enumerate() {
        match item {
            Item::Still(still) => paint_still(still, index == 0, scene, &mut canvas)?,
            Item::Glyphs(run) => paint_glyphs(run, &mut canvas),
            Item::Image(image) => paint_image(image, &mut canvas),
            Item::Shape(shape) => paint_shape(shape, &mut canvas),
            Item::Svg(fragment) => paint_fragment(fragment, &scene.definitions, &mut canvas)?,
        }
    }
    Ok(canvas)
}

fn canvas(width: u32, height: u32) -> Result<Pixmap> {
    Pixmap::new(width, height)
        .ok_or_else(|| Error::new(ErrorKind::Limit, format!("cannot make {width} × {height} px")))
}

fn paint_still(still: &Still, first: bool, scene: &Scene, canvas: &mut Pixmap) -> Result<()> {
    if still.fragment.blends && !first {
        // It looks at what lies behind, so it cannot be painted apart.
        return paint_fragment(&still.fragment, &still.definitions, canvas);
    }
    let layer = still.layer.get_or_init(|| paint_layer(still, scene));
    match layer {
        Some(layer)
            if layer.pixels.width() == canvas.width()
                && layer.pixels.height() == canvas.height()
                && first =>
        {
            canvas.data_mut().copy_from_slice(layer.pixels.data());
        }
        Some(layer) => blit(&layer.pixels, layer.x, layer.y, canvas),
        // Could not be painted apart; the error, if it is one, comes from here.
        None => paint_fragment(&still.fragment, &still.definitions, canvas)?,
    }
    Ok(())
}

fn paint_layer(still: &Still, scene: &Scene) -> Option<Layer> {
    let mut pixels = Pixmap::new(scene.width, scene.height)?;
    paint_fragment(&still.fragment, &still.definitions, &mut pixels).ok()?;
    let Some((x, y, w, h)) = inked(&pixels) else {
        return Some(Layer { pixels: Pixmap::new(1, 1)?, x: 0, y: 0 });
    };
    let rect = tiny_skia::IntRect::from_xywh(x as i32, y as i32, w, h)?;
    Some(Layer { pixels: pixels.clone_rect(rect)?, x: x as i32, y: y as i32 })
}

/// The smallest rectangle that holds every pixel that is not clear.
fn inked(pixels: &Pixmap) -> Option<(u32, u32, u32, u32)> {
    let (w, h) = (pixels.width() as usize, pixels.height() as usize);
    let (mut left, mut right, mut top, mut bottom) = (w, 0, h, 0);
    for (y, row) in pixels.data().chunks_exact(w * 4).enumerate() {
        let clear = |pixel: &[u8]| pixel[3] == 0;
        let Some(first) = row.chunks_exact(4).position(|p| !clear(p)) else { continue };
        let last = row.chunks_exact(4).rposition(|p| !clear(p)).unwrap_or(first);
        left = left.min(first);
        right = right.max(last + 1);
        top = top.min(y);
        bottom = y + 1;
    }
    (right > left).then(|| (left as u32, top as u32, (right - left) as u32, (bottom - top) as u32))
}

/// Lays premultiplied pixels over the canvas. Own code, because most of them are opaque or clear
/// and need no arithmetic: tiny-skia's pipeline takes 9 ns a pixel for the same.
fn blit(pixels: &Pixmap, x: i32, y: i32, canvas: &mut Pixmap) {
    let (cw, ch) = (canvas.width() as i32, canvas.height() as i32);
    let (left, right) = (x.max(0), (x + pixels.width() as i32).min(cw));
    let (top, bottom) = (y.max(0), (y + pixels.height() as i32).min(ch));
    if left >= right || top >= bottom {
        return;
    }
    let from_stride = pixels.width() as usize * 4;
    let to_stride = cw as usize * 4;
    let bytes = (right - left) as usize * 4;
    let from_start = (left - x) as usize * 4;
    let to_start = left as usize * 4;
    let to_data = canvas.data_mut();
    for row in top..bottom {
        let from = (row - y) as usize * from_stride + from_start;
        let to = row as usize * to_stride + to_start;
        lay_over(&pixels.data()[from..from + bytes], &mut to_data[to..to + bytes]);
    }
}

/// Source over destination, both premultiplied.
fn lay_over(from: &[u8], to: &mut [u8]) {
    for (from, to) in from.chunks_exact(4).zip(to.chunks_exact_mut(4)) {
        match from[3] {
            0 => {}
            255 => to.copy_from_slice(from),
            alpha => {
                let rest = 255 - u32::from(alpha);
                for (from, to) in from.iter().zip(to) {
                    *to = from.saturating_add(((u32::from(*to) * rest + 127) / 255) as u8);
                }
            }
        }
    }
}

fn paint_image(image: &PlacedImage, canvas: &mut Pixmap) {
    blit(&image.image.pixels, image.x, image.y, canvas);
}

fn paint_shape(shape: &Shape, canvas: &mut Pixmap) {
    fill_path(&shape.path, shape.color, None, canvas);
}

fn paint_glyphs(run: &GlyphRun, canvas: &mut Pixmap) {
    for (path, color) in run.paths() {
        let mask = run.clip.filter(|clip| !contains(clip, &path.bounds())).and_then(|clip| {
            let mut mask = Mask::new(canvas.width(), canvas.height())?;
            let clip = tiny_skia::PathBuilder::from_rect(clip);
            mask.fill_path(&clip, FillRule::Winding, false, Transform::identity());
            Some(mask)
        });
        fill_path(&path, color, mask.as_ref(), canvas);
    }
}

pub(crate) fn contains(outer: &Rect, inner: &Rect) -> bool {
    outer.left() <= inner.left()
        && outer.top() <= inner.top()
        && outer.right() >= inner.right()
        && outer.bottom() >= inner.bottom()
}

fn fill_path(path: &Path, color: [u8; 4], mask: Option<&Mask>, canvas: &mut Pixmap) {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(color[0], color[1], color[2], color[3]);
    canvas.fill_path(path, &paint, FillRule::Winding, Transform::identity(), mask);
}

fn paint_fragment(
    fragment: &Fragment,
    definitions: &BTreeMap<String, Definition>,
    canvas: &mut Pixmap,
) -> Result<()> {
    let tree = parse(fragment, definitions, canvas.width(), canvas.height())?;
    render(&tree, Transform::identity(), &mut canvas.as_mut());
    Ok(())
}

/// A fragment as resvg wants it. No text is left in it, and nothing is ever loaded.
pub(crate) fn parse(
    fragment: &Fragment,
    definitions: &BTreeMap<String, Definition>,
    width: u32,
    height: u32,
) -> Result<Tree> {
    let svg = document(&[fragment], definitions, width, height);
    parse_text(&svg)
}

pub(crate) fn parse_text(svg: &str) -> Result<Tree> {
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    debug_assert!(!svg.contains("<text"), "text would vanish in usvg without a word");
    Tree::from_str(svg, &options).map_err(|error| {
        Error::template("drawing", format!("cannot be drawn: {error}")).caused_by(error)
    })
}

/// Fragments with the definitions that they need, as a document.
pub(crate) fn document(
    fragments: &[&Fragment],
    definitions: &BTreeMap<String, Definition>,
    width: u32,
    height: u32,
) -> String {
    let mut needed: Vec<&str> = Vec::new();
    let mut queue: Vec<&str> =
        fragments.iter().flat_map(|f| f.needs.iter().map(String::as_str)).collect();
    while let Some(id) = queue.pop() {
        if needed.contains(&id) {
            continue;
        }
        needed.push(id);
        if let Some(definition) = definitions.get(id) {
            queue.extend(definition.needs.iter().map(String::as_str));
        }
    }
    needed.sort_unstable();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">"
    );
    if !needed.is_empty() {
        out.push_str("<defs>");
        for id in needed {
            if let Some(definition) = definitions.get(id) {
                out.push_str(&definition.markup);
            }
        }
        out.push_str("</defs>");
    }
    for fragment in fragments {
        out.push_str(&fragment.markup);
    }
    out.push_str("</svg>");
    out
}
