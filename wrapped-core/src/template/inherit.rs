//! Inheritance of font properties, resolved once: no data can change them, and text must know
//! them before it knows where it stands.

use super::node::{Attr, Kind, Node};
use super::style::set;

/// Properties of text that children inherit.
const INHERITED: &[&str] = &[
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "font-feature-settings",
    "font-variant-numeric",
    "font-kerning",
    "letter-spacing",
    "line-height",
    "text-anchor",
];

/// The size of text that says nothing about it, in px (CSS's `medium`).
const MEDIUM: f32 = 16.0;

/// Copies inherited font properties down to every text, sizes in px.
pub(super) fn fonts(nodes: &mut [Node], parent: &[Attr]) {
    let base: Vec<Attr> = parent.iter().filter(|(name, _)| is_inherited(name)).cloned().collect();
    for node in nodes {
        let mut own = base.clone();
        for (name, value) in node.attrs.iter().filter(|(name, _)| is_inherited(name)) {
            let value = if name == "font-size" {
                font_size(value, size_of(&base)).to_string()
            } else if value == "inherit" {
                continue;
            } else {
                value.clone()
            };
            set(&mut own, name, &value);
        }
        if let Kind::Text(text) = &mut node.kind {
            for span in &mut text.spans {
                if let Some((_, size)) = span.attrs.iter_mut().find(|(n, _)| n == "font-size") {
                    *size = font_size(size, size_of(&own)).to_string();
                }
            }
            for (name, value) in &own {
                set(&mut node.attrs, name, value);
            }
        } else {
            fonts(&mut node.children, &own);
        }
    }
}

/// Whether children inherit a property of text.
pub(crate) fn is_inherited(name: &str) -> bool {
    INHERITED.contains(&name)
}

fn size_of(attrs: &[Attr]) -> f32 {
    let size = attrs.iter().find(|(name, _)| name == "font-size");
    size.and_then(|(_, value)| value.parse().ok()).unwrap_or(MEDIUM)
}

/// A font size in px; relative ones against the parent's.
fn font_size(value: &str, parent: f32) -> f32 {
    let value = value.trim();
    let relative =
        |suffix: &str| value.strip_suffix(suffix).and_then(|n| n.trim().parse::<f32>().ok());
    let px = relative("%")
        .map(|n| n / 100.0 * parent)
        .or_else(|| crate::fill::length(value, parent))
        .unwrap_or(parent);
    px.clamp(1.0, 4096.0)
}
