//! A listening summary becomes two PNG story cards.

pub mod error;
pub mod limits;
pub mod summary;
pub mod title;
pub mod warning;

pub use error::{Error, ErrorKind, Result};
pub use summary::Summary;
pub use warning::{Warned, Warning, WarningCode};
