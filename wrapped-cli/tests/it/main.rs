//! The `wrapped` binary as people and scripts meet it: every test starts real processes.
#![allow(clippy::unwrap_used, reason = "test code")]

mod assets;
mod bad_templates;
mod check;
mod fixtures;
mod import;
mod interrupt;
mod json;
mod output;
mod render;
mod words;
