//! The one integration binary of the crate; one module a subject.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "tests read fixtures and set the environment's wishes aside"
)]

mod common;
mod determinism;
mod fixtures;
mod golden;
mod hard_names;
mod images;
mod reference;
mod scene;
mod summary;
mod summary_properties;
mod templates;
mod title;
