//! Conditions decided, lists repeated, attributes and texts worked out: the template's tree
//! becomes this card's tree.

use minijinja::{Value, context};

use super::Filler;
use super::text::TextJob;
use crate::error::{Error, Result};
use crate::image::{PictureKey, Resolved};
use crate::limits::MAX_CARD_ELEMENTS;
use crate::template::check::PathPart;
use crate::template::expr::evaluation;
use crate::template::node::{Each, ImageNode, Kind, Node, isolates};
use crate::template::style::short;
use crate::warning::{Warning, WarningCode};

/// An element of this card.
pub(crate) struct Filled<'a> {
    pub(crate) node: &'a Node,
    /// Attributes from data; they win over the element's own.
    pub(crate) sets: Vec<(&'a str, String)>,
    /// The step of a repeated group.
    pub(crate) step: Option<(f32, f32)>,
    pub(crate) content: Content<'a>,
}

/// What an element of this card holds.
pub(crate) enum Content<'a> {
    /// Child elements, perhaps none.
    Children(Vec<Filled<'a>>),
    /// Part of a run that never differs.
    Still(u32),
    /// A text, by its job.
    Text(usize),
    /// A picture that can be shown.
    Picture(PictureKey),
    /// A placeholder's drawing in the picture's place.
    Placeholder { symbol: &'a Node, children: Vec<Filled<'a>> },
    /// An image with nothing to show.
    Nothing,
}

/// What became of an image of the card.
#[derive(Clone, Debug)]
pub(crate) struct PictureJob {
    pub(crate) path: String,
    pub(crate) state: &'static str,
}

/// The names in force and where they point, for messages.
#[derive(Clone)]
pub(crate) struct Scope {
    pub(crate) values: Value,
    loops: Vec<(String, String)>,
    /// Texts of the list entry at hand, which tell its language together.
    pub(crate) entry: String,
}

impl Scope {
    pub(crate) fn new(values: Value) -> Self {
        Self { values, loops: Vec::new(), entry: String::new() }
    }

    /// A template's path with the names of loops replaced by what they stand for.
    pub(crate) fn path(&self, parts: Option<&[PathPart]>) -> Option<String> {
        let mut out = String::new();
        for part in parts? {
            match part {
                PathPart::Name(name) if out.is_empty() => {
                    let stands_for = self.loops.iter().rev().find(|(var, _)| var == name);
                    out.push_str(stands_for.map_or(name.as_str(), |(_, path)| path));
                }
                PathPart::Name(name) => {
                    out.push('.');
                    out.push_str(name);
                }
                PathPart::Index(i) => out.push_str(&format!("[{i}]")),
            }
        }
        Some(out)
    }

    /// The texts of the list entry that a path leads into, its name first, a line each; they
    /// name a placeholder and tell a text's language.
    pub(crate) fn entry_at(&self, parts: Option<&[PathPart]>) -> String {
        let Some((_, parents)) = parts.and_then(<[PathPart]>::split_last) else {
            return self.entry.clone();
        };
        let mut value = self.values.clone();
        for part in parents {
            let next = match part {
                PathPart::Name(name) => value.get_attr(name),
                PathPart::Index(i) => value.get_item(&Value::from(*i)),
            };
            match next {
                Ok(next) => value = next,
                Err(_) => return self.entry.clone(),
            }
        }
        if parents.is_empty() { self.entry.clone() } else { texts_of(&value) }
    }
}

impl<'a> Filler<'a, '_> {
    /// Expands elements in order.
    pub(crate) fn expand_all(
        &mut self,
        nodes: &'a [Node],
        scope: &Scope,
    ) -> Result<Vec<Filled<'a>>> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes.iter().filter(|node| !node.is_definition()) {
            self.expand(node, scope, &mut out)?;
        }
        Ok(out)
    }

    pub(crate) fn expand(
        &mut self,
        node: &'a Node,
        scope: &Scope,
        out: &mut Vec<Filled<'a>>,
    ) -> Result<()> {
        self.elements += 1;
        if self.elements > MAX_CARD_ELEMENTS {
            let message = format!("makes more than {MAX_CARD_ELEMENTS} elements on this card");
            return Err(Error::template(node.place.clone(), message));
        }
        if let Some(condition) = node.condition
            && !self.value(condition, node, "data-if", scope)?.is_true()
        {
            return Ok(());
        }
        if let Some(segment) = node.segment
            && self.still.is_none()
        {
            let content = Content::Still(segment);
            out.push(Filled { node, sets: Vec::new(), step: None, content });
            return Ok(());
        }
        match &node.each {
            Some(each) => self.repeat(node, each, scope, out),
            None => {
                out.push(self.instance(node, scope, None)?);
                Ok(())
            }
        }
    }

    fn repeat(
        &mut self,
        node: &'a Node,
        each: &'a Each,
        scope: &Scope,
        out: &mut Vec<Filled<'a>>,
    ) -> Result<()> {
        let list = self.value(each.list, node, "data-each", scope)?;
        if list.is_none() || list.is_undefined() {
            return Ok(());
        }
        let items: Vec<Value> = list
            .try_iter()
            .map_err(|error| evaluation(&format!("{}, data-each", node.place), &error))?
            .take(each.limit.unwrap_or(usize::MAX))
            .collect();
        let root = scope.path(each.path.as_deref()).unwrap_or_else(|| each.var.clone());
        let count = items.len();
        for (i, item) in items.into_iter().enumerate() {
            // Entries know their place in the summary, so that a slice's second is still [2].
            let index = item.get_attr("index").ok().and_then(|v| v.as_i64()).unwrap_or(i as i64);
            let entry = texts_of(&item);
            let around = context! {
                index => i + 1, index0 => i, revindex => count - i, revindex0 => count - i - 1,
                first => i == 0, last => i + 1 == count, length => count,
            };
            let named = Value::from_pairs([(each.var.clone(), item), ("loop".to_owned(), around)]);
            let mut inner = Scope {
                values: context! { ..named, ..scope.values.clone() },
                loops: scope.loops.clone(),
                entry,
            };
            inner.loops.push((each.var.clone(), format!("{root}[{index}]")));
            let step = (each.step.0 * i as f32, each.step.1 * i as f32);
            out.push(self.instance(node, &inner, Some(step))?);
        }
        Ok(())
    }

    fn instance(
        &mut self,
        node: &'a Node,
        scope: &Scope,
        step: Option<(f32, f32)>,
    ) -> Result<Filled<'a>> {
        let mut sets = Vec::with_capacity(node.sets.len());
        for (name, id) in &node.sets {
            let place = || format!("{}, data-set-{name}", node.place);
            let value = self
                .template
                .expressions
                .attribute(*id, &scope.values)
                .map_err(|error| evaluation(&place(), &error))?;
            check_set(name, &value).map_err(|message| Error::template(place(), message))?;
            sets.push((name.as_str(), value));
        }
        let content = match &node.kind {
            Kind::Plain => Content::Children(self.expand_all_of(node, scope)?),
            Kind::Text(text) => {
                let job = TextJob::new(self, node, text, scope)?;
                self.texts.push(job);
                Content::Text(self.texts.len() - 1)
            }
            Kind::Image(image) => self.picture(node, image, scope)?,
        };
        Ok(Filled { node, sets, step, content })
    }

    /// Definitions inside other definitions are part of them; elsewhere they are not painted.
    fn expand_all_of(&mut self, node: &'a Node, scope: &Scope) -> Result<Vec<Filled<'a>>> {
        if node.is_definition() {
            let mut out = Vec::with_capacity(node.children.len());
            for child in &node.children {
                self.expand(child, scope, &mut out)?;
            }
            return Ok(out);
        }
        self.expand_all(&node.children, scope)
    }

    fn picture(
        &mut self,
        node: &'a Node,
        image: &'a ImageNode,
        scope: &Scope,
    ) -> Result<Content<'a>> {
        let value = self.value(image.reference, node, "data-image", scope)?;
        let path = scope.path(image.path.as_deref()).unwrap_or_else(|| node.place.clone());
        let reference = value.as_str().filter(|reference| !reference.is_empty());
        let Some(reference) = reference else {
            self.pictures.push(PictureJob { path, state: "absent" });
            return self.placeholder(image, scope);
        };
        let (state, warning) = match self.tools.images.resolve(self.assets, reference) {
            Resolved::Ok(key) => {
                self.pictures.push(PictureJob { path, state: "ok" });
                return Ok(Content::Picture(key));
            }
            // A mark that the operator did not supply is a state, not a mistake.
            Resolved::Unresolved if image.placeholder.is_none() => ("absent", None),
            Resolved::Unresolved => {
                let message = format!("{:?} is not among the assets", short(reference));
                ("unresolved", Some((WarningCode::ImageUnresolved, message)))
            }
            Resolved::Broken(reason) => ("broken", Some((WarningCode::ImageBroken, reason))),
        };
        if let Some((code, message)) = warning {
            self.warnings.push(Warning::new(code, path.clone(), message));
        }
        self.pictures.push(PictureJob { path, state });
        self.placeholder(image, scope)
    }

    fn placeholder(&mut self, image: &'a ImageNode, scope: &Scope) -> Result<Content<'a>> {
        let template = self.template;
        let symbol = image.placeholder.as_deref().and_then(|id| template.drawing.by_id(id));
        let Some(symbol) = symbol else { return Ok(Content::Nothing) };
        let entry = scope.entry_at(image.path.as_deref());
        let text = entry.lines().next().unwrap_or_default();
        let pick = blake3::hash(text.as_bytes());
        let pick = u32::from_le_bytes(pick.as_bytes()[..4].try_into().expect("four bytes")) >> 1;
        let stands = context! { text => text, initials => initials(text), pick => pick };
        let inner = Scope {
            values: context! { placeholder => stands, ..scope.values.clone() },
            loops: scope.loops.clone(),
            entry: scope.entry.clone(),
        };
        Ok(Content::Placeholder { symbol, children: self.expand_all(&symbol.children, &inner)? })
    }

    fn value(
        &self,
        id: crate::template::expr::ExprId,
        node: &Node,
        attribute: &str,
        scope: &Scope,
    ) -> Result<Value> {
        self.template
            .expressions
            .value(id, &scope.values)
            .map_err(|error| evaluation(&format!("{}, {attribute}", node.place), &error))
    }
}

impl Filled<'_> {
    /// An attribute's value on this card.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        let set = self.sets.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.as_str()).or_else(|| self.node.attr(name))
    }

    /// Whether the element's content must be composed apart on this card.
    pub(crate) fn isolates(&self) -> bool {
        if self.sets.is_empty() {
            return self.node.isolates();
        }
        let set = |name: &str| self.sets.iter().any(|(known, _)| *known == name);
        let own = self.node.attrs.iter().filter(|(name, _)| !set(name)).cloned();
        let data = self.sets.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        self.node.composes() || isolates(&own.chain(data).collect::<Vec<_>>())
    }
}

/// The texts of a list entry, its name first, a line each.
fn texts_of(item: &Value) -> String {
    let mut out = String::new();
    for name in ["title", "name", "album"] {
        if let Some(text) = item.get_attr(name).ok().as_ref().and_then(Value::as_str) {
            out.push_str(text);
            out.push('\n');
        }
    }
    if let Ok(artists) = item.get_attr("artists")
        && let Ok(names) = artists.try_iter()
    {
        for name in names {
            out.push_str(name.as_str().unwrap_or_default());
            out.push('\n');
        }
    }
    out
}

/// One or two letters for a placeholder: the first of the first two words.
fn initials(text: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let letter = |word: &str| {
        word.graphemes(true)
            .find(|g| g.chars().any(char::is_alphanumeric))
            .map(|g| g.to_uppercase())
    };
    let mut words = text.split([' ', '-', '/', '&']).filter_map(letter);
    let Some(first) = words.next() else {
        return text.graphemes(true).next().unwrap_or("?").to_owned();
    };
    // Scripts without capitals read two signs as one word; one is enough.
    let cased = first.chars().any(|c| c.is_uppercase() || c.is_numeric());
    match words.next().filter(|_| cased) {
        Some(second) if second.chars().all(|c| c.is_uppercase() || c.is_numeric()) => {
            first + &second
        }
        _ => first,
    }
}

/// What data may put into an attribute: numbers are finite, references stay inside.
fn check_set(name: &str, value: &str) -> Result<(), String> {
    const LONGEST: usize = 20_000;
    if value.len() > LONGEST {
        return Err(format!("gives {} bytes, at most {LONGEST} are used", value.len()));
    }
    let numeric = matches!(
        name,
        "x" | "y"
            | "width"
            | "height"
            | "rx"
            | "ry"
            | "r"
            | "cx"
            | "cy"
            | "x1"
            | "y1"
            | "x2"
            | "y2"
            | "fx"
            | "fy"
            | "opacity"
            | "fill-opacity"
            | "stroke-opacity"
            | "stroke-width"
            | "stop-opacity"
            | "flood-opacity"
            | "offset"
            | "stroke-dashoffset"
    );
    if numeric {
        let number = value.trim().trim_end_matches(['%']).trim_end_matches("px").trim();
        if !number.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(format!("gives {:?}, which is not a number", short(value)));
        }
    }
    for reference in value.split("url(").skip(1) {
        if !reference.trim_start().starts_with('#') {
            return Err(format!("gives {:?}, which is outside the template", short(value)));
        }
    }
    Ok(())
}
