//! The file as XML: parsed without entities and within bounds on bytes, depth and elements.

use roxmltree::{Document, ParsingOptions};

use crate::error::{Error, ErrorKind, Result};
use crate::limits::{MAX_TEMPLATE_BYTES, MAX_TEMPLATE_DEPTH, MAX_TEMPLATE_ELEMENTS};

/// Parses without entities and within bounds on bytes and depth.
pub(super) fn parse<'a>(file: &str, svg: &'a str) -> Result<Document<'a>> {
    if svg.len() > MAX_TEMPLATE_BYTES {
        let message = format!("has {} bytes, at most {MAX_TEMPLATE_BYTES} are read", svg.len());
        return Err(Error::new(ErrorKind::Template, message).at(file));
    }
    check_depth(file, svg)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: (MAX_TEMPLATE_ELEMENTS * 8) as u32,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(svg, options).map_err(|error| {
        let message = match error {
            roxmltree::Error::DtdDetected => {
                "must not have a DOCTYPE: entities are not read, remove it".to_owned()
            }
            other => format!("is not well-formed XML: {other}"),
        };
        Error::template(file, message)
    })
}

/// Nesting is bounded before the parser, which recurses, sees it.
fn check_depth(file: &str, svg: &str) -> Result<()> {
    let bytes = svg.as_bytes();
    let (mut depth, mut i) = (0_usize, 0);
    while let Some(open) = bytes[i..].iter().position(|&b| b == b'<').map(|at| i + at) {
        let rest = &svg[open..];
        let skip = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        if rest.starts_with("<!--") {
            i = open + skip("-->");
            continue;
        }
        if rest.starts_with("<![CDATA[") {
            i = open + skip("]]>");
            continue;
        }
        let length = tag_length(rest.as_bytes());
        if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with("<?")
            && !rest.starts_with("<!")
            && !rest[..length].ends_with("/>")
        {
            depth += 1;
            if depth > MAX_TEMPLATE_DEPTH {
                let message = format!("is nested deeper than {MAX_TEMPLATE_DEPTH} levels");
                return Err(Error::template(file, message));
            }
        }
        i = open + length;
    }
    Ok(())
}

/// Bytes of a tag, quoted `>` skipped.
fn tag_length(tag: &[u8]) -> usize {
    let mut quote = None;
    for (i, &byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    tag.len()
}
