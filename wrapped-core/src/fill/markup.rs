//! An element of this card as SVG: text as outlines, pictures as images, everything else as the
//! designer wrote it.

use base64::Engine as _;
use tiny_skia::{PathBuilder, Rect, Transform};

use super::Filler;
use super::emit::{crop_of, flip, image_box, local_transform, position};
use super::expand::{Content, Filled, Scope};
use super::geometry::{escape, hex, matrix, n, path_data};
use super::text::TextJob;
use crate::error::{Error, Result};
use crate::image::{PictureKey, ScaledKey};
use crate::scene::Fragment;
use crate::template::is_inherited;
use crate::template::node::Attr;
use crate::template::style::references;
use crate::text::shape::PlacedGlyph;

/// Attributes that mean something to us only, beside the inherited ones of fonts; text has become
/// outlines.
const TEXT_ONLY: &[&str] =
    &["dominant-baseline", "font", "white-space", "-inkscape-font-specification"];

/// Whether an attribute is of no use once text is outlines.
fn is_text_only(name: &str) -> bool {
    TEXT_ONLY.contains(&name) || is_inherited(name)
}

impl<'a> Filler<'a, '_> {
    /// Writes an element into a fragment.
    pub(crate) fn write(
        &mut self,
        filled: &Filled<'a>,
        mirrored: bool,
        out: &mut Fragment,
    ) -> Result<()> {
        if mirrored && !filled.node.mirror {
            let flip = self.flip_of(filled)?;
            out.markup.push_str(&format!("<g transform=\"{}\">", matrix(&flip)));
            self.write_upright(filled, out)?;
            out.markup.push_str("</g>");
            return Ok(());
        }
        self.write_as(filled, mirrored, out)
    }

    /// Writes an element as it stands on a card that is not mirrored.
    pub(super) fn write_upright(&mut self, filled: &Filled<'a>, out: &mut Fragment) -> Result<()> {
        self.write_as(filled, false, out)
    }

    fn write_as(&mut self, filled: &Filled<'a>, mirrored: bool, out: &mut Fragment) -> Result<()> {
        out.blends |= filled.node.css.iter().any(|(name, _)| name == "mix-blend-mode");
        match &filled.content {
            Content::Still(_) | Content::Nothing => Ok(()),
            Content::Text(job) => self.write_text(filled, *job, mirrored, out),
            Content::Picture(key) => self.write_picture(filled, *key, mirrored, out),
            Content::Placeholder { symbol, children } => {
                self.write_placeholder(filled, symbol.attr("viewBox"), children, mirrored, out)
            }
            Content::Children(children) => {
                let local = if mirrored && filled.node.tag == "image" {
                    upright_box(filled, mirrored)?.1
                } else {
                    local_transform(filled)?
                };
                self.open(filled, &filled.node.tag, &local, &["transform"], out);
                for child in children {
                    self.write(child, mirrored, out)?;
                }
                out.markup.push_str(&format!("</{}>", filled.node.tag));
                Ok(())
            }
        }
    }

    fn open(
        &mut self,
        filled: &Filled<'a>,
        tag: &str,
        local: &Transform,
        skip: &[&str],
        out: &mut Fragment,
    ) {
        out.markup.push_str(&format!("<{tag}"));
        if !local.is_identity() {
            out.markup.push_str(&format!(" transform=\"{}\"", matrix(local)));
        }
        self.write_attrs(filled, skip, out);
        out.markup.push('>');
    }

    /// Attributes of an element on this card, without those named.
    pub(super) fn write_attrs(&mut self, filled: &Filled<'_>, skip: &[&str], out: &mut Fragment) {
        let node = filled.node;
        let own = node.attrs.iter().filter(|(name, _)| !filled.sets.iter().any(|(s, _)| s == name));
        let all: Vec<Attr> = own
            .cloned()
            .chain(filled.sets.iter().map(|(name, value)| ((*name).to_owned(), value.clone())))
            .filter(|(name, _)| !skip.contains(&name.as_str()))
            .collect();
        self.write_plain_attrs(&all, out);
        if !node.css.is_empty() {
            let css: Vec<String> = node.css.iter().map(|(k, v)| format!("{k}:{v}")).collect();
            out.markup.push_str(&format!(" style=\"{}\"", escape(&css.join(";"))));
        }
    }

    pub(super) fn write_plain_attrs(&mut self, attrs: &[Attr], out: &mut Fragment) {
        for (name, value) in attrs.iter().filter(|(name, _)| !is_text_only(name)) {
            out.markup.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        for id in references(attrs) {
            self.define(&id, out);
        }
    }

    /// Makes sure that a referenced element is among the definitions.
    fn define(&mut self, id: &str, out: &mut Fragment) {
        if !out.needs.iter().any(|known| known == id) {
            out.needs.push(id.to_owned());
        }
        if self.definitions.contains_key(id) {
            return;
        }
        // Taken before it is written, so that a circle ends.
        self.definitions.insert(id.to_owned(), Definition::default());
        let template = self.template;
        let Some(node) = template.drawing.by_id(id) else { return };
        let first = self.texts.len();
        let scope = Scope::new(self.values.clone());
        let mut filled = Vec::new();
        let still = self.still.replace(u32::MAX);
        // An expression that fails here has failed for the card already or is not drawn.
        let done = self.expand(node, &scope, &mut filled);
        self.fit_texts(first);
        let mut fragment = Fragment::default();
        if done.is_ok() {
            for filled in &filled {
                let _ = self.write_as(filled, false, &mut fragment);
            }
        }
        self.still = still;
        let markup = with_id(&fragment.markup, id);
        for needed in &fragment.needs {
            if !out.needs.contains(needed) {
                out.needs.push(needed.clone());
            }
        }
        out.blends |= fragment.blends;
        self.definitions.insert(id.to_owned(), Definition { markup, needs: fragment.needs });
    }

    fn write_text(
        &mut self,
        filled: &Filled<'a>,
        job: usize,
        mirrored: bool,
        out: &mut Fragment,
    ) -> Result<()> {
        let (x, y) = position(filled, self.texts[job].text.slot.size)?;
        let mut local = local_transform(filled)?;
        if mirrored {
            local = local.pre_concat(flip(x));
        }
        self.open(filled, "g", &local, &["transform", "x", "y"], out);
        let placed = self.placed(job, (x, y), mirrored);
        let mut builder: Option<(usize, PathBuilder)> = None;
        for glyph in placed {
            let shape = self.tools.shaper.outline(glyph.face, glyph.glyph);
            let at = Transform::from_translate(glyph.x, glyph.y).pre_scale(glyph.size, glyph.size);
            for layer in &shape.layers {
                let Some(path) = layer.path.clone().transform(at) else { continue };
                if let Some(color) = layer.color {
                    self.flush(job, &mut builder, out);
                    let alpha = n(f32::from(color[3]) / 255.0);
                    out.markup.push_str(&format!(
                        "<path fill=\"{}\" fill-opacity=\"{alpha}\" stroke=\"none\" d=\"{}\"/>",
                        hex(color),
                        path_data(&path)
                    ));
                    continue;
                }
                if builder.as_ref().is_some_and(|(span, _)| *span != glyph.span) {
                    self.flush(job, &mut builder, out);
                }
                let (_, b) = builder.get_or_insert_with(|| (glyph.span, PathBuilder::new()));
                b.push_path(&path);
            }
        }
        self.flush(job, &mut builder, out);
        out.markup.push_str("</g>");
        Ok(())
    }

    fn flush(
        &mut self,
        job: usize,
        builder: &mut Option<(usize, PathBuilder)>,
        out: &mut Fragment,
    ) {
        let Some((span, builder)) = builder.take() else { return };
        let Some(path) = builder.finish() else { return };
        out.markup.push_str("<path");
        let attrs = self.texts[job].span_attrs.get(span).cloned().unwrap_or_default();
        self.write_plain_attrs(&attrs, out);
        out.markup.push_str(&format!(" d=\"{}\"/>", path_data(&path)));
    }

    fn write_picture(
        &mut self,
        filled: &Filled<'a>,
        key: PictureKey,
        mirrored: bool,
        out: &mut Fragment,
    ) -> Result<()> {
        let (area, local) = upright_box(filled, mirrored)?;
        let key = ScaledKey {
            picture: key,
            width: (area.width() * self.scale).round().clamp(1.0, 4096.0) as u32,
            height: (area.height() * self.scale).round().clamp(1.0, 4096.0) as u32,
            crop: crop_of(filled.attr("preserveAspectRatio")),
            radius: (0, 0),
        };
        let Some(scaled) = self.tools.images.scaled(key) else { return Ok(()) };
        let skip = ["transform", "href", "preserveAspectRatio"];
        let place = filled.node.place.clone();
        out.markup.push_str("<image preserveAspectRatio=\"none\"");
        if !local.is_identity() {
            out.markup.push_str(&format!(" transform=\"{}\"", matrix(&local)));
        }
        self.write_attrs(filled, &skip, out);
        let uri = data_uri(&scaled.pixels).map_err(|e| Error::template(place, e.message()))?;
        out.markup.push_str(&format!(" href=\"{uri}\"/>"));
        Ok(())
    }

    fn write_placeholder(
        &mut self,
        filled: &Filled<'a>,
        view_box: Option<&str>,
        children: &[Filled<'a>],
        mirrored: bool,
        out: &mut Fragment,
    ) -> Result<()> {
        let (area, local) = upright_box(filled, mirrored)?;
        let skip = ["transform", "x", "y", "width", "height", "href", "preserveAspectRatio"];
        self.open(filled, "g", &local, &skip, out);
        let (x, y, w, h) = (n(area.x()), n(area.y()), n(area.width()), n(area.height()));
        let own = format!("0 0 {w} {h}");
        out.markup.push_str(&format!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{}\" \
             preserveAspectRatio=\"xMidYMid slice\">",
            escape(view_box.unwrap_or(&own))
        ));
        for child in children {
            self.write(child, false, out)?;
        }
        out.markup.push_str("</svg></g>");
        Ok(())
    }

    /// A fitted text's glyphs in the coordinates of its element.
    pub(super) fn placed(&self, job: usize, (x, y): (f32, f32), flipped: bool) -> Vec<PlacedGlyph> {
        let job = &self.texts[job];
        let Some(fitted) = &job.fitted else { return Vec::new() };
        let first = y + job.first_baseline(fitted);
        let mut out = Vec::new();
        for (i, line) in fitted.lines.iter().enumerate() {
            let left = x + job.line_start(line.width, flipped);
            let baseline = first + i as f32 * job.line_height * fitted.size;
            out.extend(line.glyphs.iter().map(|glyph| PlacedGlyph {
                x: left + glyph.x,
                y: baseline + glyph.y,
                ..*glyph
            }));
        }
        out
    }
}

/// A definition's markup and what it refers to itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Definition {
    pub(crate) markup: String,
    pub(crate) needs: Vec<String>,
}

impl TextJob {
    /// What may be inked, in whole device pixels: the lines with room for tall letters.
    pub(super) fn clip(&self, (x, y): (f32, f32), flipped: bool, ts: &Transform) -> Option<Rect> {
        // Tall stacked scripts (Thai, Tibetan, Urdu) reach 1.4 em up and 0.7 em down.
        const UP: f32 = 1.5;
        const DOWN: f32 = 0.8;
        const ASIDE: f32 = 0.3;
        let fitted = self.fitted.as_ref()?;
        let first = y + self.first_baseline(fitted);
        let last = first + self.line_height * fitted.size * (fitted.lines.len().max(1) - 1) as f32;
        let width = fitted.lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let left = x + self.line_start(width, flipped);
        let rect = Rect::from_ltrb(
            left - ASIDE * fitted.size,
            first - UP * fitted.size,
            left + width + ASIDE * fitted.size,
            last + DOWN * fitted.size,
        )?;
        let r = rect.transform(*ts)?;
        Rect::from_ltrb(r.left().floor(), r.top().floor(), r.right().ceil(), r.bottom().ceil())
    }
}

/// An image's box and its transform, which flips artwork back about its middle on a mirrored card.
fn upright_box(filled: &Filled<'_>, mirrored: bool) -> Result<(Rect, Transform)> {
    let area = image_box(filled)?;
    let local = local_transform(filled)?;
    let middle = (area.left() + area.right()) / 2.0;
    Ok((area, if mirrored { local.pre_concat(flip(middle)) } else { local }))
}

/// Pixels as a PNG in a `data:` URI.
pub(crate) fn data_uri(pixels: &tiny_skia::Pixmap) -> Result<String> {
    let png = crate::encode::pixmap(pixels)?;
    Ok(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png)))
}

/// The id put into the first tag of some markup.
fn with_id(markup: &str, id: &str) -> String {
    match markup.find([' ', '>', '/']) {
        Some(at) => format!("{} id=\"{}\"{}", &markup[..at], escape(id), &markup[at..]),
        None => String::new(),
    }
}
