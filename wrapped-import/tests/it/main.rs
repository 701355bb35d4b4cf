//! Integration tests of the import.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

mod bad_input;
mod check;
mod exports;
mod fixtures;
mod formats;
mod large;
mod limits;
mod month;
mod naive;
mod on_disk;
mod properties;
mod ranking;
mod synthetic;
