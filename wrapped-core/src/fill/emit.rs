//! This card's tree becomes items: plain text, pictures and shapes take a fast path, what never
//! differs is referred to, everything else is handed on as SVG.

use std::sync::{Arc, OnceLock};

use tiny_skia::{PathBuilder, Rect, Transform};

use super::Filler;
use super::expand::{Content, Filled, Scope};
use super::geometry::{color, is_upright, length, matrix, opacity, transform};
use crate::error::{Error, Result};
use crate::image::{Crop, PictureKey, ScaledKey};
use crate::scene::{Fragment, Glyph, GlyphRun, Item, PlacedImage, Shape, Still};
use crate::template::node::{Attr, Node};

/// Where an element stands: the groups around it, resolved.
pub(crate) struct Frame<'f> {
    parent: Option<&'f Frame<'f>>,
    filled: Option<&'f Filled<'f>>,
    attrs: &'f [Attr],
    /// The group's own transform.
    local: Transform,
    /// From here to device pixels.
    pub(crate) ts: Transform,
    /// Whether `ts` holds the flip of a right-to-left card.
    pub(crate) mirrored: bool,
}

impl<'f> Frame<'f> {
    /// Any property, the nearest group's first.
    fn lookup(&self, name: &str) -> Option<&str> {
        let own = match self.filled {
            Some(filled) => filled.attr(name),
            None => self.attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()),
        };
        match own {
            Some("inherit") | None => self.parent?.lookup(name),
            found => found,
        }
    }

    /// A frame for a group inside this one.
    fn group(&'f self, filled: &'f Filled<'f>, local: Transform) -> Self {
        Self {
            parent: Some(self),
            filled: Some(filled),
            attrs: &[],
            local,
            ts: self.ts.pre_concat(local),
            mirrored: self.mirrored,
        }
    }

    /// A frame whose content is flipped back about a line.
    fn unflipped(&'f self, flip: Transform) -> Self {
        Self {
            parent: Some(self),
            filled: None,
            attrs: &[],
            local: flip,
            ts: self.ts.pre_concat(flip),
            mirrored: false,
        }
    }

    /// Opening tags of all groups around, outermost first, and how many they are.
    pub(super) fn open(&self, filler: &mut Filler<'_, '_>, out: &mut Fragment) -> usize {
        let around = self.parent.map_or(0, |parent| parent.open(filler, out));
        out.markup.push_str("<g");
        if !self.local.is_identity() {
            out.markup.push_str(&format!(" transform=\"{}\"", matrix(&self.local)));
        }
        match self.filled {
            Some(filled) => filler.write_attrs(filled, &["transform"], out),
            None => filler.write_plain_attrs(self.attrs, out),
        }
        out.markup.push('>');
        around + 1
    }
}

/// A flip about the vertical line `x`.
pub(super) fn flip(x: f32) -> Transform {
    Transform::from_row(-1.0, 0.0, 0.0, 1.0, 2.0 * x, 0.0)
}

impl<'a> Filler<'a, '_> {
    /// The whole card: items and the size in px.
    pub(crate) fn card(&mut self) -> Result<(Vec<Item>, u32, u32)> {
        let drawing = &self.template.drawing;
        let scope = Scope::new(self.values.clone());
        let children = self.expand_all(&drawing.children, &scope)?;
        self.fit_texts(0);
        let width = (drawing.width * self.scale).round().max(1.0);
        let height = (drawing.height * self.scale).round().max(1.0);
        let frame = self.root();
        let mut items = Vec::new();
        for child in &children {
            self.emit(child, &frame, &mut items)?;
        }
        Ok((items, width as u32, height as u32))
    }

    /// The root frame: view box to pixels, mirrored for right-to-left cards.
    fn root(&self) -> Frame<'a> {
        let drawing = &self.template.drawing;
        let [x, y, w, h] = drawing.view_box;
        // SVG's default: uniform, centred.
        let fit = (drawing.width / w).min(drawing.height / h);
        let (dx, dy) = ((drawing.width - w * fit) / 2.0, (drawing.height - h * fit) / 2.0);
        let mut ts = Transform::from_scale(self.scale, self.scale)
            .pre_translate(dx, dy)
            .pre_scale(fit, fit)
            .pre_translate(-x, -y);
        let mirrored = self.locale.rtl();
        if mirrored {
            ts = ts.pre_concat(flip(x + w / 2.0));
        }
        Frame { parent: None, filled: None, attrs: &drawing.attrs, local: ts, ts, mirrored }
    }

    fn emit(
        &mut self,
        filled: &Filled<'a>,
        frame: &Frame<'_>,
        items: &mut Vec<Item>,
    ) -> Result<()> {
        if frame.mirrored && !filled.node.mirror && !matches!(filled.content, Content::Still(_)) {
            let flip = self.flip_of(filled)?;
            return self.emit(filled, &frame.unflipped(flip), items);
        }
        match &filled.content {
            Content::Still(segment) => return self.emit_still(*segment, items),
            Content::Nothing => return Ok(()),
            Content::Children(children) => {
                if matches!(filled.node.tag.as_str(), "g" | "a") && !filled.isolates() {
                    self.last_still = None;
                    let local = local_transform(filled)?;
                    let inner = frame.group(filled, local);
                    for child in children {
                        self.emit(child, &inner, items)?;
                    }
                    self.last_still = None;
                    return Ok(());
                }
                if let Some(shape) = self.plain_shape(filled, frame)? {
                    items.push(Item::Shape(shape));
                    return Ok(());
                }
            }
            Content::Text(job) => {
                if let Some(run) = self.plain_text(filled, *job, frame)? {
                    items.extend((!run.glyphs.is_empty()).then_some(Item::Glyphs(run)));
                    return Ok(());
                }
            }
            Content::Picture(key) => {
                if let Some(image) = self.plain_picture(filled, *key, frame)? {
                    items.push(Item::Image(image));
                    return Ok(());
                }
            }
            Content::Placeholder { .. } => {}
        }
        let mut fragment = match items.pop() {
            Some(Item::Svg(fragment)) => fragment,
            other => {
                items.extend(other);
                Fragment::default()
            }
        };
        self.write_in(filled, frame, &mut fragment)?;
        items.push(Item::Svg(fragment));
        Ok(())
    }

    /// An element with all groups around it.
    fn write_in(
        &mut self,
        filled: &Filled<'a>,
        frame: &Frame<'_>,
        out: &mut Fragment,
    ) -> Result<()> {
        let open = frame.open(self, out);
        self.write(filled, frame.mirrored, out)?;
        out.markup.push_str(&"</g>".repeat(open));
        Ok(())
    }

    fn emit_still(&mut self, segment: u32, items: &mut Vec<Item>) -> Result<()> {
        if self.last_still == Some(segment) {
            return Ok(());
        }
        let key = super::StillKey { segment, ..self.key };
        let still = match self.tools.stills.get(&key) {
            Some(still) => still,
            None => {
                let still = Arc::new(self.make_still(segment)?);
                self.tools.stills.insert(key, still.clone());
                still
            }
        };
        self.warnings.extend(still.warnings.iter().cloned());
        items.push(Item::Still(still));
        self.last_still = Some(segment);
        Ok(())
    }

    fn make_still(&mut self, segment: u32) -> Result<Still> {
        self.still = Some(segment);
        let definitions = std::mem::take(&mut self.definitions);
        let warnings = std::mem::take(&mut self.warnings);
        let mut fragment = Fragment::default();
        let frame = self.root();
        let drawing = &self.template.drawing;
        let done = self.still_nodes(&drawing.children, segment, &frame, &mut fragment);
        self.still = None;
        let own = std::mem::replace(&mut self.definitions, definitions);
        let warnings = std::mem::replace(&mut self.warnings, warnings);
        done?;
        Ok(Still { fragment, definitions: own, warnings, layer: OnceLock::new() })
    }

    fn still_nodes(
        &mut self,
        nodes: &'a [Node],
        segment: u32,
        frame: &Frame<'_>,
        out: &mut Fragment,
    ) -> Result<()> {
        let scope = Scope::new(self.values.clone());
        for node in nodes {
            if node.segment == Some(segment) {
                let first = self.texts.len();
                let mut filled = Vec::new();
                self.expand(node, &scope, &mut filled)?;
                self.fit_texts(first);
                for filled in &filled {
                    self.write_in(filled, frame, out)?;
                }
                self.texts.truncate(first);
            } else if node.live && !node.children.is_empty() && !node.is_definition() {
                let content = Content::Children(Vec::new());
                let group = Filled { node, sets: Vec::new(), step: None, content };
                let inner = frame.group(&group, local_transform(&group)?);
                self.still_nodes(&node.children, segment, &inner, out)?;
            }
        }
        Ok(())
    }

    /// The paint of an element if it is one plain colour: straight RGBA.
    fn plain_paint(&self, filled: &Filled<'_>, frame: &Frame<'_>, own: &[Attr]) -> Option<[u8; 4]> {
        let node = filled.node;
        if !node.css.is_empty() {
            return None;
        }
        let get = |name: &str| {
            let own = own.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
            own.or_else(|| filled.attr(name))
                .filter(|v| *v != "inherit")
                .or_else(|| frame.lookup(name))
        };
        for name in ["filter", "mask", "clip-path"] {
            if filled.attr(name).is_some_and(|v| v != "none") {
                return None;
            }
        }
        let hidden =
            ["visibility", "display", "shape-rendering", "transform-origin", "paint-order"];
        if hidden.iter().any(|name| get(name).is_some())
            || get("stroke").is_some_and(|v| v != "none")
        {
            return None;
        }
        let mut rgba = match get("fill") {
            None => [0, 0, 0, 255],
            Some("none") => return Some([0; 4]),
            Some(value) => color(value)?,
        };
        let mut alpha = f32::from(rgba[3]) / 255.0;
        for value in [filled.attr("opacity"), get("fill-opacity")].into_iter().flatten() {
            alpha *= opacity(value)?;
        }
        rgba[3] = (alpha * 255.0).round() as u8;
        Some(rgba)
    }

    fn plain_shape(&self, filled: &Filled<'_>, frame: &Frame<'_>) -> Result<Option<Shape>> {
        let node = filled.node;
        let square = filled.attr("rx").or(filled.attr("ry")).is_none_or(|v| v.trim() == "0");
        if node.tag != "rect" || !square {
            return Ok(None);
        }
        let Some(color) = self.plain_paint(filled, frame, &[]) else { return Ok(None) };
        let get = |name: &str| filled.attr(name).map_or(Some(0.0), |v| length(v, 16.0));
        let (Some(x), Some(y), Some(w), Some(h)) =
            (get("x"), get("y"), get("width"), get("height"))
        else {
            return Ok(None);
        };
        let Some(rect) =
            Rect::from_xywh(x, y, w, h).filter(|r| r.width() > 0.0 && r.height() > 0.0)
        else {
            return Ok(None);
        };
        let ts = frame.ts.pre_concat(local_transform(filled)?);
        let path = PathBuilder::from_rect(rect).transform(ts);
        Ok(path.map(|path| Shape { path, color }))
    }

    fn plain_text(
        &mut self,
        filled: &Filled<'_>,
        job: usize,
        frame: &Frame<'_>,
    ) -> Result<Option<GlyphRun>> {
        let mut colors = Vec::new();
        for attrs in &self.texts[job].span_attrs {
            let Some(color) = self.plain_paint(filled, frame, attrs) else { return Ok(None) };
            colors.push(color);
        }
        let (x, y) = position(filled, self.texts[job].text.slot.size)?;
        let mut ts = frame.ts.pre_concat(local_transform(filled)?);
        if frame.mirrored {
            ts = ts.pre_concat(flip(x));
        }
        let placed = self.placed(job, (x, y), frame.mirrored);
        let glyphs: Vec<Glyph> = placed
            .into_iter()
            .map(|g| Glyph {
                shape: self.tools.shaper.outline(g.face, g.glyph),
                transform: on_pixels(ts, g.x, g.y, g.size),
                span: g.span,
            })
            .collect();
        let mut layers = glyphs.iter().flat_map(|glyph| &glyph.shape.layers);
        if layers.any(|layer| layer.color.is_some()) && colors.iter().any(|c| c[3] != 255) {
            // Layers of a colour glyph would show through each other.
            return Ok(None);
        }
        let job = &self.texts[job];
        let text = job.fitted.as_ref().map(|f| f.shown.clone()).unwrap_or_default();
        Ok(Some(GlyphRun { glyphs, colors, clip: job.clip((x, y), frame.mirrored, &ts), text }))
    }

    fn plain_picture(
        &mut self,
        filled: &Filled<'_>,
        key: PictureKey,
        frame: &Frame<'_>,
    ) -> Result<Option<PlacedImage>> {
        let node = filled.node;
        let composed = ["filter", "mask", "visibility", "display", "transform-origin"];
        let opaque = filled.attr("opacity").is_none_or(|v| opacity(v) == Some(1.0));
        if !node.css.is_empty() || !opaque || composed.iter().any(|n| filled.attr(n).is_some()) {
            return Ok(None);
        }
        let area = image_box(filled)?;
        let Some(radius) = self.corners(filled, area) else { return Ok(None) };
        let ts = frame.ts.pre_concat(local_transform(filled)?);
        let upright = if frame.mirrored { ts.pre_concat(flip(0.0)) } else { ts };
        if !is_upright(&upright) {
            return Ok(None);
        }
        let Some(rect) = area.transform(ts) else { return Ok(None) };
        let (x, y) = (rect.left().round(), rect.top().round());
        let (right, bottom) = (rect.right().round(), rect.bottom().round());
        let key = ScaledKey {
            picture: key,
            width: (right - x).max(1.0) as u32,
            height: (bottom - y).max(1.0) as u32,
            crop: crop_of(filled.attr("preserveAspectRatio")),
            radius: (
                (radius.0 * upright.sx * 64.0).round() as u32,
                (radius.1 * upright.sy * 64.0).round() as u32,
            ),
        };
        let image = self.tools.images.scaled(key);
        Ok(image.map(|image| PlacedImage { image, x: x as i32, y: y as i32 }))
    }

    /// The corner radii if the image's clip is one rounded rectangle of its own size; square
    /// corners without a clip; none for any other clip.
    fn corners(&self, filled: &Filled<'_>, area: Rect) -> Option<(f32, f32)> {
        let Some(clip) = filled.attr("clip-path").filter(|v| *v != "none") else {
            return Some((0.0, 0.0));
        };
        let ids = crate::template::style::references(&[("clip-path".to_owned(), clip.to_owned())]);
        let node = self.template.drawing.by_id(ids.first()?)?;
        let [rect] = node.children.as_slice() else { return None };
        let plain = rect.tag == "rect" && !rect.live && rect.attr("transform").is_none();
        if !plain || node.attr("transform").is_some() || node.attr("clip-path").is_some() {
            return None;
        }
        let get = |name: &str| rect.attr(name).map_or(Some(0.0), |v| length(v, 16.0));
        let (x, y, w, h) = (get("x")?, get("y")?, get("width")?, get("height")?);
        let (rx, ry) = (rect.attr("rx"), rect.attr("ry"));
        let rx_px = length(rx.or(ry).unwrap_or("0"), 16.0)?;
        let ry_px = length(ry.or(rx).unwrap_or("0"), 16.0)?;
        if node.attr("clipPathUnits") == Some("objectBoundingBox") {
            let whole = x == 0.0 && y == 0.0 && w == 1.0 && h == 1.0;
            return whole.then_some((rx_px * area.width(), ry_px * area.height()));
        }
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        let same = near(x, area.x())
            && near(y, area.y())
            && near(w, area.width())
            && near(h, area.height());
        same.then_some((rx_px, ry_px))
    }

    /// The flip that puts an element marked `data-mirror="no"` back upright in its mirrored place.
    pub(super) fn flip_of(&mut self, filled: &Filled<'a>) -> Result<Transform> {
        let mut fragment = Fragment::default();
        self.write_upright(filled, &mut fragment)?;
        let tree = crate::paint::parse(&fragment, &self.definitions, 1, 1).map_err(|error| {
            Error::template(filled.node.place.clone(), error.message().to_owned())
        })?;
        let bounds = tree.root().abs_bounding_box();
        Ok(flip((bounds.left() + bounds.right()) / 2.0))
    }
}

/// The step of a repeated group and the element's own transform.
pub(super) fn local_transform(filled: &Filled<'_>) -> Result<Transform> {
    let own = match filled.attr("transform") {
        None => Transform::identity(),
        Some(value) => transform(value).ok_or_else(|| {
            Error::template(format!("{}, transform", filled.node.place), "is not a transform")
        })?,
    };
    Ok(match filled.step {
        Some((dx, dy)) => Transform::from_translate(dx, dy).pre_concat(own),
        None => own,
    })
}

/// `x` and `y` of a text.
pub(super) fn position(filled: &Filled<'_>, size: f32) -> Result<(f32, f32)> {
    let get = |name: &str| match filled.attr(name) {
        None => Ok(0.0),
        Some(value) => length(value, size).ok_or_else(|| {
            Error::template(format!("{}, {name}", filled.node.place), "is not a length in px")
        }),
    };
    Ok((get("x")?, get("y")?))
}

/// The box of an image.
pub(super) fn image_box(filled: &Filled<'_>) -> Result<Rect> {
    let (x, y) = position(filled, 16.0)?;
    let get = |name: &str| filled.attr(name).and_then(|value| length(value, 16.0));
    get("width")
        .zip(get("height"))
        .and_then(|(w, h)| Rect::from_xywh(x, y, w, h))
        .filter(|r| r.width() > 0.0 && r.height() > 0.0)
        .ok_or_else(|| {
            Error::template(filled.node.place.clone(), "needs a width and a height in px")
        })
}

pub(super) fn crop_of(aspect: Option<&str>) -> Crop {
    match aspect {
        Some(value) if value.contains("none") => Crop::Stretch,
        Some(value) if value.contains("slice") => Crop::Slice,
        _ => Crop::Meet,
    }
}

/// Where a glyph's em square lands: on quarter pixels across and whole pixels down where text
/// stands upright, so that equal letters have equal pixels and baselines are crisp.
fn on_pixels(ts: Transform, x: f32, y: f32, size: f32) -> Transform {
    let placed = ts.pre_translate(x, y).pre_scale(size, size);
    if !is_upright(&ts) {
        return placed;
    }
    let tx = (placed.tx * 4.0).round() / 4.0;
    Transform::from_row(placed.sx, 0.0, 0.0, placed.sy, tx, placed.ty.round())
}
