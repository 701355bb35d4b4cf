//! Texts of a template: their pieces, the box they must fit, and what text cannot do here.

use roxmltree::Node as Xml;

use super::check::{Checked, Names, PathPart};
use super::compile::{Compiler, at, not_a, number};
use super::node::{Attr, MinSize, SpanContent, SpanNode, TextNode};
use super::style::{self, SVG, short};
use crate::error::{Error, Result};
use crate::text::fit::FitSteps;

impl Compiler<'_> {
    pub(super) fn text(
        &mut self,
        xml: Xml<'_, '_>,
        place: &str,
        names: &Names,
        live: &mut bool,
    ) -> Result<TextNode> {
        check_text_attributes(xml, place, TEXT_FORBIDDEN)?;
        let mut spans = Vec::new();
        if let Some(source) = xml.attribute("data-text") {
            let place = at(place, "data-text");
            let (id, checked) = self.expressions.add_text(&place, source, names)?;
            *live |= checked.live;
            let content = SpanContent::Live(id, shown_path(checked));
            spans.push(SpanNode { attrs: Vec::new(), sets: Vec::new(), content });
        } else {
            self.spans(xml, &[], names, live, &mut spans)?;
            trim_ends(&mut spans);
        }
        Ok(TextNode {
            spans,
            width: number(xml, place, "data-width")?.unwrap_or(f32::INFINITY),
            lines: match xml.attribute("data-lines") {
                Some(value) => {
                    value.trim().parse().ok().filter(|n| (1..=20).contains(n)).ok_or_else(|| {
                        not_a("whole number from 1 to 20", &at(place, "data-lines"), value)
                    })?
                }
                None => 1,
            },
            min_size: min_size(xml, place)?,
            steps: fit_steps(xml, place)?,
            group: xml.attribute("data-group").map(str::to_owned),
        })
    }

    fn spans(
        &mut self,
        xml: Xml<'_, '_>,
        inherited: &[Attr],
        names: &Names,
        live: &mut bool,
        out: &mut Vec<SpanNode>,
    ) -> Result<()> {
        for child in xml.children() {
            if let Some(text) = child.text().filter(|_| child.is_text()) {
                let text = collapse(text, out);
                if !text.is_empty() {
                    let content = SpanContent::Literal(text);
                    out.push(SpanNode { attrs: inherited.to_vec(), sets: Vec::new(), content });
                }
                continue;
            }
            if !child.is_element() || child.tag_name().namespace() != Some(SVG) {
                continue;
            }
            let place = self.place(child);
            match child.tag_name().name() {
                "tspan" => {}
                "title" | "desc" => continue,
                other => {
                    return Err(Error::template(
                        place,
                        format!("{other} is not supported in text"),
                    ));
                }
            }
            check_text_attributes(child, &place, TSPAN_FORBIDDEN)?;
            let (own, _) = style::resolve(child, self.sheet, &place)?;
            let mut attrs = inherited.to_vec();
            own.iter().for_each(|(name, value)| style::set(&mut attrs, name, value));
            let sets = self.sets(child, &place, names, &mut attrs, live)?;
            if let Some(source) = child.attribute("data-text") {
                let place = at(&place, "data-text");
                let (id, checked) = self.expressions.add_text(&place, source, names)?;
                *live |= checked.live;
                let content = SpanContent::Live(id, shown_path(checked));
                out.push(SpanNode { attrs, sets, content });
            } else {
                self.spans(child, &attrs, names, live, out)?;
            }
        }
        Ok(())
    }
}

const TEXT_FORBIDDEN: &[&str] =
    &["textLength", "lengthAdjust", "rotate", "dx", "dy", "writing-mode", "text-transform"];
const TSPAN_FORBIDDEN: &[&str] = &[
    "x",
    "y",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "writing-mode",
    "text-transform",
    "baseline-shift",
];

fn check_text_attributes(xml: Xml<'_, '_>, place: &str, forbidden: &[&str]) -> Result<()> {
    for name in forbidden {
        if xml.has_attribute(*name) {
            return Err(Error::template(at(place, name), "is not supported in text"));
        }
    }
    let style = xml.attribute("style").unwrap_or_default();
    for property in ["writing-mode", "text-transform"] {
        if style.contains(property) {
            return Err(Error::template(
                at(place, "style"),
                format!("{property} is not supported in text"),
            ));
        }
    }
    for name in ["x", "y"] {
        if xml.attribute(name).is_some_and(|value| value.trim().contains([' ', ','])) {
            return Err(Error::template(at(place, name), "a list of positions is not supported"));
        }
    }
    Ok(())
}

fn shown_path(checked: Checked) -> Option<Vec<PathPart>> {
    checked.path
}

/// White space as SVG's default does it: line breaks and runs of blanks become one blank.
fn collapse(text: &str, before: &[SpanNode]) -> String {
    let mut out = String::new();
    let mut blank = match before.last() {
        Some(SpanNode { content: SpanContent::Literal(text), .. }) => text.ends_with(' '),
        Some(_) => false,
        None => true,
    };
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\t' | '\r') {
            if !blank {
                out.push(' ');
            }
            blank = true;
        } else {
            out.push(c);
            blank = false;
        }
    }
    out
}

fn trim_ends(spans: &mut [SpanNode]) {
    if let Some(SpanNode { content: SpanContent::Literal(text), .. }) = spans.last_mut() {
        text.truncate(text.trim_end().len());
    }
}

fn min_size(xml: Xml<'_, '_>, place: &str) -> Result<MinSize> {
    let Some(value) = xml.attribute("data-min-size") else { return Ok(MinSize::Share(0.6)) };
    let fail = || not_a("size in px or %", &at(place, "data-min-size"), value);
    let value = value.trim();
    match value.strip_suffix('%') {
        Some(percent) => {
            percent.trim().parse().map(|p: f32| MinSize::Share(p / 100.0)).map_err(|_| fail())
        }
        None => value.trim_end_matches("px").trim().parse().map(MinSize::Px).map_err(|_| fail()),
    }
}

fn fit_steps(xml: Xml<'_, '_>, place: &str) -> Result<FitSteps> {
    let Some(value) = xml.attribute("data-fit") else { return Ok(FitSteps::ALL) };
    let mut steps = FitSteps {
        shrink: false,
        wrap: false,
        wrap_first: false,
        qualifiers: false,
        ellipsis: false,
    };
    for word in value.split_whitespace() {
        match word {
            "shrink" => steps.shrink = true,
            "wrap" => {
                steps.wrap = true;
                steps.wrap_first = !steps.shrink;
            }
            "qualifiers" => steps.qualifiers = true,
            "ellipsis" => steps.ellipsis = true,
            other => {
                return Err(Error::template(
                    at(place, "data-fit"),
                    format!("{:?} is none of shrink, wrap, qualifiers, ellipsis", short(other)),
                ));
            }
        }
    }
    Ok(steps)
}
