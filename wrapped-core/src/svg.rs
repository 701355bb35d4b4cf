//! `to_svg`: the scene as one SVG document, the reference picture of a card. Text is written as
//! outlines, pictures as images already scaled, both on the pixels where painting puts them.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::fill::{Definition, data_uri, hex, n, path_data};
use crate::paint::{contains, document};
use crate::scene::{Fragment, GlyphRun, Item, Scene};

/// Writes a scene as SVG.
pub(crate) fn to_svg(scene: &Scene, alt_text: &str) -> Result<String> {
    let mut definitions: BTreeMap<String, Definition> = scene.definitions.clone();
    let mut body = Fragment::default();
    for item in &scene.items {
        match item {
            Item::Still(still) => {
                definitions.extend(still.definitions.iter().map(|(k, v)| (k.clone(), v.clone())));
                add(&still.fragment, &mut body);
            }
            Item::Svg(fragment) => add(fragment, &mut body),
            Item::Glyphs(run) => glyphs(run, &mut body, &mut definitions),
            Item::Shape(shape) => body.markup.push_str(&path(&path_data(&shape.path), shape.color)),
            Item::Image(image) => {
                let pixels = &image.image.pixels;
                body.markup.push_str(&format!(
                    "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" href=\"{}\"/>",
                    image.x,
                    image.y,
                    pixels.width(),
                    pixels.height(),
                    data_uri(pixels)?
                ));
            }
        }
    }
    let svg = document(&[&body], &definitions, scene.width, scene.height);
    Ok(with_title(&svg, alt_text))
}

fn add(fragment: &Fragment, body: &mut Fragment) {
    body.markup.push_str(&fragment.markup);
    body.needs.extend(fragment.needs.iter().cloned());
}

fn glyphs(run: &GlyphRun, body: &mut Fragment, definitions: &mut BTreeMap<String, Definition>) {
    for (outline, color) in run.paths() {
        let markup = path(&path_data(&outline), color);
        match run.clip.filter(|clip| !contains(clip, &outline.bounds())) {
            None => body.markup.push_str(&markup),
            Some(clip) => {
                let id = format!("ink-{}", definitions.len());
                let markup_of_clip = format!(
                    "<clipPath id=\"{id}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
                    n(clip.x()),
                    n(clip.y()),
                    n(clip.width()),
                    n(clip.height())
                );
                let definition = Definition { markup: markup_of_clip, needs: Vec::new() };
                definitions.insert(id.clone(), definition);
                body.markup.push_str(&format!("<g clip-path=\"url(#{id})\">{markup}</g>"));
                body.needs.push(id);
            }
        }
    }
}

fn path(data: &str, color: [u8; 4]) -> String {
    let opacity = match color[3] {
        255 => String::new(),
        alpha => format!(" fill-opacity=\"{}\"", n(f32::from(alpha) / 255.0)),
    };
    format!("<path fill=\"{}\"{opacity} d=\"{data}\"/>", hex(color))
}

/// The alt text as the document's title, for readers of the file.
fn with_title(svg: &str, alt_text: &str) -> String {
    let text = alt_text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    svg.replacen('>', &format!(" role=\"img\"><title>{text}</title>"), 1)
}
