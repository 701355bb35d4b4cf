//! Texts of a card: what they say, how they look, the box they must fit, the size they get.

use std::collections::BTreeMap;

use super::Filler;
use super::expand::Scope;
use super::geometry::length;
use crate::error::Result;
use crate::template::expr::evaluation;
use crate::template::node::{Attr, MinSize, Node, SpanContent, SpanNode, TextNode};
use crate::text::faces::FaceRequest;
use crate::text::fit::{FitText, Fitted, Slot, fit_group};
use crate::text::fonts::FaceMetrics;
use crate::text::shape::{Span, SpanStyle};

/// A text on its way onto the card.
pub(crate) struct TextJob {
    /// The element's id, or its place.
    pub(crate) id: String,
    /// The field it shows first.
    pub(crate) path: String,
    /// Whether it shows anything of the summary.
    pub(crate) live: bool,
    pub(crate) group: Option<String>,
    pub(crate) text: FitText,
    pub(crate) anchor: Anchor,
    pub(crate) baseline: Baseline,
    /// Distance of baselines in em.
    pub(crate) line_height: f32,
    pub(crate) metrics: FaceMetrics,
    /// Attributes of each span, for its paint.
    pub(crate) span_attrs: Vec<Vec<Attr>>,
    pub(crate) fitted: Option<Fitted>,
}

/// `text-anchor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// `dominant-baseline`: which line of the text's block lies at `y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Baseline {
    Alphabetic,
    Middle,
    Central,
    Hanging,
    Top,
    Bottom,
}

impl TextJob {
    pub(crate) fn new(
        filler: &mut Filler<'_, '_>,
        node: &Node,
        text: &TextNode,
        scope: &Scope,
    ) -> Result<Self> {
        let attr = |name: &str| node.attr(name);
        let size: f32 = attr("font-size").and_then(|v| v.parse().ok()).unwrap_or(16.0);
        let mut spans = Vec::with_capacity(text.spans.len());
        let mut span_attrs = Vec::with_capacity(text.spans.len());
        let mut path = None;
        let mut entry = String::new();
        for span in &text.spans {
            let content = match &span.content {
                SpanContent::Literal(literal) => literal.clone(),
                SpanContent::Live(id, parts) => {
                    path = path.or_else(|| scope.path(parts.as_deref()));
                    entry.push_str(&scope.entry_at(parts.as_deref()));
                    let filled = filler
                        .template
                        .expressions
                        .text(*id, &scope.values)
                        .map_err(|e| evaluation(&format!("{}, data-text", node.place), &e))?;
                    one_line(&filled)
                }
            };
            let style = span_style(node, &span.attrs, size);
            spans.push(Span { text: content, style });
            span_attrs.push(filler.span_attrs(node, span, scope)?);
        }
        let shown: Vec<&str> =
            spans.iter().map(|s| s.text.as_str()).chain(std::iter::once(entry.as_str())).collect();
        let region = filler.tools.shaper.region(&shown, filler.locale.region());
        let request =
            spans.first().map_or_else(|| request_of(node, &[]), |s| s.style.request.clone());
        let min_size = match text.min_size {
            MinSize::Px(px) => px,
            MinSize::Share(share) => size * share,
        };
        Ok(Self {
            id: node.id.clone().unwrap_or_else(|| node.place.clone()),
            path: path.unwrap_or_else(|| node.place.clone()),
            live: text.spans.iter().any(|s| matches!(s.content, SpanContent::Live(..))),
            group: text.group.clone(),
            text: FitText {
                spans,
                slot: Slot {
                    size,
                    min_size: min_size.min(size),
                    width: text.width,
                    lines: text.lines,
                    steps: text.steps,
                },
                region,
                rtl: filler.locale.rtl(),
            },
            anchor: match attr("text-anchor") {
                Some("middle") => Anchor::Middle,
                Some("end") => Anchor::End,
                _ => Anchor::Start,
            },
            baseline: match attr("dominant-baseline") {
                Some("middle") => Baseline::Middle,
                Some("central") => Baseline::Central,
                Some("hanging") => Baseline::Hanging,
                Some("text-before-edge" | "text-top") => Baseline::Top,
                Some("text-after-edge" | "text-bottom" | "ideographic") => Baseline::Bottom,
                _ => Baseline::Alphabetic,
            },
            line_height: line_height(attr("line-height"), size),
            metrics: filler.tools.shaper.metrics(&request),
            span_attrs,
            fitted: None,
        })
    }

    /// The first baseline's distance down from `y`, in px.
    pub(crate) fn first_baseline(&self, fitted: &Fitted) -> f32 {
        let m = &self.metrics;
        let size = fitted.size;
        let rest = self.line_height * size * (fitted.lines.len().max(1) - 1) as f32;
        match self.baseline {
            Baseline::Alphabetic => 0.0,
            Baseline::Middle => m.x_height * size / 2.0 - rest / 2.0,
            Baseline::Central => (m.ascent - m.descent) * size / 2.0 - rest / 2.0,
            Baseline::Hanging => m.cap_height * size,
            Baseline::Top => m.ascent * size,
            Baseline::Bottom => -m.descent * size - rest,
        }
    }

    /// A line's left edge relative to `x`, in px.
    pub(crate) fn line_start(&self, width: f32, flipped: bool) -> f32 {
        match (self.anchor, flipped) {
            (Anchor::Start, false) | (Anchor::End, true) => 0.0,
            (Anchor::Middle, _) => -width / 2.0,
            (Anchor::End, false) | (Anchor::Start, true) => -width,
        }
    }
}

impl Filler<'_, '_> {
    /// Fits every text from `first` on that has no size yet; groups together.
    pub(crate) fn fit_texts(&mut self, first: usize) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut alone = Vec::new();
        for (i, job) in self.texts.iter().enumerate().skip(first) {
            match &job.group {
                _ if job.fitted.is_some() => {}
                Some(group) => groups.entry(group.clone()).or_default().push(i),
                None => alone.push(vec![i]),
            }
        }
        for indexes in groups.into_values().chain(alone) {
            let texts: Vec<FitText> = indexes.iter().map(|&i| self.texts[i].text.clone()).collect();
            let fitted = fit_group(self.tools.shaper, &texts);
            for (i, fitted) in indexes.into_iter().zip(fitted) {
                self.texts[i].fitted = Some(fitted);
            }
        }
    }

    fn span_attrs(&self, node: &Node, span: &SpanNode, scope: &Scope) -> Result<Vec<Attr>> {
        let mut attrs = span.attrs.clone();
        for (name, id) in &span.sets {
            let value =
                self.template.expressions.attribute(*id, &scope.values).map_err(|e| {
                    evaluation(&format!("{}, tspan, data-set-{name}", node.place), &e)
                })?;
            crate::template::style::set(&mut attrs, name, &value);
        }
        Ok(attrs)
    }
}

/// A template's own line breaks are blanks, as in SVG.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split([' ', '\n', '\t', '\r']).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

fn span_style(node: &Node, own: &[Attr], size: f32) -> SpanStyle {
    let get = |name: &str| find(own, name).or_else(|| node.attr(name));
    let own_size = find(own, "font-size").and_then(|v| v.parse().ok()).unwrap_or(size);
    let spacing = get("letter-spacing").and_then(|v| length(v, own_size)).unwrap_or(0.0);
    SpanStyle {
        request: request_of(node, own),
        letter_spacing: spacing / own_size,
        features: features(
            get("font-feature-settings"),
            get("font-variant-numeric"),
            get("font-kerning"),
        ),
        scale: own_size / size,
    }
}

fn request_of(node: &Node, own: &[Attr]) -> FaceRequest {
    let get = |name: &str| find(own, name).or_else(|| node.attr(name));
    FaceRequest {
        families: get("font-family")
            .unwrap_or("sans-serif")
            .split(',')
            .map(|family| family.trim().trim_matches(['"', '\'']).to_owned())
            .collect(),
        weight: match get("font-weight").unwrap_or("normal") {
            "bold" | "bolder" => 700,
            "lighter" => 300,
            other => other.parse().ok().filter(|w| (1..=1000).contains(w)).unwrap_or(400),
        },
        italic: matches!(get("font-style"), Some(s) if s.starts_with("italic") || s.starts_with("oblique")),
    }
}

fn find<'a>(attrs: &'a [Attr], name: &str) -> Option<&'a str> {
    attrs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn features(
    settings: Option<&str>,
    numeric: Option<&str>,
    kerning: Option<&str>,
) -> Vec<([u8; 4], u32)> {
    let mut out = Vec::new();
    for word in numeric.unwrap_or_default().split_whitespace() {
        let tag = match word {
            "tabular-nums" => b"tnum",
            "proportional-nums" => b"pnum",
            "oldstyle-nums" => b"onum",
            "lining-nums" => b"lnum",
            "slashed-zero" => b"zero",
            _ => continue,
        };
        out.push((*tag, 1));
    }
    if kerning == Some("none") {
        out.push((*b"kern", 0));
    }
    for setting in settings.unwrap_or_default().split(',') {
        let mut words = setting.split_whitespace();
        let tag = words.next().unwrap_or_default().trim_matches(['"', '\'']);
        let Ok(tag) = <[u8; 4]>::try_from(tag.as_bytes()) else { continue };
        let value = match words.next() {
            None | Some("on") => 1,
            Some("off") => 0,
            Some(n) => n.parse().unwrap_or(1),
        };
        out.push((tag, value));
    }
    out
}

/// Distance of baselines in em.
fn line_height(value: Option<&str>, size: f32) -> f32 {
    const NORMAL: f32 = 1.2;
    let Some(value) = value.map(str::trim).filter(|v| *v != "normal") else { return NORMAL };
    if let Ok(number) = value.parse::<f32>() {
        return number;
    }
    match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().map_or(NORMAL, |n| n / 100.0),
        None => length(value, size).map_or(NORMAL, |px| px / size),
    }
}
