//! The one integration binary of the crate; one module a subject.

mod fixtures;
mod summary;
mod title;
