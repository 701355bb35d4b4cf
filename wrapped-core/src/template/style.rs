//! The style cascade: rules and `style` attributes become plain attributes of each element, so
//! that text can be resolved without a CSS engine and a piece of the drawing stands on its own.

use roxmltree::Node as Xml;
use simplecss::{AttributeOperator, DeclarationTokenizer, Element, PseudoClass, StyleSheet};

use super::node::Attr;
use crate::error::{Error, Result};

/// CSS properties that SVG does not know as attributes; they stay in `style`.
const CSS_ONLY: &[&str] = &["mix-blend-mode", "isolation", "mask-type"];

/// Reads every `<style>` of a document.
pub(crate) fn style_text(document: &roxmltree::Document<'_>, file: &str) -> Result<String> {
    let mut css = String::new();
    for style in document.descendants().filter(|n| n.has_tag_name((SVG, "style"))) {
        for text in style.children().filter_map(|child| child.text()) {
            css.push_str(text);
        }
    }
    let lower = css.to_ascii_lowercase();
    if lower.contains("@import") || lower.contains("@font-face") {
        return Err(Error::template(
            format!("{file}, style"),
            "must not load anything: remove @import and @font-face, fonts come with the renderer",
        ));
    }
    Ok(css)
}

/// The SVG namespace.
pub(crate) const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// An element's attributes and CSS-only properties after the cascade.
pub(crate) fn resolve(
    xml: Xml<'_, '_>,
    sheet: &StyleSheet<'_>,
    place: &str,
) -> Result<(Vec<Attr>, Vec<Attr>)> {
    let mut attrs: Vec<Attr> = Vec::new();
    let mut css: Vec<Attr> = Vec::new();
    for attr in xml.attributes() {
        let name = match attr.namespace() {
            None => attr.name(),
            Some(XLINK) if attr.name() == "href" => "href",
            Some(_) => continue,
        };
        if name.len() > 2 && name.starts_with("on") {
            return Err(Error::template(format!("{place}, {name}"), "scripts are not allowed"));
        }
        let skip =
            matches!(name, "style" | "class" | "id" | "lang" | "tabindex" | "role" | "version")
                || name.starts_with("data-")
                || name.starts_with("aria-");
        if !skip {
            set(&mut attrs, name, attr.value());
        }
    }
    let mut declare = |name: &str, value: &str| {
        let target = if CSS_ONLY.contains(&name) { &mut css } else { &mut attrs };
        set(target, name, value);
    };
    let matching: Vec<_> =
        sheet.rules.iter().filter(|rule| rule.selector.matches(&Styled(xml))).collect();
    for important in [false, true] {
        for rule in &matching {
            for d in rule.declarations.iter().filter(|d| d.important == important) {
                declare(d.name, d.value);
            }
        }
        for d in DeclarationTokenizer::from(xml.attribute("style").unwrap_or_default()) {
            if d.important == important {
                declare(d.name, d.value);
            }
        }
    }
    check_references(&attrs, place)?;
    Ok((attrs, css))
}

/// Nothing is ever fetched: references stay inside the file, images are `data:` URIs.
fn check_references(attrs: &[Attr], place: &str) -> Result<()> {
    for (name, value) in attrs {
        let at = || format!("{place}, {name}");
        if name == "href" {
            let raster = value.starts_with("data:image/") && !value.starts_with("data:image/svg");
            if !value.starts_with('#') && !raster {
                return Err(Error::template(
                    at(),
                    format!(
                        "{:?} is outside the template; use #id, or a PNG, JPEG or WebP as data:",
                        short(value)
                    ),
                ));
            }
        } else {
            for reference in value.split("url(").skip(1) {
                let target = reference.trim_start().trim_start_matches(['"', '\'']);
                if !target.starts_with('#') {
                    return Err(Error::template(
                        at(),
                        format!("url({}) is outside the template; use url(#id)", short(target)),
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The ids that attributes refer to.
pub(crate) fn references(attrs: &[Attr]) -> Vec<String> {
    let mut ids = Vec::new();
    for (name, value) in attrs {
        if name == "href" {
            ids.extend(value.strip_prefix('#').map(str::to_owned));
        }
        for reference in value.split("url(").skip(1) {
            let target = reference.trim_start().trim_start_matches(['"', '\'']);
            if let Some(rest) = target.strip_prefix('#') {
                let end = rest.find([')', '"', '\'']).unwrap_or(rest.len());
                ids.push(rest[..end].trim().to_owned());
            }
        }
    }
    ids
}

/// Sets an attribute, replacing an earlier value.
pub(crate) fn set(attrs: &mut Vec<Attr>, name: &str, value: &str) {
    match attrs.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => value.clone_into(old),
        None => attrs.push((name.to_owned(), value.to_owned())),
    }
}

/// At most 40 characters of a foreign value, for messages.
pub(crate) fn short(value: &str) -> String {
    let mut out: String = value.chars().filter(|c| !c.is_control()).take(40).collect();
    if out.len() < value.len() {
        out.push('…');
    }
    out
}

struct Styled<'a, 'input>(Xml<'a, 'input>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Styled)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Styled)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}
