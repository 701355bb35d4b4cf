//! A JSON array of any length, one element in memory at a time.

use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Cursor, Read};
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use wrapped_core::Error;

/// Large enough that progress and limits cost nothing, small enough to stop at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// Longest quotation of a parser's sentence, which may hold a value of the file.
const MAX_QUOTE_CHARS: usize = 200;

/// Hands every element of the array in `reader` to `take`, with its index.
///
/// `read_since` is set to zero after each element. Errors name `entry` and the element's index.
pub(crate) fn fold<T: DeserializeOwned>(
    entry: &str,
    mut reader: impl Read,
    read_since: &Cell<u64>,
    take: &mut dyn FnMut(u64, T) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut index = 0;
    let mut failed = None;
    let head = read_head(entry, &mut reader)?;
    let reader = BufReader::with_capacity(BUFFER_BYTES, Cursor::new(head).chain(reader));
    let mut json = serde_json::Deserializer::from_reader(reader);
    let elements =
        Elements { index: &mut index, failed: &mut failed, read_since, take, element: PhantomData };
    let parsed = elements.deserialize(&mut json).and_then(|()| json.end());
    match (parsed, failed) {
        (_, Some(error)) => Err(error),
        (Ok(()), None) => Ok(()),
        (Err(error), None) => Err(sentence(entry, index, error)),
    }
}

/// The first bytes, without a byte order mark. A failing reader is left for the parser to meet.
fn read_head(entry: &str, reader: &mut impl Read) -> Result<Vec<u8>, Error> {
    let mut head = Vec::with_capacity(3);
    if reader.take(3).read_to_end(&mut head).is_err() {
        return Ok(head);
    }
    match head.as_slice() {
        [] => Err(Error::data(entry, "is empty; expected a JSON array of plays")),
        [0xEF, 0xBB, 0xBF] => Ok(Vec::new()),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            Err(Error::data(entry, "is UTF-16; save it as UTF-8, as it was in the download"))
        }
        _ => Ok(head),
    }
}

/// The parser's error as ours: where, what, and what to do.
fn sentence(entry: &str, index: u64, error: serde_json::Error) -> Error {
    use serde_json::error::Category;
    let quote: String = error.to_string().chars().take(MAX_QUOTE_CHARS).collect();
    let error_at = match error.classify() {
        Category::Data if quote.contains("expected an array of plays") => Error::data(entry, quote),
        Category::Data => Error::data(format!("{entry}[{index}]"), quote),
        Category::Eof => Error::data(
            entry,
            format!("is cut off after {index} whole plays ({quote}); download the export again"),
        ),
        Category::Syntax | Category::Io => Error::data(
            entry,
            format!(
                "is not valid JSON after {index} whole plays ({quote}); download the export again"
            ),
        ),
    };
    error_at.caused_by(error)
}

struct Elements<'a, T> {
    index: &'a mut u64,
    failed: &'a mut Option<Error>,
    read_since: &'a Cell<u64>,
    take: &'a mut dyn FnMut(u64, T) -> Result<(), Error>,
    element: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Elements<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of plays")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        while let Some(element) = array.next_element::<T>()? {
            self.read_since.set(0);
            if let Err(error) = (self.take)(*self.index, element) {
                *self.failed = Some(error);
                return Err(A::Error::custom("the fold has ended"));
            }
            *self.index += 1;
        }
        Ok(())
    }
}
