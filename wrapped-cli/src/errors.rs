//! What went wrong, told to a person or a program, and the exit code for it.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;
use wrapped_core::{Error, ErrorKind};

use crate::style;

/// How results and errors are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one object each.
    Json,
}

/// What ends a command early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something is wrong.
    Error(Error),
    /// Whoever read our standard output has read enough, as `head` does. Nothing is wrong.
    ReaderGone,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// What a step of a command returns.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

/// An error of the caller's call.
pub(crate) fn usage_error(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Usage, message)
}

/// A file that could not be read or written: `what` is "cannot be read", for example.
pub(crate) fn io_error(path: &Path, what: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("{what}: {error}")).at(shown(path)).caused_by(error)
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Writes an error and gives its exit code.
pub(crate) fn report(error: &Error, format: Format) -> ExitCode {
    match format {
        Format::Text => style::error(&error.to_string()),
        Format::Json => json(error.kind().code(), error.place(), error.message()),
    }
    exit_code(error.kind())
}

/// What clap says about the arguments: help and version are no errors.
///
/// The arguments did not parse, so that the wish for JSON has to be looked for in them.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).peekable();
    let mut wants_json = false;
    while let Some(argument) = arguments.next() {
        let next_is_json = arguments.peek().is_some_and(|next| next == OsStr::new("json"));
        wants_json |= argument == "--format=json" || (argument == "--format" && next_is_json);
    }
    if wants_json && error.use_stderr() {
        let text = error.render().to_string();
        let message = text.trim().strip_prefix("error: ").unwrap_or(text.trim());
        json(ErrorKind::Usage.code(), None, message);
    } else {
        // A standard output that is closed or full leaves nobody to tell.
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn exit_code(kind: ErrorKind) -> ExitCode {
    ExitCode::from(match kind {
        ErrorKind::Usage => 2,
        ErrorKind::Data | ErrorKind::Limit => 3,
        ErrorKind::Template => 4,
        ErrorKind::Font => 5,
        // `Io`, and kinds that the core may add.
        _ => 1,
    })
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    code: &'a str,
    path: Option<&'a str>,
    message: &'a str,
}

fn json(code: &str, path: Option<&str>, message: &str) {
    let envelope = Envelope { error: Body { code, path, message } };
    style::plain(&serde_json::to_string(&envelope).expect("texts are always JSON"));
}
