//! A month of listening becomes two PNG story cards: *top songs* and *top artists*.
//!
//! The stages, in order, one module and one verb each:
//!
//! ```text
//! JSON   --Summary::from_json-->  Summary    says where the data is wrong
//! SVG    --Theme::compile------>  Theme      says where the template is wrong
//! both   --Worker::fill-------->  Filled     every decision: texts fitted, images placed
//! Filled --paint--------------->  pixels     no decisions
//! pixels --encode-------------->  PNG
//! ```
//!
//! ```
//! use wrapped_core::{Assets, CardKind, RenderOptions, Summary};
//!
//! let json = br#"{
//!     "version": 1,
//!     "period": {"year": 2026, "month": 10},
//!     "songs": [{"title": "Space Song", "artists": ["Beach House"], "plays": 47}],
//!     "artists": [{"name": "Beach House", "plays": 96}]
//! }"#;
//! let summary = Summary::from_json(json)?.value;
//!
//! // Once a process: themes compiled, fonts parsed. Once a thread: a worker with its caches.
//! let renderer = wrapped_templates::renderer()?;
//! let mut worker = renderer.worker();
//! let card = worker.render(&summary, &Assets::new(), CardKind::Songs, &RenderOptions::default())?;
//!
//! assert!(card.png.starts_with(b"\x89PNG"));
//! assert_eq!((card.width, card.height), (1080, 1920));
//! assert!(card.alt_text().contains("Space Song"));
//! # Ok::<(), wrapped_core::Error>(())
//! ```
//!
//! The crate opens nothing and asks nothing: no file, network, clock, environment or thread pool
//! of its own. The same summary, theme, fonts and version give the same bytes everywhere.

pub mod context;
mod encode;
pub mod error;
mod fill;
pub mod image;
pub mod limits;
pub mod locale;
mod paint;
#[cfg(feature = "parallel")]
mod parallel;
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
#[cfg(feature = "parallel")]
pub use parallel::Job;
pub use renderer::{Card, Filled, MissingGlyphs, RenderOptions, Renderer, Worker};
pub use report::Report;
pub use summary::Summary;
pub use template::{Theme, ThemeSource};
pub use text::fonts::{FontBytes, Fonts};
pub use warning::{Warned, Warning, WarningCode};
