//! A compiled template: the SVG's elements with their styles resolved and their live parts found.

use std::collections::BTreeMap;

use super::check::PathPart;
use super::expr::ExprId;
use crate::text::fit::FitSteps;

/// An attribute's name and value.
pub(crate) type Attr = (String, String);

/// An element.
#[derive(Debug)]
pub(crate) struct Node {
    /// The element's name.
    pub(crate) tag: String,
    /// File, element and id, for messages.
    pub(crate) place: String,
    /// Attributes, CSS rules and `style` already merged in; no `id`, no `class`, no `data-*`.
    pub(crate) attrs: Vec<Attr>,
    /// Properties that exist only in CSS, such as `mix-blend-mode`.
    pub(crate) css: Vec<Attr>,
    /// The element's id.
    pub(crate) id: Option<String>,
    /// `data-set-NAME`.
    pub(crate) sets: Vec<(String, ExprId)>,
    /// `data-if`.
    pub(crate) condition: Option<ExprId>,
    /// `data-each`.
    pub(crate) each: Option<Each>,
    /// False for `data-mirror="no"`.
    pub(crate) mirror: bool,
    /// What kind of element.
    pub(crate) kind: Kind,
    /// Child elements.
    pub(crate) children: Vec<Node>,
    /// Ids that the element refers to by `url(#...)` or `href`.
    pub(crate) refs: Vec<String>,
    /// Whether it, a descendant or something it refers to differs from card to card.
    pub(crate) live: bool,
    /// For elements that never differ: which run of such elements it belongs to.
    pub(crate) segment: Option<u32>,
}

/// What an element is to us.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Anything that usvg draws or groups.
    Plain,
    /// A text, live or not.
    Text(TextNode),
    /// An image with `data-image`.
    Image(ImageNode),
}

/// `data-each="song in songs"` with its limit and step.
#[derive(Debug)]
pub(crate) struct Each {
    /// The name of the variable.
    pub(crate) var: String,
    /// The list.
    pub(crate) list: ExprId,
    /// The list's path, for messages.
    pub(crate) path: Option<Vec<PathPart>>,
    /// At most so many.
    pub(crate) limit: Option<usize>,
    /// How far each is from the one before.
    pub(crate) step: (f32, f32),
}

/// A text element.
#[derive(Debug)]
pub(crate) struct TextNode {
    /// The pieces; a text without `tspan` has one.
    pub(crate) spans: Vec<SpanNode>,
    /// The box's width; infinite if the template gives none.
    pub(crate) width: f32,
    /// The most lines.
    pub(crate) lines: usize,
    /// The least size.
    pub(crate) min_size: MinSize,
    /// The steps of the fit ladder.
    pub(crate) steps: FitSteps,
    /// Texts of one group share one size.
    pub(crate) group: Option<String>,
}

/// `data-min-size`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum MinSize {
    /// In px.
    Px(f32),
    /// A share of the full size.
    Share(f32),
}

/// A styled piece of a text.
#[derive(Debug)]
pub(crate) struct SpanNode {
    /// The `tspan`'s own attributes; none for bare text.
    pub(crate) attrs: Vec<Attr>,
    /// The `tspan`'s `data-set-NAME`.
    pub(crate) sets: Vec<(String, ExprId)>,
    /// What it says.
    pub(crate) content: SpanContent,
}

/// What a piece of a text says.
#[derive(Debug)]
pub(crate) enum SpanContent {
    /// Always the same.
    Literal(String),
    /// Filled from the summary; the path of the first field it shows is for the report.
    Live(ExprId, Option<Vec<PathPart>>),
}

/// An image with `data-image`.
#[derive(Debug)]
pub(crate) struct ImageNode {
    /// The reference to the image.
    pub(crate) reference: ExprId,
    /// The path of the field, for the report.
    pub(crate) path: Option<Vec<PathPart>>,
    /// The `symbol` drawn where the image is absent or broken.
    pub(crate) placeholder: Option<String>,
}

/// Where an element with an id stands: the indexes from the root down.
pub(crate) type NodePath = Vec<usize>;

/// A whole compiled drawing.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// The root's children.
    pub(crate) children: Vec<Node>,
    /// The root's inheritable attributes.
    pub(crate) attrs: Vec<Attr>,
    /// px.
    pub(crate) width: f32,
    /// px.
    pub(crate) height: f32,
    /// `viewBox`: left, top, width, height.
    pub(crate) view_box: [f32; 4],
    /// Elements by id.
    pub(crate) ids: BTreeMap<String, NodePath>,
    /// How many runs of still elements there are.
    pub(crate) segments: u32,
}

impl Drawing {
    /// The element with an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Node> {
        let (first, rest) = self.ids.get(id)?.split_first()?;
        rest.iter().try_fold(self.children.get(*first)?, |node, &i| node.children.get(i))
    }
}

impl Node {
    /// An attribute's value.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the element's content must be composed apart before it joins the card.
    pub(crate) fn isolates(&self) -> bool {
        self.composes() || isolates(&self.attrs)
    }

    /// Whether the element composes its content apart whatever its attributes are.
    pub(crate) fn composes(&self) -> bool {
        !self.css.is_empty() || self.tag == "svg" || self.tag == "switch"
    }

    /// Whether it is never painted where it stands.
    pub(crate) fn is_definition(&self) -> bool {
        matches!(
            self.tag.as_str(),
            "defs"
                | "symbol"
                | "clipPath"
                | "mask"
                | "filter"
                | "marker"
                | "pattern"
                | "linearGradient"
                | "radialGradient"
        )
    }
}

/// Whether these attributes make a group of their own.
pub(crate) fn isolates(attrs: &[Attr]) -> bool {
    attrs.iter().any(|(name, value)| match name.as_str() {
        "opacity" => value.trim().parse::<f32>() != Ok(1.0),
        "filter" | "mask" | "clip-path" => value != "none",
        "display" | "visibility" | "transform-origin" => true,
        _ => false,
    })
}
