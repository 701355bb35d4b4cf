//! One file a command: its arguments, then what it does.

pub(crate) mod completions;
pub(crate) mod import;
pub(crate) mod render;
pub(crate) mod schema;
