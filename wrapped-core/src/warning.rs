//! What went less than perfectly without being an error: nothing is truncated, substituted or
//! left out without one of these.

use serde::Serialize;

/// What kind of compromise a [`Warning`] reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// A field that this version does not know was ignored.
    UnknownField,
    /// A text held controls, bidi overrides, stacked marks or was too long, and was made safe.
    TextMadeSafe,
    /// A text was shortened to fit its slot.
    TextShortened,
    /// A character has no glyph in any loaded font.
    MissingGlyph,
    /// An image reference could not be resolved.
    ImageUnresolved,
    /// An image could not be decoded or exceeds a limit.
    ImageBroken,
    /// A play of a listening export was left out because its figures cannot be right.
    PlayImplausible,
    /// The locale is not shipped; another one was used.
    LocaleFallback,
}

/// One compromise, with the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// What kind of compromise.
    pub code: WarningCode,
    /// The field, for example `songs[3].title`.
    pub path: String,
    /// A sentence for a person.
    pub message: String,
}

impl Warning {
    /// A warning about `path`.
    pub fn new(code: WarningCode, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, path: path.into(), message: message.into() }
    }
}

/// A value together with the compromises made on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// The compromises, in the order they were made.
    pub warnings: Vec<Warning>,
}
