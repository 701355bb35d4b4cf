//! One error for the whole library: a kind that says who must act, a place, and a sentence.

use std::fmt;

/// What every fallible function of this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Who must act to make the error go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's call: an unknown theme name, a scale out of range.
    Usage,
    /// The caller's summary; the place is a path such as `songs[3].plays`.
    Data,
    /// The template or theme; the place is file, element and attribute.
    Template,
    /// A font file, or a font that is needed and not loaded.
    Font,
    /// A limit on bytes, pixels or work; the place is what exceeded it.
    Limit,
    /// Input or output of a front-end; the core itself never makes one.
    Io,
}

impl ErrorKind {
    /// The name used in JSON (`code`), in WASM and in the documentation.
    pub fn code(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Data => "data",
            Self::Template => "template",
            Self::Font => "font",
            Self::Limit => "limit",
            Self::Io => "io",
        }
    }
}

/// An error with its kind, the place it is about, and what to do.
///
/// `Display` prints `place: message`, for example `songs[3].plays: must not be negative (-4)`.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    place: Option<String>,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of `kind` with a sentence in lower case and without a final full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, place: None, message: message.into(), source: None }))
    }

    /// An error in the caller's summary at `path`.
    pub fn data(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message).at(path)
    }

    /// An error in a template; `place` is file, element and attribute.
    pub fn template(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Template, message).at(place)
    }

    /// The same error with its place set (or replaced).
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.0.place = Some(place.into());
        self
    }

    /// The same error with the error that caused it.
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Who must act.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The place: a path into the summary, or file, element and attribute of a template.
    pub fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The sentence without its place.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.0.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
