//! A listening summary becomes two PNG story cards.

pub mod context;
mod encode;
pub mod error;
mod fill;
pub mod image;
pub mod limits;
pub mod locale;
mod paint;
mod renderer;
pub mod report;
mod scene;
pub mod summary;
mod svg;
mod template;
mod text;
pub mod title;
pub mod warning;

pub use context::CardKind;
pub use error::{Error, ErrorKind, Result};
pub use image::Assets;
pub use locale::{Locale, Locales};
pub use renderer::{Card, Filled, MissingGlyphs, RenderOptions, Renderer, Worker};
pub use report::Report;
pub use summary::Summary;
pub use template::{Theme, ThemeSource};
pub use text::fonts::{FontBytes, Fonts};
pub use warning::{Warned, Warning, WarningCode};
