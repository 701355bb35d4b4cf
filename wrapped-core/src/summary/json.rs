//! JSON text as a tree, bounded in size and depth before anything is made of it.
//!
//! `serde_json::Value` would do, but it keeps the last of two equal keys without a word and has
//! no bound on how much memory sixteen megabytes of `[0,0,...]` become.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::path::echo;
use crate::limits::{MAX_SUMMARY_BYTES, MAX_SUMMARY_DEPTH, MAX_SUMMARY_VALUES};
use crate::{Error, ErrorKind, Result};

/// One JSON value; texts without escapes borrow from the input.
#[derive(Debug)]
pub(super) enum Node<'a> {
    Null,
    Bool(bool),
    Natural(u64),
    Negative(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl fmt::Display for Node<'_> {
    /// What a message says of the value: itself if it is short, else what it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Natural(value) => write!(f, "{value}"),
            Self::Negative(value) => write!(f, "{value}"),
            // `{:?}` writes 1e99 where `{}` would write a hundred digits.
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Text(text) => write!(f, "\"{}\"", echo(text)),
            Self::List(_) => f.write_str("a list"),
            Self::Object(_) => f.write_str("an object"),
        }
    }
}

/// Reads one JSON document.
///
/// # Errors
///
/// [`ErrorKind::Limit`] for too many bytes, values or levels, [`ErrorKind::Data`] with line and
/// column for what is not JSON.
pub(super) fn read(json: &[u8]) -> Result<Node<'_>> {
    if json.len() > MAX_SUMMARY_BYTES {
        let message =
            format!("must be at most {} MiB ({} bytes)", MAX_SUMMARY_BYTES >> 20, json.len());
        return Err(Error::new(ErrorKind::Limit, message).at("summary"));
    }
    let text = decode(json)?;
    let state = State { left: Cell::new(MAX_SUMMARY_VALUES), over_limit: Cell::new(false) };
    let mut reader = serde_json::Deserializer::from_str(text);
    Seed { state: &state, depth: 0 }
        .deserialize(&mut reader)
        .and_then(|node| reader.end().map(|()| node))
        .map_err(|error| explain(&error, state.over_limit.get(), text))
}

/// The bytes as text, without a byte order mark.
fn decode(json: &[u8]) -> Result<&str> {
    if json.starts_with(&[0xff, 0xfe]) || json.starts_with(&[0xfe, 0xff]) {
        return Err(Error::new(ErrorKind::Data, "is UTF-16; save it as UTF-8").at("summary"));
    }
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    std::str::from_utf8(json).map_err(|error| {
        let before = &json[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        let message = format!("is not UTF-8 at line {line} column {column}");
        Error::new(ErrorKind::Data, message).at("summary")
    })
}

/// A sentence of ours for what serde_json says.
fn explain(error: &serde_json::Error, over_limit: bool, text: &str) -> Error {
    let place = format!("at line {} column {}", error.line(), error.column());
    // serde_json writes its own place behind the sentence.
    let full = error.to_string();
    let sentence = full.rsplit_once(" at line ").map_or(full.as_str(), |(sentence, _)| sentence);
    let (kind, message) = if over_limit {
        (ErrorKind::Limit, format!("{sentence} {place}"))
    } else if text.trim().is_empty() {
        (ErrorKind::Data, "is empty; a JSON object was expected".to_owned())
    } else if error.classify() == Category::Eof {
        (ErrorKind::Data, format!("ends too early {place}: {sentence}"))
    } else {
        (ErrorKind::Data, format!("is not JSON {place}: {sentence}"))
    };
    Error::new(kind, message).at("summary")
}

struct State {
    left: Cell<usize>,
    over_limit: Cell<bool>,
}

impl State {
    fn refuse<E: de::Error>(&self, message: fmt::Arguments<'_>) -> E {
        self.over_limit.set(true);
        E::custom(message)
    }
}

#[derive(Clone, Copy)]
struct Seed<'s> {
    state: &'s State,
    depth: usize,
}

impl Seed<'_> {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_SUMMARY_DEPTH {
            let message = format_args!("nests more than {MAX_SUMMARY_DEPTH} levels deep");
            return Err(self.state.refuse(message));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        let Some(left) = self.state.left.get().checked_sub(1) else {
            let message = format_args!("holds more than {MAX_SUMMARY_VALUES} values");
            return Err(self.state.refuse(message));
        };
        self.state.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Natural(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(u64::try_from(value).map_or(Node::Negative(value), Node::Natural))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(seed)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut entries = Vec::new();
        while let Some(Key(key)) = access.next_key()? {
            entries.push((key, access.next_value_seed(seed)?));
        }
        Ok(Node::Object(entries))
    }
}

/// A key that borrows where it can; `Cow`'s own implementation always allocates.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }
}
