//! From SVG text to a [`Drawing`]: everything that can be wrong with a template is found here.

use std::collections::BTreeMap;

use roxmltree::Node as Xml;
use simplecss::StyleSheet;

use super::check::{Names, loop_shape};
use super::expr::Expressions;
use super::node::{Drawing, Each, ImageNode, Kind, Node, NodePath};
use super::style::{self, SVG, short};
use super::{inherit, live, xml};
use crate::context::Shape;
use crate::error::{Error, Result};

/// The `symbol` ids of a theme's placeholders by kind (`cover`, `artist`).
pub(crate) type Placeholders = BTreeMap<String, String>;

/// Compiles a drawing; `file` is its name, for messages.
pub(crate) fn compile(
    file: &str,
    svg: &str,
    names: &Names,
    placeholders: &Placeholders,
    expressions: &mut Expressions,
) -> Result<Drawing> {
    let document = xml::parse(file, svg)?;
    let css = style::style_text(&document, file)?;
    let sheet = StyleSheet::parse(&css);
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Error::template(file, "the root element must be svg in the SVG namespace"));
    }
    let place = format!("{file}, svg");
    let (attrs, _) = style::resolve(root, &sheet, &place)?;
    let (width, height, view_box) = size(&attrs, &place)?;
    let mut compiler = Compiler { file, sheet: &sheet, placeholders, expressions };
    let mut children = compiler.children(root, names)?;
    inherit::fonts(&mut children, &attrs);
    let mut ids = BTreeMap::new();
    index(&children, &mut Vec::new(), &mut ids, file)?;
    let inherited = attrs.into_iter().filter(|(name, _)| !is_root_geometry(name)).collect();
    let mut drawing =
        Drawing { children, attrs: inherited, width, height, view_box, ids, segments: 0 };
    live::resolve(&mut drawing, file)?;
    Ok(drawing)
}

/// A drawing at work.
pub(super) struct Compiler<'a> {
    file: &'a str,
    pub(super) sheet: &'a StyleSheet<'a>,
    placeholders: &'a Placeholders,
    pub(super) expressions: &'a mut Expressions,
}

impl Compiler<'_> {
    fn children(&mut self, parent: Xml<'_, '_>, names: &Names) -> Result<Vec<Node>> {
        let mut out = Vec::new();
        for child in parent.children().filter(Xml::is_element) {
            if child.tag_name().namespace() != Some(SVG) {
                continue;
            }
            if let Some(node) = self.element(child, names)? {
                out.push(node);
            }
        }
        Ok(out)
    }

    fn element(&mut self, xml: Xml<'_, '_>, names: &Names) -> Result<Option<Node>> {
        let tag = xml.tag_name().name();
        let place = self.place(xml);
        match tag {
            "title" | "desc" | "metadata" | "style" | "animate" | "animateTransform" | "set"
            | "animateMotion" => return Ok(None),
            "script" | "foreignObject" | "iframe" => {
                return Err(Error::template(place, "is not allowed in a template"));
            }
            _ => {}
        }
        let (mut attrs, css) = style::resolve(xml, self.sheet, &place)?;
        let mut live = false;
        let condition = match xml.attribute("data-if") {
            Some(source) => {
                let (id, checked, _) =
                    self.expressions.add_value(&at(&place, "data-if"), source, names)?;
                live |= checked.live;
                Some(id)
            }
            None => None,
        };
        let mut inner = names.clone();
        let each = self.each(xml, &place, &mut inner)?;
        live |= each.is_some();
        if tag == "symbol"
            && xml.attribute("id").is_some_and(|id| self.placeholders.values().any(|p| p == id))
        {
            inner = placeholder_names(&inner);
        }
        let sets = self.sets(xml, &place, &inner, &mut attrs, &mut live)?;
        let kind = match tag {
            "text" => Kind::Text(self.text(xml, &place, &inner, &mut live)?),
            "image" if xml.has_attribute("data-image") => {
                live = true;
                Kind::Image(self.image(xml, &place, &inner)?)
            }
            _ => Kind::Plain,
        };
        self.check_misplaced(xml, &place, &kind)?;
        let children = match kind {
            Kind::Plain => self.children(xml, &inner)?,
            _ => Vec::new(),
        };
        let refs = style::references(&attrs);
        Ok(Some(Node {
            tag: tag.to_owned(),
            attrs,
            css,
            id: xml.attribute("id").map(str::to_owned),
            sets,
            condition,
            each,
            mirror: mirror(xml, &place)?,
            kind,
            children,
            refs,
            live,
            segment: None,
            place,
        }))
    }

    pub(super) fn place(&self, xml: Xml<'_, '_>) -> String {
        let tag = xml.tag_name().name();
        match xml.attribute("id") {
            Some(id) => format!("{}, {tag}#{id}", self.file),
            None => {
                let line = xml.document().text_pos_at(xml.range().start).row;
                format!("{}, {tag} at line {line}", self.file)
            }
        }
    }

    fn each(&mut self, xml: Xml<'_, '_>, place: &str, names: &mut Names) -> Result<Option<Each>> {
        let Some(source) = xml.attribute("data-each") else { return Ok(None) };
        let place_of = at(place, "data-each");
        if xml.tag_name().name() != "g" {
            return Err(Error::template(place_of, "belongs on a g element"));
        }
        let Some((var, list)) = source.split_once(" in ") else {
            return Err(Error::template(
                place_of,
                format!("must read \"song in songs\", not {:?}", short(source)),
            ));
        };
        let var = var.trim();
        let plain = var.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && var.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !plain {
            return Err(Error::template(place_of, format!("{:?} is not a name", short(var))));
        }
        let (list, checked, shape) = self.expressions.add_value(&place_of, list.trim(), names)?;
        let element = match shape {
            Shape::List(element) => *element,
            Shape::Any => Shape::Any,
            _ => return Err(Error::template(place_of, "needs a list")),
        };
        *names = names.with(var, element).with("loop", loop_shape());
        Ok(Some(Each {
            var: var.to_owned(),
            list,
            path: checked.path,
            limit: match xml.attribute("data-limit") {
                Some(value) => Some(
                    value
                        .trim()
                        .parse()
                        .map_err(|_| not_a("whole number", &at(place, "data-limit"), value))?,
                ),
                None => None,
            },
            step: match xml.attribute("data-step") {
                Some(value) => pair(value)
                    .ok_or_else(|| not_a("pair of numbers", &at(place, "data-step"), value))?,
                None => (0.0, 0.0),
            },
        }))
    }

    pub(super) fn sets(
        &mut self,
        xml: Xml<'_, '_>,
        place: &str,
        names: &Names,
        attrs: &mut Vec<super::node::Attr>,
        live: &mut bool,
    ) -> Result<Vec<(String, super::expr::ExprId)>> {
        let mut sets = Vec::new();
        for attr in xml.attributes() {
            let Some(name) = attr.name().strip_prefix("data-set-") else { continue };
            let place = at(place, attr.name());
            if !SETTABLE.contains(&name) {
                let message = format!("{name} cannot be set; can be: {}", SETTABLE.join(", "));
                return Err(Error::template(place, message));
            }
            if !attr.value().contains(['{', '}']) {
                // Without an expression it is the attribute itself, such as the full opacity of a
                // state that only the editor hides.
                style::set(attrs, name, attr.value());
                continue;
            }
            let (id, checked) = self.expressions.add_attribute(&place, attr.value(), names)?;
            *live |= checked.live;
            sets.push((name.to_owned(), id));
        }
        Ok(sets)
    }

    fn image(&mut self, xml: Xml<'_, '_>, place: &str, names: &Names) -> Result<ImageNode> {
        let source = xml.attribute("data-image").unwrap_or_default();
        let (reference, checked, _) =
            self.expressions.add_value(&at(place, "data-image"), source, names)?;
        let kind = xml.attribute("data-placeholder").unwrap_or("cover");
        let placeholder = match kind {
            "none" => None,
            kind => match self.placeholders.get(kind) {
                Some(symbol) => Some(symbol.clone()),
                // A theme without placeholders leaves the place empty, unless it asks for one.
                None if !xml.has_attribute("data-placeholder") => None,
                None => {
                    let message = format!("theme.toml has no placeholder {:?}", short(kind));
                    return Err(Error::template(at(place, "data-placeholder"), message));
                }
            },
        };
        Ok(ImageNode { reference, path: checked.path, placeholder })
    }

    /// A live attribute where it means nothing is a mistake that the designer must hear of.
    fn check_misplaced(&self, xml: Xml<'_, '_>, place: &str, kind: &Kind) -> Result<()> {
        for attr in xml.attributes().filter(|attr| attr.name().starts_with("data-")) {
            let name = attr.name();
            let on = match name {
                "data-text" | "data-width" | "data-lines" | "data-min-size" | "data-fit"
                | "data-group" => matches!(kind, Kind::Text(_)).then_some(()).ok_or("text"),
                "data-image" | "data-placeholder" => {
                    (xml.tag_name().name() == "image").then_some(()).ok_or("image")
                }
                "data-limit" | "data-step" => {
                    xml.has_attribute("data-each").then_some(()).ok_or("g with data-each")
                }
                _ => Ok(()),
            };
            if let Err(element) = on {
                return Err(Error::template(at(place, name), format!("belongs on {element}")));
            }
        }
        Ok(())
    }
}

/// Inside a placeholder: what it stands for, as text, initials and a stable number.
fn placeholder_names(names: &Names) -> Names {
    names.with("placeholder", Shape::scalars(["text", "initials", "pick"]))
}

/// Attributes that may come from data: geometry, transform, paint and opacities.
const SETTABLE: &[&str] = &[
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "r",
    "cx",
    "cy",
    "x1",
    "y1",
    "x2",
    "y2",
    "fx",
    "fy",
    "points",
    "d",
    "transform",
    "gradientTransform",
    "patternTransform",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "opacity",
    "stop-color",
    "stop-opacity",
    "offset",
    "flood-color",
    "flood-opacity",
];

fn mirror(xml: Xml<'_, '_>, place: &str) -> Result<bool> {
    match xml.attribute("data-mirror") {
        None | Some("yes") => Ok(true),
        Some("no") => Ok(false),
        Some(other) => Err(Error::template(
            at(place, "data-mirror"),
            format!("must be \"no\" or absent, not {:?}", short(other)),
        )),
    }
}

pub(super) fn number(xml: Xml<'_, '_>, place: &str, name: &str) -> Result<Option<f32>> {
    let Some(value) = xml.attribute(name) else { return Ok(None) };
    let parsed = value.trim().trim_end_matches("px").parse().ok();
    parsed
        .filter(|n: &f32| n.is_finite() && *n > 0.0)
        .map(Some)
        .ok_or_else(|| not_a("positive number", &at(place, name), value))
}

fn pair(value: &str) -> Option<(f32, f32)> {
    let mut parts = value.split([' ', ',']).filter(|part| !part.is_empty()).map(str::parse);
    let pair = (parts.next()?.ok()?, parts.next()?.ok()?);
    parts.next().is_none().then_some(pair)
}

pub(super) fn not_a(what: &str, place: &str, value: &str) -> Error {
    Error::template(place, format!("{:?} is not a {what}", short(value)))
}

pub(super) fn at(place: &str, attribute: &str) -> String {
    format!("{place}, {attribute}")
}

fn is_root_geometry(name: &str) -> bool {
    matches!(
        name,
        "x" | "y" | "width" | "height" | "viewBox" | "preserveAspectRatio" | "xmlns" | "space"
    )
}

/// The size of the card in px and the view box.
fn size(attrs: &[super::node::Attr], place: &str) -> Result<(f32, f32, [f32; 4])> {
    let get = |name: &str| attrs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let view_box = match get("viewBox") {
        Some(value) => {
            let numbers: Vec<f32> = value
                .split([' ', ','])
                .filter(|part| !part.is_empty())
                .filter_map(|part| part.parse().ok())
                .collect();
            match numbers.as_slice() {
                &[x, y, w, h] if w > 0.0 && h > 0.0 => Some([x, y, w, h]),
                _ => return Err(not_a("view box", &at(place, "viewBox"), value)),
            }
        }
        None => None,
    };
    let length = |name: &str, from_box: Option<f32>| -> Result<f32> {
        let px = match get(name) {
            Some(value) if !value.trim().ends_with('%') => {
                value.trim().trim_end_matches("px").parse::<f32>().ok()
            }
            _ => from_box,
        };
        px.filter(|px| (1.0..=4096.0).contains(px)).ok_or_else(|| {
            Error::template(at(place, name), "must be 1 to 4096 px (the cards are 1080 × 1920)")
        })
    };
    let width = length("width", view_box.map(|b| b[2]))?;
    let height = length("height", view_box.map(|b| b[3]))?;
    Ok((width, height, view_box.unwrap_or([0.0, 0.0, width, height])))
}

fn index(
    nodes: &[Node],
    path: &mut NodePath,
    ids: &mut BTreeMap<String, NodePath>,
    file: &str,
) -> Result<()> {
    for (i, node) in nodes.iter().enumerate() {
        path.push(i);
        if let Some(id) = &node.id
            && ids.insert(id.clone(), path.clone()).is_some()
        {
            return Err(Error::template(file, format!("the id {:?} is there twice", short(id))));
        }
        index(&node.children, path, ids, file)?;
        path.pop();
    }
    Ok(())
}
