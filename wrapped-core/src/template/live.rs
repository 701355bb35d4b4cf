//! What differs from card to card, and what is painted once: liveness spreads from children to
//! parents and along references; the rest is numbered in runs.

use std::collections::{BTreeMap, BTreeSet};

use super::node::{Drawing, ImageNode, Kind, Node};
use crate::error::{Error, Result};
use crate::limits::MAX_TEMPLATE_ELEMENTS;

/// Resolves liveness and numbers the still runs of a drawing.
pub(crate) fn resolve(drawing: &mut Drawing, file: &str) -> Result<()> {
    check_references(drawing)?;
    check_expansion(drawing, file)?;
    let live = live_ids(drawing);
    let mut numbering = Numbering { live, next: 0, current: None };
    let mut children = std::mem::take(&mut drawing.children);
    for child in &mut children {
        numbering.mark(child);
    }
    for child in &mut children {
        numbering.number(child);
    }
    drawing.children = children;
    drawing.segments = numbering.next;
    Ok(())
}

/// The ids of elements that differ, themselves or through what they refer to.
fn live_ids(drawing: &Drawing) -> BTreeSet<String> {
    let mut live = BTreeSet::new();
    loop {
        let before = live.len();
        for id in drawing.ids.keys() {
            if let Some(node) = drawing.by_id(id)
                && is_live(node, &live)
            {
                live.insert(id.clone());
            }
        }
        if live.len() == before {
            return live;
        }
    }
}

fn is_live(node: &Node, live: &BTreeSet<String>) -> bool {
    node.live
        || node.refs.iter().any(|id| live.contains(id))
        || node.children.iter().any(|child| is_live(child, live))
}

struct Numbering {
    live: BTreeSet<String>,
    next: u32,
    current: Option<u32>,
}

impl Numbering {
    fn mark(&mut self, node: &mut Node) {
        for child in &mut node.children {
            self.mark(child);
        }
        node.live |= node.refs.iter().any(|id| self.live.contains(id))
            || node.children.iter().any(|child| child.live && !child.is_definition());
    }

    /// Gives every still element outside repeated and composed groups the number of its run.
    fn number(&mut self, node: &mut Node) {
        if node.is_definition() {
            return;
        }
        if !node.live {
            let run = *self.current.get_or_insert_with(|| {
                self.next += 1;
                self.next - 1
            });
            node.segment = Some(run);
            return;
        }
        self.current = None;
        // In a repeated or composed group nothing is painted apart from the rest; in a group
        // whose attributes differ neither.
        if node.each.is_none() && !node.isolates() && node.sets.is_empty() && node.mirror {
            for child in &mut node.children {
                self.number(child);
            }
        }
        self.current = None;
    }
}

/// Every `url(#id)` and `href="#id"` has its target: usvg would drop the element silently.
fn check_references(drawing: &Drawing) -> Result<()> {
    fn walk(node: &Node, drawing: &Drawing) -> Result<()> {
        for id in &node.refs {
            if !drawing.ids.contains_key(id) {
                let message = format!("refers to #{id}, which is not in the file");
                return Err(Error::template(node.place.clone(), message));
            }
        }
        if let Kind::Image(ImageNode { placeholder: Some(id), .. }) = &node.kind
            && drawing.by_id(id).is_none_or(|symbol| symbol.tag != "symbol")
        {
            let message = format!("its placeholder is the symbol #{id}, which is not in the file");
            return Err(Error::template(node.place.clone(), message));
        }
        node.children.iter().try_for_each(|child| walk(child, drawing))
    }
    drawing.children.iter().try_for_each(|child| walk(child, drawing))
}

/// References may nest and fan out, but not without bound and not in a circle.
fn check_expansion(drawing: &Drawing, file: &str) -> Result<()> {
    let mut counts: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut total = 0_usize;
    for child in &drawing.children {
        total = total.saturating_add(expanded(child, drawing, &mut counts)?);
    }
    if total > MAX_TEMPLATE_ELEMENTS {
        let message = format!(
            "has {total} elements with references expanded, at most {MAX_TEMPLATE_ELEMENTS} are drawn"
        );
        return Err(Error::template(file, message));
    }
    Ok(())
}

fn expanded<'a>(
    node: &'a Node,
    drawing: &'a Drawing,
    counts: &mut BTreeMap<&'a str, Option<usize>>,
) -> Result<usize> {
    let mut count = 1_usize;
    for id in &node.refs {
        let Some(target) = drawing.by_id(id) else { continue };
        count = count.saturating_add(match counts.get(id.as_str()) {
            Some(Some(known)) => *known,
            Some(None) => {
                let message = format!("refers to itself through #{id}");
                return Err(Error::template(node.place.clone(), message));
            }
            None => {
                counts.insert(id, None);
                let n = expanded(target, drawing, counts)?;
                counts.insert(id, Some(n));
                n
            }
        });
    }
    for child in &node.children {
        count = count.saturating_add(expanded(child, drawing, counts)?);
    }
    Ok(count)
}
